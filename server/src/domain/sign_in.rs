//! Signing in by password, and the one way by which every sign-in ends in a session.

use chrono::{DateTime, Utc};

use super::action_log::{self, Action, Entry};
use super::caller::Caller;
use super::session::{self, Opened, Session};
use super::throttle::{self, Try};
use super::types::{Email, Password, SecretToken};
use super::{Error, Result, limits, second_factor, suspicion};
use crate::Services;
use crate::store::Tx;
use crate::store::sessions;
use crate::store::users::{self, User};

/// How a sign-in was proven, for the action log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Password,
    Google,
    Github,
    /// The account was created by it.
    Signup,
}

impl Method {
    /// The contract's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Google => "google",
            Self::Github => "github",
            Self::Signup => "signup",
        }
    }
}

/// Outcome of a sign-in.
#[derive(Debug)]
pub enum Outcome {
    Authenticated(Box<Opened>),
    TotpRequired {
        temp_token: SecretToken,
        expires_at: DateTime<Utc>,
    },
}

/// Signs in with email and password. Unknown, unverified and disabled accounts cost the same one hash.
///
/// # Errors
/// `auth:invalid_credentials`
pub async fn with_password(
    s: &Services,
    caller: &Caller,
    email: &Email,
    password: &Password,
    remember: bool,
) -> Result<Outcome> {
    let known = look_up(s, caller, email).await?;
    let counted = limits::account(s, "login", &known.limited_by).await?;
    let outcome = judge(s, caller, known, password, remember).await;
    match &outcome {
        // Who knows the password alone must not end the owner's own sign-ins without end: each token kills the one before.
        Ok(Outcome::TotpRequired { .. }) => counted.done(s, &outcome).await,
        _ => counted.judged(s, &outcome).await,
    }
    outcome
}

async fn judge(
    s: &Services,
    caller: &Caller,
    known: Known,
    password: &Password,
    remember: bool,
) -> Result<Outcome> {
    let wrong_so_far = known.wrong_so_far;
    let user = check_password(s, caller, known, password).await?;
    let rehashed = rehash(s, &user, password).await?;

    let mut tx = s.db.write().await?;
    let user = unchanged(&mut tx, user).await?;
    if let Some(hash) = rehashed {
        let old = user.password_hash.as_deref().unwrap_or_default();
        users::rehash_password(&mut tx, user.id, old, &hash).await?;
    }
    if wrong_so_far > 0 {
        throttle::passed(&mut tx, user.id).await?;
    }
    let outcome = finish(s, &mut tx, caller, user, Method::Password, remember).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(outcome)
}

/// What a sign-in is judged by.
struct Known {
    user: Option<User>,
    wrong_so_far: i64,
    limited_by: String,
}

/// The account of an address. A client address that the account has a session from is limited by itself, so that
/// strangers who guess cannot keep the owner out (SECURITY R-7).
async fn look_up(s: &Services, caller: &Caller, email: &Email) -> Result<Known> {
    let mut tx = s.db.read().await?;
    let address = caller.address.to_string();
    let now = s.clock.now();
    let found = users::verified_by_email_from(&mut tx, email, &address, now).await?;
    let found = found.filter(|(user, _)| user.disabled_at.is_none());
    let (mut wrong_so_far, mut limited_by) = (0, email.mailbox());
    if let Some((user, is_known)) = &found {
        wrong_so_far = throttle::wrong_so_far(&mut tx, user.id).await?;
        if *is_known {
            limited_by = format!("{limited_by} {address}");
        }
    }
    let user = found.map(|(user, _)| user);
    Ok(Known {
        user,
        wrong_so_far,
        limited_by,
    })
}

/// The user whose password it is. Exactly one hash, whoever asks (SECURITY U-1).
async fn check_password(
    s: &Services,
    caller: &Caller,
    known: Known,
    password: &Password,
) -> Result<User> {
    let Some(user) = known.user else {
        s.hasher.verify_absent(password).await?;
        return Err(Error::InvalidCredentials);
    };
    let tried = throttle::admit(s, user.id, known.wrong_so_far).await?;
    if is_right(s, &user, tried, password).await? {
        return Ok(user);
    }
    log_failure(s, caller, &user, tried).await?;
    Err(Error::InvalidCredentials)
}

/// Whether it is the user's password, and judged at all. Exactly one hash in any case.
async fn is_right(s: &Services, user: &User, tried: Try, password: &Password) -> Result<bool> {
    let judged = user.password_hash.as_deref().filter(|_| tried.is_judged());
    match judged {
        Some(hash) => s.hasher.verify(password, hash).await,
        None => {
            s.hasher.verify_absent(password).await?;
            Ok(false)
        }
    }
}

