//! Which browser pages may call: CORS for those on the list, refusal for the others.
//!
//! Browsers tell where a request comes from by `Sec-Fetch-Site`, and by `Origin` where that is
//! missing. Programs send neither.

use std::collections::HashSet;

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, ALLOW, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use axum::body::Body;
use axum::response::Response;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The request header fields that the API reads and a page needs permission to send.
const REQUEST_HEADERS: HeaderValue =
    HeaderValue::from_static("authorization, content-type, last-event-id, x-request-id");

/// The response header fields that a page may read, besides the harmless ones.
const RESPONSE_HEADERS: HeaderValue = HeaderValue::from_static(
    "ratelimit, ratelimit-policy, retry-after, www-authenticate, x-request-id",
);

/// The origins that may call with credentials.
#[derive(Clone, Debug)]
pub struct Origins {
    allowed: HashSet<String>,
    /// The server's own: pages of /docs.
    own: String,
    session_cookie: String,
}

impl Origins {
    pub fn new(
        allowed: impl IntoIterator<Item = String>,
        own: String,
        session_cookie: String,
    ) -> Self {
        Self {
            allowed: allowed.into_iter().collect(),
            own,
            session_cookie,
        }
    }

    /// The request's origin, if it is on the list.
    pub fn allowed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = single(headers, &ORIGIN)?;
        let text = origin.to_str().ok()?;
        self.allowed.contains(text).then(|| origin.clone())
    }

    /// Whether a request that changes something, or opens the event stream, may go on.
    pub fn permits(&self, headers: &HeaderMap) -> bool {
        let site = single(headers, &SEC_FETCH_SITE).map(HeaderValue::as_bytes);
        if headers.contains_key(SEC_FETCH_SITE) {
            return match site {
                Some(b"same-origin" | b"none") => true,
                Some(b"same-site" | b"cross-site") => self.allowed(headers).is_some(),
                _ => false,
            };
        }
        if self.allowed(headers).is_some() {
            return true;
        }
        if headers.contains_key(ORIGIN) {
            return single(headers, &ORIGIN).is_some_and(|origin| *origin == *self.own);
        }
        !(self.has_session_cookie(headers) && is_form(headers))
    }

    fn has_session_cookie(&self, headers: &HeaderMap) -> bool {
        headers.get_all(COOKIE).iter().any(|value| {
            value.as_bytes().split(|byte| *byte == b';').any(|pair| {
                let name = pair.split(|byte| *byte == b'=').next().unwrap_or(pair);
                name.trim_ascii() == self.session_cookie.as_bytes()
            })
        })
    }

    /// Adds the permissions of `origin` to its response.
    pub fn apply(&self, origin: Option<HeaderValue>, headers: &mut HeaderMap) {
        headers.append(VARY, HeaderValue::from_static("origin"));
        let Some(origin) = origin else { return };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
    }
}

/// Whether this is the question of a browser whether it may send a request.
pub fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Makes the answer to an allowed origin's preflight out of the 405 that its OPTIONS got: the
/// methods of the path are in there.
pub fn answer_preflight(response: &mut Response) {
    let Some(methods) = response.headers_mut().remove(ALLOW) else {
        return;
    };
    *response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    headers.remove(CONTENT_LENGTH);
}

/// A content type that a page may send to any site without asking first.
fn is_form(headers: &HeaderMap) -> bool {
    headers.get_all(CONTENT_TYPE).iter().any(|value| {
        let value = value.as_bytes();
        let end = value.iter().position(|byte| matches!(byte, b';' | b','));
        let essence = value[..end.unwrap_or(value.len())].trim_ascii();
        [
            &b"application/x-www-form-urlencoded"[..],
            b"multipart/form-data",
            b"text/plain",
        ]
        .iter()
        .any(|form| essence.eq_ignore_ascii_case(form))
    })
}

fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h HeaderValue> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn origins() -> Origins {
        Origins::new(
            ["https://app.example".to_owned()],
            "https://api.example".to_owned(),
            "session_id".to_owned(),
        )
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    /// SECURITY: C-1, with a session cookie on board.
    #[test]
    fn c1_the_table_of_sites_and_origins() {
        let sites = [
            Some("same-origin"),
            Some("none"),
            Some("same-site"),
            Some("cross-site"),
            None,
            Some("garbage"),
        ];
        let cells = [
            // same-origin, none, same-site, cross-site, absent, garbage
            (
                Some("https://app.example"),
                [true, true, true, true, true, false],
            ),
            (
                Some("https://evil.example"),
                [true, true, false, false, false, false],
            ),
            (Some("null"), [true, true, false, false, false, false]),
            (None, [true, true, false, false, true, false]),
        ];
        for (origin, row) in cells {
            for (site, expected) in sites.iter().zip(row) {
                let mut all = headers(&[
                    ("cookie", "session_id=x"),
                    ("content-type", "application/json"),
                ]);
                if let Some(origin) = origin {
                    all.insert(ORIGIN, origin.parse().unwrap());
                }
                if let Some(site) = site {
                    all.insert(SEC_FETCH_SITE, site.parse().unwrap());
                }
                assert_eq!(origins().permits(&all), expected, "{origin:?} {site:?}");
            }
        }
    }

    #[test]
    fn origins_are_compared_exactly() {
        for (origin, allowed) in [
            ("https://app.example", true),
            ("http://app.example", false),
            ("https://app.example:8443", false),
            ("https://app.example.evil.com", false),
            ("https://app.example/", false),
            ("https://sub.app.example", false),
            ("https://APP.example", false),
            ("null", false),
            ("*", false),
        ] {
            let all = headers(&[("origin", origin)]);
            assert_eq!(origins().allowed(&all).is_some(), allowed, "{origin}");
            assert_eq!(origins().permits(&all), allowed, "{origin}");
        }
        // The server's own pages, in browsers that know no Sec-Fetch-Site.
        assert!(origins().permits(&headers(&[("origin", "https://api.example")])));
        let twice = headers(&[
            ("origin", "https://app.example"),
            ("origin", "https://app.example"),
        ]);
        assert!(!origins().permits(&twice));
        let twice = headers(&[
            ("origin", "https://app.example"),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "cross-site"),
        ]);
        assert!(!origins().permits(&twice));
    }

    /// SECURITY: 3.5.2, C-3.
    #[test]
    fn a_form_with_a_session_cookie_and_no_origin_is_refused() {
        for (cookie, content_type, expected) in [
            ("session_id=x", "text/plain", false),
            ("a=b;session_id=x", "Text/Plain; charset=utf-8", false),
            ("session_id=x", "multipart/form-data; boundary=x", false),
            ("session_id=x", "application/x-www-form-urlencoded", false),
            ("session_id=x", "application/json", true),
            ("session_id=x", "application/octet-stream", true),
            ("other=x", "text/plain", true),
            ("xsession_id=x", "text/plain", true),
        ] {
            let all = headers(&[("cookie", cookie), ("content-type", content_type)]);
            assert_eq!(origins().permits(&all), expected, "{cookie} {content_type}");
        }
        assert!(origins().permits(&headers(&[("cookie", "session_id=x")])));
    }

    proptest! {
        /// SECURITY: 3.4.2, C-1.
        #[test]
        fn no_other_origin_is_nearly_the_allowed_one(
            at in 0..20_usize,
            gone in 0..3_usize,
            new in "(\\.|:|/|:443|null|@|evil\\.|\\.evil\\.|[!-~]{0,2})",
        ) {
            let mut origin = "https://app.example".to_owned();
            let start = at.min(origin.len());
            let end = (start + gone).min(origin.len());
            origin.replace_range(start..end, &new);
            // The server's own.
            prop_assume!(origin != "https://api.example");
            let may = origin == "https://app.example";
            let given = headers(&[("origin", &origin)]);
            prop_assert_eq!(origins().allowed(&given).is_some(), may, "{}", origin);
            prop_assert_eq!(origins().permits(&given), may, "{}", origin);
            let cross = headers(&[("origin", &origin), ("sec-fetch-site", "cross-site")]);
            prop_assert_eq!(origins().permits(&cross), may, "{}", origin);
        }

        /// SECURITY: 3.5.1, C-1.
        #[test]
        fn a_page_of_another_site_is_refused_whatever_it_sends(
            site in "(cross-site|same-site|Same-Origin|none |\"none\"|[ -~]{0,4})",
            others in proptest::collection::vec(
                (
                    proptest::sample::select(&["cookie", "content-type", "accept", "authorization"]),
                    "[ -~]{0,12}",
                ),
                0..4,
            ),
        ) {
            prop_assume!(!matches!(&*site, "none" | "same-origin"));
            let mut given: Vec<(&'static str, &str)> = others.iter().map(|(name, value)| (*name, value.as_str())).collect();
            given.push(("sec-fetch-site", &site));
            given.push(("origin", "https://evil.example"));
            prop_assert!(!origins().permits(&headers(&given)));
        }
    }
}
