//! Running other programs.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};

/// Runs quietly; what it said is shown if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let said = said(command)?;
    ensure!(said.status.success(), "{name} failed:\n{}", said.text);
    Ok(())
}

/// How a program ended, and what it wrote.
pub struct Said {
    pub status: ExitStatus,
    pub text: String,
}

/// Runs to the end.
pub fn said(command: &mut Command) -> Result<Said> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{name} does not start"))?;
    let text = [&output.stderr[..], &output.stdout].concat();
    Ok(Said {
        status: output.status,
        text: String::from_utf8_lossy(&text).into_owned(),
    })
}

/// The built server, without the settings that this process was given for itself: the server refuses unknown ones.
pub fn accord(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("ACCORD_") {
            command.env_remove(name);
        }
    }
    command
}

/// Whether this program is there and answers.
pub fn is_there(program: &str, question: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(question).stdin(Stdio::null());
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Says aloud that something is left out; where nothing may be left out, that is an error.
pub fn skip(what: &str, reason: &str) -> Result<()> {
    ensure!(!in_ci(), "{what}: {reason}, and CI must not skip it");
    eprintln!("SKIPPED: {what}: {reason}");
    Ok(())
}

pub fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}

/// Runs `install` unless it was done for this very list of packages.
pub fn once_for(list: &Path, stamp: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let text = fs::read(list).with_context(|| list.display().to_string())?;
    let hash: String = Sha256::digest(&text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if fs::read_to_string(stamp).is_ok_and(|done| done == hash) {
        return Ok(());
    }
    install()?;
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, hash)?;
    Ok(())
}

const NAME: &str = if cfg!(windows) {
    "accord.exe"
} else {
    "accord"
};

fn cargo_build(root: &Path) -> Command {
    let mut build = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.args(["build", "--quiet"]).current_dir(root);
    build
}

/// The built `accord`, running with its defaults, a data folder of its own and any free port. Dropping stops it.
pub struct Accord {
    child: Child,
    pub address: String,
}

impl Accord {
    /// Builds the program, unless `ACCORD_PROGRAM` names a built one; answers where it is.
    pub fn build(root: &Path) -> Result<PathBuf> {
        if let Some(program) = env::var_os("ACCORD_PROGRAM") {
            return fs::canonicalize(&program).context("ACCORD_PROGRAM");
        }
        // The whole workspace: its features are unified as in the tests.
        run(cargo_build(root).args(["--workspace", "--bins"]))?;
        Ok(env::current_exe()?.with_file_name(NAME))
    }

    /// The same, with the optimisations of a release.
    pub fn build_for_production(root: &Path) -> Result<PathBuf> {
        if env::var_os("ACCORD_PROGRAM").is_some() {
            return Self::build(root);
        }
        run(cargo_build(root).args(["--release", "-p", "accord-server", "--bins"]))?;
        let own = env::current_exe()?;
        let target = own.parent().and_then(Path::parent).context("no target")?;
        Ok(target.join("release").join(NAME))
    }

    /// Starts it. The data folder is emptied before.
    pub fn start(program: &Path, data: &Path, settings: &[(&str, &str)]) -> Result<Self> {
        if data.exists() {
            fs::remove_dir_all(data)?;
        }
        fs::create_dir_all(data)?;
        let mut command = accord(program);
        command
            .env("ACCORD_LISTEN", "127.0.0.1:0")
            .env("ACCORD_DATA_DIR", data)
            .env("ACCORD_LOG__FORMAT", "json")
            .envs(settings.iter().copied())
            .current_dir(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().context("accord does not start")?;
        let output = child.stdout.take().context("accord's log")?;
        let mut lines = BufReader::new(output).lines();
        let mut running = Self {
            child,
            address: String::new(),
        };
        for line in lines.by_ref() {
            let line: serde_json::Value = serde_json::from_str(&line?)?;
            if line["message"] == "listening" {
                line["address"]
                    .as_str()
                    .context("an address")?
                    .clone_into(&mut running.address);
                // A pipe that nobody reads stops who writes to it.
                std::thread::spawn(move || lines.count());
                return Ok(running);
            }
        }
        bail!("accord has ended instead of listening")
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Accord {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
