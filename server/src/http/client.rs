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
    use proptest::collection::vec;
    use proptest::prelude::*;

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

    /// One address in all the ways that a proxy may write it.
    fn spelled() -> impl Strategy<Value = (IpAddr, String)> {
        let v4 = (0..4_u8, any::<u8>()).prop_map(|(net, host)| IpAddr::from([10, net, 0, host]));
        let v6 = (0..4_u16, any::<u16>())
            .prop_map(|(net, host)| IpAddr::from([0x2001, 0xdb8, net, 0, 0, 0, 0, host]));
        (prop_oneof![v4, v6], 0..5_u8, any::<u16>()).prop_map(|(address, way, port)| {
            let text = match (address, way) {
                (_, 0) => SocketAddr::new(address, port).to_string(),
                (IpAddr::V4(address), 1) => format!("::ffff:{address}"),
                (IpAddr::V4(address), 2) => format!("[::ffff:{address}]:{port}"),
                (IpAddr::V6(address), 1) => format!("[{address}]"),
                (_, 3) => address.to_string().to_uppercase(),
                _ => address.to_string(),
            };
            (address, text)
        })
    }

    fn networks() -> impl Strategy<Value = Vec<IpNet>> {
        let text = proptest::sample::select(&[
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.2.0.0/31",
            "2001:db8::/32",
            "2001:db8:1::/48",
            "::1/128",
        ]);
        vec(text.prop_map(|text| text.parse().unwrap()), 0..4)
    }

    proptest! {
        /// SECURITY: 15.3.4, R-5, R-6.
        #[test]
        fn the_client_is_the_last_hop_that_is_no_proxy(
            peer in spelled(),
            hops in vec((spelled(), any::<bool>()), 0..6),
            trusted in networks(),
        ) {
            let mut lines = vec![String::new()];
            for ((_, text), begins_a_line) in &hops {
                match lines.last_mut() {
                    Some(line) if !begins_a_line && !line.is_empty() => line.push_str(&format!(" ,\t{text}")),
                    Some(line) if line.is_empty() => line.push_str(text),
                    _ => lines.push(text.clone()),
                }
            }
            let headers = lines.iter().filter(|line| !line.is_empty());
            let headers = headers.map(|line| (X_FORWARDED_FOR, line.parse().unwrap()));
            let is_proxy = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
            let mut way = hops.iter().rev().map(|((address, _), _)| *address);
            let expected = match is_proxy(&peer.0) {
                true => way.find(|hop| !is_proxy(hop)).unwrap_or(peer.0),
                false => peer.0,
            };
            prop_assert_eq!(address(peer.0, &headers.collect(), &trusted), expected);
        }

        /// SECURITY: 15.3.4.
        #[test]
        fn whatever_is_forwarded_somebody_is_counted(
            values in vec(vec(prop_oneof![Just(b','), Just(b' '), Just(b':'), b'0'..b':', 0x20..=0xff_u8], 0..24), 0..3),
            trusted in networks(),
        ) {
            let values = values.iter().filter_map(|value| HeaderValue::from_bytes(value).ok());
            let headers: HeaderMap = values.map(|value| (X_FORWARDED_FOR, value)).collect();
            let peer = IpAddr::from([10, 1, 0, 1]);
            let found = address(peer, &headers, &trusted);
            let is_proxy = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
            prop_assert!(found == peer || (is_proxy(&peer) && !is_proxy(&found)));
            prop_assert_eq!(found, found.to_canonical());
        }

        /// SECURITY: R-5.
        #[test]
        fn a_bucket_is_its_own_and_that_of_all_in_its_network(bits in any::<u128>(), other in any::<u64>()) {
            let address = IpAddr::from(Ipv6Addr::from_bits(bits));
            let neighbour = IpAddr::from(Ipv6Addr::from_bits(bits ^ u128::from(other)));
            prop_assert_eq!(bucket(bucket(address)), bucket(address));
            if address.to_canonical().is_ipv6() && neighbour.to_canonical().is_ipv6() {
                prop_assert_eq!(bucket(address), bucket(neighbour));
            }
        }
    }
}
