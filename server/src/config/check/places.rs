//! Rules of what lies outside: mail server, stores, OAuth providers.

use lettre::message::Mailbox;

use crate::config::{Config, Secret, SmtpTls, StorageKind, is_loopback};

pub fn mail(config: &Config, found: &mut Vec<String>) {
    let smtp = &config.smtp;
    if smtp.username.is_some() != smtp.password.is_some() {
        found.push("smtp.username and smtp.password belong together".into());
    }
    if smtp.host.is_some() && smtp.from.is_none() && !super::is_production(config) {
        found.push("smtp.from is missing".into());
    }
    if let Some(from) = &smtp.from
        && from.parse::<Mailbox>().is_err()
    {
        found.push("smtp.from is not a sender such as `Accord <accounts@example.com>`".into());
    }
    let local = smtp.host.as_deref().is_none_or(|host| {
        let address = host.parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    });
    if smtp.tls == SmtpTls::None && !local && super::is_production(config) {
        found.push("smtp.tls is none: production needs starttls or tls".into());
    }
}

pub fn stores(config: &Config, found: &mut Vec<String>) {
    let schemes: [(&str, Option<&Secret>, &[&str]); 2] = [
        (
            "database.url",
            config.database.url.as_ref(),
            &["sqlite:", "postgres://", "postgresql://"],
        ),
        (
            "redis.url",
            config.redis.url.as_ref(),
            &["redis://", "rediss://", "redis+unix://"],
        ),
    ];
    for (name, url, schemes) in schemes {
        let known = |url: &Secret| schemes.iter().any(|s| url.expose().starts_with(s));
        if url.is_some_and(|url| !known(url)) {
            found.push(format!("{name} starts with none of {}", schemes.join(", ")));
        }
    }
    let s3 = &config.storage.s3;
    if config.storage.kind == StorageKind::S3 && s3.bucket.is_none() {
        found.push("storage.s3.bucket is missing".into());
    }
    if s3.access_key_id.is_some() != s3.secret_access_key.is_some() {
        found.push("storage.s3.access_key_id and secret_access_key belong together".into());
    }
    if let Some(endpoint) = &s3.endpoint
        && endpoint.scheme() == "http"
        && !is_loopback(endpoint)
        && super::is_production(config)
    {
        found.push("storage.s3.endpoint is plain http: production needs https".into());
    }
}

pub fn oauth(config: &Config, found: &mut Vec<String>) {
    let (google, github) = (&config.oauth.google, &config.oauth.github);
    let providers = [
        (
            "google",
            google.client_id.is_some(),
            google.client_secret.is_some(),
        ),
        (
            "github",
            github.client_id.is_some(),
            github.client_secret.is_some(),
        ),
    ];
    for (name, id, secret) in providers {
        if id != secret {
            found.push(format!(
                "oauth.{name}: client_id and client_secret belong together"
            ));
        }
    }
    let urls = [
        ("google.issuer", Some(&google.issuer)),
        ("google.redirect_uri", google.redirect_uri.as_ref()),
        ("github.authorize_url", Some(&github.authorize_url)),
        ("github.token_url", Some(&github.token_url)),
        ("github.api_url", Some(&github.api_url)),
        ("github.redirect_uri", github.redirect_uri.as_ref()),
    ];
    for (name, url) in urls {
        let fine = url.is_none_or(|url| {
            url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
        });
        if !fine {
            found.push(format!("oauth.{name} is neither https nor on this machine"));
        }
    }
}
