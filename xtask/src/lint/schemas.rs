//! Rules about schemas.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;

use super::Findings;
use super::contract::{Contract, Schema, entries};

/// A finding for each schema that fails the test.
fn each(contract: &Contract, fails: impl Fn(&Schema) -> Option<String>) -> Findings {
    let schemas = contract.schemas();
    let findings = schemas.iter().filter_map(|schema| {
        let finding = fails(schema)?;
        Some(format!("{}: {finding}", schema.place))
    });
    findings.collect()
}

/// Objects and enums have names: the generators make types of them.
pub fn named(contract: &Contract) -> Findings {
    each(contract, |schema| {
        let object = schema.value["type"] == "object" || schema.value["properties"].is_object();
        if schema.named || !(object || schema.value["enum"].is_array()) {
            return None;
        }
        Some("an object or enum needs a name in components.schemas".into())
    })
}

/// What a generator does not know, or reads as something else.
pub fn keywords(contract: &Contract) -> Findings {
    each(contract, |schema| {
        let banned = [
            "anyOf",
            "not",
            "multipleOf",
            "minProperties",
            "maxProperties",
        ];
        if let Some(keyword) = banned
            .iter()
            .find(|keyword| schema.value.get(**keyword).is_some())
        {
            return Some(format!("{keyword} is not read alike by all generators"));
        }
        let union = schema.value["oneOf"].is_array();
        if union && !schema.value["discriminator"]["mapping"].is_object() {
            return Some("oneOf needs a discriminator with a mapping".into());
        }
        let kinds = ["object", "array", "string", "integer", "number", "boolean"];
        let kind = schema.value["type"].as_str();
        let composed = ["$ref", "allOf", "oneOf"]
            .iter()
            .any(|key| schema.value.get(*key).is_some());
        let known = kind.is_some_and(|kind| kinds.contains(&kind));
        (!known && !composed).then(|| "needs a type".into())
    })
}

/// Every value has a bound.
pub fn bounds(contract: &Contract) -> Findings {
    let endless = event_streams(contract);
    each(contract, |schema| {
        let lacks = |key: &str| schema.value.get(key).is_none();
        match schema.value["type"].as_str()? {
            "string" if lacks("maxLength") && lacks("enum") && !endless.contains(&schema.place) => {
                Some("a string needs maxLength".into())
            }
            "integer" | "number" if lacks("minimum") || lacks("maximum") => {
                Some("a number needs minimum and maximum".into())
            }
            "integer" if lacks("format") => Some("an integer needs int32 or int64".into()),
            "array" if lacks("maxItems") => Some("an array needs maxItems".into()),
            "array" if lacks("items") => Some("an array needs items".into()),
            _ => None,
        }
    })
}

/// Names of the schemas that stand for an event stream.
fn event_streams(contract: &Contract) -> BTreeSet<String> {
    let operations = contract.operations();
    let responses = operations
        .iter()
        .flat_map(|operation| operation.responses());
    let references = responses.filter_map(|(_, response)| {
        response["content"]["text/event-stream"]["schema"]["$ref"].as_str()
    });
    references
        .filter_map(|reference| Some(reference.rsplit('/').next()?.to_owned()))
        .collect()
}

/// The server reads patterns with the regex crate; without anchors they match anywhere.
pub fn patterns(contract: &Contract) -> Findings {
    each(contract, |schema| {
        let pattern = schema.value["pattern"].as_str()?;
        if !(pattern.starts_with('^') && pattern.ends_with('$')) {
            return Some(format!("the pattern {pattern} needs ^ and $"));
        }
        let error = Regex::new(pattern).err()?;
        Some(format!("the pattern {pattern} is not one: {error}"))
    })
}

/// A request body names all of its fields, all the way down.
pub fn closed_bodies(contract: &Contract) -> Findings {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for operation in contract.operations() {
        for (media, content) in operation
            .body()
            .filter(|(media, _)| *media == "application/json")
        {
            if content["schema"]["$ref"].is_null() {
                findings.push(format!(
                    "{operation}: the {media} body needs a schema with a name"
                ));
            }
            open_below(contract, &content["schema"], &mut seen, &mut findings);
        }
    }
    findings
}

fn open_below<'a>(
    contract: &'a Contract<'a>,
    schema: &'a Value,
    seen: &mut BTreeSet<&'a str>,
    findings: &mut Findings,
) {
    let name = schema["$ref"].as_str().unwrap_or("a nested schema");
    if schema["$ref"].is_string() && !seen.insert(name) {
        return;
    }
    let schema = contract.resolve(schema);
    if schema["properties"].is_object() && schema["additionalProperties"] != false {
        let name = name.rsplit('/').next().unwrap_or(name);
        findings.push(format!(
            "{name}: is part of a request, so it needs additionalProperties: false"
        ));
    }
    let members = ["allOf", "oneOf"]
        .into_iter()
        .flat_map(|key| schema[key].as_array());
    let properties = entries(&schema["properties"]).map(|(_, property)| property);
    let rest = ["items", "additionalProperties"]
        .into_iter()
        .filter_map(|key| schema.get(key));
    for below in properties.chain(members.flatten()).chain(rest) {
        open_below(contract, below, seen, findings);
    }
}

/// What has no value is absent. Only a patch tells `null` from absent.
pub fn nullable(contract: &Contract) -> Findings {
    let patches: BTreeSet<_> = contract
        .components("schemas")
        .filter(|(_, schema)| schema["x-patch"] == true)
        .map(|(name, _)| name.as_str())
        .collect();
    each(contract, |schema| {
        let owner = schema.place.split('.').next().unwrap_or_default();
        let nullable = schema.value["nullable"] == true;
        (nullable && !patches.contains(owner)).then(|| "nullable is for x-patch schemas".into())
    })
}

/// Passwords stay out of logs.
pub fn secrets(contract: &Contract) -> Findings {
    each(contract, |schema| {
        let password = schema.value["format"] == "password";
        (password && schema.value["x-secret"] != true).then(|| "a password needs x-secret".into())
    })
}

pub fn descriptions(contract: &Contract) -> Findings {
    each(contract, |schema| {
        let inside = schema.named || schema.place.contains('.');
        let bare = schema.value.get("$ref").is_none() && !schema.value["description"].is_string();
        (inside && bare).then(|| "needs a description".into())
    })
}
