//! Is the server alive and ready?

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// Is the server alive and ready?
pub trait Health: Guard {
    /// Report the server's health.
    ///
    /// `probe=ready` (the default) reports every dependency and answers 503 when one that is needed is down.
    /// `probe=live` answers from the process alone: use it to decide about a restart. The state of the dependencies is
    /// watched in the background; asking costs no work.
    ///
    /// `GET /health-check`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 503: `system:unavailable`
    fn health_check(
        &self,
        context: RequestContext,
        query: HealthCheckQuery,
    ) -> impl Future<Output = Result<HealthCheckResponse, Self::Error>> + Send;
}

/// Query parameters of [`health_check`](Health::health_check).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct HealthCheckQuery {
    /// What to report.
    pub probe: models::HealthProbe,
}

impl Schema for HealthCheckQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::optional("probe", <models::HealthProbe as Schema>::RULE)
                .with_default(DefaultValue::Text("ready")),
        ],
        ..Object::OPEN
    });
}

/// Answers of [`health_check`](Health::health_check).
#[derive(Debug)]
#[must_use]
pub enum HealthCheckResponse {
    /// 200: Ok
    Ok(models::HealthReport),
}

impl Answer for HealthCheckResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}
