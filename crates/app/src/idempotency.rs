//! Idempotency keys: a call that is sent twice happens once (draft-ietf-httpapi-idempotency-key-header).

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Chosen by the caller; scoped to organization, actor and operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// # Errors
    /// `IDEMPOTENCY_KEY_INVALID` for what is not 1 to 255 visible ASCII characters.
    pub fn parse(text: &str) -> Result<IdempotencyKey> {
        if (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(IdempotencyKey(text.to_owned()))
        } else {
            Err(Error::invalid(
                "IDEMPOTENCY_KEY_INVALID",
                "Send an idempotency key of 1 to 255 visible ASCII characters, a new UUID for each new request",
            ))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The same key, and another call.
pub(crate) fn reused() -> Error {
    Error::invalid(
        "IDEMPOTENCY_KEY_REUSED",
        "This idempotency key came with another content before: send a new key for a new request",
    )
}

/// A use case, its key, and what makes two calls the same: its parameters and bytes.
#[derive(Clone, Debug)]
pub(crate) struct Once<'a> {
    pub operation: &'static str,
    pub key: &'a IdempotencyKey,
    pub fingerprint: [u8; 32],
}

impl<'a> Once<'a> {
    /// `parts` are hashed with their lengths, so that no two lists of parts run together.
    pub fn new(operation: &'static str, key: &'a IdempotencyKey, parts: &[&[u8]]) -> Once<'a> {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Once { operation, key, fingerprint: hash.finalize().into() }
    }
}
