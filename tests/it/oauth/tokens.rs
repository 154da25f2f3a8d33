//! ID tokens that are not what they should be (ASVS 6.8.2, 9.1, 9.2, 10.5; regression 3.2 no. 19).

use accord_client::types::{OauthFlow, SignInStatus};
use contract_tests::prelude::*;

use super::browser::Browser;
use super::fake::{Fake, Forgery, Mood, Person};
use super::server;
use super::trip::{BOTH, Provider, authorize, begin, link, login, sign_in, sign_up};

pub fn tests() -> Vec<Case> {
    tests![
        forged_id_tokens_are_refused,
        keys_that_the_provider_does_not_publish_are_looked_for_once_a_minute,
        what_was_discovered_is_kept_while_the_provider_is_down,
        metadata_of_another_issuer_is_refused,
        nothing_of_the_provider_is_kept_in_clear,
    ]
}

const GOOGLE: Provider = Provider::Google;

/// SECURITY: 6.8.2, 9.1.1, 9.1.2, 9.1.3, 9.2.1, 9.2.2, 9.2.3, 10.5.1, 10.5.4, A19.
async fn forged_id_tokens_are_refused(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (known, user) = (Person::new(), server.user().await);
    sign_up(&fake, &server.anonymous(), GOOGLE, &known).await;
    let now = server.services.clock.now().timestamp();
    let jwk = json!({ "kty": "oct", "k": "eA", "alg": "HS256" });
    let forgeries = [
        Forgery::Claim("iss", json!("https://evil.example")),
        Forgery::Claim("iss", json!(format!("{}/", fake.url()))),
        Forgery::Without("iss"),
        Forgery::Claim("aud", json!("another client")),
        Forgery::Claim("aud", json!([])),
        Forgery::Claim("aud", json!(["accord", "another client"])),
        Forgery::Without("aud"),
        Forgery::Claim("azp", json!("another client")),
        Forgery::Claim("nonce", json!("another nonce")),
        Forgery::Without("nonce"),
        Forgery::Claim("exp", json!(now)),
        Forgery::Claim("exp", json!(now - 3600)),
        Forgery::Without("exp"),
        Forgery::Claim("nbf", json!(now + 3600)),
        Forgery::Claim("iat", json!(now - 3600)),
        Forgery::Claim("iat", json!(now + 3600)),
        Forgery::Without("iat"),
        Forgery::Without("sub"),
        Forgery::Claim("sub", json!("")),
        Forgery::Claim("sub", json!(7)),
        Forgery::Unsigned,
        Forgery::HmacWithPublicKey,
        Forgery::OtherSignature,
        Forgery::OtherClaims,
        Forgery::Header("alg", json!("RS512")),
        Forgery::Header("alg", json!("ES256")),
        Forgery::Header("alg", json!("nonsense")),
        Forgery::Header("kid", json!("another key")),
        Forgery::Header("typ", json!("logout+jwt")),
        Forgery::Header("crit", json!(["x"])),
        Forgery::Text(""),
        Forgery::Text("a.b.c"),
        Forgery::Text("e30.e30."),
    ];
    let mut checks = Checks::new();
    for forgery in forgeries {
        fake.forge(forgery.clone());
        for person in [&known, &Person::new()] {
            let client = server.anonymous();
            let outcome = sign_in(&fake, &client, GOOGLE, person).await.err();
            checks.that(
                outcome
                    .as_ref()
                    .is_some_and(|it| *it == (400, "oauth:invalid_id_token")),
                format_args!("{forgery:?}: {outcome:?}"),
            );
            checks.that(
                client.session().is_none(),
                format_args!("{forgery:?}: signed in"),
            );
        }
    }
    // A key in the header of the token is nothing, neither are addresses of keys.
    for (name, value) in [
        ("jwk", jwk),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/cert")),
    ] {
        fake.forge(Forgery::Header(name, value));
        let result = sign_in(&fake, &server.anonymous(), GOOGLE, &known).await;
        checks.that(
            result.is_ok(),
            format_args!("{name} in the header: {result:?}"),
        );
    }
    fake.forge(Forgery::OtherSignature);
    let callback = begin(&fake, &user, GOOGLE, OauthFlow::Link, &Person::new()).await;
    let refused = link(&user, GOOGLE, &callback).await.expect_err("refused");
    checks.that(
        refused == (400, "oauth:invalid_id_token"),
        format_args!("linking: {refused:?}"),
    );
    checks.done();
    assert!(super::trip::connections(&user).await.is_empty());
}

