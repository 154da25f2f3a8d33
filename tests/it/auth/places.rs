//! What a limit counts, and what it does not: guesses that were wrong.

use accord_client::Secret;
use accord_client::errors::ReauthenticateError;
use accord_server::config::{Period, Rate};
use contract_tests::answer::Outcome;
use contract_tests::prelude::*;
use futures::future::join_all;

use crate::totp::phone::Phone;

pub fn tests() -> Vec<Case> {
    tests![
        r8_a_right_password_keeps_no_place_in_the_limit,
        r8_a_right_proof_keeps_no_place_in_the_limit,
        r8_what_could_not_be_judged_keeps_no_place_in_the_limit,
        r4_the_right_password_in_a_burst_makes_room_for_itself_alone,
        r3_a_right_password_makes_no_room_for_its_address,
        who_has_one_factor_of_two_keeps_a_place,
    ]
}

const BURST: u32 = 3;
const WRONG: (u16, &str) = (401, "auth:invalid_credentials");
const TOO_MANY: (u16, &str) = (429, "rate_limit:exceeded");
const RIGHT: (u16, &str) = (200, "ok");

/// So few guesses at an account a day that none comes back during a test.
fn strict() -> Setup {
    Setup::default().configured(|config| {
        let rate = Rate::new(BURST, Period::hours(24));
        config.rate_limits.login.per_account = Some(rate.clone());
        config.rate_limits.secret.per_account = Some(rate);
    })
}

async fn try_with(server: &TestServer, user: &Identity, password: &str) -> Outcome {
    let body = json!({ "email": user.email, "password": password });
    server
        .example_of("login")
        .json(&body)
        .send()
        .await
        .outcome()
}

/// As many wrong passwords as the limit has room for, and one more.
async fn use_up(server: &TestServer, user: &Identity, room: u32) {
    for _ in 0..room {
        assert_eq!(try_with(server, user, "a wrong guess").await, WRONG);
    }
    assert_eq!(try_with(server, user, "a wrong guess").await, TOO_MANY);
}

async fn r8_a_right_password_keeps_no_place_in_the_limit(stage: Stage) {
    let server = stage.server_with(strict()).await;
    let user = server.user().await;
    for _ in 0..3 * BURST {
        assert_eq!(try_with(&server, &user, PASSWORD).await, RIGHT);
    }
    assert_eq!(try_with(&server, &user, "a wrong guess").await, WRONG);
    for _ in 0..BURST {
        assert_eq!(try_with(&server, &user, PASSWORD).await, RIGHT);
    }
    // The wrong ones stay counted, and all that was right in between makes no room for more.
    use_up(&server, &user, BURST - 1).await;
    assert_eq!(try_with(&server, &user, PASSWORD).await, TOO_MANY);
}

async fn prove(user: &Identity, password: &str) -> Result<(), ReauthenticateError> {
    let password = Some(Secret::from(password));
    let request = user.reauthenticate();
    request.body_map(|body| body.password(password)).await
}

async fn r8_a_right_proof_keeps_no_place_in_the_limit(stage: Stage) {
    let server = stage.server_with(strict()).await;
    let user = server.user().await;
    for _ in 0..3 * BURST {
        prove(&user, PASSWORD).await.expect("the right one");
    }
    let setup = user.setup_totp().await.expect("a setup");
    let phone = Phone::with_secret(setup.secret.expose());
    let code = phone.code(&server, 0);
    let enable = user.enable_totp().body_map(|body| body.code(code));
    enable.await.expect("turned on");
    for _ in 0..3 * BURST {
        server.advance(Duration::from_secs(30));
        let code = Some(Secret::from(phone.code(&server, 0)));
        let request = user.reauthenticate();
        let proven = request.body_map(|body| body.totp_code(code)).await;
        proven.expect("the right one");
    }
    for _ in 0..BURST {
        let refusal = prove(&user, "a wrong guess").await.refusal();
        assert_eq!(refusal, (400, "password:incorrect"));
    }
    assert_eq!(prove(&user, PASSWORD).await.refusal(), TOO_MANY);
}

async fn r8_what_could_not_be_judged_keeps_no_place_in_the_limit(stage: Stage) {
    let impatient = strict().alone().configured(|config| {
        config.database.acquire_timeout = Period::millis(250);
        config.database.statement_timeout = Period::millis(250);
    });
    let server = stage.server_with(impatient).await;
    let user = server.user().await;
    let held = server.hold_writes().await;
    for _ in 0..2 * BURST {
        let fault = try_with(&server, &user, PASSWORD).await;
        assert_eq!(fault, (503, "system:unavailable"));
    }
    drop(held);
    use_up(&server, &user, BURST).await;
}

/// SECURITY: R-3.
async fn r4_the_right_password_in_a_burst_makes_room_for_itself_alone(stage: Stage) {
    // Forty at once wait for few connections.
    let server = stage.server_with(strict().with_much_patience()).await;
    let user = server.user().await;
    for round in 0..5 {
        let guesses = (0..40).map(|number| {
            let is_right = number == 7 * round;
            try_with(
                &server,
                &user,
                if is_right { PASSWORD } else { "a wrong guess" },
            )
        });
        let outcomes = join_all(guesses).await;
        let count = |outcome| outcomes.iter().filter(|found| **found == outcome).count();
        assert_eq!(count(WRONG) + count(RIGHT) + count(TOO_MANY), 40);
        assert!(count(WRONG) <= BURST as usize, "{outcomes:?}");
        // As many in all as without the right one, which has left its place.
        let mut wrong = count(WRONG);
        while try_with(&server, &user, "a wrong guess").await == WRONG {
            wrong += 1;
        }
        assert_eq!(wrong, BURST as usize);
        server.advance(Duration::from_secs(24 * 3600));
    }
}

/// SECURITY: R-8; or an account of one's own would pay for guesses at those of others.
async fn r3_a_right_password_makes_no_room_for_its_address(stage: Stage) {
    let setup = Setup::default().configured(|config| {
        config.rate_limits.login.per_address = Rate::new(BURST, Period::hours(24));
    });
    let server = stage.server_with(setup).await;
    let user = server.user().await;
    for _ in 0..BURST {
        assert_eq!(try_with(&server, &user, PASSWORD).await, RIGHT);
    }
    assert_eq!(try_with(&server, &user, PASSWORD).await, TOO_MANY);
}

/// SECURITY; each first step ends the owner's own one, so there cannot be any number of them.
async fn who_has_one_factor_of_two_keeps_a_place(stage: Stage) {
    let server = stage.server_with(strict()).await;
    let user = server.user().await;
    let setup = user.setup_totp().await.expect("a setup");
    let phone = Phone::with_secret(setup.secret.expose());
    let code = phone.code(&server, 0);
    let enable = user.enable_totp().body_map(|body| body.code(code));
    enable.await.expect("turned on");
    for _ in 0..BURST {
        assert_eq!(try_with(&server, &user, PASSWORD).await, RIGHT);
    }
    assert_eq!(try_with(&server, &user, PASSWORD).await, TOO_MANY);
}
