//! What the mailbox of development shows: the mail queue, opened.

use std::sync::Arc;

use contract::rt::Problem;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::Services;
use crate::domain::{Result, mail};
use crate::http::dev_mailbox::{Mail, Mailbox};
use crate::store::mails;

/// So many of the newest mails are listed.
const LISTED: i64 = 100;

/// The queue as a mailbox.
#[derive(Debug)]
pub struct DevMailbox(pub Arc<Services>);

impl Mailbox for DevMailbox {
    fn list(&self) -> BoxFuture<'_, Result<Vec<Mail>, Problem>> {
        async { self.newest().await.map_err(Problem::from) }.boxed()
    }

    fn get(&self, id: Uuid) -> BoxFuture<'_, Result<Option<Mail>, Problem>> {
        async move { self.one(id).await.map_err(Problem::from) }.boxed()
    }
}

impl DevMailbox {
    async fn newest(&self) -> Result<Vec<Mail>> {
        let mut tx = self.0.db.read().await?;
        let mails = mails::list(&mut tx, LISTED).await?;
        drop(tx);
        mails.iter().map(|mail| self.show(mail)).collect()
    }

    async fn one(&self, id: Uuid) -> Result<Option<Mail>> {
        Ok(self.newest().await?.into_iter().find(|mail| mail.id == id))
    }

    fn show(&self, mail: &mails::Mail) -> Result<Mail> {
        let shown = mail::open(&self.0, mail)?;
        Ok(Mail {
            id: mail.id.uuid(),
            to: shown.to,
            subject: shown.subject,
            text: shown.text,
            html: Some(shown.html),
            links: shown.links,
            created_at: mail.created_at,
        })
    }
}
