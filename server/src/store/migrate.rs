//! Bringing a schema up to date, once, however many processes start at the same time.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

pub(super) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
pub(super) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The database cannot be opened. One line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The URL makes no sense. Its text is not repeated: it may hold a password.
    #[error("the database URL is not valid: {0}")]
    Url(String),
    /// The file, its folder or the lock beside it.
    #[error("cannot open {}: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
    /// No connection.
    #[error("cannot connect to the database: {0}")]
    Connect(#[source] sqlx::Error),
    /// A later version of the server was here.
    #[error(
        "the database has migration {0}, which this version does not know: \
         it was upgraded by a newer server, which alone can use it"
    )]
    Newer(i64),
    /// What was applied is not what this binary holds.
    #[error(
        "migration {0} was changed after it had been applied to this database: \
         restore it and put the change into a new migration"
    )]
    Edited(i64),
    /// What is in the file is not a sound database.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// A copy was not made.
    #[error("cannot copy the database: {0}")]
    Copy(#[source] sqlx::Error),
    /// Anything else.
    #[error("cannot migrate the database: {0}")]
    Migrate(#[source] sqlx::migrate::MigrateError),
}

impl MigrateError {
    pub(super) fn url(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Configuration(reason) => Self::Url(reason.to_string()),
            _ => Self::Url("it cannot be read".to_owned()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for MigrateError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError as E;
        match error {
            E::VersionMissing(version) | E::VersionTooNew(version, _) => Self::Newer(version),
            E::VersionMismatch(version) => Self::Edited(version),
            error => Self::Migrate(error),
        }
    }
}

/// How many migrations have not been applied, when those that have are ours.
pub(super) fn pending(
    migrator: &Migrator,
    applied: &[(i64, Vec<u8>)],
) -> Result<usize, MigrateError> {
    for (version, checksum) in applied {
        let known = migrator.iter().find(|known| known.version == *version);
        match known {
            None => return Err(MigrateError::Newer(*version)),
            Some(known) if *known.checksum != **checksum => {
                return Err(MigrateError::Edited(*version));
            }
            Some(_) => {}
        }
    }
    Ok(migrator.iter().count() - applied.len())
}

/// sqlx takes no lock on SQLite, so a locked file beside the database stands in for one. It also
/// guards the switch to WAL, which fails when two processes try it at once. The operating system
/// releases the lock of a process that dies.
pub(super) async fn sqlite(
    file: &Path,
    connect: &SqliteConnectOptions,
) -> Result<(), MigrateError> {
    let lock = {
        let file = file.to_owned();
        tokio::task::spawn_blocking(move || prepare(&file))
            .await
            .map_err(|error| MigrateError::File {
                path: PathBuf::new(),
                source: error.into(),
            })??
    };
    let mut connection = connect.connect().await.map_err(MigrateError::Connect)?;
    SQLITE.run(&mut connection).await?;
    connection.close().await.map_err(MigrateError::Connect)?;
    drop(lock);
    Ok(())
}

/// Makes the folder and an empty database, for the eyes of the owner only, and takes the lock.
fn prepare(file: &Path) -> Result<File, MigrateError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| MigrateError::File { path, source }
    };
    if let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let mut lock_file = file.as_os_str().to_owned();
    lock_file.push(".migrate.lock");
    let lock_file = Path::new(&lock_file);
    let lock = open(lock_file).map_err(failed(lock_file))?;
    lock.lock().map_err(failed(lock_file))?;
    open(file).map_err(failed(file))?;
    Ok(lock)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// On PostgreSQL sqlx takes an advisory lock, and leaves the connection with the session as it was. After an error it
/// is closed, which releases the lock too.
pub(super) async fn postgres(connect: &PgConnectOptions) -> Result<PgConnection, MigrateError> {
    let mut connection = connect.connect().await.map_err(MigrateError::Connect)?;
    match POSTGRES.run(&mut connection).await {
        Ok(()) => Ok(connection),
        Err(error) => {
            let _ = connection.close().await;
            Err(error.into())
        }
    }
}
