//! Finding accounts by name. Nothing is written here: the columns and indices keep themselves (migrations 0003,
//! 0006 and 0007).
//!
//! Texts are folded. `search_text` of an account is its handle and its name, with a space at each end of either, so that
//! a piece can be asked for at the start or the end of a word. `user_words` has each word of either and what follows it,
//! and backwards each word and what comes before it, with a space at the end.

mod trigrams;
mod words;

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

use self::trigrams::{except, fts5, pg_trgm};
use self::words::spelled;
use super::dynamic::{Dynamic, Value};
use super::{Engine, Result, Tx};
use crate::domain::types::UserId;

/// An account that was found, as far as ranking needs it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Hit {
    pub id: UserId,
    pub handle_key: String,
    pub search_name: String,
}

/// Texts from `start` to below `end`: those that start with a prefix.
#[derive(Clone, Copy, Debug)]
pub struct Prefix<'a> {
    pub start: &'a str,
    pub end: &'a str,
}

/// Pieces that must all be in the text.
pub type Pieces = Vec<String>;

/// What to look for, among the accounts that can be found.
#[derive(Clone, Copy, Debug)]
pub enum Find<'a> {
    /// The one with the handle.
    Handle(&'a str),
    /// Those with the name, by handle, after one.
    Name { name: &'a str, after: &'a str },
    /// Those whose handle continues the prefix, by handle, after one; without those that `Name` finds.
    Handles { prefix: Prefix<'a>, after: &'a str },
    /// Those whose name continues the prefix, by name and handle, after one; without those whose handle starts with it.
    Names {
        prefix: Prefix<'a>,
        after: (&'a str, &'a str),
    },
    /// Those whose text holds all the words, by score and handle, after one; without those whose handle or name starts
    /// with the whole. The score is 0 where the whole begins a word, 1 where it is elsewhere in the text, else 2. Only so
    /// many that hold the words are looked at.
    Holding {
        words: &'a Pieces,
        whole: Prefix<'a>,
        among: i64,
        after: (i64, &'a str),
    },
    /// Any with a word that is spelled so, in no particular order. Only so many that begin as the spellings do are
    /// looked at.
    Spelled {
        spellings: &'a [Spellings],
        among: i64,
    },
}

/// Spellings of a word and what follows it, or backwards of a word and what comes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spellings {
    pub backward: bool,
    /// What all of them begin with, and the least text above all that do.
    pub start: String,
    pub end: String,
    /// How one of them begins, and what some word from there on ends with, if that matters.
    pub either: Vec<[String; 2]>,
}

/// Finds at most `limit` accounts.
pub async fn find(tx: &mut Tx, what: Find<'_>, limit: i64) -> Result<Vec<Hit>> {
    match what.select(Dynamic::new(""), tx.engine(), limit) {
        Some(select) => select.fetch_all(tx).await,
        None => Ok(Vec::new()),
    }
}

/// How the database goes about [`find`].
pub async fn explain(tx: &mut Tx, what: Find<'_>, limit: i64) -> Result<Vec<String>> {
    let explain = Dynamic::new(match tx.engine() {
        Engine::Sqlite => "EXPLAIN QUERY PLAN ",
        Engine::Postgres => "EXPLAIN ",
    });
    match what.select(explain, tx.engine(), limit) {
        Some(select) => Ok(select
            .fetch_all(tx)
            .await?
            .into_iter()
            .map(|Step(step)| step)
            .collect()),
        None => Ok(Vec::new()),
    }
}

/// A line of a plan.
struct Step(String);

impl<'r, R: Row> FromRow<'r, R> for Step
where
    &'static str: ColumnIndex<R>,
    String: Type<R::Database> + Decode<'r, R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        row.try_get("detail")
            .or_else(|_| row.try_get("QUERY PLAN"))
            .map(Self)
    }
}

macro_rules! visible {
    () => {
        "SELECT id, handle_key, search_name FROM users \
         WHERE verified_at IS NOT NULL AND disabled_at IS NULL"
    };
}

