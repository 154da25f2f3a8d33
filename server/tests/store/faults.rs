//! Broken links, abandoned work, exhausted pools.

use std::time::{Duration, Instant};

use accord_server::store::{Db, DbOptions, Engine, Error, users};
use futures::FutureExt;
use sqlx::{Connection, SqliteConnection};

use crate::database::{administer, email, handle, on_each_engine};
use crate::{read, write};

fn small() -> DbOptions {
    DbOptions {
        max_connections: 2,
        acquire_timeout: Duration::from_millis(300),
        busy_timeout: Duration::from_millis(200),
        statement_timeout: Duration::from_secs(1),
    }
}

#[tokio::test]
async fn f5_an_exhausted_pool_refuses_in_time_and_recovers() {
    on_each_engine(async |d| {
        let db = Db::connect(&d.url, &small()).await.unwrap();
        let held = [db.read().await.unwrap(), db.read().await.unwrap()];
        let start = Instant::now();
        let refused = db.read().await.unwrap_err();
        assert!(matches!(refused, Error::Unavailable(_)), "{refused}");
        assert!(start.elapsed() < Duration::from_secs(1));
        drop(held);
        db.ping().await.unwrap();
        let (status, _) = db.status();
        assert_eq!((status.size, status.busy), (2, 0));
        db.close().await;
        assert!(
            matches!(db.read().await, Err(Error::Unavailable(_))),
            "closed"
        );
    })
    .await;
}

#[tokio::test]
async fn f5_a_locked_sqlite_file_refuses_in_time_and_recovers() {
    on_each_engine(async |d| {
        if d.engine != Engine::Sqlite {
            return;
        }
        let db = Db::connect(&d.url, &small()).await.unwrap();
        let mut other = SqliteConnection::connect(&d.url).await.unwrap();
        sqlx::raw_sql("BEGIN EXCLUSIVE")
            .execute(&mut other)
            .await
            .unwrap();
        let start = Instant::now();
        for _ in 0..3 {
            assert!(matches!(db.write().await, Err(Error::Unavailable(_))));
        }
        assert!(start.elapsed() < Duration::from_secs(2));
        db.ping().await.unwrap();
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        db.write().await.unwrap().commit().await.unwrap();
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn f25_abandoned_work_is_rolled_back_and_its_connection_used_again() {
    on_each_engine(async |d| {
        let options = DbOptions {
            max_connections: 2,
            ..DbOptions::default()
        };
        let db = Db::connect(&d.url, &options).await.unwrap();
        db.ping().await.unwrap();
        let id = d.add_user("alice", "alice@example.com", true).await;
        let mut reached = 0;
        for round in 0..200 {
            let mut work = Box::pin(async {
                let mut tx = db.write().await.unwrap();
                users::set_password(&mut tx, id, "lost", d.now())
                    .await
                    .unwrap();
                reached += 1;
                users::set_password(&mut tx, id, "lost", d.now())
                    .await
                    .unwrap();
                futures::future::pending::<()>().await;
            });
            // Some are dropped while they wait for a connection, some in the middle of a
            // statement, some between two.
            for _ in 0..round * 5 {
                assert!(work.as_mut().now_or_never().is_none());
                tokio::task::yield_now().await;
            }
            drop(work);
        }
        assert!((1..200).contains(&reached), "{reached}");
        let mut tx = db.write().await.unwrap();
        let user = users::by_id(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(user.password_hash.as_deref(), Some("$argon2id$"));
        tx.commit().await.unwrap();
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn f3_after_the_server_has_cut_every_connection_one_request_fails_at_most() {
    on_each_engine(async |d| {
        if d.engine != Engine::Postgres {
            return;
        }
        let held = [
            d.db.read().await.unwrap(),
            d.db.read().await.unwrap(),
            d.db.read().await.unwrap(),
        ];
        drop(held);
        administer(
            &d.url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await;
        assert!(matches!(d.db.ping().await, Err(Error::Unavailable(_))));
        for _ in 0..5 {
            d.db.ping().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn f4_a_statement_that_takes_too_long_is_given_up() {
    on_each_engine(async |d| {
        if d.engine != Engine::Postgres {
            return;
        }
        let db = Db::connect(&d.url, &small()).await.unwrap();
        let id = d.add_user("alice", "alice@example.com", true).await;
        let mut blocker = d.db.write().await.unwrap();
        users::set_password(&mut blocker, id, "x", d.now())
            .await
            .unwrap();
        let mut blocked = db.write().await.unwrap();
        let start = Instant::now();
        let refused = users::set_password(&mut blocked, id, "y", d.now())
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::Unavailable(_)), "{refused}");
        assert!(start.elapsed() < Duration::from_secs(2));
        drop(blocked);
        drop(blocker);
        let mut tx = db.write().await.unwrap();
        assert!(
            users::set_password(&mut tx, id, "z", d.now())
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn closing_folds_the_write_ahead_log_into_the_file() {
    on_each_engine(async |d| {
        if let Some(folder) = d.folder() {
            d.add_user("alice", "alice@example.com", true).await;
            assert!(folder.join("accord.db-wal").metadata().unwrap().len() > 0);
            d.db.close().await;
            assert!(!folder.join("accord.db-wal").exists());
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_writes_through_a_reader_of_sqlite() {
    on_each_engine(async |d| {
        if d.engine != Engine::Sqlite {
            return;
        }
        let id = d.add_user("alice", "alice@example.com", true).await;
        let failed = read!(d, |tx| users::delete(tx, id).await).unwrap_err();
        assert!(
            matches!(failed, Error::Internal(_) | Error::Unavailable(_)),
            "{failed}"
        );
        assert!(
            write!(d, |tx| users::by_handle(tx, &handle("alice")).await)
                .unwrap()
                .is_some()
        );
        let found = read!(d, |tx| users::verified_by_email(
            tx,
            &email("alice@example.com")
        )
        .await);
        assert!(found.unwrap().is_some());
    })
    .await;
}
