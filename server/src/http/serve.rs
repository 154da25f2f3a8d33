//! From sockets to requests: accepting within limits, HTTP/1.1 and HTTP/2 without TLS, and an end
//! that comes in time.

mod head;
mod io;
mod raw;
mod shutdown;
mod tracked;

use std::io as std_io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::task::TaskTracker;

use self::io::Watched;
use self::raw::RawErrors;
use self::tracked::{Activity, ConnectionService};
use super::{RequestIds, SecurityHeaders};
use crate::config::{Config, Limits};

pub use shutdown::Shutdown;
pub(super) use tracked::Ambiguous;

/// Connections over the limit that are being told so at once.
const REFUSALS: usize = 256;
/// How long accepting rests when the process has no more file descriptors.
const REST: Duration = Duration::from_millis(100);
/// How often that is logged.
const LOG_INTERVAL: Duration = Duration::from_secs(10);
/// What a new connection gets to send its first request when the server stops.
const LAST_CALL: Duration = Duration::from_millis(200);
/// What a connection gets to say goodbye.
const GOODBYE: Duration = Duration::from_secs(5);

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    pub limits: Limits,
    pub ids: RequestIds,
    pub headers: SecurityHeaders,
}

impl ServeOptions {
    pub fn new(config: &Config, ids: RequestIds) -> Self {
        Self {
            limits: config.limits.clone(),
            ids,
            headers: SecurityHeaders::new(config.is_https()),
        }
    }
}

/// Opens the sockets to listen on.
pub fn bind(addresses: &[SocketAddr]) -> std_io::Result<Vec<TcpListener>> {
    let listen = |address: &SocketAddr| {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4(),
            SocketAddr::V6(_) => TcpSocket::new_v6(),
        }?;
        socket.set_reuseaddr(true)?;
        socket.bind(*address)?;
        socket.listen(4096)
    };
    addresses
        .iter()
        .map(|address| {
            listen(address).map_err(|error| {
                std_io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
            })
        })
        .collect()
}

/// Serves until `shutdown` begins, then lets requests in flight finish within the grace period. The
/// listeners are closed at once.
pub async fn serve(
    router: Router,
    listeners: Vec<TcpListener>,
    options: ServeOptions,
    shutdown: Shutdown,
) {
    let connections = TaskTracker::new();
    let acceptors = TaskTracker::new();
    let grace = options.limits.shutdown_grace.0;
    let server = Arc::new(Server {
        router,
        builder: builder(&options.limits),
        http1: builder(&options.limits).http1_only(),
        places: Arc::new(Semaphore::new(
            options.limits.connections.min(Semaphore::MAX_PERMITS),
        )),
        refusals: Arc::new(Semaphore::new(REFUSALS)),
        errors: Arc::new(RawErrors::new(options.ids, options.headers)),
        limits: options.limits,
        connections: connections.clone(),
        shutdown: shutdown.clone(),
    });
    for listener in listeners {
        acceptors.spawn(accept(server.clone(), listener));
    }
    acceptors.close();
    acceptors.wait().await;
    connections.close();
    tokio::select! {
        () = connections.wait() => {}
        () = sleep(grace) => {
            tracing::warn!(connections = connections.len(), "cutting connections off");
            shutdown.force();
        }
        () = shutdown.forced() => {}
    }
    // Cut off, each connection ends at its next breath.
    let _ = timeout(Duration::from_secs(1), connections.wait()).await;
}

struct Server {
    router: Router,
    /// Finds out what is spoken, for which it reads the first bytes on their own.
    builder: Builder<TokioExecutor>,
    http1: Builder<TokioExecutor>,
    places: Arc<Semaphore>,
    refusals: Arc<Semaphore>,
    errors: Arc<RawErrors>,
    limits: Limits,
    connections: TaskTracker,
    shutdown: Shutdown,
}

fn builder(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // Hyper counts silence between requests as well; `Watched` is stricter about headers that
        // have begun.
        .header_read_timeout(limits.idle_timeout.0)
        .max_buf_size(limits.header_bytes)
        .max_headers(limits.header_count)
        .writev(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.http2_streams)
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .max_pending_accept_reset_streams(20)
        .max_local_error_reset_streams(128)
        .initial_stream_window_size(256 * 1024)
        .initial_connection_window_size(1024 * 1024)
        .max_send_buf_size(128 * 1024)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

async fn accept(server: Arc<Server>, listener: TcpListener) {
    let mut logged: Option<Instant> = None;
    loop {
        let accepted = tokio::select! {
            biased;
            () = server.shutdown.begun() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => server.clone().take(stream, peer),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if logged.is_none_or(|at| at.elapsed() > LOG_INTERVAL) {
                    logged = Some(Instant::now());
                    tracing::error!(%error, "cannot accept connections; trying on");
                }
                sleep(REST).await;
            }
        }
    } // Ends with "would block" when it is empty.
    let _ = empty_backlog(&server, listener);
}

