//! Which account an identity signs in to, or how it gets one. An address never decides that: only an identity that
//! was linked does (SECURITY D1).

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::flow::{self, Callback, Flow, seal, unseal};
use super::suggest::{self, Suggestion};
use super::{Identity, Provider, connections};
use crate::Services;
use crate::domain::caller::Caller;
use crate::domain::session::Opened;
use crate::domain::sign_in::{self, Method, Outcome};
use crate::domain::token::Purpose;
use crate::domain::types::{DisplayName, Email, Handle, SecretToken, UserId};
use crate::domain::{Error, Result, account};
use crate::store::tokens::{self, NewToken};
use crate::store::users::{self, NewUser, User};
use crate::store::{Tx, oauth_connections};

/// Outcome of a sign-in with a provider.
#[derive(Debug)]
pub enum Resolved {
    SignedIn(Outcome),
    SignupRequired(Signup),
}

/// Somebody new, who has yet to choose a handle.
#[derive(Debug)]
pub struct Signup {
    pub pending_token: SecretToken,
    pub expires_at: DateTime<Utc>,
    pub suggestion: Suggestion,
    /// The browser that may go on with it.
    pub binding: SecretToken,
}

/// What a pending sign-up remembers, encrypted. All of it comes from the provider, none from the client (O-11).
#[derive(Serialize, Deserialize)]
struct Pending {
    provider: Provider,
    id: String,
    email: String,
    name: Option<String>,
    remember: bool,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(…)")
    }
}

/// Signs in with a provider.
///
/// # Errors
/// `oauth:invalid_state`, what [`super::Providers::identify`] answers, and for an identity that is new
/// `oauth:email_not_verified` or `oauth:email_already_exists`.
pub async fn login(
    s: &Services,
    caller: &Caller,
    provider: Provider,
    binding: Option<SecretToken>,
    callback: Callback,
    remember: bool,
) -> Result<Resolved> {
    let trip = flow::end(s, provider, Flow::Login, None, binding.as_ref(), &callback).await?;
    let identity = s
        .oauth
        .identify(s, provider, callback.code, trip.verifier, trip.nonce)
        .await?;

    let mut tx = s.db.write().await?;
    if let Some(user) = known(&mut tx, &identity).await? {
        let outcome =
            sign_in::complete(s, &mut tx, caller, user, provider.method(), remember).await?;
        tx.commit().await?;
        s.events.committed();
        return Ok(Resolved::SignedIn(outcome));
    }
    let email = identity.email.clone().ok_or(Error::OauthEmailNotVerified)?;
    if users::verified_by_email(&mut tx, &email).await?.is_some() {
        return Err(Error::OauthEmailExists);
    }
    let binding = binding.ok_or(Error::OauthInvalidState)?;
    let (pending_token, expires_at) =
        remember_for_signup(s, &mut tx, &identity, &email, &binding, remember).await?;
    tx.commit().await?;
    Ok(Resolved::SignupRequired(Signup {
        suggestion: suggest::from(s, &identity, &email).await?,
        pending_token,
        expires_at,
        binding,
    }))
}

/// The account that an identity is linked to.
///
/// # Errors
/// `oauth:invalid_code` for an account that is disabled: nobody signs in to it, and nothing more is said.
async fn known(tx: &mut Tx, identity: &Identity) -> Result<Option<User>> {
    let provider = identity.provider.name();
    let Some(link) = oauth_connections::by_identity(tx, provider, &identity.id).await? else {
        return Ok(None);
    };
    let user = users::lock(tx, link.user_id).await?;
    match user.filter(|user| user.disabled_at.is_none()) {
        Some(user) => Ok(Some(user)),
        None => Err(Error::OauthInvalidCode),
    }
}

async fn remember_for_signup(
    s: &Services,
    tx: &mut Tx,
    identity: &Identity,
    email: &Email,
    binding: &SecretToken,
    remember: bool,
) -> Result<(SecretToken, DateTime<Utc>)> {
    let token = SecretToken::generate(&*s.entropy);
    let pending = Pending {
        provider: identity.provider,
        id: identity.id.clone(),
        email: email.as_str().to_owned(),
        name: identity.name.clone(),
        remember,
    };
    let now = s.clock.now();
    let expires_at = now + *s.config.tokens.pending_signup;
    let new = NewToken {
        hash: token.hash(),
        purpose: Purpose::PendingSignup.name(),
        user_id: None,
        session_id: None,
        email: None,
        data: Some(&seal(s, token.hash(), &pending)?),
        binding: Some(binding.hash()),
        created_at: now,
        expires_at,
    };
    tokens::issue(tx, &new).await?;
    Ok((token, expires_at))
}

/// Creates the account of a pending sign-up: verified, linked and signed in, or nothing of it. A handle that is taken
/// leaves the token good. Registrations with the same address stay what they are: nobody can prove them any more.
///
/// # Errors
/// `token:invalid`, `user:handle_reserved`, `user:handle_already_exists`, `oauth:email_already_exists`,
/// `oauth:account_already_linked`
pub async fn complete_signup(
    s: &Services,
    caller: &Caller,
    binding: Option<SecretToken>,
    presented: &str,
    handle: &Handle,
    display_name: Option<DisplayName>,
) -> Result<Opened> {
    if handle.is_reserved() {
        return Err(Error::HandleReserved);
    }
    let token = SecretToken::parse(presented).ok_or(Error::TokenInvalid)?;
    let binding = binding.ok_or(Error::TokenInvalid)?;
    let now = s.clock.now();
    let mut tx = s.db.write().await?;
    let found = tokens::consume(
        &mut tx,
        token.hash(),
        Purpose::PendingSignup.name(),
        Some(binding.hash()),
        now,
    )
    .await?;
    let found = found.ok_or(Error::TokenInvalid)?;
    let pending: Pending = unseal(s, token.hash(), &found).ok_or(Error::TokenInvalid)?;
    let email = Email::parse(&pending.email).map_err(Error::internal)?;

    users::free_handle(&mut tx, handle, now - *s.config.tokens.verification).await?;
    let name = display_name.or_else(|| suggest::display_name(pending.name.as_deref()));
    let user = NewUser {
        id: UserId::new(now, &*s.entropy),
        handle,
        display_name: name.as_ref().map_or(handle.as_str(), DisplayName::as_str),
        email: &email,
        verified_at: Some(now),
        password_hash: None,
        created_at: now,
    };
    let user = account::insert(&mut tx, &user)
        .await
        .map_err(|error| match error {
            Error::EmailExists => Error::OauthEmailExists,
            other => other,
        })?;
    let identity = Identity {
        provider: pending.provider,
        id: pending.id,
        email: Some(email),
        name: pending.name,
        login: None,
    };
    let (_, linked) = connections::insert(s, &mut tx, caller, &user, &identity).await?;
    let told = account::proven(&user, caller).into_iter().chain([linked]);
    // An account this young has no second factor to ask for.
    let method = Method::Signup.name().to_owned();
    let opened = sign_in::open(s, &mut tx, caller, user, method, pending.remember, told).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(opened)
}
