//! Tag `action_logs`.

use contract::apis::action_logs::*;
use contract::models;
use contract::rt::RequestContext;

use super::{Accord, present};
use crate::domain::Result;
use crate::domain::action_log::{self, Query, View};
use crate::domain::session::Session;
use crate::store::action_logs::Direction;

impl ActionLogs for Accord {
    async fn list_action_logs(
        &self,
        _: RequestContext,
        session: Option<Session>,
        query: ListActionLogsQuery,
    ) -> Result<ListActionLogsResponse> {
        let s = self.services();
        let view = match query.view {
            models::ActionLogView::Public => View::Public,
            models::ActionLogView::Own => View::own(session.as_ref())?,
        };
        let query = Query {
            view,
            actions: names(query.actions),
            actor_id: query.actor_id,
            resource_id: query.resource_id,
            cursor: query.cursor,
            direction: match query.direction {
                models::PageDirection::Older => Direction::Older,
                models::PageDirection::Newer => Direction::Newer,
            },
            limit: query.limit.into(),
        };
        let page = action_log::page(s, &query).await?;
        let rows = page.rows.iter();
        let items = match view {
            View::Public => rows
                .filter_map(|row| present::public_action(s, row))
                .collect(),
            View::Own(_) => rows.filter_map(|row| present::own_action(s, row)).collect(),
        };
        Ok(ListActionLogsResponse::Ok(models::ActionLogPage {
            items,
            older_cursor: page.older,
            newer_cursor: Some(page.newer),
        }))
    }
}

/// The kinds of a filter, as the log has them.
pub fn names(kinds: Option<Vec<models::ActionKind>>) -> Vec<String> {
    let kinds = kinds.unwrap_or_default().into_iter();
    kinds.map(|kind| kind.as_str().to_owned()).collect()
}
