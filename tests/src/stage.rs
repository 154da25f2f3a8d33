//! What a test gets: an engine to run on, and a place for servers that is cleared when the test ends.

use std::sync::{Arc, Mutex, PoisonError};

use crate::database::Database;
use crate::engine::Engine;
use crate::journal::{Breaches, Journal};
use crate::server::{Setup, TestServer};

/// Starts servers for one test. Clones are the same stage.
#[derive(Debug, Clone)]
pub struct Stage {
    pub engine: Engine,
    pub(crate) journal: Arc<Journal>,
    databases: Arc<Mutex<Vec<Arc<Database>>>>,
}

impl Stage {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            journal: Arc::default(),
            databases: Arc::default(),
        }
    }

    /// A server as tests want it: generous limits, cheap password hashes, a clock that stands still.
    pub async fn server(&self) -> TestServer {
        self.server_with(Setup::default()).await
    }

    /// A server with settings of its own.
    pub async fn server_with(&self, setup: Setup) -> TestServer {
        let database = Arc::new(Database::create(self.engine).await);
        self.databases().push(database.clone());
        TestServer::start(self, database, setup).await
    }

    /// One more instance on the database of the first, with a clock of its own.
    pub async fn second_instance(&self, of: &TestServer, setup: Setup) -> TestServer {
        TestServer::start(self, of.database.clone(), setup.alone()).await
    }

    /// Removes the databases. Answers what the test's responses did wrong.
    pub(crate) async fn clear(&self) -> Breaches {
        let databases = std::mem::take(&mut *self.databases());
        for database in databases {
            database.discard().await;
        }
        self.journal.breaches()
    }

    fn databases(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Database>>> {
        self.databases
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
