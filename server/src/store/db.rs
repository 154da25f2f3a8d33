//! The way to the database.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Postgres, Sqlite};
use tokio::sync::Notify;

use super::error::Result;
use super::lease::Lease;
use super::migrate::{self, MigrateError};
use super::pool::{Pool, PoolStatus};
use crate::config;

/// A statement is abandoned so much later than the database was told to give it up itself: then
/// the connection stays usable.
const SLACK: Duration = Duration::from_secs(1);

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file of this machine.
    Sqlite,
    /// A server.
    Postgres,
}

/// How the database is used. The defaults suit both engines.
#[derive(Clone, Debug)]
pub struct DbOptions {
    /// PostgreSQL: all connections. SQLite: those that read; a single one writes.
    pub max_connections: usize,
    /// How long to wait for a connection, and for the write lock of SQLite.
    pub acquire_timeout: Duration,
    /// SQLite: how long to wait for another process that holds the write lock.
    pub busy_timeout: Duration,
    /// How long one statement may take.
    pub statement_timeout: Duration,
}

impl Default for DbOptions {
    fn default() -> Self {
        Self {
            max_connections: 16,
            acquire_timeout: Duration::from_secs(3),
            busy_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(5),
        }
    }
}

impl From<&config::Database> for DbOptions {
    fn from(config: &config::Database) -> Self {
        Self {
            max_connections: usize::try_from(config.max_connections).unwrap_or(1).max(1),
            acquire_timeout: *config.acquire_timeout,
            busy_timeout: *config.statement_timeout,
            statement_timeout: *config.statement_timeout,
        }
    }
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db(Pools);

#[derive(Clone, Debug)]
enum Pools {
    Sqlite {
        readers: Pool<Sqlite>,
        writer: Pool<Sqlite>,
    },
    Postgres(Pool<Postgres>),
}

/// One connection, lent: with a transaction from [`Db::write`], without one from [`Db::read`].
/// Dropped without [`Tx::commit`], the transaction is rolled back.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Lease<Sqlite>),
    Postgres(Lease<Postgres>),
}

impl Db {
    /// Opens `sqlite://path/to/file` or `postgres://…` and brings its schema up to date. Several
    /// processes may do so at once.
    pub async fn connect(url: &str, options: &DbOptions) -> Result<Self, MigrateError> {
        let scheme = url.split(':').next().unwrap_or_default();
        match scheme {
            "sqlite" => Self::sqlite(url, options).await,
            "postgres" | "postgresql" => Self::postgres(url, options).await,
            _ => Err(MigrateError::Url(
                "it must start with sqlite:// or postgres://".to_owned(),
            )),
        }
    }

    async fn sqlite(url: &str, options: &DbOptions) -> Result<Self, MigrateError> {
        let connect = SqliteConnectOptions::from_str(url).map_err(MigrateError::url)?;
        let file = connect.get_filename().to_owned();
        if url.contains(":memory:") || url.contains("mode=memory") || file == PathBuf::new() {
            return Err(MigrateError::Url("SQLite needs a file".to_owned()));
        }
        let connect = connect
            .create_if_missing(false)
            .busy_timeout(options.busy_timeout)
            .foreign_keys(true)
            // An acknowledged write survives a power cut, too.
            .synchronous(SqliteSynchronous::Full)
            .statement_cache_capacity(256)
            .pragma("trusted_schema", "OFF")
            .pragma("temp_store", "MEMORY")
            // A write-ahead log that a burst has blown up shrinks again.
            .pragma("journal_size_limit", "67108864");
        migrate::sqlite(&file, &connect.clone().journal_mode(SqliteJournalMode::Wal)).await?;

        let pool = |connect: SqliteConnectOptions, size| {
            let (acquire, statement) = (options.acquire_timeout, options.statement_timeout);
            // SQLite waits for a lock inside a statement.
            let patience = statement.max(options.busy_timeout) + SLACK;
            Pool::new(connect, size, acquire, patience)
        };
        let readers = pool(
            connect.clone().pragma("query_only", "ON"),
            options.max_connections,
        );
        Ok(Self(Pools::Sqlite {
            readers,
            writer: pool(connect, 1),
        }))
    }

