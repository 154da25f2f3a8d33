//! The store, on both engines, each test in a database of its own. Every function is called.

// Which server to test with is said by the environment.
#![allow(clippy::disallowed_methods)]

mod action_logs;
mod admin;
mod attempts;
mod backup_codes;
mod child;
mod concurrency;
mod coverage;
mod database;
mod faults;
mod images;
mod kills;
mod mails;
mod migrations;
mod oauth_connections;
mod schema;
mod search;
mod sessions;
mod tokens;
mod totp;
mod users;
