//! Rules that no type expresses. A problem names its setting and never quotes a secret.

mod places;

use url::Url;

use super::{Config, Mode, is_loopback};

/// Everything wrong with a configuration.
pub fn problems(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    missing(config, &mut found);
    addresses(config, &mut found);
    origins(config, &mut found);
    keys(config, &mut found);
    passwords(config, &mut found);
    times(config, &mut found);
    counts(config, &mut found);
    places::mail(config, &mut found);
    places::stores(config, &mut found);
    places::oauth(config, &mut found);
    found
}

/// An origin in the form that browsers send, or why it is none.
pub fn origin(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "expected an origin such as https://app.example.com";
    let url = Url::parse(text).map_err(|_| EXPECTED)?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !matches!(url.scheme(), "http" | "https") || has_user(&url) {
        return Err(EXPECTED);
    }
    Ok(url.origin().ascii_serialization())
}

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_production(config: &Config) -> bool {
    config.mode() == Mode::Production
}

fn missing(config: &Config, found: &mut Vec<String>) {
    if !is_production(config) {
        return;
    }
    let needed = [
        (
            config.public_url.is_none(),
            "public_url",
            "ACCORD_PUBLIC_URL",
        ),
        (
            config.frontend_url.is_none(),
            "frontend_url",
            "ACCORD_FRONTEND_URL",
        ),
        (
            config.keys.current.is_none(),
            "keys.current",
            "ACCORD_KEYS__CURRENT",
        ),
        (config.smtp.host.is_none(), "smtp.host", "ACCORD_SMTP__HOST"),
        (config.smtp.from.is_none(), "smtp.from", "ACCORD_SMTP__FROM"),
    ];
    for (missing, name, variable) in needed {
        if missing {
            found.push(format!(
                "{name} is missing: production needs it ({variable})"
            ));
        }
    }
}

fn addresses(config: &Config, found: &mut Vec<String>) {
    if let Err(problem) = crate::logging::filter(&config.log.level) {
        found.push(format!("log.level: {problem}"));
    }
    if let Some(metrics) = &config.metrics.listen
        && metrics.port() != 0
        && config.listen.0.iter().any(|public| {
            let everywhere = public.ip().is_unspecified() || metrics.ip().is_unspecified();
            public.port() == metrics.port() && (everywhere || public.ip() == metrics.ip())
        })
    {
        found.push("metrics.listen is an address of listen: metrics are not for the public".into());
    }
    if config.listen.0.is_empty() {
        found.push("listen is empty".into());
    }
    if config.mode() == Mode::Development
        && !config.listen.is_loopback()
        && !config.allow_remote_development
    {
        found.push(
            "mode is development and listen is reachable from other machines: set mode to \
             production, or allow_remote_development if you mean it"
                .into(),
        );
    }
    let urls = [
        ("public_url", &config.public_url),
        ("frontend_url", &config.frontend_url),
        ("storage.public_url", &config.storage.public_url),
        ("traces.endpoint", &config.traces.endpoint),
    ];
    for (name, url) in urls {
        if let Some(url) = url {
            web_address(config, name, url, found);
        }
    }
    if let Some(url) = &config.public_url
        && url.path() != "/"
    {
        found.push("public_url has a path: the API is served from the root of its host".into());
    }
    if let Some(domain) = &config.cookie.domain {
        let host = config
            .public_url()
            .host_str()
            .unwrap_or_default()
            .to_owned();
        if host != *domain && !host.ends_with(&format!(".{domain}")) {
            found.push("cookie.domain is not the domain of public_url or one above it".into());
        }
    }
}

fn web_address(config: &Config, name: &str, url: &Url, found: &mut Vec<String>) {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        found.push(format!("{name} is not an http or https address"));
    } else if has_user(url) || url.query().is_some() || url.fragment().is_some() {
        found.push(format!("{name} has a user, a query or a fragment"));
    } else if url.scheme() == "http" && !is_loopback(url) && is_production(config) {
        found.push(format!("{name} is plain http: production needs https"));
    }
}

fn origins(config: &Config, found: &mut Vec<String>) {
    for text in &config.cors.allowed_origins {
        let problem = match origin(text) {
            Err(problem) => problem,
            Ok(origin) => {
                let plain = Url::parse(&origin)
                    .is_ok_and(|url| url.scheme() == "http" && !is_loopback(&url));
                match plain && is_production(config) {
                    true => "plain http: production needs https",
                    false => continue,
                }
            }
        };
        found.push(format!("cors.allowed_origins: {text:?}: {problem}"));
    }
}

fn keys(config: &Config, found: &mut Vec<String>) {
    let keys = &config.keys;
    let all: Vec<_> = keys.current.iter().chain(&keys.previous).collect();
    for (index, key) in all.iter().enumerate() {
        if key.is_weak() {
            found.push(format!(
                "keys: the key {:?} is not random: make one with `accord keys generate`",
                key.id
            ));
        }
        if all[..index].iter().any(|other| other.id == key.id) {
            found.push(format!("keys: two keys have the name {:?}", key.id));
        }
    }
}

