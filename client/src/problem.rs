//! What can go wrong: the server says so ([`Problem`]), or there is no answer ([`TransportError`]).

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::types::{self, ErrorCode, FieldError};

/// An answer that is not a success, as the contract's `Error` schema has it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What went wrong.
    pub code: ErrorCode,
    /// The fields of the request that broke the contract.
    pub errors: Vec<FieldError>,
    /// Text for developers; servers send it in development mode only.
    pub details: Option<Box<str>>,
    /// Names the request in the server's log; quote it when you report a fault.
    pub request_id: String,
    /// How long to wait before the next try.
    pub retry_after: Option<Duration>,
}

impl Problem {
    /// The rules that this field of the request broke.
    pub fn field<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a FieldError> {
        self.errors.iter().filter(move |error| error.field == name)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.code)?;
        for FieldError {
            field,
            code,
            message,
        } in &self.errors
        {
            write!(f, "; {field}: {message} ({code})")?;
        }
        if let Some(details) = &self.details {
            write!(f, "; {details}")?;
        }
        write!(f, " [request {}]", self.request_id)
    }
}

impl std::error::Error for Problem {}

/// There was no answer, or none that can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// Nothing was sent: a required value is missing or cannot be written.
    #[error("the request is incomplete: {0}")]
    Request(String),
    /// No connection, a timeout, or an error status whose body is not from the server itself but, say, a proxy.
    #[error("the server gave no usable answer")]
    Http(#[from] reqwest::Error),
    /// The answer does not have the shape that the contract promises.
    #[error("the answer cannot be read")]
    Unreadable(#[from] serde_json::Error),
    /// A status that the contract does not know.
    #[error("the answer has status {0}, which the contract does not know")]
    Status(StatusCode),
}

/// What all operations' errors have in common.
pub trait OperationError: std::error::Error + Send + Sync + 'static {
    /// The contract's name of the operation.
    const OPERATION: &'static str;

    /// What the server said, if it said anything.
    fn problem(&self) -> Option<&Problem>;

    /// Why there was no answer.
    fn transport(&self) -> Option<&TransportError>;

    /// The code, if the server answered.
    fn code(&self) -> Option<&ErrorCode> {
        self.problem().map(|problem| &problem.code)
    }
}

/// progenitor's error as one of the two.
pub(crate) fn sort(error: crate::Error<types::Error>) -> Result<Problem, TransportError> {
    use crate::Error;
    Err(match error {
        Error::ErrorResponse(response) => {
            let retry_after = retry_after(response.headers());
            let types::Error {
                status: _,
                code,
                details,
                errors,
                request_id,
            } = response.as_ref().clone();
            let status = response.status().as_u16();
            return Ok(Problem {
                status,
                code,
                errors,
                details: details.map(String::into_boxed_str),
                request_id,
                retry_after,
            });
        }
        Error::InvalidRequest(reason) | Error::Custom(reason) => TransportError::Request(reason),
        Error::CommunicationError(error)
        | Error::ResponseBodyError(error)
        | Error::InvalidUpgrade(error) => TransportError::Http(error),
        Error::InvalidResponsePayload(_, error) => TransportError::Unreadable(error),
        Error::UnexpectedResponse(response) => TransportError::Status(response.status()),
    })
}

/// `Retry-After` in seconds, the only form that the contract has.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use crate::errors::LoginError;

    #[test]
    fn an_error_is_small_enough_to_return() {
        assert!(size_of::<LoginError>() < 128, "{}", size_of::<LoginError>());
    }
}
