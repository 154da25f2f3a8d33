//! A client: what a program with a session can do.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

pub const PASSWORD: &str = "tangerine umbrella voyage";
/// Longer than any answer may take.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Api {
    http: Client,
    pub address: String,
    token: String,
}

/// A name for somebody that nobody else has.
pub fn unique_handle() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    format!("user{}x", NUMBER.fetch_add(1, Ordering::Relaxed))
}

pub fn email(handle: &str) -> String {
    format!("{handle}@example.com")
}

impl Api {
    pub fn new(address: &str) -> Result<Self> {
        Self::over(address, Client::builder())
    }

    /// Each request on a connection of its own, as from many clients.
    pub fn unconnected(address: &str) -> Result<Self> {
        Self::over(address, Client::builder().pool_max_idle_per_host(0))
    }

    fn over(address: &str, http: reqwest::ClientBuilder) -> Result<Self> {
        Ok(Self {
            http: http.tls_certs_only([]).timeout(PATIENCE).build()?,
            address: address.to_owned(),
            token: String::new(),
        })
    }

    /// The same session at another instance.
    pub fn at(&self, address: &str) -> Self {
        Self {
            address: address.to_owned(),
            ..self.clone()
        }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("http://{}{path}", self.address);
        let request = self.http.request(method, url);
        match self.token.is_empty() {
            true => request,
            false => request.bearer_auth(&self.token),
        }
    }

    pub async fn get(&self, path: &str) -> reqwest::Result<Response> {
        self.request(Method::GET, path).send().await
    }

    pub async fn post(&self, path: &str, body: &Value) -> reqwest::Result<Response> {
        self.request(Method::POST, path).json(body).send().await
    }

    pub async fn rename(&self, name: &str) -> reqwest::Result<Response> {
        let body = json!({ "display_name": name });
        let request = self.request(Method::PATCH, "/v0/user/me");
        request.json(&body).send().await
    }

    pub async fn register(&self, handle: &str) -> reqwest::Result<Response> {
        let body = json!({ "email": email(handle), "handle": handle, "password": PASSWORD });
        self.post("/v0/users", &body).await
    }

    /// The token in the newest mail to somebody, from the mailbox of development.
    pub async fn mailed_token(&self, handle: &str) -> Result<Option<String>> {
        let path = format!("/dev/mailbox/messages?to={}", email(handle));
        let mails: Value = self.get(&path).await?.json().await?;
        let text = mails["items"][0]["text"].as_str();
        let token = text.and_then(|text| text.split("token=").nth(1));
        Ok(token.map(|token| {
            let is_token = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
            token.chars().take_while(is_token).collect()
        }))
    }

    pub async fn verify(&self, token: &str) -> reqwest::Result<Response> {
        let body = json!({ "token": token });
        self.post("/v0/auth/verify-email", &body).await
    }

    pub async fn sign_in(&self, handle: &str) -> Result<Self> {
        let body = json!({ "email": email(handle), "password": PASSWORD });
        let answer = self.post("/v0/auth/login", &body).await?;
        ensure!(answer.status() == 200, "signing in: {}", answer.status());
        let cookie = answer.headers().get("set-cookie").context("a session")?;
        let value = cookie.to_str()?.split(['=', ';']).nth(1);
        Ok(Self {
            token: value.context("a session")?.to_owned(),
            ..self.clone()
        })
    }

    /// Somebody with a proven address, signed in.
    pub async fn sign_up(&self) -> Result<Self> {
        let handle = unique_handle();
        let registered = self.register(&handle).await?;
        ensure!(
            registered.status() == 201,
            "registering: {}",
            registered.status()
        );
        let token = self.mailed_token(&handle).await?.context("a mail")?;
        let verified = self.verify(&token).await?;
        ensure!(
            verified.status().is_success(),
            "verifying: {}",
            verified.status()
        );
        self.sign_in(&handle).await
    }
}
