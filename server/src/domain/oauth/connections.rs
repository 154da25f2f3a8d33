//! The identities linked to an account.

use super::flow::{self, Callback, Flow};
use super::{Identity, Provider};
use crate::Services;
use crate::domain::action_log::{self, Action, Entry};
use crate::domain::caller::Caller;
use crate::domain::mail::{self, Message};
use crate::domain::session::Session;
use crate::domain::types::{ConnectionId, Email, SecretToken};
use crate::domain::{Error, Result};
use crate::store::oauth_connections::{self, Connection, NewConnection};
use crate::store::users::{self, User};
use crate::store::{self, Tx, sessions};

/// Links the identity of who comes back from the provider to the account of the session that began the trip.
///
/// # Errors
/// `session:reauthentication_required`, `oauth:invalid_state`, what [`super::Providers::identify`] answers,
/// `oauth:account_already_linked`, `oauth:provider_already_linked`
pub async fn link(
    s: &Services,
    caller: &Caller,
    session: &Session,
    provider: Provider,
    binding: Option<SecretToken>,
    callback: Callback,
) -> Result<Connection> {
    session.require_recent(s)?;
    let trip = flow::end(
        s,
        provider,
        Flow::Link,
        Some(session),
        binding.as_ref(),
        &callback,
    )
    .await?;
    let identity = s
        .oauth
        .identify(s, provider, callback.code, trip.verifier, trip.nonce)
        .await?;

    let mut tx = s.db.write().await?;
    let user = still_signed_in(s, &mut tx, session).await?;
    let (id, identity) = (&identity.id, &identity);
    if oauth_connections::by_identity(&mut tx, provider.name(), id)
        .await?
        .is_some()
    {
        return Err(Error::OauthAccountAlreadyLinked);
    }
    let (connection, entry) = insert(s, &mut tx, caller, &user, identity).await?;
    let notice = Message::OauthLinked {
        provider: provider.title().to_owned(),
    };
    mail::send(s, &mut tx, &user, notice, None).await?;
    action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(connection)
}

/// The account, if the session was not ended while the provider was asked.
async fn still_signed_in(s: &Services, tx: &mut Tx, session: &Session) -> Result<User> {
    let user = users::lock(tx, session.user.id).await?;
    let live = sessions::list(tx, session.user.id, s.clock.now()).await?;
    match user.filter(|user| user.disabled_at.is_none()) {
        Some(user) if live.iter().any(|live| live.id == session.id) => Ok(user),
        _ => Err(Error::SessionRequired),
    }
}

/// Links an identity, and says what the log shall say. The unique indices decide between several at once.
///
/// # Errors
/// `oauth:account_already_linked`, `oauth:provider_already_linked`
pub async fn insert(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: &User,
    identity: &Identity,
) -> Result<(Connection, Entry)> {
    let now = s.clock.now();
    let provider = identity.provider.name();
    let email = identity.email.as_ref().map(Email::as_str);
    let new = NewConnection {
        id: ConnectionId::new(now, &*s.entropy),
        user_id: user.id,
        provider,
        provider_user_id: &identity.id,
        email,
        display_name: identity.name.as_deref(),
        created_at: now,
    };
    oauth_connections::insert(tx, &new).await.map_err(taken)?;
    let connection = Connection {
        id: new.id,
        user_id: user.id,
        provider: provider.to_owned(),
        provider_user_id: identity.id.clone(),
        email: email.map(str::to_owned),
        display_name: identity.name.clone(),
        created_at: now,
    };
    let entry = Entry::own(Action::OauthLink, user, caller).on_connection(new.id, provider);
    Ok((connection, entry))
}

fn taken(error: store::Error) -> Error {
    match error {
        error if error.violates(oauth_connections::UNIQUE_IDENTITY) => {
            Error::OauthAccountAlreadyLinked
        }
        error if error.violates(oauth_connections::UNIQUE_PROVIDER) => {
            Error::OauthProviderAlreadyLinked
        }
        other => other.into(),
    }
}

/// The account's identities, the oldest link first.
pub async fn list(s: &Services, session: &Session) -> Result<Vec<Connection>> {
    let mut tx = s.db.read().await?;
    Ok(oauth_connections::list(&mut tx, session.user.id).await?)
}

/// Unlinks an identity, unless nothing else could sign in to the account. Of several at once, one comes after the
/// other: the account is locked before its ways in are counted (SECURITY O-12).
///
/// # Errors
/// `session:reauthentication_required`, `oauth:connection_not_found`, `oauth:cannot_unlink_last_connection`
pub async fn unlink(
    s: &Services,
    caller: &Caller,
    session: &Session,
    provider: Provider,
) -> Result<()> {
    session.require_recent(s)?;
    let mut tx = s.db.write().await?;
    let user = users::lock(&mut tx, session.user.id)
        .await?
        .ok_or(Error::SessionRequired)?;
    let linked = oauth_connections::list(&mut tx, user.id).await?;
    let own = linked
        .iter()
        .find(|connection| connection.provider == provider.name())
        .ok_or(Error::OauthConnectionNotFound)?;
    if user.password_hash.is_none() && linked.len() == 1 {
        return Err(Error::OauthCannotUnlinkLast);
    }
    oauth_connections::delete(&mut tx, own.id).await?;
    let notice = Message::OauthUnlinked {
        provider: provider.title().to_owned(),
    };
    mail::send(s, &mut tx, &user, notice, None).await?;
    let entry =
        Entry::own(Action::OauthUnlink, &user, caller).on_connection(own.id, provider.name());
    action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(())
}
