//! The file `keys/ring`. The ring is sealed under a random key of its own, and that key under what the operator holds,
//! so that a new passphrase leaves the ring as it is, and a running server goes on.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    Passphrase, UnlockError, open, random,
    ring::{Ring, SecretKey},
    seal,
};

const FORMAT: &str = "countersign-keyring/v1";
/// RFC 9106, section 4, the second recommended option: 64 MiB, three passes.
const ARGON2: (u32, u32, u32) = (65_536, 3, 1);
/// What a file may ask for at most: one that was tampered with must not take all memory.
const MAX_KIB: u32 = 1_048_576;
const MAX_PASSES: u32 = 64;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedRing {
    format: String,
    unlock: Unlock,
    /// The ring's own key, sealed.
    key: String,
    ring: String,
}

/// What opens the ring's own key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Unlock {
    KeyFile,
    /// Argon2id, version 0x13 (RFC 9106).
    Passphrase {
        memory_kib: u32,
        passes: u32,
        lanes: u32,
        /// 16 bytes in base64.
        salt: String,
    },
}

impl Unlock {
    pub fn passphrase() -> Unlock {
        let (memory_kib, passes, lanes) = ARGON2;
        Unlock::Passphrase { memory_kib, passes, lanes, salt: STANDARD.encode(random::<16>()) }
    }

    /// The key that a passphrase gives.
    pub fn derive(&self, passphrase: &Passphrase) -> Result<SecretKey, UnlockError> {
        let Unlock::Passphrase { memory_kib, passes, lanes, salt } = self else {
            return Err(UnlockError::Damaged("it is not sealed under a passphrase"));
        };
        if *memory_kib > MAX_KIB || *passes > MAX_PASSES {
            return Err(UnlockError::Damaged("it asks for more work than any ring of ours"));
        }
        let salt = STANDARD.decode(salt).map_err(|_| UnlockError::Damaged("its salt is not base64"))?;
        let params = Params::new(*memory_kib, *passes, *lanes, Some(32));
        let params = params.map_err(|_| UnlockError::Damaged("its parameters of Argon2id are out of range"))?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), &salt, key.as_mut_slice())
            .map_err(|_| UnlockError::Damaged("its parameters of Argon2id can't be used"))?;
        Ok(SecretKey::from(*key))
    }

    /// What the sealed key is bound to, so that no parameter can be changed without its opening failing.
    fn context(&self) -> String {
        match self {
            Unlock::KeyFile => format!("{FORMAT} key file"),
            Unlock::Passphrase { memory_kib, passes, lanes, salt } => {
                format!("{FORMAT} argon2id {memory_kib} {passes} {lanes} {salt}")
            }
        }
    }
}

impl SealedRing {
    pub fn new(
        ring: &Ring,
        ring_key: &SecretKey,
        unlock: Unlock,
        outer: &SecretKey,
    ) -> Result<SealedRing, UnlockError> {
        let plain = serde_json::to_vec(ring).map(Zeroizing::new);
        let plain = plain.map_err(|_| UnlockError::Damaged("its content can't be written"))?;
        Ok(SealedRing {
            format: FORMAT.to_owned(),
            key: STANDARD.encode(seal(outer.bytes(), ring_key.bytes(), &unlock.context())),
            unlock,
            ring: STANDARD.encode(seal(ring_key.bytes(), &plain, FORMAT)),
        })
    }

    pub fn parse(bytes: &[u8]) -> Result<SealedRing, UnlockError> {
        let sealed: SealedRing =
            serde_json::from_slice(bytes).map_err(|_| UnlockError::Damaged("it is not in the form of a key ring"))?;
        if sealed.format == FORMAT { Ok(sealed) } else { Err(UnlockError::Damaged("it is of a newer program")) }
    }

    pub fn to_bytes(&self) -> Result<Vec<u8>, UnlockError> {
        let mut json = serde_json::to_vec_pretty(self).map_err(|_| UnlockError::Damaged("it can't be written"))?;
        json.push(b'\n');
        Ok(json)
    }

    pub fn unlock(&self) -> &Unlock {
        &self.unlock
    }

    /// `None` when it is the wrong key, or somebody changed the file.
    pub fn ring_key(&self, outer: &SecretKey) -> Option<SecretKey> {
        let sealed = STANDARD.decode(&self.key).ok()?;
        let key = Zeroizing::new(open(outer.bytes(), &sealed, &self.unlock.context())?);
        <[u8; 32]>::try_from(key.as_slice()).ok().map(SecretKey::from)
    }

    pub fn ring(&self, ring_key: &SecretKey) -> Result<Ring, UnlockError> {
        const CHANGED: UnlockError = UnlockError::Damaged("its content was changed");
        let sealed = STANDARD.decode(&self.ring).map_err(|_| CHANGED)?;
        let plain = Zeroizing::new(open(ring_key.bytes(), &sealed, FORMAT).ok_or(CHANGED)?);
        serde_json::from_slice(&plain).map_err(|_| CHANGED)
    }

    /// The same keys, with another ring inside.
    pub fn holding(&self, ring: &Ring, ring_key: &SecretKey) -> Result<SealedRing, UnlockError> {
        let plain = serde_json::to_vec(ring).map(Zeroizing::new);
        let plain = plain.map_err(|_| UnlockError::Damaged("its content can't be written"))?;
        Ok(SealedRing { ring: STANDARD.encode(seal(ring_key.bytes(), &plain, FORMAT)), ..self.clone() })
    }

    /// The same ring, opened by something else from now on.
    pub fn opened_by(&self, ring_key: &SecretKey, unlock: Unlock, outer: &SecretKey) -> SealedRing {
        let key = STANDARD.encode(seal(outer.bytes(), ring_key.bytes(), &unlock.context()));
        SealedRing { key, unlock, ..self.clone() }
    }
}
