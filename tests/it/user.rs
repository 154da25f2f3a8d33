//! Tag `user`: the own profile.

use accord_client::Patch;
use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        a_patch_changes_what_is_present,
        null_clears_the_bio_and_nothing_else,
        what_was_written_reads_back_the_same,
        a_change_is_seen_at_once_by_others,
        no_field_but_the_declared_ones_can_be_set,
    ]
}

async fn a_patch_changes_what_is_present(server: TestServer) {
    let user = server.user().await;
    server.advance(Duration::from_secs(60));
    let changed = user
        .update_me()
        .body_map(|body| body.bio(Patch::set("First programmer.")))
        .await
        .expect("changed");
    assert_eq!(
        (changed.bio.as_deref(), changed.display_name.as_str()),
        (Some("First programmer."), user.handle.as_str())
    );
    assert!(changed.updated_at > changed.created_at);
    let changed = user
        .update_me()
        .body_map(|body| body.display_name("Ada King".to_owned()))
        .await
        .expect("changed");
    assert_eq!(
        (changed.bio.as_deref(), changed.display_name.as_str()),
        (Some("First programmer."), "Ada King")
    );
    let unchanged = user
        .update_me()
        .body_map(|body| body)
        .await
        .expect("nothing to do");
    assert_eq!(unchanged.updated_at, changed.updated_at);
}

async fn null_clears_the_bio_and_nothing_else(server: TestServer) {
    let user = server.user().await;
    user.update_me()
        .body_map(|body| body.bio(Patch::set("Gone soon.")))
        .await
        .expect("changed");
    let cleared = user
        .update_me()
        .body_map(|body| body.bio(Patch::Null))
        .await
        .expect("changed");
    assert_eq!(cleared.bio, None);
    let nameless = server
        .example_of("update_me")
        .bearer(&user.token())
        .json(&json!({ "display_name": null }));
    assert_eq!(nameless.send().await.outcome(), (400, "request:invalid"));
}

/// SECURITY: 1.2.3, 1.1.2, 1.2.4, 1.3.3.
async fn what_was_written_reads_back_the_same(server: TestServer) {
    let user = server.user().await;
    for text in [
        "<b>&\"'</b>",
        "'; DROP TABLE users; --",
        "$1 ?1 %s {{7*7}} ${x}",
        "\u{2028}</script>",
        "\u{1F600}\u{200D}\u{1F4BB}",
    ] {
        user.update_me()
            .body_map(|body| body.display_name(text.to_owned()).bio(Patch::set(text)))
            .await
            .expect("changed");
        let me = user.get_me().await.expect("me");
        assert_eq!(
            (me.display_name.as_str(), me.bio.as_deref()),
            (text, Some(text))
        );
    }
    user.update_me()
        .body_map(|body| body.bio(Patch::set("two\nlines")))
        .await
        .expect("changed");
    assert_eq!(
        user.get_me().await.expect("me").bio.as_deref(),
        Some("two\nlines")
    );
}

async fn a_change_is_seen_at_once_by_others(server: TestServer) {
    let user = server.user().await;
    user.update_me()
        .body_map(|body| {
            body.display_name("Ada King".to_owned())
                .bio(Patch::set("Poet of science."))
        })
        .await
        .expect("changed");
    let profile = server
        .anonymous()
        .get_profile_by_id()
        .user_id(user.user_id)
        .await
        .expect("a profile");
    assert_eq!(
        (profile.display_name.as_str(), profile.bio.as_deref()),
        ("Ada King", Some("Poet of science."))
    );
}

/// SECURITY: 15.3.1, A17, 15.3.3.
async fn no_field_but_the_declared_ones_can_be_set(server: TestServer) {
    let user = server.user().await;
    let before = user.get_me().await.expect("me");
    for field in [
        "id",
        "role",
        "is_admin",
        "email",
        "email_verified",
        "verified_at",
        "password_hash",
        "totp_secret",
        "totp_enabled",
        "handle",
        "created_at",
    ] {
        let person = Person::new();
        let mut body =
            json!({ "email": person.email, "handle": person.handle, "password": PASSWORD });
        if body.get(field).is_none() {
            body[field] = json!(true);
            let answer = server.example_of("create_user").json(&body).send().await;
            assert_eq!(answer.outcome(), (400, "request:invalid"), "{field}");
            assert_eq!(answer.invalid_fields(), [field]);
        }
        let request = server
            .example_of("update_me")
            .bearer(&user.token())
            .json(&json!({ field: "x" }));
        let answer = request.send().await;
        assert_eq!(
            (answer.outcome(), answer.invalid_fields()),
            (answer.outcome(), vec![field.to_owned()])
        );
        assert_eq!(answer.outcome(), (400, "request:invalid"));
    }
    assert_eq!(
        format!("{:?}", user.get_me().await.expect("me")),
        format!("{before:?}")
    );
}
