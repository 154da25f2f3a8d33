//! The way of every request in, and of every response out.

use std::borrow::Cow;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use contract::rt::{Arrival, Client, Problem};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Version};
use tower::{Layer as _, Service, ServiceExt as _};
use tower_http::CompressionLevel;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::compression::{CompressionBody, CompressionLayer};
use tracing::Instrument as _;

use super::error_reference;
use super::errors::Details;
use super::host::{self, LocalNames};
use super::load::Load;
use super::log::{Line, User};
use super::origin::{self, Origins};
use super::serve::Ambiguous;
use super::trace::RequestSpan;
use super::{Peer, RequestIds, SecurityHeaders, X_REQUEST_ID, client, errors, route};
use crate::config::{Config, TrustedProxies};
use crate::logging;
use crate::metrics::Metrics;

/// The path of the event stream: it is guarded against other origins although it is read with GET.
const EVENT_STREAM: &str = "/v0/eventstream/";
/// The path that must answer while everything else is full.
const HEALTH: &str = "/health-check";

/// What every request passes, made of the configuration.
#[derive(Clone, Debug)]
pub struct Edge(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    details: Details,
    ids: RequestIds,
    headers: SecurityHeaders,
    origins: Origins,
    trusted: TrustedProxies,
    cookie: Cow<'static, str>,
    local: LocalNames,
    load: Load,
    body_timeout: Duration,
    body_min_rate: u64,
    timeout: Duration,
    metrics: Metrics,
}

impl Edge {
    pub fn new(config: &Config, ids: RequestIds, metrics: Metrics) -> Self {
        Self(Arc::new(Inner {
            metrics,
            details: details(config),
            ids,
            headers: SecurityHeaders::new(config.is_https()),
            origins: Origins::new(
                config.allowed_origins(),
                config.public_url().origin().ascii_serialization(),
                config.session_cookie(),
            ),
            trusted: config.trusted_proxies.clone(),
            cookie: config.session_cookie().into(),
            local: LocalNames::new(&config.public_url()),
            load: Load::new(config.limits.in_flight),
            body_timeout: config.limits.body_timeout.0,
            body_min_rate: config.limits.body_min_rate,
            timeout: config.limits.request_timeout.0,
        }))
    }

    /// Puts the edge around a router, which must have no fallbacks of its own.
    pub fn wrap(&self, router: Router) -> Router {
        let router = router
            .fallback(|| refuse(errors::unknown_path()))
            .method_not_allowed_fallback(|path: Option<MatchedPath>| async {
                route::name(errors::method_not_allowed().into_response(""), path)
            });
        let edge = self.clone();
        // One service around it all, rather than layers, of which the router would make one for each of its routes.
        let answering = compression().layer(Answering { edge, router });
        Router::new().fallback_service(answering.map_response(without_compressor))
    }
}

/// A router with its edge.
#[derive(Clone, Debug)]
struct Answering {
    edge: Edge,
    router: Router,
}

impl Service<Request> for Answering {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Self { edge, router } = self.clone();
        Box::pin(async move { Ok(answer(&edge.0, request, router).await) })
    }
}

/// Developers are told more, and where to read on if that is open.
fn details(config: &Config) -> Details {
    match (config.is_development(), config.docs_enabled()) {
        (false, _) => Details::Hidden,
        (true, false) => Details::Shown,
        (true, true) => {
            let base = config.public_url();
            Details::Linked(format!(
                "{}{}",
                base.as_str().trim_end_matches('/'),
                error_reference::PATH
            ))
        }
    }
}

async fn refuse(problem: Problem) -> Result<Infallible, Response> {
    Err(problem.into_response(""))
}

/// From the first look at a request to the last touch on its response.
async fn answer(edge: &Inner, mut request: Request, router: Router) -> Response {
    let id = edge.ids.of(request.headers());
    let client = client_of(edge, &request);
    let allowed = edge.origins.allowed(request.headers());
    let preflight = origin::is_preflight(request.method(), request.headers());
    let arrival = Arrival {
        request_id: Arc::clone(&id),
        client: Client {
            address: Some(client),
            user_agent: user_agent(request.headers()),
        },
        cookie_name: edge.cookie.clone(),
        body_patience: edge.patience(request.headers()),
        operation: Arc::default(),
    };
    let user = User::default();
    let request_span = RequestSpan::begin(edge.trace_headers(&request));
    let line = Line::begin(
        request.method(),
        client,
        Arc::clone(&id),
        Arc::clone(&arrival.operation),
        user.clone(),
        request_span.clone(),
        edge.metrics.clone(),
    );
    request.extensions_mut().insert(arrival);
    request.extensions_mut().insert(user);

    let answering = logging::of_request(Arc::clone(&id), pass(edge, request, router));
    let answered = answering.instrument(request_span.0).await;
    let mut response = answered.unwrap_or_else(|problem| problem.into_response(""));

    if preflight && allowed.is_some() && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        origin::answer_preflight(&mut response);
    }
    let problem = errors::shape(&mut response, &id, &edge.details);
    let path = response.extensions_mut().remove::<MatchedPath>();
    line.end(response.status(), path.as_ref(), problem.as_ref());
    let headers = response.headers_mut();
    edge.origins.apply(allowed, headers);
    edge.headers.apply(headers);
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(X_REQUEST_ID, id);
    }
    response
}

