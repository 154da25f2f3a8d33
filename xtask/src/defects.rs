//! Whether the tests notice what they are there for: plants the defects of `defects.toml` in a copy of the tree, one at a
//! time, builds what that changes, and runs the one test that must fail.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use regex::Regex;
use serde::Deserialize;

use crate::copy;

const LIST: &str = "xtask/defects.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    defect: Vec<Defect>,
}

/// A change to the source that somebody could make, and the test that must notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    name: String,
    file: String,
    text: String,
    instead: String,
    test: Target,
    filter: String,
}

/// A test binary.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Target {
    Contract,
    Server,
    Edge,
    Store,
    It,
}

impl Target {
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Contract => &["-p", "contract", "--lib"],
            Self::Server => &["-p", "accord-server", "--lib"],
            Self::Edge => &["-p", "accord-server", "--test", "edge"],
            Self::Store => &["-p", "accord-server", "--test", "store"],
            Self::It => &["-p", "contract-tests", "--test", "it"],
        }
    }
}

/// Where defects are planted, and what is built there.
struct Ground {
    copy: PathBuf,
    target: PathBuf,
}

/// What came of some tests.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
}

/// Plants the defects whose names hold one of `names`, all of them without.
///
/// # Errors
/// When one is missed, does not apply, or breaks the build; when a test fails before anything is planted.
pub fn run(root: &Path, names: &[String]) -> Result<()> {
    let chosen =
        |defect: &Defect| names.is_empty() || names.iter().any(|n| defect.name.contains(n));
    let defects: Vec<_> = read(root)?.into_iter().filter(chosen).collect();
    ensure!(!defects.is_empty(), "no defect has such a name");
    let folder = root.join("target/defects");
    let ground = Ground {
        copy: folder.join("tree"),
        target: folder.join("build"),
    };
    fs::create_dir_all(&ground.copy)?;
    copy::make(root, &ground.copy)?;

    let tests: BTreeSet<_> = defects
        .iter()
        .map(|d| (d.test, d.filter.as_str()))
        .collect();
    for (target, filter) in &tests {
        ground.build(*target)?;
        let outcome = ground.test(*target, filter)?;
        ensure!(
            outcome == Outcome::Passed,
            "{filter} fails without a defect"
        );
    }
    println!("{} tests pass without a defect", tests.len());

    let mut missed = Vec::new();
    for defect in &defects {
        let begun = Instant::now();
        let outcome = ground.with(defect, || {
            ground.build(defect.test)?;
            ground.test(defect.test, &defect.filter)
        });
        let outcome = outcome.with_context(|| defect.name.clone())?;
        let word = match outcome {
            Outcome::Failed => "caught",
            Outcome::Passed => "MISSED",
        };
        println!("{word} {:>4} s  {}", begun.elapsed().as_secs(), defect.name);
        if outcome == Outcome::Passed {
            missed.push(&*defect.name);
        }
    }
    let caught = defects.len() - missed.len();
    println!("{caught} of {} defects caught", defects.len());
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}

fn read(root: &Path) -> Result<Vec<Defect>> {
    let text = fs::read_to_string(root.join(LIST)).context(LIST)?;
    let list: List = toml::from_str(&text).context(LIST)?;
    Ok(list.defect)
}

impl Defect {
    /// The source with the defect.
    fn plant(&self, source: &str) -> Result<String> {
        let found = source.matches(&self.text).count();
        let (name, file) = (&self.name, &self.file);
        ensure!(found == 1, "{name}: {file} holds its text {found} times");
        Ok(source.replacen(&self.text, &self.instead, 1))
    }
}

impl Ground {
    /// Does something while the defect is in the copy.
    fn with<T>(&self, defect: &Defect, act: impl FnOnce() -> Result<T>) -> Result<T> {
        let path = self.copy.join(&defect.file);
        let sound = fs::read_to_string(&path).with_context(|| defect.file.clone())?;
        fs::write(&path, defect.plant(&sound)?)?;
        let outcome = act();
        fs::write(&path, sound)?;
        outcome
    }

    fn build(&self, target: Target) -> Result<()> {
        let arguments = [&["test", "--quiet", "--no-run"], target.arguments()].concat();
        let built = copy::cargo(&self.copy, &self.target, &arguments)?;
        ensure!(built.status.success(), "it does not build:\n{}", built.text);
        Ok(())
    }

    fn test(&self, target: Target, filter: &str) -> Result<Outcome> {
        let arguments = [&["test", "--quiet"], target.arguments(), &["--", filter]].concat();
        let tested = copy::cargo(&self.copy, &self.target, &arguments)?;
        match (tested.status.success(), count(&tested.text)) {
            (_, 0) => bail!("{filter} names no test:\n{}", tested.text),
            (true, _) => Ok(Outcome::Passed),
            (false, _) => Ok(Outcome::Failed),
        }
    }
}

/// How many tests were run.
fn count(text: &str) -> u64 {
    static RESULT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"test result: \w+\. (\d+) passed; (\d+) failed").expect("a pattern")
    });
    let numbers = RESULT.captures_iter(text);
    let numbers = numbers.flat_map(|found| [1, 2].map(|i| found[i].parse().unwrap_or(0)));
    numbers.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sources change, and tests are renamed: the list goes with them.
    #[test]
    fn every_defect_can_be_planted_and_names_a_test() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let sources: String = copy::files(&root)
            .unwrap()
            .into_iter()
            .filter(|(name, _)| name.extension().is_some_and(|extension| extension == "rs"))
            .map(|(_, content)| String::from_utf8(content).unwrap())
            .collect();
        let defects = read(&root).unwrap();
        assert!(defects.len() >= 30);
        for defect in defects {
            let source = fs::read_to_string(root.join(&defect.file)).unwrap();
            assert_ne!(defect.plant(&source).unwrap(), source);
            let name = defect.filter.rsplit("::").next().unwrap();
            assert!(sources.contains(&format!("fn {name}(")), "{name}");
        }
    }

    #[test]
    fn tests_are_counted() {
        let text = "test result: ok. 2 passed; 0 failed; 0 ignored\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored";
        assert_eq!(count(text), 4);
        assert_eq!(count("error: no such test"), 0);
    }
}
