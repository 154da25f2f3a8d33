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

/// FTS5 finds by trigrams; that they are in the right order, the row itself says.
fn fts5(select: &mut Dynamic, alternatives: &[&Pieces], without: Option<Prefix<'_>>) {
    select.sql(
        "SELECT u.id, u.handle_key, u.search_name FROM user_search \
         CROSS JOIN user_search_rows r ON r.number = user_search.rowid \
         CROSS JOIN users u ON u.id = r.user_id WHERE user_search MATCH ",
    );
    select.bind(Value::Text(trigrams(alternatives)));
    select.sql(" AND ");
    each(select, alternatives, |select, piece| {
        select
            .sql("instr(u.search_text, ")
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

/// The pieces as an FTS5 expression: `("abc" AND "bcd") OR ("xyz")`.
fn trigrams(alternatives: &[&Pieces]) -> String {
    let mut expression = String::new();
    for (i, pieces) in alternatives.iter().enumerate() {
        expression.push_str(if i == 0 { "(" } else { ") OR (" });
        let mut first = true;
        for piece in *pieces {
            let chars: Vec<char> = piece.chars().collect();
            for gram in chars.windows(3) {
                let gram = String::from_iter(gram).replace('"', "\"\"");
                let and = if first { "" } else { " AND " };
                // Writing to a string cannot fail.
                let _ = write!(expression, "{and}\"{gram}\"");
                first = false;
            }
        }
    }
    expression.push(')');
    expression
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
    use proptest::prelude::*;

    use super::*;

    /// SECURITY: 1.2.4, 1.2.9.
    #[test]
    fn what_is_searched_is_never_an_expression() {
        let pieces: Pieces = vec!["a\" OR b".into(), "ab".into()];
        assert_eq!(
            trigrams(&[&pieces, &vec!["é日本".into()]]),
            r#"("a"" " AND """ O" AND " OR" AND "OR " AND "R b") OR ("é日本")"#
        );
        assert_eq!(like(r"100%_\"), r"%100\%\_\\%");
    }

    /// What a text must hold to match a pattern of `LIKE`, as both engines define it: `%` is anything, `_` a character.
    fn matches(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], text) => text.is_empty(),
            (['%', pattern @ ..], text) => (0..=text.len()).any(|i| matches(pattern, &text[i..])),
            (['\\', escaped, pattern @ ..], [c, text @ ..]) => {
                escaped == c && matches(pattern, text)
            }
            (['_', pattern @ ..], [_, text @ ..]) => matches(pattern, text),
            ([literal, pattern @ ..], [c, text @ ..]) => literal == c && matches(pattern, text),
            _ => false,
        }
    }

    /// What FTS5 makes of an expression that is nothing but `"…" AND "…"`; in a literal, a quote is written twice.
    fn literals(mut expression: &str) -> Option<Vec<String>> {
        let mut literals = Vec::new();
        loop {
            let mut literal = String::new();
            expression = expression.strip_prefix('"')?;
            loop {
                let (text, rest) = expression.split_once('"')?;
                literal.push_str(text);
                expression = rest;
                let Some(rest) = rest.strip_prefix('"') else {
                    break;
                };
                literal.push('"');
                expression = rest;
            }
            literals.push(literal);
            if expression.is_empty() {
                return Some(literals);
            }
            expression = expression.strip_prefix(" AND ")?;
        }
    }

    proptest! {
        /// SECURITY: 1.2.4, 1.2.9.
        #[test]
        fn a_pattern_finds_what_holds_the_piece_and_nothing_else(piece in "[ab%_\\\\*é]{0,4}", text in "[ab%_\\\\*é]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let found = matches(&chars(&like(&piece)), &chars(&text));
            prop_assert_eq!(found, text.contains(&piece), "{} {}", piece, text);
        }

        /// SECURITY: 1.2.4.
        #[test]
        fn an_expression_has_all_trigrams_as_literals(
            pieces in proptest::collection::vec("[a-z\"*^:(){}+ é日-]{3,8}|AND|NOT|NEAR|OR ", 1..4),
        ) {
            let expression = trigrams(&[&pieces]);
            let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap();
            let expected = pieces.iter().flat_map(|piece| {
                let chars: Vec<char> = piece.chars().collect();
                chars.windows(3).map(String::from_iter).collect::<Vec<_>>()
            });
            prop_assert_eq!(literals(inner), Some(expected.collect::<Vec<_>>()), "{}", inner);
        }
    }
}
