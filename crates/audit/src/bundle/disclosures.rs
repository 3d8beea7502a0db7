//! The disclosures beside the leaves, and what became of those that are not there.
//!
//! Both files are in the order of the leaves, so they are read side by side. A missing disclosure is judged when all
//! leaves were read: a later `privacy.erased` may explain it.

use std::collections::{BTreeMap, BTreeSet};

use super::erasures::{Erasures, Missing, Owner};
use super::files::{Files, Lines};
use super::{About, Erased, Finding, Note};
use crate::canonical;
use crate::digest::Digest;
use crate::disclosure::Disclosure;
use crate::leaf::{Leaf, MAX_BYTES};
use crate::value::Value;
use crate::verify::{BreakCode, Evidence, Hashed, needs_assertion};

const FILE: &str = "disclosures.ndjson";

/// The longest line of `disclosures.ndjson`, in bytes.
pub const MAX_LINE: usize = 64 * MAX_BYTES;

/// A line of `disclosures.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub seq: u64,
    /// The exact bytes of the disclosure, which are text.
    pub disclosure: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line of disclosures.ndjson is none")]
pub struct NotALine;

impl Line {
    /// Canonical JSON, without the newline.
    ///
    /// # Errors
    /// A sequence number beyond 2^53 − 1.
    pub fn encode(&self) -> Result<Vec<u8>, NotALine> {
        let seq = Value::try_from(self.seq).map_err(|_| NotALine)?;
        let line = crate::value::object([("disclosure", self.disclosure.as_str().into()), ("seq", seq)]);
        canonical::encode(&line).map_err(|_| NotALine)
    }

    /// # Errors
    /// Bytes that [`Line::encode`] would not have made.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotALine> {
        let Ok(Value::Object(mut members)) = canonical::parse(bytes) else { return Err(NotALine) };
        match (members.remove("disclosure"), members.remove("seq"), members.is_empty()) {
            (Some(Value::String(disclosure)), Some(Value::Integer(seq)), true) => {
                Ok(Self { seq: u64::try_from(seq.get()).map_err(|_| NotALine)?, disclosure })
            }
            _ => Err(NotALine),
        }
    }
}

/// Follows the leaves.
pub(super) struct Disclosures<'a> {
    lines: Option<Lines<'a>>,
    next: Option<Line>,
    about: &'a About,
    checked: u64,
    broken: Option<Finding>,
    erasures: Erasures,
    missing: Vec<Missing>,
    /// Leaves whose statement has no text here.
    silent: Vec<(u64, Owner)>,
    received: Vec<Received>,
    notes: BTreeSet<Note>,
}

/// A leaf `document.received`.
struct Received {
    seq: u64,
    owner: Owner,
    /// The hash of the file, as the leaf's disclosure says.
    disclosed: Option<Digest>,
}

/// An uploaded file that was not erased.
pub(super) struct Upload {
    pub(super) seq: u64,
    /// Where the hash is disclosed.
    pub(super) sha256: Option<Digest>,
}

/// How many disclosures hold, what was erased, what was left out, and which files were uploaded.
pub(super) struct Judged {
    pub(super) checked: u64,
    pub(super) erased: Vec<Erased>,
    pub(super) notes: BTreeSet<Note>,
    pub(super) uploads: Vec<Upload>,
}

impl<'a> Disclosures<'a> {
    pub(super) fn of(files: &'a dyn Files, about: &'a About) -> Result<Self, Finding> {
        let lines = files.listing().contains_key(FILE).then(|| Lines::of(files, FILE, MAX_LINE)).transpose()?;
        let mut disclosures = Self {
            lines,
            next: None,
            about,
            checked: 0,
            broken: None,
            erasures: Erasures::default(),
            missing: Vec::new(),
            silent: Vec::new(),
            received: Vec::new(),
            notes: BTreeSet::new(),
        };
        disclosures.advance();
        Ok(disclosures)
    }

    /// Takes the disclosures of the next leaf. Answers the hash of the uploaded file, where it is among them.
    pub(super) fn take(&mut self, Hashed { leaf, .. }: &Hashed) -> Option<Digest> {
        let (draft, seq) = (leaf.draft(), leaf.place().seq);
        let mut undisclosed: Vec<Digest> = draft.sd.iter().copied().chain(draft.subject.commit).collect();
        let mut document_sha256 = None;
        while let Some(line) = self.next.take_if(|line| line.seq <= seq) {
            match disclosed(&line, seq, &mut undisclosed) {
                Some(disclosure) => {
                    self.checked += 1;
                    document_sha256 = document_sha256.or_else(|| document_hash(&disclosure));
                }
                None => self.found(Finding::at(
                    BreakCode::SdMismatch,
                    line.seq,
                    "a disclosure that its leaf does not commit to",
                )),
            }
            self.advance();
        }
        if self.about.disclosures && !undisclosed.is_empty() {
            let owner = self.erasures.owner_of(leaf);
            self.missing.extend(undisclosed.into_iter().map(|digest| Missing { seq, digest, owner }));
        } else if !undisclosed.is_empty() {
            self.notes.insert(Note::DisclosuresLeftOut);
        }
        if draft.kind == "document.received/v1" {
            let owner = self.erasures.owner_of(leaf);
            self.received.push(Received { seq, owner, disclosed: document_sha256 });
        }
        self.erasures.take(leaf);
        document_sha256
    }

