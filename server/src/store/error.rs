//! What a caller can make of a database error.

use std::borrow::Cow;

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// The result of store functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A statement failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique index was violated; see [`Error::violates`].
    #[error("unique index {0} is violated")]
    Unique(String),
    /// The database cannot be reached, is busy, full or shutting down: trying again later may help.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// A mistake of ours, or a damaged database.
    #[error("database error: {0}")]
    Internal(#[source] sqlx::Error),
}

impl Error {
    /// Whether it is a violation of this unique index. Unique indices are called
    /// `<table>_<columns>` in both schemas.
    pub fn violates(&self, index: &str) -> bool {
        matches!(self, Self::Unique(name) if name == index)
    }

    /// Nothing to wait for any more.
    pub(super) fn timed_out() -> Self {
        Self::Unavailable(sqlx::Error::PoolTimedOut)
    }

    /// Whether the connection it happened on is of no use any more.
    pub(super) fn breaks_connection(&self) -> bool {
        match self {
            Self::Unique(_) => false,
            Self::Unavailable(error) | Self::Internal(error) => match error {
                sqlx::Error::Database(error) => ends_connection(error.as_ref()),
                sqlx::Error::RowNotFound
                | sqlx::Error::TypeNotFound { .. }
                | sqlx::Error::ColumnIndexOutOfBounds { .. }
                | sqlx::Error::ColumnNotFound(_)
                | sqlx::Error::ColumnDecode { .. }
                | sqlx::Error::Encode(_)
                | sqlx::Error::Decode(_) => false,
                _ => true,
            },
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) => {
                if cause.is_unique_violation() {
                    Self::Unique(unique_index(cause.as_ref()))
                } else if is_passing(cause.as_ref()) {
                    Self::Unavailable(error)
                } else {
                    Self::Internal(error)
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable(error),
            _ => Self::Internal(error),
        }
    }
}

/// The name of the violated index. PostgreSQL tells it; SQLite tells its columns, as
/// `UNIQUE constraint failed: users.handle_key`.
fn unique_index(error: &dyn DatabaseError) -> String {
    if let Some(name) = error.constraint() {
        return name.to_owned();
    }
    let columns = error.message().rsplit(": ").next().unwrap_or_default();
    let mut name = String::new();
    for (i, column) in columns.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if i == 0 {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name
}

/// Whether the statement may succeed later as it is.
fn is_passing(error: &dyn DatabaseError) -> bool {
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        // Connection, resources, operator intervention, lock not available, statement timeout,
        // rolled back for another's sake, input/output, and a server that has become a replica.
        let code = error.code();
        ["08", "53", "57", "40", "58"]
            .iter()
            .any(|class| code.starts_with(class))
            || matches!(code, "55P03" | "25006" | "25P03" | "25P04")
    } else if error.try_downcast_ref::<SqliteError>().is_some() {
        // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL
        matches!(sqlite_code(error), 5..=10 | 13..=15)
    } else {
        false
    }
}

/// Whether the server ends the connection after this error.
fn ends_connection(error: &dyn DatabaseError) -> bool {
    match error.try_downcast_ref::<PgDatabaseError>() {
        Some(error) => {
            matches!(
                error.code(),
                "57P01" | "57P02" | "57P03" | "57P05" | "25006" | "25P03"
            ) || error.code().starts_with("08")
        }
        None => false,
    }
}

/// The primary result code.
fn sqlite_code(error: &dyn DatabaseError) -> u32 {
    let code: Option<Cow<'_, str>> = error.code();
    code.and_then(|code| code.parse::<u32>().ok()).unwrap_or(0) & 0xff
}
