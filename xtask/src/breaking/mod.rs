//! What of a former contract the present one breaks.
//!
//! The differs of the registries do not know what this contract says in its own way (named examples are the codes of an
//! operation, `x-open` enums may grow), and most cannot see through a bound that moves in the wrong direction; the rules
//! here are few. A request that was fine must stay fine, an answer must be one that the former contract allowed, and what
//! a client may branch on must still come.

mod operations;
mod schemas;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use semver::{Version, VersionReq};
use serde_json::Value;

use crate::codegen;
use crate::lint::contract::Contract;
use crate::process::{Said, said};

const CONTRACT: &str = "openapi.yaml";

/// Compares with the contract of a revision; without one, with the last release, else with what is published, else with
/// the commit before.
pub fn run(root: &Path, base: Option<&str>) -> Result<()> {
    let Some(base) = base.map(str::to_owned).or_else(|| found_base(root)) else {
        eprintln!(
            "SKIPPED: breaking changes: this clone has no former commit (it is shallow, or no clone)"
        );
        return Ok(());
    };
    let former = git(root, &["show", &format!("{base}:{CONTRACT}")])?;
    ensure!(former.status.success(), "{base}: {}", former.text);
    let former: Value = serde_norway::from_str(&former.text).context(base.clone())?;
    let present = codegen::contract(root)?;
    let found = compare(&former, &present);
    for change in &found {
        println!("{change}");
    }
    let (old, new) = (version(&former)?, version(&present)?);
    ensure!(
        old <= new,
        "the contract's version goes back from {old} to {new}"
    );
    ensure!(
        found.is_empty() || !is_compatible(&old, &new)?,
        "{} changes break clients of {base}: raise info.version from {new} as semantic versioning asks, or take them back",
        found.len()
    );
    println!(
        "breaking changes since {base} ({old}, now {new}): {}",
        found.len()
    );
    Ok(())
}

/// The last release, the published branch or the commit before, whichever is first and not this commit itself.
fn found_base(root: &Path) -> Option<String> {
    let commit = |revision: &str| {
        let said = git(
            root,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                &format!("{revision}^{{commit}}"),
            ],
        );
        let said = said.ok().filter(|said| said.status.success())?;
        Some(said.text.trim().to_owned())
    };
    let here = commit("HEAD")?;
    let release = git(root, &["describe", "--tags", "--abbrev=0", "HEAD"]).ok();
    let release = release
        .filter(|said| said.status.success())
        .map(|said| said.text.trim().to_owned());
    let candidates = [release, Some("origin/main".into()), Some("HEAD~1".into())];
    candidates.into_iter().flatten().find(|name| {
        let found = commit(name);
        found.is_some_and(|commit| commit != here)
    })
}

fn git(root: &Path, arguments: &[&str]) -> Result<Said> {
    said(Command::new("git").arg("-C").arg(root).args(arguments))
}

fn version(contract: &Value) -> Result<Version> {
    let text = contract["info"]["version"].as_str();
    text.context("info.version")?
        .parse()
        .context("info.version")
}

/// Whether a client of the one may expect to work with the other.
fn is_compatible(old: &Version, new: &Version) -> Result<bool> {
    Ok(VersionReq::parse(&format!("^{old}"))?.matches(new))
}

/// What a client of the former contract would stumble over.
pub fn compare(former: &Value, present: &Value) -> Vec<String> {
    let (former, present) = (Contract::new(former), Contract::new(present));
    operations::compare(&former, &present)
}

#[cfg(test)]
mod tests;
