//! Mails go out through a queue table: written in the transaction that causes them, delivered by a task.
//!
//! The queue holds messages encrypted, since they carry tokens whose hashes alone are stored elsewhere.

pub mod delivery;
mod message;
mod render;
mod smtp;

use serde::{Deserialize, Serialize};
use std::time::Duration;
use zeroize::Zeroizing;

pub use self::message::Message;
pub use self::render::{Layout, Rendered};
pub use self::smtp::Relay;
use super::keyring::Purpose;
use super::types::{MailId, UserId};
use super::{Error, Result};
use crate::Services;
use crate::store::Tx;
use crate::store::mails::{self, Mail, NewMail};
use crate::store::users::User;

/// A message with its addressee.
#[derive(Debug, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub name: String,
    pub message: Message,
}

/// Queues a mail to the user's own address. `lifetime`: a mail whose link has expired is not sent at all.
pub async fn send(
    s: &Services,
    tx: &mut Tx,
    user: &User,
    message: Message,
    lifetime: Option<Duration>,
) -> Result<()> {
    send_to(s, tx, user, user.email.as_str(), message, lifetime).await
}

/// Queues a mail about the user's account to another address.
pub async fn send_to(
    s: &Services,
    tx: &mut Tx,
    user: &User,
    to: &str,
    message: Message,
    lifetime: Option<Duration>,
) -> Result<()> {
    let letter = Letter {
        to: to.to_owned(),
        name: user.display_name.clone(),
        message,
    };
    queue(s, tx, Some(user.id), &letter, lifetime).await?;
    Ok(())
}

/// Does the work of queueing a mail and leaves none: what takes time for an address that is known takes it for one that
/// is not (SECURITY U-2).
pub async fn pretend(
    s: &Services,
    tx: &mut Tx,
    to: &str,
    message: Message,
    lifetime: Option<Duration>,
) -> Result<()> {
    let letter = Letter {
        to: to.to_owned(),
        name: to.to_owned(),
        message,
    };
    let id = queue(s, tx, None, &letter, lifetime).await?;
    Ok(mails::take_back(tx, id).await?)
}

async fn queue(
    s: &Services,
    tx: &mut Tx,
    user_id: Option<UserId>,
    letter: &Letter,
    lifetime: Option<Duration>,
) -> Result<MailId> {
    let now = s.clock.now();
    let id = MailId::new(now, &*s.entropy);
    let plain = Zeroizing::new(serde_json::to_vec(letter).map_err(Error::internal)?);
    let sealed = s.keyring.seal(Purpose::Mail, id.uuid().as_bytes(), &plain);
    let new = NewMail {
        id,
        message_id: &format!("<{id}@{}>", s.mail_domain()),
        user_id,
        kind: letter.message.kind(),
        key_id: &sealed.key_id,
        payload: &sealed.bytes,
        expires_at: lifetime.map(|lifetime| now + lifetime),
        created_at: now,
    };
    mails::enqueue(tx, &new).await?;
    tx.wake_on_commit(s.mail_bell());
    Ok(id)
}

/// Decrypts and renders a queued mail.
pub fn open(s: &Services, mail: &Mail) -> Result<Rendered> {
    render(s, &letter(s, mail)?)
}

/// What a queued mail says.
pub fn render(s: &Services, letter: &Letter) -> Result<Rendered> {
    s.layout.render(letter, &s.config.frontend_url())
}

/// Decrypts a queued mail.
pub fn letter(s: &Services, mail: &Mail) -> Result<Letter> {
    let context = mail.id.uuid();
    let clear = s.keyring.open(
        Purpose::Mail,
        context.as_bytes(),
        &mail.key_id,
        &mail.payload,
    );
    let clear = clear.map_err(Error::internal)?;
    serde_json::from_slice(&clear).map_err(Error::internal)
}
