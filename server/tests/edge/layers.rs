//! What every request and response goes through.

use accord_server::config::{Mode, Period};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use crate::harness::{Server, config, start, start_with};

#[tokio::test]
async fn the_request_id_comes_back() {
    let server = start().await;
    let answer = server
        .request("GET", "/v0/user/me", &[("X-Request-Id", "abc-def.1")])
        .await;
    assert_eq!(answer.header("x-request-id"), Some("abc-def.1"));
    for bad in ["short", "with space", "semi;colon;semi;colon"] {
        let answer = server
            .request("GET", "/v0/user/me", &[("X-Request-Id", bad)])
            .await;
        let made = answer.header("x-request-id").unwrap();
        let made: uuid::Uuid = made.parse().unwrap();
        assert_eq!(made.get_version_num(), 7);
    }
    let answer = server
        .request("GET", "/nowhere", &[("X-Request-Id", "abc-def.1")])
        .await;
    let body = answer.assert_problem(404, "request:unknown_path");
    assert_eq!(body["request_id"], "abc-def.1");
}

/// SECURITY: F-20, 16.5.4, E-1.
#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_server_goes_on() {
    let server = start().await;
    let answer = server.get("/panic").await;
    answer.assert_problem(500, "system:internal");
    assert!(!answer.text().contains("hunter2"));
    assert_eq!(server.get("/v0/user/me").await.status, 200);
}

/// SECURITY: E-1.
#[tokio::test]
async fn an_error_of_another_form_gets_the_envelope() {
    let server = start().await;
    server
        .get("/text-error")
        .await
        .assert_problem(400, "request:malformed");
}

/// SECURITY: E-3.
#[tokio::test]
async fn details_are_shown_in_development() {
    let mut config = config();
    config.mode = Some(Mode::Development);
    let server = start_with(config).await;
    let two = "GET /v0/user/me HTTP/1.1\r\nhost: a\r\nhost: a\r\nconnection: close\r\n\r\n";
    let answer = server.send(two).await;
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let details = body["details"].as_str().unwrap();
    assert!(
        details.starts_with("more than one Host; see http"),
        "{details}"
    );
    assert!(
        details.ends_with("/docs/errors#request:malformed"),
        "{details}"
    );
}

/// SECURITY: 4.1.2.
#[tokio::test]
async fn plain_http_knows_no_hsts() {
    let mut config = config();
    config.public_url = Some("http://localhost:8080".parse().unwrap());
    let server = start_with(config).await;
    let answer = server.get("/v0/user/me").await;
    assert_eq!(answer.header("strict-transport-security"), None);
    assert_eq!(answer.status, 200, "and nobody is sent to https");
}

/// SECURITY: G8.
#[tokio::test]
async fn several_cookies_pass() {
    let server = start().await;
    let answer = server
        .request("POST", "/cookies", &[("content-length", "0")])
        .await;
    assert_eq!(answer.all("set-cookie"), ["a=1", "b=2"]);
}

#[tokio::test]
async fn json_of_some_size_is_compressed_and_nothing_else() {
    let server = start().await;
    for coding in ["gzip", "br"] {
        let accepts = [("accept-encoding", coding)];
        let answer = server.request("GET", "/json", &accepts).await;
        assert_eq!(answer.header("content-encoding"), Some(coding));
        assert!(answer.body.len() < 2_000);
        let vary = answer.all("vary").join(",");
        assert!(
            vary.contains("origin") && vary.contains("accept-encoding"),
            "{vary}"
        );
        for path in ["/v0/user/me", "/nowhere", "/large"] {
            let answer = server.request("GET", path, &accepts).await;
            assert_eq!(answer.header("content-encoding"), None, "{path}");
        }
    }
    let answer = server.get("/json").await;
    assert_eq!(answer.header("content-encoding"), None);
    assert_eq!(answer.body.len(), 10_003);
    // A stream is not held back.
    let mut raw = server.connect().await;
    raw.write("GET /v0/eventstream/actions HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n\r\n")
        .await;
    let head = raw.until("data: first").await;
    assert!(!head.contains("content-encoding"), "{head}");
}

