//! What OpenAPI itself demands, by Redocly, which needs Node.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

const PACKAGE: &str = "@redocly/cli@2.77.0";
const RULES: &str = "recommended-strict";

/// Runs `redocly lint`. Without Node it says loudly that it did not; in CI that is an error.
pub fn run(root: &Path) -> Result<()> {
    let node = Command::new("npm")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !node.is_ok_and(|status| status.success()) {
        ensure!(!in_ci(), "npm is missing, and CI must not skip Redocly");
        eprintln!(
            "SKIPPED: Redocly did not look at openapi.yaml, because npm (Node.js) is missing"
        );
        return Ok(());
    }
    let home = root.join("target").join(PACKAGE.replace(['@', '/'], "_"));
    let binary = home.join("node_modules/.bin/redocly");
    if !binary.exists() {
        std::fs::create_dir_all(&home)?;
        let mut install = Command::new("npm");
        install.args([
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--silent",
        ]);
        let status = install
            .arg("--prefix")
            .arg(&home)
            .arg(PACKAGE)
            .status()
            .context("npm install")?;
        ensure!(status.success(), "npm cannot install {PACKAGE}");
    }
    let status = Command::new(&binary)
        .args([
            "lint",
            "openapi.yaml",
            "--format",
            "stylish",
            "--extends",
            RULES,
        ])
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
        .current_dir(root)
        .status()
        .context("redocly")?;
    ensure!(status.success(), "Redocly refuses openapi.yaml");
    Ok(())
}

fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}
