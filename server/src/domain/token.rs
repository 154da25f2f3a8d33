//! Single-use tokens: 256 random bits for the holder, a SHA-256 here, bound to one purpose (ASVS 6.5, SECURITY 2.3).

use std::time::Duration;

use super::types::{Email, SecretToken, UserId};
use super::{Error, Result};
use crate::Services;
use crate::store::Tx;
use crate::store::tokens::{self, NewToken, Token};

/// What a token is good for, and for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    VerifyEmail,
    ResetPassword,
    ChangeEmail,
    /// A sign-in that waits for its second factor.
    SecondFactor,
    OauthState,
    PendingSignup,
}

impl Purpose {
    /// The name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
            Self::SecondFactor => "second_factor",
            Self::OauthState => "oauth_state",
            Self::PendingSignup => "pending_signup",
        }
    }
}

/// Makes a token; the older ones of the user and purpose stop working.
pub async fn issue(
    s: &Services,
    tx: &mut Tx,
    purpose: Purpose,
    user: Option<UserId>,
    email: Option<&Email>,
    lifetime: Duration,
) -> Result<SecretToken> {
    issue_with(s, tx, purpose, user, email, None, lifetime).await
}

/// The same, with something to remember.
pub async fn issue_with(
    s: &Services,
    tx: &mut Tx,
    purpose: Purpose,
    user: Option<UserId>,
    email: Option<&Email>,
    data: Option<&str>,
    lifetime: Duration,
) -> Result<SecretToken> {
    let token = SecretToken::generate(&*s.entropy);
    let now = s.clock.now();
    let new = NewToken {
        hash: token.hash(),
        purpose: purpose.name(),
        user_id: user,
        session_id: None,
        email: email.map(Email::as_str),
        data,
        binding: None,
        created_at: now,
        expires_at: now + lifetime,
    };
    tokens::issue(tx, &new).await?;
    Ok(token)
}

/// Uses a token up within the caller's transaction: of many at once one wins.
///
/// # Errors
/// `token:invalid` for unknown, expired, used and other purposes' tokens alike.
pub async fn consume(
    s: &Services,
    tx: &mut Tx,
    purpose: Purpose,
    presented: &str,
) -> Result<Token> {
    let token = SecretToken::parse(presented).ok_or(Error::TokenInvalid)?;
    let token = tokens::consume(tx, token.hash(), purpose.name(), None, s.clock.now()).await?;
    token.ok_or(Error::TokenInvalid)
}

impl Token {
    /// The user that the token was made for.
    pub fn owner(&self) -> Result<UserId> {
        self.user_id.ok_or(Error::TokenInvalid)
    }

    /// The address that it was sent to, and proves.
    pub fn address(&self) -> Result<Email> {
        let address = self.email.as_deref().map(Email::parse);
        address
            .and_then(|email| email.ok())
            .ok_or(Error::TokenInvalid)
    }
}
