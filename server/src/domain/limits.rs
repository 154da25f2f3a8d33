//! How often one may ask: by client address for each class of operations, and by account where a request names one.

use std::net::IpAddr;
use std::time::Duration;

use super::error::RateLimit;
use super::{Error, Result};
use crate::Services;
use crate::config;
use crate::kv::{Exceeded, Rate};

/// Counts a request of a client. `bucket` is what counts as one client: an address, or an IPv6 /64.
///
/// # Errors
/// `rate_limit:exceeded`
pub async fn address(s: &Services, class: &'static str, bucket: IpAddr) -> Result<()> {
    match s.config.rate_limits.get(class) {
        Some(limit) => hit(s, class, "address", &bucket.to_string(), &limit.per_address).await,
        None => Ok(()),
    }
}

/// Counts a request that names an account, by whatever the account is known by there. For an address without an
/// account it counts alike (SECURITY R-5, U-1).
///
/// # Errors
/// `rate_limit:exceeded`
pub async fn account(s: &Services, class: &'static str, key: &str) -> Result<()> {
    match s
        .config
        .rate_limits
        .get(class)
        .and_then(|limit| limit.per_account.as_ref())
    {
        Some(rate) => hit(s, class, "account", key, rate).await,
        None => Ok(()),
    }
}

async fn hit(
    s: &Services,
    class: &'static str,
    scope: &str,
    key: &str,
    configured: &config::Rate,
) -> Result<()> {
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
