//! Each rule sees a small contract that breaks it.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::{RULES, check};

fn yaml(text: &str) -> Value {
    serde_norway::from_str(text).expect("YAML")
}

fn sample() -> Value {
    yaml(include_str!("sample.yaml"))
}

/// What the rules say when this value is put at this place of the sample; none takes away what is there.
fn with(place: &str, value: Option<&Value>) -> Vec<String> {
    let mut spec = sample();
    let pointer = place
        .replace("(login)", "/paths/~1login/post")
        .replace("(get)", "/paths/~1things~1{id}/get")
        .replace("(429)", "/components/responses/TooMany")
        .replace("(thing)", "/components/schemas/Thing/properties");
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = spec.pointer_mut(parent).and_then(Value::as_object_mut);
    let parent = parent.unwrap_or_else(|| panic!("{place} is not in the sample"));
    let key = key.replace("~1", "/");
    match value {
        Some(value) => drop(parent.insert(key, value.clone())),
        None => assert!(parent.remove(&key).is_some(), "{place} is not there"),
    }
    check(&spec)
}

/// SECURITY: 2.1.1, 2.1.2, 2.1.3.
#[test]
fn our_contract_keeps_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi.yaml");
    let text = std::fs::read_to_string(path).expect("the contract");
    assert_eq!(check(&yaml(&text)), [""; 0]);
}

#[test]
fn each_rule_finds_what_breaks_it() {
    assert_eq!(check(&sample()), [""; 0]);
    let cases = yaml(include_str!("cases.yaml"));
    let mut unseen: BTreeSet<_> = RULES.iter().map(|(name, _)| *name).collect();
    for case in cases.as_array().expect("a list") {
        let place = case["at"].as_str().expect("a place");
        let expected = case["find"].as_str().expect("a finding");
        let findings = with(place, case.get("put"));
        let found = findings.iter().any(|finding| finding == expected);
        assert!(found, "{place}: expected {expected}, found {findings:#?}");
        unseen.retain(|name| !expected.starts_with(&format!("[{name}]")));
    }
    assert!(unseen.is_empty(), "no case breaks {unseen:?}");
}

#[test]
fn references_lead_somewhere() {
    let nowhere = json!({ "$ref": "#/components/responses/Nothing" });
    let findings = with("(login)/responses/500", Some(&nowhere));
    let expected = r##""#/components/responses/Nothing" leads nowhere"##;
    assert_eq!(findings, [expected]);
}

#[test]
fn a_pattern_is_one_that_the_server_can_read() {
    let look_ahead = json!({ "type": "string", "pattern": "^(?=a)$" });
    let findings = with("(thing)/x", Some(&look_ahead));
    let expected = "[pattern] Thing.x: the pattern ^(?=a)$ is not one";
    assert!(
        findings.iter().any(|finding| finding.starts_with(expected)),
        "{findings:?}"
    );
}
