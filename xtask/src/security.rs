//! Which test shows that a security requirement is met, and whether it passed: `xtask/security.toml` against the labels
//! of the tests and the output of the last run.

mod labels;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use labels::Label;
use serde::Deserialize;

use crate::process;

/// Where tests are.
const FOLDERS: [&str; 6] = [
    "client/src",
    "client/tests",
    "server/src",
    "server/tests",
    "tests",
    "xtask",
];

#[derive(Args)]
pub struct Options {
    /// What `cargo test` printed; without it the tests are run
    #[arg(long)]
    results: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirements {
    row: Vec<Row>,
}

/// A requirement, and what stands in for a test where there is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    text: String,
    /// A check outside the tests, that continuous integration runs.
    gate: Option<String>,
    /// The document that satisfies it.
    documented: Option<String>,
    /// Why it cannot apply.
    not_applicable: Option<String>,
    /// What is not done yet.
    missing: Option<String>,
}

impl Row {
    fn notes(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let notes = [
            ("gate", &self.gate),
            ("documented", &self.documented),
            ("not applicable", &self.not_applicable),
            ("missing", &self.missing),
        ];
        notes
            .into_iter()
            .filter_map(|(kind, note)| Some((kind, note.as_deref()?)))
    }
}

/// What the last run said of the tests of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Runs {
    passed: usize,
    failed: usize,
}

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.passed, self.failed) {
            (0, 0) => f.write_str("not run"),
            (passed, 0) => write!(f, "passed {passed}x"),
            (_, failed) => write!(f, "FAILED {failed}x"),
        }
    }
}

/// Prints the table; an error where a requirement has neither a test nor a reason, or a test of it failed.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let text = std::fs::read_to_string(root.join("xtask/security.toml"))?;
    let Requirements { row: rows } = toml::from_str(&text).context("xtask/security.toml")?;
    let labels = labels::find(root, &FOLDERS)?;
    let output = match &options.results {
        Some(file) => std::fs::read_to_string(file).with_context(|| file.display().to_string())?,
        None => {
            let mut tests = Command::new("cargo");
            tests.args(["test", "--workspace", "--no-fail-fast"]);
            process::said(tests.current_dir(root))?.text
        }
    };
    let results = results(&output);
    ensure!(!results.is_empty(), "the output names no test");
    let report = report(&rows, &labels, &results);
    print!("{}", report.table);
    println!("{}", report.summary);
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    ensure!(
        report.problems.is_empty(),
        "{} requirements are not shown to be met",
        report.problems.len()
    );
    Ok(())
}

/// How often each test passed and failed, by its last name.
fn results(output: &str) -> BTreeMap<String, Runs> {
    let mut results: BTreeMap<String, Runs> = BTreeMap::new();
    for line in output.lines() {
        let Some((name, outcome)) = line
            .strip_prefix("test ")
            .and_then(|line| line.rsplit_once(" ... "))
        else {
            continue;
        };
        let last = name.trim().rsplit("::").next().unwrap_or_default();
        let runs = results.entry(last.to_owned()).or_default();
        match outcome.trim() {
            "ok" => runs.passed += 1,
            "FAILED" => runs.failed += 1,
            _ => {}
        }
    }
    results
}

struct Report {
    table: String,
    summary: String,
    problems: Vec<String>,
}

fn report(rows: &[Row], labels: &[Label], results: &BTreeMap<String, Runs>) -> Report {
    let mut table =
        String::from("| id | requirement | test | result |\n| --- | --- | --- | --- |\n");
    let (mut problems, mut counts) = (Vec::new(), BTreeMap::<&str, usize>::new());
    let known: BTreeSet<&str> = rows.iter().map(|row| &*row.id).collect();
    if known.len() < rows.len() {
        problems.push("an id is listed twice".to_owned());
    }
    for row in rows {
        let tests = labels.iter().filter(|label| label.names(&row.id, &known));
        let tests: Vec<&Label> = tests.collect();
        let mut runs = Runs::default();
        for test in &tests {
            let of_test = results.get(&test.test).copied().unwrap_or_default();
            runs.passed += of_test.passed;
            runs.failed += of_test.failed;
        }
        let notes: Vec<_> = row.notes().collect();
        let names: Vec<&str> = tests.iter().map(|test| &*test.test).collect();
        let (shown, result, kind) = match (&tests[..], &notes[..]) {
            ([], [(kind, note)]) => ((*note).to_owned(), (*kind).to_owned(), *kind),
            ([_, ..], [] | [("gate", _)]) => (names.join(", "), runs.to_string(), "tested"),
            ([], []) => {
                problems.push(format!("{}: neither a test nor a reason", row.id));
                (String::new(), "NOTHING".to_owned(), "nothing")
            }
            _ => {
                problems.push(format!("{}: has tests and a reason for none", row.id));
                (names.join(", "), "CONTRADICTORY".to_owned(), "nothing")
            }
        };
        if kind == "tested" && runs.failed > 0 {
            problems.push(format!("{}: {runs}", row.id));
        }
        // A label on what is no test, or on one that was left out, shows nothing.
        let has_run = |test: &&Label| {
            let runs = results.get(&test.test);
            runs.is_some_and(|runs| runs.passed + runs.failed > 0)
        };
        for test in tests.iter().filter(|test| !has_run(test)) {
            problems.push(format!("{}: {} did not run", row.id, test.test));
        }
        *counts.entry(kind).or_default() += 1;
        table += &format!("| {} | {} | {shown} | {result} |\n", row.id, row.text);
    }
    for label in labels {
        for id in label.unknown(&known) {
            problems.push(format!("{}: {id} is no requirement", label.test));
        }
    }
    let counts: Vec<String> = counts
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    Report {
        table,
        summary: format!("{} requirements: {}", rows.len(), counts.join(", ")),
        problems,
    }
}

#[cfg(test)]
mod tests;
