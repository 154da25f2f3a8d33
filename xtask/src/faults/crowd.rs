//! F-13: ten thousand readers of the event stream on one instance.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::time::sleep;

use super::api::Api;
use super::readers::{END, Report, now};
use super::server::Instance;
use super::{Outcome, Place, Row};

const READERS: usize = 10_000;
const PROCESSES: usize = 4;
/// Each commit, on its own, to all of them.
const EVENTS: usize = 20;
/// Each has this long to reach everybody before the next one.
const PACE: Duration = Duration::from_millis(1500);

pub async fn ten_thousand(place: &Place) -> Result<Outcome> {
    let settings = [
        ("ACCORD_LIMITS__STREAMS", "10000"),
        ("ACCORD_LIMITS__STREAMS_PER_ADDRESS", "20000"),
        ("ACCORD_LIMITS__CONNECTIONS", "12000"),
    ];
    let instance = Instance::new(&place.program, &place.directory("crowd"), &settings)?;
    let server = instance.start()?;
    let user = Api::new(&instance.address)?.sign_up().await?;
    let before = server.memory()?;
    let mut crowds = Vec::new();
    for _ in 0..PROCESSES {
        crowds.push(Crowd::open(&instance.address)?);
    }
    for crowd in &mut crowds {
        ensure!(
            tokio::task::block_in_place(|| crowd.line())?.trim() == "open",
            "not all streams open"
        );
    }
    sleep(Duration::from_secs(1)).await;
    let open = server.memory()?;
    let one_more = user.get("/v0/eventstream/actions").await?.status();
    ensure!(one_more == 503, "one more stream is answered {one_more}");
    for _ in 0..EVENTS {
        ensure!(user.rename(&now().to_string()).await?.status() == 200);
        sleep(PACE).await;
    }
    let after = server.memory()?;
    ensure!(user.rename(END).await?.status() == 200);
    let (mut complete, mut delays) = (0, Vec::new());
    for crowd in &mut crowds {
        let report = tokio::task::block_in_place(|| crowd.line())?;
        let report: Report = serde_json::from_str(&report).context("a report")?;
        complete += report.complete;
        delays.extend(report.delays);
    }
    delays.sort_unstable();
    ensure!(
        complete == READERS,
        "{complete} of {READERS} readers got everything"
    );
    let at = |share: usize| delays[(delays.len() - 1) * share / 100] as f64 / 1e3;
    let each = |memory: u64| (memory.saturating_sub(before)) as f64 / READERS as f64;
    Ok(Outcome::Tried(Row {
        rounds: EVENTS,
        acknowledged: (EVENTS * READERS) as u64,
        found: delays.len() as u64,
        note: format!(
            "{:.1} KiB a reader ({:.1} after the events); from the request to a reader p50 {:.0} ms, p99 {:.0} ms, slowest {:.0} ms; one more is refused",
            each(open),
            each(after),
            at(50),
            at(99),
            at(100)
        ),
    }))
}

/// A process full of readers.
struct Crowd {
    process: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Crowd {
    fn open(address: &str) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["faults-readers", address])
            .args([(READERS / PROCESSES).to_string(), EVENTS.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().context("output")?;
        Ok(Self {
            process,
            output: BufReader::new(output),
        })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(
            self.output.read_line(&mut line)? > 0,
            "readers have given up"
        );
        Ok(line)
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
