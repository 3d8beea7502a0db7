//! The last-signed heads, outside the database: whoever restores an old copy of it, or cuts its tail, is found out
//! here. One small file a log, written whole or not at all.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use audit::{Hash, tree::RightEdge};
use domain::id::OrganizationId;
use serde::{Deserialize, Serialize};

use crate::{
    error::{InternalError, Result},
    files,
    store::log::LogId,
};

/// What was signed last, and the right edge of the tree at that size.
#[derive(Clone)]
pub(crate) struct SignedHead {
    pub size: u64,
    pub root: Hash,
    pub edge: RightEdge,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    origin: String,
    size: u64,
    root: String,
    /// The complete subtrees of the tree, largest first, in hexadecimal.
    edge: String,
}

pub(crate) struct HeadStore {
    folder: PathBuf,
    heads: Mutex<HashMap<String, SignedHead>>,
}

impl HeadStore {
    /// Reads the heads in `heads/` under the data folder, which is made when missing.
    ///
    /// # Errors
    /// A head that can't be read: without it, nobody knows what was signed.
    pub fn open(data: &Path) -> io::Result<HeadStore> {
        let folder = data.join("heads");
        files::make_private_folder(&folder)?;
        let heads = Mutex::new(read_all(&folder)?);
        Ok(HeadStore { folder, heads })
    }

    fn heads(&self) -> MutexGuard<'_, HashMap<String, SignedHead>> {
        // A panic elsewhere leaves the map whole: it changes by one insert.
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last-signed head of a log; of an empty tree when nothing was signed.
    pub fn get(&self, origin: &str) -> SignedHead {
        let edge = RightEdge::new();
        let empty = SignedHead { size: 0, root: edge.root(), edge };
        self.heads().get(origin).cloned().unwrap_or(empty)
    }

    /// Takes up what another process over this folder has signed meanwhile. A head never goes back.
    pub fn refresh(&self, origin: &str) -> Result<()> {
        let path = self.path(origin);
        if path.is_file() {
            let (_, head) = read(&path)?;
            let mut heads = self.heads();
            if heads.get(origin).is_none_or(|known| known.size < head.size) {
                heads.insert(origin.to_owned(), head);
            }
        }
        Ok(())
    }

    fn path(&self, origin: &str) -> PathBuf {
        self.folder.join(format!("{}.json", file_stem(origin)))
    }

    /// # Errors
    /// `LOG_BEHIND` when the database holds fewer leaves than were signed.
    pub fn refuse_behind(&self, origin: &str, size: u64) -> Result<()> {
        let signed = self.get(origin).size;
        if size >= signed {
            return Ok(());
        }
        let message = format!(
            "LOG_BEHIND: the database holds {size} leaves of {origin}, but {signed} were signed: it is an older copy. \
             Restore the newest copy; nothing is appended meanwhile"
        );
        Err(InternalError::Other(message).into())
    }

    /// # Errors
    /// `HEAD_MISSING` when more was published than this store knows to be signed: it was lost, or set back.
    pub fn refuse_forgotten(&self, origin: &str, published: u64) -> Result<()> {
        if published <= self.get(origin).size {
            return Ok(());
        }
        // A server may have signed since this process read the folder; what it published, it had written here before.
        *self.heads() = read_all(&self.folder)?;
        let signed = self.get(origin).size;
        if published <= signed {
            return Ok(());
        }
        let message = format!(
            "HEAD_MISSING: a checkpoint of {published} leaves of {origin} was published, but the folder of last-signed \
             heads knows of {signed}: put the newest heads/ back. Nothing is appended or signed meanwhile"
        );
        Err(InternalError::Other(message).into())
    }

    /// # Errors
    /// `LOG_BEHIND` when a later epoch of this log was signed: the database is a copy from before it was opened.
    pub fn refuse_earlier_epoch(&self, log: LogId) -> Result<()> {
        let Some((last, _)) = self.last_epoch(log.organization).filter(|(last, _)| *last > log.epoch) else {
            return Ok(());
        };
        let message = format!(
            "LOG_BEHIND: the database knows {} up to epoch {}, but epoch {last} was signed: it is an older copy. \
             Restore the newest copy; nothing is appended meanwhile",
            log.organization, log.epoch
        );
        Err(InternalError::Other(message).into())
    }

    /// The last epoch of an organization's logs of which a head was signed, and its origin.
    pub fn last_epoch(&self, organization: OrganizationId) -> Option<(i32, String)> {
        let before = format!("/log/{organization}/e");
        let epoch = |origin: &String| origin.split_once(&before)?.1.parse().ok().map(|epoch| (epoch, origin.clone()));
        self.heads().keys().filter_map(epoch).max()
    }

    /// Puts `new` in place of `old`; nothing is signed before this has returned.
    ///
    /// # Errors
    /// When another head was signed meanwhile, here or by another process over this folder, or the file can't be
    /// written.
    pub fn swap(&self, origin: &str, old: &SignedHead, new: &SignedHead) -> Result<()> {
        let mut heads = self.heads();
        let path = self.path(origin);
        let _lock = files::lock(&self.folder.join("lock"))?;
        let present = path.is_file().then(|| read(&path)).transpose()?.map(|(_, head)| head);
        if present.as_ref().map_or(0, |head| head.size) != old.size
            || present.as_ref().is_some_and(|head| head.root != old.root)
        {
            heads.extend(present.map(|head| (origin.to_owned(), head)));
            return Err(InternalError::Other("another head was signed meanwhile".into()).into());
        }
        let stored = Stored {
            origin: origin.to_owned(),
            size: new.size,
            root: new.root.to_string(),
            edge: new.edge.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        let json = serde_json::to_vec_pretty(&stored).map_err(|error| InternalError::Other(error.to_string()))?;
        files::write_durably(&path, &json)?;
        heads.insert(origin.to_owned(), new.clone());
        Ok(())
    }
}

/// `localhost/log/<organization>/e1` -> `localhost_log_<organization>_e1`.
pub(super) fn file_stem(origin: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' };
    origin.chars().map(plain).collect()
}

fn read_all(folder: &Path) -> io::Result<HashMap<String, SignedHead>> {
    let mut heads = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let (origin, head) = read(&path)?;
            heads.insert(origin, head);
        }
    }
    Ok(heads)
}

fn read(path: &Path) -> io::Result<(String, SignedHead)> {
    let unreadable = |what: &str| io::Error::other(format!("{}: {what}", path.display()));
    let stored: Stored = serde_json::from_slice(&fs::read(path)?).map_err(|error| unreadable(&error.to_string()))?;
    let bytes: Option<Vec<u8>> =
        (0..stored.edge.len()).step_by(2).map(|at| u8::from_str_radix(stored.edge.get(at..at + 2)?, 16).ok()).collect();
    let edge = RightEdge::from_bytes(&bytes.ok_or_else(|| unreadable("the edge is not hexadecimal"))?)
        .map_err(|error| unreadable(&error.to_string()))?;
    let root: Hash = stored.root.parse().map_err(|_| unreadable("the root is no hash"))?;
    if edge.size() != stored.size || edge.root() != root {
        return Err(unreadable("the edge does not give the root"));
    }
    Ok((stored.origin, SignedHead { size: stored.size, root, edge }))
}
