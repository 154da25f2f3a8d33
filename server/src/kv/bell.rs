//! Telling all instances that something happened. Not what: that is in the database, where it cannot get lost.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use futures::StreamExt as _;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, ErrorKind, RedisError, RedisResult};
use tokio::time::timeout;

use crate::config;
use crate::domain::entropy::{Entropy, random};

const CHANNEL: &str = "accord:actions";
/// After so much silence the connection is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(15);

/// Rung by one instance, heard by all others.
pub struct Bell {
    client: Client,
    /// Whose ring it is.
    name: [u8; 16],
    connection: tokio::sync::OnceCell<ConnectionManager>,
    patience: Duration,
}

impl Bell {
    /// None without Redis.
    pub fn new(config: &config::Redis, entropy: &dyn Entropy) -> Option<Self> {
        let client = Client::open(config.url.as_ref()?.expose());
        match client {
            Ok(client) => Some(Self {
                client,
                name: random(entropy),
                connection: tokio::sync::OnceCell::new(),
                patience: *config.timeout,
            }),
            // Whose text could show the URL.
            Err(_) => {
                tracing::error!("redis.url is not the URL of a Redis");
                None
            }
        }
    }

    pub async fn ring(&self) -> RedisResult<()> {
        let ring = async {
            let mut connection = self.connection().await?;
            let mut publish = redis::cmd("PUBLISH");
            publish.arg(CHANNEL).arg(&self.name[..]);
            publish.exec_async(&mut connection).await
        };
        timeout(self.patience, ring)
            .await
            .unwrap_or_else(|_| Err(late()))
    }

    /// Calls `heard` at once, for who knows what was missed, and then at each ring, until the connection is lost.
    pub async fn listen(&self, mut heard: impl FnMut()) -> RedisError {
        let listen = async {
            let subscribe = async {
                let mut pubsub = self.client.get_async_pubsub().await?;
                pubsub.subscribe(CHANNEL).await?;
                RedisResult::Ok(pubsub)
            };
            let pubsub = timeout(self.patience, subscribe)
                .await
                .unwrap_or_else(|_| Err(late()))?;
            let (mut sink, mut rings) = pubsub.split();
            heard();
            loop {
                match timeout(SILENCE, rings.next()).await {
                    Ok(Some(ring)) if ring.get_payload_bytes() == self.name => {}
                    Ok(Some(_)) => heard(),
                    Ok(None) => return RedisResult::<Infallible>::Err(lost()),
                    Err(_) => timeout(self.patience, sink.ping::<redis::Value>())
                        .await
                        .unwrap_or_else(|_| Err(late()))
                        .map(drop)?,
                }
            }
        };
        match listen.await {
            Err(error) => error,
        }
    }

    async fn connection(&self) -> RedisResult<ConnectionManager> {
        let connect = || async {
            let config = ConnectionManagerConfig::new()
                .set_connection_timeout(Some(self.patience))
                .set_response_timeout(Some(self.patience))
                .set_number_of_retries(1)
                .set_max_delay(self.patience);
            ConnectionManager::new_with_config(self.client.clone(), config).await
        };
        self.connection.get_or_try_init(connect).await.cloned()
    }
}

fn late() -> RedisError {
    (ErrorKind::Io, "no answer in time").into()
}

fn lost() -> RedisError {
    (ErrorKind::Io, "the connection was lost").into()
}

impl fmt::Debug for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bell").finish_non_exhaustive()
    }
}
