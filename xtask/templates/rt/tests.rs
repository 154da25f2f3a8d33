//! A request from end to end, through handlers written as the generated ones are.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

const TEXT: &Rule = &Rule::Text(Text {
    min: 2,
    max: 4,
    pattern: pattern!("^[a-zé]*$"),
    ..Text::ANY
});

/// One field of every kind.
const FIELDS: &[Field] = &[
    Field::required("text", TEXT),
    Field::optional("nullable", &Rule::Nullable(TEXT)),
    Field::optional("flag", &Rule::Boolean).with_default(DefaultValue::Boolean(true)),
    Field::optional("count", &Rule::Integer { min: 0, max: 9 }),
    Field::optional("ratio", &Rule::Number { min: 0.0, max: 1.0 }),
    Field::optional("kind", &Rule::Choice(&["a", "b"])),
    Field::optional(
        "list",
        &Rule::Array {
            items: TEXT,
            min: 1,
            max: 2,
            unique: true,
            comma: false,
        },
    ),
    Field::optional(
        "map",
        &Rule::Map {
            values: TEXT,
            min: 0,
            max: 1,
        },
    ),
    Field::optional(
        "one_of",
        &Rule::OneOf {
            tag: "is",
            variants: &[(
                "x",
                &Rule::Object(Object {
                    fields: &[Field::required("x", &Rule::Boolean)],
                    closed: true,
                    min: 0,
                }),
            )],
        },
    ),
    Field::optional("any", &Rule::Any),
    Field::optional(
        "email",
        &Rule::Text(Text {
            format: Some(Format::Email),
            ..Text::ANY
        }),
    ),
    Field::optional(
        "secret",
        &Rule::Text(Text {
            allow_nul: true,
            ..Text::ANY
        }),
    ),
];

#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Input(pub(super) Value);

impl Schema for Input {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: FIELDS,
        closed: true,
        min: 0,
    });
}

#[derive(serde::Deserialize)]
struct Path {
    id: String,
}

impl Schema for Path {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required("id", &Rule::Text(Text::ANY))],
        ..Object::OPEN
    });
}

/// Fails the body's rules, as `field code` each.
async fn violations(body: Value) -> Vec<String> {
    let Err(problem) = check::<Input>(body) else {
        return Vec::new();
    };
    assert_eq!((problem.status, &*problem.code), (400, "request:invalid"));
    let errors = problem.errors.iter();
    errors.map(|e| format!("{} {}", e.field, e.code)).collect()
}

#[tokio::test]
async fn every_rule_is_kept_and_every_violation_found() {
    let good = json!({
        "text": "éé", "nullable": null, "count": 9, "ratio": 1, "kind": "a", "list": ["ab", "cd"],
        "map": {"k": "ab"}, "one_of": {"is": "x", "x": true}, "any": [{"a": 1.5}], "email": "a@b.c", "secret": "\0",
    });
    assert_eq!(violations(good).await, [""; 0]);

    let bad = json!({
        "nullable": 1, "flag": null, "count": 1.0, "ratio": 1.1, "kind": "c", "list": ["a", "abcde", "a"],
        "map": {"k\0": "ab", "l": "AB"}, "one_of": {"is": "x", "y": 1}, "any": ["\0"], "email": "no", "new": 1,
    });
    let found = [
        "new unknown_field",
        "text required",
        "nullable wrong_type",
        "flag not_nullable",
        "count wrong_type",
        "ratio too_large",
        "kind not_allowed",
        "list too_many",
        "list.0 too_short",
        "list.1 too_long",
        "list.2 too_short",
        "map too_many",
        "map.k\0 control_character",
        "map.l pattern",
        "one_of.y unknown_field",
        "one_of.x required",
        "any.0 control_character",
        "email format",
    ];
    assert_eq!(violations(bad).await, found);

    let more = json!({
        "text": "a\0", "count": -1, "list": [], "map": [], "one_of": {"is": "z"}, "any": "",
    });
    let found = [
        "text control_character",
        "text pattern",
        "count too_small",
        "list too_few",
        "map wrong_type",
        "one_of.is not_allowed",
    ];
    assert_eq!(violations(more).await, found);
    let more = json!({ "text": "ab", "count": u64::MAX, "list": ["ab", "ab"], "one_of": {} });
    let found = ["count too_large", "list not_unique", "one_of.is required"];
    assert_eq!(violations(more).await, found);
    assert_eq!(violations(json!([])).await, [" wrong_type"]);
}

#[tokio::test]
async fn the_list_of_violations_is_bounded() {
    let keys = (0..500).map(|n| (format!("{n}{}", "x".repeat(500)), Value::Null));
    let problem = check::<Input>(Value::Object(keys.collect())).err();
    let errors = problem.map(|problem| problem.errors).unwrap_or_default();
    assert_eq!(errors.len(), 100);
    assert!(errors.iter().all(|error| error.field.len() <= 200));
}

