//! Tag `oauth`: against a provider of the test's own making, and against one that nobody here wrote.

mod account;
mod addresses;
pub mod browser;
pub mod fake;
mod faults;
mod independent;
mod links;
mod sign_up;
mod state;
mod tokens;
pub mod trip;

use contract_tests::prelude::*;

use fake::Fake;

pub fn tests() -> Vec<Case> {
    [
        account::tests(),
        addresses::tests(),
        faults::tests(),
        independent::tests(),
        links::tests(),
        sign_up::tests(),
        state::tests(),
        tokens::tests(),
    ]
    .concat()
}

/// A server that knows a provider of the test's.
pub async fn server(stage: &Stage) -> (Fake, TestServer) {
    let fake = Fake::start().await;
    let server = stage.server_with(fake.setup()).await;
    fake.at(&server);
    (fake, server)
}
