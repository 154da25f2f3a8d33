//! The configuration: defaults, then a TOML file, then `ACCORD_*` environment variables.

mod check;
mod example;
mod load;
mod sections;
mod types;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

pub use example::{example, schema};
pub use load::{Problems, environment, load};
pub use sections::{
    Cookie, Cors, Database, Docs, Github, Google, Keys, Limits, Log, LogFormat, Metrics, Oauth,
    Password, Rate, RateLimit, RateLimits, Redis, S3, Session, Smtp, SmtpTls, Storage, StorageKind,
    Tokens, Totp, Traces, TrustedProxies,
};
pub use types::{Key, Listen, Period, Secret};

/// What kind of place the server runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// On a programmer's machine: error details, documentation and a mailbox are open.
    Development,
    /// For users: nothing is open, nothing secret has a default.
    Production,
}

/// Everything that can be configured.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Default: `development` when only this machine can reach the server, else `production`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Permits development mode on an address that other machines can reach.
    pub allow_remote_development: bool,
    /// Address to listen on, or a list of them.
    pub listen: Listen,
    /// Address under which clients reach this server. Default in development: http://localhost
    /// with the port of `listen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub public_url: Option<Url>,
    /// Address of the frontend; links in mails point there. Default in development:
    /// small pages of this server that do what the links ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub frontend_url: Option<Url>,
    /// Directory of everything that the server keeps in files.
    pub data_dir: PathBuf,
    /// Networks of the proxies whose `X-Forwarded-For` is believed.
    #[schemars(with = "Vec<String>")]
    pub trusted_proxies: TrustedProxies,
    pub database: Database,
    pub redis: Redis,
    pub keys: Keys,
    pub cookie: Cookie,
    pub cors: Cors,
    pub limits: Limits,
    pub session: Session,
    pub password: Password,
    pub tokens: Tokens,
    pub rate_limits: RateLimits,
    pub smtp: Smtp,
    pub storage: Storage,
    pub oauth: Oauth,
    pub totp: Totp,
    pub docs: Docs,
    pub log: Log,
    pub metrics: Metrics,
    pub traces: Traces,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mode: None,
            allow_remote_development: false,
            listen: Listen(vec![([127, 0, 0, 1], 8080).into()]),
            public_url: None,
            frontend_url: None,
            data_dir: "data".into(),
            trusted_proxies: Vec::new(),
            database: Database::default(),
            redis: Redis::default(),
            keys: Keys::default(),
            cookie: Cookie::default(),
            cors: Cors::default(),
            limits: Limits::default(),
            session: Session::default(),
            password: Password::default(),
            tokens: Tokens::default(),
            rate_limits: RateLimits::default(),
            smtp: Smtp::default(),
            storage: Storage::default(),
            oauth: Oauth::default(),
            totp: Totp::default(),
            docs: Docs::default(),
            log: Log::default(),
            metrics: Metrics::default(),
            traces: Traces::default(),
        }
    }
}

impl Config {
    /// The mode: as configured, else development exactly when only this machine is concerned.
    pub fn mode(&self) -> Mode {
        self.mode.unwrap_or_else(|| {
            let local = self.public_url.as_ref().is_none_or(is_plain_loopback);
            match self.listen.is_loopback() && local {
                true => Mode::Development,
                false => Mode::Production,
            }
        })
    }

    pub fn is_development(&self) -> bool {
        self.mode() == Mode::Development
    }

    /// Address under which clients reach this server.
    pub fn public_url(&self) -> Url {
        self.public_url.clone().unwrap_or_else(|| {
            let port = self.listen.0.first().map_or(8080, |address| address.port());
            local_url(port)
        })
    }

    /// Address of the frontend, which links in mails start with.
    pub fn frontend_url(&self) -> Url {
        self.frontend_url.clone().unwrap_or_else(|| {
            let mut url = self.public_url();
            url.set_path("/dev/mailbox/app");
            url
        })
    }

    /// Clients come by https: cookies are Secure, HSTS is on.
    pub fn is_https(&self) -> bool {
        self.public_url().scheme() == "https"
    }

    /// The name of a cookie, with the prefix that makes browsers guard it.
    pub fn cookie_name(&self, base: &str) -> String {
        match (self.is_https(), &self.cookie.domain) {
            (false, _) => base.to_owned(),
            (true, None) => format!("__Host-{base}"),
            (true, Some(_)) => format!("__Secure-{base}"),
        }
    }

    /// The name of the session cookie.
    pub fn session_cookie(&self) -> String {
        self.cookie_name("session_id")
    }

    /// Origins of pages that may call with credentials: configured ones and the frontend.
    pub fn allowed_origins(&self) -> Vec<String> {
        let frontend = self.frontend_url.clone().unwrap_or_else(|| local_url(3000));
        let mut all = vec![frontend.origin().ascii_serialization()];
        let configured = self.cors.allowed_origins.iter();
        all.extend(configured.filter_map(|text| check::origin(text).ok()));
        all.sort();
        all.dedup();
        all
    }

    /// The database: as configured, else a file in `data_dir`.
    pub fn database_url(&self) -> Secret {
        self.database.url.clone().unwrap_or_else(|| {
            let file = self.data_dir.join("accord.db");
            Secret::new(format!("sqlite:{}", file.display()))
        })
    }

    /// Directory of images of the local storage.
    pub fn media_dir(&self) -> PathBuf {
        let path = self.storage.path.clone();
        path.unwrap_or_else(|| self.data_dir.join("media"))
    }

    /// Whether /docs is open.
    pub fn docs_enabled(&self) -> bool {
        self.docs.enabled.unwrap_or_else(|| self.is_development())
    }

    /// The form of the log.
    pub fn log_format(&self) -> LogFormat {
        self.log.format.unwrap_or(match self.mode() {
            Mode::Development => LogFormat::Pretty,
            Mode::Production => LogFormat::Json,
        })
    }

    /// Everything wrong with it, one sentence each, without any secret value.
    pub fn problems(&self) -> Vec<String> {
        check::problems(self)
    }
}

fn local_url(port: u16) -> Url {
    let mut url =
        Url::parse("http://localhost").unwrap_or_else(|_| unreachable!("a constant is a URL"));
    // Never refused for http.
    let _ = url.set_port(Some(port));
    url
}

/// Reaches this machine only.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

fn is_plain_loopback(url: &Url) -> bool {
    url.scheme() == "http" && is_loopback(url)
}
