use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};

use super::{Exchange, Violation};
use crate::contract::contract;

mod headers;

const ID: &str = "01934f6f-1d2e-7c4b-8a90-5b1c3d7e9f02";

struct Answer {
    method: Method,
    path: &'static str,
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

fn answer(method: Method, path: &'static str, status: u16, body: Value) -> Answer {
    let body = body.to_string().into_bytes();
    Answer {
        method,
        path,
        status,
        headers: HeaderMap::new(),
        body,
    }
    .with("x-request-id", ID)
    .with("content-type", "application/json")
}

impl Answer {
    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        );
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    fn violations(&self) -> Vec<Violation> {
        let request = Some((&self.method, self.path));
        contract().check(&Exchange {
            request,
            status: self.status,
            headers: &self.headers,
            body: Some(&self.body),
        })
    }

    /// The one violation found.
    fn violation(&self) -> Violation {
        let mut violations = self.violations();
        assert_eq!(violations.len(), 1, "{violations:#?}");
        violations.remove(0)
    }
}

fn envelope(status: u16, code: &str) -> Value {
    json!({ "status": status, "code": code, "request_id": ID })
}

fn refused(status: u16, code: &str) -> Answer {
    answer(
        Method::POST,
        "/v0/auth/login",
        status,
        envelope(status, code),
    )
}

fn healthy() -> Answer {
    let body = json!({ "status": "ok", "version": "0.1.0", "dependencies": { "database": "up", "mail": "up" } });
    answer(Method::GET, "/health-check", 200, body)
}

fn user() -> Value {
    contract_example("CurrentUser")
}

fn contract_example(schema: &str) -> Value {
    let document: Value = serde_norway::from_str(include_str!("../../../openapi.yaml")).unwrap();
    document["components"]["schemas"][schema]["example"].clone()
}

#[test]
fn good_responses_pass() {
    assert_eq!(healthy().violations(), []);
    assert_eq!(
        refused(401, "auth:invalid_credentials")
            .with("www-authenticate", "Bearer")
            .violations(),
        []
    );
    assert_eq!(
        answer(Method::GET, "/v0/user/me", 200, user()).violations(),
        []
    );
    let unknown = answer(
        Method::GET,
        "/nowhere",
        404,
        envelope(404, "request:unknown_path"),
    );
    assert_eq!(unknown.violations(), []);
    let limited = refused(429, "rate_limit:exceeded").with("retry-after", "7");
    let limited = limited
        .with("ratelimit", r#""login";r=0;t=7"#)
        .with("ratelimit-policy", r#""login";q=5;w=60"#);
    assert_eq!(limited.violations(), []);
}

#[test]
fn a_page_beside_the_operations_is_free_in_its_body() {
    let mut page =
        answer(Method::GET, "/docs/index.css", 200, json!(null)).with("content-type", "text/css");
    page.body = b"a{}".to_vec();
    assert_eq!(page.violations(), []);
}

#[test]
fn an_undeclared_operation_is_found() {
    let invented = answer(Method::GET, "/v0/invented", 200, json!({}));
    assert_eq!(
        invented.violation(),
        Violation::UndeclaredOperation { status: 200 }
    );
    let docsy = answer(Method::GET, "/docsy", 200, json!({}));
    assert_eq!(
        docsy.violation(),
        Violation::UndeclaredOperation { status: 200 }
    );
}

#[test]
fn an_undeclared_status_is_found() {
    let teapot = refused(418, "auth:invalid_credentials");
    assert_eq!(
        teapot.violation(),
        Violation::UndeclaredStatus {
            operation: "login".into(),
            status: 418
        }
    );
}

#[test]
fn an_undeclared_content_type_is_found() {
    let text = healthy().with("content-type", "text/plain; charset=utf-8");
    assert_eq!(
        text.violation(),
        Violation::UndeclaredContentType {
            found: "text/plain".into()
        }
    );
    let none = healthy().without("content-type");
    assert_eq!(
        none.violation(),
        Violation::UndeclaredContentType {
            found: String::new()
        }
    );
}

#[test]
fn a_body_where_none_is_declared_is_found() {
    let chatty = answer(Method::POST, "/v0/auth/logout", 204, json!({})).without("content-type");
    assert_eq!(chatty.violation(), Violation::UnexpectedBody { length: 2 });
}

#[test]
fn a_body_that_is_not_json_is_found() {
    let mut broken = healthy();
    broken.body = b"{".to_vec();
    assert!(matches!(broken.violation(), Violation::NotJson { .. }));
    broken.body.clear();
    assert!(matches!(broken.violation(), Violation::NotJson { .. }));
}

#[test]
fn a_body_that_breaks_its_schema_is_found() {
    let with = |name: &str, value: Value| {
        let mut body = user();
        body[name] = value;
        answer(Method::GET, "/v0/user/me", 200, body)
            .violations()
            .remove(0)
    };
    let wrong = [
        with("surprise", json!(1)),
        with("id", json!("not a uuid")),
        with("email", json!("not an address")),
        with("created_at", json!("yesterday")),
        with("profile_image_url", json!("::")),
        with("handle", json!("_no")),
        with("email_verified", json!("true")),
        with("bio", json!(null)),
    ];
    for violation in wrong {
        assert!(
            matches!(&violation, Violation::Body { schema, .. } if schema == "CurrentUser"),
            "{violation}"
        );
    }
}

#[test]
fn a_field_unknown_to_the_contract_is_found_at_any_depth() {
    let mut report = healthy();
    let body = json!({ "status": "ok", "version": "1", "dependencies": { "database": "up", "mail": "up", "cat": "up" } });
    report.body = body.to_string().into_bytes();
    assert!(
        matches!(report.violation(), Violation::Body { error, .. } if error.starts_with("/dependencies"))
    );
}

/// SECURITY: E-2.
#[test]
fn an_undeclared_code_is_found() {
    let other = refused(401, "auth:session_required");
    assert_eq!(
        other.violation(),
        Violation::UndeclaredCode {
            status: 401,
            code: "auth:session_required".into()
        }
    );
    let edge = answer(
        Method::GET,
        "/nowhere",
        404,
        envelope(404, "user:not_found"),
    );
    assert_eq!(
        edge.violation(),
        Violation::UndeclaredCode {
            status: 404,
            code: "user:not_found".into()
        }
    );
}

#[test]
fn bytes_that_are_no_request_get_an_edge_code() {
    let headers = answer(Method::GET, "/", 431, json!(null)).headers;
    let body = envelope(431, "request:headers_too_large").to_string();
    let exchange = Exchange {
        request: None,
        status: 431,
        headers: &headers,
        body: Some(body.as_bytes()),
    };
    assert_eq!(contract().check(&exchange), []);
}
