//! Traces for OpenTelemetry: off unless there is a collector to send them to.

use std::time::Duration;

use anyhow::Context as _;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use crate::config;

/// A collector that takes longer does without what it was sent.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a filter must let through for the spans.
pub const DIRECTIVE: &str = "otel=info";

/// Sees to it that the last spans are sent.
#[derive(Debug)]
pub struct Guard(SdkTracerProvider);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.shutdown_with_timeout(PATIENCE);
    }
}

/// Sends spans of the target `otel`, in the background and in batches. None without a collector. To be called outside
/// of the async runtime.
pub fn layer<S>(config: &config::Traces) -> anyhow::Result<Option<(impl Layer<S>, Guard)>>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let Some(endpoint) = &config.endpoint else {
        return Ok(None);
    };
    let mut url = endpoint.clone();
    if url.path() == "/" {
        url.set_path("/v1/traces");
    }
    let exporter = SpanExporter::builder()
        .with_http()
        .with_endpoint(url.as_str())
        .with_timeout(PATIENCE)
        .build()
        .context("traces")?;
    let share = Sampler::TraceIdRatioBased(config.sample_ratio);
    let resource = Resource::builder()
        .with_service_name(config.service_name.clone())
        .build();
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(Sampler::ParentBased(Box::new(share)))
        .with_resource(resource)
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("accord"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_filter(Targets::new().with_target("otel", Level::INFO));
    Ok(Some((layer, Guard(provider))))
}
