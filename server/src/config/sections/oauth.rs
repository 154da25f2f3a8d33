//! Sign-in with other providers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::config::types::{Period, Secret};

/// Sign-in with other accounts.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Oauth {
    pub google: Google,
    pub github: Github,
}

/// Google, by OpenID Connect.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Google {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// Page of the frontend that the provider returns to, as registered there. Default: `frontend_url` with
    /// `/oauth/google`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub redirect_uri: Option<Url>,
    /// Its endpoints and keys are discovered from here.
    #[schemars(with = "String", extend("format" = "uri"))]
    pub issuer: Url,
    /// For each request to the provider.
    pub timeout: Period,
}

/// GitHub, by OAuth 2 and its API.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Github {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// Page of the frontend that the provider returns to, as registered there. Default: `frontend_url` with
    /// `/oauth/github`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub redirect_uri: Option<Url>,
    #[schemars(with = "String", extend("format" = "uri"))]
    pub authorize_url: Url,
    #[schemars(with = "String", extend("format" = "uri"))]
    pub token_url: Url,
    #[schemars(with = "String", extend("format" = "uri"))]
    pub api_url: Url,
    /// For each request to the provider.
    pub timeout: Period,
}

fn fixed(url: &str) -> Url {
    Url::parse(url).unwrap_or_else(|_| unreachable!("{url} is a URL"))
}

impl Default for Google {
    fn default() -> Self {
        Self {
            client_id: None,
            client_secret: None,
            redirect_uri: None,
            issuer: fixed("https://accounts.google.com"),
            timeout: Period::secs(5),
        }
    }
}

impl Default for Github {
    fn default() -> Self {
        Self {
            client_id: None,
            client_secret: None,
            redirect_uri: None,
            authorize_url: fixed("https://github.com/login/oauth/authorize"),
            token_url: fixed("https://github.com/login/oauth/access_token"),
            api_url: fixed("https://api.github.com"),
            timeout: Period::secs(5),
        }
    }
}
