//! Makes of the contract what the templates print: a copy of it, annotated with vendor extensions.
//!
//! Mustache cannot follow a reference, compare or count, and much of the contract never reaches a template
//! (`additionalProperties: false`, the names of examples, extensions beside a `$ref`). So everything that the
//! templates print is worked out here, once:
//!
//! - on a schema `x-struct`, `x-enum` or `x-union`, and `x-input` where a request can hold it;
//! - on an operation `x-op`.
//!
//! A mustache section falls back to the enclosing one where a key is missing, so every key is always there,
//! `false` for "no". Rules of an input that have no counterpart in the runtime are an error, never dropped.

mod operations;
mod rules;
mod schemas;

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The annotated copy of the contract.
pub fn prepare(contract: &Value) -> Result<Value> {
    let mut prepared = contract.clone();
    let reader = Reader { contract };
    let inputs = reader.inputs();
    let schemas = prepared["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.context("the contract has no schemas")? {
        let annotations = reader.schema(name, inputs.contains(name));
        let annotations = annotations.with_context(|| format!("schema {name}"))?;
        if let (Some(schema), Some(annotations)) = (schema.as_object_mut(), annotations) {
            schema.insert("x-schema".to_owned(), annotations);
        }
    }
    let paths = prepared["paths"].as_object_mut();
    for (path, item) in paths.context("the contract has no paths")? {
        let shared = item.get("parameters").cloned().unwrap_or(json!([]));
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                let annotations = reader.operation(path, method, operation, &shared);
                operation["x-op"] =
                    annotations.with_context(|| format!("{} {path}", method.to_uppercase()))?;
            }
        }
    }
    Ok(prepared)
}

struct Reader<'a> {
    contract: &'a Value,
}

impl<'a> Reader<'a> {
    /// Follows references to where something is written down.
    fn resolve<'v>(&self, mut value: &'v Value) -> Result<&'v Value>
    where
        'a: 'v,
    {
        while let Some(reference) = value["$ref"].as_str() {
            let pointer = reference
                .strip_prefix('#')
                .context("a reference leads out")?;
            let found = self.contract.pointer(pointer);
            value = found.with_context(|| format!("{reference} leads nowhere"))?;
        }
        Ok(value)
    }

    /// Names of the schemas that request bodies and parameters can hold.
    fn inputs(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let paths = self.contract["paths"].as_object().into_iter().flatten();
        for (_, item) in paths {
            for (key, part) in item.as_object().into_iter().flatten() {
                if key == "parameters" {
                    self.collect(part, &mut found);
                }
                self.collect(&part["parameters"], &mut found);
                self.collect(&part["requestBody"], &mut found);
            }
        }
        found
    }

    fn collect(&self, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(object) => {
                if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                    let name = reference.rsplit('/').next().unwrap_or_default();
                    if found.insert(name.to_owned()) {
                        let target = self.contract.pointer(reference.trim_start_matches('#'));
                        self.collect(target.unwrap_or(&Value::Null), found);
                    }
                }
                for (key, part) in object {
                    if key != "example" && key != "examples" {
                        self.collect(part, found);
                    }
                }
            }
            Value::Array(parts) => parts.iter().for_each(|part| self.collect(part, found)),
            _ => {}
        }
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(schemas: &str) -> Result<Value> {
        let contract = format!(
            "
tags: [{{ name: things, description: All things. }}]
paths:
  /things/{{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ $ref: '#/components/schemas/Id' }} }}]
    patch:
      operationId: change_thing
      tags: [things]
      summary: Change a thing
      security: [{{}}, {{ cookieAuth: [] }}]
      x-limited-session: true
      x-rate-limit: things
      requestBody:
        required: true
        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Change' }} }} }}
      responses:
        '204': {{ description: Changed }}
        '409': {{ $ref: '#/components/responses/Conflict' }}
components:
  responses:
    Conflict:
      description: Conflict
      content:
        application/json:
          schema: {{ $ref: '#/components/schemas/Error' }}
          examples: {{ 'thing:gone': {{}}, 'thing:busy': {{}} }}
  schemas:
    Error: {{ type: object, properties: {{}} }}
    Id: {{ type: string, format: uuid }}
    Kind: {{ type: string, enum: [a, b], default: b }}
{schemas}"
        );
        prepare(&serde_norway::from_str(&contract)?)
    }

    #[test]
    fn an_operation_knows_its_codes_and_its_session() -> Result<()> {
        let prepared = prepared("    Change: { type: object, properties: {} }")?;
        let op = &prepared["paths"]["/things/{id}"]["patch"]["x-op"];
        let code = |code| json!({ "status": "409", "code": code });
        assert_eq!(op["codes"], json!([code("thing:gone"), code("thing:busy")]));
        assert_eq!(op["session"]["need"], "Optional");
        assert_eq!(op["answers"][0]["variant"], "NoContent");
        assert_eq!(
            op["path_params"]["fields"][0]["node"]["text"]["rust"],
            "uuid::Uuid"
        );
        assert_eq!(op["body"]["node"]["model"], "Change");
        assert_eq!(
            (&op["limited"], &op["rate_limit"]),
            (&json!(true), &json!("things"))
        );
        Ok(())
    }

    #[test]
    fn a_field_knows_null_from_absent_and_its_default() -> Result<()> {
        let prepared = prepared(
            "    Change:
      type: object
      additionalProperties: false
      required: [b]
      properties:
        a: { type: string, nullable: true, x-secret: true }
        b: { type: string, nullable: true }
        kind: { $ref: '#/components/schemas/Kind' }",
        )?;
        let schema = &prepared["components"]["schemas"]["Change"]["x-schema"];
        assert_eq!(
            (&schema["input"], &schema["closed"]),
            (&json!(true), &json!(true))
        );
        assert_eq!(schema["struct"]["has_secret"], true);
        let [a, b, kind] = [0, 1, 2].map(|n| &schema["struct"]["fields"][n]);
        assert_eq!((&a["optional"], &a["patch"]), (&json!(true), &json!(true)));
        assert_eq!(
            (&b["optional"], &b["patch"]),
            (&json!(false), &json!(false))
        );
        assert_eq!(kind["default"]["rule"], "DefaultValue::Text(\"b\")");
        assert_eq!(kind["optional"], false);
        Ok(())
    }

    #[test]
    fn a_rule_that_nothing_would_enforce_is_refused() {
        for property in [
            "{ type: integer, multipleOf: 2 }",
            "{ type: string, format: hostname }",
            "{ type: string, pattern: '(?=a)' }",
            r"{ type: string, pattern: '^\d$' }",
            "{ type: string, enum: [a] }",
            "{ type: object, properties: { b: { type: string } } }",
            "{ anyOf: [{ type: string }] }",
        ] {
            let change = format!("    Change: {{ type: object, properties: {{ a: {property} }} }}");
            assert!(prepared(&change).is_err(), "{property}");
        }
    }
}
