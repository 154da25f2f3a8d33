//! GitHub: OAuth for the token, its API for who somebody is.

use ::http::header::{ACCEPT, AUTHORIZATION, HeaderValue, LINK};
use oauth2::{AccessToken, HttpRequest};
use serde::Deserialize;
use url::Url;

use super::grant::{Proof, Registration, get, ready};
use super::http::{Fault, Http};
use super::{Identity, Provider};
use crate::config::Config;
use crate::domain::Result;
use crate::domain::types::Email;

/// No more is asked for (ASVS 10.2.3).
const SCOPES: [&str; 2] = ["read:user", "user:email"];
/// So many addresses come on a page, and so many pages are read.
const PER_PAGE: usize = 100;
const PAGES: usize = 10;
const VERSION: &str = "2022-11-28";

#[derive(Debug)]
pub struct Github {
    http: Http,
    registration: Registration,
    authorize_url: Url,
    token_url: Url,
    /// Without a slash at the end.
    api: String,
}

/// <https://docs.github.com/rest/users/users#get-the-authenticated-user>
#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

/// <https://docs.github.com/rest/users/emails#list-email-addresses-for-the-authenticated-user>
#[derive(Deserialize)]
struct Address {
    email: Option<String>,
    primary: bool,
    verified: bool,
}

impl Github {
    pub fn from_config(config: &Config) -> anyhow::Result<Option<Self>> {
        let own = &config.oauth.github;
        let registration = Registration::from_config(
            config,
            Provider::Github,
            own.client_id.as_ref(),
            own.client_secret.as_ref(),
            own.redirect_uri.as_ref(),
        );
        let Some(registration) = registration else {
            return Ok(None);
        };
        Ok(Some(Self {
            http: Http::new(*own.timeout)?,
            registration,
            authorize_url: own.authorize_url.clone(),
            token_url: own.token_url.clone(),
            api: own.api_url.as_str().trim_end_matches('/').to_owned(),
        }))
    }

    /// GitHub's issuer is where its two endpoints are: `https://github.com/login/oauth`.
    pub fn is_issuer(&self, issuer: &str) -> bool {
        let endpoint = self.authorize_url.as_str();
        endpoint
            .rsplit_once('/')
            .is_some_and(|(base, _)| base == issuer)
    }

    pub fn authorization_url(&self, proof: &Proof<'_>) -> Url {
        self.registration
            .authorization_url(&self.authorize_url, &SCOPES, proof, false)
    }

    pub async fn identify(&self, code: String, verifier: String) -> Result<Identity> {
        let granted = self
            .registration
            .exchange(&self.http, &self.token_url, code, verifier)
            .await?;
        let user: User = self
            .http
            .get(self.request("/user", &granted.access_token)?)
            .await?;
        let email = self.primary_address(&granted.access_token).await?;
        Ok(Identity {
            provider: Provider::Github,
            id: user.id.to_string(),
            email: email.and_then(|email| Email::parse(&email).ok()),
            name: user.name,
            login: Some(user.login),
        })
    }

    /// The address that is both primary and verified. The one of the public profile is what its owner typed.
    async fn primary_address(&self, token: &AccessToken) -> Result<Option<String>, Fault> {
        for page in 1..=PAGES {
            let path = format!("/user/emails?per_page={PER_PAGE}&page={page}");
            let response = self.http.send(self.request(&path, token)?).await?;
            let addresses: Vec<Address> = match response.status().as_u16() {
                200 => serde_json::from_slice(response.body())
                    .map_err(|_| Fault::Nonsense("its list of addresses is none"))?,
                // The person did not grant it: then no address is known to be verified.
                403 | 404 => return Ok(None),
                status => return Err(Fault::Status(status)),
            };
            let mut chosen = addresses
                .into_iter()
                .filter(|address| address.primary && address.verified);
            if let Some(address) = chosen.next() {
                return Ok(address.email);
            }
            if !has_next(response.headers().get(LINK)) {
                break;
            }
        }
        Ok(None)
    }

    fn request(&self, path: &str, token: &AccessToken) -> Result<HttpRequest, Fault> {
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.secret()))
            .map_err(|_| Fault::Nonsense("its token is none"))?;
        bearer.set_sensitive(true);
        let mut request = ready(get(&format!("{}{path}", self.api)))?;
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(
            ACCEPT,
            HeaderValue::from_static("application/vnd.github+json"),
        );
        headers.insert("x-github-api-version", HeaderValue::from_static(VERSION));
        Ok(request)
    }
}

/// Whether there is another page. Only that: where it is, we know ourselves.
fn has_next(link: Option<&HeaderValue>) -> bool {
    link.and_then(|link| link.to_str().ok())
        .is_some_and(|link| link.contains("rel=\"next\""))
}
