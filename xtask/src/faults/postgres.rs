//! F-3: PostgreSQL stopped and started again, under load.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use tokio::time::sleep;

use super::api::Api;
use super::cluster::Cluster;
use super::load::{Load, Users};
use super::readers::now;
use super::stream::Reader;
use super::{Outcome, Place, Row};

const WRITERS: usize = 6;
/// Everybody is answered within this, with 503 while it is away.
const ANSWERED: Duration = Duration::from_secs(3);
/// And served again within this.
const RECOVERED: Duration = Duration::from_secs(5);
/// How long it is away: longer than all patience of the server.
const AWAY: Duration = Duration::from_secs(4);

/// Stops it politely and as a crash does, in turn.
pub async fn away(place: &Place) -> Result<Outcome> {
    let cluster = match Cluster::new(place, "postgres_away").await? {
        Ok(cluster) => cluster,
        Err(skipped) => return Ok(skipped),
    };
    let _servers = cluster.start()?;
    let addresses = cluster.addresses();
    let users = Users::sign_up(&addresses[0], WRITERS).await?;
    let reader = Reader::open(users.first(), &addresses).await?;
    let load = Load::start(&users, &addresses);
    let rounds = place.rounds(2, 20);
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        sleep(Duration::from_millis(500)).await;
        let mode = if round % 2 == 0 { "immediate" } else { "fast" };
        tokio::task::block_in_place(|| cluster.postgres.stop(mode))?;
        let before = load.look(|ledger| ledger.refused);
        sleep(AWAY).await;
        for address in &addresses {
            probe(&users.first().at(address)).await?;
        }
        ensure!(
            load.look(|ledger| ledger.refused) > before,
            "nobody was refused"
        );
        tokio::task::block_in_place(|| cluster.postgres.begin())?;
        for address in &addresses {
            slowest = slowest.max(recovery(&users.first().at(address)).await?);
        }
    }
    sleep(Duration::from_millis(500)).await;
    let ledger = load.finish().await?;
    ledger.ensure_answered(ANSWERED)?;
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
            "{} answered 503; slowest answer {} ms; served again within {} ms",
            ledger.refused,
            ledger.slowest.as_millis(),
            slowest.as_millis()
        ),
    }))
}

/// Alive, and not ready.
async fn probe(api: &Api) -> Result<()> {
    let begun = Instant::now();
    let live = api.get("/health-check?probe=live").await?.status();
    let (live_took, begun) = (begun.elapsed(), Instant::now());
    let ready = api.get("/health-check").await?.status();
    ensure!(live == 200 && ready == 503, "alive {live}, ready {ready}");
    ensure!(
        live_took < Duration::from_millis(500),
        "alive after {live_took:?}"
    );
    ensure!(
        begun.elapsed() <= ANSWERED,
        "not ready after {:?}",
        begun.elapsed()
    );
    Ok(())
}

/// How long until a write succeeds.
pub async fn recovery(user: &Api) -> Result<Duration> {
    let begun = Instant::now();
    while begun.elapsed() <= RECOVERED {
        if user
            .rename(&format!("back again at {}", now()))
            .await
            .is_ok_and(|answer| answer.status() == 200)
        {
            return Ok(begun.elapsed());
        }
        sleep(Duration::from_millis(20)).await;
    }
    bail!("no write succeeds after {RECOVERED:?}")
}
