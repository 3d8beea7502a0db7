//! Reading a whole log again, leaf by leaf, and naming the first thing that does not hold.
//!
//! Memory stays constant but for one entry a subject, one an enrolled key, one a signature, and one a checkpoint that
//! is still to be met. The same code reads a live log and the log in a bundle.

mod awaited;
mod code;
mod outcome;
mod recovery;
mod signatories;
pub(crate) mod subjects;

pub use code::BreakCode;
pub use outcome::{Break, Custody, Head};
pub use recovery::Recovery;
pub(crate) use signatories::Signatories;
pub use signatories::{Evidence, needs_assertion};
pub use subjects::NOT_CONTENT;

use crate::checkpoint::Checkpoint;
use crate::keyring::Keyring;
use crate::leaf::{Leaf, LeafError, Place};
use crate::time::Millis;
use crate::tree::{Hash, RightEdge, leaf_hash};
use awaited::{Awaited, AwaitedCheckpoints, Signature};
use subjects::Subjects;

/// A leaf and its hash: what can be computed of leaves in any order, and on several threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashed {
    pub leaf: Leaf,
    pub hash: Hash,
}

impl Hashed {
    /// # Errors
    /// As [`Leaf::parse`].
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        Ok(Self { leaf: Leaf::parse(bytes)?, hash: leaf_hash(bytes) })
    }
}

/// Takes the leaves of one log in their order, from leaf 0 on.
///
/// After a break it only repeats that break: what follows a break proves nothing.
pub struct LogVerifier {
    keyring: Keyring,
    edge: RightEdge,
    last: Option<Last>,
    subjects: Subjects,
    signatories: Signatories,
    awaited: AwaitedCheckpoints,
    /// The checkpoint that was met last; before that, the empty tree.
    met: (u64, Hash),
    checkpoints: u64,
    pins: u64,
    recovery: Option<Recovery>,
    broken: Option<Break>,
}

#[derive(Clone, Copy)]
struct Last {
    hash: Hash,
    recorded_at: Millis,
}

impl LogVerifier {
    /// For the log of this origin, which every leaf and checkpoint must name. The caller verifies the signatures of
    /// checkpoints.
    #[must_use]
    pub fn new(log: impl Into<String>) -> Self {
        Self::with_keys(Keyring::new(log, &[]))
    }

    /// For the log of this keyring, which learns of further keys on the way: see [`LogVerifier::expect_note`].
    #[must_use]
    pub fn with_keys(keyring: Keyring) -> Self {
        let edge = RightEdge::new();
        let met = (0, edge.root());
        Self {
            keyring,
            edge,
            last: None,
            subjects: Subjects::default(),
            signatories: Signatories::default(),
            awaited: AwaitedCheckpoints::default(),
            met,
            checkpoints: 0,
            pins: 0,
            recovery: None,
            broken: None,
        }
    }

    /// How many leaves were taken.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// How many stored and how many pinned checkpoints were met.
    #[must_use]
    pub fn checkpoints_met(&self) -> (u64, u64) {
        (self.checkpoints, self.pins)
    }

    /// The keys that count, as far as the leaves were read.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The log that this one goes on from, if its first leaf names one.
    #[must_use]
    pub fn recovery(&self) -> Option<&Recovery> {
        self.recovery.as_ref()
    }

    /// Demands that the log lead to this checkpoint, whose signature the caller has verified. Checkpoints may all be
    /// given at the start, or in the order of their sizes between the leaves, each before the log grows past it.
    ///
    /// # Errors
    /// ORIGIN_MISMATCH; EQUIVOCATION with another one of the same size; ROOT_MISMATCH or FORK when the log already
    /// stands at this size with another root; INCOMPLETE when it has grown past it.
    pub fn expect(&mut self, checkpoint: &Checkpoint, custody: Custody) -> Result<(), Break> {
        self.unbroken()?;
        let outcome = if checkpoint.origin == self.keyring.origin() {
            self.await_checkpoint(
                checkpoint.size,
                Awaited { root: checkpoint.root, custody, signature: Signature::Verified },
            )
        } else {
            Err(self.break_here(BreakCode::OriginMismatch, "a checkpoint of another log was given"))
        };
        self.note_break(outcome)
    }

