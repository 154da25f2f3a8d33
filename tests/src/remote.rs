//! A server that is known by its address alone: any implementation of the contract.

use std::net::SocketAddr;
use std::sync::Arc;

use accord_client::{Client, Retry};
use url::Url;

use crate::contract::Operation;
use crate::engine::Engine;
use crate::example;
use crate::journal::{Breaches, Journal};
use crate::raw::RawRequest;
use crate::server::{TestServer, Watch};
use crate::stage::Stage;

/// Where it is, and what its answers did wrong.
#[derive(Debug, Clone)]
pub struct Remote {
    url: Url,
    address: SocketAddr,
    journal: Arc<Journal>,
    /// Ours, when no other was named. It stops with the last clone.
    own: Option<TestServer>,
}

impl Remote {
    /// The server at a base URL, which is plain http.
    pub async fn at(base_url: &str) -> anyhow::Result<Self> {
        let url: Url = base_url.parse()?;
        anyhow::ensure!(
            url.scheme() == "http",
            "{base_url}: only http is spoken here"
        );
        let host = url.host_str().unwrap_or_default().to_owned();
        let port = url.port_or_known_default().unwrap_or(80);
        let mut found = tokio::net::lookup_host((host, port)).await?;
        let address = found.find(SocketAddr::is_ipv4);
        let address = address.ok_or_else(|| anyhow::anyhow!("{base_url}: no address"))?;
        Ok(Self {
            url,
            address,
            journal: Arc::default(),
            own: None,
        })
    }

    /// One of our own, with a fresh SQLite database.
    pub async fn own() -> anyhow::Result<Self> {
        let server = Stage::new(Engine::Sqlite).server().await;
        Ok(Self {
            own: Some(server.clone()),
            ..Self::at(&server.url()).await?
        })
    }

    /// The same server with nothing held against it yet.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self {
            journal: Arc::default(),
            ..self.clone()
        }
    }

    pub fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// A typed client whose answers are held to the contract.
    pub fn client(&self) -> Client {
        let observer = Arc::new(Watch(self.journal.clone()));
        let builder = Client::builder(self.url.as_str()).retry(Retry::NEVER);
        builder.observer(observer).build().expect("a client")
    }

    /// A request for an operation as the contract's examples have it, except where `other` has a value for a parameter.
    pub fn example(&self, operation: &Operation) -> RawRequest {
        example::request(|method, target| self.raw(method, target), operation)
    }

    /// A request of any shape.
    pub fn raw(&self, method: http::Method, target: &str) -> RawRequest {
        RawRequest::new(self.address, self.journal.clone(), method, target)
    }

    /// What the development mailbox has for this address, the newest first, as JSON.
    pub async fn mails_to(&self, address: &str) -> serde_json::Value {
        let path = format!("/dev/mailbox/messages?to={address}");
        self.raw(http::Method::GET, &path).send().await.json()
    }

    pub fn breaches(&self) -> Breaches {
        self.journal.breaches()
    }

    /// Removes what our own server left behind.
    pub async fn clear(self) {
        if let Some(server) = self.own {
            server.database.discard().await;
        }
    }
}
