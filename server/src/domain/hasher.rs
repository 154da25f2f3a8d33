//! Password hashing: Argon2id on threads of its own.
//!
//! As many threads as may hash at once, each with the one block of memory that it uses for every
//! hash, and a short queue in front of them. Async threads never wait, memory has a bound, and
//! who would wait for too long is told to come back.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Ident, Output, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, ParamsBuilder, Version};
use subtle::ConstantTimeEq;
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument as _;
use zeroize::Zeroizing;

use super::entropy::{Entropy, random};
use super::error::{Error, Result};
use super::types::Password;
use crate::config;

const SALT: usize = 16;
const OUTPUT: usize = 32;
/// When it is worth trying again after the queue was full.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// How much a thread that hashes gives way, on the scale of nice(2), which on Linux is a thread's own.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// The memory that a thread hashes in.
type Memory = Vec<Block>;
type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone)]
pub struct Hasher(Arc<Inner>);

struct Inner {
    params: Params,
    entropy: Arc<dyn Entropy>,
    queue: mpsc::Sender<Job>,
    wait: Duration,
    hashes: Arc<AtomicU64>,
}

/// The hasher cannot be made as configured.
#[derive(Debug, thiserror::Error)]
pub enum HasherError {
    #[error("the Argon2 parameters are not possible: {0}")]
    Params(argon2::Error),
    #[error("cannot start a hashing thread: {0}")]
    Thread(std::io::Error),
}

impl Hasher {
    /// Starts the threads. They end when the last clone is dropped.
    pub fn new(options: &config::Password, entropy: Arc<dyn Entropy>) -> Result<Self, HasherError> {
        let params = ParamsBuilder::new()
            .m_cost(options.argon2_memory)
            .t_cost(options.argon2_iterations)
            .p_cost(options.argon2_parallelism)
            .output_len(OUTPUT)
            .build()
            .map_err(HasherError::Params)?;
        let threads = match options.hashing_permits {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            permits => permits,
        };
        let (queue, jobs) = mpsc::channel(options.hashing_queue.max(1));
        let jobs = Arc::new(Mutex::new(jobs));
        for i in 0..threads {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(format!("hashing-{i}"))
                .spawn(move || work(&jobs))
                .map_err(HasherError::Thread)?;
        }
        let (wait, hashes) = (*options.hashing_wait, Arc::default());
        Ok(Self(Arc::new(Inner {
            params,
            entropy,
            queue,
            wait,
            hashes,
        })))
    }

    /// Hashes a new password, as a PHC string.
    pub async fn hash(&self, password: &Password) -> Result<String> {
        let (params, password) = (self.0.params.clone(), password.clone());
        let salt = random::<SALT>(self.0.entropy.as_ref());
        let output = self
            .compute(params.clone(), password, salt.to_vec())
            .await?;
        let hash = PasswordHash {
            algorithm: Ident::new("argon2id").map_err(Error::internal)?,
            version: Some(Version::V0x13.into()),
            params: (&params).try_into().map_err(Error::internal)?,
            salt: Some(Salt::new(&salt).map_err(Error::internal)?),
            hash: Some(Output::new(&output).map_err(Error::internal)?),
        };
        Ok(hash.to_string())
    }

    /// Whether it is the password of the hash. A hash that cannot be read is an internal error,
    /// never a match.
    pub async fn verify(&self, password: &Password, hash: &str) -> Result<bool> {
        let Stored {
            params,
            salt,
            output,
        } = Stored::parse(hash)?;
        let computed = self.compute(params, password.clone(), salt).await?;
        Ok(computed.as_slice().ct_eq(&output).into())
    }

    /// Does what [`Hasher::verify`] does, for an account that does not exist or has no password:
    /// so that nobody learns that from the time it takes.
    pub async fn verify_absent(&self, password: &Password) -> Result<()> {
        let params = self.0.params.clone();
        let computed = self
            .compute(params, password.clone(), vec![0; SALT])
            .await?;
        std::hint::black_box(bool::from(computed.as_slice().ct_eq(&[0; OUTPUT])));
        Ok(())
    }

