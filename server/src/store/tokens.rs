//! One-time secrets: whatever is sent out to come back once. Only their hashes are kept.

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Result, Tx};
use crate::domain::types::{SessionId, TokenHash, UserId};

/// A row, without the hash. `Debug` shows nothing personal.
#[derive(Clone, FromRow)]
pub struct Token {
    pub user_id: Option<UserId>,
    pub session_id: Option<SessionId>,
    pub email: Option<String>,
    pub data: Option<String>,
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A row to be. What is `None` does not bind the token to anything.
#[derive(Clone)]
pub struct NewToken<'a> {
    pub hash: TokenHash,
    /// A token is good for its purpose only.
    pub purpose: &'a str,
    pub user_id: Option<UserId>,
    /// The token dies with the session.
    pub session_id: Option<SessionId>,
    pub email: Option<&'a str>,
    /// What the purpose needs to remember: JSON.
    pub data: Option<&'a str>,
    /// Hash of a second secret, kept by the browser that the token was made for.
    pub binding: Option<TokenHash>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NewToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewToken")
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    () => {
        "user_id, session_id, email, data, attempts, created_at, expires_at"
    };
}

/// Issues a token. When it is a user's, the older ones of that user and purpose die.
pub async fn issue(tx: &mut Tx, token: &NewToken<'_>) -> Result<()> {
    if let Some(user) = token.user_id {
        delete_for_user(tx, user, &[token.purpose]).await?;
    }
    run!(
        tx,
        execute,
        "INSERT INTO tokens (hash, purpose, user_id, session_id, email, data, binding, \
         created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        token.hash,
        token.purpose,
        token.user_id,
        token.session_id,
        token.email,
        token.data,
        token.binding,
        token.created_at,
        token.expires_at,
    )
    .map(drop)
}

/// Takes a token out of the world: of any number of callers at once, one gets it. A token that is
/// bound to a browser comes out only with the same `binding`, and is left alone otherwise.
pub async fn consume(
    tx: &mut Tx,
    hash: TokenHash,
    purpose: &str,
    binding: Option<TokenHash>,
    now: DateTime<Utc>,
) -> Result<Option<Token>> {
    run!(
        tx,
        fetch_optional::<Token>,
        concat!(
            "DELETE FROM tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $4 \
             AND (binding IS NULL OR binding = $3) RETURNING ",
            columns!()
        ),
        hash,
        purpose,
        binding,
        now
    )
}

/// Looks at a token and leaves it.
pub async fn peek(
    tx: &mut Tx,
    hash: TokenHash,
    purpose: &str,
    binding: Option<TokenHash>,
    now: DateTime<Utc>,
) -> Result<Option<Token>> {
    run!(
        tx,
        fetch_optional::<Token>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $4 \
             AND (binding IS NULL OR binding = $3)"
        ),
        hash,
        purpose,
        binding,
        now
    )
}

/// Looks at a token and counts that as an attempt at what it guards, before the attempt is judged:
/// however many come at once, no more than `max` get the token to see.
pub async fn attempt(
    tx: &mut Tx,
    hash: TokenHash,
    purpose: &str,
    binding: Option<TokenHash>,
    now: DateTime<Utc>,
    max: i64,
) -> Result<Option<Token>> {
    run!(
        tx,
        fetch_optional::<Token>,
        concat!(
            "UPDATE tokens SET attempts = attempts + 1 WHERE hash = $1 AND purpose = $2 \
             AND expires_at > $4 AND (binding IS NULL OR binding = $3) AND attempts < $5 RETURNING ",
            columns!()
        ),
        hash,
        purpose,
        binding,
        now,
        max
    )
}

/// The living token of a user and purpose that was issued last.
pub async fn latest_for_user(
    tx: &mut Tx,
    user: UserId,
    purpose: &str,
    now: DateTime<Utc>,
) -> Result<Option<Token>> {
    run!(
        tx,
        fetch_optional::<Token>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM tokens WHERE user_id = $1 AND purpose = $2 AND expires_at > $3 \
             ORDER BY created_at DESC LIMIT 1"
        ),
        user,
        purpose,
        now
    )
}

/// Deletes one token.
pub async fn delete(tx: &mut Tx, hash: TokenHash) -> Result<bool> {
    run!(tx, execute, "DELETE FROM tokens WHERE hash = $1", hash).map(|rows| rows > 0)
}

/// Deletes the tokens of a user for some purposes; answers how many.
pub async fn delete_for_user(tx: &mut Tx, user: UserId, purposes: &[&str]) -> Result<u64> {
    let mut deleted = 0;
    for purpose in purposes {
        deleted += run!(
            tx,
            execute,
            "DELETE FROM tokens WHERE user_id = $1 AND purpose = $2",
            user,
            *purpose
        )?;
    }
    Ok(deleted)
}

/// Deletes all tokens of a user; answers how many.
pub async fn delete_all_for_user(tx: &mut Tx, user: UserId) -> Result<u64> {
    run!(tx, execute, "DELETE FROM tokens WHERE user_id = $1", user)
}

/// Deletes everybody's tokens for a purpose; answers how many.
pub async fn delete_all(tx: &mut Tx, purpose: &str) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM tokens WHERE purpose = $1",
        purpose
    )
}

/// Deletes expired tokens, some at a time; answers how many.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM tokens WHERE hash IN (SELECT hash FROM tokens \
         WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2) AND expires_at <= $1",
        now,
        limit
    )
}
