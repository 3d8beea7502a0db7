//! The words of Countersign and its pure rules: no I/O, no async, no clock, no database.

pub mod document_type;
pub mod id;
pub mod ppm;
pub mod reading;
pub mod region;
pub mod value;
