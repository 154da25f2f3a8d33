//! Where lines go without waiting.
//!
//! Lines are gathered in a bounded buffer that a thread writes out, many at a time. When nobody reads the output, the
//! buffer fills up and further lines are dropped and counted; requests go on (F-21).

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long lines are gathered before the next write. A thread that is woken for each would cost more than they do.
const GATHER: Duration = Duration::from_millis(2);
/// How long the end of the process waits for the last lines.
const PATIENCE: Duration = Duration::from_millis(500);

/// Lines that were dropped since the process started.
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// How many lines were dropped since the process started, for nobody read them in time.
pub fn dropped() -> u64 {
    DROPPED.load(Relaxed)
}

/// Takes whole lines.
#[derive(Clone, Debug)]
pub struct Lossy(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    capacity: usize,
    waiting: Mutex<Waiting>,
    /// There are lines, and the thread waits for some.
    wake: Condvar,
    /// The thread has written what there was.
    written: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    lines: Vec<u8>,
    dropped: u64,
    writer: Writer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Writer {
    #[default]
    Busy,
    Idle,
}

impl Lossy {
    /// A buffer of so many bytes, written to `out` by a thread of its own.
    pub fn new(capacity: usize, out: impl Write + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            capacity,
            waiting: Mutex::default(),
            wake: Condvar::new(),
            written: Condvar::new(),
        });
        let lossy = Self(Arc::clone(&shared));
        std::thread::Builder::new()
            .name("log".into())
            .spawn(move || shared.write_all(out))?;
        Ok(lossy)
    }

    /// Waits until all is written, but not for long.
    pub fn flush(&self) {
        let waiting = self.0.waiting();
        let unwritten =
            |waiting: &mut Waiting| !waiting.lines.is_empty() || waiting.writer == Writer::Busy;
        let waited = self
            .0
            .written
            .wait_timeout_while(waiting, PATIENCE, unwritten);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, line: &[u8]) {
        let mut waiting = self.waiting();
        if waiting.lines.len() + line.len() > self.capacity {
            waiting.dropped += 1;
            DROPPED.fetch_add(1, Relaxed);
            return;
        }
        waiting.lines.extend_from_slice(line);
        let idle = waiting.writer == Writer::Idle;
        drop(waiting);
        if idle {
            self.wake.notify_one();
        }
    }

    /// The lines there are, as soon as there are some, and how many were dropped before them.
    fn next(&self, mut spare: Vec<u8>) -> (Vec<u8>, u64) {
        let mut waiting = self.waiting();
        while waiting.lines.is_empty() {
            waiting.writer = Writer::Idle;
            self.written.notify_all();
            let woken = self.wake.wait(waiting);
            waiting = woken.unwrap_or_else(PoisonError::into_inner);
        }
        waiting.writer = Writer::Busy;
        std::mem::swap(&mut waiting.lines, &mut spare);
        (spare, std::mem::take(&mut waiting.dropped))
    }

    #[allow(clippy::disallowed_methods)] // a thread that does nothing else
    fn write_all(&self, mut out: impl Write) {
        let mut lines = Vec::new();
        loop {
            let dropped;
            (lines, dropped) = self.next(lines);
            // An output that is gone is nothing that could be told to anybody.
            let _ = out.write_all(&lines);
            let _ = out.flush();
            lines.clear();
            if dropped > 0 {
                tracing::warn!(
                    lines = dropped,
                    "log lines were dropped: nobody read them in time"
                );
            }
            std::thread::sleep(GATHER);
        }
    }
}

/// One event: the subscriber writes each as a whole.
impl Write for &Lossy {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(line);
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    /// Takes nothing until it is told to.
    struct Stalled(Receiver<()>, Arc<Mutex<Vec<u8>>>);

    impl Write for Stalled {
        fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            self.1.lock().unwrap().extend_from_slice(lines);
            Ok(lines.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn f21_a_reader_that_stops_does_not_stop_the_writer() {
        let (go, stall) = channel();
        let written = Arc::default();
        let line = b"line\n";
        let out = Lossy::new(4 * line.len(), Stalled(stall, Arc::clone(&written))).unwrap();
        for _ in 0..1_000 {
            (&out).write_all(line).unwrap();
        }
        let dropped = out.0.waiting().dropped;
        // Four in the buffer, and up to four on their way if the thread had taken them by then.
        assert!((992..=996).contains(&dropped), "{dropped}");
        drop(go);
        out.flush();
        let written = written.lock().unwrap().len() / line.len();
        assert_eq!(written as u64, 1_000 - dropped);
    }

    #[test]
    fn lines_come_out_whole_and_in_order() {
        let (go, stall) = channel();
        drop(go);
        let written = Arc::default();
        let out = Lossy::new(1 << 20, Stalled(stall, Arc::clone(&written))).unwrap();
        let lines: Vec<String> = (0..10_000).map(|number| format!("{number}\n")).collect();
        for line in &lines {
            (&out).write_all(line.as_bytes()).unwrap();
        }
        out.flush();
        let written = String::from_utf8(written.lock().unwrap().clone()).unwrap();
        assert_eq!(written, lines.concat());
    }
}
