//! Many accounts and actions, written straight into the database: what is measured is how they are read.

use anyhow::Result;
use chrono::Utc;
use serde_json::json;
use sqlx::{Connection as _, Executor as _, PgConnection, QueryBuilder, SqliteConnection};
use uuid::Uuid;

/// Rows of a statement, and of a transaction.
const ROWS: usize = 500;
const BATCH: usize = 5_000;

const SYLLABLES: [&str; 40] = [
    "an", "bel", "cor", "da", "el", "fin", "ga", "hol", "in", "jo", "ka", "lo", "mar", "ne", "or",
    "pe", "qui", "ra", "sen", "ti", "ul", "va", "wil", "xa", "yo", "zu", "ber", "cla", "don", "ey",
    "fer", "gre", "hen", "is", "jan", "kur", "lin", "mo", "nor", "ost",
];

/// The display name of an account: two words, many of which are alike.
pub fn name(number: u32) -> String {
    let mut mixed = number.wrapping_mul(2_654_435_761) as usize;
    let mut syllable = || {
        let found = SYLLABLES[mixed % SYLLABLES.len()];
        mixed /= SYLLABLES.len();
        found
    };
    let given = [syllable(), syllable()].concat();
    let family = [
        syllable(),
        syllable(),
        SYLLABLES[number as usize % SYLLABLES.len()],
    ]
    .concat();
    format!("{given} {family}")
}

/// The handle of an account.
pub fn handle(number: u32) -> String {
    format!("user{number:07}")
}

/// Inserts rows of these numbers, and does on either engine what its server would do in time.
macro_rules! insert {
    ($url:expr, $into:expr, $numbers:expr, |$row:ident, $number:ident| $push:expr) => {
        if $url.starts_with("sqlite:") {
            let connection = SqliteConnection::connect($url).await?;
            insert!(
                connection,
                $into,
                $numbers,
                |$row, $number| $push,
                "BEGIN IMMEDIATE",
                "ANALYZE"
            );
        } else {
            let connection = PgConnection::connect($url).await?;
            insert!(
                connection,
                $into,
                $numbers,
                |$row, $number| $push,
                "BEGIN",
                "VACUUM ANALYZE"
            );
        }
    };
    ($connection:ident, $into:expr, $numbers:expr, |$row:ident, $number:ident| $push:expr, $begin:literal, $end:literal) => {
        let mut connection = $connection;
        let numbers: Vec<u32> = $numbers.collect();
        for batch in numbers.chunks(BATCH) {
            let mut tx = connection.begin_with($begin).await?;
            for rows in batch.chunks(ROWS) {
                let mut insert = QueryBuilder::new($into);
                insert.push_values(rows, |mut $row, &$number| {
                    $push;
                });
                insert.build().execute(&mut *tx).await?;
            }
            tx.commit().await?;
        }
        sqlx::raw_sql($end).execute(&mut connection).await?;
        connection.close().await?;
    };
}

/// Makes accounts numbered up to `count`, those that are there already left out.
pub async fn users_from(url: &str, from: u32, count: u32) -> Result<()> {
    let now = Utc::now();
    insert!(
        url,
        "INSERT INTO users (id, handle, handle_key, display_name, search_name, email, email_key, verified_at, \
         created_at, updated_at) ",
        from..count,
        |row, number| {
            let (handle, name) = (handle(number), name(number));
            let email = format!("{handle}@example.com");
            row.push_bind(Uuid::now_v7())
                .push_bind(handle.clone())
                .push_bind(handle)
                .push_bind(name.clone())
                .push_bind(name.to_lowercase())
                .push_bind(email.clone())
                .push_bind(email)
                .push_bind(now)
                .push_bind(now)
                .push_bind(now)
        }
    );
    Ok(())
}

/// Makes so many accounts.
pub async fn users(url: &str, count: u32) -> Result<()> {
    users_from(url, 0, count).await
}

/// Adds so many public actions to the log.
pub async fn actions(url: &str, count: u32) -> Result<()> {
    let now = Utc::now();
    let last = position(url).await?;
    insert!(
        url,
        "INSERT INTO action_logs (position, id, action, resource_type, public, data, request_id, created_at) ",
        1..=count,
        |row, number| {
            let (handle, name) = (handle(number), name(number));
            let data = json!({ "handle": handle, "display_name": name, "fields": ["bio"] });
            row.push_bind(last + i64::from(number))
                .push_bind(Uuid::now_v7())
                .push_bind("user:edit")
                .push_bind("user")
                .push_bind(true)
                .push_bind(data.to_string())
                .push_bind("measured")
                .push_bind(now)
        }
    );
    let clock = "UPDATE action_clock SET position = (SELECT max(position) FROM action_logs)";
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await?;
        connection.execute(clock).await?;
        connection.close().await?;
    } else {
        let mut connection = PgConnection::connect(url).await?;
        connection.execute(clock).await?;
        connection.close().await?;
    }
    Ok(())
}

/// The position of the last action.
async fn position(url: &str) -> Result<i64> {
    let last = "SELECT coalesce(max(position), 0) FROM action_logs";
    Ok(if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await?;
        sqlx::query_scalar(last).fetch_one(&mut connection).await?
    } else {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::query_scalar(last).fetch_one(&mut connection).await?
    })
}
