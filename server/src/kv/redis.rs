//! Counters in Redis, shared by all instances.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use redis::Script;

use super::connection::Connection;
use super::{Exceeded, Rate};

pub use redis::RedisError;

/// A Redis that is down is complained of once in so many failures.
const COMPLAIN_EVERY: u64 = 1000;

/// GCRA in one step: the theoretical arrival time moves on by an interval, unless it is further ahead than the burst
/// allows. Microseconds; answers how long to wait, or -1.
static HIT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local now, interval, tolerance = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local arrival = tonumber(redis.call('GET', KEYS[1]) or now)
if arrival < now then arrival = now end
if arrival - tolerance > now then return arrival - tolerance - now end
arrival = arrival + interval
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000) + 1)
return -1
",
    )
});

/// The theoretical arrival time moves back by an interval; what is not ahead of now is full and need not be kept.
static GIVE_BACK: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local now, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
local arrival = redis.call('GET', KEYS[1])
if not arrival then return 0 end
arrival = tonumber(arrival) - interval
if arrival <= now then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000) + 1)
return 1
",
    )
});

/// The counters of all instances.
#[derive(Debug)]
pub struct Redis {
    connection: Arc<Connection>,
    failures: AtomicU64,
}

impl Redis {
    pub fn new(connection: Arc<Connection>) -> Self {
        Self {
            connection,
            failures: AtomicU64::new(0),
        }
    }

    pub async fn hit(
        &self,
        key: [u8; 16],
        rate: Rate,
        now: Duration,
    ) -> Result<Result<(), Exceeded>, RedisError> {
        let interval = rate.interval();
        let tolerance = interval * rate.burst.saturating_sub(1);
        let mut call = HIT.key(self.name(key));
        call.arg(micros(now))
            .arg(micros(interval))
            .arg(micros(tolerance));
        let hit = async |mut connection| call.invoke_async(&mut connection).await;
        let wait: i64 = self.connection.with(hit).await?;
        Ok(match u64::try_from(wait) {
            Ok(wait) => Err(Exceeded {
                retry_after: Duration::from_micros(wait),
            }),
            Err(_) => Ok(()),
        })
    }

    pub async fn give_back(
        &self,
        key: [u8; 16],
        rate: Rate,
        now: Duration,
    ) -> Result<(), RedisError> {
        let mut call = GIVE_BACK.key(self.name(key));
        call.arg(micros(now)).arg(micros(rate.interval()));
        let give_back = async |mut connection| call.invoke_async::<i64>(&mut connection).await;
        self.connection.with(give_back).await.map(drop)
    }

    fn name(&self, key: [u8; 16]) -> String {
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        self.connection.name(&format!("rate:{key}"))
    }

    pub async fn ping(&self) -> Result<(), RedisError> {
        let ping = async |mut connection| redis::cmd("PING").query_async(&mut connection).await;
        self.connection.with(ping).await
    }

    pub fn complain(&self, error: &RedisError) {
        if self
            .failures
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(COMPLAIN_EVERY)
        {
            tracing::error!(%error, "redis does not answer: this instance counts alone");
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, Period, Secret};
    use crate::domain::entropy::{OsEntropy, random};

    fn redis_at(url: &str) -> Redis {
        let config = config::Redis {
            url: Some(Secret::new(url)),
            timeout: Period::secs(2),
            ..config::Redis::default()
        };
        let connection = Connection::new(&config).unwrap().unwrap();
        Redis::new(Arc::new(connection))
    }

    /// Where tests find Redis, told loudly when they do not.
    #[allow(clippy::disallowed_methods)] // where the tests run is for the environment to say
    async fn redis() -> Option<Redis> {
        let url = std::env::var("ACCORD_TEST_REDIS_URL");
        let url = url.unwrap_or_else(|_| "redis://127.0.0.1:6379".to_owned());
        let redis = redis_at(&url);
        if redis.ping().await.is_ok() {
            return Some(redis);
        }
        assert!(std::env::var_os("CI").is_none(), "CI has a Redis");
        eprintln!("SKIPPED: no Redis answers");
        None
    }

    #[tokio::test]
    async fn it_counts_as_the_process_does() {
        let Some(redis) = redis().await else { return };
        let rate = Rate {
            burst: 3,
            period: Duration::from_secs(30),
        };
        let key = random::<16>(&OsEntropy);
        let start = Duration::from_micros(1_800_000_000_123_456);
        for _ in 0..3 {
            assert_eq!(redis.hit(key, rate, start).await.unwrap(), Ok(()));
        }
        let retry_after = Duration::from_secs(10);
        assert_eq!(
            redis.hit(key, rate, start).await.unwrap(),
            Err(Exceeded { retry_after })
        );
        assert_eq!(
            redis.hit(key, rate, start + retry_after).await.unwrap(),
            Ok(())
        );
        assert!(
            redis
                .hit(key, rate, start + retry_after)
                .await
                .unwrap()
                .is_err()
        );
    }

    /// SECURITY: R-8.
    #[tokio::test]
    async fn it_gives_back_as_the_process_does() {
        let Some(redis) = redis().await else { return };
        let rate = Rate {
            burst: 3,
            period: Duration::from_secs(30),
        };
        let (key, mut now) = (random::<16>(&OsEntropy), Duration::from_secs(1_800_000_000));
        let used_up = async |now, passed: usize| {
            for _ in 0..passed {
                assert_eq!(redis.hit(key, rate, now).await.unwrap(), Ok(()));
            }
            let retry_after = Duration::from_secs(10);
            let refused = redis.hit(key, rate, now).await.unwrap();
            assert_eq!(refused, Err(Exceeded { retry_after }));
        };
        used_up(now, 3).await;
        redis.give_back(key, rate, now).await.unwrap();
        used_up(now, 1).await;
        now += Duration::from_secs(60);
        for _ in 0..2 {
            redis.give_back(key, rate, now).await.unwrap();
        }
        used_up(now, 3).await;
    }

    /// SECURITY: R-3, R-9.
    #[tokio::test]
    async fn of_many_at_once_as_many_as_the_burst_pass() {
        let Some(redis) = redis().await else { return };
        let rate = Rate {
            burst: 5,
            period: Duration::from_secs(3600),
        };
        let key = random::<16>(&OsEntropy);
        let now = Duration::from_secs(1_800_000_000);
        let hits = (0..50).map(|_| redis.hit(key, rate, now));
        let passed = futures::future::join_all(hits).await;
        assert_eq!(
            passed
                .iter()
                .filter(|hit| matches!(hit, Ok(Ok(()))))
                .count(),
            5
        );
    }

    /// SECURITY: F-10.
    #[tokio::test]
    async fn a_redis_that_is_down_is_an_error_in_time() {
        for url in ["redis://127.0.0.1:1", "rediss://127.0.0.1:1"] {
            assert!(redis_at(url).ping().await.is_err(), "{url}");
        }
    }
}
