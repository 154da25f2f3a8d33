//! The name by which a client calls this server. Nothing is ever built from it: links start with the
//! configured address.

use axum::extract::Request;
use http::header::HOST;
use http::uri::Authority;
use url::{Host, Url};

/// Whether a request has several `Host` fields, of which one program would take the first and
/// another the last.
pub fn is_given_twice(request: &Request) -> bool {
    request.headers().get_all(HOST).iter().nth(1).is_some()
}

/// The names that a server on a programmer's machine has.
#[derive(Clone, Debug)]
pub struct LocalNames {
    public: String,
}

impl LocalNames {
    pub fn new(public_url: &Url) -> Self {
        Self {
            public: public_url.host_str().unwrap_or_default().to_owned(),
        }
    }

    /// Whether the client calls the server by one of them, or by an address.
    pub fn is_named_by(&self, request: &Request) -> bool {
        let given = request.headers().get(HOST).map(|host| host.as_bytes());
        let authority = match (given, request.uri().authority()) {
            (Some(host), _) => Authority::try_from(host).ok(),
            (None, authority) => authority.cloned(),
        };
        // Without any name it is no browser.
        let Some(authority) = authority else {
            return given.is_none();
        };
        match Host::parse(authority.host()) {
            Ok(Host::Domain(name)) => {
                name == self.public || name == "localhost" || name.ends_with(".localhost")
            }
            Ok(Host::Ipv4(_) | Host::Ipv6(_)) => true,
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_that_somebody_else_chose_is_not_local() {
        let names = LocalNames::new(&"http://accord.test:8080".parse().unwrap());
        for (host, local) in [
            ("localhost:8080", true),
            ("LOCALHOST", true),
            ("app.localhost:1", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("192.168.1.5", true),
            ("accord.test", true),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("xlocalhost", false),
            ("", false),
            ("a b", false),
        ] {
            let request = Request::builder().header(HOST, host).body(Body::empty());
            assert_eq!(names.is_named_by(&request.unwrap()), local, "{host}");
        }
        let bare = Request::builder().uri("/dev/mailbox").body(Body::empty());
        assert!(names.is_named_by(&bare.unwrap()));
        let http2 = Request::builder().uri("http://evil.example/dev/mailbox");
        assert!(!names.is_named_by(&http2.body(Body::empty()).unwrap()));
    }

    proptest! {
        /// SECURITY: X-5. As a browser would read the name, in which links and buttons may lead.
        #[test]
        fn a_local_name_is_one_to_browsers_too(
            host in prop_oneof![
                "(http://)?(localhost|evil\\.example|127\\.1|0x7f\\.1|\\[::1\\]|accord\\.test)([.@:/#?%\\\\]{0,2}|%2e|%00)(localhost|evil\\.example|80|)",
                "[!-~]{0,20}",
            ],
        ) {
            let names = LocalNames::new(&"http://accord.test:8080".parse().unwrap());
            let request = Request::builder().header(HOST, &host).body(Body::empty()).unwrap();
            // What is no address to a browser, no page can call.
            if names.is_named_by(&request)
                && let Ok(url) = Url::parse(&format!("http://{host}/"))
            {
                match url.host() {
                    Some(Host::Domain(name)) => prop_assert!(
                        name == "accord.test" || name == "localhost" || name.ends_with(".localhost"),
                        "{host} is {name}"
                    ),
                    address => prop_assert!(address.is_some(), "{host}"),
                }
            }
        }
    }
}
