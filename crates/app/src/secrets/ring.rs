//! What the key ring holds: the master key, and the keys of the log with what became of them.

use audit::note::{NoteSigner, Signer, VerifierKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::random;
use crate::error::{Error, InternalError, Result};

/// 32 bytes that are wiped when dropped, and shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretKey(Zeroizing<[u8; 32]>);

impl SecretKey {
    pub fn generate() -> SecretKey {
        SecretKey(Zeroizing::new(random()))
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for SecretKey {
    fn from(bytes: [u8; 32]) -> SecretKey {
        SecretKey(Zeroizing::new(bytes))
    }
}

impl Serialize for SecretKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = Zeroizing::new(audit::Digest(*self.0).to_string());
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for SecretKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<SecretKey, D::Error> {
        let digits = Zeroizing::new(String::deserialize(deserializer)?);
        let key = digits.parse::<audit::Digest>().map_err(serde::de::Error::custom)?;
        Ok(SecretKey::from(key.0))
    }
}

/// What became of a key of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum KeyState {
    /// It signs checkpoints.
    Active,
    Retired,
    /// It was in other hands.
    Revoked,
}

/// An Ed25519 key that signs checkpoints and nothing else.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogKey {
    /// In hexadecimal.
    public: String,
    /// RFC 8032, section 5.1.5. A key that signs no more has lost it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    seed: Option<SecretKey>,
    pub state: KeyState,
    /// In milliseconds since 1970.
    pub made_at: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended_at: Option<i64>,
}

impl LogKey {
    pub fn new(seed: SecretKey, made_at: i64) -> Result<LogKey> {
        // The public half is the same under every name.
        let public = NoteSigner::from_seed("any", seed.bytes()).map_err(unusable)?;
        let public = audit::Digest(*public.verifier_key().public_key()).to_string();
        Ok(LogKey { public, seed: Some(seed), state: KeyState::Active, made_at, ended_at: None })
    }

    /// The public key in hexadecimal.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// Under the name of a log, as signed notes want it: name = origin.
    pub fn verifier(&self, origin: &str) -> Result<VerifierKey> {
        let public: audit::Digest = self.public.parse().map_err(unusable)?;
        VerifierKey::new(origin, public.as_bytes()).map_err(unusable)
    }

    /// `None` for a key that signs no more.
    pub fn signer(&self, origin: &str) -> Result<Option<NoteSigner>> {
        let seed = self.seed.as_ref().filter(|_| self.state == KeyState::Active);
        seed.map(|seed| NoteSigner::from_seed(origin, seed.bytes()).map_err(unusable)).transpose()
    }

    pub fn end(&mut self, state: KeyState, at: i64) {
        self.state = state;
        self.seed = None;
        self.ended_at = Some(at);
    }
}

fn unusable(error: impl std::fmt::Display) -> Error {
    InternalError::Other(format!("a key of the log: {error}")).into()
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ring {
    pub master: SecretKey,
    /// Oldest first.
    pub log_keys: Vec<LogKey>,
}

impl Ring {
    pub fn generate(now: i64) -> Result<Ring> {
        Ring::of(SecretKey::generate(), SecretKey::generate(), now)
    }

    pub fn of(master: SecretKey, log_seed: SecretKey, now: i64) -> Result<Ring> {
        Ok(Ring { master, log_keys: vec![LogKey::new(log_seed, now)?] })
    }

    pub fn active(&self) -> impl DoubleEndedIterator<Item = &LogKey> {
        self.log_keys.iter().filter(|key| key.state == KeyState::Active)
    }

    /// Whether this key of the log is one of the ring's.
    pub fn holds_seed(&self, seed: &SecretKey) -> bool {
        LogKey::new(seed.clone(), 0).is_ok_and(|key| self.log_keys.iter().any(|held| held.public == key.public))
    }
}
