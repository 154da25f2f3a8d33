//! What Prometheus is told: requests as they end, and at each scrape the state of everything that can fill up.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::routing::get;
use http::header::CONTENT_TYPE;
use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tokio::time::{sleep, timeout};

use crate::Services;
use crate::config::Config;
use crate::domain::Result;
use crate::logging;
use crate::store::{PoolStatus, mails};

/// Upper bounds in seconds: from a row that is at hand to a password that is hashed under load.
const BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// How often what was measured is summed up, whether or not anybody asks for it.
const UPKEEP: Duration = Duration::from_secs(5);
/// How long a scrape waits for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// Measurements of one server. Cheap to clone; measures nothing unless it is configured to be read.
#[derive(Clone, Default)]
pub struct Metrics(Option<Arc<Inner>>);

struct Inner {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl Metrics {
    /// Measures when the configuration says where to read it.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        if config.metrics.listen.is_none() {
            return Ok(Self::default());
        }
        let builder = PrometheusBuilder::new().set_buckets(&BUCKETS);
        let recorder = builder.context("metrics")?.build_recorder();
        let handle = recorder.handle();
        Ok(Self(Some(Arc::new(Inner { recorder, handle }))))
    }

    /// A request has ended: with a status, or because its client went away.
    pub fn request(&self, operation: &'static str, status: Option<u16>, took: Duration) {
        let Some(inner) = &self.0 else { return };
        let status = status.map_or_else(|| "abandoned".to_owned(), |status| status.to_string());
        with_local_recorder(&inner.recorder, || {
            let labels = [("operation", operation.to_owned()), ("status", status)];
            counter!("accord_http_requests_total", &labels).increment(1);
            let seconds = "accord_http_request_duration_seconds";
            histogram!(seconds, "operation" => operation).record(took);
        });
    }

    /// An error of the contract was answered.
    pub fn refusal(&self, operation: &'static str, code: &str) {
        let Some(inner) = &self.0 else { return };
        with_local_recorder(&inner.recorder, || {
            let labels = [
                ("operation", operation.to_owned()),
                ("code", code.to_owned()),
            ];
            counter!("accord_http_errors_total", &labels).increment(1);
        });
    }

    /// Keeps what was measured small until the server stops.
    pub async fn run(&self) {
        let Some(inner) = &self.0 else { return };
        loop {
            sleep(UPKEEP).await;
            inner.handle.run_upkeep();
        }
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Metrics").field(&self.0.is_some()).finish()
    }
}

/// /metrics, for a listener of its own.
pub fn routes(services: Arc<Services>) -> Router {
    let scrape = move || {
        let services = Arc::clone(&services);
        async move {
            let kind = "text/plain; version=0.0.4; charset=utf-8";
            ([(CONTENT_TYPE, kind)], scrape(&services).await)
        }
    };
    Router::new().route("/metrics", get(scrape))
}

/// Everything, in the text format.
pub async fn scrape(s: &Services) -> String {
    let Some(inner) = &s.metrics.0 else {
        return String::new();
    };
    let mails = timeout(PATIENCE, count_mails(s)).await;
    let mails = mails.ok().and_then(Result::ok);
    with_local_recorder(&inner.recorder, || {
        gauge!("accord_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1);
        let (readers, writer) = s.db.status();
        pool("read", readers);
        pool("write", writer.unwrap_or(readers));
        gauge!("accord_database_up").set(f64::from(u8::from(mails.is_some())));
        if let Some(mails) = mails {
            gauge!("accord_mails", "state" => "queued").set(mails.queued as f64);
            gauge!("accord_mails", "state" => "parked").set(mails.parked as f64);
            let oldest = mails.oldest_queued_at.map(|at| s.clock.now() - at);
            let oldest = oldest.map_or(0, |age| age.num_seconds().max(0));
            gauge!("accord_mails_oldest_queued_seconds").set(oldest as f64);
        }
        gauge!("accord_hashing_waiting").set(s.hasher.waiting() as f64);
        counter!("accord_hashes_total").absolute(s.hasher.hashes());
        gauge!("accord_event_stream_subscribers").set(s.events.subscribers() as f64);
        counter!("accord_log_lines_dropped_total").absolute(logging::dropped());
    });
    inner.handle.render()
}

async fn count_mails(s: &Services) -> Result<mails::Counts> {
    let mut tx = s.db.read().await?;
    Ok(mails::counts(&mut tx).await?)
}

/// PostgreSQL has one pool for both purposes.
fn pool(name: &'static str, status: PoolStatus) {
    for (state, count) in [
        ("busy", status.busy),
        ("idle", status.idle),
        ("max", status.size),
    ] {
        gauge!("accord_database_connections", "pool" => name, "state" => state).set(count as f64);
    }
}
