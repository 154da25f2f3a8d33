//! What happened, newest first.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// What happened, newest first.
pub trait ActionLogs: Guard {
    /// Read the action log.
    ///
    /// Newest first within a page. `view=public` holds public profile facts only; `view=own` (needs a session) holds
    /// everything about your own account, with the client that caused it. Pass `older_cursor` with `direction=older` to
    /// go back in time and `newer_cursor` with `direction=newer` to see what came since.
    ///
    /// `GET /v0/action-logs`, with or without a session, rate limit `lookup`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 401: `auth:session_required`
    /// - 403: `user:not_verified`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn list_action_logs(
        &self,
        context: RequestContext,
        session: Option<Self::Session>,
        query: ListActionLogsQuery,
    ) -> impl Future<Output = Result<ListActionLogsResponse, Self::Error>> + Send;
}

/// Query parameters of [`list_action_logs`](ActionLogs::list_action_logs).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct ListActionLogsQuery {
    /// Which log.
    pub view: models::ActionLogView,
    /// Where to continue, from the page before. Opaque; valid with the same filters only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Where to go from the cursor.
    pub direction: models::PageDirection,
    /// The most items on the page.
    pub limit: i32,
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

impl Schema for ListActionLogsQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::optional("view", <models::ActionLogView as Schema>::RULE)
                .with_default(DefaultValue::Text("public")),
            Field::optional(
                "cursor",
                &Rule::Text(Text {
                    min: 1,
                    max: 512,
                    pattern: rt::pattern!("^[A-Za-z0-9_-]+$"),
                    ..Text::ANY
                }),
            ),
            Field::optional("direction", <models::PageDirection as Schema>::RULE)
                .with_default(DefaultValue::Text("older")),
            Field::optional("limit", &Rule::Integer { min: 1, max: 100 })
                .with_default(DefaultValue::Integer(20)),
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

/// Answers of [`list_action_logs`](ActionLogs::list_action_logs).
#[derive(Debug)]
#[must_use]
pub enum ListActionLogsResponse {
    /// 200: Ok
    Ok(models::ActionLogPage),
}

impl Answer for ListActionLogsResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}
