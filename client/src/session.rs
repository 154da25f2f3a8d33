//! Keeps the session.

use std::sync::{PoisonError, RwLock};

use reqwest::Url;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::HeaderValue;

use crate::Secret;

/// The cookie's name: over http, over https, and over https for a whole domain.
const NAMES: [&str; 3] = ["session_id", "__Host-session_id", "__Secure-session_id"];

/// How the session travels. The server hands it out in `Set-Cookie` either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionMode {
    /// As `Authorization: Bearer`, for programs; works wherever the server does.
    #[default]
    Bearer,
    /// As a cookie, the way a browser does it; over plain http a `Secure` cookie is not sent.
    Cookie,
}

/// The session and whatever other cookies the server sets.
pub(crate) struct Store {
    mode: SessionMode,
    jar: Jar,
    bearer: RwLock<Option<Secret>>,
}

impl Store {
    pub fn new(mode: SessionMode) -> Self {
        Self {
            mode,
            jar: Jar::default(),
            bearer: RwLock::default(),
        }
    }

    /// The token of the session.
    pub fn token(&self, url: &Url) -> Option<Secret> {
        match self.mode {
            SessionMode::Bearer => self
                .bearer
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            SessionMode::Cookie => {
                let cookies = self.jar.cookies(url)?;
                let mut pairs = cookies
                    .to_str()
                    .ok()?
                    .split("; ")
                    .filter_map(|pair| pair.split_once('='));
                pairs
                    .find(|(name, _)| NAMES.contains(name))
                    .map(|(_, token)| token.into())
            }
        }
    }

    /// Goes on with a session from elsewhere, or with none.
    pub fn set_token(&self, token: Option<Secret>, url: &Url) {
        match self.mode {
            SessionMode::Bearer => {
                *self.bearer.write().unwrap_or_else(PoisonError::into_inner) = token
            }
            SessionMode::Cookie => {
                let secure = url.scheme() == "https";
                let (name, attribute) = if secure {
                    (NAMES[1], "; Secure")
                } else {
                    (NAMES[0], "")
                };
                let (value, age) = token
                    .as_ref()
                    .map_or(("", "; Max-Age=0"), |token| (token.expose(), ""));
                self.jar
                    .add_cookie_str(&format!("{name}={value}; Path=/{attribute}{age}"), url);
            }
        }
    }

    /// The `Authorization` header, if the session travels there.
    pub fn authorization(&self) -> Option<HeaderValue> {
        let bearer = self.bearer.read().unwrap_or_else(PoisonError::into_inner);
        let mut value =
            HeaderValue::try_from(format!("Bearer {}", bearer.as_ref()?.expose())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl CookieStore for Store {
    fn set_cookies(&self, headers: &mut dyn Iterator<Item = &HeaderValue>, url: &Url) {
        if self.mode == SessionMode::Cookie {
            return self.jar.set_cookies(headers, url);
        }
        let mut others = Vec::new();
        for header in headers {
            match session_of(header) {
                Some(token) => self.set_token(token, url),
                None => others.push(header),
            }
        }
        self.jar.set_cookies(&mut others.into_iter(), url);
    }

    fn cookies(&self, url: &Url) -> Option<HeaderValue> {
        let mut cookies = self.jar.cookies(url)?;
        cookies.set_sensitive(true);
        Some(cookies)
    }
}

/// If this `Set-Cookie` is about the session: its token, or none when the session ends.
fn session_of(header: &HeaderValue) -> Option<Option<Secret>> {
    let mut parts = header.to_str().ok()?.split(';').map(str::trim);
    let (name, token) = parts.next()?.split_once('=')?;
    if !NAMES.contains(&name) {
        return None;
    }
    let ends = parts.any(|attribute| {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        name.eq_ignore_ascii_case("max-age")
            && value.trim().parse::<i64>().is_ok_and(|age| age <= 0)
    });
    Some((!ends && !token.is_empty()).then(|| token.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &'static str) -> Option<Option<Secret>> {
        session_of(&HeaderValue::from_static(header))
    }

    #[test]
    fn set_cookie_starts_and_ends_a_session() {
        assert_eq!(
            read("session_id=abc; Path=/; HttpOnly"),
            Some(Some("abc".into()))
        );
        assert_eq!(
            read("__Host-session_id=abc; Path=/; Secure; Max-Age=60"),
            Some(Some("abc".into()))
        );
        assert_eq!(
            read("__Secure-session_id=abc; Path=/; Domain=example.com; Secure"),
            Some(Some("abc".into()))
        );
        assert_eq!(read("session_id=; Path=/; Max-Age=0"), Some(None));
        assert_eq!(read("session_id=gone; max-age=-1"), Some(None));
        assert_eq!(read("oauth_state=abc; Path=/"), None);
    }
}
