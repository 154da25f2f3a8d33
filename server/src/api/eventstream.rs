//! Tag `eventstream`.

use contract::apis::eventstream::*;
use contract::rt::{EventStream, RequestContext};
use futures::StreamExt as _;

use super::action_logs::names;
use super::{Accord, caller, present};
use crate::Services;
use crate::domain::types::{ActionId, UserId};
use crate::domain::{Result, events};
use crate::http::client::bucket;
use crate::store::action_logs::{Action, Filter};

impl Eventstream for Accord {
    async fn stream_actions(
        &self,
        context: RequestContext,
        query: StreamActionsQuery,
        header: StreamActionsHeader,
    ) -> Result<StreamActionsResponse> {
        let address = bucket(caller(&context).address);
        let filter = Filter {
            actions: names(query.actions),
            actor_id: query.actor_id.map(UserId::from),
            resource_id: query.resource_id,
            ..Filter::default()
        };
        let last_seen = header.last_event_id.map(ActionId::from);
        let subscription = events::subscribe(&self.0, address, filter, last_seen).await?;
        let stream = subscription.into_stream().map(Ok);
        Ok(StreamActionsResponse::Ok(EventStream::new(stream)))
    }
}

/// The `data` of an event.
pub fn public_action(s: &Services, row: &Action) -> Option<String> {
    serde_json::to_string(&present::public_action(s, row)?).ok()
}
