//! Google, or any other provider of OpenID Connect: endpoints and keys by discovery, who somebody is by the ID token.

use std::str::FromStr as _;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJsonWebKeySet,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{ClaimsVerificationError, Nonce, SignatureVerificationError};
use tokio::sync::Mutex;
use url::Url;

use super::grant::{Proof, Registration, get, ready};
use super::http::{Fault, Http};
use super::{Identity, Provider};
use crate::Services;
use crate::config::Config;
use crate::domain::types::Email;
use crate::domain::{Error, Result};

/// No more is asked for (ASVS 10.2.3).
const SCOPES: [&str; 3] = ["openid", "email", "profile"];
/// What was discovered is asked for again after this time, and used this long at most.
const FRESH: TimeDelta = TimeDelta::hours(1);
const USABLE: TimeDelta = TimeDelta::hours(24);
/// Pause after a refresh that failed, and between looks for keys that are not known.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// An ID token is made during the exchange: it may be this old, or this far ahead of our clock.
const OLDEST_TOKEN: TimeDelta = TimeDelta::minutes(10);
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(1);

#[derive(Debug)]
pub struct Google {
    http: Http,
    issuer: Url,
    registration: Registration,
    known: RwLock<Option<Arc<Known>>>,
    /// Held by who asks; the others wait for the outcome.
    asking: Mutex<()>,
}

/// What the provider says of itself.
#[derive(Clone, Debug)]
struct Known {
    metadata: CoreProviderMetadata,
    keys: CoreJsonWebKeySet,
    fetched_at: DateTime<Utc>,
    refresh_at: DateTime<Utc>,
    keys_refetched_at: Option<DateTime<Utc>>,
}

impl Google {
    pub fn from_config(config: &Config) -> anyhow::Result<Option<Self>> {
        let own = &config.oauth.google;
        let registration = Registration::from_config(
            config,
            Provider::Google,
            own.client_id.as_ref(),
            own.client_secret.as_ref(),
            own.redirect_uri.as_ref(),
        );
        let Some(registration) = registration else {
            return Ok(None);
        };
        Ok(Some(Self {
            http: Http::new(*own.timeout)?,
            issuer: own.issuer.clone(),
            registration,
            known: RwLock::default(),
            asking: Mutex::default(),
        }))
    }

    /// Issuers are compared as they are spelled; a configured `https://host` is kept as `https://host/`.
    pub fn is_issuer(&self, issuer: &str) -> bool {
        let own = self.issuer.as_str();
        issuer == own || (self.issuer.path() == "/" && Some(issuer) == own.strip_suffix('/'))
    }

    pub async fn authorization_url(&self, s: &Services, proof: &Proof<'_>) -> Result<Url> {
        let known = self.known(s.clock.now()).await?;
        let endpoint = known.metadata.authorization_endpoint().url();
        Ok(self
            .registration
            .authorization_url(endpoint, &SCOPES, proof, true))
    }

    pub async fn identify(
        &self,
        s: &Services,
        code: String,
        verifier: String,
        nonce: String,
    ) -> Result<Identity> {
        let known = self.known(s.clock.now()).await?;
        let endpoint = known
            .metadata
            .token_endpoint()
            .ok_or(Fault::Nonsense("it has no token endpoint"))?;
        let granted = self
            .registration
            .exchange(&self.http, endpoint.url(), code, verifier)
            .await?;
        let token = granted
            .id_token
            .ok_or(Fault::Nonsense("it sends no ID token"))?;
        let claims = self.verified(s, &known, &token, Nonce::new(nonce)).await?;
        identity(&claims)
    }

