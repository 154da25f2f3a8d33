//! What can happen to a server from below, and a look at its work.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::cluster::Instance;
use crate::database::Database;
use crate::server::TestServer;

/// All tables of the server, on either engine.
const SQLITE_TABLES: &str = "SELECT name FROM pragma_table_list \
    WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
const POSTGRES_TABLES: &str = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";

impl TestServer {
    /// How many password hashes the server has computed.
    pub fn hashes(&self) -> u64 {
        let hashes = |instance: &Instance| instance.services.hasher.hashes();
        self.instances.iter().map(hashes).sum()
    }

    /// Renames every table, behind the server's back.
    pub async fn break_the_database(&self) {
        let renamed = match self.database.is_sqlite() {
            true => break_sqlite(&self.database.url).await,
            false => break_postgres(&self.database).await,
        };
        renamed.expect("the tables are renamed");
    }

    /// Renames one table, behind the server's back.
    pub async fn rename_table(&self, from: &str, to: &str) {
        let rename = AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
        let renamed = match self.database.is_sqlite() {
            true => match sqlx::SqliteConnection::connect(&self.database.url).await {
                Ok(mut connection) => connection.execute(rename).await.map(drop),
                Err(error) => Err(error),
            },
            false => match self.database.connect_postgres().await {
                Ok(mut connection) => connection.execute(rename).await.map(drop),
                Err(error) => Err(error),
            },
        };
        renamed.expect("the table is renamed");
    }

    /// How many event streams are open.
    pub fn subscribers(&self) -> usize {
        let open = |instance: &Instance| instance.services.events.subscribers();
        self.instances.iter().map(open).sum()
    }

    /// Takes all the server's connections to its database, until the answer is dropped. Does so quickly with
    /// [`Setup::with_little_patience`](crate::server::Setup::with_little_patience).
    pub async fn hold_all_connections(&self) -> Vec<accord_server::store::Tx> {
        let mut held = Vec::new();
        for Instance { services, .. } in &self.instances {
            while let Ok(reader) = services.db.read().await {
                held.push(reader);
            }
            while let Ok(writer) = services.db.write().await {
                held.push(writer);
            }
        }
        held
    }

    /// Keeps everybody from changing users until the answer is dropped; the server may go on reading. Who changes one
    /// waits for as long as the setup says: see [`Setup::with_much_patience`](crate::server::Setup::with_much_patience).
    pub async fn hold_writes(&self) -> Held {
        if self.database.is_sqlite() {
            return Held::Sqlite(self.services.db.write().await.expect("the writer"));
        }
        let mut connection = self
            .database
            .connect_postgres()
            .await
            .expect("a connection");
        let lock = "BEGIN; LOCK TABLE users IN EXCLUSIVE MODE";
        sqlx::raw_sql(lock)
            .execute(&mut connection)
            .await
            .expect("the lock");
        Held::Postgres(connection)
    }
}

/// What [`TestServer::hold_writes`] holds.
#[derive(Debug)]
pub enum Held {
    Sqlite(accord_server::store::Tx),
    Postgres(sqlx::PgConnection),
}

async fn break_sqlite(url: &str) -> sqlx::Result<()> {
    let mut connection = sqlx::SqliteConnection::connect(url).await?;
    let tables: Vec<String> = sqlx::query_scalar(SQLITE_TABLES)
        .fetch_all(&mut connection)
        .await?;
    for table in tables {
        connection
            .execute(AssertSqlSafe(format!(
                "ALTER TABLE {table} RENAME TO broken_{table}"
            )))
            .await?;
    }
    connection.close().await
}

async fn break_postgres(database: &Database) -> sqlx::Result<()> {
    let mut connection = database.connect_postgres().await?;
    let tables: Vec<String> = sqlx::query_scalar(POSTGRES_TABLES)
        .fetch_all(&mut connection)
        .await?;
    for table in tables {
        connection
            .execute(AssertSqlSafe(format!(
                "ALTER TABLE {table} RENAME TO broken_{table}"
            )))
            .await?;
    }
    connection.close().await
}