impl Find<'_> {
    /// The statement; none when nothing can be found.
    fn select(self, mut select: Dynamic, engine: Engine, limit: i64) -> Option<Dynamic> {
        let text = |text: &str| Value::Text(text.to_owned());
        match self {
            Self::Handle(handle) => {
                select
                    .sql(visible!())
                    .sql(" AND handle_key = ")
                    .bind(text(handle));
            }
            Self::Name { name, after } => {
                select
                    .sql(visible!())
                    .sql(" AND search_name = ")
                    .bind(text(name));
                select.sql(" AND handle_key > ").bind(text(after));
                select.sql(" ORDER BY handle_key");
            }
            Self::Handles { prefix, after } => {
                select
                    .sql(visible!())
                    .sql(" AND handle_key > ")
                    .bind(text(after.max(prefix.start)));
                select.sql(" AND handle_key < ").bind(text(prefix.end));
                select.sql(" AND search_name <> ").bind(text(prefix.start));
                select.sql(" ORDER BY handle_key");
            }
            Self::Names { prefix, after } => {
                // Those whose name is no more than the prefix come before any handle.
                let (name, handle) = after.max((prefix.start, AFTER_HANDLES));
                select
                    .sql(visible!())
                    .sql(" AND (search_name, handle_key) > (");
                select.bind(text(name)).sql(", ").bind(text(handle));
                select.sql(") AND search_name < ").bind(text(prefix.end));
                select
                    .sql(" AND NOT (handle_key >= ")
                    .bind(text(prefix.start));
                select.sql(" AND handle_key < ").bind(text(prefix.end));
                select.sql(") ORDER BY search_name, handle_key");
            }
            Self::Holding {
                words,
                whole,
                among,
                after,
            } => {
                // The index knows pieces of three characters.
                words.iter().find(|piece| piece.chars().nth(2).is_some())?;
                holding(&mut select, engine, words, whole, among, after, limit);
                return Some(select);
            }
            Self::Spelled { spellings, among } => {
                spellings.first()?;
                spelled(&mut select, engine, spellings, among);
            }
        }
        select.sql(" LIMIT ").bind(Value::Int(limit));
        Some(select)
    }
}

/// Above every handle.
const AFTER_HANDLES: &str = "\u{7f}";

/// Ranks in the database, so that no more rows come out of it than are wanted.
fn holding(
    select: &mut Dynamic,
    engine: Engine,
    words: &Pieces,
    whole: Prefix<'_>,
    among: i64,
    (score, handle): (i64, &str),
    limit: i64,
) {
    let text = |text: &str| Value::Text(text.to_owned());
    let ranked = |select: &mut Dynamic, position: [&'static str; 3]| {
        let [begin, middle, end] = position;
        select.sql("CASE WHEN ").sql(begin);
        select.bind(text(&format!(" {}", whole.start))).sql(middle);
        select.bind(text(&format!("_{}", whole.start))).sql(end);
        select
            .bind(text(whole.start))
            .sql(") > 0 THEN 1 ELSE 2 END AS score");
    };
    let page = |select: &mut Dynamic| {
        select
            .sql(" WHERE (score, handle_key) > (")
            .bind(Value::Int(score));
        select.sql(", ").bind(text(handle));
        select
            .sql(") ORDER BY score, handle_key LIMIT ")
            .bind(Value::Int(limit));
    };
    match engine {
        Engine::Sqlite => {
            select.sql(
                "SELECT u.id, u.handle_key, u.search_name FROM (SELECT user_id FROM \
                 (SELECT user_id, handle_key, ",
            );
            ranked(
                select,
                [
                    "instr(text, ",
                    ") > 0 OR instr(text, ",
                    ") > 0 THEN 0 WHEN instr(text, ",
                ],
            );
            fts5(
                select,
                " FROM (SELECT r.user_id, r.handle_key, r.text FROM user_search \
                 CROSS JOIN user_search_rows r ON r.number = user_search.rowid",
                words,
            );
            select
                .sql(" AND NOT (r.handle_key >= ")
                .bind(text(whole.start));
            select.sql(" AND r.handle_key < ").bind(text(whole.end));
            select
                .sql(") AND instr(r.text, char(10) || ")
                .bind(text(&format!(" {}", whole.start)));
            select.sql(") = 0 LIMIT ").bind(Value::Int(among)).sql("))");
            page(select);
            select.sql(") f CROSS JOIN users u ON u.id = f.user_id");
        }
        Engine::Postgres => {
            pg_trgm(select, words);
            except(select, whole);
            select.sql(
                ") SELECT id, handle_key, search_name FROM (SELECT id, handle_key, search_name, ",
            );
            ranked(
                select,
                [
                    "strpos(search_text, ",
                    ") > 0 OR strpos(search_text, ",
                    ") > 0 THEN 0 WHEN strpos(search_text, ",
                ],
            );
            select
                .sql(" FROM (SELECT * FROM found LIMIT ")
                .bind(Value::Int(among));
            select.sql(") few) ranked");
            page(select);
        }
    }
}
