//! A part of a log: the events of a document, of a period, of an actor, and what is needed to judge them.

use super::disclosures::Disclosures;
use super::files;
use super::leaves::{self, ParsedLeaf};
use super::{About, Bundle, Checked, Finding, Held, Kind, Progress};
use crate::add_checkpoint::AddCheckpoint;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::keyring::Keyring;
use crate::leaf::Leaf;
use crate::proof_file::ProofFile;
use crate::time::Millis;
use crate::tree::{Hash, verify_consistency};
use crate::value::Value;
use crate::verify::subjects::{Prior, Span, Subjects};
use crate::verify::{BreakCode, Hashed, Signatories};

pub(super) fn read(
    bundle: Bundle<'_>,
    keyring: Keyring,
    note: &str,
    disclosures: &mut Disclosures<'_>,
    checked: &mut Checked,
    progress: &mut dyn FnMut(Progress),
) -> Result<Held, Finding> {
    let claim = Checkpoint::unopened(note).map_err(|error| refused(&error, None))?;
    let mut part = Part {
        bundle,
        keyring,
        note,
        claim,
        last: None,
        run: None,
        own: None,
        subjects: Subjects::default(),
        signatories: Signatories::default(),
    };
    leaves::for_each_batch(bundle.files, bundle.threads, |batch, read| {
        let taken = batch.iter().try_for_each(|leaf| part.take(leaf, disclosures, checked));
        // A signature in a leaf before the break is the earlier break.
        part.signatories.settle(bundle.threads)?;
        checked.signatures = part.signatories.verified();
        progress(read);
        taken
    })?;
    part.check_end()?;
    let signed = bundle.open(&part.keyring, note)?;
    checked.checkpoints += 1;
    let pins = part.check_pins()?;
    let proves = part.proves();
    Ok(Held { signed, pins, proves })
}

fn refused(error: &CheckpointError, index: Option<u64>) -> Finding {
    Finding { code: error.into(), index, message: error.to_string() }
}

struct Part<'a> {
    bundle: Bundle<'a>,
    keyring: Keyring,
    /// The bundle's checkpoint, to be opened when all keys are known, and what it says.
    note: &'a str,
    claim: Checkpoint,
    last: Option<(u64, Millis)>,
    /// The last leaf of a period's run so far.
    run: Option<(u64, Hash)>,
    own: Option<Own>,
    subjects: Subjects,
    signatories: Signatories,
}

/// The leaves that the bundle is about, without those that only help to judge them.
struct Own {
    first: Edge,
    last: Edge,
    /// The bundle that the last of them was written for, if it is a `subject.head`.
    head_of: Option<String>,
}

#[derive(Clone, Copy)]
struct Edge {
    seq: u64,
    recorded_at: Millis,
}

