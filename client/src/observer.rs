//! A view on every exchange, for tests and tracing.

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode, Url};

/// Sees every answer that the client gets, repeated requests included, before the client reads it.
///
/// It runs on the path of the request: be quick.
pub trait Observer: Send + Sync + 'static {
    /// An answer has arrived, whole unless it is an event stream.
    fn response(&self, exchange: &Exchange<'_>);

    /// An event has arrived on the stream of this operation.
    fn event(&self, operation: &str, event: &RawEvent) {
        let _ = (operation, event);
    }
}

pub use crate::sse::RawEvent;

/// A request and its answer. The bodies may hold passwords and tokens: do not log them.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The contract's name of the operation.
    pub operation: &'static str,
    /// The request's method.
    pub method: &'a Method,
    /// The request's URL.
    pub url: &'a Url,
    /// The request's headers, without the cookies.
    pub request_headers: &'a HeaderMap,
    /// The request's body; none if there was none or it was a stream.
    pub request_body: Option<&'a [u8]>,
    /// The answer's status.
    pub status: StatusCode,
    /// The answer's headers.
    pub headers: &'a HeaderMap,
    /// The answer's body; none for an event stream.
    pub body: Option<&'a [u8]>,
}

impl std::fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {} {} -> {}",
            self.operation,
            self.method,
            self.url.path(),
            self.status
        )
    }
}
