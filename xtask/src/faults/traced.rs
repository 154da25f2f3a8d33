//! F-6: what was written does not reach the disk, and the system says so.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tokio::time::sleep;

use super::api::Api;
use super::books::Books;
use super::load::{Load, Users};
use super::postgres::recovery;
use super::server::{Instance, Server, signal};
use super::{Outcome, Place, Row};
use crate::process;

/// The first refusal comes within this, and goes on for as long.
const NOTICED: Duration = Duration::from_secs(10);
const BROKEN: Duration = Duration::from_secs(2);

/// `strace`, which answers system calls in place of the system. Dropping lets the server go.
struct Tracer(Child);

impl Tracer {
    /// None when this user may not trace.
    fn inject(server: &Server, what: &str) -> Result<Option<Self>> {
        let mut tracer = Command::new("strace")
            .args(["-f", "-p", &server.id().to_string(), "-o", "/dev/null"])
            .args(["-e", "trace=fsync,fdatasync", "-e"])
            .arg(format!("inject=fsync,fdatasync:{what}"))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let said = tracer.stderr.take().context("what strace says")?;
        let mut lines = BufReader::new(said).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let tracer = Self(tracer);
        if !first.contains("attached") {
            eprintln!("strace: {first}");
            return Ok(None);
        }
        // Reads on to the end: a pipe that nobody reads stops who writes to it.
        std::thread::spawn(move || lines.count());
        Ok(Some(tracer))
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // Killed by SIGKILL it would leave the server stopped.
        let _ = signal("TERM", self.0.id());
        let _ = self.0.wait();
    }
}

/// While the disk takes nothing, nothing is acknowledged; reads go on, and so does everything when it takes things again.
pub async fn fsync(place: &Place) -> Result<Outcome> {
    if !process::is_there("strace", "-V") {
        return Ok(Outcome::Missing("strace is not installed"));
    }
    let data = place.directory("fsync-fails");
    let instance = Instance::new(&place.program, &data, &[])?;
    let mut server = instance.start()?;
    let users = Users::sign_up(&instance.address, 4).await?;
    let load = Load::start(&users, std::slice::from_ref(&instance.address));
    let (rounds, mut recovered) = (place.rounds(2, 10), Duration::ZERO);
    for _ in 0..rounds {
        sleep(Duration::from_millis(300)).await;
        let refused = load.look(|ledger| ledger.refused);
        let Some(tracer) = Tracer::inject(&server, "error=EIO")? else {
            load.finish().await?;
            return Ok(Outcome::Skipped("this user may not trace"));
        };
        let begun = Instant::now();
        while load.look(|ledger| ledger.refused) < refused + 4 {
            ensure!(begun.elapsed() < NOTICED, "writes go on without a disk");
            sleep(Duration::from_millis(20)).await;
        }
        // Each of the writers has been refused: what was acknowledged before the fault is told by now.
        let before = load.look(|ledger| (ledger.acknowledged(), ledger.refused));
        sleep(BROKEN).await;
        let after = load.look(|ledger| (ledger.acknowledged(), ledger.refused));
        ensure!(
            after.0 == before.0,
            "{} writes were acknowledged that no disk has taken",
            after.0 - before.0
        );
        ensure!(after.1 > before.1, "nobody was refused");
        let me = users.first().get("/v0/user/me").await?.status();
        ensure!(me == 200, "reading answers {me}");
        tokio::task::block_in_place(|| drop(tracer));
        recovered = recovered.max(recovery(users.first()).await?);
    }
    sleep(Duration::from_millis(300)).await;
    let ledger = load.finish().await?;
    ledger.ensure_right()?;
    server.kill()?;
    let _server = instance.start()?;
    let found = Books::sqlite(&data)
        .compare(&ledger, &Api::new(&instance.address)?)
        .await?;
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "{} answered 503, none acknowledged; reads went on; served again within {} ms; sound after a kill",
            ledger.refused,
            recovered.as_millis()
        ),
    }))
}
