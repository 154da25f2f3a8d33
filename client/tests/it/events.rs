use std::time::Duration;

use accord_client::errors::StreamActionsError;
use accord_client::types::ActionKind;
use accord_client::{Event, TransportError};
use axum::body::Body;
use axum::response::Response;
use futures::{StreamExt, TryStreamExt};

use crate::{Server, problem, respond};

fn id(n: u8) -> String {
    format!("01934f6e-7c1a-7b3e-9d5c-0000000000{n:02}")
}

fn action(n: u8) -> String {
    let data = format!(
        r#"{{"id":"{0}","action":"user:edit","resource_type":"user","data":{{}},"created_at":"2026-01-31T12:00:00Z"}}"#,
        id(n)
    );
    format!("id: {}\nevent: user:edit\ndata: {data}\n\n", id(n))
}

/// A stream of these chunks that stays open after them.
fn open(chunks: Vec<String>) -> Response {
    let chunks = chunks.into_iter().map(Ok::<_, std::io::Error>);
    let body = futures::stream::iter(chunks).chain(futures::stream::pending());
    respond(
        200,
        &[("content-type", "text/event-stream")],
        Body::from_stream(body),
    )
}

fn closed(text: String) -> Response {
    respond(
        200,
        &[("content-type", "text/event-stream; charset=utf-8")],
        text,
    )
}

#[tokio::test]
async fn a_stream_survives_lost_connections() {
    let server = Server::start(|n, _| match n {
        0 => closed(format!(": hi\nretry: 1\n\n{}{}", action(1), action(2))),
        1 => problem(503, "system:overloaded", &[]),
        2 => open(vec![action(3), "event: lagged\ndata: {}\n\n".into()]),
        _ => open(vec!["event: resync\ndata: {}\n\n".into(), action(4)]),
    })
    .await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(1))
        .build()
        .unwrap();
    let events = client
        .events()
        .only(|watch| watch.actions(vec![ActionKind::UserEdit]));
    let events: Vec<_> = events.take(5).try_collect().await.unwrap();
    let seen = events.iter().map(|event| match event {
        Event::Action(entry) => entry.id.to_string(),
        Event::Gap => "gap".into(),
    });
    assert_eq!(
        seen.collect::<Vec<_>>(),
        [id(1), id(2), id(3), "gap".into(), id(4)]
    );

    let last_ids = (0..4).map(|n| server.header(n, "last-event-id"));
    assert_eq!(
        last_ids.collect::<Vec<_>>(),
        [None, Some(id(2)), Some(id(2)), Some(id(3))]
    );
    assert_eq!(
        server.header(0, "accept").as_deref(),
        Some("text/event-stream")
    );
    assert_eq!(
        server.target(3),
        "/v0/eventstream/actions?actions=user%3Aedit"
    );
}

#[tokio::test]
async fn a_stream_goes_on_where_another_ended() {
    let server = Server::start(|_, _| open(vec![action(2)])).await;
    let mut events = server
        .client()
        .events()
        .resume_after(id(1).parse().unwrap());
    assert!(matches!(events.next().await, Some(Ok(Event::Action(_)))));
    assert_eq!(server.header(0, "last-event-id"), Some(id(1)));
}

#[tokio::test]
async fn a_stream_goes_on_from_where_it_began_when_nothing_came() {
    let server = Server::start(|n, _| match n {
        0 => closed(format!("retry: 1\nid: {}\n\n", id(1))),
        1 => closed(format!("id: {}\nevent: resync\ndata: {{}}\n\n", id(2))),
        _ => open(vec![action(3)]),
    })
    .await;
    let mut events = server.client().events();
    assert!(matches!(events.next().await, Some(Ok(Event::Gap))));
    assert!(matches!(events.next().await, Some(Ok(Event::Action(_)))));
    let last_ids = (0..3).map(|n| server.header(n, "last-event-id"));
    assert_eq!(
        last_ids.collect::<Vec<_>>(),
        [None, Some(id(1)), Some(id(2))]
    );
}

#[tokio::test]
async fn what_cannot_be_mended_ends_the_stream() {
    let server = Server::start(|_, _| problem(400, "request:invalid", &[])).await;
    let mut events = server.client().events();
    assert!(matches!(
        events.next().await,
        Some(Err(StreamActionsError::RequestInvalid(_)))
    ));
    assert!(events.next().await.is_none());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn it_gives_up_when_told_so() {
    let server = Server::start(|_, _| problem(500, "system:internal", &[])).await;
    let client = server.client();
    let mut events = client
        .events()
        .reconnect_after(Duration::from_millis(1))
        .give_up_after(3);
    assert!(matches!(
        events.next().await,
        Some(Err(StreamActionsError::SystemInternal(_)))
    ));
    assert!(events.next().await.is_none());
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_an_error_and_the_stream_goes_on() {
    let server = Server::start(|_, _| {
        open(vec![
            "event: user:edit\ndata: nonsense\n\n".into(),
            action(1),
        ])
    })
    .await;
    let mut events = server.client().events();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(
        error,
        StreamActionsError::Transport(TransportError::Unreadable(_))
    ));
    assert!(matches!(events.next().await, Some(Ok(Event::Action(_)))));
}
