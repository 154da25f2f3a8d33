//! What is known of a request besides its input.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use http::header::{AUTHORIZATION, COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Operation;

/// Request extension: what a server's layers know of a request before its handler is chosen. Without one, the defaults
/// count.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The id of the request, as it is in the answer and in the log.
    pub request_id: Arc<str>,
    /// Who is calling.
    pub client: Client,
    /// The name of the session cookie, which depends on whether the site is on https.
    pub cookie_name: Cow<'static, str>,
    /// How long to wait for a whole request body.
    pub body_patience: Duration,
    /// Filled in by the handler, for whoever kept a clone.
    pub operation: Arc<OnceLock<&'static Operation>>,
}

impl Default for Arrival {
    fn default() -> Self {
        Self {
            request_id: Arc::default(),
            client: Client::default(),
            cookie_name: Cow::Borrowed("session_id"),
            body_patience: Duration::from_secs(30),
            operation: Arc::default(),
        }
    }
}

/// Who is calling, as far as the server trusts what it sees.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// The address, behind trusted proxies the one that they report.
    pub address: Option<IpAddr>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
}

/// A session credential as it was presented. It prints as its kind only.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// The value of the session cookie.
    Cookie(String),
    /// The token of `Authorization: Bearer`.
    Bearer(String),
}

impl Credential {
    /// The opaque token, whichever way it came.
    #[must_use]
    pub fn token(&self) -> &str {
        match self {
            Self::Cookie(token) | Self::Bearer(token) => token,
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cookie(_) => "Cookie(..)",
            Self::Bearer(_) => "Bearer(..)",
        })
    }
}

/// What a trait method learns about the request, and its way to say something beside the answer.
///
/// Clones are cheap enough and share the response headers.
#[derive(Clone)]
pub struct RequestContext {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The id of this request; it is in every answer and log line.
    pub request_id: Arc<str>,
    /// Who is calling.
    pub client: Client,
    /// The credential that came along, not yet checked.
    pub credential: Option<Credential>,
    /// The headers of the request.
    pub headers: HeaderMap,
    /// Whatever the server's layers left with the request.
    pub extensions: http::Extensions,
    response_headers: ResponseHeaders,
}

impl RequestContext {
    /// The context, and how long to wait for the body.
    pub(super) fn new(operation: &'static Operation, parts: &mut Parts) -> (Self, Duration) {
        let headers = std::mem::take(&mut parts.headers);
        let mut extensions = std::mem::take(&mut parts.extensions);
        let arrival = extensions.remove::<Arrival>().unwrap_or_else(|| Arrival {
            client: Client {
                address: None,
                user_agent: single(&headers, &USER_AGENT).map(ToOwned::to_owned),
            },
            ..Arrival::default()
        });
        // A request is answered by one handler.
        let _ = arrival.operation.set(operation);
        let context = Self {
            operation,
            request_id: arrival.request_id,
            client: arrival.client,
            credential: credential(&headers, &arrival.cookie_name),
            headers,
            extensions,
            response_headers: ResponseHeaders::default(),
        };
        (context, arrival.body_patience)
    }

    /// A cookie by its exact name. One that occurs twice counts as absent: somebody may have planted it.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookie(&self.headers, name)
    }

    /// Adds a header to whatever will be answered, a problem included. Any number of one name.
    pub fn append_header(&self, name: HeaderName, value: HeaderValue) {
        self.response_headers.change(|headers| {
            headers.append(name, value);
        });
    }

    pub(super) fn response_headers(&self) -> ResponseHeaders {
        self.response_headers.clone()
    }
}

/// Headers for the response, collected while there is none yet.
#[derive(Clone, Default)]
pub(super) struct ResponseHeaders(Arc<Mutex<HeaderMap>>);

impl ResponseHeaders {
    fn change<T>(&self, change: impl FnOnce(&mut HeaderMap) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn take(&self) -> HeaderMap {
        self.change(std::mem::take)
    }
}

impl fmt::Debug for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestContext")
            .field("operation", &self.operation.id)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

/// The text of a header that occurs exactly once.
pub(super) fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// A caller that sends `Authorization` means it: then the cookie does not count, even if the header is broken.
fn credential(headers: &HeaderMap, cookie_name: &str) -> Option<Credential> {
    if !headers.contains_key(AUTHORIZATION) {
        return cookie(headers, cookie_name).map(|value| Credential::Cookie(value.to_owned()));
    }
    let (scheme, token) = single(headers, &AUTHORIZATION)?.split_once(' ')?;
    let token = token.trim_matches(' ');
    let bearer = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains(' ');
    bearer.then(|| Credential::Bearer(token.to_owned()))
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut found = None;
    for header in headers.get_all(COOKIE) {
        for pair in header.to_str().unwrap_or_default().split(';') {
            let Some((key, value)) = pair.split_once('=') else {
                continue;
            };
            if key.trim_matches(' ') == name {
                if found.is_some() {
                    return None;
                }
                found = Some(value.trim_matches(' '));
            }
        }
    }
    found.filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect()
    }

    fn presented(pairs: &[(HeaderName, &'static str)]) -> Option<Credential> {
        credential(&headers(pairs), "session_id")
    }

    #[test]
    fn one_session_cookie_is_a_credential_and_two_are_none() {
        let cookie = |text| presented(&[(COOKIE, text)]);
        let token = || Some(Credential::Cookie("abc".to_owned()));
        assert_eq!(cookie("a=b; session_id=abc"), token());
        assert_eq!(cookie("session_id=abc; session_id=def"), None);
        assert_eq!(cookie("session_id="), None);
        assert_eq!(cookie("Session_id=abc"), None);
        assert_eq!(
            presented(&[(COOKIE, "session_id=abc"), (COOKIE, "session_id=abc")]),
            None
        );
    }

    #[test]
    fn an_authorization_header_decides_alone() {
        let bearer = |text| presented(&[(AUTHORIZATION, text), (COOKIE, "session_id=abc")]);
        let token = || Some(Credential::Bearer("abc".to_owned()));
        assert_eq!(bearer("Bearer abc"), token());
        assert_eq!(bearer("bearer  abc"), token());
        for broken in ["", "Bearer", "Bearer ", "Basic abc", "abc", "Bearer a b"] {
            assert_eq!(bearer(broken), None, "{broken}");
        }
        assert_eq!(
            presented(&[(AUTHORIZATION, "Bearer a"), (AUTHORIZATION, "Bearer a")]),
            None
        );
    }

    #[test]
    fn a_credential_does_not_print_itself() {
        let printed = format!("{:?}", Credential::Bearer("abc".to_owned()));
        assert_eq!(printed, "Bearer(..)");
    }
}
