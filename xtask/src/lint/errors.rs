//! Rules about errors: one shape, and codes that are the names of the examples.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;

use super::Findings;
use super::contract::{Contract, entries};

const ERROR: &str = "#/components/schemas/Error";

fn known<'a>(contract: &Contract<'a>) -> BTreeSet<&'a str> {
    let codes = contract.spec["components"]["schemas"]["ErrorCode"]["enum"].as_array();
    codes
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Place, status, code and example of every error that the contract names.
fn named<'a>(contract: &'a Contract<'a>) -> Vec<(String, &'a str, &'a str, &'a Value)> {
    let mut found = Vec::new();
    for operation in contract.operations() {
        for (status, response) in operation.responses().filter(is_error) {
            for (code, example) in entries(&response["content"]["application/json"]["examples"]) {
                let place = format!("{operation} {status}");
                found.push((place, status, code.as_str(), contract.resolve(example)));
            }
        }
    }
    found
}

fn edge<'a>(contract: &Contract<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    entries(&contract.spec["x-edge"])
        .flat_map(|(_, codes)| codes.as_array().into_iter().flatten())
        .filter_map(Value::as_str)
}

fn is_error((status, _): &(&str, &Value)) -> bool {
    !status.starts_with('2')
}

pub fn schema(contract: &Contract) -> Findings {
    let mut findings = Vec::new();
    for operation in contract.operations() {
        for (status, response) in operation.responses().filter(is_error) {
            let contents: Vec<_> = entries(&response["content"]).collect();
            let ours = match contents.as_slice() {
                [(media, content)] => {
                    *media == "application/json" && content["schema"]["$ref"] == ERROR
                }
                _ => false,
            };
            if !ours {
                findings.push(format!(
                    "{operation} {status}: must be JSON of the schema Error"
                ));
            } else if operation.codes(status).is_empty() {
                findings.push(format!("{operation} {status}: names no codes as examples"));
            }
        }
    }
    findings
}

pub fn codes(contract: &Contract) -> Findings {
    let pattern = Regex::new("^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$").expect("a pattern");
    let known = known(contract);
    let mut findings = Vec::new();
    let mut look = |place: &str, code: &str| {
        if !pattern.is_match(code) {
            findings.push(format!("{place}: {code:?} is not domain:reason"));
        } else if !known.contains(code) {
            findings.push(format!("{place}: ErrorCode does not have {code}"));
        }
    };
    for (place, _, code, _) in named(contract) {
        look(&place, code);
    }
    for code in edge(contract) {
        look("x-edge", code);
    }
    findings
}

pub fn unused(contract: &Contract) -> Findings {
    let used = named(contract).into_iter().map(|(_, _, code, _)| code);
    let used: BTreeSet<_> = used.chain(edge(contract)).collect();
    let unused = known(contract)
        .into_iter()
        .filter(|code| !used.contains(code));
    unused
        .map(|code| format!("no operation answers {code}"))
        .collect()
}

pub fn examples(contract: &Contract) -> Findings {
    let mut findings = Vec::new();
    for (place, status, code, example) in named(contract) {
        let value = &example["value"];
        if value["status"].as_u64() != status.parse().ok() {
            findings.push(format!(
                "{place}: the example {code} has status {}",
                value["status"]
            ));
        }
        if value["code"] != code {
            findings.push(format!(
                "{place}: the example {code} has code {}",
                value["code"]
            ));
        }
        if !example["summary"].is_string() {
            findings.push(format!("{place}: the example {code} needs a summary"));
        }
    }
    findings
}

/// Each code, and no other, has a word on what to do.
pub fn remedies(contract: &Contract) -> Findings {
    let said = &contract.spec["components"]["schemas"]["ErrorCode"]["x-remedies"];
    let known: BTreeSet<_> = known(contract).into_iter().collect();
    let said: BTreeSet<_> = entries(said)
        .filter(|(_, text)| text.as_str().is_some_and(|text| !text.is_empty()))
        .map(|(code, _)| code.as_str())
        .collect();
    let odd = known.symmetric_difference(&said);
    odd.map(|code| format!("{code} has no remedy, or the remedy no code"))
        .collect()
}