    /// Demands that the log lead to this signed checkpoint. Its signature is verified when the log stands at its size:
    /// by then the leaves have said which keys count. A checkpoint that counts makes the rotations that it covers count.
    ///
    /// # Errors
    /// NOTE_MALFORMED, and as [`LogVerifier::expect`]; later, when it is met, KEY_UNKNOWN, KEY_OUT_OF_RANGE, SIG_BAD
    /// and ORIGIN_MISMATCH.
    pub fn expect_note(&mut self, note: &str, custody: Custody) -> Result<(), Break> {
        self.unbroken()?;
        let outcome = self.await_note(note, custody, Signature::Demanded(note.to_owned()));
        self.note_break(outcome)
    }

    /// Takes an older checkpoint of the log's own into account. Where no key that is trusted by then has signed it, as
    /// when the auditor has the newest key alone, it says nothing.
    ///
    /// # Errors
    /// As [`LogVerifier::expect_note`], but for KEY_UNKNOWN.
    pub fn consider_note(&mut self, note: &str) -> Result<(), Break> {
        self.unbroken()?;
        let outcome = self.await_note(note, Custody::Stored, Signature::IfKnown(note.to_owned()));
        self.note_break(outcome)
    }

    /// Takes the next leaf.
    ///
    /// # Errors
    /// The first rule that it breaks, or the checkpoint at its size that the log does not lead to.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Break> {
        self.feed_hashed(&Hashed::parse(bytes))
    }

    /// Takes the next leaf, and the leaf hash that is stored beside it.
    ///
    /// # Errors
    /// ROOT_MISMATCH when the bytes have another hash; else as [`LogVerifier::feed`].
    pub fn feed_stored(&mut self, bytes: &[u8], stored: &Hash) -> Result<(), Break> {
        self.unbroken()?;
        if leaf_hash(bytes) != *stored {
            let message = "the bytes of this leaf do not have the stored hash";
            return self.note_break(Err(self.break_here(BreakCode::RootMismatch, message)));
        }
        self.feed(bytes)
    }

    /// Takes the next leaf as [`Hashed::parse`] read it.
    ///
    /// # Errors
    /// As [`LogVerifier::feed`].
    pub fn feed_hashed(&mut self, leaf: &Result<Hashed, LeafError>) -> Result<(), Break> {
        self.stage(leaf, Evidence::default())?;
        self.settle(1)
    }

    /// Takes the next leaf and what is at hand beside it, and leaves its signature to [`LogVerifier::settle`].
    ///
    /// # Errors
    /// As [`LogVerifier::feed`]; first that of a signature in an earlier leaf.
    pub fn stage(&mut self, leaf: &Result<Hashed, LeafError>, evidence: Evidence) -> Result<(), Break> {
        self.unbroken()?;
        let taken = match leaf {
            Ok(leaf) => self.take(leaf, evidence),
            Err(error) => Err(self.break_here(BreakCode::Noncanonical, error.to_string())),
        };
        let outcome = taken.map_err(|later| self.signatories.settle(1).err().unwrap_or(later));
        self.note_break(outcome)
    }

    /// Verifies the signatures of the leaves that were staged, on so many threads.
    ///
    /// # Errors
    /// STMT_SIG_BAD, STMT_MISMATCH and those of passkeys: of the first leaf that breaks a rule.
    pub fn settle(&mut self, threads: usize) -> Result<(), Break> {
        self.unbroken()?;
        let outcome = self.signatories.settle(threads);
        self.note_break(outcome)
    }

    /// How many signatures of reviewers hold.
    #[must_use]
    pub fn signatures_verified(&self) -> u64 {
        self.signatories.verified()
    }

    /// Ends the log.
    ///
    /// # Errors
    /// The break that was found, or SIZE_SHORT (ROLLBACK) when a stored (pinned) checkpoint has more leaves.
    pub fn finish(self) -> Result<Head, Break> {
        self.unbroken()?;
        for (size, awaited) in self.awaited.by_gravity() {
            if self.opens(&awaited.signature, self.size())? {
                let message = match awaited.custody {
                    Custody::Stored => "the log ends here, but its own checkpoint has",
                    Custody::Pinned => "the log ends here, but a checkpoint kept elsewhere has",
                };
                return Err(self.break_here(awaited.custody.short(), format!("{message} {size} leaves")));
            }
        }
        Ok(Head { size: self.edge.size(), root: self.edge.root(), signed: self.met.0 })
    }

    fn await_note(&mut self, note: &str, custody: Custody, signature: Signature) -> Result<(), Break> {
        let Checkpoint { size, root, .. } =
            Checkpoint::unopened(note).map_err(|error| self.break_here((&error).into(), error.to_string()))?;
        self.await_checkpoint(size, Awaited { root, custody, signature })
    }

    fn await_checkpoint(&mut self, size: u64, awaited: Awaited) -> Result<(), Break> {
        if size < self.size() && size != self.met.0 {
            let message = format!("the checkpoint of {size} leaves came too late to be checked");
            return Err(self.break_here(BreakCode::Incomplete, message));
        }
        let other = self.awaited.verified_root(size);
        let met = (size == self.met.0).then_some(self.met.1).filter(|_| size > 0);
        if awaited.signature == Signature::Verified && other.or(met).is_some_and(|other| other != awaited.root) {
            return Err(equivocation(size));
        }
        if size < self.size() {
            return self.meet_one(size, self.met.1, &awaited, true);
        }
        self.awaited.add(size, awaited);
        self.meet()
    }

    fn take(&mut self, hashed: &Hashed, evidence: Evidence) -> Result<(), Break> {
        let Hashed { leaf, hash } = hashed;
        let place = leaf.place();
        self.check_position(place)?;
        self.check_time(place)?;
        let prior = self
            .subjects
            .follow(leaf, *hash, subjects::Span::FromStart)
            .map_err(|message| self.break_here(BreakCode::SubjectGap, message))?;
        self.signatories.take(hashed, prior, evidence)?;
        self.recovery = self.recovery.take().or_else(|| Recovery::of(leaf));
        self.keyring.take(leaf);
        self.edge.append(*hash);
        self.last = Some(Last { hash: *hash, recorded_at: place.recorded_at });
        self.meet()
    }

    fn check_position(&self, place: &Place) -> Result<(), Break> {
        if place.log != self.keyring.origin() {
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

    /// Compares the root with the checkpoints of this size, the log's own first.
    fn meet(&mut self) -> Result<(), Break> {
        let size = self.size();
        let Some(awaited) = self.awaited.take(size) else { return Ok(()) };
        let root = self.edge.root();
        let mut stored = false;
        for awaited in awaited {
            self.meet_one(size, root, &awaited, stored)?;
            stored |= awaited.custody == Custody::Stored && self.met.0 == size;
        }
        Ok(())
    }

    /// `stored`: whether the log's own checkpoint of this size was met.
    fn meet_one(&mut self, size: u64, root: Hash, awaited: &Awaited, stored: bool) -> Result<(), Break> {
        if !self.opens(&awaited.signature, size)? {
            return Ok(());
        }
        if awaited.root != root {
            let (good, last) = (self.met.0, size.saturating_sub(1));
            let message = match awaited.custody {
                Custody::Pinned if stored => return Err(equivocation(size)),
                Custody::Pinned => {
                    format!("the leaves {good} to {last} are not those of the checkpoint kept elsewhere")
                }
                Custody::Stored => {
                    format!("the leaves {good} to {last} do not lead to the log's checkpoint of {size} leaves")
                }
            };
            return Err(Break { code: awaited.custody.differs(), index: good, message });
        }
        match awaited.custody {
            Custody::Stored => self.checkpoints += 1,
            // The empty log is the beginning of every history.
            Custody::Pinned => self.pins += u64::from(size > 0),
        }
        self.met = (size, root);
        self.keyring.cover(size);
        Ok(())
    }

    /// Whether a checkpoint says something: its signature is verified, or was.
    fn opens(&self, signature: &Signature, index: u64) -> Result<bool, Break> {
        let (note, demanded) = match signature {
            Signature::Verified => return Ok(true),
            Signature::Demanded(note) => (note, true),
            Signature::IfKnown(note) => (note, false),
        };
        match self.keyring.open(note).map_err(|error| (BreakCode::from(&error), error)) {
            Ok(_) => Ok(true),
            Err((BreakCode::KeyUnknown, _)) if !demanded => Ok(false),
            Err((code, error)) => Err(Break { code, index, message: error.to_string() }),
        }
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

fn equivocation(size: u64) -> Break {
    let message = format!("two checkpoints of {size} leaves have different roots");
    Break { code: BreakCode::Equivocation, index: size.saturating_sub(1), message }
}
