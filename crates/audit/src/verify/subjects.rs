//! The chains of the subjects: `subject.seq` and `subject.prev`.

use std::collections::HashMap;

use crate::leaf::Leaf;
use crate::tree::Hash;

/// Which leaves of a subject are at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// All of them, from its first on.
    FromStart,
    /// A run of them that may start anywhere.
    Run,
    /// Some of them.
    Some,
}

/// The last leaf about a subject's content before the one at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prior {
    /// The leaves at hand do not tell.
    Unknown,
    /// There is none.
    Nothing,
    Leaf(Hash),
}

#[derive(Debug, Default)]
pub(crate) struct Subjects(HashMap<(String, String), Link>);

/// The last leaf of a subject.
#[derive(Debug, Clone, Copy)]
struct Link {
    seq: u64,
    hash: Hash,
    content: Prior,
}

/// Events that leave a document's content as it is, looks at it and the heads that bundles write: they never move the
/// chain that statements are signed against.
pub const NOT_CONTENT: [&str; 2] = ["document.viewed/v1", "subject.head/v1"];

impl Subjects {
    /// Follows the chain of the leaf's subject by one leaf.
    ///
    /// # Errors
    /// In plain words: the leaf does not follow the one before it.
    pub(crate) fn follow(&mut self, leaf: &Leaf, hash: Hash, span: Span) -> Result<Prior, String> {
        let (place, subject) = (leaf.place(), &leaf.draft().subject);
        let (seq, prev) = (place.subject_seq, place.subject_prev);
        let subject = (subject.kind.clone(), subject.id.clone());
        let link = self.0.get(&subject).copied();
        let expected = link.map_or(0, |link| link.seq + 1);
        let starts_here = link.is_none() && span != Span::FromStart;
        let prior = if seq > expected && (starts_here || span == Span::Some) {
            Prior::Unknown
        } else if seq != expected {
            return Err(format!("event {seq} of its subject, where {expected} comes next"));
        } else if prev != link.map(|link| link.hash) {
            return Err("the leaf follows another event of its subject".to_owned());
        } else {
            link.map_or(Prior::Nothing, |link| link.content)
        };
        let content = if NOT_CONTENT.contains(&leaf.draft().kind.as_str()) { prior } else { Prior::Leaf(hash) };
        self.0.insert(subject, Link { seq, hash, content });
        Ok(prior)
    }
}
