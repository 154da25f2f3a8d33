//! Responses that are not problems.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures::Stream;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use super::Problem;

/// The answers of one operation, each of which knows its status.
pub trait Answer {
    /// The answer as it goes out.
    fn into_response(self) -> Result<Response, Problem>;
}

/// The end of every handler.
pub fn finish<A: Answer, E: Into<Problem>>(outcome: Result<A, E>) -> Result<Response, Problem> {
    outcome.map_err(E::into)?.into_response()
}

/// A `text/event-stream` that the implementation writes itself, frame by frame.
pub struct EventStream(Pin<Box<dyn Stream<Item = Result<Bytes, Infallible>> + Send>>);

impl EventStream {
    /// Answers with what `stream` yields until it ends.
    pub fn new(stream: impl Stream<Item = Result<Bytes, Infallible>> + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// A JSON answer.
pub fn json(status: u16, body: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "a response does not serialise");
        Problem::internal()
    })?;
    typed(status, "application/json", Body::from(body))
}

/// A plain text answer.
pub fn text(status: u16, body: String) -> Result<Response, Problem> {
    typed(status, "text/plain; charset=utf-8", Body::from(body))
}

/// An answer of bytes.
pub fn bytes(status: u16, body: Bytes) -> Result<Response, Problem> {
    typed(status, "application/octet-stream", Body::from(body))
}

/// A server-sent event stream. Proxies are asked not to hold it back.
pub fn events(status: u16, stream: EventStream) -> Result<Response, Problem> {
    let mut response = typed(status, "text/event-stream", Body::from_stream(stream.0))?;
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

/// An answer without a body.
pub fn empty(status: u16) -> Result<Response, Problem> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).map_err(|_| Problem::internal())?;
    Ok(response)
}

fn typed(status: u16, content_type: &'static str, body: Body) -> Result<Response, Problem> {
    let mut response = empty(status)?;
    *response.body_mut() = body;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Ok(response)
}
