//! A provider that a test can make misbehave: OpenID Connect as Google speaks it, and GitHub's OAuth and API as
//! documented. It checks what Accord sends as strictly as a real one.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract_tests::prelude::*;
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use url::Url;

use super::trip::Provider;

pub const CLIENT: &str = "accord";
pub const SECRET: &str = "a secret of the test";
const KEY: &str = include_str!("key.pem");

/// How one endpoint answers.
#[derive(Debug, Clone, Default)]
pub enum Mood {
    #[default]
    Well,
    Status(u16),
    /// Never.
    Hangs,
    Says(&'static str),
    /// 10 MB.
    Huge,
    /// 10 MB, without a word about it before.
    Endless,
    Redirects(String),
}

/// What becomes of an ID token before it is sent.
#[derive(Debug, Clone, Default)]
pub enum Forgery {
    #[default]
    None,
    Claim(&'static str, Value),
    Without(&'static str),
    Header(&'static str, Value),
    Unsigned,
    /// HMAC with what everybody knows as key: the published one.
    HmacWithPublicKey,
    OtherSignature,
    /// The claims of somebody else under the signature.
    OtherClaims,
    NoToken,
    Text(&'static str),
}

/// Somebody with an account at the provider.
#[derive(Debug, Clone)]
pub struct Person {
    /// `sub`, or the numeric id.
    pub id: String,
    pub email: Option<String>,
    pub email_verified: Value,
    pub name: Option<String>,
    pub login: String,
    /// GitHub: `/user/emails`, by page, in place of what follows from the rest.
    pub pages: Option<Vec<Value>>,
}

impl Person {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self {
            id: format!("{}", 1_000_000 + number),
            email: Some(format!("octo{number}@example.org")),
            email_verified: json!(true),
            name: Some("Mona Lisa Octocat".to_owned()),
            login: format!("octo-cat{number}"),
            pages: None,
        }
    }

    /// Somebody who, as the provider says, reads the mail of this address.
    pub fn with_email(email: &str) -> Self {
        Self {
            email: Some(email.to_owned()),
            ..Self::new()
        }
    }

    pub fn email(&self) -> &str {
        self.email.as_deref().expect("an address")
    }

    fn pages(&self) -> Vec<Value> {
        if let Some(pages) = &self.pages {
            return pages.clone();
        }
        let noreply = format!("{}+{}@users.noreply.github.com", self.id, self.login);
        vec![json!([
            { "email": noreply, "primary": false, "verified": true, "visibility": null },
            { "email": self.email, "primary": true, "verified": self.email_verified, "visibility": "private" },
        ])]
    }
}

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
            avatar: Mutex::new(format!("http://{address}/avatar")),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(google_token))
            .route("/login/oauth/access_token", post(github_token))
            .route("/user", get(github_user))
            .route("/user/emails", get(github_emails))
            .with_state(fake.clone())
            .layer(axum::middleware::from_fn_with_state(fake.clone(), note));
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

    fn id_token(&self, grant: &Grant) -> Option<String> {
        let (forgery, iat, kid) = {
            let settings = lock(&self.0.settings);
            (settings.forgery.clone(), settings.iat, settings.key_id)
        };
        let person = &grant.person;
        let mut head = json!({ "alg": "RS256", "typ": "JWT", "kid": kid.unwrap_or("one") });
        let mut claims = json!({
            "iss": self.url(), "azp": CLIENT, "aud": CLIENT, "sub": person.id,
            "email": person.email, "email_verified": person.email_verified,
            "name": person.name, "picture": *lock(&self.0.avatar), "nonce": grant.nonce,
            "iat": iat, "exp": iat + 3600,
        });
        let fields = claims.as_object_mut().expect("claims");
        fields.retain(|_, value| !value.is_null());
        match &forgery {
            Forgery::Claim(name, value) => drop(fields.insert((*name).to_owned(), value.clone())),
            Forgery::Without(name) => drop(fields.remove(*name)),
            Forgery::Header(name, value) => head[*name] = value.clone(),
            Forgery::Unsigned => head["alg"] = json!("none"),
            Forgery::HmacWithPublicKey => head["alg"] = json!("HS256"),
            Forgery::NoToken => return None,
            Forgery::Text(text) => return Some((*text).to_owned()),
            _ => {}
        }
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&head), encode(&claims));
        let mut signature = match forgery {
            Forgery::Unsigned => Vec::new(),
            Forgery::HmacWithPublicKey => {
                hmac_sha256(public_key("one").to_string().as_bytes(), &signed)
            }
            _ => private_key("one")
                .sign(
                    &CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                    signed.as_bytes(),
                )
                .expect("a signature"),
        };
        if matches!(forgery, Forgery::OtherSignature) {
            signature[0] ^= 1;
        }
        let signed = match forgery {
            Forgery::OtherClaims => {
                claims["sub"] = json!("somebody else");
                format!("{}.{}", encode(&head), encode(&claims))
            }
            _ => signed,
        };
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn private_key(kid: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(KEY, Some(JsonWebKeyId::new(kid.to_owned()))).expect("a key")
}

fn public_key(kid: &str) -> Value {
    serde_json::to_value(private_key(kid).as_verification_key()).expect("JSON")
}

/// RFC 2104.
fn hmac_sha256(key: &[u8], message: &str) -> Vec<u8> {
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(&Sha256::digest(key));
    let pad = |byte: u8| block.map(|b| b ^ byte);
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}

/// Unlike any other, if not unknown to all: good enough for a provider of tests.
fn random() -> String {
    format!(
        "{}_{}",
        uuid::Uuid::now_v7().simple(),
        uuid::Uuid::now_v7().simple()
    )
}

async fn note(
    State(fake): State<Fake>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    lock(&fake.0.calls).push(call);
    next.run(request).await
}

/// The answer of a mood, or nothing when it is well.
async fn answer(mood: Mood) -> Option<Response> {
    let json = [(header::CONTENT_TYPE, "application/json")];
    Some(match mood {
        Mood::Well => return None,
        Mood::Status(status) => {
            let status = StatusCode::from_u16(status).expect("a status");
            (status, json, r#"{"error":"server_error"}"#).into_response()
        }
        Mood::Hangs => std::future::pending().await,
        Mood::Says(text) => (json, text).into_response(),
        Mood::Huge => (json, "x".repeat(10 << 20)).into_response(),
        Mood::Endless => {
            let chunk = || Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b' '; 64 << 10]));
            let chunks = futures::stream::iter((0..160).map(move |_| chunk()));
            (json, axum::body::Body::from_stream(chunks)).into_response()
        }
        Mood::Redirects(to) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
    })
}

