//! Cosignatures of witnesses: C2SP tlog-cosignature, the Ed25519 kind (signature type 0x04).
//!
//! A witness says that this was the largest tree of the log that it had seen at that time, and that it continued every
//! tree that it had seen before.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::note::{KeyError, NoteSignature, is_key_name, key_id, read_key, read_point, write_key};

/// Signature type "timestamped Ed25519 checkpoint cosignatures" of signed-note.
const COSIGNATURE: u8 = 0x04;

/// 2^63 − 1, in seconds: a later time stamp is not one.
const MAX_TIMESTAMP: u64 = i64::MAX as u64;

/// A name, and the Ed25519 public key of a witness that is not of small order. Written as a vkey of type 0x04.
#[derive(Clone, PartialEq, Eq)]
pub struct WitnessKey {
    name: String,
    key: VerifyingKey,
}

/// What a witness has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    pub witness: String,
    pub id: u32,
    /// Seconds since 1970-01-01T00:00:00Z, as the witness says.
    pub timestamp: u64,
}

/// When a witness says that it signed, and its Ed25519 signature; `None` for a line of another form. Nothing is verified.
#[must_use]
pub fn split(line: &NoteSignature) -> Option<(u64, [u8; 64])> {
    let (timestamp, signature) = line.signature.split_first_chunk::<8>()?;
    let timestamp = Some(u64::from_be_bytes(*timestamp)).filter(|time| *time <= MAX_TIMESTAMP)?;
    Some((timestamp, signature.try_into().ok()?))
}

impl WitnessKey {
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

    /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key)`, big-endian.
    #[must_use]
    pub fn id(&self) -> u32 {
        key_id(&self.name, COSIGNATURE, self.key.as_bytes())
    }

    /// The cosignature in this line, if it is this witness's over the body of the checkpoint.
    #[must_use]
    pub fn verify(&self, body: &str, line: &NoteSignature) -> Option<Cosignature> {
        if line.name != self.name || line.id != self.id() {
            return None;
        }
        let (timestamp, signature) = split(line)?;
        let signature = Signature::from_bytes(&signature);
        self.key.verify_strict(signed_message(body, timestamp).as_bytes(), &signature).ok()?;
        Some(Cosignature { witness: self.name.clone(), id: line.id, timestamp })
    }
}

/// tlog-cosignature, section "Ed25519 signed message".
#[must_use]
pub fn signed_message(body: &str, timestamp: u64) -> String {
    format!("cosignature/v1\ntime {timestamp}\n{body}")
}

impl std::fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&write_key(&self.name, COSIGNATURE, self.key.as_bytes()))
    }
}

impl std::fmt::Debug for WitnessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WitnessKey({self})")
    }
}

impl std::str::FromStr for WitnessKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, key) = read_key(text, COSIGNATURE)?;
        Self::new(name, &key)
    }
}
