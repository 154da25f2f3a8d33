//! Finding users by handle and display name.
//!
//! A page is gathered tier by tier: exact, prefix, substring, near miss. SQL finds candidates by an index and no more of
//! them than a bound; [`Query::place_of`] alone says which tier one belongs to and where. A cursor is such a place, so
//! pages stay where they are while users come and go.

mod near;
mod query;

use std::collections::{HashMap, HashSet};

pub use self::query::{Place, Query, Tier};
use super::error::FieldError;
use super::keyring::Purpose;
use super::types::UserId;
use super::{Error, Result};
use crate::Services;
use crate::store::Tx;
use crate::store::search::{self, Find, Hit};
use crate::store::users::{self, User};

/// So many accounts that hold the words somewhere are looked at. A query that more of them answer wants a letter more.
const HOLDING: i64 = 1_000;
/// So many words that begin, or end, as the query does are looked at. Short queries have more of them among many accounts.
const WORDS: i64 = 5_000;
/// So many accounts of a similar spelling are compared.
const SIMILAR: i64 = 500;

/// One page of users.
#[derive(Debug)]
pub struct Page {
    pub users: Vec<User>,
    pub next: Option<String>,
}

/// Finds verified users, the best matches first.
///
/// # Errors
/// `request:invalid` for a cursor of another search
pub async fn users(s: &Services, text: &str, cursor: Option<&str>, limit: usize) -> Result<Page> {
    let query = Query::parse(text);
    let after = cursor.map(|cursor| open(s, &query, cursor)).transpose()?;
    let mut tx = s.db.read().await?;
    let mut hits = gather(&mut tx, &query, after, limit + 1).await?;
    let next = (hits.len() > limit).then(|| {
        hits.truncate(limit);
        hits.last().map(|(place, _)| seal(s, &query, place))
    });
    let ids: Vec<_> = hits.into_iter().map(|(_, id)| id).collect();
    let found = users::by_ids(&mut tx, &ids).await?.into_iter();
    let mut found: HashMap<_, _> = found.map(|user| (user.id, user)).collect();
    Ok(Page {
        users: ids.iter().filter_map(|id| found.remove(id)).collect(),
        next: next.flatten(),
    })
}

/// The first `wanted` matches after a place.
async fn gather(
    tx: &mut Tx,
    query: &Query,
    after: Option<Place>,
    wanted: usize,
) -> Result<Vec<(Place, UserId)>> {
    let mut found = Vec::new();
    // Somebody who is renamed meanwhile may turn up in two tiers.
    let mut seen = HashSet::new();
    let begun = after.as_ref().map_or(Tier::Handle, |place| place.tier);
    for tier in Tier::ALL.into_iter().filter(|tier| *tier >= begun) {
        if found.len() >= wanted || query.is_empty() {
            break;
        }
        let after = after.as_ref().filter(|place| place.tier == tier);
        let hits = candidates(tx, query, tier, after, wanted - found.len()).await?;
        let placed = hits
            .into_iter()
            .filter_map(|hit| Some((query.place_of(&hit)?, hit.id)));
        let mut placed: Vec<_> = placed
            .filter(|(place, id)| {
                place.tier == tier && after.is_none_or(|after| place > after) && seen.insert(*id)
            })
            .collect();
        placed.sort_unstable();
        placed.truncate(wanted - found.len());
        found.append(&mut placed);
    }
    Ok(found)
}

/// Accounts that may belong to a tier, in their order and after a place; but near misses are all there are, up to a
/// bound, in no order.
async fn candidates(
    tx: &mut Tx,
    query: &Query,
    tier: Tier,
    after: Option<&Place>,
    wanted: usize,
) -> Result<Vec<Hit>> {
    let prefix = query.prefix();
    let handle = after.map_or("", |place| place.handle.as_str());
    let name = after.map_or("", |place| place.name.as_str());
    let limit = i64::try_from(wanted).unwrap_or(i64::MAX);
    let (words, spellings);
    let (find, limit) = match tier {
        Tier::Handle => (Find::Handle(query.text()), 1),
        Tier::Name => {
            let (name, after) = (query.text(), handle);
            (Find::Name { name, after }, limit)
        }
        Tier::HandlePrefix => {
            let after = handle;
            (Find::Handles { prefix, after }, limit)
        }
        Tier::NamePrefix => {
            let after = (name, handle);
            (Find::Names { prefix, after }, limit)
        }
        Tier::Holding => {
            words = query.words();
            let find = Find::Holding {
                words: &words,
                whole: prefix,
                among: HOLDING,
                after: after.map_or((-1, ""), |place| (place.score.into(), handle)),
            };
            (find, limit)
        }
        Tier::Near => {
            spellings = query.spellings();
            let find = Find::Spelled {
                spellings: &spellings,
                among: WORDS,
            };
            (find, SIMILAR)
        }
    };
    Ok(search::find(tx, find, limit).await?)
}

fn seal(s: &Services, query: &Query, place: &Place) -> String {
    let context = context(query);
    s.keyring
        .seal_text(Purpose::Cursor, &context, place.to_string().as_bytes())
}

fn open(s: &Services, query: &Query, cursor: &str) -> Result<Place> {
    let place = s
        .keyring
        .open_text(Purpose::Cursor, &context(query), cursor)
        .ok();
    place
        .and_then(|place| std::str::from_utf8(&place).ok()?.parse().ok())
        .ok_or_else(|| {
            let message = "must come from a page of the same search";
            Error::Invalid(vec![FieldError::new("cursor", "cursor", message)])
        })
}

/// A cursor is good for its own search only.
fn context(query: &Query) -> Vec<u8> {
    [b"search_users\n", query.text().as_bytes()].concat()
}
