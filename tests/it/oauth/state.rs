//! A trip to a provider ends where it began, once.

use accord_client::Client;
use accord_client::types::{OauthFlow, SignInStatus};
use contract_tests::prelude::*;

use super::fake::{Fake, Person};
use super::server;
use super::trip::{BOTH, Callback, Provider, authorize, begin, link, login, parameter, sign_in};

pub fn tests() -> Vec<Case> {
    tests![
        an_authorization_asks_for_what_is_needed_and_never_the_same_twice,
        the_redirect_uri_is_the_configured_one_in_both_legs,
        a_trip_ends_once_and_in_time,
        another_browser_cannot_end_it,
        another_provider_or_flow_cannot_end_it,
        another_issuer_is_refused,
        several_windows_may_be_under_way,
        sixteen_at_once_end_a_trip_once,
        a_state_is_used_up_whatever_the_provider_says,
        a_code_of_another_trip_is_refused,
        without_credentials_there_are_no_providers,
    ]
}

pub const INVALID: (u16, &str) = (400, "oauth:invalid_state");

/// The trip is refused before the provider hears of it.
async fn refused(fake: &Fake, client: &Client, provider: Provider, callback: &Callback) {
    fake.calls();
    let refused = login(client, provider, callback)
        .await
        .expect_err("refused");
    assert_eq!(refused, INVALID);
    assert_eq!(
        fake.calls(),
        Vec::<String>::new(),
        "the provider is not asked"
    );
}

/// SECURITY: O-1, O-2, 10.2.1, 10.2.3, 1.2.2.
async fn an_authorization_asks_for_what_is_needed_and_never_the_same_twice(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let mut seen = std::collections::HashSet::new();
    for provider in BOTH {
        for _ in 0..20 {
            let client = server.anonymous();
            let url = authorize(&client, provider, OauthFlow::Login)
                .await
                .expect("a URL");
            fake.approve(&url, &Person::new());
            let mut secrets = vec![parameter(&url, "state"), parameter(&url, "code_challenge")];
            if provider == Provider::Google {
                secrets.push(parameter(&url, "nonce"));
            }
            for secret in secrets {
                assert_eq!(secret.len(), 43, "256 bits in base64url");
                assert!(seen.insert(secret), "the same twice");
            }
        }
    }
    let once = ["GET /.well-known/openid-configuration", "GET /keys"];
    let expected = once.repeat(server.instances().len());
    assert_eq!(fake.calls(), expected, "asked once by each instance");
}

/// SECURITY: O-4, 3.7.2, 10.2.2.
async fn the_redirect_uri_is_the_configured_one_in_both_legs(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let client = server.anonymous();
        let url = authorize(&client, provider, OauthFlow::Login)
            .await
            .expect("a URL");
        let frontend = server.services.config.frontend_url();
        let frontend = frontend.as_str().trim_end_matches('/');
        let expected = format!("{frontend}/oauth/{}", provider.name());
        assert_eq!(parameter(&url, "redirect_uri"), expected);
        let target = format!(
            "/v0/auth/oauth/{}/authorize?redirect_uri=https://evil.example",
            provider.name()
        );
        let answer = server.raw(Method::GET, &target).send().await;
        let url = answer.json()["authorization_url"]
            .as_str()
            .expect("a URL")
            .to_owned();
        assert_eq!(parameter(&url, "redirect_uri"), expected);
    }
    // The fake compares what the two legs say.
    let own = stage
        .server_with(fake.setup().configured(|config| {
            let uri = |uri: &str| Some(uri.parse().expect("a URL"));
            config.oauth.google.redirect_uri = uri("https://app.example.com/back?from=google");
            config.oauth.github.redirect_uri = uri("https://app.example.com/back/github");
        }))
        .await;
    for provider in BOTH {
        let result = sign_in(&fake, &own.anonymous(), provider, &Person::new()).await;
        assert_eq!(
            result.expect("an answer").status,
            SignInStatus::SignupRequired
        );
    }
}

