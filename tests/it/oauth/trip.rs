//! Going to a provider and coming back, through the typed client.

use accord_client::types::{OauthConnection, OauthFlow, OauthProvider, SignInResult, SignInStatus};
use accord_client::{Client, OperationError};
use contract_tests::answer::Outcome;
use contract_tests::prelude::*;
use url::Url;

use super::fake::{Fake, Person};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    Google,
    Github,
}

pub const BOTH: [Provider; 2] = [Provider::Google, Provider::Github];

impl Provider {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Github => "github",
        }
    }

    pub const fn typed(self) -> OauthProvider {
        match self {
            Self::Google => OauthProvider::Google,
            Self::Github => OauthProvider::Github,
        }
    }

    pub const fn other(self) -> Self {
        match self {
            Self::Google => Self::Github,
            Self::Github => Self::Google,
        }
    }
}

/// What the provider hands to the redirect URI.
#[derive(Debug, Clone)]
pub struct Callback {
    pub code: String,
    pub state: String,
    pub iss: Option<String>,
}

fn outcome<T, E: OperationError>(result: Result<T, E>) -> Result<T, Outcome> {
    match result {
        Ok(value) => Ok(value),
        Err(error) => Err(Err::<(), E>(error).refusal()),
    }
}

/// Asks where to send the browser.
pub async fn authorize(
    client: &Client,
    provider: Provider,
    flow: OauthFlow,
) -> Result<String, Outcome> {
    let begun = match provider {
        Provider::Google => outcome(client.authorize_google().flow(flow).await),
        Provider::Github => outcome(client.authorize_github().flow(flow).await),
    }?;
    // What a page compares with what comes back is what the provider hands back.
    assert_eq!(begun.state.expose(), state(&begun.authorization_url));
    Ok(begun.authorization_url)
}

/// Goes there as somebody who agrees.
pub async fn begin(
    fake: &Fake,
    client: &Client,
    provider: Provider,
    flow: OauthFlow,
    person: &Person,
) -> Callback {
    let url = authorize(client, provider, flow)
        .await
        .expect("an authorization URL");
    Callback {
        code: fake.approve(&url, person),
        state: state(&url),
        iss: None,
    }
}

pub fn state(url: &str) -> String {
    parameter(url, "state")
}

pub fn parameter(url: &str, name: &str) -> String {
    let url: Url = url.parse().expect("a URL");
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(key, _)| key == name);
    found
        .unwrap_or_else(|| panic!("{url} has no {name}"))
        .1
        .into_owned()
}

/// Comes back to sign in.
pub async fn login(
    client: &Client,
    provider: Provider,
    callback: &Callback,
) -> Result<SignInResult, Outcome> {
    let Callback { code, state, iss } = callback.clone();
    match provider {
        Provider::Google => outcome(
            client
                .login_with_google()
                .body_map(|body| body.code(code).state(state).iss(iss))
                .await,
        ),
        Provider::Github => outcome(
            client
                .login_with_github()
                .body_map(|body| body.code(code).state(state).iss(iss))
                .await,
        ),
    }
}

/// Comes back to link.
pub async fn link(
    client: &Client,
    provider: Provider,
    callback: &Callback,
) -> Result<OauthConnection, Outcome> {
    let Callback { code, state, iss } = callback.clone();
    match provider {
        Provider::Google => outcome(
            client
                .link_google()
                .body_map(|body| body.code(code).state(state).iss(iss))
                .await,
        ),
        Provider::Github => outcome(
            client
                .link_github()
                .body_map(|body| body.code(code).state(state).iss(iss))
                .await,
        ),
    }
}

/// There and back, to sign in.
pub async fn sign_in(
    fake: &Fake,
    client: &Client,
    provider: Provider,
    person: &Person,
) -> Result<SignInResult, Outcome> {
    let callback = begin(fake, client, provider, OauthFlow::Login, person).await;
    login(client, provider, &callback).await
}

/// There and back, to link.
pub async fn link_to(
    fake: &Fake,
    client: &Client,
    provider: Provider,
    person: &Person,
) -> Result<OauthConnection, Outcome> {
    let callback = begin(fake, client, provider, OauthFlow::Link, person).await;
    link(client, provider, &callback).await
}

/// Finishes a sign-up.
pub async fn complete(
    client: &Client,
    pending: &str,
    handle: &str,
) -> Result<SignInResult, Outcome> {
    outcome(
        client
            .complete_signup()
            .body_map(|body| body.pending_token(pending).handle(handle))
            .await,
    )
}

pub async fn unlink(client: &Client, provider: Provider) -> Result<(), Outcome> {
    outcome(
        client
            .unlink_oauth_connection()
            .body_map(|body| body.provider(provider.typed()))
            .await,
    )
}

/// Creates the account of somebody new; the client is signed in to it then.
pub async fn sign_up(
    fake: &Fake,
    client: &Client,
    provider: Provider,
    person: &Person,
) -> SignInResult {
    let result = sign_in(fake, client, provider, person)
        .await
        .expect("an answer");
    assert_eq!(result.status, SignInStatus::SignupRequired, "{result:?}");
    let pending = result.pending_token.expect("a pending token");
    let handle = contract_tests::identity::Person::new().handle;
    let done = complete(client, pending.expose(), &handle).await;
    let done = done.expect("an account");
    assert_eq!(done.status, SignInStatus::Authenticated);
    done
}

/// The providers that the account can sign in with.
pub async fn connections(client: &Client) -> Vec<OauthProvider> {
    let list = client.list_oauth_connections().await.expect("a list");
    list.items.into_iter().map(|item| item.provider).collect()
}
