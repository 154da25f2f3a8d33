//! The HTTP edge over real sockets, around a router of its own.

mod documents;
mod framing;
mod harness;
mod http2;
mod layers;
mod origins;
mod slow;
mod stopping;
