//! Finding users.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// Finding users.
pub trait Search: Guard {
    /// Find users.
    ///
    /// Searches verified users by handle and display name: exact and prefix matches first, then substrings and near
    /// misses (typing errors). Width, case and accents make no difference.
    ///
    /// `GET /v0/search/users`, rate limit `search`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn search_users(
        &self,
        context: RequestContext,
        query: SearchUsersQuery,
    ) -> impl Future<Output = Result<SearchUsersResponse, Self::Error>> + Send;
}

/// Query parameters of [`search_users`](Search::search_users).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct SearchUsersQuery {
    /// What to look for.
    pub query: String,
    /// Where to continue, from the page before. Opaque; valid with the same filters only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// The most items on the page.
    pub limit: i32,
}

impl Schema for SearchUsersQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "query",
                &Rule::Text(Text {
                    min: 1,
                    max: 50,
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "cursor",
                &Rule::Text(Text {
                    min: 1,
                    max: 512,
                    pattern: rt::pattern!("^[A-Za-z0-9_-]+$"),
                    ..Text::ANY
                }),
            ),
            Field::optional("limit", &Rule::Integer { min: 1, max: 100 })
                .with_default(DefaultValue::Integer(20)),
        ],
        ..Object::OPEN
    });
}

/// Answers of [`search_users`](Search::search_users).
#[derive(Debug)]
#[must_use]
pub enum SearchUsersResponse {
    /// 200: Ok
    Ok(models::UserPage),
}

impl Answer for SearchUsersResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}
