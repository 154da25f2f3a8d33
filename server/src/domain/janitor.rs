//! What has expired is deleted (ASVS 14.2.7): sessions, tokens, registrations, counted attempts,
//! setups of authenticators, sent mails.

use std::time::Duration;

use super::{Result, image};
use crate::Services;
use crate::store::{attempts, mails, sessions, tokens, totp, users};

/// How often.
const INTERVAL: Duration = Duration::from_secs(10 * 60);
/// Rows a transaction, so that nobody waits long for it.
const BATCH: i64 = 500;
/// How long sent and parked mails are kept for the operator's eyes.
const MAILS_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Sweeps now and then until the server stops.
pub async fn run(s: &Services) {
    let shutdown = s.shutdown.token();
    loop {
        if let Err(error) = sweep(s).await {
            tracing::warn!(%error, "expired rows could not be deleted");
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
}

/// Deletes everything that has expired by now.
pub async fn sweep(s: &Services) -> Result<()> {
    let now = s.clock.now();
    s.kv.prune();
    loop {
        let mut tx = s.db.write().await?;
        let most = [
            sessions::purge(&mut tx, now, BATCH).await?,
            tokens::purge(&mut tx, now, BATCH).await?,
            attempts::purge(&mut tx, now, BATCH).await?,
            totp::purge(&mut tx, now, BATCH).await?,
            users::delete_unverified(&mut tx, now - *s.config.tokens.verification, BATCH).await?,
            mails::purge(&mut tx, now - MAILS_KEPT, BATCH).await?,
            mails::park_expired(&mut tx, now).await?,
        ];
        tx.commit().await?;
        // A full batch: there may be more.
        if most.iter().all(|rows| *rows < BATCH.unsigned_abs()) {
            break;
        }
    }
    image::collect(s).await.map(drop)
}
