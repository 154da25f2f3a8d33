//! The contract's house rules: what the generators need, and what the server promises everywhere.
//!
//! Each rule is a small function that returns what it finds wrong. What OpenAPI itself demands is Redocly's part.

pub mod contract;
mod errors;
mod examples;
mod links;
mod operations;
mod redocly;
mod schemas;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use contract::Contract;
use serde_json::Value;

/// What is wrong, and where.
type Findings = Vec<String>;
type Rule = fn(&Contract) -> Findings;

const RULES: &[(&str, Rule)] = &[
    ("operation-id", operations::ids),
    ("tag", operations::tags),
    ("text", operations::texts),
    ("status", operations::statuses),
    ("one-success", operations::one_success),
    ("parameter", operations::parameters),
    ("session", operations::sessions),
    ("cross-origin", operations::cross_origin),
    ("body", operations::bodies),
    ("invalid-parameter", operations::invalid_parameters),
    ("rate-limit", operations::rate_limits),
    ("failure", operations::failures),
    ("header", operations::headers),
    ("error-schema", errors::schema),
    ("error-code", errors::codes),
    ("error-code-unused", errors::unused),
    ("error-example", errors::examples),
    ("error-remedy", errors::remedies),
    ("named-schema", schemas::named),
    ("keyword", schemas::keywords),
    ("bound", schemas::bounds),
    ("pattern", schemas::patterns),
    ("closed-body", schemas::closed_bodies),
    ("nullable", schemas::nullable),
    ("secret", schemas::secrets),
    ("description", schemas::descriptions),
    ("example", examples::valid),
    ("body-example", examples::bodies),
    ("link", links::valid),
];

/// Checks `openapi.yaml`.
pub fn run(root: &Path) -> Result<()> {
    let path = root.join("openapi.yaml");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let spec: Value = serde_norway::from_str(&text).context("openapi.yaml is not YAML")?;
    check_rules(&spec)?;
    println!("openapi.yaml keeps all {} house rules", RULES.len());
    redocly::run(root)
}

/// Fails where the contract breaks a house rule.
pub fn check_rules(spec: &Value) -> Result<()> {
    let findings = check(spec);
    for finding in &findings {
        eprintln!("{finding}");
    }
    ensure!(
        findings.is_empty(),
        "openapi.yaml breaks {} house rules",
        findings.len()
    );
    Ok(())
}

/// All findings, each with the name of its rule.
fn check(spec: &Value) -> Findings {
    let contract = Contract::new(spec);
    let dangling = contract.dangling();
    if !dangling.is_empty() {
        return dangling;
    }
    let named = |(name, rule): &(&str, Rule)| {
        let findings = rule(&contract);
        findings
            .into_iter()
            .map(|finding| format!("[{name}] {finding}"))
            .collect::<Vec<_>>()
    };
    RULES.iter().flat_map(named).collect()
}

#[cfg(test)]
mod tests;
