//! Holds the running server to the contract: Schemathesis sends what the contract allows and what it forbids, to the
//! built binary, on each engine, as a signed-in user and as nobody.

mod broken;
mod server;
mod tally;
mod tool;

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use server::{Limits, Server};
use tally::Tally;
use tool::{Outcome, Phases, Role, Run, Tool};

use crate::lint::contract::{Contract, entries};

#[derive(Args)]
pub struct Options {
    /// A thousand examples an operation, against a build for production
    #[arg(long, conflicts_with = "short")]
    long: bool,
    /// Few examples of many seeds: what continuous integration has time for (the default)
    #[arg(long)]
    short: bool,
    /// Breaks answers between server and tool, one way after the other: each must turn the gate red
    #[arg(long, conflicts_with_all = ["long", "short", "engine", "seeds", "examples"])]
    broken: bool,
    /// On this engine only
    #[arg(long)]
    engine: Option<Engine>,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// So many seeds from there on, which share the examples
    #[arg(long)]
    seeds: Option<u32>,
    /// So many examples an operation
    #[arg(long)]
    examples: Option<u32>,
    /// What an answer may take at most, in seconds [default: 1, and 5 for a build without optimisations]
    #[arg(long, value_name = "SECONDS")]
    patience: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// From so many examples on, chance must have followed every link to a success.
const ENOUGH: u32 = 1000;

/// So many seeds more than asked for are given to the links that chance has left out.
const FURTHER: u64 = 6;

/// How the server is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

/// What is run on each engine.
struct Plan {
    profile: Profile,
    seeds: Vec<u64>,
    /// As a user, over all seeds.
    examples: u32,
    /// What an answer may take, in seconds.
    patience: f64,
    /// Every link must lead to a success: takes many examples.
    links: Option<Vec<String>>,
}

impl Plan {
    fn new(root: &Path, options: &Options) -> Result<Self> {
        let (profile, seeds, examples, patience) = if options.long {
            (Profile::Release, 2, 1000, 1.0)
        } else {
            (Profile::Dev, 10, 50, 5.0)
        };
        let chosen = options.examples.unwrap_or(examples);
        let seeds = options.seeds.unwrap_or(seeds).max(1);
        Ok(Self {
            profile,
            seeds: (0..seeds)
                .map(|more| options.seed + u64::from(more))
                .collect(),
            examples: chosen,
            patience: options.patience.unwrap_or(patience),
            links: (chosen >= ENOUGH).then(|| links(root)).transpose()?,
        })
    }

    /// A run as a user, of one seed: together the seeds make all the examples.
    fn as_user(&self, seed: u64, phases: Phases) -> Run {
        let count = u32::try_from(self.seeds.len()).unwrap_or(u32::MAX);
        Run {
            role: Role::User,
            limits: Limits::Raised,
            examples: self.examples.div_ceil(count),
            seed,
            phases,
            patience: self.patience,
        }
    }

    fn runs(&self) -> impl Iterator<Item = Run> {
        let first = self.seeds.first().copied().unwrap_or_default();
        let as_user = self.seeds.iter().map(move |&seed| {
            // What the other phases send is the same whatever the seed.
            let phases = if seed == first {
                Phases::All
            } else {
                Phases::Random
            };
            self.as_user(seed, phases)
        });
        // As nobody most operations answer 401 to everything: a quarter of the examples says as much.
        let as_nobody = Run {
            role: Role::Nobody,
            examples: self.examples.div_ceil(4),
            ..self.as_user(first, Phases::All)
        };
        // What a limit answers keeps the contract, too.
        let limited = Run {
            role: Role::Nobody,
            limits: Limits::Real,
            examples: 5,
            ..self.as_user(first, Phases::All)
        };
        as_user.chain([as_nobody, limited])
    }

    /// What is run as long as there are links that chance has not followed to a success.
    fn further_steps(&self) -> impl Iterator<Item = Run> {
        let last = self.seeds.last().copied().unwrap_or_default();
        (1..=FURTHER).map(move |more| self.as_user(last + more, Phases::Steps))
    }

