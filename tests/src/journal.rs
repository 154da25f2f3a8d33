//! Every response of a test, held to the contract as it comes.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::contract::contract;
use crate::coverage::COVERAGE;
use crate::validate::Exchange;

/// The breaches of contract of one test.
#[derive(Debug, Default)]
pub struct Journal {
    breaches: Mutex<Vec<String>>,
}

impl Journal {
    /// Takes note of a response: what it provoked, and what is wrong with it.
    pub fn enter(&self, exchange: &Exchange<'_>) {
        COVERAGE.record(contract(), exchange);
        let violations = contract().check(exchange);
        if !violations.is_empty() {
            self.breach(describe(exchange, &violations));
        }
    }

    /// Takes note of an event of the live stream: its data is an `ActionLogEntry`.
    pub fn enter_event(&self, kind: &str, data: &str) {
        if matches!(kind, "lagged" | "resync") {
            return;
        }
        let errors = match serde_json::from_str(data) {
            Ok(entry) => contract().schemas.errors("ActionLogEntry", &entry),
            Err(error) => vec![error.to_string()],
        };
        if !errors.is_empty() {
            self.breach(format!("event {kind}: {errors:?}\n    {data}\n"));
        }
    }

    pub fn breaches(&self) -> Breaches {
        Breaches(self.lock().clone())
    }

    fn breach(&self, text: String) {
        self.lock().push(text);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.breaches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Prints loudly; prints nothing when there are none.
#[derive(Debug)]
pub struct Breaches(Vec<String>);

impl Breaches {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Breaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nRESPONSES BREAK THE CONTRACT ({}):", self.0.len())?;
        self.0.iter().try_for_each(|breach| f.write_str(breach))
    }
}

fn describe(exchange: &Exchange<'_>, violations: &[crate::validate::Violation]) -> String {
    let request = match exchange.request {
        Some((method, path)) => format!("{method} {path}"),
        None => "unreadable request".to_owned(),
    };
    let mut text = format!("  {request} -> {}\n", exchange.status);
    for violation in violations {
        text += &format!("    - {violation}\n");
    }
    let body = exchange
        .body
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    text += &format!("    {}\n", body.chars().take(600).collect::<String>());
    text
}
