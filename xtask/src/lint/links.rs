//! Rules about links: each leads to an operation, with values that the answer has and the operation takes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Findings;
use super::contract::{Contract, Operation, entries};

/// One link of one answer.
struct Link<'a> {
    place: String,
    source: &'a Operation<'a>,
    answer: &'a Value,
    value: &'a Value,
}

pub fn valid(contract: &Contract) -> Findings {
    let operations = contract.operations();
    let mut findings = Vec::new();
    for source in &operations {
        for (status, answer) in source.responses() {
            for (name, value) in entries(&answer["links"]) {
                let link = Link {
                    place: format!("{source} {status} link {name}"),
                    source,
                    answer,
                    value: contract.resolve(value),
                };
                let found = link.look(contract, &operations);
                findings.extend(found.into_iter().map(|it| format!("{}: {it}", link.place)));
            }
        }
    }
    findings.extend(unused(contract, &operations));
    findings
}

fn unused(contract: &Contract, operations: &[Operation]) -> Findings {
    let links = operations.iter().flat_map(Operation::responses);
    let links = links.flat_map(|(_, answer)| entries(&answer["links"]));
    let used: BTreeSet<_> = links
        .filter_map(|(_, link)| link["$ref"].as_str())
        .collect();
    let named = contract.components("links").map(|(name, _)| name);
    named
        .filter(|name| !used.contains(&*format!("#/components/links/{name}")))
        .map(|name| format!("no answer has the link {name}"))
        .collect()
}

impl Link<'_> {
    fn look(&self, contract: &Contract, operations: &[Operation]) -> Findings {
        let mut findings = Vec::new();
        if !self.value["description"].is_string() {
            findings.push("needs a description".into());
        }
        let id = self.value["operationId"].as_str().unwrap_or_default();
        let Some(target) = operations.iter().find(|operation| operation.id() == id) else {
            findings.push(format!("leads to {id:?}, which is no operation"));
            return findings;
        };
        findings.extend(self.parameters(contract, target));
        findings.extend(self.body(contract, target));
        findings
    }

    fn parameters(&self, contract: &Contract, target: &Operation) -> Findings {
        let takes = target.parameters();
        let given = &self.value["parameters"];
        let mut findings = Vec::new();
        for parameter in &takes {
            let name = parameter["name"].as_str().unwrap_or_default();
            if parameter["required"] == true && given.get(name).is_none() {
                findings.push(format!("{} needs {name}", target.id()));
            }
        }
        for (name, value) in entries(given) {
            let taken = takes.iter().find(|parameter| parameter["name"] == **name);
            match taken {
                None => findings.push(format!("{} does not take {name}", target.id())),
                Some(parameter) => findings.extend(self.value_of(
                    contract,
                    name,
                    value,
                    contract.resolve(&parameter["schema"]),
                )),
            }
        }
        findings
    }

    fn body(&self, contract: &Contract, target: &Operation) -> Findings {
        if self.value.get("requestBody").is_some() {
            return vec!["x-body is what all generators can read, not requestBody".into()];
        }
        let Some(given) = self.value.get("x-body") else {
            return Vec::new();
        };
        let json = target
            .body()
            .find(|(media, _)| *media == "application/json");
        let Some((_, content)) = json else {
            return vec![format!("{} takes no JSON", target.id())];
        };
        let fields = &contract.resolve(&content["schema"])["properties"];
        let mut findings = Vec::new();
        for (name, value) in entries(given) {
            match fields.get(name) {
                None => findings.push(format!("{} does not take {name}", target.id())),
                Some(field) => {
                    findings.extend(self.value_of(contract, name, value, contract.resolve(field)));
                }
            }
        }
        findings
    }

    /// A constant is one of the values that are allowed there, an expression leads to something.
    fn value_of(
        &self,
        contract: &Contract,
        name: &str,
        value: &Value,
        schema: &Value,
    ) -> Option<String> {
        let known = schema["enum"].as_array();
        match value.as_str().filter(|text| text.starts_with('$')) {
            Some(expression) => (!self.leads_somewhere(contract, expression))
                .then(|| format!("{name}: {expression} leads nowhere")),
            None => known
                .is_some_and(|known| !known.contains(value))
                .then(|| format!("{name} is never {value}")),
        }
    }

    fn leads_somewhere(&self, contract: &Contract, expression: &str) -> bool {
        if let Some(pointer) = expression.strip_prefix("$response.body#/") {
            let schema = &self.answer["content"]["application/json"]["schema"];
            return has(contract, schema, pointer);
        }
        if let Some(pointer) = expression.strip_prefix("$request.body#/") {
            let mut json = self.source.body();
            return json.any(|(_, content)| has(contract, &content["schema"], pointer));
        }
        let parameters = self.source.parameters();
        let asked = expression.strip_prefix("$request.");
        asked
            .and_then(|asked| asked.split_once('.'))
            .is_some_and(|(place, name)| {
                let mut parameters = parameters.iter();
                parameters.any(|parameter| parameter["in"] == *place && parameter["name"] == *name)
            })
    }
}

/// Whether a value of this schema can have something there.
fn has(contract: &Contract, schema: &Value, pointer: &str) -> bool {
    let mut schema = contract.resolve(schema);
    for step in pointer.split('/') {
        let next = match step.parse::<usize>() {
            Ok(_) => &schema["items"],
            Err(_) => &schema["properties"][step],
        };
        schema = contract.resolve(next);
    }
    !schema.is_null()
}
