//! Bundles through the front door: what an auditor is told about each of them.

use crate::history::LOG;
use crate::packing::story::{self, BOB, CORRECTED, DECIDED, DOCUMENT, ERASED, HEAD, Story, Writer};
use crate::packing::{Log, Packed, incomplete, invalid, signer, told, verdict, verify, verify_with};
use audit::bundle::{Erased, Kind, Note, Pins, Verdict};
use audit::cosignature::{WitnessKey, signed_message};
use audit::note::{Signer, sign_note};
use audit::value::object;
use audit::{Checkpoint, Hash, Leaf, Millis};

fn period(log: &Log, first: u64, last: u64) -> Packed {
    let at = |seq: u64| log.leaves[seq as usize].place().recorded_at;
    let kind = Kind::Period { from: at(first + 1), to: at(last), first, last };
    log.part(kind, &(first..=last).collect::<Vec<_>>(), 5)
}

/// The leaves again, one of them at a changed place.
fn moved(leaves: &[Leaf], seq: u64, change: impl FnOnce(&mut audit::Place)) -> Vec<Leaf> {
    let mut leaves = leaves.to_vec();
    let (mut place, draft) = (leaves[seq as usize].place().clone(), leaves[seq as usize].draft().clone());
    change(&mut place);
    leaves[seq as usize] = draft.place(place).unwrap();
    leaves
}

