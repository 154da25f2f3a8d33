//! The authorization code grant with PKCE (RFC 6749, 7636), the same for every provider.

use std::fmt;

use oauth2::basic::{
    BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse,
    BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AccessToken, AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId,
    ClientSecret, CsrfToken, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Provider;
use super::http::{Fault, Http};
use crate::config::{Config, Secret};
use crate::domain::{Error, Result};

/// Beside the tokens of OAuth: the one of OpenID Connect, to be read by who can verify it.
#[derive(Serialize, Deserialize)]
struct Extra {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

impl ExtraTokenFields for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extra(…)")
    }
}

type Tokens = StandardTokenResponse<Extra, BasicTokenType>;
type Oauth2 = Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

/// What one trip to a provider proves itself by.
pub struct Proof<'a> {
    pub state: &'a str,
    /// PKCE (RFC 7636): only its hash is sent along.
    pub verifier: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
}

/// What a code was exchanged for.
pub struct Granted {
    pub access_token: AccessToken,
    pub id_token: Option<String>,
}

/// This service, as a provider knows it.
pub struct Registration {
    client_id: ClientId,
    secret: ClientSecret,
    redirect_uri: RedirectUrl,
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("redirect_uri", &self.redirect_uri.as_str())
            .finish_non_exhaustive()
    }
}

impl Registration {
    /// `None` without credentials.
    pub fn from_config(
        config: &Config,
        provider: Provider,
        client_id: Option<&String>,
        secret: Option<&Secret>,
        redirect_uri: Option<&Url>,
    ) -> Option<Self> {
        let redirect_uri = match redirect_uri {
            Some(url) => url.clone(),
            None => page(config.frontend_url(), provider),
        };
        Some(Self {
            client_id: ClientId::new(client_id?.clone()),
            secret: ClientSecret::new(secret?.expose().to_owned()),
            redirect_uri: RedirectUrl::from_url(redirect_uri),
        })
    }

    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    fn client(&self) -> Oauth2 {
        Client::new(self.client_id.clone())
            .set_client_secret(self.secret.clone())
            .set_auth_type(AuthType::RequestBody)
            .set_redirect_uri(self.redirect_uri.clone())
    }

    /// Where to send the browser.
    pub fn authorization_url(
        &self,
        endpoint: &Url,
        scopes: &[&str],
        proof: &Proof<'_>,
        nonce: bool,
    ) -> Url {
        let client = self
            .client()
            .set_auth_uri(AuthUrl::from_url(endpoint.clone()));
        let verifier = PkceCodeVerifier::new(proof.verifier.to_owned());
        let mut request = client
            .authorize_url(|| CsrfToken::new(proof.state.to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(scopes.iter().map(|&scope| Scope::new(scope.to_owned())));
        if nonce {
            request = request.add_extra_param("nonce", proof.nonce);
        }
        request.url().0
    }

    /// Exchanges a code, once.
    ///
    /// # Errors
    /// `oauth:invalid_code` when the provider says that the code (or its PKCE proof) is no good;
    /// `oauth:provider_unavailable` for everything else, wrong credentials of ours included.
    pub async fn exchange(
        &self,
        http: &Http,
        endpoint: &Url,
        code: String,
        verifier: String,
    ) -> Result<Granted> {
        let client = self
            .client()
            .set_token_uri(TokenUrl::from_url(endpoint.clone()));
        let http = TokenEndpoint(http);
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&http)
            .await;
        let tokens = answer.map_err(refusal)?;
        Ok(Granted {
            access_token: tokens.access_token().clone(),
            id_token: tokens.extra_fields().id_token.clone(),
        })
    }
}

/// `<frontend>/oauth/<provider>`
fn page(mut frontend: Url, provider: Provider) -> Url {
    let path = frontend.path().trim_end_matches('/').to_owned();
    frontend.set_path(&format!("{path}/oauth/{}", provider.name()));
    frontend.set_query(None);
    frontend.set_fragment(None);
    frontend
}

fn refusal(error: RequestTokenError<Fault, BasicErrorResponse>) -> Error {
    match error {
        RequestTokenError::ServerResponse(response) => match response.error() {
            BasicErrorResponseType::InvalidGrant => Error::OauthInvalidCode,
            BasicErrorResponseType::Extension(name) if name == "bad_verification_code" => {
                Error::OauthInvalidCode
            }
            _ => Fault::Nonsense("it refuses the exchange of a code: check client id and secret")
                .into(),
        },
        RequestTokenError::Request(fault) => fault.into(),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            Fault::Nonsense("its answer is no token").into()
        }
    }
}

/// Makes errors of what GitHub reports with status 200.
struct TokenEndpoint<'a>(&'a Http);

impl<'c> AsyncHttpClient<'c> for TokenEndpoint<'_> {
    type Error = Fault;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, Fault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let mut response = self.0.send(request).await?;
            if response.status() == 200
                && serde_json::from_slice::<BasicErrorResponse>(response.body()).is_ok()
            {
                *response.status_mut() = ::http::StatusCode::BAD_REQUEST;
            }
            Ok(response)
        })
    }
}

/// A GET of JSON.
pub fn get(url: &str) -> ::http::request::Builder {
    ::http::Request::get(url).header(::http::header::ACCEPT, "application/json")
}

/// Finishes it.
pub fn ready(request: ::http::request::Builder) -> Result<HttpRequest, Fault> {
    request
        .body(Vec::new())
        .map_err(|_| Fault::Nonsense("its address is no address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_below_the_frontend() {
        for (frontend, expected) in [
            ("https://app.example", "https://app.example/oauth/google"),
            (
                "https://app.example/a/?b#c",
                "https://app.example/a/oauth/google",
            ),
        ] {
            let url = page(frontend.parse().unwrap(), Provider::Google);
            assert_eq!(url.as_str(), expected);
        }
    }
}
