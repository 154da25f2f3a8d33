//! From contract text to domain types. The generated code has checked lengths and patterns; what remains are the
//! rules that a schema cannot state.

use crate::domain::error::FieldError;
use crate::domain::types::{Bio, DisplayName, Email, Handle, Password};
use crate::domain::{Error, Result};

fn invalid(field: &'static str, code: &'static str, message: &'static str) -> Error {
    Error::Invalid(vec![FieldError::new(field, code, message)])
}

pub fn email(field: &'static str, text: &str) -> Result<Email> {
    Email::parse(text).map_err(|_| {
        invalid(
            field,
            "format",
            "must be an email address that mail can be sent to",
        )
    })
}

pub fn handle(field: &'static str, text: &str) -> Result<Handle> {
    Handle::parse(text).map_err(|_| invalid(field, "pattern", "must be a handle"))
}

pub fn display_name(field: &'static str, text: &str) -> Result<DisplayName> {
    DisplayName::parse(text)
        .map_err(|_| invalid(field, "pattern", "must be 1 to 50 characters and not blank"))
}

pub fn bio(field: &'static str, text: &str) -> Result<Bio> {
    Bio::parse(text).map_err(|_| invalid(field, "too_long", "must be at most 500 characters"))
}

/// A password to set.
pub fn new_password(field: &'static str, text: String) -> Result<Password> {
    Password::parse(text).map_err(|_| {
        invalid(
            field,
            "length",
            "must be 8 to 128 characters, counted as code points after NFC normalisation",
        )
    })
}
