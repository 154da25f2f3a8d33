//! A pool of connections that does nothing but lend them.
//!
//! The one of sqlx pings a connection each time it comes back, which makes two round trips of
//! every single-statement read. Here a connection that comes back clean is simply kept, one that
//! comes back in the middle of something is rolled back first, and one failure of the link empties
//! the pool, so that a database which returns is met with new connections.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::{ConnectOptions, Connection, Database};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::error::{Error, Result};
use super::lease::{Backend, Lease};

/// A connection that was idle for longer is asked whether it is still there.
const TRUSTED_IDLE: Duration = Duration::from_secs(15);
/// How long its answer may take.
const ANSWER: Duration = Duration::from_secs(1);
/// A connection is replaced when it gets this old, so that a pool follows changes of the server.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);
/// How long cleaning up after an abandoned transaction may take before the connection is dropped.
pub(super) const CLEAN_UP: Duration = Duration::from_secs(5);

type Options<DB> = <<DB as Database>::Connection as Connection>::Options;

/// The connections of one database, or of one way to use it.
pub(super) struct Pool<DB: Backend>(Arc<Inner<DB>>);

pub(super) struct Inner<DB: Backend> {
    options: Options<DB>,
    size: usize,
    acquire_timeout: Duration,
    pub(super) statement_timeout: Duration,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Idle<DB>>>,
    /// Goes up when the link breaks: older connections are not used again.
    generation: AtomicU64,
}

struct Idle<DB: Backend> {
    connection: DB::Connection,
    born: Born,
    since: Instant,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Born {
    at: Instant,
    generation: u64,
}

/// How many connections there are, for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolStatus {
    /// At most so many.
    pub size: usize,
    /// Lent at the moment.
    pub busy: usize,
    /// Open and unused.
    pub idle: usize,
}

/// Says nothing of the options: they hold a password.
impl<DB: Backend> fmt::Debug for Pool<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({}, {:?})", DB::NAME, self.status())
    }
}

impl<DB: Backend> Clone for Pool<DB> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<DB: Backend> Pool<DB> {
    /// A pool without connections: they are made when they are needed.
    pub(super) fn new(
        options: Options<DB>,
        size: usize,
        acquire_timeout: Duration,
        statement_timeout: Duration,
    ) -> Self {
        Self(Arc::new(Inner {
            options,
            size,
            acquire_timeout,
            statement_timeout,
            permits: Arc::new(Semaphore::new(size)),
            idle: Mutex::new(Vec::with_capacity(size)),
            generation: AtomicU64::new(0),
        }))
    }

    /// Keeps a connection that was made elsewhere.
    pub(super) fn adopt(&self, connection: DB::Connection) {
        self.0.keep(connection, self.0.born());
    }

    /// A connection for statements outside a transaction.
    pub(super) async fn acquire(&self) -> Result<Lease<DB>> {
        timeout(self.0.acquire_timeout, self.0.lend())
            .await
            .map_err(|_| Error::timed_out())?
    }

    /// A connection on which a transaction that may write has begun.
    pub(super) async fn begin(&self) -> Result<Lease<DB>> {
        let begun = async {
            let mut lease = self.0.lend().await?;
            lease.begin().await?;
            Ok(lease)
        };
        timeout(self.0.acquire_timeout, begun)
            .await
            .map_err(|_| Error::timed_out())?
    }

    pub(super) fn status(&self) -> PoolStatus {
        PoolStatus {
            size: self.0.size,
            busy: self
                .0
                .size
                .saturating_sub(self.0.permits.available_permits()),
            idle: self.0.lock_idle().len(),
        }
    }

    /// Refuses new leases, waits for those that are out and closes every connection.
    pub(super) async fn close(&self) {
        let all = u32::try_from(self.0.size).unwrap_or(u32::MAX);
        let returned = timeout(CLEAN_UP, self.0.permits.acquire_many(all)).await;
        self.0.permits.close();
        drop(returned);
        let idle = std::mem::take(&mut *self.0.lock_idle());
        for Idle { connection, .. } in idle {
            if let Err(error) = connection.close().await {
                tracing::debug!(%error, "a database connection did not close");
            }
        }
    }
}

impl<DB: Backend> Inner<DB> {
    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle<DB>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lend(self: &Arc<Self>) -> Result<Lease<DB>> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| Error::Unavailable(sqlx::Error::PoolClosed))?;
        let (connection, born) = match self.reuse().await {
            Some(reused) => reused,
            None => self.connect().await?,
        };
        Ok(Lease::new(Arc::clone(self), permit, connection, born))
    }

    fn born(&self) -> Born {
        Born {
            at: Instant::now(),
            generation: self.generation.load(Ordering::Acquire),
        }
    }

    async fn connect(&self) -> Result<(DB::Connection, Born)> {
        let born = self.born();
        match self.options.connect().await {
            Ok(connection) => Ok((connection, born)),
            // Whatever it says, it is the way to the database that fails.
            Err(error) => Err(Error::Unavailable(error)),
        }
    }

    /// The connection that came back last, unless it is not to be trusted any more.
    async fn reuse(&self) -> Option<(DB::Connection, Born)> {
        loop {
            let Idle {
                mut connection,
                born,
                since,
            } = self.lock_idle().pop()?;
            if !self.is_current(born) {
                continue;
            }
            if since.elapsed() < TRUSTED_IDLE {
                return Some((connection, born));
            }
            match timeout(ANSWER, connection.ping()).await {
                Ok(Ok(())) => return Some((connection, born)),
                // Then the others are not there any more either.
                _ => self.condemn(born),
            }
        }
    }

    pub(super) fn is_current(&self, born: Born) -> bool {
        born.generation == self.generation.load(Ordering::Acquire) && born.at.elapsed() < MAX_AGE
    }

    pub(super) fn keep(&self, connection: DB::Connection, born: Born) {
        if self.is_current(born) && !self.permits.is_closed() {
            self.lock_idle().push(Idle {
                connection,
                born,
                since: Instant::now(),
            });
        }
    }

    /// Every connection there is belongs to a link that is gone.
    pub(super) fn condemn(&self, born: Born) {
        let (from, to) = (born.generation, born.generation + 1);
        let _ = self
            .generation
            .compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
    }
}
