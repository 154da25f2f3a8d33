//! Tag `action_logs`: what happened, for everybody and for the owner of an account.

use accord_client::errors::ListActionLogsError;
use accord_client::types::{ActionKind, ActionLogEntry, ActionLogView, PageDirection};
use accord_client::{Client, Patch};
use contract_tests::prelude::*;
use futures::TryStreamExt as _;

pub fn tests() -> Vec<Case> {
    tests![
        the_public_log_holds_profiles_and_nothing_private,
        the_own_log_holds_everything_with_the_client,
        the_own_log_needs_a_verified_session,
        pages_lead_back_to_the_beginning,
        pages_lead_forward_to_what_came_since,
        filters_restrict,
        a_cursor_is_valid_for_its_own_list_only,
        a_profile_that_did_not_change_leaves_no_entry,
    ]
}

async fn rename(user: &Identity, name: &str) {
    user.update_me()
        .body_map(|body| body.display_name(name.to_owned()))
        .await
        .expect("renamed");
}

/// Display names of entries, or what was done for those without.
fn told(entries: &[ActionLogEntry]) -> Vec<String> {
    let told = |entry: &ActionLogEntry| {
        let name = entry.data.display_name.clone();
        name.unwrap_or_else(|| entry.action.to_string())
    };
    entries.iter().map(told).collect()
}

async fn whole_log(client: &Client) -> Vec<ActionLogEntry> {
    let request = client.list_action_logs().limit(100).stream();
    request.try_collect().await.expect("the log")
}

/// SECURITY: D12, 8.2.3.
async fn the_public_log_holds_profiles_and_nothing_private(server: TestServer) {
    let empty = server.anonymous().list_action_logs().await.expect("a page");
    assert!(empty.items.is_empty() && empty.older_cursor.is_none());
    let registered = server.unverified().await;
    assert!(whole_log(&registered).await.is_empty(), "not proven yet");

    let user = server.user().await;
    let again = server.sign_in(&user).await;
    user.update_me()
        .body_map(|body| body.bio(Patch::set("First programmer.")))
        .await
        .expect("changed");
    again.logout().await.expect("signed out");
    // Nothing that follows is anybody's business.
    let change = user.change_password().body_map(|body| {
        body.current_password(Some(accord_client::Secret::from(PASSWORD)))
            .new_password("tangerine umbrella voyage")
    });
    change.await.expect("changed");
    let phone = crate::totp::phone::Phone::with_secret(
        user.setup_totp().await.expect("a setup").secret.expose(),
    );
    let code = phone.code(&server, 0);
    let on = user.enable_totp().body_map(|body| body.code(code)).await;
    let codes = on.expect("turned on").backup_codes;
    let off = user
        .disable_totp()
        .body_map(|body| body.code(codes[0].expose()))
        .await;
    off.expect("turned off");

    let log = whole_log(&server.anonymous()).await;
    let kinds: Vec<_> = log.iter().map(|entry| entry.action.clone()).collect();
    assert_eq!(kinds, [ActionKind::UserEdit, ActionKind::UserCreate]);
    for entry in &log {
        assert_eq!(entry.actor_id, Some(user.user_id));
        assert_eq!(entry.resource_id, Some(user.user_id));
        assert_eq!(entry.data.handle.as_deref(), Some(user.handle.as_str()));
    }
    assert_eq!(log[0].data.fields, ["bio"]);
    let raw = server.raw(Method::GET, "/v0/action-logs").send().await;
    let text = String::from_utf8_lossy(&raw.body).into_owned();
    for private in [
        user.email.as_str(),
        "127.0.0.1",
        "client",
        "First programmer",
        "accord-client",
        "request_id",
        "totp",
        "password",
        "auth:",
        "session",
        &user.token(),
    ] {
        assert!(!text.contains(private), "{private} in {text}");
    }
    assert_eq!(
        told(&whole_log(&user).await),
        told(&log),
        "a session changes nothing"
    );
}

