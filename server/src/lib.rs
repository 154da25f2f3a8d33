//! The Accord server: `build` composes it, `http::serve` runs it.
//!
//! A request passes `http` layers, the generated route, `api/<tag>`, `domain/<noun>` and `store/<table>`.

pub mod admin;
pub mod api;
pub mod config;
pub mod domain;
pub mod http;
pub mod kv;
pub mod logging;
pub mod metrics;
mod run;
pub mod services;
pub mod store;
mod tasks;
pub mod traces;

pub use run::run;
pub use services::{App, BuildError, Services, World, build, serve};
