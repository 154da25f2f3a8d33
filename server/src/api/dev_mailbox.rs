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
    fn list(&self, to: Option<String>) -> BoxFuture<'_, Result<Vec<Mail>, Problem>> {
        async move { self.newest(to.as_deref()).await.map_err(Problem::from) }.boxed()
    }

    fn get(&self, id: Uuid) -> BoxFuture<'_, Result<Option<Mail>, Problem>> {
        async move { self.one(id).await.map_err(Problem::from) }.boxed()
    }
}

impl DevMailbox {
    /// The newest mails to everybody, or to one address. Rendering is what costs: others' mails are not.
    async fn newest(&self, to: Option<&str>) -> Result<Vec<Mail>> {
        let mut shown = Vec::new();
        for mail in self.queue().await? {
            let letter = mail::letter(&self.0, &mail)?;
            if to.is_none_or(|to| letter.to.eq_ignore_ascii_case(to)) {
                shown.push(self.show(&mail, &letter)?);
            }
        }
        Ok(shown)
    }

    async fn one(&self, id: Uuid) -> Result<Option<Mail>> {
        let queue = self.queue().await?;
        let Some(mail) = queue.iter().find(|mail| mail.id.uuid() == id) else {
            return Ok(None);
        };
        Ok(Some(self.show(mail, &mail::letter(&self.0, mail)?)?))
    }

    async fn queue(&self) -> Result<Vec<mails::Mail>> {
        let mut tx = self.0.db.read().await?;
        Ok(mails::list(&mut tx, LISTED).await?)
    }

    fn show(&self, mail: &mails::Mail, letter: &mail::Letter) -> Result<Mail> {
        let shown = mail::render(&self.0, letter)?;
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
