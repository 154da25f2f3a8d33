//! Bytes that no HTTP client sends (ASVS 4.2.1, 4.1.4, 14.2.5).

use crate::harness::{Answer, start};

/// SECURITY: E-1, 4.2.2.
#[tokio::test]
async fn a_request_that_is_none_gets_the_envelope() {
    let server = start().await;
    for bytes in [
        "\r\n\r\nnonsense\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /\u{1} HTTP/1.1\r\n\r\n",
        "G@T / HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: +5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    ] {
        let answer = server.send(bytes).await;
        answer.assert_problem(400, "request:malformed");
        assert_eq!(answer.header("connection"), Some("close"), "{bytes:?}");
    }
}

/// SECURITY: 4.2.1, 4.2.2.
#[tokio::test]
async fn a_length_and_chunks_are_one_request_at_most() {
    let server = start().await;
    let answer = server
        .send(
            "POST /v0/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\
             transfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /panic HTTP/1.1\r\nhost: x\r\n\r\n",
        )
        .await;
    answer.assert_problem(400, "request:malformed");
}

/// SECURITY: 4.2.1, G7.
#[tokio::test]
async fn two_hosts_are_refused_and_none_is_fine() {
    let server = start().await;
    let two = "GET /v0/user/me HTTP/1.1\r\nhost: a\r\nhost: a\r\nconnection: close\r\n\r\n";
    server
        .send(two)
        .await
        .assert_problem(400, "request:malformed");
    for one in [
        "GET /v0/user/me HTTP/1.1\r\nconnection: close\r\n\r\n",
        "GET /v0/user/me HTTP/1.0\r\n\r\n",
        "GET http://elsewhere/v0/user/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    ] {
        let answer = server.send(one).await;
        assert_eq!((answer.status, answer.text()), (200, "me"), "{one}");
        answer.assert_guarded();
    }
}

/// SECURITY: G13.
#[tokio::test]
async fn headers_of_ten_megabytes_get_an_answer() {
    let server = start().await;
    let mut raw = server.connect().await;
    raw.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\nx-large: ")
        .await;
    raw.write(vec![b'a'; 10 << 20]).await;
    raw.write("\r\n\r\n").await;
    let answer = raw.answer().await;
    answer.assert_problem(431, "request:headers_too_large");

    let many = "x: y\r\n".repeat(101);
    let answer = server.send(format!("GET / HTTP/1.1\r\n{many}\r\n")).await;
    answer.assert_problem(431, "request:headers_too_large");
}

/// SECURITY: G13.
#[tokio::test]
async fn a_long_address_gets_an_answer() {
    let server = start().await;
    for length in [70_000, 10 << 20] {
        let path = "a".repeat(length);
        let answer = server.get(&format!("/{path}")).await;
        answer.assert_problem(414, "request:uri_too_long");
    }
}

#[tokio::test]
async fn an_error_behind_a_good_request_leaves_its_answer_alone() {
    let server = start().await;
    let mut raw = server.connect().await;
    raw.write("GET /v0/user/me HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\n")
        .await;
    let both = raw.rest().await;
    let both = String::from_utf8(both).unwrap();
    let second = both.rfind("HTTP/1.1 400").expect("two answers");
    assert_eq!(Answer::parse(&both.as_bytes()[..second]).text(), "me");
    let second = Answer::parse(&both.as_bytes()[second..]);
    second.assert_problem(400, "request:malformed");
}

/// SECURITY: 1.1.1.
#[tokio::test]
async fn paths_that_play_tricks_lead_nowhere() {
    let server = start().await;
    for path in [
        "/v0/user/me/x.css",
        "/v0/user/me;x.css",
        "/v0/user/me%2fx.css",
        "/v0/user%2fme",
        "/v0/user/me/",
        "/v0/user/me%00",
        "//v0/user/me",
        "/v0/user/../user/me",
        "/v0/./user/me",
        "/V0/user/me",
        "/.git/HEAD",
        "/.env",
        "/metrics",
        "/docs",
        "/swagger.json",
        "/openapi.yaml",
        "/dev/mailbox",
        "*",
        "/",
    ] {
        let answer = server.get(path).await;
        answer.assert_problem(404, "request:unknown_path");
    }
}

/// SECURITY: 4.1.4, E-4.
#[tokio::test]
async fn methods_that_are_not_declared_are_refused_with_the_list_of_those_that_are() {
    let server = start().await;
    for method in [
        "PUT", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "FOO",
    ] {
        let answer = server.request(method, "/v0/user/me", &[]).await;
        answer.assert_problem(405, "request:method_not_allowed");
        let mut allow: Vec<_> = answer.header("allow").unwrap().split(',').collect();
        allow.sort_unstable();
        assert_eq!(allow, ["GET", "HEAD", "PATCH"], "{method}");
    }
    let answer = server.request("CONNECT", "example.com:443", &[]).await;
    answer.assert_problem(404, "request:unknown_path");
}

#[tokio::test]
async fn c5_no_header_changes_the_method() {
    let server = start().await;
    let headers = [
        ("x-http-method-override", "GET"),
        ("x-http-method", "GET"),
        ("x-method-override", "GET"),
    ];
    let answer = server
        .request("DELETE", "/v0/user/me?_method=GET", &headers)
        .await;
    answer.assert_problem(405, "request:method_not_allowed");
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let server = start().await;
    for (path, status, length) in [("/v0/user/me", 200, "2"), ("/nowhere", 404, "")] {
        let answer = server.request("HEAD", path, &[]).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.text(), "");
        let expected = match length {
            "" => server
                .get(path)
                .await
                .header("content-length")
                .map(str::to_owned),
            length => Some(length.to_owned()),
        };
        assert_eq!(answer.header("content-length"), expected.as_deref());
        answer.assert_guarded();
    }
}
