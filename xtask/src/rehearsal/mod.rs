//! The loop of the README, "Add an operation", gone through on a copy: edit the contract, generate, let the compiler
//! say what is missing, write it, test it. Counts the files that a hand had to touch.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::copy::{self, Files};
use crate::process::{Said, is_there, skip};
use crate::{breaking, codegen, lint};

const CONTRACT: &str = "openapi.yaml";
const TAG: &str = "server/src/api/auth.rs";
const TESTS: &str = "tests/it/auth/password.rs";

/// What is put before a line of a file by hand.
const EDITS: [(&str, &str, &str); 5] = [
    (
        CONTRACT,
        "  /v0/auth/logout:\n",
        include_str!("openapi-path.yaml"),
    ),
    (
        CONTRACT,
        "    SignInResult:\n",
        include_str!("openapi-schema.yaml"),
    ),
    (TAG, "    async fn login(\n", include_str!("method.rs.txt")),
    (TESTS, "async fn forget(", include_str!("test.rs.txt")),
    (
        TESTS,
        "        a_forgotten_password_is_set_anew_by_mail,\n",
        "        the_rule_for_passwords_can_be_read,\n",
    ),
];

/// Goes through the loop; answers nothing, but fails where a step is not what the README says.
pub fn run_loop(root: &Path) -> Result<()> {
    let outcome = rehearse(root);
    // Cargo cannot tell the copy's crates from ours: they must not be left where ours are looked for.
    let mut clean = vec!["clean", "--quiet"];
    for ours in [
        "accord-client",
        "accord-server",
        "contract",
        "contract-tests",
        "implementer",
    ] {
        clean.extend(["-p", ours]);
    }
    let cleaned = cargo(root, root, &clean)?;
    ensure!(cleaned.status.success(), "{}", cleaned.text);
    outcome
}

fn rehearse(root: &Path) -> Result<()> {
    for (program, question) in [("java", "-version"), ("python3", "--version")] {
        if !is_there(program, question) {
            return skip(
                "the loop of adding an operation",
                &format!("{program} is missing"),
            );
        }
    }
    let copy = root.join("target/rehearsal");
    let files = copy::make(root, &copy)?;

    edit(&copy, CONTRACT)?;
    let (former, present) = (codegen::contract(root)?, codegen::contract(&copy)?);
    lint::check_rules(&present)?;
    let broken = breaking::compare(&former, &present);
    ensure!(
        broken.is_empty(),
        "a new operation breaks nobody: {broken:?}"
    );
    println!("1. the operation is in {CONTRACT}");

    lend_generator(root, &copy)?;
    codegen::run(&copy, false)?;
    println!("2. cargo xtask codegen");

    let checked = cargo(
        root,
        &copy,
        &["check", "--workspace", "--all-targets", "--quiet"],
    )?;
    ensure!(!checked.status.success(), "the compiler misses nothing");
    let missing = "missing: `get_password_policy`";
    ensure!(
        checked.text.contains(missing) && checked.text.contains(TAG),
        "the compiler does not say what is missing, and where:\n{}",
        checked.text
    );
    println!("3. cargo check: {missing} in {TAG}");

    edit(&copy, TAG)?;
    edit(&copy, TESTS)?;
    let test = [
        "test",
        "--workspace",
        "--test",
        "it",
        "--",
        "the_rule_for_passwords",
    ];
    let tested = cargo(root, &copy, &test)?;
    ensure!(
        tested.status.success() && tested.text.contains("the_rule_for_passwords_can_be_read"),
        "{}",
        tested.text
    );
    println!("4. cargo test: the operation answers");

    let (by_hand, generated) = changed(&copy, files)?;
    println!(
        "files edited by hand: {} ({})",
        by_hand.len(),
        names(&by_hand)
    );
    println!(
        "files generated: {} ({})",
        generated.len(),
        names(&generated)
    );
    let expected = [CONTRACT, TAG, TESTS].map(PathBuf::from);
    ensure!(by_hand == BTreeSet::from(expected), "it took other files");
    fs::remove_dir_all(&copy)?;
    Ok(())
}

fn edit(copy: &Path, file: &str) -> Result<()> {
    let path = copy.join(file);
    let mut text = fs::read_to_string(&path)?;
    for (_, line, addition) in EDITS.iter().filter(|(name, ..)| *name == file) {
        let place = text
            .find(line)
            .with_context(|| format!("{file} has no {line:?}"))?;
        text.insert_str(place, addition);
    }
    fs::write(path, text)?;
    Ok(())
}

/// The generator is not installed again for the copy.
fn lend_generator(root: &Path, copy: &Path) -> Result<()> {
    codegen::server::generator(&root.join("target/codegen"))?;
    let name = format!(
        "target/codegen/openapi-generator-{}",
        codegen::server::VERSION
    );
    fs::create_dir_all(copy.join("target/codegen"))?;
    #[cfg(unix)]
    if root.join(&name).exists() {
        std::os::unix::fs::symlink(root.join(&name), copy.join(&name))?;
    }
    Ok(())
}

/// In the copy, with what is built already.
fn cargo(root: &Path, copy: &Path, arguments: &[&str]) -> Result<Said> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    copy::cargo(copy, &target, arguments)
}

type Names = BTreeSet<PathBuf>;

/// What has changed: by hand, and by the generators.
fn changed(copy: &Path, files: Files) -> Result<(Names, Names)> {
    let mut all = Names::new();
    for (name, before) in files {
        if fs::read(copy.join(&name))? != before {
            all.insert(name);
        }
    }
    Ok(all.into_iter().partition(|name| !is_generated(name)))
}

fn is_generated(name: &Path) -> bool {
    let made = [
        "generated",
        "client/src/generated.rs",
        "xtask/generated.lock",
    ];
    made.iter().any(|made| name.starts_with(made))
}

fn names(files: &Names) -> String {
    let names: Vec<_> = files
        .iter()
        .map(|name| name.display().to_string())
        .collect();
    names.join(", ")
}