fn passwords(config: &Config, found: &mut Vec<String>) {
    let password = &config.password;
    if !(8..=64).contains(&password.min_length) {
        found.push("password.min_length is not between 8 and 64".into());
    }
    let floors = match config.mode() {
        Mode::Production => (19_456, 2, 1),
        // Tests and slow machines may save time.
        Mode::Development => (8, 1, 1),
    };
    let (memory, iterations, lanes) = floors;
    for (name, value, floor, ceiling) in [
        ("argon2_memory", password.argon2_memory, memory, 1 << 21),
        (
            "argon2_iterations",
            password.argon2_iterations,
            iterations,
            64,
        ),
        ("argon2_parallelism", password.argon2_parallelism, lanes, 16),
    ] {
        if !(floor..=ceiling).contains(&value) {
            found.push(format!(
                "password.{name} is not between {floor} and {ceiling}"
            ));
        }
    }
    if password.argon2_memory < 8 * password.argon2_parallelism {
        found.push("password.argon2_memory is less than 8 KiB a lane".into());
    }
}

fn times(config: &Config, found: &mut Vec<String>) {
    let (limits, session, tokens) = (&config.limits, &config.session, &config.tokens);
    let positive = [
        ("limits.header_timeout", limits.header_timeout),
        ("limits.body_timeout", limits.body_timeout),
        ("limits.idle_timeout", limits.idle_timeout),
        ("limits.write_timeout", limits.write_timeout),
        ("limits.request_timeout", limits.request_timeout),
        ("limits.stream_heartbeat", limits.stream_heartbeat),
        ("limits.stream_poll", limits.stream_poll),
        ("limits.stream_stall", limits.stream_stall),
        ("session.idle", session.idle),
        ("session.absolute", session.absolute),
        ("session.reauthentication", session.reauthentication),
        ("tokens.verification", tokens.verification),
        ("tokens.password_reset", tokens.password_reset),
        ("tokens.email_change", tokens.email_change),
        ("tokens.oauth_state", tokens.oauth_state),
        ("tokens.pending_signup", tokens.pending_signup),
        ("tokens.totp_challenge", tokens.totp_challenge),
        ("tokens.totp_setup", tokens.totp_setup),
        ("database.acquire_timeout", config.database.acquire_timeout),
        (
            "database.statement_timeout",
            config.database.statement_timeout,
        ),
        ("redis.timeout", config.redis.timeout),
        ("password.hashing_wait", config.password.hashing_wait),
        ("oauth.google.timeout", config.oauth.google.timeout),
        ("oauth.github.timeout", config.oauth.github.timeout),
    ];
    for (name, period) in positive {
        if period.is_zero() {
            found.push(format!("{name} is zero"));
        }
    }
    if session.idle > session.absolute {
        found.push("session.idle is longer than session.absolute".into());
    }
    if config.smtp.timeout.is_zero() || config.smtp.timeout.as_secs() > 10 {
        found.push("smtp.timeout is not between 1s and 10s".into());
    }
    for (name, timeout) in [
        ("google", config.oauth.google.timeout),
        ("github", config.oauth.github.timeout),
    ] {
        if timeout.as_secs() > 10 {
            found.push(format!("oauth.{name}.timeout is longer than 10s"));
        }
    }
}

fn counts(config: &Config, found: &mut Vec<String>) {
    let limits = &config.limits;
    let positive = [
        ("limits.connections", limits.connections),
        ("limits.in_flight", limits.in_flight),
        ("limits.header_count", limits.header_count),
        ("limits.http2_streams", limits.http2_streams as usize),
        ("limits.body_min_rate", limits.body_min_rate as usize),
        ("session.most", config.session.most as usize),
        (
            "database.max_connections",
            config.database.max_connections as usize,
        ),
    ];
    for (name, count) in positive {
        if count == 0 {
            found.push(format!("{name} is zero"));
        }
    }
    if !(0.0..=1.0).contains(&config.traces.sample_ratio) {
        found.push("traces.sample_ratio is not between 0 and 1".into());
    }
    if config.redis.prefix.is_empty() {
        found.push("redis.prefix is empty".into());
    }
    if !(8 * 1024..=1024 * 1024).contains(&limits.header_bytes) {
        found.push("limits.header_bytes is not between 8192 and 1048576".into());
    }
    for (class, limit) in config.rate_limits.all() {
        for rate in [Some(&limit.per_address), limit.per_account.as_ref()] {
            if rate.is_some_and(|rate| rate.burst == 0 || rate.period.is_zero()) {
                found.push(format!(
                    "rate_limits.{class}: burst and period are more than zero"
                ));
            }
        }
    }
}
