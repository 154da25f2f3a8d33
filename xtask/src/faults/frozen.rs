//! F-4: PostgreSQL does not move: connections are taken, and nothing is answered on them.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tokio::time::sleep;

use super::api::Api;
use super::cluster::Cluster;
use super::disk::{upload, url_of};
use super::load::{Load, Users};
use super::postgres::recovery;
use super::slow::NOTICEABLE;
use super::stream::Reader;
use super::{Outcome, Place, Row};

const WRITERS: usize = 6;
/// Two seconds for a connection, three for a statement, and the machine has other things to do.
const ANSWERED: Duration = Duration::from_secs(6);
/// Longer than all patience of the server.
const FROZEN: Duration = Duration::from_secs(8);
/// What waiting requests may cost: they are as few as before.
const MEMORY: u64 = 64 * 1024;

pub async fn postgres(place: &Place) -> Result<Outcome> {
    let cluster = match Cluster::new(place, "postgres_frozen").await? {
        Ok(cluster) => cluster,
        Err(skipped) => return Ok(skipped),
    };
    let servers = cluster.start()?;
    let addresses = cluster.addresses();
    let users = Users::sign_up(&addresses[0], WRITERS).await?;
    let picture = url_of(upload(users.first()).await?).await?;
    let (_, picture) = picture.split_once("/media/").context("a picture")?;
    let picture = format!("/media/{picture}");
    let reader = Reader::open(users.first(), &addresses).await?;
    let load = Load::start(&users, &addresses);
    let (mut slowest, mut alive) = (Duration::ZERO, Vec::new());
    let memory = servers[0].memory()?;
    let rounds = place.rounds(1, 10);
    for _ in 0..rounds {
        sleep(Duration::from_millis(500)).await;
        let frozen = tokio::task::block_in_place(|| cluster.postgres.freeze())?;
        let (begun, refused) = (Instant::now(), load.look(|ledger| ledger.refused));
        while begun.elapsed() < FROZEN {
            alive.push(probe(users.first(), &picture).await?);
            sleep(Duration::from_millis(20)).await;
        }
        let ready = users.first().get("/health-check").await?.status();
        ensure!(ready == 503, "ready: {ready}");
        let refused = load.look(|ledger| ledger.refused) - refused;
        ensure!(refused > 0, "nobody was refused");
        tokio::task::block_in_place(|| drop(frozen));
        for address in &addresses {
            slowest = slowest.max(recovery(&users.first().at(address)).await?);
        }
    }
    let ledger = load.finish().await?;
    ledger.ensure_answered(ANSWERED)?;
    let growth = servers[0].memory()?.saturating_sub(memory);
    ensure!(growth < MEMORY, "{growth} KiB more memory");
    alive.sort();
    let p99 = alive[alive.len() * 99 / 100];
    ensure!(p99 <= NOTICEABLE, "health and pictures take {p99:?}");
    let found = cluster
        .books
        .compare(&ledger, &Api::new(&addresses[0])?)
        .await?;
    reader.all_of(&ledger.names).await?;
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "{} answered 503; slowest answer {} ms; health and pictures p99 {:.1} ms; served again within {} ms",
            ledger.refused,
            ledger.slowest.as_millis(),
            p99.as_secs_f64() * 1e3,
            slowest.as_millis()
        ),
    }))
}

/// What needs no database: the slower one of two answers.
async fn probe(api: &Api, picture: &str) -> Result<Duration> {
    let mut slower = Duration::ZERO;
    for path in ["/health-check?probe=live", picture] {
        let begun = Instant::now();
        let status = api.get(path).await?.status();
        ensure!(status == 200, "{path} answers {status}");
        slower = slower.max(begun.elapsed());
    }
    Ok(slower)
}
