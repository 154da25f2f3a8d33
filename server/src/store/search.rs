//! Finding accounts by name. Nothing is written here: the columns and indices keep themselves (migration 0003).
//!
//! Texts are folded. `search_text` of an account is its handle and its name, with a space at each end of either, so that
//! a piece can be asked for at the start or the end of a word.

use std::fmt::Write as _;

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

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
    /// Any whose text holds all the pieces of one of the alternatives, in no particular order; without those whose
    /// handle or name starts with a prefix. Alternatives need a piece of three characters, which is what the index
    /// knows; others find nothing.
    Holding {
        alternatives: &'a [Pieces],
        without: Option<Prefix<'a>>,
    },
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
                alternatives,
                without,
            } => {
                let indexed =
                    |pieces: &&Pieces| pieces.iter().any(|piece| piece.chars().nth(2).is_some());
                let alternatives: Vec<_> = alternatives.iter().filter(indexed).collect();
                if alternatives.is_empty() {
                    return None;
                }
                match engine {
                    Engine::Sqlite => fts5(&mut select, &alternatives, without),
                    Engine::Postgres => pg_trgm(&mut select, &alternatives, without),
                }
            }
        }
        select.sql(" LIMIT ").bind(Value::Int(limit));
        Some(select)
    }
}

/// Above every handle.
const AFTER_HANDLES: &str = "\u{7f}";

/// FTS5 finds by some of the trigrams; whether it is one of the alternatives, the indexed text itself says.
fn fts5(select: &mut Dynamic, alternatives: &[&Pieces], without: Option<Prefix<'_>>) {
    select.sql(
        "SELECT u.id, u.handle_key, u.search_name FROM user_search \
         CROSS JOIN user_search_rows r ON r.number = user_search.rowid \
         CROSS JOIN users u ON u.id = r.user_id WHERE user_search MATCH ",
    );
    select.bind(Value::Text(expression(alternatives)));
    select.sql(" AND ");
    each(select, alternatives, |select, piece| {
        select
            .sql("instr(r.text, ")
            .bind(Value::Text(piece.clone()))
            .sql(") > 0");
    });
    except(select, without);
}

/// The common table is there for its `MATERIALIZED`: it is planned as if all of it were wanted, by the index, and then
/// read until the limit. Planned with the limit, a frequent piece would be looked for in the whole table.
fn pg_trgm(select: &mut Dynamic, alternatives: &[&Pieces], without: Option<Prefix<'_>>) {
    select.sql(
        "WITH found AS MATERIALIZED (SELECT id, handle_key, search_name FROM users u \
         WHERE verified_at IS NOT NULL AND disabled_at IS NULL AND ",
    );
    each(select, alternatives, |select, piece| {
        select
            .sql("search_text LIKE ")
            .bind(Value::Text(like(piece)));
    });
    except(select, without);
    select.sql(") SELECT id, handle_key, search_name FROM found");
}

/// `((a AND b) OR (c AND d))`
fn each(select: &mut Dynamic, alternatives: &[&Pieces], holds: impl Fn(&mut Dynamic, &String)) {
    for (i, pieces) in alternatives.iter().enumerate() {
        select.sql(if i == 0 { "((" } else { ") OR (" });
        for (i, piece) in pieces.iter().enumerate() {
            select.sql(if i == 0 { "" } else { " AND " });
            holds(select, piece);
        }
    }
    select.sql("))");
}

fn except(select: &mut Dynamic, without: Option<Prefix<'_>>) {
    let Some(Prefix { start, end }) = without else {
        return;
    };
    for (from, to) in [
        (" AND NOT (u.handle_key >= ", " AND u.handle_key < "),
        (" AND NOT (u.search_name >= ", " AND u.search_name < "),
    ] {
        select.sql(from).bind(Value::Text(start.to_owned()));
        select.sql(to).bind(Value::Text(end.to_owned())).sql(")");
    }
}

/// What all the alternatives have in common, as an FTS5 expression: `("abc" AND "def") OR ("xyz")`. Each trigram costs
/// the reading of its list, so there are no more of them than it takes to find few enough.
fn expression(alternatives: &[&Pieces]) -> String {
    let mut expression = String::new();
    for (i, pieces) in necessary(alternatives).iter().enumerate() {
        expression.push_str(if i == 0 { "(" } else { ") OR (" });
        let grams = pieces.iter().flat_map(|piece| cover(piece));
        for (i, gram) in grams.enumerate() {
            let and = if i == 0 { "" } else { " AND " };
            let gram = gram.replace('"', "\"\"");
            // Writing to a string cannot fail.
            let _ = write!(expression, "{and}\"{gram}\"");
        }
    }
    expression.push(')');
    expression
}

/// Alternatives of which one is met whenever one of the given is: of several, only the longest piece each, and none that
/// holds another one.
fn necessary<'p>(alternatives: &[&'p Pieces]) -> Vec<Vec<&'p str>> {
    if let [pieces] = alternatives {
        return vec![pieces.iter().map(String::as_str).collect()];
    }
    let length = |piece: &&String| piece.chars().count();
    let longest = alternatives
        .iter()
        .filter_map(|pieces| pieces.iter().max_by_key(length));
    let mut longest: Vec<&str> = longest.map(String::as_str).collect();
    longest.sort_unstable_by_key(|piece| piece.len());
    let mut least: Vec<Vec<&str>> = Vec::new();
    for piece in longest {
        if !least.iter().flatten().any(|known| piece.contains(known)) {
            least.push(vec![piece]);
        }
    }
    least
}

/// Trigrams in which each character of a piece occurs, if it has three.
fn cover(piece: &str) -> Vec<String> {
    let chars: Vec<char> = piece.chars().collect();
    let Some(last) = chars.len().checked_sub(3) else {
        return Vec::new();
    };
    let starts = (0..last).step_by(3).chain([last]);
    starts
        .map(|start| String::from_iter(&chars[start..start + 3]))
        .collect()
}

/// A pattern for texts that hold the piece, whatever it holds itself.
fn like(piece: &str) -> String {
    let mut pattern = String::from("%");
    for c in piece.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SECURITY: 1.2.4, 1.2.9.
    #[test]
    fn what_is_searched_is_never_an_expression() {
        let pieces: Pieces = vec!["a\" OR b".into(), "ab".into()];
        assert_eq!(expression(&[&pieces]), r#"("a"" " AND "OR " AND "R b")"#);
        assert_eq!(expression(&[&vec!["é日本".into()]]), r#"("é日本")"#);
        assert_eq!(like(r"100%_\"), r"%100\%\_\\%");
    }

    #[test]
    fn of_many_alternatives_the_index_is_asked_for_what_they_share() {
        let pieces = |pieces: &[&str]| pieces.iter().map(|&piece| piece.into()).collect();
        let alternatives: [Pieces; 4] = [
            pieces(&["race hopper "]),
            pieces(&[" gr", "hopper "]),
            pieces(&[" grace h", "er "]),
            pieces(&[" grace hop"]),
        ];
        let alternatives: Vec<&Pieces> = alternatives.iter().collect();
        assert_eq!(
            expression(&alternatives),
            r#"("hop" AND "per" AND "er ") OR (" gr" AND "ace" AND "e h")"#
        );
    }
}
