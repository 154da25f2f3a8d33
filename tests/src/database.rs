//! A database of its own for each test.
//!
//! PostgreSQL takes a second to make a database and drop it again, so databases are emptied and used again, each by
//! one test at a time, and dropped when the suite ends.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use crate::engine::Engine;

/// Made by this process, and used by no test at the moment.
static FREE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Where the databases are made; override with `ACCORD_TEST_POSTGRES_URL`.
pub(crate) fn postgres_url() -> String {
    std::env::var("ACCORD_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".into())
}

/// An empty database. [`Database::discard`] gives it back.
#[derive(Debug)]
pub struct Database {
    /// As the server's configuration wants it.
    pub url: String,
    /// A directory for everything that the server keeps in files.
    pub directory: PathBuf,
    postgres: Option<String>,
}

impl Database {
    pub async fn create(engine: Engine) -> Self {
        let directory = temporary().join(new_name());
        std::fs::create_dir_all(&directory).expect("a temporary directory");
        match engine {
            Engine::Sqlite => {
                let url = format!("sqlite://{}", directory.join("accord.db").display());
                Self {
                    url,
                    directory,
                    postgres: None,
                }
            }
            Engine::Postgres => {
                let free = free().pop();
                let name = match free {
                    Some(name) => name,
                    None => create_database().await.expect("a database of its own"),
                };
                Self {
                    url: url_of(&name).to_url_lossy().into(),
                    directory,
                    postgres: Some(name),
                }
            }
        }
    }

    /// What tells its names in Redis from those of others.
    pub(crate) fn redis_prefix(&self) -> String {
        let name = self.directory.file_name();
        name.unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.postgres.is_none()
    }

    pub(crate) async fn connect_postgres(&self) -> sqlx::Result<PgConnection> {
        PgConnection::connect(&self.url).await
    }

    /// Empties it, whoever still uses it.
    pub async fn discard(&self) {
        if let Some(name) = &self.postgres
            && empty(name).await.is_ok()
        {
            free().push(name.clone());
        }
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

fn free() -> std::sync::MutexGuard<'static, Vec<String>> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// In memory where that is possible: every acknowledged write waits for the disk.
fn temporary() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

fn new_name() -> String {
    format!(
        "accord_test_{}_{}",
        seconds_since_1970(),
        uuid::Uuid::now_v7().simple()
    )
}

fn url_of(name: &str) -> PgConnectOptions {
    PgConnectOptions::from_str(&postgres_url())
        .expect("a URL")
        .database(name)
}

async fn create_database() -> sqlx::Result<String> {
    let name = new_name();
    execute(&mut admin().await?, format!("CREATE DATABASE {name}")).await?;
    Ok(name)
}

async fn empty(name: &str) -> sqlx::Result<()> {
    let mut connection = url_of(name).connect().await?;
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    execute(&mut connection, others.to_owned()).await?;
    execute(
        &mut connection,
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public".to_owned(),
    )
    .await?;
    connection.close().await
}

/// Drops the databases of this process.
pub(crate) async fn drop_all() -> sqlx::Result<()> {
    let names = std::mem::take(&mut *free());
    for name in names {
        drop_database(&mut admin().await?, &name).await?;
    }
    Ok(())
}

/// Drops what runs that were killed have left behind. An error means that there is no PostgreSQL.
pub(crate) async fn sweep() -> sqlx::Result<()> {
    let connecting = tokio::time::timeout(Duration::from_secs(3), admin());
    let mut admin = connecting.await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    let query = "SELECT datname FROM pg_database WHERE datname LIKE 'accord\\_test\\_%'";
    let names: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut admin).await?;
    for name in names.iter().filter(|name| is_old(name)) {
        drop_database(&mut admin, name).await?;
    }
    Ok(())
}

async fn drop_database(admin: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    execute(
        admin,
        format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
    )
    .await
}

fn is_old(name: &str) -> bool {
    let made = name
        .trim_start_matches("accord_test_")
        .split('_')
        .next()
        .and_then(|seconds| seconds.parse().ok());
    made.is_some_and(|made: u64| made + 3600 < seconds_since_1970())
}

/// The names in a statement are of this module's making.
async fn execute(connection: &mut PgConnection, statement: String) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(connection)
        .await
        .map(drop)
}

async fn admin() -> sqlx::Result<PgConnection> {
    PgConnection::connect(&postgres_url()).await
}

#[allow(clippy::disallowed_methods)] // names of databases need the real time
fn seconds_since_1970() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}
