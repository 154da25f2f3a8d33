//! Implements the contract: one file a tag, each method parses, calls the domain and presents.

mod action_logs;
mod auth;
mod cookie;
mod dev_mailbox;
mod error;
mod eventstream;
mod health;
mod media;
mod oauth;
mod parse;
mod present;
mod search;
mod totp;
mod user;
mod users;

pub use dev_mailbox::DevMailbox;
pub use eventstream::public_action;
pub use media::Media;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use contract::rt::{Credential, Guard, RequestContext, SessionNeed};

use crate::Services;
use crate::domain::caller::Caller;
use crate::domain::session::{self, Session};
use crate::domain::types::SecretToken;
use crate::domain::{Error, Result, limits};
use crate::http::{self, client::bucket};

/// The implementation of all generated traits.
#[derive(Debug, Clone)]
pub struct Accord(pub Arc<Services>);

impl Accord {
    fn services(&self) -> &Services {
        &self.0
    }
}

impl Guard for Accord {
    type Session = Session;
    type Error = Error;

    async fn admit(&self, context: &RequestContext) -> Result<()> {
        match context.operation.rate_limit {
            Some(class) => limits::address(&self.0, class, bucket(caller(context).address)).await,
            None => Ok(()),
        }
    }

    async fn authenticate(
        &self,
        context: &RequestContext,
        credential: Credential,
    ) -> Result<Session> {
        let session = session::authenticate(&self.0, credential.token()).await?;
        if let Some(user) = context.extensions.get::<http::User>() {
            user.set(session.user.id.uuid());
        }
        let operation = context.operation;
        if operation.session == SessionNeed::Required && !operation.limited_session {
            session.require_verified()?;
        }
        Ok(session)
    }
}

/// Who asks, as the domain wants to know it.
fn caller(context: &RequestContext) -> Caller {
    let mut user_agent = context.client.user_agent.clone().unwrap_or_default();
    if let Some((end, _)) = user_agent.char_indices().nth(512) {
        user_agent.truncate(end);
    }
    Caller {
        address: context
            .client
            .address
            .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        user_agent,
        request_id: context.request_id.clone(),
        presented: context
            .credential
            .as_ref()
            .and_then(|credential| SecretToken::parse(credential.token())),
    }
}
