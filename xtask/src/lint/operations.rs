//! Rules about operations.

use std::collections::BTreeSet;

use regex::Regex;

use super::Findings;
use super::contract::{Contract, Operation, entries};

/// A finding for each operation that fails the test.
fn each(contract: &Contract, fails: impl Fn(&Operation) -> Option<String>) -> Findings {
    let operations = contract.operations();
    let findings = operations.iter().filter_map(|operation| {
        let finding = fails(operation)?;
        Some(format!("{operation}: {finding}"))
    });
    findings.collect()
}

/// A finding for each status that is not among the answers.
fn lists(operation: &Operation, why: &str, statuses: &[&str]) -> Option<String> {
    let listed = &operation.value["responses"];
    let missing: Vec<_> = statuses
        .iter()
        .copied()
        .filter(|status| listed.get(*status).is_none())
        .collect();
    (!missing.is_empty()).then(|| format!("{why}, so it must list {}", missing.join(", ")))
}

/// A finding for each code that is not among the answers.
fn lists_code(operation: &Operation, why: &str, status: &str, code: &str) -> Option<String> {
    let listed = operation.codes(status).contains(&code);
    (!listed).then(|| format!("{why}, so it must list {status} {code}"))
}

pub fn ids(contract: &Contract) -> Findings {
    let snake = Regex::new("^[a-z][a-z0-9]*(_[a-z0-9]+)*$").expect("a pattern");
    let mut seen = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for operation in contract.operations() {
        if !seen.insert(operation.id().to_owned()) {
            twice.insert(operation.id().to_owned());
        }
    }
    each(contract, |operation| {
        let id = operation.id();
        if !snake.is_match(id) {
            return Some(format!("operationId {id:?} is not snake_case"));
        }
        let twice = twice.contains(id);
        twice.then(|| format!("operationId {id} is used twice"))
    })
}

pub fn tags(contract: &Contract) -> Findings {
    let known = contract.spec["tags"].as_array().into_iter().flatten();
    let known: Vec<_> = known.filter_map(|tag| tag["name"].as_str()).collect();
    let mut used = BTreeSet::new();
    for operation in contract.operations() {
        for tag in operation.value["tags"].as_array().into_iter().flatten() {
            used.insert(tag.as_str().unwrap_or_default().to_owned());
        }
    }
    let mut findings = each(contract, |operation| {
        match operation.value["tags"].as_array().map(Vec::as_slice) {
            Some([tag]) if known.contains(&tag.as_str().unwrap_or_default()) => None,
            Some([tag]) => Some(format!("the tag {tag} is not declared")),
            _ => Some("needs exactly one tag".into()),
        }
    });
    let unused = known.iter().filter(|tag| !used.contains(**tag));
    findings.extend(unused.map(|tag| format!("no operation has the tag {tag}")));
    findings
}

pub fn texts(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let empty = |key: &str| {
            let text = operation.value[key].as_str().unwrap_or_default();
            text.trim().is_empty()
        };
        if empty("summary") || empty("description") {
            return Some("needs a summary and a description".into());
        }
        let bare = operation
            .parameters()
            .into_iter()
            .find(|parameter| !parameter["description"].is_string())?;
        Some(format!("parameter {} needs a description", bare["name"]))
    })
}

/// One status at a time: a range or a default cannot name codes.
pub fn statuses(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let odd = operation
            .responses()
            .find(|(status, _)| !matches!(status.parse::<u16>(), Ok(200..=299 | 400..=599)))?;
        Some(format!("{} is not a status to answer with", odd.0))
    })
}

pub fn one_success(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let successes: Vec<_> = operation
            .responses()
            .filter(|(status, _)| status.starts_with('2'))
            .collect();
        let [(status, response)] = successes.as_slice() else {
            return Some(format!(
                "needs exactly one success, has {}",
                successes.len()
            ));
        };
        let contents: Vec<_> = entries(&response["content"]).collect();
        match contents.as_slice() {
            [] => None,
            [(media, content)]
                if matches!(media.as_str(), "application/json" | "text/event-stream") =>
            {
                let named = content["schema"]["$ref"].is_string();
                (!named).then(|| format!("{status} needs a schema with a name"))
            }
            _ => Some(format!(
                "{status} must be one of nothing, JSON, and an event stream"
            )),
        }
    })
}

