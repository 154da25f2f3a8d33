//! One response against the contract.

use http::{HeaderMap, Method};
use serde_json::Value;

use crate::contract::{Contract, Operation, Response, Route};

/// A response and the request it answers.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// None for bytes that are no readable request.
    pub request: Option<(&'a Method, &'a str)>,
    pub status: u16,
    pub headers: &'a HeaderMap,
    /// None where the body was not read to its end, as of an event stream.
    pub body: Option<&'a [u8]>,
}

/// A way in which a response breaks the contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    #[error("no operation, document or edge code of the contract allows status {status} here")]
    UndeclaredOperation { status: u16 },
    #[error("{operation} does not declare status {status}")]
    UndeclaredStatus { operation: String, status: u16 },
    #[error("content type {found:?} is not declared")]
    UndeclaredContentType { found: String },
    #[error("the contract declares no body, but one of {length} bytes came")]
    UnexpectedBody { length: usize },
    #[error("the body is not JSON: {error}")]
    NotJson { error: String },
    #[error("the body breaks schema {schema} at {error}")]
    Body { schema: String, error: String },
    #[error("header {name} is not declared")]
    UndeclaredHeader { name: String },
    #[error("required header {name} is missing")]
    MissingHeader { name: String },
    #[error("header {name} breaks its schema: {error}")]
    Header { name: String, error: String },
    #[error("code {code} is not declared for status {status}")]
    UndeclaredCode { status: u16, code: String },
    #[error("the envelope says status {envelope}, HTTP says {status}")]
    StatusMismatch { status: u16, envelope: Value },
    #[error("the envelope's request_id {envelope} is not the X-Request-Id header {header:?}")]
    RequestIdMismatch {
        envelope: Value,
        header: Option<String>,
    },
}

impl Contract {
    /// Everything that is wrong with a response; nothing when it keeps the contract.
    pub fn check(&self, exchange: &Exchange<'_>) -> Vec<Violation> {
        let mut check = Check {
            contract: self,
            exchange,
            violations: Vec::new(),
        };
        match exchange
            .request
            .map(|(method, path)| self.route(method, path))
        {
            Some(Route::Operation(operation)) => check.operation(operation),
            Some(Route::Document) if (200..400).contains(&exchange.status) => {
                check.missing(["x-request-id"].into_iter())
            }
            Some(Route::Document | Route::Unknown) | None => check.edge(),
        }
        check.violations
    }
}

struct Check<'a> {
    contract: &'a Contract,
    exchange: &'a Exchange<'a>,
    violations: Vec<Violation>,
}

