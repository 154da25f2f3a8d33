//! Rate limits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::types::Period;

/// Whose requests a rate limit counts, and how many it admits.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rate {
    /// How many requests pass within one period.
    pub burst: u32,
    /// Time in which the whole burst becomes available again.
    pub period: Period,
}

impl Default for Rate {
    fn default() -> Self {
        Rate::new(60, Period::minutes(1))
    }
}

impl Rate {
    pub const fn new(burst: u32, period: Period) -> Self {
        Self { burst, period }
    }
}

/// The limits of one class of operations.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RateLimit {
    /// Per client address (IPv6 by /64).
    pub per_address: Rate,
    /// Per account, where the request names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_account: Option<Rate>,
}

macro_rules! rate_limits {
    ($($(#[$doc:meta])* $class:ident = $burst:literal per $period:expr $(; $account:literal per $account_period:expr)?;)*) => {
        /// Rate limits by the class that the contract names in `x-rate-limit`.
        #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct RateLimits { $($(#[$doc])* pub $class: RateLimit,)* }

        impl Default for RateLimits {
            fn default() -> Self {
                Self { $($class: RateLimit {
                    per_address: Rate::new($burst, $period),
                    per_account: [$(Rate::new($account, $account_period))?].first().cloned(),
                },)* }
            }
        }

        impl RateLimits {
            /// Every class and its limits.
            pub fn all(&self) -> impl Iterator<Item = (&'static str, &RateLimit)> {
                [$((stringify!($class), &self.$class)),*].into_iter()
            }

            /// The same, to be changed: tests raise them, or lower them.
            pub fn all_mut(&mut self) -> impl Iterator<Item = &mut RateLimit> {
                [$(&mut self.$class),*].into_iter()
            }

            /// The limits of a class.
            pub fn get(&self, class: &str) -> Option<&RateLimit> {
                self.all().find(|(name, _)| *name == class).map(|(_, limit)| limit)
            }
        }
    };
}

rate_limits! {
    /// Registration; here an account is a mailbox.
    register = 20 per Period::hours(1); 10 per Period::hours(1);
    /// Sign-in by password.
    login = 30 per Period::minutes(5); 10 per Period::minutes(5);
    /// Operations of a session that check a password or a code.
    secret = 60 per Period::minutes(5); 20 per Period::minutes(5);
    /// Operations that send mail.
    mail = 20 per Period::hours(1); 3 per Period::minutes(15);
    /// Operations that redeem a token from a mail.
    token = 60 per Period::minutes(10);
    /// Both ends of an OAuth sign-in.
    oauth = 60 per Period::minutes(10);
    /// Profiles and the availability of handles.
    lookup = 300 per Period::minutes(1);
    /// User search.
    search = 120 per Period::minutes(1);
    /// Opening an event stream.
    stream = 120 per Period::minutes(1);
    /// Image uploads.
    upload = 30 per Period::minutes(10); 20 per Period::minutes(10);
}
