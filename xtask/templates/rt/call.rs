//! One request on its way through a generated handler.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams, Request};
use axum::response::Response;
use bytes::Bytes;
use http::HeaderValue;
use http::header::CACHE_CONTROL;
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::params::{self, Given};
use super::{Guard, Operation, Problem, RequestContext, Schema, body, json};

/// A request that has not been read yet: the context, and the input that the handler takes from it.
#[derive(Debug)]
pub struct Call {
    context: RequestContext,
    /// Without headers and extensions: the context has them.
    parts: Parts,
    body: Body,
    patience: Duration,
}

/// Runs a handler and makes a response of what comes of it.
pub async fn answer<F>(operation: &'static Operation, request: Request, handler: F) -> Response
where
    F: AsyncFnOnce(Call) -> Result<Response, Problem>,
{
    let (mut parts, body) = request.into_parts();
    let (context, patience) = RequestContext::new(operation, &mut parts);
    let request_id = context.request_id.clone();
    let appended = context.response_headers();
    let call = Call {
        context,
        parts,
        body,
        patience,
    };
    let mut response = handler(call).await.unwrap_or_else(|problem| {
        let problem = problem.declared_by(operation, &request_id);
        problem.into_response(&request_id)
    });
    let headers = response.headers_mut();
    for (name, value) in &appended.take() {
        headers.append(name, value.clone());
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

// `&mut self` throughout: a body may be sent to another thread but not shared, and so may a call.
impl Call {
    /// Asks the guard whether to go on at all.
    pub async fn admit<G: Guard>(&mut self, guard: &G) -> Result<(), Problem> {
        guard.admit(&self.context).await.map_err(Into::into)
    }

    /// The session, without which the operation does not go on.
    pub async fn session<G: Guard>(&mut self, guard: &G) -> Result<G::Session, Problem> {
        let credential = self.context.credential.clone();
        let credential = credential.ok_or_else(Problem::session_required)?;
        let session = guard.authenticate(&self.context, credential).await;
        session.map_err(Into::into)
    }

    /// The session if there is one; a credential that the guard answers 401 to counts as none.
    pub async fn optional_session<G: Guard>(
        &mut self,
        guard: &G,
    ) -> Result<Option<G::Session>, Problem> {
        let Some(credential) = self.context.credential.clone() else {
            return Ok(None);
        };
        match guard.authenticate(&self.context, credential).await {
            Ok(session) => Ok(Some(session)),
            Err(error) => match error.into() {
                Problem { status: 401, .. } => Ok(None),
                problem => Err(problem),
            },
        }
    }

    /// The parameters in the path, percent-decoded once.
    pub async fn path<T: Schema + DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let Self { context, parts, .. } = self;
        std::mem::swap(&mut parts.extensions, &mut context.extensions);
        let found = RawPathParams::from_request_parts(parts, &()).await;
        std::mem::swap(&mut parts.extensions, &mut context.extensions);
        params::take(|name| match &found {
            Ok(found) => found
                .iter()
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| Given::Text(value.to_owned()))
                .collect(),
            Err(_) => vec![Given::Unreadable],
        })
    }

    /// The parameters in the query. Those that the contract does not know are ignored.
    pub fn query<T: Schema + DeserializeOwned>(&self) -> Result<T, Problem> {
        let pairs = params::query(self.parts.uri.query().unwrap_or_default());
        params::take(|name| {
            let pairs = pairs.iter().filter(|(key, _)| key == name);
            pairs.map(|(_, value)| value.clone()).collect()
        })
    }

    /// The parameters in headers.
    pub fn header<T: Schema + DeserializeOwned>(&self) -> Result<T, Problem> {
        params::take(|name| {
            let values = self.context.headers.get_all(name).iter();
            values
                .map(|value| match value.to_str() {
                    Ok(text) => Given::Text(text.to_owned()),
                    Err(_) => Given::Unreadable,
                })
                .collect()
        })
    }

    /// The JSON body, checked against every rule of its schema.
    pub async fn json<T: Schema + DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let body = self.optional_json().await?;
        body.ok_or_else(|| Problem::malformed("the body is missing"))
    }

    /// As [`json`](Self::json), where the contract lets the body be absent.
    pub async fn optional_json<T: Schema + DeserializeOwned>(
        &mut self,
    ) -> Result<Option<T>, Problem> {
        let read = self.read("application/json").await?;
        let read = Some(read).filter(|bytes| !bytes.is_empty());
        read.map(|bytes| json::read(&bytes)).transpose()
    }

    /// The body as it is, of `application/octet-stream`; no body is no bytes.
    pub async fn bytes(&mut self) -> Result<Bytes, Problem> {
        self.read("application/octet-stream").await
    }

    async fn read(&mut self, expected: &'static str) -> Result<Bytes, Problem> {
        let body = std::mem::take(&mut self.body);
        let headers = &self.context.headers;
        body::check_type(headers, &body, expected)?;
        let limit = self.context.operation.max_body;
        body::read(headers, body, limit, self.patience).await
    }

    /// What the implementation gets.
    #[must_use]
    pub fn into_context(self) -> RequestContext {
        self.context
    }
}
