//! Sessions: opaque 256-bit tokens, SHA-256 at rest, sliding within an absolute lifetime (ASVS 7.2, 7.3).

use chrono::{DateTime, Utc};

use super::action_log::{Action, Entry};
use super::caller::Caller;
use super::error::{Error, Result};
use super::types::{SecretToken, SessionId};
use crate::Services;
use crate::store::sessions::{NewSession, SessionUser};
use crate::store::users::User;
use crate::store::{Tx, sessions};

/// Sliding a session writes at most once in this part of its idle lifetime.
const SLIDE_STEPS: u32 = 100;

/// A live session with the account it belongs to.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: SessionId,
    pub user: User,
    pub authenticated_at: DateTime<Utc>,
    pub persistent: bool,
    pub expires_at: DateTime<Utc>,
}

impl Session {
    /// # Errors
    /// `user:not_verified` for the limited session of a registration whose address is not proven.
    pub fn require_verified(&self) -> Result<()> {
        match self.user.verified_at {
            Some(_) => Ok(()),
            None => Err(Error::NotVerified),
        }
    }

    /// # Errors
    /// `session:reauthentication_required` when the last proof is older than the configured age (ASVS 7.5.1).
    pub fn require_recent(&self, s: &Services) -> Result<()> {
        let oldest = s.clock.now() - *s.config.session.reauthentication;
        if self.authenticated_at < oldest {
            return Err(Error::ReauthenticationRequired);
        }
        Ok(())
    }
}

/// A session just opened or renewed, with the token that goes into the cookie and nowhere else.
#[derive(Debug)]
pub struct Opened {
    pub token: SecretToken,
    pub session: Session,
}

/// Opens a session for `user` within a write transaction.
pub async fn open(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: User,
    persistent: bool,
) -> Result<Opened> {
    let now = s.clock.now();
    let token = SecretToken::generate(&*s.entropy);
    let expires_at = now + *s.config.session.absolute;
    let new = NewSession {
        id: SessionId::new(now, &*s.entropy),
        user_id: user.id,
        token_hash: token.hash(),
        persistent,
        address: &caller.address.to_string(),
        user_agent: &caller.user_agent,
        created_at: now,
        idle_expires_at: now + *s.config.session.idle,
        expires_at,
    };
    sessions::insert(tx, &new).await?;
    sessions::delete_surplus(tx, new.user_id, s.config.session.most.into()).await?;
    let session = Session {
        id: new.id,
        user,
        authenticated_at: now,
        persistent,
        expires_at,
    };
    Ok(Opened { token, session })
}

/// The live session of a presented token. One statement; slides the idle lifetime with a rare write.
///
/// # Errors
/// `auth:session_required` for anything that is not the token of a live session.
pub async fn authenticate(s: &Services, presented: &str) -> Result<Session> {
    let token = SecretToken::parse(presented).ok_or(Error::SessionRequired)?;
    let now = s.clock.now();
    let mut tx = s.db.read().await?;
    let found = sessions::authenticate(&mut tx, token.hash(), now).await?;
    drop(tx);
    let SessionUser { session, user } = found.ok_or(Error::SessionRequired)?;
    if session.last_used_at + *s.config.session.idle / SLIDE_STEPS < now {
        slide(s, session.id).await?;
    }
    Ok(Session {
        id: session.id,
        user,
        authenticated_at: session.authenticated_at,
        persistent: session.persistent,
        expires_at: session.expires_at,
    })
}

async fn slide(s: &Services, id: SessionId) -> Result<()> {
    let now = s.clock.now();
    let mut tx = s.db.write().await?;
    sessions::touch(&mut tx, id, now, now + *s.config.session.idle).await?;
    Ok(tx.commit().await?)
}

/// Gives the session a new token and counts it as authenticated now (ASVS 7.2.4). The old token is dead.
pub async fn renew(s: &Services, tx: &mut Tx, session: Session) -> Result<Opened> {
    let now = s.clock.now();
    let token = SecretToken::generate(&*s.entropy);
    if !sessions::reauthenticate(tx, session.id, token.hash(), now).await? {
        return Err(Error::SessionRequired);
    }
    Ok(Opened {
        token,
        session: Session {
            authenticated_at: now,
            ..session
        },
    })
}

/// Ends this session.
pub async fn logout(s: &Services, caller: &Caller, session: Session) -> Result<()> {
    let mut tx = s.db.write().await?;
    sessions::delete(&mut tx, session.user.id, session.id).await?;
    let entry = Entry::own(Action::Logout, &session.user, caller);
    super::action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.committed();
    Ok(())
}

/// The account's live sessions, the most recently used first.
pub async fn list(s: &Services, session: &Session) -> Result<Vec<sessions::Session>> {
    let mut tx = s.db.read().await?;
    Ok(sessions::list(&mut tx, session.user.id, s.clock.now()).await?)
}

/// Ends one session of the account; one of somebody else looks nonexistent.
///
/// # Errors
/// `session:not_found`
pub async fn revoke(s: &Services, caller: &Caller, session: &Session, id: SessionId) -> Result<()> {
    let mut tx = s.db.write().await?;
    if !sessions::delete(&mut tx, session.user.id, id).await? {
        return Err(Error::SessionNotFound);
    }
    let entry = Entry::own(Action::SessionRevoke, &session.user, caller).on_session(id);
    super::action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.committed();
    Ok(())
}

/// Ends all sessions of the account but this one; answers how many.
pub async fn revoke_others(s: &Services, caller: &Caller, session: &Session) -> Result<u64> {
    let mut tx = s.db.write().await?;
    let revoked = sessions::delete_others(&mut tx, session.user.id, session.id).await?;
    if revoked > 0 {
        let entry = Entry::own(Action::SessionRevoke, &session.user, caller);
        super::action_log::append(s, &mut tx, [entry]).await?;
    }
    tx.commit().await?;
    s.committed();
    Ok(revoked)
}