/// SECURITY: 16.3.1.
async fn the_own_log_holds_everything_with_the_client(server: TestServer) {
    let (user, other) = (server.user().await, server.user().await);
    rename(&other, "Somebody else").await;
    let wrong = server.anonymous();
    let wrong = wrong
        .login()
        .body_map(|body| body.email(&user.email).password("not the password"));
    assert_eq!(wrong.await.refusal(), (401, "auth:invalid_credentials"));
    server.sign_in(&user).await;
    rename(&user, "Ada").await;
    let own = user
        .list_action_logs()
        .view(ActionLogView::Own)
        .await
        .expect("the own log");
    let mut kinds: Vec<_> = own
        .items
        .iter()
        .map(|entry| entry.action.to_string())
        .collect();
    assert_eq!(kinds[0], "user:edit");
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [
            "auth:login",
            "auth:login_failed",
            "user:create",
            "user:edit",
            "user:register",
            "user:verify"
        ]
    );
    for entry in &own.items {
        assert_eq!(entry.actor_id, Some(user.user_id));
        let client = entry.client.as_ref().expect("the client");
        assert_eq!(client.address, "127.0.0.1");
        assert!(
            client.user_agent.starts_with("accord-client/"),
            "{client:?}"
        );
    }
}

/// SECURITY: 8.2.1.
async fn the_own_log_needs_a_verified_session(server: TestServer) {
    let own = async |client: &Client| {
        let request = client.list_action_logs().view(ActionLogView::Own);
        request.await.refusal()
    };
    assert_eq!(
        own(&server.anonymous()).await,
        (401, "auth:session_required")
    );
    let unverified = server.unverified().await;
    assert_eq!(own(&unverified).await, (403, "user:not_verified"));
    unverified.list_action_logs().await.expect("the public log");
    let gone = server.user().await;
    let client = gone.client.clone();
    client.set_session(Some(accord_client::Secret::from(gone.token())));
    gone.logout().await.expect("signed out");
    assert_eq!(own(&client).await, (401, "auth:session_required"));
    client.list_action_logs().await.expect("the public log");
}

async fn pages_lead_back_to_the_beginning(server: TestServer) {
    let user = server.user().await;
    for number in 1..=6 {
        rename(&user, &number.to_string()).await;
    }
    let all = told(&whole_log(&user).await);
    let names = ["6", "5", "4", "3", "2", "1"];
    assert_eq!((&all[..6], all.len()), (&names.map(String::from)[..], 7));
    for limit in [1, 2, 3, 6, 7, 8] {
        let pages = server.anonymous();
        let pages = pages.list_action_logs().limit(limit).stream();
        let entries: Vec<_> = pages.try_collect().await.expect("all pages");
        assert_eq!(told(&entries), all, "by {limit}");
    }
    // A page that ends the log does not lead on; new entries do not shift the pages.
    let first = user.list_action_logs().limit(4).await.expect("a page");
    rename(&user, "7").await;
    let cursor = first.older_cursor.expect("there is more");
    let second = user.list_action_logs().cursor(cursor).limit(4).await;
    let second = second.expect("a page");
    assert_eq!(told(&second.items), all[4..]);
    assert_eq!(second.older_cursor, None);
}

async fn pages_lead_forward_to_what_came_since(server: TestServer) {
    let user = server.user().await;
    let newer = async |cursor: &str, limit: i32| {
        let request = user.list_action_logs().limit(limit);
        let request = request.direction(PageDirection::Newer).cursor(cursor);
        request.await.expect("a page")
    };
    let newest = user.list_action_logs().await.expect("a page");
    let here = newest.newer_cursor.expect("always");
    let nothing = newer(&here, 2).await;
    assert!(nothing.items.is_empty());
    let still_here = nothing.newer_cursor.expect("always");
    let back = user
        .list_action_logs()
        .cursor(nothing.older_cursor.expect("the creation"));
    assert_eq!(
        told(&back.await.expect("a page").items),
        told(&newest.items),
        "behind an empty page lies what was seen"
    );
    for number in 1..=5 {
        rename(&user, &number.to_string()).await;
    }
    let mut cursor = still_here;
    for expected in [&["2", "1"][..], &["4", "3"], &["5"], &[]] {
        let page = newer(&cursor, 2).await;
        assert_eq!(told(&page.items), expected, "newest first");
        cursor = page.newer_cursor.expect("always");
        let before = page.older_cursor.expect("there is something older");
        let before = user.list_action_logs().cursor(before).limit(1).await;
        let before = before.expect("a page").items;
        let seen_before = match expected.last() {
            Some(&"1") => user.handle.clone(),
            Some(name) => (name.parse::<i32>().expect("a number") - 1).to_string(),
            None => "5".to_owned(),
        };
        assert_eq!(told(&before), [seen_before]);
    }
    // From the beginning.
    let start = user
        .list_action_logs()
        .direction(PageDirection::Newer)
        .limit(2)
        .await;
    let start = start.expect("a page");
    assert_eq!(told(&start.items), ["1", user.handle.as_str()]);
    assert_eq!(start.older_cursor, None);
}

