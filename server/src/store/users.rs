//! Accounts and registrations. A row without `verified_at` is a registration: it holds its handle
//! for a while and no email.

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::dynamic::{Dynamic, Value};
use super::{Result, Tx, dialect};
use crate::domain::types::{Email, Handle, Patch, UserId, fold};

/// Violated by a second account or registration of the same handle.
pub const UNIQUE_HANDLE: &str = "users_handle_key";
/// Violated by a second verified account of the same email.
pub const UNIQUE_EMAIL: &str = "users_email_key";

/// A row. `Debug` shows nothing personal.
#[derive(Clone, FromRow)]
pub struct User {
    pub id: UserId,
    pub handle: Handle,
    pub display_name: String,
    #[sqlx(flatten)]
    pub email: Email,
    pub verified_at: Option<DateTime<Utc>>,
    pub password_hash: Option<String>,
    pub bio: Option<String>,
    pub profile_image: Option<String>,
    pub banner_image: Option<String>,
    pub disabled_at: Option<DateTime<Utc>>,
    /// Since when a second factor is asked for.
    pub totp_enabled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A row to be.
#[derive(Clone)]
pub struct NewUser<'a> {
    pub id: UserId,
    pub handle: &'a Handle,
    pub display_name: &'a str,
    pub email: &'a Email,
    /// Set for accounts whose email somebody else has proven.
    pub verified_at: Option<DateTime<Utc>>,
    pub password_hash: Option<&'a str>,
    pub created_at: DateTime<Utc>,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NewUser<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Which parts of a profile change.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange<'a> {
    pub display_name: Option<&'a str>,
    pub bio: Patch<&'a str>,
    pub profile_image: Patch<&'a str>,
    pub banner_image: Patch<&'a str>,
}

macro_rules! columns {
    () => {
        "id, handle, display_name, email, email_key, verified_at, password_hash, bio, \
         profile_image, banner_image, disabled_at, totp_enabled_at, created_at, updated_at"
    };
}

/// Inserts a user. Violates [`UNIQUE_HANDLE`] or [`UNIQUE_EMAIL`].
pub async fn insert(tx: &mut Tx, user: &NewUser<'_>) -> Result<()> {
    run!(
        tx,
        execute,
        "INSERT INTO users (id, handle, handle_key, display_name, search_name, email, email_key, \
         verified_at, password_hash, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        user.id,
        user.handle.as_str(),
        user.handle.key(),
        user.display_name,
        fold(user.display_name),
        user.email.as_str(),
        user.email.key(),
        user.verified_at,
        user.password_hash,
        user.created_at,
    )
    .map(drop)
}

/// Any user, verified or not, disabled or not.
pub async fn by_id(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    run!(
        tx,
        fetch_optional::<User>,
        concat!("SELECT ", columns!(), " FROM users WHERE id = $1"),
        id
    )
}

/// The same, and nobody else changes or locks the row before the transaction ends.
pub async fn lock(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    macro_rules! statement {
        ($for_update:expr) => {
            concat!(
                "SELECT ",
                columns!(),
                " FROM users WHERE id = $1",
                $for_update
            )
        };
    }
    let sql = dialect::by_engine!(tx, statement!(""), statement!(dialect::for_update!()));
    run!(tx, fetch_optional::<User>, sql, id)
}

/// Those users, in no particular order.
pub async fn by_ids(tx: &mut Tx, ids: &[UserId]) -> Result<Vec<User>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Dynamic::new(concat!("SELECT ", columns!(), " FROM users WHERE id IN "));
    statement.bind_all(ids.iter().map(|id| Value::Uuid(id.uuid())));
    statement.fetch_all(tx).await
}

/// Any user, by handle.
pub async fn by_handle(tx: &mut Tx, handle: &Handle) -> Result<Option<User>> {
    run!(
        tx,
        fetch_optional::<User>,
        concat!("SELECT ", columns!(), " FROM users WHERE handle_key = $1"),
        handle.key()
    )
}

/// The account that an email belongs to.
pub async fn verified_by_email(tx: &mut Tx, email: &Email) -> Result<Option<User>> {
    run!(
        tx,
        fetch_optional::<User>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM users WHERE email_key = $1 AND verified_at IS NOT NULL"
        ),
        email.key()
    )
}

/// The same, with whether a living session of theirs began at an address.
pub async fn verified_by_email_from(
    tx: &mut Tx,
    email: &Email,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Option<(User, bool)>> {
    #[derive(FromRow)]
    struct Found {
        #[sqlx(flatten)]
        user: User,
        is_known: bool,
    }
    let found = run!(
        tx,
        fetch_optional::<Found>,
        concat!(
            "SELECT ",
            columns!(),
            ", EXISTS (SELECT 1 FROM sessions WHERE user_id = users.id AND address = $2 \
             AND idle_expires_at > $3) AS is_known \
             FROM users WHERE email_key = $1 AND verified_at IS NOT NULL"
        ),
        email.key(),
        address,
        now
    )?;
    Ok(found.map(|found| (found.user, found.is_known)))
}

/// The newest registration with an email, made after `since`.
pub async fn unverified_by_email(
    tx: &mut Tx,
    email: &Email,
    since: DateTime<Utc>,
) -> Result<Option<User>> {
    run!(
        tx,
        fetch_optional::<User>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM users WHERE email_key = $1 AND verified_at IS NULL AND created_at > $2 \
             ORDER BY created_at DESC, id DESC LIMIT 1"
        ),
        email.key(),
        since
    )
}

