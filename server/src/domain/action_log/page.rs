//! Reading the log page by page, in both directions.

use uuid::Uuid;

use crate::Services;
use crate::domain::error::FieldError;
use crate::domain::keyring::Purpose;
use crate::domain::session::Session;
use crate::domain::types::UserId;
use crate::domain::{Error, Result};
use crate::store::action_logs::{self, Action, Direction, Filter};

/// Which log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What everybody may see.
    Public,
    /// All that this user did, and all that was done to the account.
    Own(UserId),
}

impl View {
    /// The own log of a session.
    ///
    /// # Errors
    /// `auth:session_required` without one, `user:not_verified` for the limited session of a registration.
    pub fn own(session: Option<&Session>) -> Result<Self> {
        let session = session.ok_or(Error::SessionRequired)?;
        session.require_verified()?;
        Ok(Self::Own(session.user.id))
    }
}

/// What to read.
#[derive(Debug, Clone)]
pub struct Query {
    pub view: View,
    pub actions: Vec<String>,
    pub actor_id: Option<Uuid>,
    pub resource_id: Option<Uuid>,
    pub cursor: Option<String>,
    pub direction: Direction,
    pub limit: i64,
}

/// Entries, newest first, with the ways on from them.
#[derive(Debug)]
pub struct Page {
    pub rows: Vec<Action>,
    /// None at the beginning of the log.
    pub older: Option<String>,
    pub newer: String,
}

/// A page of the log. A cursor is a position: `older` leads to what is before it, `newer` to what is after it.
///
/// # Errors
/// `request:invalid` for a cursor of another log or other filters.
pub async fn page(s: &Services, query: &Query) -> Result<Page> {
    let from = query
        .cursor
        .as_deref()
        .map(|cursor| query.open(s, cursor))
        .transpose()?;
    let filter = query.filter();
    let mut tx = s.db.read().await?;
    let mut rows =
        action_logs::page(&mut tx, &filter, from, query.direction, query.limit + 1).await?;
    let is_more = truncate(&mut rows, query.limit);
    if query.direction == Direction::Newer {
        rows.reverse();
    }
    // An empty page lies at the cursor: beyond it is where the reader went, behind it what the reader has seen.
    let (newest, oldest) = match (rows.first(), rows.last(), query.direction) {
        (Some(first), Some(last), _) => (first.position, last.position),
        (_, _, Direction::Newer) => (from.unwrap_or(0), from.unwrap_or(0) + 1),
        (_, _, Direction::Older) => (from.map_or(0, |from| from - 1), 0),
    };
    let is_older = match query.direction {
        Direction::Older => is_more,
        Direction::Newer => {
            let before = Some(oldest);
            let first = action_logs::page(&mut tx, &filter, before, Direction::Older, 1).await?;
            !first.is_empty()
        }
    };
    Ok(Page {
        rows,
        older: is_older.then(|| query.seal(s, oldest)),
        newer: query.seal(s, newest),
    })
}

/// Takes off what was read to see whether there is more.
fn truncate(rows: &mut Vec<Action>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    is_more
}

impl Query {
    fn filter(&self) -> Filter {
        Filter {
            public_only: self.view == View::Public,
            concerning: match self.view {
                View::Public => None,
                View::Own(user) => Some(user),
            },
            actor_id: self.actor_id.map(UserId::from),
            resource_id: self.resource_id,
            actions: self.actions.clone(),
            ..Filter::default()
        }
    }

    /// The list that a cursor is a place in.
    fn context(&self) -> Vec<u8> {
        let mut actions: Vec<_> = self.actions.iter().map(String::as_str).collect();
        actions.sort_unstable();
        actions.dedup();
        let (actor, resource) = (self.actor_id, self.resource_id);
        format!("{:?} {actions:?} {actor:?} {resource:?}", self.view).into_bytes()
    }

    fn seal(&self, s: &Services, position: i64) -> String {
        let position = position.to_be_bytes();
        s.keyring
            .seal_text(Purpose::Cursor, &self.context(), &position)
    }

    fn open(&self, s: &Services, cursor: &str) -> Result<i64> {
        let opened = s
            .keyring
            .open_text(Purpose::Cursor, &self.context(), cursor);
        let position = opened.ok().and_then(|bytes| bytes[..].try_into().ok());
        position.map(i64::from_be_bytes).ok_or_else(|| {
            Error::Invalid(vec![FieldError::new(
                "cursor",
                "unknown",
                "must be a cursor of the same view and filters",
            )])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(view: View, actions: &[&str], actor: Option<u128>) -> Query {
        Query {
            view,
            actions: actions.iter().map(|&action| action.to_owned()).collect(),
            actor_id: actor.map(Uuid::from_u128),
            resource_id: None,
            cursor: None,
            direction: Direction::Older,
            limit: 20,
        }
    }

    #[test]
    fn a_cursor_is_of_one_list_however_its_filters_are_written() {
        let user = |number| View::Own(Uuid::from_u128(number).into());
        let base = query(View::Public, &["user:edit", "user:image"], None);
        let same = query(
            View::Public,
            &["user:image", "user:edit", "user:image"],
            None,
        );
        assert_eq!(base.context(), same.context());
        let by_resource = Query {
            resource_id: Some(Uuid::from_u128(1)),
            ..query(View::Public, &[], None)
        };
        let others = [
            base,
            query(View::Public, &["user:edit"], None),
            query(View::Public, &[], None),
            query(View::Public, &[], Some(1)),
            by_resource,
            query(user(1), &[], None),
            query(user(2), &[], None),
            query(user(1), &[], Some(2)),
        ];
        for (i, one) in others.iter().enumerate() {
            for other in &others[i + 1..] {
                assert_ne!(one.context(), other.context());
            }
        }
    }
}
