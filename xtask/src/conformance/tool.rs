//! Schemathesis, in an environment of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};

use super::server::{Limits, Server};
use crate::process;

/// As whom the requests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    User,
    Nobody,
}

/// One run of the tool.
pub struct Run {
    pub role: Role,
    pub limits: Limits,
    pub examples: u32,
    pub seed: u64,
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

    /// Sends what the contract allows and forbids.
    pub fn run(&self, server: &Server, run: &Run) -> Result<Outcome> {
        let report = server.home.join("report.txt");
        let tally = server.home.join("tally.json");
        if tally.exists() {
            fs::remove_file(&tally)?;
        }
        let output = File::create(&report)?;
        let start = Instant::now();
        let mut tool = Command::new(self.venv.join("bin/st"));
        tool.arg("--config-file")
            .arg(self.config(server, run)?)
            .arg("run")
            .arg(&self.contract)
            .args(["--url", &server.url()])
            .args(["--max-examples", &run.examples.to_string()])
            .args(["--seed", &run.seed.to_string()])
            .args(["--phases", "examples,coverage,fuzzing,stateful"])
            .args(["--checks", "all", "--workers", "1", "--no-color"]);
        let role = match run.role {
            Role::User => "user",
            Role::Nobody => "nobody",
        };
        let status = tool
            .env("ACCORD_CONFORMANCE_URL", server.url())
            .env("ACCORD_CONFORMANCE_AS", role)
            .env(
                "ACCORD_CONFORMANCE_LIMITED",
                (run.limits == Limits::Real).to_string(),
            )
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
            .stderr(output)
            .status()
            .context("schemathesis does not start")?;
        Ok(Outcome {
            is_green: status.success(),
            seconds: start.elapsed().as_secs(),
            report,
            tally,
        })
    }

    /// The committed configuration; where refusals are the point, without the warnings that nothing is accepted.
    fn config(&self, server: &Server, run: &Run) -> Result<PathBuf> {
        let text = fs::read_to_string(self.folder.join("schemathesis.toml"))?;
        let mut config: toml::Table = text.parse().context("schemathesis.toml")?;
        let hooks = self.folder.join("hooks.py").display().to_string();
        config.insert("hooks".into(), hooks.into());
        if run.role == Role::Nobody || run.limits == Limits::Real {
            config.remove("warnings");
        }
        let written = server.home.join("schemathesis.toml");
        fs::write(&written, config.to_string())?;
        Ok(written)
    }
}
