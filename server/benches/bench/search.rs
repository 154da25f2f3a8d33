//! User search and the pages of the action log, among ever more accounts.

use std::time::Instant;

use anyhow::Result;

use super::Effort;
use super::engine::{Engine, block_on};
use super::load::{ask, median, request};
use super::report::Report;
use super::seed;
use super::server::Server;

const CONNECTIONS: usize = 2;

/// What people type: kind, and one query for each of these accounts.
fn queries(size: u32) -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let some: Vec<String> = (0..64)
        .map(|index| seed::name(index * (size / 64).max(1)))
        .collect();
    let all = |text: fn(&str) -> String| {
        some.iter()
            .map(|name| {
                let query = text(name).replace(' ', "%20");
                request(
                    "GET",
                    &format!("/v0/search/users?query={query}&limit=20"),
                    "",
                    "",
                )
            })
            .collect()
    };
    vec![
        ("search, a name", all(str::to_owned)),
        ("search, a prefix", all(|name| name[..4].to_owned())),
        (
            "search, a piece",
            all(|name| name[name.len() - 6..].to_owned()),
        ),
        ("search, misspelt", all(misspelt)),
    ]
}

/// Two letters of the family name changed places.
fn misspelt(name: &str) -> String {
    let (given, family) = name.split_once(' ').unwrap_or((name, ""));
    let mut letters: Vec<char> = family.chars().collect();
    let at = letters.len() / 2;
    if at > 0 {
        letters.swap(at - 1, at);
    }
    format!("{given} {}", String::from_iter(letters))
}

pub fn measure(engine: &Engine, effort: Effort, report: &mut Report) -> Result<()> {
    let place = engine.place()?;
    drop(Server::accord(&place)?);
    let mut there = 0;
    for &size in effort.sizes {
        let begun = Instant::now();
        block_on(seed::users_from(&place.url, there, size))?;
        block_on(seed::actions(&place.url, size - there))?;
        there = size;
        println!("{} accounts in {:?}", size, begun.elapsed());
        let server = Server::accord(&place)?;
        let page = request("GET", "/v0/action-logs?limit=20", "", "");
        let mut kinds = queries(size);
        kinds.push(("a page of the action log", vec![page]));
        for (kind, requests) in kinds {
            block_on(ask(
                server.address,
                &requests,
                CONNECTIONS,
                effort.round / 4,
            ))?;
            let (mut rates, mut p50, mut p99) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..effort.rounds {
                let round = block_on(ask(server.address, &requests, CONNECTIONS, effort.round))?;
                rates.push(round.per_second());
                p50.push(round.quantile(0.50).as_secs_f64() * 1e3);
                p99.push(round.quantile(0.99).as_secs_f64() * 1e3);
            }
            let name = |what: &str| format!("{kind}, of {size}: {what}");
            report.figure(engine, &name("rate"), median(rates), "/s", "");
            report.figure(engine, &name("p50"), median(p50), "ms", "");
            report.figure(engine, &name("p99"), median(p99), "ms", "≤ 20");
        }
    }
    Ok(())
}