/// SECURITY: D11, O-2.
async fn a_trip_ends_once_and_in_time(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let (client, person) = (server.anonymous(), Person::new());
        let callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
        login(&client, provider, &callback)
            .await
            .expect("an answer");
        refused(&fake, &client, provider, &callback).await;

        let callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
        server.advance(Duration::from_secs(599));
        fake.at(&server);
        login(&client, provider, &callback).await.expect("in time");

        let callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
        server.advance(Duration::from_secs(600));
        refused(&fake, &client, provider, &callback).await;
        for state in ["x", "", &"A".repeat(43), &"A".repeat(256)] {
            if !state.is_empty() {
                let callback = Callback {
                    state: state.to_owned(),
                    ..callback.clone()
                };
                refused(&fake, &client, provider, &callback).await;
            }
        }
    }
}

/// SECURITY: A10, O-2, O-8, 10.1.2; login CSRF.
async fn another_browser_cannot_end_it(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let (client, person) = (server.anonymous(), Person::new());
        let callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
        // One without the cookie, one with another.
        let other = server.anonymous();
        refused(&fake, &other, provider, &callback).await;
        begin(&fake, &other, provider, OauthFlow::Login, &person).await;
        refused(&fake, &other, provider, &callback).await;
        // It was nobody else's to spoil.
        login(&client, provider, &callback)
            .await
            .expect("an answer");
    }
}

/// SECURITY: 10.2.2, 10.1.2, O-2, O-5, A10.
async fn another_provider_or_flow_cannot_end_it(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    for provider in BOTH {
        let client = server.anonymous();
        let callback = begin(&fake, &client, provider, OauthFlow::Login, &Person::new()).await;
        refused(&fake, &client, provider.other(), &callback).await;
        refused(&fake, &client, provider, &callback).await;

        let callback = begin(&fake, &user, provider, OauthFlow::Link, &Person::new()).await;
        refused(&fake, &user, provider, &callback).await;
        let callback = begin(&fake, &user, provider, OauthFlow::Login, &Person::new()).await;
        fake.calls();
        let error = link(&user, provider, &callback).await.expect_err("refused");
        assert_eq!(error, INVALID);
        let callback = begin(&fake, &user, provider, OauthFlow::Link, &Person::new()).await;
        fake.calls();
        let error = link(&user, provider.other(), &callback)
            .await
            .expect_err("refused");
        assert_eq!(error, INVALID);
        assert_eq!(fake.calls(), Vec::<String>::new());
    }
}

/// SECURITY: 10.2.2, O-5.
/// RFC 9207.
async fn another_issuer_is_refused(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    let right = |provider| match provider {
        Provider::Google => fake.url(),
        Provider::Github => format!("{}/login/oauth", fake.url()),
    };
    for provider in BOTH {
        let client = server.anonymous();
        for wrong in [
            "https://evil.example",
            &format!("{}/x", right(provider)),
            &right(provider.other()),
        ] {
            let mut callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
            callback.iss = Some(wrong.to_owned());
            refused(&fake, &client, provider, &callback).await;
        }
        let mut callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
        callback.iss = Some(right(provider));
        login(&client, provider, &callback)
            .await
            .expect("an answer");
    }
}

async fn several_windows_may_be_under_way(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let client = server.anonymous();
    let one = begin(
        &fake,
        &client,
        Provider::Google,
        OauthFlow::Login,
        &Person::new(),
    )
    .await;
    let two = begin(
        &fake,
        &client,
        Provider::Github,
        OauthFlow::Login,
        &Person::new(),
    )
    .await;
    login(&client, Provider::Google, &one)
        .await
        .expect("an answer");
    login(&client, Provider::Github, &two)
        .await
        .expect("an answer");
}

