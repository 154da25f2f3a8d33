//! A browser that begins a trip.

use accord_server::domain::types::SecretToken;
use accord_server::store;
use contract_tests::prelude::*;

use super::trip::Provider;

/// A browser whose cookie the test can read.
pub struct Browser {
    pub cookie: contract_tests::answer::Cookie,
    pub url: String,
}

impl Browser {
    pub async fn begin(server: &TestServer, provider: Provider) -> Self {
        let target = format!("/v0/auth/oauth/{}/authorize", provider.name());
        let answer = server.raw(Method::GET, &target).send().await;
        Self {
            cookie: contract_tests::answer::Cookie::parse(answer.header("set-cookie")),
            url: answer.json()["authorization_url"]
                .as_str()
                .expect("a URL")
                .to_owned(),
        }
    }

    pub fn state(&self) -> String {
        super::trip::state(&self.url)
    }

    pub fn header(&self) -> String {
        format!("{}={}", self.cookie.name, self.cookie.value)
    }

    pub async fn login(&self, server: &TestServer, code: &str, remember: bool) -> Answer {
        let body = json!({ "code": code, "state": self.state(), "remember_me": remember });
        let request = server.example_of("login_with_google");
        request
            .header("cookie", self.header())
            .json(&body)
            .send()
            .await
    }

    /// What the server remembers by a token.
    pub async fn row(
        &self,
        server: &TestServer,
        purpose: &str,
        token: &str,
    ) -> store::tokens::Token {
        let hash = |text: &str| SecretToken::parse(text).expect("a token").hash();
        let mut tx = server.services.db.read().await.expect("the database");
        let now = server.services.clock.now();
        let binding = Some(hash(&self.cookie.value));
        let found = store::tokens::peek(&mut tx, hash(token), purpose, binding, now).await;
        found.expect("an answer").expect("a row")
    }
}