    /// Whether a hash should be made anew from its password, because the parameters have risen.
    pub fn needs_rehash(&self, hash: &str) -> bool {
        Stored::parse(hash).is_ok_and(|Stored { params, output, .. }| {
            params.m_cost() < self.0.params.m_cost()
                || params.t_cost() < self.0.params.t_cost()
                || params.p_cost() < self.0.params.p_cost()
                || output.len() < OUTPUT
        })
    }

    /// Runs some other computing that is too long for an async thread, in the same queue.
    pub async fn judge<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        self.run(move |_| work()).await
    }

    /// How many hashes have been computed.
    pub fn hashes(&self) -> u64 {
        self.0.hashes.load(Ordering::Relaxed)
    }

    /// How many wait for their turn.
    pub fn waiting(&self) -> usize {
        self.0.queue.max_capacity() - self.0.queue.capacity()
    }

    async fn compute(
        &self,
        params: Params,
        password: Password,
        salt: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>> {
        let hashes = Arc::clone(&self.0.hashes);
        let computed = self.run(move |memory| {
            let needed = params.block_count();
            if memory.len() < needed {
                memory.resize(needed, Block::new());
            }
            let mut output = Zeroizing::new(vec![0; params.output_len().unwrap_or(OUTPUT)]);
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let password = password.expose().as_bytes();
            hashes.fetch_add(1, Ordering::Relaxed);
            argon2
                .hash_password_into_with_memory(password, &salt, &mut output, &mut memory[..needed])
                .map(|()| output)
        });
        computed
            .instrument(tracing::info_span!(target: "otel", "hash password"))
            .await?
            .map_err(|error| Error::internal(error.to_string()))
    }

    /// Queues a job and waits for its outcome. A job that nobody waits for any more is not begun.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T> {
        let overloaded = || Error::Overloaded {
            retry_after: RETRY_AFTER,
        };
        let (reply, outcome) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            if !reply.is_closed() {
                let _ = reply.send(work(memory));
            }
        });
        self.0.queue.try_send(job).map_err(|_| overloaded())?;
        match tokio::time::timeout(self.0.wait, outcome).await {
            Ok(outcome) => outcome.map_err(|_| Error::internal("a hashing job panicked")),
            Err(_) => Err(overloaded()),
        }
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hasher({:?})", self.0.params)
    }
}

/// Hashing takes the time that nobody else wants: what is short does not wait behind it.
fn give_way() {
    // Elsewhere it would be the whole process that gives way.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::warn!(%error, "passwords are hashed at the priority of everything else");
    }
}

fn work(jobs: &Mutex<mpsc::Receiver<Job>>) {
    give_way();
    let mut memory = Memory::new();
    loop {
        let job = jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .blocking_recv();
        let Some(job) = job else { return };
        // The next job overwrites the memory before it reads it.
        if catch_unwind(AssertUnwindSafe(|| job(&mut memory))).is_err() {
            tracing::error!("a hashing job panicked");
        }
    }
}

/// The parts of a stored hash.
struct Stored {
    params: Params,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl Stored {
    fn parse(text: &str) -> Result<Self> {
        let unreadable = || Error::internal("a stored password hash cannot be read");
        let hash = PasswordHash::new(text).map_err(|_| unreadable())?;
        let known =
            hash.algorithm.as_str() == "argon2id" && hash.version == Some(Version::V0x13.into());
        if !known {
            return Err(unreadable());
        }
        Ok(Self {
            params: Params::try_from(&hash).map_err(|_| unreadable())?,
            salt: hash.salt.ok_or_else(unreadable)?.to_vec(),
            output: hash.hash.ok_or_else(unreadable)?.as_bytes().to_vec(),
        })
    }
}

#[cfg(test)]
mod tests;
