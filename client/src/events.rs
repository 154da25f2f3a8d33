//! The event stream, across reconnects.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::{BoxStream, Stream, unfold};
use uuid::Uuid;

use crate::errors::StreamActionsError;
use crate::generated::builder::StreamActions;
use crate::retry::backoff;
use crate::sse::{Decoder, RawEvent};
use crate::types::ActionLogEntry;
use crate::{ByteStream, Client, TransportError};

const OPERATION: &str = "stream_actions";
/// The server sends a comment every 15 seconds.
const LONGEST_SILENCE: Duration = Duration::from_secs(45);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What [`Events`] yields.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)]
pub enum Event {
    /// Something was done.
    Action(ActionLogEntry),
    /// The server no longer knows the last event that was seen, and goes on from now. What lies between is in the
    /// action log.
    Gap,
}

impl Client {
    /// Watches public actions live.
    ///
    /// When the connection is lost, or the server asks for it, the stream reconnects by itself and gets what was
    /// missed. It ends only after an error that another try would not mend, such as a filter that the contract does not
    /// allow, or when [`Events::give_up_after`] says so.
    ///
    /// ```no_run
    /// # use accord_client::{Client, Event, types::ActionKind};
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use futures::StreamExt;
    ///
    /// let mut events = client.events().only(|watch| watch.actions(vec![ActionKind::UserEdit]));
    /// while let Some(event) = events.next().await {
    ///     match event? {
    ///         Event::Action(entry) => println!("{} {}", entry.created_at, entry.action),
    ///         Event::Gap => println!("some were missed; see the action log"),
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    pub fn events(&self) -> Events {
        let settings = Settings {
            client: self.clone(),
            only: Arc::new(|watch| watch),
            last: None,
            wait: Duration::from_secs(1),
            give_up_after: u32::MAX,
        };
        Events {
            settings,
            running: None,
        }
    }
}

type Filter = dyn for<'c> Fn(StreamActions<'c>) -> StreamActions<'c> + Send + Sync;

#[derive(Clone)]
struct Settings {
    client: Client,
    only: Arc<Filter>,
    last: Option<Uuid>,
    wait: Duration,
    give_up_after: u32,
}

/// A stream of public actions that survives lost connections; see [`Client::events`].
#[must_use = "streams do nothing unless polled"]
pub struct Events {
    settings: Settings,
    running: Option<BoxStream<'static, Result<Event, StreamActionsError>>>,
}

impl Events {
    /// Sets filters on the request.
    pub fn only<F>(mut self, filter: F) -> Self
    where
        F: for<'c> Fn(StreamActions<'c>) -> StreamActions<'c> + Send + Sync + 'static,
    {
        self.settings.only = Arc::new(filter);
        self
    }

    /// Starts with what came after this entry, if the server still knows it.
    pub fn resume_after(mut self, id: Uuid) -> Self {
        self.settings.last = Some(id);
        self
    }

    /// How long to wait before reconnecting, until the server says otherwise; longer after each failure in a row.
    /// Default: 1 second.
    pub fn reconnect_after(mut self, wait: Duration) -> Self {
        self.settings.wait = wait;
        self
    }

    /// Ends with the error after so many failures in a row. Default: never.
    pub fn give_up_after(mut self, failures: u32) -> Self {
        self.settings.give_up_after = failures;
        self
    }
}

impl Stream for Events {
    type Item = Result<Event, StreamActionsError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { settings, running } = &mut *self;
        let running = running.get_or_insert_with(|| {
            let reader = Reader {
                settings: settings.clone(),
                phase: Phase::Connect(Duration::ZERO),
                failures: 0,
            };
            unfold(reader, |mut reader| async {
                reader.next().await.map(|item| (item, reader))
            })
            .boxed()
        });
        running.poll_next_unpin(context)
    }
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events")
            .field("running", &self.running.is_some())
            .finish_non_exhaustive()
    }
}

struct Reader {
    settings: Settings,
    phase: Phase,
    failures: u32,
}

