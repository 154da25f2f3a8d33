//! Signing in and out, and proving again who one is.

use accord_client::errors::ReauthenticateError;
use accord_client::types::SignInStatus;
use accord_client::{Secret, SessionMode};
use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        signing_in_answers_the_user_and_a_session,
        the_address_is_compared_without_regard_to_case,
        every_failure_looks_the_same_and_costs_the_same,
        the_cookie_ends_with_the_browser_unless_asked_otherwise,
        the_session_works_as_cookie_and_as_bearer,
        signing_in_ends_the_session_that_was_presented,
        signing_out_ends_the_session_and_clears_the_cookie,
        a_proof_renews_the_session,
        a_wrong_proof_is_refused,
        a_weaker_hash_is_renewed_by_signing_in,
        an_overlong_password_is_merely_wrong,
    ]
}

async fn signing_in_answers_the_user_and_a_session(server: TestServer) {
    let user = server.user().await;
    let client = server.anonymous();
    let request = client
        .login()
        .body_map(|body| body.email(&user.email).password(&user.password));
    let result = request.await.expect("signed in");
    assert_eq!(result.status, SignInStatus::Authenticated);
    assert_eq!(result.user.expect("the user").id, user.user_id);
    assert!(result.temp_token.is_none() && result.pending_token.is_none());
    assert_eq!(client.get_me().await.expect("a session").id, user.user_id);
}

async fn the_address_is_compared_without_regard_to_case(server: TestServer) {
    let user = server.user().await;
    let shouting = Identity {
        email: user.email.to_uppercase(),
        ..user
    };
    let signed_in = server.sign_in(&shouting).await;
    assert_eq!(
        signed_in.get_me().await.expect("a session").email,
        shouting.email.to_lowercase()
    );
}