async fn keys_that_the_provider_does_not_publish_are_looked_for_once_a_minute(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    sign_up(&fake, &server.anonymous(), GOOGLE, &person).await;
    fake.calls();
    // The provider changes its key, and that is noticed.
    fake.rotate("two");
    let again = sign_in(&fake, &server.anonymous(), GOOGLE, &person).await;
    assert_eq!(
        again.expect("an answer").status,
        SignInStatus::Authenticated
    );
    assert_eq!(fake.calls(), ["POST /token", "GET /keys"]);
    // Tokens with names of keys that do not exist cause no more looks than one a minute.
    for (advance, looks) in [(0, 0), (61, 1), (0, 0)] {
        server.advance(Duration::from_secs(advance));
        fake.at(&server);
        fake.forge(Forgery::Header("kid", json!("made up")));
        for _ in 0..3 {
            sign_in(&fake, &server.anonymous(), GOOGLE, &person)
                .await
                .expect_err("refused");
        }
        let seen = fake
            .calls()
            .iter()
            .filter(|call| *call == "GET /keys")
            .count();
        assert_eq!(seen, looks, "after {advance} s");
    }
}

async fn what_was_discovered_is_kept_while_the_provider_is_down(stage: Stage) {
    let fake = Fake::start().await;
    let server = stage.server_with(fake.setup().alone()).await;
    fake.at(&server);
    let client = server.anonymous();
    authorize(&client, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    for hours in [2, 20] {
        server.advance(Duration::from_secs(hours * 3600));
        fake.discovery(Mood::Status(500));
        authorize(&client, GOOGLE, OauthFlow::Login)
            .await
            .expect("a URL");
    }
    server.advance(Duration::from_secs(3 * 3600));
    let error = authorize(&client, GOOGLE, OauthFlow::Login)
        .await
        .expect_err("refused");
    assert_eq!(error, (502, "oauth:provider_unavailable"));
    fake.discovery(Mood::Well);
    authorize(&client, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    let callback = begin(&fake, &client, GOOGLE, OauthFlow::Login, &Person::new()).await;
    fake.at(&server);
    login(&client, GOOGLE, &callback).await.expect("an answer");
}

/// SECURITY: A19, 10.5.3.
async fn metadata_of_another_issuer_is_refused(stage: Stage) {
    let (fake, server) = server(&stage).await;
    fake.pretend("https://accounts.google.com");
    let error = authorize(&server.anonymous(), GOOGLE, OauthFlow::Login).await;
    assert_eq!(
        error.expect_err("refused"),
        (502, "oauth:provider_unavailable")
    );
}

/// SECURITY: 10.1.1, T-7; what a trip remembers opens nothing to who reads the database.
async fn nothing_of_the_provider_is_kept_in_clear(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    let browser = Browser::begin(&server, Provider::Google).await;
    let code = fake.approve(&browser.url, &person);
    let row = browser.row(&server, "oauth_state", &browser.state()).await;
    assert!(row.email.is_none() && row.user_id.is_none());
    let data = row.data.expect("data");
    for secret in [browser.state().as_str(), &code, "google", "login"] {
        assert!(!data.contains(secret), "{secret} is in {data}");
    }
    let answer = browser.login(&server, &code, false).await;
    let pending = answer.json()["pending_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let row = browser.row(&server, "pending_signup", &pending).await;
    assert!(row.email.is_none());
    let data = row.data.expect("data");
    for secret in [pending.as_str(), person.email(), "Mona", &person.id] {
        assert!(!data.contains(secret), "{secret} is in {data}");
    }
    // When all is done, the tokens that the provider handed out are nowhere: not in an answer, not in a row.
    let (client, user) = (server.anonymous(), server.user().await);
    let mut told = String::from_utf8_lossy(&answer.body).into_owned();
    for provider in BOTH {
        told += &format!(
            "{:?}",
            sign_up(&fake, &client, provider, &Person::new()).await
        );
        let linked = super::trip::link_to(&fake, &user, provider, &Person::new()).await;
        told += &format!("{:?}", linked.expect("linked"));
    }
    let dump = server.dump().await;
    let tokens = fake.tokens();
    assert_eq!(tokens.len(), 8, "access tokens, and Google's ID tokens");
    for token in &tokens {
        assert!(!told.contains(token));
        assert_eq!(dump.places_of(token.as_bytes()), [""; 0]);
    }
}
