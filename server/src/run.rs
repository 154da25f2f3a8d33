//! From a configuration to a running server, and to its end.

use crate::config::Config;
use crate::services::serve_metrics;
use crate::{World, build, http, serve};

/// Runs the server until it is told to stop.
///
/// # Errors
/// With a sentence for the operator, when the server cannot start.
pub async fn run(mut config: Config, world: World) -> anyhow::Result<()> {
    raise_descriptor_limit(&config);
    let listeners = http::bind(&config.listen.0)?;
    // With port 0 the system has chosen one: it is the one that clients use.
    for (address, listener) in config.listen.0.iter_mut().zip(&listeners) {
        *address = listener.local_addr()?;
    }
    let metrics = config.metrics.listen.map(|address| http::bind(&[address]));
    let app = build(config, world).await?;
    for listener in metrics.transpose()?.into_iter().flatten() {
        let address = listener.local_addr()?;
        tracing::info!(%address, "metrics");
        tokio::spawn(serve_metrics(app.services.clone(), listener));
    }
    let signals = tokio::spawn(app.services.shutdown.clone().on_signals());
    announce(&app.services.config);
    serve(app, listeners).await;
    signals.abort();
    tracing::info!("stopped");
    Ok(())
}

/// A connection is a file descriptor, and the usual limit of them is for programs with few.
fn raise_descriptor_limit(config: &Config) {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(limit) if limit < config.limits.connections as u64 => tracing::warn!(
            limit,
            connections = config.limits.connections,
            "the system permits fewer open files than limits.connections"
        ),
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "cannot raise the limit of open files"),
    }
}

/// Tells where everything is.
fn announce(config: &Config) {
    let url = config.public_url();
    for address in &config.listen.0 {
        tracing::info!(%address, mode = ?config.mode(), %url, "listening");
    }
    let url_of_database = config.database_url();
    if !url_of_database.expose().starts_with("sqlite:") && config.redis.url.is_none() {
        tracing::warn!(
            "no redis is configured: run one instance only, for limits would not be shared and events come late"
        );
    }
    if config.docs_enabled() {
        tracing::info!("documentation: {url}docs");
    }
    if config.is_development() {
        tracing::info!("mailbox: {url}dev/mailbox");
        tracing::info!("data: {}", config.data_dir.display());
    }
}
