//! The edge: everything between a socket and the generated router, the same for all operations.
//!
//! [`serve`] turns sockets into requests within limits; [`Edge::wrap`] puts around a router what every
//! request and response goes through, in the order that its two functions read.

pub mod client;
pub mod dev_mailbox;
pub mod docs;
mod documents;
mod edge;
mod error_reference;
pub mod errors;
mod event;
mod host;
mod load;
mod log;
pub mod media;
mod origin;
mod request_id;
mod route;
mod security_headers;
mod serve;
mod trace;

pub use client::Peer;
pub use edge::Edge;
pub use log::User;
pub use origin::Origins;
pub use request_id::{RequestIds, X_REQUEST_ID};
pub use route::named;
pub use security_headers::SecurityHeaders;
pub use serve::{ServeOptions, Shutdown, bind, serve};
