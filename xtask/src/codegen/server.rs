//! Runs openapi-generator with our templates.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::process::run;

/// The version that the templates are written for; its variables change between versions.
pub const VERSION: &str = "7.26.0";

const PACKAGE: &str = "openapi-generator-cli";

/// The files of the crate `contract`, by their path from the repository's root.
pub fn generate(root: &Path, prepared: &Value) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let scratch = root.join("target/codegen");
    let (spec, output) = (scratch.join("openapi.json"), scratch.join("contract"));
    if output.exists() {
        fs::remove_dir_all(&output)?;
    }
    fs::create_dir_all(&output)?;
    fs::write(&spec, serde_json::to_vec_pretty(prepared)?)?;
    let templates = root.join("xtask/templates");
    let mut generate = Command::new(generator(&scratch)?);
    generate
        .arg("generate")
        .arg("--config")
        .arg(templates.join("config.yaml"));
    generate.arg("--template-dir").arg(&templates);
    generate
        .arg("--input-spec")
        .arg(&spec)
        .arg("--output")
        .arg(&output);
    run(&mut generate)?;
    run(Command::new("rustfmt")
        .args(["--edition", "2024"])
        .arg(output.join("src/lib.rs")))?;
    let mut files = BTreeMap::new();
    collect(&output, Path::new("generated"), &mut files)?;
    Ok(files)
}

/// What there is below `folder`, as if it were below `named`. The generator's own notes begin with a dot.
pub fn collect(folder: &Path, named: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, named) = (entry.path(), named.join(entry.file_name()));
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        } else if entry.file_type()?.is_dir() {
            collect(&path, &named, files)?;
        } else {
            files.insert(named, fs::read(path)?);
        }
    }
    Ok(())
}

/// `OPENAPI_GENERATOR`, else the one on the PATH, else one of our own.
pub fn generator(scratch: &Path) -> Result<PathBuf> {
    let mut java = Command::new("java");
    java.arg("-version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !java.status().is_ok_and(|status| status.success()) {
        bail!("codegen runs openapi-generator {VERSION}, which needs Java 11 or newer on the PATH");
    }
    if let Some(named) = env::var_os("OPENAPI_GENERATOR") {
        let named = PathBuf::from(named);
        let found =
            version(&named).with_context(|| format!("OPENAPI_GENERATOR={}", named.display()))?;
        ensure!(
            found == VERSION,
            "OPENAPI_GENERATOR is version {found}, the templates need {VERSION}"
        );
        return Ok(named);
    }
    let venv = scratch.join(format!("openapi-generator-{VERSION}"));
    let own = venv.join("bin").join(PACKAGE);
    for candidate in [PathBuf::from(PACKAGE), own.clone()] {
        if version(&candidate).is_ok_and(|found| found == VERSION) {
            return Ok(candidate);
        }
    }
    let install = || {
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&venv))?;
        let package = format!("{PACKAGE}=={VERSION}");
        run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", &package]))
    };
    install().context("openapi-generator is not on the PATH and python3 could not install it")?;
    Ok(own)
}

fn version(generator: &Path) -> Result<String> {
    let output = Command::new(generator).arg("version").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
