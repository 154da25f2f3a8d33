//! Value types of the configuration: they parse once and print no secrets.

use std::fmt;
use std::net::SocketAddr;
use std::ops::Deref;
use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A text that must not be seen: neither `Debug` nor serialisation shows it.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(redacted)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own message would quote a value of the wrong type.
        match String::deserialize(deserializer) {
            Ok(value) => Ok(Self::new(value)),
            Err(_) => Err(D::Error::custom("expected a string")),
        }
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "writeOnly": true})
    }
}

/// A length of time, written as `90s`, `10m`, `168h`, `500ms`, `7d` or a number of seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period(pub Duration);

impl Period {
    pub const fn millis(n: u64) -> Self {
        Self(Duration::from_millis(n))
    }

    pub const fn secs(n: u64) -> Self {
        Self(Duration::from_secs(n))
    }

    pub const fn minutes(n: u64) -> Self {
        Self::secs(n * 60)
    }

    pub const fn hours(n: u64) -> Self {
        Self::secs(n * 3600)
    }
}

impl Deref for Period {
    type Target = Duration;

    fn deref(&self) -> &Duration {
        &self.0
    }
}

impl From<Period> for Duration {
    fn from(period: Period) -> Self {
        period.0
    }
}

const UNITS: [(&str, u64); 5] = [
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

impl FromStr for Period {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected a length of time such as 90s, 10m, 168h or 7d";
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let unit = match &text[digits.len()..] {
            "" => "s",
            unit => unit,
        };
        let (_, unit) = UNITS
            .iter()
            .find(|(name, _)| *name == unit)
            .ok_or(EXPECTED)?;
        let number: u64 = digits.trim_end().parse().map_err(|_| EXPECTED)?;
        let millis = number.checked_mul(*unit).ok_or(EXPECTED)?;
        // A century: long enough for every setting, short enough for every sum of times.
        if millis > 100 * 366 * 86_400_000 {
            return Err("longer than a century");
        }
        Ok(Self::millis(millis))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.as_millis();
        // Days read worse than hours for the lengths used here.
        for (name, unit) in &UNITS[1..] {
            let unit = u128::from(*unit);
            if millis >= unit && millis.is_multiple_of(unit) {
                return write!(f, "{}{name}", millis / unit);
            }
        }
        f.write_str("0s")
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Period;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a length of time such as 90s, 10m, 168h or 7d")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Period, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_i64<E: serde::de::Error>(self, seconds: i64) -> Result<Period, E> {
                self.visit_str(&seconds.to_string())
            }

            fn visit_u64<E: serde::de::Error>(self, seconds: u64) -> Result<Period, E> {
                self.visit_str(&seconds.to_string())
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A length of time: a number with the unit ms, s, m, h or d; without a unit, seconds.",
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)?$"},
                {"type": "integer", "minimum": 0}
            ]
        })
    }
}

/// A named 256-bit key, written as `name:base64`.
#[derive(Clone)]
pub struct Key {
    /// Stored next to what the key has encrypted.
    pub id: String,
    bytes: Zeroizing<[u8; 32]>,
}

impl Key {
    pub fn new(id: impl Into<String>, bytes: [u8; 32]) -> Self {
        Self {
            id: id.into(),
            bytes: Zeroizing::new(bytes),
        }
    }

    /// The key itself, for the keyring alone.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The form that the configuration reads.
    pub fn encode(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new(STANDARD.encode(*self.bytes));
        Zeroizing::new(format!("{}:{}", self.id, *bytes))
    }

    /// Not a key that anybody would get from a random generator.
    pub fn is_weak(&self) -> bool {
        let mut seen = [false; 256];
        for byte in self.bytes.iter() {
            seen[usize::from(*byte)] = true;
        }
        seen.iter().filter(|seen| **seen).count() < 16
    }
}

impl FromStr for Key {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected `name:base64` of exactly 32 bytes \
            (make one with `accord keys generate`)";
        let (id, key) = text.split_once(':').ok_or(EXPECTED)?;
        let named = (1..=32).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !named {
            return Err("the name of a key is 1 to 32 of A-Z a-z 0-9 - _");
        }
        let bytes = Zeroizing::new(STANDARD.decode(key.trim()).map_err(|_| EXPECTED)?);
        let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| EXPECTED)?;
        Ok(Self::new(id, bytes))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}:…)", self.id)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}:(redacted)", self.id))
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Secret::deserialize(deserializer)?;
        text.expose().parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Key {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Key".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "writeOnly": true, "pattern": "^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=$"
        })
    }
}

/// One address to listen on, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listen(pub Vec<SocketAddr>);

impl Listen {
    /// Reachable from this machine only.
    pub fn is_loopback(&self) -> bool {
        self.0
            .iter()
            .all(|address| address.ip().to_canonical().is_loopback())
    }
}

impl<'de> Deserialize<'de> for Listen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Listen;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an address such as 127.0.0.1:8080, or a list of them")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Listen, E> {
                let parse = |part: &str| {
                    part.trim()
                        .parse()
                        .map_err(|_| E::custom("expected addresses such as 127.0.0.1:8080"))
                };
                Ok(Listen(
                    text.split(',').map(parse).collect::<Result<_, _>>()?,
                ))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Listen, A::Error> {
                let mut all = Vec::new();
                while let Some(address) = seq.next_element()? {
                    all.push(address);
                }
                Ok(Listen(all))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for Listen {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Listen".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
        })
    }
}

#[cfg(test)]
mod tests;
