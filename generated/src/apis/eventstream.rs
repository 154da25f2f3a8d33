//! What happens, as it happens.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// What happens, as it happens.
pub trait Eventstream: Guard {
    /// Watch public actions live.
    ///
    /// Server-Sent Events: each committed public action once, in commit order. `id:` is the entry's id, `event:` its action,
    /// `data:` the same JSON as in the action log (`ActionLogEntry`). Comment lines every 15 seconds keep the connection
    /// alive. Reconnect with `Last-Event-ID` to get what was missed. `event: lagged` ends a stream whose reader fell
    /// behind for too long, `event: resync` says that the given `Last-Event-ID` is no longer known and the stream starts now.
    ///
    /// `GET /v0/eventstream/actions`, rate limit `stream`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 403: `csrf:cross_origin`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn stream_actions(
        &self,
        context: RequestContext,
        query: StreamActionsQuery,
        header: StreamActionsHeader,
    ) -> impl Future<Output = Result<StreamActionsResponse, Self::Error>> + Send;
}

/// Query parameters of [`stream_actions`](Eventstream::stream_actions).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct StreamActionsQuery {
    /// Only these actions; repeat the parameter, or separate with commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<models::ActionKind>>,
    /// Only what this user did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<uuid::Uuid>,
    /// Only what was done to this resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<uuid::Uuid>,
}

impl Schema for StreamActionsQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::optional(
                "actions",
                &Rule::Array {
                    items: <models::ActionKind as Schema>::RULE,
                    min: 0,
                    max: 20,
                    unique: false,
                    comma: true,
                },
            ),
            Field::optional(
                "actor_id",
                &Rule::Text(Text {
                    min: 36,
                    max: 36,
                    format: Some(Format::Uuid),
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "resource_id",
                &Rule::Text(Text {
                    min: 36,
                    max: 36,
                    format: Some(Format::Uuid),
                    ..Text::ANY
                }),
            ),
        ],
        ..Object::OPEN
    });
}

/// Header parameters of [`stream_actions`](Eventstream::stream_actions).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct StreamActionsHeader {
    /// Id of the last event that was seen.
    #[serde(rename = "Last-Event-ID")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_event_id: Option<uuid::Uuid>,
}

impl Schema for StreamActionsHeader {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::optional(
            "Last-Event-ID",
            &Rule::Text(Text {
                min: 36,
                max: 36,
                format: Some(Format::Uuid),
                ..Text::ANY
            }),
        )],
        ..Object::OPEN
    });
}

/// Answers of [`stream_actions`](Eventstream::stream_actions).
#[derive(Debug)]
#[must_use]
pub enum StreamActionsResponse {
    /// 200: Ok
    Ok(EventStream),
}

impl Answer for StreamActionsResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(stream) => rt::events(200, stream),
        }
    }
}
