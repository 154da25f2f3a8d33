//! Signing in with the second factor.

use contract_tests::prelude::*;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        the_second_step_opens_the_session,
        the_first_step_opens_nothing,
        remember_me_is_kept_over_the_second_step,
        the_presented_session_ends_with_the_second_step,
        five_wrong_codes_end_the_token,
        the_token_lives_five_minutes,
        the_token_authorises_nothing_else,
        a_token_works_once,
        a_new_sign_in_replaces_the_earlier_token,
        what_is_no_token_is_refused,
        the_code_of_somebody_else_is_wrong,
        an_account_that_is_disabled_meanwhile_stays_out,
        a_reset_password_does_not_replace_the_second_factor,
    ]
}

async fn the_second_step_opens_the_session(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    let result = verify(&client, &token, &user.phone.code(&server, 0)).await;
    let result = result.expect("signed in");
    assert_eq!(result.status, SignInStatus::Authenticated);
    let shown = result.user.expect("the user");
    assert!(shown.id == user.user_id && shown.totp_enabled);
    assert!(result.temp_token.is_none() && result.pending_token.is_none());
    assert_eq!(client.get_me().await.expect("a session").id, user.user_id);
    let (action, facts) = log_of(&server, &user).await.swap_remove(0);
    assert_eq!(action, "auth:login");
    assert_eq!(facts, json!({ "method": "password_totp" }));
}

/// SECURITY: A4, T-13.
async fn the_first_step_opens_nothing(server: TestServer) {
    let user = enrolled(&server).await;
    let before = user.list_sessions().await.expect("sessions").items.len();
    let body = json!({ "email": user.email, "password": user.password });
    let answer = server.example_of("login").json(&body).send().await;
    assert_eq!(answer.outcome(), (200, "ok"));
    assert_eq!(answer.header("set-cookie"), "");
    let body = answer.json();
    let lifetime = 300 * SECOND;
    let end: chrono::DateTime<chrono::Utc> =
        serde_json::from_value(body["expires_at"].clone()).expect("a time");
    assert_eq!(end, server.services.clock.now() + lifetime);
    let mut names: Vec<_> = body.as_object().expect("an object").keys().collect();
    names.sort_unstable();
    assert_eq!(names, ["expires_at", "status", "temp_token"]);
    let after = user.list_sessions().await.expect("sessions").items.len();
    assert_eq!(after, before);
}

async fn remember_me_is_kept_over_the_second_step(server: TestServer) {
    let user = enrolled(&server).await;
    for remember_me in [true, false] {
        let body =
            json!({ "email": user.email, "password": user.password, "remember_me": remember_me });
        let answer = server.example_of("login").json(&body).send().await;
        let code = user.phone.code(&server, 0);
        let body = json!({ "temp_token": answer.json()["temp_token"], "code": code });
        let answer = server.example_of("verify_totp").json(&body).send().await;
        let cookie = answer.session_cookie().expect("a cookie");
        assert_eq!(cookie.attribute("max-age").is_some(), remember_me);
        assert!(!String::from_utf8_lossy(&answer.body).contains(&cookie.value));
        server.advance(STEP);
    }
}

/// SECURITY: 7.2.4.
async fn the_presented_session_ends_with_the_second_step(server: TestServer) {
    let user = enrolled(&server).await;
    let token = user.token();
    let is_live = async || {
        let answer = server.example_of("get_me").cookie(&token).send().await;
        answer.status == 200
    };
    let body = json!({ "email": user.email, "password": user.password });
    let answer = server.example_of("login").cookie(&token).json(&body);
    let temp_token = answer.send().await.json()["temp_token"].clone();
    assert!(is_live().await);
    let second = async |code: String| {
        let body = json!({ "temp_token": temp_token, "code": code });
        let request = server.example_of("verify_totp").cookie(&token).json(&body);
        request.send().await.outcome()
    };
    assert_eq!(second(user.phone.wrong_code(&server)).await, INVALID_CODE);
    assert!(is_live().await);
    assert_eq!(second(user.phone.code(&server, 0)).await, (200, "ok"));
    assert!(!is_live().await);
}

/// SECURITY: 6.6.3, R-2.
async fn five_wrong_codes_end_the_token(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    let wrong = user.phone.wrong_code(&server);
    for code in [
        &wrong,
        "no code at all",
        &wrong,
        "0000-0000-0000-0000-0000-0000",
        &wrong,
    ] {
        assert_eq!(verify(&client, &token, code).await.refusal(), INVALID_CODE);
    }
    let right = user.phone.code(&server, 0);
    for code in [&right, &user.backup_codes[0], &wrong] {
        assert_eq!(verify(&client, &token, code).await.refusal(), INVALID_TOKEN);
    }
    let log = log_of(&server, &user).await;
    let failures = log
        .iter()
        .filter(|(action, _)| action == "auth:login_failed");
    assert_eq!(failures.count(), 5);
    sign_in(&server, &user, &right)
        .await
        .expect("the code is unused");
    assert_eq!(remaining(&user).await, 10);
}

