//! The HTTP server: limits, origins, cookies, documentation, log.

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::types::Period;

/// Proxies whose `X-Forwarded-For` is believed, as networks.
pub type TrustedProxies = Vec<IpNet>;

/// Bounds of the HTTP server.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections at once; further ones are answered with 503 and closed.
    pub connections: usize,
    /// Requests being worked on at once; further ones are answered with 503.
    pub in_flight: usize,
    /// Event streams at once.
    pub streams: usize,
    /// Event streams at once of one client address (IPv6 by /64).
    pub streams_per_address: usize,
    /// Time after which an event stream without events sends a comment, so that nobody takes it for dead.
    pub stream_heartbeat: Period,
    /// How often the action log is searched for events that no instance told of.
    pub stream_poll: Period,
    /// Time that the reader of an event stream may refuse to read before the stream ends with `lagged`; one that
    /// refuses for `write_timeout` is cut off.
    pub stream_stall: Period,
    /// Bytes of a request's line and header fields.
    pub header_bytes: usize,
    /// Number of header fields.
    pub header_count: usize,
    /// HTTP/2 streams of one connection.
    pub http2_streams: u32,
    /// Time to send the header fields.
    pub header_timeout: Period,
    /// Time to send a body, plus what its size allows for at `body_min_rate`.
    pub body_timeout: Period,
    /// Bytes a second that extend `body_timeout`.
    pub body_min_rate: u64,
    /// Time that a connection may be silent between requests.
    pub idle_timeout: Period,
    /// Time that a client may refuse to read what it asked for.
    pub write_timeout: Period,
    /// Time to answer a request, its body included.
    pub request_timeout: Period,
    /// Time that requests in flight get when the server stops.
    pub shutdown_grace: Period,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 12_000,
            in_flight: 1_024,
            streams: 10_000,
            streams_per_address: 100,
            stream_heartbeat: Period::secs(15),
            stream_poll: Period::secs(1),
            stream_stall: Period::secs(20),
            header_bytes: 64 * 1024,
            header_count: 100,
            http2_streams: 128,
            header_timeout: Period::secs(10),
            body_timeout: Period::secs(30),
            body_min_rate: 64 * 1024,
            idle_timeout: Period::secs(60),
            write_timeout: Period::secs(30),
            request_timeout: Period::minutes(3),
            shutdown_grace: Period::secs(10),
        }
    }
}

/// Browser pages of other origins.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cors {
    /// Origins that may call the API with credentials, besides the one of `frontend_url`.
    pub allowed_origins: Vec<String>,
}

/// The session cookie.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cookie {
    /// Share the cookie with the subdomains of this domain. Default: this host alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

/// Swagger UI under /docs, and the contract.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Docs {
    /// Default: in development.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}