impl Part<'_> {
    fn about(&self) -> &About {
        self.bundle.about
    }

    fn take(
        &mut self,
        leaf: &ParsedLeaf,
        disclosures: &mut Disclosures<'_>,
        checked: &mut Checked,
    ) -> Result<(), Finding> {
        let leaf = leaf.as_ref().map_err(|error| {
            let next = self.last.map_or(0, |(seq, _)| seq + 1);
            Finding::at(BreakCode::Noncanonical, next, error.to_string())
        })?;
        checked.leaves += 1;
        let prior = self.check_leaf(leaf)?;
        let evidence = self.bundle.beside(leaf, disclosures)?;
        self.signatories.take(leaf, prior, evidence)?;
        self.keyring.take(&leaf.leaf);
        Ok(())
    }

    /// Its proof, its place among the others, and the chain of its subject.
    fn check_leaf(&mut self, leaf: &Hashed) -> Result<Prior, Finding> {
        let (place, seq) = (leaf.leaf.place(), leaf.leaf.place().seq);
        if place.log != self.about().log {
            return Err(Finding::at(BreakCode::LogMismatch, seq, "the leaf names another log"));
        }
        if self.last.is_some_and(|(last, _)| seq <= last) {
            return Err(Finding::at(BreakCode::SeqGap, seq, "leaves out of their order"));
        }
        let own = self.is_own(&leaf.leaf);
        let proof = format!("proofs/{seq}.tlog-proof");
        match self.about().kind {
            Kind::Period { first, last, .. } if own => {
                if seq == last || self.bundle.files.listing().contains_key(&proof) {
                    self.check_proof(leaf, &proof)?;
                }
                self.check_run(leaf, first)?;
            }
            _ => self.check_proof(leaf, &proof)?,
        }
        self.check_time(leaf)?;
        self.last = Some((seq, place.recorded_at));
        if own { self.follow(leaf) } else { Ok(Prior::Unknown) }
    }

    fn is_own(&self, leaf: &Leaf) -> bool {
        let (subject, actor) = (&leaf.draft().subject, &leaf.draft().actor);
        match &self.about().kind {
            Kind::Log => true,
            Kind::Document { subject: id } => subject.kind == "document" && subject.id == *id,
            Kind::Actor { actor: id } => actor.id == *id,
            Kind::Period { first, last, .. } => (*first..=*last).contains(&leaf.place().seq),
        }
    }

    /// Each leaf stands under the bundle's checkpoint; a rotation of the log's key under the first one that covers it,
    /// which both keys have signed, so that the new key can be trusted from there on.
    fn check_proof(&mut self, leaf: &Hashed, path: &str) -> Result<(), Finding> {
        let seq = leaf.leaf.place().seq;
        let bad = |message: String| Finding::at(BreakCode::ProofBad, seq, message);
        let text = files::read_text(self.bundle.files, path)?.ok_or_else(|| bad(format!("{path} is missing")))?;
        let proof = ProofFile::parse(&text).map_err(|error| bad(error.to_string()))?;
        let rotated = proof.checkpoint != self.note;
        if rotated && leaf.leaf.draft().kind != "key.rotated/v1" {
            return Err(bad("the proof leads to another checkpoint than the bundle's".into()));
        }
        let checkpoint = if rotated {
            self.keyring.open(&proof.checkpoint).map_err(|error| refused(&error, Some(seq)))?.checkpoint
        } else {
            self.claim.clone()
        };
        if proof.index != seq || proof.extra.is_some() {
            return Err(bad("the proof is of another leaf".into()));
        }
        proof.verify(&leaf.hash, &checkpoint).map_err(|error| bad(error.to_string()))?;
        if rotated {
            self.keyring.take(&leaf.leaf);
            self.keyring.cover(checkpoint.size);
        }
        Ok(())
    }

    fn check_run(&mut self, leaf: &Hashed, first: u64) -> Result<(), Finding> {
        let (seq, prev) = (leaf.leaf.place().seq, leaf.leaf.place().prev);
        let expected = self.run.map_or(first, |(last, _)| last + 1);
        if seq != expected {
            return Err(Finding::at(BreakCode::SeqGap, expected, format!("leaf {expected} of the period is missing")));
        }
        if self.run.is_some_and(|(_, hash)| prev != Some(hash)) {
            let message = "the leaf follows another leaf than the one before it";
            return Err(Finding::at(BreakCode::PrevBroken, seq, message));
        }
        self.run = Some((seq, leaf.hash));
        Ok(())
    }

    fn check_time(&self, leaf: &Hashed) -> Result<(), Finding> {
        let (place, Some((before_seq, before))) = (leaf.leaf.place(), self.last) else { return Ok(()) };
        let held_back = place.held_back && before_seq + 1 == place.seq && place.recorded_at != before;
        if place.recorded_at < before || held_back {
            let message = format!("recorded at {}, after a leaf recorded at {before}", place.recorded_at);
            return Err(Finding::at(BreakCode::TimeRegression, place.seq, message));
        }
        Ok(())
    }

    fn follow(&mut self, leaf: &Hashed) -> Result<Prior, Finding> {
        let (draft, place) = (leaf.leaf.draft(), leaf.leaf.place());
        let span = match self.about().kind {
            Kind::Log | Kind::Document { .. } => Span::FromStart,
            Kind::Period { .. } => Span::Run,
            Kind::Actor { .. } => Span::Some,
        };
        let prior = self
            .subjects
            .follow(&leaf.leaf, leaf.hash, span)
            .map_err(|message| Finding::at(BreakCode::SubjectGap, place.seq, message))?;
        let last = Edge { seq: place.seq, recorded_at: place.recorded_at };
        let head_of = match (&draft.data, draft.kind.as_str()) {
            (Value::Object(data), "subject.head/v1") => match data.get("bundle") {
                Some(Value::String(bundle)) => Some(bundle.clone()),
                _ => None,
            },
            _ => None,
        };
        let first = self.own.as_ref().map_or(last, |own| own.first);
        self.own = Some(Own { first, last, head_of });
        Ok(prior)
    }

    fn check_end(&self) -> Result<(), Finding> {
        let own = self.own.as_ref();
        match &self.about().kind {
            Kind::Document { .. } => {
                if own.and_then(|own| own.head_of.as_ref()) == Some(&self.about().id) {
                    return Ok(());
                }
                let (code, index) = (BreakCode::SubjectHeadMismatch, own.map(|own| own.last.seq));
                let message = "the last event of the document is not the one that was written for this bundle".into();
                Err(Finding { code, index, message })
            }
            Kind::Period { from, to, first, last } => {
                let gap = |index, message| Err(Finding::at(BreakCode::SeqGap, index, message));
                match own {
                    None => gap(*first, "the period is empty"),
                    Some(own) if own.last.seq != *last => gap(own.last.seq + 1, "the period ends too early"),
                    Some(own) if own.first.seq > 0 && own.first.recorded_at >= *from => {
                        gap(own.first.seq, "the leaf before the period is missing")
                    }
                    Some(own) if own.last.seq + 1 != self.claim.size && own.last.recorded_at < *to => {
                        gap(own.last.seq, "the leaf after the period is missing")
                    }
                    Some(_) => Ok(()),
                }
            }
            Kind::Log | Kind::Actor { .. } => Ok(()),
        }
    }

    /// Whether the bundle's checkpoint goes on from each one that the auditor keeps. Answers how many those are.
    fn check_pins(&self) -> Result<u64, Finding> {
        let (size, root) = (self.claim.size, self.claim.root);
        if size == 0 && root != crate::tree::empty_root() {
            return Err(Finding::at(BreakCode::RootMismatch, 0, "the root of no leaves is another one"));
        }
        let mut met = 0;
        for pin in &self.bundle.pins.checkpoints {
            let pin = self.keyring.open(pin).map_err(|error| refused(&error, None))?.checkpoint;
            if pin.size > size {
                let message = format!("the checkpoint that you keep has {} leaves, this one {size}", pin.size);
                return Err(Finding::at(BreakCode::Rollback, size, message));
            }
            if !self.continues(&pin, &root)? {
                let message = format!("the checkpoint of {} leaves that you keep is none of this history", pin.size);
                return Err(Finding::bundle(BreakCode::Fork, message));
            }
            // The empty log is the beginning of every history.
            met += u64::from(pin.size > 0);
        }
        Ok(met)
    }

    fn continues(&self, pin: &Checkpoint, root: &Hash) -> Result<bool, Finding> {
        if pin.size == 0 {
            return Ok(pin.root == crate::tree::empty_root());
        }
        if pin.size == self.claim.size {
            return Ok(pin.root == *root);
        }
        let Some(text) = files::read_text(self.bundle.files, &format!("consistency/{}", pin.size))? else {
            let message =
                format!("no proof leads from the checkpoint that you keep to this one: ask for --since {}", pin.size);
            return Err(Finding::bundle(BreakCode::Incomplete, message));
        };
        let holds = |body: AddCheckpoint| {
            body.old == pin.size
                && body.checkpoint == self.note
                && verify_consistency(pin.size, self.claim.size, &body.hashes, &pin.root, root).is_ok()
        };
        Ok(AddCheckpoint::parse(&text).is_ok_and(holds))
    }

    fn proves(&self) -> Vec<String> {
        vec![match (&self.about().kind, &self.own) {
            (Kind::Document { subject }, Some(own)) => {
                format!("These are all events of the document {subject} recorded up to {}.", own.last.recorded_at)
            }
            (Kind::Period { from, to, .. }, _) => {
                format!("These are all events recorded from {from} until before {to}.")
            }
            (Kind::Actor { actor }, _) => format!(
                "Each of these events of the actor {actor} is in the log; whether there are more this bundle cannot prove."
            ),
            _ => "Each of these leaves is in the log.".to_owned(),
        }]
    }
}
