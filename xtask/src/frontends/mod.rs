//! What frontend teams do: a client from `openapi.yaml` alone, by the generators they use, strictly type-checked, and
//! real calls to a running server. A table says how far each one comes.

mod browser;
mod generators;

pub use browser::run_stories;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use generators::Generator;
use regex::Regex;
use serde_json::Value;

use crate::codegen;
use crate::process::{Accord, is_there, once_for, run, said, skip};

/// Where things are.
pub struct Place {
    pub root: PathBuf,
    /// `tests/frontends`.
    pub folder: PathBuf,
    /// What is made once and may be thrown away.
    pub scratch: PathBuf,
}

impl Place {
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            folder: root.join("tests/frontends"),
            scratch: root.join("target/frontends"),
        }
    }

    pub fn contract(&self) -> PathBuf {
        self.root.join("openapi.yaml")
    }

    /// A program that npm installed.
    pub fn npm(&self, program: &str) -> Command {
        self.command(self.folder.join("node_modules/.bin").join(program))
    }

    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder);
        command
    }

    /// Where a generator writes.
    pub fn generated(&self, name: &str) -> PathBuf {
        self.folder.join("generated").join(name)
    }

    /// What `package-lock.json` lists, in `node_modules`.
    pub fn install_npm(&self) -> Result<()> {
        let stamp = self.folder.join("node_modules/.accord");
        once_for(&self.folder.join("package-lock.json"), &stamp, || {
            let quiet = [
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--silent",
            ];
            run(self.command("npm").args(quiet)).context("npm ci")
        })
    }
}

/// Generates, compiles and calls. `only` names generators; none means all.
pub fn run_all(root: &Path, only: &[String]) -> Result<()> {
    let what = "clients by other generators";
    for (program, question) in [
        ("node", "--version"),
        ("npm", "--version"),
        ("java", "-version"),
        ("python3", "--version"),
    ] {
        if !is_there(program, question) {
            return skip(what, &format!("{program} is missing"));
        }
    }
    let place = Place::new(root);
    let operations = operations(&codegen::contract(root)?);
    let program = Accord::build(root)?;
    place.install_npm()?;
    let mut table = String::from(
        "| generator | version | operations generated | strict types | live calls passed | seconds |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    let (mut passed, mut failed) = (0, 0);
    for generator in generators::all(&place)? {
        if !only.is_empty() && !only.iter().any(|name| name == generator.name) {
            continue;
        }
        let begin = Instant::now();
        let row = try_one(&place, &generator, &operations, &program);
        let row = row.unwrap_or_else(|error| {
            eprintln!("{}: {error:#}", generator.name);
            Row::default()
        });
        let is_full = row.is_full(operations.len());
        passed += usize::from(is_full);
        failed += usize::from(!is_full);
        writeln!(
            table,
            "| {} | {} | {}/{} | {} | {}/{} | {} |",
            generator.name,
            generator.version,
            row.generated,
            operations.len(),
            if row.compiles { "pass" } else { "FAIL" },
            row.passed,
            row.total,
            begin.elapsed().as_secs(),
        )?;
    }
    ensure!(passed + failed > 0, "no generator of this name");
    print!("{table}");
    println!("generators: {passed} passed, {failed} failed");
    ensure!(failed == 0, "the contract does not fit every generator");
    Ok(())
}

/// How far one generator came.
#[derive(Default)]
struct Row {
    generated: usize,
    compiles: bool,
    passed: u64,
    total: u64,
}

impl Row {
    fn is_full(&self, operations: usize) -> bool {
        let live = self.total > 0 && self.passed == self.total;
        self.generated == operations && self.compiles && live
    }
}

fn try_one(
    place: &Place,
    generator: &Generator,
    operations: &[String],
    program: &Path,
) -> Result<Row> {
    let output = place.generated(generator.name);
    if output.exists() {
        std::fs::remove_dir_all(&output)?;
    }
    std::fs::create_dir_all(&output)?;
    for mut command in (generator.generate)(place)? {
        run(&mut command).context("generate")?;
    }
    let mut row = Row {
        generated: generated(&output, generator, operations)?,
        compiles: true,
        ..Row::default()
    };
    for mut command in (generator.compile)(place) {
        let said = said(&mut command)?;
        if !said.status.success() {
            eprintln!("{}: does not compile:\n{}", generator.name, said.text);
            row.compiles = false;
            return Ok(row);
        }
    }
    let data = place.scratch.join(generator.name);
    let server = Accord::start(program, &data, &[])?;
    let mut live = (generator.live)(place);
    let said = said(live.env("ACCORD_BASE_URL", server.url()))?;
    (row.passed, row.total) = count(generator.name, &said.text)?;
    Ok(row)
}

/// The count that a scenario prints as its last line; what comes before is shown.
fn count(name: &str, text: &str) -> Result<(u64, u64)> {
    let text = text.trim_end();
    let (talk, count) = text.rsplit_once('\n').unwrap_or(("", text));
    if !talk.is_empty() {
        eprintln!("{name}:\n{talk}");
    }
    let count: Value = serde_json::from_str(count).with_context(|| format!("{name}: {count}"))?;
    let number = |name: &str| count[name].as_u64().context("a count");
    Ok((number("passed")?, number("total")?))
}

/// How many operations have a function, or whatever this generator makes of them, of their name.
fn generated(output: &Path, generator: &Generator, operations: &[String]) -> Result<usize> {
    let mut files = std::collections::BTreeMap::new();
    codegen::server::collect(output, Path::new(""), &mut files)?;
    let text: Vec<u8> = files.into_values().flatten().collect();
    let text = String::from_utf8_lossy(&text);
    let mut found = 0;
    for operation in operations {
        let pattern = generator
            .definition
            .replace("snake", operation)
            .replace("camel", &camel(operation));
        if Regex::new(&pattern)?.is_match(&text) {
            found += 1;
        } else {
            eprintln!("{}: no {operation}", generator.name);
        }
    }
    Ok(found)
}

fn camel(snake: &str) -> String {
    let pascal = codegen::text::pascal(snake);
    let mut letters = pascal.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// The ids of all operations.
fn operations(contract: &Value) -> Vec<String> {
    let paths = contract["paths"].as_object().into_iter().flatten();
    let methods = paths.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    methods
        .filter_map(|(_, operation)| operation["operationId"].as_str())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_full_only_when_all_of_it_is() {
        let row = |generated, compiles, passed, total| Row {
            generated,
            compiles,
            passed,
            total,
        };
        assert!(row(3, true, 5, 5).is_full(3));
        for less in [
            row(2, true, 5, 5),
            row(3, false, 5, 5),
            row(3, true, 4, 5),
            row(3, true, 0, 0),
        ] {
            assert!(!less.is_full(3));
        }
    }

    #[test]
    fn operations_are_found_under_the_names_that_generators_give_them() {
        let contract = serde_json::json!({ "paths": { "/a": {
            "get": { "operationId": "list_sessions" },
            "parameters": [],
        } } });
        assert_eq!(operations(&contract), ["list_sessions"]);
        assert_eq!(camel("list_sessions"), "listSessions");
    }
}
