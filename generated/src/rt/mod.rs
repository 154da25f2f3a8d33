//! The runtime under the generated code: everything that is the same for each operation.
//!
//! A generated handler reads top to bottom: [`answer`] opens the [`Call`], the [`Guard`] admits it and
//! checks its session, [`Call::path`], [`Call::query`], [`Call::header`] and [`Call::json`] or
//! [`Call::bytes`] take the input apart, the implementation answers. Nothing of the body is read before the
//! session has been checked, and whatever goes wrong on the way is one [`Problem`].

mod body;
mod call;
mod context;
mod formats;
mod json;
mod params;
mod problem;
#[cfg(test)]
mod properties;
mod reply;
mod rules;
#[cfg(test)]
mod tests;
mod validate;

pub use bytes::Bytes;

pub use call::{Call, answer};
pub use context::{Arrival, Client, Credential, RequestContext};
pub use problem::{FieldError, Problem};
pub use reply::{Answer, EventStream, bytes, empty, events, finish, json, text};
pub use rules::{DefaultValue, Field, Format, Object, Rule, Schema, Text};
pub use validate::check;

pub(crate) use json::some;
pub(crate) use rules::pattern;

use std::fmt;
use std::future::Future;

/// What the contract says about one operation, for whoever handles operations in general.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`, snake_case and unique.
    pub id: &'static str,
    /// The tag, which also names the trait's module.
    pub tag: &'static str,
    /// The HTTP method, upper case.
    pub method: &'static str,
    /// The path, with parameters in braces; it is the route as well.
    pub path: &'static str,
    /// Statuses of the answers that are not errors.
    pub answers: &'static [u16],
    /// Every `(status, code)` that the operation may answer as a [`Problem`].
    pub codes: &'static [(u16, &'static str)],
    /// Whether a session is asked for.
    pub session: SessionNeed,
    /// An unverified account's session may use it.
    pub limited_session: bool,
    /// The class of the rate limit.
    pub rate_limit: Option<&'static str>,
    /// The largest request body in bytes.
    pub max_body: usize,
}

impl Operation {
    /// Whether the contract lists `code` under `status` for this operation.
    #[must_use]
    pub fn declares(&self, status: u16, code: &str) -> bool {
        self.codes.iter().any(|(s, c)| *s == status && *c == code)
    }
}

/// Whether an operation asks for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionNeed {
    /// A credential is not even looked at.
    None,
    /// A valid session is handed over; anything else counts as none.
    Optional,
    /// Without a valid session there is no answer but 401.
    Required,
}

/// Decides who may go on, before anything of the request is read.
pub trait Guard: Send + Sync + 'static {
    /// What a valid credential stands for.
    type Session: Send;
    /// What the implementation fails with.
    type Error: Into<Problem> + Send;

    /// Called first for every request: rate limits by address, load shedding.
    fn admit(
        &self,
        context: &RequestContext,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Turns a credential into its session, or says why not (401, 403, 503). `context.operation` tells whether
    /// a limited session will do; where the session is optional, the operation judges that itself.
    fn authenticate(
        &self,
        context: &RequestContext,
        credential: Credential,
    ) -> impl Future<Output = Result<Self::Session, Self::Error>> + Send;
}

/// What prints in place of a secret.
pub(crate) const SECRET: fmt::Arguments<'static> = format_args!("[secret]");
