//! `cargo xtask faults`: breaks what the server stands on while it works, and counts what is lost.
//!
//! The program is the real one, its neighbours are real ones of this run alone, and everything happens on loopback.

mod api;
mod books;
mod cluster;
mod crowd;
mod disk;
mod frozen;
mod kill;
mod load;
mod mails;
mod names;
mod neighbours;
mod postgres;
mod readers;
mod redis;
mod server;
mod signals;
mod slow;
mod starved;
mod stream;
mod traced;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use self::redis::Hurt;
use crate::process::{Accord, skip};

pub use readers::read_all;

/// One line of the table.
pub struct Row {
    rounds: usize,
    acknowledged: u64,
    found: u64,
    note: String,
}

impl Row {
    fn lost(&self) -> u64 {
        self.acknowledged.saturating_sub(self.found)
    }
}

/// What a fault is tried with.
pub struct Place {
    program: PathBuf,
    /// A directory of this run.
    work: PathBuf,
    short: bool,
}

impl Place {
    /// How often something is repeated.
    fn rounds(&self, short: usize, long: usize) -> usize {
        if self.short { short } else { long }
    }

    /// A directory of this name.
    fn directory(&self, name: &str) -> PathBuf {
        self.work.join(name)
    }
}

/// What came of a fault.
pub enum Outcome {
    Tried(Row),
    /// This user may not, or another form of the run does it.
    Skipped(&'static str),
    /// What it takes is not installed.
    Missing(&'static str),
}

/// The faults, in the order of the table.
const ALL: [&str; 18] = [
    "kill-sqlite",
    "kill-postgres",
    "postgres-away",
    "postgres-frozen",
    "redis-away",
    "redis-frozen",
    "redis-flushed",
    "redis-full",
    "smtp-away",
    "names-away",
    "fsync-fails",
    "disk-full-sqlite",
    "disk-full-images",
    "sigterm",
    "starved",
    "slow-clients",
    "silent-readers",
    "ten-thousand-readers",
];

async fn attempt(name: &str, place: &Place) -> Result<Outcome> {
    match name {
        "kill-sqlite" => kill::sqlite(place).await,
        "kill-postgres" => kill::postgres(place).await,
        "postgres-away" => postgres::away(place).await,
        "postgres-frozen" => frozen::postgres(place).await,
        "redis-away" => redis::hurt(place, Hurt::Stopped).await,
        "redis-frozen" => redis::hurt(place, Hurt::Frozen).await,
        "redis-flushed" => redis::hurt(place, Hurt::Flushed).await,
        "redis-full" => redis::hurt(place, Hurt::Full).await,
        "names-away" => names::away(place).await,
        "fsync-fails" => traced::fsync(place).await,
        "starved" => starved::by_one_processor(place).await,
        "smtp-away" => mails::away(place).await,
        "disk-full-sqlite" => disk::sqlite(place).await,
        "disk-full-images" => disk::images(place).await,
        "sigterm" => signals::sigterm(place).await,
        "slow-clients" => slow::clients(place).await,
        "silent-readers" => slow::readers(place).await,
        "ten-thousand-readers" if place.short => Ok(Outcome::Skipped("the long form does it")),
        "ten-thousand-readers" => crowd::ten_thousand(place).await,
        _ => bail!("there is no fault {name:?}: {}", ALL.join(", ")),
    }
}

/// Tries the named faults, or all of them, and fails when anything acknowledged is lost or a promise is broken.
pub fn run(root: &Path, short: bool, names: &[String]) -> Result<()> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    let program = Accord::build(root)?;
    let work = std::env::temp_dir().join(format!("accord-faults-{}", std::process::id()));
    std::fs::create_dir_all(&work)?;
    let place = Place {
        program,
        work,
        short,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(table(&place, names));
    runtime.shutdown_background();
    std::fs::remove_dir_all(&place.work)
        .with_context(|| format!("{} is left behind", place.work.display()))?;
    outcome
}

async fn table(place: &Place, names: &[String]) -> Result<()> {
    let all: Vec<_> = match names {
        [] => ALL.to_vec(),
        names => names.iter().map(String::as_str).collect(),
    };
    let (mut broken, mut missing) = (Vec::new(), Vec::new());
    println!("fault                 rounds  acknowledged     found  lost  seconds  remarks");
    for name in all {
        let begun = Instant::now();
        let outcome = attempt(name, place).await;
        let seconds = begun.elapsed().as_secs_f64();
        match outcome {
            Ok(Outcome::Tried(row)) => {
                let Row {
                    rounds,
                    acknowledged,
                    found,
                    note,
                } = &row;
                let lost = row.lost();
                println!(
                    "{name:<20}  {rounds:>6}  {acknowledged:>12}  {found:>8}  {lost:>4}  {seconds:>7.1}  {note}"
                );
                if lost > 0 {
                    broken.push(format!("{name}: {lost} acknowledged and lost"));
                }
            }
            Ok(Outcome::Skipped(why)) => println!("{name:<20}  SKIPPED: {why}"),
            Ok(Outcome::Missing(why)) => missing.push((name, why)),
            Err(error) => {
                println!("{name:<20}  FAILED: {error:#}");
                broken.push(format!("{name}: {error:#}"));
            }
        }
    }
    for (name, why) in missing {
        skip(name, why)?;
    }
    match broken.is_empty() {
        true => Ok(()),
        false => bail!("{}", broken.join("; ")),
    }
}

/// Somewhere from 0 to below `limit`.
fn random_below(limit: u64) -> u64 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one(0) % limit
}
