//! How long sessions live, and who can end them.

use contract_tests::prelude::*;

const HOUR: Duration = Duration::from_secs(3600);
const SECOND: Duration = Duration::from_secs(1);

pub fn tests() -> Vec<Case> {
    tests![
        an_unused_session_ends_after_a_week,
        use_keeps_a_session_alive,
        no_session_outlives_thirty_days,
        sessions_are_listed_the_latest_first,
        a_revoked_session_ends_at_once,
        the_current_session_can_be_revoked_too,
        sessions_of_others_look_nonexistent,
        all_others_can_be_ended_at_once,
        an_account_has_so_many_sessions_and_no_more,
        revoking_is_immediate_on_every_instance,
    ]
}

/// SECURITY: 7.3.1.
async fn an_unused_session_ends_after_a_week(server: TestServer) {
    let user = server.user().await;
    server.advance(168 * HOUR - SECOND);
    user.get_me().await.expect("still alive");
    server.advance(168 * HOUR + SECOND);
    assert_eq!(
        user.get_me().await.refusal(),
        (401, "auth:session_required")
    );
}

/// SECURITY: 7.3.1.
async fn use_keeps_a_session_alive(server: TestServer) {
    let user = server.user().await;
    for _ in 0..4 {
        server.advance(160 * HOUR);
        user.get_me().await.expect("used within a week each time");
    }
}

/// SECURITY: 7.3.2.
async fn no_session_outlives_thirty_days(server: TestServer) {
    let user = server.user().await;
    for _ in 0..7 {
        server.advance(100 * HOUR);
        user.get_me().await.expect("used often");
    }
    server.advance(20 * HOUR - SECOND);
    user.get_me().await.expect("the last second");
    server.advance(2 * SECOND);
    assert_eq!(
        user.get_me().await.refusal(),
        (401, "auth:session_required")
    );
}

/// SECURITY: 7.5.2, D8.
async fn sessions_are_listed_the_latest_first(server: TestServer) {
    let first = server.user().await;
    server.advance(HOUR);
    let second = server.sign_in(&first).await;
    let items = second.list_sessions().await.expect("a list").items;
    assert_eq!(
        items.iter().map(|it| it.is_current).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(items[0].last_used_at > items[1].last_used_at);
    assert_eq!(
        (
            items[0].address.as_str(),
            items[0].user_agent.starts_with("accord-client")
        ),
        ("127.0.0.1", true)
    );
    assert!(
        items
            .iter()
            .all(|it| it.created_at <= it.last_used_at && it.expires_at > it.last_used_at)
    );
}

async fn current_session(identity: &Identity) -> uuid::Uuid {
    let sessions = identity.list_sessions().await.expect("a list").items;
    sessions
        .into_iter()
        .find(|session| session.is_current)
        .expect("a current session")
        .id
}

/// SECURITY: 7.5.2, D8.
async fn a_revoked_session_ends_at_once(server: TestServer) {
    let here = server.user().await;
    let there = server.sign_in(&here).await;
    here.revoke_session()
        .session_id(current_session(&there).await)
        .await
        .expect("revoked");
    assert_eq!(
        there.get_me().await.refusal(),
        (401, "auth:session_required")
    );
    assert_eq!(here.list_sessions().await.expect("a list").items.len(), 1);
}

async fn the_current_session_can_be_revoked_too(server: TestServer) {
    let user = server.user().await;
    let id = current_session(&user).await;
    let request = server
        .raw(Method::DELETE, &format!("/v0/auth/sessions/{id}"))
        .cookie(&user.token());
    let answer = request.send().await;
    assert_eq!(answer.outcome(), (204, "ok"));
    assert_eq!(answer.session_cookie().expect("a cookie").value, "");
    assert_eq!(
        user.get_me().await.refusal(),
        (401, "auth:session_required")
    );
}

/// SECURITY: D8, 8.2.2.
async fn sessions_of_others_look_nonexistent(server: TestServer) {
    let (victim, attacker) = (server.user().await, server.user().await);
    for id in [current_session(&victim).await, uuid::Uuid::nil()] {
        let refused = attacker.revoke_session().session_id(id).await;
        assert_eq!(refused.refusal(), (404, "session:not_found"));
    }
    victim.get_me().await.expect("untouched");
}

/// SECURITY: 7.5.2.
async fn all_others_can_be_ended_at_once(server: TestServer) {
    let here = server.user().await;
    let (there, elsewhere) = (server.sign_in(&here).await, server.sign_in(&here).await);
    let stranger = server.user().await;
    assert_eq!(
        here.revoke_other_sessions().await.expect("revoked").revoked,
        2
    );
    for ended in [there, elsewhere] {
        assert_eq!(
            ended.get_me().await.refusal(),
            (401, "auth:session_required")
        );
    }
    here.get_me().await.expect("this session stays");
    stranger.get_me().await.expect("so do those of others");
    assert_eq!(
        here.revoke_other_sessions().await.expect("revoked").revoked,
        0
    );
}

/// SECURITY: 7.1.2; the one that was used longest ago makes room.
async fn an_account_has_so_many_sessions_and_no_more(stage: Stage) {
    let setup = Setup::default().configured(|config| config.session.most = 3);
    let server = stage.server_with(setup).await;
    let (first, stranger) = (server.user().await, server.user().await);
    let mut later = Vec::new();
    for _ in 0..3 {
        server.advance(2 * HOUR);
        first.get_me().await.expect("in use");
        server.advance(SECOND);
        later.push(server.sign_in(&first).await);
    }
    assert_eq!(
        later[0].get_me().await.refusal(),
        (401, "auth:session_required")
    );
    for kept in [&first, &later[1], &later[2]] {
        kept.get_me().await.expect("one of the three");
    }
    assert_eq!(first.list_sessions().await.expect("a list").items.len(), 3);
    stranger.get_me().await.expect("those of others stay");
}

/// SECURITY: 8.3.2, 8.2.4.
async fn revoking_is_immediate_on_every_instance(stage: Stage) {
    let server = stage.server().await;
    let other = stage.second_instance(&server, Setup::default()).await;
    let here = server.user().await;
    let there = server.sign_in(&here).await;
    let ask_other = || other.example_of("get_me").bearer(&there.token()).send();
    assert_eq!(ask_other().await.outcome(), (200, "ok"));
    here.revoke_other_sessions().await.expect("revoked");
    assert_eq!(ask_other().await.outcome(), (401, "auth:session_required"));
}
