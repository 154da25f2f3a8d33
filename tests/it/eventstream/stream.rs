//! What one stream is promised.

use accord_client::errors::StreamActionsError;
use accord_client::types::ActionKind;
use accord_server::config::Period;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        every_public_action_arrives_as_the_log_has_it,
        a_reader_that_comes_back_misses_nothing,
        an_unknown_last_event_is_told_and_the_stream_starts_now,
        filters_restrict_live_and_replayed_events,
        it_looks_like_an_event_stream,
        q2_silence_is_broken_by_comments,
        q4_names_forge_no_events,
        q5_streams_are_limited_and_places_come_back,
        q5_one_client_has_its_share,
        f16_streams_end_when_the_server_stops,
        another_origin_may_not_read,
    ]
}

async fn every_public_action_arrives_as_the_log_has_it(server: TestServer) {
    let mut events = server.anonymous().events();
    let first = {
        let opened = async {
            subscribers(&server, 1).await;
            let user = server.user().await;
            rename(&user, "Ada").await;
            server.sign_in(&user).await;
            rename(&user, "Ada King").await;
            user
        };
        let (user, first) = tokio::join!(opened, next(&mut events));
        assert_eq!(first.actor_id, Some(user.user_id));
        first
    };
    let mut seen = vec![first];
    for _ in 0..2 {
        seen.push(next(&mut events).await);
    }
    let log = public_log(&server.anonymous()).await;
    assert_eq!(format!("{seen:?}"), format!("{log:?}"), "the same JSON");
    let kinds: Vec<_> = seen.iter().map(|entry| entry.action.to_string()).collect();
    assert_eq!(kinds, ["user:create", "user:edit", "user:edit"]);
}

/// SECURITY: Q-3.
async fn a_reader_that_comes_back_misses_nothing(server: TestServer) {
    let user = server.user().await;
    let client = server.anonymous();
    for number in 1..=5 {
        rename(&user, &number.to_string()).await;
    }
    let log = public_log(&client).await;
    for (index, last_seen) in log.iter().enumerate() {
        let mut events = client.events().resume_after(last_seen.id);
        for expected in &log[index + 1..] {
            assert_eq!(next(&mut events).await.id, expected.id);
        }
        let live = format!("live {index}");
        // Live at the seam: committed while the replay is under way, or after it.
        let (entry, ()) = tokio::join!(
            async {
                let mut name = next_name(&mut events).await;
                while name != live {
                    name = next_name(&mut events).await;
                }
                name
            },
            rename(&user, &live)
        );
        assert_eq!(entry, live);
    }
    // Even before its first event a reader knows where it was.
    let mut wire = Wire::open(&server, "").await;
    let newest = public_log(&client).await.pop().expect("the newest").id;
    let head = wire.until("\n\n").await;
    assert!(head.contains(&format!("id: {newest}\n")), "{head}");
}

async fn an_unknown_last_event_is_told_and_the_stream_starts_now(server: TestServer) {
    let user = server.user().await;
    rename(&user, "before").await;
    server.sign_in(&user).await;
    let own = user
        .list_action_logs()
        .view(accord_client::types::ActionLogView::Own);
    let private = own
        .actions(vec![ActionKind::AuthLogin])
        .await
        .expect("the own log");
    for unknown in [uuid::Uuid::from_u128(7), private.items[0].id] {
        let mut events = server.anonymous().events().resume_after(unknown);
        let gap = tokio::time::timeout(PATIENCE, events.next()).await;
        assert!(matches!(gap, Ok(Some(Ok(Event::Gap)))), "{gap:?}");
        let name = format!("after {unknown}");
        rename(&user, &name).await;
        assert_eq!(next_name(&mut events).await, name);
    }
    let known = public_log(&user).await.pop().expect("an entry").id;
    let mut wire = Wire::open(&server, &format!("Last-Event-ID: {}\r\n", user.user_id)).await;
    let told = wire.until("event: resync\ndata: {}\n\n").await;
    assert!(told.contains(&format!("id: {known}\n")), "{told}");
}

async fn filters_restrict_live_and_replayed_events(server: TestServer) {
    let (ada, bob) = (server.user().await, server.user().await);
    let start = public_log(&ada).await.pop().expect("an entry").id;
    let client = server.anonymous();
    let watch = |of: Option<uuid::Uuid>, kinds: Vec<ActionKind>| {
        client.events().resume_after(start).only(move |watch| {
            let watch = watch.actions(kinds.clone());
            match of {
                Some(id) => watch.actor_id(id),
                None => watch,
            }
        })
    };
    for round in ["1", "2"] {
        let mut adas = watch(Some(ada.user_id), vec![ActionKind::UserEdit]);
        let mut all = watch(None, vec![ActionKind::UserEdit, ActionKind::UserCreate]);
        let mut bobs = client.events().resume_after(start);
        let id = bob.user_id;
        bobs = bobs.only(move |watch| watch.resource_id(id));
        if round == "1" {
            for (user, name) in [(&ada, "a1"), (&bob, "b1"), (&ada, "a2"), (&bob, "b2")] {
                rename(user, name).await;
            }
        }
        assert_eq!(next_names(&mut adas, 2).await, ["a1", "a2"], "{round}");
        assert_eq!(next_names(&mut bobs, 2).await, ["b1", "b2"], "{round}");
        let names = next_names(&mut all, 4).await;
        assert_eq!(names, ["a1", "b1", "a2", "b2"], "{round}");
    }
    // Repeated and with commas.
    let mut wire = Wire::open(&server, "").await;
    wire.until("\n\n").await;
    for (query, outcome) in [
        ("actions=user:edit,user:image&actions=user:create", 200),
        ("actions=user:fly", 400),
        ("actor_id=me", 400),
    ] {
        let target = format!("/v0/eventstream/actions?{query}");
        let answer = server.raw(Method::GET, &target).send().await;
        assert_eq!(answer.status, outcome, "{query}");
    }
    let bad = server
        .example_of("stream_actions")
        .header("last-event-id", "7");
    assert_eq!(bad.send().await.outcome(), (400, "request:invalid"));
}

