//! Identities linked to an account, and unlinked.

use accord_client::types::{OauthFlow, OauthProvider};
use accord_client::{Client, Secret};
use contract_tests::prelude::*;

use super::fake::Person;
use super::server;
use super::state::INVALID;
use super::trip::{
    BOTH, Provider, authorize, begin, connections, link, link_to, sign_in, sign_up, unlink,
};

pub fn tests() -> Vec<Case> {
    tests![
        a_linked_identity_signs_in_to_the_account,
        an_identity_belongs_to_one_account_at_most,
        an_account_has_one_identity_of_a_provider,
        an_identity_is_unlinked,
        the_last_way_in_stays,
        of_two_unlinked_at_once_one_stays,
        unlinking_needs_a_recent_session,
        a_first_password_needs_a_recent_session,
        links_have_no_need_of_a_verified_address,
        another_session_cannot_end_a_link,
        a_link_ends_with_its_session,
        linking_needs_a_recent_session_of_an_account,
    ]
}

/// SECURITY: 6.3.7.
async fn a_linked_identity_signs_in_to_the_account(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    for provider in BOTH {
        server.advance(Duration::from_secs(1));
        let person = Person::new();
        let linked = link_to(&fake, &user, provider, &person)
            .await
            .expect("linked");
        assert_eq!(linked.provider, provider.typed());
        assert_eq!(
            linked.email.expect("an address").to_string(),
            person.email()
        );
        assert_eq!(
            linked.display_name.expect("a name").to_string(),
            "Mona Lisa Octocat"
        );
        assert_eq!(linked.linked_at, server.services.clock.now());
        let mail = server.mail_to(&user.email).await;
        assert_eq!(mail.subject, "A sign-in was linked");
        let title = match provider {
            Provider::Google => "Google",
            Provider::Github => "GitHub",
        };
        assert!(mail.text.contains(title), "{}", mail.text);

        let client = server.anonymous();
        let result = sign_in(&fake, &client, provider, &person)
            .await
            .expect("signed in");
        let me = result.user.expect("the user");
        assert_eq!(me.id, user.user_id);
        assert_eq!(
            me.email.to_string(),
            user.email,
            "the account's address stays its own"
        );
    }
    assert_eq!(
        connections(&user).await,
        [OauthProvider::Google, OauthProvider::Github]
    );
    assert!(user.get_me().await.is_ok(), "the session goes on");
}

/// SECURITY: O-9, A2.
async fn an_identity_belongs_to_one_account_at_most(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (user, thief) = (server.user().await, server.user().await);
    for provider in BOTH {
        let person = Person::new();
        link_to(&fake, &user, provider, &person)
            .await
            .expect("linked");
        for client in [&thief, &user] {
            let error = link_to(&fake, client, provider, &person)
                .await
                .expect_err("refused");
            assert_eq!(error, (409, "oauth:account_already_linked"));
        }
        let result = sign_in(&fake, &server.anonymous(), provider, &person).await;
        assert_eq!(
            result.expect("signed in").user.expect("the user").id,
            user.user_id
        );
    }
    assert!(connections(&thief).await.is_empty());
    assert!(
        server
            .mails_to(&thief.email)
            .await
            .iter()
            .all(|mail| !mail.subject.contains("linked"))
    );
}

/// SECURITY: 2.3.2.
async fn an_account_has_one_identity_of_a_provider(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    for provider in BOTH {
        link_to(&fake, &user, provider, &Person::new())
            .await
            .expect("linked");
        let error = link_to(&fake, &user, provider, &Person::new()).await;
        assert_eq!(
            error.expect_err("refused"),
            (409, "oauth:provider_already_linked")
        );
    }
    assert_eq!(connections(&user).await.len(), 2);
}

/// SECURITY: 6.3.7, 6.5.6.
async fn an_identity_is_unlinked(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    for provider in BOTH {
        let none = unlink(&user, provider).await.expect_err("refused");
        assert_eq!(none, (404, "oauth:connection_not_found"));
        let person = Person::new();
        link_to(&fake, &user, provider, &person)
            .await
            .expect("linked");
        server.advance(Duration::from_secs(1));
        fake.at(&server);
        unlink(&user, provider).await.expect("unlinked");
        assert_eq!(
            server.mail_to(&user.email).await.subject,
            "A sign-in was unlinked"
        );
        assert!(connections(&user).await.is_empty());
        // The identity is nobody's now.
        let other = server.anonymous();
        let stranger = sign_up(&fake, &other, provider, &person)
            .await
            .user
            .expect("a user");
        assert_ne!(stranger.id, user.user_id);
    }
}

/// SECURITY: O-12.
async fn the_last_way_in_stays(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let last = (400, "oauth:cannot_unlink_last_connection");
    for provider in BOTH {
        let client = server.anonymous();
        sign_up(&fake, &client, provider, &Person::new()).await;
        assert_eq!(unlink(&client, provider).await.expect_err("refused"), last);
        link_to(&fake, &client, provider.other(), &Person::new())
            .await
            .expect("linked");
        unlink(&client, provider).await.expect("unlinked");
        assert_eq!(
            unlink(&client, provider.other())
                .await
                .expect_err("refused"),
            last
        );
        // A password is a way in.
        client
            .change_password()
            .body_map(|body| body.new_password(PASSWORD))
            .await
            .expect("a first password");
        unlink(&client, provider.other()).await.expect("unlinked");
        assert!(connections(&client).await.is_empty());
    }
}

