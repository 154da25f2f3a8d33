//! A server on a free port, and a client that sends bytes as they are.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use accord_server::config::{Config, Mode, Period};
use accord_server::domain::clock::Clock;
use accord_server::domain::entropy::OsEntropy;
use accord_server::http::client::bucket;
use accord_server::http::{Edge, RequestIds, ServeOptions, Shutdown, bind, serve};
use accord_server::metrics::Metrics;
use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures::StreamExt as _;
use http::StatusCode;
use http::header::SET_COOKIE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Nothing here takes longer, unless it hangs.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Server {
    pub address: SocketAddr,
    pub shutdown: Shutdown,
    pub task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.force();
    }
}

/// A configuration for tests of the edge: production's behaviour at a local address.
pub fn config() -> Config {
    let mut config = Config {
        mode: Some(Mode::Production),
        public_url: Some("https://api.example".parse().unwrap()),
        frontend_url: Some("https://app.example".parse().unwrap()),
        ..Config::default()
    };
    config.limits.shutdown_grace = Period::secs(5);
    config
}

pub async fn start() -> Server {
    start_with(config()).await
}

pub async fn start_with(config: Config) -> Server {
    let shutdown = Shutdown::new();
    let router = routes(&shutdown);
    run(config, router, shutdown).await
}

pub async fn start_router(config: Config, router: Router) -> Server {
    run(config, router, Shutdown::new()).await
}

async fn run(config: Config, router: Router, shutdown: Shutdown) -> Server {
    let ids = RequestIds::new(Clock::system(), Arc::new(OsEntropy));
    let router = Edge::new(&config, ids.clone(), Metrics::default()).wrap(router);
    let listeners = bind(&["127.0.0.1:0".parse().unwrap()]).unwrap();
    let address = listeners[0].local_addr().unwrap();
    let options = ServeOptions::new(&config, ids);
    let task = tokio::spawn(serve(router, listeners, options, shutdown.clone()));
    Server {
        address,
        shutdown,
        task,
    }
}

/// Routes that stand for the generated ones.
fn routes(shutdown: &Shutdown) -> Router {
    let token = shutdown.token();
    Router::new()
        .route("/health-check", get(|| async { "{}" }))
        .route("/v0/auth/login", post(echo))
        .route("/v0/user/me", get(|| async { "me" }).patch(echo))
        .route("/v0/users/handle/{handle}/available", get(|| async { "x" }))
        .route("/client", get(client))
        .route("/json", get(json))
        .route("/cookies", post(cookies))
        .route("/panic", get(panic))
        .route(
            "/text-error",
            get(|| async { (StatusCode::BAD_REQUEST, "plain") }),
        )
        .route("/stuck", get(std::future::pending::<()>))
        .route(
            "/brief",
            get(|| tokio::time::sleep(Duration::from_millis(300))),
        )
        .route("/large", get(|| async { vec![b'x'; 64 << 20] }))
        .route(
            "/v0/eventstream/actions",
            get(move || async move {
                let first = futures::stream::iter([Event::default().data("first")]);
                let events = first.chain(futures::stream::pending());
                let events = events.take_until(token.cancelled_owned());
                Sse::new(events.map(Ok::<_, Infallible>))
            }),
        )
}

async fn echo(body: Bytes) -> Bytes {
    body
}

async fn client(request: Request) -> String {
    let arrival = request.extensions().get::<contract::rt::Arrival>();
    let address = arrival.unwrap().client.address.unwrap();
    format!("{address} {}", bucket(address))
}

async fn json() -> Response {
    let json = [("content-type", "application/json")];
    (json, format!("[{}0]", "0,".repeat(5_000))).into_response()
}

async fn cookies() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    for cookie in ["a=1", "b=2"] {
        response
            .headers_mut()
            .append(SET_COOKIE, cookie.parse().unwrap());
    }
    response
}

async fn panic() -> &'static str {
    panic!("hunter2")
}

impl Server {
    pub async fn connect(&self) -> Raw {
        Raw(TcpStream::connect(self.address).await.unwrap())
    }

    /// Sends bytes and reads until the server closes.
    pub async fn send(&self, bytes: impl AsRef<[u8]>) -> Answer {
        let mut raw = self.connect().await;
        raw.write(bytes).await;
        raw.answer().await
    }

    /// A request on a connection of its own.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut text =
            format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        self.send(text).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[]).await
    }
}

pub struct Raw(pub TcpStream);

impl Raw {
    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        // The server may have said its word and closed; then there is something to read.
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Everything until the server closes.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut all)).await;
        let read = read.expect("the server does not close the connection");
        read.expect("the connection is closed properly, not reset");
        all
    }

    pub async fn answer(&mut self) -> Answer {
        Answer::parse(&self.rest().await)
    }

    /// Reads until `end` has come.
    pub async fn until(&mut self, end: &str) -> String {
        let mut all = Vec::new();
        while !String::from_utf8_lossy(&all).contains(end) {
            let byte = timeout(PATIENCE, self.0.read_u8()).await;
            all.push(
                byte.expect("no more comes")
                    .expect("the connection is open"),
            );
        }
        String::from_utf8(all).unwrap()
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let end =
            end.unwrap_or_else(|| panic!("no response: {:?}", String::from_utf8_lossy(bytes)));
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Self {
            status: status.parse().unwrap(),
            headers: headers.collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(other, _)| other == name);
        named.map(|(_, value)| value.as_str()).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        match self.all(name)[..] {
            [] => None,
            [value] => Some(value),
            _ => panic!("{name} twice in {self:?}"),
        }
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Asserts the error envelope and what every response has.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, code: &str) -> serde_json::Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/json"));
        let length = self.header("content-length").unwrap();
        assert_eq!(length, self.body.len().to_string());
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["status"], status);
        assert_eq!(body["code"], code, "{self:?}");
        assert_eq!(body["request_id"].as_str(), self.header("x-request-id"));
        assert!(body.get("details").is_none(), "{self:?}");
        self.assert_guarded();
        body
    }

    /// Asserts the header fields that every response has.
    #[track_caller]
    pub fn assert_guarded(&self) {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-site"),
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ),
            ("cache-control", "no-store"),
            (
                "content-security-policy",
                "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
            ),
        ] {
            assert_eq!(self.header(name), Some(value), "{name} of {self:?}");
        }
        assert!(self.header("x-request-id").is_some(), "{self:?}");
        for secretive in ["server", "x-powered-by", "location"] {
            assert_eq!(self.header(secretive), None);
        }
    }
}
