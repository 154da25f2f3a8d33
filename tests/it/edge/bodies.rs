//! Bodies that are no JSON, or JSON that breaks the contract.

use contract_tests::broken::{self, CANARY};
use contract_tests::prelude::*;
use http::header::CONTENT_TYPE;

pub fn tests() -> Vec<Case> {
    tests![
        malformed_json_is_refused,
        json_that_breaks_the_contract_is_refused,
        a_password_may_hold_anything
    ]
}

fn with_json_bodies() -> impl Iterator<Item = &'static Operation> {
    let takes_json = |operation: &&Operation| {
        operation
            .body
            .as_ref()
            .is_some_and(|body| body.example.is_some())
    };
    contract().operations.iter().filter(takes_json)
}

/// SECURITY: 1.5.2, 1.5.3, E-1, G12.
async fn malformed_json_is_refused(server: TestServer) {
    let user = server.user().await;
    let malformed: [(&str, &[u8]); 10] = [
        ("a byte order mark", b"\xef\xbb\xbf{}"),
        ("nothing", b""),
        ("half an object", b"{"),
        ("words", b"hello"),
        ("a second value", b"{} {}"),
        ("a single quote", b"{'a': 1}"),
        ("bytes that are not UTF-8", b"{\"a\": \"\xff\"}"),
        ("half a surrogate pair", br#"{"a": "\ud800"}"#),
        ("a bare control character", b"{\"a\": \"\n\"}"),
        ("endless nesting", &[b'['; 60_000]),
    ];
    let mut checks = Checks::new();
    for operation in with_json_bodies() {
        let request = || {
            server
                .example(operation)
                .bearer(&user.token())
                .header(CONTENT_TYPE, "application/json")
        };
        for (what, body) in malformed {
            let answer = request().body(body).send().await;
            checks.expect_of(operation, what, &answer, (400, "request:malformed"));
        }
        let answer = request().body(with_a_key_twice(operation)).send().await;
        checks.expect_of(
            operation,
            "a key twice",
            &answer,
            (400, "request:malformed"),
        );
    }
    checks.done();
}

fn with_a_key_twice(operation: &Operation) -> String {
    let example = operation
        .body
        .as_ref()
        .and_then(|body| body.example.clone())
        .expect("an example");
    let (name, value) = example
        .as_object()
        .and_then(|fields| fields.iter().next())
        .expect("a field");
    let rest = example.to_string();
    format!("{{\"{name}\":{value},{}", rest.trim_start_matches('{'))
}

/// SECURITY: 2.2.1, 2.2.2, 1.5.2, 15.3.5, E-1, E-3, G1, G3.
async fn json_that_breaks_the_contract_is_refused(server: TestServer) {
    let user = server.user().await;
    let mut checks = Checks::new();
    for operation in with_json_bodies() {
        for broken in operation.body.iter().flat_map(broken::bodies) {
            let answer = server
                .example(operation)
                .bearer(&user.token())
                .json(&broken.value)
                .send()
                .await;
            let what = format!("{}: {}", operation.id, broken.what);
            checks.expect(&what, &answer, (400, "request:invalid"));
            let fields = answer.invalid_fields();
            checks.that(
                fields.contains(&broken.field),
                format_args!("{what}: blames {fields:?}"),
            );
            let echoes = String::from_utf8_lossy(&answer.body).contains(CANARY);
            checks.that(!echoes, format_args!("{what}: repeats the value: {answer}"));
        }
    }
    checks.done();
}

/// SECURITY: 6.2.5, N-3, G2, 1.1.2.
async fn a_password_may_hold_anything(server: TestServer) {
    for password in [
        "<b>&\"\u{1F600}</b>",
        "  spaces around me  ",
        "'; DROP TABLE users; --",
        "%s {{7*7}} ${x}",
        "\u{1}\t\u{1b}[31m bell \u{7} and more",
        "correct<b>horse</b>battery",
        "only lower case words here",
        "🐢🚀🌵🎲🧊🥁🪐🦑🍄",
    ] {
        let person = Person {
            password: password.to_owned(),
            ..Person::new()
        };
        let user = server.register(person).await;
        server.verify(&user).await;
        server.sign_in(&user).await;
    }
}
