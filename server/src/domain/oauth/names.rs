//! Names of providers, looked up by few threads.
//!
//! The system's lookup takes a thread for as long as name servers do not answer, whether or not anybody still waits for
//! it. Without a bound, sign-ins by a provider would take every such thread, and pictures need them too (SECURITY F-22).

use std::net::ToSocketAddrs as _;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;

/// Lookups at once. With name servers that answer that is thousands a second.
const LOOKUPS: usize = 16;

/// The system's lookup, so many at once; who has to wait does so within the time of the request.
#[derive(Clone, Debug)]
pub struct Names(Arc<Semaphore>);

impl Names {
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(LOOKUPS)))
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let places = Arc::clone(&self.0);
        Box::pin(async move {
            let place = places.acquire_owned().await?;
            let look_up = move || {
                // Held to the end of the lookup, even when nobody waits for it any more.
                let _held = place;
                (name.as_str(), 0).to_socket_addrs()
            };
            let found = tokio::task::spawn_blocking(look_up).await??;
            Ok(Box::new(found) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn resolve(names: &Names, name: &str) -> Vec<String> {
        let found = names.resolve(name.parse().unwrap()).await.unwrap();
        found.map(|address| address.ip().to_string()).collect()
    }

    /// SECURITY: F-22.
    #[tokio::test]
    async fn f22_no_more_names_are_looked_up_at_once_than_threads_are_meant_for_it() {
        let names = Names::new();
        assert!(!resolve(&names, "localhost").await.is_empty());
        assert_eq!(
            names.0.available_permits(),
            LOOKUPS,
            "a place is free again"
        );
        let all = u32::try_from(LOOKUPS).unwrap();
        let held = names.0.clone().acquire_many_owned(all).await.unwrap();
        let waiting = names.resolve("localhost".parse().unwrap());
        let waiting = tokio::time::timeout(Duration::from_millis(50), waiting).await;
        assert!(waiting.is_err(), "it has to wait");
        drop(held);
        assert!(!resolve(&names, "localhost").await.is_empty());
    }
}
