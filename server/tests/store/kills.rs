//! F-1, F-2, F-18: processes that are killed in the middle of something.

use std::io::{BufRead, BufReader};
use std::time::Duration;

use accord_server::domain::clock::Clock;
use accord_server::domain::entropy::OsEntropy;
use accord_server::domain::types::ActionId;
use accord_server::store::action_logs::{self, Direction, Filter, NewAction};
use accord_server::store::{Db, DbOptions, Engine};
use sqlx::{Connection, SqliteConnection};

use crate::child;
use crate::database::{
    administer, in_database, on_each_engine, postgres_server, random_below, unique_name,
};
use crate::read;

const WRITER: &str = "kills::write_as_a_child";
const STARTER: &str = "kills::start_as_a_child";

/// Not a test of its own: commits entries, several a transaction, and says so afterwards.
#[tokio::test]
async fn write_as_a_child() {
    let Some(url) = child::url(WRITER) else {
        return;
    };
    let db = Db::connect(&url, &DbOptions::default()).await.unwrap();
    let clock = Clock::system();
    loop {
        let mut tx = db.write().await.unwrap();
        let entry = || NewAction {
            id: ActionId::new(clock.now(), &OsEntropy),
            action: "user:edit",
            actor_id: None,
            resource_type: "user",
            resource_id: None,
            public: true,
            data: "{}",
            private_data: None,
            request_id: "r",
            created_at: clock.now(),
        };
        let last = action_logs::append(&mut tx, &[entry(), entry(), entry()])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        println!("committed {last}");
    }
}

#[tokio::test]
async fn f1_f2_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_there_by_half() {
    on_each_engine(async |d| {
        for _ in 0..5 {
            let mut child = child::start(WRITER, &d.url);
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let mut acknowledged = 0;
            let (mut commits, enough) = (0, 5 + random_below(20));
            for line in lines.map_while(Result::ok) {
                let Some(position) = line.strip_prefix("committed ") else {
                    continue;
                };
                acknowledged = position.parse().unwrap();
                commits += 1;
                // What it said before it died is read to the end.
                if commits == enough {
                    child.kill().unwrap();
                }
            }
            child.wait().unwrap();

            let last = read!(d, |tx| action_logs::latest_position(tx).await).unwrap();
            assert!(last >= acknowledged, "{last} of {acknowledged} are left");
            assert_eq!(last % 3, 0, "part of a transaction");
            let filter = Filter::default();
            let all = read!(d, |tx| {
                action_logs::page(tx, &filter, None, Direction::Newer, 9_999).await
            });
            let positions: Vec<_> = all.unwrap().iter().map(|action| action.position).collect();
            assert_eq!(positions, (1..=last).collect::<Vec<_>>());
        }
        if d.engine == Engine::Sqlite {
            let mut connection = SqliteConnection::connect(&d.url).await.unwrap();
            let sound: (String,) = sqlx::query_as("PRAGMA integrity_check")
                .fetch_one(&mut connection)
                .await
                .unwrap();
            assert_eq!(sound.0, "ok");
        }
    })
    .await;
}

/// Not a test of its own: opens the database and brings its schema up to date.
#[tokio::test]
async fn start_as_a_child() {
    if let Some(url) = child::url(STARTER) {
        println!("starting");
        Db::connect(&url, &DbOptions::default()).await.unwrap();
        println!("started");
    }
}

#[tokio::test]
async fn f18_a_start_that_is_killed_leaves_nothing_that_stops_the_next_one() {
    for _ in 0..5 {
        let folder = std::env::temp_dir().join(unique_name());
        kill_then_start(&format!("sqlite://{}/accord.db", folder.display())).await;
        std::fs::remove_dir_all(folder).unwrap();
    }
    if let Some(server) = postgres_server().await {
        for _ in 0..5 {
            let name = unique_name();
            administer(&server, &format!("CREATE DATABASE {name}")).await;
            kill_then_start(&in_database(&server, &name)).await;
            administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn kill_then_start(url: &str) {
    let mut child = child::start(STARTER, url);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while !lines.next().unwrap().unwrap().contains("starting") {}
    // Anywhere between the first system call and the last.
    let moment = Duration::from_micros(random_below(60_000));
    tokio::time::sleep(moment).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let db = Db::connect(url, &DbOptions::default()).await.unwrap();
    db.write().await.unwrap().commit().await.unwrap();
    db.close().await;
}
