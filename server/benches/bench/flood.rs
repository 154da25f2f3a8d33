//! Sign-ins, beside the rate of bare Argon2id; and what a flood of them does to reads.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde_json::json;

use super::Effort;
use super::engine::{Engine, block_on};
use super::load::{Measured, ask, median, median_of, request};
use super::report::Report;
use super::server::{Server, sign_up};

/// The parameters of the default configuration.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;

/// So many accounts are signed in to in turn.
const PEOPLE: usize = 16;

/// How much the threads of Accord that hash give way.
const NICENESS: i32 = 10;

/// Hashes a second on all processors, with nothing around them, by threads that give way so much.
fn ceiling(duration: Duration, niceness: i32) -> Result<f64> {
    let threads = thread::available_parallelism()?.get();
    let begun = Instant::now();
    let hash = move || -> Result<u32> {
        // Of one thread, on Linux.
        #[cfg(target_os = "linux")]
        rustix::process::nice(niceness)?;
        let params =
            Params::new(MEMORY, PASSES, 1, Some(32)).map_err(|error| anyhow!("{error}"))?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut blocks = vec![Block::default(); MEMORY as usize];
        let mut count = 0;
        while begun.elapsed() < duration {
            let mut out = [0; 32];
            argon
                .hash_password_into_with_memory(
                    b"tangerine umbrella",
                    b"of sixteen bytes",
                    &mut out,
                    &mut blocks,
                )
                .map_err(|error| anyhow!("{error}"))?;
            count += 1;
        }
        Ok(count)
    };
    let workers: Vec<_> = (0..threads).map(|_| thread::spawn(hash)).collect();
    let mut count = 0;
    for worker in workers {
        count += worker.join().map_err(|_| anyhow!("a panic"))??;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}

pub fn measure(engine: &Engine, effort: Effort, report: &mut Report) -> Result<()> {
    let place = engine.place()?;
    let server = Server::accord(&place)?;
    let json = "content-type: application/json\r\n";
    let login = (0..PEOPLE)
        .map(|number| {
            let account = block_on(sign_up(server.address, &format!("measured_{number}")))?;
            let body = json!({ "email": account.email, "password": account.password });
            Ok(request("POST", "/v0/auth/login", json, &body.to_string()))
        })
        .collect::<Result<Vec<_>>>()?;
    // None of those who sign in: sessions of one account have a bound.
    let reader = block_on(sign_up(server.address, "measured_reader"))?;
    let cookie = format!("cookie: session_id={}\r\n", reader.session);
    let me = [request("GET", "/v0/user/me", &cookie, "")];

    let (mut raw, mut signed_in) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        raw.push(ceiling(effort.round, 0)?);
        let round = block_on(ask(server.address, &login, 8, effort.round))?;
        signed_in.push(round.per_second());
    }
    let (raw, signed_in) = (median(raw), median(signed_in));
    report.figure(engine, "sign-ins", signed_in, "/s", "");
    report.figure(
        engine,
        "sign-ins to bare Argon2id",
        signed_in / raw,
        "",
        "≥ 0.95",
    );

    let ours = Reads::beside(effort, server.address, &me, || {
        block_on(ask(server.address, &login, 32, effort.round)).map(drop)
    })?;
    report.figure(engine, "get_me, p99", ours.calm, "ms", "");
    report.figure(
        engine,
        "get_me in a flood of sign-ins, p99",
        ours.flooded,
        "ms",
        "",
    );
    report.figure(
        engine,
        "get_me in a flood of sign-ins: p99 to calm",
        ours.ratio(),
        "",
        "≤ 2",
    );
    report.figure(engine, "… share of the reads kept", ours.kept, "", "");

    // What the processors alone do to it: whoever hashes has all of them.
    let reference = Server::reference(&place)?;
    let bare = Reads::beside(effort, reference.address, &me, || {
        ceiling(effort.round, NICENESS).map(drop)
    })?;
    report.figure(
        engine,
        "bare get_me beside bare Argon2id, p99",
        bare.flooded,
        "ms",
        "",
    );
    report.figure(
        engine,
        "bare get_me beside bare Argon2id: the same",
        bare.ratio(),
        "",
        "",
    );
    Ok(())
}

/// How reads fare without a flood and within one.
struct Reads {
    /// p99, in milliseconds.
    calm: f64,
    flooded: f64,
    /// Requests a second within the flood, as a share of those without.
    kept: f64,
}

impl Reads {
    /// Reads for a round alone, and for one beside a flood that takes as long; the medians of some rounds of each.
    fn beside(
        effort: Effort,
        address: SocketAddr,
        read: &[Vec<u8>],
        flood: impl Fn() -> Result<()> + Sync,
    ) -> Result<Self> {
        let (mut alone, mut within) = (vec![], vec![]);
        for _ in 0..effort.rounds {
            let round = || block_on(ask(address, read, 4, effort.round));
            alone.push(round()?);
            within.push(thread::scope(|scope| {
                let flooding = scope.spawn(&flood);
                let round = round();
                flooding.join().map_err(|_| anyhow!("a panic"))??;
                round
            })?);
        }
        let p99 = |round: &Measured| round.quantile(0.99).as_secs_f64() * 1e3;
        Ok(Self {
            calm: median_of(&alone, p99),
            flooded: median_of(&within, p99),
            kept: median_of(&within, Measured::per_second)
                / median_of(&alone, Measured::per_second),
        })
    }

    fn ratio(&self) -> f64 {
        self.flooded / self.calm
    }
}
