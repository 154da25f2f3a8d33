//! The life of sessions.

use accord_server::domain::types::{SessionId, TokenHash, UserId};
use accord_server::store::{sessions, users};

use crate::database::{Database, email, on_each_engine, seconds, secret};
use crate::{read, write};

pub async fn add_session(
    d: &Database,
    user_id: UserId,
    idle: i64,
    max: i64,
) -> (SessionId, TokenHash) {
    add_session_beside(d, user_id, idle, max, 100).await
}

/// The same, where only so many others stay.
async fn add_session_beside(
    d: &Database,
    user_id: UserId,
    idle: i64,
    max: i64,
    others: i64,
) -> (SessionId, TokenHash) {
    let (id, token_hash) = (d.session_id(), secret());
    let session = sessions::NewSession {
        id,
        user_id,
        token_hash,
        persistent: true,
        address: "::1",
        user_agent: "story",
        created_at: d.now(),
        idle_expires_at: d.now() + seconds(idle),
        expires_at: d.now() + seconds(max),
    };
    write!(d, |tx| sessions::insert(tx, &session, others).await).unwrap();
    (id, token_hash)
}

/// SECURITY: 7.3.1, 7.3.2.
#[tokio::test]
async fn sessions_live_and_end() {
    on_each_engine(async |d| {
        let user = d.add_user("alice", "alice@example.com", true).await;
        let (id, token) = add_session(d, user, 100, 250).await;
        let who =
            async |token| read!(d, |tx| sessions::authenticate(tx, token, d.now()).await).unwrap();
        let found = who(token).await.unwrap();
        assert_eq!((found.id, found.user.id), (id, user));
        assert_eq!(found.user.handle.as_str(), "alice");
        let began = (found.authenticated_at, found.last_used_at);
        assert_eq!(began, (d.now(), d.now()));
        assert!(found.persistent);
        assert!(who(secret()).await.is_none());

        // Use keeps it alive, up to its last day.
        let now = d.pass(99);
        write!(d, |tx| sessions::touch(tx, id, now, now + seconds(100))
            .await)
        .unwrap();
        let now = d.pass(99);
        assert_eq!(who(token).await.unwrap().last_used_at, now - seconds(99));
        write!(d, |tx| sessions::touch(tx, id, now, now + seconds(100))
            .await)
        .unwrap();
        d.pass(51);
        assert!(who(token).await.is_some());
        d.pass(1);
        assert!(who(token).await.is_none(), "older than its maximum");

        // A new secret kills the old one.
        let (id, old) = add_session(d, user, 100, 100).await;
        let new = secret();
        assert!(write!(d, |tx| sessions::rotate(tx, id, new).await).unwrap());
        assert!(who(old).await.is_none() && who(new).await.is_some());
        let newer = secret();
        let now = d.pass(10);
        assert!(write!(d, |tx| sessions::reauthenticate(tx, id, newer, now).await).unwrap());
        assert!(who(new).await.is_none());
        assert_eq!(who(newer).await.unwrap().authenticated_at, now);

        // A disabled account has none.
        write!(d, |tx| users::set_disabled(tx, user, Some(now), now).await).unwrap();
        assert!(who(newer).await.is_none());
        write!(d, |tx| users::set_disabled(tx, user, None, now).await).unwrap();
        assert!(who(newer).await.is_some());

        // Nobody ends another's session.
        let other = d.add_user("mallory", "mallory@example.com", true).await;
        assert!(!write!(d, |tx| sessions::delete(tx, other, id).await).unwrap());
        assert!(write!(d, |tx| sessions::delete(tx, user, id).await).unwrap());
        assert!(who(newer).await.is_none());
        let (id, token) = add_session(d, user, 100, 100).await;
        let ended = write!(d, |tx| sessions::delete_by_token(tx, token).await).unwrap();
        assert_eq!(ended, Some((id, user)));
        let ended = write!(d, |tx| sessions::delete_by_token(tx, token).await).unwrap();
        assert_eq!(ended, None);
        assert!(!write!(d, |tx| sessions::rotate(tx, id, secret()).await).unwrap());
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_together() {
    on_each_engine(async |d| {
        let user = d.add_user("alice", "alice@example.com", true).await;
        let other = d.add_user("bobby", "bobby@example.com", true).await;
        let (_, foreign) = add_session(d, other, 1_000, 1_000).await;
        let mut ids = Vec::new();
        for _ in 0..5 {
            d.pass(1);
            ids.push(add_session(d, user, 100, 100).await.0);
        }
        let list = async || read!(d, |tx| sessions::list(tx, user, d.now()).await).unwrap();
        let listed: Vec<_> = list().await.into_iter().map(|session| session.id).collect();
        assert_eq!(listed, ids.iter().rev().copied().collect::<Vec<_>>());
        let address = list().await[0].address.clone();
        let alice = email("alice@example.com");
        let begun = async |address: &str| {
            let now = d.now();
            let found = read!(d, |tx| users::verified_by_email_from(
                tx, &alice, address, now
            )
            .await);
            let (found, is_known) = found.unwrap().unwrap();
            assert_eq!(found.id, user);
            is_known
        };
        assert!(begun(&address).await);
        assert!(!begun("198.51.100.99").await);
        d.pass(1);
        let newest = add_session_beside(d, user, 100, 100, 2).await.0;
        let listed: Vec<_> = list().await.into_iter().map(|session| session.id).collect();
        assert_eq!(listed, [newest, ids[4], ids[3]], "surplus ones end");
        assert_eq!(
            write!(d, |tx| sessions::delete_others(tx, user, ids[3]).await).unwrap(),
            2
        );
        assert_eq!(list().await.len(), 1);
        d.pass(100);
        assert!(list().await.is_empty());
        add_session(d, user, 100, 100).await;
        assert_eq!(
            write!(d, |tx| sessions::purge(tx, d.now(), 10).await).unwrap(),
            1
        );
        assert_eq!(
            write!(d, |tx| sessions::delete_all(tx, user).await).unwrap(),
            1
        );
        let found = read!(d, |tx| sessions::authenticate(tx, foreign, d.now()).await).unwrap();
        assert_eq!(found.unwrap().user.id, other, "others are left alone");
        write!(d, |tx| users::delete(tx, other).await).unwrap();
        let found = read!(d, |tx| sessions::authenticate(tx, foreign, d.now()).await).unwrap();
        assert!(found.is_none(), "sessions go with their user");
    })
    .await;
}
