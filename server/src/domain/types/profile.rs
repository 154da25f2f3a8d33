//! The texts of a profile, kept exactly as they were sent: escaping is the renderer's work.

/// The name that people see: 1 to 50 characters, not all of them spaces, no ASCII control
/// characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName(String);

/// A few words about oneself: up to 500 characters, no NUL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bio(String);

/// The text breaks the rule of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing to see in it.
    #[error("must hold something visible")]
    Blank,
    /// More characters than allowed.
    #[error("too long")]
    TooLong,
    /// A character that is not text.
    #[error("must not hold control characters")]
    ControlCharacter,
}

impl DisplayName {
    /// At most so many code points.
    pub const MAX: usize = 50;

    /// Reads a display name.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidText> {
        let text = text.into();
        if text.chars().nth(Self::MAX).is_some() {
            return Err(InvalidText::TooLong);
        }
        if text.chars().any(|c| c.is_ascii_control()) {
            return Err(InvalidText::ControlCharacter);
        }
        if text.chars().all(|c| c == ' ') {
            return Err(InvalidText::Blank);
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Bio {
    /// At most so many code points.
    pub const MAX: usize = 500;

    /// Reads a bio.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidText> {
        let text = text.into();
        if text.chars().nth(Self::MAX).is_some() {
            return Err(InvalidText::TooLong);
        }
        if text.contains('\0') {
            return Err(InvalidText::ControlCharacter);
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One field of a change: what is absent stays, `null` clears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Absent.
    #[default]
    Keep,
    /// `null`.
    Clear,
    /// A value.
    Set(T),
}

impl<T> Patch<T> {
    /// The same change by reference.
    pub fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }

    /// Whether nothing changes.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The same change with another form of the value, which may be refused.
    pub fn try_map<U, E>(self, form: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(form(value)?),
        })
    }

    /// The same change with another form of the value.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(form(value)),
        }
    }

    /// The new value, when there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

/// As models of the contract have it: absent, null, value.
impl<T> From<Option<Option<T>>> for Patch<T> {
    fn from(field: Option<Option<T>>) -> Self {
        match field {
            None => Self::Keep,
            Some(None) => Self::Clear,
            Some(Some(value)) => Self::Set(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_names() {
        for good in [
            "A",
            " x ",
            "<b>&\"'</b>",
            "{{7*7}}",
            "日本",
            "\u{2028}x",
            &"😀".repeat(50),
        ] {
            assert_eq!(DisplayName::parse(good).unwrap().as_str(), good);
        }
        for (bad, why) in [
            ("", InvalidText::Blank),
            ("   ", InvalidText::Blank),
            ("a\nb", InvalidText::ControlCharacter),
            ("a\0", InvalidText::ControlCharacter),
            ("\u{7f}a", InvalidText::ControlCharacter),
        ] {
            assert_eq!(DisplayName::parse(bad), Err(why), "{bad:?}");
        }
        assert_eq!(
            DisplayName::parse("x".repeat(51)),
            Err(InvalidText::TooLong)
        );
    }

    #[test]
    fn bios_may_have_lines_but_no_nul() {
        assert!(Bio::parse("").is_ok());
        assert!(Bio::parse("one\r\ntwo\t😀").is_ok());
        assert_eq!(Bio::parse("\0"), Err(InvalidText::ControlCharacter));
        assert!(Bio::parse("é".repeat(500)).is_ok());
        assert_eq!(Bio::parse("é".repeat(501)), Err(InvalidText::TooLong));
    }

    #[test]
    fn patches_have_three_states() {
        assert_eq!(Patch::<i32>::from(None), Patch::Keep);
        assert_eq!(Patch::<i32>::from(Some(None)), Patch::Clear);
        assert_eq!(Patch::from(Some(Some(1))), Patch::Set(1));
    }
}
