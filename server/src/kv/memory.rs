//! Counters in the process.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Reference as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::{DashMapStateStore, ShrinkableKeyedStateStore};
use governor::{Quota, RateLimiter};

use super::{Exceeded, Rate};
use crate::domain::clock::Clock;

/// Every so many hits the full counters are forgotten, so that an attacker with many addresses fills no memory.
const PRUNE_EVERY: u64 = 1 << 16;

type Key = [u8; 16];

/// A limiter for each rate that is in use: a handful.
pub struct Memory {
    ticks: Ticks,
    limiters: Mutex<Vec<(Rate, Arc<Limiter>)>>,
    hits: AtomicU64,
}

struct Limiter {
    governor: RateLimiter<Key, States, Ticks, NoOpMiddleware<Nanos>>,
    states: States,
}

/// What the governor remembers of each key. It knows no way back for a request: that way leads through here.
#[derive(Clone, Default)]
struct States(Arc<DashMapStateStore<Key>>);

impl States {
    /// The theoretical arrival time, an interval earlier. (Less than now is as good as now.)
    fn give_back(&self, key: &Key, interval: Duration) {
        let earlier = |arrival: Option<Nanos>| match arrival {
            Some(arrival) => Ok(((), arrival.saturating_sub(interval.into()))),
            None => Err(()),
        };
        // Nothing is known of a key that has been full for a while.
        let _ = self.measure_and_replace(key, earlier);
    }
}

impl StateStore for States {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, judge: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.0.measure_and_replace(key, judge)
    }
}

impl ShrinkableKeyedStateStore<Key> for States {
    fn retain_recent(&self, drop_below: Nanos) {
        ShrinkableKeyedStateStore::retain_recent(&*self.0, drop_below);
    }

    fn shrink_to_fit(&self) {
        ShrinkableKeyedStateStore::shrink_to_fit(&*self.0);
    }

    fn len(&self) -> usize {
        ShrinkableKeyedStateStore::len(&*self.0)
    }

    fn is_empty(&self) -> bool {
        ShrinkableKeyedStateStore::is_empty(&*self.0)
    }
}

/// The server's clock, as governor reads it: when it is set back, time goes on from where it was, so that nobody waits
/// for it to come there again (SECURITY F-11).
#[derive(Debug, Clone)]
struct Ticks {
    clock: Clock,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    latest: u64,
    /// By how much it was set back so far.
    back: u64,
}

impl Ticks {
    fn new(clock: Clock) -> Self {
        Self {
            clock,
            seen: Arc::default(),
        }
    }

    /// Nanoseconds since 1970, as the clock says.
    fn told(&self) -> u64 {
        let nanos = self.clock.now().timestamp_nanos_opt().unwrap_or(i64::MAX);
        u64::try_from(nanos).unwrap_or(0)
    }
}

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.told().saturating_add(seen.back);
        seen.back = seen.back.saturating_add(seen.latest.saturating_sub(now));
        seen.latest = seen.latest.max(now);
        Nanos::from(seen.latest)
    }
}

impl Memory {
    pub fn new(clock: Clock) -> Self {
        Self {
            ticks: Ticks::new(clock),
            limiters: Mutex::default(),
            hits: AtomicU64::new(0),
        }
    }

    /// Time since 1970, as the clock says.
    pub fn now(&self) -> Duration {
        Duration::from_nanos(self.ticks.told())
    }

    pub fn hit(&self, key: Key, rate: Rate) -> Result<(), Exceeded> {
        if self.hits.fetch_add(1, Ordering::Relaxed) % PRUNE_EVERY == PRUNE_EVERY - 1 {
            self.prune();
        }
        let now = governor::clock::Clock::now(&self.ticks);
        self.limiter(rate)
            .governor
            .check_key(&key)
            .map_err(|until| Exceeded {
                retry_after: until.earliest_possible().duration_since(now).into(),
            })
    }

    pub fn give_back(&self, key: Key, rate: Rate) {
        self.limiter(rate).states.give_back(&key, rate.interval());
    }

