//! Thousands of readers of the event stream, in a process of their own: descriptors are limited by process.

use std::io::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::stream::name_of;

/// What the name in the last event is.
pub const END: &str = "the end";
/// Readers that connect at once.
const AT_ONCE: usize = 100;

/// Microseconds since 1970: names are times, so that a reader knows how long an event took.
pub fn now() -> u128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_micros()
}

/// What one process prints at the end: events by reader, and how long they took, in microseconds.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Report {
    pub complete: usize,
    pub delays: Vec<u64>,
}

/// Opens so many streams, says `open`, reads them to the last event of so many, and prints a report.
pub fn read_all(address: &str, readers: usize, events: usize) -> Result<()> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut open = Vec::with_capacity(readers);
        while open.len() < readers {
            let mut connecting = JoinSet::new();
            for _ in 0..AT_ONCE.min(readers - open.len()) {
                connecting.spawn(subscribe(address.to_owned()));
            }
            for reader in connecting.join_all().await {
                open.push(reader?);
            }
        }
        println!("open");
        std::io::stdout().flush()?;
        let mut reading = JoinSet::new();
        for reader in open {
            reading.spawn(read(reader));
        }
        let mut report = Report {
            complete: 0,
            delays: Vec::new(),
        };
        for delays in reading.join_all().await {
            let delays = delays?;
            report.complete += usize::from(delays.len() == events);
            report.delays.extend(delays);
        }
        report.delays.sort_unstable();
        println!("{}", serde_json::to_string(&report)?);
        Ok(())
    })
}

/// A stream that has begun.
async fn subscribe(address: String) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(&address).await?;
    let request = format!("GET /v0/eventstream/actions HTTP/1.1\r\nhost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::new();
    while !head.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        ensure!(
            stream.read_buf(&mut head).await? > 0,
            "the server has hung up"
        );
    }
    let status = String::from_utf8_lossy(head.get(..12).unwrap_or_default()).into_owned();
    ensure!(status == "HTTP/1.1 200", "{status}");
    Ok(stream)
}

/// The delays of all events up to the last one; an error when one is missing, doubled or out of order.
async fn read(mut stream: TcpStream) -> Result<Vec<u64>> {
    let (mut bytes, mut delays, mut last) = (Vec::with_capacity(1024), Vec::new(), 0);
    loop {
        let patience = Duration::from_secs(120);
        let count = tokio::time::timeout(patience, stream.read_buf(&mut bytes)).await??;
        ensure!(count > 0, "the server has hung up");
        let arrived = now();
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = bytes.drain(..=end).collect();
            let Some(name) = name_of(String::from_utf8_lossy(&line).trim_end()) else {
                continue;
            };
            if name == END {
                return Ok(delays);
            }
            let sent: u128 = name.parse().context("a time")?;
            if sent <= last {
                bail!("events out of order");
            }
            last = sent;
            delays.push(u64::try_from(arrived.saturating_sub(sent))?);
        }
    }
}
