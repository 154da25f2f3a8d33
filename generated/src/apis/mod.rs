//! One trait per tag of the contract, with the parameters and answers of its operations.

pub mod action_logs;

pub mod auth;

pub mod eventstream;

pub mod health;

pub mod oauth;

pub mod search;

pub mod totp;

pub mod user;

pub mod users;
