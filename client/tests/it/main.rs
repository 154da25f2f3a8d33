//! The client against small servers that play a script.

mod answers;
mod events;
mod lists;
mod requests;
mod retries;
mod sessions;

use std::sync::{Arc, Mutex};

use accord_client::{Client, ClientBuilder};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;

/// Requests, in the order they came.
type Seen = Arc<Mutex<Vec<(Parts, Vec<u8>)>>>;
type Answer = dyn Fn(usize, &Parts) -> Response + Send + Sync;

/// A server that answers the n-th request by a function and remembers all of them.
struct Server {
    url: String,
    seen: Seen,
}

#[derive(Clone)]
struct Script {
    answer: Arc<Answer>,
    seen: Seen,
}

impl Server {
    async fn start(answer: impl Fn(usize, &Parts) -> Response + Send + Sync + 'static) -> Self {
        let seen = Arc::default();
        let script = Script {
            answer: Arc::new(answer),
            seen: Arc::clone(&seen),
        };
        let router = Router::new().fallback(play).with_state(script);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder(&self.url)
    }

    fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// A header of the n-th request.
    fn header(&self, n: usize, name: &str) -> Option<String> {
        let seen = self.seen.lock().unwrap();
        seen[n]
            .0
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    }

    /// Path and query of the n-th request.
    fn target(&self, n: usize) -> String {
        self.seen.lock().unwrap()[n].0.uri.to_string()
    }

    fn body(&self, n: usize) -> Vec<u8> {
        self.seen.lock().unwrap()[n].1.clone()
    }
}

async fn play(State(script): State<Script>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let n = {
        let mut seen = script.seen.lock().unwrap();
        seen.push((parts.clone(), body.to_vec()));
        seen.len() - 1
    };
    (script.answer)(n, &parts)
}

fn respond(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).unwrap()
}

fn json(status: u16, body: &str) -> Response {
    respond(
        status,
        &[("content-type", "application/json")],
        body.to_owned(),
    )
}

fn problem(status: u16, code: &str, headers: &[(&str, &str)]) -> Response {
    let body = format!(r#"{{"status":{status},"code":"{code}","request_id":"request-1"}}"#);
    respond(status, headers, body)
}

const SIGNED_IN: &str = r#"{"status":"authenticated"}"#;
const ME: &str = r#"{
    "id":"01934f6e-7c1a-7b3e-9d5c-2f8a1b6e4c70","handle":"ada_l","display_name":"Ada","email":"ada@example.com",
    "email_verified":true,"has_password":true,"totp_enabled":false,"created_at":"2026-01-31T12:00:00Z",
    "updated_at":"2026-01-31T12:00:00Z","of_a_newer_server":1
}"#;
