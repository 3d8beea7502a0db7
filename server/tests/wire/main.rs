//! The wire: a real server on a free port, spoken to byte by byte.
#![expect(clippy::unwrap_used, reason = "what a test needs and does not get fails it")]

mod client;
mod documents;
mod graphql;
mod lifecycle;
mod log;
mod session;
mod websocket;
