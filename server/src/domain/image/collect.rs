//! Deleting pictures that no profile shows.

use std::time::Duration;

use super::Key;
use crate::Services;
use crate::domain::Result;
use crate::store::images;

/// An upload that was announced so long ago has died.
const GRACE: Duration = Duration::from_secs(60 * 60);
/// A deletion that was begun so long ago has died. Deleting an object takes seconds at most.
const ABANDONED: Duration = Duration::from_secs(5 * 60);
/// When it is worth trying again to store a picture that is being deleted.
pub(super) const MOMENT: Duration = Duration::from_secs(1);
/// Keys a statement.
const BATCH: i64 = 200;

/// Deletes all pictures that no profile shows, but for those of uploads under way; answers how many. Uploads delete
/// what they replace by themselves: this is for those that died in between, and for deleted accounts.
pub async fn collect(s: &Services) -> Result<u64> {
    let (mut deleted, mut after) = (0, String::new());
    loop {
        let mut tx = s.db.read().await?;
        let keys = images::unused(&mut tx, &after, s.clock.now() - GRACE, BATCH).await?;
        drop(tx);
        for key in keys.iter().filter_map(|key| Key::parse(key)) {
            deleted += u64::from(discard(s, &key).await?);
        }
        match keys.into_iter().last() {
            Some(last) => after = last,
            None => return Ok(deleted),
        }
    }
}

/// Deletes a picture unless a profile shows it or an upload is about to. What cannot be deleted now, [`collect`] will.
pub(super) async fn discard_if_unused(s: &Services, key: &Key) {
    if let Err(error) = discard(s, key).await {
        tracing::warn!(%error, key = key.as_str(), "an unused picture is left for later");
    }
}

async fn discard(s: &Services, key: &Key) -> Result<bool> {
    let now = s.clock.now();
    let mut tx = s.db.write().await?;
    let claimed = images::claim(&mut tx, key.as_str(), now, now - GRACE, now - ABANDONED).await?;
    // From here on no upload can begin to use it; those that have ended are seen.
    if !claimed || images::is_used(&mut tx, key.as_str()).await? {
        return Ok(false);
    }
    tx.commit().await?;
    s.images.objects.delete(key).await?;
    let mut tx = s.db.write().await?;
    let forgotten = images::forget(&mut tx, key.as_str(), now).await?;
    tx.commit().await?;
    Ok(forgotten)
}
