//! The databases to measure with, each fresh.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use anyhow::Result;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;

const POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A database engine.
#[derive(Clone, Debug)]
pub enum Engine {
    Sqlite,
    /// With the URL of its server.
    Postgres(String),
}

/// An empty database and a directory; both go when it is dropped.
#[derive(Debug)]
pub struct Place {
    pub url: String,
    pub directory: TempDir,
    drop: Option<(String, String)>,
}

impl Engine {
    /// Those that are here; it is said which is not.
    pub fn present() -> Result<Vec<Self>> {
        let url = std::env::var("ACCORD_TEST_POSTGRES_URL").unwrap_or_else(|_| POSTGRES.into());
        let connected = block_on(async {
            PgConnection::connect(&url).await?.close().await?;
            Ok(())
        });
        match connected {
            Ok(()) => Ok(vec![Self::Sqlite, Self::Postgres(url)]),
            Err(error) => {
                println!("SKIPPED: PostgreSQL: {error}");
                Ok(vec![Self::Sqlite])
            }
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// A new database.
    pub fn place(&self) -> Result<Place> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let directory = tempfile::tempdir()?;
        match self {
            Self::Sqlite => Ok(Place {
                url: format!("sqlite:{}/accord.db", directory.path().display()),
                directory,
                drop: None,
            }),
            Self::Postgres(server) => {
                let number = NEXT.fetch_add(1, Relaxed);
                let name = format!("accord_bench_{}_{number}", std::process::id());
                administer(server, format!("CREATE DATABASE {name}"))?;
                let mut url: url::Url = server.parse()?;
                url.set_path(&name);
                Ok(Place {
                    url: url.into(),
                    directory,
                    drop: Some((server.clone(), name)),
                })
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = self.drop.take() {
            let _ = administer(&server, format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn administer(server: &str, sql: String) -> Result<()> {
    block_on(async {
        let mut connection = PgConnection::connect(server).await?;
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await?;
        Ok(connection.close().await?)
    })
}

/// Runs this on a thread of its own kind: the generator of load needs no more.
pub fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(future)
}