    pub fn prune(&self) {
        for (_, limiter) in self.limiters().iter() {
            limiter.governor.retain_recent();
            limiter.governor.shrink_to_fit();
        }
    }

    fn limiters(&self) -> std::sync::MutexGuard<'_, Vec<(Rate, Arc<Limiter>)>> {
        self.limiters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limiter(&self, rate: Rate) -> Arc<Limiter> {
        let mut limiters = self.limiters();
        if let Some((_, limiter)) = limiters.iter().find(|(known, _)| *known == rate) {
            return Arc::clone(limiter);
        }
        let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
        let interval = rate.interval().max(Duration::from_nanos(1));
        let quota = Quota::with_period(interval).unwrap_or_else(|| Quota::per_second(burst));
        let (quota, states) = (quota.allow_burst(burst), States::default());
        let limiter = Arc::new(Limiter {
            governor: RateLimiter::new(quota, states.clone(), self.ticks.clone()),
            states,
        });
        limiters.push((rate, Arc::clone(&limiter)));
        limiter
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    const RATE: Rate = Rate {
        burst: 3,
        period: Duration::from_secs(30),
    };

    fn memory() -> (Clock, Memory) {
        let clock = Clock::manual(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        (clock.clone(), Memory::new(clock))
    }

    #[test]
    fn a_burst_passes_and_one_comes_back_each_interval() {
        let (clock, memory) = memory();
        for _ in 0..3 {
            assert_eq!(memory.hit([1; 16], RATE), Ok(()));
        }
        let Err(refused) = memory.hit([1; 16], RATE) else {
            panic!("a fourth passed")
        };
        assert_eq!(refused.retry_after, Duration::from_secs(10));
        assert_eq!(memory.hit([2; 16], RATE), Ok(()), "others are not touched");
        clock.advance(refused.retry_after);
        assert_eq!(memory.hit([1; 16], RATE), Ok(()));
        assert!(memory.hit([1; 16], RATE).is_err());
    }

    /// SECURITY: R-11.
    #[test]
    fn full_counters_are_forgotten() {
        let (clock, memory) = memory();
        for i in 0_u32..1000 {
            let mut key = [0; 16];
            key[..4].copy_from_slice(&i.to_le_bytes());
            assert_eq!(memory.hit(key, RATE), Ok(()));
        }
        clock.advance(Duration::from_secs(60));
        memory.prune();
        assert_eq!(memory.limiter(RATE).governor.len(), 0);
    }

    /// SECURITY: R-8.
    #[test]
    fn what_is_given_back_passes_once_more_and_never_beyond_the_burst() {
        let (clock, memory) = memory();
        let used_up = |memory: &Memory, passed: usize| {
            for _ in 0..passed {
                assert_eq!(memory.hit([1; 16], RATE), Ok(()));
            }
            let refused = memory.hit([1; 16], RATE).unwrap_err();
            assert_eq!(refused.retry_after, Duration::from_secs(10));
        };
        used_up(&memory, 3);
        memory.give_back([1; 16], RATE);
        used_up(&memory, 1);
        // Given back when it has long been forgotten, or to somebody who was never counted.
        clock.advance(Duration::from_secs(60));
        memory.give_back([1; 16], RATE);
        memory.prune();
        memory.give_back([1; 16], RATE);
        used_up(&memory, 3);
    }

    /// SECURITY: F-11.
    #[test]
    fn f11_a_clock_that_jumps_back_neither_lifts_the_limit_nor_prolongs_it() {
        let (clock, memory) = memory();
        for _ in 0..3 {
            assert_eq!(memory.hit([1; 16], RATE), Ok(()));
        }
        for start in [1_700_000_000, 0] {
            clock.set(DateTime::from_timestamp(start, 0).unwrap());
            let Err(refused) = memory.hit([1; 16], RATE) else {
                panic!("the limit is lifted")
            };
            assert_eq!(refused.retry_after, Duration::from_secs(10));
            clock.advance(refused.retry_after);
            assert_eq!(memory.hit([1; 16], RATE), Ok(()));
        }
    }
}
