//! The requirements that tests name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

/// A test and what it names.
#[derive(Debug, PartialEq, Eq)]
pub struct Label {
    pub test: String,
    /// As written above the test.
    written: BTreeSet<String>,
    /// As spelled in its name, where `d6` may be D6 or D-6.
    spelled: BTreeSet<String>,
}

impl Label {
    pub fn names(&self, id: &str, known: &BTreeSet<&str>) -> bool {
        self.written.contains(id)
            || self
                .spelled
                .iter()
                .any(|spelled| resolve(spelled, known).as_deref() == Some(id))
    }

    pub fn unknown<'a>(&'a self, known: &BTreeSet<&str>) -> Vec<&'a str> {
        let written = self.written.iter().filter(|id| !known.contains(&***id));
        let spelled = self
            .spelled
            .iter()
            .filter(|spelled| resolve(spelled, known).is_none());
        written.chain(spelled).map(String::as_str).collect()
    }
}

/// `T4` is T-4, `D6` is D6, `11.3` stands for its first row.
fn resolve(spelled: &str, known: &BTreeSet<&str>) -> Option<String> {
    let dashed = format!("{}-{}", &spelled[..1], &spelled[1..]);
    let first = format!("{spelled}.1");
    [spelled.to_owned(), dashed, first]
        .into_iter()
        .find(|id| known.contains(&**id))
}

/// The tests below `folders` that name a requirement.
pub fn find(root: &Path, folders: &[&str]) -> Result<Vec<Label>> {
    let mut labels = Vec::new();
    for folder in folders {
        walk(&root.join(folder), &mut labels)?;
    }
    Ok(labels)
}

fn walk(folder: &Path, labels: &mut Vec<Label>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("node_modules") {
            walk(&path, labels)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read(&fs::read_to_string(&path)?, labels);
        }
    }
    Ok(())
}

/// The functions of one file, each with the lines above it. What is no test has no result in the end.
pub fn read(text: &str, labels: &mut Vec<Label>) {
    static FUNCTION: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:async )?fn ([a-z0-9_]+)\("));
    let (mut above, mut is_test) = (BTreeSet::new(), false);
    for line in text.lines() {
        let trimmed = line.trim_start();
        if let Some(doc) = trimmed.strip_prefix("///") {
            if doc.contains("SECURITY:") {
                written(doc, &mut above);
            }
        } else if trimmed.starts_with("#[") {
            is_test |= trimmed.contains("test");
        } else {
            if let Some(function) = FUNCTION.captures(line) {
                let label = Label {
                    test: function[1].to_owned(),
                    written: std::mem::take(&mut above),
                    spelled: if is_test || line.contains("Stage)") || line.contains("TestServer)") {
                        spelled(&function[1])
                    } else {
                        BTreeSet::new()
                    },
                };
                if !label.written.is_empty() || !label.spelled.is_empty() {
                    labels.push(label);
                }
            }
            above.clear();
            is_test = false;
        }
    }
}

/// Ids as the list has them; `3.4.3–3.4.5` is a range.
fn written(doc: &str, ids: &mut BTreeSet<String>) {
    static ID: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\b(?:(\d+\.\d+\.)(\d+)(?:–\d+\.\d+\.(\d+))?|([A-Z]-?\d+))\b"));
    for found in ID.captures_iter(doc) {
        if let Some(id) = found.get(4) {
            ids.insert(id.as_str().to_owned());
        } else if let Ok(first) = found[2].parse::<u32>() {
            let last = found.get(3).and_then(|last| last.as_str().parse().ok());
            ids.extend((first..=last.unwrap_or(first)).map(|row| format!("{}{row}", &found[1])));
        }
    }
}

/// Ids at the front of a name: `q3_q7_…`, `asvs_6_2_4_…`, `s7_4_1_…`.
fn spelled(name: &str) -> BTreeSet<String> {
    static ASVS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:asvs_|s)(\d+)_(\d+)(?:_(\d+))?_[a-z]"));
    static LETTERS: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:[a-z]\d+_)+"));
    if let Some(found) = ASVS.captures(name) {
        let numbers = found.iter().skip(1).flatten();
        let numbers: Vec<&str> = numbers.map(|number| number.as_str()).collect();
        return [numbers.join(".")].into();
    }
    let front = LETTERS.find(name).map_or("", |front| front.as_str());
    let ids = front.split('_').filter(|id| !id.is_empty());
    ids.map(str::to_uppercase).collect()
}

#[allow(clippy::expect_used)] // the tests use each of them
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}
