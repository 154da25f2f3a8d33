//! Many writers and many readers that come and go.

use accord_server::config::Period;
use futures::future::{join_all, try_join_all};

use super::*;

pub fn tests() -> Vec<Case> {
    tests![q7_everybody_sees_everything_once_and_in_order]
}

const USERS: usize = 10;
const WRITERS: usize = 200;
const READERS: u64 = 50;
const END: &str = "the end";

/// 200 writers at once, and 50 readers that leave at random moments and come back.
async fn q7_everybody_sees_everything_once_and_in_order(stage: Stage) {
    let setup = Setup::default().configured(|config| {
        config.database.max_connections = 8;
        config.database.acquire_timeout = Period::secs(30);
        config.database.statement_timeout = Period::secs(30);
        // Places of readers that left are free a moment later.
        config.limits.streams_per_address = 1000;
    });
    let server = stage.server_with(setup).await;
    let users = join_all((0..USERS).map(|_| server.user())).await;
    let before = public_log(&users[0]).await;
    let start = before.last().expect("an entry").id;

    // Ten thousand events are not held to the contract one by one: that would take longer than all the rest.
    let client = Client::connect(&server.url()).expect("a client");
    let readers = (0..READERS).map(|seed| tokio::spawn(read(client.clone(), start, seed)));
    let readers: Vec<_> = readers.collect();
    let writers = (0..WRITERS).map(|writer| {
        let user = users[writer % USERS].clone();
        tokio::spawn(async move {
            rename(&user, &format!("writer {writer}")).await;
        })
    });
    try_join_all(writers.collect::<Vec<_>>())
        .await
        .expect("all writers are done");
    rename(&users[0], END).await;

    let log = public_log(&users[0]).await;
    let expected = ids(&log[before.len()..]);
    assert_eq!(expected.len(), WRITERS + 1);
    let all_seen = tokio::time::timeout(PATIENCE, try_join_all(readers)).await;
    for (reader, (seen, visits)) in all_seen
        .expect("all readers reach the end")
        .expect("no reader fails")
        .into_iter()
        .enumerate()
    {
        assert!(visits > 1, "reader {reader} came once");
        assert!(
            seen == expected,
            "reader {reader} saw {} of {}, not all once and in order",
            seen.len(),
            expected.len()
        );
    }
}

/// Reads to the end of the story in visits of random length.
async fn read(client: Client, start: uuid::Uuid, seed: u64) -> (Vec<uuid::Uuid>, usize) {
    let (mut seen, mut visits) = (Vec::new(), 0);
    let mut random = seed;
    loop {
        let last = seen.last().copied().unwrap_or(start);
        let mut events = client.events().resume_after(last);
        visits += 1;
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        for _ in 0..(random >> 33) % 50 {
            let entry = next(&mut events).await;
            seen.push(entry.id);
            if entry.data.display_name.as_deref() == Some(END) {
                return (seen, visits);
            }
        }
    }
}
