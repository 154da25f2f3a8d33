//! The life of stored pictures.

use accord_server::domain::types::Patch;
use accord_server::store::{images, users};

use crate::database::{on_each_engine, seconds};
use crate::{read, write};

#[tokio::test]
async fn pictures_are_announced_used_and_forgotten() {
    on_each_engine(async |d| {
        let id = d.add_user("grace", "grace@example.com", true).await;
        let now = d.now();
        let long_ago = now - seconds(3600);
        for _ in 0..2 {
            assert!(write!(d, |tx| images::announce(tx, "a", now).await).unwrap());
        }
        let claim = async |key: &str, now, stale| {
            write!(d, |tx| images::claim(tx, key, now, stale, long_ago).await).unwrap()
        };
        assert!(!claim("a", now, long_ago).await, "two uploads need it");
        for _ in 0..3 {
            assert!(write!(d, |tx| images::settle(tx, "a").await).unwrap());
        }
        assert!(!claim("b", now, long_ago).await, "no such picture");

        let change = users::ProfileChange {
            banner_image: Patch::Set("a"),
            ..Default::default()
        };
        write!(d, |tx| users::update_profile(tx, id, &change, now).await).unwrap();
        assert!(read!(d, |tx| images::is_used(tx, "a").await).unwrap());
        assert!(!read!(d, |tx| images::is_used(tx, "b").await).unwrap());
        let unused = async || read!(d, |tx| images::unused(tx, "", now, 10).await).unwrap();
        assert!(unused().await.is_empty());
        let change = users::ProfileChange {
            banner_image: Patch::Clear,
            ..Default::default()
        };
        write!(d, |tx| users::update_profile(tx, id, &change, now).await).unwrap();
        assert_eq!(unused().await, ["a"]);
        let later = read!(d, |tx| images::unused(tx, "a", now, 10).await).unwrap();
        assert!(later.is_empty());

        assert!(claim("a", now, long_ago).await);
        assert!(!claim("a", now, long_ago).await, "claimed by somebody else");
        assert!(!write!(d, |tx| images::announce(tx, "a", now).await).unwrap());
        assert!(!write!(d, |tx| images::settle(tx, "a").await).unwrap());
        assert!(!write!(d, |tx| images::forget(tx, "a", long_ago).await).unwrap());
        assert!(write!(d, |tx| images::forget(tx, "a", now).await).unwrap());
        assert!(write!(d, |tx| images::announce(tx, "a", now).await).unwrap());
        assert!(claim("a", now, now).await, "the upload never ended");
    })
    .await;
}
