//! The log: lines on standard output that never make anybody wait.
//!
//! Lines go through a bounded queue to a thread that writes them. When nobody reads standard output,
//! the queue fills up and further lines are dropped and counted; requests go on (F-21).

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{Config, LogFormat};
use crate::traces;

/// Lines that were dropped since the process started.
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// How many lines were dropped since the process started, for nobody read them in time.
pub fn dropped() -> u64 {
    DROPPED.load(Relaxed)
}

/// Lines that may wait.
const QUEUE: usize = 16 * 1024;
/// How long the end of the process waits for the last lines.
const PATIENCE: Duration = Duration::from_millis(500);

/// Where log lines go without waiting.
#[derive(Clone, Debug)]
pub struct Lossy {
    queue: SyncSender<Vec<u8>>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    dropped: AtomicU64,
    /// Told as soon as every line is written.
    waiting: Mutex<Option<SyncSender<()>>>,
}

impl Lossy {
    /// A queue of a length, written to `out` by a thread of its own.
    fn new(length: usize, out: impl Write + Send + 'static) -> io::Result<Self> {
        let (queue, lines) = sync_channel(length);
        let shared = Arc::new(Shared::default());
        let lossy = Self {
            queue,
            shared: shared.clone(),
        };
        std::thread::Builder::new()
            .name("log".into())
            .spawn(move || write_all(&lines, out, &shared))?;
        Ok(lossy)
    }

    fn flush(&self) {
        let (done, wait) = sync_channel(1);
        *self.shared.waiting() = Some(done);
        // Wakes the thread if it waits for a line; if there is no place, it does not.
        let _ = self.queue.try_send(Vec::new());
        let _ = wait.recv_timeout(PATIENCE);
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Option<SyncSender<()>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write_all(lines: &Receiver<Vec<u8>>, mut out: impl Write, shared: &Shared) {
    while let Ok(mut line) = lines.recv() {
        loop {
            // An output that is gone is nothing that could be told to anybody.
            let _ = out.write_all(&line);
            match lines.try_recv() {
                Ok(next) => line = next,
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let _ = out.flush();
        match shared.dropped.swap(0, Relaxed) {
            0 => {}
            lines => tracing::warn!(lines, "log lines were dropped: nobody read them in time"),
        }
        if let Some(waiting) = shared.waiting().take() {
            let _ = waiting.try_send(());
        }
    }
}

/// One event: the subscriber writes each as a whole.
impl Write for &Lossy {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.queue.try_send(line.to_vec()).is_err() {
            self.shared.dropped.fetch_add(1, Relaxed);
            DROPPED.fetch_add(1, Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lossy {
    type Writer = &'a Lossy;

    fn make_writer(&'a self) -> &'a Lossy {
        self
    }
}

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
    let log = Lossy::new(QUEUE, io::stdout()).context("cannot start the log")?;
    let lines = match config.log_format() {
        LogFormat::Pretty => tracing_subscriber::fmt::layer()
            .with_writer(log.clone())
            .with_ansi(io::stdout().is_terminal())
            .boxed(),
        LogFormat::Json => json(log.clone()).boxed(),
    };
    let filter = filter(&config.log.level).map_err(anyhow::Error::msg)?;
    let (spans, traces) = traces::layer(&config.traces)?.unzip();
    tracing_subscriber::registry()
        .with(spans)
        .with(lines.with_filter(filter))
        .try_init()?;
    log_panics(config.is_development());
    Ok(Guard { log, traces })
}

/// A line of JSON for each event.
fn json<S, W>(out: W) -> impl Layer<S> + Send + Sync
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::fmt::layer()
        .with_writer(out)
        .json()
        .flatten_event(true)
        .with_span_list(false)
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
    use std::sync::mpsc::channel;

    use proptest::prelude::*;

    use super::*;

    /// Keeps what is written.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    proptest! {
        /// SECURITY: 16.4.1.
        #[test]
        fn a_line_is_one_line_whatever_is_in_it(
            text in prop_oneof![any::<String>(), "(\r|\n|\x1b\\[31m|\"|\\}|\\\\|,|\u{2028}|\0|\\PC){0,20}"],
        ) {
            let kept = Kept::default();
            let out = kept.clone();
            let lines = tracing_subscriber::registry().with(json(move || out.clone()));
            tracing::subscriber::with_default(lines, || {
                let span = tracing::info_span!("request", request_id = text);
                span.in_scope(|| tracing::warn!(path = text, client = %text, cause = ?text, "request"));
            });
            let written = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
            prop_assert_eq!(written.lines().count(), 1, "{}", written);
            prop_assert!(!written.trim_end().contains(|c: char| c.is_ascii_control()));
            let line: serde_json::Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(&line["path"], &text);
            prop_assert_eq!(&line["client"], &text);
            prop_assert_eq!(&line["cause"], &format!("{text:?}"));
            prop_assert_eq!(&line["message"], "request");
        }
    }

    #[test]
    fn f21_a_reader_that_stops_does_not_stop_the_writer() {
        /// Takes nothing until it is told to.
        struct Stalled(Receiver<()>, Arc<Mutex<Vec<u8>>>);
        impl Write for Stalled {
            fn write(&mut self, line: &[u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                self.1.lock().unwrap().extend_from_slice(line);
                Ok(line.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (go, stall) = channel();
        let written = Arc::default();
        let out = Lossy::new(4, Stalled(stall, Arc::clone(&written))).unwrap();
        for _ in 0..1_000 {
            (&out).write_all(b"line\n").unwrap();
        }
        let dropped = out.shared.dropped.load(Relaxed);
        // Four in the queue and one on its way, if the thread had taken it by then.
        assert!((995..=996).contains(&dropped), "{dropped}");
        drop(go);
        out.flush();
        let written = written.lock().unwrap().len() / b"line\n".len();
        assert_eq!(written as u64, 1_000 - dropped);
    }

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
