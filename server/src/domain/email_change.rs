//! Changing the address: nothing changes before the new one is proven (SECURITY T-10).

use super::action_log::{self, Action, Entry};
use super::caller::Caller;
use super::mail::{self, Message};
use super::session::Session;
use super::token::{self, Purpose};
use super::types::{Email, Password, SessionId, UserId};
use super::{Error, Result, account, limits, sign_in};
use uuid::Uuid;

use crate::Services;
use crate::store::users;
use crate::store::{sessions, tokens};

/// Tokens that went to the old address, or were made for who had it.
const CANCELLED: [&str; 4] = [
    Purpose::VerifyEmail.name(),
    Purpose::ResetPassword.name(),
    Purpose::ChangeEmail.name(),
    Purpose::SecondFactor.name(),
];

/// Asks to change the address; a registration that is not proven yet just gets the new one.
///
/// # Errors
/// `session:reauthentication_required`, `password:required`, `password:incorrect`, `email:unchanged`
pub async fn request(
    s: &Services,
    caller: &Caller,
    session: &Session,
    new: &Email,
    password: Option<&Password>,
) -> Result<()> {
    let user = &session.user;
    if user.verified_at.is_some() {
        session.require_recent(s)?;
    }
    match (&user.password_hash, password) {
        (Some(_), None) => return Err(Error::PasswordRequired),
        (_, Some(password)) => sign_in::verify_current(s, caller, user, password).await?,
        (None, None) => {}
    }
    if user.email == *new {
        return Err(Error::EmailUnchanged);
    }
    // Whoever reads mail there did not ask for it.
    let counted = limits::account(s, "mail", &new.mailbox()).await?;
    let sent = send(s, session, new).await;
    counted.done(s, &sent).await;
    sent
}

async fn send(s: &Services, session: &Session, new: &Email) -> Result<()> {
    let user = &session.user;
    if user.verified_at.is_none() && mend(s, user.id, new).await? {
        return Ok(());
    }
    session.require_recent(s)?;
    send_confirmation(s, session, new).await
}

/// Link to the new address, notice to the old one. A taken address gets a mail that says so: the answer, the work and
/// the number of mails are the same (U-4).
async fn send_confirmation(s: &Services, session: &Session, new: &Email) -> Result<()> {
    let user = &session.user;
    let lifetime = *s.config.tokens.email_change;
    let mut tx = s.db.write().await?;
    let token = token::issue_with(
        s,
        &mut tx,
        Purpose::ChangeEmail,
        Some(user.id),
        Some(new),
        Some(&session.id.to_string()),
        lifetime,
    )
    .await?;
    let message = match users::verified_by_email(&mut tx, new).await? {
        None => Message::ConfirmEmailChange {
            token: token.expose().to_string(),
        },
        Some(_) => Message::EmailChangeTaken,
    };
    mail::send_to(s, &mut tx, user, new.as_str(), message, Some(lifetime)).await?;
    let notice = Message::EmailChangeRequested {
        new_email: new.as_str().to_owned(),
    };
    mail::send(s, &mut tx, user, notice, None).await?;
    Ok(tx.commit().await?)
}

/// A typing error at registration: the new address gets the verification mail, and what went to the old one is good for
/// nothing. False for an account whose address was proven while the password was checked.
async fn mend(s: &Services, id: UserId, new: &Email) -> Result<bool> {
    let mut tx = s.db.write().await?;
    // Tokens before the user, as who uses one up does: else the two could wait for each other.
    tokens::delete_for_user(&mut tx, id, &CANCELLED).await?;
    let user = users::lock(&mut tx, id).await?;
    let user = user.ok_or(Error::SessionRequired)?;
    if user.verified_at.is_some() {
        return Ok(false);
    }
    users::set_email(&mut tx, id, new, s.clock.now()).await?;
    account::send_proof(s, &mut tx, &user, new).await?;
    tx.commit().await?;
    Ok(true)
}

/// Swaps the address with the token of the mail to the new one. Ends the sessions but the one that asked.
///
/// # Errors
/// `token:invalid`, `user:email_already_exists`
pub async fn confirm(s: &Services, caller: &Caller, presented: &str) -> Result<()> {
    let mut tx = s.db.write().await?;
    let token = token::consume(s, &mut tx, Purpose::ChangeEmail, presented).await?;
    let user = users::by_id(&mut tx, token.owner()?)
        .await?
        .ok_or(Error::TokenInvalid)?;
    let new = token.address()?;
    users::set_email(&mut tx, user.id, &new, s.clock.now())
        .await
        .map_err(account::taken)?;
    match token
        .data
        .as_deref()
        .and_then(|id| Uuid::parse_str(id).ok())
    {
        Some(asked) => sessions::delete_others(&mut tx, user.id, SessionId::from(asked)).await?,
        None => sessions::delete_all(&mut tx, user.id).await?,
    };
    tokens::delete_for_user(&mut tx, user.id, &CANCELLED).await?;
    let notice = Message::EmailChanged {
        new_email: new.as_str().to_owned(),
    };
    mail::send(s, &mut tx, &user, notice, None).await?;
    action_log::append(s, &mut tx, [Entry::own(Action::EmailChange, &user, caller)]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(())
}
