//! Asking for the words of accounts, from their starts or backwards from their ends.

use super::Spellings;
use super::trigrams::like;
use crate::store::Engine;
use crate::store::dynamic::{Dynamic, Value};

/// Accounts with a word that is spelled in one of the ways.
pub(super) fn spelled(select: &mut Dynamic, engine: Engine, spellings: &[Spellings], among: i64) {
    select.sql("SELECT u.id, u.handle_key, u.search_name FROM (SELECT DISTINCT user_id FROM (");
    for (i, spellings) in spellings.iter().enumerate() {
        select.sql(if i == 0 { "" } else { " UNION ALL " });
        select.sql("SELECT user_id FROM (SELECT user_id, text FROM user_words WHERE backward = ");
        select.bind(Value::Bool(spellings.backward));
        select
            .sql(" AND text >= ")
            .bind(Value::Text(spellings.start.clone()));
        select
            .sql(" AND text < ")
            .bind(Value::Text(spellings.end.clone()));
        select.sql(" LIMIT ").bind(Value::Int(among));
        select.sql(") few WHERE ");
        for (i, [begin, end]) in spellings.either.iter().enumerate() {
            select.sql(if i == 0 {
                "text LIKE "
            } else {
                " OR text LIKE "
            });
            select.bind(Value::Text(pattern(begin, end)));
            if engine == Engine::Sqlite {
                // PostgreSQL's own.
                select.sql(" ESCAPE '\\'");
            }
        }
    }
    // On SQLite: in this order.
    select.sql(") each) found CROSS JOIN users u WHERE u.id = found.user_id");
}

/// Texts that begin so and have a word later on that ends so.
fn pattern(begin: &str, end: &str) -> String {
    match end {
        "" => format!("{}%", like(begin)),
        end => format!("{}%{} %", like(begin), like(end)),
    }
}
