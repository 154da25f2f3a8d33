//! The sections of the configuration, with their defaults. The doc comments are what
//! `accord config example` and the JSON Schema show.

mod accounts;
mod oauth;
mod places;
mod rates;
mod serving;
mod watching;

pub use accounts::{Keys, Password, Session, Tokens, Totp};
pub use oauth::{Github, Google, Oauth};
pub use places::{Database, Redis, S3, Smtp, SmtpTls, Storage, StorageKind};
pub use rates::{Rate, RateLimit, RateLimits};
pub use serving::{Cookie, Cors, Docs, Limits, TrustedProxies};
pub use watching::{Log, LogFormat, Metrics, Traces};
