//! Parameters in path, query and headers: texts that become the JSON value their schema asks for, and then
//! go through the same rules as a body.

use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use super::validate::FieldErrors;
use super::{Field, Problem, Rule, Schema, check};

/// One occurrence of a parameter.
#[derive(Clone)]
pub(super) enum Given {
    Text(String),
    /// Not UTF-8, or not validly percent-encoded.
    Unreadable,
}

/// Builds a parameter struct from what `find` knows of each of its fields.
pub(super) fn take<T: Schema + DeserializeOwned>(
    find: impl Fn(&str) -> Vec<Given>,
) -> Result<T, Problem> {
    let mut object = Map::new();
    let mut errors = FieldErrors::default();
    if let Rule::Object(schema) = T::RULE {
        for field in schema.fields {
            if let Some(value) = value_of(field, find(field.name), &mut errors) {
                object.insert(field.name.to_owned(), value);
            }
        }
    }
    errors.into_result()?;
    check(Value::Object(object))
}

fn value_of(field: &Field, given: Vec<Given>, errors: &mut FieldErrors) -> Option<Value> {
    let mut texts = Vec::with_capacity(given.len());
    for one in given {
        match one {
            Given::Text(text) => texts.push(text),
            Given::Unreadable => {
                errors.add(field.name, "format", "must be percent-encoded UTF-8");
                return None;
            }
        }
    }
    if let Rule::Array { items, comma, .. } = field.rule {
        if texts.is_empty() {
            return None;
        }
        let texts = texts.iter().flat_map(|text| match comma {
            true => text.split(',').collect::<Vec<_>>(),
            false => vec![text.as_str()],
        });
        return Some(texts.map(|text| typed(items, text)).collect());
    }
    if texts.len() > 1 {
        errors.add(field.name, "too_many", "must be given once");
    }
    texts.first().map(|text| typed(field.rule, text))
}

/// The text as the JSON type of the rule; as a string, which then fails the rule, if it is none.
fn typed(rule: &Rule, text: &str) -> Value {
    let typed = match rule {
        Rule::Boolean => text.parse().ok().map(Value::Bool),
        Rule::Integer { .. } => integer(text).map(Value::from),
        Rule::Number { .. } => text.parse::<Number>().ok().map(Value::Number),
        _ => None,
    };
    typed.unwrap_or_else(|| text.into())
}

/// A decimal integer without frills. One beyond i64 becomes the nearest i64, to fail as too large or small.
fn integer(text: &str) -> Option<i64> {
    let (digits, nearest) = match text.strip_prefix('-') {
        Some(digits) => (digits, i64::MIN),
        None => (text, i64::MAX),
    };
    let decimal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !decimal || (digits.starts_with('0') && text != "0") {
        return None;
    }
    Some(text.parse().unwrap_or(nearest))
}

/// The pairs of a query. A name that cannot be decoded is no name of ours.
pub(super) fn query(query: &str) -> Vec<(String, Given)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value).map_or(Given::Unreadable, Given::Text);
            decode(name).map(|name| (name, value))
        })
        .collect()
}

/// Form decoding, strictly: `+` is a space, a `%` is followed by two digits, the bytes are UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::super::{DefaultValue, Format, Object, Text};
    use super::*;

    const RULE: Rule = Rule::Object(Object {
        fields: &[
            Field::optional("n", &Rule::Integer { min: 1, max: 100 })
                .with_default(DefaultValue::Integer(20)),
            Field::optional("flag", &Rule::Boolean),
            Field::optional(
                "id",
                &Rule::Text(Text {
                    format: Some(Format::Uuid),
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "tag",
                &Rule::Array {
                    items: &Rule::Choice(&["a", "b"]),
                    min: 0,
                    max: 2,
                    unique: true,
                    comma: true,
                },
            ),
            Field::optional("text", &Rule::Text(Text::ANY)),
        ],
        ..Object::OPEN
    });

    #[derive(Debug, serde::Deserialize)]
    #[serde(transparent)]
    struct Params(Value);

    impl Schema for Params {
        const RULE: &'static Rule = &RULE;
    }

    /// The value as JSON, or the field errors as `field code`.
    fn taken(text: &str) -> String {
        let pairs = query(text);
        let taken = take::<Params>(|name| {
            let pairs = pairs.iter().filter(|(key, _)| key == name);
            pairs.map(|(_, value)| value.clone()).collect()
        });
        match taken {
            Ok(Params(value)) => value.to_string(),
            Err(problem) => {
                let errors = problem.errors.iter();
                let errors = errors.map(|error| format!("{} {}", error.field, error.code));
                errors.collect::<Vec<_>>().join(", ")
            }
        }
    }

    #[test]
    fn texts_become_typed_values() {
        assert_eq!(taken(""), r#"{"n":20}"#);
        assert_eq!(taken("n=7&other=%zz&other=1"), r#"{"n":7}"#);
        assert_eq!(taken("n=1&flag=true"), r#"{"n":1,"flag":true}"#.to_sorted());
        assert_eq!(
            taken("n=1&text=a%20b+c%C3%A9%2B"),
            r#"{"n":1,"text":"a b cé+"}"#
        );
        for array in ["tag=a&tag=b", "tag=a,b", "tag=a%2Cb"] {
            assert_eq!(taken(&format!("n=1&{array}")), r#"{"n":1,"tag":["a","b"]}"#);
        }
    }

    #[test]
    fn what_is_not_what_it_should_be_is_refused() {
        for n in ["", "+1", "01", "-0", "1.0", "1e1", " 1", "x", "0x1", "--1"] {
            let n = n.replace('+', "%2B");
            assert_eq!(taken(&format!("n={n}")), "n wrong_type", "{n}");
        }
        assert_eq!(taken("n=0"), "n too_small");
        assert_eq!(taken("n=-99999999999999999999"), "n too_small");
        assert_eq!(taken("n=99999999999999999999"), "n too_large");
        assert_eq!(taken("n=1&n=1"), "n too_many");
        assert_eq!(taken("flag=TRUE&id="), "flag wrong_type, id format");
        assert_eq!(taken("tag=a&tag=a"), "tag not_unique");
        assert_eq!(taken("tag=a,,b"), "tag too_many, tag.1 not_allowed");
        assert_eq!(taken("tag=a,c"), "tag.1 not_allowed");
        for text in ["%", "%4", "%zz", "%ff", "%+1"] {
            assert_eq!(taken(&format!("text={text}")), "text format", "{text}");
        }
        assert_eq!(taken("text=%00"), "text control_character");
    }

    trait Sorted {
        fn to_sorted(&self) -> String;
    }

    impl Sorted for str {
        /// Whether maps keep their order depends on what else is built; compare through a map.
        fn to_sorted(&self) -> String {
            let value: Value = self.parse().unwrap_or_default();
            value.to_string()
        }
    }
}
