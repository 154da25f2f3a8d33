//! Secrets of authenticators.

use accord_server::domain::types::UserId;
use accord_server::store::{totp, users};
use uuid::Uuid;

use crate::database::{on_each_engine, seconds};
use crate::{read, write};

#[tokio::test]
async fn the_second_factor_is_turned_on_and_off() {
    on_each_engine(async |d| {
        let id = d.add_user("alice", "alice@example.com", true).await;
        let now = d.pass(60);
        let locked = write!(d, |tx| users::lock(tx, id).await).unwrap().unwrap();
        assert_eq!((locked.id, locked.totp_enabled_at), (id, None));
        assert!(write!(d, |tx| users::set_totp(tx, id, Some(now), now).await).unwrap());
        let user = write!(d, |tx| users::lock(tx, id).await).unwrap().unwrap();
        assert_eq!(user.totp_enabled_at, Some(now));
        assert!(write!(d, |tx| users::set_totp(tx, id, None, now).await).unwrap());
        let user = read!(d, |tx| users::by_id(tx, id).await).unwrap().unwrap();
        assert_eq!(user.totp_enabled_at, None);
        let nobody = d.user_id();
        assert!(!write!(d, |tx| users::set_totp(tx, nobody, None, now).await).unwrap());
        assert!(
            write!(d, |tx| users::lock(tx, nobody).await)
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn a_setup_waits_and_each_step_is_taken_once() {
    on_each_engine(async |d| {
        let id = d.add_user("alice", "alice@example.com", true).await;
        let set_up = async |secret: &[u8]| {
            let (now, end) = (d.now(), d.now() + seconds(100));
            write!(d, |tx| totp::set_up(tx, id, secret, "k1", now, end).await).unwrap()
        };
        let get = async || read!(d, |tx| totp::get(tx, id).await).unwrap();
        let enable = async |step| {
            let now = d.now();
            write!(d, |tx| totp::enable(tx, id, step, now).await).unwrap()
        };
        let take = async |step| write!(d, |tx| totp::take_step(tx, id, step).await).unwrap();

        assert!(get().await.is_none() && !take(1).await && !enable(1).await);
        assert!(set_up(b"first").await);
        d.pass(1);
        assert!(set_up(b"second").await, "another setup replaces it");
        let waiting = get().await.unwrap();
        assert_eq!(
            (&waiting.secret[..], waiting.last_step),
            (&b"second"[..], -1)
        );
        assert_eq!(
            (waiting.created_at, waiting.expires_at),
            (d.now(), Some(d.now() + seconds(100)))
        );
        assert!(!take(1).await, "not in use");
        d.pass(100);
        assert!(!enable(5).await, "too late");
        assert!(set_up(b"third").await && enable(5).await);
        assert!(!set_up(b"fourth").await, "one is in use");
        assert!(!enable(6).await);
        for (step, is_new) in [(4, false), (5, false), (7, true), (6, false), (7, false)] {
            assert_eq!(take(step).await, is_new, "{step}");
        }
        let kept = get().await.unwrap();
        assert_eq!((&kept.secret[..], kept.last_step), (&b"third"[..], 7));
        assert_eq!(kept.expires_at, None);

        assert!(write!(d, |tx| totp::delete(tx, id).await).unwrap());
        assert!(!write!(d, |tx| totp::delete(tx, id).await).unwrap());
        assert!(!take(9).await);
        assert!(set_up(b"fifth").await);
        write!(d, |tx| users::delete(tx, id).await).unwrap();
        assert!(get().await.is_none(), "it goes with its user");
    })
    .await;
}

#[tokio::test]
async fn secrets_change_keys_and_are_forgotten() {
    on_each_engine(async |d| {
        let mut ids = Vec::new();
        for (name, key) in [("alice", "old"), ("bobby", "new"), ("carol", "old")] {
            let id = d.add_user(name, &format!("{name}@example.com"), true).await;
            let (now, end) = (d.pass(1), d.now() + seconds(100));
            let secret = name.as_bytes();
            write!(d, |tx| totp::set_up(tx, id, secret, key, now, end).await).unwrap();
            ids.push(id);
        }
        let old = async |after, limit| -> Vec<UserId> {
            let found = read!(d, |tx| totp::under_other_keys(tx, "new", after, limit)
                .await);
            found.unwrap().iter().map(|kept| kept.user_id).collect()
        };
        let first = UserId::from(Uuid::nil());
        assert_eq!(old(first, 9).await, [ids[0], ids[2]]);
        assert_eq!(old(first, 1).await, [ids[0]]);
        assert_eq!(old(ids[0], 9).await, [ids[2]]);
        let reseal = async |old: &[u8]| {
            let new = b"again";
            write!(d, |tx| totp::reseal(tx, ids[0], old, new, "new").await).unwrap()
        };
        assert!(!reseal(b"another").await, "changed meanwhile");
        assert!(reseal(b"alice").await);
        assert_eq!(old(first, 9).await, [ids[2]]);
        let kept = read!(d, |tx| totp::get(tx, ids[0]).await).unwrap().unwrap();
        assert_eq!((&kept.secret[..], &kept.key_id[..]), (&b"again"[..], "new"));

        let now = d.now();
        assert!(write!(d, |tx| totp::enable(tx, ids[1], 1, now).await).unwrap());
        d.pass(200);
        for left in [1, 1, 0] {
            let purged = write!(d, |tx| totp::purge(tx, d.now(), 1).await).unwrap();
            assert_eq!(purged, left);
        }
        let kept = read!(d, |tx| totp::get(tx, ids[1]).await).unwrap();
        assert!(kept.is_some(), "it is in use");
    })
    .await;
}
