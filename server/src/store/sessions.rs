//! Sessions. Of their secret only the hash is kept.

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::users::User;
use super::{Result, Tx, dialect};
use crate::domain::types::{SessionId, TokenHash, UserId};

/// A row, without the secret. `Debug` shows nothing personal.
#[derive(Clone, FromRow)]
pub struct Session {
    #[sqlx(rename = "session_id")]
    pub id: SessionId,
    pub user_id: UserId,
    /// Whether the cookie outlives the browser.
    pub persistent: bool,
    pub address: String,
    pub user_agent: String,
    #[sqlx(rename = "session_created_at")]
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    /// When a secret of the account was last shown.
    pub authenticated_at: DateTime<Utc>,
    /// Never later than `expires_at`.
    pub idle_expires_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A session with its user: all that a request needs to know about who asks, and no column more, for every request
/// reads them.
#[derive(Clone, Debug, FromRow)]
pub struct SessionUser {
    #[sqlx(rename = "session_id")]
    pub id: SessionId,
    pub persistent: bool,
    pub last_used_at: DateTime<Utc>,
    pub authenticated_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    #[sqlx(flatten)]
    pub user: User,
}

/// A row to be, last used and authenticated when it is created.
#[derive(Clone)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub user_id: UserId,
    pub token_hash: TokenHash,
    pub persistent: bool,
    pub address: &'a str,
    pub user_agent: &'a str,
    pub created_at: DateTime<Utc>,
    /// The earlier one of this and `expires_at` counts.
    pub idle_expires_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NewSession<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewSession")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    () => {
        "s.id AS session_id, s.user_id, s.persistent, s.address, s.user_agent, \
         s.created_at AS session_created_at, s.last_used_at, s.authenticated_at, \
         s.idle_expires_at, s.expires_at"
    };
}

/// Inserts a session. Of the user's others only so many stay, those used last.
pub async fn insert(tx: &mut Tx, session: &NewSession<'_>, others: i64) -> Result<()> {
    macro_rules! statement {
        ($before:literal, $between:literal) => {
            concat!(
                $before,
                "DELETE FROM sessions WHERE user_id = $2 AND id NOT IN (SELECT id FROM sessions \
                 WHERE user_id = $2 ORDER BY last_used_at DESC, id DESC LIMIT $10)",
                $between,
                " INSERT INTO sessions (id, user_id, token_hash, persistent, address, user_agent, \
                 created_at, last_used_at, authenticated_at, idle_expires_at, expires_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8, $9)"
            )
        };
    }
    let sql = dialect::by_engine!(
        tx,
        statement!("", ";"),
        statement!("WITH surplus AS (", ")")
    );
    run!(
        tx,
        execute,
        sql,
        session.id,
        session.user_id,
        session.token_hash,
        session.persistent,
        session.address,
        session.user_agent,
        session.created_at,
        session.idle_expires_at.min(session.expires_at),
        session.expires_at,
        others,
    )
    .map(drop)
}

/// Who asks: the session of a secret and its user, unless the one is over or the other disabled.
pub async fn authenticate(
    tx: &mut Tx,
    token_hash: TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<SessionUser>> {
    run!(
        tx,
        fetch_optional::<SessionUser>,
        "SELECT s.id AS session_id, s.persistent, s.last_used_at, s.authenticated_at, s.expires_at, \
         u.id, u.handle, u.display_name, u.email, u.email_key, u.verified_at, u.password_hash, u.bio, \
         u.profile_image, u.banner_image, u.disabled_at, u.totp_enabled_at, u.created_at, u.updated_at \
         FROM sessions s JOIN users u ON u.id = s.user_id \
         WHERE s.token_hash = $1 AND s.idle_expires_at > $2 AND u.disabled_at IS NULL",
        token_hash,
        now
    )
}

/// Notes that a session was used and puts its end off, as far as `expires_at` allows.
pub async fn touch(
    tx: &mut Tx,
    id: SessionId,
    now: DateTime<Utc>,
    idle_expires_at: DateTime<Utc>,
) -> Result<()> {
    run!(
        tx,
        execute,
        "UPDATE sessions SET last_used_at = $2, \
         idle_expires_at = CASE WHEN $3 < expires_at THEN $3 ELSE expires_at END \
         WHERE id = $1 AND last_used_at < $2",
        id,
        now,
        idle_expires_at
    )
    .map(drop)
}

/// The sessions of a user that are not over, last used first.
pub async fn list(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<Vec<Session>> {
    run!(
        tx,
        fetch_all::<Session>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM sessions s WHERE s.user_id = $1 AND s.idle_expires_at > $2 \
             ORDER BY s.last_used_at DESC, s.id DESC"
        ),
        user,
        now
    )
}

/// Gives a session a new secret: the old one is dead. False when the session is gone.
pub async fn rotate(tx: &mut Tx, id: SessionId, token_hash: TokenHash) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE sessions SET token_hash = $2 WHERE id = $1",
        id,
        token_hash
    )
    .map(|rows| rows > 0)
}

/// Gives a session a new secret and notes that the user has just authenticated.
pub async fn reauthenticate(
    tx: &mut Tx,
    id: SessionId,
    token_hash: TokenHash,
    now: DateTime<Utc>,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE sessions SET token_hash = $2, authenticated_at = $3 WHERE id = $1",
        id,
        token_hash,
        now
    )
    .map(|rows| rows > 0)
}

/// Ends one session of a user. False for one of somebody else, as for none at all.
pub async fn delete(tx: &mut Tx, user: UserId, id: SessionId) -> Result<bool> {
    run!(
        tx,
        execute,
        "DELETE FROM sessions WHERE id = $1 AND user_id = $2",
        id,
        user
    )
    .map(|rows| rows > 0)
}

/// Ends the session of a secret and answers whose it was.
pub async fn delete_by_token(
    tx: &mut Tx,
    token_hash: TokenHash,
) -> Result<Option<(SessionId, UserId)>> {
    run!(
        tx,
        fetch_optional::<(SessionId, UserId)>,
        "DELETE FROM sessions WHERE token_hash = $1 RETURNING id, user_id",
        token_hash
    )
}

/// Ends all sessions of a user but one; answers how many.
pub async fn delete_others(tx: &mut Tx, user: UserId, keep: SessionId) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM sessions WHERE user_id = $1 AND id <> $2",
        user,
        keep
    )
}

/// Ends all sessions of a user; answers how many.
pub async fn delete_all(tx: &mut Tx, user: UserId) -> Result<u64> {
    run!(tx, execute, "DELETE FROM sessions WHERE user_id = $1", user)
}

/// Deletes sessions that are over, some at a time; answers how many.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions \
         WHERE idle_expires_at <= $1 ORDER BY idle_expires_at LIMIT $2) AND idle_expires_at <= $1",
        now,
        limit
    )
}
