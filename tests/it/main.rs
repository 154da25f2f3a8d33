//! The contract tests: a module a tag, and `edge` for what holds for every operation.

#![deny(dead_code)]

mod action_logs;
mod auth;
mod cluster;
mod documents;
mod edge;
mod eventstream;
mod examples;
mod health;
mod images;
mod life;
mod mail;
mod oauth;
mod production;
mod search;
mod totp;
mod user;
mod users;

use std::process::ExitCode;

/// How often a race is run; `ACCORD_TEST_ROUNDS=50` before a release.
static ROUNDS: std::sync::LazyLock<usize> = std::sync::LazyLock::new(|| {
    let wished = std::env::var("ACCORD_TEST_ROUNDS").ok();
    wished.and_then(|rounds| rounds.parse().ok()).unwrap_or(4)
});

fn main() -> ExitCode {
    contract_tests::suite::run(&[
        ("action_logs", action_logs::tests()),
        ("auth", auth::tests()),
        ("cluster", cluster::tests()),
        ("documents", documents::tests()),
        ("edge", edge::tests()),
        ("eventstream", eventstream::tests()),
        ("examples", examples::tests()),
        ("health", health::tests()),
        ("images", images::tests()),
        ("life", life::tests()),
        ("mail", mail::tests()),
        ("oauth", oauth::tests()),
        ("production", production::tests()),
        ("totp", totp::tests()),
        ("search", search::tests()),
        ("user", user::tests()),
        ("users", users::tests()),
    ])
}
