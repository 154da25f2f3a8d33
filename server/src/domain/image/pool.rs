//! Threads that decode: as many at once as there are cores, within a bound of memory, with a short queue in front.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::probe;
use super::render::{self, Size};
use crate::domain::{Error, Result};

/// Files that wait or are worked on. They are up to 8 MiB each.
const PLACES: usize = 16;
/// How long a file may wait.
const WAIT: Duration = Duration::from_secs(5);
/// When it is worth trying again after the queue was full.
const RETRY_AFTER: Duration = Duration::from_secs(2);
/// Memory for all decoding at once, in MiB. More than the largest picture takes.
const MEMORY: u32 = 512;

/// Admits files to the threads.
#[derive(Debug)]
pub struct Pool {
    places: Arc<Semaphore>,
    cores: Arc<Semaphore>,
    memory: Arc<Semaphore>,
}

impl Pool {
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            places: Arc::new(Semaphore::new(PLACES.max(2 * cores))),
            cores: Arc::new(Semaphore::new(cores)),
            memory: Arc::new(Semaphore::new(MEMORY as usize)),
        }
    }

    /// Makes a WebP of a size from a file. What its first bytes condemn is refused at once.
    pub async fn render(&self, file: Bytes, size: Size) -> Result<Vec<u8>> {
        let header = probe::header(&file)?;
        let overloaded = || Error::Overloaded {
            retry_after: RETRY_AFTER,
        };
        let place = self
            .places
            .clone()
            .try_acquire_owned()
            .map_err(|_| overloaded())?;
        let admitted = tokio::time::timeout(WAIT, self.admit(&header));
        let permits = admitted.await.map_err(|_| overloaded())??;
        let work = move || {
            // Held to the end of the work, even when nobody waits for it any more.
            let _held = (place, permits);
            render::render(&file, &header, size)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(outcome) => outcome,
            // A decoder that panics has met a file that it cannot read.
            Err(error) if error.is_panic() => Err(Error::FileUnreadable),
            Err(error) => Err(Error::internal(error)),
        }
    }

    async fn admit(&self, header: &probe::Header) -> Result<[OwnedSemaphorePermit; 2]> {
        let mebibytes = u32::try_from(header.memory() >> 20).unwrap_or(MEMORY);
        let core = self.cores.clone().acquire_owned().await;
        let memory = self
            .memory
            .clone()
            .acquire_many_owned(mebibytes.clamp(1, MEMORY))
            .await;
        match (core, memory) {
            (Ok(core), Ok(memory)) => Ok([core, memory]),
            _ => Err(Error::internal("the pool is closed")),
        }
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}
