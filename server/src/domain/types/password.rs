//! Passwords on their way through the server.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// A password: NFC-normalised, otherwise exactly as received. Wiped from memory when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// The text cannot be a password of this service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPassword {
    /// Fewer than [`Password::MIN`] code points.
    #[error("at least 8 characters")]
    TooShort,
    /// More than [`Password::MAX`] code points.
    #[error("at most 128 characters")]
    TooLong,
}

impl Password {
    /// No configuration goes below it.
    pub const MIN: usize = 8;
    /// Longer ones are refused, never truncated.
    pub const MAX: usize = 128;

    /// Reads a password that is to be set. Whether it is good enough is for the policy to say.
    pub fn parse(text: String) -> Result<Self, InvalidPassword> {
        let password = Self::attempt(text);
        match password.chars() {
            ..Self::MIN => Err(InvalidPassword::TooShort),
            Self::MIN..=Self::MAX => Ok(password),
            _ => Err(InvalidPassword::TooLong),
        }
    }

    /// Reads a password that is to be compared with one that was set: short and long ones are merely wrong. The
    /// contract bounds what arrives here.
    pub fn attempt(text: String) -> Self {
        let text = Zeroizing::new(text);
        // With room for any outcome: a buffer that grows would leave copies behind.
        let mut normalised = Zeroizing::new(String::with_capacity(3 * text.len()));
        normalised.extend(text.nfc());
        Self(normalised)
    }

    /// The secret itself: for hashing and judging only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Length in code points.
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }
}

impl Zeroize for Password {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Password, InvalidPassword> {
        Password::parse(text.to_owned())
    }

    /// SECURITY: N-1, N-2, 6.2.9, 6.2.1.
    #[test]
    fn lengths_count_code_points_after_nfc() {
        for good in [
            "😀".repeat(8),
            "😀".repeat(128),
            "e\u{301}".repeat(128),
            " ".repeat(64),
        ] {
            assert!(parse(&good).is_ok());
        }
        assert_eq!(
            parse(&"😀".repeat(7)).unwrap_err(),
            InvalidPassword::TooShort
        );
        assert_eq!(
            parse(&"e\u{301}".repeat(7)).unwrap_err(),
            InvalidPassword::TooShort
        );
        assert_eq!(
            parse(&"a".repeat(129)).unwrap_err(),
            InvalidPassword::TooLong
        );
        assert_eq!(
            parse(&"a".repeat(1 << 20)).unwrap_err(),
            InvalidPassword::TooLong
        );
    }

    #[test]
    fn attempts_may_be_of_any_length() {
        for text in ["", "short", &"a".repeat(129), &"e\u{301}".repeat(129)] {
            let normalised: String = text.nfc().collect();
            assert_eq!(Password::attempt(text.to_owned()).expose(), normalised);
        }
    }

    /// SECURITY: D5, 6.2.8.
    #[test]
    fn nothing_but_nfc_is_done_to_it() {
        assert_eq!(
            parse("  <b>Pa\"ss</b>  ").unwrap().expose(),
            "  <b>Pa\"ss</b>  "
        );
        assert_eq!(
            parse("cafe\u{301}cafe\u{301}").unwrap().expose(),
            "cafécafé"
        );
        assert_eq!(
            parse("ﬁﬁﬁﬁﬁﬁﬁﬁ").unwrap().expose(),
            "ﬁﬁﬁﬁﬁﬁﬁﬁ",
            "NFC, not NFKC"
        );
    }

    #[test]
    fn debug_tells_nothing() {
        assert_eq!(
            format!("{:?}", parse("correct horse").unwrap()),
            "Password(…)"
        );
    }
}
