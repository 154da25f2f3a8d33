//! The database. Every statement is written once, in SQL that SQLite and PostgreSQL both speak;
//! [`dialect`] holds what they spell differently.
//!
//! A function takes the transaction first. Reads take any, writes one of [`Db::write`].

#[macro_use]
mod statement;

mod columns;
mod db;
mod dialect;
mod dynamic;
mod error;
mod lease;
mod migrate;
mod pool;

pub mod action_logs;
pub mod admin;
pub mod attempts;
pub mod backup_codes;
pub mod images;
pub mod mails;
pub mod oauth_connections;
pub mod search;
pub mod sessions;
pub mod tokens;
pub mod totp;
pub mod users;

pub use db::{Db, DbOptions, Engine, Tx};
pub use error::{Error, Result};
pub use migrate::MigrateError;
pub use pool::PoolStatus;
