//! Tag `health`.

use contract::apis::health::*;
use contract::models;
use contract::rt::RequestContext;

use super::Accord;
use crate::domain::{Result, health};

impl Health for Accord {
    async fn health_check(
        &self,
        _: RequestContext,
        query: HealthCheckQuery,
    ) -> Result<HealthCheckResponse> {
        let report = match query.probe {
            models::HealthProbe::Live => None,
            models::HealthProbe::Ready => Some(health::report(self.services()).await?),
        };
        let degraded = report.is_some_and(|report| !report.mail || report.redis == Some(false));
        Ok(HealthCheckResponse::Ok(models::HealthReport {
            status: if degraded {
                models::HealthStatus::Degraded
            } else {
                models::HealthStatus::Ok
            },
            version: env!("CARGO_PKG_VERSION").to_owned(),
            dependencies: report.map(|report| models::HealthDependencies {
                database: state(report.database),
                mail: state(report.mail),
                redis: report.redis.map(state),
            }),
        }))
    }
}

fn state(up: bool) -> models::DependencyState {
    if up {
        models::DependencyState::Up
    } else {
        models::DependencyState::Down
    }
}
