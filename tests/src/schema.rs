//! The contract's schemas as JSON Schema validators, compiled once.

use jsonschema::{Draft, ValidatorMap};
use serde_json::{Map, Value, json};

/// A validator for each named schema.
///
/// Stricter than the contract on purpose: every object is closed, so a response with a field that the contract does
/// not name is wrong, and an enum that may grow (`x-open`) is held to the values written down.
#[derive(Debug)]
pub struct Schemas {
    validators: ValidatorMap,
}

impl Schemas {
    pub(crate) fn compile(schemas: &Value) -> Self {
        let definitions = json!({ "definitions": translate(schemas.clone()) });
        let validators = jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .with_format("uuid", |text| {
                uuid::Uuid::try_parse(text).is_ok() && text.len() == 36
            })
            .with_format("binary", |_| true)
            .with_format("password", |_| true)
            .with_format("int32", |_| true)
            .with_format("int64", |_| true)
            .build_map(&definitions)
            .expect("the contract's schemas are schemas");
        Self { validators }
    }

    /// What is wrong with a value, a line each; empty when nothing is.
    pub fn errors(&self, schema: &str, value: &Value) -> Vec<String> {
        let Some(validator) = self.validators.get(&format!("#/definitions/{schema}")) else {
            return vec![format!("the contract has no schema {schema}")];
        };
        validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", place(error.instance_path().as_str())))
            .collect()
    }
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() { "/" } else { pointer }
}

/// OpenAPI 3.0 to JSON Schema draft 4: references move, `nullable` becomes a type, objects are closed.
fn translate(value: Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(translate_object(object)),
        Value::Array(items) => items.into_iter().map(translate).collect(),
        other => other,
    }
}

fn translate_object(object: Map<String, Value>) -> Map<String, Value> {
    let mut object: Map<_, _> = object
        .into_iter()
        .filter(|(name, _)| name != "example")
        .map(|(name, value)| match value {
            Value::String(reference) if name == "$ref" => (
                name,
                reference
                    .replace("#/components/schemas/", "#/definitions/")
                    .into(),
            ),
            value => (name, translate(value)),
        })
        .collect();
    if object.remove("nullable") == Some(true.into()) {
        if let Some(kind) = object.get_mut("type") {
            *kind = json!([kind.take(), "null"]);
        }
        if let Some(Value::Array(values)) = object.get_mut("enum") {
            values.push(Value::Null);
        }
    }
    if object.get("properties").is_some_and(Value::is_object)
        && !object.contains_key("additionalProperties")
    {
        object.insert("additionalProperties".into(), false.into());
    }
    object
}
