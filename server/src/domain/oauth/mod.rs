//! Sign-in with Google and GitHub. We are a client of theirs; they vouch for who somebody is, and that is all that is
//! wanted of them: their tokens are dropped as soon as the identity is known.
//!
//! [`flow`] begins and ends a trip to a provider, [`grant`] is the OAuth in it, [`google`] and [`github`] say who came
//! back. [`account`] and [`connections`] are what comes of that.

pub mod account;
pub mod connections;
mod flow;
mod github;
mod google;
mod grant;
mod http;
mod names;
mod suggest;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use url::Url;

pub use self::account::{Resolved, Signup};
pub use self::flow::{Begun, Callback, Flow, begin};
use self::github::Github;
use self::google::Google;
use self::grant::Proof;
pub use self::suggest::Suggestion;
use super::sign_in::Method;
use super::types::Email;
use super::{Error, Result};
use crate::Services;
use crate::config::Config;

/// All requests of one sign-in together take no longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many sign-ins talk to providers at once. Further ones are refused, so that a provider that hangs holds up
/// nobody but those who sign in with it.
const AT_ONCE: usize = 128;
/// A name that a provider gives is cut off here.
const LONGEST_NAME: usize = 200;

/// Who vouches for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Google,
    Github,
}

impl Provider {
    /// The contract's name, and the database's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Github => "github",
        }
    }

    /// The provider of a stored name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Google, Self::Github]
            .into_iter()
            .find(|provider| provider.name() == name)
    }

    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Google => "Google",
            Self::Github => "GitHub",
        }
    }

    const fn method(self) -> Method {
        match self {
            Self::Google => Method::Google,
            Self::Github => Method::Github,
        }
    }
}

/// Somebody, as a provider knows them. Pictures are left where they are: nothing is fetched from an address that
/// somebody else chose (SECURITY 2.8).
#[derive(Clone)]
pub struct Identity {
    pub provider: Provider,
    /// Google's `sub`, GitHub's numeric id: what stays when names and addresses change (ASVS 10.5.2).
    pub id: String,
    /// Only when the provider says that it is verified.
    pub email: Option<Email>,
    pub name: Option<String>,
    /// The name of the account at the provider, where there is one.
    pub login: Option<String>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

/// A name as it is kept: shown to its owner, so without what would garble it.
fn tidy(name: Option<String>) -> Option<String> {
    let name: String = name?
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The configured providers.
#[derive(Debug)]
pub struct Providers {
    google: Option<Google>,
    github: Option<Github>,
    slots: Semaphore,
}

impl Providers {
    /// # Errors
    /// When the machine has no way to check certificates.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        Ok(Self {
            google: Google::from_config(config)?,
            github: Github::from_config(config)?,
            slots: Semaphore::new(AT_ONCE),
        })
    }

    /// # Errors
    /// `oauth:provider_not_configured`
    fn require(&self, provider: Provider) -> Result<()> {
        let configured = match provider {
            Provider::Google => self.google.is_some(),
            Provider::Github => self.github.is_some(),
        };
        match configured {
            true => Ok(()),
            false => Err(Error::OauthProviderNotConfigured),
        }
    }

    /// Whether the provider is known by this issuer (RFC 9207).
    fn is_issuer(&self, provider: Provider, issuer: &str) -> bool {
        match provider {
            Provider::Google => self.google.as_ref().is_some_and(|it| it.is_issuer(issuer)),
            Provider::Github => self.github.as_ref().is_some_and(|it| it.is_issuer(issuer)),
        }
    }

    /// The page to send the browser to.
    async fn authorization_url(
        &self,
        s: &Services,
        provider: Provider,
        proof: &Proof<'_>,
    ) -> Result<Url> {
        self.talk(async {
            match provider {
                Provider::Google => self.google()?.authorization_url(s, proof).await,
                Provider::Github => Ok(self.github()?.authorization_url(proof)),
            }
        })
        .await
    }

    /// Whom the code stands for. Uses the code up.
    async fn identify(
        &self,
        s: &Services,
        provider: Provider,
        code: String,
        verifier: String,
        nonce: String,
    ) -> Result<Identity> {
        let mut identity = self
            .talk(async {
                match provider {
                    Provider::Google => self.google()?.identify(s, code, verifier, nonce).await,
                    Provider::Github => self.github()?.identify(code, verifier).await,
                }
            })
            .await?;
        identity.name = tidy(identity.name);
        Ok(identity)
    }

    async fn talk<T>(&self, talk: impl Future<Output = Result<T>>) -> Result<T> {
        let overloaded = |_| Error::Overloaded {
            retry_after: Duration::from_secs(1),
        };
        let _slot = self.slots.try_acquire().map_err(overloaded)?;
        match tokio::time::timeout(PATIENCE, talk).await {
            Ok(done) => done,
            Err(_) => Err(http::Fault::TimedOut.into()),
        }
    }

    fn google(&self) -> Result<&Google> {
        self.google
            .as_ref()
            .ok_or(Error::OauthProviderNotConfigured)
    }

    fn github(&self) -> Result<&Github> {
        self.github
            .as_ref()
            .ok_or(Error::OauthProviderNotConfigured)
    }
}