    /// Links that never led to a success, where there were examples enough to expect it.
    fn unproven(&self, tally: &Tally) -> Vec<String> {
        let links = self.links.as_deref().unwrap_or_default();
        tally.leading_nowhere(links)
    }
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
    let plan = Plan::new(root, options)?;
    let binary = server::build(root, &home, plan.profile)?;
    if options.broken {
        return broken::run(&tool, &binary, &home);
    }
    let engines = [Engine::Sqlite, Engine::Postgres];
    let engines = engines
        .into_iter()
        .filter(|engine| options.engine.is_none_or(|only| only == *engine));
    // Each engine has a server and a tool of its own, and one processor to itself.
    let failed = std::thread::scope(|scope| {
        let runs = engines.map(|engine| {
            let (tool, binary, home, plan) = (&tool, &binary, &home, &plan);
            scope.spawn(move || on_engine(tool, binary, home, engine, plan))
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
        "the server breaks its contract: {failed:#?}"
    );
    Ok(())
}

/// All runs on one engine. Returns what was found.
fn on_engine(
    tool: &Tool,
    binary: &Path,
    home: &Path,
    engine: Engine,
    plan: &Plan,
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut as_user = Tally::default();
    let (mut seconds, mut requests) = (0, 0);
    for run in plan.runs().chain(plan.further_steps()) {
        if run.phases == Phases::Steps && plan.unproven(&as_user).is_empty() {
            break;
        }
        let Some(server) = Server::start(binary, home, engine, run.limits)? else {
            return Ok(found);
        };
        let outcome = tool.run(&server, &run, &format!("{engine:?}"))?;
        let tally = Tally::read(&outcome.tally)?;
        let memory = server.stop()?;
        ensure!(tally.sent() > 0, "nothing was sent");
        report(engine, &run, &outcome, &tally, memory)?;
        if !outcome.is_green {
            found.push(format!("{engine:?}: {run}"));
        }
        let stumbles = tally.stumbles.iter();
        found.extend(stumbles.map(|reason| format!("{engine:?}: {run}: a hook failed: {reason}")));
        seconds += outcome.seconds;
        requests += tally.sent();
        if run.role == Role::User {
            as_user.add(tally);
        }
    }
    let mut few = as_user.rarely_accepted();
    few.extend(as_user.rarely_sent(u64::from(plan.examples)));
    if as_user.steps() < u64::from(plan.examples) {
        few.push(format!(
            "only {} requests were steps after others",
            as_user.steps()
        ));
    }
    few.extend(plan.unproven(&as_user));
    found.extend(
        few.into_iter()
            .map(|finding| format!("{engine:?}: {finding}")),
    );
    println!(
        "conformance {engine:?}: {} operations, {} examples each, {} seeds, {requests} requests in {seconds}s; \
         {}% of the good ones accepted, {} steps after others, {} links followed: {} failures",
        as_user.operations(),
        plan.examples,
        plan.seeds.len(),
        as_user.accepted(),
        as_user.steps(),
        as_user.followed(),
        found.len()
    );
    Ok(found)
}

fn report(
    engine: Engine,
    run: &Run,
    outcome: &Outcome,
    tally: &Tally,
    memory: Option<u64>,
) -> Result<()> {
    let memory = memory.map_or_else(String::new, |memory| format!(", {memory} MiB at most"));
    println!(
        "conformance {engine:?} {run}: {} operations, {} requests in {}s{memory}: {}",
        tally.operations(),
        tally.sent(),
        outcome.seconds,
        if outcome.is_green {
            "0 failures"
        } else {
            "FAILED"
        }
    );
    if !outcome.is_green {
        print!("{}", fs::read_to_string(&outcome.report)?);
    }
    Ok(())
}

/// The links of the contract, as Schemathesis names them.
fn links(root: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(root.join("openapi.yaml"))?;
    let spec = serde_norway::from_str(&text)?;
    let contract = Contract::new(&spec);
    let operations = contract.operations();
    let mut found = Vec::new();
    for source in &operations {
        for (status, answer) in source.responses() {
            for (name, link) in entries(&answer["links"]) {
                let id = &contract.resolve(link)["operationId"];
                let target = operations.iter().find(|operation| operation.id() == *id);
                if let Some(target) = target {
                    found.push(format!("{source} -> [{status}] {name} -> {target}"));
                }
            }
        }
    }
    Ok(found)
}
