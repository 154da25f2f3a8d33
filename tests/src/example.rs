//! Requests made from the contract's examples.

use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::contract::{Operation, Parameter, Place};
use crate::raw::RawRequest;

pub(crate) fn request(
    raw: impl FnOnce(Method, &str) -> RawRequest,
    operation: &Operation,
) -> RawRequest {
    let target = target(operation, |_| None);
    let request = raw(operation.method.clone(), &target);
    let Some(body) = &operation.body else {
        return request;
    };
    match &body.example {
        Some(example) => request.json(example),
        None => request
            .header(CONTENT_TYPE, body.media_type.as_bytes())
            .body("bytes"),
    }
}

/// Path and query with the examples of the required parameters, except where `other` has a value, already encoded,
/// for a parameter.
pub fn target(operation: &Operation, other: impl Fn(&Parameter) -> Option<String>) -> String {
    let mut path = operation.path.clone();
    let mut query = Vec::new();
    for parameter in &operation.parameters {
        let value = other(parameter).or_else(|| parameter.required.then(|| example(parameter)));
        match (parameter.place, value) {
            (Place::Path, Some(value)) => {
                path = path.replace(&format!("{{{}}}", parameter.name), &value)
            }
            (Place::Query, Some(value)) => query.push(format!("{}={value}", parameter.name)),
            _ => {}
        }
    }
    if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

fn example(parameter: &Parameter) -> String {
    match &parameter.example {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => panic!("parameter {} has no example", parameter.name),
    }
}
