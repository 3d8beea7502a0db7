//! Which erasure took a missing value away, and whether that is what the erasure says of itself.
//!
//! A value in a leaf goes with the leaf's subject or with its actor; the leaf does not say with which. So where both
//! were erased later, either of the two may explain a missing value, as long as neither explains more than it counts.

use std::collections::{BTreeMap, HashMap};

use super::Finding;
use crate::digest::Digest;
use crate::leaf::Leaf;
use crate::value::Value;
use crate::verify::BreakCode;

/// The `privacy.erased` leaves of the bundle.
#[derive(Default)]
pub(super) struct Erasures {
    owners: Owners,
    list: BTreeMap<u64, Erasure>,
    /// The sequence numbers of the erasures of each subject, ascending.
    of_owner: HashMap<u32, Vec<u64>>,
}

/// Whose erasure takes a value of a leaf away: that of its subject, or that of its actor.
pub(super) type Owner = [u32; 2];

/// A digest in leaf `seq` whose disclosure is not there.
pub(super) struct Missing {
    pub(super) seq: u64,
    pub(super) digest: Digest,
    pub(super) owner: Owner,
}

struct Erasure {
    /// How many values it took away, and the SHA-256 of their digests in ascending order.
    count: usize,
    digests: Option<Digest>,
}

impl Erasures {
    pub(super) fn owner_of(&mut self, leaf: &Leaf) -> Owner {
        let (subject, actor) = (&leaf.draft().subject, &leaf.draft().actor);
        [self.owners.number(&subject.kind, &subject.id), self.owners.number("actor", &actor.id)]
    }

    /// Takes a leaf into account if it is an erasure.
    pub(super) fn take(&mut self, leaf: &Leaf) {
        if leaf.draft().kind != "privacy.erased/v1" {
            return;
        }
        let [erased, _] = self.owner_of(leaf);
        let member = |name| match &leaf.draft().data {
            Value::Object(data) => data.get(name),
            _ => None,
        };
        let count = match member("erased") {
            Some(Value::Integer(count)) => usize::try_from(count.get()).unwrap_or(0),
            _ => 0,
        };
        let digests = match member("digests_sha256") {
            Some(Value::String(digests)) => digests.parse().ok(),
            _ => None,
        };
        let seq = leaf.place().seq;
        self.list.insert(seq, Erasure { count, digests });
        self.of_owner.entry(erased).or_default().push(seq);
    }

    /// The erasures that can have taken a value of leaf `seq` away: of its subject, of its actor.
    pub(super) fn of(&self, seq: u64, owner: Owner) -> Vec<u64> {
        let later = |owner| {
            let erasures = self.of_owner.get(&owner)?;
            erasures.get(erasures.partition_point(|erasure| *erasure <= seq)).copied()
        };
        let mut found: Vec<u64> = owner.into_iter().filter_map(later).collect();
        found.dedup();
        found
    }

    /// No erasure explains more than it counts, and where it explains just as many values they are the ones that it
    /// names. Holds only where all leaves of the log were read.
    pub(super) fn check_counts(&self, missing: &[Missing]) -> Result<(), Finding> {
        let mut explained = Explained::default();
        for Missing { seq, digest, owner } in missing {
            match self.of(*seq, *owner)[..] {
                [by] => explained.certain.entry(by).or_default().push(*digest),
                [one, other, ..] => explained.doubt(*digest, [one, other]),
                [] => {}
            }
        }
        let is_full = |seq: &u64, certain: usize| self.list.get(seq).is_some_and(|erasure| certain >= erasure.count);
        explained.decide(self.list.keys().copied(), is_full);
        self.list.iter().try_for_each(|(seq, erasure)| explained.check(*seq, erasure))
    }
}

#[derive(Default)]
struct Explained {
    /// Values that only this erasure explains.
    certain: HashMap<u64, Vec<Digest>>,
    /// Values that either of two explains, until they are decided.
    doubtful: Vec<Option<(Digest, [u64; 2])>>,
    /// By erasure, the doubtful values that it may explain.
    may_explain: HashMap<u64, Vec<usize>>,
}

impl Explained {
    fn doubt(&mut self, digest: Digest, either: [u64; 2]) {
        for erasure in either {
            self.may_explain.entry(erasure).or_default().push(self.doubtful.len());
        }
        self.doubtful.push(Some((digest, either)));
    }

    fn certain(&self, seq: u64) -> &[Digest] {
        self.certain.get(&seq).map_or(&[], Vec::as_slice)
    }

    /// What a full erasure might have taken was taken by the other one, which may be full by that.
    fn decide(&mut self, erasures: impl Iterator<Item = u64>, is_full: impl Fn(&u64, usize) -> bool) {
        let mut full: Vec<u64> = erasures.filter(|seq| is_full(seq, self.certain(*seq).len())).collect();
        while let Some(seq) = full.pop() {
            for at in self.may_explain.remove(&seq).unwrap_or_default() {
                let Some((digest, [one, other])) = self.doubtful[at].take() else { continue };
                let by = if one == seq { other } else { one };
                self.certain.entry(by).or_default().push(digest);
                if is_full(&by, self.certain(by).len()) {
                    full.push(by);
                }
            }
        }
    }

    fn check(&self, seq: u64, erasure: &Erasure) -> Result<(), Finding> {
        let mut digests = self.certain(seq).to_vec();
        digests.sort_unstable();
        let named = || {
            let together: Vec<u8> = digests.iter().flat_map(|digest| digest.0).collect();
            Some(Digest::of(&together)) == erasure.digests
        };
        let fits = digests.len() < erasure.count || digests.is_empty() || (digests.len() == erasure.count && named());
        if fits {
            return Ok(());
        }
        Err(Finding::at(BreakCode::Incomplete, seq, "more is missing than this event says it erased"))
    }
}

/// Subjects and actors by number, so that a missing value takes few bytes.
#[derive(Default)]
struct Owners(HashMap<(String, String), u32>);

impl Owners {
    fn number(&mut self, kind: &str, id: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry((kind.to_owned(), id.to_owned())).or_insert(next)
    }
}
