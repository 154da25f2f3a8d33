use std::time::Duration;

use accord_client::Retry;
use accord_client::errors::{GetMeError, HealthCheckError, LogoutError};

use crate::{ME, Server, json, problem, respond};

fn busy(wait: &str) -> axum::response::Response {
    problem(503, "system:overloaded", &[("retry-after", wait)])
}

#[tokio::test]
async fn a_read_is_repeated_when_the_server_asks_for_it() {
    let server = Server::start(|n, _| match n {
        0 => busy("0"),
        1 => problem(429, "rate_limit:exceeded", &[("retry-after", "0")]),
        _ => json(200, ME),
    })
    .await;
    server.client().get_me().await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_proxy_may_ask_for_it_too() {
    let server = Server::start(|n, _| {
        if n == 0 {
            respond(503, &[("retry-after", "0")], "busy")
        } else {
            json(200, ME)
        }
    })
    .await;
    server.client().get_me().await.unwrap();
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn repeating_has_a_bound() {
    let server = Server::start(|_, _| busy("0")).await;
    let error = server.client().get_me().await.unwrap_err();
    assert!(matches!(error, GetMeError::SystemOverloaded(_)));
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn what_is_not_safe_is_sent_once() {
    let server = Server::start(|_, _| busy("0")).await;
    let error = server.client().logout().await.unwrap_err();
    assert!(matches!(error, LogoutError::SystemOverloaded(_)));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_long_wait_no_wait_and_a_health_check_are_answers() {
    let server = Server::start(|n, _| match n {
        0 => busy("6"),
        1 => problem(503, "system:unavailable", &[]),
        _ => problem(503, "system:unavailable", &[("retry-after", "0")]),
    })
    .await;
    let client = server.client();
    assert!(matches!(
        client.get_me().await,
        Err(GetMeError::SystemOverloaded(_))
    ));
    assert!(matches!(
        client.get_me().await,
        Err(GetMeError::SystemUnavailable(_))
    ));
    assert!(matches!(
        client.health_check().await,
        Err(HealthCheckError::SystemUnavailable(_))
    ));
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn never_means_never() {
    let server = Server::start(|_, _| busy("0")).await;
    let client = server.builder().retry(Retry::NEVER).build().unwrap();
    client.get_me().await.unwrap_err();
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn no_connection_is_tried_again_and_then_an_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let start = std::time::Instant::now();
    let client = accord_client::Client::builder(&url)
        .retry(Retry::times(1))
        .build()
        .unwrap();
    assert!(matches!(
        client.get_me().await,
        Err(GetMeError::Transport(_))
    ));
    assert!(
        start.elapsed() >= Duration::from_millis(50),
        "it waited before it tried again"
    );
}
