//! TOTP secrets, encrypted: at most one a user, in use or waiting for its first code.

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Result, Tx};
use crate::domain::types::UserId;

/// A row. `Debug` shows nothing of the secret.
#[derive(Clone, FromRow)]
pub struct TotpSecret {
    pub user_id: UserId,
    pub secret: Vec<u8>,
    pub key_id: String,
    /// The newest time step of which a code was accepted; negative before the first.
    pub last_step: i64,
    pub created_at: DateTime<Utc>,
    /// When a setup that waits for its first code is over; `None` once the secret is in use.
    pub expires_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TotpSecret")
            .field("user_id", &self.user_id)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    () => {
        "user_id, secret, key_id, last_step, created_at, expires_at"
    };
}

/// Keeps the secret of a setup, in place of an earlier setup's. False when one is in use.
pub async fn set_up(
    tx: &mut Tx,
    user: UserId,
    secret: &[u8],
    key_id: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "INSERT INTO totp_secrets (user_id, secret, key_id, last_step, created_at, expires_at) \
         VALUES ($1, $2, $3, -1, $4, $5) ON CONFLICT (user_id) DO UPDATE SET \
         secret = $2, key_id = $3, last_step = -1, created_at = $4, expires_at = $5 \
         WHERE totp_secrets.expires_at IS NOT NULL",
        user,
        secret,
        key_id,
        now,
        expires_at
    )
    .map(|rows| rows > 0)
}

/// The secret of a user, in use or not.
pub async fn get(tx: &mut Tx, user: UserId) -> Result<Option<TotpSecret>> {
    run!(
        tx,
        fetch_optional::<TotpSecret>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM totp_secrets WHERE user_id = $1"
        ),
        user
    )
}

/// Takes a time step, for a secret in use: false when this one or a later one was taken before.
/// Of any number of callers at once, one gets it.
pub async fn take_step(tx: &mut Tx, user: UserId, step: i64) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE totp_secrets SET last_step = $2 \
         WHERE user_id = $1 AND last_step < $2 AND expires_at IS NULL",
        user,
        step
    )
    .map(|rows| rows > 0)
}

/// Puts the secret of a setup to use, its first step taken: false when there is none (any more).
pub async fn enable(tx: &mut Tx, user: UserId, step: i64, now: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE totp_secrets SET expires_at = NULL, last_step = $2 \
         WHERE user_id = $1 AND last_step < $2 AND expires_at > $3",
        user,
        step,
        now
    )
    .map(|rows| rows > 0)
}

/// Deletes the secret of a user.
pub async fn delete(tx: &mut Tx, user: UserId) -> Result<bool> {
    run!(
        tx,
        execute,
        "DELETE FROM totp_secrets WHERE user_id = $1",
        user
    )
    .map(|rows| rows > 0)
}

/// Secrets that another key than this one encrypts, some at a time, in the order of users.
pub async fn under_other_keys(
    tx: &mut Tx,
    key_id: &str,
    after: UserId,
    limit: i64,
) -> Result<Vec<TotpSecret>> {
    run!(
        tx,
        fetch_all::<TotpSecret>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM totp_secrets WHERE key_id <> $1 AND user_id > $2 ORDER BY user_id LIMIT $3"
        ),
        key_id,
        after,
        limit
    )
}

/// Replaces an encrypted secret by the same under another key: false when it has changed since.
pub async fn reseal(
    tx: &mut Tx,
    user: UserId,
    old: &[u8],
    new: &[u8],
    key_id: &str,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE totp_secrets SET secret = $3, key_id = $4 WHERE user_id = $1 AND secret = $2",
        user,
        old,
        new,
        key_id
    )
    .map(|rows| rows > 0)
}

/// Deletes setups that were not finished, some at a time; answers how many.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM totp_secrets WHERE user_id IN (SELECT user_id FROM totp_secrets \
         WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2) AND expires_at <= $1",
        now,
        limit
    )
}
