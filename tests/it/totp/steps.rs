//! Which codes are right, and that each is right once.

use contract_tests::prelude::*;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        one_step_of_difference_is_tolerated,
        an_accepted_code_is_never_accepted_again,
        nor_is_any_earlier_one,
        the_first_code_is_used_up_by_turning_it_on,
        the_servers_clock_alone_counts,
    ]
}

/// SECURITY: 6.5.5, D6, T-3.
async fn one_step_of_difference_is_tolerated(server: TestServer) {
    for steps in -3..=3_i64 {
        let user = enrolled(&server).await;
        server.advance(10 * STEP);
        let code = user.phone.code(&server, steps);
        let outcome = sign_in(&server, &user, &code).await;
        if steps.abs() <= 1 {
            outcome.unwrap_or_else(|error| panic!("{steps} steps off: {error}"));
        } else {
            assert_eq!(outcome.refusal(), INVALID_CODE, "{steps} steps off");
        }
    }
}

/// SECURITY: A6, T-1, RFC 6238 section 5.2: wherever it is shown again.
async fn an_accepted_code_is_never_accepted_again(server: TestServer) {
    let user = enrolled(&server).await;
    let mut used_at = Vec::new();
    for place in ["verify", "reauthenticate", "regenerate"] {
        let code = user.phone.code(&server, 0);
        match place {
            "verify" => drop(sign_in(&server, &user, &code).await.expect("signed in")),
            "reauthenticate" => reauthenticate(&user, &code).await.expect("proven"),
            _ => {
                let request = user.regenerate_backup_codes();
                let codes = request.body_map(|body| body.code(&code)).await;
                codes.expect("new codes");
            }
        }
        used_at.push(place);
        let again = sign_in(&server, &user, &code).await.refusal();
        assert_eq!(again, INVALID_CODE, "{used_at:?}");
        let again = reauthenticate(&user, &code).await.refusal();
        assert_eq!(again, INVALID_CODE, "{used_at:?}");
        let request = user.regenerate_backup_codes();
        let again = request.body_map(|body| body.code(&code)).await.refusal();
        assert_eq!(again, INVALID_CODE, "{used_at:?}");
        let request = user.disable_totp().body_map(|body| body.code(&code));
        assert_eq!(request.await.refusal(), INVALID_CODE, "{used_at:?}");
        server.advance(STEP);
        let again = sign_in(&server, &user, &code).await.refusal();
        assert_eq!(again, INVALID_CODE, "{used_at:?}, a step later");
    }
    assert!(user.get_me().await.expect("me").totp_enabled);
}

/// SECURITY: T-2.
async fn nor_is_any_earlier_one(server: TestServer) {
    let user = enrolled(&server).await;
    server.advance(10 * STEP);
    let codes = [-1, 0, 1].map(|steps| user.phone.code(&server, steps));
    sign_in(&server, &user, &codes[2])
        .await
        .expect("ahead by a step");
    for code in &codes {
        let refused = sign_in(&server, &user, code).await.refusal();
        assert_eq!(refused, INVALID_CODE);
    }
    server.advance(STEP);
    let next = user.phone.code(&server, 1);
    sign_in(&server, &user, &next).await.expect("a later step");
}

/// SECURITY: T-1.
async fn the_first_code_is_used_up_by_turning_it_on(server: TestServer) {
    let user = server.user().await;
    let phone = set_up(&user).await;
    let code = phone.code(&server, 0);
    let on = user.enable_totp().body_map(|body| body.code(&code)).await;
    on.expect("turned on");
    for code in [&code, &phone.code(&server, -1)] {
        let refused = sign_in(&server, &user, code).await.refusal();
        assert_eq!(refused, INVALID_CODE);
    }
    let next = phone.code(&server, 1);
    sign_in(&server, &user, &next).await.expect("a later step");
}

/// SECURITY: 6.5.8.
async fn the_servers_clock_alone_counts(server: TestServer) {
    let user = enrolled(&server).await;
    let (_, token) = begin(&server, &user).await;
    let body = json!({ "temp_token": token, "code": user.phone.code(&server, 5) });
    let request = server.example_of("verify_totp").json(&body);
    let request = request.header("date", "Sat, 31 Jan 2026 12:03:00 GMT");
    assert_eq!(request.send().await.outcome(), INVALID_CODE);
}
