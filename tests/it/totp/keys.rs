//! Secrets at rest, when keys change.

use accord_server::config::Key;
use accord_server::domain::totp::{Reencrypted, reencrypt};
use contract_tests::prelude::*;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        secrets_are_carried_over_to_a_new_key,
        a_secret_that_cannot_be_read_lets_nobody_in
    ]
}

fn key(id: &str) -> Key {
    Key::new(id, [id.len() as u8; 32])
}

fn with_keys(current: &str, previous: &[&str]) -> Setup {
    let (current, previous) = (key(current), previous.iter().map(|id| key(id)).collect());
    Setup::default().configured(|config| {
        config.keys.current = Some(current);
        config.keys.previous = previous;
    })
}

/// The code of the newest step that was not used yet, on a clock that all servers of the test share.
async fn comes_in(server: &TestServer, user: &Enrolled) {
    let code = user.phone.code(server, 0);
    let signed_in = sign_in(server, user, &code).await;
    signed_in.expect("signed in");
}

/// SECURITY: 11.3.1.
async fn secrets_are_carried_over_to_a_new_key(stage: Stage) {
    let old = stage.server_with(with_keys("one", &[])).await;
    let users = [enrolled(&old).await, enrolled(&old).await];
    let pending = old.user().await;
    let phone = set_up(&pending).await;
    let now = old.services.clock.now();

    let both = stage
        .second_instance(&old, with_keys("second", &["one"]))
        .await;
    both.services.clock.set(now);
    comes_in(&both, &users[0]).await;
    let done = reencrypt(&both.services).await.expect("carried over");
    assert_eq!((done.done, done.unreadable), (3, 0));
    let again = reencrypt(&both.services).await.expect("carried over");
    assert_eq!(again, Reencrypted::default());

    let new = stage.second_instance(&old, with_keys("second", &[])).await;
    new.services.clock.set(now + STEP);
    for user in &users {
        comes_in(&new, user).await;
    }
    let body = json!({ "code": phone.code(&new, 0) });
    let request = new.example_of("enable_totp").bearer(&pending.token());
    assert_eq!(request.json(&body).send().await.outcome(), (200, "ok"));
}

/// SECURITY: F-24, 16.5.3, R-8, 11.3.3.
async fn a_secret_that_cannot_be_read_lets_nobody_in(stage: Stage) {
    let old = stage.server_with(with_keys("one", &[])).await;
    let user = enrolled(&old).await;
    let server = stage.second_instance(&old, with_keys("second", &[])).await;
    server.services.clock.set(old.services.clock.now());
    let code = user.phone.code(&server, 0);
    let (client, token) = begin(&server, &user).await;
    for code in [&code, "000000"] {
        let failed = verify(&client, &token, code).await.refusal();
        assert_eq!(failed, (500, "system:internal"));
        assert!(client.session().is_none());
    }
    // Oftener than wrong codes may be shown: an error of ours is no guess of theirs.
    for _ in 0..12 {
        let request = server.example_of("disable_totp").bearer(&user.token());
        let answer = request.json(&json!({ "code": code })).send().await;
        assert_eq!(answer.outcome(), (500, "system:internal"));
    }
    let done = reencrypt(&server.services).await.expect("looked through");
    assert_eq!((done.done, done.unreadable), (0, 1));
    // What needs no secret still works, and the account as before with its key.
    let code = &user.backup_codes[0];
    verify(&client, &token, code).await.expect("signed in");
    comes_in(&old, &user).await;
}
