//! Versions of HTTP, requests that are barely HTTP, and headers of every answer.

use contract_tests::prelude::*;
use http::header::HOST;

pub fn tests() -> Vec<Case> {
    tests![
        http2_works_with_prior_knowledge,
        http1_works_without_a_host,
        two_hosts_are_refused,
        an_endless_header_is_refused,
        an_endless_path_is_refused,
        bytes_that_are_no_http_are_refused,
        request_ids_come_back,
        every_answer_carries_the_security_headers,
    ]
}

async fn http2_works_with_prior_knowledge(server: TestServer) {
    let user = server.user().await;
    assert_eq!(
        server
            .example_of("health_check")
            .http2()
            .send()
            .await
            .outcome(),
        (200, "ok")
    );
    assert_eq!(
        server
            .example_of("get_me")
            .bearer(&user.token())
            .http2()
            .send()
            .await
            .outcome(),
        (200, "ok")
    );
    assert_eq!(
        server
            .example_of("update_me")
            .bearer(&user.token())
            .http2()
            .send()
            .await
            .outcome(),
        (200, "ok")
    );
    let refused = server.raw(Method::GET, "/nowhere").http2().send().await;
    assert_eq!(refused.outcome(), (404, "request:unknown_path"));
}

async fn http1_works_without_a_host(server: TestServer) {
    let mut socket = server.socket().await.asking(Method::GET, "/health-check");
    socket.write("GET /health-check HTTP/1.0\r\n\r\n").await;
    assert_eq!(
        socket.answer().await.expect("an answer").outcome(),
        (200, "ok")
    );
}

/// SECURITY: 4.2.1.
async fn two_hosts_are_refused(server: TestServer) {
    let request = server
        .example_of("health_check")
        .another_header(HOST, "evil.example")
        .outside_operations();
    assert_eq!(request.send().await.outcome(), (400, "request:malformed"));
}

/// SECURITY: G13.
/// Says so, or hangs up; never takes it.
async fn an_endless_header_is_refused(server: TestServer) {
    let mut socket = server.socket().await;
    socket
        .write("GET /health-check HTTP/1.1\r\nHost: a\r\nX-Endless: ")
        .await;
    for _ in 0..160 {
        socket.write([b'a'; 65_536]).await;
    }
    if let Some(answer) = socket.answer().await {
        assert_eq!(answer.outcome(), (431, "request:headers_too_large"));
    }
    assert_eq!(server.example_of("health_check").send().await.status, 200);
}

/// SECURITY: G13.
async fn an_endless_path_is_refused(server: TestServer) {
    let mut socket = server.socket().await;
    let path = "a".repeat(100_000);
    socket
        .write(format!(
            "GET /{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        ))
        .await;
    let answer = socket.answer().await.expect("an answer");
    assert!(matches!(answer.status, 414 | 431), "{answer}");
}

/// SECURITY: 4.2.2, E-1, 4.2.1.
async fn bytes_that_are_no_http_are_refused(server: TestServer) {
    let post = "POST /v0/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    for bytes in [
        "hello\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n".to_owned(),
        "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        "GET /health-check HTTP/1.1\r\nHost : a\r\n\r\n".to_owned(),
        "GET /health-check HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n".to_owned(),
        format!("{post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}"),
        format!("{post}Content-Length: +2\r\n\r\n{{}}"),
        format!("{post}Transfer-Encoding: xchunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n"),
    ] {
        let mut socket = server.socket().await;
        socket.write(&bytes).await;
        if let Some(answer) = socket.answer().await {
            assert_eq!(answer.outcome(), (400, "request:malformed"), "{bytes:?}");
        }
    }
}

async fn request_ids_come_back(server: TestServer) {
    let with_id = |id: &str| {
        server
            .example_of("health_check")
            .header("x-request-id", id)
            .send()
    };
    assert_eq!(
        with_id("my-request.0001").await.header("x-request-id"),
        "my-request.0001"
    );
    for odd in [
        "short",
        "with space",
        "<script>alert(1)</script>",
        &"x".repeat(65),
    ] {
        let made = with_id(odd).await.header("x-request-id").to_owned();
        assert_ne!(made, odd);
        assert!(uuid::Uuid::try_parse(&made).is_ok(), "{made}");
    }
}

/// SECURITY: 3.4.6, 14.3.2, 3.2.1, 3.4.3–3.4.5, 3.5.8, 14.2.2, 13.4.6, 3.7.2.
async fn every_answer_carries_the_security_headers(server: TestServer) {
    let user = server.user().await;
    let mut answers = vec![
        (
            "an unknown path",
            server.raw(Method::GET, "/nowhere").send().await,
        ),
        (
            "a wrong method",
            server.raw(Method::PUT, "/v0/user/me").send().await,
        ),
    ];
    for operation in &contract().operations {
        answers.push((&operation.id, server.example(operation).send().await));
        let typed = server
            .example(operation)
            .header("content-type", "text/plain");
        answers.push((&operation.id, typed.send().await));
        answers.push((
            &operation.id,
            server.example(operation).bearer(&user.token()).send().await,
        ));
    }
    let mut checks = Checks::new();
    for (what, answer) in &answers {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'"),
            ("content-security-policy", "base-uri 'none'"),
            ("content-security-policy", "object-src 'none'"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("cross-origin-resource-policy", "same-site"),
            ("cache-control", "no-store"),
        ] {
            let found = answer.header(name);
            checks.that(
                found.contains(value),
                format_args!("{what} {}: {name}: {found:?}", answer.status),
            );
        }
        for name in ["server", "x-powered-by", "location"] {
            checks.that(
                !answer.headers.contains_key(name),
                format_args!("{what}: has {name}"),
            );
        }
    }
    checks.done();
}
