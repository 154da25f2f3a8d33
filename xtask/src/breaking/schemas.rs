//! Schema by schema: whether every value of the one is a value of the other.

use serde_json::Value;

use crate::lint::contract::{Contract, entries};

/// Who sends the value.
#[derive(Clone, Copy, PartialEq)]
pub enum Direction {
    /// A client: what it might send must still be taken.
    Request,
    /// The server: what it sends must be what might have been sent before.
    Response,
}

/// A former and a present contract, compared in one direction.
pub struct Schemas<'a> {
    pub former: &'a Contract<'a>,
    pub present: &'a Contract<'a>,
    pub direction: Direction,
}

/// Keywords with a number, and whether a smaller one allows less.
const BOUNDS: [(&str, bool); 8] = [
    ("maxLength", true),
    ("maximum", true),
    ("maxItems", true),
    ("maxProperties", true),
    ("minLength", false),
    ("minimum", false),
    ("minItems", false),
    ("minProperties", false),
];

/// Keywords that have to stay as they are, if the receiver checks them.
const EXACT: [&str; 8] = [
    "pattern",
    "format",
    "uniqueItems",
    "multipleOf",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
];

impl Schemas<'_> {
    /// Adds what is wrong at this place. Schemas of this contract are trees: a reference never leads back.
    pub fn compare(&self, place: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
        let (old, new) = (self.former.resolve(old), self.present.resolve(new));
        // Each value of `sent` must be a value of `taken`.
        let (sent, taken) = match self.direction {
            Direction::Request => (old, new),
            Direction::Response => (new, old),
        };
        let mut say = |text: String| found.push(format!("{place} {text}"));
        if sent["type"] != taken["type"] {
            return say(format!("is {} and was {}", new["type"], old["type"]));
        }
        if sent["nullable"] == true && taken["nullable"] != true {
            say(match self.direction {
                Direction::Request => "cannot be null".into(),
                Direction::Response => "may be null".into(),
            });
        }
        for (bound, smaller_is_less) in BOUNDS {
            let (sent, taken) = (sent[bound].as_f64(), taken[bound].as_f64());
            let fits = match (sent, taken) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(sent), Some(taken)) if smaller_is_less => sent <= taken,
                (Some(sent), Some(taken)) => sent >= taken,
            };
            if !fits {
                say(format!("has {bound} {} and had {}", new[bound], old[bound]));
            }
        }
        for keyword in EXACT {
            if !taken[keyword].is_null() && taken[keyword] != sent[keyword] {
                say(format!("has another {keyword}"));
            }
        }
        self.values(sent, taken, &mut say);
        self.properties(place, old, new, found);
        if old["items"].is_object() && new["items"].is_object() {
            self.compare(&format!("{place}[]"), &old["items"], &new["items"], found);
        }
    }

    fn values(&self, sent: &Value, taken: &Value, say: &mut impl FnMut(String)) {
        let Some(allowed) = taken["enum"].as_array() else {
            return;
        };
        if self.direction == Direction::Response && taken["x-open"] == true {
            return;
        }
        match sent["enum"].as_array() {
            None => say("takes only some values".into()),
            Some(values) => {
                for value in values.iter().filter(|value| !allowed.contains(value)) {
                    say(match self.direction {
                        Direction::Request => format!("does not take {value}"),
                        Direction::Response => format!("may be {value}"),
                    });
                }
            }
        }
    }

    fn properties(&self, place: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
        let requires = |schema: &Value, name: &str| {
            let required = schema["required"].as_array();
            required.is_some_and(|names| names.iter().any(|other| other == name))
        };
        for (name, property) in entries(&old["properties"]) {
            let here = format!("{place}.{name}");
            let other = &new["properties"][name.as_str()];
            if other.is_null() {
                found.push(format!("{here} is gone"));
                continue;
            }
            let was_required = requires(old, name);
            match (self.direction, was_required, requires(new, name)) {
                (Direction::Request, false, true) => found.push(format!("{here} is required")),
                (Direction::Response, true, false) => found.push(format!("{here} may be absent")),
                _ => {}
            }
            self.compare(&here, property, other, found);
        }
        if self.direction == Direction::Request {
            for (name, _) in entries(&new["properties"]) {
                if old["properties"][name.as_str()].is_null() && requires(new, name) {
                    found.push(format!("{place}.{name} is required"));
                }
            }
            if new["additionalProperties"] == false
                && old["additionalProperties"] != false
                && old["type"] == "object"
            {
                found.push(format!("{place} takes no other fields"));
            }
        }
    }
}
