//! Identifiers: UUIDs of version 7, made from the clock and entropy that the caller holds.

use std::fmt;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::entropy::{Entropy, random};

/// A UUID of version 7 for a moment. Ids of one millisecond are in no particular order.
pub fn uuid_v7(now: DateTime<Utc>, entropy: &dyn Entropy) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random(entropy)).into_uuid()
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id.
            pub fn new(now: DateTime<Utc>, entropy: &dyn Entropy) -> Self {
                Self(uuid_v7(now, entropy))
            }

            /// The bare UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// An account.
    UserId;
    /// A session. Not its secret: that is a [`super::SecretToken`].
    SessionId;
    /// An entry of the action log.
    ActionId;
    /// A mail in the queue.
    MailId;
    /// An identity linked to an account.
    ConnectionId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entropy::OsEntropy;

    #[test]
    fn ids_are_version_7_carry_the_time_and_do_not_repeat() {
        let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let id = UserId::new(now, &OsEntropy);
        assert_eq!(id.uuid().get_version_num(), 7);
        let (seconds, _) = id.uuid().get_timestamp().unwrap().to_unix();
        assert_eq!(seconds, 1_700_000_000);
        assert_ne!(id, UserId::new(now, &OsEntropy));
    }
}
