//! The kinds of database that the suite runs on.

use std::fmt;
use std::sync::LazyLock;

use crate::database;

/// SQLite with one instance that keeps counters in memory; PostgreSQL and Redis with two instances that take requests
/// in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

/// Where counters and events of servers on PostgreSQL live, when `ACCORD_TEST_REDIS_URL` or the usual port answers.
pub fn redis_url() -> Option<&'static str> {
    static URL: LazyLock<Option<String>> = LazyLock::new(|| {
        let url = std::env::var("ACCORD_TEST_REDIS_URL")
            .unwrap_or_else(|_| "redis://127.0.0.1:6379".into());
        let (_, rest) = url.split_once("://")?;
        let address = rest.split('/').next()?.rsplit('@').next()?;
        std::net::TcpStream::connect(address).ok()?;
        Some(url)
    });
    URL.as_deref()
}

impl Engine {
    /// SQLite, and PostgreSQL where it answers, with as many instances as Redis permits. In CI both must answer.
    ///
    /// # Panics
    /// When `CI` is set and PostgreSQL or Redis does not answer.
    pub(crate) fn available() -> Vec<Self> {
        if redis_url().is_none() {
            assert!(std::env::var_os("CI").is_none(), "Redis is needed in CI");
            eprintln!("\nSKIPPED: everything on two instances, for no Redis answers\n");
        }
        match runtime().block_on(database::sweep()) {
            Ok(()) => vec![Self::Sqlite, Self::Postgres],
            Err(error) => {
                assert!(
                    std::env::var_os("CI").is_none(),
                    "PostgreSQL is needed in CI: {error}"
                );
                eprintln!(
                    "\nSKIPPED: all tests on PostgreSQL, for it does not answer at {}: {error}\n",
                    database::postgres_url()
                );
                vec![Self::Sqlite]
            }
        }
    }
    /// Drops the databases that tests used.
    pub(crate) fn leave() {
        if let Err(error) = runtime().block_on(database::drop_all()) {
            eprintln!("test databases are left behind: {error}");
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
