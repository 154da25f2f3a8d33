//! The walk that applies a schema's rules to a JSON value.
//!
//! All violations are reported at once, each with the path of its field. A message may name a limit of the
//! contract, never the value that was sent.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{FieldError, Format, Object, Problem, Rule, Schema, Text, formats};

type Message = Cow<'static, str>;

/// Applies the rules and defaults of `T` to `value` and makes a `T` of it.
///
/// # Errors
/// 400 `request:invalid` with every violation.
pub fn check<T: Schema + DeserializeOwned>(mut value: Value) -> Result<T, Problem> {
    let mut walk = Walk::default();
    walk.check(T::RULE, &mut value);
    walk.errors.into_result()?;
    serde_json::from_value(value).map_err(|_| {
        let message = "holds a value that cannot be represented";
        Problem::invalid(vec![FieldError::new("", "format", message)])
    })
}

/// A bounded list: a body of nothing but mistakes must not become a larger answer.
#[derive(Default)]
pub(super) struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    const MOST: usize = 100;
    const LONGEST_FIELD: usize = 200;

    pub(super) fn add(&mut self, field: &str, code: &'static str, message: impl Into<Message>) {
        if self.0.len() < Self::MOST {
            let field = field.chars().take(Self::LONGEST_FIELD);
            let field = field.collect::<String>();
            self.0.push(FieldError::new(field, code, message));
        }
    }

    pub(super) fn into_result(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::invalid(self.0))
        }
    }
}

#[derive(Default)]
struct Walk {
    path: String,
    errors: FieldErrors,
}

impl Walk {
    fn add(&mut self, code: &'static str, message: impl Into<Message>) {
        self.errors.add(&self.path, code, message);
    }

    /// Does `step` one level further down.
    fn within(&mut self, key: &str, step: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        step(self);
        self.path.truncate(length);
    }

    fn check(&mut self, rule: &Rule, value: &mut Value) {
        match (rule, value) {
            (Rule::Nullable(_), Value::Null) => {}
            (Rule::Nullable(rule), value) => self.check(rule, value),
            (Rule::Any, value) => self.any(value),
            (_, Value::Null) => self.add("not_nullable", "must not be null"),
            (Rule::Boolean, Value::Bool(_)) => {}
            (Rule::Boolean, _) => self.add("wrong_type", "must be true or false"),
            (Rule::Integer { min, max }, value) => self.integer(*min, *max, value),
            (Rule::Number { min, max }, value) => self.number(*min, *max, value),
            (Rule::Text(rule), Value::String(text)) => self.text(rule, text),
            (Rule::Text(_), _) => self.add("wrong_type", "must be a string"),
            (Rule::Choice(choices), Value::String(text)) => {
                if !choices.contains(&text.as_str()) {
                    self.add("not_allowed", "must be one of the listed values");
                }
            }
            (Rule::Choice(_), _) => self.add("wrong_type", "must be a string"),
            (
                Rule::Array {
                    items,
                    min,
                    max,
                    unique,
                    ..
                },
                Value::Array(values),
            ) => {
                self.size(values.len(), *min, *max, "items");
                if *unique && values.len() <= *max && !all_differ(values) {
                    self.add("not_unique", "items must differ");
                }
                for (index, value) in values.iter_mut().enumerate() {
                    self.within(&index.to_string(), |walk| walk.check(items, value));
                }
            }
            (Rule::Array { .. }, _) => self.add("wrong_type", "must be an array"),
            (Rule::Map { values, min, max }, Value::Object(map)) => {
                self.size(map.len(), *min, *max, "entries");
                for (key, value) in map {
                    self.within(key, |walk| {
                        walk.characters(key);
                        walk.check(values, value);
                    });
                }
            }
            (Rule::Object(rule), Value::Object(map)) => self.object(rule, map, None),
            (Rule::OneOf { tag, variants }, Value::Object(map)) => self.one_of(tag, variants, map),
            (Rule::Map { .. } | Rule::Object(_) | Rule::OneOf { .. }, _) => {
                self.add("wrong_type", "must be an object");
            }
        }
    }