#[test]
fn a_whole_log_with_everything_in_it_holds() {
    let story = story::tell();
    let report = verify(&story.whole(), &[]);
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    let checked = report.checked;
    assert_eq!((checked.leaves, checked.checkpoints, checked.signatures, checked.disclosures), (9, 3, 1, 2));
    assert_eq!(report.notes, [Note::Unwitnessed, Note::Erased, Note::DocumentsLeftOut]);
    assert_eq!(report.erased, [Erased { seq: CORRECTED, by: ERASED }]);
    assert_eq!((report.size, report.root), (Some(9), Some(crate::history::checkpoint(&story.log.leaves, 9).root)));

    let pinned = verify(&story.whole(), &[story.log.checkpoint(3), story.log.checkpoint(9)]);
    assert_eq!((&pinned.verdict, &pinned.notes), (&Verdict::Valid, &vec![Note::Erased, Note::DocumentsLeftOut]));
    let json = pinned.to_json();
    assert!(json.starts_with(r#"{"verdict":"VALID","code":"VALID","index":null,"message":"everything holds","log":""#));
    assert!(json.ends_with(r#""notes":["ERASED","DOCUMENTS_LEFT_OUT"],"erased":[{"seq":2,"by":7}]}"#), "{json}");
}

#[test]
fn tiles_are_those_that_the_leaves_give() {
    let log = Log::new(crate::history::tell(&(0..600).map(|n| ((n % 250) as u8, 1)).collect()));
    let bundle = log.whole(&[]);
    assert_eq!(told(&bundle).0, "VALID_UNWITNESSED");
    let damaged = |path: &str, at: usize| told(&bundle.tampered(|bundle| bundle.files.get_mut(path).unwrap()[at] ^= 1));
    assert_eq!(damaged("tile/0/001", 40 * 32), invalid("ROOT_MISMATCH", 256 + 40));
    assert_eq!(damaged("tile/1/000.p/2", 32), invalid("ROOT_MISMATCH", 256));
    assert_eq!(damaged("tile/entries/000", 0), invalid("ROOT_MISMATCH", 0));
    let without = bundle.tampered(|bundle| _ = bundle.files.remove("tile/0/002.p/88"));
    assert_eq!(told(&without), incomplete(512));
    let cut = bundle.tampered(|bundle| _ = bundle.files.get_mut("tile/entries/002.p/88").unwrap().pop());
    assert_eq!(told(&cut), invalid("ROOT_MISMATCH", 599));
    let longer = bundle.tampered(|bundle| bundle.files.get_mut("tile/entries/002.p/88").unwrap().push(0));
    assert_eq!(told(&longer), invalid("ROOT_MISMATCH", 599));
}

#[test]
fn parts_of_a_log_hold() {
    let story = story::tell();
    let document = verify(&story.document(), &[]);
    assert_eq!(document.verdict, Verdict::ValidUnwitnessed, "{document:?}");
    assert_eq!((document.checked.signatures, document.erased.len()), (1, 1));
    let proves = format!("These are all events of the document {DOCUMENT} recorded up to 2026-03-01T00:00:08.000Z.");
    assert_eq!(document.proves[0], proves);

    assert_eq!(told(&period(&story.log, 0, 6)).0, "VALID_UNWITNESSED");
    assert_eq!(told(&period(&story.log, 1, 8)).0, "INVALID:STMT_MISMATCH", "without Ada's enrolment");
    let swapped = story.log.part(Kind::Actor { actor: BOB.into() }, &[4, CORRECTED], 5);
    assert_eq!(told(&swapped), invalid("SEQ_GAP", CORRECTED));
    let actor = verify(&story.log.part(Kind::Actor { actor: BOB.into() }, &[CORRECTED, 4, 6], 5), &[]);
    assert_eq!(actor.verdict, Verdict::ValidUnwitnessed, "{actor:?}");
    assert_eq!(actor.notes, [Note::CompletenessNotProven, Note::Unwitnessed, Note::DisclosuresLeftOut]);
}

#[test]
fn a_part_goes_on_from_a_pinned_checkpoint() {
    let Story { log, .. } = &story::tell();
    let document = story::tell().document();
    let since =
        |old: usize| document.tampered(|bundle| bundle.put(&format!("consistency/{old}"), log.consistency(old)));
    assert_eq!(verify(&since(3), &[log.checkpoint(3)]).verdict, Verdict::Valid);
    assert_eq!(verify(&document, &[log.checkpoint(9)]).verdict, Verdict::Valid);
    let asked = verify(&document, &[log.checkpoint(3)]);
    assert_eq!(verdict(&asked), incomplete(None));
    assert!(asked.verdict.finding().unwrap().message.contains("--since 3"));

    let forged = |size| Checkpoint::new(LOG, size, Hash([9; 32])).sign(&[&signer(1) as &dyn Signer]).unwrap();
    assert_eq!(verdict(&verify(&since(3), &[forged(3)])), invalid("FORK", None));
    let second = |size| Checkpoint::new(LOG, size, Hash([9; 32])).sign(&[&signer(2) as &dyn Signer]).unwrap();
    assert_eq!(verdict(&verify(&document, &[second(9)])), invalid("FORK", None));
    assert_eq!(verdict(&verify(&document, &[second(10)])), invalid("ROLLBACK", 9));
    assert_eq!(verdict(&verify(&document, &[forged(10)])), invalid("KEY_OUT_OF_RANGE", None));
    assert_eq!(verdict(&verify(&document, &["text\n".into()])), invalid("NOTE_MALFORMED", None));
}

#[test]
fn a_witness_vouches_for_the_checkpoint() {
    use base64::Engine as _;
    use ed25519_dalek::Signer as _;
    let story = story::tell();
    let (key, name) = (ed25519_dalek::SigningKey::from_bytes(&[9; 32]), "witness.example/w1");
    let witness = WitnessKey::new(name, key.verifying_key().as_bytes()).unwrap();
    let cosigned = |message: &str| {
        let signature = key.sign(message.as_bytes()).to_bytes();
        let bytes = [&witness.id().to_be_bytes()[..], &1_772_323_209_u64.to_be_bytes(), &signature].concat();
        let line = format!("— {name} {}\n", base64::engine::general_purpose::STANDARD.encode(bytes));
        let checkpoint = story.log.checkpoint(9) + &line;
        story.whole().tampered(|bundle| bundle.put("checkpoint", checkpoint))
    };
    let body = crate::history::checkpoint(&story.log.leaves, 9).body().unwrap();
    let good = cosigned(&signed_message(&body, 1_772_323_209));
    let told = |bundle: &Packed, witnesses: &[WitnessKey]| {
        let keys = vec![signer(1).verifier_key().clone()];
        let pins = Pins { keys, checkpoints: vec![], witnesses: witnesses.to_vec() };
        audit::bundle::verify(bundle, &pins, 1, &mut |_| {})
    };
    let report = told(&good, std::slice::from_ref(&witness));
    assert_eq!((report.verdict, report.notes), (Verdict::Valid, vec![Note::Erased, Note::DocumentsLeftOut]));
    let saw =
        format!("The witness {name} saw this history, and none that contradicts it, at 2026-03-01T00:00:09.000Z.");
    assert_eq!(report.proves.last(), Some(&saw));
    // A witness that nobody named is listed, and proves nothing.
    let report = told(&good, &[]);
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed);
    let listed = report.signatures.last().unwrap();
    assert_eq!((listed.name.as_str(), listed.id, listed.verified), (name, witness.id(), false));
    let forged = told(&cosigned(&body), std::slice::from_ref(&witness));
    assert_eq!(verdict(&forged), invalid("SIG_BAD", None));
}

#[test]
fn leaves_that_do_not_follow_each_other() {
    let story = story::tell();
    let whole = story.whole();
    let with = |leaves: &[Leaf]| whole.tampered(|bundle| bundle.events(leaves.iter()));
    let leaves = &story.log.leaves;
    let at = |seq: u64, change: fn(&mut audit::Place)| told(&with(&moved(leaves, seq, change)));
    assert_eq!(at(5, |place| place.log = "other.example/log".into()), invalid("LOG_MISMATCH", 5));
    assert_eq!(at(5, |place| place.seq = 6), invalid("SEQ_GAP", 5));
    assert_eq!(at(5, |place| place.prev = Some(Hash([1; 32]))), invalid("PREV_BROKEN", 5));
    assert_eq!(at(5, |place| place.recorded_at = Millis::MIN), invalid("TIME_REGRESSION", 5));
    assert_eq!(at(3, |place| place.subject_seq = 7), invalid("SUBJECT_GAP", 3));
    assert_eq!(told(&with(&leaves[..7])), invalid("SIZE_SHORT", 7));
    let last = moved(leaves, 8, |place| place.recorded_at = Millis::MAX);
    assert_eq!(told(&with(&last)), invalid("ROOT_MISMATCH", 5));
    let spaced = whole.tampered(|bundle| bundle.replace("events.ndjson", "{\"actor\"", "{ \"actor\""));
    assert_eq!(told(&spaced), invalid("NONCANONICAL", 0));
    let cut = whole.tampered(|bundle| _ = bundle.files.get_mut("events.ndjson").unwrap().pop());
    assert_eq!(told(&cut), invalid("BUNDLE_MALFORMED", None));
}

#[test]
fn checkpoints_and_keys() {
    let story = story::tell();
    let (whole, log) = (story.whole(), &story.log);
    let checkpoint = crate::history::checkpoint(&log.leaves, 9);
    let signed = |seeds: &[u8], checkpoint: &Checkpoint| {
        let signers: Vec<_> = seeds.iter().map(|seed| signer(*seed)).collect();
        checkpoint.sign(&signers.iter().map(|signer| signer as &dyn Signer).collect::<Vec<_>>()).unwrap()
    };
    let with = |note: String| told(&whole.tampered(|bundle| bundle.put("checkpoint", note)));
    assert_eq!(with("text\n".into()), invalid("NOTE_MALFORMED", None));
    assert_eq!(with(signed(&[7], &checkpoint)), invalid("KEY_UNKNOWN", 9));
    assert_eq!(with(signed(&[1], &checkpoint)), invalid("KEY_OUT_OF_RANGE", 9), "the first key is retired");
    assert_eq!(with(signed(&[2], &checkpoint)).0, "VALID_UNWITNESSED", "the second one is known by the log");
    assert_eq!(with(signed(&[1], &checkpoint).replacen("\n9\n", "\n8\n", 1)), invalid("SIG_BAD", None));
    let other =
        sign_note("other.example/log\n9\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", &[&signer(1)]).unwrap();
    assert_eq!(with(other), invalid("ORIGIN_MISMATCH", None));

    // Without the first checkpoint that covers the rotation nothing vouches for the second key.
    let unvouched = whole.tampered(|bundle| {
        bundle.files.remove("prior/5.checkpoint");
        bundle.put("checkpoint", signed(&[2], &checkpoint));
    });
    assert_eq!(told(&unvouched), invalid("KEY_UNKNOWN", 9));
    // The newest key alone is enough: what older keys signed then says nothing.
    assert_eq!(verify_with(&whole, &[2], &[]).verdict, Verdict::ValidUnwitnessed);
    assert_eq!(verify_with(&whole, &[2], &[]).checked.checkpoints, 2);
    assert_eq!(verdict(&verify_with(&whole, &[7], &[])), invalid("KEY_UNKNOWN", 9));
    let plain = Log::new(log.leaves[..4].to_vec()).whole(&[]);
    assert_eq!(verdict(&verify_with(&plain, &[7], &[])), invalid("KEY_UNKNOWN", None), "no leaf names another key");

    let prior = whole.tampered(|bundle| bundle.put("prior/2.checkpoint", log.checkpoint(3)));
    assert_eq!(told(&prior), invalid("BUNDLE_MALFORMED", None));
    let forged = Checkpoint::new(LOG, 3, Hash([9; 32]));
    let pinned = |checkpoint: &Checkpoint, seed| verdict(&verify(&whole, &[signed(&[seed], checkpoint)]));
    assert_eq!(pinned(&forged, 1), invalid("FORK", 2));
    assert_eq!(pinned(&Checkpoint { size: 9, ..forged.clone() }, 2), invalid("EQUIVOCATION", 8));
    assert_eq!(pinned(&Checkpoint { size: 10, ..forged.clone() }, 2), invalid("ROLLBACK", 9));
    assert_eq!(pinned(&forged, 7), invalid("KEY_UNKNOWN", 3));
}

#[test]
fn events_left_out_of_a_part() {
    let story = story::tell();
    let log = &story.log;
    let document = |seqs: &[u64]| told(&log.part(Kind::Document { subject: DOCUMENT.into() }, seqs, 5));
    assert_eq!(document(&[0, 1, 2, 3, 4, 6, 8]).0, "VALID_UNWITNESSED");
    assert_eq!(document(&[0, 1, 3, 4, 6, 8]), invalid("SUBJECT_GAP", DECIDED));
    assert_eq!(document(&[0, 2, 3, 4, 6, 8]), invalid("SUBJECT_GAP", CORRECTED));
    assert_eq!(document(&[0, 1, 2, 3, 4, 6]), invalid("SUBJECT_HEAD_MISMATCH", DECIDED));
    let other = story.document().tampered(|bundle| bundle.replace("bundle.json", crate::packing::ID, "another bundle"));
    assert_eq!(told(&other), invalid("SUBJECT_HEAD_MISMATCH", HEAD));

    // Within a run the leaves are chained; the proof of its last leaf is enough,
    // and one of each rotation, for its keys.
    let run = period(log, 0, 6).tampered(|run| {
        run.files.retain(|path, _| !path.starts_with("proofs/") || path.contains("/4.") || path.contains("/6."))
    });
    assert_eq!(told(&run).0, "VALID_UNWITNESSED");
    let with = |seqs: &[u64]| {
        let leaves = seqs.iter().map(|seq| &log.leaves[*seq as usize]);
        told(&run.tampered(|bundle| bundle.events(leaves)))
    };
    assert_eq!(with(&[0, 1, 2, 3, 4, 6]), invalid("SEQ_GAP", 5));
    assert_eq!(with(&[0, 1, 2, 3, 4, 5]), invalid("SEQ_GAP", 6));
    assert_eq!(with(&[1, 2, 3, 4, 5, 6]), invalid("SEQ_GAP", 0));
    let edge = run.tampered(|bundle| bundle.replace("bundle.json", "T00:00:06.000Z", "T00:00:07.000Z"));
    assert_eq!(told(&edge), invalid("SEQ_GAP", 6));
    let leaves = moved(&log.leaves, 3, |place| place.recorded_at = log.leaves[4].place().recorded_at);
    assert_eq!(told(&run.tampered(|bundle| bundle.events(leaves[..7].iter()))), invalid("PREV_BROKEN", 4));
}

#[test]
fn proofs_that_do_not_prove() {
    let story = story::tell();
    let document = story.document();
    let with = |change: &dyn Fn(&mut Packed)| told(&document.tampered(|bundle| change(bundle)));
    let proof = format!("proofs/{CORRECTED}.tlog-proof");
    let bad = invalid("PROOF_BAD", CORRECTED);
    assert_eq!(with(&|bundle| _ = bundle.files.remove(&proof)), bad);
    assert_eq!(with(&|bundle| bundle.put(&proof, "text\n")), bad);
    assert_eq!(with(&|bundle| bundle.replace(&proof, "index 2", "index 3")), bad);
    assert_eq!(with(&|bundle| bundle.replace(&proof, "index 2", "extra YQ==\nindex 2")), bad);
    assert_eq!(with(&|bundle| bundle.put(&proof, story.log.proof(CORRECTED, 5).to_string())), bad);
    let leaves = moved(&story.log.leaves, CORRECTED, |place| place.recorded_at = Millis::MAX);
    let seqs = [0, 1, 2, 3, 4, 6, 7, 8_usize];
    assert_eq!(with(&|bundle| bundle.events(seqs.iter().map(|seq| &leaves[*seq]))), bad);
}

#[test]
fn files_beside_the_leaves() {
    let whole = story::tell().whole();
    let name = audit::Digest::of(b"scan").to_string();
    let with_document = whole.tampered(|bundle| bundle.put(&format!("documents/{name}"), "scan"));
    assert_eq!(verify(&with_document, &[]).checked.documents, 1);
    let mismatch = invalid("MANIFEST_MISMATCH", None);
    let unnamed = format!("documents/{}", audit::Digest::of(b"another scan"));
    assert_eq!(told(&whole.tampered(|bundle| bundle.put(&unnamed, "another scan"))), mismatch);
    let promised = |bundle: &mut Packed| bundle.replace("bundle.json", "\"documents\":false", "\"documents\":true");
    assert_eq!(told(&with_document.tampered(promised)).0, "VALID_UNWITNESSED");
    assert_eq!(told(&whole.tampered(promised)), incomplete(1));
    let other = whole.tampered(|bundle| bundle.put(&format!("documents/{name}"), "another scan"));
    assert_eq!(told(&other), mismatch);

    let unsealed = |change: fn(&mut Packed)| {
        let mut bundle = whole.clone();
        change(&mut bundle);
        told(&bundle.list())
    };
    assert_eq!(unsealed(|bundle| bundle.put("README.txt", "read me\n")), mismatch);
    assert_eq!(unsealed(|bundle| _ = bundle.files.remove("MANIFEST.sha256")), mismatch);
    assert_eq!(unsealed(|bundle| bundle.replace("MANIFEST.sha256", "bundle.json", "bundle.jsom")), mismatch);
    assert_eq!(unsealed(|bundle| bundle.files.get_mut("MANIFEST.sha256").unwrap().extend(b"more\n")), mismatch);
    for needed in ["bundle.json", "checkpoint", "events.ndjson"] {
        let without = whole.tampered(|bundle| _ = bundle.files.remove(needed));
        assert_eq!(told(&without), invalid("BUNDLE_MALFORMED", None), "{needed}");
    }
    let unknown =
        whole.tampered(|bundle| bundle.replace("bundle.json", "{\"disclosures\"", "{\"also\":1,\"disclosures\""));
    assert_eq!(told(&unknown), invalid("BUNDLE_MALFORMED", None));
    let large = whole.tampered(|bundle| bundle.put("checkpoint", "x".repeat(1_000_001)));
    assert_eq!(told(&large), invalid("BUNDLE_MALFORMED", None));
}

#[test]
fn a_new_epoch_names_the_one_before() {
    let mut writer = Writer { leaves: vec![] };
    let data = object([
        ("previous", "countersign.example/log/x/e1".into()),
        ("reason", "RESTORED".into()),
        ("root", Hash([5; 32]).to_string().into()),
        ("size", 12_u32.into()),
    ]);
    writer.add("log.recovered/v1", story::ADA, ("organization", "x"), data);
    let report = verify(&Log::new(writer.leaves).whole(&[]), &[]);
    assert!(
        report.proves[1].contains("countersign.example/log/x/e1, which ended with 12 leaves"),
        "{:?}",
        report.proves
    );
}
