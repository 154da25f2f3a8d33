//! Asking the trigram indices: FTS5 on SQLite, pg_trgm on PostgreSQL.

use super::{Pieces, Prefix};
use crate::store::dynamic::{Dynamic, Value};

/// FTS5 finds by some of the trigrams; whether the pieces are there, the indexed text itself says.
pub(super) fn fts5(select: &mut Dynamic, from: &'static str, pieces: &Pieces) {
    select.sql(from).sql(" WHERE user_search MATCH ");
    select.bind(Value::Text(expression(pieces)));
    for piece in pieces {
        select.sql(" AND instr(r.text, ");
        select.bind(Value::Text(piece.clone())).sql(") > 0");
    }
}

/// The common table is there for its `MATERIALIZED`: it is planned as if all of it were wanted, by the index, and then
/// read until the limit. Planned with the limit, a frequent piece would be looked for in the whole table.
pub(super) fn pg_trgm(select: &mut Dynamic, pieces: &Pieces) {
    select.sql(
        "WITH found AS MATERIALIZED (SELECT id, handle_key, search_name, search_text FROM users u \
         WHERE verified_at IS NOT NULL AND disabled_at IS NULL",
    );
    for piece in pieces {
        select.sql(" AND search_text LIKE ");
        select.bind(Value::Text(format!("%{}%", like(piece))));
    }
}

pub(super) fn except(select: &mut Dynamic, Prefix { start, end }: Prefix<'_>) {
    for (from, to) in [
        (" AND NOT (u.handle_key >= ", " AND u.handle_key < "),
        (" AND NOT (u.search_name >= ", " AND u.search_name < "),
    ] {
        select.sql(from).bind(Value::Text(start.to_owned()));
        select.sql(to).bind(Value::Text(end.to_owned())).sql(")");
    }
}

/// What a text with the pieces holds, as an FTS5 expression: `"abc" AND "def"`. Each trigram costs the reading of its
/// list, so there are no more of them than it takes to find few enough.
fn expression(pieces: &Pieces) -> String {
    let grams = pieces.iter().flat_map(|piece| cover(piece));
    let literals = grams.map(|gram| format!("\"{}\"", gram.replace('"', "\"\"")));
    literals.collect::<Vec<_>>().join(" AND ")
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

/// A piece of a pattern that stands for itself, whatever it holds.
pub(super) fn like(piece: &str) -> String {
    let mut pattern = String::with_capacity(piece.len());
    for c in piece.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
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
        assert_eq!(expression(&pieces), r#""a"" " AND "OR " AND "R b""#);
        assert_eq!(expression(&vec!["é日本".into()]), r#""é日本""#);
        assert_eq!(like(r"100%_\"), r"100\%\_\\");
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
            let pattern = format!("%{}%", like(&piece));
            let found = matches(&chars(&pattern), &chars(&text));
            prop_assert_eq!(found, text.contains(&piece), "{} {}", piece, text);
        }

        /// SECURITY: 1.2.4.
        #[test]
        fn an_expression_has_trigrams_that_cover_the_pieces_as_literals(
            pieces in proptest::collection::vec("[a-z\"*^:(){}+ é日-]{3,8}|AND|NOT|NEAR|OR ", 1..4),
        ) {
            let expression = expression(&pieces);
            let literals = literals(&expression).unwrap();
            let mut literals = literals.iter();
            for piece in &pieces {
                // Each starts inside of what the ones before it have covered, and the last one ends with the piece.
                let mut covered = 0;
                while covered < piece.len() {
                    let literal = literals.next().unwrap();
                    prop_assert_eq!(literal.chars().count(), 3);
                    let starts = piece.char_indices().map(|(at, _)| at);
                    let here = |at: &usize| *at <= covered && piece[*at..].starts_with(literal.as_str());
                    covered = starts.filter(here).max().unwrap() + literal.len();
                }
            }
            prop_assert_eq!(literals.next(), None, "{}", expression);
        }
    }
}