#[tokio::test]
async fn x1_x2_x3_the_client_address_is_what_trusted_proxies_say() {
    let forwarded = [("x-forwarded-for", "6.6.6.6, ::ffff:198.51.100.7")];
    let server = start().await;
    let answer = server.request("GET", "/client", &forwarded).await;
    assert_eq!(answer.text(), "127.0.0.1 127.0.0.1");

    let mut config = config();
    config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let server = start_with(config).await;
    let answer = server.request("GET", "/client", &forwarded).await;
    assert_eq!(answer.text(), "198.51.100.7 198.51.100.7");
    let v6 = [("x-forwarded-for", "2001:db8:1:2:3::4")];
    let answer = server.request("GET", "/client", &v6).await;
    assert_eq!(answer.text(), "2001:db8:1:2:3::4 2001:db8:1:2::");
    for ignored in [
        "x-real-ip",
        "forwarded",
        "cf-connecting-ip",
        "x_forwarded_for",
    ] {
        let answer = server
            .request("GET", "/client", &[(ignored, "6.6.6.6")])
            .await;
        assert_eq!(answer.text(), "127.0.0.1 127.0.0.1", "{ignored}");
    }
}

/// SECURITY: F-4, E-1.
#[tokio::test]
async fn requests_over_the_limit_are_told_so_but_not_health() {
    let mut config = config();
    config.limits.in_flight = 1;
    let server = start_with(config).await;
    let mut stuck = server.connect().await;
    stuck.write("GET /stuck HTTP/1.1\r\nhost: x\r\n\r\n").await;
    // Until the first one has its place, the others get one.
    let answer = loop {
        let answer = server.get("/v0/user/me").await;
        if answer.status != 200 {
            break answer;
        }
    };
    answer.assert_problem(503, "system:overloaded");
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(server.get("/health-check").await.status, 200);
    // Its place is free again when the client goes away.
    drop(stuck);
    while server.get("/v0/user/me").await.status != 200 {}
}

#[tokio::test]
async fn f12_bodies_that_drip_keep_nobody_out() {
    let mut config = config();
    config.limits.in_flight = 1;
    let server = start_with(config).await;
    let mut slow = Vec::new();
    for _ in 0..5 {
        let mut raw = server.connect().await;
        raw.write("POST /v0/auth/login HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 4\r\n\r\nab").await;
        slow.push(raw);
        assert_eq!(server.get("/v0/user/me").await.status, 200);
    }
    for mut raw in slow {
        raw.write("cd").await;
        assert_eq!(raw.answer().await.text(), "abcd");
    }
}

/// SECURITY: F-4.
#[tokio::test]
async fn a_handler_that_never_answers_is_given_up() {
    let mut config = config();
    config.limits.request_timeout = Period::millis(50);
    let server = start_with(config).await;
    let answer = server.get("/stuck").await;
    answer.assert_problem(503, "system:unavailable");
    assert!(answer.header("retry-after").is_some());
}

async fn http2(server: &Server) -> hyper::client::conn::http2::SendRequest<Empty<bytes::Bytes>> {
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .unwrap();
    tokio::spawn(connection);
    sender
}

/// SECURITY: G7.
#[tokio::test]
async fn http2_with_prior_knowledge_works_the_same() {
    let server = start().await;
    let mut sender = http2(&server).await;
    for (method, path, status) in [
        ("GET", "/v0/user/me", 200),
        ("GET", "/nowhere", 404),
        ("PUT", "/v0/user/me", 405),
        ("GET", "/panic", 500),
    ] {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("http://x{path}"))
            .body(Empty::new())
            .unwrap();
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.status(), status, "{method} {path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(response.headers().contains_key("x-request-id"));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        if status != 200 {
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body["status"], status);
        }
    }
}
