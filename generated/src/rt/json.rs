//! JSON in: parsed strictly, checked against the rules, then typed.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Problem, Schema, check};

/// Reads a body. Errors say where, never what: serde_json's own messages repeat what was sent.
pub(super) fn read<T: Schema + DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value = parse(bytes).map_err(|error| {
        let what = if error.is_data() {
            "a key occurs twice"
        } else {
            "not JSON"
        };
        let (line, column) = (error.line(), error.column());
        Problem::malformed(format!("{what}: line {line}, column {column}"))
    })?;
    check(value)
}

/// Parses one JSON text whose objects do not repeat a key.
fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Strict)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom("duplicate key"));
            }
            object.insert(key, access.next_value_seed(Strict)?);
        }
        Ok(Value::Object(object))
    }
}

/// Tells `null` (`Some(None)`) from an absent field (`None`, by `#[serde(default)]`).
///
/// # Errors
/// As the inner type's.
pub(crate) fn some<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn any_json_text_survives() {
        let value = json!({"a": [1, -2, 1.5, true, null, "\u{e9}\u{0}"], "b": {"c": {}}});
        assert_eq!(parse(value.to_string().as_bytes()).ok(), Some(value));
    }

    #[test]
    fn what_is_not_one_json_text_is_refused() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let texts: [&[u8]; 9] = [
            b"",
            b"{",
            b"{} x",
            b"{'a': 1}",
            b"\"\\ud800\"",
            b"\"\xff\"",
            b"\xef\xbb\xbf{}",
            b"{\"a\": 1, \"b\": {\"a\": 1, \"\\u0061\": 2}}",
            deep.as_bytes(),
        ];
        for text in texts {
            assert!(parse(text).is_err(), "{}", String::from_utf8_lossy(text));
        }
    }
}
