//! Typed client of the Accord account backend.
//!
//! Every operation of the contract is a method of [`Client`] that returns a builder. Await the builder, and you get
//! the answer or the operation's own error, an enum of everything the contract says can go wrong:
//!
//! ```no_run
//! use accord_client::errors::LoginError;
//! use accord_client::types::SignInStatus;
//! use accord_client::Client;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::connect("https://accounts.example.com")?;
//! match client.login().body_map(|b| b.email("ada@example.com").password("correct horse")).await {
//!     Ok(result) if result.status == SignInStatus::Authenticated => println!("hello"),
//!     Ok(result) => println!("one more step: {}", result.status),
//!     Err(LoginError::AuthInvalidCredentials(_)) => println!("wrong email or password"),
//!     Err(LoginError::RateLimitExceeded(problem)) => println!("wait {:?}", problem.retry_after),
//!     Err(other) => return Err(other.into()),
//! }
//! println!("signed in as {}", client.get_me().await?.handle);
//! # Ok(()) }
//! ```
//!
//! - The session is kept for you, clones of a [`Client`] share it: see [`SessionMode`].
//! - Status and headers of an answer: call `.send().await` in place of `.await`; its error converts with `From`.
//! - Lists as a stream: [`builder::SearchUsers::stream`], [`builder::ListActionLogs::stream`].
//! - What happens, as it happens, across reconnects: [`Client::events`].
//! - A request that is safe to repeat is repeated when the server could not be reached or asks for it: see [`Retry`].
//! - Values are not checked here: the server does, and names the fields it refuses in [`Problem::errors`].

#![warn(missing_docs)]

extern crate self as accord_client;

mod connect;
mod connection;
mod events;
#[allow(unused_imports, clippy::all)]
mod generated;
mod macros;
mod observer;
mod pages;
mod patch;
mod problem;
mod retry;
mod secret;
mod session;
mod sse;

pub use connect::{ClientBuilder, ConnectError};
pub use events::{Event, Events};
pub use generated::{ByteStream, Client, Error, ResponseValue, builder, errors};
pub use observer::{Exchange, Observer, RawEvent};
pub use patch::Patch;
pub use problem::{OperationError, Problem, TransportError};
pub use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
pub use retry::Retry;
pub use secret::Secret;
pub use session::SessionMode;

/// The contract's schemas.
pub mod types {
    pub use crate::generated::open::*;
    pub use crate::generated::types::*;
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
