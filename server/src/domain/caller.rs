//! Who asks.

use std::net::IpAddr;
use std::sync::Arc;

use super::types::SecretToken;

/// The client of a request, as far as the domain wants to know it.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Behind trusted proxies the address that they report.
    pub address: IpAddr,
    /// Empty when none was sent; at most 512 characters.
    pub user_agent: String,
    pub request_id: Arc<str>,
    /// The session token that came along, valid or not.
    pub presented: Option<SecretToken>,
}
