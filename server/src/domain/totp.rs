//! Turning the second factor on and off.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::action_log::{self, Action, Entry};
use super::authenticator::{Authenticator, Setup};
use super::backup_codes::{self, Shown};
use super::caller::Caller;
use super::keyring::Purpose;
use super::mail::{self, Message};
use super::second_factor::{self, Code};
use super::session::Session;
use super::types::UserId;
use super::{Error, Result, limits, token};
use crate::Services;
use crate::store::totp::TotpSecret;
use crate::store::users::{self, User};
use crate::store::{self, Tx, sessions, tokens};

/// How many secrets [`reencrypt`] takes at once.
const BATCH: i64 = 100;

/// Makes a secret that waits for its first code, in place of an earlier one that still waits. Answers until when.
///
/// # Errors
/// `session:reauthentication_required`, `totp:already_enabled`
pub async fn set_up(s: &Services, session: &Session) -> Result<(Setup, DateTime<Utc>)> {
    session.require_recent(s)?;
    let user = &session.user;
    if user.totp_enabled_at.is_some() {
        return Err(Error::TotpAlreadyEnabled);
    }
    let authenticator = Authenticator::generate(
        &*s.entropy,
        &s.config.totp.issuer,
        user.email.as_str(),
        user.handle.as_str(),
    )?;
    let setup = authenticator.setup()?;
    let context = user.id.uuid();
    let sealed = s
        .keyring
        .seal(Purpose::Totp, context.as_bytes(), authenticator.secret());
    let now = s.clock.now();
    let expires_at = now + *s.config.tokens.totp_setup;

    let mut tx = s.db.write().await?;
    // Waits for a setup of the same user that is just being enabled.
    lock(&mut tx, session).await?;
    let (bytes, key_id) = (&sealed.bytes[..], &sealed.key_id[..]);
    if !store::totp::set_up(&mut tx, user.id, bytes, key_id, now, expires_at).await? {
        return Err(Error::TotpAlreadyEnabled);
    }
    tx.commit().await?;
    Ok((setup, expires_at))
}

/// Turns the second factor on with a code of the secret that waits. Ends the other sessions.
///
/// # Errors
/// `totp:already_enabled`, `totp:setup_required`, `totp:invalid_code`, `rate_limit:exceeded`
pub async fn enable(
    s: &Services,
    caller: &Caller,
    session: &Session,
    code: &str,
) -> Result<Vec<Shown>> {
    let counted = limits::account(s, "secret", &session.user.id.to_string()).await?;
    let outcome = start(s, caller, session, code).await;
    counted.judged(s, &outcome).await;
    outcome
}

async fn start(s: &Services, caller: &Caller, session: &Session, code: &str) -> Result<Vec<Shown>> {
    let now = s.clock.now();
    let mut tx = s.db.write().await?;
    let user = lock(&mut tx, session).await?;
    if user.totp_enabled_at.is_some() {
        return Err(Error::TotpAlreadyEnabled);
    }
    let waiting = store::totp::get(&mut tx, user.id)
        .await?
        .filter(|secret| secret.expires_at.is_some_and(|end| end > now))
        .ok_or(Error::TotpSetupRequired)?;
    let started = second_factor::limited(s, &mut tx, user.id, async |tx, _| {
        match open(s, &waiting)?.step_of(code, now, waiting.last_step) {
            Some(step) => Ok(store::totp::enable(tx, user.id, step, now).await?),
            None => Ok(false),
        }
    });
    if !started.await? {
        return Err(second_factor::refuse(s, tx, caller, &user, None).await?);
    }
    users::set_totp(&mut tx, user.id, Some(now), now).await?;
    let codes = backup_codes::replace(s, &mut tx, user.id).await?;
    sessions::delete_others(&mut tx, user.id, session.id).await?;
    finish(
        s,
        tx,
        caller,
        &user,
        Message::TotpEnabled,
        Action::TotpEnable,
    )
    .await?;
    Ok(codes)
}

/// Since when the second factor is on, and how many backup codes are left.
pub async fn status(s: &Services, session: &Session) -> Result<(Option<DateTime<Utc>>, i64)> {
    let user = &session.user;
    let mut tx = s.db.read().await?;
    let codes = store::backup_codes::count(&mut tx, user.id).await?;
    Ok((user.totp_enabled_at, codes))
}

