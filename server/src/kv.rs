//! Counters with expiry: in the process, or in Redis for several instances. Both count by GCRA and promise the same.
//! And a bell that instances tell each other with that something happened.

mod bell;
mod connection;
mod memory;
mod redis;

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

pub use self::bell::Bell;
use self::connection::Connection;
use self::memory::Memory;
use self::redis::Redis;
pub use self::redis::RedisError;
use crate::config;
use crate::domain::clock::Clock;
use crate::domain::entropy::Entropy;

/// So many pass within one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    pub burst: u32,
    pub period: Duration,
}

impl Rate {
    /// The time in which one request becomes available again.
    fn interval(self) -> Duration {
        self.period / self.burst.max(1)
    }
}

/// The rate is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    /// When one request is available again.
    pub retry_after: Duration,
}

/// A request that was counted; [`Kv::give_back`] takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    key: [u8; 16],
    rate: Rate,
    in_redis: bool,
}

/// The counters.
#[derive(Debug)]
pub struct Kv {
    memory: Memory,
    redis: Option<Redis>,
    connection: Option<Arc<Connection>>,
}

impl Kv {
    /// Connects lazily: a Redis that is down at the start does not keep the server from starting.
    ///
    /// # Errors
    /// When the URL of Redis is none.
    pub fn new(config: &config::Redis, clock: Clock) -> Result<Self, RedisError> {
        let connection = Connection::new(config)?.map(Arc::new);
        Ok(Self {
            memory: Memory::new(clock),
            redis: connection.clone().map(Redis::new),
            connection,
        })
    }

    /// A bell between the instances; none without Redis.
    pub fn bell(&self, entropy: &dyn Entropy) -> Option<Bell> {
        let connection = self.connection.clone()?;
        Some(Bell::new(connection, entropy))
    }

    /// Counts one request. `name` tells limits apart, `key` whom they count.
    ///
    /// When Redis does not answer, the process counts alone: limits hold for each instance by itself then, and are
    /// never lifted (SECURITY F-10).
    pub async fn hit(&self, name: &str, key: &str, rate: Rate) -> Result<Counted, Exceeded> {
        let key = digest(name, key);
        let counted = |in_redis| Counted {
            key,
            rate,
            in_redis,
        };
        if let Some(redis) = &self.redis {
            match redis.hit(key, rate, self.memory.now()).await {
                Ok(verdict) => return verdict.map(|()| counted(true)),
                Err(error) => redis.complain(&error),
            }
        }
        self.memory.hit(key, rate).map(|()| counted(false))
    }

    /// Takes a request back, where it was counted: one more passes, and never more than the burst. A Redis that does not
    /// answer keeps it counted.
    pub async fn give_back(&self, counted: Counted) {
        let Counted {
            key,
            rate,
            in_redis,
        } = counted;
        match &self.redis {
            Some(redis) if in_redis => {
                if let Err(error) = redis.give_back(key, rate, self.memory.now()).await {
                    redis.complain(&error);
                }
            }
            _ => self.memory.give_back(key, rate),
        }
    }

    /// Whether Redis answers; `None` without Redis.
    pub async fn redis_is_up(&self) -> Option<bool> {
        self.ping_redis().await.map(|answer| answer.is_ok())
    }

    /// Asks Redis for an answer; `None` without Redis.
    pub async fn ping_redis(&self) -> Option<Result<(), RedisError>> {
        match &self.redis {
            Some(redis) => Some(redis.ping().await),
            None => None,
        }
    }

    /// Forgets counters that are full again.
    pub fn prune(&self) {
        self.memory.prune();
    }
}

/// Keys are personal data and of any length: what is kept is a short digest.
fn digest(name: &str, key: &str) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([0])
        .chain_update(key)
        .finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}
