//! What a connection is doing: how many requests, and since when none.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, Version};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::Instant;
use tower::Service as _;

use crate::http::Peer;

/// Request extension: the length of the body was given in two ways.
#[derive(Clone, Copy, Debug)]
pub struct Ambiguous;

/// Shared by the socket, the requests and the task of one connection.
#[derive(Debug)]
pub struct Activity {
    requests: AtomicU64,
    in_flight: AtomicUsize,
    http2: AtomicBool,
    ambiguous: AtomicBool,
    idle_since: Mutex<Instant>,
}

impl Activity {
    pub fn new() -> Self {
        Self {
            requests: AtomicU64::new(0),
            in_flight: AtomicUsize::new(0),
            http2: AtomicBool::new(false),
            ambiguous: AtomicBool::new(false),
            idle_since: Mutex::new(Instant::now()),
        }
    }

    /// How many requests there have been.
    pub fn requests(&self) -> u64 {
        self.requests.load(Relaxed)
    }

    /// Whether a request is being answered.
    pub fn is_busy(&self) -> bool {
        self.in_flight.load(Relaxed) > 0
    }

    /// Since when there is nothing to do, unless there is.
    pub fn idle_since(&self) -> Option<Instant> {
        let since = *self
            .idle_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        (!self.is_busy()).then_some(since)
    }

    pub fn is_http2(&self) -> bool {
        self.http2.load(Relaxed)
    }

    pub fn set_http2(&self) {
        self.http2.store(true, Relaxed);
    }

    /// Whether the head being received gives the length of its body in two ways.
    pub fn set_ambiguous(&self, ambiguous: bool) {
        self.ambiguous.store(ambiguous, Relaxed);
    }

    fn begin(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Relaxed);
        self.requests.fetch_add(1, Relaxed);
        InFlight(self.clone())
    }
}

/// A request, until its response has been handed over to the last byte.
#[derive(Debug)]
struct InFlight(Arc<Activity>);

impl Drop for InFlight {
    fn drop(&mut self) {
        let since = self.0.idle_since.lock();
        *since.unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.0.in_flight.fetch_sub(1, Relaxed);
    }
}

/// The router, for the requests of one connection.
#[derive(Clone, Debug)]
pub struct ConnectionService {
    router: Router,
    peer: Peer,
    activity: Arc<Activity>,
}

impl ConnectionService {
    pub fn new(router: Router, peer: SocketAddr, activity: Arc<Activity>) -> Self {
        Self {
            router,
            peer: Peer(peer),
            activity,
        }
    }
}

impl hyper::service::Service<Request<Incoming>> for ConnectionService {
    type Response = Response<TrackedBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let in_flight = self.activity.begin();
        if request.version() == Version::HTTP_2 {
            self.activity.set_http2();
        }
        request.extensions_mut().insert(self.peer);
        if self.activity.ambiguous.swap(false, Relaxed) {
            request.extensions_mut().insert(Ambiguous);
        }
        let response = self.router.clone().call(request);
        Box::pin(async move {
            let response = response.await?;
            Ok(response.map(|body| TrackedBody {
                body,
                _in_flight: in_flight,
            }))
        })
    }
}

/// A response body that keeps its request in flight.
#[derive(Debug)]
pub struct TrackedBody {
    body: Body,
    _in_flight: InFlight,
}

impl HttpBody for TrackedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
