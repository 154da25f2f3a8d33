//! Stored pictures. The row of a picture is made before its object and deleted after it, so that whatever happens in
//! between, nothing in the storage is unknown here.

use chrono::{DateTime, Utc};

use super::{Result, Tx};

/// Announces that an object will be stored under the key. False while the one that was there is being deleted.
pub async fn announce(tx: &mut Tx, key: &str, now: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        execute,
        "INSERT INTO images (key, uploads, touched_at) VALUES ($1, 1, $2) \
         ON CONFLICT (key) DO UPDATE SET uploads = images.uploads + 1, touched_at = excluded.touched_at \
         WHERE images.deleting_at IS NULL",
        key,
        now
    )
    .map(|rows| rows > 0)
}

/// Ends what [`announce`] began, in the transaction that sets the picture or after giving it up. False when the picture
/// has been deleted meanwhile.
pub async fn settle(tx: &mut Tx, key: &str) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE images SET uploads = CASE WHEN uploads > 0 THEN uploads - 1 ELSE 0 END \
         WHERE key = $1 AND deleting_at IS NULL",
        key
    )
    .map(|rows| rows > 0)
}

/// Claims a picture for deletion, unless an upload has announced it since `stale` or somebody else has claimed it since
/// `abandoned`. Holds the row, so ask [`is_used`] next: what that sees then stays true until the commit.
pub async fn claim(
    tx: &mut Tx,
    key: &str,
    now: DateTime<Utc>,
    stale: DateTime<Utc>,
    abandoned: DateTime<Utc>,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE images SET deleting_at = $2 WHERE key = $1 AND (uploads = 0 OR touched_at <= $3) \
         AND (deleting_at IS NULL OR deleting_at <= $4)",
        key,
        now,
        stale,
        abandoned
    )
    .map(|rows| rows > 0)
}

/// Whether some profile shows the picture.
pub async fn is_used(tx: &mut Tx, key: &str) -> Result<bool> {
    run!(
        tx,
        fetch_optional::<(i64,)>,
        "SELECT CAST(1 AS bigint) FROM users WHERE profile_image = $1 \
         UNION ALL SELECT CAST(1 AS bigint) FROM users WHERE banner_image = $1 LIMIT 1",
        key
    )
    .map(|row| row.is_some())
}

/// Deletes the row of a picture whose object is gone, if the claim is still the one made at `claimed`.
pub async fn forget(tx: &mut Tx, key: &str, claimed: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        execute,
        "DELETE FROM images WHERE key = $1 AND deleting_at = $2",
        key,
        claimed
    )
    .map(|rows| rows > 0)
}

/// Keys after `after` of pictures that no profile shows and that nobody has announced since `stale`, in order.
pub async fn unused(
    tx: &mut Tx,
    after: &str,
    stale: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<String>> {
    run!(
        tx,
        fetch_all::<(String,)>,
        "SELECT i.key FROM images i WHERE i.key > $1 AND i.touched_at <= $2 \
         AND NOT EXISTS (SELECT 1 FROM users u WHERE u.profile_image = i.key) \
         AND NOT EXISTS (SELECT 1 FROM users u WHERE u.banner_image = i.key) \
         ORDER BY i.key LIMIT $3",
        after,
        stale,
        limit
    )
    .map(|rows| rows.into_iter().map(|(key,)| key).collect())
}
