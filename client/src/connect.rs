//! Making a client.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::connection::Connection;
use crate::session::Store;
use crate::{Client, Observer, Retry, Secret, SessionMode};

impl Client {
    /// A client of the server at this URL, with the defaults of [`Client::builder`]. Sends nothing yet.
    ///
    /// # Errors
    /// When the URL is not an http or https one, or TLS cannot be set up.
    pub fn connect(base_url: &str) -> Result<Self, ConnectError> {
        Self::builder(base_url).build()
    }

    /// A client of the server at this URL, made to measure.
    pub fn builder(base_url: &str) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.to_owned(),
            mode: SessionMode::default(),
            session: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            retry: Retry::default(),
            observer: None,
            headers: HeaderMap::new(),
            user_agent: concat!("accord-client/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// The token of the session, to go on with it later by [`ClientBuilder::session`] or [`Client::set_session`].
    pub fn session(&self) -> Option<Secret> {
        self.inner.session.token(&self.base())
    }

    /// Goes on with the session of this token, or without any. Does not tell the server: to sign out, use
    /// [`Client::logout`].
    pub fn set_session(&self, token: Option<Secret>) {
        self.inner.session.set_token(token, &self.base());
    }

    fn base(&self) -> Url {
        Url::parse(&self.baseurl).expect("parsed when the client was built")
    }
}

/// Settings of a [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    mode: SessionMode,
    session: Option<Secret>,
    timeout: Duration,
    connect_timeout: Duration,
    retry: Retry,
    observer: Option<Arc<dyn Observer>>,
    headers: HeaderMap,
    user_agent: String,
}

impl ClientBuilder {
    /// How the session travels. Default: as a bearer token.
    pub fn session_mode(mut self, mode: SessionMode) -> Self {
        self.mode = mode;
        self
    }

    /// Goes on with the session of this token.
    pub fn session(mut self, token: impl Into<Secret>) -> Self {
        self.session = Some(token.into());
        self
    }

    /// The longest that one request may take, answer included; event streams have no such limit. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest that making a connection may take. Default: 5 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Which requests are sent again. Default: [`Retry::default`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sees every exchange.
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Sent with every request.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Default: the name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When the URL is not an http or https one, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, ConnectError> {
        let base = Url::parse(&self.base_url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let base =
            base.filter(|url| url.has_host() && url.query().is_none() && url.fragment().is_none());
        let base = base.ok_or_else(|| ConnectError::Url(self.base_url.clone()))?;

        let session = Arc::new(Store::new(self.mode));
        if self.session.is_some() {
            session.set_token(self.session, &base);
        }
        // The contract has no redirects; following one would carry the session elsewhere.
        let mut http = reqwest::Client::builder();
        if base.scheme() == "http" {
            // Reading the system's certificates takes longer than all the rest.
            http = http.tls_certs_only([]);
        }
        let http = http
            .connect_timeout(self.connect_timeout)
            .cookie_provider(Arc::clone(&session))
            .default_headers(self.headers)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(self.user_agent)
            .build()?;
        let connection = Connection {
            session,
            timeout: self.timeout,
            retry: self.retry,
            observer: self.observer,
        };
        Ok(Client::new_with_client(
            base.as_str().trim_end_matches('/'),
            http,
            connection,
        ))
    }
}

impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// Not the URL of a server.
    #[error("not an http or https URL: {0}")]
    Url(String),
    /// The HTTP client cannot be set up.
    #[error("cannot set up the HTTP client")]
    Setup(#[from] reqwest::Error),
}
