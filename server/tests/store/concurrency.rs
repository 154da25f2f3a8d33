//! What must hold when everybody comes at once. Runs on several threads.

use std::time::Duration;

use accord_server::store::action_logs::{self, Direction, Filter, NewAction};
use accord_server::store::attempts::{self, Reserved};
use accord_server::store::{mails, tokens, users};
use futures::future::join_all;

use crate::database::{Database, email, handle, on_each_engine, seconds, secret};
use crate::{read, write};

/// Runs `count` copies at once, each on a task of its own, and answers what they came to.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    count: usize,
    task: impl Fn(usize) -> F,
) -> Vec<T> {
    let tasks: Vec<_> = (0..count).map(|i| tokio::spawn(task(i))).collect();
    join_all(tasks)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect()
}

/// SECURITY: F-5.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_writers_all_get_through() {
    on_each_engine(async |d| {
        let ids = at_once(20, |i| {
            let (db, now) = (d.db.clone(), d.now());
            let first = d.user_id();
            let rest: Vec<_> = (0..10).map(|_| d.user_id()).collect();
            async move {
                for (n, id) in rest.into_iter().enumerate() {
                    // Read, then write: what deadlocks a deferred transaction.
                    let mut tx = db.write().await.unwrap();
                    assert!(users::by_id(&mut tx, id).await.unwrap().is_none());
                    let user = users::NewUser {
                        id,
                        handle: &handle(&format!("w{i}x{n}end")),
                        display_name: "w",
                        email: &email("w@example.com"),
                        verified_at: None,
                        password_hash: None,
                        created_at: now,
                    };
                    users::insert(&mut tx, &user).await.unwrap();
                    tx.commit().await.unwrap();
                }
                first
            }
        })
        .await;
        assert_eq!(ids.len(), 20);
        let until = d.now();
        assert_eq!(
            write!(d, |tx| users::delete_unverified(tx, until, 999).await).unwrap(),
            200
        );
    })
    .await;
}

/// SECURITY: 2.3.4, 15.4.1.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_fifty_gets_a_handle() {
    on_each_engine(async |d| {
        let won = at_once(50, |i| {
            let (db, id, now) = (d.db.clone(), d.user_id(), d.now());
            async move {
                let mut tx = db.write().await.unwrap();
                let user = users::NewUser {
                    id,
                    handle: &handle(["WANTED", "wanted", "Wanted"][i % 3]),
                    display_name: "w",
                    email: &email("w@example.com"),
                    verified_at: None,
                    password_hash: None,
                    created_at: now,
                };
                match users::insert(&mut tx, &user).await {
                    Ok(()) => {
                        tx.commit().await.unwrap();
                        true
                    }
                    Err(error) => {
                        assert!(error.violates(users::UNIQUE_HANDLE), "{error}");
                        false
                    }
                }
            }
        })
        .await;
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
    })
    .await;
}

/// SECURITY: T-4, 15.4.1.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_sixteen_consumes_a_token() {
    on_each_engine(async |d| {
        for _ in 0..10 {
            let hash = secret();
            issue(d, hash).await;
            let taken = at_once(16, |_| {
                let (db, now) = (d.db.clone(), d.now());
                async move {
                    let mut tx = db.write().await.unwrap();
                    let taken = tokens::consume(&mut tx, hash, "reset", None, now)
                        .await
                        .unwrap();
                    tx.commit().await.unwrap();
                    taken.is_some()
                }
            })
            .await;
            assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
        }
    })
    .await;
}

/// SECURITY: R-3, R-2.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_than_five_of_fifty_attempts_see_the_token() {
    on_each_engine(async |d| {
        let hash = secret();
        issue(d, hash).await;
        let seen = at_once(50, |_| {
            let (db, now) = (d.db.clone(), d.now());
            async move {
                let mut tx = db.write().await.unwrap();
                let seen = tokens::attempt(&mut tx, hash, "reset", None, now, 5)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                seen.is_some()
            }
        })
        .await;
        assert_eq!(seen.iter().filter(|seen| **seen).count(), 5);
    })
    .await;
}

async fn issue(d: &Database, hash: accord_server::domain::types::TokenHash) {
    let token = tokens::NewToken {
        hash,
        purpose: "reset",
        user_id: None,
        session_id: None,
        email: None,
        data: None,
        binding: None,
        created_at: d.now(),
        expires_at: d.now() + seconds(60),
    };
    write!(d, |tx| tokens::issue(tx, &token).await).unwrap();
}