/// Whether an account has the handle, or a registration made after `since` holds it.
pub async fn handle_is_taken(tx: &mut Tx, handle: &Handle, since: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        fetch_optional::<(i64,)>,
        "SELECT CAST(1 AS bigint) FROM users \
         WHERE handle_key = $1 AND (verified_at IS NOT NULL OR created_at > $2)",
        handle.key(),
        since
    )
    .map(|row| row.is_some())
}

/// Frees a handle that is held by a registration made at or before `until`, by deleting that.
pub async fn free_handle(tx: &mut Tx, handle: &Handle, until: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        execute,
        "DELETE FROM users WHERE handle_key = $1 AND verified_at IS NULL AND created_at <= $2",
        handle.key(),
        until
    )
    .map(|rows| rows > 0)
}

/// Makes an account of a registration whose address was proven: false when there is none (any more), or it has another
/// address by now. Violates [`UNIQUE_EMAIL`] when the address has got an account meanwhile.
pub async fn mark_verified(
    tx: &mut Tx,
    id: UserId,
    proven: &Email,
    now: DateTime<Utc>,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE users SET verified_at = $3, updated_at = $3 \
         WHERE id = $1 AND email_key = $2 AND verified_at IS NULL",
        id,
        proven.key(),
        now
    )
    .map(|rows| rows > 0)
}

/// Changes the profile and answers it as it is then, or `None` without such a user.
pub async fn update_profile(
    tx: &mut Tx,
    id: UserId,
    change: &ProfileChange<'_>,
    now: DateTime<Utc>,
) -> Result<Option<User>> {
    run!(
        tx,
        fetch_optional::<User>,
        concat!(
            "UPDATE users SET display_name = COALESCE($2, display_name), \
             search_name = COALESCE($10, search_name), bio = CASE WHEN $3 THEN bio ELSE $4 END, \
             profile_image = CASE WHEN $5 THEN profile_image ELSE $6 END, \
             banner_image = CASE WHEN $7 THEN banner_image ELSE $8 END, \
             updated_at = $9 WHERE id = $1 RETURNING ",
            columns!()
        ),
        id,
        change.display_name,
        change.bio.is_keep(),
        change.bio.value(),
        change.profile_image.is_keep(),
        change.profile_image.value(),
        change.banner_image.is_keep(),
        change.banner_image.value(),
        now,
        change.display_name.map(fold)
    )
}

/// Sets the password: false without such a user.
pub async fn set_password(tx: &mut Tx, id: UserId, hash: &str, now: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1",
        id,
        hash,
        now
    )
    .map(|rows| rows > 0)
}

/// Replaces the hash of the same password by a stronger one, unless the password has been changed
/// since `old` was read.
pub async fn rehash_password(tx: &mut Tx, id: UserId, old: &str, new: &str) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        id,
        old,
        new
    )
    .map(|rows| rows > 0)
}

/// Turns the second factor on or off: false without such a user.
pub async fn set_totp(
    tx: &mut Tx,
    id: UserId,
    enabled_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE users SET totp_enabled_at = $2, updated_at = $3 WHERE id = $1",
        id,
        enabled_at,
        now
    )
    .map(|rows| rows > 0)
}

/// Sets the email: false without such a user. Violates [`UNIQUE_EMAIL`] for an account when
/// another one has it.
pub async fn set_email(tx: &mut Tx, id: UserId, email: &Email, now: DateTime<Utc>) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE users SET email = $2, email_key = $3, updated_at = $4 WHERE id = $1",
        id,
        email.as_str(),
        email.key(),
        now
    )
    .map(|rows| rows > 0)
}

/// Disables an account, or enables it again: false without such a user.
pub async fn set_disabled(
    tx: &mut Tx,
    id: UserId,
    disabled_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE users SET disabled_at = $2, updated_at = $3 WHERE id = $1",
        id,
        disabled_at,
        now
    )
    .map(|rows| rows > 0)
}

/// Deletes a user with all that belongs to it.
pub async fn delete(tx: &mut Tx, id: UserId) -> Result<bool> {
    run!(tx, execute, "DELETE FROM users WHERE id = $1", id).map(|rows| rows > 0)
}

/// Deletes registrations made at or before `until`, some at a time; answers how many.
pub async fn delete_unverified(tx: &mut Tx, until: DateTime<Utc>, limit: i64) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM users WHERE id IN (SELECT id FROM users \
         WHERE verified_at IS NULL AND created_at <= $1 ORDER BY created_at LIMIT $2) \
         AND verified_at IS NULL",
        until,
        limit
    )
}
