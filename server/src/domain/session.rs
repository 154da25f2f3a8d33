//! Sessions: opaque 256-bit tokens, SHA-256 at rest, sliding within an absolute lifetime (ASVS 7.2, 7.3).

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::action_log::{Action, Entry};
use super::caller::Caller;
use super::error::{Error, Result};
use super::token::Purpose;
use super::types::{SecretToken, SessionId};
use crate::Services;
use crate::store::sessions::NewSession;
use crate::store::users::{self, User};
use crate::store::{Tx, sessions, tokens};

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
    let others = s.config.session.most.saturating_sub(1);
    sessions::insert(tx, &new, others.into()).await?;
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
    let found = found.ok_or(Error::SessionRequired)?;
    if found.last_used_at + *s.config.session.idle / SLIDE_STEPS < now {
        slide(s, found.id).await?;
    }
    Ok(Session {
        id: found.id,
        user: found.user,
        authenticated_at: found.authenticated_at,
        persistent: found.persistent,
        expires_at: found.expires_at,
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
    s.events.committed();
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
    s.events.committed();
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
    s.events.committed();
    Ok(revoked)
}

/// What an operator has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    pub sessions: u64,
    /// Sign-ins that waited for their second factor.
    pub sign_ins: u64,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sessions, sign_ins } = self;
        write!(
            f,
            "{sessions} sessions and {sign_ins} sign-ins under way were ended"
        )
    }
}

const UNDER_WAY: &str = Purpose::SecondFactor.name();
/// Sessions a transaction, where those of everybody end: nobody waits long for it.
const BATCH: i64 = 500;
const AHEAD: Duration = Duration::from_secs(3600);

/// For an operator: ends all sessions of an account, and its sign-ins under way.
pub async fn end_all_of(s: &Services, user: &User) -> Result<Ended> {
    let mut tx = s.db.write().await?;
    // A sign-in that is being completed waits, and is ended, or comes after.
    users::lock(&mut tx, user.id).await?;
    let ended = Ended {
        sign_ins: tokens::delete_for_user(&mut tx, user.id, &[UNDER_WAY]).await?,
        sessions: sessions::delete_all(&mut tx, user.id).await?,
    };
    let entry = Entry::by_operator(Action::SessionRevoke, Some(user));
    super::action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    Ok(ended)
}

/// For an operator: ends the sessions of everybody, and all sign-ins under way.
pub async fn end_all(s: &Services) -> Result<Ended> {
    let mut tx = s.db.write().await?;
    let sign_ins = tokens::delete_all(&mut tx, UNDER_WAY).await?;
    let entry = Entry::by_operator(Action::SessionRevoke, None);
    super::action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    // None that there is goes on for longer, also by clocks that are ahead of ours. Who signs in meanwhile may have to
    // do so again.
    let end = s.clock.now() + *s.config.session.absolute + AHEAD;
    let mut count = 0;
    loop {
        let mut tx = s.db.write().await?;
        let batch = sessions::purge(&mut tx, end, BATCH).await?;
        tx.commit().await?;
        count += batch;
        if batch < BATCH.unsigned_abs() {
            let sessions = count;
            return Ok(Ended { sessions, sign_ins });
        }
    }
}
