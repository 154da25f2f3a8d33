//! Backup codes: each stands in for the second factor once. Only their hashes are kept.

use chrono::{DateTime, Utc};

use super::{Result, Tx};
use crate::domain::types::{TokenHash, UserId};

/// Replaces the codes of a user.
pub async fn replace(
    tx: &mut Tx,
    user: UserId,
    codes: &[TokenHash],
    now: DateTime<Utc>,
) -> Result<()> {
    delete_all(tx, user).await?;
    for code in codes {
        run!(
            tx,
            execute,
            "INSERT INTO backup_codes (user_id, code_hash, created_at) VALUES ($1, $2, $3)",
            user,
            *code,
            now
        )?;
    }
    Ok(())
}

/// Uses a code up: of any number of callers at once, one is told that it was there.
pub async fn consume(tx: &mut Tx, user: UserId, code: TokenHash) -> Result<bool> {
    run!(
        tx,
        execute,
        "DELETE FROM backup_codes WHERE user_id = $1 AND code_hash = $2",
        user,
        code
    )
    .map(|rows| rows > 0)
}

/// How many a user has left.
pub async fn count(tx: &mut Tx, user: UserId) -> Result<i64> {
    run!(
        tx,
        fetch_one::<(i64,)>,
        "SELECT COUNT(*) FROM backup_codes WHERE user_id = $1",
        user
    )
    .map(|(count,)| count)
}

/// Deletes the codes of a user.
pub async fn delete_all(tx: &mut Tx, user: UserId) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM backup_codes WHERE user_id = $1",
        user
    )
}
