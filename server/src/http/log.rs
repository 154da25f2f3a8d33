//! One line a request, and what metrics and traces are told of it. Never a query, a body, a header value or a path that names no operation: any
//! of them may hold a secret.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::MatchedPath;
use http::{Method, StatusCode};

use contract::rt::Problem;
use tracing::field::DisplayValue;
use uuid::Uuid;

use super::trace::RequestSpan;
use super::{event, operation};
use crate::metrics::Metrics;

/// What is known when a request arrives. Dropped before its [`end`](Line::end), it says that the client
/// went away.
#[derive(Debug)]
pub struct Line {
    method: &'static str,
    client: IpAddr,
    request_id: String,
    route: Route,
    span: RequestSpan,
    metrics: Metrics,
    start: Instant,
    ended: bool,
}

/// Request extension: which route was taken, and by whom, told to the outside by the inside.
#[derive(Clone, Debug, Default)]
pub struct Route(Arc<Told>);

#[derive(Debug, Default)]
struct Told {
    path: OnceLock<MatchedPath>,
    user: OnceLock<Uuid>,
}

impl Route {
    pub fn set(&self, path: MatchedPath) {
        let _ = self.0.path.set(path);
    }

    /// Whose session came along.
    pub fn set_user(&self, user: Uuid) {
        let _ = self.0.user.set(user);
    }

    fn as_str(&self) -> &str {
        self.path().unwrap_or("-")
    }

    fn path(&self) -> Option<&str> {
        self.0.path.get().map(MatchedPath::as_str)
    }

    fn user(&self) -> Option<DisplayValue<&Uuid>> {
        self.0.user.get().map(tracing::field::display)
    }
}

impl Line {
    #[allow(clippy::disallowed_methods)] // measures how long a request takes; decides nothing
    pub fn begin(
        method: &Method,
        client: IpAddr,
        request_id: String,
        route: Route,
        span: RequestSpan,
        metrics: Metrics,
    ) -> Self {
        Self {
            method: method_name(method),
            client,
            request_id,
            route,
            span,
            metrics,
            start: Instant::now(),
            ended: false,
        }
    }

    /// Writes the line, at a level that tells how much somebody should care.
    pub fn end(mut self, status: StatusCode, problem: Option<&Problem>) {
        self.ended = true;
        let status = status.as_u16();
        let code = problem.map(|problem| &*problem.code);
        let operation = self.operation();
        self.metrics
            .request(operation, Some(status), self.start.elapsed());
        if let Some(code) = code {
            self.metrics.refusal(operation, code);
        }
        let (path, id) = (self.route.as_str(), &self.request_id);
        self.span
            .end(operation, self.method, path, id, status, code);
        let details = problem.and_then(|problem| problem.details.as_deref());
        let Self {
            method,
            client,
            request_id,
            ..
        } = &self;
        let (path, ms) = (self.route.as_str(), self.ms());
        let (user, event) = (
            self.route.user(),
            code.and_then(|code| event::of(status, code)),
        );
        match status {
            500 => {
                tracing::error!(method, path, status, ms, request_id, %client, user, code, event, details, "request");
            }
            501.. => {
                tracing::warn!(method, path, status, ms, request_id, %client, user, code, event, details, "request");
            }
            _ => {
                tracing::info!(method, path, status, ms, request_id, %client, user, code, event, "request")
            }
        }
    }

    fn operation(&self) -> &'static str {
        operation::id(self.method, self.route.path())
    }

    fn ms(&self) -> f64 {
        self.start.elapsed().as_micros() as f64 / 1000.0
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.ended {
            let took = self.start.elapsed();
            self.metrics.request(self.operation(), None, took);
            let (path, ms) = (self.route.as_str(), self.ms());
            let (method, client, request_id) = (self.method, self.client, &self.request_id);
            tracing::info!(method, path, ms, request_id, %client, "request abandoned by the client");
        }
    }
}

/// Somebody may send any word as a method; the log knows the registered ones.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE",
    ];
    let known = KNOWN.into_iter().find(|known| *known == method.as_str());
    known.unwrap_or("-")
}
