//! Which of the contract's outcomes the tests have provoked.
//!
//! An outcome is an operation, a status and a code (`ok` for a success). Those that no test provokes yet are named in
//! `not-yet-provoked.txt`. That list only shrinks: an outcome missing from it must have been provoked, one on it must
//! not have been.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{LazyLock, Mutex};

use crate::contract::{Contract, Route};
use crate::validate::Exchange;

/// The outcomes that no test provokes yet.
static NOT_YET: LazyLock<BTreeSet<Outcome>> =
    LazyLock::new(|| outcomes(include_str!("../not-yet-provoked.txt")));

/// Is it on the list of what is not provoked yet?
pub fn is_not_yet(operation: &str, (status, code): (u16, &str)) -> bool {
    NOT_YET.contains(&Outcome {
        operation: operation.to_owned(),
        status,
        code: code.to_owned(),
    })
}

/// What all tests of this process have provoked.
pub static COVERAGE: Coverage = Coverage::new();

/// `operation status code`, as a line of the list has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    pub operation: String,
    pub status: u16,
    pub code: String,
}

#[derive(Debug, Default)]
pub struct Coverage {
    provoked: Mutex<BTreeSet<Outcome>>,
}

impl Coverage {
    pub const fn new() -> Self {
        Self {
            provoked: Mutex::new(BTreeSet::new()),
        }
    }

    /// Takes note of what a response shows.
    pub fn record(&self, contract: &Contract, exchange: &Exchange<'_>) {
        let Some((method, path)) = exchange.request else {
            return;
        };
        let Route::Operation(operation) = contract.route(method, path) else {
            return;
        };
        let status = exchange.status;
        let code = match status {
            200..300 => Some("ok".to_owned()),
            _ => exchange.body.and_then(code),
        };
        if let Some(code) = code.filter(|code| operation.declares(status, code)) {
            self.provoked().insert(Outcome {
                operation: operation.id.clone(),
                status,
                code,
            });
        }
    }

    /// Compares what was provoked with the contract and with the committed list.
    pub fn report(&self, contract: &Contract) -> Report {
        self.compare(contract, &NOT_YET)
    }

    fn compare(&self, contract: &Contract, listed: &BTreeSet<Outcome>) -> Report {
        let provoked = self.provoked().clone();
        let declared: BTreeSet<Outcome> = declared(contract).collect();
        let missing: BTreeSet<Outcome> = declared.difference(&provoked).cloned().collect();
        Report {
            declared: declared.len(),
            unlisted: missing.difference(listed).cloned().collect(),
            stale: listed.difference(&missing).cloned().collect(),
            missing,
        }
    }

    fn provoked(&self) -> std::sync::MutexGuard<'_, BTreeSet<Outcome>> {
        self.provoked
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What is declared but was not provoked, and what is wrong with that.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    pub declared: usize,
    pub missing: BTreeSet<Outcome>,
    /// Not provoked, and not on the list.
    pub unlisted: BTreeSet<Outcome>,
    /// On the list, but provoked, or declared no more.
    pub stale: BTreeSet<Outcome>,
}

impl Report {
    pub fn is_good(&self) -> bool {
        self.unlisted.is_empty() && self.stale.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let provoked = self.declared - self.missing.len();
        writeln!(
            f,
            "contract: {provoked} of {} declared outcomes were provoked",
            self.declared
        )?;
        section(
            f,
            "declared, not provoked, and known to be so",
            self.missing.difference(&self.unlisted),
        )?;
        section(
            f,
            "DECLARED BUT NOT PROVOKED: write a test, or do not declare it",
            self.unlisted.iter(),
        )?;
        section(
            f,
            "PROVOKED (OR NOT DECLARED) BUT LISTED: remove from not-yet-provoked.txt",
            self.stale.iter(),
        )
    }
}

fn section<'a>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    outcomes: impl Iterator<Item = &'a Outcome>,
) -> fmt::Result {
    for (index, outcome) in outcomes.enumerate() {
        if index == 0 {
            writeln!(f, "{title}:")?;
        }
        writeln!(f, "    {outcome}")?;
    }
    Ok(())
}

impl Outcome {
    fn parse(line: &str) -> Option<Self> {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let (operation, status, code) = (words.next()?, words.next()?, words.next()?);
        let status = status
            .parse()
            .unwrap_or_else(|_| panic!("not-yet-provoked.txt: {line}"));
        Some(Self {
            operation: operation.to_owned(),
            status,
            code: code.to_owned(),
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.operation, self.status, self.code)
    }
}

fn outcomes(list: &str) -> BTreeSet<Outcome> {
    list.lines().filter_map(Outcome::parse).collect()
}

fn declared(contract: &Contract) -> impl Iterator<Item = Outcome> {
    contract.operations.iter().flat_map(|operation| {
        let outcome = |(status, code): (u16, &str)| Outcome {
            operation: operation.id.clone(),
            status,
            code: code.to_owned(),
        };
        operation.outcomes().map(outcome)
    })
}

fn code(body: &[u8]) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    Some(body["code"].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, Method};

    use super::*;
    use crate::contract::contract;

    fn signed_out(coverage: &Coverage, status: u16, body: &str) {
        let request = Some((&Method::POST, "/v0/auth/logout"));
        let exchange = Exchange {
            request,
            status,
            headers: &HeaderMap::new(),
            body: Some(body.as_bytes()),
        };
        coverage.record(contract(), &exchange);
    }

    fn everything_but_logout() -> BTreeSet<Outcome> {
        declared(contract())
            .filter(|outcome| outcome.operation != "logout")
            .collect()
    }

    #[test]
    fn what_is_neither_provoked_nor_listed_is_reported() {
        let coverage = Coverage::new();
        signed_out(&coverage, 204, "");
        signed_out(&coverage, 401, r#"{"code":"auth:session_required"}"#);
        let report = coverage.compare(contract(), &everything_but_logout());
        let unlisted: Vec<_> = report.unlisted.iter().map(Outcome::to_string).collect();
        assert!(!report.is_good());
        assert!(
            !unlisted.contains(&"logout 204 ok".to_owned()),
            "{unlisted:?}"
        );
        assert!(
            !unlisted.contains(&"logout 401 auth:session_required".to_owned()),
            "{unlisted:?}"
        );
        assert!(
            unlisted.contains(&"logout 403 csrf:cross_origin".to_owned()),
            "{unlisted:?}"
        );
        assert!(report.stale.is_empty(), "{report}");
    }

    #[test]
    fn the_list_only_shrinks() {
        let coverage = Coverage::new();
        signed_out(&coverage, 204, "");
        let list = "# a remark\nlogout 204 ok # provoked now\nlogout 418 tea:pot\n";
        let stale = coverage.compare(contract(), &outcomes(list)).stale;
        assert_eq!(
            stale.iter().map(Outcome::to_string).collect::<Vec<_>>(),
            ["logout 204 ok", "logout 418 tea:pot"]
        );
    }

    #[test]
    fn undeclared_outcomes_count_for_nothing() {
        let coverage = Coverage::new();
        signed_out(&coverage, 401, r#"{"code":"invented:code"}"#);
        signed_out(&coverage, 418, r#"{"code":"auth:session_required"}"#);
        assert!(coverage.provoked().is_empty());
    }
}
