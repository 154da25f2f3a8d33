//! Behaviour. Knows neither HTTP nor database drivers.

pub mod account;
pub mod action_log;
pub mod authenticator;
pub mod backup_codes;
pub mod caller;
pub mod clock;
pub mod email_change;
pub mod entropy;
pub mod error;
pub mod events;
pub mod hasher;
pub mod health;
pub mod image;
pub mod janitor;
pub mod keyring;
pub mod limits;
pub mod mail;
pub mod oauth;
pub mod password;
pub mod password_policy;
pub mod search;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod suspicion;
pub mod throttle;
pub mod token;
pub mod totp;
pub mod types;

pub use error::{Error, Result};