pub(super) static OPERATION: Operation = Operation {
    id: "send",
    tag: "test",
    method: "POST",
    path: "/{id}",
    answers: &[200],
    codes: &[
        (400, "request:invalid"),
        (400, "request:malformed"),
        (401, "auth:session_required"),
        (409, "test:declared"),
        (500, "system:internal"),
    ],
    session: SessionNeed::Required,
    limited_session: false,
    rate_limit: None,
    max_body: 100,
};

/// Lets `Bearer good` in and counts what it was asked.
#[derive(Default)]
struct Test {
    admitted: AtomicUsize,
}

impl Guard for Test {
    type Session = String;
    type Error = Problem;

    async fn admit(&self, _: &RequestContext) -> Result<(), Problem> {
        self.admitted.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn authenticate(
        &self,
        _: &RequestContext,
        credential: Credential,
    ) -> Result<String, Problem> {
        match credential.token() {
            "good" => Ok("user".to_owned()),
            "down" => Err(Problem::new(409, "test:declared")),
            _ => Err(Problem::session_required()),
        }
    }
}

async fn send(State(api): State<Arc<Test>>, request: Request) -> Response {
    answer(&OPERATION, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let path: Path = call.path().await?;
        let body: Input = call.json().await?;
        let context = call.into_context();
        context.append_header(SET_COOKIE, HeaderValue::from_static("a=1"));
        context.append_header(SET_COOKIE, HeaderValue::from_static("b=2"));
        match body.0["text"].as_str() {
            Some("no") => Err(Problem::new(409, "test:declared")),
            Some("nono") => Err(Problem::new(409, "test:undeclared")),
            _ => json(200, &json!([session, path.id, body.0["flag"]])),
        }
    })
    .await
}

async fn maybe(State(api): State<Arc<Test>>, request: Request) -> Response {
    answer(&OPERATION, request, async move |mut call| {
        let session = call.optional_session(&*api).await?;
        json(200, &session)
    })
    .await
}

/// Status, headers and body of the answer.
async fn exchange(request: http::request::Builder, body: &'static str) -> (u16, HeaderMap, Value) {
    let router = Router::new()
        .route("/{id}", post(send))
        .route("/", get(maybe))
        .with_state(Arc::new(Test::default()));
    let request = request.extension(Arrival {
        request_id: "request-id".into(),
        ..Arrival::default()
    });
    let request = request.body(Body::from(body)).unwrap();
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    (parts.status.as_u16(), parts.headers, body)
}

fn good() -> http::request::Builder {
    Request::post("/a%2520b")
        .header(AUTHORIZATION, "Bearer good")
        .header(CONTENT_TYPE, "application/json")
}

#[tokio::test]
async fn a_good_request_is_answered() {
    let (status, headers, body) = exchange(good(), r#"{"text": "ab"}"#).await;
    assert_eq!((status, body), (200, json!(["user", "a%20b", true])));
    let cookies: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    assert_eq!(headers[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn without_a_session_nothing_of_the_body_is_read() {
    let request = || Request::post("/a").header(CONTENT_TYPE, "text/plain");
    for request in [request(), request().header(AUTHORIZATION, "Bearer bad")] {
        let (status, headers, body) = exchange(request, "{").await;
        let code = "auth:session_required";
        let expected = json!({"status": 401, "code": code, "request_id": "request-id"});
        assert_eq!((status, body), (401, expected));
        assert_eq!(headers[WWW_AUTHENTICATE], "Bearer");
        assert_eq!(headers[CACHE_CONTROL], "no-store");
    }
}

#[tokio::test]
async fn an_optional_session_is_there_or_not() {
    let request = |token: &str| Request::get("/").header(AUTHORIZATION, format!("Bearer {token}"));
    assert_eq!(exchange(Request::get("/"), "").await.2, Value::Null);
    assert_eq!(exchange(request("bad"), "").await.2, Value::Null);
    assert_eq!(exchange(request("good"), "").await.2, "user");
    assert_eq!(exchange(request("down"), "").await.0, 409);
}

#[tokio::test]
async fn problems_keep_the_headers_and_to_the_contract() {
    let (status, headers, body) = exchange(good(), r#"{"text": "no"}"#).await;
    assert_eq!((status, &body["code"]), (409, &json!("test:declared")));
    assert_eq!(headers.get_all(SET_COOKIE).iter().count(), 2);
    let (status, _, body) = exchange(good(), r#"{"text": "nono"}"#).await;
    assert_eq!((status, &body["code"]), (500, &json!("system:internal")));
}

#[tokio::test]
async fn a_bad_body_is_told_from_an_unreadable_one_and_neither_is_repeated() {
    let (status, _, body) = exchange(good(), r#"{"text": "hunter2"}"#).await;
    assert_eq!((status, &body["code"]), (400, &json!("request:invalid")));
    assert_eq!(body["errors"][0]["field"], "text");
    assert!(!body.to_string().contains("hunter2"));
    for unreadable in ["", "hunter2", r#"{"text": "hunter2", "text": "hunter2"}"#] {
        let (status, _, body) = exchange(good(), unreadable).await;
        assert_eq!((status, &body["code"]), (400, &json!("request:malformed")));
        assert!(!body.to_string().contains("hunter2"));
    }
}