async fn log_failure(s: &Services, caller: &Caller, user: &User, tried: Try) -> Result<()> {
    let mut tx = s.db.write().await?;
    let count = throttle::failed(s, &mut tx, user.id, tried).await?;
    suspicion::wrong_password(s, &mut tx, caller, user, count).await?;
    action_log::append(s, &mut tx, [Entry::own(Action::LoginFailed, user, caller)]).await?;
    Ok(tx.commit().await?)
}

/// A new hash where the configured parameters rose.
async fn rehash(s: &Services, user: &User, password: &Password) -> Result<Option<String>> {
    match &user.password_hash {
        Some(hash) if s.hasher.needs_rehash(hash) => Ok(Some(s.hasher.hash(password).await?)),
        _ => Ok(None),
    }
}

/// The user, locked, unless the password was changed while the old one was checked.
async fn unchanged(tx: &mut Tx, checked: User) -> Result<User> {
    let user = users::lock(tx, checked.id).await?;
    user.filter(|user| user.password_hash == checked.password_hash)
        .ok_or(Error::InvalidCredentials)
}

/// Ends every kind of sign-in whose first step succeeded: a session, unless the account asks for a second factor. The
/// user is read once more, and locked: who turns the second factor on meanwhile waits, and ends what is opened here.
///
/// # Errors
/// `auth:invalid_credentials` for an account that was disabled meanwhile.
pub async fn complete(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: User,
    method: Method,
    remember: bool,
) -> Result<Outcome> {
    let user = users::lock(tx, user.id).await?;
    let user = user.ok_or(Error::InvalidCredentials)?;
    finish(s, tx, caller, user, method, remember).await
}

/// The same for a user who is read and locked already.
async fn finish(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: User,
    method: Method,
    remember: bool,
) -> Result<Outcome> {
    if user.disabled_at.is_some() {
        return Err(Error::InvalidCredentials);
    }
    if user.totp_enabled_at.is_some() {
        return second_factor::ask(s, tx, &user, method, remember).await;
    }
    let opened = open(s, tx, caller, user, method.name().into(), remember, []).await?;
    Ok(Outcome::Authenticated(Box::new(opened)))
}

/// Opens the session of a sign-in that is complete. The one that the client presented, if any, ends (ASVS 7.2.4).
/// `before`: what the log shall say of the same transaction.
pub(super) async fn open(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: User,
    method: String,
    remember: bool,
    before: impl IntoIterator<Item = Entry>,
) -> Result<Opened> {
    if let Some(presented) = &caller.presented {
        sessions::delete_by_token(tx, presented.hash()).await?;
    }
    if method != Method::Signup.name() {
        suspicion::signed_in(s, tx, caller, &user).await?;
    }
    let opened = session::open(s, tx, caller, user, remember).await?;
    let entry = Entry::own(Action::Login, &opened.session.user, caller)
        .with(|facts| facts.method = Some(method));
    action_log::append(s, tx, before.into_iter().chain([entry])).await?;
    Ok(opened)
}

/// Proves again that it is the account's owner; the session gets a new token.
///
/// # Errors
/// `password:incorrect`; `password:required` for an account that has none.
pub async fn again_with_password(
    s: &Services,
    caller: &Caller,
    session: Session,
    password: &Password,
) -> Result<Opened> {
    verify_current(s, caller, &session.user, password).await?;
    let mut tx = s.db.write().await?;
    let opened = session::renew(s, &mut tx, session).await?;
    action_log::append(
        s,
        &mut tx,
        [Entry::own(
            Action::Reauthenticate,
            &opened.session.user,
            caller,
        )],
    )
    .await?;
    tx.commit().await?;
    s.events.committed();
    Ok(opened)
}

/// # Errors
/// `password:incorrect`, also for an account without one; `rate_limit:exceeded`
pub async fn verify_current(
    s: &Services,
    caller: &Caller,
    user: &User,
    password: &Password,
) -> Result<()> {
    let counted = limits::account(s, "secret", &user.id.to_string()).await?;
    let outcome = judge_current(s, caller, user, password).await;
    counted.judged(s, &outcome).await;
    outcome
}

async fn judge_current(
    s: &Services,
    caller: &Caller,
    user: &User,
    password: &Password,
) -> Result<()> {
    let mut tx = s.db.read().await?;
    let wrong_so_far = throttle::wrong_so_far(&mut tx, user.id).await?;
    drop(tx);
    let tried = throttle::admit(s, user.id, wrong_so_far).await?;
    if !is_right(s, user, tried, password).await? {
        log_failure(s, caller, user, tried).await?;
        return Err(Error::PasswordIncorrect);
    }
    if wrong_so_far > 0 {
        let mut tx = s.db.write().await?;
        throttle::passed(&mut tx, user.id).await?;
        tx.commit().await?;
    }
    Ok(())
}
