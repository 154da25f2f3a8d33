//! How many streams there may be, in all and of one client.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::domain::error::RateLimit;
use crate::domain::{Error, Result};

/// When a refused client should come back. Streams are long: there is no telling.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Counts the open streams.
#[derive(Debug)]
pub struct Places {
    limit: usize,
    limit_per_address: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The place of one stream, free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Places {
    pub fn new(limit: usize, limit_per_address: usize) -> Self {
        Self {
            limit,
            limit_per_address,
            taken: Mutex::default(),
        }
    }

    /// How many are taken.
    pub fn taken(&self) -> usize {
        self.lock().all
    }

    /// # Errors
    /// `rate_limit:exceeded` when the client has all of its own, `system:overloaded` when all are taken.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Result<Place> {
        let mut taken = self.lock();
        let of_address = taken.by_address.get(&address).copied().unwrap_or(0);
        if of_address >= self.limit_per_address {
            return Err(Error::RateLimited(RateLimit {
                policy: "streams-at-once".into(),
                limit: u64::try_from(self.limit_per_address).unwrap_or(u64::MAX),
                remaining: 0,
                window: RETRY_AFTER,
                retry_after: RETRY_AFTER,
            }));
        }
        if taken.all >= self.limit {
            return Err(Error::Overloaded {
                retry_after: RETRY_AFTER,
            });
        }
        taken.all += 1;
        taken.by_address.insert(address, of_address + 1);
        Ok(Place {
            places: Arc::clone(self),
            address,
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        taken.all = taken.all.saturating_sub(1);
        if let Some(count) = taken.by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q5_places_are_limited_and_given_back() {
        let places = Arc::new(Places::new(3, 2));
        let [a, b, c] = [1, 2, 3].map(|last| IpAddr::from([192, 0, 2, last]));
        let first = places.take(a).unwrap();
        let _second = places.take(a).unwrap();
        assert!(matches!(places.take(a), Err(Error::RateLimited(_))));
        let _third = places.take(b).unwrap();
        assert!(matches!(places.take(c), Err(Error::Overloaded { .. })));
        assert_eq!(places.taken(), 3);
        drop(first);
        let again = places.take(a).unwrap();
        assert!(matches!(places.take(a), Err(Error::RateLimited(_))));
        drop(again);
        assert_eq!(places.taken(), 2);
        drop((_second, _third));
        assert!(places.lock().by_address.is_empty(), "no memory is kept");
    }
}
