//! Who asks.

use std::net::{IpAddr, Ipv6Addr};
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

/// What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, for a household or a machine has
/// all of it.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
    }
}
