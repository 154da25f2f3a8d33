//! Many accounts and actions, written straight into the database: what is measured is how they are read.

use anyhow::Result;
use chrono::Utc;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use uuid::Uuid;

/// Rows that are written at once.
const BATCH: u32 = 5_000;

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

/// A statement on either engine, with the same values.
macro_rules! each {
    ($url:expr, $sql:expr, $numbers:expr, |$number:ident, $query:ident| $bound:expr) => {
        if $url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect($url).await?;
            each!(
                connection,
                $sql,
                $numbers,
                |$number, $query| $bound,
                "BEGIN IMMEDIATE"
            );
        } else {
            let mut connection = PgConnection::connect($url).await?;
            each!(
                connection,
                $sql,
                $numbers,
                |$number, $query| $bound,
                "BEGIN"
            );
        }
    };
    ($connection:ident, $sql:expr, $numbers:expr, |$number:ident, $query:ident| $bound:expr, $begin:literal) => {
        let numbers: Vec<u32> = $numbers.collect();
        for batch in numbers.chunks(BATCH as usize) {
            let mut tx = $connection.begin_with($begin).await?;
            for &$number in batch {
                let $query = sqlx::query($sql);
                $bound.execute(&mut *tx).await?;
            }
            tx.commit().await?;
        }
        sqlx::raw_sql(AssertSqlSafe("ANALYZE"))
            .execute(&mut $connection)
            .await?;
        $connection.close().await?;
    };
}

/// Makes accounts numbered up to `count`, those that are there already left out.
pub async fn users_from(url: &str, from: u32, count: u32) -> Result<()> {
    let now = Utc::now();
    each!(
        url,
        "INSERT INTO users (id, handle, handle_key, display_name, search_name, email, email_key, verified_at, \
         created_at, updated_at) VALUES ($1, $2, $2, $3, $4, $5, $5, $6, $6, $6)",
        from..count,
        |number, query| query
            .bind(Uuid::now_v7())
            .bind(handle(number))
            .bind(name(number))
            .bind(name(number).to_lowercase())
            .bind(format!("{}@example.com", handle(number)))
            .bind(now)
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
    each!(
        url,
        "INSERT INTO action_logs (position, id, action, resource_type, public, data, request_id, created_at) \
         SELECT coalesce(max(position), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM action_logs",
        0..count,
        |number, query| query
            .bind(Uuid::now_v7())
            .bind("user:edit")
            .bind("user")
            .bind(true)
            .bind(format!(
                r#"{{"handle":"{}","display_name":"{}","fields":["bio"]}}"#,
                handle(number),
                name(number)
            ))
            .bind("measured")
            .bind(now)
    );
    each!(
        url,
        "UPDATE action_clock SET position = (SELECT max(position) FROM action_logs) + $1",
        0..1,
        |number, query| query.bind(i64::from(number))
    );
    Ok(())
}
