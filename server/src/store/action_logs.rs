//! What happened, in the order in which it was committed.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::dynamic::{Dynamic, Value};
use super::{Result, Tx, dialect};
use crate::domain::types::{ActionId, UserId};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Action {
    /// 1, 2, 3 … in commit order, without gaps.
    pub position: i64,
    pub id: ActionId,
    pub action: String,
    pub actor_id: Option<UserId>,
    pub resource_type: String,
    pub resource_id: Option<Uuid>,
    /// Whether everybody may see it, `private_data` excepted.
    pub public: bool,
    /// Public facts: JSON.
    pub data: String,
    /// Facts for the owner of the account and for operators: JSON.
    pub private_data: Option<String>,
    pub request_id: String,
    pub created_at: DateTime<Utc>,
}

/// A row to be. It gets its position when it is written.
#[derive(Clone, Debug)]
pub struct NewAction<'a> {
    pub id: ActionId,
    pub action: &'a str,
    pub actor_id: Option<UserId>,
    pub resource_type: &'a str,
    pub resource_id: Option<Uuid>,
    pub public: bool,
    pub data: &'a str,
    pub private_data: Option<&'a str>,
    pub request_id: &'a str,
    pub created_at: DateTime<Utc>,
}

/// Which rows to read. What is empty does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub public_only: bool,
    /// Done by this user, or to this user's account.
    pub concerning: Option<UserId>,
    pub actor_id: Option<UserId>,
    pub resource_type: Option<String>,
    pub resource_id: Option<Uuid>,
    pub actions: Vec<String>,
}

/// Which way to read from a position, which itself is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Descending; from the end when there is no position.
    Older,
    /// Ascending; from the beginning when there is no position.
    Newer,
}

/// Writes entries and answers the position of the last one, or of the last one ever without any.
///
/// To be called last in a transaction: from here to the commit every other writer waits, which is
/// what makes positions gapless and their order that of commits. A statement after it is a mistake
/// that debug builds stop at.
pub async fn append(tx: &mut Tx, entries: &[NewAction<'_>]) -> Result<i64> {
    if entries.is_empty() {
        return latest_position(tx).await;
    }
    // One round trip an entry: every other writer waits meanwhile.
    macro_rules! statement {
        ($before:literal, $between:literal) => {
            concat!(
                $before,
                "UPDATE action_clock SET position = position + 1 WHERE id = 1",
                $between,
                " INSERT INTO action_logs (position, id, action, actor_id, resource_type, resource_id, \
                 public, data, private_data, request_id, created_at) \
                 SELECT position, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM action_clock \
                 RETURNING position"
            )
        };
    }
    let sql = dialect::by_engine!(
        tx,
        statement!("", ";"),
        statement!("WITH action_clock AS (", " RETURNING position)")
    );
    let mut last = 0;
    for entry in entries {
        (last,) = run!(
            tx,
            fetch_one::<(i64,)>,
            sql,
            entry.id,
            entry.action,
            entry.actor_id,
            entry.resource_type,
            entry.resource_id,
            entry.public,
            entry.data,
            entry.private_data,
            entry.request_id,
            entry.created_at,
        )?;
    }
    tx.seal();
    Ok(last)
}

/// At most `limit` rows of a filter beyond a position.
pub async fn page(
    tx: &mut Tx,
    filter: &Filter,
    from: Option<i64>,
    direction: Direction,
    limit: i64,
) -> Result<Vec<Action>> {
    let read = Read {
        filter,
        from,
        direction,
        limit,
    };
    let mut select = Dynamic::new("");
    match filter.concerning {
        None => read.select(&mut select),
        // Two walks along an index. For an OR the engines would rather sort all that ever concerned the user.
        Some(user) => {
            for (before, column) in [
                ("SELECT * FROM (", " AND actor_id = "),
                (") AS acted UNION SELECT * FROM (", " AND resource_id = "),
            ] {
                select.sql(before);
                read.select_where(&mut select, |select| {
                    select.sql(column).bind(Value::Uuid(user.uuid()));
                });
            }
            select.sql(") AS concerned");
            read.order(&mut select);
        }
    }
    select.fetch_all(tx).await
}

/// A part of the log.
struct Read<'a> {
    filter: &'a Filter,
    from: Option<i64>,
    direction: Direction,
    limit: i64,
}

impl Read<'_> {
    fn select(&self, select: &mut Dynamic) {
        self.select_where(select, |_| ());
    }

    fn select_where(&self, select: &mut Dynamic, and: impl FnOnce(&mut Dynamic)) {
        let Self {
            filter,
            from,
            direction,
            ..
        } = self;
        select.sql(
            "SELECT position, id, action, actor_id, resource_type, resource_id, public, data, \
             private_data, request_id, created_at FROM action_logs WHERE position > 0",
        );
        if let Some(from) = from {
            select.sql(match direction {
                Direction::Older => " AND position < ",
                Direction::Newer => " AND position > ",
            });
            select.bind(Value::Int(*from));
        }
        if filter.public_only {
            select.sql(" AND public = ").bind(Value::Bool(true));
        }
        if let Some(actor) = filter.actor_id {
            select
                .sql(" AND actor_id = ")
                .bind(Value::Uuid(actor.uuid()));
        }
        if let Some(kind) = &filter.resource_type {
            select
                .sql(" AND resource_type = ")
                .bind(Value::Text(kind.clone()));
        }
        if let Some(resource) = filter.resource_id {
            select
                .sql(" AND resource_id = ")
                .bind(Value::Uuid(resource));
        }
        if !filter.actions.is_empty() {
            select
                .sql(" AND action IN ")
                .bind_all(filter.actions.iter().cloned().map(Value::Text));
        }
        and(select);
        self.order(select);
    }

    fn order(&self, select: &mut Dynamic) {
        select.sql(match self.direction {
            Direction::Older => " ORDER BY position DESC LIMIT ",
            Direction::Newer => " ORDER BY position LIMIT ",
        });
        select.bind(Value::Int(self.limit));
    }
}

/// Where an entry stands that the filter's reader may see.
pub async fn position_of(tx: &mut Tx, id: ActionId, public_only: bool) -> Result<Option<i64>> {
    run!(
        tx,
        fetch_optional::<(i64,)>,
        "SELECT position FROM action_logs WHERE id = $1 AND (public OR NOT $2)",
        id,
        public_only
    )
    .map(|row| row.map(|(position,)| position))
}

/// The position of the newest entry, 0 before the first.
pub async fn latest_position(tx: &mut Tx) -> Result<i64> {
    run!(
        tx,
        fetch_one::<(i64,)>,
        "SELECT position FROM action_clock WHERE id = 1"
    )
    .map(|(position,)| position)
}
