//! A connection while it is lent.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{Connection, Database, Postgres, Sqlite};
use tokio::sync::{Notify, OwnedSemaphorePermit};
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::error::{Error, Result};
use super::pool::{Born, CLEAN_UP, Inner};

/// What the pool has to know about an engine.
pub trait Backend: Database {
    /// Begins a transaction that may write.
    const BEGIN: &'static str;

    /// Runs a statement without parameters or rows.
    fn control(
        connection: &mut Self::Connection,
        statement: &'static str,
    ) -> impl Future<Output = sqlx::Result<()>> + Send;
}

impl Backend for Sqlite {
    /// Takes the write lock at once: a transaction that asks for it after having read fails,
    /// however long it would wait, when another one has written meanwhile.
    const BEGIN: &'static str = "BEGIN IMMEDIATE";

    async fn control(
        connection: &mut Self::Connection,
        statement: &'static str,
    ) -> sqlx::Result<()> {
        sqlx::raw_sql(statement).execute(connection).await.map(drop)
    }
}

impl Backend for Postgres {
    const BEGIN: &'static str = "BEGIN";

    async fn control(
        connection: &mut Self::Connection,
        statement: &'static str,
    ) -> sqlx::Result<()> {
        sqlx::raw_sql(statement).execute(connection).await.map(drop)
    }
}

/// A lent connection, with or without a transaction on it. Dropped without [`Lease::commit`], the
/// transaction is rolled back.
pub struct Lease<DB: Backend> {
    /// Always there until `drop`.
    connection: Option<DB::Connection>,
    born: Born,
    transaction: bool,
    /// A statement is under way: set back at its end, unless its future is dropped before.
    running: bool,
    /// A statement of the transaction failed: PostgreSQL has given the transaction up, and would
    /// answer a commit with success.
    failed: bool,
    sealed: bool,
    /// Who waits for what the transaction has written.
    wake: Option<Arc<Notify>>,
    pool: Arc<Inner<DB>>,
    permit: Option<OwnedSemaphorePermit>,
}

impl<DB: Backend> Lease<DB> {
    pub(super) fn new(
        pool: Arc<Inner<DB>>,
        permit: OwnedSemaphorePermit,
        connection: DB::Connection,
        born: Born,
    ) -> Self {
        Self {
            connection: Some(connection),
            born,
            transaction: false,
            running: false,
            failed: false,
            sealed: false,
            wake: None,
            pool,
            permit: Some(permit),
        }
    }

    /// Begins a transaction that may write.
    pub(super) async fn begin(&mut self) -> Result<()> {
        // Abandoned in the middle of it, there may be one.
        self.transaction = true;
        let begun = DB::control(self.start(), DB::BEGIN).await;
        let begun = self.finish(Ok(begun));
        self.transaction = begun.is_ok();
        begun
    }

    /// How long a statement may take.
    pub(super) fn limit(&self) -> Duration {
        self.pool.statement_timeout
    }

    /// The connection, for one statement whose outcome goes to [`Lease::finish`].
    #[allow(clippy::expect_used)]
    pub(super) fn start(&mut self) -> &mut DB::Connection {
        debug_assert!(
            !self.sealed,
            "the action log is written last, right before the commit"
        );
        self.running = true;
        self.connection.as_mut().expect("taken by drop only")
    }

    /// Judges the outcome of a statement.
    pub(super) fn finish<T>(&mut self, result: Result<sqlx::Result<T>, Elapsed>) -> Result<T> {
        // After a timeout the statement is still running, for all we know.
        let result = result.map_err(|_| Error::timed_out())?;
        self.running = false;
        result.map_err(|error| {
            self.failed = true;
            let error = Error::from(error);
            if error.breaks_connection() {
                self.pool.condemn(self.born);
            }
            error
        })
    }

    /// Makes the transaction permanent. Without a transaction there is nothing to do.
    pub(super) async fn commit(mut self) -> Result<()> {
        if self.transaction {
            if self.failed || self.running {
                let why = "a statement of the transaction failed, it cannot be committed";
                return Err(Error::Internal(sqlx::Error::Protocol(why.to_owned())));
            }
            self.sealed = false;
            let committed = timeout(self.limit(), DB::control(self.start(), "COMMIT")).await;
            self.finish(committed)?;
            self.transaction = false;
            if let Some(waiting) = self.wake.take() {
                waiting.notify_one();
            }
        }
        Ok(())
    }

    /// Wakes this once the transaction is permanent.
    pub(super) fn wake_on_commit(&mut self, waiting: Arc<Notify>) {
        self.wake = Some(waiting);
    }

    /// No statement may follow but the commit.
    pub(super) fn seal(&mut self) {
        self.sealed = true;
    }
}

impl<DB: Backend> fmt::Debug for Lease<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lease({}, transaction: {})", DB::NAME, self.transaction)
    }
}

impl<DB: Backend> Drop for Lease<DB> {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        let (pool, permit, born) = (Arc::clone(&self.pool), self.permit.take(), self.born);
        if !self.transaction && !self.running {
            pool.keep(connection, born);
            return;
        }
        // In the middle of something. Without a runtime (at the end of the process) dropping the
        // connection does it as well.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        if !pool.is_current(born) {
            return;
        }
        let transaction = self.transaction;
        runtime.spawn(async move {
            let tidy = async {
                if transaction {
                    DB::control(&mut connection, "ROLLBACK").await
                } else {
                    // Answered once the abandoned statement is over.
                    connection.ping().await
                }
            };
            if let Ok(Ok(())) = timeout(CLEAN_UP, tidy).await {
                pool.keep(connection, born);
            }
            drop(permit);
        });
    }
}
