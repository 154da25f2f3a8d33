//! Too much, too often, too slow, and of the wrong kind.

use accord_server::config::{Period, Rate};
use contract_tests::prelude::*;
use contract_tests::raw::RawRequest;
use futures::future::join_all;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

pub fn tests() -> Vec<Case> {
    tests![
        a_body_of_another_type_is_refused,
        a_body_too_large_is_refused_unread,
        a_body_that_does_not_come_is_waited_for_no_longer_than_configured,
        a_client_that_asks_too_often_is_told_when_to_come_back,
        what_can_be_abused_is_limited,
        the_limit_is_asked_before_all_else,
        a_body_is_read_up_to_its_limit,
        requests_beyond_the_cap_are_shed,
    ]
}

const UNSUPPORTED: (u16, &str) = (415, "request:unsupported_media_type");
const TOO_LARGE: (u16, &str) = (413, "request:body_too_large");
const TIMEOUT: (u16, &str) = (408, "request:timeout");
const TOO_MANY: (u16, &str) = (429, "rate_limit:exceeded");
const OVERLOADED: (u16, &str) = (503, "system:overloaded");

fn with_body() -> impl Iterator<Item = &'static Operation> {
    contract()
        .operations
        .iter()
        .filter(|operation| operation.body.is_some())
}

/// SECURITY: C-3, G5, G12, 1.5.3, 5.2.3.
async fn a_body_of_another_type_is_refused(server: TestServer) {
    let user = server.user().await;
    let mut checks = Checks::new();
    for operation in with_body() {
        let request = || server.example(operation).bearer(&user.token());
        let typed = |media: &str| request().header(CONTENT_TYPE, media);
        let declared = operation
            .body
            .as_ref()
            .map(|body| body.media_type.as_str())
            .unwrap_or_default();
        for (what, request) in [
            ("text", typed("text/plain")),
            ("a form", typed("application/x-www-form-urlencoded")),
            ("a multipart form", typed("multipart/form-data; boundary=x")),
            ("nothing", request().without_header("content-type")),
            ("junk", typed("json")),
            ("a lookalike", typed("application/jsonp")),
            (
                "another character set",
                typed(&format!("{declared}; charset=utf-16")),
            ),
            ("compressed", request().header(CONTENT_ENCODING, "gzip")),
            ("an image", typed("image/png")),
        ] {
            let answer = request.send().await;
            checks.expect_of(operation, what, &answer, UNSUPPORTED);
        }
    }
    checks.done();
}

/// SECURITY: 5.2.1, G10, E-1.
async fn a_body_too_large_is_refused_unread(server: TestServer) {
    let user = server.user().await;
    let mut checks = Checks::new();
    for operation in with_body() {
        let mut socket = server
            .socket()
            .await
            .asking(operation.method.clone(), &operation.path);
        let announced = head(operation, &user, "Content-Length: 100000000");
        socket.write(announced).await;
        let answer = socket.answer().await.expect("an answer");
        checks.expect_of(operation, "announced", &answer, TOO_LARGE);
    }
    let operation = contract().operation("update_me");
    let answer = server
        .example(operation)
        .bearer(&user.token())
        .body(vec![b' '; 9 << 20])
        .send()
        .await;
    checks.expect("sent", &answer, TOO_LARGE);
    checks.done();
}

/// SECURITY: 5.2.1; no more, and no less.
async fn a_body_is_read_up_to_its_limit(server: TestServer) {
    const LIMIT: usize = 8 << 20;
    let user = server.user().await;
    let upload = |length: usize| {
        let request = server
            .example_of("upload_profile_image")
            .bearer(&user.token());
        request.body(vec![0; length]).send()
    };
    assert_eq!(
        upload(LIMIT).await.outcome(),
        (400, "file:unsupported_type")
    );
    assert_eq!(upload(LIMIT + 1).await.outcome(), TOO_LARGE);
    // One that tells no length, and has no end.
    let operation = contract().operation("upload_profile_image");
    let socket = server.socket().await;
    let mut socket = socket.asking(operation.method.clone(), &operation.path);
    socket
        .write(head(operation, &user, "Transfer-Encoding: chunked"))
        .await;
    let chunk = [b"10000\r\n".as_slice(), &[0; 65_536], b"\r\n"].concat();
    for _ in 0..3 * LIMIT / 65_536 {
        socket.write(&chunk).await;
    }
    assert_eq!(
        socket.answer().await.expect("an answer").outcome(),
        TOO_LARGE
    );
}

/// SECURITY: F-12.
async fn a_body_that_does_not_come_is_waited_for_no_longer_than_configured(stage: Stage) {
    let setup =
        Setup::default().configured(|config| config.limits.body_timeout = Period::millis(100));
    let server = stage.server_with(setup).await;
    let user = server.user().await;
    let stall = async |operation: &'static Operation| {
        let mut socket = server
            .socket()
            .await
            .asking(operation.method.clone(), &operation.path);
        socket
            .write(head(operation, &user, "Content-Length: 20") + "{\"a\":")
            .await;
        (operation, socket.answer().await.expect("an answer"))
    };
    let mut checks = Checks::new();
    for (operation, answer) in join_all(with_body().map(stall)).await {
        checks.expect_of(operation, "stalled", &answer, TIMEOUT);
    }
    checks.done();
}

