//! The schema as its clients see it, over a real application.
#![expect(clippy::unwrap_used, reason = "what a test needs and does not get fails it")]

mod answers;
mod contract;
mod coverage;
mod log;
mod operations;
mod statements;
mod world;
