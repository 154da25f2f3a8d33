//! Which account an identity signs in to, or how it gets one.

use std::sync::atomic::Ordering;

use accord_client::types::{OauthFlow, OauthProvider, SignInStatus};
use accord_server::domain::types::SecretToken;
use accord_server::store;
use contract_tests::prelude::*;

use super::fake::{self, Fake, Person};
use super::trip::{BOTH, Provider, begin, complete, connections, sign_in, sign_up};
use crate::totp::phone::Phone;

pub fn tests() -> Vec<Case> {
    tests![
        somebody_new_chooses_a_handle_and_is_signed_in,
        a_known_identity_signs_in_whatever_its_address_has_become,
        one_number_at_two_providers_is_two_people,
        an_address_that_has_an_account_is_never_linked_by_the_address,
        only_addresses_that_the_provider_verified_count,
        github_addresses_are_looked_for_on_all_pages,
        names_that_are_no_handles_are_made_into_some,
        signing_up_takes_nothing_from_the_client_but_a_handle_and_a_name,
        a_refused_handle_leaves_the_pending_token_good,
        a_pending_token_is_good_once_in_one_browser_for_ten_minutes,
        two_pending_sign_ups_of_one_identity_or_address_make_one_account,
        sixteen_sign_ups_at_once_make_one_account,
        a_squatter_gains_nothing,
        signing_in_ends_the_session_that_was_presented,
        the_cookie_lasts_as_it_was_asked_to,
        a_disabled_account_is_not_signed_in_to,
        the_second_factor_is_asked_for_on_this_way_too,
        pictures_are_not_fetched,
        nothing_of_the_provider_is_kept_in_clear,
    ]
}

