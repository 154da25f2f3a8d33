//! A handle is chosen, and the account of an identity begins.

use accord_client::types::{OauthFlow, OauthProvider};
use contract_tests::prelude::*;

use super::browser::Browser;
use super::fake::{Fake, Person};
use super::server;
use super::trip::{Provider, begin, complete, connections, sign_in, sign_up};

pub fn tests() -> Vec<Case> {
    tests![
        signing_up_takes_nothing_from_the_client_but_a_handle_and_a_name,
        a_refused_handle_leaves_the_pending_token_good,
        a_pending_token_is_good_once_in_one_browser_for_ten_minutes,
        two_pending_sign_ups_of_one_identity_or_address_make_one_account,
        sixteen_sign_ups_at_once_make_one_account,
        a_squatter_gains_nothing,
    ]
}

/// SECURITY: A1, O-11.
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

/// SECURITY: 2.3.3; all or nothing.
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

/// SECURITY: A11, D11, O-11, T-8, 2.3.1.
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
    server.advance(Duration::from_secs(599));
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

/// SECURITY: 2.3.4, A11, A2.
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

/// SECURITY: T-4, A5.
async fn sixteen_sign_ups_at_once_make_one_account(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let second = stage.second_instance(&server, fake.setup()).await;
    for round in 0..*crate::ROUNDS {
        sixteen_sign_ups(&fake, &server, &second, round).await;
    }
}

async fn sixteen_sign_ups(fake: &Fake, server: &TestServer, second: &TestServer, round: usize) {
    // One browser, at both instances.
    let browser = Browser::begin(server, Provider::Google).await;
    let code = fake.approve(&browser.url, &Person::new());
    let answer = browser.login(server, &code, false).await;
    let pending = answer.json()["pending_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let attempts = (0..16).map(|index| {
        let at = if index % 2 == 0 { server } else { second };
        let handle = format!("racer{round:02}n{index:02}");
        let body = json!({ "pending_token": pending, "handle": handle });
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

/// SECURITY: P-1, P-3, A1.
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
