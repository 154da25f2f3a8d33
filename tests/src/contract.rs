//! `openapi.yaml` as the tests read it: operations, what each may answer, and a compiled validator a schema.
//!
//! Deliberately a reading of its own. The server is generated from the same file; a harness that asked the
//! generated code what is right would agree with every mistake of the generator.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use http::Method;
use serde_json::Value;

use crate::schema::Schemas;

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let text = include_str!("../../openapi.yaml");
    let document = serde_norway::from_str(text).expect("openapi.yaml is YAML");
    Contract::read(&document)
});

/// The contract of this repository.
pub fn contract() -> &'static Contract {
    &CONTRACT
}

#[derive(Debug)]
pub struct Contract {
    pub operations: Vec<Operation>,
    /// Codes answered outside any operation, by status.
    pub edge: BTreeMap<u16, BTreeSet<String>>,
    /// Headers that any response may carry, in lower case.
    pub common_headers: BTreeSet<String>,
    pub schemas: Schemas,
    documents: Vec<String>,
}

#[derive(Debug)]
pub struct Operation {
    pub id: String,
    pub tag: String,
    pub method: Method,
    pub path: String,
    pub session: Session,
    /// May the session of an unverified registration use it?
    pub limited_session: bool,
    pub rate_limit: Option<String>,
    pub parameters: Vec<Parameter>,
    pub body: Option<RequestBody>,
    pub responses: BTreeMap<u16, Response>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    None,
    Optional,
    Required,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    pub place: Place,
    pub required: bool,
    pub schema: Value,
    pub example: Option<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

#[derive(Debug)]
pub struct RequestBody {
    pub media_type: String,
    pub schema: Value,
    /// The contract's example; absent for a body that is not JSON.
    pub example: Option<Value>,
}

#[derive(Debug, Default)]
pub struct Response {
    pub content: BTreeMap<String, String>,
    /// By name in lower case.
    pub headers: BTreeMap<String, Header>,
    /// Names of the examples: for an error status, all its codes.
    pub codes: Vec<String>,
}

#[derive(Debug)]
pub struct Header {
    pub required: bool,
    pub schema: String,
}

/// What the contract says of a request's method and path.
#[derive(Debug, Clone, Copy)]
pub enum Route<'a> {
    Operation(&'a Operation),
    /// A page or file beside the operations, as `/docs`.
    Document,
    /// No operation: the edge answers.
    Unknown,
}

impl Contract {
    /// The operation of that id.
    pub fn operation(&self, id: &str) -> &Operation {
        let found = self.operations.iter().find(|operation| operation.id == id);
        found.unwrap_or_else(|| panic!("the contract has no operation {id}"))
    }

    /// Where a request goes. A path without variables goes before one with them, as OpenAPI wants.
    pub fn route(&self, method: &Method, path: &str) -> Route<'_> {
        let matched = self.at(path);
        match matched.iter().find(|operation| operation.method == method) {
            Some(operation) => Route::Operation(operation),
            None if matched.is_empty() && self.is_document(path) => Route::Document,
            None => Route::Unknown,
        }
    }

    /// The operations of a concrete path, one a method.
    pub fn at(&self, path: &str) -> Vec<&Operation> {
        let exact = |operation: &&Operation| operation.path == path;
        let exact: Vec<_> = self.operations.iter().filter(exact).collect();
        if !exact.is_empty() {
            return exact;
        }
        let fits = |operation: &&Operation| fits(&operation.path, path);
        self.operations.iter().filter(fits).collect()
    }

    fn is_document(&self, path: &str) -> bool {
        self.documents.iter().any(|document| {
            let rest = path.strip_prefix(document.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('/') || document.ends_with('/')
            })
        })
    }
}

impl Operation {
    /// Every `(status, code)` the operation declares; the code of a success is `ok`.
    pub fn outcomes(&self) -> impl Iterator<Item = (u16, &str)> {
        self.responses.iter().flat_map(|(status, response)| {
            let codes: Vec<&str> = match status {
                200..300 => vec!["ok"],
                _ => response.codes.iter().map(String::as_str).collect(),
            };
            codes.into_iter().map(|code| (*status, code))
        })
    }

    pub fn declares(&self, status: u16, code: &str) -> bool {
        self.outcomes().any(|outcome| outcome == (status, code))
    }

    /// Is it a request that may change something?
    pub fn is_unsafe(&self) -> bool {
        !self.method.is_safe()
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(variable), Some(_)) if variable.starts_with('{') => {}
            (Some(literal), Some(segment)) if literal == segment => {}
            _ => return false,
        }
    }
}
