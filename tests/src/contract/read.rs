//! From the document to what the tests ask of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Contract, Header, Operation, Parameter, Place, RequestBody, Response, Session};
use crate::schema::Schemas;

impl Contract {
    /// Reads an OpenAPI document. Panics where it breaks the rules that `cargo xtask lint` keeps.
    pub fn read(document: &Value) -> Self {
        let reader = Reader { document };
        Self {
            operations: reader.operations(),
            edge: reader.edge(),
            common_headers: strings(&document["x-common-headers"]).map(lower).collect(),
            schemas: Schemas::compile(&document["components"]["schemas"]),
            documents: strings(&document["x-documents"]).collect(),
        }
    }
}

struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn resolve(&self, value: &'a Value) -> &'a Value {
        let Some(reference) = value["$ref"].as_str() else {
            return value;
        };
        let found = self.document.pointer(reference.trim_start_matches('#'));
        self.resolve(found.unwrap_or_else(|| panic!("{reference} leads nowhere")))
    }

    fn edge(&self) -> BTreeMap<u16, BTreeSet<String>> {
        entries(&self.document["x-edge"])
            .map(|(status, codes)| (number(status), strings(codes).collect()))
            .collect()
    }

    fn operations(&self) -> Vec<Operation> {
        let paths = entries(&self.document["paths"]);
        paths
            .flat_map(|(path, item)| {
                entries(item).map(move |(method, it)| self.operation(path, method, it))
            })
            .collect()
    }

    fn operation(&self, path: &str, method: &str, it: &'a Value) -> Operation {
        Operation {
            id: text(&it["operationId"]),
            tag: text(&it["tags"][0]),
            method: method.to_uppercase().parse().expect("a method"),
            path: path.to_owned(),
            session: session(&it["security"]),
            limited_session: it["x-limited-session"] == true,
            rate_limit: it["x-rate-limit"].as_str().map(str::to_owned),
            parameters: items(&it["parameters"])
                .map(|parameter| self.parameter(parameter))
                .collect(),
            body: it.get("requestBody").map(|body| self.body(body)),
            responses: entries(&it["responses"])
                .map(|(status, it)| (number(status), self.response(it)))
                .collect(),
        }
    }

    fn parameter(&self, it: &'a Value) -> Parameter {
        let it = self.resolve(it);
        let schema = self.resolve(&it["schema"]);
        Parameter {
            name: text(&it["name"]),
            place: match it["in"].as_str() {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                Some("header") => Place::Header,
                other => panic!("a parameter in {other:?}"),
            },
            required: it["required"] == true,
            schema: schema.clone(),
            example: it.get("example").or_else(|| schema.get("example")).cloned(),
        }
    }

    fn body(&self, it: &'a Value) -> RequestBody {
        let (media_type, content) = entries(&self.resolve(it)["content"])
            .next()
            .expect("a media type");
        let schema = self.resolve(&content["schema"]);
        let mut whole = schema.clone();
        for (name, property) in entries(&schema["properties"]) {
            whole["properties"][name] = self.resolve(property).clone();
        }
        let example = content
            .get("example")
            .or_else(|| schema.get("example"))
            .cloned();
        RequestBody {
            media_type: media_type.to_owned(),
            schema: whole,
            example,
        }
    }

    fn response(&self, it: &'a Value) -> Response {
        let it = self.resolve(it);
        let content = || entries(&it["content"]);
        let headers = entries(&it["headers"]).map(|(name, header)| {
            let header = self.resolve(header);
            let schema = schema_name(&header["schema"]);
            (
                lower(name),
                Header {
                    required: header["required"] == true,
                    schema,
                },
            )
        });
        Response {
            content: content()
                .map(|(media, it)| (media.to_owned(), schema_name(&it["schema"])))
                .collect(),
            headers: headers.collect(),
            codes: content()
                .flat_map(|(_, it)| entries(&it["examples"]))
                .map(|(name, _)| name.to_owned())
                .collect(),
        }
    }
}

fn session(security: &Value) -> Session {
    let mut schemes =
        items(security).map(|scheme| scheme.as_object().is_some_and(|names| names.is_empty()));
    match (schemes.clone().next(), schemes.any(|anonymous| anonymous)) {
        (None, _) => Session::None,
        (Some(_), true) => Session::Optional,
        (Some(_), false) => Session::Required,
    }
}

fn schema_name(schema: &Value) -> String {
    let reference = schema["$ref"]
        .as_str()
        .unwrap_or_else(|| panic!("an inline schema: {schema}"));
    reference.rsplit('/').next().unwrap_or(reference).to_owned()
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> + Clone {
    value
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
}

fn strings(value: &Value) -> impl Iterator<Item = String> {
    items(value).map(text)
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not text: {value}"))
        .to_owned()
}

fn number(status: &str) -> u16 {
    status
        .parse()
        .unwrap_or_else(|_| panic!("not a status: {status}"))
}

fn lower(name: impl AsRef<str>) -> String {
    name.as_ref().to_ascii_lowercase()
}
