//! Holds the running server to the contract: Schemathesis sends what the contract allows and what it forbids, to the
//! built binary, on each engine, as a signed-in user and as nobody.

mod server;
mod tool;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, ValueEnum};
use serde::Deserialize;
use server::{Limits, Server};
use tool::{Role, Run, Tool};

/// Share of the requests meant to be accepted that are; below it the gate would look at refusals only. Each operation
/// leaves every fifth such request as it was generated, with tokens and passwords that nobody has.
const ACCEPTED: f64 = 0.6;

/// Fewer requests say nothing about a share.
const ENOUGH: u64 = 30;

#[derive(Args)]
pub struct Options {
    /// A thousand examples an operation
    #[arg(long, conflicts_with = "short")]
    long: bool,
    /// Few examples an operation: what continuous integration has time for (the default)
    #[arg(long)]
    short: bool,
    /// On this engine only
    #[arg(long)]
    engine: Option<Engine>,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What was sent to one operation, as the hooks count it.
#[derive(Deserialize)]
struct Tally {
    sent: u64,
    positive: u64,
    accepted: u64,
}

/// Runs the gate; an error is a red one.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| root.join("target"), |named| root.join(named));
    let home = target.join("conformance");
    fs::create_dir_all(&home)?;
    let Some(tool) = Tool::install(root, &home)? else {
        return Ok(());
    };
    let binary = server::build(root, &home)?;
    let engines = [Engine::Sqlite, Engine::Postgres];
    let engines = engines
        .into_iter()
        .filter(|engine| options.engine.is_none_or(|only| only == *engine));
    // Each engine has a server and a tool of its own, and one processor to itself.
    let failed = std::thread::scope(|scope| {
        let runs = engines.map(|engine| {
            let (tool, binary, home) = (&tool, &binary, &home);
            scope.spawn(move || on_engine(tool, binary, home, engine, options))
        });
        let runs: Vec<_> = runs.collect();
        let outcomes = runs.into_iter().map(|run| match run.join() {
            Ok(outcome) => outcome,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        outcomes.collect::<Result<Vec<_>>>()
    })?;
    let failed = failed.concat();
    ensure!(
        failed.is_empty(),
        "the server breaks its contract: {failed:?}"
    );
    Ok(())
}

/// All runs on one engine. Returns those that found something.
fn on_engine(
    tool: &Tool,
    binary: &Path,
    home: &Path,
    engine: Engine,
    options: &Options,
) -> Result<Vec<String>> {
    let examples: u32 = if options.long { 1000 } else { 12 };
    let plan = [
        (Role::User, Limits::Raised, examples),
        (Role::Nobody, Limits::Raised, examples.div_ceil(2)),
        // What a limit answers keeps the contract, too.
        (Role::Nobody, Limits::Real, 5),
    ];
    let mut failed = Vec::new();
    for (role, limits, examples) in plan {
        let Some(server) = Server::start(binary, home, engine, limits)? else {
            break;
        };
        let run = Run {
            role,
            limits,
            examples,
            seed: options.seed,
        };
        if !one(tool, &server, engine, &run)? {
            failed.push(format!("{engine:?} {role:?} {limits:?}"));
        }
        server.stop()?;
    }
    Ok(failed)
}

/// One run of the tool against one server. False when it found something.
fn one(tool: &Tool, server: &Server, engine: Engine, run: &Run) -> Result<bool> {
    let outcome = tool.run(server, run)?;
    let tally: BTreeMap<String, Tally> =
        serde_json::from_slice(&fs::read(&outcome.tally).context("the hooks left no tally")?)?;
    let sent: u64 = tally.values().map(|tally| tally.sent).sum();
    let few = if run.limits == Limits::Raised && run.role == Role::User {
        rarely_accepted(&tally)
    } else {
        Vec::new()
    };
    let good = outcome.is_green && few.is_empty();
    println!(
        "conformance {engine:?} as {:?}, limits {:?}: {} operations, {} examples each, {sent} requests in {}s: {}",
        run.role,
        run.limits,
        tally.len(),
        run.examples,
        outcome.seconds,
        if good { "0 failures" } else { "FAILED" }
    );
    if !outcome.is_green {
        print!("{}", fs::read_to_string(&outcome.report)?);
    }
    for finding in few {
        println!("  {finding}");
    }
    if tally.is_empty() {
        bail!("nothing was sent");
    }
    Ok(good)
}

fn rarely_accepted(tally: &BTreeMap<String, Tally>) -> Vec<String> {
    let rare = tally.iter().filter(|(_, tally)| {
        tally.positive >= ENOUGH && (tally.accepted as f64) < ACCEPTED * tally.positive as f64
    });
    rare.map(|(operation, tally)| {
        let Tally {
            positive, accepted, ..
        } = tally;
        format!("{operation}: only {accepted} of {positive} good requests were accepted")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_that_mostly_refuses_is_found() {
        let tally = |accepted| Tally {
            sent: 200,
            positive: 100,
            accepted,
        };
        let counts = BTreeMap::from([
            ("good".to_owned(), tally(60)),
            ("bad".to_owned(), tally(59)),
        ]);
        let found = rarely_accepted(&counts);
        assert_eq!(found, ["bad: only 59 of 100 good requests were accepted"]);
    }
}
