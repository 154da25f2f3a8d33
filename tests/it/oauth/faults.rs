//! Providers that misbehave (SECURITY F-9, O-7).

use std::sync::atomic::Ordering;

use accord_client::types::OauthFlow;
use contract_tests::prelude::*;
use contract_tests::tls::SelfSigned;

use super::fake::{self, Fake, Forgery, Mood, Person};
use super::server;
use super::trip::{BOTH, Provider, authorize, begin, complete, link, login, sign_in};

pub fn tests() -> Vec<Case> {
    tests![
        a_provider_that_misbehaves_is_unavailable,
        a_provider_that_hangs_is_given_up,
        a_provider_that_is_not_there_is_unavailable,
        discovery_that_fails_is_tried_again,
        redirects_are_not_followed,
        a_provider_that_nobody_vouches_for_is_unavailable,
        codes_that_are_no_good_are_the_clients_fault,
        a_hanging_provider_holds_up_nobody_else,
        a_database_that_fails_is_told_as_such,
    ]
}

const BAD: (u16, &str) = (502, "oauth:provider_unavailable");
const SLOW: (u16, &str) = (504, "oauth:provider_unavailable");

async fn hasty_server(stage: &Stage) -> (Fake, TestServer) {
    let fake = Fake::start().await;
    let server = stage.server_with(fake.hasty_setup()).await;
    fake.at(&server);
    (fake, server)
}

