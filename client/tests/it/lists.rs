use futures::TryStreamExt;

use crate::{Server, json, problem};

fn user(handle: &str) -> String {
    format!(
        r#"{{"id":"01934f6e-7c1a-7b3e-9d5c-2f8a1b6e4c70","handle":"{handle}","display_name":"x","created_at":"2026-01-31T12:00:00Z"}}"#
    )
}

#[tokio::test]
async fn a_list_is_read_page_after_page() {
    let server = Server::start(|n, _| match n {
        0 => json(
            200,
            &format!(
                r#"{{"items":[{},{}],"next_cursor":"c1"}}"#,
                user("one"),
                user("two")
            ),
        ),
        1 => json(200, r#"{"items":[],"next_cursor":"c2"}"#),
        _ => json(200, &format!(r#"{{"items":[{}]}}"#, user("three"))),
    })
    .await;
    let client = server.client();
    let users: Vec<_> = client
        .search_users()
        .query("x")
        .limit(2)
        .stream()
        .try_collect()
        .await
        .unwrap();
    let handles: Vec<_> = users.into_iter().map(|user| user.handle).collect();
    assert_eq!(handles, ["one", "two", "three"]);
    assert_eq!(server.target(0), "/v0/search/users?limit=2&query=x");
    assert_eq!(
        server.target(2),
        "/v0/search/users?cursor=c2&limit=2&query=x"
    );
}

#[tokio::test]
async fn the_log_is_read_back_to_its_beginning_and_a_cursor_in_a_circle_ends() {
    let server = Server::start(|_, _| {
        json(
            200,
            r#"{"items":[],"older_cursor":"c1","newer_cursor":"n"}"#,
        )
    })
    .await;
    let client = server.client();
    let entries: Vec<_> = client
        .list_action_logs()
        .stream()
        .try_collect()
        .await
        .unwrap();
    assert!(entries.is_empty());
    assert_eq!(server.count(), 2);
    assert_eq!(
        server.target(1),
        "/v0/action-logs?cursor=c1&direction=older"
    );
}

#[tokio::test]
async fn a_page_that_fails_ends_the_list() {
    let server = Server::start(|n, _| match n {
        0 => json(
            200,
            &format!(r#"{{"items":[{}],"next_cursor":"c1"}}"#, user("one")),
        ),
        _ => problem(400, "request:invalid", &[]),
    })
    .await;
    let client = server.client();
    let mut users = std::pin::pin!(client.search_users().query("x").stream());
    assert_eq!(users.try_next().await.unwrap().unwrap().handle, "one");
    assert!(users.try_next().await.is_err());
    assert!(users.try_next().await.unwrap().is_none());
}
