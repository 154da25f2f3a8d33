//! One reader of the stream.

use std::fmt;
use std::sync::Arc;
use std::vec::IntoIter;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::{Stream, unfold};
use futures::{FutureExt as _, StreamExt as _};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use super::places::Place;
use super::ring::Found;
use super::{Start, frame, render};
use crate::Services;
use crate::domain::Result;
use crate::domain::entropy::random;
use crate::store::action_logs::{self, Direction, Filter};

/// How many actions a reader that is behind holds at once.
const PAGE: i64 = 32;
/// After so many bytes the connection gets a chance to send them, before it is given more.
const BREATH: usize = 16 * 1024;

/// An open stream. Dropping it gives its place free.
pub struct Subscription {
    s: Arc<Services>,
    _place: Place,
    pulse: watch::Receiver<bool>,
    filter: Filter,
    /// Everything up to here was sent, or does not pass the filter.
    position: i64,
    opening: Option<Bytes>,
    /// Under way while the ring does not have what comes next.
    reading: Option<BoxFuture<'static, Page>>,
    /// What was read and not sent yet.
    page: IntoIter<(i64, Bytes)>,
    /// When that is sent, everything up to here is.
    upto: i64,
    /// Milliseconds after which the reader should come back, when it must.
    retry: u16,
    /// When the last bytes were handed over.
    handed_over: Instant,
    /// How many since the last pause.
    bytes: usize,
    over: bool,
}

/// A part of the log, as far as it passes the filter.
struct Page {
    events: Vec<(i64, Bytes)>,
    /// There is nothing else up to here.
    upto: i64,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("position", &self.position)
            .field("filter", &self.filter)
            .finish_non_exhaustive()
    }
}

impl Subscription {
    pub(super) fn new(s: Arc<Services>, place: Place, filter: Filter, start: &Start) -> Self {
        // Spread, so that all the readers of a server that stops do not come back at once.
        let retry = 1000 + u16::from_le_bytes(random(&*s.entropy)) % 2000;
        let opening = if start.resync {
            frame::resync(retry, start.id)
        } else {
            frame::opening(retry, start.id)
        };
        Self {
            pulse: s.events.pulse.subscribe(),
            s,
            _place: place,
            filter,
            position: start.position,
            opening: Some(opening),
            reading: None,
            page: Vec::new().into_iter(),
            upto: 0,
            retry,
            handed_over: Instant::now(),
            bytes: 0,
            over: false,
        }
    }

    /// The bytes of the stream, as they become due.
    pub fn into_stream(self) -> impl Stream<Item = Bytes> + Send + 'static {
        unfold(self, |mut reader| async {
            reader.next().await.map(|bytes| (bytes, reader))
        })
        .fuse()
    }

    async fn next(&mut self) -> Option<Bytes> {
        if self.over {
            return None;
        }
        // From handing over until being asked for more, it was the reader who took the time.
        let is_stalled = self.handed_over.elapsed() > *self.s.config.limits.stream_stall;
        let bytes = match self.opening.take() {
            Some(opening) => opening,
            None if is_stalled => self.last_word(frame::lagged(self.retry)),
            None => match self.due().await {
                Some(bytes) => bytes,
                None => self.last_word(frame::closing(self.retry)),
            },
        };
        self.bytes += bytes.len();
        self.handed_over = Instant::now();
        Some(bytes)
    }

    fn last_word(&mut self, bytes: Bytes) -> Bytes {
        self.over = true;
        bytes
    }

    /// The next event, or a heartbeat when there is none for a while; nothing when the server stops.
    async fn due(&mut self) -> Option<Bytes> {
        if self.bytes > BREATH {
            self.bytes = 0;
            tokio::task::yield_now().await;
        }
        let deadline = self.handed_over + *self.s.config.limits.stream_heartbeat;
        match timeout_at(deadline, self.event()).await {
            Ok(event) => event,
            Err(_) => Some(frame::HEARTBEAT),
        }
    }

    /// May be dropped and called again at any time.
    async fn event(&mut self) -> Option<Bytes> {
        loop {
            // Before the ring is looked at: what changes from here on is noticed below.
            if *self.pulse.borrow_and_update() {
                return None;
            }
            if let Some((position, bytes)) = self.page.next() {
                self.position = position;
                return Some(bytes);
            }
            self.position = self.position.max(self.upto);
            if let Some(reading) = &mut self.reading {
                let page = tokio::select! {
                    biased;
                    _ = self.pulse.wait_for(|stopped| *stopped) => return None,
                    page = reading => page,
                };
                self.reading = None;
                (self.page, self.upto) = (page.events.into_iter(), page.upto);
                continue;
            }
            match self.s.events.after(self.position, &self.filter) {
                Found::Event(position, bytes) => {
                    self.position = position;
                    return Some(bytes);
                }
                Found::Nothing(last) => {
                    self.position = self.position.max(last);
                    if self.pulse.changed().await.is_err() {
                        return None;
                    }
                }
                Found::Behind => {
                    let (s, filter) = (Arc::clone(&self.s), self.filter.clone());
                    self.reading = Some(catch_up(s, filter, self.position).boxed());
                }
            }
        }
    }
}

/// Reads on from a position, however long it takes until the database can be read.
async fn catch_up(s: Arc<Services>, filter: Filter, from: i64) -> Page {
    loop {
        // Closed by nobody.
        let permit = s.events.catching_up.acquire().await;
        match read(&s, &filter, from).await {
            Ok(page) => return page,
            Err(error) => tracing::debug!(%error, "a reader of the event stream cannot catch up"),
        }
        drop(permit);
        sleep(*s.config.limits.stream_poll).await;
    }
}

async fn read(s: &Services, filter: &Filter, from: i64) -> Result<Page> {
    // The hub has read so far, hence whoever reads now sees as much.
    let known = s.events.last();
    let mut tx = s.db.read().await?;
    let rows = action_logs::page(&mut tx, filter, Some(from), Direction::Newer, PAGE).await?;
    drop(tx);
    let is_all = rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = rows.last().map_or(from, |row| row.position);
    let events = rows
        .into_iter()
        .filter_map(|row| render(s, row))
        .map(|event| (event.position, event.frame))
        .collect();
    Ok(Page {
        events,
        upto: if is_all { last.max(known) } else { last },
    })
}
