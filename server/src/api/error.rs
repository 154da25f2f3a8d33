//! The one table of statuses.

use contract::rt::{FieldError, Problem};
use http::HeaderValue;
use http::header::{HeaderName, RETRY_AFTER};

use crate::domain::Error;
use crate::domain::error::RateLimit;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// Seconds to wait when something is down for an unknown time.
const UNAVAILABLE_RETRY: u64 = 2;

const fn status(error: &Error) -> u16 {
    match error {
        Error::Invalid(_)
        | Error::TokenInvalid
        | Error::HandleReserved
        | Error::EmailUnchanged
        | Error::EmailAlreadyVerified
        | Error::PasswordTooWeak(_)
        | Error::PasswordIncorrect
        | Error::PasswordRequired
        | Error::PasswordUnchanged
        | Error::OauthInvalidState
        | Error::OauthInvalidCode
        | Error::OauthInvalidIdToken
        | Error::OauthEmailNotVerified
        | Error::OauthCannotUnlinkLast
        | Error::TotpNotEnabled
        | Error::TotpSetupRequired
        | Error::TotpInvalidCode
        | Error::FileUnsupportedType
        | Error::FileUnreadable
        | Error::FileDimensionsTooLarge => 400,
        Error::SessionRequired | Error::InvalidCredentials => 401,
        Error::NotVerified | Error::ReauthenticationRequired => 403,
        Error::SessionNotFound | Error::UserNotFound | Error::OauthConnectionNotFound => 404,
        Error::HandleExists
        | Error::EmailExists
        | Error::OauthEmailExists
        | Error::OauthAccountAlreadyLinked
        | Error::OauthProviderAlreadyLinked
        | Error::TotpAlreadyEnabled => 409,
        Error::RateLimited(_) => 429,
        Error::Internal(_) => 500,
        Error::OauthProviderUnavailable {
            timed_out: false, ..
        } => 502,
        Error::OauthProviderNotConfigured | Error::Unavailable(_) | Error::Overloaded { .. } => 503,
        Error::OauthProviderUnavailable {
            timed_out: true, ..
        } => 504,
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let problem = Self::new(status(&error), error.code()).with_details(error.to_string());
        match error {
            Error::Invalid(errors) => problem.with_errors(
                errors
                    .into_iter()
                    .map(|e| FieldError::new(e.field, e.code, e.message))
                    .collect(),
            ),
            Error::PasswordTooWeak(reason) => problem.with_errors(vec![FieldError::new(
                "password",
                reason.code(),
                "choose a password that is harder to guess",
            )]),
            Error::SessionRequired | Error::InvalidCredentials => problem.with_header(
                http::header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer"),
            ),
            Error::RateLimited(limit) => rate_limited(problem, &limit),
            Error::Overloaded { retry_after } => {
                problem.with_header(RETRY_AFTER, retry_after.as_secs().max(1).into())
            }
            Error::Unavailable(_) | Error::OauthProviderNotConfigured => {
                problem.with_header(RETRY_AFTER, UNAVAILABLE_RETRY.into())
            }
            _ => problem,
        }
    }
}

/// `Retry-After` (RFC 9110), `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
fn rate_limited(problem: Problem, limit: &RateLimit) -> Problem {
    let retry_after = limit.retry_after.as_secs() + u64::from(limit.retry_after.subsec_nanos() > 0);
    let state = format!("\"{}\";r={};t={retry_after}", limit.policy, limit.remaining);
    let policy = format!(
        "\"{}\";q={};w={}",
        limit.policy,
        limit.limit,
        limit.window.as_secs()
    );
    let mut problem = problem.with_header(RETRY_AFTER, retry_after.max(1).into());
    for (name, text) in [(RATE_LIMIT, state), (RATE_LIMIT_POLICY, policy)] {
        if let Ok(value) = HeaderValue::try_from(text) {
            problem = problem.with_header(name, value);
        }
    }
    problem
}
