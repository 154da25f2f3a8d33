//! Each kind of break, one at a time, on the small contract of the lint's tests.

use std::path::Path;

use serde_json::{Value, json};

use super::{compare, found_base, git, is_compatible, version};

fn sample() -> Value {
    serde_norway::from_str(include_str!("../lint/sample.yaml")).expect("YAML")
}

/// The sample with this value at this place, or with nothing there.
fn with(place: &str, value: &Value) -> Value {
    let mut contract = sample();
    let pointer = place
        .replace("(login)", "/paths/~1login/post")
        .replace("(get)", "/paths/~1things~1{id}/get")
        .replace("(schemas)", "/components/schemas");
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = contract.pointer_mut(parent).and_then(Value::as_object_mut);
    let parent = parent.unwrap_or_else(|| panic!("{place} is not in the sample"));
    let key = key.replace("~1", "/");
    if value.is_null() {
        assert!(parent.remove(&key).is_some(), "{place} is not there");
    } else {
        parent.insert(key, value.clone());
    }
    contract
}

/// A change, what it breaks, and what the way back breaks; an empty text is for no break at all.
fn cases() -> Vec<(&'static str, Value, &'static str, &'static str)> {
    let thing = "(schemas)/Thing/properties/level";
    let closed = json!({ "type": "string", "enum": ["low", "high", "top"] });
    let open = json!({ "type": "string", "x-open": true, "enum": ["low"] });
    vec![
        (
            "(login)/operationId",
            json!("sign_in"),
            "login: gone",
            "sign_in: gone",
        ),
        (
            "/components/securitySchemes",
            json!({ "c": { "type": "http" } }),
            "",
            "security scheme c is another",
        ),
        (
            "(login)/security",
            json!([{ "cookieAuth": [] }]),
            "login: is refused as nobody",
            "",
        ),
        (
            "(get)/security",
            json!([{ "cookieAuth": [] }]),
            "get_thing: is refused as bearerAuth",
            "",
        ),
        (
            "(get)/security",
            json!([{}, { "cookieAuth": [] }]),
            "",
            "get_thing: is refused as nobody",
        ),
        (
            "(get)/parameters",
            json!([]),
            "parameter \"id\" is gone",
            "parameter \"id\" is required",
        ),
        (
            "(get)/parameters/0/required",
            Value::Null,
            "",
            "parameter \"id\" is required",
        ),
        (
            "(get)/parameters/0/explode",
            json!(false),
            "in another style",
            "in another style",
        ),
        (
            "(login)/requestBody/required",
            Value::Null,
            "",
            "the body is required",
        ),
        (
            "(login)/requestBody/content",
            json!({ "text/plain": {} }),
            "takes no application/json",
            "takes no text/plain",
        ),
        ("(login)/x-max-body", json!(10), "", ""),
        (
            "(schemas)/Password/maxLength",
            json!(32),
            "body.password has maxLength 32 and had 64",
            "",
        ),
        (
            "(schemas)/Password/minLength",
            json!(8),
            "body.password has minLength 8 and had null",
            "",
        ),
        (
            "(schemas)/Password/pattern",
            json!("^a"),
            "body.password has another pattern",
            "",
        ),
        (
            "(schemas)/Password/type",
            json!("integer"),
            "body.password is",
            "body.password is",
        ),
        (
            "(schemas)/Password/enum",
            json!(["a"]),
            "takes only some values",
            "",
        ),
        (
            "(schemas)/Extra/properties/note/nullable",
            Value::Null,
            "body.extra.note cannot be null",
            "",
        ),
        (
            "(schemas)/Extra/required",
            json!(["note"]),
            "body.extra.note is required",
            "",
        ),
        (
            "(schemas)/LoginRequest/properties/extra",
            Value::Null,
            "body.extra is gone",
            "",
        ),
        (
            "(schemas)/LoginRequest/additionalProperties",
            Value::Null,
            "",
            "body takes no other fields",
        ),
        (
            "(login)/responses/429",
            Value::Null,
            "login: answers 429 no more",
            "",
        ),
        (
            "(login)/responses/204",
            json!({}),
            "login: succeeds with 204, too",
            "login: answers 204 no more",
        ),
        (
            "/components/responses/BadRequest/content/application~1json/examples/request:malformed",
            Value::Null,
            "login: answers 400 request:malformed no more",
            "",
        ),
        (
            "/components/responses/TooMany/headers/Retry-After",
            Value::Null,
            "429 header Retry-After is gone",
            "",
        ),
        (
            "/components/headers/Retry-After/required",
            json!(true),
            "",
            "429 header Retry-After may be absent",
        ),
        (
            "(login)/responses/200/content",
            json!({ "text/html": {} }),
            "answers 200 without application/json",
            "without text/html",
        ),
        (
            "(schemas)/Thing/properties/count",
            Value::Null,
            "login: 200.count is gone",
            "",
        ),
        (
            "(schemas)/Thing/required",
            json!(["count"]),
            "",
            "login: 200.count may be absent",
        ),
        (
            "(schemas)/Thing/properties/new",
            json!({ "type": "string" }),
            "",
            "login: 200.new is gone",
        ),
        (
            "(schemas)/Count/maximum",
            json!(99),
            "login: 200.count has maximum 99 and had 9",
            "",
        ),
        (
            "(schemas)/Thing/properties/names/nullable",
            json!(true),
            "login: 200.names may be null",
            "",
        ),
        (
            "(schemas)/Text/maxLength",
            json!(65),
            "login: 200.names[] has maxLength 65",
            "parameter \"id\" has maxLength 64",
        ),
        (thing, closed, "login: 200.level may be \"top\"", ""),
        (thing, open, "", ""),
    ]
}

