//! The program itself, as a process.

// Where the tests find PostgreSQL and Redis is said by the environment.
#![allow(clippy::disallowed_methods)]

mod cluster;
mod cut;
mod logged;
mod operators;
mod process;
mod readme;
mod running;
mod secrets;
mod sessions;
mod tls;
mod watching;
