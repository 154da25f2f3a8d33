//! A provider that a test can make misbehave: OpenID Connect as Google speaks it, and GitHub's OAuth and API as
//! documented. It checks what Accord sends as strictly as a real one.

mod id_token;
mod person;
mod routes;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract_tests::prelude::*;
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use url::Url;

pub use self::person::{Forgery, Mood, Person};
use super::trip::Provider;

pub const CLIENT: &str = "accord";
pub const SECRET: &str = "a secret of the test";

/// A code that was handed out.
struct Grant {
    person: Person,
    provider: Provider,
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
}

#[derive(Default)]
struct Settings {
    token: Mood,
    discovery: Mood,
    keys: Mood,
    api: Mood,
    forgery: Forgery,
    key_id: Option<&'static str>,
    issuer: Option<String>,
    iat: i64,
}

struct Inner {
    address: SocketAddr,
    settings: Mutex<Settings>,
    grants: Mutex<HashMap<String, Grant>>,
    people: Mutex<HashMap<String, Person>>,
    calls: Mutex<Vec<String>>,
    tokens: Mutex<Vec<String>>,
    avatar: Mutex<String>,
}

/// The provider. It is gone when the test's runtime is.
#[derive(Clone)]
pub struct Fake(Arc<Inner>);

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Fake {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let fake = Self(Arc::new(Inner {
            address,
            settings: Mutex::default(),
            grants: Mutex::default(),
            people: Mutex::default(),
            calls: Mutex::default(),
            tokens: Mutex::default(),
            avatar: Mutex::new(format!("http://{address}/avatar")),
        }));
        let router = routes::router(&fake);
        tokio::spawn(async move { axum::serve(listener, router).await });
        fake
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// A server that knows this provider as Google and as GitHub. Redirect URIs follow from the frontend.
    pub fn setup(&self) -> Setup {
        let url = self.url();
        Setup::default().configured(move |config| {
            let parsed = |path: &str| format!("{url}{path}").parse().expect("a URL");
            let google = &mut config.oauth.google;
            google.client_id = Some(CLIENT.to_owned());
            google.client_secret = Some(accord_server::config::Secret::new(SECRET));
            google.issuer = parsed("");
            google.timeout = accord_server::config::Period::secs(10);
            let github = &mut config.oauth.github;
            github.client_id = Some(CLIENT.to_owned());
            github.client_secret = Some(accord_server::config::Secret::new(SECRET));
            github.authorize_url = parsed("/login/oauth/authorize");
            github.token_url = parsed("/login/oauth/access_token");
            github.api_url = parsed("");
            github.timeout = accord_server::config::Period::secs(10);
        })
    }

    /// The same, out of patience soon.
    pub fn hasty_setup(&self) -> Setup {
        self.setup().configured(|config| {
            let soon = accord_server::config::Period::millis(500);
            config.oauth.google.timeout = soon;
            config.oauth.github.timeout = soon;
        })
    }

    pub fn token(&self, mood: Mood) {
        lock(&self.0.settings).token = mood;
    }

    pub fn discovery(&self, mood: Mood) {
        lock(&self.0.settings).discovery = mood;
    }

    pub fn keys(&self, mood: Mood) {
        lock(&self.0.settings).keys = mood;
    }

    pub fn api(&self, mood: Mood) {
        lock(&self.0.settings).api = mood;
    }

    pub fn forge(&self, forgery: Forgery) {
        lock(&self.0.settings).forgery = forgery;
    }

    /// Signs with a key of another name from now on, and publishes it.
    pub fn rotate(&self, key_id: &'static str) {
        lock(&self.0.settings).key_id = Some(key_id);
    }

    /// Says that it is somebody else.
    pub fn pretend(&self, issuer: &str) {
        lock(&self.0.settings).issuer = Some(issuer.to_owned());
    }

    /// What Accord asked for since the last time, in order.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.0.calls))
    }

    /// The tokens that were handed out since the last time.
    pub fn tokens(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.0.tokens))
    }

    /// The time that ID tokens are issued at.
    pub fn at(&self, server: &TestServer) {
        lock(&self.0.settings).iat = server.services.clock.now().timestamp();
    }

    /// What the authorization page does when the person agrees: checks the request and answers a code.
    pub fn approve(&self, url: &str, person: &Person) -> String {
        let url: Url = url.parse().expect("an authorization URL");
        let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
        let is_github = url.path() == "/login/oauth/authorize";
        let (provider, path, scope) = if is_github {
            (
                Provider::Github,
                "/login/oauth/authorize",
                "read:user user:email",
            )
        } else {
            (Provider::Google, "/authorize", "openid email profile")
        };
        assert_eq!(url.path(), path);
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["scope"], scope, "ASVS 10.2.3");
        assert_eq!(query["code_challenge_method"], "S256");
        assert!(!url.as_str().contains("secret"));
        let code = random();
        let grant = Grant {
            person: person.clone(),
            provider,
            redirect_uri: query["redirect_uri"].clone(),
            challenge: query["code_challenge"].clone(),
            nonce: query.get("nonce").cloned(),
        };
        assert_eq!(grant.nonce.is_some(), !is_github);
        lock(&self.0.grants).insert(code.clone(), grant);
        code
    }

    /// The grant of a request that a real token endpoint would accept.
    fn redeem(&self, provider: Provider, form: &str) -> Result<Grant, &'static str> {
        let form: HashMap<String, String> = url::form_urlencoded::parse(form.as_bytes())
            .into_owned()
            .collect();
        let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if field("client_id") != CLIENT || field("client_secret") != SECRET {
            return Err("invalid_client");
        }
        if field("grant_type") != "authorization_code" {
            return Err("unsupported_grant_type");
        }
        let grant = lock(&self.0.grants)
            .remove(field("code"))
            .ok_or("invalid_grant")?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
        let fits = grant.provider == provider
            && grant.redirect_uri == field("redirect_uri")
            && field("code_verifier").len() >= 43
            && grant.challenge == challenge;
        fits.then_some(grant).ok_or("invalid_grant")
    }

    /// Where people's pictures are said to be.
    pub fn avatars_at(&self, url: &str) {
        url.clone_into(&mut lock(&self.0.avatar));
    }
}

/// Unlike any other, if not unknown to all: good enough for a provider of tests.
fn random() -> String {
    format!(
        "{}_{}",
        uuid::Uuid::now_v7().simple(),
        uuid::Uuid::now_v7().simple()
    )
}

/// A place that nobody may come to. Says how many did.
pub async fn canary() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let visits = Arc::new(AtomicUsize::new(0));
    let counter = visits.clone();
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (url, visits)
}