impl Check<'_> {
    fn operation(&mut self, operation: &Operation) {
        let status = self.exchange.status;
        let Some(response) = operation.responses.get(&status) else {
            return self.found(Violation::UndeclaredStatus {
                operation: operation.id.clone(),
                status,
            });
        };
        self.headers(response);
        if response.content.is_empty() {
            return self.no_body();
        }
        let content_type = self.content_type();
        let Some(schema) = response.content.get(&content_type) else {
            return self.found(Violation::UndeclaredContentType {
                found: content_type,
            });
        };
        if content_type == "application/json"
            && let Some(body) = self.json(schema)
            && status >= 400
        {
            self.envelope(&body, |code| {
                response.codes.iter().any(|declared| declared == code)
            });
        }
    }

    /// An answer that belongs to no operation: always the envelope, with a code of `x-edge`.
    fn edge(&mut self) {
        let status = self.exchange.status;
        let Some(codes) = self.contract.edge.get(&status) else {
            return self.found(Violation::UndeclaredOperation { status });
        };
        let required: &[&str] = match status {
            405 => &["x-request-id", "allow"],
            429 | 503 => &["x-request-id", "retry-after"],
            _ => &["x-request-id"],
        };
        self.common_headers(required);
        let content_type = self.content_type();
        if content_type != "application/json" {
            return self.found(Violation::UndeclaredContentType {
                found: content_type,
            });
        }
        if let Some(body) = self.json("Error") {
            self.envelope(&body, |code| codes.contains(code));
        }
    }

    fn headers(&mut self, response: &Response) {
        let required = response
            .headers
            .iter()
            .filter(|(_, header)| header.required);
        self.missing(required.map(|(name, _)| name.as_str()));
        for (name, value) in self.exchange.headers {
            match response.headers.get(name.as_str()) {
                Some(header) => self.header(name.as_str(), &header.schema, value),
                None if self.contract.common_headers.contains(name.as_str()) => {}
                None => self.found(Violation::UndeclaredHeader {
                    name: name.to_string(),
                }),
            }
        }
    }

    fn header(&mut self, name: &str, schema: &str, value: &http::HeaderValue) {
        let text = String::from_utf8_lossy(value.as_bytes());
        let as_number = || {
            text.parse()
                .ok()
                .map(|number: u64| self.contract.schemas.errors(schema, &number.into()))
        };
        let errors = self
            .contract
            .schemas
            .errors(schema, &Value::from(text.as_ref()));
        if let Some(error) = errors.into_iter().next()
            && as_number().is_none_or(|errors| !errors.is_empty())
        {
            self.found(Violation::Header {
                name: name.to_owned(),
                error,
            });
        }
    }

    fn common_headers(&mut self, required: &[&str]) {
        self.missing(required.iter().copied());
        for name in self.exchange.headers.keys() {
            if !self.contract.common_headers.contains(name.as_str())
                && !required.contains(&name.as_str())
            {
                self.found(Violation::UndeclaredHeader {
                    name: name.to_string(),
                });
            }
        }
    }

    fn missing<'n>(&mut self, required: impl Iterator<Item = &'n str>) {
        for name in required.filter(|name| !self.exchange.headers.contains_key(*name)) {
            self.found(Violation::MissingHeader {
                name: name.to_owned(),
            });
        }
    }

    fn no_body(&mut self) {
        match self.exchange.body {
            Some(body) if !body.is_empty() => {
                self.found(Violation::UnexpectedBody { length: body.len() })
            }
            _ if self.exchange.headers.contains_key("content-type") => {
                self.found(Violation::UndeclaredContentType {
                    found: self.content_type(),
                })
            }
            _ => {}
        }
    }

    fn json(&mut self, schema: &str) -> Option<Value> {
        match serde_json::from_slice(self.exchange.body?) {
            Ok(body) => {
                for error in self.contract.schemas.errors(schema, &body) {
                    self.found(Violation::Body {
                        schema: schema.to_owned(),
                        error,
                    });
                }
                Some(body)
            }
            Err(error) => {
                self.found(Violation::NotJson {
                    error: error.to_string(),
                });
                None
            }
        }
    }

    fn envelope(&mut self, body: &Value, is_declared: impl Fn(&str) -> bool) {
        let status = self.exchange.status;
        let code = body["code"].as_str().unwrap_or_default();
        if !is_declared(code) {
            self.found(Violation::UndeclaredCode {
                status,
                code: code.to_owned(),
            });
        }
        if body["status"] != status {
            self.found(Violation::StatusMismatch {
                status,
                envelope: body["status"].clone(),
            });
        }
        let header = self
            .exchange
            .headers
            .get("x-request-id")
            .and_then(|id| id.to_str().ok());
        if body["request_id"].as_str() != header {
            let (envelope, header) = (body["request_id"].clone(), header.map(str::to_owned));
            self.found(Violation::RequestIdMismatch { envelope, header });
        }
    }

    /// Media type without parameters; JSON is UTF-8 by definition, so `charset` says nothing.
    fn content_type(&self) -> String {
        let value = self
            .exchange
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        let essence = value
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    fn found(&mut self, violation: Violation) {
        self.violations.push(violation);
    }
}

#[cfg(test)]
mod tests;
