//! A view on the contract that the rules share.

use serde_json::{Map, Value};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
static NULL: Value = Value::Null;

pub struct Contract<'a> {
    pub spec: &'a Value,
}

pub struct Operation<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub value: &'a Value,
    contract: &'a Contract<'a>,
    item: &'a Value,
}

/// A schema and where it is: `place` names it for a reader, `named` says that it is a component of its own.
pub struct Schema<'a> {
    pub place: String,
    pub value: &'a Value,
    pub named: bool,
}

impl<'a> Contract<'a> {
    pub fn new(spec: &'a Value) -> Self {
        Self { spec }
    }

    /// Follows references; `null` where one leads nowhere.
    pub fn resolve(&self, mut value: &'a Value) -> &'a Value {
        for _ in 0..16 {
            let Some(reference) = value["$ref"].as_str() else {
                return value;
            };
            let target = reference
                .strip_prefix('#')
                .and_then(|pointer| self.spec.pointer(pointer));
            value = target.unwrap_or(&NULL);
        }
        &NULL
    }

    /// References that lead nowhere. No rule makes sense while there are any.
    pub fn dangling(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(self.spec, &mut |value| {
            if value["$ref"].is_string() && self.resolve(value).is_null() {
                found.push(format!("{} leads nowhere", value["$ref"]));
            }
        });
        found
    }

    pub fn operations(&'a self) -> Vec<Operation<'a>> {
        let mut found = Vec::new();
        for (path, item) in entries(&self.spec["paths"]) {
            for (method, value) in entries(item) {
                if METHODS.contains(&method.as_str()) {
                    found.push(Operation {
                        method,
                        path,
                        value,
                        contract: self,
                        item,
                    });
                }
            }
        }
        found
    }

    pub fn components(
        &self,
        kind: &str,
    ) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        entries(&self.spec["components"][kind])
    }

    /// Every schema of the contract, nested ones too.
    pub fn schemas(&'a self) -> Vec<Schema<'a>> {
        let mut found = Vec::new();
        for (name, value) in self.components("schemas") {
            nested(name.clone(), value, true, &mut found);
        }
        for (place, holder) in self.holders() {
            if let Some(value) = holder.get("schema") {
                nested(place, value, false, &mut found);
            }
        }
        found
    }

    /// Everything outside `components.schemas` that has a `schema`: parameters, headers, bodies, answers.
    pub fn holders(&'a self) -> Vec<(String, &'a Value)> {
        let mut found = Vec::new();
        let mut response = |place: &str, value: &'a Value| {
            for (name, header) in entries(&value["headers"]) {
                found.push((format!("{place} header {name}"), header));
            }
            for (media, content) in entries(&value["content"]) {
                found.push((format!("{place} {media}"), content));
            }
        };
        for (name, value) in self.components("responses") {
            response(&format!("response {name}"), value);
        }
        for (name, value) in self.components("requestBodies") {
            response(&format!("request body {name}"), value);
        }
        for operation in self.operations() {
            response(
                &format!("{operation} body"),
                &operation.value["requestBody"],
            );
            for (status, value) in entries(&operation.value["responses"]) {
                response(&format!("{operation} {status}"), value);
            }
        }
        for (name, value) in self.components("parameters") {
            found.push((format!("parameter {name}"), value));
        }
        for (name, value) in self.components("headers") {
            found.push((format!("header {name}"), value));
        }
        for operation in self.operations() {
            for parameter in operation.parameters() {
                found.push((
                    format!("{operation} parameter {}", parameter["name"]),
                    parameter,
                ));
            }
        }
        found
    }
}

impl<'a> Operation<'a> {
    pub fn id(&self) -> &'a str {
        self.value["operationId"].as_str().unwrap_or_default()
    }

    pub fn parameters(&self) -> Vec<&'a Value> {
        let shared = self.item["parameters"].as_array().into_iter().flatten();
        let own = self.value["parameters"].as_array().into_iter().flatten();
        shared
            .chain(own)
            .map(|parameter| self.contract.resolve(parameter))
            .collect()
    }

    /// Status and answer.
    pub fn responses(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        entries(&self.value["responses"])
            .map(|(status, response)| (status.as_str(), self.contract.resolve(response)))
    }

    /// The codes that it can answer under this status.
    pub fn codes(&self, status: &str) -> Vec<&'a str> {
        let response = self.contract.resolve(&self.value["responses"][status]);
        entries(&response["content"]["application/json"]["examples"])
            .map(|(code, _)| code.as_str())
            .collect()
    }

    /// Media types and contents of the request body.
    pub fn body(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        entries(&self.contract.resolve(&self.value["requestBody"])["content"])
    }

    pub fn is_unsafe(&self) -> bool {
        !matches!(self.method, "get" | "head" | "options")
    }

    /// The ways to authenticate; an empty one means that it is optional.
    pub fn security(&self) -> Vec<Vec<&'a str>> {
        let global = &self.contract.spec["security"];
        let own = self.value.get("security").unwrap_or(global);
        own.as_array()
            .into_iter()
            .flatten()
            .map(|way| entries(way).map(|(scheme, _)| scheme.as_str()).collect())
            .collect()
    }
}

impl std::fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

pub fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn nested<'a>(place: String, value: &'a Value, named: bool, found: &mut Vec<Schema<'a>>) {
    for (name, property) in entries(&value["properties"]) {
        nested(format!("{place}.{name}"), property, false, found);
    }
    for key in ["items", "additionalProperties", "not"] {
        if value[key].is_object() {
            nested(format!("{place}.{key}"), &value[key], false, found);
        }
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for (index, member) in value[key].as_array().into_iter().flatten().enumerate() {
            nested(format!("{place}.{key}.{index}"), member, false, found);
        }
    }
    found.push(Schema {
        place,
        value,
        named,
    });
}

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    visit(value);
    match value {
        Value::Object(object) => object.values().for_each(|value| walk(value, visit)),
        Value::Array(items) => items.iter().for_each(|value| walk(value, visit)),
        _ => {}
    }
}
