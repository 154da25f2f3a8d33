//! Rules about examples: they are true.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::Findings;
use super::contract::{Contract, entries};

/// Every example of a schema, parameter, header, request or answer is valid against its schema.
pub fn valid(contract: &Contract) -> Findings {
    let components = translate(&contract.spec["components"]["schemas"]);
    let mut findings = Vec::new();
    let mut look = |place: &str, schema: &Value, examples: Vec<(String, &Value)>| {
        if examples.is_empty() {
            return;
        }
        match validator(&components, schema) {
            Err(error) => findings.push(format!("{place}: not a schema: {error}")),
            Ok(validator) => {
                for (name, example) in examples {
                    let errors = validator.iter_errors(example).map(|error| {
                        format!(
                            "{place}{name}: at {:?}: {error}",
                            error.instance_path().as_str()
                        )
                    });
                    findings.extend(errors);
                }
            }
        }
    };
    for schema in contract.schemas() {
        let own = schema
            .value
            .get("example")
            .map(|example| (String::new(), example));
        look(&schema.place, schema.value, own.into_iter().collect());
    }
    for (place, holder) in contract.holders() {
        let holder = contract.resolve(holder);
        let mut examples: Vec<_> = holder
            .get("example")
            .map(|one| (String::new(), one))
            .into_iter()
            .collect();
        for (name, example) in entries(&holder["examples"]) {
            examples.push((
                format!(" example {name}"),
                &contract.resolve(example)["value"],
            ));
        }
        look(&place, &holder["schema"], examples);
    }
    findings
}

/// Every JSON request body has an example.
pub fn bodies(contract: &Contract) -> Findings {
    let mut findings = Vec::new();
    for operation in contract.operations() {
        for (_, content) in operation
            .body()
            .filter(|(media, _)| *media == "application/json")
        {
            let schema = contract.resolve(&content["schema"]);
            let places = [
                &content["example"],
                &content["examples"],
                &schema["example"],
            ];
            if places.iter().all(|example| example.is_null()) {
                findings.push(format!("{operation}: the body needs an example"));
            }
        }
    }
    findings
}

fn validator(components: &Value, schema: &Value) -> Result<Validator, String> {
    let document = json!({ "allOf": [translate(schema)], "components": { "schemas": components } });
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .with_format("uuid", |text| text.len() == 36)
        .build(&document)
        .map_err(|error| error.to_string())
}

/// OpenAPI 3.0 as JSON Schema: `nullable` is a type, and an object has the properties that it names.
fn translate(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(translate).collect(),
        Value::Object(object) => {
            let kept = object.iter().filter(|(name, _)| *name != "example");
            let mut out: Map<_, _> = kept
                .map(|(name, value)| (name.clone(), translate(value)))
                .collect();
            if out.remove("nullable") == Some(Value::Bool(true))
                && let Some(kind) = out.get_mut("type")
            {
                *kind = json!([kind.take(), "null"]);
            }
            if out.get("properties").is_some_and(Value::is_object)
                && out.get("type") == Some(&json!("object"))
            {
                out.entry("additionalProperties")
                    .or_insert(Value::Bool(false));
            }
            Value::Object(out)
        }
        other => other.clone(),
    }
}