/// Turns the second factor off. Ends the other sessions, and sign-ins that wait for a code.
///
/// # Errors
/// `session:reauthentication_required`, `totp:not_enabled`, `totp:invalid_code`, `rate_limit:exceeded`
pub async fn disable(s: &Services, caller: &Caller, session: &Session, code: &Code) -> Result<()> {
    session.require_recent(s)?;
    let (mut tx, user) = second_factor::prove(s, caller, session, code).await?;
    store::totp::delete(&mut tx, user.id).await?;
    store::backup_codes::delete_all(&mut tx, user.id).await?;
    users::set_totp(&mut tx, user.id, None, s.clock.now()).await?;
    let waiting = token::Purpose::SecondFactor.name();
    tokens::delete_for_user(&mut tx, user.id, &[waiting]).await?;
    sessions::delete_others(&mut tx, user.id, session.id).await?;
    finish(
        s,
        tx,
        caller,
        &user,
        Message::TotpDisabled,
        Action::TotpDisable,
    )
    .await
}

/// Makes new backup codes; the old ones stop working.
///
/// # Errors
/// `session:reauthentication_required`, `totp:not_enabled`, `totp:invalid_code`, `rate_limit:exceeded`
pub async fn regenerate(
    s: &Services,
    caller: &Caller,
    session: &Session,
    code: &Code,
) -> Result<Vec<Shown>> {
    session.require_recent(s)?;
    let (mut tx, user) = second_factor::prove(s, caller, session, code).await?;
    let codes = backup_codes::replace(s, &mut tx, user.id).await?;
    let (message, action) = (Message::BackupCodesRegenerated, Action::TotpRegenerate);
    finish(s, tx, caller, &user, message, action).await?;
    Ok(codes)
}

/// Tells the owner by mail, logs and commits.
async fn finish(
    s: &Services,
    mut tx: Tx,
    caller: &Caller,
    user: &User,
    message: Message,
    action: Action,
) -> Result<()> {
    mail::send(s, &mut tx, user, message, None).await?;
    action_log::append(s, &mut tx, [Entry::own(action, user, caller)]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(())
}

async fn lock(tx: &mut Tx, session: &Session) -> Result<User> {
    let user = users::lock(tx, session.user.id).await?;
    user.ok_or(Error::SessionRequired)
}

/// Whether a code is right; its time step is then taken, and none at or before it is accepted again (SECURITY D6,
/// RFC 6238 section 5.2).
pub async fn accept(s: &Services, tx: &mut Tx, user: UserId, code: &str) -> Result<bool> {
    let secret = store::totp::get(tx, user).await?;
    let Some(secret) = secret.filter(|secret| secret.expires_at.is_none()) else {
        return Ok(false);
    };
    match open(s, &secret)?.step_of(code, s.clock.now(), secret.last_step) {
        Some(step) => Ok(store::totp::take_step(tx, user, step).await?),
        None => Ok(false),
    }
}

fn open(s: &Services, kept: &TotpSecret) -> Result<Authenticator> {
    let context = kept.user_id.uuid();
    let secret = s.keyring.open(
        Purpose::Totp,
        context.as_bytes(),
        &kept.key_id,
        &kept.secret,
    );
    Authenticator::from_secret(&secret.map_err(Error::internal)?)
}

/// What came of [`reencrypt`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reencrypted {
    /// Now under the current key.
    pub done: u64,
    /// Left as they were: their key is not among ours, or they are damaged.
    pub unreadable: u64,
}

/// Encrypts anew, under the current key, the secrets that are under another. May run beside a serving instance, and
/// again.
pub async fn reencrypt(s: &Services) -> Result<Reencrypted> {
    let current = s.keyring.key_ids().next().unwrap_or_default().to_owned();
    let (mut outcome, mut after) = (Reencrypted::default(), UserId::from(Uuid::nil()));
    loop {
        let mut tx = s.db.write().await?;
        let batch = store::totp::under_other_keys(&mut tx, &current, after, BATCH).await?;
        let Some(last) = batch.last() else {
            return Ok(outcome);
        };
        after = last.user_id;
        for kept in &batch {
            let Ok(authenticator) = open(s, kept) else {
                outcome.unreadable += 1;
                continue;
            };
            let id = kept.user_id.uuid();
            let new = s
                .keyring
                .seal(Purpose::Totp, id.as_bytes(), authenticator.secret());
            let (user, old) = (kept.user_id, &kept.secret[..]);
            if store::totp::reseal(&mut tx, user, old, &new.bytes, &new.key_id).await? {
                outcome.done += 1;
            }
        }
        tx.commit().await?;
    }
}