/// What the generators misread, or read differently.
pub fn parameters(contract: &Contract) -> Findings {
    each(contract, |operation| {
        operation.parameters().into_iter().find_map(|parameter| {
            let name = &parameter["name"];
            let array = contract.resolve(&parameter["schema"])["type"] == "array";
            if parameter["in"] == "cookie" {
                Some(format!("parameter {name} is a cookie"))
            } else if parameter["explode"] == false {
                Some(format!("parameter {name} has explode: false"))
            } else if !parameter["style"].is_null() {
                Some(format!("parameter {name} has a style of its own"))
            } else if array && parameter["in"] != "query" {
                Some(format!("parameter {name} is a list outside the query"))
            } else if parameter["in"] == "path" && parameter["required"] != true {
                Some(format!("path parameter {name} must be required"))
            } else {
                None
            }
        })
    })
}

/// Both ways to carry a session, 401, and 403 for an unverified one.
pub fn sessions(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let ways = operation.security();
        if ways.iter().all(Vec::is_empty) {
            return None;
        }
        for scheme in ["cookieAuth", "bearerAuth"] {
            if !ways.contains(&vec![scheme]) {
                return Some(format!("takes a session, but not by {scheme}"));
            }
        }
        let limited = operation.value["x-limited-session"] == true;
        lists_code(operation, "takes a session", "401", "auth:session_required").or_else(|| {
            let why = "takes verified sessions only";
            (!limited)
                .then(|| lists_code(operation, why, "403", "user:not_verified"))
                .flatten()
        })
    })
}

pub fn cross_origin(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let why = "changes something";
        operation
            .is_unsafe()
            .then(|| lists_code(operation, why, "403", "csrf:cross_origin"))
            .flatten()
    })
}

pub fn bodies(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let (media, _) = operation.body().next()?;
        if operation.body().count() > 1 {
            return Some("takes more than one media type".into());
        }
        if operation.value["requestBody"]["required"] != true {
            return Some("has a body that is not required".into());
        }
        let why = "has a body";
        if media == "application/json" {
            let codes = ["request:malformed", "request:invalid"];
            let missing = codes
                .iter()
                .find_map(|code| lists_code(operation, "has a JSON body", "400", code));
            if missing.is_some() {
                return missing;
            }
        }
        lists(operation, why, &["400", "408", "413", "415"])
    })
}

pub fn invalid_parameters(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let why = "has parameters";
        let any = !operation.parameters().is_empty();
        any.then(|| lists_code(operation, why, "400", "request:invalid"))
            .flatten()
    })
}

pub fn rate_limits(contract: &Contract) -> Findings {
    each(contract, |operation| {
        let limited = operation.value.get("x-rate-limit").is_some();
        let lists_429 = operation.value["responses"].get("429").is_some();
        if limited && !operation.value["x-rate-limit"].is_string() {
            return Some("x-rate-limit must name a class".into());
        }
        match (limited, lists_429) {
            (true, false) => Some("has x-rate-limit, so it must list 429".into()),
            (false, true) => Some("lists 429 without x-rate-limit".into()),
            _ => None,
        }
    })
}

/// Anything can fail, and a full server refuses anything but to tell how it is: that works nothing out.
pub fn failures(contract: &Contract) -> Findings {
    each(contract, |operation| {
        if operation.value["tags"][0] == "health" {
            return lists(operation, "can be down", &["503"]);
        }
        lists_code(operation, "can fail", "500", "system:internal")
            .or_else(|| lists(operation, "can be refused", &["503"]))
    })
}

pub fn headers(contract: &Contract) -> Findings {
    each(contract, |operation| {
        operation.responses().find_map(|(status, response)| {
            let declared = |name: &str| response["headers"].get(name).is_some();
            let waits = matches!(status, "429" | "503");
            if !declared("X-Request-Id") {
                Some(format!("{status} must declare X-Request-Id"))
            } else if waits && !declared("Retry-After") {
                Some(format!("{status} must declare Retry-After"))
            } else {
                None
            }
        })
    })
}
