//! Many expectations, all judged before the test fails.

use std::fmt::Display;

use crate::answer::Answer;
use crate::contract::Operation;
use crate::coverage::is_not_yet;

/// Collects what is not as expected. End with [`Checks::done`].
#[derive(Debug, Default)]
#[must_use = "call done"]
pub struct Checks {
    made: usize,
    failed: Vec<String>,
}

impl Checks {
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects status and code of an answer.
    pub fn expect(&mut self, what: impl Display, answer: &Answer, expected: (u16, &str)) {
        let as_expected = answer.outcome() == expected;
        self.that(
            as_expected,
            format_args!("{what}: expected {expected:?}, got {answer}"),
        );
    }

    /// Expects an outcome of an operation, unless the list of what is not provoked yet has it: then says no.
    pub fn expect_of(
        &mut self,
        operation: &Operation,
        what: impl Display,
        answer: &Answer,
        expected: (u16, &str),
    ) -> bool {
        self.made += 1;
        let is_due = !is_not_yet(&operation.id, expected);
        if is_due {
            self.expect(format_args!("{}: {what}", operation.id), answer, expected);
        }
        is_due
    }

    /// Expects anything.
    pub fn that(&mut self, holds: bool, what: impl Display) {
        self.made += 1;
        if !holds {
            self.failed.push(what.to_string());
        }
    }

    /// # Panics
    /// When something was not as expected, or nothing was expected at all.
    #[track_caller]
    pub fn done(self) {
        assert!(self.made > 0, "nothing was checked");
        let failed = self.failed.len();
        assert!(
            failed == 0,
            "{failed} of {} checks failed:\n  {}",
            self.made,
            self.failed.join("\n  ")
        );
    }
}
