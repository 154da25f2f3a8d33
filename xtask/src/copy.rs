//! A copy of the tree, to do things to that the tree itself is spared.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::process::{Said, said};

/// The files of a tree, by their path in it.
pub type Files = Vec<(PathBuf, Vec<u8>)>;

/// Makes a folder hold the files that git knows, or would, and nothing else; answers them as they are now. What the
/// folder has already is not written again: who builds there builds what has changed.
pub fn make(root: &Path, copy: &Path) -> Result<Files> {
    let files = files(root)?;
    for (name, content) in &files {
        let target = copy.join(name);
        if fs::read(&target).ok().as_ref() != Some(content) {
            fs::create_dir_all(target.parent().context("a folder")?)?;
            fs::write(target, content)?;
        }
    }
    let known: BTreeSet<_> = files.iter().map(|(name, _)| name.as_path()).collect();
    remove_others(copy, Path::new(""), &known)?;
    Ok(files)
}

/// Those that git knows, or would.
pub fn files(root: &Path) -> Result<Files> {
    let listed = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let listed = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(listed)
        .output();
    let listed = String::from_utf8(listed.context("git")?.stdout)?;
    let names = listed.split_terminator('\0').map(PathBuf::from);
    // Without those that are deleted, and not committed yet.
    let files: Files = names
        .filter_map(|name| Some((name.clone(), fs::read(root.join(name)).ok()?)))
        .collect();
    ensure!(
        !files.is_empty(),
        "{} is no clone of the repository",
        root.display()
    );
    Ok(files)
}

fn remove_others(copy: &Path, below: &Path, known: &BTreeSet<&Path>) -> Result<()> {
    for entry in fs::read_dir(copy.join(below))? {
        let entry = entry?;
        let name = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            remove_others(copy, &name, known)?;
        } else if !known.contains(&*name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Runs cargo in the copy, building in a folder.
pub fn cargo(copy: &Path, target: &Path, arguments: &[&str]) -> Result<Said> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(copy);
    said(command.env("CARGO_TARGET_DIR", target))
}