/// SECURITY: 6.3.8, U-1, A12; a wrong password, an unknown and an unproven address, an account without a password, a
/// disabled one, and one whose password is judged no more.
async fn every_failure_looks_the_same_and_costs_the_same(stage: Stage) {
    let (fake, server) = crate::oauth::server(&stage).await;
    let (user, newcomer) = (server.user().await, server.unverified().await);
    let (disabled, guessed) = (server.user().await, server.user().await);
    server.disable(&disabled).await;
    for _ in 0..100 {
        let body = json!({ "email": guessed.email, "password": "a wrong guess" });
        server.example_of("login").json(&body).send().await;
    }
    let stranger = crate::oauth::fake::Person::new();
    let client = server.anonymous();
    crate::oauth::trip::sign_up(
        &fake,
        &client,
        crate::oauth::trip::Provider::Google,
        &stranger,
    )
    .await;
    let mut seen = Vec::new();
    let cases = [
        (user.email.as_str(), "not the password"),
        (user.email.as_str(), "Correct Horse Battery Staple"),
        ("nobody@example.com", PASSWORD),
        (&newcomer.email, PASSWORD),
        (stranger.email(), PASSWORD),
        (&disabled.email, PASSWORD),
        (&guessed.email, PASSWORD),
    ];
    for (email, password) in cases {
        let hashes = server.hashes();
        let body = json!({ "email": email, "password": password });
        let answer = server.example_of("login").json(&body).send().await;
        assert_eq!(
            answer.outcome(),
            (401, "auth:invalid_credentials"),
            "{email}"
        );
        seen.push((answer.shape(), server.hashes() - hashes));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    assert_eq!(seen[0].1, 1, "hashes computed");
    // Nor does it matter when something else is wrong, too.
    for (email, password) in cases {
        let body = json!({ "email": email, "password": password, "surprise": 1 });
        let hashes = server.hashes();
        let answer = server.example_of("login").json(&body).send().await;
        assert_eq!(answer.outcome(), (400, "request:invalid"), "{email}");
        assert_eq!(
            (answer.invalid_fields(), server.hashes() - hashes),
            (vec!["surprise".to_owned()], 0)
        );
    }
}

/// SECURITY: 3.3.2, 3.3.4.
async fn the_cookie_ends_with_the_browser_unless_asked_otherwise(server: TestServer) {
    let user = server.user().await;
    let sign_in = async |remember_me: bool| {
        let body =
            json!({ "email": user.email, "password": user.password, "remember_me": remember_me });
        let answer = server.example_of("login").json(&body).send().await;
        let cookie = answer.session_cookie().expect("a cookie");
        assert!(
            !String::from_utf8_lossy(&answer.body).contains(&cookie.value),
            "the token is in the body"
        );
        cookie
    };
    let fleeting = sign_in(false).await;
    assert_eq!(fleeting.name, "session_id");
    assert_eq!(fleeting.attributes, ["httponly", "path", "samesite"]);
    assert_eq!(
        (fleeting.attribute("path"), fleeting.attribute("samesite")),
        (Some("/"), Some("Lax"))
    );
    let lasting = sign_in(true).await;
    assert_eq!(
        lasting.attributes,
        ["httponly", "max-age", "path", "samesite"]
    );
    assert_eq!(
        lasting.attribute("max-age"),
        Some((720 * 3600).to_string().as_str())
    );
    assert_ne!(lasting.value, fleeting.value);
}

/// SECURITY: 7.2.1.
async fn the_session_works_as_cookie_and_as_bearer(server: TestServer) {
    let user = server.user().await;
    for mode in [SessionMode::Cookie, SessionMode::Bearer] {
        let client = server.client(|client| client.session_mode(mode));
        let request = client
            .login()
            .body_map(|body| body.email(&user.email).password(&user.password));
        request.await.expect("signed in");
        assert_eq!(client.get_me().await.expect("a session").id, user.user_id);
        client.logout().await.expect("signed out");
        assert_eq!(
            client.get_me().await.refusal(),
            (401, "auth:session_required")
        );
    }
    let token = user.token();
    assert_eq!(
        server
            .example_of("get_me")
            .cookie(&token)
            .send()
            .await
            .outcome(),
        (200, "ok")
    );
    assert_eq!(
        server
            .example_of("get_me")
            .bearer(&token)
            .send()
            .await
            .outcome(),
        (200, "ok")
    );
}

/// SECURITY: 7.2.4; no fixation.
async fn signing_in_ends_the_session_that_was_presented(server: TestServer) {
    let user = server.user().await;
    let old = user.token();
    let body = json!({ "email": user.email, "password": user.password });
    let answer = server
        .example_of("login")
        .cookie(&old)
        .json(&body)
        .send()
        .await;
    let new = answer.session_cookie().expect("a cookie").value;
    assert_ne!(new, old);
    assert_eq!(
        server
            .example_of("get_me")
            .cookie(&old)
            .send()
            .await
            .outcome(),
        (401, "auth:session_required")
    );
    assert_eq!(
        server
            .example_of("get_me")
            .cookie(&new)
            .send()
            .await
            .outcome(),
        (200, "ok")
    );
}

/// SECURITY: 7.4.1, 14.3.1.
async fn signing_out_ends_the_session_and_clears_the_cookie(server: TestServer) {
    let user = server.user().await;
    let token = user.token();
    let answer = server.example_of("logout").cookie(&token).send().await;
    assert_eq!(answer.outcome(), (204, "ok"));
    let cookie = answer.session_cookie().expect("a cookie");
    assert_eq!(
        (
            cookie.value.as_str(),
            cookie.attribute("max-age"),
            cookie.attribute("path")
        ),
        ("", Some("0"), Some("/"))
    );
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
    for operation in ["get_me", "logout"] {
        let again = server.example_of(operation).cookie(&token).send().await;
        assert_eq!(again.outcome(), (401, "auth:session_required"));
    }
}

/// SECURITY: 7.2.4, 7.5.1.
async fn a_proof_renews_the_session(server: TestServer) {
    let user = server.user().await;
    let (old, hashes) = (user.token(), server.hashes());
    prove_by(&user, Some(PASSWORD), None).await.expect("proven");
    assert_eq!(server.hashes() - hashes, 1);
    assert_ne!(user.token(), old);
    assert_eq!(
        server
            .example_of("get_me")
            .bearer(&old)
            .send()
            .await
            .outcome(),
        (401, "auth:session_required")
    );
    assert_eq!(
        user.list_sessions()
            .await
            .expect("the renewed session")
            .items
            .len(),
        1
    );
}

/// SECURITY: 7.5.1.
async fn a_wrong_proof_is_refused(server: TestServer) {
    let user = server.user().await;
    for (password, code, refusal) in [
        (Some("not the password"), None, (400, "password:incorrect")),
        (Some(PASSWORD), Some("123456"), (400, "request:invalid")),
        (None, None, (400, "request:invalid")),
    ] {
        assert_eq!(prove_by(&user, password, code).await.refusal(), refusal);
    }
    user.get_me().await.expect("the session as it was");
}

async fn prove_by(
    user: &Identity,
    password: Option<&str>,
    code: Option<&str>,
) -> Result<(), ReauthenticateError> {
    let (password, code) = (password.map(Secret::from), code.map(Secret::from));
    user.reauthenticate()
        .body_map(|body| body.password(password).totp_code(code))
        .await
}

/// SECURITY: 11.4.2, N-6.
async fn a_weaker_hash_is_renewed_by_signing_in(stage: Stage) {
    let weak = stage.server().await;
    let user = weak.user().await;
    let hashed_with = async |parameters: &str| {
        let dump = weak.dump().await;
        dump.places_of(format!("$argon2id$v=19${parameters}$").as_bytes())
    };
    assert_eq!(hashed_with("m=8,t=1,p=1").await, ["users.password_hash"]);
    let setup = Setup::default().configured(|config| config.password.argon2_memory = 16);
    let strong = stage.second_instance(&weak, setup).await;
    for _ in 0..2 {
        strong.sign_in(&user).await;
        assert_eq!(hashed_with("m=16,t=1,p=1").await, ["users.password_hash"]);
    }
    // One that knows the weaker only does not weaken it.
    weak.sign_in(&user).await;
    assert_eq!(hashed_with("m=16,t=1,p=1").await, ["users.password_hash"]);
}

/// The contract admits 256 characters, no password has more than 128: what is longer is wrong, not invalid.
async fn an_overlong_password_is_merely_wrong(server: TestServer) {
    let user = server.user().await;
    let overlong = "a".repeat(256);
    let body = json!({ "email": &user.email, "password": &overlong });
    let answer = server.example_of("login").json(&body).send().await;
    assert_eq!(answer.outcome(), (401, "auth:invalid_credentials"));
    for (operation, body) in [
        ("reauthenticate", json!({ "password": &overlong })),
        (
            "change_password",
            json!({ "current_password": &overlong, "new_password": "tangerine umbrella voyage" }),
        ),
        (
            "change_email",
            json!({ "new_email": "elsewhere@example.com", "password": &overlong }),
        ),
    ] {
        let request = server.example_of(operation).bearer(&user.token());
        let answer = request.json(&body).send().await;
        assert_eq!(answer.outcome(), (400, "password:incorrect"), "{operation}");
    }
}
