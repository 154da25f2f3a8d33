//! A look at everything that a server needs, before it does or when it fails.

use std::fmt;

use crate::config::Config;
use crate::domain;
use crate::domain::entropy::{Entropy, random};
use crate::domain::image::{Key, Objects};
use crate::domain::keyring::Keyring;
use crate::domain::mail::Relay;
use crate::kv::Kv;
use crate::store::admin::{self, Found};
use crate::store::{Db, DbOptions};
use crate::{World, config};

/// How it is with one of the things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Fine,
    /// Not configured, or nothing to look at yet.
    Skipped,
    Failed,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub what: &'static str,
    pub state: State,
    pub details: String,
}

impl Finding {
    fn new(what: &'static str, state: State, details: impl fmt::Display) -> Self {
        let details = details.to_string();
        Self {
            what,
            state,
            details,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Fine => "ok",
            State::Skipped => "-",
            State::Failed => "FAILED",
        };
        write!(f, "{state:<6}  {:<13}  {}", self.what, self.details)
    }
}

type Looked = (State, String);

fn fine(details: impl fmt::Display) -> Looked {
    (State::Fine, details.to_string())
}

fn skipped(details: impl fmt::Display) -> Looked {
    (State::Skipped, details.to_string())
}

fn failed(details: impl fmt::Display) -> Looked {
    (State::Failed, details.to_string())
}

/// Looks at everything. Changes nothing: no migration is applied, no mail sent; one file is written to the storage of
/// images and deleted again.
pub async fn examine(config: &Config, world: &World) -> Vec<Finding> {
    let mode = format!("{:?} mode, {}", config.mode(), config.public_url());
    let (database, is_ready) = database(config).await;
    let all = [
        ("configuration", fine(mode)),
        ("files", files(config)),
        ("keys", keys(config, world, is_ready).await),
        ("database", database),
        ("redis", redis(config, world).await),
        ("storage", storage(config, &*world.entropy).await),
        ("smtp", smtp(&config.smtp).await),
    ];
    all.map(|(what, (state, details))| Finding::new(what, state, details))
        .into()
}

fn files(config: &Config) -> Looked {
    let needed = config.limits.connections as u64;
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(limit) if limit < needed => failed(format!(
            "{limit} open files are permitted and limits.connections is {needed}: raise the limit (ulimit -n, LimitNOFILE)"
        )),
        Ok(limit) => fine(format!("{limit} open files are permitted")),
        Err(error) => failed(error),
    }
}

/// The keys, and whether they open everything that is stored.
async fn keys(config: &Config, world: &World, is_ready: bool) -> Looked {
    let file = config.data_dir.join("keys");
    if config.keys.current.is_none() && !file.exists() {
        return skipped(format!("the first start makes {}", file.display()));
    }
    let keyring = match Keyring::from_config(config, world.entropy.clone()) {
        Ok(keyring) => keyring,
        Err(error) => return failed(error),
    };
    let ours: Vec<_> = keyring.key_ids().map(str::to_owned).collect();
    let named = format!("{} (the first one encrypts)", ours.join(", "));
    if !is_ready {
        return fine(named);
    }
    match keys_in_use(config).await {
        Err(error) => failed(error),
        Ok(mut needed) => {
            needed.retain(|key| !ours.contains(key));
            match needed.is_empty() {
                true => fine(named),
                false => failed(format!(
                    "{named}; stored secrets need {} too: add it to keys.previous",
                    needed.join(", ")
                )),
            }
        }
    }
}

async fn keys_in_use(config: &Config) -> anyhow::Result<Vec<String>> {
    let options = DbOptions::from(&config.database);
    let db = Db::connect(config.database_url().expose(), &options).await?;
    let mut tx = db.read().await?;
    let keys = admin::keys_in_use(&mut tx).await?;
    drop(tx);
    db.close().await;
    Ok(keys)
}

/// The database, and whether its schema is this version's.
async fn database(config: &Config) -> (Looked, bool) {
    match admin::examine(config.database_url().expose()).await {
        Ok(Found::Nothing) => (skipped("the first start makes it"), false),
        Ok(Found::Database { server, pending: 0 }) => {
            (fine(format!("{server}, the schema is up to date")), true)
        }
        Ok(Found::Database { server, pending }) => {
            let details = format!(
                "{server}, {pending} migrations wait for `accord migrate` or the next start"
            );
            (fine(details), false)
        }
        Err(error) => (failed(error), false),
    }
}

async fn redis(config: &Config, world: &World) -> Looked {
    let kv = match Kv::new(&config.redis, world.clock.clone()) {
        Ok(kv) => kv,
        Err(error) => return failed(error),
    };
    match kv.ping_redis().await {
        Some(Ok(())) => fine("answers"),
        Some(Err(error)) => failed(error),
        None if config.database_url().expose().starts_with("sqlite:") => {
            skipped("none: counters and events live in the process")
        }
        None => skipped("none: run one instance only"),
    }
}

async fn storage(config: &Config, entropy: &dyn Entropy) -> Looked {
    let objects = match Objects::new(config) {
        Ok(objects) => objects,
        Err(error) => return failed(error),
    };
    let (key, file) = (
        Key::of(&random(entropy)),
        b"a look by accord doctor".to_vec(),
    );
    let looked = async {
        objects.put(&key, file.clone()).await?;
        let found = objects.get(&key).await?;
        objects.delete(&key).await?;
        domain::Result::<_>::Ok(found)
    };
    let kind = format!("{:?}", config.storage.kind).to_lowercase();
    match looked.await {
        Ok(found) if found.as_deref() == Some(&*file) => {
            fine(format!("{kind}: written, read, deleted"))
        }
        Ok(_) => failed(format!("{kind}: what was written does not read back")),
        Err(error) => failed(format!("{kind}: {error}")),
    }
}

async fn smtp(config: &config::Smtp) -> Looked {
    match Relay::new(config) {
        Ok(None) => skipped("none: no mail leaves"),
        Ok(Some(relay)) => match relay.check().await {
            Ok(()) => fine("the mail server takes us"),
            Err(error) => failed(error),
        },
        Err(error) => failed(format!("{error:#}")),
    }
}
