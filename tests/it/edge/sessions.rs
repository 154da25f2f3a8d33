//! What is asked before an operation begins: a session, a proven address, a recent sign-in.

use contract_tests::prelude::*;
use http::header::{AUTHORIZATION, COOKIE};

pub fn tests() -> Vec<Case> {
    tests![
        without_a_live_session_nothing_is_told,
        sessions_begin_where_it_is_said_and_nowhere_else,
        an_expired_session_is_none,
        the_session_is_asked_for_before_the_body_is_read,
        an_unproven_address_opens_little,
        sensitive_operations_ask_for_a_recent_sign_in,
    ]
}

fn with_session() -> impl Iterator<Item = &'static Operation> {
    contract()
        .operations
        .iter()
        .filter(|operation| operation.session == Session::Required)
}

/// SECURITY: 8.2.1, 8.3.1, 7.2.1, G4, A22, C-6.
async fn without_a_live_session_nothing_is_told(server: TestServer) {
    let token = server.user().await.token();
    let (flipped, cut) = (flip_first(&token), &token[..token.len() - 1]);
    let authorizations = [
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Basic YTpi",
        "bearer",
        "garbage",
        "",
        &format!("Bearer {flipped}"),
        &format!("Bearer {cut}"),
        &format!("Bearer {token}x"),
        &format!("Basic {token}"),
        &format!("Bearer {}", "x".repeat(8000)),
        "Bearer \u{e9}\u{e9}",
    ]
    .map(str::to_owned);
    let cookies = [
        "session_id=",
        "session_id=garbage",
        "other=1",
        "=",
        ";;",
        &format!("session_id={flipped}"),
        &format!("Session_Id={token}"),
        &format!("__Host-session_id={token}"),
        &format!("session_id={token}{token}"),
        &format!("session_id={}", "x".repeat(8000)),
        &format!("session_id={}", token.to_uppercase()),
        &format!("session_id={token}; session_id={flipped}"),
        &format!("session_id={token}; session_id={token}"),
    ]
    .map(str::to_owned);
    let mut checks = Checks::new();
    for operation in with_session() {
        let refused = (401, "auth:session_required");
        for bytes in [
            &b"session_id=\xff\xfe"[..],
            b"\xff",
            b"session_id=\xc3\x28; other=1",
        ] {
            let answer = server.example(operation).header(COOKIE, bytes).send().await;
            checks.expect_of(operation, "no text", &answer, refused);
        }
        let answer = server.example(operation).send().await;
        checks.expect_of(operation, "nothing", &answer, refused);
        checks.that(
            answer.header("www-authenticate").starts_with("Bearer"),
            format_args!("{}: no challenge", operation.id),
        );
        for value in &authorizations {
            let answer = server
                .example(operation)
                .header(AUTHORIZATION, value)
                .send()
                .await;
            checks.expect_of(
                operation,
                format_args!("Authorization: {value:.40}"),
                &answer,
                refused,
            );
        }
        for value in &cookies {
            let answer = server.example(operation).header(COOKIE, value).send().await;
            checks.expect_of(
                operation,
                format_args!("Cookie: {value:.40}"),
                &answer,
                refused,
            );
        }
    }
    checks.done();
}

fn flip_first(token: &str) -> String {
    let other = if token.starts_with('A') { "B" } else { "A" };
    format!("{other}{}", &token[1..])
}

