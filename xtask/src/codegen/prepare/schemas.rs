//! Schemas: what becomes a Rust type, with fields, variants or members.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::{Reader, reference, rules};
use crate::codegen::text;

impl<'a> Reader<'a> {
    /// What becomes a Rust type of its own; a named string or number is no such thing.
    pub fn schema(&self, name: &str, input: bool) -> Result<Option<Value>> {
        let schema = &self.contract["components"]["schemas"][name];
        let (mut fields, mut values, mut members) = (json!(false), json!(false), json!(false));
        let kind = kind(schema);
        rules::known(
            schema,
            match kind {
                Kind::Enum => &["maxLength"],
                Kind::Union => &["oneOf", "discriminator"],
                Kind::Struct => &[
                    "properties",
                    "required",
                    "additionalProperties",
                    "minProperties",
                ],
                Kind::Other => return Ok(None),
            },
        )?;
        match kind {
            Kind::Enum => values = json!({ "variants": self.variants(schema)? }),
            Kind::Union => members = json!({ "members": self.members(schema)? }),
            Kind::Struct => {
                let fields_of = self.fields(schema, self.tag_of_union(name))?;
                let secret = |field: &Value| field["secret"] == json!(true);
                let secret = fields_of
                    .as_array()
                    .is_some_and(|fields| fields.iter().any(secret));
                let others = &schema["additionalProperties"];
                ensure!(
                    !others.is_object(),
                    "an object with fields and a rule for others"
                );
                fields = json!({ "fields": fields_of, "has_secret": secret });
            }
            Kind::Other => {}
        }
        Ok(Some(json!({
            "doc": text::doc(schema["description"].as_str().unwrap_or(name)),
            "input": input,
            "struct": fields,
            "enum": values,
            "union": members,
            "tag": schema["discriminator"]["propertyName"],
            "closed": schema["additionalProperties"] == json!(false),
            "min": schema["minProperties"].as_u64().unwrap_or(0).to_string(),
        })))
    }

    fn variants(&self, schema: &Value) -> Result<Value> {
        let mut names = BTreeSet::new();
        let values = schema["enum"].as_array().into_iter().flatten();
        let variants = values.map(|value| {
            let value = value.as_str().context("an enum value is not a string")?;
            let name = text::pascal(value);
            ensure!(
                names.insert(name.clone()),
                "two enum values are both {name}"
            );
            Ok(json!({ "name": name, "value": text::literal(value), "code": value }))
        });
        variants.collect()
    }

    fn members(&self, schema: &Value) -> Result<Value> {
        let mapping = schema["discriminator"]["mapping"].as_object();
        let mapping = mapping.context("oneOf without a discriminator mapping")?;
        let count = schema["oneOf"].as_array().map_or(0, Vec::len);
        ensure!(
            mapping.len() == count,
            "the mapping does not name every member"
        );
        let members = mapping.iter().map(|(value, target)| {
            let target = target.as_str().and_then(|target| target.rsplit('/').next());
            let model = target.context("a mapping leads nowhere")?;
            Ok(json!({ "name": text::pascal(value), "value": text::literal(value), "model": model }))
        });
        members.collect()
    }

    /// The discriminator, if `name` is a member of a union: there the tag is the union's, not a field.
    fn tag_of_union(&self, name: &str) -> Option<&str> {
        let schemas = self.contract["components"]["schemas"].as_object()?;
        let union = schemas.values().find(|schema| {
            let members = schema["oneOf"].as_array().into_iter().flatten();
            members.flat_map(reference).any(|member| member == name)
        })?;
        union["discriminator"]["propertyName"].as_str()
    }

    fn fields(&self, schema: &Value, tag: Option<&str>) -> Result<Value> {
        let required = schema["required"].as_array();
        let required = |name: &str| required.is_some_and(|names| names.contains(&json!(name)));
        let properties = schema["properties"].as_object().into_iter().flatten();
        let fields = properties.filter(|(name, _)| tag != Some(name));
        let fields = fields.map(|(name, schema)| {
            let field = self.field(name, schema, required(name), schema);
            field.with_context(|| format!("property {name}"))
        });
        fields.collect()
    }

