//! The life of one-time secrets.

use accord_server::domain::types::UserId;
use accord_server::store::{sessions, tokens, users};

use crate::database::{Database, on_each_engine, seconds, secret};
use crate::sessions::add_session;
use crate::{read, write};

fn token<'a>(d: &Database, purpose: &'a str, user_id: Option<UserId>) -> tokens::NewToken<'a> {
    tokens::NewToken {
        hash: secret(),
        purpose,
        user_id,
        session_id: None,
        email: Some("a@example.com"),
        data: Some("{}"),
        binding: None,
        created_at: d.now(),
        expires_at: d.now() + seconds(100),
    }
}

#[tokio::test]
async fn tokens_are_good_once() {
    on_each_engine(async |d| {
        let user = d.add_user("alice", "alice@example.com", true).await;
        let consume = async |hash, purpose: &str, binding| {
            write!(d, |tx| tokens::consume(tx, hash, purpose, binding, d.now())
                .await)
            .unwrap()
        };
        let peek = async |hash, purpose: &str, binding| {
            read!(d, |tx| tokens::peek(tx, hash, purpose, binding, d.now())
                .await)
            .unwrap()
        };
        let issue = async |token: tokens::NewToken<'_>| {
            write!(d, |tx| tokens::issue(tx, &token).await).unwrap();
            token.hash
        };

        let hash = issue(token(d, "reset", Some(user))).await;
        assert!(
            consume(hash, "verify", None).await.is_none(),
            "of another purpose"
        );
        assert!(peek(hash, "reset", None).await.is_some());
        let taken = consume(hash, "reset", None).await.unwrap();
        assert_eq!(taken.user_id, Some(user));
        assert_eq!(
            (taken.email.as_deref(), taken.data.as_deref()),
            (Some("a@example.com"), Some("{}"))
        );
        assert!(consume(hash, "reset", None).await.is_none(), "used");
        assert!(consume(secret(), "reset", None).await.is_none(), "unknown");

        // The newest kills older ones of its purpose and user.
        let old = issue(token(d, "reset", Some(user))).await;
        let verify = issue(token(d, "verify", Some(user))).await;
        d.pass(1);
        let new = issue(token(d, "reset", Some(user))).await;
        let latest = read!(d, |tx| tokens::latest_for_user(tx, user, "reset", d.now())
            .await);
        assert_eq!(latest.unwrap().unwrap().created_at, d.now());
        assert!(peek(old, "reset", None).await.is_none());
        assert!(peek(verify, "verify", None).await.is_some());

        // A bound one comes out in its browser only.
        let binding = secret();
        let bound = issue(tokens::NewToken {
            binding: Some(binding),
            ..token(d, "state", None)
        })
        .await;
        assert!(consume(bound, "state", None).await.is_none());
        assert!(consume(bound, "state", Some(secret())).await.is_none());
        assert!(peek(bound, "state", Some(binding)).await.is_some());
        assert!(consume(bound, "state", Some(binding)).await.is_some());

        // It dies with its time, its session, its user.
        d.pass(98);
        assert!(peek(new, "reset", None).await.is_some());
        d.pass(2);
        assert!(consume(new, "reset", None).await.is_none());
        let (session, secret) = add_session(d, user, 100, 100).await;
        let of_session = tokens::NewToken {
            session_id: Some(session),
            ..token(d, "state", None)
        };
        let of_session = issue(of_session).await;
        assert_eq!(
            peek(of_session, "state", None).await.unwrap().session_id,
            Some(session)
        );
        write!(d, |tx| sessions::delete_by_token(tx, secret).await).unwrap();
        assert!(peek(of_session, "state", None).await.is_none());
        let last = issue(token(d, "change", Some(user))).await;
        write!(d, |tx| users::delete(tx, user).await).unwrap();
        assert!(peek(last, "change", None).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn tokens_count_attempts_and_are_cleared() {
    on_each_engine(async |d| {
        let user = d.add_user("alice", "alice@example.com", true).await;
        let new = token(d, "totp", Some(user));
        write!(d, |tx| tokens::issue(tx, &new).await).unwrap();
        let attempt = async |purpose: &str| {
            write!(d, |tx| tokens::attempt(
                tx,
                new.hash,
                purpose,
                None,
                d.now(),
                3
            )
            .await)
            .unwrap()
        };
        assert!(attempt("reset").await.is_none());
        for count in 1..=3 {
            assert_eq!(attempt("totp").await.unwrap().attempts, count);
        }
        assert!(attempt("totp").await.is_none());
        assert!(write!(d, |tx| tokens::delete(tx, new.hash).await).unwrap());
        assert!(!write!(d, |tx| tokens::delete(tx, new.hash).await).unwrap());

        for purpose in ["reset", "verify", "change"] {
            write!(d, |tx| tokens::issue(tx, &token(d, purpose, Some(user)))
                .await)
            .unwrap();
        }
        let purposes = ["reset", "change"];
        let deleted = write!(d, |tx| tokens::delete_for_user(tx, user, &purposes).await).unwrap();
        assert_eq!(deleted, 2);
        assert_eq!(
            write!(d, |tx| tokens::delete_all_for_user(tx, user).await).unwrap(),
            1
        );
        for _ in 0..3 {
            write!(d, |tx| tokens::issue(tx, &token(d, "state", None)).await).unwrap();
        }
        assert_eq!(
            write!(d, |tx| tokens::purge(tx, d.now(), 2).await).unwrap(),
            0
        );
        let now = d.pass(100);
        assert_eq!(write!(d, |tx| tokens::purge(tx, now, 2).await).unwrap(), 2);
        assert_eq!(write!(d, |tx| tokens::purge(tx, now, 2).await).unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn all_tokens_for_a_purpose_go_at_once() {
    on_each_engine(async |d| {
        let users = [
            d.add_user("alice", "alice@example.com", true).await,
            d.add_user("bobby", "bobby@example.com", true).await,
        ];
        let mut kept = Vec::new();
        for user in users {
            for purpose in ["second", "reset"] {
                let token = token(d, purpose, Some(user));
                write!(d, |tx| tokens::issue(tx, &token).await).unwrap();
                kept.push((purpose, token.hash));
            }
        }
        let deleted = write!(d, |tx| tokens::delete_all(tx, "second").await);
        assert_eq!(deleted.unwrap(), 2);
        for (purpose, hash) in kept {
            let peeked = read!(d, |tx| tokens::peek(tx, hash, purpose, None, d.now()).await);
            assert_eq!(peeked.unwrap().is_some(), purpose == "reset");
        }
    })
    .await;
}
