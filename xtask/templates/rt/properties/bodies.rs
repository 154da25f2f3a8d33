//! JSON bodies of any shape, whole and damaged.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::string::string_regex;
use serde_json::{Value, json};

use super::super::tests::Input;
use super::config;
use super::super::*;

#[derive(Debug, serde::Deserialize)]
#[serde(transparent)]
struct Anything(Value);

impl Schema for Anything {
    const RULE: &'static Rule = &Rule::Any;
}

/// JSON that may be wrong in one way: keys may occur twice.
#[derive(Clone, Debug)]
enum Node {
    Leaf(Value),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn write(&self, space: &str, out: &mut String) {
        let begin = |out: &mut String, first| out.push_str(if first { space } else { "," });
        match self {
            Self::Leaf(value) => out.push_str(&value.to_string()),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    begin(out, i == 0);
                    item.write(space, out);
                }
                out.push_str(&format!("{space}]"));
            }
            Self::Object(fields) => {
                out.push('{');
                for (i, (key, value)) in fields.iter().enumerate() {
                    begin(out, i == 0);
                    out.push_str(&format!("{}{space}:", json!(key)));
                    value.write(space, out);
                }
                out.push_str(&format!("{space}}}"));
            }
        }
    }

    fn repeats_a_key(&self) -> bool {
        match self {
            Self::Leaf(_) => false,
            Self::List(items) => items.iter().any(Self::repeats_a_key),
            Self::Object(fields) => fields.iter().enumerate().any(|(i, (key, value))| {
                fields[..i].iter().any(|(earlier, _)| earlier == key) || value.repeats_a_key()
            }),
        }
    }
}

/// Compiled once, and not for each case.
fn text(pattern: &str) -> impl Strategy<Value = String> {
    string_regex(pattern).unwrap()
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text("\\PC{0,6}").prop_map(Value::from),
        text("[\"\\\\\n\u{7f}\u{2028}😀/]{0,3}").prop_map(Value::from),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_map(Node::Leaf).prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Node::List),
            vec((text("[a-cé\"]{1,2}"), inner), 0..5).prop_map(Node::Object),
        ]
    })
}

/// A change of a few bytes: where, how many go, and what comes instead.
fn damage() -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let byte = prop_oneof![select(b"{}[]\",:\\u0e-1 \n".to_vec()), any::<u8>()];
    (any::<Index>(), 0..3_usize, vec(byte, 0..3))
}

/// What is told of a body that cannot be read: where, and never what.
fn says_only_where(problem: &Problem) -> bool {
    let details = problem.details.as_deref().unwrap_or_default();
    let words = pattern!("^(not JSON|a key occurs twice): line [0-9]+, column [0-9]+$");
    problem.code == "request:malformed" && words.unwrap()().is_match(details)
}

fn repeats(problem: &Problem) -> bool {
    let details = problem.details.as_deref().unwrap_or_default();
    details.starts_with("a key occurs twice")
}

proptest! {
    #![proptest_config(config())]

    /// SECURITY: 1.5.3.
    #[test]
    fn json_is_read_as_by_everybody_else_unless_a_key_occurs_twice(
        node in node(),
        space in "[ \n\t\r]{0,2}",
    ) {
        let mut text = String::new();
        node.write(&space, &mut text);
        match json::read::<Anything>(text.as_bytes()) {
            Ok(Anything(value)) => {
                prop_assert!(!node.repeats_a_key(), "{text}");
                prop_assert_eq!(value, serde_json::from_str::<Value>(&text).unwrap());
            }
            Err(problem) => {
                prop_assert!(node.repeats_a_key() && repeats(&problem), "{text}");
                prop_assert!(says_only_where(&problem));
            }
        }
    }

    /// SECURITY: 1.5.2, 16.5.1.
    #[test]
    fn damaged_json_is_refused_without_being_repeated(
        node in node(),
        damages in vec(damage(), 1..4),
    ) {
        let mut text = String::new();
        node.write("", &mut text);
        let mut bytes = text.into_bytes();
        for (at, gone, new) in damages {
            let at = at.index(bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, new);
        }
        let theirs = serde_json::from_slice::<Value>(&bytes);
        match json::read::<Anything>(&bytes) {
            Ok(Anything(value)) => prop_assert_eq!(theirs.ok(), Some(value)),
            Err(problem) if problem.code == "request:invalid" => {
                // NUL in a string: JSON, but no text of ours.
                prop_assert!(theirs.is_ok() && problem.errors[0].code == "control_character");
            }
            Err(problem) => {
                prop_assert!(says_only_where(&problem), "{:?}", problem.details);
                prop_assert!(theirs.is_err() || repeats(&problem));
            }
        }
    }

    /// SECURITY: 1.5.2, E-3.
    #[test]
    fn any_value_is_judged_in_bounds_and_never_repeated(
        fields in vec(
            (
                select(&[
                    "text", "nullable", "flag", "count", "ratio", "kind", "list", "map", "one_of",
                    "any", "email", "secret", "other",
                ]),
                value(),
            ),
            0..16,
        ),
    ) {
        let given: Value = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        match check::<Input>(given) {
            Ok(Input(value)) => prop_assert_eq!(check::<Input>(value.clone()).unwrap().0, value),
            Err(problem) => {
                prop_assert!((1..=100).contains(&problem.errors.len()));
                for error in &problem.errors {
                    prop_assert!(error.field.chars().count() <= 200);
                    prop_assert!(!error.message.contains("hunter2"), "{}", error.message);
                }
            }
        }
    }
}

/// Values near those that the rules ask for, with a word in each text that no answer may repeat.
fn value() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        text("[a-zé]{0,5}"),
        Just("hunter2".to_owned()),
        Just("a".to_owned()),
        Just("hunter2@example.com".to_owned()),
        text("hunter2\\PC{0,3}"),
        Just("\0".to_owned()),
    ];
    let leaf = prop_oneof![
        2 => word.prop_map(Value::from),
        1 => leaf(),
        1 => (0..12_i64).prop_map(Value::from),
        1 => (0..3_u8).prop_map(|n| json!(f64::from(n) / 2.0)),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        let key = select(&["is", "x", "k"]).prop_map(str::to_owned);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((key, inner), 0..4).prop_map(|fields| fields.into_iter().collect::<Value>()),
            Just(json!({ "is": "x", "x": true })),
        ]
    })
}
