//! The span of a request, as OpenTelemetry wants it. It costs nothing unless `traces.endpoint` is set.

use http::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{Status, TraceContextExt as _};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// A request under way. Nothing that a client chooses gets into it but the id that it may give to its request.
#[derive(Clone, Debug)]
pub struct RequestSpan(pub Span);

impl RequestSpan {
    /// Begins it: with `headers`, as a part of the trace that they name.
    pub fn begin(headers: Option<&HeaderMap>) -> Self {
        let span = tracing::info_span!(target: "otel", "request", otel.kind = "server");
        if let Some(headers) = headers.filter(|_| !span.is_disabled()) {
            let context = TraceContextPropagator::new().extract(&Headers(headers));
            // Refused only for a span that has begun.
            let _ = span.set_parent(context);
        }
        Self(span)
    }

    /// Says what came of it.
    pub fn end(
        &self,
        operation: &'static str,
        method: &'static str,
        route: &str,
        request_id: &str,
        status: u16,
        code: Option<&str>,
    ) {
        let Self(span) = self;
        if span.is_disabled() {
            return;
        }
        span.context().span().update_name(operation);
        span.set_attribute("http.request.method", method);
        span.set_attribute("http.route", route.to_owned());
        span.set_attribute("http.response.status_code", i64::from(status));
        span.set_attribute("request_id", request_id.to_owned());
        if let Some(code) = code {
            span.set_attribute("error.type", code.to_owned());
        }
        if status >= 500 {
            span.set_status(Status::error(""));
        }
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}
