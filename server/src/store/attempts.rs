//! Wrong guesses, counted per account and secret in the database: so that a restart forgets none
//! and all instances count together.
//!
//! Every attempt is counted before it is judged, and taken back when it turns out right:
//! guesses that come at the same time cannot get past a limit together.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Result, Tx};

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Attempts {
    /// Attempts, each less than a window after the one before.
    pub count: i64,
    /// When counting starts afresh unless somebody tries before.
    pub window_ends_at: DateTime<Utc>,
    /// Until when no attempt is judged.
    pub blocked_until: Option<DateTime<Utc>>,
}

/// Whether an attempt may be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// Yes: it is the `count`th in a row.
    Go { count: i64 },
    /// Not before then. It was not counted.
    Blocked { until: DateTime<Utc> },
}

/// Counts an attempt, unless the key is blocked. The key is forgotten when nobody tries it until
/// `forgotten_at`: then counting starts afresh.
pub async fn reserve(
    tx: &mut Tx,
    key: &str,
    now: DateTime<Utc>,
    forgotten_at: DateTime<Utc>,
) -> Result<Reserved> {
    let counted = run!(
        tx,
        fetch_optional::<(i64,)>,
        "INSERT INTO attempts (key, count, window_ends_at) VALUES ($1, 1, $3) \
         ON CONFLICT (key) DO UPDATE SET \
         count = CASE WHEN attempts.window_ends_at <= $2 THEN 1 ELSE attempts.count + 1 END, \
         window_ends_at = $3, blocked_until = NULL \
         WHERE attempts.blocked_until IS NULL OR attempts.blocked_until <= $2 \
         RETURNING count",
        key,
        now,
        forgotten_at
    )?;
    if let Some((count,)) = counted {
        return Ok(Reserved::Go { count });
    }
    // The row is locked by now, or (on SQLite) the database: it cannot have gone.
    let blocked_until = get(tx, key)
        .await?
        .and_then(|attempts| attempts.blocked_until);
    Ok(Reserved::Blocked {
        until: blocked_until.unwrap_or(now),
    })
}

/// Judges no attempt before `until`. Never shortens a block.
pub async fn block(tx: &mut Tx, key: &str, until: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        execute,
        "UPDATE attempts SET blocked_until = $2, \
         window_ends_at = CASE WHEN window_ends_at < $2 THEN $2 ELSE window_ends_at END \
         WHERE key = $1 AND (blocked_until IS NULL OR blocked_until < $2)",
        key,
        until
    )
    .map(drop)
}

/// Takes one attempt back that could not be judged, through no fault of who made it.
pub async fn refund(tx: &mut Tx, key: &str) -> Result<()> {
    run!(
        tx,
        execute,
        "UPDATE attempts SET count = count - 1, blocked_until = NULL \
         WHERE key = $1 AND count > 0",
        key
    )
    .map(drop)
}

/// Forgets a key: the right secret was shown.
pub async fn clear(tx: &mut Tx, key: &str) -> Result<()> {
    run!(tx, execute, "DELETE FROM attempts WHERE key = $1", key).map(drop)
}

/// What is known of a key.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<Attempts>> {
    run!(
        tx,
        fetch_optional::<Attempts>,
        "SELECT count, window_ends_at, blocked_until FROM attempts WHERE key = $1",
        key
    )
}

/// Deletes what is over, some at a time; answers how many.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM attempts WHERE key IN (SELECT key FROM attempts \
         WHERE window_ends_at <= $1 ORDER BY window_ends_at LIMIT $2) AND window_ends_at <= $1",
        now,
        limit
    )
}
