//! Schemathesis, in an environment of its own.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::server::{Limits, Server};
use super::tally::{TELLING, Tally};
use crate::process;

/// How often a run says how far it is.
const PAUSE: Duration = Duration::from_secs(30);
const REPORT: &str = "report.txt";
const TALLY: &str = "tally.json";

/// As whom the requests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    User,
    Nobody,
}

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phases {
    /// Examples and boundary values of the contract, too.
    All,
    /// What chance makes up, and steps one after the other.
    Random,
    /// Steps only.
    Steps,
}

/// One run of the tool.
pub struct Run {
    pub role: Role,
    pub limits: Limits,
    pub examples: u32,
    pub seed: u64,
    pub phases: Phases,
    /// What an answer may take, in seconds.
    pub patience: f64,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            role,
            limits,
            examples,
            seed,
            ..
        } = self;
        write!(
            f,
            "as {role:?}, limits {limits:?}, seed {seed}, {examples} examples each"
        )
    }
}

pub struct Outcome {
    pub is_green: bool,
    pub seconds: u64,
    pub report: PathBuf,
    pub tally: PathBuf,
}

pub struct Tool {
    venv: PathBuf,
    /// The configuration and the hooks.
    folder: PathBuf,
    contract: PathBuf,
}

impl Tool {
    /// Installs what `requirements.txt` pins. Without Python it says loudly that it did not; in CI that is an error.
    pub fn install(root: &Path, home: &Path) -> Result<Option<Self>> {
        if !process::is_there("python3", "--version") {
            process::skip("conformance", "python3 is missing")?;
            return Ok(None);
        }
        let folder = root.join("xtask/conformance");
        let (venv, requirements) = (home.join("venv"), folder.join("requirements.txt"));
        process::once_for(&requirements, &venv.join("installed"), || {
            let mut make = Command::new("python3");
            process::run(make.args(["-m", "venv", "--clear"]).arg(&venv))?;
            let mut pip = Command::new(venv.join("bin/pip"));
            pip.args(["install", "--quiet", "--disable-pip-version-check", "-r"]);
            process::run(pip.arg(&requirements))
        })?;
        Ok(Some(Self {
            venv,
            folder,
            contract: root.join("openapi.yaml"),
        }))
    }

    /// Sends what the contract allows and forbids; says from time to time how far it is, in the name of `who`.
    pub fn run(&self, server: &Server, run: &Run, who: &str) -> Result<Outcome> {
        let start = Instant::now();
        let mut tool = self.command(server, run, server.port)?;
        tool.args(["--phases", run.phases.names()]);
        let mut child = tool.spawn().context("schemathesis does not start")?;
        let mut said = start;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            sleep(Duration::from_millis(200));
            if said.elapsed() >= PAUSE {
                said = Instant::now();
                say(&server.home, run, who, start.elapsed().as_secs());
            }
        };
        Ok(Outcome {
            is_green: status.success(),
            seconds: start.elapsed().as_secs(),
            report: server.home.join(REPORT),
            tally: server.home.join(TALLY),
        })
    }

    /// A run that sends its requests to this port: the server's, or that of something before it.
    pub fn command(&self, server: &Server, run: &Run, port: u16) -> Result<Command> {
        let tally = server.home.join(TALLY);
        if tally.exists() {
            fs::remove_file(&tally)?;
        }
        let output = File::create(server.home.join(REPORT))?;
        let mut tool = Command::new(self.venv.join("bin/st"));
        tool.arg("--config-file")
            .arg(self.config(server, run)?)
            .arg("run")
            .arg(&self.contract)
            .args(["--url", &format!("http://127.0.0.1:{port}")])
            .args(["--max-examples", &run.examples.to_string()])
            .args(["--seed", &run.seed.to_string()])
            .args(["--checks", "all", "--workers", "1", "--no-color"]);
        let (role, limited) = (run.role.name(), (run.limits == Limits::Real).to_string());
        tool.env("ACCORD_CONFORMANCE_URL", server.url())
            .env("ACCORD_CONFORMANCE_AS", role)
            .env("ACCORD_CONFORMANCE_LIMITED", limited)
            .env(
                "ACCORD_CONFORMANCE_PROVIDER_PORT",
                server.provider_port.to_string(),
            )
            .env("ACCORD_CONFORMANCE_TALLY", &tally)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("http_proxy")
            .current_dir(&server.home)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        Ok(tool)
    }

    /// The interpreter of the environment, with a program from beside the hooks.
    pub fn python(&self, program: &str) -> Command {
        let mut python = Command::new(self.venv.join("bin/python"));
        python
            .arg(self.folder.join(program))
            .env("PYTHONDONTWRITEBYTECODE", "1");
        python
    }

    /// The committed configuration with the run's patience and, where refusals are the point, without the warnings that
    /// little is accepted.
    fn config(&self, server: &Server, run: &Run) -> Result<PathBuf> {
        let text = fs::read_to_string(self.folder.join("schemathesis.toml"))?;
        let mut config: toml::Table = text.parse().context("schemathesis.toml")?;
        let hooks = self.folder.join("hooks.py").display().to_string();
        config.insert("hooks".into(), hooks.into());
        let mut silent = Vec::new();
        if run.role == Role::Nobody {
            silent.extend([
                "missing_auth",
                "missing_test_data",
                "validation_mismatch",
                "low_valid_rate",
            ]);
        }
        if run.limits == Limits::Real {
            silent.push("rate_limited");
        }
        // Of a few requests, most may be among those that are left as they were made up. What was accepted of all the
        // seeds together is counted by the tally, and held to the same share.
        if run.examples < TELLING {
            silent.extend(["missing_test_data", "validation_mismatch", "low_valid_rate"]);
        }
        for list in ["display", "fail-on"] {
            let warnings = config.get_mut("warnings").and_then(|it| it.get_mut(list));
            let warnings = warnings.and_then(toml::Value::as_array_mut).context(list)?;
            warnings.retain(|warning| !warning.as_str().is_some_and(|name| silent.contains(&name)));
        }
        let checks = config.get_mut("checks").and_then(toml::Value::as_table_mut);
        let checks = checks.context("checks")?;
        checks.insert("max_response_time".into(), run.patience.into());
        let written = server.home.join("schemathesis.toml");
        fs::write(&written, config.to_string())?;
        Ok(written)
    }
}

/// How far a run is.
fn say(home: &Path, run: &Run, who: &str, seconds: u64) {
    // It is written every few seconds; there may be none yet.
    if let Ok(tally) = Tally::read(&home.join(TALLY)) {
        let now = tally.now.as_deref().unwrap_or("the end");
        println!(
            "… {who} {run}: {} requests in {seconds}s, at {now}",
            tally.sent()
        );
    }
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Nobody => "nobody",
        }
    }
}

impl Phases {
    fn names(self) -> &'static str {
        match self {
            Self::All => "examples,coverage,fuzzing,stateful",
            Self::Random => "fuzzing,stateful",
            Self::Steps => "stateful",
        }
    }
}