fn says(found: &[String], expected: &str) -> bool {
    match expected {
        "" => found.is_empty(),
        text => found.iter().any(|change| change.contains(text)),
    }
}

#[test]
fn each_break_is_found_and_what_breaks_nobody_is_not() {
    for (place, value, there, back) in cases() {
        let (old, new) = (sample(), with(place, &value));
        let found = compare(&old, &new);
        assert!(says(&found, there), "{place}: {found:?}, not {there:?}");
        let found = compare(&new, &old);
        assert!(says(&found, back), "{place}, back: {found:?}, not {back:?}");
    }
}

#[test]
fn a_contract_does_not_break_itself() {
    assert_eq!(compare(&sample(), &sample()), Vec::<String>::new());
    let contract = serde_norway::from_str(include_str!("../../../openapi.yaml")).expect("YAML");
    assert_eq!(compare(&contract, &contract), Vec::<String>::new());
}

#[test]
fn an_open_enum_may_grow_and_a_body_may_take_more() {
    let more = |place: &str, value: Value| {
        assert_eq!(
            compare(&sample(), &with(place, &value)),
            Vec::<String>::new()
        )
    };
    more("(schemas)/ErrorCode/enum", {
        let mut codes = sample()["components"]["schemas"]["ErrorCode"]["enum"].clone();
        codes.as_array_mut().expect("codes").push("auth:new".into());
        codes
    });
    more("(schemas)/Password/maxLength", json!(640));
    more(
        "(schemas)/LoginRequest/properties/more",
        json!({ "type": "string" }),
    );
    more("(schemas)/Count/maximum", json!(5));
}

#[test]
fn a_version_says_whether_a_break_is_announced() {
    for (old, new, compatible) in [
        ("0.1.0", "0.1.0", true),
        ("0.1.0", "0.1.7", true),
        ("0.1.0", "0.2.0", false),
        ("1.2.0", "1.3.0", true),
        ("1.2.0", "2.0.0", false),
    ] {
        let of = |text: &str| version(&json!({ "info": { "version": text } })).expect("a version");
        let found = is_compatible(&of(old), &of(new)).expect("a requirement");
        assert_eq!(found, compatible, "{old} to {new}");
    }
}

/// A repository of its own, with what these commands make of it.
fn base_after(name: &str, commands: &[&str]) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../target/xtask-tests")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    for command in ["init --quiet"].iter().chain(commands) {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let arguments: Vec<_> = who.into_iter().chain(command.split(' ')).collect();
        assert!(
            git(&folder, &arguments).expect("git").status.success(),
            "{command}"
        );
    }
    found_base(&folder)
}

#[test]
fn the_base_is_the_last_release_or_the_commit_before_if_any() {
    let commit = "commit --quiet --allow-empty --message=x";
    assert_eq!(base_after("none", &[]), None);
    assert_eq!(base_after("one", &[commit]), None);
    assert_eq!(
        base_after("two", &[commit, commit]).as_deref(),
        Some("HEAD~1")
    );
    let released = [commit, "tag v1", commit, commit];
    assert_eq!(base_after("released", &released).as_deref(), Some("v1"));
    let now = [commit, commit, "tag v1"];
    assert_eq!(base_after("now", &now).as_deref(), Some("HEAD~1"));
}
