//! End to end with an OpenID provider that nobody here wrote: `oidc-provider`, run by Node.js from
//! `tests/oauth-provider`. Without Node.js the test is skipped, aloud; in CI it must run.

use accord_client::types::{OauthFlow, OauthProvider, SignInStatus};
use chrono::Utc;
use contract_tests::node::Node;
use contract_tests::prelude::*;
use reqwest::redirect::Policy;
use url::Url;

use super::trip::{Callback, Provider, authorize, complete, connections, link, login};

pub fn tests() -> Vec<Case> {
    tests![a_provider_that_nobody_here_wrote_is_understood]
}

const REDIRECT_URI: &str = "http://localhost:3000/oauth/google";

/// A browser with somebody in front of it.
struct Browser(reqwest::Client);

impl Browser {
    fn new() -> Self {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy();
        Self(client.build().expect("a client"))
    }

    /// Follows redirects, with cookies, up to the one that leads to the frontend.
    async fn visit(&self, url: &str, person: &Value) -> Url {
        let mut url: Url = url.parse().expect("a URL");
        let mut cookies = std::collections::BTreeMap::new();
        for _ in 0..10 {
            let jar: Vec<_> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let request = self
                .0
                .get(url.clone())
                .header("x-person", person.to_string())
                .header("cookie", jar.join("; "));
            let response = request.send().await.expect("an answer");
            for cookie in response.headers().get_all("set-cookie") {
                let cookie = cookie
                    .to_str()
                    .expect("text")
                    .split(';')
                    .next()
                    .unwrap_or_default();
                let (name, value) = cookie.split_once('=').expect("a cookie");
                cookies.insert(name.to_owned(), value.to_owned());
            }
            let location = response.headers().get("location").expect("a redirect");
            url = url.join(location.to_str().expect("text")).expect("a URL");
            if url.host_str() == Some("localhost") {
                return url;
            }
        }
        panic!("{url} leads in circles");
    }
}

async fn come_back(browser: &Browser, url: &str, person: &Value) -> Callback {
    let url = browser.visit(url, person).await;
    assert_eq!(url.path(), "/oauth/google");
    let parameter = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    Callback {
        code: parameter("code").unwrap_or_else(|| panic!("no code: {url}")),
        state: parameter("state").expect("a state"),
        iss: parameter("iss"),
    }
}

#[allow(clippy::disallowed_methods)] // the provider has no clock but the machine's
async fn a_provider_that_nobody_here_wrote_is_understood(stage: Stage) {
    const GOOGLE: Provider = Provider::Google;
    let what = "OAuth with an independent OpenID provider";
    let Some(provider) = Node::start("oauth-provider", REDIRECT_URI, what).await else {
        return;
    };
    let issuer = provider.url.clone();
    let server = stage
        .server_with(Setup::default().configured(move |config| {
            let google = &mut config.oauth.google;
            google.client_id = Some("accord".to_owned());
            google.client_secret = Some(accord_server::config::Secret::new("a secret of the test"));
            google.issuer = issuer.parse().expect("a URL");
            google.redirect_uri = Some(REDIRECT_URI.parse().expect("a URL"));
        }))
        .await;
    server.services.clock.set(Utc::now());
    let browser = Browser::new();
    let ada =
        json!({ "sub": "ada", "email": "ada@example.com", "email_verified": true, "name": "Ada" });

    let client = server.anonymous();
    let url = authorize(&client, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    let callback = come_back(&browser, &url, &ada).await;
    assert_eq!(
        callback.iss.as_deref(),
        Some(provider.url.as_str()),
        "RFC 9207"
    );
    let result = login(&client, GOOGLE, &callback).await.expect("an answer");
    assert_eq!(result.status, SignInStatus::SignupRequired);
    let pending = result.pending_token.expect("a token").expose().to_owned();
    let user = complete(&client, &pending, "ada_lovelace")
        .await
        .expect("an account");
    let user = user.user.expect("the user");
    assert_eq!(user.email.to_string(), "ada@example.com");
    assert_eq!(user.display_name.to_string(), "Ada");

    let again = server.anonymous();
    let url = authorize(&again, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    let callback = come_back(&browser, &url, &ada).await;
    let result = login(&again, GOOGLE, &callback).await.expect("an answer");
    assert_eq!(result.user.expect("the user").id, user.id);

    let unproven = json!({ "sub": "bob", "email": "bob@example.com", "email_verified": false });
    let stranger = server.anonymous();
    let url = authorize(&stranger, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    let callback = come_back(&browser, &url, &unproven).await;
    let error = login(&stranger, GOOGLE, &callback)
        .await
        .expect_err("refused");
    assert_eq!(error, (400, "oauth:email_not_verified"));

    let owner = server.user().await;
    let url = authorize(&owner, GOOGLE, OauthFlow::Link)
        .await
        .expect("a URL");
    let callback = come_back(&browser, &url, &unproven).await;
    link(&owner, GOOGLE, &callback).await.expect("linked");
    assert_eq!(connections(&owner).await, [OauthProvider::Google]);

    // PKCE: this provider wants it, and the code of one trip does not fit another.
    let (one, other) = (server.anonymous(), server.anonymous());
    let url = authorize(&one, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    let stolen = come_back(&browser, &url, &ada).await;
    let url = authorize(&other, GOOGLE, OauthFlow::Login)
        .await
        .expect("a URL");
    let own = come_back(&browser, &url, &unproven).await;
    let mixed = Callback {
        code: stolen.code,
        ..own
    };
    let error = login(&other, GOOGLE, &mixed).await.expect_err("refused");
    assert_eq!(error, (400, "oauth:invalid_code"));
    let plain = url.replace("code_challenge", "no_challenge");
    let refused = browser.visit(&plain, &ada).await;
    assert!(
        refused.as_str().contains("error=invalid_request"),
        "{refused}"
    );
}
