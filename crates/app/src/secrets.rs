//! The installation's secrets: a ring of keys in a sealed file. All but the keys of the log derive from its master key.

mod keys;
mod ring;
mod sealed;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::id::OrganizationId;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use self::ring::KeyState;
pub(crate) use self::ring::{LogKey, Ring, SecretKey};
use crate::error::Result;

/// A passphrase; wiped when dropped, and shown to nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Passphrase {
    fn from(text: String) -> Passphrase {
        Passphrase(Zeroizing::new(text))
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// What opens the key ring.
#[derive(Clone, Debug, Default)]
pub struct KeySettings {
    /// Without one, a key file opens it.
    pub passphrase: Option<Passphrase>,
    /// `keys/unlock.key` under the data folder where there is none.
    pub file: Option<PathBuf>,
}

/// Why the key ring does not open.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    #[error("KEYS_LOCKED: keys/ring is sealed under a passphrase: set key_passphrase")]
    NoPassphrase,
    #[error("KEYS_LOCKED: the passphrase in key_passphrase does not open keys/ring")]
    WrongPassphrase,
    #[error("KEYS_LOCKED: the key file {} that opens keys/ring is missing: put it back, or set key_file", .0.display())]
    NoKeyFile(PathBuf),
    #[error("KEYS_LOCKED: the key file {} does not open keys/ring", .0.display())]
    WrongKeyFile(PathBuf),
    #[error("{} does not hold a key of 64 hexadecimal digits", .0.display())]
    NoKey(PathBuf),
    #[error("{} holds another key than keys/ring: find out which is right, and move the other away", .0.display())]
    OtherKey(PathBuf),
    #[error("keys/ring can't be used: {0}")]
    Damaged(&'static str),
    #[error("the folder keys/ can't be used: {0}")]
    Io(#[from] io::Error),
}

/// 32 random bytes.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// HMAC-SHA-256 (RFC 2104) of `parts`, each preceded by its length.
fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Never shown, never logged, never cloned.
pub(crate) struct Secrets {
    keys: keys::Keys,
    master: SecretKey,
}

impl Secrets {
    /// Opens the key ring under the data folder, and makes it at the first start. Plain keys of the first version are
    /// taken over, and removed once the ring is durable.
    ///
    /// # Errors
    /// When what opens it is missing or wrong, or a file can't be read or made.
    pub fn open(data: &Path, settings: &KeySettings, now: i64) -> Result<Secrets, UnlockError> {
        let keys = keys::Keys::open(data, settings, now)?;
        let master = keys.ring()?.master.clone();
        Ok(Secrets { keys, master })
    }

    /// The key ring as it is now: the command line may have changed it.
    pub fn ring(&self) -> Result<Arc<Ring>, UnlockError> {
        self.keys.ring()
    }

    pub fn change_ring<T>(&self, change: impl FnOnce(&mut Ring) -> Result<T>) -> Result<T> {
        self.keys.change(change)
    }

    /// Seals the ring under a passphrase from now on, or under the key file.
    pub fn set_unlock(&self, passphrase: Option<&Passphrase>) -> Result<(), UnlockError> {
        self.keys.set_unlock(passphrase)
    }

    /// A keyed hash of something that could be guessed, different in every organization and for every purpose.
    pub fn pseudonymize(&self, organization: OrganizationId, purpose: &str, text: &str) -> [u8; 32] {
        let key = keyed_hash(self.master.bytes(), &[b"organization", organization.0.as_bytes()]);
        keyed_hash(&key, &[purpose.as_bytes(), text.as_bytes()])
    }

    /// The same id for the same text (RFC 9562, section 5.8), as unguessable as [`Secrets::pseudonymize`].
    pub fn named_id(&self, organization: OrganizationId, purpose: &str, text: &str) -> Uuid {
        let hash = self.pseudonymize(organization, purpose, text);
        uuid::Builder::from_custom_bytes(std::array::from_fn(|n| hash[n])).into_uuid()
    }

    /// Seals a subject's key under the master key.
    pub fn seal_key(&self, key: &[u8; 32], subject: &str) -> Vec<u8> {
        seal(&keyed_hash(self.master.bytes(), &[b"subject keys"]), key, subject)
    }

    pub fn open_key(&self, sealed: &[u8], subject: &str) -> Option<[u8; 32]> {
        open(&keyed_hash(self.master.bytes(), &[b"subject keys"]), sealed, subject)?.try_into().ok()
    }
}

/// `nonce ‖ XChaCha20-Poly1305(plain)` (draft-irtf-cfrg-xchacha), bound to `context`.
pub(crate) fn seal(key: &[u8; 32], plain: &[u8], context: &str) -> Vec<u8> {
    let nonce: [u8; 24] = random();
    let payload = Payload { msg: plain, aad: context.as_bytes() };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .expect("a value of this size can be sealed");
    [&nonce[..], &sealed].concat()
}

/// `None` when the key or the context is another, or a bit was changed.
pub(crate) fn open(key: &[u8; 32], sealed: &[u8], context: &str) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    let payload = Payload { msg: sealed, aad: context.as_bytes() };
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload).ok()
}