/// Takes the connections that clients believe to be open although nobody has accepted them yet, so
/// that what they asked for is answered rather than reset.
fn empty_backlog(server: &Arc<Server>, listener: TcpListener) -> std_io::Result<()> {
    let listener = listener.into_std()?;
    loop {
        let (stream, peer) = listener.accept()?;
        stream.set_nonblocking(true)?;
        server.clone().take(TcpStream::from_std(stream)?, peer);
    }
}

/// Waits for the first bytes and says whether they can only be HTTP/1. (`PRI` begins HTTP/2, RFC 9113 section 3.4.) Whoever
/// then reads them takes half the memory of one who has to find out.
async fn is_http1(stream: &TcpStream) -> bool {
    let mut first = [0; 2];
    match stream.peek(&mut first).await {
        Ok(2) => first != *b"PR",
        // The end, an error, or too little to tell.
        _ => false,
    }
}

/// The connection went away before it was accepted; the next one may be fine.
fn is_of_one_connection(error: &std_io::Error) -> bool {
    use std_io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::ConnectionAborted | Kind::ConnectionReset | Kind::ConnectionRefused
    )
}

impl Server {
    fn take(self: Arc<Self>, stream: TcpStream, peer: SocketAddr) {
        let _ = stream.set_nodelay(true);
        let tasks = self.connections.clone();
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            tasks.spawn(self.converse(stream, peer, place));
        } else if let Ok(place) = self.refusals.clone().try_acquire_owned() {
            tasks.spawn(self.refuse(stream, peer, place));
        }
        // Over both: closed without a word.
    }

    async fn converse(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        _place: OwnedSemaphorePermit,
    ) {
        let activity = Arc::new(Activity::new());
        let closing_time = self.closing_time(&activity);
        tokio::pin!(closing_time);
        let builder = tokio::select! {
            biased;
            () = self.shutdown.forced() => return,
            is_http1 = is_http1(&stream) => match is_http1 {
                true => &self.http1,
                false => &self.builder,
            },
            // It has not said anything.
            () = closing_time.as_mut() => return,
        };
        let io = Watched::new(
            stream,
            peer,
            activity.clone(),
            self.errors.clone(),
            &self.limits,
        );
        let service = ConnectionService::new(self.router.clone(), peer, activity.clone());
        let connection = builder.serve_connection(TokioIo::new(io), service);
        tokio::pin!(connection);

        tokio::select! {
            biased;
            () = self.shutdown.forced() => return,
            // Errors are the client's: it went away, or spoke something else than HTTP.
            _ = connection.as_mut() => return,
            () = closing_time => {}
        }
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            biased;
            () = self.shutdown.forced() => {}
            _ = connection.as_mut() => {}
            () = self.silence(&activity, Instant::now(), GOODBYE) => {}
        }
    }

    /// Done when a connection should take no more requests.
    async fn closing_time(&self, activity: &Activity) {
        let opened = Instant::now();
        let idle = async {
            // One that has never asked for anything has as long as its first headers may take.
            self.silence(activity, opened, self.limits.header_timeout.0)
                .await;
            if activity.requests() > 0 {
                self.silence(activity, opened, self.limits.idle_timeout.0)
                    .await;
            }
        };
        tokio::select! {
            () = idle => {}
            () = self.shutdown.begun() => if activity.requests() == 0 {
                sleep(LAST_CALL).await;
            }
        }
    }

    /// Done when a connection has been idle for a time, not counting what was before `start`.
    async fn silence(&self, activity: &Activity, start: Instant, time: Duration) {
        loop {
            let end = match activity.idle_since() {
                Some(since) => since.max(start) + time,
                // At work; to be looked at again later.
                None => Instant::now() + self.limits.idle_timeout.0,
            };
            if end <= Instant::now() {
                return;
            }
            sleep_until(end).await;
        }
    }

    /// One connection too many: says so, whatever it wants.
    async fn refuse(
        self: Arc<Self>,
        mut stream: TcpStream,
        peer: SocketAddr,
        _place: OwnedSemaphorePermit,
    ) {
        let answer = self.errors.overloaded(peer);
        let say = async {
            stream.write_all(&answer).await?;
            stream.shutdown().await?;
            // Reading on keeps the answer from being lost to a reset.
            let mut sink = [0; 1024];
            while tokio::io::AsyncReadExt::read(&mut stream, &mut sink).await? > 0 {}
            std_io::Result::Ok(())
        };
        tokio::select! {
            _ = timeout(Duration::from_secs(1), say) => {}
            () = self.shutdown.begun() => {}
        }
    }
}
