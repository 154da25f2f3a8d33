//! Ending sessions that an operator does not trust (ASVS 7.4.5).

use anyhow::{Context as _, bail};

use crate::config::Config;
use crate::domain::session::{self, Ended};
use crate::domain::types::{Email, Handle};
use crate::store::users::{self, User};
use crate::store::{Db, Tx};
use crate::{Services, World, build};

/// Ends the sessions of one account, named by email or handle, and its sign-ins that wait for a second factor. Servers
/// that run refuse them from the next request on.
///
/// # Errors
/// With a sentence for the operator.
pub async fn end_sessions(config: Config, world: World, account: &str) -> anyhow::Result<Ended> {
    let services = build(config, world).await?.services;
    let ended = end(&services, account).await;
    services.db.close().await;
    ended
}

async fn end(s: &Services, account: &str) -> anyhow::Result<Ended> {
    let user = find(&s.db, account).await?;
    Ok(session::end_all_of(s, &user).await?)
}

async fn find(db: &Db, account: &str) -> anyhow::Result<User> {
    let mut tx = db.read().await?;
    let found = match account.contains('@') {
        true => by_email(&mut tx, account).await?,
        false => {
            let handle = Handle::parse(account).ok().context("that is no handle")?;
            users::by_handle(&mut tx, &handle).await?
        }
    };
    match found {
        Some(user) => Ok(user),
        None => bail!("there is no account {account}"),
    }
}

async fn by_email(tx: &mut Tx, email: &str) -> anyhow::Result<Option<User>> {
    let email = Email::parse(email)
        .ok()
        .context("that is no email address")?;
    Ok(users::verified_by_email(tx, &email).await?)
}

/// Ends the sessions of everybody.
///
/// # Errors
/// With a sentence for the operator; may be run again.
pub async fn end_all_sessions(config: Config, world: World) -> anyhow::Result<Ended> {
    let services = build(config, world).await?.services;
    let ended = session::end_all(&services).await;
    services.db.close().await;
    Ok(ended?)
}
