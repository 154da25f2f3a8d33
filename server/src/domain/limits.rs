//! How often one may ask: by client address for each class of operations, and by account where a request names one.

use std::net::IpAddr;
use std::time::Duration;

use super::error::RateLimit;
use super::{Error, Result};
use crate::Services;
use crate::config;
use crate::kv::{self, Exceeded, Rate};

/// A request that the limit of an account has counted. What comes of it says whether it stays counted (SECURITY R-8);
/// a request that is given up keeps its place.
#[derive(Debug)]
#[must_use]
pub struct Counted(Option<kv::Counted>);

impl Counted {
    /// A guess at a secret: a right one gives its place back, and so does one that could not be judged.
    pub async fn judged<T>(self, s: &Services, outcome: &Result<T>) {
        if outcome.as_ref().err().is_none_or(Error::is_fault) {
            self.give_back(s).await;
        }
    }

    /// Anything else: only a fault of ours gives its place back.
    pub async fn done<T>(self, s: &Services, outcome: &Result<T>) {
        if outcome.as_ref().is_err_and(Error::is_fault) {
            self.give_back(s).await;
        }
    }

    async fn give_back(self, s: &Services) {
        if let Some(counted) = self.0 {
            s.kv.give_back(counted).await;
        }
    }
}

/// Counts a request of a client. `bucket` is what counts as one client: an address, or an IPv6 /64.
///
/// # Errors
/// `rate_limit:exceeded`
pub async fn address(s: &Services, class: &'static str, bucket: IpAddr) -> Result<()> {
    match s.config.rate_limits.get(class) {
        Some(limit) => hit(s, class, "address", &bucket.to_string(), &limit.per_address)
            .await
            .map(drop),
        None => Ok(()),
    }
}

/// Counts a request that names an account, by whatever the account is known by there. For an address without an
/// account it counts alike (SECURITY R-5, U-1).
///
/// # Errors
/// `rate_limit:exceeded`
pub async fn account(s: &Services, class: &'static str, key: &str) -> Result<Counted> {
    match s
        .config
        .rate_limits
        .get(class)
        .and_then(|limit| limit.per_account.as_ref())
    {
        Some(rate) => {
            let counted = hit(s, class, "account", key, rate).await?;
            Ok(Counted(Some(counted)))
        }
        None => Ok(Counted(None)),
    }
}

async fn hit(
    s: &Services,
    class: &'static str,
    scope: &str,
    key: &str,
    configured: &config::Rate,
) -> Result<kv::Counted> {
    let rate = Rate {
        burst: configured.burst,
        period: *configured.period,
    };
    let counted = s.kv.hit(&format!("{class}/{scope}"), key, rate).await;
    counted.map_err(|Exceeded { retry_after }| refused(class, rate, retry_after))
}

fn refused(class: &'static str, rate: Rate, retry_after: Duration) -> Error {
    Error::RateLimited(RateLimit {
        policy: class.into(),
        limit: rate.burst.into(),
        remaining: 0,
        window: rate.period,
        retry_after,
    })
}
