//! Reading a whole log again, leaf by leaf, and naming the first thing that does not hold.
//!
//! Memory stays constant but for one entry a subject and one a checkpoint that is still to be met.

mod code;

use std::collections::{BTreeMap, HashMap};

pub use code::BreakCode;

use crate::checkpoint::Checkpoint;
use crate::leaf::{Leaf, Place};
use crate::time::Millis;
use crate::tree::{Hash, RightEdge, leaf_hash};

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at index {index}: {message}")]
pub struct Break {
    pub code: BreakCode,
    /// The leaf; where only a range of leaves can be named, the first of it.
    pub index: u64,
    /// Plain words for the auditor, without any content of a leaf.
    pub message: String,
}

/// Where a checkpoint was kept, which says what it means when the log does not lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    /// Beside the log: the log was changed, or its tail is missing.
    Stored,
    /// By the auditor, a witness, a receipt, outside the operator's reach: history was forked or rolled back.
    Pinned,
}

/// What a log that holds amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub size: u64,
    pub root: Hash,
    /// The size of the largest checkpoint that was met: leaves from here on are not signed yet.
    pub signed: u64,
}

/// Takes the leaves of one log in their order, from leaf 0 on.
///
/// After a break it only repeats that break: what follows a break proves nothing.
pub struct LogVerifier {
    log: String,
    edge: RightEdge,
    last: Option<Last>,
    subjects: HashMap<Subject, Link>,
    awaited: BTreeMap<u64, Awaited>,
    /// The checkpoint that was met last; before that, the empty tree.
    met: (u64, Hash),
    broken: Option<Break>,
}

type Subject = (String, String);

#[derive(Clone, Copy)]
struct Last {
    hash: Hash,
    recorded_at: Millis,
}

/// The last leaf of a subject.
#[derive(Clone, Copy)]
struct Link {
    seq: u64,
    hash: Hash,
}

struct Awaited {
    root: Hash,
    custody: Custody,
}

impl LogVerifier {
    /// For the log of this origin, which every leaf and checkpoint must name.
    #[must_use]
    pub fn new(log: impl Into<String>) -> Self {
        let edge = RightEdge::new();
        let met = (0, edge.root());
        Self {
            log: log.into(),
            edge,
            last: None,
            subjects: HashMap::new(),
            awaited: BTreeMap::new(),
            met,
            broken: None,
        }
    }

    /// How many leaves were taken.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Demands that the log lead to this checkpoint, whose signature the caller has verified. Checkpoints may all be
    /// given at the start, or in the order of their sizes between the leaves, each before the log grows past it.
    ///
    /// # Errors
    /// ORIGIN_MISMATCH; EQUIVOCATION with another one of the same size; ROOT_MISMATCH or FORK when the log already
    /// stands at this size with another root; INCOMPLETE when it has grown past it.
    pub fn expect(&mut self, checkpoint: &Checkpoint, custody: Custody) -> Result<(), Break> {
        self.unbroken()?;
        let outcome = self.await_checkpoint(checkpoint, custody);
        self.note_break(outcome)
    }

