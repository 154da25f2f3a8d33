//! Telling all instances that something happened. Not what: that is in the database, where it cannot get lost.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use redis::{ErrorKind, RedisError, RedisResult};
use tokio::time::timeout;

use super::connection::Connection;
use crate::domain::entropy::{Entropy, random};

/// After so much silence the connection is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(15);

/// Rung by one instance, heard by all others.
#[derive(Debug)]
pub struct Bell {
    connection: Arc<Connection>,
    channel: String,
    /// Whose ring it is.
    name: [u8; 16],
}

impl Bell {
    pub(super) fn new(connection: Arc<Connection>, entropy: &dyn Entropy) -> Self {
        Self {
            channel: connection.name("actions"),
            connection,
            name: random(entropy),
        }
    }

    pub async fn ring(&self) -> RedisResult<()> {
        let ring = async |mut connection| {
            let mut publish = redis::cmd("PUBLISH");
            publish.arg(&self.channel).arg(&self.name[..]);
            publish.exec_async(&mut connection).await
        };
        self.connection.with(ring).await
    }

    /// Calls `heard` at once, for who knows what was missed, and then at each ring, until the connection is lost.
    pub async fn listen(&self, mut heard: impl FnMut()) -> RedisError {
        let listen = async {
            let (mut sink, mut rings) = self.connection.subscribe(&self.channel).await?.split();
            heard();
            loop {
                match timeout(SILENCE, rings.next()).await {
                    Ok(Some(ring)) if ring.get_payload_bytes() == self.name => {}
                    Ok(Some(_)) => heard(),
                    Ok(None) => return RedisResult::<Infallible>::Err(lost()),
                    Err(_) => {
                        let ping = sink.ping::<redis::Value>();
                        self.connection.within_patience(ping).await.map(drop)?;
                    }
                }
            }
        };
        match listen.await {
            Err(error) => error,
        }
    }
}

fn lost() -> RedisError {
    (ErrorKind::Io, "the connection was lost").into()
}
