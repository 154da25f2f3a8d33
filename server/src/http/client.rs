//! Which client a request comes from, seen through proxies that are trusted and no others.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

pub use crate::domain::caller::network as bucket;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Request extension: the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The address of the client: the peer, or, when the peer is a trusted proxy, the rightmost address
/// of `X-Forwarded-For` that is not one. A header that names no such address, or not an address at
/// all, leaves the peer: somebody is counted in any case.
pub fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    for value in headers.get_all(X_FORWARDED_FOR).iter().rev() {
        let Ok(value) = value.to_str() else {
            return peer;
        };
        for hop in value.rsplit(',') {
            match parse(hop.trim_matches([' ', '\t'])) {
                Some(address) if is_trusted(&address) => {}
                Some(address) => return address,
                None => return peer,
            }
        }
    }
    peer
}

/// An address, with or without a port.
fn parse(hop: &str) -> Option<IpAddr> {
    let address = match hop.parse::<SocketAddr>() {
        Ok(SocketAddr::V6(socket)) if socket.scope_id() != 0 => return None,
        Ok(socket) => socket.ip(),
        Err(_) => hop
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .map_or_else(
                || hop.parse().ok(),
                |inner| Some(inner.parse::<Ipv6Addr>().ok()?.into()),
            )?,
    };
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append(X_FORWARDED_FOR, value);
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    /// SECURITY: R-6, 15.3.4, 4.1.3.
    #[test]
    fn x1_x3_nothing_is_believed_of_a_peer_that_is_not_trusted() {
        assert_eq!(seen("192.0.2.1", &["203.0.113.9"], &[]), "192.0.2.1");
        let proxies = ["127.0.0.2/32"];
        assert_eq!(seen("127.0.0.1", &["203.0.113.9"], &proxies), "127.0.0.1");
        assert_eq!(seen("127.0.0.2", &["203.0.113.9"], &proxies), "203.0.113.9");
    }

    /// SECURITY: X-4, 15.3.4.
    #[test]
    fn x2_the_rightmost_hop_that_is_not_a_proxy_is_the_client() {
        let proxies = ["10.0.0.0/8", "fd00::/8"];
        for (forwarded, client) in [
            (&["203.0.113.9, 198.51.100.7"][..], "198.51.100.7"),
            (&["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
            (&["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
            (&["198.51.100.7", "10.1.1.1"], "198.51.100.7"),
            (&["evil, 198.51.100.7,10.1.1.1 ,\tfd00::5"], "198.51.100.7"),
            (&["198.51.100.7:4711"], "198.51.100.7"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["2001:DB8:0:0::1"], "2001:db8::1"),
            (&["::ffff:198.51.100.7"], "198.51.100.7"),
            // All trusted, nothing, or not readable: the peer.
            (&["10.1.1.1, 10.2.2.2"], "10.0.0.1"),
            (&[], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            (&["198.51.100.7,"], "10.0.0.1"),
            (&["198.51.100.7, unknown"], "10.0.0.1"),
            (&["fe80::1%eth0"], "10.0.0.1"),
            (&["[fe80::1%1]:80"], "10.0.0.1"),
            (&["\u{e4}"], "10.0.0.1"),
            (&["198.51.100.007"], "10.0.0.1"),
        ] {
            assert_eq!(
                seen("10.0.0.1", forwarded, &proxies),
                client,
                "{forwarded:?}"
            );
        }
        // A proxy that is seen through a socket for both families.
        assert_eq!(
            seen("::ffff:10.0.0.1", &["203.0.113.9"], &proxies),
            "203.0.113.9"
        );
    }

    /// SECURITY: A7.
    #[test]
    fn r5_buckets_are_addresses_or_64_bit_networks() {
        let bucket = |text: &str| super::bucket(text.parse().unwrap()).to_string();
        assert_eq!(bucket("198.51.100.7"), "198.51.100.7");
        assert_eq!(bucket("::ffff:198.51.100.7"), "198.51.100.7");
        assert_eq!(bucket("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(bucket("2001:DB8:1:2::"), bucket("2001:db8:1:2:ffff::9"));
    }
}
