//! From a configuration to a running server, and to its end.

use crate::config::Config;
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
    let app = build(config, world).await?;
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
    if config.docs_enabled() {
        tracing::info!("documentation: {url}docs");
    }
    if config.is_development() {
        tracing::info!("mailbox: {url}dev/mailbox");
        tracing::info!("data: {}", config.data_dir.display());
    }
}
