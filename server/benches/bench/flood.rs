//! Sign-ins, beside the rate of bare Argon2id; and what a flood of them does to reads.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use futures::try_join;
use serde_json::json;

use super::Effort;
use super::engine::{Engine, block_on};
use super::load::{ask, median, request};
use super::report::Report;
use super::server::{Server, sign_up};

/// The parameters of the default configuration.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;

/// Hashes a second on all processors, with nothing around them.
fn ceiling(duration: Duration) -> Result<f64> {
    let threads = std::thread::available_parallelism()?.get();
    let begun = Instant::now();
    let hash = move || -> Result<u32> {
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
    let workers: Vec<_> = (0..threads).map(|_| std::thread::spawn(hash)).collect();
    let mut count = 0;
    for worker in workers {
        count += worker.join().map_err(|_| anyhow!("a panic"))??;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}

pub fn measure(engine: &Engine, effort: Effort, report: &mut Report) -> Result<()> {
    let place = engine.place()?;
    let server = Server::accord(&place)?;
    // Not who reads: sessions of one account have a bound.
    let account = block_on(sign_up(server.address, "measured_two"))?;
    let reader = block_on(sign_up(server.address, "measured_three"))?;
    let body = json!({ "email": account.email, "password": account.password }).to_string();
    let json = "content-type: application/json\r\n";
    let login = [request("POST", "/v0/auth/login", json, &body)];
    let cookie = format!("cookie: session_id={}\r\n", reader.session);
    let me = [request("GET", "/v0/user/me", &cookie, "")];

    let (mut raw, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        raw.push(ceiling(effort.round)?);
        let round = block_on(ask(server.address, &login, 8, effort.round))?;
        ours.push(round.per_second());
    }
    let (raw, ours) = (median(raw), median(ours));
    report.figure(engine, "sign-ins", ours, "/s", "");
    report.figure(
        engine,
        "sign-ins to bare Argon2id",
        ours / raw,
        "",
        "≥ 0.95",
    );

    let (mut calm, mut flooded, mut calm_rate, mut flooded_rate) = (vec![], vec![], vec![], vec![]);
    for _ in 0..effort.rounds {
        let reads = ask(server.address, &me, 4, effort.round);
        let round = block_on(reads)?;
        calm.push(round.quantile(0.99).as_secs_f64() * 1e3);
        calm_rate.push(round.per_second());
        let (round, _) = block_on(async {
            try_join!(
                ask(server.address, &me, 4, effort.round),
                ask(server.address, &login, 32, effort.round),
            )
        })?;
        flooded.push(round.quantile(0.99).as_secs_f64() * 1e3);
        flooded_rate.push(round.per_second());
    }
    let (calm, flooded) = (median(calm), median(flooded));
    report.figure(engine, "get_me, p99", calm, "ms", "");
    report.figure(
        engine,
        "get_me in a flood of sign-ins, p99",
        flooded,
        "ms",
        "",
    );
    report.figure(engine, "… to p99 without", flooded / calm, "", "≤ 2");
    let kept = median(flooded_rate) / median(calm_rate);
    report.figure(engine, "… share of the reads kept", kept, "", "");
    Ok(())
}
