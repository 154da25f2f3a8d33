//! The second factor, where it is asked for: one place judges its codes, whoever asks, and one limit holds for an
//! account's guesses together.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::action_log::{self, Action, Entry};
use super::caller::Caller;
use super::error::RateLimit;
use super::session::{self, Opened, Session};
use super::sign_in::{self, Method, Outcome};
use super::token::{self, Purpose};
use super::types::{SecretToken, TokenHash, UserId};
use super::{Error, Result, backup_codes, limits, suspicion, totp};
use crate::Services;
use crate::store::attempts::{self, Reserved};
use crate::store::users::{self, User};
use crate::store::{self, Tx, tokens};

/// So many wrong codes end the token of a sign-in.
pub const PER_SIGN_IN: i64 = 5;
/// So many wrong codes in a row an account may send without a pause. Only a right one starts the count afresh, or a
/// week without any: a new sign-in does not.
const FREE: i64 = 10;
const FORGOTTEN: Duration = Duration::from_secs(7 * 24 * 3600);
/// The first pause; each further wrong code doubles it, up to 64 times as long.
const PAUSE: Duration = Duration::from_secs(60);
const DOUBLED_AT_MOST: i64 = 6;
/// After so many wrong codes in a row six digits are not judged any more (NIST SP 800-63B-4 §3.2.2), and look wrong to
/// whoever tries. A backup code, which nobody guesses, starts the count afresh.
const CONSECUTIVE: i64 = 100;

/// A code as a user typed it.
#[derive(Clone)]
pub enum Code {
    /// Six digits.
    Totp(Zeroizing<String>),
    Backup(TokenHash),
    /// Neither: wrong, like any wrong code.
    Garbage,
}