    fn integer(&mut self, min: i64, max: i64, value: &Value) {
        let Value::Number(number) = value else {
            return self.add("wrong_type", "must be an integer");
        };
        match (number.as_i64(), number.is_u64()) {
            (Some(n), _) if n < min => self.add("too_small", format!("must be at least {min}")),
            (Some(n), _) if n <= max => {}
            (None, false) => self.add("wrong_type", "must be an integer"),
            _ => self.add("too_large", format!("must be at most {max}")),
        }
    }

    fn number(&mut self, min: f64, max: f64, value: &Value) {
        match value.as_f64() {
            None => self.add("wrong_type", "must be a number"),
            Some(n) if n < min => self.add("too_small", format!("must be at least {min}")),
            Some(n) if n > max => self.add("too_large", format!("must be at most {max}")),
            Some(_) => {}
        }
    }

    fn text(&mut self, rule: &Text, text: &str) {
        if !rule.allow_nul {
            self.characters(text);
        }
        let length = text.chars().count();
        if length < rule.min {
            let (min, s) = (rule.min, plural(rule.min));
            self.add(
                "too_short",
                format!("must have at least {min} character{s}"),
            );
        }
        if length > rule.max {
            let (max, s) = (rule.max, plural(rule.max));
            return self.add("too_long", format!("must have at most {max} character{s}"));
        }
        if rule.pattern.is_some_and(|regex| !regex().is_match(text)) {
            self.add("pattern", "must have the form that the contract asks for");
        }
        match rule.format {
            Some(format) if !formats::holds(format, text) => self.add(
                "format",
                match format {
                    Format::Email => "must be an email address",
                    Format::Uri => "must be a URI",
                    Format::Uuid => "must be a UUID",
                    Format::Date => "must be a date (RFC 3339)",
                    Format::DateTime => "must be a date and time (RFC 3339)",
                },
            ),
            _ => {}
        }
    }

    fn characters(&mut self, text: &str) {
        if text.contains('\0') {
            self.add("control_character", "must not contain NUL");
        }
    }

    fn size(&mut self, size: usize, min: usize, max: usize, what: &'static str) {
        if size < min {
            self.add("too_few", format!("must have at least {min} {what}"));
        } else if size > max {
            self.add("too_many", format!("must have at most {max} {what}"));
        }
    }

    /// `tag` is a key that belongs to the object without being one of its fields.
    fn object(&mut self, rule: &Object, map: &mut Map<String, Value>, tag: Option<&str>) {
        if rule.closed {
            let known = |key: &str| tag == Some(key) || rule.fields.iter().any(|f| f.name == key);
            let mut unknown: Vec<&String> = map.keys().filter(|key| !known(key)).collect();
            unknown.sort_unstable();
            for key in unknown {
                self.within(key, |walk| walk.add("unknown_field", "is not known"));
            }
        }
        self.size(map.len(), rule.min, usize::MAX, "fields");
        for field in rule.fields {
            self.within(field.name, |walk| match map.get_mut(field.name) {
                Some(value) => walk.check(field.rule, value),
                None if field.required => walk.add("required", "is required"),
                None => {
                    if let Some(default) = field.default {
                        map.insert(field.name.to_owned(), default.into());
                    }
                }
            });
        }
    }

    fn one_of(
        &mut self,
        tag: &'static str,
        variants: &[(&str, &Rule)],
        map: &mut Map<String, Value>,
    ) {
        let mistake = match map.get(tag) {
            None => ("required", "is required"),
            Some(Value::String(kind)) => match variants.iter().find(|(name, _)| name == kind) {
                Some((_, Rule::Object(rule))) => return self.object(rule, map, Some(tag)),
                _ => ("not_allowed", "must be one of the listed values"),
            },
            Some(_) => ("wrong_type", "must be a string"),
        };
        self.within(tag, |walk| walk.add(mistake.0, mistake.1));
    }

    fn any(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => self.characters(text),
            Value::Array(values) => {
                for (index, value) in values.iter_mut().enumerate() {
                    self.within(&index.to_string(), |walk| walk.any(value));
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    self.within(key, |walk| {
                        walk.characters(key);
                        walk.any(value);
                    });
                }
            }
            _ => {}
        }
    }
}

fn all_differ(values: &[Value]) -> bool {
    let mut seen = HashSet::with_capacity(values.len());
    values.iter().all(|value| seen.insert(value.to_string()))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
