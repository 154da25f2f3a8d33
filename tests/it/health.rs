//! Tag `health`.

use accord_client::types::{DependencyState, HealthProbe, HealthStatus};
use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        a_ready_server_reports_its_dependencies,
        a_server_without_its_database_is_not_ready,
        liveness_asks_nobody,
    ]
}

async fn a_ready_server_reports_its_dependencies(server: TestServer) {
    let report = server.anonymous().health_check().await.expect("a report");
    assert_eq!(report.status, HealthStatus::Ok);
    assert_eq!(report.version, env!("CARGO_PKG_VERSION"));
    let dependencies = report.dependencies.expect("dependencies");
    assert_eq!(
        (dependencies.database, dependencies.mail),
        (DependencyState::Up, DependencyState::Up)
    );
}

async fn a_server_without_its_database_is_not_ready(stage: Stage) {
    let server = stage
        .server_with(Setup::default().with_little_patience())
        .await;
    let connections = server.hold_all_connections().await;
    let refusal = server.anonymous().health_check().await.refusal();
    assert_eq!(refusal, (503, "system:unavailable"));
    drop(connections);
    server.advance(Duration::from_secs(2));
    server
        .anonymous()
        .health_check()
        .await
        .expect("ready again");
}

/// SECURITY: A21.
async fn liveness_asks_nobody(server: TestServer) {
    server.break_the_database().await;
    let report = server
        .anonymous()
        .health_check()
        .probe(HealthProbe::Live)
        .await
        .expect("alive");
    assert_eq!(
        (report.status, report.dependencies.is_none()),
        (HealthStatus::Ok, true)
    );
}
