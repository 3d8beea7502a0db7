//! The words of Countersign and its pure rules: no I/O, no async, no clock, no database.

pub mod actor;
pub mod archive;
pub mod bundle;
pub mod document;
pub mod document_type;
pub mod event;
pub mod export;
pub mod field;
pub mod id;
pub mod job;
pub mod policy;
pub mod ppm;
pub mod reading;
pub mod region;
pub mod routing;
pub mod signing;
pub mod task;
pub mod time;
pub mod value;
mod words;

pub use words::UnknownWord;
