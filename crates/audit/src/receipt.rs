//! Receipts: a `.tlog-proof` whose extra line is the leaf itself, so that one file shows what was recorded.

use crate::bundle::{Checked, Finding, Report, Signed, Verdict};
use crate::keyring::Keyring;
use crate::leaf::Leaf;
use crate::note::VerifierKey;
use crate::proof_file::ProofFile;
use crate::value::Value;
use crate::verify::BreakCode;

/// Verifies a receipt with the log's keys that the holder pins.
#[must_use]
pub fn verify(text: &str, keys: &[VerifierKey]) -> Report {
    check(text, keys).unwrap_or_else(Report::broken)
}

fn check(text: &str, keys: &[VerifierKey]) -> Result<Report, Finding> {
    let bad = |message: String| Finding { code: BreakCode::ProofBad, index: None, message };
    let proof = ProofFile::parse(text).map_err(|error| bad(error.to_string()))?;
    let bytes = proof.extra.as_deref().ok_or_else(|| bad("the receipt does not carry its leaf".into()))?;
    let at = |code, message: String| Finding { code, index: Some(proof.index), message };
    let leaf = Leaf::parse(bytes).map_err(|error| at(BreakCode::Noncanonical, error.to_string()))?;
    let keyring = Keyring::new(leaf.place().log.as_str(), keys);
    let opened = keyring.open(&proof.checkpoint).map_err(|error| at((&error).into(), error.to_string()))?;
    if leaf.place().seq != proof.index {
        return Err(at(BreakCode::ProofBad, "the proof is of another leaf".into()));
    }
    proof.verify(&leaf.hash(), &opened.checkpoint).map_err(|error| at(BreakCode::ProofBad, error.to_string()))?;
    let signatures = opened.verified.iter().map(|line| Signed::by(line, true));
    let others = opened.unverified.iter().map(|line| Signed::by(line, false));
    Ok(Report {
        verdict: Verdict::Valid,
        log: Some(opened.checkpoint.origin),
        size: Some(opened.checkpoint.size),
        root: Some(opened.checkpoint.root),
        signatures: signatures.chain(others).collect(),
        checked: Checked { leaves: 1, checkpoints: 1, ..Checked::default() },
        proves: vec![sentence(&leaf)],
        notes: vec![],
        erased: vec![],
    })
}

/// What was decided, by whom and when.
fn sentence(leaf: &Leaf) -> String {
    let (draft, place) = (leaf.draft(), leaf.place());
    let what = match &draft.data {
        Value::Object(data) => match data.get("decision") {
            Some(Value::String(decision)) => decision.as_str(),
            _ => draft.kind.as_str(),
        },
        _ => draft.kind.as_str(),
    };
    format!(
        "{what} of {} {} by {} {}, recorded at {}, is leaf {} of the log {}.",
        draft.subject.kind, draft.subject.id, draft.actor.kind, draft.actor.id, place.recorded_at, place.seq, place.log
    )
}
