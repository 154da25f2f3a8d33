//! Which account an identity signs in to, or how it gets one.

use std::sync::atomic::Ordering;

use accord_client::types::SignInStatus;
use accord_server::store;
use contract_tests::prelude::*;

use super::browser::Browser;
use super::fake::{self, Person};
use super::server;
use super::trip::{BOTH, Provider, complete, connections, sign_in, sign_up};
use crate::totp::phone::Phone;

pub fn tests() -> Vec<Case> {
    tests![
        somebody_new_chooses_a_handle_and_is_signed_in,
        a_known_identity_signs_in_whatever_its_address_has_become,
        one_number_at_two_providers_is_two_people,
        names_that_are_no_handles_are_made_into_some,
        signing_in_ends_the_session_that_was_presented,
        the_cookie_lasts_as_it_was_asked_to,
        a_disabled_account_is_not_signed_in_to,
        the_second_factor_is_asked_for_on_this_way_too,
        pictures_are_not_fetched,
    ]
}

async fn somebody_new_chooses_a_handle_and_is_signed_in(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let (client, person) = (server.anonymous(), Person::new());
        let result = sign_in(&fake, &client, provider, &person)
            .await
            .expect("an answer");
        assert_eq!(result.status, SignInStatus::SignupRequired);
        assert!(result.user.is_none() && result.temp_token.is_none());
        assert!(client.session().is_none(), "nobody is signed in yet");
        let suggestion = result.suggestion.expect("a suggestion");
        assert_eq!(suggestion.email.to_string(), person.email());
        assert_eq!(
            suggestion.display_name.expect("a name").to_string(),
            "Mona Lisa Octocat"
        );
        let handle = suggestion.handle.expect("a handle").to_string();
        let pending = result
            .pending_token
            .expect("a pending token")
            .expose()
            .to_owned();

        let done = complete(&client, &pending, &handle)
            .await
            .expect("an account");
        assert_eq!(done.status, SignInStatus::Authenticated);
        let me = client.get_me().await.expect("a session");
        assert_eq!(done.user.expect("the user").id, me.id);
        assert_eq!(me.email.to_string(), person.email());
        assert!(me.email_verified && !me.has_password);
        assert_eq!(me.handle.to_string(), handle);
        assert_eq!(me.display_name.to_string(), "Mona Lisa Octocat");
        assert_eq!(connections(&client).await, [provider.typed()]);
        assert!(
            !fake.calls().iter().any(|call| call.contains("avatar")),
            "the picture is left alone"
        );

        // And once more, elsewhere.
        let elsewhere = server.anonymous();
        let again = sign_in(&fake, &elsewhere, provider, &person)
            .await
            .expect("an answer");
        assert_eq!(again.status, SignInStatus::Authenticated);
        assert_eq!(elsewhere.get_me().await.expect("a session").id, me.id);
    }
}

/// SECURITY: 10.5.2.
async fn a_known_identity_signs_in_whatever_its_address_has_become(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let (client, mut person) = (server.anonymous(), Person::new());
        let user = sign_up(&fake, &client, provider, &person)
            .await
            .user
            .expect("the user");
        let old = person.clone();
        person.email = Some("moved@example.net".to_owned());
        person.email_verified = json!(false);
        person.login = "renamed".to_owned();
        let again = sign_in(&fake, &server.anonymous(), provider, &person).await;
        assert_eq!(
            again.expect("signed in").user.expect("the user").id,
            user.id
        );

        // The address in somebody else's hands is not the account.
        let heir = Person {
            email: old.email,
            ..Person::new()
        };
        let refused = sign_in(&fake, &server.anonymous(), provider, &heir).await;
        assert_eq!(
            refused.expect_err("refused"),
            (409, "oauth:email_already_exists")
        );
    }
}

/// SECURITY: 6.8.1.
async fn one_number_at_two_providers_is_two_people(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let google = Person::new();
    let github = Person {
        id: google.id.clone(),
        ..Person::new()
    };
    let one = sign_up(&fake, &server.anonymous(), Provider::Google, &google).await;
    let other = sign_up(&fake, &server.anonymous(), Provider::Github, &github).await;
    let (one, other) = (one.user.expect("a user").id, other.user.expect("a user").id);
    assert_ne!(one, other);
    for (provider, person, id) in [
        (Provider::Google, &google, one),
        (Provider::Github, &github, other),
    ] {
        let again = sign_in(&fake, &server.anonymous(), provider, person).await;
        assert_eq!(again.expect("signed in").user.expect("a user").id, id);
    }
}

