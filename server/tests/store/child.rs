//! Tests that take several processes: this binary again, running one "test" for the other.

use std::process::{Child, Command, Stdio};

const URL: &str = "ACCORD_STORE_TEST_URL";
const ROLE: &str = "ACCORD_STORE_TEST_ROLE";

/// Starts this binary with one test only, on a database.
pub fn start(test: &str, url: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ROLE, test)
        .env(URL, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In a process that was started for this test: the database. Otherwise there is nothing to do.
pub fn url(test: &str) -> Option<String> {
    let role = std::env::var(ROLE).ok()?;
    (role == test).then(|| std::env::var(URL).unwrap())
}
