//! All that the database holds, as who has stolen it reads it.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

use crate::database::Database;
use crate::server::TestServer;

const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, 'CAST(\"' || c.name || '\" AS BLOB)' \
    FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    ORDER BY t.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, \
    CASE data_type WHEN 'bytea' THEN quote_ident(column_name) \
    ELSE 'convert_to(' || quote_ident(column_name) || '::text, ''UTF8'')' END \
    FROM information_schema.columns WHERE table_schema = 'public' \
    ORDER BY table_name, ordinal_position";

/// The rows of every table, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dump(BTreeMap<String, Table>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Option<Vec<u8>>>>,
}

impl Dump {
    /// How many rows a table has.
    ///
    /// # Panics
    /// When there is no such table.
    pub fn count(&self, table: &str) -> usize {
        let found = self.0.get(table);
        found
            .unwrap_or_else(|| panic!("no table {table}"))
            .rows
            .len()
    }

    /// The same without some tables.
    pub fn without(mut self, tables: &[&str]) -> Self {
        self.0.retain(|name, _| !tables.contains(&name.as_str()));
        self
    }

    /// Where these bytes stand, as `table.column`.
    pub fn places_of(&self, bytes: &[u8]) -> Vec<String> {
        let holds = |cell: &[u8]| cell.windows(bytes.len()).any(|window| window == bytes);
        self.cells()
            .filter(|(_, _, cell)| holds(cell))
            .map(|(table, column, _)| format!("{table}.{column}"))
            .collect()
    }

    /// Every cell as a thief might try it: as text, in hexadecimal digits and in base64url.
    pub fn texts(&self) -> BTreeSet<String> {
        let forms = |cell: &[u8]| {
            let hex: String = cell.iter().map(|byte| format!("{byte:02x}")).collect();
            let text = std::str::from_utf8(cell).map(str::to_owned);
            [text.unwrap_or_default(), hex, URL_SAFE_NO_PAD.encode(cell)]
        };
        let forms = self.cells().flat_map(|(_, _, cell)| forms(cell));
        forms.filter(|text| !text.is_empty()).collect()
    }

    fn cells(&self) -> impl Iterator<Item = (&str, &str, &[u8])> {
        self.0.iter().flat_map(|(name, table)| {
            let cells = table
                .rows
                .iter()
                .flat_map(move |row| table.columns.iter().zip(row));
            cells.filter_map(move |(column, cell)| {
                Some((name.as_str(), column.as_str(), cell.as_deref()?))
            })
        })
    }
}

impl TestServer {
    /// All tables as they are now.
    pub async fn dump(&self) -> Dump {
        let dumped = match self.database.is_sqlite() {
            true => sqlite(&self.database.url).await,
            false => postgres(&self.database).await,
        };
        let dump = dumped.expect("the tables");
        assert!(dump.0.len() > 5, "{:?}", dump.0.keys());
        dump
    }
}

/// What to ask each table for: its columns by name, and how to read them as bytes.
fn questions(columns: Vec<(String, String, String)>) -> BTreeMap<String, (Vec<String>, String)> {
    let mut questions: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for (table, column, bytes) in columns {
        let (names, reads) = questions.entry(table).or_default();
        names.push(column);
        reads.push(bytes);
    }
    questions
        .into_iter()
        .map(|(table, (names, reads))| {
            let select = format!("SELECT {} FROM {table}", reads.join(", "));
            (table, (names, select))
        })
        .collect()
}

/// Reads all tables over a connection of either kind.
macro_rules! read {
    ($connection:ident, $columns:expr) => {{
        let columns = sqlx::query_as($columns).fetch_all(&mut $connection).await?;
        let mut dump = BTreeMap::new();
        for (table, (columns, select)) in questions(columns) {
            let found = sqlx::query(AssertSqlSafe(select))
                .fetch_all(&mut $connection)
                .await?;
            let mut rows = Vec::new();
            for row in found {
                let cells = (0..columns.len()).map(|index| row.try_get(index));
                rows.push(cells.collect::<sqlx::Result<Vec<Option<Vec<u8>>>>>()?);
            }
            rows.sort();
            dump.insert(table, Table { columns, rows });
        }
        $connection.close().await?;
        Ok(Dump(dump))
    }};
}

async fn sqlite(url: &str) -> sqlx::Result<Dump> {
    let mut connection = SqliteConnection::connect(url).await?;
    read!(connection, SQLITE_COLUMNS)
}

async fn postgres(database: &Database) -> sqlx::Result<Dump> {
    let mut connection = database.connect_postgres().await?;
    read!(connection, POSTGRES_COLUMNS)
}
