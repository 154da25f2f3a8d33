//! How often this server may be asked, in words.

use std::fmt::Write as _;

use crate::config::{Rate, RateLimits};

/// A section for the contract's description: the limits by the class that operations name in `x-rate-limit`.
pub fn section(limits: &RateLimits) -> String {
    let mut section = "\n## Rate limits of this server\n\
         | `x-rate-limit` | per client address | per account |\n| --- | --- | --- |\n"
        .to_owned();
    let of = |rate: &Rate| format!("{} in {}", rate.burst, rate.period);
    for (class, limit) in limits.all() {
        let account = limit.per_account.as_ref().map(of).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(
            section,
            "| {class} | {} | {account} |",
            of(&limit.per_address)
        );
    }
    section
}
