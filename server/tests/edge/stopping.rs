//! The end of the server (F-15, F-16).

use std::io::Write as _;
use std::time::Duration;

use accord_server::config::Period;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::harness::{PATIENCE, Raw, config, start, start_with};

#[tokio::test]
async fn f15_requests_in_flight_finish_and_nobody_else_gets_in() {
    let mut server = start().await;
    let mut busy = server.connect().await;
    busy.write("GET /brief HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut idle = server.connect().await;
    idle.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    idle.until("\r\n\r\nme").await;
    let mut silent = server.connect().await;
    // The server has seen all of them once one that came later has been answered.
    server.get("/v0/user/me").await;

    server.shutdown.begin();
    let start = Instant::now();
    assert!(idle.rest().await.is_empty());
    assert!(silent.rest().await.is_empty());
    let answer = busy.answer().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(TcpStream::connect(server.address).await.is_err());
    timeout(PATIENCE, &mut server.task).await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn f15_connections_that_nobody_has_accepted_yet_are_answered() {
    let server = start().await;
    // Nothing is awaited here: on this one thread, the server has not seen these when it stops.
    let mut clients: Vec<_> = (0..20)
        .map(|_| {
            let mut client = std::net::TcpStream::connect(server.address).unwrap();
            client
                .write_all(b"GET /v0/user/me HTTP/1.1\r\nhost: x\r\n\r\n")
                .unwrap();
            client.set_nonblocking(true).unwrap();
            Raw(TcpStream::from_std(client).unwrap())
        })
        .collect();
    server.shutdown.begin();
    for client in &mut clients {
        assert_eq!(client.answer().await.text(), "me");
    }
}

#[tokio::test]
async fn f16_streams_end() {
    let mut server = start().await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        let mut raw = server.connect().await;
        raw.write("GET /v0/eventstream/actions HTTP/1.1\r\nhost: x\r\n\r\n")
            .await;
        raw.until("data: first\n\n").await;
        streams.push(raw);
    }
    server.shutdown.begin();
    let start = Instant::now();
    for mut stream in streams {
        assert!(stream.rest().await.ends_with(b"0\r\n\r\n"));
    }
    timeout(PATIENCE, &mut server.task).await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
}

/// SECURITY: F-15.
#[tokio::test]
async fn what_does_not_end_is_cut_off_after_the_grace_period() {
    let mut config = config();
    config.limits.shutdown_grace = Period::millis(200);
    let mut server = start_with(config).await;
    let mut raw = server.connect().await;
    raw.write("GET /stuck HTTP/1.1\r\nhost: x\r\n\r\n").await;
    server.get("/v0/user/me").await;
    server.shutdown.begin();
    timeout(PATIENCE, &mut server.task).await.unwrap().unwrap();
}

/// SECURITY: F-15.
#[tokio::test]
async fn the_second_signal_does_not_wait() {
    let mut config = config();
    config.limits.shutdown_grace = Period::hours(1);
    let mut server = start_with(config).await;
    let mut raw = server.connect().await;
    raw.write("GET /stuck HTTP/1.1\r\nhost: x\r\n\r\n").await;
    server.get("/v0/user/me").await;
    server.shutdown.begin();
    server.shutdown.force();
    timeout(PATIENCE, &mut server.task).await.unwrap().unwrap();
}
