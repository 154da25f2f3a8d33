//! A trip to a provider and back: what is remembered of it, and that the same browser comes back, once.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Provider;
use super::grant::Proof;
use crate::Services;
use crate::domain::keyring;
use crate::domain::session::Session;
use crate::domain::token::Purpose;
use crate::domain::types::{SecretToken, TokenHash};
use crate::domain::{Error, Result};
use crate::store::tokens::{self, NewToken, Token};

/// What the trip is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    Login,
    Link,
}

/// A trip just begun.
#[derive(Debug)]
pub struct Begun {
    pub url: Url,
    /// What the provider hands back beside its code; the URL holds it.
    pub state: SecretToken,
    pub expires_at: DateTime<Utc>,
    /// For the cookie of the browser that begins it.
    pub binding: SecretToken,
}

/// What the provider handed to the redirect URI.
pub struct Callback {
    pub code: String,
    pub state: String,
    /// RFC 9207, where the provider sends it.
    pub issuer: Option<String>,
}

/// What must be remembered meanwhile. Kept encrypted: with the verifier, a stolen code could be exchanged.
#[derive(Serialize, Deserialize)]
pub struct Trip {
    provider: Provider,
    flow: Flow,
    pub verifier: String,
    pub nonce: String,
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback(…)")
    }
}

impl fmt::Debug for Trip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trip(…)")
    }
}

/// Begins a trip. `binding` is what the browser has from an earlier one, if that is not long ago: several windows may
/// be under way at once.
///
/// # Errors
/// `oauth:provider_not_configured`, `oauth:provider_unavailable`; to link, also `auth:session_required`,
/// `user:not_verified`, `session:reauthentication_required`.
pub async fn begin(
    s: &Services,
    provider: Provider,
    flow: Flow,
    session: Option<&Session>,
    binding: Option<SecretToken>,
) -> Result<Begun> {
    let session = match flow {
        Flow::Login => None,
        Flow::Link => Some(session.ok_or(Error::SessionRequired)?),
    };
    if let Some(session) = session {
        session.require_verified()?;
        session.require_recent(s)?;
    }
    s.oauth.require(provider)?;
    let secret = || SecretToken::generate(&*s.entropy);
    let (state, binding) = (secret(), binding.unwrap_or_else(secret));
    let trip = Trip {
        provider,
        flow,
        verifier: secret().expose().to_string(),
        nonce: secret().expose().to_string(),
    };
    let proof = Proof {
        state: &state.expose(),
        verifier: &trip.verifier,
        nonce: &trip.nonce,
    };
    let url = s.oauth.authorization_url(s, provider, &proof).await?;

    let now = s.clock.now();
    let expires_at = now + *s.config.tokens.oauth_state;
    let new = NewToken {
        hash: state.hash(),
        purpose: Purpose::OauthState.name(),
        user_id: session.map(|session| session.user.id),
        session_id: session.map(|session| session.id),
        email: None,
        data: Some(&seal(s, state.hash(), &trip)?),
        binding: Some(binding.hash()),
        created_at: now,
        expires_at,
    };
    let mut tx = s.db.write().await?;
    tokens::issue(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(Begun {
        url,
        state,
        expires_at,
        binding,
    })
}

/// Ends a trip: its state is used up before the provider is asked anything, whatever comes of that (SECURITY O-3).
///
/// # Errors
/// `oauth:invalid_state` unless provider, flow, browser and session are those that began it.
pub async fn end(
    s: &Services,
    provider: Provider,
    flow: Flow,
    session: Option<&Session>,
    binding: Option<&SecretToken>,
    callback: &Callback,
) -> Result<Trip> {
    s.oauth.require(provider)?;
    let state = SecretToken::parse(&callback.state).ok_or(Error::OauthInvalidState)?;
    let binding = binding.ok_or(Error::OauthInvalidState)?;
    let mut tx = s.db.write().await?;
    let found = tokens::consume(
        &mut tx,
        state.hash(),
        Purpose::OauthState.name(),
        Some(binding.hash()),
        s.clock.now(),
    )
    .await?;
    tx.commit().await?;
    let token = found.ok_or(Error::OauthInvalidState)?;
    let trip: Trip = unseal(s, state.hash(), &token).ok_or(Error::OauthInvalidState)?;

    let same_session = token.session_id == session.map(|session| session.id);
    let right_issuer = callback
        .issuer
        .as_deref()
        .is_none_or(|issuer| s.oauth.is_issuer(provider, issuer));
    match trip.provider == provider && trip.flow == flow && same_session && right_issuer {
        true => Ok(trip),
        false => Err(Error::OauthInvalidState),
    }
}

/// Encrypts what a token remembers; it opens beside that token only.
pub fn seal(s: &Services, token: TokenHash, data: &impl Serialize) -> Result<String> {
    let plain = zeroize::Zeroizing::new(serde_json::to_vec(data).map_err(Error::internal)?);
    Ok(s.keyring
        .seal_text(keyring::Purpose::Oauth, token.as_bytes(), &plain))
}

/// Decrypts it. `None` when its key is gone.
pub fn unseal<T: serde::de::DeserializeOwned>(
    s: &Services,
    hash: TokenHash,
    token: &Token,
) -> Option<T> {
    let sealed = token.data.as_deref()?;
    let plain = s
        .keyring
        .open_text(keyring::Purpose::Oauth, hash.as_bytes(), sealed)
        .ok()?;
    serde_json::from_slice(&plain).ok()
}
