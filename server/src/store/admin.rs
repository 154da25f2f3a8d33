//! What operators ask of a database: its state, and a copy of it.

use std::path::Path;
use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::{MigrateError, Result, Tx, migrate};

/// A database as it is found: nothing is changed by looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file that the first start will make.
    Nothing,
    /// A database of this version, or of another.
    Database {
        /// Such as `SQLite 3.50.4`.
        server: String,
        /// Migrations that the next start will apply.
        pending: usize,
    },
}

/// Looks at the database behind a URL.
pub async fn examine(url: &str) -> Result<Found, MigrateError> {
    if url.starts_with("sqlite:") {
        examine_sqlite(url).await
    } else {
        examine_postgres(url).await
    }
}

async fn examine_sqlite(url: &str) -> Result<Found, MigrateError> {
    let options = SqliteConnectOptions::from_str(url).map_err(MigrateError::url)?;
    let options = options.create_if_missing(false);
    let path = options.get_filename().to_owned();
    // A start that was killed early leaves an empty one.
    if std::fs::metadata(&path).is_ok_and(|file| file.len() == 0) || !path.exists() {
        return Ok(Found::Nothing);
    }
    let mut connection = options.connect().await.map_err(MigrateError::Connect)?;
    let verdict = check(&mut connection)
        .await
        .map_err(MigrateError::Connect)?;
    if verdict != "ok" {
        return Err(MigrateError::Damaged(verdict));
    }
    let version = sqlx::query_scalar("SELECT 'SQLite ' || sqlite_version()");
    let server = version.fetch_one(&mut connection).await;
    let known = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    let known: i64 = sqlx::query_scalar(known)
        .fetch_one(&mut connection)
        .await
        .map_err(MigrateError::Connect)?;
    let applied = match known {
        0 => Vec::new(),
        _ => sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut connection)
            .await
            .map_err(MigrateError::Connect)?,
    };
    Ok(Found::Database {
        server: server.map_err(MigrateError::Connect)?,
        pending: migrate::pending(&migrate::SQLITE, &applied)?,
    })
}

async fn examine_postgres(url: &str) -> Result<Found, MigrateError> {
    let options = PgConnectOptions::from_str(url).map_err(MigrateError::url)?;
    let mut connection = options.connect().await.map_err(MigrateError::Connect)?;
    let server: String =
        sqlx::query_scalar("SELECT 'PostgreSQL ' || current_setting('server_version')")
            .fetch_one(&mut connection)
            .await
            .map_err(MigrateError::Connect)?;
    let known: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut connection)
        .await
        .map_err(MigrateError::Connect)?;
    let applied = match known {
        false => Vec::new(),
        true => sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut connection)
            .await
            .map_err(MigrateError::Connect)?,
    };
    Ok(Found::Database {
        server,
        pending: migrate::pending(&migrate::POSTGRES, &applied)?,
    })
}

async fn check(connection: &mut SqliteConnection) -> sqlx::Result<String> {
    let check = sqlx::query_scalar("PRAGMA integrity_check(1)");
    check.fetch_one(connection).await
}

/// Copies a SQLite database into a file that must not exist yet, as it is at one moment, while others go on reading and
/// writing. The copy is looked through before it is called good.
pub async fn back_up(url: &str, to: &Path) -> Result<(), MigrateError> {
    let options = SqliteConnectOptions::from_str(url).map_err(MigrateError::url)?;
    let options = options.create_if_missing(false);
    let mut connection = options.connect().await.map_err(MigrateError::Connect)?;
    let copied = sqlx::query("VACUUM INTO $1")
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut connection)
        .await;
    copied.map_err(MigrateError::Copy)?;
    connection.close().await.map_err(MigrateError::Copy)?;

    let copy = SqliteConnectOptions::new()
        .filename(to)
        .create_if_missing(false);
    let mut copy = copy.connect().await.map_err(MigrateError::Copy)?;
    let verdict = check(&mut copy).await.map_err(MigrateError::Copy)?;
    copy.close().await.map_err(MigrateError::Copy)?;
    match verdict.as_str() {
        "ok" => Ok(()),
        _ => Err(MigrateError::Damaged(verdict)),
    }
}

/// The names of the keys that something stored needs: second factors, and mails that wait.
pub async fn keys_in_use(tx: &mut Tx) -> Result<Vec<String>> {
    let keys = run!(
        tx,
        fetch_all::<(String,)>,
        "SELECT key_id FROM totp_secrets \
         UNION SELECT key_id FROM mails WHERE status = 'queued' ORDER BY 1"
    )?;
    Ok(keys.into_iter().map(|(key,)| key).collect())
}
