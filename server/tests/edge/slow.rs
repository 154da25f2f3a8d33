//! Clients that take their time (F-12), and too many of them (F-13, F-14).

use std::time::Duration;

use accord_server::config::{Config, Period};
use tokio::io::AsyncReadExt as _;
use tokio::time::{Instant, sleep, timeout};

use crate::harness::{Answer, PATIENCE, Server, config, start, start_with};

async fn hasty(change: impl FnOnce(&mut Config)) -> Server {
    let mut config = config();
    config.limits.header_timeout = Period::millis(200);
    config.limits.idle_timeout = Period::millis(600);
    change(&mut config);
    start_with(config).await
}

#[tokio::test]
async fn silence_is_not_waited_out() {
    let server = hasty(|_| {}).await;
    let mut raw = server.connect().await;
    let start = Instant::now();
    assert!(raw.rest().await.is_empty());
    assert!(start.elapsed() < Duration::from_secs(10));
    // Nor the half of a preface of HTTP/2.
    let mut raw = server.connect().await;
    raw.write("PRI * HTTP/2.0\r\n").await;
    raw.rest().await;
}

/// What begins like HTTP/2 may be HTTP/1.
#[tokio::test]
async fn a_method_may_come_letter_by_letter() {
    let server = start().await;
    for (method, status) in [
        ("GET", 200),
        ("PATCH", 200),
        ("PROPFIND", 405),
        ("PRI", 405),
    ] {
        let mut raw = server.connect().await;
        raw.0.set_nodelay(true).unwrap();
        for letter in method.bytes() {
            raw.write([letter]).await;
            sleep(Duration::from_millis(5)).await;
        }
        raw.write(" /v0/user/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await;
        assert_eq!(raw.answer().await.status, status, "{method}");
    }
}

/// SECURITY: F-12.
#[tokio::test]
async fn a_head_that_drips_is_cut_off() {
    let server = hasty(|_| {}).await;
    let mut raw = server.connect().await;
    raw.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\n").await;
    let start = Instant::now();
    let mut first = [0; 4096];
    let read = loop {
        raw.write("x: y\r\n").await;
        let read = timeout(Duration::from_millis(20), raw.0.read(&mut first)).await;
        if let Ok(read) = read {
            break read.unwrap();
        }
        assert!(start.elapsed() < PATIENCE);
    };
    let answer = Answer::parse(&first[..read]);
    answer.assert_problem(408, "request:timeout");
    assert!(start.elapsed() >= Duration::from_millis(200));
}

/// SECURITY: F-12.
#[tokio::test]
async fn a_second_head_that_drips_is_cut_off_too() {
    let server = hasty(|config| config.limits.idle_timeout = Period::secs(60)).await;
    let mut raw = server.connect().await;
    raw.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    raw.until("\r\n\r\nme").await;
    raw.write("GET /v0/us").await;
    raw.answer().await.assert_problem(408, "request:timeout");
}

#[tokio::test]
async fn a_connection_may_be_idle_for_longer_than_headers_may_take() {
    let server = hasty(|_| {}).await;
    let mut raw = server.connect().await;
    raw.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    raw.until("\r\n\r\nme").await;
    let start = Instant::now();
    assert!(raw.rest().await.is_empty());
    assert!(start.elapsed() >= Duration::from_millis(500));
}

#[tokio::test]
async fn work_and_streams_are_not_idle() {
    let server = hasty(|config| {
        config.limits.header_timeout = Period::millis(50);
        config.limits.idle_timeout = Period::millis(50);
    })
    .await;
    let answer = server.get("/brief").await;
    assert_eq!(answer.status, 200);
    let mut raw = server.connect().await;
    raw.write("GET /v0/eventstream/actions HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    raw.until("data: first\n\n\r\n").await;
    let more = timeout(Duration::from_millis(400), raw.0.read_u8()).await;
    assert!(more.is_err(), "the stream has ended: {more:?}");
}

/// SECURITY: F-12.
#[tokio::test]
async fn a_reader_that_stops_is_cut_off() {
    let server = hasty(|config| config.limits.write_timeout = Period::millis(200)).await;
    let mut raw = server.connect().await;
    raw.write("GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    raw.until("\r\n\r\n").await;
    // Nothing is read until the server must have given up.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let mut all = Vec::new();
    let _ = timeout(PATIENCE, raw.0.read_to_end(&mut all))
        .await
        .unwrap();
    assert!(all.len() < 64 << 20, "{} bytes came", all.len());
}

/// SECURITY: F-12, E-1.
#[tokio::test]
async fn one_connection_too_many_is_told_so() {
    let server = hasty(|config| {
        config.limits.connections = 2;
        config.limits.header_timeout = Period::secs(60);
        config.limits.idle_timeout = Period::secs(60);
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut raw = server.connect().await;
        raw.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\n\r\n")
            .await;
        raw.until("\r\n\r\nme").await;
        held.push(raw);
    }
    let answer = server.get("/v0/user/me").await;
    answer.assert_problem(503, "system:overloaded");
    assert_eq!(answer.header("retry-after"), Some("1"));
    // The others are served as before, and a place that is left is free.
    let mut first = held.remove(0);
    first
        .write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await;
    assert_eq!(first.answer().await.text(), "me");
    drop(first);
    while server.get("/v0/user/me").await.status != 200 {}
}

#[tokio::test]
async fn an_answer_that_comes_before_the_body_has_arrived_is_not_lost() {
    let server = hasty(|config| config.limits.header_timeout = Period::secs(10)).await;
    let mut raw = server.connect().await;
    raw.write("POST /nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: 20000000\r\n\r\n")
        .await;
    raw.write(vec![b'a'; 20_000_000]).await;
    raw.answer()
        .await
        .assert_problem(404, "request:unknown_path");
}
