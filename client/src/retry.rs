//! Which requests are sent again, and when.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use reqwest::{Method, Response, StatusCode};

use crate::problem::retry_after;

/// Sends a request again where that is safe: the method is idempotent, and there was no connection, or the answer was
/// 429 or 503 with a `Retry-After` that is not too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// How often to send again, at most. Default: 2.
    pub times: u32,
    /// The longest `Retry-After` to sit out; a longer one is returned as the error it is. Default: 5 seconds.
    pub longest_wait: Duration,
}

impl Retry {
    /// Send once only.
    pub const NEVER: Self = Self {
        times: 0,
        longest_wait: Duration::ZERO,
    };

    /// Send again at most so often.
    pub fn times(times: u32) -> Self {
        Self {
            times,
            ..Self::default()
        }
    }

    /// How long to wait before the next try, or none if there is to be no other.
    pub(crate) fn wait(
        &self,
        tried: u32,
        method: &Method,
        result: &reqwest::Result<Response>,
    ) -> Option<Duration> {
        let safe = matches!(
            *method,
            Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS
        );
        if tried >= self.times || !safe {
            return None;
        }
        match result {
            Err(error) => error
                .is_connect()
                .then(|| backoff(Duration::from_millis(100), self.longest_wait, tried)),
            Ok(response) => {
                let asked = matches!(
                    response.status(),
                    StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
                );
                asked
                    .then(|| retry_after(response.headers()))
                    .flatten()
                    .filter(|wait| *wait <= self.longest_wait)
            }
        }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            times: 2,
            longest_wait: Duration::from_secs(5),
        }
    }
}

/// Twice as long each time, at most `longest`, and somewhere between half of that and all of it, lest all clients
/// of a server that comes back knock at the same moment.
pub(crate) fn backoff(first: Duration, longest: Duration, tried: u32) -> Duration {
    let full = first.saturating_mul(1 << tried.min(16)).min(longest);
    let dice = RandomState::new().hash_one(()) as u32;
    full / 2 + (full / 2).mul_f64(f64::from(dice) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_and_stays_bounded() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_secs(5));
        for tried in 0..64 {
            let full = first.saturating_mul(1 << tried.min(16)).min(longest);
            let wait = backoff(first, longest, tried);
            assert!(wait >= full / 2 && wait <= full, "{tried}: {wait:?}");
        }
    }
}
