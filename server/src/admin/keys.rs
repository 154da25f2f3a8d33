//! Changing the key that encrypts what is stored.

use std::fmt;

use crate::config::Config;
use crate::domain::totp;
use crate::store::admin;
use crate::{World, build};

/// What is under which key after a rotation.
#[derive(Debug)]
pub struct Rotated {
    current: String,
    outcome: totp::Reencrypted,
    /// Previous keys that nothing stored needs any more.
    idle: Vec<String>,
    /// Keys that something stored needs, besides the current one.
    in_use: Vec<String>,
}

/// Encrypts anew, under `keys.current`, what is stored under other keys. Mails that wait are left: they go out soon.
///
/// # Errors
/// With a sentence for the operator. May be run again, and beside servers that have the current key.
pub async fn rotate(config: Config, world: World) -> anyhow::Result<Rotated> {
    let services = build(config, world).await?.services;
    let outcome = totp::reencrypt(&services).await?;
    let mut tx = services.db.read().await?;
    let mut in_use = admin::keys_in_use(&mut tx).await?;
    drop(tx);
    services.db.close().await;
    let mut keys = services.keyring.key_ids().map(str::to_owned);
    let current = keys.next().unwrap_or_default();
    in_use.retain(|key| *key != current);
    let idle = keys.filter(|key| !in_use.contains(key)).collect();
    Ok(Rotated {
        current,
        outcome,
        idle,
        in_use,
    })
}

impl fmt::Display for Rotated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            current, outcome, ..
        } = self;
        writeln!(
            f,
            "{} secrets are now under the key {current:?}",
            outcome.done
        )?;
        if outcome.unreadable > 0 {
            writeln!(
                f,
                "{} secrets cannot be read: their key is not configured",
                outcome.unreadable
            )?;
        }
        for key in &self.in_use {
            writeln!(
                f,
                "the key {key:?} is still needed: mails wait under it, or its secrets cannot be read"
            )?;
        }
        for key in &self.idle {
            writeln!(
                f,
                "nothing stored needs the key {key:?}: take it from keys.previous when the last link that it made has expired (a day)"
            )?;
        }
        Ok(())
    }
}
