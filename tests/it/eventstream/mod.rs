//! Tag `eventstream`: what happens, as it happens.

mod crowd;
mod instances;
mod readers;
mod stream;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use accord_client::types::ActionLogEntry;
use accord_client::{Client, Event, Events};
use accord_server::domain::types::{ActionId, UserId};
use accord_server::store::action_logs::{self, NewAction};
use contract_tests::prelude::*;
use contract_tests::suite::Case;
use futures::{StreamExt as _, TryStreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

pub fn tests() -> Vec<Case> {
    [
        stream::tests(),
        readers::tests(),
        instances::tests(),
        crowd::tests(),
    ]
    .concat()
}

/// Nothing here takes longer, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(30);

async fn rename(user: &Identity, name: &str) {
    user.update_me()
        .body_map(|body| body.display_name(name.to_owned()))
        .await
        .expect("renamed");
}

/// The whole public log, oldest first.
async fn public_log(client: &Client) -> Vec<ActionLogEntry> {
    let request = client.list_action_logs().limit(100).stream();
    let mut log: Vec<_> = request.try_collect().await.expect("the log");
    log.reverse();
    log
}

fn ids(entries: &[ActionLogEntry]) -> Vec<uuid::Uuid> {
    entries.iter().map(|entry| entry.id).collect()
}

/// The next entry of a stream without gaps.
async fn next(events: &mut Events) -> ActionLogEntry {
    let event = tokio::time::timeout(PATIENCE, events.next()).await;
    match event.expect("an event in time") {
        Some(Ok(Event::Action(entry))) => entry,
        other => panic!("not an action: {other:?}"),
    }
}

async fn next_name(events: &mut Events) -> String {
    let entry = next(events).await;
    entry.data.display_name.expect("a name")
}

async fn next_names(events: &mut Events, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..count {
        names.push(next_name(events).await);
    }
    names
}

/// Waits for what other tasks bring about.
async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waiting = tokio::time::timeout(PATIENCE, waiting).await;
    waiting.unwrap_or_else(|_| panic!("{what} does not come about"));
}

async fn subscribers(server: &TestServer, count: usize) {
    let what = format!("a count of {count} streams");
    eventually(&what, || server.subscribers() == count).await;
}

/// Many public actions of nobody in particular, named by their number, as fast as the database takes them. Answers the
/// last number ever given.
async fn publish(server: &TestServer, count: u64) -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let s = &server.services;
    let now = s.clock.now();
    let actor = UserId::new(now, &*s.entropy);
    let first = NUMBER.fetch_add(count, Ordering::Relaxed) + 1;
    let numbers: Vec<_> = (first..first + count)
        .map(|number| format!(r#"{{"handle":"nobody","display_name":"{number}"}}"#))
        .collect();
    for facts in numbers.chunks(500) {
        let entries: Vec<_> = facts
            .iter()
            .map(|facts| NewAction {
                id: ActionId::new(now, &*s.entropy),
                action: "user:edit",
                actor_id: Some(actor),
                resource_type: "user",
                resource_id: Some(actor.uuid()),
                public: true,
                data: facts,
                private_data: None,
                request_id: "test",
                created_at: now,
            })
            .collect();
        let mut tx = s.db.write().await.expect("a transaction");
        action_logs::append(&mut tx, &entries)
            .await
            .expect("appended");
        tx.commit().await.expect("committed");
        s.events.committed();
    }
    first + count - 1
}

/// A stream, as bytes on a connection.
struct Wire {
    stream: TcpStream,
    text: String,
}

impl Wire {
    /// Asks for the stream with further header lines, from a socket that takes few bytes ahead.
    async fn open(server: &TestServer, headers: &str) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("a small window");
        let mut stream = socket.connect(server.address).await.expect("a connection");
        let request =
            format!("GET /v0/eventstream/actions HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        Self {
            stream,
            text: String::new(),
        }
    }

    /// Reads until these words have come; answers all that came up to and with them.
    async fn until(&mut self, words: &str) -> String {
        let reading = async {
            loop {
                if let Some(at) = self.text.find(words) {
                    let rest = self.text.split_off(at + words.len());
                    return std::mem::replace(&mut self.text, rest);
                }
                assert!(self.more().await, "{words:?} does not come: {}", self.text);
            }
        };
        tokio::time::timeout(PATIENCE, reading)
            .await
            .expect("in time")
    }

    /// Reads to the end.
    async fn rest(mut self) -> String {
        let reading = async { while self.more().await {} };
        tokio::time::timeout(PATIENCE, reading)
            .await
            .expect("an end");
        self.text
    }

    async fn more(&mut self) -> bool {
        let mut bytes = [0; 16 * 1024];
        let count = self.stream.read(&mut bytes).await.unwrap_or(0);
        self.text
            .push_str(&String::from_utf8_lossy(&bytes[..count]));
        count > 0
    }
}