/// SECURITY: 6.5.5, D11.
async fn the_token_lives_five_minutes(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    server.advance(299 * SECOND);
    let code = user.phone.code(&server, 0);
    verify(&client, &token, &code).await.expect("in time");
    let (client, token) = begin(&server, &user).await;
    server.advance(300 * SECOND);
    let code = user.phone.code(&server, 0);
    let late = verify(&client, &token, &code).await.refusal();
    assert_eq!(late, INVALID_TOKEN);
}

/// SECURITY: A4, T-8, T-13, 8.2.1.
async fn the_token_authorises_nothing_else(server: TestServer) {
    let user = enrolled(&server).await;
    let (_, token) = begin(&server, &user).await;
    let mut checks = Checks::new();
    let operations = contract().operations.iter();
    for operation in operations.filter(|operation| operation.session == Session::Required) {
        for request in [
            server.example(operation).bearer(&token),
            server.example(operation).cookie(&token),
        ] {
            let answer = request.send().await;
            let refused = (401, "auth:session_required");
            checks.expect(&operation.id, &answer, refused);
        }
    }
    for (operation, body) in [
        ("verify_email", json!({ "token": token })),
        ("confirm_email_change", json!({ "token": token })),
        (
            "reset_password",
            json!({ "token": token, "new_password": "another good passphrase" }),
        ),
    ] {
        let answer = server.example_of(operation).json(&body).send().await;
        checks.expect(operation, &answer, INVALID_TOKEN);
    }
    checks.done();
    let body = json!({ "temp_token": user.token(), "code": user.phone.code(&server, 0) });
    let answer = server.example_of("verify_totp").json(&body).send().await;
    assert_eq!(answer.outcome(), INVALID_TOKEN, "a session is no token");
    let body = json!({ "temp_token": token, "code": user.phone.code(&server, 0) });
    let answer = server.example_of("verify_totp").json(&body).send().await;
    assert_eq!(answer.outcome(), (200, "ok"), "nothing has used it up");
}

/// SECURITY: T-8, 6.4.1.
async fn a_token_works_once(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    let code = user.phone.code(&server, 0);
    verify(&client, &token, &code).await.expect("signed in");
    for code in [&user.phone.code(&server, 1), &user.backup_codes[0]] {
        let again = verify(&server.anonymous(), &token, code).await;
        assert_eq!(again.refusal(), INVALID_TOKEN);
    }
}

/// SECURITY: T-8.
async fn a_new_sign_in_replaces_the_earlier_token(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, first) = begin(&server, &user).await;
    let (_, second) = begin(&server, &user).await;
    let code = user.phone.code(&server, 0);
    let refused = verify(&client, &first, &code).await.refusal();
    assert_eq!(refused, INVALID_TOKEN);
    verify(&client, &second, &code).await.expect("signed in");
}

/// SECURITY: T-6.
async fn what_is_no_token_is_refused(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    let other_case = token.chars().rev().collect::<String>();
    let code = user.phone.code(&server, 0);
    for token in [
        "q3J8mVxT0b5nYk2LwR7dZc9sHf4uPa6eGi1oXtMvBy8",
        "not a token at all",
        &other_case,
        &format!("{token}x"),
    ] {
        let refused = verify(&client, token, &code).await.refusal();
        assert_eq!(refused, INVALID_TOKEN, "{token}");
    }
    verify(&client, &token, &code).await.expect("signed in");
}

/// SECURITY: 6.6.2.
async fn the_code_of_somebody_else_is_wrong(server: TestServer) {
    let (user, other) = (enrolled(&server).await, enrolled(&server).await);
    let (client, token) = begin(&server, &user).await;
    for code in [&other.phone.code(&server, 0), &other.backup_codes[0]] {
        let refused = verify(&client, &token, code).await.refusal();
        assert_eq!(refused, INVALID_CODE);
    }
    assert_eq!(remaining(&other).await, 10);
}

/// SECURITY: 7.4.2.
async fn an_account_that_is_disabled_meanwhile_stays_out(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    server.disable(&user).await;
    let code = user.phone.code(&server, 0);
    let refused = verify(&client, &token, &code).await.refusal();
    assert_eq!(refused, INVALID_TOKEN);
}

/// SECURITY: 6.3.6, 6.3.4, 6.4.3, 6.4.4.
async fn a_reset_password_does_not_replace_the_second_factor(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, pending) = begin(&server, &user).await;
    let anybody = server.anonymous();
    let asked = anybody.forgot_password();
    let asked = asked.body_map(|body| body.email(&user.email)).await;
    asked.expect("a mail");
    let token = server.mail_to(&user.email).await.token();
    let password = "another good passphrase";
    let body = json!({ "token": token, "new_password": password });
    let answer = server.example_of("reset_password").json(&body).send().await;
    assert_eq!(answer.outcome(), (204, "ok"));
    assert_eq!(answer.header("set-cookie"), "");
    let gone = user.get_me().await.refusal();
    assert_eq!(gone, (401, "auth:session_required"));
    let code = user.phone.code(&server, 0);
    let cancelled = verify(&client, &pending, &code).await.refusal();
    assert_eq!(cancelled, INVALID_TOKEN);

    let renewed = Identity {
        password: password.into(),
        ..user.identity.clone()
    };
    let client = sign_in(&server, &renewed, &code).await.expect("signed in");
    let status = client.get_totp_status().await.expect("the status");
    assert_eq!((status.enabled, status.backup_codes_remaining), (true, 10));
}
