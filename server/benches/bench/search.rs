//! User search, the pages of the action log, and reads by key, among ever more accounts.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::Result;

use super::Effort;
use super::engine::{Engine, block_on};
use super::load::{Measured, ask, median_of, request};
use super::report::Report;
use super::seed;
use super::server::{Account, Server, sign_up};

const CONNECTIONS: usize = 2;

/// What finds its rows by key: among many accounts it costs what it costs among few.
const FLAT: [&str; 3] = ["get_me", "get_profile_by_handle", "action log"];

/// Accounts that are asked for, among so many.
const ASKED_FOR: u32 = 500;

/// Kind, and requests of it for some of the accounts: what people type, and reads by key.
fn kinds(size: u32, reader: &Account) -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let some = || (0..ASKED_FOR).map(|index| index * (size / ASKED_FOR).max(1));
    let get = |target: &str| request("GET", target, "", "");
    let search = |text: fn(&str) -> String| {
        some()
            .map(|number| text(&seed::name(number)).replace(' ', "%20"))
            .map(|query| get(&format!("/v0/search/users?query={query}&limit=20")))
            .collect()
    };
    let profile = |number| {
        get(&format!(
            "/v0/users/profile?handle={}",
            seed::handle(number)
        ))
    };
    let cookie = format!("cookie: session_id={}\r\n", reader.session);
    vec![
        ("search, a name", search(str::to_owned)),
        ("search, a prefix", search(|name| name[..4].to_owned())),
        (
            "search, a piece",
            search(|name| name[name.len() - 6..].to_owned()),
        ),
        ("search, misspelt", search(misspelt)),
        ("action log", vec![get("/v0/action-logs?limit=20")]),
        ("get_me", vec![request("GET", "/v0/user/me", &cookie, "")]),
        ("get_profile_by_handle", some().map(profile).collect()),
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
    let reader = {
        let server = Server::accord(&place)?;
        block_on(sign_up(server.address, "measured_reader"))?
    };
    let mut there = 0;
    let mut among_few = HashMap::new();
    for &size in effort.sizes {
        let begun = Instant::now();
        block_on(seed::users_from(&place.url, there, size))?;
        block_on(seed::actions(&place.url, size - there))?;
        there = size;
        println!("{size} accounts in {:?}", begun.elapsed());
        let server = Server::accord(&place)?;
        for (kind, requests) in kinds(size, &reader) {
            let round = |duration| block_on(ask(server.address, &requests, CONNECTIONS, duration));
            round(effort.round / 4)?;
            let rounds = (0..effort.rounds)
                .map(|_| round(effort.round))
                .collect::<Result<Vec<_>>>()?;
            let quantile =
                |share| median_of(&rounds, |round| round.quantile(share).as_secs_f64() * 1e3);
            let mut figure = |what: &str, value, unit, goal| {
                report.figure(
                    engine,
                    &format!("{kind}, of {size}: {what}"),
                    value,
                    unit,
                    goal,
                );
            };
            let p50 = quantile(0.50);
            figure("rate", median_of(&rounds, Measured::per_second), "/s", "");
            figure("p50", p50, "ms", "");
            if !FLAT.contains(&kind) {
                figure("p99", quantile(0.99), "ms", "≤ 20");
                continue;
            }
            figure("p99", quantile(0.99), "ms", "");
            match among_few.get(kind) {
                Some(few) => figure("p50 to that of few", p50 / few, "", "≤ 1.2"),
                None => drop(among_few.insert(kind, p50)),
            }
        }
    }
    Ok(())
}
