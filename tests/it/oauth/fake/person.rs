//! Who comes by the provider, and how it behaves.

use std::sync::atomic::{AtomicUsize, Ordering};

use contract_tests::prelude::*;

/// How one endpoint answers.
#[derive(Debug, Clone, Default)]
pub enum Mood {
    #[default]
    Well,
    Status(u16),
    /// Never.
    Hangs,
    Says(&'static str),
    /// 10 MB.
    Huge,
    /// 10 MB, without a word about it before.
    Endless,
    Redirects(String),
}

/// What becomes of an ID token before it is sent.
#[derive(Debug, Clone, Default)]
pub enum Forgery {
    #[default]
    None,
    Claim(&'static str, Value),
    Without(&'static str),
    Header(&'static str, Value),
    Unsigned,
    /// HMAC with what everybody knows as key: the published one.
    HmacWithPublicKey,
    OtherSignature,
    /// The claims of somebody else under the signature.
    OtherClaims,
    NoToken,
    Text(&'static str),
}

/// Somebody with an account at the provider.
#[derive(Debug, Clone)]
pub struct Person {
    /// `sub`, or the numeric id.
    pub id: String,
    pub email: Option<String>,
    pub email_verified: Value,
    pub name: Option<String>,
    pub login: String,
    /// GitHub: `/user/emails`, by page, in place of what follows from the rest.
    pub pages: Option<Vec<Value>>,
}

impl Person {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self {
            id: format!("{}", 1_000_000 + number),
            email: Some(format!("octo{number}@example.org")),
            email_verified: json!(true),
            name: Some("Mona Lisa Octocat".to_owned()),
            login: format!("octo-cat{number}"),
            pages: None,
        }
    }

    /// Somebody who, as the provider says, reads the mail of this address.
    pub fn with_email(email: &str) -> Self {
        Self {
            email: Some(email.to_owned()),
            ..Self::new()
        }
    }

    pub fn email(&self) -> &str {
        self.email.as_deref().expect("an address")
    }

    pub(super) fn pages(&self) -> Vec<Value> {
        if let Some(pages) = &self.pages {
            return pages.clone();
        }
        let noreply = format!("{}+{}@users.noreply.github.com", self.id, self.login);
        vec![json!([
            { "email": noreply, "primary": false, "verified": true, "visibility": null },
            { "email": self.email, "primary": true, "verified": self.email_verified, "visibility": "private" },
        ])]
    }
}