impl Code {
    /// Reads a code. Dashes, spaces and case make no difference.
    pub fn parse(text: &str) -> Self {
        let bare: Zeroizing<String> = text
            .chars()
            .filter(|letter| *letter != '-' && !letter.is_whitespace())
            .collect::<String>()
            .into();
        if bare.len() == 6 && bare.bytes().all(|letter| letter.is_ascii_digit()) {
            return Self::Totp(bare);
        }
        backup_codes::parse(&bare).map_or(Self::Garbage, Self::Backup)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// What is remembered of a sign-in until its second factor is shown.
#[derive(Serialize, Deserialize)]
struct Begun {
    method: String,
    remember: bool,
}

/// Asks for the second factor: the account gets a token that is good for [`sign_in`] and nothing else. An earlier
/// one stops working.
pub async fn ask(
    s: &Services,
    tx: &mut Tx,
    user: &User,
    method: Method,
    remember: bool,
) -> Result<Outcome> {
    let begun = Begun {
        method: method.name().to_owned(),
        remember,
    };
    let begun = serde_json::to_string(&begun).map_err(Error::internal)?;
    let (id, lifetime) = (Some(user.id), *s.config.tokens.totp_challenge);
    let purpose = Purpose::SecondFactor;
    let temp_token = token::issue_with(s, tx, purpose, id, None, Some(&begun), lifetime).await?;
    Ok(Outcome::TotpRequired {
        temp_token,
        expires_at: s.clock.now() + lifetime,
    })
}

/// Finishes a sign-in with the second factor.
///
/// # Errors
/// `token:invalid`, `totp:invalid_code`, `rate_limit:exceeded`
pub async fn finish_sign_in(
    s: &Services,
    caller: &Caller,
    presented: &str,
    code: &Code,
) -> Result<Opened> {
    let token = SecretToken::parse(presented).ok_or(Error::TokenInvalid)?;
    let (hash, purpose, now) = (token.hash(), Purpose::SecondFactor.name(), s.clock.now());
    let mut tx = s.db.read().await?;
    let begun = tokens::peek(&mut tx, hash, purpose, None, now).await?;
    let owner = begun.ok_or(Error::TokenInvalid)?.owner()?;
    drop(tx);
    let counted = limits::account(s, "secret", &owner.to_string()).await?;
    let outcome = finish(s, caller, owner, hash, code).await;
    counted.judged(s, &outcome).await;
    outcome
}

async fn finish(
    s: &Services,
    caller: &Caller,
    owner: UserId,
    hash: TokenHash,
    code: &Code,
) -> Result<Opened> {
    let (purpose, now) = (Purpose::SecondFactor.name(), s.clock.now());
    let mut tx = s.db.write().await?;
    let user = enrolled(&mut tx, owner)
        .await?
        .filter(|user| user.disabled_at.is_none())
        .ok_or(Error::TokenInvalid)?;
    let token = tokens::attempt(&mut tx, hash, purpose, None, now, PER_SIGN_IN).await?;
    let token = token.ok_or(Error::TokenInvalid)?;
    let begun = token.data.ok_or(Error::TokenInvalid)?;
    let begun: Begun = serde_json::from_str(&begun).map_err(Error::internal)?;
    let method = format!("{}_totp", begun.method);

    if !is_right(s, &mut tx, user.id, code).await? {
        suspicion::wrong_codes(s, &mut tx, caller, &user, token.attempts).await?;
        return Err(refuse(s, tx, caller, &user, Some(method)).await?);
    }
    tokens::delete(&mut tx, hash).await?;
    let opened = sign_in::open(s, &mut tx, caller, user, method, begun.remember, []).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(opened)
}

/// Proves by a TOTP code that it is the account's owner; the session gets a new token.
///
/// # Errors
/// `totp:not_enabled`, `totp:invalid_code`, `rate_limit:exceeded`
pub async fn reauthenticate(
    s: &Services,
    caller: &Caller,
    session: Session,
    code: &Code,
) -> Result<Opened> {
    let (mut tx, _) = prove(s, caller, &session, code).await?;
    let opened = session::renew(s, &mut tx, session).await?;
    let entry = Entry::own(Action::Reauthenticate, &opened.session.user, caller);
    action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(opened)
}

/// Begins a transaction in which the code of the session's user has been accepted and used up.
///
/// # Errors
/// `totp:not_enabled`, `totp:invalid_code`, `rate_limit:exceeded`
pub async fn prove(
    s: &Services,
    caller: &Caller,
    session: &Session,
    code: &Code,
) -> Result<(Tx, User)> {
    let counted = limits::account(s, "secret", &session.user.id.to_string()).await?;
    let outcome = accept(s, caller, session, code).await;
    counted.judged(s, &outcome).await;
    outcome
}

async fn accept(
    s: &Services,
    caller: &Caller,
    session: &Session,
    code: &Code,
) -> Result<(Tx, User)> {
    let mut tx = s.db.write().await?;
    let user = enrolled(&mut tx, session.user.id).await?;
    let user = user.ok_or(Error::TotpNotEnabled)?;
    if !is_right(s, &mut tx, user.id, code).await? {
        return Err(refuse(s, tx, caller, &user, None).await?);
    }
    Ok((tx, user))
}

/// The user, locked, if the second factor is on.
async fn enrolled(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    let user = users::lock(tx, id).await?;
    Ok(user.filter(|user| user.totp_enabled_at.is_some()))
}

async fn is_right(s: &Services, tx: &mut Tx, user: UserId, code: &Code) -> Result<bool> {
    limited(s, tx, user, async |tx, count| match code {
        Code::Totp(_) if count > CONSECUTIVE => Ok(false),
        Code::Totp(code) => totp::accept(s, tx, user, code).await,
        Code::Backup(code) => Ok(store::backup_codes::consume(tx, user, *code).await?),
        Code::Garbage => Ok(false),
    })
    .await
}

/// Judges a guess, the so many-th in a row, unless the account has to pause. It is counted before it is judged, and both commit together: what
/// comes at the same time is counted too, and an error of ours costs nothing (SECURITY ).
///
/// # Errors
/// `rate_limit:exceeded`
pub async fn limited(
    s: &Services,
    tx: &mut Tx,
    user: UserId,
    judge: impl AsyncFnOnce(&mut Tx, i64) -> Result<bool>,
) -> Result<bool> {
    let (key, now) = (format!("second_factor:{user}"), s.clock.now());
    let count = match attempts::reserve(tx, &key, now, now + FORGOTTEN).await? {
        Reserved::Go { count } => count,
        Reserved::Blocked { until } => {
            return Err(pause((until - now).to_std().unwrap_or_default()));
        }
    };
    let right = judge(tx, count).await?;
    if right {
        attempts::clear(tx, &key).await?;
    } else if count >= FREE {
        let doubled = u32::try_from((count - FREE).min(DOUBLED_AT_MOST)).unwrap_or(0);
        attempts::block(tx, &key, now + PAUSE * 2_u32.pow(doubled)).await?;
    }
    Ok(right)
}

fn pause(retry_after: Duration) -> Error {
    Error::RateLimited(RateLimit {
        policy: "second_factor".into(),
        limit: FREE.unsigned_abs(),
        remaining: 0,
        window: FORGOTTEN,
        retry_after,
    })
}

/// Logs and commits a wrong guess; answers what to tell.
pub async fn refuse(
    s: &Services,
    mut tx: Tx,
    caller: &Caller,
    user: &User,
    method: Option<String>,
) -> Result<Error> {
    let entry = Entry::own(Action::LoginFailed, user, caller).with(|facts| facts.method = method);
    action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(Error::TotpInvalidCode)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn six_digits_are_a_code_however_they_are_spaced(
            text in prop_oneof!["[0-9]( ?-?[0-9]){4,6}", "[0-9 -]{5,9}", "[٠-٩0-9]{6}", any::<String>()],
        ) {
            let bare = text.replace(|c: char| c == '-' || c.is_whitespace(), "");
            let is_code = bare.chars().count() == 6 && bare.chars().all(|c| c.is_ascii_digit());
            match Code::parse(&text) {
                Code::Totp(code) => prop_assert!(is_code && *code == bare),
                Code::Backup(_) => prop_assert!(bare.len() == 24 && bare.is_ascii()),
                Code::Garbage => prop_assert!(!is_code, "{text}"),
            }
        }
    }
}
