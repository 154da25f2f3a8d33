//! What surrounds every request: session, timeouts, retries, observer.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Request, Response, ResponseBuilderExt, Url};

use crate::generated::{Client, Error, STREAMS};
use crate::session::Store;
use crate::{Exchange, Observer, Retry, types};

/// No answer of the contract comes near this size.
const LARGEST_ANSWER: usize = 8 << 20;

/// The client's own state, shared by its clones.
#[derive(Clone)]
pub struct Connection {
    pub(crate) session: Arc<Store>,
    pub(crate) timeout: Duration,
    pub(crate) retry: Retry,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl ClientHooks<Connection> for Client {
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), Error<E>> {
        let stream = STREAMS.contains(&info.operation_id);
        if !stream {
            request.timeout_mut().get_or_insert(self.inner.timeout);
        }
        let headers = request.headers_mut();
        headers.remove("api-version");
        if stream {
            headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
        }
        Ok(())
    }

    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let mut request = request;
        let mut tried = 0;
        loop {
            let again = request.try_clone();
            let method = request.method().clone();
            let result = self.once(request, info.operation_id).await;
            // A health check that answers 503 has answered.
            let wait = match info.operation_id {
                "health_check" if result.is_ok() => None,
                _ => self.inner.retry.wait(tried, &method, &result),
            };
            match (wait, again) {
                (Some(wait), Some(again)) => {
                    tokio::time::sleep(wait).await;
                    request = again;
                    tried += 1;
                }
                _ => return result.and_then(own_errors_only),
            }
        }
    }
}

impl Client {
    /// Sends once. Unless the answer is a stream, it is read, shown to the observer, and put together again.
    async fn once(
        &self,
        mut request: Request,
        operation: &'static str,
    ) -> reqwest::Result<Response> {
        if let Some(value) = self.inner.session.authorization() {
            request.headers_mut().entry(AUTHORIZATION).or_insert(value);
        }
        let seen = self
            .inner
            .observer
            .as_ref()
            .map(|observer| (observer, Sent::from(&request)));
        let observe = |response: &Response, body: Option<&[u8]>| {
            if let Some((observer, sent)) = &seen {
                observer.response(&sent.exchange(operation, response, body));
            }
        };
        let mut response = self.client.execute(request).await?;
        if response.status().is_success() && is_event_stream(&response) {
            observe(&response, None);
            return Ok(response);
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Ok(with_body(response, Err("the answer is too large")));
            }
            body.extend_from_slice(&chunk);
        }
        observe(&response, Some(&body));
        let foreign = !response.status().is_success()
            && serde_json::from_slice::<types::Error>(&body).is_err();
        let mut response = with_body(response, Ok(body.freeze()));
        if foreign {
            response.extensions_mut().insert(Foreign);
        }
        Ok(response)
    }
}

/// Marks an error that does not come from the server itself but, say, from a proxy in front of it.
#[derive(Clone)]
struct Foreign;

fn own_errors_only(response: Response) -> reqwest::Result<Response> {
    if response.extensions().get::<Foreign>().is_some() {
        response.error_for_status()
    } else {
        Ok(response)
    }
}

/// What the observer sees of a request.
struct Sent {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Bytes>,
}

impl From<&Request> for Sent {
    fn from(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            body: request
                .body()
                .and_then(reqwest::Body::as_bytes)
                .map(Bytes::copy_from_slice),
        }
    }
}

impl Sent {
    fn exchange<'a>(
        &'a self,
        operation: &'static str,
        response: &'a Response,
        body: Option<&'a [u8]>,
    ) -> Exchange<'a> {
        Exchange {
            operation,
            method: &self.method,
            url: &self.url,
            request_headers: &self.headers,
            request_body: self.body.as_deref(),
            status: response.status(),
            headers: response.headers(),
            body,
        }
    }
}

fn is_event_stream(response: &Response) -> bool {
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| value.starts_with("text/event-stream"))
}

fn with_body(old: Response, body: Result<Bytes, &'static str>) -> Response {
    let body = match body {
        Ok(bytes) => reqwest::Body::from(bytes),
        Err(reason) => reqwest::Body::wrap_stream(futures::stream::iter([Err::<Bytes, _>(
            std::io::Error::other(reason),
        )])),
    };
    let mut new = http::Response::builder()
        .url(old.url().clone())
        .body(body)
        .unwrap_or_default();
    *new.status_mut() = old.status();
    *new.version_mut() = old.version();
    *new.headers_mut() = old.headers().clone();
    new.into()
}
