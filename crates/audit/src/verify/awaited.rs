//! The checkpoints that a log still has to lead to, by size.

use std::collections::BTreeMap;

use super::Custody;
use crate::tree::Hash;

#[derive(Debug, Clone)]
pub(super) struct Awaited {
    pub(super) root: Hash,
    pub(super) custody: Custody,
    pub(super) signature: Signature,
}

/// How a checkpoint's signature is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signature {
    /// By the caller, before.
    Verified,
    /// When it is met: this signed note must open.
    Demanded(String),
    /// When it is met, if a key that is trusted then has signed; else it says nothing.
    IfKnown(String),
}

#[derive(Debug, Default)]
pub(super) struct AwaitedCheckpoints(BTreeMap<u64, Vec<Awaited>>);

impl AwaitedCheckpoints {
    pub(super) fn add(&mut self, size: u64, awaited: Awaited) {
        let of_size = self.0.entry(size).or_default();
        of_size.push(awaited);
        of_size.sort_by_key(|awaited| awaited.custody == Custody::Pinned);
    }

    /// The log's own first, then the pinned ones.
    pub(super) fn take(&mut self, size: u64) -> Option<Vec<Awaited>> {
        self.0.remove(&size)
    }

    /// The root of one whose signature was verified already.
    pub(super) fn verified_root(&self, size: u64) -> Option<Hash> {
        self.0.get(&size)?.iter().find(|awaited| awaited.signature == Signature::Verified).map(|awaited| awaited.root)
    }

    /// Of those that are left when the log ends: a pinned one accuses, a stored one may merely be ahead of a cut tail.
    /// The largest stored one comes first.
    pub(super) fn by_gravity(&self) -> impl Iterator<Item = (u64, &Awaited)> {
        let all = || self.0.iter().flat_map(|(size, of_size)| of_size.iter().map(|awaited| (*size, awaited)));
        let pinned = all().filter(|(_, awaited)| awaited.custody == Custody::Pinned);
        let stored: Vec<_> = all().filter(|(_, awaited)| awaited.custody == Custody::Stored).collect();
        pinned.chain(stored.into_iter().rev())
    }
}
