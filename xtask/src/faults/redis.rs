//! F-10: Redis stopped and started again empty, frozen, flushed, and full.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures::future::try_join_all;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::api::Api;
use super::cluster::Cluster;
use super::load::{Load, Users};
use super::neighbours::{Frozen, Redis};
use super::stream::Reader;
use super::{Outcome, Place, Row};

const WRITERS: usize = 4;
/// Sign-ins an hour of one client address; the users take some of the first ones.
const LIMIT: usize = 40;
const RECOVERED: Duration = Duration::from_secs(5);
/// A command waits a second; a request has two at most, and the machine other things to do.
const ANSWERED: Duration = Duration::from_secs(4);

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hurt {
    Stopped,
    Frozen,
    Flushed,
    Full,
}

impl Hurt {
    const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "redis_stopped",
            Self::Frozen => "redis_frozen",
            Self::Flushed => "redis_flushed",
            Self::Full => "redis_full",
        }
    }

    /// Begins it. Something frozen moves again when the answer is dropped.
    fn begin(self, redis: &mut Redis) -> Result<Option<Frozen>> {
        match self {
            Self::Stopped => redis.stop()?,
            Self::Frozen => return redis.freeze().map(Some),
            Self::Flushed => redis.tell("FLUSHALL")?,
            Self::Full => {
                redis.tell("CONFIG SET maxmemory-policy noeviction")?;
                redis.tell("CONFIG SET maxmemory 1")?;
            }
        }
        Ok(None)
    }

    fn end(self, redis: &mut Redis) -> Result<()> {
        match self {
            Self::Stopped => redis.begin(),
            Self::Frozen | Self::Flushed => Ok(()),
            Self::Full => redis.tell("CONFIG SET maxmemory 0"),
        }
    }

    /// How many sign-ins pass at most meanwhile: each instance counts by itself, anew; no limit is lifted.
    const fn meanwhile(self) -> usize {
        match self {
            Self::Flushed => LIMIT,
            _ => 2 * LIMIT,
        }
    }

    /// How many pass afterwards: as many as Redis has forgotten.
    const fn afterwards(self) -> usize {
        match self {
            Self::Stopped => LIMIT,
            _ => 0,
        }
    }
}

pub async fn hurt(place: &Place, hurt: Hurt) -> Result<Outcome> {
    let mut cluster = match Cluster::new(place, hurt.name()).await? {
        Ok(cluster) => cluster,
        Err(skipped) => return Ok(skipped),
    };
    cluster.instances = cluster.instances.map(|instance| {
        instance
            .with(
                "ACCORD_RATE_LIMITS__LOGIN__PER_ADDRESS__BURST",
                &LIMIT.to_string(),
            )
            .with("ACCORD_RATE_LIMITS__LOGIN__PER_ADDRESS__PERIOD", "1h")
    });
    let _servers = cluster.start()?;
    let addresses = cluster.addresses();
    let users = Users::sign_up(&addresses[0], WRITERS).await?;
    let gone = Api::new(&addresses[0])?.sign_up().await?;
    ensure!(gone.post("/v0/auth/logout", &json!({})).await?.status() == 204);
    let instances = addresses
        .each_ref()
        .map(|address| users.first().at(address));
    ensure!(
        judged(&instances).await? == LIMIT - WRITERS - 1,
        "the limit is not shared"
    );

    let reader = Reader::open(users.first(), &addresses).await?;
    let load = Load::start(&users, &addresses);
    let rounds = place.rounds(1, 10);
    for _ in 0..rounds {
        sleep(Duration::from_millis(300)).await;
        let frozen = tokio::task::block_in_place(|| hurt.begin(&mut cluster.redis))?;
        let alone = judged(&instances).await?;
        ensure!(
            alone <= hurt.meanwhile(),
            "{alone} passed a limit of {LIMIT} while Redis was {hurt:?}"
        );
        sleep(Duration::from_secs(1)).await;
        drop(frozen);
        hurt.end(&mut cluster.redis)?;
        for instance in &instances {
            is_up(instance).await?;
        }
        let shared = judged(&instances).await?;
        // One may have come back by the passing of time.
        ensure!(
            (hurt.afterwards()..=hurt.afterwards() + 1).contains(&shared),
            "{shared} passed a limit of {LIMIT} after Redis was {hurt:?}"
        );
    }
    let ledger = load.finish().await?;
    ledger.ensure_answered(ANSWERED)?;
    ensure!(ledger.refused == 0, "who needs no Redis was refused");
    for instance in &instances {
        let old = gone
            .at(&instance.address)
            .get("/v0/user/me")
            .await?
            .status();
        ensure!(old == 401, "a session that was ended answers {old}");
    }
    let found = cluster
        .books
        .compare(&ledger, &Api::new(&addresses[0])?)
        .await?;
    let seen = reader.all_of(&ledger.names).await?;
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "nobody refused; limits kept; {} events to a reader; slowest answer {} ms",
            seen.len(),
            ledger.slowest.as_millis()
        ),
    }))
}

/// How many of many wrong sign-ins, spread over the instances, are not refused by the limit.
async fn judged(instances: &[Api; 2]) -> Result<usize> {
    let body = json!({ "email": "nobody@example.com", "password": "not the right one" });
    let tries = (0..3 * LIMIT).map(|number| instances[number % 2].post("/v0/auth/login", &body));
    let answers = try_join_all(tries).await?;
    let passed = answers
        .iter()
        .filter(|answer| answer.status() == 401)
        .count();
    let limited = answers
        .iter()
        .filter(|answer| answer.status() == 429)
        .count();
    ensure!(
        passed + limited == answers.len(),
        "sign-ins answer otherwise"
    );
    Ok(passed)
}

async fn is_up(api: &Api) -> Result<()> {
    let begun = Instant::now();
    loop {
        let report: Value = api.get("/health-check").await?.json().await?;
        if report["dependencies"]["redis"] == "up" {
            return Ok(());
        }
        ensure!(
            begun.elapsed() < RECOVERED,
            "Redis is not found again: {report}"
        );
        sleep(Duration::from_millis(50)).await;
    }
}