/// SECURITY: Q-2.
async fn it_looks_like_an_event_stream(server: TestServer) {
    let request = server.example_of("stream_actions");
    let request = request.header("accept-encoding", "gzip, br");
    let answer = request.send().await;
    assert_eq!(answer.status, 200);
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
        ("content-encoding", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let mut wire = Wire::open(&server, "").await;
    let opening = wire.until("\n\n").await;
    let retry = opening.split_once("retry: ").expect("a hint").1;
    let retry: u32 = retry
        .lines()
        .next()
        .expect("a line")
        .parse()
        .expect("a number");
    assert!((1000..3000).contains(&retry), "{opening}");
    let user = server.user().await;
    let event = wire.until("\n\n").await;
    let entry = public_log(&user).await.pop().expect("an entry");
    assert!(event.contains(&format!("id: {}\nevent: user:create\ndata: {{", entry.id)));
}

async fn q2_silence_is_broken_by_comments(stage: Stage) {
    let setup =
        Setup::default().configured(|config| config.limits.stream_heartbeat = Period::millis(30));
    let server = stage.server_with(setup).await;
    let mut wire = Wire::open(&server, "").await;
    wire.until("\n\n").await;
    for _ in 0..3 {
        let silence = wire.until("\n:\n\n").await;
        assert!(!silence.contains("data:"), "{silence}");
    }
    server.user().await;
    wire.until("event: user:create\n").await;
    wire.until("\n:\n\n").await;
}

async fn q4_names_forge_no_events(server: TestServer) {
    let user = server.user().await;
    let mut wire = Wire::open(&server, "").await;
    wire.until("\n\n").await;
    for name in ["x\u{2028}event: lagged", "\\ndata: y", "\"}event: z"] {
        rename(&user, name).await;
        let event = wire.until("\n\n").await;
        let fields = event.lines().filter(|line| line.contains(": "));
        let fields: Vec<_> = fields
            .map(|line| line.split(':').next().unwrap_or(""))
            .collect();
        assert_eq!(fields, ["id", "event", "data"], "{event}");
    }
}

async fn q5_streams_are_limited_and_places_come_back(stage: Stage) {
    let setup = Setup::default()
        .alone()
        .configured(|config| config.limits.streams = 2);
    let server = stage.server_with(setup).await;
    let mut held = [Wire::open(&server, "").await, Wire::open(&server, "").await];
    for wire in &mut held {
        wire.until("\n\n").await;
    }
    let refused = server.example_of("stream_actions").send().await;
    assert_eq!(refused.outcome(), (503, "system:overloaded"));
    let client = server.anonymous();
    let mut waiting = client.events().give_up_after(1);
    let Some(Err(StreamActionsError::SystemOverloaded(problem))) = waiting.next().await else {
        panic!("not refused")
    };
    assert!(problem.retry_after.is_some());
    let [gone, _stays] = held;
    drop(gone);
    subscribers(&server, 1).await;
    let answer = server.example_of("stream_actions").send().await;
    assert_eq!(answer.status, 200);
    subscribers(&server, 1).await;
}

async fn q5_one_client_has_its_share(stage: Stage) {
    let setup = Setup::default()
        .alone()
        .configured(|config| config.limits.streams_per_address = 1);
    let server = stage.server_with(setup).await;
    let mut held = Wire::open(&server, "").await;
    held.until("\n\n").await;
    let refused = server.example_of("stream_actions").send().await;
    assert_eq!(refused.outcome(), (429, "rate_limit:exceeded"));
    drop(held);
    subscribers(&server, 0).await;
    let mut again = Wire::open(&server, "").await;
    again.until("200 OK").await;
}

/// SECURITY: Q-6.
async fn f16_streams_end_when_the_server_stops(server: TestServer) {
    let user = server.user().await;
    let mut wires = Vec::new();
    for _ in 0..10 {
        let mut wire = Wire::open(&server, "").await;
        wire.until("\n\n").await;
        wires.push(wire);
    }
    rename(&user, "the last one").await;
    for wire in &mut wires {
        wire.until("the last one").await;
    }
    let stopped = tokio::time::Instant::now();
    server.stop();
    for wire in wires {
        let rest = wire.rest().await;
        let last = rest.rsplit("retry: ").next().expect("a word");
        assert!(rest.contains("retry: "), "{rest}");
        assert!(
            last.trim_end().ends_with("\r\n0"),
            "a whole answer: {rest:?}"
        );
    }
    assert!(stopped.elapsed() < Duration::from_secs(5));
}

/// SECURITY: 3.5.8.
async fn another_origin_may_not_read(server: TestServer) {
    let request = server.example_of("stream_actions");
    let foreign = request
        .header("origin", "https://evil.example")
        .send()
        .await;
    assert_eq!(foreign.outcome(), (403, "csrf:cross_origin"));
}
