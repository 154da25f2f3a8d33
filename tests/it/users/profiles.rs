//! Public profiles, and handles still to be had.

use accord_client::types::HandleUnavailableReason;
use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        strangers_see_the_profile_and_no_more,
        profiles_of_the_unproven_do_not_exist,
        a_profile_is_found_by_handle_and_id,
        availability_is_told_with_the_reason,
    ]
}

/// SECURITY: 8.2.3, 15.3.1; whoever asks, of whom.
async fn strangers_see_the_profile_and_no_more(server: TestServer) {
    let (user, other) = (server.user().await, server.user().await);
    let targets = [
        format!("/v0/users/profile?handle={}", user.handle),
        format!("/v0/users/profile/id?user_id={}", user.user_id),
        format!("/v0/search/users?query={}", user.handle),
    ];
    for target in &targets {
        for token in [None, Some(user.token()), Some(other.token())] {
            let request = server.raw(Method::GET, target);
            let answer = match token {
                Some(token) => request.bearer(&token).send().await,
                None => request.send().await,
            };
            assert_eq!(answer.outcome(), (200, "ok"), "{target}");
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(text.contains(&user.handle), "{target}: {text}");
            for private in [
                user.email.as_str(),
                "email",
                "verified",
                "totp",
                "password",
                "127.0.0.1",
                "agent",
                "role",
                "session",
                "connection",
                "disabled",
            ] {
                assert!(!text.contains(private), "{private} in {text}");
            }
        }
    }
    let own = server
        .example_of("get_me")
        .bearer(&user.token())
        .send()
        .await
        .json();
    assert_eq!(own["email"], user.email);
}

/// SECURITY: 8.2.3.
async fn profiles_of_the_unproven_do_not_exist(server: TestServer) {
    let (newcomer, nobody) = (server.unverified().await, server.anonymous());
    let by_handle = nobody
        .get_profile_by_handle()
        .handle(&newcomer.handle)
        .await;
    assert_eq!(by_handle.refusal(), (404, "user:not_found"));
    let by_id = nobody.get_profile_by_id().user_id(newcomer.user_id).await;
    assert_eq!(by_id.refusal(), (404, "user:not_found"));
    let unknown = nobody.get_profile_by_id().user_id(uuid::Uuid::nil()).await;
    assert_eq!(unknown.refusal(), (404, "user:not_found"));
}

async fn a_profile_is_found_by_handle_and_id(server: TestServer) {
    let (user, nobody) = (server.user().await, server.anonymous());
    let by_handle = nobody
        .get_profile_by_handle()
        .handle(user.handle.to_uppercase())
        .await
        .expect("a profile");
    assert_eq!(
        (by_handle.id, by_handle.handle),
        (user.user_id, user.handle.clone())
    );
    let by_id = nobody
        .get_profile_by_id()
        .user_id(user.user_id)
        .await
        .expect("a profile");
    assert_eq!(
        (by_id.id, by_id.display_name, by_id.bio),
        (user.user_id, user.handle.clone(), None)
    );
}

async fn availability_is_told_with_the_reason(server: TestServer) {
    let user = server.user().await;
    let free = Person::new().handle;
    let long = "x".repeat(64);
    for (handle, available, reason) in [
        (free.as_str(), true, None),
        (
            &user.handle.to_uppercase(),
            false,
            Some(HandleUnavailableReason::Taken),
        ),
        ("admin", false, Some(HandleUnavailableReason::Reserved)),
        ("abc", false, Some(HandleUnavailableReason::Invalid)),
        ("_abc_", false, Some(HandleUnavailableReason::Invalid)),
        ("%61lice1", false, Some(HandleUnavailableReason::Invalid)),
        ("über uns", false, Some(HandleUnavailableReason::Invalid)),
        (&long, false, Some(HandleUnavailableReason::Invalid)),
    ] {
        let nobody = server.anonymous();
        let request = nobody.check_handle_availability().handle(handle);
        let answer = request.await.expect("an answer");
        assert_eq!(
            (answer.handle.as_str(), answer.available, answer.reason),
            (handle, available, reason)
        );
    }
}
