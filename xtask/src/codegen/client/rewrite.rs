//! Fits a copy of the contract to the Rust client, at the level of JSON values.
//!
//! - Strings, numbers and arrays that have a name are written in place: `Email` is a `String`, `Id` a `Uuid`.
//! - Limits and patterns go: the server judges values, and a client must read what a newer server sends.
//! - `x-secret` becomes `Secret`, a nullable member of an `x-patch` schema `Patch`.
//! - Every 4xx and 5xx is one `Error`, declared for the operation or not.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];
const SCHEMA_PREFIX: &str = "#/components/schemas/";

/// An enum that may grow: description and values.
pub type OpenEnums = BTreeMap<String, (String, Vec<String>)>;

/// The schemas marked `x-open`.
pub fn open_enums(spec: &Value) -> OpenEnums {
    let marked = schemas(spec)
        .into_iter()
        .flatten()
        .filter(|(_, schema)| schema["x-open"] == true);
    marked
        .map(|(name, schema)| {
            (
                name.clone(),
                (text(&schema["description"]), strings(&schema["enum"])),
            )
        })
        .collect()
}

/// The contract as progenitor gets to see it.
pub fn rewrite(spec: &Value) -> Result<Value> {
    let mut out = spec.clone();
    let fitted = schemas(spec)
        .context("the contract has no components.schemas")?
        .iter()
        .filter(|(_, schema)| !is_plain(schema))
        .map(|(name, schema)| {
            Ok((
                name.clone(),
                fit(spec, schema).with_context(|| format!("schema {name}"))?,
            ))
        })
        .collect::<Result<Map<_, _>>>()?;
    out["components"]["schemas"] = Value::Object(fitted);
    for item in out
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut)
    {
        for (_, operation) in item
            .as_object_mut()
            .into_iter()
            .flatten()
            .filter(|(m, _)| METHODS.contains(&m.as_str()))
        {
            fit_operation(spec, operation)
                .with_context(|| format!("operation {}", operation["operationId"]))?;
        }
    }
    Ok(out)
}

fn fit_operation(spec: &Value, operation: &mut Value) -> Result<()> {
    let id = text(&operation["operationId"]);
    let note = format!(
        "Fails with [`{0}`](crate::errors::{0}).",
        super::operations::error_name(&id)
    );
    let description = text(&operation["description"]);
    operation["description"] = json!(format!("{}\n\n{note}", description.trim_end()).trim_start());

    for parameter in operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        *parameter = resolve(spec, parameter)?.clone();
        let mut schema = fit(spec, &parameter["schema"])?;
        schema
            .as_object_mut()
            .map(|schema| schema.remove("default"));
        parameter["schema"] = schema;
    }
    if let Some(body) = operation.get_mut("requestBody") {
        *body = resolve(spec, body)?.clone();
        fit_content(spec, body)?;
    }
    let error = json!({"description": "", "content": {"application/json": {
        "schema": {"$ref": format!("{SCHEMA_PREFIX}Error")}}}});
    let mut responses = Map::new();
    for (status, response) in operation["responses"].as_object().context("no responses")? {
        if status.starts_with('2') {
            let mut response = resolve(spec, response)?.clone();
            fit_content(spec, &mut response)?;
            responses.insert(status.clone(), response);
        }
    }
    responses.insert("4XX".into(), error.clone());
    responses.insert("5XX".into(), error);
    operation["responses"] = Value::Object(responses);
    Ok(())
}

fn fit_content(spec: &Value, holder: &mut Value) -> Result<()> {
    let contents = holder.get_mut("content").and_then(Value::as_object_mut);
    for media in contents.into_iter().flat_map(Map::values_mut) {
        media["schema"] = fit(spec, &media["schema"])?;
    }
    Ok(())
}

/// One schema, with everything below it.
fn fit(spec: &Value, schema: &Value) -> Result<Value> {
    if schema.get("$ref").is_some() {
        let target = resolve(spec, schema)?;
        return if is_plain(target) {
            fit(spec, target)
        } else {
            Ok(schema.clone())
        };
    }
    if is_secret(schema) {
        if schema["nullable"] == true {
            bail!("a secret cannot be nullable in the client");
        }
        return Ok(rust_type(schema, "accord_client::Secret", &[]));
    }
    let mut out = Map::new();
    for key in [
        "type",
        "format",
        "nullable",
        "description",
        "title",
        "enum",
        "required",
        "default",
    ] {
        if let Some(value) = schema.get(key) {
            out.insert(key.into(), value.clone());
        }
    }
    if let Some(items) = schema.get("items") {
        out.insert("items".into(), fit(spec, items)?);
    }
    for key in ["oneOf", "allOf"] {
        if let Some(members) = schema[key].as_array() {
            out.insert(
                key.into(),
                members
                    .iter()
                    .map(|member| fit(spec, member))
                    .collect::<Result<_>>()?,
            );
        }
    }
    if let Some(additional) = schema
        .get("additionalProperties")
        .filter(|value| value.is_object())
    {
        out.insert("additionalProperties".into(), fit(spec, additional)?);
    }
    if let Some(properties) = schema["properties"].as_object() {
        let patch = schema["x-patch"] == true;
        let fit_one = |(name, property): (&String, &Value)| {
            let fitted = fit(spec, property).with_context(|| format!("property {name}"))?;
            Ok((name.clone(), if patch { tri_state(fitted) } else { fitted }))
        };
        out.insert(
            "properties".into(),
            Value::Object(properties.iter().map(fit_one).collect::<Result<_>>()?),
        );
    }
    Ok(Value::Object(out))
}

/// Absent, `null` and a value are three things where the contract says so.
fn tri_state(mut property: Value) -> Value {
    let Some(schema) = property
        .as_object_mut()
        .filter(|schema| schema.get("nullable") == Some(&json!(true)))
    else {
        return property;
    };
    schema.remove("nullable");
    let inner = Value::Object(schema.clone());
    rust_type(&inner, "accord_client::Patch", std::slice::from_ref(&inner))
}

fn rust_type(schema: &Value, path: &str, parameters: &[Value]) -> Value {
    json!({
        "description": schema["description"].as_str().unwrap_or_default(),
        "x-rust-type": {"crate": "accord_client", "version": "*", "path": path, "parameters": parameters},
    })
}

fn is_secret(schema: &Value) -> bool {
    schema["x-secret"] == true
}

/// Needs no Rust type of its own.
fn is_plain(schema: &Value) -> bool {
    let kind = schema["type"].as_str().unwrap_or_default();
    matches!(kind, "string" | "integer" | "number" | "boolean" | "array")
        && schema.get("enum").is_none()
}

/// Follows a `$ref` within the contract, if there is one.
pub fn resolve<'a>(spec: &'a Value, value: &'a Value) -> Result<&'a Value> {
    match value["$ref"].as_str() {
        None => Ok(value),
        Some(reference) => {
            let pointer = reference
                .strip_prefix('#')
                .with_context(|| format!("{reference} leaves the contract"))?;
            let target = spec
                .pointer(pointer)
                .with_context(|| format!("{reference} leads nowhere"))?;
            resolve(spec, target)
        }
    }
}

fn schemas(spec: &Value) -> Option<&Map<String, Value>> {
    spec["components"]["schemas"].as_object()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}
