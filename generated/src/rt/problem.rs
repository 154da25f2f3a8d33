//! The one shape of everything that is not a success.

use std::borrow::Cow;

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::Operation;

/// An error answer: it becomes the contract's `Error` body. A response made of it carries a clone of it as
/// an extension, so that the edge can log it.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The stable code, `domain:reason`.
    pub code: Cow<'static, str>,
    /// For developers; the edge removes it outside development.
    pub details: Option<String>,
    /// What is wrong with which field of the input.
    pub errors: Vec<FieldError>,
    /// Headers of this answer, `Retry-After` for one. (In a box, for a `Result` to stay small.)
    pub headers: Box<HeaderMap>,
}

/// One thing wrong with one field. Neither part ever repeats the value that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Where: `email`, `tags.0`, empty for the body as a whole.
    pub field: String,
    /// What, for programs.
    pub code: Cow<'static, str>,
    /// What, for people.
    pub message: Cow<'static, str>,
}

impl FieldError {
    /// A violation of `code` at `field`.
    pub fn new(
        field: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field: field.into(),
            code: code.into(),
            message: message.into(),
        }
    }
}

impl Problem {
    /// A problem that says no more than its code.
    pub fn new(status: u16, code: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code: code.into(),
            details: None,
            errors: Vec::new(),
            headers: Box::default(),
        }
    }

    /// With a text for developers, which must not hold what the caller sent.
    #[must_use]
    pub fn with_details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// With a list of what is wrong.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// With a response header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// 400: the request is readable but breaks rules of the contract.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        Self::new(400, "request:invalid").with_errors(errors)
    }

    /// 400: the body cannot be read as what it claims to be.
    pub fn malformed(details: impl Into<String>) -> Self {
        Self::new(400, "request:malformed").with_details(details)
    }

    /// 401: there is no valid session.
    #[must_use]
    pub fn session_required() -> Self {
        Self::new(401, "auth:session_required")
    }

    /// 408: the body did not arrive, or not in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(408, "request:timeout")
    }

    /// 413: the body is larger than the operation takes.
    #[must_use]
    pub fn body_too_large(limit: usize) -> Self {
        Self::new(413, "request:body_too_large").with_details(format!("at most {limit} bytes"))
    }

    /// 415: the body is of a kind that the operation does not take.
    #[must_use]
    pub fn unsupported_media_type(expected: &'static str) -> Self {
        Self::new(415, "request:unsupported_media_type").with_details(format!("send {expected}"))
    }

    /// 500: a mistake of ours.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(500, "system:internal")
    }

    /// The problem itself if `operation` declares it; else it is logged and nothing but 500 goes out.
    pub(super) fn declared_by(self, operation: &Operation, request_id: &str) -> Self {
        if operation.declares(self.status, &self.code) {
            return self;
        }
        if (self.status, &*self.code) != (500, "system:internal") {
            tracing::error!(
                operation = operation.id,
                request_id,
                status = self.status,
                code = &*self.code,
                details = self.details.as_deref(),
                "the contract does not list this answer for the operation"
            );
        }
        Self::internal()
    }

    /// The response, for the request of this id.
    #[must_use]
    pub fn into_response(self, request_id: &str) -> Response {
        let envelope = Envelope {
            status: self.status,
            code: &self.code,
            details: self.details.as_deref(),
            errors: &self.errors,
            request_id,
        };
        let body = serde_json::to_vec(&envelope).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = (*self.headers).clone();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if self.status == 401 && !headers.contains_key(WWW_AUTHENTICATE) {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    status: u16,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    request_id: &'a str,
}