enum Phase {
    /// After this time.
    Connect(Duration),
    Read(Box<Open>),
    End,
}

struct Open {
    bytes: ByteStream,
    decoder: Decoder,
    queue: VecDeque<RawEvent>,
}

impl Reader {
    async fn next(&mut self) -> Option<Result<Event, StreamActionsError>> {
        loop {
            match &mut self.phase {
                Phase::End => return None,
                Phase::Connect(wait) => {
                    let wait = std::mem::take(wait);
                    tokio::time::sleep(wait).await;
                    if let Err(error) = self.connect().await {
                        return Some(Err(error));
                    }
                }
                Phase::Read(open) => match open.queue.pop_front() {
                    Some(event) => {
                        if let Some(item) = self.take(event) {
                            return Some(item);
                        }
                    }
                    None => self.read().await,
                },
            }
        }
    }

    /// An error only if it is to be shown, which ends the stream.
    async fn connect(&mut self) -> Result<(), StreamActionsError> {
        let Settings {
            client,
            only,
            last,
            give_up_after,
            ..
        } = &self.settings;
        let watch = only(client.stream_actions());
        let watch = match last {
            Some(id) => watch.last_event_id(*id),
            None => watch,
        };
        match watch.send().await {
            Ok(response) => {
                let (decoder, queue) = (Decoder::default(), VecDeque::new());
                self.phase = Phase::Read(Box::new(Open {
                    bytes: response.into_inner(),
                    decoder,
                    queue,
                }));
                Ok(())
            }
            Err(error) => {
                let error = StreamActionsError::from(error);
                let asked = error.problem().and_then(|problem| problem.retry_after);
                if is_final(&error) || self.failures.saturating_add(1) >= *give_up_after {
                    self.phase = Phase::End;
                    return Err(error);
                }
                self.reconnect(asked);
                Ok(())
            }
        }
    }

    async fn read(&mut self) {
        let Phase::Read(open) = &mut self.phase else {
            return;
        };
        // All events of it were taken. The stream names a place to go on from even before the first one.
        self.settings.last = open.decoder.last_id().parse().ok().or(self.settings.last);
        let Ok(Some(Ok(chunk))) = tokio::time::timeout(LONGEST_SILENCE, open.bytes.next()).await
        else {
            return self.reconnect(None);
        };
        self.failures = 0;
        match open.decoder.push(&chunk) {
            Ok(events) => open.queue.extend(events),
            Err(_) => return self.reconnect(None),
        }
        if let Some(wait) = open.decoder.take_retry() {
            self.settings.wait = wait;
        }
    }

    fn take(&mut self, event: RawEvent) -> Option<Result<Event, StreamActionsError>> {
        if let Some(observer) = &self.settings.client.inner.observer {
            observer.event(OPERATION, &event);
        }
        match event.name.as_str() {
            "lagged" => {
                self.reconnect(None);
                None
            }
            "resync" => {
                self.settings.last = event.id.parse().ok();
                Some(Ok(Event::Gap))
            }
            _ => {
                self.settings.last = event.id.parse().ok().or(self.settings.last);
                let entry = serde_json::from_str(&event.data).map(Event::Action);
                Some(entry.map_err(|error| TransportError::from(error).into()))
            }
        }
    }

    fn reconnect(&mut self, asked: Option<Duration>) {
        let wait = backoff(self.settings.wait, LONGEST_WAIT, self.failures);
        self.failures = self.failures.saturating_add(1);
        self.phase = Phase::Connect(asked.map_or(wait, |asked| asked.max(wait)));
    }
}

/// Another try would end the same way.
fn is_final(error: &StreamActionsError) -> bool {
    match error {
        StreamActionsError::Transport(error) => {
            matches!(
                error,
                TransportError::Request(_) | TransportError::Status(_)
            )
        }
        other => other
            .problem()
            .is_some_and(|problem| problem.status < 500 && !matches!(problem.status, 408 | 429)),
    }
}
