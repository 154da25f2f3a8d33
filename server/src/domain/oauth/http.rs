//! Requests to providers: bounded in time and size, to the configured address and no other, with nothing kept between
//! them (SECURITY O-7, F-9).

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;

use super::names::Names;
use crate::domain::Error;

/// No answer of a provider is larger.
const LARGEST: usize = 1 << 20;

/// What can be wrong with a provider. Says nothing of what it answered: that may hold secrets.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("it takes too long")]
    TimedOut,
    #[error("it cannot be reached")]
    Unreachable,
    #[error("its answer is larger than 1 MB")]
    TooLarge,
    #[error("it answers {0}")]
    Status(u16),
    #[error("{0}")]
    Nonsense(&'static str),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::OauthProviderUnavailable {
            timed_out: matches!(fault, Fault::TimedOut),
            source: Box::new(fault),
        }
    }
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        match error.is_timeout() {
            true => Self::TimedOut,
            false => Self::Unreachable,
        }
    }
}

/// A client for one provider.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    pub fn new(timeout: Duration) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .user_agent(concat!("accord/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .dns_resolver(Names::new())
            .connect_timeout(timeout)
            .timeout(timeout)
            .pool_max_idle_per_host(4)
            .build()?;
        Ok(Self(client))
    }

    /// Reads JSON from a GET.
    pub async fn get<T: DeserializeOwned>(&self, request: HttpRequest) -> Result<T, Fault> {
        let response = self.send(request).await?;
        match response.status().as_u16() {
            200 => serde_json::from_slice(response.body())
                .map_err(|_| Fault::Nonsense("its answer is not what was asked for")),
            status => Err(Fault::Status(status)),
        }
    }

    /// Sends one request and reads the whole answer, as far as that is within bounds.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Fault> {
        let request = reqwest::Request::try_from(request)
            .map_err(|_| Fault::Nonsense("its address is no address"))?;
        let mut response = self.0.execute(request).await?;
        let length = response.content_length().unwrap_or(0);
        if length > LARGEST as u64 {
            return Err(Fault::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Fault::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = HttpResponse::new(body);
        *whole.status_mut() = response.status();
        *whole.headers_mut() = std::mem::take(response.headers_mut());
        Ok(whole)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Fault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