/// SECURITY: 6.1.3, 6.3.4; as the README says.
async fn sessions_begin_where_it_is_said_and_nowhere_else(_: Stage) {
    let setting = contract().operations.iter().filter(|operation| {
        let mut successes = operation.responses.range(200..300);
        successes.any(|(_, response)| response.headers.contains_key("set-cookie"))
    });
    let setting: std::collections::BTreeSet<_> =
        setting.map(|operation| operation.id.as_str()).collect();
    let begin = [
        "login",
        "login_with_google",
        "login_with_github",
        "verify_totp",
        "complete_signup",
        "create_user",
    ];
    let renew = ["reauthenticate", "change_password"];
    let end = ["logout", "revoke_session"];
    // What binds a sign-in under way to its browser is no session.
    let bind = [
        "authorize_google",
        "authorize_github",
        "link_google",
        "link_github",
    ];
    let all = begin.iter().chain(&renew).chain(&end).chain(&bind).copied();
    assert_eq!(setting, all.collect());
    let text = include_str!("../../../README.md");
    let (_, rest) = text.split_once("A session begins at").expect("the list");
    let (section, _) = rest.split_once("\n\n").expect("its end");
    let words: Vec<_> = section.split('`').skip(1).step_by(2).collect();
    let documented = words
        .into_iter()
        .filter(|word| contract().operations.iter().any(|it| it.id == *word));
    let documented: std::collections::BTreeSet<_> = documented.collect();
    assert_eq!(documented, begin.iter().chain(&renew).copied().collect());
}

/// SECURITY: 8.2.1.
async fn an_expired_session_is_none(server: TestServer) {
    let user = server.user().await;
    server.advance(Duration::from_secs(168 * 3600 + 1));
    let mut checks = Checks::new();
    for operation in with_session() {
        let answer = server.example(operation).cookie(&user.token()).send().await;
        checks.expect_of(
            operation,
            "expired",
            &answer,
            (401, "auth:session_required"),
        );
    }
    checks.done();
}

/// SECURITY: E-5.
async fn the_session_is_asked_for_before_the_body_is_read(server: TestServer) {
    let mut checks = Checks::new();
    for operation in with_session().filter(|operation| operation.body.is_some()) {
        for (what, request) in [
            ("a malformed body", server.example(operation).body("{")),
            ("an invalid body", server.example(operation).body("{}")),
            (
                "a body of another type",
                server
                    .example(operation)
                    .header("content-type", "text/plain"),
            ),
        ] {
            let answer = request.send().await;
            checks.expect_of(operation, what, &answer, (401, "auth:session_required"));
        }
    }
    checks.done();
}

/// SECURITY: 8.2.1, P-3.
async fn an_unproven_address_opens_little(server: TestServer) {
    let newcomer = server.unverified().await;
    let mut checks = Checks::new();
    for operation in with_session().filter(|operation| !operation.limited_session) {
        let answer = server
            .example(operation)
            .bearer(&newcomer.token())
            .send()
            .await;
        checks.expect_of(operation, "unproven", &answer, (403, "user:not_verified"));
    }
    for id in ["list_action_logs", "authorize_google", "authorize_github"] {
        let operation = contract().operation(id);
        let query = if id == "list_action_logs" {
            "view=own"
        } else {
            "flow=link"
        };
        let target = format!("{}?{query}", operation.path);
        let answer = server.raw(Method::GET, &target).send().await;
        checks.expect_of(operation, query, &answer, (401, "auth:session_required"));
        let answer = server
            .raw(Method::GET, &target)
            .bearer(&newcomer.token())
            .send()
            .await;
        checks.expect_of(operation, query, &answer, (403, "user:not_verified"));
    }
    checks.done();
}

/// SECURITY: 7.5.1, D9.
async fn sensitive_operations_ask_for_a_recent_sign_in(server: TestServer) {
    let user = server.user().await;
    server.advance(Duration::from_secs(10 * 60 + 1));
    let mut checks = Checks::new();
    for operation in &contract().operations {
        // An account with a password proves itself by that.
        if !operation.declares(403, "session:reauthentication_required")
            || operation.id == "change_password"
        {
            continue;
        }
        let mut target = contract_tests::example::target(operation, |_| None);
        if operation.id.starts_with("authorize_") {
            target.push_str("?flow=link");
        }
        let request = server.example(operation).at(&target).bearer(&user.token());
        let answer = request.send().await;
        checks.expect_of(
            operation,
            "long after",
            &answer,
            (403, "session:reauthentication_required"),
        );
    }
    checks.done();
}
