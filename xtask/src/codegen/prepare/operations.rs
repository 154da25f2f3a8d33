//! Operations: what they take, answer and ask for.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};

use super::{Reader, reference};
use crate::codegen::text;

const DEFAULT_MAX_BODY: u64 = 64 * 1024;

impl Reader<'_> {
    pub fn operation(
        &self,
        path: &str,
        method: &str,
        operation: &Value,
        shared: &Value,
    ) -> Result<Value> {
        let id = operation["operationId"]
            .as_str()
            .context("no operationId")?;
        let tag = operation["tags"][0].as_str().context("no tag")?;
        let responses = operation["responses"].as_object().context("no responses")?;
        let (mut answers, mut errors, mut codes) = (Vec::new(), Vec::new(), Vec::new());
        for (status, response) in responses {
            let response = self.resolve(response)?;
            let content = &response["content"];
            if reference(&content["application/json"]["schema"]) == Some("Error") {
                let named = content["application/json"]["examples"].as_object();
                let named = named.with_context(|| format!("{status} names no codes"))?;
                codes.extend(
                    named
                        .keys()
                        .map(|code| json!({ "status": status, "code": code })),
                );
                let names: Vec<_> = named.keys().map(|code| format!("`{code}`")).collect();
                errors.push(json!({ "status": status, "codes": names.join(", ") }));
            } else {
                let answer = self.answer(status, response);
                answers.push(answer.with_context(|| format!("response {status}"))?);
            }
        }
        let statuses = answers.iter().map(|answer| answer["status"].clone());
        let description = operation["description"].as_str().unwrap_or_default();
        let summary = operation["summary"].as_str().unwrap_or(id);
        let max_body = operation["x-max-body"].as_u64().unwrap_or(DEFAULT_MAX_BODY);
        let path_params = self.parameters(operation, shared, "path")?;
        let body = self.body(&operation["requestBody"])?;
        Ok(json!({
            "id": id,
            "constant": id.to_uppercase(),
            "name": text::pascal(id),
            "tag": tag,
            "trait": text::pascal(tag),
            "tag_doc": text::doc(self.tag(tag)),
            "method": method,
            "METHOD": method.to_uppercase(),
            "path": path,
            "doc": text::doc(&format!("{}.\n\n{description}", summary.trim_end_matches('.'))),
            "summary": text::doc(summary),
            "statuses": statuses.collect::<Vec<_>>(),
            "answers": answers,
            "errors": errors,
            "codes": codes,
            "session": session(operation.get("security").unwrap_or(&self.contract["security"])),
            "limited": operation["x-limited-session"] == json!(true),
            "rate_limit": operation.get("x-rate-limit").unwrap_or(&json!(false)),
            "max_body": max_body.to_string(),
            "path_params": path_params,
            "query_params": self.parameters(operation, shared, "query")?,
            "header_params": self.parameters(operation, shared, "header")?,
            "body": body,
        }))
    }

    fn tag<'v>(&'v self, name: &'v str) -> &'v str {
        let tags = self.contract["tags"].as_array().into_iter().flatten();
        let mut tags = tags.filter(|tag| tag["name"] == json!(name));
        let description = tags.next().and_then(|tag| tag["description"].as_str());
        description.unwrap_or(name)
    }

    fn answer(&self, status: &str, response: &Value) -> Result<Value> {
        let content = response["content"].as_object();
        let media: Vec<_> = content.into_iter().flatten().collect();
        let (mut model, mut kind) = (json!(false), "empty");
        match media.as_slice() {
            [] => {}
            [(name, media)] => {
                kind = match name.as_str() {
                    "application/json" => {
                        model = self.node(&media["schema"])?;
                        "json"
                    }
                    "application/octet-stream" => "bytes",
                    "text/plain" => "text",
                    "text/event-stream" => "events",
                    other => bail!("no template for {other}"),
                }
            }
            _ => bail!("more than one media type"),
        }
        Ok(json!({
            "status": status,
            "variant": text::status(status)?,
            "doc": text::doc(response["description"].as_str().unwrap_or(status)),
            "model": model,
            "json": kind == "json",
            "bytes": kind == "bytes",
            "text": kind == "text",
            "events": kind == "events",
            "empty": kind == "empty",
        }))
    }

    fn parameters(&self, operation: &Value, shared: &Value, place: &str) -> Result<Value> {
        let own = operation["parameters"].as_array().into_iter().flatten();
        let shared = shared.as_array().into_iter().flatten();
        let mut fields = Vec::new();
        for parameter in shared.chain(own) {
            let parameter = self.resolve(parameter)?;
            let name = parameter["name"]
                .as_str()
                .context("a parameter has no name")?;
            ensure!(
                parameter["in"] != json!("cookie"),
                "cookie parameter {name}"
            );
            if parameter["in"] != json!(place) {
                continue;
            }
            let required = parameter["required"] == json!(true);
            let field = self.field(name, &parameter["schema"], required, parameter);
            let mut field = field.with_context(|| format!("parameter {name}"))?;
            if field["node"]["array"] != json!(false) {
                field["node"]["array"]["comma"] = json!(parameter["x-comma"] == json!(true));
            }
            fields.push(field);
        }
        Ok(if fields.is_empty() {
            json!(false)
        } else {
            json!({ "fields": fields })
        })
    }

    fn body(&self, body: &Value) -> Result<Value> {
        if body.is_null() {
            return Ok(json!(false));
        }
        let body = self.resolve(body)?;
        let content = body["content"]
            .as_object()
            .context("a body without content")?;
        ensure!(content.len() == 1, "a body of several media types");
        let required = body["required"] == json!(true);
        let (bytes, json) = (
            &content.get("application/octet-stream"),
            &content.get("application/json"),
        );
        let node = match (bytes, json) {
            (Some(_), _) => json!(false),
            (_, Some(media)) => self.node(&media["schema"])?,
            _ => bail!("no template for this body"),
        };
        ensure!(required || bytes.is_none(), "an optional body of bytes");
        Ok(
            json!({ "bytes": bytes.is_some(), "json": json.is_some(), "node": node, "required": required }),
        )
    }
}

/// `None`, `Optional` or `Required`, from a list of security requirements.
fn session(security: &Value) -> Value {
    let requirements = security.as_array().map(Vec::as_slice).unwrap_or_default();
    let optional = requirements
        .iter()
        .any(|it| it.as_object().is_some_and(Map::is_empty));
    let need = match (requirements.is_empty(), optional) {
        (true, _) => "None",
        (_, true) => "Optional",
        _ => "Required",
    };
    json!({ "need": need, "required": need == "Required", "optional": need == "Optional" })
}
