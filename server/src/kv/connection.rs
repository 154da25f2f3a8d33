//! The connection to Redis, shared by all that use it.

use std::fmt;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig, PubSub};
use redis::{Client, ErrorKind, RedisError, RedisResult};
use tokio::sync::OnceCell;
use tokio::time::timeout;

use crate::config;

/// Made when it is first used, and again by itself when it was lost. Nothing takes longer than the patience.
pub struct Connection {
    client: Client,
    manager: OnceCell<ConnectionManager>,
    patience: Duration,
    prefix: String,
}

impl Connection {
    /// None without Redis.
    ///
    /// # Errors
    /// When the URL of Redis is none. Nothing is asked of the network.
    pub fn new(config: &config::Redis) -> RedisResult<Option<Self>> {
        let Some(url) = &config.url else {
            return Ok(None);
        };
        if url.expose().starts_with("rediss:") {
            // Two providers are compiled in, and the client of Redis takes the one that is chosen. Fails when that was
            // done before.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        Ok(Some(Self {
            client: Client::open(url.expose())?,
            manager: OnceCell::new(),
            patience: *config.timeout,
            prefix: config.prefix.clone(),
        }))
    }

    /// A name in Redis that no other deployment has.
    pub fn name(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    /// Does something with the connection that all share.
    pub async fn with<T>(
        &self,
        work: impl AsyncFnOnce(ConnectionManager) -> RedisResult<T>,
    ) -> RedisResult<T> {
        let connected = async { work(self.manager().await?).await };
        self.within_patience(connected).await
    }

    /// A connection of its own, listening on a channel.
    pub async fn subscribe(&self, channel: &str) -> RedisResult<PubSub> {
        let subscribe = async {
            let mut pubsub = self.client.get_async_pubsub().await?;
            pubsub.subscribe(channel).await?;
            Ok(pubsub)
        };
        self.within_patience(subscribe).await
    }

    pub async fn within_patience<T>(
        &self,
        work: impl Future<Output = RedisResult<T>>,
    ) -> RedisResult<T> {
        let late = || RedisError::from((ErrorKind::Io, "no answer in time"));
        timeout(self.patience, work)
            .await
            .unwrap_or_else(|_| Err(late()))
    }

    async fn manager(&self) -> RedisResult<ConnectionManager> {
        let connect = || async {
            let config = ConnectionManagerConfig::new()
                .set_connection_timeout(Some(self.patience))
                .set_response_timeout(Some(self.patience))
                .set_number_of_retries(1)
                .set_max_delay(self.patience);
            ConnectionManager::new_with_config(self.client.clone(), config).await
        };
        self.manager.get_or_try_init(connect).await.cloned()
    }
}

/// The URL may hold a password.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