/// What may refuse a request, and the router itself.
async fn pass(edge: &Inner, request: Request, mut router: Router) -> Result<Response, Problem> {
    if host::is_given_twice(&request) {
        return Err(errors::malformed("more than one Host"));
    }
    if request.extensions().get::<Ambiguous>().is_some() {
        return Err(errors::malformed("Content-Length and Transfer-Encoding"));
    }
    if is_guarded(&request) && !edge.origins.permits(request.headers()) {
        return Err(errors::cross_origin());
    }
    if is_dev_page(&request) && !edge.local.is_named_by(&request) {
        return Err(errors::unknown_path());
    }
    let place = match request.uri().path() == HEALTH {
        true => None,
        false => Some(edge.load.enter().ok_or_else(errors::overloaded)?),
    };
    let request = match &place {
        Some(place) => request.map(|body| place.watch(body)),
        None => request,
    };
    let handler = AssertUnwindSafe(router.call(request)).catch_unwind();
    match tokio::time::timeout(edge.timeout, handler).await {
        Ok(Ok(Ok(response))) => Ok(response),
        // The hook in `main` has logged where.
        Ok(Err(_)) => Err(errors::internal().with_details("a panic")),
        Err(_) => Err(errors::unavailable("the answer took too long")),
    }
}

impl Inner {
    /// Where a trace may be named that a proxy of ours has begun. Others do not choose what is traced.
    fn trace_headers<'a>(&self, request: &'a Request) -> Option<&'a HeaderMap> {
        let peer = request.extensions().get::<Peer>()?.0.ip().to_canonical();
        let is_trusted = self.trusted.iter().any(|net| net.contains(&peer));
        is_trusted.then(|| request.headers())
    }

    /// How long a body may take: what every body gets, and more for one that says to be large. (One
    /// that is too large for its operation is refused unread.)
    fn patience(&self, headers: &HeaderMap) -> Duration {
        let length = headers
            .get(CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok());
        let length: u64 = length.and_then(|value| value.parse().ok()).unwrap_or(0);
        self.body_timeout + Duration::from_secs(length.min(1 << 30) / self.body_min_rate.max(1))
    }
}

/// What the client calls itself, as far as it is text of a length that anybody reads.
fn user_agent(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(USER_AGENT)?.to_str().ok()?;
    Some(text.chars().take(256).collect())
}

fn client_of(edge: &Inner, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>();
    // A router that is called without a socket has no peer: everybody is one client then.
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    client::address(peer, request.headers(), &edge.trusted)
}

/// Requests that a page of another origin must not make: those that change something, and the one
/// that keeps reading.
fn is_guarded(request: &Request) -> bool {
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS];
    !safe.contains(request.method())
        || (request.method() != Method::OPTIONS && request.uri().path().starts_with(EVENT_STREAM))
}

/// Pages of development, which hold secrets: only for who knows the server by its name. (A page
/// elsewhere could have its own name lead here, and would then read them as its own.)
fn is_dev_page(request: &Request) -> bool {
    request.uri().path().starts_with("/dev/")
}

/// A compressed body has room for a compressor, which is five KiB. One that is not needs none, for as long as a stream of
/// events may last.
fn without_compressor(response: http::Response<CompressionBody<Body>>) -> Response {
    match response.headers().contains_key(CONTENT_ENCODING) {
        true => response.map(Body::new),
        false => response.map(CompressionBody::into_inner),
    }
}

/// Text of a size worth it. Never images, which are compressed, nor streams, which would be held
/// back.
fn compression() -> CompressionLayer<impl Predicate> {
    let is_text = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        let kind = headers
            .get(CONTENT_TYPE)
            .map_or(&b""[..], |value| value.as_bytes());
        let text = [&b"application/json"[..], b"text/", b"application/yaml"];
        text.iter().any(|text| kind.starts_with(text))
            && !kind.starts_with(b"text/event-stream")
            && headers
                .get(CONTENT_LENGTH)
                .is_none_or(|length| length != "0")
    };
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(4))
        .compress_when(SizeAbove::new(1024).and(is_text))
}
