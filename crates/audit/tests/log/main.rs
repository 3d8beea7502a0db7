//! Logs, live and in bundles: what is tried against them, and what the verifiers answer.

mod bundle;
mod disclosures;
mod formats;
mod history;
mod packing;
#[cfg(feature = "verify-program")]
mod program;
mod signed;
mod verify;
