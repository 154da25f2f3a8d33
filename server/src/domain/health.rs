//! Whether the things that the server needs answer. Asked at most once a second, however many ask (SECURITY 3.2 no. 21).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::timeout;

use super::{Error, Result};
use crate::Services;
use crate::store::mails;

/// How long a report is good for.
const FRESH: TimeDelta = TimeDelta::seconds(1);
/// A dependency that takes longer counts as down.
const PATIENCE: Duration = Duration::from_secs(2);
/// Mails waiting for longer than this say that the way out is blocked.
const MAIL_DELAY: TimeDelta = TimeDelta::minutes(15);

/// State of the dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub database: bool,
    pub mail: bool,
    /// `None` where none is configured.
    pub redis: Option<bool>,
}

/// The last report.
#[derive(Debug, Default)]
pub struct Health {
    last: Mutex<Option<(DateTime<Utc>, Report)>>,
    asking: tokio::sync::Mutex<()>,
}

/// The state of the dependencies, at most a second old unless somebody is asking right now.
///
/// # Errors
/// `system:unavailable` when the database does not answer.
pub async fn report(s: &Services) -> Result<Report> {
    let report = match s.health.fresh(s.clock.now()) {
        Some(report) => report,
        None => s.health.ask(s).await,
    };
    if report.database {
        Ok(report)
    } else {
        Err(Error::unavailable("the database does not answer"))
    }
}

impl Health {
    fn last(&self) -> Option<(DateTime<Utc>, Report)> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fresh(&self, now: DateTime<Utc>) -> Option<Report> {
        self.last()
            .filter(|(at, _)| (now - *at).abs() < FRESH)
            .map(|(_, report)| report)
    }

    /// One caller asks the dependencies; the others get the last report, or wait for the very first one.
    async fn ask(&self, s: &Services) -> Report {
        let asking = match (self.asking.try_lock(), self.last()) {
            (Ok(asking), _) => asking,
            (Err(_), Some((_, report))) => return report,
            (Err(_), None) => self.asking.lock().await,
        };
        if let Some(report) = self.fresh(s.clock.now()) {
            return report;
        }
        let (mail, redis) = tokio::join!(timeout(PATIENCE, probe(s)), s.kv.redis_is_up());
        let mail = mail.ok().and_then(Result::ok);
        let report = Report {
            database: mail.is_some(),
            mail: mail.unwrap_or(false),
            redis,
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((s.clock.now(), report));
        drop(asking);
        report
    }
}

/// Whether mail gets out; an error means that the database does not answer.
async fn probe(s: &Services) -> Result<bool> {
    let mut tx = s.db.read().await?;
    let waiting = mails::counts(&mut tx).await?.oldest_queued_at;
    Ok(waiting.is_none_or(|since| s.clock.now() - since < MAIL_DELAY))
}
