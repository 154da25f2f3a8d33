//! Requests that no typed client can send. Their answers are held to the contract like all others.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, IntoHeaderName};
use http::{HeaderMap, HeaderValue, Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::answer::Answer;
use crate::journal::Journal;
use crate::validate::Exchange;

/// An answer comes at once; a test that waits this long has found a hang.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request in the making.
#[derive(Debug, Clone)]
#[must_use = "call send"]
pub struct RawRequest {
    address: SocketAddr,
    journal: Arc<Journal>,
    method: Method,
    target: String,
    headers: HeaderMap,
    body: Bytes,
    http2: bool,
    judged: Judged,
}

/// What an answer is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    ByOperation,
    ByEdge,
    NotAtAll,
}

impl RawRequest {
    pub(crate) fn new(
        address: SocketAddr,
        journal: Arc<Journal>,
        method: Method,
        target: &str,
    ) -> Self {
        let host = HeaderValue::from_str(&address.to_string()).expect("an address");
        let headers = HeaderMap::from_iter([(HOST, host)]);
        let (target, body, judged) = (target.to_owned(), Bytes::new(), Judged::ByOperation);
        Self {
            address,
            journal,
            method,
            target,
            headers,
            body,
            http2: false,
            judged,
        }
    }

    /// The same request to another path and query.
    pub fn at(mut self, target: &str) -> Self {
        target.clone_into(&mut self.target);
        self
    }

    /// The request is not readable as HTTP should be: one of the edge's own codes is expected.
    pub fn outside_operations(mut self) -> Self {
        self.judged = Judged::ByEdge;
        self
    }

    /// The answer is none of the contract's business, as that to a preflight.
    pub fn unjudged(mut self) -> Self {
        self.judged = Judged::NotAtAll;
        self
    }

    /// Sets a header, in place of any of that name.
    pub fn header(mut self, name: impl IntoHeaderName, value: impl AsRef<[u8]>) -> Self {
        self.headers.insert(
            name,
            HeaderValue::from_bytes(value.as_ref()).expect("a header value"),
        );
        self
    }

    /// Adds a header beside those of that name.
    pub fn another_header(mut self, name: impl IntoHeaderName, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(
            name,
            HeaderValue::from_bytes(value.as_ref()).expect("a header value"),
        );
        self
    }

    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// The session as programs send it.
    pub fn bearer(self, token: &str) -> Self {
        self.header(AUTHORIZATION, format!("Bearer {token}"))
    }

    /// The session as browsers send it.
    pub fn cookie(self, token: &str) -> Self {
        self.header(COOKIE, format!("session_id={token}"))
    }

    pub fn json(self, body: &Value) -> Self {
        self.header(CONTENT_TYPE, "application/json")
            .body(body.to_string())
    }

    /// A body of any bytes; says nothing of their type.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// HTTP/2 with prior knowledge, which knows no `Host`.
    pub fn http2(mut self) -> Self {
        self.http2 = true;
        self.without_header("host")
    }

    /// Sends it on a connection of its own.
    pub async fn send(self) -> Answer {
        let sending = tokio::time::timeout(PATIENCE, self.exchange());
        match sending.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => panic!("{} {}: {error}", self.method, self.target),
            Err(_) => panic!(
                "{} {}: no answer within {PATIENCE:?}",
                self.method, self.target
            ),
        }
    }

    async fn exchange(&self) -> anyhow::Result<Answer> {
        let stream = TcpStream::connect(self.address).await?;
        let response = if self.http2 {
            self.over_http2(stream).await?
        } else {
            self.over_http1(stream).await?
        };
        let (parts, body) = response.into_parts();
        let is_stream = parts
            .headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind == "text/event-stream");
        let body = if is_stream {
            None
        } else {
            Some(body.collect().await?.to_bytes())
        };
        let answer = Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.clone().unwrap_or_default(),
        };
        self.judge(&answer, body.as_deref());
        Ok(answer)
    }

    fn judge(&self, answer: &Answer, body: Option<&[u8]>) {
        let path = self.target.split('?').next().unwrap_or_default();
        // HEAD is GET without a body.
        let (method, body) = match self.method {
            Method::HEAD => (&Method::GET, None),
            ref method => (method, body),
        };
        let request = match self.judged {
            Judged::ByOperation => Some((method, path)),
            Judged::ByEdge => None,
            Judged::NotAtAll => return,
        };
        self.journal.enter(&Exchange {
            request,
            status: answer.status,
            headers: &answer.headers,
            body,
        });
    }

    async fn over_http1(&self, stream: TcpStream) -> anyhow::Result<Response<Incoming>> {
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(sender.send_request(self.request(&self.target)?).await?)
    }

    async fn over_http2(&self, stream: TcpStream) -> anyhow::Result<Response<Incoming>> {
        let io = TokioIo::new(stream);
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await?;
        tokio::spawn(connection);
        let url = format!("http://{}{}", self.address, self.target);
        Ok(sender.send_request(self.request(&url)?).await?)
    }

    fn request(&self, uri: &str) -> anyhow::Result<Request<Full<Bytes>>> {
        let mut request = Request::builder()
            .method(&self.method)
            .uri(uri)
            .body(Full::new(self.body.clone()))?;
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }
}

/// A bare connection, for bytes that no HTTP library would write.
#[derive(Debug)]
pub struct RawSocket {
    stream: TcpStream,
    journal: Arc<Journal>,
    request: Option<(Method, String)>,
}

impl RawSocket {
    pub(crate) async fn connect(address: SocketAddr, journal: Arc<Journal>) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        Self {
            stream,
            journal,
            request: None,
        }
    }

    /// Says which operation the bytes to come belong to. Unsaid, the answer must be one of the edge's own.
    pub fn asking(mut self, method: Method, path: &str) -> Self {
        self.request = Some((method, path.to_owned()));
        self
    }

    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        // The server may refuse before it has read all.
        let _ = self.stream.write_all(bytes.as_ref()).await;
    }

    /// Reads until these words have come.
    pub async fn read_until(&mut self, words: &str) {
        let mut bytes = Vec::new();
        let reading = async {
            while !String::from_utf8_lossy(&bytes).contains(words) {
                bytes.push(self.stream.read_u8().await.expect("more to read"));
            }
        };
        tokio::time::timeout(PATIENCE, reading)
            .await
            .unwrap_or_else(|_| panic!("{words:?} does not come"));
    }

    /// Reads until the server closes. None when it closed without a word.
    pub async fn answer(mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        let reading = self.stream.read_to_end(&mut bytes);
        // A server that refuses while more is under way resets the connection, after its answer.
        let _ = tokio::time::timeout(PATIENCE, reading)
            .await
            .expect("the server closes the connection");
        let answer = Answer::parse(&bytes)?;
        let request = self
            .request
            .as_ref()
            .map(|(method, path)| (method, path.as_str()));
        let body = Some(&answer.body[..]);
        self.journal.enter(&Exchange {
            request,
            status: answer.status,
            headers: &answer.headers,
            body,
        });
        Some(answer)
    }
}
