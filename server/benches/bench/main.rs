//! How fast it is: each figure beside that of a reference measured in the same run. `cargo xtask bench` builds and runs
//! it; `--quick` for a look that takes a minute or two, `--readme` to put the chart into README.md.
//!
//! The reference is a hand-written axum server that does the same queries and nothing else (`reference.rs`), so a
//! ratio of 1.0 means: all that Accord does besides costs nothing. Both are processes of their own, asked in turn by
//! the same generator of load, on the same machine and database.

// What is measured is the real time of real processes.
#![allow(clippy::disallowed_methods)]

mod engine;
mod fan_out;
mod flood;
mod load;
mod operations;
mod reference;
mod report;
mod search;
mod seed;
mod server;

use anyhow::Result;
use clap::Parser;

use engine::Engine;
use report::Report;

#[derive(Parser)]
struct Arguments {
    /// Short rounds and small numbers
    #[arg(long)]
    quick: bool,
    /// Only these parts
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Put the chart into README.md
    #[arg(long)]
    readme: bool,
    /// Given by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

/// How long to measure.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Rounds of each side; the median counts.
    pub rounds: usize,
    pub round: std::time::Duration,
    /// Accounts that searches and pages are measured with.
    pub sizes: &'static [u32],
    /// Subscribers of the event stream.
    pub crowds: &'static [usize],
}

const THOROUGH: Effort = Effort {
    rounds: 3,
    round: std::time::Duration::from_secs(1),
    sizes: &[1_000, 100_000, 1_000_000],
    crowds: &[100, 1_000, 10_000],
};

const QUICK: Effort = Effort {
    rounds: 3,
    round: std::time::Duration::from_millis(500),
    sizes: &[1_000, 20_000],
    crowds: &[100],
};

fn main() -> Result<()> {
    // The same program is the reference, and the readers of the event stream, each in a process of its own.
    if let Some(role) = server::role() {
        return role.play();
    }
    let arguments = Arguments::parse();
    let effort = if arguments.quick { QUICK } else { THOROUGH };
    let wanted =
        |part: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == part);
    let mut report = Report::new();
    for engine in Engine::present()? {
        if wanted("start") {
            server::measure_start(&engine, &mut report)?;
        }
        if wanted("operations") {
            operations::measure(&engine, effort, &mut report)?;
        }
        if wanted("sign-in") {
            flood::measure(&engine, effort, &mut report)?;
        }
        if wanted("search") {
            search::measure(&engine, effort, &mut report)?;
        }
        if wanted("stream") {
            fan_out::measure(&engine, effort, &mut report)?;
        }
    }
    if arguments.readme {
        report.write_chart()?;
    }
    Ok(())
}
