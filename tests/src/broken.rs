//! Values that break a schema in one way, derived from the contract.

use serde_json::{Value, json};

use crate::contract::{Parameter, RequestBody};

/// A part of many wrong values; no answer may repeat it.
pub const CANARY: &str = "canary";

/// A body or parameter that breaks one rule.
#[derive(Debug)]
pub struct Broken<T> {
    pub what: String,
    /// The field that the server should name.
    pub field: String,
    pub value: T,
}

/// The body's example, broken in every way that its schema knows.
pub fn bodies(body: &RequestBody) -> Vec<Broken<Value>> {
    let Some(example) = &body.example else {
        return Vec::new();
    };
    let broken = |what: String, field: &str, value: Value| Broken {
        what,
        field: field.to_owned(),
        value,
    };
    let mut all: Vec<_> = [json!([]), json!(CANARY), json!(5), json!(null), json!(true)]
        .into_iter()
        .map(|root| broken(format!("{root} for the body"), "", root))
        .collect();
    let mut unknown = example.clone();
    unknown["surprise"] = json!(CANARY);
    all.push(broken("an unknown field".into(), "surprise", unknown));
    for name in body.schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let mut incomplete = example.clone();
        incomplete.as_object_mut().map(|fields| fields.remove(name));
        all.push(broken(format!("no {name}"), name, incomplete));
    }
    for (name, schema) in body.schema["properties"].as_object().into_iter().flatten() {
        for (what, wrong) in values(schema) {
            let mut whole = example.clone();
            whole[name] = wrong;
            all.push(broken(format!("{name}: {what}"), name, whole));
        }
    }
    all
}

fn values(schema: &Value) -> Vec<(String, Value)> {
    let mut all = vec![
        ("an object".to_owned(), json!({ "$ne": CANARY })),
        ("a list".to_owned(), json!([CANARY])),
    ];
    if schema["nullable"] != true {
        all.push(("null".to_owned(), json!(null)));
    }
    match schema["type"].as_str() {
        Some("string") => {
            all.push(("a number".to_owned(), json!(5)));
            all.push(("a boolean".to_owned(), json!(true)));
            all.extend(
                texts(schema)
                    .into_iter()
                    .map(|(what, text)| (what, json!(text))),
            );
        }
        Some("boolean") => all.extend([
            ("text".to_owned(), json!("true")),
            ("a number".to_owned(), json!(1)),
        ]),
        other => panic!("teach this harness to break a {other:?}"),
    }
    all
}

/// Texts that break a string's rules.
fn texts(schema: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |what: &str, text: String| all.push((what.to_owned(), text));
    let length = |name: &str| {
        schema[name]
            .as_u64()
            .and_then(|length| usize::try_from(length).ok())
    };
    add(
        "a NUL character",
        format!(
            "{}\0",
            schema["example"].as_str().unwrap_or("canary canary canary")
        ),
    );
    if let Some(longest) = length("maxLength") {
        add("too long", CANARY.repeat(longest / CANARY.len() + 1));
    }
    if let Some(shortest) = length("minLength").filter(|shortest| *shortest > 0) {
        add("too short", "a".repeat(shortest - 1));
    }
    if schema.get("pattern").is_some()
        || schema
            .get("format")
            .is_some_and(|format| format != "password")
    {
        add("of the wrong form", "\u{7}canary!\u{7}".to_owned());
    }
    if schema.get("enum").is_some() && schema["x-open"] != true {
        add("none of the values", CANARY.to_owned());
    }
    all
}

/// Values of a parameter, encoded for its place, that break its schema.
pub fn parameters(parameter: &Parameter) -> Vec<Broken<String>> {
    let schema = &parameter.schema;
    let mut all = vec![("not UTF-8".to_owned(), "%FF".to_owned())];
    match schema["type"].as_str() {
        Some("string") => all.extend(texts(schema)),
        Some("integer") => all.extend(integers(schema)),
        Some("array") => all.push(("too many".to_owned(), many(&parameter.name, schema))),
        other => panic!("teach this harness to break a {other:?}"),
    }
    let broken = |(what, value)| Broken {
        what: format!("{}: {what}", parameter.name),
        field: parameter.name.clone(),
        value,
    };
    all.into_iter()
        .map(|(what, text)| (what, encode(&text)))
        .map(broken)
        .collect()
}

fn integers(schema: &Value) -> Vec<(String, String)> {
    let (least, most) = (
        schema["minimum"].as_i64().unwrap_or(0),
        schema["maximum"].as_i64().unwrap_or(0),
    );
    let (below, above) = ((least - 1).to_string(), (most + 1).to_string());
    let texts = [
        "",
        "-1",
        "1.5",
        "1e2",
        "00020",
        CANARY,
        "9223372036854775808",
        "18446744073709551616",
        &below,
        &above,
    ];
    texts
        .iter()
        .map(|text| (format!("{text:?}"), (*text).to_owned()))
        .collect()
}

fn many(name: &str, schema: &Value) -> String {
    let most = schema["maxItems"].as_u64().unwrap_or(0);
    (0..most).fold("user:edit".to_owned(), |all, _| {
        format!("{all}&{name}=user:edit")
    })
}

/// Leaves what is encoded already.
fn encode(text: &str) -> String {
    text.replace('\0', "%00")
        .replace('\u{7}', "%07")
        .replace(' ', "%20")
}
