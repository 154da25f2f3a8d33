//! The rules of the contract's schemas, as the generated models carry them.

use regex::Regex;
use serde_json::Value;

/// A type that the contract has rules for.
pub trait Schema {
    /// The rules of this type.
    const RULE: &'static Rule;
}

/// What a JSON value must be.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Anything, but no control characters.
    Any,
    /// `null`, or what the inner rule says.
    Nullable(&'static Rule),
    /// `true` or `false`.
    Boolean,
    /// An integer from `min` to `max`, written as one.
    Integer { min: i64, max: i64 },
    /// A number from `min` to `max`.
    Number { min: f64, max: f64 },
    /// A string.
    Text(Text),
    /// One of a few strings.
    Choice(&'static [&'static str]),
    /// A list. In a query, `comma` lets one parameter hold several items.
    Array {
        items: &'static Rule,
        min: usize,
        max: usize,
        unique: bool,
        comma: bool,
    },
    /// An object with any keys.
    Map {
        values: &'static Rule,
        min: usize,
        max: usize,
    },
    /// An object with the keys of a struct.
    Object(Object),
    /// An object whose field `tag` says which of the objects it is.
    OneOf {
        tag: &'static str,
        variants: &'static [(&'static str, &'static Rule)],
    },
}

/// Rules of a string. Lengths count Unicode code points.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// The fewest code points.
    pub min: usize,
    /// The most code points.
    pub max: usize,
    /// What must match, anywhere in the string unless it is anchored.
    pub pattern: Option<fn() -> &'static Regex>,
    /// What the string must parse as.
    pub format: Option<Format>,
    /// Whether NUL is a character like any other.
    pub allow_nul: bool,
}

impl Text {
    /// Any string without NUL.
    pub const ANY: Self = Self {
        min: 0,
        max: usize::MAX,
        pattern: None,
        format: None,
        allow_nul: false,
    };
}

/// Formats that are checked by a parser rather than by a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A mailbox, without a display name.
    Email,
    /// An absolute URI.
    Uri,
    /// A UUID with its four hyphens.
    Uuid,
    /// A date of RFC 3339.
    Date,
    /// A date and time of RFC 3339.
    DateTime,
}

/// Rules of a struct.
#[derive(Debug, Clone, Copy)]
pub struct Object {
    /// The known keys.
    pub fields: &'static [Field],
    /// Whether other keys are refused.
    pub closed: bool,
    /// The fewest keys.
    pub min: usize,
}

impl Object {
    /// No fields known, any accepted.
    pub const OPEN: Self = Self {
        fields: &[],
        closed: false,
        min: 0,
    };
}

/// One field of a struct.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value must be.
    pub rule: &'static Rule,
    /// Whether it must be there.
    pub required: bool,
    /// What takes its place where it is absent.
    pub default: Option<DefaultValue>,
}

impl Field {
    /// A field that must be there.
    #[must_use]
    pub const fn required(name: &'static str, rule: &'static Rule) -> Self {
        Self {
            name,
            rule,
            required: true,
            default: None,
        }
    }

    /// A field that may be absent.
    #[must_use]
    pub const fn optional(name: &'static str, rule: &'static Rule) -> Self {
        Self {
            required: false,
            ..Self::required(name, rule)
        }
    }

    /// What an absent field stands for.
    #[must_use]
    pub const fn with_default(self, default: DefaultValue) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }
}

/// The value of an absent field.
#[derive(Debug, Clone, Copy)]
pub enum DefaultValue {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(&'static str),
}

impl From<DefaultValue> for Value {
    fn from(default: DefaultValue) -> Self {
        match default {
            DefaultValue::Boolean(value) => value.into(),
            DefaultValue::Integer(value) => value.into(),
            DefaultValue::Number(value) => value.into(),
            DefaultValue::Text(value) => value.into(),
        }
    }
}

/// A regular expression of the contract, compiled at its first use.
macro_rules! pattern {
    ($source:literal) => {
        Some(|| {
            static REGEX: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
                regex::Regex::new($source).expect("xtask codegen has compiled every pattern")
            });
            &REGEX
        })
    };
}
pub(crate) use pattern;
