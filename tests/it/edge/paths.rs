//! Paths that lead nowhere, and methods that a path does not have.

use contract_tests::prelude::*;
use http::header::{ALLOW, ORIGIN};

pub fn tests() -> Vec<Case> {
    tests![
        an_unknown_path_is_told_as_json,
        a_wrong_method_is_told_the_right_ones,
        reads_answer_head_as_well,
        a_preflight_is_answered,
    ]
}

/// SECURITY: E-1, G6, 14.2.5.
async fn an_unknown_path_is_told_as_json(server: TestServer) {
    let paths = [
        "/",
        "/v0",
        "/v0/",
        "/v0/user",
        "/v0/user/me/",
        "/v0/user/me/x.css",
        "/v0/user/me;x.css",
        "/v0/user/me%2fx.css",
        "//v0/user/me",
        "/V0/user/me",
        "/.git/HEAD",
        "/.env",
        "/metrics",
        "/v0/auth/login/",
        "/v0/../v0/user/me",
        "/%2e%2e/etc/passwd",
        "/v0/%00",
        "/v1/user/me",
    ];
    let mut checks = Checks::new();
    for path in paths {
        for method in [Method::GET, Method::POST] {
            let answer = server.raw(method.clone(), path).send().await;
            checks.expect(
                format_args!("{method} {path}"),
                &answer,
                (404, "request:unknown_path"),
            );
        }
    }
    checks.done();
}

/// SECURITY: 4.1.4, E-4, 13.4.4.
async fn a_wrong_method_is_told_the_right_ones(server: TestServer) {
    let methods = [
        "GET", "PUT", "POST", "DELETE", "PATCH", "TRACE", "OPTIONS", "QUERY", "FOO",
    ];
    let mut checks = Checks::new();
    for operation in &contract().operations {
        let path = contract_tests::example::target(operation, |_| None);
        let siblings = contract().at(path.split('?').next().unwrap_or_default());
        for method in methods.map(|method| method.parse::<Method>().expect("a method")) {
            if siblings.iter().any(|sibling| sibling.method == method) {
                continue;
            }
            let answer = server.raw(method.clone(), &path).send().await;
            checks.expect(
                format_args!("{method} {path}"),
                &answer,
                (405, "request:method_not_allowed"),
            );
            let allowed = allow(&answer);
            checks.that(
                allowed == declared(&siblings),
                format_args!("{method} {path}: Allow: {allowed:?}"),
            );
        }
    }
    checks.done();
}

async fn reads_answer_head_as_well(server: TestServer) {
    let answer = server.raw(Method::HEAD, "/health-check").send().await;
    assert_eq!((answer.status, &answer.body[..]), (200, &b""[..]));
    assert_eq!(
        server.raw(Method::HEAD, "/v0/user/me").send().await.status,
        401
    );
}

async fn a_preflight_is_answered(server: TestServer) {
    let preflight = |origin: &str| {
        let request = server
            .raw(Method::OPTIONS, "/v0/auth/login")
            .header(ORIGIN, origin);
        let request = request.header("access-control-request-method", "POST");
        request
            .header("access-control-request-headers", "content-type")
            .unjudged()
            .send()
    };
    let frontend = server.frontend_origin();
    let answer = preflight(&frontend).await;
    assert!(matches!(answer.status, 200 | 204), "{answer}");
    assert_eq!(answer.header("access-control-allow-origin"), frontend);
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("POST"),
        "{:?}",
        answer.headers
    );
    assert!(
        answer
            .header("access-control-allow-headers")
            .to_ascii_lowercase()
            .contains("content-type")
    );
    let refused = preflight("https://evil.example").await;
    assert_eq!(refused.header("access-control-allow-origin"), "");
}

fn allow(answer: &Answer) -> Vec<String> {
    let mut methods: Vec<_> = answer
        .header(ALLOW.as_str())
        .split(',')
        .map(|method| method.trim().to_owned())
        .collect();
    methods.sort_unstable();
    methods
}

/// The declared methods; GET brings HEAD with it.
fn declared(operations: &[&Operation]) -> Vec<String> {
    let mut methods: Vec<_> = operations
        .iter()
        .map(|operation| operation.method.to_string())
        .collect();
    if methods.iter().any(|method| method == "GET") {
        methods.push("HEAD".to_owned());
    }
    methods.sort_unstable();
    methods
}