/// The head of a request with a body still to come.
fn head(operation: &Operation, user: &Identity, length: &str) -> String {
    let (method, path) = (&operation.method, &operation.path);
    let media = operation
        .body
        .as_ref()
        .map(|body| body.media_type.as_str())
        .unwrap_or_default();
    let (host, token) = ("Host: 127.0.0.1", user.token());
    format!(
        "{method} {path} HTTP/1.1\r\n{host}\r\nAuthorization: Bearer {token}\r\nContent-Type: {media}\r\n{length}\r\n\r\n"
    )
}

/// A server that admits one request a class, address and hour.
async fn strict(stage: &Stage) -> TestServer {
    let setup = Setup::default().configured(|config| {
        for limit in config.rate_limits.all_mut() {
            limit.per_address = Rate::new(1, Period::hours(1));
        }
    });
    stage.server_with(setup).await
}

fn limited() -> impl Iterator<Item = &'static Operation> {
    contract()
        .operations
        .iter()
        .filter(|operation| operation.rate_limit.is_some())
}

/// SECURITY: R-8, 2.4.1, E-4.
async fn a_client_that_asks_too_often_is_told_when_to_come_back(stage: Stage) {
    let server = strict(&stage).await;
    let user = server.user().await;
    let mut checks = Checks::new();
    for operation in limited() {
        let ask = || server.example(operation).bearer(&user.token()).send();
        ask().await;
        let answer = ask().await;
        if checks.expect_of(operation, "twice", &answer, TOO_MANY) {
            let class = operation.rate_limit.as_deref().unwrap_or_default();
            let wait: u64 = answer.header("retry-after").parse().unwrap_or_default();
            let (state, policy) = (
                answer.header("ratelimit"),
                answer.header("ratelimit-policy"),
            );
            let told = (1..=3600).contains(&wait)
                && state.contains(class)
                && policy.contains("q=1;w=3600");
            checks.that(
                told,
                format_args!("{}: {wait} {state} {policy}", operation.id),
            );
            // Who waits for so long is let in, and nobody before.
            server.advance(Duration::from_secs(wait.saturating_sub(1)));
            checks.expect_of(operation, "too early", &ask().await, TOO_MANY);
            server.advance(Duration::from_secs(1));
            let again = ask().await.outcome();
            checks.that(again != TOO_MANY, format_args!("{}: in vain", operation.id));
        }
    }
    checks.done();
}

/// SECURITY: 2.4.1; nobody guesses, makes accounts or sends mails without a limit.
async fn what_can_be_abused_is_limited(_: Stage) {
    let mut checks = Checks::new();
    for operation in &contract().operations {
        let takes_secrets = operation.body.as_ref().is_some_and(|body| {
            let fields = body.schema["properties"].as_object().into_iter().flatten();
            fields
                .into_iter()
                .any(|(_, schema)| schema["format"] == "password" || schema["x-secret"] == true)
        });
        let is_open = operation.is_unsafe() && operation.session == Session::None;
        let sends_mails = [
            "create_user",
            "forgot_password",
            "resend_verification_email",
            "change_email",
        ];
        let looks_up = [
            "search_users",
            "check_handle_availability",
            "get_profile_by_handle",
        ];
        let named = sends_mails
            .iter()
            .chain(&looks_up)
            .any(|id| *id == operation.id);
        checks.that(
            operation.rate_limit.is_some() || !(takes_secrets || is_open || named),
            format_args!("{} has no limit", operation.id),
        );
    }
    checks.done();
}

/// SECURITY: 2.4.1.
async fn the_limit_is_asked_before_all_else(stage: Stage) {
    let server = strict(&stage).await;
    let mut checks = Checks::new();
    for operation in limited() {
        let ask = || {
            server
                .example(operation)
                .header(CONTENT_TYPE, "text/plain")
                .body("{")
                .send()
        };
        ask().await;
        checks.expect_of(operation, "text, without a session", &ask().await, TOO_MANY);
    }
    checks.done();
}

/// SECURITY: F-4, E-1.
async fn requests_beyond_the_cap_are_shed(stage: Stage) {
    let setup = Setup::default().alone().with_much_patience();
    let server = stage
        .server_with(setup.configured(|config| config.limits.in_flight = 1))
        .await;
    let (user, shed) = (server.user().await, server.user().await);
    let held = server.hold_writes().await;
    let write = server.example_of("update_me").bearer(&user.token());
    let waiting = tokio::spawn(until_admitted(write));
    let read = || server.example_of("get_me").bearer(&shed.token()).send();
    while read().await.outcome() != OVERLOADED {}
    let ask = async |operation: &'static Operation| {
        let request = server.example(operation).bearer(&shed.token());
        (operation, request.send().await)
    };
    let mut checks = Checks::new();
    for (operation, answer) in join_all(contract().operations.iter().map(ask)).await {
        // A full server still tells how it is.
        let expected = match operation.id.as_str() {
            "health_check" => (200, "ok"),
            _ => OVERLOADED,
        };
        checks.expect_of(operation, "one too many", &answer, expected);
    }
    drop(held);
    checks.expect("the one", &waiting.await.expect("an answer"), (200, "ok"));
    checks.done();
}

/// Those who look whether there is a place left take it for a moment.
async fn until_admitted(request: RawRequest) -> Answer {
    loop {
        let answer = request.clone().send().await;
        if answer.outcome() != OVERLOADED {
            return answer;
        }
    }
}