/// SECURITY: R-3, R-4, A8.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_than_ten_of_fifty_guesses_are_judged() {
    on_each_engine(async |d| {
        let judged = at_once(50, |_| {
            let (db, now) = (d.db.clone(), d.now());
            async move {
                let mut tx = db.write().await.unwrap();
                let forgotten = now + seconds(900);
                let reserved = attempts::reserve(&mut tx, "login:x", now, forgotten)
                    .await
                    .unwrap();
                if reserved == (Reserved::Go { count: 10 }) {
                    attempts::block(&mut tx, "login:x", now + seconds(60))
                        .await
                        .unwrap();
                }
                tx.commit().await.unwrap();
                matches!(reserved, Reserved::Go { .. })
            }
        })
        .await;
        assert_eq!(judged.iter().filter(|judged| **judged).count(), 10);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_mail_is_claimed_twice() {
    on_each_engine(async |d| {
        for i in 0..40 {
            let mail = mails::NewMail {
                id: d.mail_id(),
                message_id: &format!("{i}"),
                user_id: None,
                kind: "notice",
                key_id: "k",
                payload: b"x",
                expires_at: None,
                created_at: d.now(),
            };
            write!(d, |tx| mails::enqueue(tx, &mail).await).unwrap();
        }
        let claimed = at_once(8, |_| {
            let (db, now) = (d.db.clone(), d.now());
            async move {
                let mut mine = Vec::new();
                loop {
                    let mut tx = db.write().await.unwrap();
                    let got = mails::claim(&mut tx, 3, now, now + seconds(60))
                        .await
                        .unwrap();
                    tx.commit().await.unwrap();
                    if got.is_empty() {
                        return mine;
                    }
                    mine.extend(got.into_iter().map(|mail| mail.id));
                }
            }
        })
        .await;
        let mut ids: Vec<_> = claimed.into_iter().flatten().collect();
        assert_eq!(ids.len(), 40);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 40);
    })
    .await;
}

/// SECURITY: Q-7.
/// A reader that goes on from the last position it has seen misses nothing, and sees everything
/// once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn positions_have_no_gaps_and_follow_commits() {
    on_each_engine(async |d| {
        let reader = tokio::spawn({
            let db = d.db.clone();
            async move {
                let (mut last, mut idle) = (0, 0);
                while last < 50 * 4 && idle < 20_000 {
                    let tx = &mut db.read().await.unwrap();
                    let filter = Filter::default();
                    let page = action_logs::page(tx, &filter, Some(last), Direction::Newer, 100);
                    let page = page.await.unwrap();
                    idle += usize::from(page.is_empty());
                    for action in page {
                        assert_eq!(action.position, last + 1, "a gap, or out of order");
                        last = action.position;
                    }
                    tokio::task::yield_now().await;
                }
                last
            }
        });
        at_once(50, |i| {
            let (db, now) = (d.db.clone(), d.now());
            let ids: Vec<_> = (0..5).map(|_| d.action_id()).collect();
            async move {
                for (n, id) in ids.iter().enumerate() {
                    let mut tx = db.write().await.unwrap();
                    let action = NewAction {
                        id: *id,
                        action: "user:edit",
                        actor_id: None,
                        resource_type: "user",
                        resource_id: None,
                        public: true,
                        data: "{}",
                        private_data: None,
                        request_id: "r",
                        created_at: now,
                    };
                    action_logs::append(&mut tx, &[action]).await.unwrap();
                    // Every fifth is given up, some of them late.
                    match (i + n) % 5 {
                        0 => drop(tx),
                        _ => tx.commit().await.unwrap(),
                    }
                }
            }
        })
        .await;
        assert_eq!(
            read!(d, |tx| action_logs::latest_position(tx).await).unwrap(),
            50 * 4
        );
        assert_eq!(reader.await.unwrap(), 50 * 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_do_not_wait_for_a_writer() {
    on_each_engine(async |d| {
        let id = d.add_user("alice", "alice@example.com", true).await;
        let mut writer = d.db.write().await.unwrap();
        users::set_password(&mut writer, id, "uncommitted", d.now())
            .await
            .unwrap();
        let read = tokio::time::timeout(Duration::from_secs(2), async {
            read!(d, |tx| users::by_id(tx, id).await).unwrap().unwrap()
        });
        assert_eq!(
            read.await.unwrap().password_hash.as_deref(),
            Some("$argon2id$")
        );
        drop(writer);
        let user = read!(d, |tx| users::by_id(tx, id).await).unwrap().unwrap();
        assert_eq!(
            user.password_hash.as_deref(),
            Some("$argon2id$"),
            "rolled back"
        );
    })
    .await;
}
