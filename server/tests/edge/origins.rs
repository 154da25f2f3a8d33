//! Pages of other origins: who may read, who may change (SECURITY 2.5; ASVS 3.4.2, 3.5.8).

use crate::harness::start;

const ALLOWED: &str = "https://app.example";

/// SECURITY: 3.4.2.
#[tokio::test]
async fn only_origins_on_the_list_may_read() {
    let server = start().await;
    for origin in [
        ALLOWED,
        "https://evil.example",
        "null",
        "https://app.example.evil.com",
        "http://app.example",
        "https://app.exampl",
    ] {
        for path in ["/v0/user/me", "/nowhere"] {
            let answer = server.request("GET", path, &[("origin", origin)]).await;
            let expected = (origin == ALLOWED).then_some(ALLOWED);
            assert_eq!(answer.header("access-control-allow-origin"), expected);
            let credentials = answer.header("access-control-allow-credentials");
            assert_eq!(credentials, expected.map(|_| "true"));
            assert!(answer.all("vary").contains(&"origin"));
        }
    }
    let answer = server.get("/v0/user/me").await;
    assert!(answer.all("vary").contains(&"origin"));
}

/// SECURITY: 3.4.2.
#[tokio::test]
async fn only_origins_on_the_list_get_a_preflight_answered() {
    let server = start().await;
    let preflight = |origin| {
        [
            ("origin", origin),
            ("access-control-request-method", "PATCH"),
            ("access-control-request-headers", "content-type"),
        ]
    };
    let answer = server
        .request("OPTIONS", "/v0/user/me", &preflight(ALLOWED))
        .await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.text(), "");
    assert_eq!(answer.header("access-control-allow-origin"), Some(ALLOWED));
    assert_eq!(
        answer.header("access-control-allow-credentials"),
        Some("true")
    );
    let methods = answer.header("access-control-allow-methods").unwrap();
    assert!(
        methods.split(',').any(|method| method == "PATCH"),
        "{methods}"
    );
    assert!(
        !methods.contains("DELETE") && !methods.contains('*'),
        "{methods}"
    );
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("authorization, content-type, last-event-id, x-request-id")
    );
    answer.assert_guarded();

    for origin in ["https://evil.example", "null"] {
        let answer = server
            .request("OPTIONS", "/v0/user/me", &preflight(origin))
            .await;
        answer.assert_problem(405, "request:method_not_allowed");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let answer = server
        .request("OPTIONS", "/nowhere", &preflight(ALLOWED))
        .await;
    answer.assert_problem(404, "request:unknown_path");
    let plain = server
        .request("OPTIONS", "/v0/user/me", &[("origin", ALLOWED)])
        .await;
    plain.assert_problem(405, "request:method_not_allowed");
}

#[tokio::test]
async fn c2_a_change_from_elsewhere_is_refused_before_anything_happens() {
    let server = start().await;
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[
            ("cookie", "__Host-session_id=x"),
            ("content-type", "text/plain"),
        ],
    ] {
        let mut all = headers.to_vec();
        all.push(("content-length", "0"));
        for path in ["/v0/auth/login", "/cookies"] {
            let answer = server.request("POST", path, &all).await;
            answer.assert_problem(403, "csrf:cross_origin");
            assert!(answer.all("set-cookie").is_empty());
        }
    }
    for headers in [
        &[][..],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "cross-site"), ("origin", ALLOWED)],
        &[("origin", ALLOWED)],
    ] {
        let mut all = headers.to_vec();
        all.push(("content-length", "0"));
        let answer = server.request("POST", "/v0/auth/login", &all).await;
        assert_eq!(answer.status, 200, "{headers:?}");
    }
}

/// SECURITY: 3.5.8.
#[tokio::test]
async fn reading_is_free_but_not_the_event_stream() {
    let server = start().await;
    let cross = [("sec-fetch-site", "cross-site")];
    assert_eq!(
        server.request("GET", "/v0/user/me", &cross).await.status,
        200
    );
    for foreign in [cross, [("origin", "https://evil.example")]] {
        let answer = server
            .request("GET", "/v0/eventstream/actions", &foreign)
            .await;
        answer.assert_problem(403, "csrf:cross_origin");
    }
    let mut raw = server.connect().await;
    raw.write(format!(
        "GET /v0/eventstream/actions HTTP/1.1\r\nhost: x\r\norigin: {ALLOWED}\r\n\
         sec-fetch-site: cross-site\r\n\r\n"
    ))
    .await;
    raw.until("data: first").await;
}
