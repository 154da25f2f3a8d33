//! One event, many subscribers.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::Effort;
use super::engine::{Engine, block_on};
use super::load::{Connection, request};
use super::report::Report;
use super::server::{Role, Server, mebibytes, sign_up};

/// Subscribers of one process: each takes a file descriptor here and another one there.
const OF_ONE: usize = 5_000;
const PATIENCE: Duration = Duration::from_secs(60);

/// Another process full of subscribers.
struct Readers {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Drop for Readers {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Readers {
    fn start(address: SocketAddr, count: usize) -> Result<Self> {
        let mut command = Role::Readers(address, count).command()?;
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut readers = Self {
            input: child.stdin.take().context("its input")?,
            output: BufReader::new(child.stdout.take().context("its output")?),
            child,
        };
        ensure!(readers.line()? == "subscribed", "the readers have failed");
        Ok(readers)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    /// Has them wait for the next event.
    fn expect(&mut self) -> Result<()> {
        Ok(writeln!(self.input, "next")?)
    }

    /// When, in microseconds of the real time, the last one of them had it.
    fn last(&mut self) -> Result<u128> {
        Ok(self.line()?.parse()?)
    }
}

fn microseconds() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_micros()
}

/// The role of a process full of subscribers: for each line of input it waits until all of them have one more event, and
/// prints when that was.
pub fn read(address: SocketAddr, count: usize) -> Result<()> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    block_on(async {
        let mut streams = Vec::with_capacity(count);
        for _ in 0..count {
            let mut stream = TcpStream::connect(address).await?;
            let subscribe = request("GET", "/v0/eventstream/actions", "", "");
            stream.write_all(&subscribe).await?;
            // What comes first is the head and the hint how long to wait before coming back.
            until(&mut stream, b"retry:").await?;
            streams.push(stream);
        }
        println!("subscribed");
        let mut lines = std::io::stdin().lines();
        while let Some(Ok(_)) = lines.next() {
            let mut waiting: FuturesUnordered<_> = streams
                .iter_mut()
                .map(|stream| until(stream, b"event: user:edit"))
                .collect();
            while let Some(done) = waiting.next().await {
                done?;
            }
            println!("{}", microseconds());
        }
        Ok(())
    })
}

/// Reads until this has come; events are small and come whole but for the rest of their data, which is harmless later.
async fn until(stream: &mut TcpStream, what: &[u8]) -> Result<()> {
    let mut buffer = Vec::with_capacity(1024);
    loop {
        let read = tokio::time::timeout(PATIENCE, stream.read_buf(&mut buffer)).await??;
        ensure!(read > 0, "the stream has ended");
        if buffer.windows(what.len()).any(|window| window == what) {
            return Ok(());
        }
    }
}

pub fn measure(engine: &Engine, effort: Effort, report: &mut Report) -> Result<()> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    let place = engine.place()?;
    for &crowd in effort.crowds {
        let server = Server::accord(&place)?;
        let account = block_on(sign_up(server.address, &format!("crowd_{crowd}")))?;
        let before = server.memory()?;
        let mut readers = Vec::new();
        let mut missing = crowd;
        let begun = Instant::now();
        while missing > 0 {
            let count = missing.min(OF_ONE);
            readers.push(Readers::start(server.address, count)?);
            missing -= count;
        }
        println!("{crowd} subscribers in {:?}", begun.elapsed());
        let each = (server.memory()?.saturating_sub(before)) as f64 / crowd as f64 / 1024.0;
        let headers = format!(
            "cookie: session_id={}\r\ncontent-type: application/json\r\n",
            account.session
        );
        let mut took = Vec::new();
        for round in 0..5 {
            readers.iter_mut().try_for_each(Readers::expect)?;
            std::thread::sleep(Duration::from_millis(300));
            let body = format!(r#"{{"bio":"round {round}"}}"#);
            let edit = request("PATCH", "/v0/user/me", &headers, &body);
            let asked = microseconds();
            block_on(async {
                Connection::open(server.address)
                    .await?
                    .ask(&edit)
                    .await
                    .map(drop)
            })?;
            let mut last = 0;
            for reader in &mut readers {
                last = last.max(reader.last()?);
            }
            took.push((last.saturating_sub(asked)) as f64 / 1e3);
        }
        took.sort_unstable_by(f64::total_cmp);
        let name = |what: &str| format!("{crowd} subscribers: {what}");
        report.figure(engine, &name("memory of each"), each, "KiB", "≤ 30");
        report.figure(
            engine,
            &name("an event at all, median"),
            took[took.len() / 2],
            "ms",
            "",
        );
        let worst = took[took.len() - 1];
        report.figure(
            engine,
            &name("an event at all, worst of 5"),
            worst,
            "ms",
            "≤ 1000",
        );
        report.figure(
            engine,
            &name("memory in all"),
            mebibytes(server.memory()?),
            "MiB",
            "",
        );
    }
    Ok(())
}
