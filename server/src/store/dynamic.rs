//! Statements whose text depends on what is asked for: put together from literals and parameters.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::{Result, Tx};

/// A statement under construction. Values only ever get in as parameters.
#[derive(Debug)]
pub(super) struct Dynamic {
    sql: String,
    values: Vec<Value>,
}

/// A parameter.
#[derive(Debug)]
pub(super) enum Value {
    Bool(bool),
    Int(i64),
    Text(String),
    Uuid(Uuid),
}

impl Dynamic {
    pub(super) fn new(sql: &'static str) -> Self {
        Self {
            sql: sql.to_owned(),
            values: Vec::new(),
        }
    }

    /// Appends a piece of SQL.
    pub(super) fn sql(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Appends a parameter.
    pub(super) fn bind(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        self.sql.push('$');
        self.sql.push_str(&self.values.len().to_string());
        self
    }

    /// Appends a list of parameters in parentheses.
    pub(super) fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        for (i, value) in values.into_iter().enumerate() {
            self.sql(if i == 0 { "(" } else { ", " }).bind(value);
        }
        self.sql(")")
    }

    /// Runs it.
    pub(super) async fn fetch_all<R>(self, tx: &mut Tx) -> Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let Self { sql, values } = self;
        macro_rules! fetch {
            ($lease:expr) => {{
                let mut query = sqlx::query_as::<_, R>(AssertSqlSafe(sql));
                for value in values {
                    query = match value {
                        Value::Bool(value) => query.bind(value),
                        Value::Int(value) => query.bind(value),
                        Value::Text(value) => query.bind(value),
                        Value::Uuid(value) => query.bind(value),
                    };
                }
                let limit = $lease.limit();
                let done = tokio::time::timeout(limit, query.fetch_all($lease.start())).await;
                $lease.finish(done)
            }};
        }
        match tx {
            Tx::Sqlite(lease) => fetch!(lease),
            Tx::Postgres(lease) => fetch!(lease),
        }
    }
}