/// SECURITY: T-4, A5; on two instances.
async fn sixteen_at_once_end_a_trip_once(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let second = stage.second_instance(&server, fake.setup()).await;
    for _ in 0..*crate::ROUNDS {
        sixteen_end_a_trip(&fake, &server, &second).await;
    }
}

async fn sixteen_end_a_trip(fake: &Fake, server: &TestServer, second: &TestServer) {
    let authorize = server
        .raw(Method::GET, "/v0/auth/oauth/github/authorize")
        .send()
        .await;
    let binding = authorize
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned();
    let url = authorize.json()["authorization_url"]
        .as_str()
        .expect("a URL")
        .to_owned();
    let body =
        json!({ "code": fake.approve(&url, &Person::new()), "state": parameter(&url, "state") });
    fake.calls();
    let attempts = (0..16).map(|index| {
        let at = if index % 2 == 0 { server } else { second };
        at.example_of("login_with_github")
            .header("cookie", &binding)
            .json(&body)
            .send()
    });
    let answers = futures::future::join_all(attempts).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 200).count(),
        1
    );
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(answer.outcome(), INVALID);
    }
    let exchanges = fake
        .calls()
        .iter()
        .filter(|call| call.starts_with("POST"))
        .count();
    assert_eq!(exchanges, 1, "the provider is asked once");
}

/// SECURITY: O-3.
async fn a_state_is_used_up_whatever_the_provider_says(stage: Stage) {
    use super::fake::Mood;
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let (client, person) = (server.anonymous(), Person::new());
        let callback = begin(&fake, &client, provider, OauthFlow::Login, &person).await;
        fake.token(Mood::Status(500));
        let error = login(&client, provider, &callback)
            .await
            .expect_err("refused");
        assert_eq!(error, (502, "oauth:provider_unavailable"));
        fake.token(Mood::Well);
        refused(&fake, &client, provider, &callback).await;
    }
}

/// SECURITY: O-1, O-6; the PKCE of one trip does not fit the code of another.
async fn a_code_of_another_trip_is_refused(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let invalid = (400, "oauth:invalid_code");
    for provider in BOTH {
        let (victim, attacker) = (server.anonymous(), server.user().await);
        let stolen = begin(&fake, &victim, provider, OauthFlow::Login, &Person::new()).await;
        let own = begin(&fake, &attacker, provider, OauthFlow::Login, &Person::new()).await;
        let mixed = Callback {
            code: stolen.code.clone(),
            ..own
        };
        let error = login(&attacker, provider, &mixed)
            .await
            .expect_err("refused");
        assert_eq!(error, invalid);
        let own = begin(&fake, &attacker, provider, OauthFlow::Link, &Person::new()).await;
        for code in [stolen.code.as_str(), "made up"] {
            let own = begin(&fake, &attacker, provider, OauthFlow::Link, &Person::new()).await;
            let mixed = Callback {
                code: code.to_owned(),
                ..own
            };
            let error = link(&attacker, provider, &mixed)
                .await
                .expect_err("refused");
            assert_eq!(error, invalid);
        }
        // The newer trips of the session have ended this one.
        let error = link(&attacker, provider, &own).await.expect_err("refused");
        assert_eq!(error, INVALID);
    }
}

/// SECURITY: A22.
async fn without_credentials_there_are_no_providers(server: TestServer) {
    let user = server.user().await;
    let none = (503, "oauth:provider_not_configured");
    for provider in BOTH {
        for flow in [OauthFlow::Login, OauthFlow::Link] {
            let error = authorize(&user, provider, flow).await.expect_err("refused");
            assert_eq!(error, none);
        }
        let callback = Callback {
            code: "x".into(),
            state: "x".into(),
            iss: None,
        };
        assert_eq!(
            login(&user, provider, &callback)
                .await
                .expect_err("refused"),
            none
        );
        assert_eq!(
            link(&user, provider, &callback).await.expect_err("refused"),
            none
        );
    }
    assert!(super::trip::connections(&user).await.is_empty());
}
