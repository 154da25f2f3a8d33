//! What attackers try that belongs to no single operation.

use std::collections::BTreeSet;

use contract_tests::prelude::*;
use http::header::{CONTENT_TYPE, SET_COOKIE};

const SECONDS_A_YEAR: u64 = 366 * 24 * 3600;

pub fn tests() -> Vec<Case> {
    tests![
        reading_changes_nothing_and_signs_nobody_in,
        session_tokens_are_random_and_short,
        nobody_is_there_at_the_beginning,
        a_password_does_not_age,
        a_list_of_addresses_is_no_address,
        an_id_in_a_body_names_nobody,
        an_upload_by_a_form_elsewhere_is_refused,
        a_disabled_account_has_no_session_at_once,
    ]
}

/// SECURITY: 3.5.3, 7.6.2; every row of the database is as it was.
async fn reading_changes_nothing_and_signs_nobody_in(server: TestServer) {
    let user = server.user().await;
    let state = async || {
        let dump = server.dump().await;
        // The mails of before are on their way meanwhile.
        (dump.count("mails"), dump.without(&["mails"]))
    };
    let before = state().await;
    let mut checks = Checks::new();
    let reads = contract().operations.iter();
    // A stream has no end; what it does is for its own tests.
    let reads = reads.filter(|operation| !operation.is_unsafe() && operation.tag != "eventstream");
    for operation in reads {
        let target = contract_tests::example::target(operation, |_| None);
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            for token in [Some(user.token()), None] {
                let request = server.raw(method.clone(), &target);
                let answer = match &token {
                    Some(token) => request.bearer(token).send().await,
                    None => request.send().await,
                };
                checks.that(
                    answer.session_cookie().is_none(),
                    format_args!("{method} {} sets a session", operation.id),
                );
            }
        }
    }
    checks.done();
    assert!(state().await == before, "something has changed");
}

