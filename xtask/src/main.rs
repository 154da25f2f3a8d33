//! The repository's chores: `cargo xtask help`.

mod breaking;
mod codegen;
mod conformance;
mod copy;
mod defects;
mod dependencies;
mod faults;
mod frontends;
mod lint;
mod process;
mod rehearsal;
mod security;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The repository's chores")]
enum Task {
    /// Generate the server's contract crate and the client from openapi.yaml
    Codegen {
        /// Change nothing; fail if anything would change
        #[arg(long)]
        check: bool,
    },
    /// Hold openapi.yaml to the house rules
    Lint,
    /// Generate clients from openapi.yaml by the generators of others, and call the server with them
    Frontends {
        /// Only these
        generators: Vec<String>,
    },
    /// Say what of a former contract the present one breaks; fail where its version does not
    Breaking {
        /// The revision to compare with (default: last release, else origin/main, else the commit before)
        #[arg(long, value_name = "REV")]
        base: Option<String>,
    },
    /// Break what the server stands on while it works, and count what is lost
    Faults {
        /// Few rounds: minutes in all
        #[arg(long)]
        short: bool,
        /// Only these
        names: Vec<String>,
    },
    /// A part of faults: readers of an event stream
    #[command(hide = true)]
    FaultsReaders {
        address: String,
        readers: usize,
        events: usize,
    },
    /// Measure the server beside a bare one (`-- --help` tells what can be chosen)
    Bench {
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Plant defects in a copy of the repository, one at a time, and see that the tests notice
    Defects {
        /// Only those whose name holds one of these
        names: Vec<String>,
    },
    /// Add an operation to a copy of the repository, step by step as the README says
    Rehearse,
    /// Play stories with the server in headless Chromium
    Browser,
    /// Hold the running server to the contract, with Schemathesis
    Conformance(conformance::Options),
    /// Hold the dependencies to .cargo/deny.toml: licences, bans, sources
    Dependencies(dependencies::Options),
    /// Show which test meets each security requirement, and how it went
    SecurityReport(security::Options),
}

fn main() -> Result<()> {
    match Task::parse() {
        Task::Codegen { check } => codegen::run(&root(), check),
        Task::Lint => lint::run(&root()),
        Task::Faults { short, names } => faults::run(&root(), short, &names),
        Task::FaultsReaders {
            address,
            readers,
            events,
        } => faults::read_all(&address, readers, events),
        Task::Breaking { base } => breaking::run(&root(), base.as_deref()),
        Task::Bench { arguments } => bench(&arguments),
        Task::Defects { names } => defects::run(&root(), &names),
        Task::Rehearse => rehearsal::run_loop(&root()),
        Task::Browser => frontends::run_stories(&root()),
        Task::Frontends { generators } => frontends::run_all(&root(), &generators),
        Task::Dependencies(options) => dependencies::run(&root(), &options),
        Task::SecurityReport(options) => security::run(&root(), &options),
        Task::Conformance(options) => conformance::run(&root(), &options),
    }
}

/// Built as for production; the benchmarks are the server crate's.
fn bench(arguments: &[String]) -> Result<()> {
    let status = Command::new("cargo")
        .args(["bench", "-p", "accord-server", "--bench", "bench", "--"])
        .args(arguments)
        .current_dir(root())
        .status()?;
    anyhow::ensure!(status.success(), "cargo bench has failed");
    Ok(())
}

/// The repository.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}
