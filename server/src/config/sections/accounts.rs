//! What accounts live by: keys, sessions, passwords, tokens, the second factor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::types::{Key, Period};

/// Keys that encrypt what must be read back (TOTP secrets, queued mails).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// The key that encrypts: `name:base64`, made by `accord keys generate`. Development makes its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Key>,
    /// Earlier keys, still able to decrypt.
    pub previous: Vec<Key>,
}

/// Sessions: how long they live, and how many of an account. Whether a provider's own session goes on is nothing to
/// them: it ends none of ours, nor ours one of theirs.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// Without use.
    pub idle: Period,
    /// In any case.
    pub absolute: Period,
    /// How long after signing in the sensitive operations are open.
    pub reauthentication: Period,
    /// So many an account has at once at most: one more ends the one that was used longest ago.
    pub most: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            idle: Period::hours(168),
            absolute: Period::hours(720),
            reauthentication: Period::minutes(10),
            most: 100,
        }
    }
}

/// Passwords and their hashing (Argon2id).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Password {
    /// Characters at least: 8 or more; 15 meets NIST SP 800-63B-4 without a second factor.
    pub min_length: usize,
    /// Argon2 memory in KiB.
    pub argon2_memory: u32,
    /// Argon2 passes.
    pub argon2_iterations: u32,
    /// Argon2 lanes.
    pub argon2_parallelism: u32,
    /// Hashes computed at once; 0 means one a processor.
    pub hashing_permits: usize,
    /// Requests that may wait for their turn; further ones are answered with 503.
    pub hashing_queue: usize,
    /// How long they wait at most.
    pub hashing_wait: Period,
}

impl Default for Password {
    fn default() -> Self {
        Self {
            min_length: 8,
            argon2_memory: 19_456,
            argon2_iterations: 2,
            argon2_parallelism: 1,
            hashing_permits: 0,
            hashing_queue: 256,
            hashing_wait: Period::secs(5),
        }
    }
}

/// Lifetimes of single-use tokens.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tokens {
    /// Link that verifies an email; as long, an unverified registration keeps its handle.
    pub verification: Period,
    /// Link that resets a password.
    pub password_reset: Period,
    /// Link that confirms a new email.
    pub email_change: Period,
    /// An OAuth sign-in under way.
    pub oauth_state: Period,
    /// An OAuth sign-in that has yet to choose a handle.
    pub pending_signup: Period,
    /// A sign-in that has yet to show its second factor.
    pub totp_challenge: Period,
    /// A TOTP setup that has yet to be enabled.
    pub totp_setup: Period,
}

impl Default for Tokens {
    fn default() -> Self {
        Self {
            verification: Period::hours(24),
            password_reset: Period::minutes(15),
            email_change: Period::minutes(15),
            oauth_state: Period::minutes(10),
            pending_signup: Period::minutes(10),
            totp_challenge: Period::minutes(5),
            totp_setup: Period::minutes(10),
        }
    }
}

/// Two-factor sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Totp {
    /// Name of the service that an authenticator shows.
    pub issuer: String,
}

impl Default for Totp {
    fn default() -> Self {
        Self {
            issuer: "Accord".into(),
        }
    }
}