    /// Takes down what is not there of this leaf's statement: its text, or what is needed to verify its signature.
    pub(super) fn miss_statement(&mut self, leaf: &Leaf, evidence: &Evidence) {
        if evidence.is_complete(leaf) {
            return;
        }
        if self.about.statements {
            let owner = self.erasures.owner_of(leaf);
            self.silent.push((leaf.place().seq, owner));
        } else {
            self.notes.insert(Note::StatementsLeftOut);
        }
        let unverified = leaf.draft().stmt.as_ref().is_some_and(|stmt| needs_assertion(&stmt.alg));
        if unverified && evidence.assertion.is_none() {
            self.notes.insert(Note::SignaturesNotChecked);
        }
    }

    /// `whole`: all leaves of the log were read, so that the counts of erasures can be compared.
    pub(super) fn finish(mut self, whole: bool) -> Result<Judged, Finding> {
        if let Some(line) = self.next.take() {
            self.found(Finding::at(BreakCode::SdMismatch, line.seq, "a disclosure that no leaf commits to"));
        }
        if let Some(finding) = self.broken {
            return Err(finding);
        }
        let mut erased = BTreeMap::new();
        let missing = self.missing.iter().map(|missing| (missing.seq, missing.owner, "a disclosure"));
        let silent = self.silent.iter().map(|(seq, owner)| (*seq, *owner, "the text of a statement"));
        for (seq, owner, what) in missing.chain(silent) {
            match self.erasures.of(seq, owner).first() {
                Some(by) => erased.insert(seq, *by),
                None => return Err(withheld(seq, what)),
            };
        }
        if whole {
            self.erasures.check_counts(&self.missing)?;
        }
        let erased = erased.into_iter().map(|(seq, by)| Erased { seq, by }).collect();
        let uploads = self.received.iter().filter(|received| !self.is_erased(received));
        let uploads = uploads.map(|Received { seq, disclosed, .. }| Upload { seq: *seq, sha256: *disclosed }).collect();
        Ok(Judged { checked: self.checked, erased, notes: self.notes, uploads })
    }

    /// The file goes with the document. Where its hash is missing, either erasure that explains that will do.
    fn is_erased(&self, Received { seq, owner, disclosed }: &Received) -> bool {
        let [subject, _] = *owner;
        let owner = if disclosed.is_some() { [subject, subject] } else { *owner };
        !self.erasures.of(*seq, owner).is_empty()
    }

    fn advance(&mut self) {
        let Some(lines) = &mut self.lines else { return };
        match lines.next().map(|line| line.map(|line| Line::parse(&line))) {
            Ok(Some(Ok(line))) => self.next = Some(line),
            Ok(None) => self.lines = None,
            Ok(Some(Err(error))) => {
                self.lines = None;
                self.found(Finding::bundle(BreakCode::BundleMalformed, error.to_string()));
            }
            Err(finding) => {
                self.lines = None;
                self.found(finding);
            }
        }
    }

    fn found(&mut self, finding: Finding) {
        self.broken.get_or_insert(finding);
    }
}

/// The disclosure of this line, if the leaf `seq` commits to it and it was not disclosed yet.
fn disclosed(line: &Line, seq: u64, undisclosed: &mut Vec<Digest>) -> Option<Disclosure> {
    let disclosure = Disclosure::parse(line.disclosure.as_bytes()).ok().filter(|_| line.seq == seq)?;
    let digest = disclosure.digest();
    let at = undisclosed.iter().position(|known| *known == digest)?;
    undisclosed.swap_remove(at);
    Some(disclosure)
}

fn document_hash(disclosure: &Disclosure) -> Option<Digest> {
    match (disclosure.name(), disclosure.value()) {
        ("document-sha256", Value::String(hash)) => hash.parse().ok(),
        _ => None,
    }
}

fn withheld(seq: u64, what: &str) -> Finding {
    Finding::at(BreakCode::Incomplete, seq, format!("{what} is missing, and no later event says that it was erased"))
}
