//! Both engines end up with the same schema.

use std::collections::BTreeSet;

use accord_server::store::Engine;
use sqlx::{Connection, PgConnection, SqliteConnection};
use tokio::sync::Mutex;

use crate::database::{Database, on_each_engine};

/// `table.column kind null? primary key?` and `index on table (columns) unique? partial?`.
type Schema = BTreeSet<String>;

/// The trigram index apart: tables called `user_search…` on SQLite, an index of kind `gin` on PostgreSQL.
#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indices() {
    let schemas = Mutex::new(Vec::new());
    on_each_engine(async |d| {
        let schema = match d.engine {
            Engine::Sqlite => sqlite(d).await,
            Engine::Postgres => postgres(d).await,
        };
        assert!(schema.len() > 70, "{schema:#?}");
        schemas.lock().await.push(schema);
    })
    .await;
    if let [sqlite, postgres] = &schemas.into_inner()[..] {
        let only_sqlite: Vec<_> = sqlite.difference(postgres).collect();
        let only_postgres: Vec<_> = postgres.difference(sqlite).collect();
        assert!(
            only_sqlite.is_empty() && only_postgres.is_empty(),
            "SQLite alone has {only_sqlite:#?}\nPostgreSQL alone has {only_postgres:#?}"
        );
    }
}

async fn sqlite(d: &Database) -> Schema {
    let mut connection = SqliteConnection::connect(&d.url).await.unwrap();
    let columns: Vec<(String, String, String, bool, i64)> = sqlx::query_as(
        "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk \
         FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
         AND m.name NOT LIKE 'user\\_search%' ESCAPE '\\'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let indices: Vec<(String, String, String, bool, bool)> = sqlx::query_as(
        "SELECT m.name, i.name, (SELECT group_concat(name, ', ') FROM pragma_index_info(i.name)), \
         i.\"unique\", i.partial \
         FROM sqlite_master m JOIN pragma_index_list(m.name) i \
         WHERE m.type = 'table' AND i.origin = 'c' AND m.name NOT LIKE 'user\\_search%' ESCAPE '\\'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    schema(columns, indices)
}

async fn postgres(d: &Database) -> Schema {
    let mut connection = PgConnection::connect(&d.url).await.unwrap();
    let columns: Vec<(String, String, String, bool, i64)> = sqlx::query_as(
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text, c.is_nullable = 'NO', \
         COALESCE((SELECT array_position(i.indkey::int2[], a.attnum) + 1 FROM pg_index i \
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = c.column_name \
         WHERE i.indisprimary AND i.indrelid = c.table_name::regclass), 0)::bigint \
         FROM information_schema.columns c \
         WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let indices: Vec<(String, String, String, bool, bool)> = sqlx::query_as(
        "SELECT t.relname::text, x.relname::text, (SELECT string_agg(a.attname, ', ' ORDER BY k.n) \
         FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, n) \
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum), \
         i.indisunique, i.indpred IS NOT NULL \
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
         JOIN pg_class x ON x.oid = i.indexrelid \
         WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary \
         AND x.relam <> (SELECT oid FROM pg_am WHERE amname = 'gin')",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    schema(columns, indices)
}

fn schema(
    columns: Vec<(String, String, String, bool, i64)>,
    indices: Vec<(String, String, String, bool, bool)>,
) -> Schema {
    let columns = columns
        .into_iter()
        .map(|(table, column, kind, not_null, key)| {
            let kind = kind_of(&column, &kind);
            format!("{table}.{column} {kind} not null: {not_null}, place in the key: {key}")
        });
    let indices = indices
        .into_iter()
        .map(|(table, index, columns, unique, partial)| {
            if unique {
                let named_by_rule = format!("{table}_{}", columns.replace(", ", "_"));
                assert_eq!(
                    index, named_by_rule,
                    "the name of a unique index is read back"
                );
            }
            format!("index {index} on {table} ({columns}) unique: {unique}, partial: {partial}")
        });
    columns.chain(indices).collect()
}

/// What SQLite keeps in the same kind of column.
fn kind_of(column: &str, kind: &str) -> &'static str {
    match kind {
        "TEXT" | "text" => "text",
        "timestamp with time zone" => {
            assert!(
                column.ends_with("_at") || column.ends_with("_until"),
                "{column}"
            );
            "text"
        }
        "BLOB" | "bytea" | "uuid" => "bytes",
        "INTEGER" | "bigint" | "boolean" => "integer",
        other => panic!("{column} is {other}: not one of the portable kinds"),
    }
}
