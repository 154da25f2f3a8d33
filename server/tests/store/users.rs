//! The life of registrations and accounts.

use accord_server::domain::types::Patch;
use accord_server::store::users;

use crate::database::{email, handle, on_each_engine, seconds};
use crate::{read, write};

#[tokio::test]
async fn registrations_become_accounts() {
    on_each_engine(async |d| {
        let id = d.add_user("Ada_L", "Ada@Example.com", false).await;
        let now = d.now();
        let user = read!(d, |tx| users::by_id(tx, id).await).unwrap().unwrap();
        assert_eq!(user.handle.as_str(), "Ada_L");
        assert_eq!(user.email.as_str(), "Ada@Example.com");
        assert_eq!(user.created_at, now, "times read back as they were written");
        assert!(user.verified_at.is_none() && user.bio.is_none() && user.disabled_at.is_none());

        let by_handle = read!(d, |tx| users::by_handle(tx, &handle("ADA_l")).await).unwrap();
        assert_eq!(by_handle.unwrap().id, id);
        let ada = email("aDA@example.COM");
        let found = read!(d, |tx| users::verified_by_email(tx, &ada).await).unwrap();
        assert!(found.is_none(), "a registration has no email");
        let found = read!(d, |tx| users::unverified_by_email(
            tx,
            &ada,
            now - seconds(1)
        )
        .await);
        assert_eq!(found.unwrap().unwrap().id, id);
        let found = read!(d, |tx| users::unverified_by_email(tx, &ada, now).await);
        assert!(found.unwrap().is_none(), "too old");

        // The handle is held, in any case, for as long as the caller says.
        let ada_l = handle("ada_l");
        for (since, taken) in [(now - seconds(1), true), (now, false)] {
            let found = read!(d, |tx| users::handle_is_taken(tx, &ada_l, since).await).unwrap();
            assert_eq!(found, taken);
        }
        assert!(
            !write!(d, |tx| users::free_handle(tx, &ada_l, now - seconds(1))
                .await)
            .unwrap()
        );
        let mut tx = d.db.write().await.unwrap();
        let user = users::NewUser {
            id: d.user_id(),
            handle: &ada_l,
            display_name: "x",
            email: &email("x@example.com"),
            verified_at: None,
            password_hash: None,
            created_at: now,
        };
        let refused = users::insert(&mut tx, &user).await.unwrap_err();
        assert!(refused.violates(users::UNIQUE_HANDLE), "{refused}");
        assert!(!refused.violates(users::UNIQUE_EMAIL));
        assert!(
            tx.commit().await.is_err(),
            "a failed transaction cannot be committed"
        );

        let verified = d.pass(60);
        let other = email("other@example.com");
        assert!(
            !write!(d, |tx| users::mark_verified(tx, id, &other, verified).await).unwrap(),
            "another address was proven"
        );
        assert!(write!(d, |tx| users::mark_verified(tx, id, &ada, verified).await).unwrap());
        assert!(!write!(d, |tx| users::mark_verified(tx, id, &ada, verified).await).unwrap());
        let found = read!(d, |tx| users::verified_by_email(tx, &ada).await)
            .unwrap()
            .unwrap();
        assert_eq!((found.id, found.verified_at), (id, Some(verified)));
        assert!(!write!(d, |tx| users::free_handle(tx, &ada_l, d.now()).await).unwrap());

        // Anybody may register with the address, nobody else can prove it.
        let squatter = d.add_user("squatter", "ADA@example.com", false).await;
        let mut tx = d.db.write().await.unwrap();
        let refused = users::mark_verified(&mut tx, squatter, &ada, d.now())
            .await
            .unwrap_err();
        assert!(refused.violates(users::UNIQUE_EMAIL), "{refused}");
        drop(tx);
        assert!(
            write!(d, |tx| users::free_handle(tx, &handle("Squatter"), d.now())
                .await)
            .unwrap()
        );
        assert!(
            read!(d, |tx| users::by_id(tx, squatter).await)
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn accounts_change() {
    on_each_engine(async |d| {
        let id = d.add_user("grace", "grace@example.com", true).await;
        let now = d.pass(60);
        let change = users::ProfileChange {
            display_name: Some("Grace \"Amazing\" Hopper 😀"),
            bio: Patch::Set("'; DROP TABLE users; --"),
            profile_image: Patch::Set("a.webp"),
            banner_image: Patch::Keep,
        };
        let user = write!(d, |tx| users::update_profile(tx, id, &change, now).await)
            .unwrap()
            .unwrap();
        assert_eq!(user.display_name, "Grace \"Amazing\" Hopper 😀");
        assert_eq!(user.bio.as_deref(), Some("'; DROP TABLE users; --"));
        assert_eq!(
            (user.profile_image.as_deref(), user.banner_image),
            (Some("a.webp"), None)
        );
        assert_eq!(user.updated_at, now);
        let change = users::ProfileChange {
            bio: Patch::Clear,
            ..Default::default()
        };
        let user = write!(d, |tx| users::update_profile(tx, id, &change, now).await)
            .unwrap()
            .unwrap();
        assert_eq!(
            (user.bio, user.profile_image.as_deref()),
            (None, Some("a.webp"))
        );
        let nobody = d.user_id();
        let nothing = write!(d, |tx| users::update_profile(tx, nobody, &change, now)
            .await)
        .unwrap();
        assert!(nothing.is_none());

        assert!(write!(d, |tx| users::set_password(tx, id, "one", now).await).unwrap());
        assert!(!write!(d, |tx| users::set_password(tx, nobody, "one", now).await).unwrap());
        assert!(write!(d, |tx| users::rehash_password(tx, id, "one", "two").await).unwrap());
        assert!(!write!(d, |tx| users::rehash_password(tx, id, "one", "three").await).unwrap());
        let user = read!(d, |tx| users::by_id(tx, id).await).unwrap().unwrap();
        assert_eq!(user.password_hash.as_deref(), Some("two"));

        d.add_user("other", "other@example.com", true).await;
        let mut tx = d.db.write().await.unwrap();
        let taken = email("OTHER@example.com");
        let refused = users::set_email(&mut tx, id, &taken, now)
            .await
            .unwrap_err();
        assert!(refused.violates(users::UNIQUE_EMAIL), "{refused}");
        drop(tx);
        let new = email("Hopper@Example.com");
        assert!(write!(d, |tx| users::set_email(tx, id, &new, now).await).unwrap());
        let user = read!(d, |tx| users::verified_by_email(tx, &new).await)
            .unwrap()
            .unwrap();
        assert_eq!((user.id, user.email.as_str()), (id, "Hopper@Example.com"));

        assert!(write!(d, |tx| users::set_disabled(tx, id, Some(now), now).await).unwrap());
        let user = read!(d, |tx| users::by_id(tx, id).await).unwrap().unwrap();
        assert_eq!(user.disabled_at, Some(now));
        assert!(write!(d, |tx| users::delete(tx, id).await).unwrap());
        assert!(!write!(d, |tx| users::delete(tx, id).await).unwrap());
    })
    .await;
}

/// SECURITY: 14.2.7.
#[tokio::test]
async fn registrations_are_forgotten() {
    on_each_engine(async |d| {
        for i in 0..5 {
            d.add_user(&format!("pending{i}"), "p@example.com", false)
                .await;
        }
        d.add_user("account", "p@example.com", true).await;
        let until = d.now();
        d.pass(60);
        d.add_user("recent", "p@example.com", false).await;
        for left in [3, 2] {
            let deleted = write!(d, |tx| users::delete_unverified(tx, until, 3).await).unwrap();
            assert_eq!(deleted, left);
        }
        for (name, there) in [("pending0", false), ("account", true), ("recent", true)] {
            let user = read!(d, |tx| users::by_handle(tx, &handle(name)).await).unwrap();
            assert_eq!(user.is_some(), there, "{name}");
        }
    })
    .await;
}
