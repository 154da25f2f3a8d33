//! Identities at providers, linked to accounts.

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Result, Tx};
use crate::domain::types::{ConnectionId, UserId};

/// Violated by linking an identity a second time, to whomever.
pub const UNIQUE_IDENTITY: &str = "oauth_connections_provider_provider_user_id";
/// Violated by linking a second identity of one provider to one account.
pub const UNIQUE_PROVIDER: &str = "oauth_connections_user_id_provider";

/// A row. `Debug` shows nothing personal.
#[derive(Clone, FromRow)]
pub struct Connection {
    pub id: ConnectionId,
    pub user_id: UserId,
    pub provider: String,
    /// What the provider calls the person, for ever: never an email or a name.
    pub provider_user_id: String,
    /// The verified address at the provider, as it was when the identity was linked.
    pub email: Option<String>,
    pub display_name: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// A row to be.
#[derive(Clone)]
pub struct NewConnection<'a> {
    pub id: ConnectionId,
    pub user_id: UserId,
    pub provider: &'a str,
    pub provider_user_id: &'a str,
    pub email: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub created_at: DateTime<Utc>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NewConnection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewConnection")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    () => {
        "id, user_id, provider, provider_user_id, email, display_name, created_at"
    };
}

/// Links an identity. Violates [`UNIQUE_IDENTITY`] or [`UNIQUE_PROVIDER`].
pub async fn insert(tx: &mut Tx, new: &NewConnection<'_>) -> Result<()> {
    run!(
        tx,
        execute,
        concat!(
            "INSERT INTO oauth_connections (",
            columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        new.id,
        new.user_id,
        new.provider,
        new.provider_user_id,
        new.email,
        new.display_name,
        new.created_at,
    )
    .map(drop)
}

/// The link of an identity, whosever it is.
pub async fn by_identity(
    tx: &mut Tx,
    provider: &str,
    provider_user_id: &str,
) -> Result<Option<Connection>> {
    run!(
        tx,
        fetch_optional::<Connection>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM oauth_connections WHERE provider = $1 AND provider_user_id = $2"
        ),
        provider,
        provider_user_id
    )
}

/// The identities of an account, the oldest link first.
pub async fn list(tx: &mut Tx, user: UserId) -> Result<Vec<Connection>> {
    run!(
        tx,
        fetch_all::<Connection>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM oauth_connections WHERE user_id = $1 ORDER BY created_at, id"
        ),
        user
    )
}

/// Unlinks an identity: false when it is not linked.
pub async fn delete(tx: &mut Tx, id: ConnectionId) -> Result<bool> {
    run!(
        tx,
        execute,
        "DELETE FROM oauth_connections WHERE id = $1",
        id
    )
    .map(|rows| rows > 0)
}