    /// Takes the next leaf.
    ///
    /// # Errors
    /// The first rule that it breaks, or the checkpoint at its size that the log does not lead to.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Break> {
        self.unbroken()?;
        let outcome = self.take(bytes, leaf_hash(bytes));
        self.note_break(outcome)
    }

    /// Takes the next leaf, and the leaf hash that is stored beside it.
    ///
    /// # Errors
    /// ROOT_MISMATCH when the bytes have another hash; else as [`LogVerifier::feed`].
    pub fn feed_stored(&mut self, bytes: &[u8], stored: &Hash) -> Result<(), Break> {
        self.unbroken()?;
        let hash = leaf_hash(bytes);
        let outcome = if hash == *stored {
            self.take(bytes, hash)
        } else {
            Err(self.break_here(BreakCode::RootMismatch, "the bytes of this leaf do not have the stored hash"))
        };
        self.note_break(outcome)
    }

    /// Ends the log.
    ///
    /// # Errors
    /// The break that was found, or SIZE_SHORT (ROLLBACK) when a stored (pinned) checkpoint has more leaves.
    pub fn finish(self) -> Result<Head, Break> {
        self.unbroken()?;
        // A pinned checkpoint accuses, a stored one may merely be ahead of a cut tail: name the graver first.
        let pinned = self.awaited.iter().find(|(_, awaited)| awaited.custody == Custody::Pinned);
        if let Some((size, awaited)) = pinned.or_else(|| self.awaited.iter().next_back()) {
            let message = match awaited.custody {
                Custody::Stored => "the log ends here, but its own checkpoint has",
                Custody::Pinned => "the log ends here, but a checkpoint kept elsewhere has",
            };
            return Err(self.break_here(awaited.custody.short(), format!("{message} {size} leaves")));
        }
        Ok(Head { size: self.edge.size(), root: self.edge.root(), signed: self.met.0 })
    }

    fn await_checkpoint(&mut self, checkpoint: &Checkpoint, custody: Custody) -> Result<(), Break> {
        let (size, root) = (checkpoint.size, checkpoint.root);
        if checkpoint.origin != self.log {
            return Err(self.break_here(BreakCode::OriginMismatch, "a checkpoint of another log was given"));
        }
        if size < self.size() && size != self.met.0 {
            let message = format!("the checkpoint of {size} leaves came too late to be checked");
            return Err(self.break_here(BreakCode::Incomplete, message));
        }
        let other = self.awaited.get(&size).map(|awaited| awaited.root);
        let met = (size == self.met.0).then_some(self.met.1).filter(|_| size > 0);
        if other.or(met).is_some_and(|other| other != root) {
            let message = format!("two checkpoints of {size} leaves have different roots");
            return Err(Break { code: BreakCode::Equivocation, index: size.saturating_sub(1), message });
        }
        if size < self.size() {
            return Ok(());
        }
        // Of two equal ones the pinned one says more.
        let awaited = self.awaited.entry(size).or_insert(Awaited { root, custody });
        if custody == Custody::Pinned {
            awaited.custody = custody;
        }
        self.meet()
    }

    fn take(&mut self, bytes: &[u8], hash: Hash) -> Result<(), Break> {
        let leaf = Leaf::parse(bytes).map_err(|error| self.break_here(BreakCode::Noncanonical, error.to_string()))?;
        let (place, subject) = (leaf.place(), &leaf.draft().subject);
        let subject = (subject.kind.clone(), subject.id.clone());
        self.check_position(place)?;
        self.check_time(place)?;
        self.check_subject(place, &subject)?;
        self.edge.append(hash);
        self.last = Some(Last { hash, recorded_at: place.recorded_at });
        self.subjects.insert(subject, Link { seq: place.subject_seq, hash });
        self.meet()
    }

    fn check_position(&self, place: &Place) -> Result<(), Break> {
        if place.log != self.log {
            return Err(self.break_here(BreakCode::LogMismatch, "the leaf names another log"));
        }
        if place.seq != self.size() {
            let message = format!("the leaf carries the sequence number {}", place.seq);
            return Err(self.break_here(BreakCode::SeqGap, message));
        }
        if place.prev != self.last.map(|last| last.hash) {
            return Err(self.break_here(BreakCode::PrevBroken, "the leaf follows another leaf than the one before it"));
        }
        Ok(())
    }

    fn check_time(&self, place: &Place) -> Result<(), Break> {
        let Some(Last { recorded_at: before, .. }) = self.last else { return Ok(()) };
        if place.recorded_at < before {
            let message = format!("recorded at {}, before the previous leaf at {before}", place.recorded_at);
            return Err(self.break_here(BreakCode::TimeRegression, message));
        }
        if place.held_back && place.recorded_at != before {
            let message = format!("marked as held back to {before}, but recorded at {}", place.recorded_at);
            return Err(self.break_here(BreakCode::TimeRegression, message));
        }
        Ok(())
    }

    fn check_subject(&self, place: &Place, subject: &Subject) -> Result<(), Break> {
        let link = self.subjects.get(subject);
        let expected = link.map_or(0, |link| link.seq + 1);
        if place.subject_seq != expected {
            let message = format!("event {} of its subject, where {expected} comes next", place.subject_seq);
            return Err(self.break_here(BreakCode::SubjectGap, message));
        }
        if place.subject_prev != link.map(|link| link.hash) {
            return Err(self.break_here(BreakCode::SubjectGap, "the leaf follows another event of its subject"));
        }
        Ok(())
    }

    /// Compares the root with the checkpoint of this size, if there is one.
    fn meet(&mut self) -> Result<(), Break> {
        let size = self.size();
        let Some(awaited) = self.awaited.remove(&size) else { return Ok(()) };
        let root = self.edge.root();
        if awaited.root == root {
            self.met = (size, root);
            return Ok(());
        }
        let (good, last) = (self.met.0, size.saturating_sub(1));
        let message = match awaited.custody {
            Custody::Stored => {
                format!("the leaves {good} to {last} do not lead to the log's checkpoint of {size} leaves")
            }
            Custody::Pinned => format!("the leaves {good} to {last} are not those of the checkpoint kept elsewhere"),
        };
        Err(Break { code: awaited.custody.differs(), index: good, message })
    }

    fn break_here(&self, code: BreakCode, message: impl Into<String>) -> Break {
        Break { code, index: self.size(), message: message.into() }
    }

    fn unbroken(&self) -> Result<(), Break> {
        self.broken.clone().map_or(Ok(()), Err)
    }

    fn note_break(&mut self, outcome: Result<(), Break>) -> Result<(), Break> {
        self.broken = outcome.as_ref().err().cloned();
        outcome
    }
}

impl Custody {
    fn differs(self) -> BreakCode {
        match self {
            Self::Stored => BreakCode::RootMismatch,
            Self::Pinned => BreakCode::Fork,
        }
    }

    fn short(self) -> BreakCode {
        match self {
            Self::Stored => BreakCode::SizeShort,
            Self::Pinned => BreakCode::Rollback,
        }
    }
}