fn refuse(error: &str) -> Response {
    (
        StatusCode::BAD_REQUEST,
        axum::Json(json!({ "error": error })),
    )
        .into_response()
}

async fn discovery(State(fake): State<Fake>) -> Response {
    let (mood, issuer) = {
        let settings = lock(&fake.0.settings);
        (settings.discovery.clone(), settings.issuer.clone())
    };
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    let url = fake.url();
    axum::Json(json!({
        "issuer": issuer.unwrap_or_else(|| url.clone()),
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code", "token", "id_token", "none"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
    .into_response()
}

async fn keys(State(fake): State<Fake>) -> Response {
    let (mood, kid) = {
        let settings = lock(&fake.0.settings);
        (settings.keys.clone(), settings.key_id)
    };
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    axum::Json(json!({ "keys": [public_key(kid.unwrap_or("one"))] })).into_response()
}

async fn google_token(State(fake): State<Fake>, form: String) -> Response {
    let mood = lock(&fake.0.settings).token.clone();
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    let grant = match fake.redeem(Provider::Google, &form) {
        Ok(grant) => grant,
        Err(error) => return refuse(error),
    };
    let mut tokens = json!({
        "access_token": random(), "expires_in": 3599, "token_type": "Bearer",
        "scope": "openid https://www.googleapis.com/auth/userinfo.email",
    });
    if let Some(token) = fake.id_token(&grant) {
        tokens["id_token"] = json!(token);
    }
    axum::Json(tokens).into_response()
}

/// GitHub reports errors with status 200.
async fn github_token(State(fake): State<Fake>, headers: HeaderMap, form: String) -> Response {
    let mood = lock(&fake.0.settings).token.clone();
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    assert_eq!(headers[header::ACCEPT], "application/json");
    let grant = match fake.redeem(Provider::Github, &form) {
        Ok(grant) => grant,
        Err(_) => {
            let error = json!({
                "error": "bad_verification_code",
                "error_description": "The code passed is incorrect or expired.",
                "error_uri": "https://docs.github.com/apps/oauth",
            });
            return axum::Json(error).into_response();
        }
    };
    let token = format!("gho_{}", random());
    lock(&fake.0.people).insert(token.clone(), grant.person);
    axum::Json(
        json!({ "access_token": token, "scope": "read:user,user:email", "token_type": "bearer" }),
    )
    .into_response()
}

/// The person of an API request, as GitHub wants it to be.
fn person(fake: &Fake, headers: &HeaderMap) -> Result<Person, Box<Response>> {
    let refused = |status: StatusCode, message: &str| {
        Err(Box::new(
            (status, axum::Json(json!({ "message": message }))).into_response(),
        ))
    };
    if !headers.contains_key(header::USER_AGENT) {
        return refused(
            StatusCode::FORBIDDEN,
            "Request forbidden by administrative rules.",
        );
    }
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer "));
    match token.and_then(|token| lock(&fake.0.people).get(token).cloned()) {
        Some(person) => Ok(person),
        None => refused(StatusCode::UNAUTHORIZED, "Bad credentials"),
    }
}

async fn github_user(State(fake): State<Fake>, headers: HeaderMap) -> Response {
    let mood = lock(&fake.0.settings).api.clone();
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    match person(&fake, &headers) {
        Err(refused) => *refused,
        Ok(person) => axum::Json(json!({
            "login": person.login,
            "id": person.id.parse::<u64>().expect("GitHub's ids are numbers"),
            "node_id": "MDQ6VXNlcjE=",
            "avatar_url": *lock(&fake.0.avatar),
            "type": "User",
            "name": person.name,
            // What somebody typed, and nothing to go by.
            "email": "typed@example.org",
        }))
        .into_response(),
    }
}

async fn github_emails(State(fake): State<Fake>, uri: Uri, headers: HeaderMap) -> Response {
    let person = match person(&fake, &headers) {
        Err(refused) => return *refused,
        Ok(person) => person,
    };
    let mut query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let page = query.find(|(name, _)| name == "page");
    let page: usize = page.map_or(1, |(_, page)| page.parse().expect("a number"));
    let pages = person.pages();
    let Some(addresses) = pages.get(page - 1) else {
        return axum::Json(json!([])).into_response();
    };
    let mut response = axum::Json(addresses).into_response();
    if page < pages.len() {
        let link = format!(
            "<{}{}?page={}>; rel=\"next\"",
            fake.url(),
            uri.path(),
            page + 1
        );
        let link = link.parse().expect("a header");
        response.headers_mut().insert(header::LINK, link);
    }
    response
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

impl Fake {
    /// Where people's pictures are said to be.
    pub fn avatars_at(&self, url: &str) {
        url.clone_into(&mut lock(&self.0.avatar));
    }
}
