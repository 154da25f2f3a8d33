//! Rules of the simple types.

use anyhow::{Result, bail, ensure};
use serde_json::{Map, Value, json};

use crate::codegen::text;

/// Refuses keywords that nothing would enforce.
pub fn known(schema: &Value, rules: &[&str]) -> Result<()> {
    const NEUTRAL: [&str; 9] = [
        "type",
        "format",
        "description",
        "title",
        "default",
        "example",
        "nullable",
        "enum",
        "deprecated",
    ];
    for key in schema.as_object().into_iter().flat_map(Map::keys) {
        let fine = NEUTRAL.contains(&key.as_str())
            || rules.contains(&key.as_str())
            || key.starts_with("x-");
        ensure!(fine, "no rule for the keyword {key}");
    }
    Ok(())
}

pub fn limit(schema: &Value, key: &str, absent: &str) -> Result<Value> {
    match &schema[key] {
        Value::Null => Ok(json!(absent)),
        Value::Number(number) => Ok(json!(number.to_string())),
        _ => bail!("{key} is not a number"),
    }
}

pub fn integer(schema: &Value) -> Result<Value> {
    known(schema, &["minimum", "maximum"])?;
    let rust = if schema["format"] == json!("int32") {
        "i32"
    } else {
        "i64"
    };
    let (least, most) = match rust {
        "i32" => (i32::MIN.to_string(), i32::MAX.to_string()),
        _ => ("i64::MIN".to_owned(), "i64::MAX".to_owned()),
    };
    Ok(json!({
        "rust": rust,
        "min": limit(schema, "minimum", &least)?,
        "max": limit(schema, "maximum", &most)?,
    }))
}

pub fn number(schema: &Value) -> Result<Value> {
    known(schema, &["minimum", "maximum"])?;
    let float = |key, absent: &str| match schema[key].as_f64() {
        Some(number) => format!("{number:?}"),
        None => absent.to_owned(),
    };
    Ok(json!({ "min": float("minimum", "f64::MIN"), "max": float("maximum", "f64::MAX") }))
}

pub fn string(schema: &Value) -> Result<Value> {
    known(schema, &["minLength", "maxLength", "pattern"])?;
    let (rust, format) = match schema["format"].as_str() {
        None | Some("password") => ("String", json!(false)),
        Some("email") => ("String", json!("Email")),
        Some("uri") => ("String", json!("Uri")),
        Some("uuid") => ("uuid::Uuid", json!("Uuid")),
        Some("date") => ("chrono::NaiveDate", json!("Date")),
        Some("date-time") => ("chrono::DateTime<chrono::Utc>", json!("DateTime")),
        Some("binary") => ("bytes::Bytes", json!(false)),
        Some(other) => bail!("no rule for the format {other}"),
    };
    let pattern = match schema["pattern"].as_str() {
        None => json!(false),
        Some(pattern) => {
            regex::Regex::new(pattern)?;
            // ASCII to ECMA, Unicode to the regex crate.
            let ambiguous = ["\\d", "\\w", "\\s", "\\b"]
                .iter()
                .any(|class| pattern.contains(class));
            ensure!(!ambiguous, "write the classes of a pattern out");
            json!(text::literal(pattern))
        }
    };
    let min = limit(schema, "minLength", "0")?;
    let max = limit(schema, "maxLength", "usize::MAX")?;
    let nul = schema["x-allow-nul"] == json!(true);
    let (zero, endless) = (min == json!("0"), max == json!("usize::MAX"));
    Ok(json!({
        "rust": rust,
        "min": if zero { json!(false) } else { min },
        "max": if endless { json!(false) } else { max },
        "pattern": pattern,
        "format": format,
        "nul": nul,
        "plain": zero && endless && pattern == json!(false) && format == json!(false) && !nul,
    }))
}

/// The default as the templates print it, or `false`.
pub fn default(schema: &Value) -> Result<Value> {
    let wrap =
        |rule: &str, rust: String| Ok(json!({ "rule": format!("DefaultValue::{rule}({rust})") }));
    match &schema["default"] {
        Value::Null => Ok(json!(false)),
        Value::Bool(value) => wrap("Boolean", value.to_string()),
        Value::Number(value) if value.is_i64() => wrap("Integer", value.to_string()),
        Value::Number(value) => wrap(
            "Number",
            format!("{:?}", value.as_f64().unwrap_or_default()),
        ),
        Value::String(value) => wrap("Text", text::literal(value)),
        _ => bail!("no rule for a default of this type"),
    }
}
