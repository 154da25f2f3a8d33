//! Public actions, live: each once, in commit order, to every subscriber of every instance.
//!
//! Positions in the log have no gaps and follow the order of commits, so what a reader of the database sees is always
//! the log up to some position. Everything here rests on that. The hub, one task a process, reads what comes after the
//! last position it knows and puts it into a ring. It reads when this process commits, when another instance says
//! that it has (through Redis, where there is one), and once a second in any case: an instance that dies between its
//! commit and its word to the others delays an event by a second and loses none.
//!
//! A subscriber is a position and a filter. It takes what follows its position from the ring, where it lies as the bytes
//! to be sent, or from the database when the ring no longer has it; there is no queue a subscriber, so nothing grows
//! when it does not read.

mod frame;
mod hub;
mod places;
mod ring;
mod subscription;

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use tokio::sync::{Notify, Semaphore, watch};

use self::places::Places;
use self::ring::{Event, Found, Ring};
use super::Result;
use super::types::ActionId;
use crate::Services;
use crate::config::Config;
use crate::store::action_logs::{self, Action, Direction, Filter};

pub use self::hub::run;
pub use self::subscription::Subscription;

/// How many recent actions are kept in memory.
const RING: usize = 4096;

/// The JSON of an action in the public log. None for an action that this version does not know.
pub type Render = fn(&Services, &Action) -> Option<String>;

/// What the hub and the subscribers share.
#[derive(Debug)]
pub struct Events {
    ring: RwLock<Ring>,
    /// Changes when the ring does; true when the server stops.
    pulse: watch::Sender<bool>,
    /// There may be something to read.
    wake: Notify,
    /// Something was committed here, which other instances do not know.
    tell: Notify,
    places: Arc<Places>,
    /// Subscribers that read the database at once.
    catching_up: Arc<Semaphore>,
    render: Render,
}

impl Events {
    pub fn new(config: &Config, render: Render) -> Self {
        let limits = &config.limits;
        // Most connections remain for requests.
        let readers = (config.database.max_connections as usize / 4).max(1);
        Self {
            ring: RwLock::new(Ring::new(RING)),
            pulse: watch::Sender::new(false),
            wake: Notify::new(),
            tell: Notify::new(),
            places: Arc::new(Places::new(limits.streams, limits.streams_per_address)),
            catching_up: Arc::new(Semaphore::new(readers)),
            render,
        }
    }

    /// To be called when an action was committed.
    pub fn committed(&self) {
        self.wake.notify_one();
        self.tell.notify_one();
    }

    /// How many streams are open.
    pub fn subscribers(&self) -> usize {
        self.places.taken()
    }

    fn after(&self, position: i64, filter: &Filter) -> Found {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        ring.after(position, filter)
    }

    fn last(&self) -> i64 {
        self.ring
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .last()
    }

    fn ring(&self) -> std::sync::RwLockWriteGuard<'_, Ring> {
        self.ring.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens a stream for a client. It begins after the action `last_seen`, or now when there is none or it is not (or no
/// longer) in the public log.
///
/// # Errors
/// `rate_limit:exceeded` and `system:overloaded` when there are too many streams.
pub async fn subscribe(
    s: &Arc<Services>,
    address: IpAddr,
    filter: Filter,
    last_seen: Option<ActionId>,
) -> Result<Subscription> {
    let place = s.events.places.take(address)?;
    let start = start(s, last_seen).await?;
    let filter = Filter {
        public_only: true,
        ..filter
    };
    let subscription = Subscription::new(Arc::clone(s), place, filter, &start);
    s.events.wake.notify_one();
    Ok(subscription)
}

/// Where a stream begins.
#[derive(Debug, Clone, Copy)]
struct Start {
    position: i64,
    /// The action at that position.
    id: Option<ActionId>,
    /// Not where the reader wanted to go on.
    resync: bool,
}

async fn start(s: &Services, last_seen: Option<ActionId>) -> Result<Start> {
    let mut tx = s.db.read().await?;
    if let Some(id) = last_seen
        && let Some(position) = action_logs::position_of(&mut tx, id, true).await?
    {
        return Ok(Start {
            position,
            id: Some(id),
            resync: false,
        });
    }
    let newest = action_logs::page(&mut tx, &everything(), None, Direction::Older, 1).await?;
    let newest = newest.first();
    Ok(Start {
        position: newest.map_or(0, |row| row.position),
        id: newest.map(|row| row.id),
        resync: last_seen.is_some(),
    })
}

fn everything() -> Filter {
    Filter {
        public_only: true,
        ..Filter::default()
    }
}

/// An event as its readers get it.
fn render(s: &Services, row: Action) -> Option<Event> {
    let json = (s.events.render)(s, &row)?;
    let frame: Bytes = frame::event(row.id, &row.action, &json);
    Some(Event::new(row, frame))
}
