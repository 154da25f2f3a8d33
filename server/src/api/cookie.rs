//! The cookies: the session's, whose token travels here and nowhere else, and the one that binds an OAuth sign-in to
//! the browser that began it.

use chrono::{DateTime, Utc};
use contract::rt::RequestContext;
use http::HeaderValue;
use http::header::{HeaderName, SET_COOKIE};

use crate::Services;
use crate::domain::session::Opened;
use crate::domain::types::SecretToken;

const OAUTH_BINDING: &str = "oauth_binding";
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Sets the cookie of a session just opened or renewed.
pub fn set_session(s: &Services, context: &RequestContext, opened: &Opened) {
    let max_age = opened
        .session
        .persistent
        .then(|| (opened.session.expires_at - s.clock.now()).num_seconds());
    set(
        s,
        context,
        &s.config.session_cookie(),
        &opened.token.expose(),
        max_age,
    );
}

/// Clears the session cookie.
pub fn clear_session(s: &Services, context: &RequestContext) {
    set(s, context, &s.config.session_cookie(), "", Some(0));
}

/// What binds an OAuth sign-in under way to this browser.
pub fn oauth_binding(s: &Services, context: &RequestContext) -> Option<SecretToken> {
    SecretToken::parse(context.cookie(&s.config.cookie_name(OAUTH_BINDING))?)
}

/// Binds an OAuth sign-in to this browser, as long as it may take.
pub fn set_oauth_binding(
    s: &Services,
    context: &RequestContext,
    binding: &SecretToken,
    until: DateTime<Utc>,
) {
    let name = s.config.cookie_name(OAUTH_BINDING);
    let max_age = (until - s.clock.now()).num_seconds();
    set(s, context, &name, &binding.expose(), Some(max_age));
}

/// Forgets the binding when the sign-in is over.
pub fn clear_oauth_binding(s: &Services, context: &RequestContext) {
    let name = s.config.cookie_name(OAUTH_BINDING);
    set(s, context, &name, "", Some(0));
}

/// Asks the browser to forget what it cached (ASVS 14.3.1). Not its cookies: other sign-ins on the site are not ours to end.
pub fn clear_site_data(context: &RequestContext) {
    context.append_header(
        CLEAR_SITE_DATA,
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
}

/// A cookie of ours: `HttpOnly`, `SameSite=Lax`, `Path=/`, over https `Secure` and for the configured domain.
fn set(s: &Services, context: &RequestContext, name: &str, value: &str, max_age: Option<i64>) {
    let mut cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    if s.config.is_https() {
        cookie.push_str("; Secure");
        if let Some(domain) = &s.config.cookie.domain {
            cookie.push_str(&format!("; Domain={domain}"));
        }
    }
    if let Some(seconds) = max_age {
        cookie.push_str(&format!("; Max-Age={seconds}"));
    }
    if let Ok(value) = HeaderValue::try_from(cookie) {
        context.append_header(SET_COOKIE, value);
    }
}