    pub fn field(
        &self,
        name: &str,
        schema: &Value,
        required: bool,
        described: &Value,
    ) -> Result<Value> {
        let node = self.node(schema)?;
        let resolved = self.resolve(schema)?;
        let default = match rules::default(resolved)? {
            Value::Bool(false) => rules::default(schema)?,
            found => found,
        };
        let description = described["description"].as_str();
        let description = description.or_else(|| self.description(schema));
        let ident = text::ident(name);
        let nullable = node["nullable"] == json!(true);
        let optional = !required && default == json!(false);
        Ok(json!({
            "doc": text::doc(description.unwrap_or(name)),
            "name": text::literal(name),
            "ident": ident,
            "rename": ident.trim_start_matches("r#") != name,
            "required": required,
            "default": default,
            "optional": optional,
            "patch": optional && nullable,
            "secret": self.is_secret(schema),
            "node": node,
        }))
    }

    /// Whether a value must not be printed: `x-secret`, here or where the schema or its items come from.
    fn is_secret(&self, schema: &Value) -> bool {
        let wrapped = schema["allOf"].get(0).unwrap_or(schema);
        let Ok(resolved) = self.resolve(wrapped) else {
            return true;
        };
        let marked = |schema: &Value| {
            schema["x-secret"] == json!(true) || schema["format"] == json!("password")
        };
        marked(schema)
            || marked(resolved)
            || resolved
                .get("items")
                .is_some_and(|items| self.is_secret(items))
    }

    fn description<'v>(&self, schema: &'v Value) -> Option<&'v str>
    where
        'a: 'v,
    {
        let wrapped = schema["allOf"].get(0).unwrap_or(schema);
        self.resolve(wrapped).ok()?["description"].as_str()
    }

    /// A type and its rules, in the one shape that the partials `type` and `rule` print.
    pub fn node(&self, schema: &Value) -> Result<Value> {
        let mut node = json!({
            "nullable": false, "any": false, "boolean": false, "integer": false, "number": false,
            "text": false, "model": false, "array": false, "map": false,
        });
        let wrapped = match schema["allOf"].as_array().map(Vec::as_slice) {
            None => schema,
            Some([only]) => {
                rules::known(schema, &["allOf"])?;
                only
            }
            Some(_) => bail!("allOf of several schemas"),
        };
        let resolved = self.resolve(wrapped)?;
        let nullable = json!(true);
        node["nullable"] =
            json!(schema["nullable"] == nullable || resolved["nullable"] == nullable);
        if kind(resolved) != Kind::Other {
            let name = reference(wrapped).context("an enum or object needs a name of its own")?;
            node["model"] = json!(name);
            return Ok(node);
        }
        let (key, value) = match resolved["type"].as_str() {
            None => {
                rules::known(resolved, &[])?;
                ("any", json!(true))
            }
            Some("boolean") => ("boolean", json!(true)),
            Some("integer") => ("integer", rules::integer(resolved)?),
            Some("number") => ("number", rules::number(resolved)?),
            Some("string") => ("text", rules::string(resolved)?),
            Some("array") => ("array", self.array(resolved)?),
            Some("object") => ("map", self.map(resolved)?),
            Some(other) => bail!("unknown type {other}"),
        };
        node[key] = value;
        Ok(node)
    }

    fn array(&self, schema: &Value) -> Result<Value> {
        rules::known(schema, &["items", "minItems", "maxItems", "uniqueItems"])?;
        Ok(json!({
            "items": self.node(&schema["items"])?,
            "min": rules::limit(schema, "minItems", "0")?,
            "max": rules::limit(schema, "maxItems", "usize::MAX")?,
            "unique": schema["uniqueItems"] == json!(true),
            "comma": false,
        }))
    }

    fn map(&self, schema: &Value) -> Result<Value> {
        rules::known(
            schema,
            &["additionalProperties", "minProperties", "maxProperties"],
        )?;
        let values = match &schema["additionalProperties"] {
            Value::Object(_) => &schema["additionalProperties"],
            _ => &json!({}),
        };
        Ok(json!({
            "values": self.node(values)?,
            "min": rules::limit(schema, "minProperties", "0")?,
            "max": rules::limit(schema, "maxProperties", "usize::MAX")?,
        }))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Struct,
    Enum,
    Union,
    Other,
}

fn kind(schema: &Value) -> Kind {
    if schema["enum"].is_array() {
        Kind::Enum
    } else if schema["oneOf"].is_array() {
        Kind::Union
    } else if schema["properties"].is_object() {
        Kind::Struct
    } else {
        Kind::Other
    }
}
