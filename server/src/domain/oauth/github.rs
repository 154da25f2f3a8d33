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
            if let Some(address) = primary(addresses) {
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

fn primary(addresses: Vec<Address>) -> Option<Address> {
    addresses
        .into_iter()
        .find(|address| address.primary && address.verified)
}

/// Whether there is another page. Only that: where it is, we know ourselves.
fn has_next(link: Option<&HeaderValue>) -> bool {
    link.and_then(|link| link.to_str().ok())
        .is_some_and(|link| link.contains("rel=\"next\""))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::{Value, json};

    use super::*;

    /// What may stand where a boolean should.
    fn flag() -> impl Strategy<Value = Value> {
        let odd = vec![json!("true"), json!(1), json!(null), json!([]), json!({})];
        prop_oneof![4 => any::<bool>().prop_map(Value::from), 1 => select(odd)]
    }

    proptest! {
        /// SECURITY: O-10, F-9.
        #[test]
        fn an_address_counts_if_both_is_said_of_it(
            list in vec((prop_oneof![Just(Value::Null), "[a-z]{1,5}@b\\.co".prop_map(Value::from)], flag(), flag()), 0..5),
        ) {
            let json: Value = list
                .iter()
                .map(|(email, primary, verified)| json!({ "email": email, "primary": primary, "verified": verified }))
                .collect();
            let read = serde_json::from_value::<Vec<Address>>(json);
            let is_odd = list.iter().any(|(_, primary, verified)| !primary.is_boolean() || !verified.is_boolean());
            prop_assert_eq!(read.is_err(), is_odd);
            let expected = list.iter().find(|(_, primary, verified)| *primary == true && *verified == true);
            if let Ok(read) = read {
                let chosen = primary(read).map(|address| Value::from(address.email));
                prop_assert_eq!(chosen, expected.map(|(email, ..)| email.clone()));
            }
        }

        /// SECURITY: F-9.
        #[test]
        fn what_is_no_person_is_refused(
            id in prop_oneof![any::<u64>().prop_map(Value::from), select(vec![json!(-1), json!(1.5), json!("1"), json!(null)])],
            login in prop_oneof!["\\PC{0,9}".prop_map(Value::from), Just(json!(7)), Just(Value::Null)],
            link in vec(prop_oneof![Just(b'"'), Just(b';'), 0x20..=0x7e_u8, 0x80..=0xff_u8], 0..30),
        ) {
            let read = serde_json::from_value::<User>(json!({ "id": id, "login": login, "more": [1] }));
            prop_assert_eq!(read.is_ok(), id.is_u64() && login.is_string());
            if let Ok(user) = read {
                prop_assert_eq!(json!(user.id), id);
            }
            let link = HeaderValue::from_bytes(&link).unwrap();
            let says_so = String::from_utf8_lossy(link.as_bytes()).contains("rel=\"next\"");
            prop_assert!(says_so || !has_next(Some(&link)));
        }
    }
}
