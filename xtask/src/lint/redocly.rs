//! What OpenAPI itself demands, by Redocly, which needs Node.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{is_there, skip};

const PACKAGE: &str = "@redocly/cli@2.77.0";
const RULES: &str = "recommended-strict";

/// Runs `redocly lint`. Without Node it says loudly that it did not; in CI that is an error.
pub fn run(root: &Path) -> Result<()> {
    if !is_there("npm", "--version") {
        return skip("Redocly's look at openapi.yaml", "npm (Node.js) is missing");
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
