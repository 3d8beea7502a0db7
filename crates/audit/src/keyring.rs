//! The keys of one log over time, and which signature of a checkpoint counts.
//!
//! The auditor pins keys; each is trusted from size 0. The log itself goes on from there: `key.rotated/v1` names a
//! successor, trusted once a checkpoint that counts covers that leaf; `key.retired/v1` and `key.revoked/v1` end a key.
//!
//! A key counts for a checkpoint of `from < size ≤ to` leaves. `from` is what the rotation says (a pinned key has
//! none); `to` is the sequence number of the retiring leaf, or what the revoking leaf says is still good.

use crate::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use crate::leaf::Leaf;
use crate::note::VerifierKey;
use crate::value::Value;

/// The subject of every event about a key of the log.
pub const SUBJECT_KIND: &str = "log_key";

/// What a leaf says about a key of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyEvent {
    Rotated(Box<Rotation>),
    /// A checkpoint that covers this leaf must not rest on `key` alone.
    Retired {
        key: VerifierKey,
    },
    /// `key` counts only for checkpoints of at most `good_to` leaves.
    Revoked {
        key: VerifierKey,
        good_to: u64,
    },
}

/// `new` may sign checkpoints of more than `from` leaves; `old` vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    pub old: VerifierKey,
    pub new: VerifierKey,
    pub from: u64,
}

impl KeyEvent {
    /// `None` for every other leaf, and for a key event that is not of its form: it changes nothing.
    #[must_use]
    pub fn of(leaf: &Leaf) -> Option<Self> {
        let draft = leaf.draft();
        if draft.subject.kind != SUBJECT_KIND {
            return None;
        }
        let Value::Object(data) = &draft.data else { return None };
        let key = |name| match data.get(name) {
            Some(Value::String(key)) => key.parse::<VerifierKey>().ok(),
            _ => None,
        };
        let size = |name| match data.get(name) {
            Some(Value::Integer(size)) => u64::try_from(size.get()).ok(),
            _ => None,
        };
        match draft.kind.as_str() {
            "key.rotated/v1" => {
                let rotation = Rotation { old: key("old")?, new: key("new")?, from: size("from")? };
                Some(Self::Rotated(Box::new(rotation)))
            }
            "key.retired/v1" => Some(Self::Retired { key: key("key")? }),
            // A revocation that does not say what is still good leaves nothing.
            "key.revoked/v1" => Some(Self::Revoked { key: key("key")?, good_to: size("good_to").unwrap_or(0) }),
            _ => None,
        }
    }
}

/// The keys of the log `origin` that count, as far as its leaves were read.
#[derive(Debug, Clone)]
pub struct Keyring {
    origin: String,
    trusted: Vec<Trusted>,
    /// Limits of keys, trusted or not: what ends a key may stand before the checkpoint that makes it trusted.
    ends: Vec<(VerifierKey, u64)>,
    /// Rotations that no checkpoint that counts has covered yet, in the order of their leaves.
    uncovered: Vec<(u64, Rotation)>,
}

#[derive(Debug, Clone)]
struct Trusted {
    key: VerifierKey,
    /// Counts for checkpoints of more leaves than this; a pinned key for all.
    from: Option<u64>,
}

impl Keyring {
    /// With the keys that the auditor pins. A key of another name than the origin can sign nothing of this log.
    #[must_use]
    pub fn new(origin: impl Into<String>, pinned: &[VerifierKey]) -> Self {
        let trusted = pinned.iter().map(|key| Trusted { key: key.clone(), from: None }).collect();
        Self { origin: origin.into(), trusted, ends: Vec::new(), uncovered: Vec::new() }
    }

    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The keys that are trusted now, pinned ones first.
    pub fn trusted(&self) -> impl Iterator<Item = &VerifierKey> {
        self.trusted.iter().map(|trusted| &trusted.key)
    }

    /// Takes the leaf `seq` into account if it is about a key.
    pub fn take(&mut self, leaf: &Leaf) {
        let seq = leaf.place().seq;
        match KeyEvent::of(leaf) {
            Some(KeyEvent::Rotated(rotation)) => self.uncovered.push((seq, *rotation)),
            Some(KeyEvent::Retired { key }) => self.ends.push((key, seq)),
            Some(KeyEvent::Revoked { key, good_to }) => self.ends.push((key, good_to)),
            None => {}
        }
    }

    /// Opens a checkpoint of this log with the keys that are trusted and valid at its size.
    ///
    /// # Errors
    /// Besides those of [`Checkpoint::open`], [`CheckpointError::KeyOutOfRange`] when trusted keys have signed, but
    /// none that is valid at this size.
    pub fn open(&self, note: &str) -> Result<SignedCheckpoint, CheckpointError> {
        let opened = Checkpoint::open(note, &self.origin, self.trusted())?;
        let size = opened.checkpoint.size;
        let signed = |key: &VerifierKey| {
            opened.verified.iter().any(|signature| signature.name == key.name() && signature.id == key.id())
        };
        let counts = |trusted: &Trusted| signed(&trusted.key) && self.is_valid(trusted, size);
        if self.trusted.iter().any(counts) { Ok(opened) } else { Err(CheckpointError::KeyOutOfRange { size }) }
    }

    /// A checkpoint of `size` leaves counts and the log leads to it: so do the rotations that it covers.
    pub fn cover(&mut self, size: u64) {
        for (seq, rotation) in std::mem::take(&mut self.uncovered) {
            if seq >= size {
                self.uncovered.push((seq, rotation));
            } else if self.knows(&rotation.old) && !self.knows(&rotation.new) {
                self.trusted.push(Trusted { key: rotation.new, from: Some(rotation.from) });
            }
        }
    }

    fn knows(&self, key: &VerifierKey) -> bool {
        self.trusted().any(|trusted| trusted == key)
    }

    fn is_valid(&self, trusted: &Trusted, size: u64) -> bool {
        let mut ends = self.ends.iter().filter(|(key, _)| *key == trusted.key);
        trusted.from.is_none_or(|from| size > from) && ends.all(|(_, to)| size <= *to)
    }
}
