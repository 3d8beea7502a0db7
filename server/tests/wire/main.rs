//! The wire: a real server on a free port, spoken to byte by byte.

mod client;
mod documents;
mod graphql;
mod lifecycle;
mod session;
mod websocket;
