//! An account from its registration to the end of its session.

use accord_client::Patch;
use accord_client::types::SignInStatus;
use contract_tests::prelude::*;
use contract_tests::remote::Remote;
use futures::TryStreamExt as _;

/// Nobody else has this name, on whatever server.
#[allow(clippy::disallowed_methods)] // a server of others keeps what it was told
fn handle() -> String {
    format!("c{}", &uuid::Uuid::now_v7().simple().to_string()[..12])
}

pub async fn play(remote: Remote) {
    let (client, stranger) = (remote.client(), remote.client());
    let handle = handle();
    let email = format!("{handle}@example.com");
    let registration = client
        .create_user()
        .body_map(|body| body.email(&email).handle(&handle).password(PASSWORD));
    let registered = registration.await.expect("registered");
    assert!(!registered.email_verified);
    let again = stranger.create_user().body_map(|body| {
        body.email("x@example.com")
            .handle(&handle)
            .password(PASSWORD)
    });
    assert_eq!(again.await.refusal(), (409, "user:handle_already_exists"));
    let early = stranger
        .login()
        .body_map(|body| body.email(&email).password(PASSWORD));
    assert_eq!(early.await.refusal(), (401, "auth:invalid_credentials"));

    let mails = remote.mails_to(&email).await.to_string();
    let token = mails.split("#token=").nth(1).expect("a link");
    let token: String = token
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect();
    let verify = || client.verify_email().body_map(|body| body.token(&token));
    verify().await.expect("verified");
    assert_eq!(verify().await.refusal(), (400, "token:invalid"));

    let login = client
        .login()
        .body_map(|body| body.email(&email).password(PASSWORD));
    assert_eq!(
        login.await.expect("signed in").status,
        SignInStatus::Authenticated
    );
    assert!(client.get_me().await.expect("oneself").email_verified);
    let edit = client.update_me().body_map(|body| {
        body.display_name("Conformance".to_owned())
            .bio(Patch::Set("Hello.".into()))
    });
    edit.await.expect("changed");
    let clear = client.update_me().body_map(|body| body.bio(Patch::Null));
    assert_eq!(clear.await.expect("cleared").bio, None);

    let found: Vec<_> = stranger
        .search_users()
        .query(&handle)
        .stream()
        .try_collect()
        .await
        .expect("found");
    assert!(found.iter().any(|user| user.handle == handle));
    let sessions = client.list_sessions().await.expect("sessions");
    assert!(sessions.items.iter().any(|session| session.is_current));
    let log = stranger.list_action_logs().actor_id(registered.id).await;
    assert!(!log.expect("the log").items.is_empty());

    client.logout().await.expect("signed out");
    assert_eq!(
        client.get_me().await.refusal(),
        (401, "auth:session_required")
    );
}
