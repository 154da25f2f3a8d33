//! Tag `health`.

use accord_client::types::{DependencyState, HealthProbe, HealthStatus};
use contract_tests::prelude::*;
use futures::StreamExt as _;

pub fn tests() -> Vec<Case> {
    tests![
        a_ready_server_reports_its_dependencies,
        a_server_without_its_database_is_not_ready,
        asking_costs_no_work,
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

/// SECURITY: A21; a thousand at once are told the same, and the database is not asked.
async fn asking_costs_no_work(server: TestServer) {
    for instance in server.instances() {
        let report = instance.anonymous().health_check().await.expect("a report");
        assert_eq!(report.status, HealthStatus::Ok);
    }
    // Whoever asked it now would find nothing.
    server.break_the_database().await;
    let client = reqwest::Client::builder()
        .tls_certs_only([])
        .build()
        .expect("a client");
    for probe in ["live", "ready"] {
        let url = format!("{}/health-check?probe={probe}", server.url());
        let asked =
            (0..1000).map(|_| async { client.get(&url).send().await.expect("an answer").status() });
        let mut answers = futures::stream::iter(asked).buffer_unordered(50);
        while let Some(status) = answers.next().await {
            assert_eq!(status, 200, "{probe}");
        }
    }
    assert_eq!(server.hashes(), 0);
    // Once what is known is old, one asks for all.
    server.advance(Duration::from_secs(2));
    let refusal = server.anonymous().health_check().await.refusal();
    assert_eq!(refusal, (503, "system:unavailable"));
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
