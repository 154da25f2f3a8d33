//! What the hooks counted: `xtask/conformance/tally.py`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// Share of the requests meant to be accepted that are; below it the gate would look at refusals only. Each operation
/// leaves every fifth such request as it was generated, with tokens and passwords that nobody has.
const ACCEPTED: f64 = 0.6;

/// Fewer requests say nothing about a share.
pub const TELLING: u32 = 30;

#[derive(Default, Deserialize)]
pub struct Tally {
    /// The operation of the moment.
    pub now: Option<String>,
    operations: BTreeMap<String, Counts>,
    /// By `GET /from -> [200] name -> GET /to`.
    links: BTreeMap<String, Followed>,
    /// Exceptions of the hooks themselves.
    #[serde(default)]
    pub stumbles: Vec<String>,
}

/// What was sent to one operation.
#[derive(Default, Deserialize)]
struct Counts {
    sent: u64,
    #[serde(default)]
    steps: u64,
    positive: u64,
    accepted: u64,
}

/// How often one link was followed, and led to a success.
#[derive(Default, Deserialize)]
struct Followed {
    followed: u64,
    accepted: u64,
}

impl Tally {
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).context("the hooks left no tally")?;
        Ok(serde_json::from_slice(&text)?)
    }

    pub fn add(&mut self, other: Self) {
        for (operation, counts) in other.operations {
            let sum = self.operations.entry(operation).or_default();
            sum.sent += counts.sent;
            sum.steps += counts.steps;
            sum.positive += counts.positive;
            sum.accepted += counts.accepted;
        }
        for (link, followed) in other.links {
            let sum = self.links.entry(link).or_default();
            sum.followed += followed.followed;
            sum.accepted += followed.accepted;
        }
    }

    pub fn sent(&self) -> u64 {
        self.operations.values().map(|counts| counts.sent).sum()
    }

    /// How many of the requests were steps of the stateful phase.
    pub fn steps(&self) -> u64 {
        self.operations.values().map(|counts| counts.steps).sum()
    }

    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    /// What share of the good requests was accepted, in percent.
    pub fn accepted(&self) -> u64 {
        let sum = |count: fn(&Counts) -> u64| self.operations.values().map(count).sum::<u64>();
        sum(|counts| counts.accepted) * 100 / sum(|counts| counts.positive).max(1)
    }

    /// Operations that refuse most of what they should accept.
    pub fn rarely_accepted(&self) -> Vec<String> {
        let rare = self.operations.iter().filter(|(_, counts)| {
            let Counts {
                positive, accepted, ..
            } = **counts;
            positive >= u64::from(TELLING) && (accepted as f64) < ACCEPTED * positive as f64
        });
        rare.map(|(operation, counts)| {
            let Counts {
                positive, accepted, ..
            } = counts;
            format!("{operation}: only {accepted} of {positive} good requests were accepted")
        })
        .collect()
    }

    /// Operations that got fewer requests than they should: the tool believed to have tried everything.
    pub fn rarely_sent(&self, examples: u64) -> Vec<String> {
        let rare = self.operations.iter();
        rare.filter(|(_, counts)| counts.sent < examples)
            .map(|(operation, counts)| {
                format!("{operation}: only {} requests were sent", counts.sent)
            })
            .collect()
    }

    pub fn followed(&self) -> usize {
        self.links.values().filter(|link| link.followed > 0).count()
    }

    /// Links of the contract, as the tool names them, that never led to a success.
    pub fn leading_nowhere(&self, links: &[String]) -> Vec<String> {
        let successes =
            |link: &&String| self.links.get(*link).is_none_or(|link| link.accepted == 0);
        let nowhere = links.iter().filter(successes);
        nowhere
            .map(|link| format!("the link {link} never led to a success"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(accepted: u64) -> Tally {
        let counts = Counts {
            sent: 200,
            steps: 7,
            positive: 100,
            accepted,
        };
        let link = Followed {
            followed: 2,
            accepted: accepted / 60,
        };
        Tally {
            now: None,
            operations: BTreeMap::from([("get".to_owned(), counts)]),
            links: BTreeMap::from([("a".to_owned(), link)]),
            stumbles: Vec::new(),
        }
    }

    #[test]
    fn an_operation_that_mostly_refuses_is_found() {
        assert_eq!(tally(60).rarely_accepted(), [""; 0]);
        let found = tally(59).rarely_accepted();
        assert_eq!(found, ["get: only 59 of 100 good requests were accepted"]);
    }

    #[test]
    fn an_operation_that_got_few_requests_is_found() {
        assert_eq!(tally(60).rarely_sent(200), [""; 0]);
        assert_eq!(
            tally(60).rarely_sent(201),
            ["get: only 200 requests were sent"]
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let links = ["a".to_owned(), "b".to_owned()];
        let found = tally(60).leading_nowhere(&links);
        assert_eq!(found, ["the link b never led to a success"]);
        assert_eq!(tally(59).leading_nowhere(&links).len(), 2);
    }

    #[test]
    fn two_tallies_add_up() {
        let mut sum = tally(50);
        sum.add(tally(70));
        assert_eq!((sum.sent(), sum.accepted(), sum.followed()), (400, 60, 1));
    }
}