async fn names_that_are_no_handles_are_made_into_some(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let taken = server.user().await;
    for login in [
        "a",
        "--",
        "admin",
        taken.handle.as_str(),
        "much-longer-than-fifteen",
        "日本",
    ] {
        let person = Person {
            login: login.to_owned(),
            ..Person::new()
        };
        let client = server.anonymous();
        let result = sign_in(&fake, &client, Provider::Github, &person)
            .await
            .expect("an answer");
        let handle = result
            .suggestion
            .expect("a suggestion")
            .handle
            .expect("a handle");
        let pending = result.pending_token.expect("a token").expose().to_owned();
        let done = complete(&client, &pending, &handle.to_string()).await;
        assert!(done.is_ok(), "{login} became {handle:?}: {done:?}");
    }
}

/// SECURITY: 7.2.4; session fixation.
async fn signing_in_ends_the_session_that_was_presented(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    let client = server.anonymous();
    sign_up(&fake, &client, Provider::Github, &person).await;
    let planted = client.session().expect("a session");
    let result = sign_in(&fake, &client, Provider::Github, &person)
        .await
        .expect("an answer");
    assert_eq!(result.status, SignInStatus::Authenticated);
    let token = client.session().expect("a session");
    assert_ne!(token.expose(), planted.expose());
    let answer = server
        .example_of("get_me")
        .bearer(planted.expose())
        .send()
        .await;
    assert_eq!(answer.outcome(), (401, "auth:session_required"));
}

/// SECURITY: 3.3.2; of both cookies.
async fn the_cookie_lasts_as_it_was_asked_to(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    sign_up(&fake, &server.anonymous(), Provider::Google, &person).await;
    for remember in [false, true] {
        let browser = Browser::begin(&server, Provider::Google).await;
        let binding = &browser.cookie;
        assert_eq!(binding.name, "oauth_binding");
        assert_eq!(
            binding.attributes,
            ["httponly", "max-age", "path", "samesite"]
        );
        assert_eq!(binding.attribute("samesite"), Some("Lax"));
        assert_eq!(binding.attribute("path"), Some("/"));
        assert_eq!(binding.attribute("max-age"), Some("600"));
        let code = fake.approve(&browser.url, &person);
        let answer = browser.login(&server, &code, remember).await;
        let cookie = answer.session_cookie().expect("a session");
        assert_eq!(cookie.attribute("max-age").is_some(), remember);
        let all: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        let cleared = all.iter().any(|cookie| {
            let cookie = cookie.to_str().unwrap_or_default();
            cookie.starts_with("oauth_binding=;") && cookie.contains("Max-Age=0")
        });
        assert!(cleared, "{all:?}");
    }
}

/// SECURITY: 7.4.2; it looks like a code that is no good, and says no more.
async fn a_disabled_account_is_not_signed_in_to(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let person = Person::new();
        let user = sign_up(&fake, &server.anonymous(), provider, &person)
            .await
            .user
            .expect("the user");
        let now = server.services.clock.now();
        let mut tx = server.services.db.write().await.expect("the database");
        store::users::set_disabled(&mut tx, user.id.into(), Some(now), now)
            .await
            .expect("disabled");
        tx.commit().await.expect("committed");
        let client = server.anonymous();
        let refused = sign_in(&fake, &client, provider, &person)
            .await
            .expect_err("refused");
        assert_eq!(refused, (400, "oauth:invalid_code"));
        assert!(client.session().is_none());
    }
}

/// SECURITY: A20, 6.3.4, 6.8.4; a provider vouches for one factor.
async fn the_second_factor_is_asked_for_on_this_way_too(stage: Stage) {
    let (fake, server) = server(&stage).await;
    for provider in BOTH {
        let (owner, person) = (server.anonymous(), Person::new());
        let user = sign_up(&fake, &owner, provider, &person)
            .await
            .user
            .expect("the user");
        let setup = owner.setup_totp().await.expect("a setup");
        let phone = Phone::with_secret(setup.secret.expose());
        let code = phone.code(&server, 0);
        let enabled = owner.enable_totp().body_map(|body| body.code(code)).await;
        enabled.expect("turned on");
        server.advance(Duration::from_secs(30));
        fake.at(&server);

        let client = server.anonymous();
        let result = sign_in(&fake, &client, provider, &person)
            .await
            .expect("an answer");
        assert_eq!(result.status, SignInStatus::TotpRequired);
        assert!(result.user.is_none() && client.session().is_none());
        let token = result.temp_token.expect("a token");
        let code = phone.code(&server, 0);
        let verified = client
            .verify_totp()
            .body_map(|body| body.temp_token(token.expose()).code(code))
            .await
            .expect("signed in");
        assert_eq!(verified.user.expect("the user").id, user.id);
    }
}

/// SECURITY: S-1, S-2, S-3, S-4, S-5, 1.3.6, 13.2.4, 13.2.5, A18; whatever address they have.
async fn pictures_are_not_fetched(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (url, visits) = fake::canary().await;
    fake.avatars_at(&url);
    for provider in BOTH {
        let user = sign_up(&fake, &server.anonymous(), provider, &Person::new())
            .await
            .user;
        assert!(user.expect("the user").profile_image_url.is_none());
    }
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}
