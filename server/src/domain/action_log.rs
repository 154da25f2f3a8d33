//! What happened: entries are appended last in the transaction they tell of, so that the log's order is commit order.

mod page;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::types::{ActionId, ConnectionId, SessionId, UserId};
use super::{Error, Result};
use crate::Services;
use crate::store::Tx;
use crate::store::action_logs::{self, NewAction};
use crate::store::users::User;

pub use page::{Page, Query, View, page};

/// Kinds of action. [`Action::is_public`] ones appear in the public log and stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    UserCreate,
    UserRegister,
    UserVerify,
    UserEdit,
    UserImage,
    Login,
    LoginFailed,
    Logout,
    Reauthenticate,
    SessionRevoke,
    OauthLink,
    OauthUnlink,
    TotpEnable,
    TotpDisable,
    TotpRegenerate,
    PasswordChange,
    PasswordReset,
    EmailChange,
}

impl Action {
    /// The contract's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserCreate => "user:create",
            Self::UserRegister => "user:register",
            Self::UserVerify => "user:verify",
            Self::UserEdit => "user:edit",
            Self::UserImage => "user:image",
            Self::Login => "auth:login",
            Self::LoginFailed => "auth:login_failed",
            Self::Logout => "auth:logout",
            Self::Reauthenticate => "auth:reauthenticate",
            Self::SessionRevoke => "session:revoke",
            Self::OauthLink => "oauth:link",
            Self::OauthUnlink => "oauth:unlink",
            Self::TotpEnable => "totp:enable",
            Self::TotpDisable => "totp:disable",
            Self::TotpRegenerate => "totp:regenerate",
            Self::PasswordChange => "password:change",
            Self::PasswordReset => "password:reset",
            Self::EmailChange => "email:change",
        }
    }

    /// Public entries hold profile facts only (SECURITY D12).
    pub const fn is_public(self) -> bool {
        matches!(self, Self::UserCreate | Self::UserEdit | Self::UserImage)
    }
}

/// Facts of an action; what is public of a public entry.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Key of the stored picture, not its URL: where pictures are served from may change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

/// The client that caused an action; for the owner's eyes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Client {
    pub address: String,
    pub user_agent: String,
}

/// An entry to append.
#[derive(Debug, Clone)]
pub struct Entry {
    action: Action,
    actor: Option<UserId>,
    resource: (&'static str, Option<uuid::Uuid>),
    facts: Facts,
    client: Option<Client>,
    request_id: Arc<str>,
}

/// Stands for the id of a request where an operator did something without one.
const OPERATOR: &str = "operator";

impl Entry {
    /// Something that `user` did to the own account.
    pub fn own(action: Action, user: &User, caller: &Caller) -> Self {
        Self {
            action,
            actor: Some(user.id),
            resource: ("user", Some(user.id.into())),
            facts: Facts::default(),
            client: Some(Client {
                address: caller.address.to_string(),
                user_agent: caller.user_agent.clone(),
            }),
            request_id: caller.request_id.clone(),
        }
    }

    /// Something that an operator did to an account, or to all of them. The account's owner finds it in the own log.
    pub fn by_operator(action: Action, user: Option<&User>) -> Self {
        Self {
            action,
            actor: None,
            resource: ("user", user.map(|user| user.id.into())),
            facts: Facts::default(),
            client: None,
            request_id: OPERATOR.into(),
        }
    }

    /// A public action on the own profile, told with its handle and name.
    pub fn profile(action: Action, user: &User, caller: &Caller) -> Self {
        Self::own(action, user, caller).with(|facts| {
            facts.handle = Some(user.handle.as_str().to_owned());
            facts.display_name = Some(user.display_name.clone());
        })
    }

    pub fn on_session(mut self, id: SessionId) -> Self {
        self.resource = ("session", Some(id.into()));
        self
    }

    /// About an identity that was linked or unlinked.
    pub fn on_connection(mut self, id: ConnectionId, provider: &str) -> Self {
        self.resource = ("oauth_connection", Some(id.into()));
        self.with(|facts| facts.provider = Some(provider.to_owned()))
    }

    pub fn with(mut self, change: impl FnOnce(&mut Facts)) -> Self {
        change(&mut self.facts);
        self
    }
}

/// Appends entries at the commit position. Call it last: it holds back other writers until the commit.
pub async fn append(
    s: &Services,
    tx: &mut Tx,
    entries: impl IntoIterator<Item = Entry>,
) -> Result<()> {
    let created_at = s.clock.now();
    let entries: Vec<_> = entries
        .into_iter()
        .map(Written::new)
        .collect::<Result<_>>()?;
    let rows: Vec<_> = entries
        .iter()
        .map(|written| written.row(s, created_at))
        .collect();
    action_logs::append(tx, &rows).await?;
    Ok(())
}

/// An entry with its JSON columns.
struct Written {
    entry: Entry,
    facts: String,
    client: Option<String>,
}

impl Written {
    fn new(entry: Entry) -> Result<Self> {
        let facts = serde_json::to_string(&entry.facts).map_err(Error::internal)?;
        let client = entry.client.as_ref().map(serde_json::to_string);
        let client = client.transpose().map_err(Error::internal)?;
        Ok(Self {
            entry,
            facts,
            client,
        })
    }

    fn row(&self, s: &Services, created_at: DateTime<Utc>) -> NewAction<'_> {
        let entry = &self.entry;
        NewAction {
            id: ActionId::new(created_at, &*s.entropy),
            action: entry.action.name(),
            actor_id: entry.actor,
            resource_type: entry.resource.0,
            resource_id: entry.resource.1,
            public: entry.action.is_public(),
            data: &self.facts,
            private_data: self.client.as_deref(),
            request_id: &entry.request_id,
            created_at,
        }
    }
}