fn moods() -> Vec<Mood> {
    vec![
        Mood::Status(500),
        Mood::Status(503),
        Mood::Status(429),
        Mood::Status(204),
        Mood::Says(""),
        Mood::Says("<html>Sorry</html>"),
        Mood::Says("{"),
        Mood::Says("{}"),
        Mood::Says("null"),
        Mood::Says("[]"),
        Mood::Says(r#"{"access_token": 7, "token_type": "bearer"}"#),
        Mood::Says(r#"{"token_type": "bearer"}"#),
        Mood::Says(r#"{"error": "invalid_client"}"#),
        Mood::Huge,
        Mood::Endless,
    ]
}

/// SECURITY: F-9, D10, 4.2.5.
async fn a_provider_that_misbehaves_is_unavailable(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (mut checks, user) = (Checks::new(), server.user().await);
    for provider in BOTH {
        for mood in moods() {
            fake.token(mood.clone());
            let client = server.anonymous();
            let outcome = sign_in(&fake, &client, provider, &Person::new())
                .await
                .err();
            checks.that(
                outcome.as_ref().is_some_and(|it| *it == BAD) && client.session().is_none(),
                format_args!("token of {provider:?} {mood:?}: {outcome:?}"),
            );
        }
        fake.token(Mood::Status(500));
        let callback = begin(&fake, &user, provider, OauthFlow::Link, &Person::new()).await;
        let outcome = link(&user, provider, &callback).await.err();
        checks.that(
            outcome.as_ref().is_some_and(|it| *it == BAD),
            format_args!("linking {provider:?}: {outcome:?}"),
        );
        fake.token(Mood::Well);
    }
    for mood in moods() {
        fake.api(mood.clone());
        let outcome = sign_in(&fake, &server.anonymous(), Provider::Github, &Person::new()).await;
        let outcome = outcome.err();
        checks.that(
            outcome.as_ref().is_some_and(|it| *it == BAD),
            format_args!("API {mood:?}: {outcome:?}"),
        );
    }
    fake.api(Mood::Well);
    fake.forge(Forgery::NoToken);
    let outcome = sign_in(&fake, &server.anonymous(), Provider::Google, &Person::new()).await;
    checks.that(
        outcome.as_ref().is_err_and(|it| *it == BAD),
        format_args!("no ID token: {outcome:?}"),
    );
    checks.done();
    assert!(super::trip::connections(&user).await.is_empty());
}

/// SECURITY: F-9, D10.
async fn a_provider_that_hangs_is_given_up(stage: Stage) {
    let (fake, server) = hasty_server(&stage).await;
    let user = server.user().await;
    for provider in BOTH {
        fake.token(Mood::Well);
        let login_callback = begin(&fake, &user, provider, OauthFlow::Login, &Person::new()).await;
        let link_callback = begin(&fake, &user, provider, OauthFlow::Link, &Person::new()).await;
        fake.token(Mood::Hangs);
        let error = login(&server.anonymous(), provider, &login_callback).await;
        assert_eq!(error.expect_err("refused"), (400, "oauth:invalid_state"));
        let error = login(&user, provider, &login_callback)
            .await
            .expect_err("refused");
        assert_eq!(error, SLOW);
        let error = link(&user, provider, &link_callback)
            .await
            .expect_err("refused");
        assert_eq!(error, SLOW);
    }
    fake.token(Mood::Well);
    fake.api(Mood::Hangs);
    let error = sign_in(&fake, &server.anonymous(), Provider::Github, &Person::new()).await;
    assert_eq!(error.expect_err("refused"), SLOW);
}

async fn a_provider_that_is_not_there_is_unavailable(stage: Stage) {
    let fake = Fake::start().await;
    let gone = stage
        .server_with(fake.setup().configured(|config| {
            let nowhere = |path: &str| format!("http://127.0.0.1:9{path}").parse().expect("a URL");
            config.oauth.google.issuer = nowhere("/");
            config.oauth.github.token_url = nowhere("/token");
        }))
        .await;
    let client = gone.anonymous();
    let error = authorize(&client, Provider::Google, OauthFlow::Login).await;
    assert_eq!(error.expect_err("refused"), BAD);
    let error = sign_in(&fake, &client, Provider::Github, &Person::new()).await;
    assert_eq!(error.expect_err("refused"), BAD);
}

async fn discovery_that_fails_is_tried_again(stage: Stage) {
    let (fake, server) = hasty_server(&stage).await;
    let client = server.anonymous();
    let mut checks = Checks::new();
    type Set = fn(&Fake, Mood);
    let endpoints: [(&str, Set); 2] = [("metadata", Fake::discovery), ("keys", Fake::keys)];
    for (name, set) in endpoints {
        for (mood, expected) in [
            (Mood::Status(500), BAD),
            (Mood::Says("{"), BAD),
            (Mood::Says("{}"), BAD),
            (Mood::Huge, BAD),
            (Mood::Hangs, SLOW),
        ] {
            set(&fake, mood.clone());
            let outcome = authorize(&client, Provider::Google, OauthFlow::Login)
                .await
                .err();
            checks.that(
                outcome.as_ref().is_some_and(|it| *it == expected),
                format_args!("{name} {mood:?}: {outcome:?}"),
            );
        }
        set(&fake, Mood::Well);
    }
    checks.done();
    authorize(&client, Provider::Google, OauthFlow::Login)
        .await
        .expect("a URL");
}

/// SECURITY: A18, 15.3.2, O-7; the secret of the client goes to nobody else.
async fn redirects_are_not_followed(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (url, visits) = fake::canary().await;
    let away = Mood::Redirects(url);
    fake.discovery(away.clone());
    let error = authorize(&server.anonymous(), Provider::Google, OauthFlow::Login).await;
    assert_eq!(error.expect_err("refused"), BAD);
    fake.discovery(Mood::Well);
    fake.token(away.clone());
    for provider in BOTH {
        let error = sign_in(&fake, &server.anonymous(), provider, &Person::new()).await;
        assert_eq!(error.expect_err("refused"), BAD);
    }
    fake.token(Mood::Well);
    fake.api(away);
    let error = sign_in(&fake, &server.anonymous(), Provider::Github, &Person::new()).await;
    assert_eq!(error.expect_err("refused"), BAD);
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}

/// SECURITY: O-7, 12.2.1, 12.3.1; who cannot prove to be the provider gets neither the code nor the secret.
async fn a_provider_that_nobody_vouches_for_is_unavailable(stage: Stage) {
    let fake = Fake::start().await;
    let folder = std::env::temp_dir().join(format!("accord-idp-{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let Some(impostor) = SelfSigned::start(&folder, &["-www"]).await else {
        return;
    };
    let address = format!("https://localhost:{}", impostor.port);
    let server = stage
        .server_with(fake.setup().configured(move |config| {
            let at = |path: &str| format!("{address}{path}").parse().expect("a URL");
            config.oauth.google.issuer = at("/");
            config.oauth.github.token_url = at("/token");
        }))
        .await;
    let client = server.anonymous();
    let error = authorize(&client, Provider::Google, OauthFlow::Login).await;
    assert_eq!(error.expect_err("refused"), BAD);
    let error = sign_in(&fake, &client, Provider::Github, &Person::new()).await;
    assert_eq!(error.expect_err("refused"), BAD);
    let said = impostor.wait_for("alert").await;
    for word in ["POST", "GET", fake::SECRET] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    std::fs::remove_dir_all(folder).expect("removed");
}

/// SECURITY: D10.
async fn codes_that_are_no_good_are_the_clients_fault(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let client = server.anonymous();
        let mut callback = begin(&fake, &client, provider, OauthFlow::Login, &Person::new()).await;
        callback.code = "made up".to_owned();
        let error = login(&client, provider, &callback)
            .await
            .expect_err("refused");
        assert_eq!(error, (400, "oauth:invalid_code"));
        fake.token(Mood::Says(r#"{"error": "invalid_grant"}"#));
        let error = sign_in(&fake, &client, provider, &Person::new()).await;
        assert_eq!(error.expect_err("refused"), (400, "oauth:invalid_code"));
        fake.token(Mood::Well);
    }
}

/// SECURITY: F-9.
async fn a_hanging_provider_holds_up_nobody_else(stage: Stage) {
    let (fake, server) = hasty_server(&stage).await;
    let user = server.user().await;
    let mut waiting = Vec::new();
    for _ in 0..40 {
        let client = server.anonymous();
        let callback = begin(
            &fake,
            &client,
            Provider::Github,
            OauthFlow::Login,
            &Person::new(),
        )
        .await;
        waiting.push((client, callback));
    }
    fake.token(Mood::Hangs);
    let hanging = futures::future::join_all(
        waiting
            .iter()
            .map(|(client, callback)| login(client, Provider::Github, callback)),
    );
    let meanwhile = async {
        for _ in 0..5 {
            server.sign_in(&user).await;
        }
    };
    let (outcomes, ()) = tokio::join!(hanging, meanwhile);
    for outcome in outcomes {
        assert_eq!(outcome.expect_err("refused"), SLOW);
    }
}

/// What `edge` shows for all other operations; these get as far as the database on a trip only.
async fn a_database_that_fails_is_told_as_such(stage: Stage) {
    let fake = Fake::start().await;
    let setup = fake.setup().configured(|config| {
        config.database.max_connections = 2;
        config.database.acquire_timeout = accord_server::config::Period::secs(1);
    });
    let server = stage.server_with(setup).await;
    fake.at(&server);
    let client = server.anonymous();
    let person = Person::new();
    let result = sign_in(&fake, &client, Provider::Google, &person).await;
    let pending = result
        .expect("an answer")
        .pending_token
        .expect("a token")
        .expose()
        .to_owned();
    let google = begin(&fake, &client, Provider::Google, OauthFlow::Login, &person).await;
    let github = begin(&fake, &client, Provider::Github, OauthFlow::Login, &person).await;
    let fail_with = async |expected: (u16, &str)| {
        let error = login(&client, Provider::Google, &google)
            .await
            .expect_err("refused");
        assert_eq!(error, expected);
        let error = login(&client, Provider::Github, &github)
            .await
            .expect_err("refused");
        assert_eq!(error, expected);
        let error = complete(&client, &pending, "wished")
            .await
            .expect_err("refused");
        assert_eq!(error, expected);
    };
    let held = server.hold_all_connections().await;
    fail_with((503, "system:unavailable")).await;
    drop(held);
    server.break_the_database().await;
    fail_with((500, "system:internal")).await;
}
