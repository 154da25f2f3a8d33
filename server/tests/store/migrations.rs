//! F-17, F-18: starting together, meeting newer and edited schemas.

use accord_server::store::{Db, DbOptions, Engine, MigrateError};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::child;
use crate::database::{
    Database, administer, in_database, on_each_engine, postgres_server, unique_name,
};

const CHILD: &str = "migrations::migrate_as_a_child";

/// Not a test of its own: what the processes of the next one run.
#[tokio::test]
async fn migrate_as_a_child() {
    if let Some(url) = child::url(CHILD) {
        let db = Db::connect(&url, &DbOptions::default()).await.unwrap();
        db.ping().await.unwrap();
        db.close().await;
    }
}

#[tokio::test]
async fn f17_four_processes_start_at_once_on_an_empty_database() {
    for _ in 0..3 {
        let folder = std::env::temp_dir().join(unique_name());
        start_four(&format!("sqlite://{}/accord.db", folder.display()));
        std::fs::remove_dir_all(folder).unwrap();
    }
    if let Some(server) = postgres_server().await {
        for _ in 0..3 {
            let name = unique_name();
            administer(&server, &format!("CREATE DATABASE {name}")).await;
            start_four(&in_database(&server, &name));
            administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

fn start_four(url: &str) {
    let children: Vec<_> = (0..4).map(|_| child::start(CHILD, url)).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    }
}

pub async fn tamper(d: &Database, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    match d.engine {
        Engine::Sqlite => {
            let mut connection = SqliteConnection::connect(&d.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        }
        Engine::Postgres => {
            let mut connection = PgConnection::connect(&d.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        }
    }
}

pub async fn connect(d: &Database) -> Result<Db, MigrateError> {
    Db::connect(&d.url, &DbOptions::default()).await
}

#[tokio::test]
async fn f18_a_newer_or_edited_schema_is_refused_in_one_line() {
    on_each_engine(async |d| {
        connect(d).await.unwrap().close().await;
        tamper(
            d,
            "UPDATE _sqlx_migrations SET version = 9001 WHERE version = 1",
        )
        .await;
        let error = connect(d).await.unwrap_err();
        assert!(matches!(error, MigrateError::Newer(9001)), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
        tamper(
            d,
            "UPDATE _sqlx_migrations SET version = 1, checksum = 'x' WHERE version = 9001",
        )
        .await;
        let error = connect(d).await.unwrap_err();
        assert!(matches!(error, MigrateError::Edited(1)), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    })
    .await;
}

/// SECURITY: F-23, 16.2.5.
#[tokio::test]
async fn a_url_that_makes_no_sense_is_refused_without_repeating_it() {
    for url in [
        "",
        "mysql://root:hunter2@localhost/x",
        "sqlite::memory:",
        "sqlite://",
        "sqlite://x.db?mode=memory",
        "sqlite:///proc/nowhere/accord.db",
        "postgres://user:hunter2@127.0.0.1:1/x",
        "postgres://user:hunter2@127.0.0.1:port/x",
    ] {
        let error = Db::connect(url, &DbOptions::default())
            .await
            .unwrap_err()
            .to_string();
        assert!(
            !error.contains("hunter2") && !error.contains('\n'),
            "{error}"
        );
    }
}

/// SECURITY: 16.4.2, 13.3.1.
#[cfg(unix)]
#[tokio::test]
async fn the_files_are_for_the_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    on_each_engine(async |d| {
        let Some(folder) = d.folder() else { return };
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{} {mode:o}", entry.path().display());
        }
    })
    .await;
}
