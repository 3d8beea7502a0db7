//! The audit trail: a log that its own operator cannot quietly rewrite.
//!
//! The modules follow the specification, from the bytes outwards:
//!
//! | module | what it says |
//! |---|---|
//! | [`value`], [`canonical`] | the strict data value, and its one encoding (RFC 8785 under a profile) |
//! | [`time`], [`digest`] | instants and hashes, as they are written |
//! | [`leaf`] | one recorded step: the draft that is staged, its place in the log, the bytes that are hashed |
//! | [`disclosure`] | personal values, kept outside the leaf and named in it by a salted digest |
//! | [`tree`] | the Merkle tree over the leaves (RFC 6962, RFC 9162), its right edge and its proofs |
//! | [`note`], [`checkpoint`] | signed notes and signed tree heads (C2SP signed-note, tlog-checkpoint) |
//! | [`cosignature`] | what witnesses add to them (C2SP tlog-cosignature) |
//! | [`keyring`] | the keys of a log over time, and which signature of a checkpoint counts |
//! | [`tile`] | the tree and its leaves as files (C2SP tlog-tiles) |
//! | [`proof_file`], [`add_checkpoint`] | inclusion and consistency as files (C2SP tlog-proof, tlog-witness) |
//! | [`statement`] | what a reviewer signs, as text |
//! | [`signing_key`], [`webauthn`] | the keys they sign with, and what verifies: held by a server, a device, a passkey |
//! | [`verify`] | reading a whole log again and naming the first thing that does not hold |
//! | [`bundle`], [`receipt`] | what leaves the house: bundles and receipts, and their verification |
//!
//! Nothing here opens a file or a connection, reads a clock or draws randomness: bundles are read through
//! [`bundle::files::Files`]. The program `countersign-verify` is a thin layer on top.
#![forbid(unsafe_code)]

pub mod add_checkpoint;
pub mod bundle;
pub mod canonical;
pub mod checkpoint;
pub mod cosignature;
pub mod digest;
pub mod disclosure;
mod hex128;
pub mod keyring;
pub mod leaf;
pub mod note;
pub mod proof_file;
pub mod receipt;
pub mod signing_key;
pub mod statement;
mod threads;
pub mod tile;
pub mod time;
pub mod tree;
pub mod value;
pub mod verify;
pub mod webauthn;
mod word;

pub use checkpoint::Checkpoint;
pub use digest::Digest;
pub use leaf::{Draft, Leaf, Place};
pub use time::Millis;
pub use tree::Hash;
pub use value::Value;
pub use word::NotAWord;