    /// Verifies an ID token (OpenID Connect Core 3.1.3.7). Keys change: one that is not known is looked for once.
    async fn verified(
        &self,
        s: &Services,
        known: &Known,
        token: &str,
        nonce: Nonce,
    ) -> Result<CoreIdTokenClaims> {
        let now = s.clock.now();
        let Ok(parsed) = CoreIdToken::from_str(token) else {
            return Err(match verification_is_no_boolean(token) {
                true => Error::OauthEmailNotVerified,
                false => Error::OauthInvalidIdToken,
            });
        };
        let claims = match parsed.claims(&self.verifier(known, now), &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let known = self.with_new_keys(now).await?;
                parsed.claims(&self.verifier(&known, now), &nonce).cloned()
            }
            claims => claims.cloned(),
        };
        let claims = claims.map_err(|error| {
            tracing::warn!(%error, "an ID token is refused");
            Error::OauthInvalidIdToken
        })?;
        let foreign = claims
            .authorized_party()
            .is_some_and(|party| party != self.registration.client_id());
        match foreign || begins_after(token, now + CLOCK_SKEW) {
            true => Err(Error::OauthInvalidIdToken),
            false => Ok(claims),
        }
    }

    /// Of asymmetric signatures only, by the provider's published keys only; keys in the token's header are nothing.
    fn verifier<'a>(&self, known: &Known, now: DateTime<Utc>) -> CoreIdTokenVerifier<'a> {
        CoreIdTokenVerifier::new_public_client(
            self.registration.client_id().clone(),
            known.metadata.issuer().clone(),
            known.keys.clone(),
        )
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ])
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |issued| {
            match (now - OLDEST_TOKEN..=now + CLOCK_SKEW).contains(&issued) {
                true => Ok(()),
                false => Err("issued at another time".to_owned()),
            }
        })
    }

    /// What is known of the provider, asked for when that is not fresh any more.
    async fn known(&self, now: DateTime<Utc>) -> Result<Arc<Known>, Fault> {
        if let Some(known) = self.fresh(now) {
            return Ok(known);
        }
        let _asking = self.asking.lock().await;
        if let Some(known) = self.fresh(now) {
            return Ok(known);
        }
        match self.discover(now).await {
            Ok(known) => Ok(self.remember(known)),
            Err(fault) => match self.remembered() {
                Some(known) if (now - known.fetched_at).abs() < USABLE => {
                    tracing::warn!(%fault, "discovery failed, going on with what is known");
                    Ok(self.remember(Known {
                        refresh_at: now + PAUSE,
                        ..(*known).clone()
                    }))
                }
                _ => Err(fault),
            },
        }
    }

    async fn with_new_keys(&self, now: DateTime<Utc>) -> Result<Arc<Known>, Fault> {
        let _asking = self.asking.lock().await;
        let known = self
            .remembered()
            .ok_or(Fault::Nonsense("it was never asked"))?;
        let asked_lately = |at: DateTime<Utc>| (now - at).abs() < PAUSE;
        if known.keys_refetched_at.is_some_and(asked_lately) {
            return Ok(known);
        }
        let keys = self.keys(&known.metadata).await?;
        Ok(self.remember(Known {
            keys,
            keys_refetched_at: Some(now),
            ..(*known).clone()
        }))
    }

    /// Asks (OpenID Connect Discovery 4).
    async fn discover(&self, now: DateTime<Utc>) -> Result<Known, Fault> {
        let base = self.issuer.as_str().trim_end_matches('/');
        let url = format!("{base}/.well-known/openid-configuration");
        let metadata: CoreProviderMetadata = self.http.get(ready(get(&url))?).await?;
        if !self.is_issuer(metadata.issuer()) {
            return Err(Fault::Nonsense("its metadata is of another issuer"));
        }
        let endpoints = [
            Some(metadata.authorization_endpoint().url()),
            metadata.token_endpoint().map(|endpoint| endpoint.url()),
            Some(metadata.jwks_uri().url()),
        ];
        let is_safe = |url: &Url| url.scheme() == "https" || url.scheme() == self.issuer.scheme();
        if !endpoints.into_iter().flatten().all(is_safe) {
            return Err(Fault::Nonsense("its endpoints are not https"));
        }
        Ok(Known {
            keys: self.keys(&metadata).await?,
            metadata,
            fetched_at: now,
            refresh_at: now + FRESH,
            keys_refetched_at: None,
        })
    }

    async fn keys(&self, metadata: &CoreProviderMetadata) -> Result<CoreJsonWebKeySet, Fault> {
        let request = get(metadata.jwks_uri().as_str());
        self.http.get(ready(request)?).await
    }

    fn remembered(&self) -> Option<Arc<Known>> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn fresh(&self, now: DateTime<Utc>) -> Option<Arc<Known>> {
        self.remembered()
            .filter(|known| now < known.refresh_at && known.fetched_at - CLOCK_SKEW < now)
    }

    fn remember(&self, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&known));
        known
    }
}

fn identity(claims: &CoreIdTokenClaims) -> Result<Identity> {
    let id = claims.subject().as_str();
    if id.is_empty() || id.len() > 255 {
        return Err(Error::OauthInvalidIdToken);
    }
    let email = claims
        .email()
        .filter(|_| claims.email_verified() == Some(true))
        .and_then(|email| Email::parse(email).ok());
    Ok(Identity {
        provider: Provider::Google,
        id: id.to_owned(),
        email,
        name: claims
            .name()
            .and_then(|name| name.get(None))
            .map(|name| name.as_str().to_owned()),
        login: None,
    })
}

/// Whether a token that cannot be read has an `email_verified` that is neither true nor false. A refusal needs no
/// signature; this one says why.
fn verification_is_no_boolean(token: &str) -> bool {
    payload(token).is_some_and(|claims| {
        let verified = &claims["email_verified"];
        !verified.is_boolean() && !verified.is_null()
    })
}

/// Whether a token is of no use before some time that is yet to come (RFC 7519 4.1.5), which ID tokens rarely say.
fn begins_after(token: &str, time: DateTime<Utc>) -> bool {
    let begin = payload(token).and_then(|claims| claims.get("nbf").cloned());
    begin.is_some_and(|begin| {
        begin
            .as_f64()
            .is_none_or(|begin| begin > time.timestamp() as f64)
    })
}

/// The claims of a token, whoever made them.
fn payload(token: &str) -> Option<serde_json::Value> {
    use base64::Engine as _;
    let payload = token.split('.').nth(1)?;
    let json = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload);
    serde_json::from_slice(&json.ok()?).ok()
}

#[cfg(test)]
mod tests;
