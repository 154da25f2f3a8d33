//! F-1, F-2: kill -9 at random moments under write load.

use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::time::sleep;

use super::api::Api;
use super::books::Books;
use super::cluster::Cluster;
use super::load::{Load, Users};
use super::server::{Instance, Server};
use super::stream::Reader;
use super::{Outcome, Place, Row, random_below};

const WRITERS: usize = 6;
/// Loaded for so long, in milliseconds, before the kill: a part of it by chance.
const LOADED: (u64, u64) = (30, 300);
/// Back within this, without anybody's help. (A debug build on a busy machine.)
const RESTART: Duration = Duration::from_secs(5);

/// An embedded server.
pub async fn sqlite(place: &Place) -> Result<Outcome> {
    let data = place.directory("kill-sqlite");
    let instance = Instance::new(&place.program, &data, &[])?;
    let servers = vec![instance.start()?];
    let rounds = place.rounds(12, 100);
    let books = Books::sqlite(&data);
    cycles(&[instance], servers, rounds, &books).await
}

/// Two instances, of which one or the other is killed.
pub async fn postgres(place: &Place) -> Result<Outcome> {
    let cluster = match Cluster::new(place, "kill_postgres").await? {
        Ok(cluster) => cluster,
        Err(skipped) => return Ok(skipped),
    };
    let servers = cluster.start()?.into();
    let rounds = place.rounds(12, 100);
    cycles(&cluster.instances, servers, rounds, &cluster.books).await
}

async fn cycles(
    instances: &[Instance],
    mut servers: Vec<Server>,
    rounds: usize,
    books: &Books,
) -> Result<Outcome> {
    let addresses: Vec<_> = instances
        .iter()
        .map(|instance| instance.address.clone())
        .collect();
    let users = Users::sign_up(&addresses[0], WRITERS).await?;
    let reader = Reader::open(users.first(), &addresses).await?;
    let load = Load::start(&users, &addresses);
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        let (least, most) = LOADED;
        sleep(Duration::from_millis(least + random_below(most - least))).await;
        let which = usize::try_from(random_below(instances.len() as u64))?;
        servers[which].kill()?;
        servers[which] = tokio::task::block_in_place(|| instances[which].start())?;
        slowest = slowest.max(servers[which].took);
        if round % 10 == 9 {
            books.are_sound().await?;
        }
    }
    ensure!(slowest < RESTART, "a restart took {slowest:?}");
    // Some more, so that the last restart is seen to work.
    sleep(Duration::from_millis(300)).await;
    let ledger = load.finish().await?;
    ledger.ensure_right()?;
    let found = books.compare(&ledger, &Api::new(&addresses[0])?).await?;
    let seen = reader.all_of(&ledger.names).await?;
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "{} names, {} registrations with their mail, {} tokens; {} unanswered; {} events to a reader that resumed; restart {} ms at most",
            ledger.names.len(),
            ledger.handles.len(),
            ledger.tokens.len(),
            ledger.unanswered,
            seen.len(),
            slowest.as_millis(),
        ),
    }))
}
