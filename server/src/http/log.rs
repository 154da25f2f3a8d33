//! One line a request, and what metrics and traces are told of it. Never a query, a body, a header value or a path that names no operation: any
//! of them may hold a secret.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::MatchedPath;
use http::{Method, StatusCode};

use contract::rt::{Operation, Problem};
use uuid::Uuid;

use super::event;
use super::trace::RequestSpan;
use crate::metrics::Metrics;

/// What is known when a request arrives. Dropped before its [`end`](Line::end), it says that the client
/// went away.
#[derive(Debug)]
pub struct Line {
    method: &'static str,
    client: IpAddr,
    request_id: Arc<str>,
    called: Called,
    user: User,
    span: RequestSpan,
    metrics: Metrics,
    start: Instant,
    ended: bool,
}

/// The operation of a request, as soon as its handler has told.
type Called = Arc<OnceLock<&'static Operation>>;

/// Request extension: whose session came along, told to the outside by the inside.
#[derive(Clone, Debug, Default)]
pub struct User(Arc<OnceLock<Uuid>>);

impl User {
    pub fn set(&self, user: Uuid) {
        let _ = self.0.set(user);
    }
}

impl Line {
    #[allow(clippy::disallowed_methods)] // measures how long a request takes; decides nothing
    pub fn begin(
        method: &Method,
        client: IpAddr,
        request_id: Arc<str>,
        called: Called,
        user: User,
        span: RequestSpan,
        metrics: Metrics,
    ) -> Self {
        Self {
            method: method_name(method),
            client,
            request_id,
            called,
            user,
            span,
            metrics,
            start: Instant::now(),
            ended: false,
        }
    }

    /// Writes the line, at a level that tells how much somebody should care.
    /// `document` is the route where it is none of an operation.
    pub fn end(
        mut self,
        status: StatusCode,
        document: Option<&MatchedPath>,
        problem: Option<&Problem>,
    ) {
        self.ended = true;
        let status = status.as_u16();
        let code = problem.map(|problem| &*problem.code);
        let (operation, path) = self.route(document);
        self.metrics
            .request(operation, Some(status), self.start.elapsed());
        if let Some(code) = code {
            self.metrics.refusal(operation, code);
        }
        self.span
            .end(operation, self.method, path, &self.request_id, status, code);
        let details = problem.and_then(|problem| problem.details.as_deref());
        let Self {
            method,
            client,
            request_id,
            ..
        } = &self;
        let (request_id, ms) = (&**request_id, self.ms());
        let user = self.user.0.get().map(tracing::field::display);
        let event = code.and_then(|code| event::of(status, code));
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

    /// The operation's id and path, or what stands for them.
    fn route<'p>(&self, document: Option<&'p MatchedPath>) -> (&'static str, &'p str) {
        match (self.called.get(), document) {
            (Some(operation), _) => (operation.id, operation.path),
            (None, Some(path)) => ("other", path.as_str()),
            (None, None) => ("none", "-"),
        }
    }

    fn ms(&self) -> f64 {
        self.start.elapsed().as_micros() as f64 / 1000.0
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.ended {
            let took = self.start.elapsed();
            let (operation, path) = self.route(None);
            self.metrics.request(operation, None, took);
            let (method, client, ms) = (self.method, self.client, self.ms());
            let request_id = &*self.request_id;
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
