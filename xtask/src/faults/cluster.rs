//! Two instances on one PostgreSQL and one Redis.

use anyhow::{Result, ensure};

use super::books::Books;
use super::neighbours::{Postgres, Redis};
use super::server::{Instance, Server};
use super::{Outcome, Place};
use crate::process;

/// Everything that two instances share, and the instances.
pub struct Cluster {
    pub postgres: Postgres,
    pub redis: Redis,
    pub instances: [Instance; 2],
    pub books: Books,
}

impl Cluster {
    /// None, with the reason, where the programs are missing.
    pub async fn new(place: &Place, name: &str) -> Result<Result<Self, Outcome>> {
        let Some(postgres) = Postgres::start(&place.directory(&format!("{name}-postgres")))? else {
            return Ok(Err(Outcome::Missing("PostgreSQL is not installed")));
        };
        let Some(redis) = Redis::start(&place.directory(&format!("{name}-redis")))? else {
            return Ok(Err(Outcome::Missing("Redis is not installed")));
        };
        let url = postgres.database(name).await?;
        let generate = ["keys", "generate"];
        let key = process::said(std::process::Command::new(&place.program).args(generate))?;
        ensure!(key.status.success(), "{}", key.text);
        let (redis_url, key) = (redis.url(), key.text.trim().to_owned());
        let settings = [
            ("ACCORD_DATABASE_URL", url.as_str()),
            ("ACCORD_REDIS_URL", &redis_url),
            ("ACCORD_KEYS__CURRENT", &key),
        ];
        let instance = |which: &str| {
            let data = place.directory(&format!("{name}-{which}"));
            Instance::new(&place.program, &data, &settings)
        };
        Ok(Ok(Self {
            instances: [instance("one")?, instance("two")?],
            books: Books::Postgres(url),
            postgres,
            redis,
        }))
    }

    pub fn addresses(&self) -> [String; 2] {
        self.instances
            .each_ref()
            .map(|instance| instance.address.clone())
    }

    /// Both, started at once (F-17).
    pub fn start(&self) -> Result<[Server; 2]> {
        std::thread::scope(|scope| {
            let [one, two] = self
                .instances
                .each_ref()
                .map(|instance| scope.spawn(|| instance.start()));
            let joined = |server: std::thread::ScopedJoinHandle<'_, Result<Server>>| {
                server
                    .join()
                    .unwrap_or_else(|_| anyhow::bail!("a start panicked"))
            };
            Ok([joined(one)?, joined(two)?])
        })
    }
}
