//! Mails, as their readers see them.

use accord_server::domain::mail::{self, Rendered};
use accord_server::store;

use crate::server::TestServer;

/// A mail that was delivered.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub links: Vec<String>,
}

impl Mail {
    /// The link in it.
    ///
    /// # Panics
    /// When there is none.
    pub fn link(&self) -> &str {
        self.links
            .first()
            .unwrap_or_else(|| panic!("no link in {self:#?}"))
    }

    /// The token in the link, if it has one.
    pub fn try_token(&self) -> Option<String> {
        let (_, token) = self.links.first()?.split_once("token=")?;
        let is_token =
            |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        Some(token.chars().take_while(is_token).collect())
    }

    /// The token in the link.
    ///
    /// # Panics
    /// When there is none.
    pub fn token(&self) -> String {
        self.try_token()
            .unwrap_or_else(|| panic!("no token in {self:#?}"))
    }
}

impl TestServer {
    /// The latest mail to this address.
    pub async fn mail_to(&self, address: &str) -> Mail {
        self.mails_to(address)
            .await
            .pop()
            .unwrap_or_else(|| panic!("no mail to {address}"))
    }

    /// All mails to exactly this address, the latest last. A mail is written in the transaction that causes it, so that
    /// it is here as soon as the answer is: nothing to wait for. Advance the clock between two mails to tell them apart.
    pub async fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut tx = self.services.db.read().await.expect("the database");
        let mut queued = store::mails::list(&mut tx, 1000).await.expect("the mails");
        queued.sort_by_key(|mail| mail.created_at);
        let open = |mail| {
            let Rendered {
                to,
                subject,
                text,
                html,
                links,
            } = mail::open(&self.services, &mail).expect("a mail");
            Mail {
                to,
                subject,
                text,
                html,
                links,
            }
        };
        queued
            .into_iter()
            .map(open)
            .filter(|mail| mail.to == address)
            .collect()
    }
}
