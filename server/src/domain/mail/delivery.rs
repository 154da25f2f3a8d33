//! Delivery: claims queued mails, hands them over, and tries again with growing pauses. Any number of instances may
//! do so at once: a claimed mail is another's only after its lease.

use std::time::Duration;

use tracing::Instrument as _;

use super::smtp::{Failure, Relay};
use crate::Services;
use crate::domain::entropy::random;
use crate::domain::{Result, mail};
use crate::store::mails::{self, Mail};

/// So many mails are handed over at once.
const BATCH: i64 = 8;
/// Longer than any conversation with a relay takes.
const LEASE: Duration = Duration::from_secs(120);
/// The pause after the first failure; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);
/// A mail without an end of its own is given up after so many tries, about a day.
const MOST_ATTEMPTS: i64 = 30;
/// How often the queue is looked at when nobody says that there is something.
const LOOK: Duration = Duration::from_secs(5);

/// How mails leave.
#[derive(Debug)]
pub enum Way {
    /// To a relay.
    Relay(Box<Relay>),
    /// Nowhere: they stay readable in the mailbox of development.
    Mailbox,
    /// There is no relay: they wait.
    None,
}

/// Delivers until the server stops.
pub async fn run(s: &Services) {
    let shutdown = s.shutdown.token();
    loop {
        match deliver(s).await {
            // A full batch: there may be more.
            Ok(BATCH) => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the mail queue cannot be read"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = s.mail_waits() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Handles one batch of what is due; answers how many mails that were.
pub async fn deliver(s: &Services) -> Result<i64> {
    if matches!(s.mail_way, Way::None) {
        return Ok(0);
    }
    let now = s.clock.now();
    let mut tx = s.db.write().await?;
    let due = mails::claim(&mut tx, BATCH, now, now + LEASE).await?;
    tx.commit().await?;
    let handled = due.iter().map(|mail| handle(s, mail));
    for outcome in futures::future::join_all(handled).await {
        outcome?;
    }
    Ok(i64::try_from(due.len()).unwrap_or(BATCH))
}

async fn handle(s: &Services, queued: &Mail) -> Result<()> {
    let outcome = match (&s.mail_way, mail::open(s, queued)) {
        (_, Err(error)) => Err(Failure::Permanent(error.to_string())),
        (Way::Relay(relay), Ok(rendered)) => {
            let span = tracing::info_span!(target: "otel", "hand over mail", kind = queued.kind);
            let sending = relay.send(&rendered, &queued.message_id);
            sending.instrument(span).await
        }
        (Way::Mailbox | Way::None, Ok(_)) => Ok(()),
    };
    let mut tx = s.db.write().await?;
    let now = s.clock.now();
    match outcome {
        Ok(()) => {
            let keep = matches!(s.mail_way, Way::Mailbox);
            mails::mark_sent(&mut tx, queued.id, now, keep).await?;
        }
        Err(Failure::Passing(error)) if queued.attempts < MOST_ATTEMPTS => {
            let pause = pause(queued.attempts, random::<1>(&*s.entropy)[0]);
            tracing::info!(mail = %queued.id, kind = queued.kind, attempts = queued.attempts, error, "mail is tried again");
            mails::retry(&mut tx, queued.id, now + pause, &error).await?;
        }
        Err(Failure::Passing(error) | Failure::Permanent(error)) => {
            tracing::error!(mail = %queued.id, kind = queued.kind, error, "mail is given up");
            mails::park(&mut tx, queued.id, &error).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// The pause after the `attempts`th failure: doubling, up to a quarter shorter by chance, so that instances that
/// failed together do not come back together.
fn pause(attempts: i64, chance: u8) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let pause = FIRST_PAUSE
        .saturating_mul(1 << doublings)
        .min(LONGEST_PAUSE);
    pause - pause / 4 * u32::from(chance) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_an_hour_and_differ() {
        assert_eq!(pause(1, 0), Duration::from_secs(5));
        assert_eq!(pause(2, 0), Duration::from_secs(10));
        assert_eq!(pause(30, 0), LONGEST_PAUSE);
        assert!(pause(1, 255) < pause(1, 0));
        assert!(pause(30, 255) >= LONGEST_PAUSE * 3 / 4);
    }
}
