//! A small log writer: what a ledger does, without its database.

use std::collections::HashMap;

use audit::leaf::{Actor, Subject};
use audit::value::object;
use audit::{Checkpoint, Digest, Draft, Hash, Leaf, Millis, Place, tree};

pub const LOG: &str = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1";
const START: i64 = 1_772_323_200_000;

/// What happened, in order: to which document, and how many milliseconds after the step before.
pub type Story = Vec<(u8, i64)>;

pub fn draft(n: usize, document: u8) -> Draft {
    Draft {
        id: format!("0198f1c2-7a3b-7c4d-8e5f-{n:012x}"),
        kind: "field.corrected/v1".into(),
        occurred_at: Millis::new(START).unwrap(),
        actor: Actor { kind: "user".into(), id: "u-7f3a".into(), auth: None, session: None },
        subject: Subject { kind: "document".into(), id: format!("d-{document}"), version: 1, commit: None },
        data: object([("field", "total".into()), ("confidence_ppm", 912_000_u32.into())]),
        sd: vec![Digest::of(&[document])],
        stmt: None,
        idem: None,
        req: None,
        node: "node-a".into(),
        sw: "countersign 0.1.0".into(),
    }
}

/// Writes a valid log. A step back in time is held back, as the sequencer does it.
pub fn write(log: &str, drafts: impl IntoIterator<Item = (Draft, i64)>) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut subjects: HashMap<String, (u64, Hash)> = HashMap::new();
    let mut now = START;
    for (draft, after) in drafts {
        now += after;
        let last = leaves.last().map(|leaf| (leaf.hash(), leaf.place().recorded_at.get()));
        let before = last.map_or(now, |(_, recorded_at)| recorded_at);
        let subject = draft.subject.id.clone();
        let link = subjects.get(&subject);
        let place = Place {
            log: log.into(),
            seq: leaves.len() as u64,
            prev: last.map(|(hash, _)| hash),
            recorded_at: Millis::new(now.max(before)).unwrap(),
            held_back: now < before,
            subject_seq: link.map_or(0, |(seq, _)| seq + 1),
            subject_prev: link.map(|(_, hash)| *hash),
        };
        let leaf = draft.place(place).unwrap();
        subjects.insert(subject, (leaf.place().subject_seq, leaf.hash()));
        leaves.push(leaf);
    }
    leaves
}

pub fn tell(story: &Story) -> Vec<Leaf> {
    write(LOG, story.iter().enumerate().map(|(n, (document, after))| (draft(n, *document), *after)))
}

pub fn checkpoint(leaves: &[Leaf], size: usize) -> Checkpoint {
    let mut edge = tree::RightEdge::new();
    leaves[..size].iter().for_each(|leaf| edge.append(leaf.hash()));
    Checkpoint::new(LOG, size as u64, edge.root())
}
