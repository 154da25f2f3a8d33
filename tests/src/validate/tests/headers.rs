use http::Method;
use serde_json::json;

use super::{answer, envelope, healthy, refused};
use crate::validate::Violation;

/// SECURITY: E-4.
#[test]
fn headers_are_held_to_the_contract() {
    let powered = healthy().with("x-powered-by", "cats");
    assert_eq!(
        powered.violation(),
        Violation::UndeclaredHeader {
            name: "x-powered-by".into()
        }
    );
    let nameless = healthy().without("x-request-id");
    assert_eq!(
        nameless.violation(),
        Violation::MissingHeader {
            name: "x-request-id".into()
        }
    );
    let odd = healthy().with("x-request-id", "short");
    assert!(matches!(odd.violation(), Violation::Header { name, .. } if name == "x-request-id"));
    let impatient = refused(503, "system:overloaded").with("retry-after", "soon");
    assert!(
        matches!(impatient.violation(), Violation::Header { name, .. } if name == "retry-after")
    );
    let vague = refused(503, "system:overloaded");
    assert_eq!(
        vague.violation(),
        Violation::MissingHeader {
            name: "retry-after".into()
        }
    );
}

/// SECURITY: E-4.
#[test]
fn a_wrong_method_needs_allow() {
    let refused = answer(
        Method::PUT,
        "/v0/auth/login",
        405,
        envelope(405, "request:method_not_allowed"),
    );
    assert_eq!(
        refused.violation(),
        Violation::MissingHeader {
            name: "allow".into()
        }
    );
    assert_eq!(refused.with("allow", "POST").violations(), []);
}

/// SECURITY: E-2, E-1.
#[test]
fn an_envelope_that_contradicts_http_is_found() {
    let mut answer = refused(401, "auth:invalid_credentials");
    answer.body = envelope(400, "auth:invalid_credentials")
        .to_string()
        .into_bytes();
    assert_eq!(
        answer.violation(),
        Violation::StatusMismatch {
            status: 401,
            envelope: json!(400)
        }
    );
    let renamed = refused(401, "auth:invalid_credentials").with("x-request-id", "another-request");
    assert!(matches!(
        renamed.violation(),
        Violation::RequestIdMismatch { .. }
    ));
}
