//! A private key that this process holds: for a person whose key the server keeps, or on a device of the person's own.

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes, spki::der::pem::LineEnding};
use ed25519_dalek::{Signer as _, SigningKey};

use super::{PublicKey, PublicKeyError, possession_digest};
use crate::digest::Digest;

/// An Ed25519 key; it is wiped when dropped, and never shown.
pub struct HeldKey {
    key: SigningKey,
    public: PublicKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeldKeyError {
    #[error("not an Ed25519 private key as PKCS#8 in PEM, unencrypted (RFC 8410, section 7)")]
    Form,
    #[error(transparent)]
    Public(#[from] PublicKeyError),
}

impl HeldKey {
    /// From the 32 random bytes of a seed (RFC 8032, section 5.1.5).
    ///
    /// # Errors
    /// None for a seed that was drawn at random: a public key of small order has no such seed that anybody knows.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, HeldKeyError> {
        Self::new(SigningKey::from_bytes(seed))
    }

    /// Reads the text of a PEM file with the label `PRIVATE KEY`, with or without the public key in it.
    ///
    /// # Errors
    /// Another text; another kind of key; a public key that is not this private key's.
    pub fn from_pem(pem: &str) -> Result<Self, HeldKeyError> {
        Self::new(SigningKey::from_pkcs8_pem(pem).map_err(|_| HeldKeyError::Form)?)
    }

    /// PKCS#8 without the public key (RFC 8410, section 10.3), which OpenSSL reads as well. Wiped when dropped.
    ///
    /// # Errors
    /// The key could not be encoded.
    pub fn to_pem(&self) -> Result<impl AsRef<str> + use<>, HeldKeyError> {
        let bytes = KeypairBytes { secret_key: self.key.to_bytes(), public_key: None };
        bytes.to_pkcs8_pem(LineEnding::LF).map_err(|_| HeldKeyError::Form)
    }

    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs a statement, given its [signed digest](crate::statement::signed_digest): the Ed25519 signature over those
    /// 32 bytes.
    #[must_use]
    pub fn sign(&self, signed_digest: &Digest) -> [u8; 64] {
        self.key.sign(signed_digest.as_bytes()).to_bytes()
    }

    /// Proves to who gave the challenge that this key is held: see [`possession_digest`].
    #[must_use]
    pub fn prove_possession(&self, challenge: &[u8]) -> [u8; 64] {
        self.key.sign(possession_digest(challenge).as_bytes()).to_bytes()
    }

    fn new(key: SigningKey) -> Result<Self, HeldKeyError> {
        let public = PublicKey::from_ed25519(key.verifying_key().as_bytes())?;
        Ok(Self { key, public })
    }
}

/// Shows the public half alone.
impl std::fmt::Debug for HeldKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeldKey").field("public", &self.public).finish_non_exhaustive()
    }
}
