//! Forgotten, reset and changed passwords.

use super::action_log::{self, Action, Entry};
use super::caller::Caller;
use super::mail::{self, Message};
use super::password_policy::Context;
use super::session::{self, Opened, Session};
use super::token::{self, Purpose};
use super::types::{Email, Handle, Password, SecretToken};
use super::{Error, Result, account, limits, sign_in, throttle};
use crate::Services;
use crate::store::users::{self, User};
use crate::store::{Tx, sessions, tokens};

/// Whatever of these an account has open ends when its password changes (SECURITY T-9, P-4).
const CANCELLED: [&str; 4] = [
    Purpose::ResetPassword.name(),
    Purpose::ChangeEmail.name(),
    Purpose::SecondFactor.name(),
    Purpose::VerifyEmail.name(),
];

/// Whether a password that is to be set is good enough. Judged off the async threads, in the queue of the hashes.
///
/// # Errors
/// `password:too_weak`
pub async fn check_strength(
    s: &Services,
    password: &Password,
    handle: &Handle,
    email: &Email,
) -> Result<()> {
    let (policy, password) = (s.passwords.clone(), password.clone());
    let (handle, email) = (handle.clone(), email.clone());
    let judge = move || {
        let context = Context {
            handle: Some(&handle),
            email: Some(&email),
            display_name: None,
        };
        policy.check(&password, context)
    };
    s.hasher.judge(judge).await?.map_err(Error::PasswordTooWeak)
}

/// Sends a reset mail where the address has an account or a registration. Says and costs the same where not (U-2).
pub async fn forgot(s: &Services, email: &Email) -> Result<()> {
    let counted = limits::account(s, "mail", &email.mailbox()).await?;
    let sent = send_reset(s, email).await;
    counted.done(s, &sent).await;
    sent
}

async fn send_reset(s: &Services, email: &Email) -> Result<()> {
    let lifetime = *s.config.tokens.password_reset;
    let mut tx = s.db.write().await?;
    let owner = owner_of(s, &mut tx, email).await?;
    let token = token::issue(
        s,
        &mut tx,
        Purpose::ResetPassword,
        owner.as_ref().map(|user| user.id),
        Some(email),
        lifetime,
    )
    .await?;
    let message = Message::ResetPassword {
        token: token.expose().to_string(),
    };
    match &owner {
        Some(user) => mail::send(s, &mut tx, user, message, Some(lifetime)).await?,
        None => mail::pretend(s, &mut tx, email.as_str(), message, Some(lifetime)).await?,
    }
    Ok(tx.commit().await?)
}

/// The account of an address, else the newest registration with it.
async fn owner_of(s: &Services, tx: &mut Tx, email: &Email) -> Result<Option<User>> {
    let owner = match users::verified_by_email(tx, email).await? {
        Some(user) => Some(user),
        None => {
            users::unverified_by_email(tx, email, s.clock.now() - *s.config.tokens.verification)
                .await?
        }
    };
    Ok(owner.filter(|user| user.disabled_at.is_none()))
}

/// Sets a new password with the token of the mail. Ends all sessions and pending sign-ins; TOTP stays on. The mail
/// proved the address, so an unverified registration becomes an account.
///
/// # Errors
/// `token:invalid`, `password:too_weak`, `user:email_already_exists`
pub async fn reset(s: &Services, caller: &Caller, presented: &str, new: &Password) -> Result<()> {
    let user = holder(s, presented).await?;
    check_strength(s, new, &user.handle, &user.email).await?;
    let hash = s.hasher.hash(new).await?;

    let mut tx = s.db.write().await?;
    let token = token::consume(s, &mut tx, Purpose::ResetPassword, presented).await?;
    let mut entries = Vec::new();
    if user.verified_at.is_none() {
        let user = account::prove(s, &mut tx, &token).await?;
        entries.extend(account::proven(&user, caller));
    }
    users::set_password(&mut tx, user.id, &hash, s.clock.now()).await?;
    throttle::passed(&mut tx, user.id).await?;
    sessions::delete_all(&mut tx, user.id).await?;
    tokens::delete_for_user(&mut tx, user.id, &CANCELLED).await?;
    mail::send(s, &mut tx, &user, Message::PasswordReset, None).await?;
    entries.push(Entry::own(Action::PasswordReset, &user, caller));
    action_log::append(s, &mut tx, entries).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(())
}

/// Whose token it is, without using it up: a password that is refused leaves it good.
async fn holder(s: &Services, presented: &str) -> Result<User> {
    let token = SecretToken::parse(presented).ok_or(Error::TokenInvalid)?;
    let mut tx = s.db.read().await?;
    let found = tokens::peek(
        &mut tx,
        token.hash(),
        Purpose::ResetPassword.name(),
        None,
        s.clock.now(),
    )
    .await?;
    let owner = found.ok_or(Error::TokenInvalid)?.owner()?;
    users::by_id(&mut tx, owner)
        .await?
        .ok_or(Error::TokenInvalid)
}

/// Changes the password, or sets the first one of an account that has none. This session goes on with a new token.
///
/// # Errors
/// `password:required`, `password:incorrect`, `password:unchanged`, `password:too_weak`,
/// `session:reauthentication_required` for a first password.
pub async fn change(
    s: &Services,
    caller: &Caller,
    session: Session,
    current: Option<&Password>,
    new: &Password,
) -> Result<Opened> {
    match (&session.user.password_hash, current) {
        (Some(_), None) => return Err(Error::PasswordRequired),
        (_, Some(current)) => sign_in::verify_current(s, caller, &session.user, current).await?,
        (None, None) => session.require_recent(s)?,
    }
    if current.is_some_and(|current| current.expose() == new.expose()) {
        return Err(Error::PasswordUnchanged);
    }
    check_strength(s, new, &session.user.handle, &session.user.email).await?;
    let hash = s.hasher.hash(new).await?;

    let mut tx = s.db.write().await?;
    let opened = session::renew(s, &mut tx, session).await?;
    let user = &opened.session.user;
    users::set_password(&mut tx, user.id, &hash, s.clock.now()).await?;
    throttle::passed(&mut tx, user.id).await?;
    sessions::delete_others(&mut tx, user.id, opened.session.id).await?;
    tokens::delete_for_user(&mut tx, user.id, &CANCELLED).await?;
    mail::send(s, &mut tx, user, Message::PasswordChanged, None).await?;
    action_log::append(
        s,
        &mut tx,
        [Entry::own(Action::PasswordChange, user, caller)],
    )
    .await?;
    tx.commit().await?;
    s.events.committed();
    Ok(opened)
}
