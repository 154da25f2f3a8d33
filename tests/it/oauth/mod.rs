//! Tag `oauth`: against a provider of the test's own making, and against one that nobody here wrote.

mod account;
mod fake;
mod faults;
mod independent;
mod links;
mod state;
mod tokens;
mod trip;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [
        account::tests(),
        faults::tests(),
        independent::tests(),
        links::tests(),
        state::tests(),
        tokens::tests(),
    ]
    .concat()
}
