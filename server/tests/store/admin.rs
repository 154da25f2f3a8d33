//! What operators ask of a database.

use std::sync::atomic::{AtomicBool, Ordering};

use accord_server::store::admin::{self, Found};
use accord_server::store::{Db, DbOptions, Engine, mails, totp, users};

use crate::database::{administer, email, on_each_engine, seconds};
use crate::{read, write};

#[tokio::test]
async fn a_database_is_looked_at_without_changing_it() {
    on_each_engine(async |d| {
        let Found::Database { server, pending } = admin::examine(&d.url).await.unwrap() else {
            panic!("it is there")
        };
        let name = match d.engine {
            Engine::Sqlite => "SQLite 3.",
            Engine::Postgres => "PostgreSQL ",
        };
        assert!(server.starts_with(name), "{server}");
        assert_eq!(pending, 0);
        let Some(folder) = d.folder() else {
            administer(&d.url, "DROP TABLE _sqlx_migrations").await;
            let found = admin::examine(&d.url).await.unwrap();
            assert!(
                matches!(found, Found::Database { pending: 5.., .. }),
                "{found:?}"
            );
            return;
        };
        let missing = format!("sqlite://{}/missing.db", folder.display());
        assert_eq!(admin::examine(&missing).await.unwrap(), Found::Nothing);
        assert!(!folder.join("missing.db").exists());
        let junk = folder.join("junk.db");
        std::fs::write(&junk, vec![7; 8192]).unwrap();
        let url = format!("sqlite://{}", junk.display());
        admin::examine(&url).await.unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn f19_a_copy_of_a_file_in_use_is_whole() {
    on_each_engine(async |d| {
        let Some(folder) = d.folder() else { return };
        let id = d.add_user("alice", "alice@example.com", true).await;
        let done = AtomicBool::new(false);
        let write = async {
            let mut writes = 0;
            while !done.load(Ordering::Relaxed) {
                let hash = writes.to_string();
                write!(d, |tx| users::set_password(tx, id, &hash, d.now()).await).unwrap();
                writes += 1;
            }
            writes
        };
        let copy = async {
            let mut copies = Vec::new();
            for number in 0..5 {
                let file = folder.join(format!("copy-{number}.db"));
                admin::back_up(&d.url, &file).await.unwrap();
                assert!(
                    admin::back_up(&d.url, &file).await.is_err(),
                    "nothing is overwritten"
                );
                copies.push(file);
            }
            done.store(true, Ordering::Relaxed);
            copies
        };
        let (writes, copies) = tokio::join!(write, copy);
        assert!(writes > 5, "{writes}");
        for copy in copies {
            let url = format!("sqlite://{}", copy.display());
            let db = Db::connect(&url, &DbOptions::default()).await.unwrap();
            let mut tx = db.read().await.unwrap();
            let alice = users::verified_by_email(&mut tx, &email("alice@example.com")).await;
            assert_eq!(alice.unwrap().unwrap().id, id);
            drop(tx);
            db.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn keys_are_in_use_while_something_is_under_them() {
    on_each_engine(async |d| {
        let in_use = async || read!(d, |tx| admin::keys_in_use(tx).await).unwrap();
        assert!(in_use().await.is_empty());
        let id = d.add_user("alice", "alice@example.com", true).await;
        let (now, end) = (d.now(), d.now() + seconds(100));
        write!(d, |tx| totp::set_up(tx, id, b"secret", "b", now, end).await).unwrap();
        for (key_id, name) in [("a", "first"), ("b", "second")] {
            let mail = mails::NewMail {
                id: d.mail_id(),
                message_id: name,
                user_id: Some(id),
                kind: "verify_email",
                key_id,
                payload: b"sealed",
                expires_at: None,
                created_at: d.now(),
            };
            write!(d, |tx| mails::enqueue(tx, &mail).await).unwrap();
        }
        assert_eq!(in_use().await, ["a", "b"]);
        let now = d.now();
        let claimed = write!(d, |tx| mails::claim(tx, 9, now, now + seconds(9)).await).unwrap();
        for mail in claimed {
            write!(d, |tx| mails::mark_sent(tx, mail.id, now, false).await).unwrap();
        }
        assert_eq!(in_use().await, ["b"]);
    })
    .await;
}
