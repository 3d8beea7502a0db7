//! The folder `keys/`: opens the ring, takes over what an older version left, and reads the ring again when another
//! process has changed it.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    KeySettings, UnlockError,
    ring::{Ring, SecretKey},
    sealed::{SealedRing, Unlock},
};
use crate::{error::Result, files};

/// The plain key files of the first version: master key, log key.
const PLAIN: [&str; 2] = ["master.key", "log.key"];

pub(super) struct Keys {
    path: PathBuf,
    key_file: PathBuf,
    /// Of the ring itself; a new passphrase does not change it.
    ring_key: SecretKey,
    loaded: Mutex<Loaded>,
}

struct Loaded {
    stamp: Stamp,
    ring: Arc<Ring>,
}

/// Tells one content of the file from another: it is only ever replaced, never written to.
#[derive(PartialEq, Eq)]
struct Stamp {
    inode: u64,
    modified: (i64, i64),
}

impl Keys {
    /// Opens the ring under the data folder; makes it at the first start.
    pub fn open(data: &Path, settings: &KeySettings, now: i64) -> Result<Keys, UnlockError> {
        let folder = data.join("keys");
        files::make_private_folder(&folder)?;
        let path = folder.join("ring");
        let key_file = settings.file.clone().unwrap_or_else(|| folder.join("unlock.key"));
        // Two processes would otherwise each lose what the other writes.
        let _lock = files::lock(&path.with_extension("lock"))?;
        let present = read_if_there(&path)?.map(|bytes| SealedRing::parse(&bytes)).transpose()?;
        let (ring_key, ring) = match present {
            Some(sealed) => {
                let ring_key = unlock(&sealed, settings, &key_file)?;
                let ring = sealed.ring(&ring_key)?;
                (ring_key, ring)
            }
            None => make(&folder, &path, settings, &key_file, now)?,
        };
        remove_plain(&folder, &ring)?;
        let loaded = Mutex::new(Loaded { stamp: stamp(&path)?, ring: Arc::new(ring) });
        Ok(Keys { path, key_file, ring_key, loaded })
    }

    /// The ring as it is now: another process may have changed it.
    pub fn ring(&self) -> Result<Arc<Ring>, UnlockError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let present = stamp(&self.path)?;
        if present != loaded.stamp {
            loaded.ring = Arc::new(self.read()?.ring(&self.ring_key)?);
            loaded.stamp = present;
        }
        Ok(Arc::clone(&loaded.ring))
    }

    /// Changes the ring, one process at a time. A crash leaves the old ring or the new one.
    pub fn change<T>(&self, change: impl FnOnce(&mut Ring) -> Result<T>) -> Result<T> {
        let _lock = files::lock(&self.path.with_extension("lock"))?;
        let sealed = self.read()?;
        let mut ring = sealed.ring(&self.ring_key)?;
        let outcome = change(&mut ring)?;
        files::write_durably(&self.path, &sealed.holding(&ring, &self.ring_key)?.to_bytes()?)?;
        Ok(outcome)
    }

    /// What opens the ring from now on; the ring stays as it is. With `None` it is the key file again.
    pub fn set_unlock(&self, passphrase: Option<&super::Passphrase>) -> Result<(), UnlockError> {
        let _lock = files::lock(&self.path.with_extension("lock"))?;
        let (unlock, outer) = match passphrase {
            Some(passphrase) => {
                let unlock = Unlock::passphrase();
                let outer = unlock.derive(passphrase)?;
                (unlock, outer)
            }
            None => (Unlock::KeyFile, make_key_file(&self.key_file)?),
        };
        let sealed = self.read()?.opened_by(&self.ring_key, unlock, &outer);
        Ok(files::write_durably(&self.path, &sealed.to_bytes()?)?)
    }

    fn read(&self) -> Result<SealedRing, UnlockError> {
        SealedRing::parse(&fs::read(&self.path)?)
    }
}

fn unlock(sealed: &SealedRing, settings: &KeySettings, key_file: &Path) -> Result<SecretKey, UnlockError> {
    match (sealed.unlock(), &settings.passphrase) {
        (Unlock::KeyFile, _) => {
            let outer = read_key(key_file)?.ok_or_else(|| UnlockError::NoKeyFile(key_file.to_owned()))?;
            sealed.ring_key(&outer).ok_or_else(|| UnlockError::WrongKeyFile(key_file.to_owned()))
        }
        (Unlock::Passphrase { .. }, None) => Err(UnlockError::NoPassphrase),
        (unlock, Some(passphrase)) => sealed.ring_key(&unlock.derive(passphrase)?).ok_or(UnlockError::WrongPassphrase),
    }
}

/// The first ring: with the plain keys of the first version where they are, else with fresh ones.
///
/// What opens it is durable before the ring is, and the ring before a plain file is removed.
fn make(
    folder: &Path,
    path: &Path,
    settings: &KeySettings,
    key_file: &Path,
    now: i64,
) -> Result<(SecretKey, Ring), UnlockError> {
    let ring = match PLAIN.map(|name| read_key(&folder.join(name))) {
        [Ok(Some(master)), Ok(Some(seed))] => Ring::of(master, seed, now),
        [Ok(None), Ok(None)] => Ring::generate(now),
        [Err(error), _] | [_, Err(error)] => return Err(error),
        _ => return Err(UnlockError::Damaged("one of master.key and log.key is missing: put it back")),
    };
    let ring = ring.map_err(|_| UnlockError::Damaged("the log key can't be used"))?;
    let (unlock, outer) = match &settings.passphrase {
        Some(passphrase) => {
            let unlock = Unlock::passphrase();
            let outer = unlock.derive(passphrase)?;
            (unlock, outer)
        }
        None => (Unlock::KeyFile, make_key_file(key_file)?),
    };
    let ring_key = SecretKey::generate();
    files::write_durably(path, &SealedRing::new(&ring, &ring_key, unlock, &outer)?.to_bytes()?)?;
    Ok((ring_key, ring))
}

/// Removes the plain keys that the ring, which is durable, has taken over.
fn remove_plain(folder: &Path, ring: &Ring) -> Result<(), UnlockError> {
    let [master, seed] = PLAIN.map(|name| folder.join(name));
    for (path, is_held) in [
        (&master, read_key(&master)?.is_none_or(|key| key == ring.master)),
        (&seed, read_key(&seed)?.is_none_or(|key| ring.holds_seed(&key))),
    ] {
        if !is_held {
            return Err(UnlockError::OtherKey(path.clone()));
        }
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

fn make_key_file(path: &Path) -> Result<SecretKey, UnlockError> {
    if let Some(key) = read_key(path)? {
        return Ok(key);
    }
    let key = SecretKey::generate();
    files::write_durably(path, format!("{}\n", audit::Digest(*key.bytes())).as_bytes())?;
    Ok(key)
}

/// `None` when there is no such file.
fn read_key(path: &Path) -> Result<Option<SecretKey>, UnlockError> {
    let Some(text) = read_if_there(path)? else { return Ok(None) };
    let text = zeroize::Zeroizing::new(text);
    let digits = std::str::from_utf8(&text).ok().and_then(|text| text.trim().parse::<audit::Digest>().ok());
    digits.map(|key| Some(SecretKey::from(key.0))).ok_or_else(|| UnlockError::NoKey(path.to_owned()))
}

fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn stamp(path: &Path) -> io::Result<Stamp> {
    let metadata = fs::metadata(path)?;
    Ok(Stamp { inode: metadata.ino(), modified: (metadata.mtime(), metadata.mtime_nsec()) })
}
