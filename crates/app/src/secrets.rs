//! The installation's secrets: one master key in a file, from which all others derive.

use std::{fs, io, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::id::OrganizationId;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::files;

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
    master: [u8; 32],
    log_seed: [u8; 32],
}

impl Secrets {
    /// Reads `keys/master.key` and `keys/log.key` under the data folder, and makes them at the first start.
    ///
    /// # Errors
    /// When they can't be read or made, or are not 64 hexadecimal digits.
    pub fn open(data: &Path) -> io::Result<Secrets> {
        let folder = data.join("keys");
        files::make_private_folder(&folder)?;
        Ok(Secrets { master: key_file(&folder.join("master.key"))?, log_seed: key_file(&folder.join("log.key"))? })
    }

    /// The Ed25519 seed of the log key, which signs checkpoints and nothing else.
    pub fn log_seed(&self) -> &[u8; 32] {
        &self.log_seed
    }

    /// A keyed hash of something that could be guessed, different in every organization and for every purpose.
    pub fn pseudonymize(&self, organization: OrganizationId, purpose: &str, text: &str) -> [u8; 32] {
        let key = keyed_hash(&self.master, &[b"organization", organization.0.as_bytes()]);
        keyed_hash(&key, &[purpose.as_bytes(), text.as_bytes()])
    }

    /// Seals a subject's key under the master key.
    pub fn seal_key(&self, key: &[u8; 32], subject: &str) -> Vec<u8> {
        seal(&keyed_hash(&self.master, &[b"subject keys"]), key, subject)
    }

    pub fn open_key(&self, sealed: &[u8], subject: &str) -> Option<[u8; 32]> {
        open(&keyed_hash(&self.master, &[b"subject keys"]), sealed, subject)?.try_into().ok()
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

fn key_file(path: &Path) -> io::Result<[u8; 32]> {
    match fs::read_to_string(path) {
        Ok(text) => {
            text.trim().parse::<audit::Digest>().map(|digest| digest.0).map_err(|_| {
                io::Error::other(format!("{} does not hold a key of 64 hexadecimal digits", path.display()))
            })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = random();
            files::write_durably(path, format!("{}\n", audit::Digest(key)).as_bytes())?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}
