//! The schema as its clients see it, over a real application.

mod answers;
mod contract;
mod coverage;
mod operations;
mod world;
