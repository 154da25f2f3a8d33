//! A database that is gone, and one that is broken.

use contract_tests::prelude::*;
use futures::future::join_all;

pub fn tests() -> Vec<Case> {
    tests![
        a_broken_database_is_an_internal_error,
        a_database_that_does_not_answer_is_told_as_such
    ]
}

const INTERNAL: (u16, &str) = (500, "system:internal");
const UNAVAILABLE: (u16, &str) = (503, "system:unavailable");

/// Answers from the process alone, or from what it watches in the background.
const WITHOUT_DATABASE: [&str; 4] = [
    "health_check",
    // Not without an OAuth sign-in under way: `oauth` has these.
    "login_with_google",
    "login_with_github",
    "complete_signup",
];

fn with_database() -> impl Iterator<Item = &'static Operation> {
    contract()
        .operations
        .iter()
        .filter(|operation| !WITHOUT_DATABASE.contains(&operation.id.as_str()))
}

/// SECURITY: 16.5.1.
async fn a_broken_database_is_an_internal_error(server: TestServer) {
    let user = server.user().await;
    server.break_the_database().await;
    let mut checks = Checks::new();
    for operation in with_database() {
        let answer = server.example(operation).bearer(&user.token()).send().await;
        checks.expect_of(operation, "broken tables", &answer, INTERNAL);
    }
    checks.done();
}

/// SECURITY: F-3, 16.5.2.
async fn a_database_that_does_not_answer_is_told_as_such(stage: Stage) {
    let server = stage
        .server_with(Setup::default().with_little_patience())
        .await;
    let user = server.user().await;
    let _all_connections = server.hold_all_connections().await;
    let ask = async |operation: &'static Operation| {
        let request = server.example(operation).bearer(&user.token());
        (operation, request.send().await)
    };
    let mut checks = Checks::new();
    for (operation, answer) in join_all(with_database().map(ask)).await {
        checks.expect_of(operation, "no connection", &answer, UNAVAILABLE);
    }
    checks.done();
}
