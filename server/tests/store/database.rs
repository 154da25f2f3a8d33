//! Fresh databases.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use accord_server::domain::clock::Clock;
use accord_server::domain::entropy::{OsEntropy, random};
use accord_server::domain::types::{
    ActionId, Email, Handle, MailId, SecretToken, SessionId, TokenHash, UserId,
};
use accord_server::store::{Db, DbOptions, Engine, users};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A database that no other test knows, with its URL.
pub struct Database {
    pub db: Db,
    pub url: String,
    pub engine: Engine,
    pub clock: Clock,
}

/// Runs a test on SQLite, and on PostgreSQL where there is one.
pub async fn on_each_engine(test: impl AsyncFn(&Database)) {
    let folder = std::env::temp_dir().join(unique_name());
    run(
        format!("sqlite://{}", folder.join("accord.db").display()),
        &test,
    )
    .await;
    std::fs::remove_dir_all(&folder).unwrap();

    if let Some(server) = postgres_server().await {
        let name = unique_name();
        let url = in_database(&server, &name);
        administer(&server, &format!("CREATE DATABASE {name}")).await;
        let outcome = AssertUnwindSafe(run(url, &test)).catch_unwind().await;
        administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        outcome.unwrap_or_else(|panic| resume_unwind(panic));
    }
}

async fn run(url: String, test: &impl AsyncFn(&Database)) {
    let db = Db::connect(&url, &DbOptions::default()).await.unwrap();
    let engine = db.engine();
    let clock = Clock::manual(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    let database = Database {
        db,
        url,
        engine,
        clock,
    };
    test(&database).await;
    database.db.close().await;
}

/// The URL of a database beside `url`.
pub fn in_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

/// The server to make databases on: the one that the environment names or the local one. Without
/// any the tests of the engine are skipped, unless this is CI.
pub async fn postgres_server() -> Option<String> {
    let (url, named) = match std::env::var("ACCORD_TEST_POSTGRES_URL") {
        Ok(url) => (url, true),
        Err(_) => (
            "postgres://postgres@127.0.0.1:5432/postgres".to_owned(),
            false,
        ),
    };
    match PgConnection::connect(&url).await {
        Ok(connection) => {
            connection.close().await.unwrap();
            Some(url)
        }
        Err(error) if named || std::env::var_os("CI").is_some() => {
            panic!("no PostgreSQL to test with: {error}")
        }
        Err(error) => {
            // Not by `eprintln!`, which the test harness holds back.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: everything on PostgreSQL: {error}. Set ACCORD_TEST_POSTGRES_URL."
            );
            None
        }
    }
}

/// Runs one statement on the server.
pub async fn administer(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

pub fn unique_name() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("accord_store_{}_{count}", std::process::id())
}

/// Somewhere from 0 to below `limit`.
pub fn random_below(limit: u64) -> u64 {
    u64::from_ne_bytes(random(&OsEntropy)) % limit
}

impl Database {
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn pass(&self, seconds: u64) -> DateTime<Utc> {
        self.clock.advance(std::time::Duration::from_secs(seconds));
        self.now()
    }

    pub fn user_id(&self) -> UserId {
        UserId::new(self.now(), &OsEntropy)
    }

    pub fn session_id(&self) -> SessionId {
        SessionId::new(self.now(), &OsEntropy)
    }

    pub fn action_id(&self) -> ActionId {
        ActionId::new(self.now(), &OsEntropy)
    }

    pub fn mail_id(&self) -> MailId {
        MailId::new(self.now(), &OsEntropy)
    }

    /// Commits a user and answers its id.
    pub async fn add_user(&self, handle: &str, email: &str, verified: bool) -> UserId {
        let id = self.user_id();
        let mut tx = self.db.write().await.unwrap();
        let user = users::NewUser {
            id,
            handle: &Handle::parse(handle).unwrap(),
            display_name: handle,
            email: &Email::parse(email).unwrap(),
            verified_at: verified.then(|| self.now()),
            password_hash: Some("$argon2id$"),
            created_at: self.now(),
        };
        users::insert(&mut tx, &user).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The directory of the SQLite file.
    pub fn folder(&self) -> Option<PathBuf> {
        let path = self.url.strip_prefix("sqlite://")?;
        PathBuf::from(path).parent().map(PathBuf::from)
    }
}

pub fn secret() -> TokenHash {
    SecretToken::generate(&OsEntropy).hash()
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

pub fn handle(text: &str) -> Handle {
    Handle::parse(text).unwrap()
}

pub fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

/// Runs statements in a transaction that commits.
#[macro_export]
macro_rules! write {
    ($database:expr, |$tx:ident| $body:expr) => {{
        let mut tx = $database.db.write().await.unwrap();
        let outcome = {
            let $tx = &mut tx;
            $body
        };
        tx.commit().await.unwrap();
        outcome
    }};
}

/// Runs statements that read.
#[macro_export]
macro_rules! read {
    ($database:expr, |$tx:ident| $body:expr) => {{
        let mut tx = $database.db.read().await.unwrap();
        let $tx = &mut tx;
        $body
    }};
}