/// SECURITY: 2.3.4, O-12; on two instances.
async fn of_two_unlinked_at_once_one_stays(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let second = stage.second_instance(&server, fake.setup()).await;
    for _ in 0..*crate::ROUNDS {
        let client = server.anonymous();
        sign_up(&fake, &client, Provider::Google, &Person::new()).await;
        link_to(&fake, &client, Provider::Github, &Person::new())
            .await
            .expect("linked");
        let token = client.session().expect("a session");
        let attempts = [(&server, "google"), (&second, "github")].map(|(server, provider)| {
            server
                .example_of("unlink_oauth_connection")
                .bearer(token.expose())
                .json(&json!({ "provider": provider }))
                .send()
        });
        let answers = futures::future::join_all(attempts).await;
        let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 400]);
        assert_eq!(connections(&client).await.len(), 1);
    }
}

/// SECURITY: D9, 7.5.1.
async fn unlinking_needs_a_recent_session(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    link_to(&fake, &user, Provider::Github, &Person::new())
        .await
        .expect("linked");
    server.advance(Duration::from_secs(601));
    let error = unlink(&user, Provider::Github).await.expect_err("refused");
    assert_eq!(error, (403, "session:reauthentication_required"));
    assert_eq!(connections(&user).await, [OauthProvider::Github]);
}

/// SECURITY: D9; nor does a session that was left open give a first password away.
async fn a_first_password_needs_a_recent_session(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let client = server.anonymous();
    sign_up(&fake, &client, Provider::Github, &Person::new()).await;
    server.advance(Duration::from_secs(601));
    let refusal = client
        .change_password()
        .body_map(|body| body.new_password(PASSWORD))
        .await
        .refusal();
    assert_eq!(refusal, (403, "session:reauthentication_required"));
    assert!(!client.get_me().await.expect("the profile").has_password);
}

async fn links_have_no_need_of_a_verified_address(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    let person = Person {
        email_verified: json!(false),
        name: None,
        ..Person::new()
    };
    for provider in BOTH {
        let linked = link_to(&fake, &user, provider, &person)
            .await
            .expect("linked");
        assert!(linked.email.is_none(), "what is not verified is not kept");
        assert!(linked.display_name.is_none());
        let result = sign_in(&fake, &server.anonymous(), provider, &person).await;
        assert_eq!(
            result.expect("signed in").user.expect("the user").id,
            user.user_id
        );
    }
}

/// SECURITY: O-9; link CSRF.
async fn another_session_cannot_end_a_link(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (attacker, victim) = (server.user().await, server.user().await);
    for provider in BOTH {
        let callback = begin(&fake, &attacker, provider, OauthFlow::Link, &Person::new()).await;
        fake.calls();
        let error = link(&victim, provider, &callback)
            .await
            .expect_err("refused");
        assert_eq!(error, INVALID);
        // Even in the same browser: another session, of another account or the same one.
        let again = server.sign_in(&attacker).await;
        let own = attacker.session();
        for token in [victim.token(), again.token()] {
            let callback = begin(&fake, &attacker, provider, OauthFlow::Link, &Person::new()).await;
            attacker.set_session(Some(Secret::from(token.as_str())));
            fake.calls();
            let error = link(&attacker, provider, &callback)
                .await
                .expect_err("refused");
            assert_eq!(error, INVALID);
            assert_eq!(fake.calls(), Vec::<String>::new());
            attacker.set_session(own.clone());
        }
    }
    for user in [&attacker, &victim] {
        assert!(super::trip::connections(user).await.is_empty());
    }
}

/// SECURITY: O-9.
async fn a_link_ends_with_its_session(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let user = server.user().await;
    let callback = begin(
        &fake,
        &user,
        Provider::Google,
        OauthFlow::Link,
        &Person::new(),
    )
    .await;
    user.logout().await.expect("signed out");
    let again = server.sign_in(&user).await;
    user.set_session(again.session());
    let error = link(&user, Provider::Google, &callback)
        .await
        .expect_err("refused");
    assert_eq!(error, INVALID);
}

/// SECURITY: D9, 7.5.1.
async fn linking_needs_a_recent_session_of_an_account(stage: Stage) {
    let (fake, server) = server(&stage).await;
    let (user, newcomer) = (server.user().await, server.unverified().await);
    for provider in BOTH {
        let refusal = async |client: &Client| {
            authorize(client, provider, OauthFlow::Link)
                .await
                .expect_err("refused")
        };
        assert_eq!(
            refusal(&server.anonymous()).await,
            (401, "auth:session_required")
        );
        assert_eq!(refusal(&newcomer).await, (403, "user:not_verified"));
        let callback = begin(&fake, &user, provider, OauthFlow::Link, &Person::new()).await;
        server.advance(Duration::from_secs(601));
        let stale = (403, "session:reauthentication_required");
        assert_eq!(refusal(&user).await, stale);
        let error = link(&user, provider, &callback).await.expect_err("refused");
        assert_eq!(error, stale);
        user.reauthenticate()
            .body_map(|body| body.password(Some(user.password.as_str().into())))
            .await
            .expect("authenticated again");
        fake.at(&server);
    }
    // A fresh sign-in with a linked provider is as good as a password.
    let (client, person) = (server.anonymous(), Person::new());
    sign_up(&fake, &client, Provider::Google, &person).await;
    server.advance(Duration::from_secs(601));
    fake.at(&server);
    let stale = authorize(&client, Provider::Github, OauthFlow::Link).await;
    assert_eq!(
        stale.expect_err("refused"),
        (403, "session:reauthentication_required")
    );
    sign_in(&fake, &client, Provider::Google, &person)
        .await
        .expect("an answer");
    authorize(&client, Provider::Github, OauthFlow::Link)
        .await
        .expect("a URL");
}
