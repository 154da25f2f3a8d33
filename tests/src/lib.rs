//! The contract test harness.
//!
//! A test is an async function of a [`TestServer`](server::TestServer), the real server with a database of its own,
//! or of a [`Stage`](stage::Stage), on which it starts servers with settings of its own. It talks through the typed
//! client, as somebody ([`identity`]) or nobody, and moves the server's clock instead of sleeping. Every response is
//! held to `openapi.yaml` as it comes ([`validate`]), and at the end of a whole run every outcome that the contract
//! declares must have been seen ([`coverage`]).

pub mod answer;
pub mod broken;
pub mod checks;
mod cluster;
pub mod contract;
pub mod coverage;
pub mod database;
pub mod dump;
pub mod engine;
pub mod example;
pub mod faults;
pub mod identity;
pub mod journal;
pub mod mail;
pub mod node;
pub mod raw;
pub mod remote;
pub mod schema;
pub mod server;
pub mod smtp;
pub mod stage;
pub mod suite;
pub mod tls;
pub mod validate;

pub mod prelude {
    //! What most tests need.

    pub use std::time::Duration;

    pub use http::Method;
    pub use serde_json::{Value, json};

    pub use crate::answer::{Answer, Refused as _};
    pub use crate::checks::Checks;
    pub use crate::contract::{Operation, Session, contract};
    pub use crate::identity::{Identity, PASSWORD, Person};
    pub use crate::server::{Setup, TestServer};
    pub use crate::stage::Stage;
    pub use crate::suite::Case;
    pub use crate::tests;
}