    async fn postgres(url: &str, options: &DbOptions) -> Result<Self, MigrateError> {
        let connect = PgConnectOptions::from_str(url).map_err(MigrateError::url)?;
        let connect = connect
            .application_name("accord")
            .statement_cache_capacity(256);
        let mut migrated = migrate::postgres(&connect).await?;

        let statement = options.statement_timeout;
        let millis = |limit: Duration| limit.as_millis().to_string();
        let settings = [
            ("statement_timeout", millis(statement)),
            ("lock_timeout", millis(statement)),
            ("idle_in_transaction_session_timeout", millis(2 * statement)),
            ("synchronous_commit", "on".to_owned()),
        ];
        for (name, value) in &settings {
            sqlx::query("SELECT set_config($1, $2, false)")
                .bind(*name)
                .bind(value)
                .execute(&mut migrated)
                .await
                .map_err(MigrateError::Connect)?;
        }
        let patience = statement + SLACK;
        let pool = Pool::new(
            connect.options(settings),
            options.max_connections,
            options.acquire_timeout,
            patience,
        );
        // A start needs no second connection, which is most of what it would wait for.
        pool.adopt(migrated);
        Ok(Self(Pools::Postgres(pool)))
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection to read with: each statement sees what was committed before it. Never waits
    /// for writers.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match &self.0 {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(readers.acquire().await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.acquire().await?),
        })
    }

    /// A transaction to write with. SQLite admits one at a time. Hold nothing but SQL inside: no
    /// hashing, no mail, no network.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match &self.0 {
            Pools::Sqlite { writer, .. } => Tx::Sqlite(writer.begin().await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        let tx = &mut self.read().await?;
        run!(tx, fetch_one::<(i64,)>, "SELECT CAST(1 AS bigint)").map(drop)
    }

    /// How busy the connections are: those that read, and for SQLite the one that writes.
    pub fn status(&self) -> (PoolStatus, Option<PoolStatus>) {
        match &self.0 {
            Pools::Sqlite { readers, writer } => (readers.status(), Some(writer.status())),
            Pools::Postgres(pool) => (pool.status(), None),
        }
    }

    /// Waits for what is under way and closes all connections. For SQLite that also folds the
    /// write-ahead log into the file.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything done in it permanent. Fails when one of its statements had failed, on
    /// either engine.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(lease) => lease.commit().await,
            Self::Postgres(lease) => lease.commit().await,
        }
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Wakes this once the transaction is permanent. The last one that is named counts.
    pub fn wake_on_commit(&mut self, waiting: Arc<Notify>) {
        match self {
            Self::Sqlite(lease) => lease.wake_on_commit(waiting),
            Self::Postgres(lease) => lease.wake_on_commit(waiting),
        }
    }

    /// No statement may follow but the commit.
    pub(super) fn seal(&mut self) {
        match self {
            Self::Sqlite(lease) => lease.seal(),
            Self::Postgres(lease) => lease.seal(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entropy::{OsEntropy, random};

    /// F-1: an acknowledged write is on the disk, and what refers to a row goes with it.
    #[tokio::test]
    async fn f1_sqlite_is_opened_for_durability() {
        let name = random::<8>(&OsEntropy)
            .map(|byte| format!("{byte:02x}"))
            .concat();
        let folder = std::env::temp_dir().join(format!("accord-db-{name}"));
        let url = format!("sqlite://{}/accord.db", folder.display());
        let db = Db::connect(&url, &DbOptions::default()).await.unwrap();
        for (mut tx, query_only) in [
            (db.write().await.unwrap(), 0),
            (db.read().await.unwrap(), 1),
        ] {
            let tx = &mut tx;
            let journal = run!(tx, fetch_one::<(String,)>, "PRAGMA journal_mode").unwrap();
            assert_eq!(journal.0, "wal");
            let (full, on) = (2, 1);
            for (is, expected) in [
                (run!(tx, fetch_one::<(i64,)>, "PRAGMA synchronous"), full),
                (run!(tx, fetch_one::<(i64,)>, "PRAGMA foreign_keys"), on),
                (
                    run!(tx, fetch_one::<(i64,)>, "PRAGMA query_only"),
                    query_only,
                ),
            ] {
                assert_eq!(is.unwrap().0, expected);
            }
        }
        db.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