/// SECURITY: 7.2.2, 7.2.3, 3.3.5.
async fn session_tokens_are_random_and_short(server: TestServer) {
    let user = server.user().await;
    let (mut tokens, mut fronts) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..50 {
        let body = json!({ "email": &user.email, "password": PASSWORD, "remember_me": true });
        let answer = server.example_of("login").json(&body).send().await;
        let cookies = answer.headers.get_all(SET_COOKIE).iter();
        assert!(cookies.map(|cookie| cookie.len()).sum::<usize>() < 4096);
        let token = answer.session_cookie().expect("a session").value;
        // 256 bits in base64url; the first 36 of them alone tell fifty tokens apart, so no time is in them.
        assert_eq!(token.len(), 43, "{token}");
        assert!(
            token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        fronts.insert(token[..6].to_owned());
        tokens.insert(token);
    }
    assert_eq!((tokens.len(), fronts.len()), (50, 50));
}

/// SECURITY: 6.3.2.
async fn nobody_is_there_at_the_beginning(server: TestServer) {
    let dump = server.dump().await;
    for table in ["users", "sessions", "tokens", "oauth_connections"] {
        assert_eq!(dump.count(table), 0, "{table}");
    }
    for (email, password) in [
        ("admin@example.com", "admin"),
        ("root@localhost.localdomain", "root"),
        ("admin@accord.example", "password"),
        ("test@example.com", "test1234"),
    ] {
        let body = json!({ "email": email, "password": password });
        let answer = server.example_of("login").json(&body).send().await;
        assert_eq!(answer.outcome(), (401, "auth:invalid_credentials"));
    }
    for query in ["admin", "root", "test", "a"] {
        let target = format!("/v0/search/users?query={query}");
        let found = server.raw(Method::GET, &target).send().await.json();
        assert_eq!(found["items"], json!([]), "{query}");
    }
}

/// SECURITY: 6.2.10, N-3.
async fn a_password_does_not_age(server: TestServer) {
    let user = server.user().await;
    server.advance(Duration::from_secs(5 * SECONDS_A_YEAR));
    let later = server.sign_in(&user).await;
    assert_eq!(later.get_me().await.expect("signed in").id, user.user_id);
}

/// SECURITY: A13, 15.3.5, 15.3.7, 1.3.11.
async fn a_list_of_addresses_is_no_address(server: TestServer) {
    let user = server.user().await;
    let before = server.mails_to(&user.email).await.len();
    for email in [
        json!([&user.email, "attacker@example.com"]),
        json!({ "$ne": 1 }),
        json!({ "address": &user.email }),
        json!(format!("{},attacker@example.com", user.email)),
        json!(format!("{}\r\nBcc: attacker@example.com", user.email)),
    ] {
        let body = json!({ "email": email });
        let answer = server
            .example_of("forgot_password")
            .json(&body)
            .send()
            .await;
        assert_eq!(answer.outcome(), (400, "request:invalid"), "{email}");
        assert_eq!(answer.invalid_fields(), ["email"]);
    }
    // What is in the query is not the body's.
    let target = format!("/v0/auth/forgot-password?email={}", user.email);
    let request = server.raw(Method::POST, &target).json(&json!({}));
    assert_eq!(request.send().await.invalid_fields(), ["email"]);
    assert_eq!(server.mails_to(&user.email).await.len(), before);
    assert!(server.mails_to("attacker@example.com").await.is_empty());
}

/// SECURITY: A14, 15.3.3.
async fn an_id_in_a_body_names_nobody(server: TestServer) {
    let (user, victim) = (server.user().await, server.user().await);
    let mut checks = Checks::new();
    for operation in &contract().operations {
        let Some(example) = operation
            .body
            .as_ref()
            .and_then(|body| body.example.as_ref())
        else {
            continue;
        };
        for name in ["user_id", "userId", "id", "actor_id"] {
            let mut body = example.clone();
            body[name] = json!(victim.user_id);
            if operation.session == Session::Required {
                let answer = server.example(operation).json(&body).send().await;
                checks.expect_of(operation, name, &answer, (401, "auth:session_required"));
            }
            let request = server.example(operation).bearer(&user.token());
            let answer = request.json(&body).send().await;
            checks.expect_of(operation, name, &answer, (400, "request:invalid"));
            checks.that(
                answer.invalid_fields() == [name],
                format_args!("{}: {name} is not told", operation.id),
            );
        }
    }
    checks.done();
}

/// SECURITY: C-4.
async fn an_upload_by_a_form_elsewhere_is_refused(server: TestServer) {
    let user = server.user().await;
    let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nbytes\r\n--x--\r\n";
    for operation in ["upload_profile_image", "upload_banner_image"] {
        let upload = |site: Option<&str>| {
            let request = server
                .example_of(operation)
                .cookie(&user.token())
                .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
                .body(form);
            match site {
                Some(site) => request.header("sec-fetch-site", site),
                None => request,
            }
        };
        let elsewhere = upload(Some("cross-site")).send().await;
        assert_eq!(elsewhere.outcome(), (403, "csrf:cross_origin"));
        // A form that says nothing of where it comes from is no better.
        assert_eq!(
            upload(None).send().await.outcome(),
            (403, "csrf:cross_origin")
        );
        let here = upload(Some("same-origin")).send().await;
        assert_eq!(here.outcome(), (415, "request:unsupported_media_type"));
    }
}

/// SECURITY: A16, 7.4.2.
async fn a_disabled_account_has_no_session_at_once(server: TestServer) {
    let user = server.user().await;
    server.disable(&user).await;
    for server in server.instances() {
        for request in [
            server.example_of("get_me").bearer(&user.token()),
            server.example_of("get_me").cookie(&user.token()),
            server.example_of("update_me").bearer(&user.token()),
        ] {
            assert_eq!(
                request.send().await.outcome(),
                (401, "auth:session_required")
            );
        }
    }
    let body = json!({ "email": &user.email, "password": PASSWORD });
    let answer = server.example_of("login").json(&body).send().await;
    assert_eq!(answer.outcome(), (401, "auth:invalid_credentials"));
}
