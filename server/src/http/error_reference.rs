//! The reference of error codes, made from the contract: where each comes from, what it means, what to do about it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use minijinja::{Environment, HtmlEscape, Value as Shown};
use serde::Serialize;
use serde_json::Value;

/// Where it is, and the anchor of a code in it.
pub const PATH: &str = "/docs/errors";

#[derive(Debug, Default, PartialEq, Serialize)]
struct Entry {
    statuses: BTreeSet<String>,
    /// What happened, in the words of the examples.
    meanings: BTreeSet<String>,
    /// Id and tag of the operations that can answer it.
    operations: BTreeSet<(String, String)>,
    /// Answered outside of operations, too.
    anywhere: bool,
    remedy: String,
}

#[derive(Serialize)]
struct Reference<'a> {
    title: Option<&'a str>,
    entries: BTreeMap<String, Entry>,
}

/// The page.
pub fn page(contract: &Value) -> anyhow::Result<String> {
    let template = include_str!("../../assets/docs/errors.html");
    let mut templates = Environment::new();
    templates.add_filter("prose", prose);
    templates.add_template("errors.html", template)?;
    let shown = Reference {
        title: contract["info"]["title"].as_str(),
        entries: entries(contract)?,
    };
    let page = templates.get_template("errors.html")?;
    Ok(page.render(minijinja::value::Serde(shown))?)
}

/// The contract's prose, whose `names` are code.
fn prose(text: &str) -> Shown {
    let mut html = String::new();
    for (index, part) in text.split('`').enumerate() {
        let part = HtmlEscape(part);
        let shown = match index % 2 {
            0 => part.to_string(),
            _ => format!("<code>{part}</code>"),
        };
        html.push_str(&shown);
    }
    Shown::from_safe_string(html)
}

fn entries(contract: &Value) -> anyhow::Result<BTreeMap<String, Entry>> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let remedies = &contract["components"]["schemas"]["ErrorCode"]["x-remedies"];
    for (code, remedy) in members(remedies) {
        remedy
            .as_str()
            .context("a remedy")?
            .clone_into(&mut entries.entry(code.clone()).or_default().remedy);
    }
    for (status, codes) in members(&contract["x-edge"]) {
        for code in codes.as_array().into_iter().flatten() {
            let code = code.as_str().context("a code of x-edge")?;
            let entry = entries.entry(code.to_owned()).or_default();
            entry.anywhere = true;
            entry.statuses.insert(status.clone());
        }
    }
    let operations = members(&contract["paths"]).flat_map(|(_, item)| members(item));
    for (_, operation) in operations {
        let (id, tag) = (&operation["operationId"], &operation["tags"][0]);
        let (Some(id), Some(tag)) = (id.as_str(), tag.as_str()) else {
            continue;
        };
        for (status, response) in members(&operation["responses"]) {
            if status.starts_with('2') {
                continue;
            }
            let examples = &resolve(contract, response)["content"]["application/json"]["examples"];
            for (code, example) in members(examples) {
                let entry = entries.entry(code.clone()).or_default();
                entry.statuses.insert(status.clone());
                entry.operations.insert((id.to_owned(), tag.to_owned()));
                let meaning = resolve(contract, example)["summary"].as_str();
                entry.meanings.extend(meaning.map(str::to_owned));
            }
        }
    }
    Ok(entries)
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn resolve<'v>(contract: &'v Value, value: &'v Value) -> &'v Value {
    let target = value["$ref"].as_str().and_then(|reference| {
        let pointer = reference.strip_prefix('#')?;
        contract.pointer(pointer)
    });
    target.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract() -> Value {
        serde_norway::from_str(include_str!("../../../openapi.yaml")).unwrap()
    }

    #[test]
    fn every_code_has_a_place_a_meaning_and_a_remedy() {
        let contract = contract();
        let entries = entries(&contract).unwrap();
        let codes = contract["components"]["schemas"]["ErrorCode"]["enum"].as_array();
        let codes: Vec<_> = codes
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        assert_eq!(entries.keys().collect::<Vec<_>>(), codes);
        for (code, entry) in &entries {
            assert!(!entry.statuses.is_empty(), "{code}");
            assert!(!entry.remedy.is_empty(), "{code}");
            assert!(entry.anywhere || !entry.operations.is_empty(), "{code}");
            assert!(entry.anywhere || !entry.meanings.is_empty(), "{code}");
        }
        let taken = &entries["user:handle_already_exists"];
        assert!(
            taken
                .operations
                .contains(&("create_user".into(), "users".into()))
        );
        assert_eq!(taken.statuses, BTreeSet::from(["409".to_owned()]));
    }

    #[test]
    fn the_page_has_an_anchor_for_every_code_and_leads_to_its_operations() {
        let contract = contract();
        let page = page(&contract).unwrap();
        for code in entries(&contract).unwrap().keys() {
            assert!(page.contains(&format!("id=\"{code}\"")), "{code}");
        }
        assert!(page.contains("href=\"/docs#/auth/login\""), "{page}");
        assert!(
            page.contains("<code>Retry-After</code>") && !page.contains('`'),
            "{page}"
        );
    }
}
