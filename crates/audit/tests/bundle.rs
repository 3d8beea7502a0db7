//! Bundles through the front door: what an auditor is told about each of them.

mod history;
mod packing;

use audit::bundle::{Kind, Note, Verdict};
use history::{LOG, draft, tell, write};
use packing::{ID, Log, verdict, verify, verify_with};

fn story(steps: u8) -> history::Story {
    (0..steps).map(|n| (n % 3, 100)).collect()
}

#[test]
fn a_whole_log_that_holds() {
    let log = Log::new(tell(&(0..600).map(|n| ((n % 7) as u8, 100)).collect()));
    let bundle = log.whole(&[1, 256, 300]);
    let report = verify(&bundle, &[]);
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    assert_eq!((report.size, report.checked.leaves, report.checked.checkpoints), (Some(600), 600, 4));
    assert_eq!(report.notes, [Note::Unwitnessed]);
    let report = verify(&bundle, &[log.checkpoint(300)]);
    assert_eq!((report.verdict, report.notes), (Verdict::Valid, vec![]));
}

#[test]
fn a_document_that_holds() {
    let mut drafts: Vec<_> = (0..9).map(|n| (draft(n, (n % 3) as u8), 100)).collect();
    let mut head = draft(9, 1);
    head.kind = "subject.head/v1".into();
    head.data = audit::value::object([("bundle", ID.into())]);
    drafts.push((head, 100));
    let log = Log::new(write(LOG, drafts));
    let bundle = log.part(Kind::Document { subject: "d-1".into() }, &[1, 4, 7, 9], 0);
    let report = verify(&bundle, &[]);
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    let without = log.part(Kind::Document { subject: "d-1".into() }, &[1, 7, 9], 0);
    assert_eq!(verdict(&verify(&without, &[])), ("INVALID:SUBJECT_GAP".into(), Some(7)));
    let without = log.part(Kind::Document { subject: "d-1".into() }, &[1, 4, 7], 0);
    assert_eq!(verdict(&verify(&without, &[])), ("INVALID:SUBJECT_HEAD_MISMATCH".into(), Some(7)));
    let pinned = bundle.tampered(|bundle| bundle.put("consistency/5", log.consistency(5)));
    assert_eq!(verify(&pinned, &[log.checkpoint(5)]).verdict, Verdict::Valid);
    assert_eq!(verdict(&verify(&bundle, &[log.checkpoint(5)])), ("INCOMPLETE".into(), None));
    assert_eq!(verdict(&verify_with(&bundle, &[7], &[])), ("INVALID:KEY_UNKNOWN".into(), None));
    let _ = story;
}
