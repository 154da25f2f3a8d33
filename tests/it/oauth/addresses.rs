//! Which address of an identity counts, and what it counts for.

use contract_tests::prelude::*;

use super::fake::{self, Person};
use super::server;
use super::trip::{BOTH, Provider, connections, sign_in, sign_up};

pub fn tests() -> Vec<Case> {
    tests![
        an_address_that_has_an_account_is_never_linked_by_the_address,
        only_addresses_that_the_provider_verified_count,
        github_addresses_are_looked_for_on_all_pages,
    ]
}

/// SECURITY: A2, P-1, D1.
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

/// SECURITY: P-5, A3, O-10.
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
    fake.forge(fake::Forgery::Without("email_verified"));
    let refused = sign_in(&fake, &server.anonymous(), Provider::Google, &Person::new()).await;
    let refused = refused.expect_err("refused");
    checks.that(
        refused == (400, "oauth:email_not_verified"),
        format_args!("Google says nothing: {refused:?}"),
    );
    fake.forge(fake::Forgery::None);
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

/// SECURITY: O-10.
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