async fn filters_restrict(server: TestServer) {
    let (ada, bob) = (server.user().await, server.user().await);
    rename(&ada, "Ada").await;
    rename(&bob, "Bob").await;
    let anybody = server.anonymous();
    let log = || anybody.list_action_logs();
    let edits = log()
        .actions(vec![ActionKind::UserEdit])
        .await
        .expect("a page");
    assert_eq!(told(&edits.items), ["Bob", "Ada"]);
    let adas = log().actor_id(ada.user_id).await.expect("a page");
    assert_eq!(told(&adas.items), ["Ada", ada.handle.as_str()]);
    let on_bob = log().resource_id(bob.user_id).await.expect("a page");
    assert_eq!(told(&on_bob.items), ["Bob", bob.handle.as_str()]);
    let none = log()
        .actions(vec![ActionKind::AuthLogin])
        .await
        .expect("a page");
    assert!(
        none.items.is_empty(),
        "private ones are not there to filter"
    );
    let nobody = log().actor_id(ada.user_id).resource_id(bob.user_id).await;
    assert!(nobody.expect("a page").items.is_empty());
    let path = "/v0/action-logs?actions=user:edit,user:create&actions=user:image&limit=3";
    let answer = server.raw(Method::GET, path).send().await;
    assert_eq!(answer.json()["items"].as_array().map(Vec::len), Some(3));
    let own = ada.list_action_logs().view(ActionLogView::Own);
    let own = own
        .actions(vec![ActionKind::UserVerify])
        .await
        .expect("a page");
    assert_eq!(told(&own.items), ["user:verify"]);
    let foreign = ada.list_action_logs().view(ActionLogView::Own);
    let foreign = foreign.actor_id(bob.user_id).await.expect("a page");
    assert!(foreign.items.is_empty());
    for wrong in [
        "actions=user:fly",
        "actor_id=me",
        "limit=0",
        "limit=101",
        "view=all",
        "direction=up",
        "cursor=%20",
    ] {
        let path = format!("/v0/action-logs?{wrong}");
        let answer = server.raw(Method::GET, &path).send().await;
        assert_eq!(answer.outcome(), (400, "request:invalid"), "{wrong}");
    }
}

/// SECURITY: 1.4.2.
async fn a_cursor_is_valid_for_its_own_list_only(server: TestServer) {
    let (ada, bob) = (server.user().await, server.user().await);
    for user in [&ada, &bob] {
        rename(user, "1").await;
        rename(user, "2").await;
    }
    let first = ada.list_action_logs().view(ActionLogView::Own).limit(1);
    let cursor = first.await.expect("a page").older_cursor.expect("more");
    let own = |user: &Identity| {
        let user = user.client.clone();
        let cursor = cursor.clone();
        async move {
            let request = user.list_action_logs().view(ActionLogView::Own);
            request.cursor(cursor).await
        }
    };
    own(&ada).await.expect("its own");
    let others = [
        own(&bob).await,
        ada.list_action_logs().cursor(&cursor).await,
        ada.list_action_logs()
            .view(ActionLogView::Own)
            .actor_id(ada.user_id)
            .cursor(&cursor)
            .await,
        ada.list_action_logs().cursor("MTIzNDU2").await,
        ada.list_action_logs().cursor("A".repeat(512)).await,
    ];
    for other in others {
        let Err(ListActionLogsError::RequestInvalid(problem)) = other else {
            panic!("a cursor of another list: {other:?}")
        };
        assert_eq!(problem.errors[0].field, "cursor");
    }
}

async fn a_profile_that_did_not_change_leaves_no_entry(server: TestServer) {
    let user = server.user().await;
    rename(&user, "Ada").await;
    let before = whole_log(&user).await.len();
    rename(&user, "Ada").await;
    assert_eq!(whole_log(&user).await.len(), before);
    let refused = user
        .update_me()
        .body_map(|body| body.display_name(" ".to_owned()))
        .await;
    assert_eq!(refused.refusal(), (400, "request:invalid"));
    assert_eq!(whole_log(&user).await.len(), before, "SECURITY Q-7");
}
