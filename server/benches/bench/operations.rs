//! The operations that are called most, beside the bare server's.

use std::time::Duration;

use anyhow::Result;

use super::Effort;
use super::engine::{Engine, block_on};
use super::load::{Measured, ask, median_of, request};
use super::report::Report;
use super::seed;
use super::server::{Account, Server, sign_up};

const CONNECTIONS: usize = 16;

/// Operation, and the request for it.
fn requests(account: &Account) -> Vec<(&'static str, Vec<u8>)> {
    let cookie = format!("cookie: session_id={}\r\n", account.session);
    let json = format!("{cookie}content-type: application/json\r\n");
    let handle = &account.handle;
    vec![
        (
            "health_check",
            request("GET", "/health-check?probe=live", "", ""),
        ),
        ("get_me", request("GET", "/v0/user/me", &cookie, "")),
        (
            "get_profile_by_handle",
            request("GET", &format!("/v0/users/profile?handle={handle}"), "", ""),
        ),
        (
            "check_handle_availability",
            request(
                "GET",
                &format!("/v0/users/handle/{handle}/available"),
                "",
                "",
            ),
        ),
        (
            "list_action_logs",
            request("GET", "/v0/action-logs?limit=20", "", ""),
        ),
        (
            "update_me",
            request("PATCH", "/v0/user/me", &json, r#"{"bio":"measured"}"#),
        ),
    ]
}

/// Requests a second and latencies of each, as ratios to the bare server's.
pub fn measure(engine: &Engine, effort: Effort, report: &mut Report) -> Result<()> {
    let place = engine.place()?;
    let accord = Server::accord(&place)?;
    let account = block_on(sign_up(accord.address, "measured_one"))?;
    block_on(seed::users(&place.url, 1_000))?;
    block_on(seed::actions(&place.url, 1_000))?;
    let reference = Server::reference(&place)?;
    for (operation, request) in requests(&account) {
        let requests = [request];
        let round = |server: &Server, duration: Duration| {
            block_on(ask(server.address, &requests, CONNECTIONS, duration))
        };
        round(&accord, effort.round / 4)?;
        round(&reference, effort.round / 4)?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..effort.rounds {
            ours.push(round(&accord, effort.round)?);
            theirs.push(round(&reference, effort.round)?);
        }
        let p50 = |round: &Measured| round.quantile(0.50).as_secs_f64();
        let p99 = |round: &Measured| round.quantile(0.99).as_secs_f64();
        report.ratio(
            engine,
            operation,
            (
                median_of(&ours, Measured::per_second),
                median_of(&theirs, Measured::per_second),
            ),
            (median_of(&ours, p50), median_of(&theirs, p50)),
            (median_of(&ours, p99), median_of(&theirs, p99)),
        );
    }
    Ok(())
}