async fn server(stage: &Stage) -> (Fake, TestServer) {
    let fake = Fake::start().await;
    let server = stage.server_with(fake.setup()).await;
    fake.at(&server);
    (fake, server)
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

/// ASVS 10.5.2.
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

/// ASVS 6.8.1.
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

/// SECURITY D1; regression 3.2 no. 2.
async fn an_address_that_has_an_account_is_never_linked_by_the_address(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    for provider in BOTH {
        for email in [user.email.clone(), user.email.to_uppercase()] {
            let client = server.anonymous();
            let person = Person::with_email(&email);
            let refused = sign_in(&fake, &client, provider, &person).await;
            assert_eq!(
                refused.expect_err("refused"),
                (409, "oauth:email_already_exists")
            );
            assert!(client.session().is_none());
        }
    }
    assert!(connections(&user).await.is_empty());

    // An address that has merely been claimed is in nobody's way.
    let claimed = server.unverified().await;
    let person = Person::with_email(&claimed.email);
    sign_up(&fake, &server.anonymous(), Provider::Google, &person).await;
}

/// SECURITY O-10; regression 3.2 no. 3.
async fn only_addresses_that_the_provider_verified_count(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let mut checks = Checks::new();
    for verified in [json!(false), json!(null), json!("true"), json!(1), json!(0)] {
        let person = Person {
            email_verified: verified.clone(),
            ..Person::new()
        };
        let refused = sign_in(&fake, &server.anonymous(), Provider::Google, &person).await;
        let refused = refused.expect_err("refused");
        checks.that(
            refused == (400, "oauth:email_not_verified"),
            format_args!("Google says {verified}: {refused:?}"),
        );
    }
    for email in [
        None,
        Some("a@b@example.org"),
        Some("no address"),
        Some("a@localhost"),
    ] {
        let person = Person {
            email: email.map(str::to_owned),
            ..Person::new()
        };
        let refused = sign_in(&fake, &server.anonymous(), Provider::Google, &person).await;
        let refused = refused.expect_err("refused");
        checks.that(
            refused == (400, "oauth:email_not_verified"),
            format_args!("Google's address {email:?}: {refused:?}"),
        );
    }
    let address = |email: Value, primary: bool, verified: bool| json!({ "email": email, "primary": primary, "verified": verified, "visibility": null });
    for list in [
        json!([]),
        json!([address(json!("a@example.org"), true, false)]),
        json!([address(json!("a@example.org"), false, true)]),
        json!([address(json!(null), true, true)]),
        json!([address(json!("a@b@example.org"), true, true)]),
    ] {
        let person = Person {
            pages: Some(vec![list.clone()]),
            ..Person::new()
        };
        let refused = sign_in(&fake, &server.anonymous(), Provider::Github, &person).await;
        let refused = refused.expect_err("refused");
        checks.that(
            refused == (400, "oauth:email_not_verified"),
            format_args!("GitHub lists {list}: {refused:?}"),
        );
    }
    checks.done();
}

async fn github_addresses_are_looked_for_on_all_pages(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let other = |n: usize| json!({ "email": format!("a{n}@example.org"), "primary": false, "verified": true });
    let noreply = "1+x@users.noreply.github.com";
    for (pages, expected) in [
        (
            vec![
                json!([other(1), other(2)]),
                json!([other(3)]),
                json!([{ "email": "last@example.org", "primary": true, "verified": true }]),
            ],
            "last@example.org",
        ),
        (
            vec![json!([{ "email": noreply, "primary": true, "verified": true }])],
            noreply,
        ),
    ] {
        let person = Person {
            pages: Some(pages),
            ..Person::new()
        };
        let result = sign_in(&fake, &server.anonymous(), Provider::Github, &person).await;
        let suggestion = result.expect("an answer").suggestion.expect("a suggestion");
        assert_eq!(suggestion.email.to_string(), expected);
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

/// SECURITY O-11; regression 3.2 no. 1.
async fn signing_up_takes_nothing_from_the_client_but_a_handle_and_a_name(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (client, person) = (server.anonymous(), Person::new());
    let result = sign_in(&fake, &client, Provider::Google, &person)
        .await
        .expect("an answer");
    let pending = result.pending_token.expect("a token").expose().to_owned();
    for (name, value) in [
        ("email", json!("victim@example.com")),
        ("provider_user_id", json!("1")),
        ("email_verified", json!(true)),
        ("id", json!("01934f6e-7c1a-7b3e-9d5c-2f8a1b6e4c70")),
        ("password", json!(PASSWORD)),
    ] {
        let mut body = json!({ "pending_token": pending, "handle": "honest" });
        body[name] = value;
        let answer = server
            .example_of("complete_signup")
            .json(&body)
            .send()
            .await;
        assert_eq!(answer.outcome(), (400, "request:invalid"), "{name}");
    }
    let done = client
        .complete_signup()
        .body_map(|body| {
            body.pending_token(pending)
                .handle("honest")
                .display_name(Some("<b>Own</b>".parse().expect("a name")))
        })
        .await
        .expect("an account");
    let user = done.user.expect("the user");
    assert_eq!(user.email.to_string(), person.email());
    assert_eq!(user.display_name.to_string(), "<b>Own</b>");
}

/// SECURITY 2.3.3: all or nothing.
async fn a_refused_handle_leaves_the_pending_token_good(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let taken = server.user().await;
    let (client, person) = (server.anonymous(), Person::new());
    let result = sign_in(&fake, &client, Provider::Github, &person)
        .await
        .expect("an answer");
    let pending = result.pending_token.expect("a token").expose().to_owned();
    for (handle, expected) in [
        (
            taken.handle.to_uppercase(),
            (409, "user:handle_already_exists"),
        ),
        ("admin".to_owned(), (400, "user:handle_reserved")),
    ] {
        let refused = complete(&client, &pending, &handle)
            .await
            .expect_err("refused");
        assert_eq!(refused, expected);
        assert!(client.session().is_none());
    }
    complete(&client, &pending, "free_one")
        .await
        .expect("an account");
}

/// SECURITY O-11, T-8; regression 3.2 no. 11.
async fn a_pending_token_is_good_once_in_one_browser_for_ten_minutes(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (client, person) = (server.anonymous(), Person::new());
    let pending = async || {
        let result = sign_in(&fake, &client, Provider::Google, &person).await;
        result
            .expect("an answer")
            .pending_token
            .expect("a token")
            .expose()
            .to_owned()
    };
    let token = pending().await;
    // Another browser, one that has a binding of its own, and no cookie at all.
    let other = server.anonymous();
    begin(
        &fake,
        &other,
        Provider::Google,
        OauthFlow::Login,
        &Person::new(),
    )
    .await;
    for client in [&other, &server.anonymous()] {
        let refused = complete(client, &token, "stolen")
            .await
            .expect_err("refused");
        assert_eq!(refused, (400, "token:invalid"));
    }
    let expired = pending().await;
    server.advance(Duration::from_secs(600));
    let refused = complete(&client, &expired, "too_late")
        .await
        .expect_err("refused");
    assert_eq!(refused, (400, "token:invalid"));
    fake.at(&server);

    let token = pending().await;
    complete(&client, &token, "in_time")
        .await
        .expect("an account");
    let refused = complete(&client, &token, "once_more")
        .await
        .expect_err("refused");
    assert_eq!(refused, (400, "token:invalid"));
    // It is no state, and a state is no pending token.
    let callback = begin(&fake, &client, Provider::Google, OauthFlow::Login, &person).await;
    let refused = complete(&client, &callback.state, "no_state")
        .await
        .expect_err("refused");
    assert_eq!(refused, (400, "token:invalid"));
}

async fn two_pending_sign_ups_of_one_identity_or_address_make_one_account(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    let twin = Person {
        id: Person::new().id,
        ..person.clone()
    };
    let moved = Person {
        email: Some("moved@example.net".to_owned()),
        ..person.clone()
    };
    let mut waiting = Vec::new();
    for person in [&person, &twin, &moved] {
        let client = server.anonymous();
        let result = sign_in(&fake, &client, Provider::Google, person)
            .await
            .expect("an answer");
        waiting.push((
            client,
            result.pending_token.expect("a token").expose().to_owned(),
        ));
    }
    let finish = async |index: usize, handle: &str| {
        let (client, token) = &waiting[index];
        complete(client, token, handle).await
    };
    finish(0, "first").await.expect("an account");
    assert_eq!(
        finish(1, "same_address").await.expect_err("refused"),
        (409, "oauth:email_already_exists")
    );
    assert_eq!(
        finish(2, "same_person").await.expect_err("refused"),
        (409, "oauth:account_already_linked")
    );
}

/// SECURITY T-4.
async fn sixteen_sign_ups_at_once_make_one_account(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let second = stage.second_instance(&server, fake.setup()).await;
    // One browser, at both instances.
    let browser = Browser::begin(&server, Provider::Google).await;
    let code = fake.approve(&browser.url, &Person::new());
    let answer = browser.login(&server, &code, false).await;
    let pending = answer.json()["pending_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let attempts = (0..16).map(|index| {
        let at = if index % 2 == 0 { &server } else { &second };
        let body = json!({ "pending_token": pending, "handle": format!("racer{index:02}") });
        at.example_of("complete_signup")
            .header("cookie", browser.header())
            .json(&body)
            .send()
    });
    let answers = futures::future::join_all(attempts).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(created, 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(answer.outcome(), (400, "token:invalid"));
    }
}

/// Pre-hijacking (regression 3.2 no. 1): somebody registers with the address before its owner comes by a provider.
async fn a_squatter_gains_nothing(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let person = Person::new();
    let squatter = server
        .register(contract_tests::identity::Person {
            email: person.email().to_owned(),
            ..contract_tests::identity::Person::new()
        })
        .await;
    let mail = server.mail_to(person.email()).await;
    let owner = server.anonymous();
    let user = sign_up(&fake, &owner, Provider::Google, &person)
        .await
        .user
        .expect("the user");

    // The squatter's session is what it was, of another user, and its password signs in to nothing.
    let seen = squatter.get_me().await.expect("a session");
    assert!(seen.id == squatter.user_id && seen.id != user.id && !seen.email_verified);
    assert_eq!(
        squatter.list_oauth_connections().await.refusal(),
        (403, "user:not_verified")
    );
    let client = server.anonymous();
    let attempt = client
        .login()
        .body_map(|body| body.email(person.email()).password(&squatter.password));
    assert_eq!(attempt.await.refusal(), (401, "auth:invalid_credentials"));
    // Even the link that went to the owner's mailbox makes no second account of it.
    let verify = client
        .verify_email()
        .body_map(|body| body.token(mail.token()));
    assert_eq!(verify.await.refusal(), (409, "user:email_already_exists"));
    assert_eq!(connections(&owner).await, [OauthProvider::Google]);
    assert!(!owner.get_me().await.expect("a session").has_password);
}

/// ASVS 7.2.4: session fixation.
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

/// SECURITY 3.3.2: of both cookies.
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

/// ASVS 7.4.2: it looks like a code that is no good, and says no more.
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

/// ASVS 6.3.4, 6.8.4; regression 3.2 no. 20: a provider vouches for one factor.
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

/// SECURITY 2.8: S-1 to S-5.
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

/// ASVS 10.1.1; SECURITY T-7: what a trip remembers opens nothing to who reads the database.
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
}

/// A browser whose cookie the test can read.
struct Browser {
    cookie: contract_tests::answer::Cookie,
    url: String,
}

impl Browser {
    async fn begin(server: &TestServer, provider: Provider) -> Self {
        let target = format!("/v0/auth/oauth/{}/authorize", provider.name());
        let answer = server.raw(Method::GET, &target).send().await;
        Self {
            cookie: contract_tests::answer::Cookie::parse(answer.header("set-cookie")),
            url: answer.json()["authorization_url"]
                .as_str()
                .expect("a URL")
                .to_owned(),
        }
    }

    fn state(&self) -> String {
        super::trip::state(&self.url)
    }

    fn header(&self) -> String {
        format!("{}={}", self.cookie.name, self.cookie.value)
    }

    async fn login(&self, server: &TestServer, code: &str, remember: bool) -> Answer {
        let body = json!({ "code": code, "state": self.state(), "remember_me": remember });
        let request = server.example_of("login_with_google");
        request
            .header("cookie", self.header())
            .json(&body)
            .send()
            .await
    }

    /// What the server remembers by a token.
    async fn row(&self, server: &TestServer, purpose: &str, token: &str) -> store::tokens::Token {
        let hash = |text: &str| SecretToken::parse(text).expect("a token").hash();
        let mut tx = server.services.db.read().await.expect("the database");
        let now = server.services.clock.now();
        let binding = Some(hash(&self.cookie.value));
        let found = store::tokens::peek(&mut tx, hash(token), purpose, binding, now).await;
        found.expect("an answer").expect("a row")
    }
}
