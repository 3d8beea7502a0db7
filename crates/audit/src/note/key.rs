//! Keys of signed notes. A verifier key travels as text, `name+id+base64`; a signing key never does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::signing_key::PublicKey;

/// Signature type "Ed25519 signatures" of signed-note.
const ED25519: u8 = 0x01;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("a key name is not empty and holds no space, no plus and no control character")]
    Name,
    #[error("a verifier key is written as name+id+base64, its id in 8 lower-case hexadecimal digits")]
    Form,
    #[error("a key of another signature type than the one expected here")]
    Algorithm,
    #[error("the id does not belong to this name and key")]
    Id,
    #[error("not an Ed25519 public key in its canonical encoding, or one of small order")]
    Point,
}

/// Why a signer could not sign, in words for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("signing failed: {0}")]
pub struct SignFailed(pub String);

/// Holds a signing key, in this process or in a device.
pub trait Signer: Send + Sync {
    fn verifier_key(&self) -> &VerifierKey;

    /// The Ed25519 signature (RFC 8032, section 5.1.6) over `message`.
    ///
    /// # Errors
    /// The holder of the key is out of reach, or refuses.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFailed>;
}

/// A name, and an Ed25519 public key that is not of small order.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

/// A name, and an Ed25519 key held in this process; it is wiped when dropped.
pub struct NoteSigner {
    verifier: VerifierKey,
    key: SigningKey,
}

impl VerifierKey {
    /// # Errors
    /// A name that no note can hold, or bytes that are no public key.
    pub fn new(name: impl Into<String>, public_key: &[u8; 32]) -> Result<Self, KeyError> {
        let name = name.into();
        if !is_key_name(&name) {
            return Err(KeyError::Name);
        }
        Ok(Self { name, key: read_point(public_key)? })
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)`, big-endian.
    #[must_use]
    pub fn id(&self) -> u32 {
        key_id(&self.name, ED25519, self.public_key())
    }

    #[must_use]
    pub fn public_key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether `signature` is this key's over `message`: RFC 8032, section 5.1.7, refusing besides every point of
    /// small order and every encoding that is not the canonical one.
    #[must_use]
    pub fn verify_strict(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl From<&VerifierKey> for PublicKey {
    /// The key alone, in the forms that tools without notes read.
    fn from(key: &VerifierKey) -> Self {
        Self::Ed25519(key.key)
    }
}

impl NoteSigner {
    /// A signer from the 32 bytes of an Ed25519 seed (RFC 8032, section 5.1.5).
    ///
    /// # Errors
    /// A name that no note can hold.
    pub fn from_seed(name: impl Into<String>, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, key.verifying_key().as_bytes())?;
        Ok(Self { verifier, key })
    }
}

impl Signer for NoteSigner {
    fn verifier_key(&self) -> &VerifierKey {
        &self.verifier
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFailed> {
        let signature = self.key.try_sign(message).map_err(|error| SignFailed(error.to_string()))?;
        Ok(signature.to_bytes())
    }
}

/// Shows the public half alone.
impl std::fmt::Debug for NoteSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NoteSigner").field("verifier", &self.verifier).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&write_key(&self.name, ED25519, self.public_key()))
    }
}

impl std::str::FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, key) = read_key(text, ED25519)?;
        Self::new(name, &key)
    }
}

/// A point in its canonical encoding and not of small order: for others one key has two names, or anybody can sign.
pub(crate) fn read_point(public_key: &[u8; 32]) -> Result<VerifyingKey, KeyError> {
    let key = VerifyingKey::from_bytes(public_key).map_err(|_| KeyError::Point)?;
    let canonical = key.to_edwards().compress().to_bytes() == *public_key;
    if canonical && !key.is_weak() { Ok(key) } else { Err(KeyError::Point) }
}

/// The first four bytes of `SHA-256(name ‖ 0x0A ‖ signature type ‖ public key)`, big-endian.
pub(crate) fn key_id(name: &str, signature_type: u8, public_key: &[u8; 32]) -> u32 {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', signature_type]).chain_update(public_key);
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
    u32::from_be_bytes([a, b, c, d])
}

/// A vkey: `name+hex(id)+base64(signature type ‖ public key)`.
pub(crate) fn write_key(name: &str, signature_type: u8, public_key: &[u8; 32]) -> String {
    let key = [&[signature_type][..], public_key].concat();
    format!("{name}+{:08x}+{}", key_id(name, signature_type, public_key), STANDARD.encode(key))
}

/// Name and public key of a vkey of this signature type, whose id is the one that belongs to them.
pub(crate) fn read_key(text: &str, signature_type: u8) -> Result<(&str, [u8; 32]), KeyError> {
    // Base64 itself may hold a plus, a name and an id may not.
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(base64)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Form);
    };
    let bytes = STANDARD.decode(base64).map_err(|_| KeyError::Form)?;
    let (algorithm, key) = bytes.split_first().ok_or(KeyError::Form)?;
    if *algorithm != signature_type {
        return Err(KeyError::Algorithm);
    }
    let key = key.try_into().map_err(|_| KeyError::Form)?;
    match (is_key_name(name), format!("{:08x}", key_id(name, signature_type, &key)) == id) {
        (false, _) => Err(KeyError::Name),
        (true, false) => Err(KeyError::Id),
        (true, true) => Ok((name, key)),
    }
}

/// Signed-note: not empty, no Unicode space, no plus; and, as no note can hold one, no control character.
pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}
