//! What the edge itself answers, and the guarantee that no other form of error leaves.

use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};

use contract::rt::Problem;

/// 404: no operation has this path.
pub fn unknown_path() -> Problem {
    Problem::new(404, "request:unknown_path")
}

/// 405: the path has operations, but none with this method.
pub fn method_not_allowed() -> Problem {
    Problem::new(405, "request:method_not_allowed")
}

/// 403: a browser page of another origin.
pub fn cross_origin() -> Problem {
    Problem::new(403, "csrf:cross_origin")
}

/// 400: not a request.
pub fn malformed(details: &'static str) -> Problem {
    Problem::new(400, "request:malformed").with_details(details)
}

/// 500: a mistake of ours.
pub fn internal() -> Problem {
    Problem::internal()
}

/// 503: too many requests are being worked on.
pub fn overloaded() -> Problem {
    Problem::new(503, "system:overloaded").with_header(RETRY_AFTER, HeaderValue::from_static("1"))
}

/// 503: the answer took too long.
pub fn unavailable(details: &'static str) -> Problem {
    Problem::new(503, "system:unavailable")
        .with_header(RETRY_AFTER, HeaderValue::from_static("5"))
        .with_details(details)
}

/// The problem that a bare status stands for.
pub fn of_status(status: StatusCode) -> Problem {
    match status.as_u16() {
        404 => unknown_path(),
        405 => method_not_allowed(),
        408 => Problem::timeout(),
        413 => Problem::new(413, "request:body_too_large"),
        414 => Problem::new(414, "request:uri_too_long"),
        415 => Problem::new(415, "request:unsupported_media_type"),
        431 => Problem::new(431, "request:headers_too_large"),
        503 => overloaded(),
        400..500 => malformed("answered without a reason"),
        _ => internal(),
    }
}

/// What developers get to read besides the code.
#[derive(Clone, Debug)]
pub enum Details {
    Hidden,
    Shown,
    /// With the address of the reference of errors.
    Linked(String),
}

impl Details {
    /// As long as the contract allows, at most.
    const LONGEST: usize = 2000;

    fn of(&self, problem: &Problem) -> Option<String> {
        let details = problem.details.as_deref();
        let (details, link) = match self {
            Self::Hidden => return None,
            Self::Shown => (details?, String::new()),
            Self::Linked(reference) => {
                let separator = details.map_or("", |_| "; ");
                let link = format!("{separator}see {reference}#{}", problem.code);
                (details.unwrap_or_default(), link)
            }
        };
        let room = Self::LONGEST.saturating_sub(link.len());
        Some(details.chars().take(room).chain(link.chars()).collect())
    }
}

/// Gives an error response the one shape, without `details` outside development. Returns the problem
/// as it was, for the log.
pub fn shape(response: &mut Response, request_id: &str, details: &Details) -> Option<Problem> {
    let status = response.status();
    // A document that the client has already is none either.
    if status.is_success() || status.is_informational() || status == StatusCode::NOT_MODIFIED {
        return None;
    }
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| of_status(status));
    let mut shown = problem.clone();
    shown.details = details.of(&problem);
    replace(response, shown.into_response(request_id));
    Some(problem)
}

/// Takes over status and body, and the header fields that describe them; keeps the others.
fn replace(response: &mut Response, by: Response) {
    let (parts, body) = by.into_parts();
    *response.status_mut() = parts.status;
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    for (name, value) in &parts.headers {
        if *name == CONTENT_TYPE || !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    *response.body_mut() = body;
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn text(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), 10_000).await;
        String::from_utf8(bytes.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn details_are_for_development() {
        for (details, shown) in [
            (Details::Hidden, None),
            (Details::Shown, Some("why")),
            (
                Details::Linked("/docs/errors".into()),
                Some("why; see /docs/errors#request:malformed"),
            ),
        ] {
            let mut response = malformed("why").into_response("12345678");
            let problem = shape(&mut response, "12345678", &details).unwrap();
            assert_eq!(problem.details.as_deref(), Some("why"));
            let body = text(response).await;
            let json: serde_json::Value = serde_json::from_str(&body).unwrap();
            assert_eq!(
                json.get("details").map(|text| text.as_str().unwrap()),
                shown
            );
            assert!(body.contains("\"request_id\":\"12345678\""), "{body}");
        }
    }

    #[test]
    fn details_are_never_longer_than_the_contract_allows() {
        let linked = Details::Linked("/docs/errors".into());
        for problem in [malformed(""), unknown_path()] {
            let long = problem.clone().with_details("é".repeat(3000));
            let text = linked.of(&long).unwrap();
            assert_eq!(text.chars().count(), Details::LONGEST);
            assert!(text.ends_with(&format!("see /docs/errors#{}", problem.code)));
        }
        let bare = linked.of(&unknown_path()).unwrap();
        assert_eq!(bare, "see /docs/errors#request:unknown_path");
    }

    #[tokio::test]
    async fn whatever_is_not_a_success_gets_the_envelope() {
        for (status, code) in [
            (302, "system:internal"),
            (400, "request:malformed"),
            (404, "request:unknown_path"),
            (405, "request:method_not_allowed"),
            (418, "request:malformed"),
            (500, "system:internal"),
            (503, "system:overloaded"),
        ] {
            let mut response = Response::new(Body::from("text"));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            let headers = response.headers_mut();
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("4"));
            headers.insert("x-kept", HeaderValue::from_static("1"));
            shape(&mut response, "12345678", &Details::Hidden).unwrap();
            assert!(response.headers().contains_key("x-kept"));
            assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
            let body = text(response).await;
            assert!(body.contains(code), "{status}: {body}");
        }
    }
}
