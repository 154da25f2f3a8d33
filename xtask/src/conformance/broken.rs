//! Whether the gate sees anything: between server and tool something breaks one promise at a time.

use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::Engine;
use super::server::{self, Limits, Server};
use super::tool::{Phases, Role, Run, Tool};

/// A way of `breaker.py`, the operation that shows it, and what the report must hold then: a code of Schemathesis (`st
/// explain ST201`) or a check of ours. `none` breaks nothing.
const WAYS: [(&str, &str, Option<&str>); 8] = [
    ("none", "update_me", None),
    ("validation", "update_me", Some("ST201")),
    ("auth", "get_totp_status", Some("ST401")),
    ("field", "get_profile_by_handle", Some("ST108")),
    ("address", "get_profile_by_handle", Some("only_ones_own")),
    ("header", "get_me", Some("ST107")),
    ("protection", "get_me", Some("protective_headers")),
    ("owner", "revoke_session", Some("only_ones_own")),
];
const PATIENCE: Duration = Duration::from_secs(10);

/// Fails where the gate stays green though something is broken.
pub fn run(tool: &Tool, binary: &Path, home: &Path) -> Result<()> {
    let server = Server::start(binary, home, Engine::Sqlite, Limits::Raised)?;
    let server = server.context("SQLite is always there")?;
    for (way, operation, expected) in WAYS {
        let report = through(tool, &server, way, operation)?;
        match expected {
            None => ensure!(
                report.is_green,
                "{}\nnothing is broken, yet the gate is red",
                report.text
            ),
            Some(expected) => ensure!(
                !report.is_green && report.text.contains(expected),
                "{}\n{way} is broken, and the gate does not say {expected:?}",
                report.text
            ),
        }
        println!(
            "conformance, {way} broken at {operation}: {}",
            expected.unwrap_or("green")
        );
    }
    server.stop()?;
    Ok(())
}

struct Report {
    is_green: bool,
    text: String,
}

/// A short run through a breaker.
fn through(tool: &Tool, server: &Server, way: &str, operation: &str) -> Result<Report> {
    let port = server::free_port()?;
    let _breaker = Breaker::start(tool, port, server.port, way)?;
    let run = Run {
        role: Role::User,
        limits: Limits::Raised,
        examples: 20,
        seed: 1,
        phases: Phases::Random,
        patience: 5.0,
    };
    let mut command = tool.command(server, &run, port)?;
    command.env("ACCORD_CONFORMANCE_URL", format!("http://127.0.0.1:{port}"));
    command.args([
        "--phases",
        "coverage,fuzzing",
        "--include-operation-id",
        operation,
    ]);
    let status = command.status().context("schemathesis does not start")?;
    Ok(Report {
        is_green: status.success(),
        text: std::fs::read_to_string(server.home.join("report.txt"))?,
    })
}

struct Breaker(Child);

impl Breaker {
    fn start(tool: &Tool, port: u16, server: u16, way: &str) -> Result<Self> {
        let mut python = tool.python("breaker.py");
        python.args([&port.to_string(), &server.to_string(), way]);
        let child = python.stdin(Stdio::null()).spawn();
        let breaker = Self(child.context("the breaker does not start")?);
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            ensure!(Instant::now() < deadline, "the breaker does not listen");
            sleep(Duration::from_millis(20));
        }
        Ok(breaker)
    }
}

impl Drop for Breaker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
