//! The task that keeps the ring up to date.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::{Event, everything, render};
use crate::Services;
use crate::domain::Result;
use crate::kv::Bell;
use crate::store::action_logs::{self, Action, Direction};
use crate::tasks::supervised;

/// How many actions are read at once.
const BATCH: i64 = 512;
/// How many of the past are kept at hand for readers that come back.
const RECENT: i64 = 1024;
/// Before trying again what failed.
const PAUSE: Duration = Duration::from_secs(1);

/// Feeds the streams until the server stops; then they end.
pub async fn run(s: Arc<Services>) {
    let stop = s.shutdown.token();
    let work = supervised("event hub", PAUSE, || async {
        let bell = s.kv.bell(&*s.entropy);
        let bell = bell.as_ref();
        tokio::join!(follow(&s), tell(&s, bell), listen(&s, bell));
    });
    tokio::select! {
        biased;
        () = stop.cancelled() => {}
        () = work => {}
    }
    s.events.pulse.send_replace(true);
}

/// Reads what is committed, as long as anybody listens.
async fn follow(s: &Services) {
    let events = &s.events;
    let mut awake = false;
    let mut failing = false;
    loop {
        if events.subscribers() == 0 {
            awake = false;
            events.wake.notified().await;
            continue;
        }
        let read = if awake { more(s).await } else { begin(s).await };
        match read {
            Ok(is_all) => {
                (awake, failing) = (true, false);
                if !is_all {
                    continue;
                }
            }
            Err(error) => {
                if !failing {
                    tracing::warn!(%error, "the event hub cannot read the action log; trying on");
                }
                failing = true;
                sleep(PAUSE.min(*s.config.limits.stream_poll)).await;
            }
        }
        // The poll finds what nobody told us of.
        let _ = timeout(*s.config.limits.stream_poll, events.wake.notified()).await;
    }
}

/// Fills the ring with the recent past.
async fn begin(s: &Services) -> Result<bool> {
    let mut tx = s.db.read().await?;
    let mut rows =
        action_logs::page(&mut tx, &everything(), None, Direction::Older, RECENT).await?;
    drop(tx);
    rows.reverse();
    let is_all = rows.len() < usize::try_from(RECENT).unwrap_or(usize::MAX);
    let floor = match rows.first() {
        Some(first) if !is_all => first.position - 1,
        _ => 0,
    };
    let last = rows.last().map_or(0, |row| row.position);
    let filled = rendered(s, rows);
    s.events.ring().refill(floor, last, filled);
    s.events.pulse.send_replace(false);
    Ok(true)
}

/// Reads on from where the ring ends; answers whether that was all.
async fn more(s: &Services) -> Result<bool> {
    let known = Some(s.events.last());
    let mut tx = s.db.read().await?;
    let rows = action_logs::page(&mut tx, &everything(), known, Direction::Newer, BATCH).await?;
    drop(tx);
    let is_all = rows.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
    if let Some(last) = rows.last().map(|row| row.position) {
        let read = rendered(s, rows);
        s.events.ring().extend(last, read);
        s.events.pulse.send_replace(false);
    }
    Ok(is_all)
}

fn rendered(s: &Services, rows: Vec<Action>) -> Vec<Event> {
    rows.into_iter().filter_map(|row| render(s, row)).collect()
}

/// Tells other instances of what was committed here.
async fn tell(s: &Services, bell: Option<&Bell>) {
    let Some(bell) = bell else { return };
    loop {
        s.events.tell.notified().await;
        if let Err(error) = bell.ring().await {
            // They find it by themselves, a little later.
            tracing::debug!(%error, "other instances could not be told of an action");
        }
    }
}

/// Is told by other instances.
async fn listen(s: &Services, bell: Option<&Bell>) {
    let Some(bell) = bell else { return };
    let mut failing = false;
    loop {
        let error = bell
            .listen(|| {
                s.events.wake.notify_one();
                failing = false;
            })
            .await;
        if !failing {
            tracing::warn!(%error, "redis does not answer: events of other instances arrive later");
        }
        failing = true;
        sleep(PAUSE).await;
    }
}
