//! The log: lines on standard output that never make anybody wait.

mod format;
mod lossy;

use std::io::{self, IsTerminal as _};

use anyhow::Context as _;
use tracing_subscriber::fmt::layer as lines;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use crate::config::{Config, LogFormat};
use crate::traces;

pub use format::of_request;
pub use lossy::dropped;

use format::{Json, Pretty};
use lossy::Lossy;

/// Bytes of lines that may wait.
const BUFFER: usize = 4 << 20;

/// Sees to it that the last lines are written, and the last spans sent.
#[derive(Debug)]
pub struct Guard {
    log: Lossy,
    traces: Option<traces::Guard>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.traces.take());
        self.log.flush();
    }
}

/// What is logged, from `log.level`: a single level is this server's own, libraries then say only
/// what is alarming; anything else is taken as it is.
pub fn filter(level: &str) -> Result<EnvFilter, String> {
    let directives = match level.parse::<tracing::Level>() {
        Ok(level) => format!("warn,accord={level},contract={level}"),
        Err(_) => level.to_owned(),
    };
    EnvFilter::try_new(directives).map_err(|error| error.to_string())
}

/// Starts log and traces of the process.
///
/// # Errors
/// When the configuration makes no sense to them.
pub fn start(config: &Config) -> anyhow::Result<Guard> {
    let log = Lossy::new(BUFFER, io::stdout()).context("cannot start the log")?;
    let colours = io::stdout().is_terminal();
    let lines = lines().with_writer(log.clone());
    let lines = match config.log_format() {
        LogFormat::Pretty => lines
            .with_ansi(colours)
            .event_format(Pretty::new(colours))
            .boxed(),
        LogFormat::Json => lines.event_format(Json).boxed(),
    };
    let mut filter = filter(&config.log.level).map_err(anyhow::Error::msg)?;
    let (spans, traces) = traces::layer(&config.traces)?.unzip();
    if traces.is_some() {
        filter = filter.add_directive(traces::DIRECTIVE.parse()?);
    }
    // One filter for all, and not one of the lines alone: that one loses the line after any question whether a line
    // would be logged, which libraries ask (tracing-subscriber 0.3.23).
    tracing_subscriber::registry()
        .with(filter)
        .with(spans)
        .with(lines)
        .try_init()?;
    log_panics(config.is_development());
    Ok(Guard { log, traces })
}

/// Panics go to the log, with their place. Their text may hold anything and is for development.
fn log_panics(development: bool) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        let text = panic.payload_as_str().filter(|_| development);
        tracing::error!(place, text, "panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_for_this_server() {
        let own = filter("debug").unwrap().to_string();
        assert!(
            own.contains("accord=debug") && own.contains("warn"),
            "{own}"
        );
        assert_eq!(
            filter("info,sqlx=debug").unwrap().to_string(),
            "sqlx=debug,info"
        );
        assert!(filter("loud=very").is_err());
    }
}
