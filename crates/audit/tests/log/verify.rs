//! What is tried against a log, and what the verifier answers.

use crate::history::{LOG, Story, checkpoint, draft, tell, write};
use audit::verify::{Break, BreakCode, Custody, Head, LogVerifier};
use audit::{Checkpoint, Hash, Leaf, Place};
use proptest::prelude::*;

const STORED: Custody = Custody::Stored;
const PINNED: Custody = Custody::Pinned;

fn verify(leaves: &[Vec<u8>], checkpoints: &[(&Checkpoint, Custody)]) -> Result<Head, Break> {
    let mut verifier = LogVerifier::new(LOG);
    for (checkpoint, custody) in checkpoints {
        verifier.expect(checkpoint, *custody)?;
    }
    for leaf in leaves {
        verifier.feed(leaf)?;
    }
    verifier.finish()
}

fn bytes(leaves: &[Leaf]) -> Vec<Vec<u8>> {
    leaves.iter().map(|leaf| leaf.bytes().to_vec()).collect()
}

fn found(outcome: Result<Head, Break>) -> (BreakCode, u64) {
    let broken = outcome.expect_err("a break");
    (broken.code, broken.index)
}

/// Twelve steps on three documents; the clock steps back once.
fn story() -> Story {
    (0..12).map(|n| (n % 3, if n == 7 { -60_000 } else { i64::from(n) * 100 })).collect()
}

/// The leaf again, at another place.
fn moved(leaf: &Leaf, change: impl FnOnce(&mut Place)) -> Vec<u8> {
    let mut place = leaf.place().clone();
    change(&mut place);
    leaf.draft().clone().place(place).unwrap().into_bytes()
}

#[test]
fn a_log_that_holds() {
    let leaves = tell(&story());
    assert!(leaves.iter().any(|leaf| leaf.place().held_back));
    let (five, ten, all) = (checkpoint(&leaves, 5), checkpoint(&leaves, 10), checkpoint(&leaves, 12));
    let head = Head { size: 12, root: all.root, signed: 0 };
    let leaves = bytes(&leaves);
    assert_eq!(verify(&leaves, &[]), Ok(head));
    assert_eq!(verify(&leaves, &[(&ten, STORED), (&five, PINNED)]), Ok(Head { signed: 10, ..head }));
    assert_eq!(verify(&leaves, &[(&all, STORED), (&all, PINNED)]), Ok(Head { signed: 12, ..head }));

    let empty = Checkpoint::new(LOG, 0, audit::tree::empty_root());
    assert_eq!(verify(&[], &[(&empty, STORED)]), Ok(Head { size: 0, root: empty.root, signed: 0 }));
    let wrong = Checkpoint::new(LOG, 0, Hash([0; 32]));
    assert_eq!(found(verify(&[], &[(&wrong, STORED)])), (BreakCode::RootMismatch, 0));
}

#[test]
fn checkpoints_may_come_between_the_leaves() {
    let leaves = tell(&story());
    let mut verifier = LogVerifier::new(LOG);
    for (n, leaf) in leaves.iter().enumerate() {
        verifier.expect(&checkpoint(&leaves, n), STORED).unwrap();
        verifier.feed_stored(leaf.bytes(), &leaf.hash()).unwrap();
        verifier.expect(&checkpoint(&leaves, n + 1), PINNED).unwrap();
    }
    let mut late = LogVerifier::new(LOG);
    leaves.iter().for_each(|leaf| late.feed(leaf.bytes()).unwrap());
    assert_eq!(late.expect(&checkpoint(&leaves, 11), STORED).unwrap_err().code, BreakCode::Incomplete);
    assert_eq!(verifier.finish().unwrap().signed, 12);
}

#[test]
fn a_changed_leaf_is_found_at_its_stored_hash_or_behind_it() {
    let leaves = tell(&story());
    let stored: Vec<Hash> = leaves.iter().map(Leaf::hash).collect();
    let mut changed = bytes(&leaves);
    changed[4] = moved(&leaves[4], |place| place.recorded_at = leaves[3].place().recorded_at);
    assert_eq!(found(verify(&changed, &[])), (BreakCode::PrevBroken, 5));

    let mut verifier = LogVerifier::new(LOG);
    let outcome = changed.iter().zip(&stored).try_for_each(|(leaf, hash)| verifier.feed_stored(leaf, hash));
    let broken = outcome.unwrap_err();
    assert_eq!((broken.code, broken.index), (BreakCode::RootMismatch, 4));
    // What follows a break proves nothing: it is only repeated.
    assert_eq!(verifier.feed(&changed[4]), Err(broken.clone()));
    assert_eq!(verifier.expect(&checkpoint(&leaves, 12), STORED), Err(broken.clone()));
    assert_eq!(verifier.finish(), Err(broken));
}

#[test]
fn a_history_written_again_does_not_lead_to_the_checkpoints() {
    let leaves = tell(&story());
    let (five, ten) = (checkpoint(&leaves, 5), checkpoint(&leaves, 10));
    let mut other = story();
    other[7].0 = 9;
    let rewritten = bytes(&tell(&other));
    assert!(verify(&rewritten, &[]).is_ok());
    let broken = verify(&rewritten, &[(&five, STORED), (&ten, STORED)]).unwrap_err();
    assert_eq!((broken.code, broken.index), (BreakCode::RootMismatch, 5));
    let shown = "ROOT_MISMATCH at index 5: the leaves 5 to 9 do not lead to the log's checkpoint of 10 leaves";
    assert_eq!(broken.to_string(), shown);
    assert_eq!(found(verify(&rewritten, &[(&five, STORED), (&ten, PINNED)])), (BreakCode::Fork, 5));
    // Signed again by whoever has the key, it is what the pinned checkpoint is for.
    let again = checkpoint(&tell(&other), 12);
    assert!(verify(&rewritten, &[(&again, STORED)]).is_ok());
    assert_eq!(found(verify(&rewritten, &[(&again, STORED), (&ten, PINNED)])), (BreakCode::Fork, 0));
}

#[test]
fn a_cut_tail_is_found() {
    let leaves = tell(&story());
    let (ten, all) = (checkpoint(&leaves, 10), checkpoint(&leaves, 12));
    let cut = bytes(&leaves[..10]);
    assert_eq!(found(verify(&cut, &[(&ten, STORED), (&all, STORED)])), (BreakCode::SizeShort, 10));
    assert_eq!(found(verify(&cut, &[(&ten, STORED), (&all, PINNED)])), (BreakCode::Rollback, 10));
    // What the auditor holds says more than what the operator does.
    assert_eq!(found(verify(&cut, &[(&all, STORED), (&all, PINNED)])), (BreakCode::Rollback, 10));
    assert_eq!(found(verify(&cut, &[(&all, PINNED), (&all, STORED)])), (BreakCode::Rollback, 10));
    let eleven = checkpoint(&leaves, 11);
    assert_eq!(found(verify(&cut, &[(&eleven, PINNED), (&all, STORED)])), (BreakCode::Rollback, 10));
}

#[test]
fn deleted_inserted_and_swapped_leaves_are_found() {
    let leaves = tell(&story());
    let good = bytes(&leaves);
    let tampered = |change: fn(&mut Vec<Vec<u8>>)| {
        let mut leaves = good.clone();
        change(&mut leaves);
        found(verify(&leaves, &[]))
    };
    assert_eq!(tampered(|leaves| _ = leaves.remove(0)), (BreakCode::SeqGap, 0));
    assert_eq!(tampered(|leaves| _ = leaves.remove(6)), (BreakCode::SeqGap, 6));
    assert_eq!(tampered(|leaves| leaves.insert(6, leaves[3].clone())), (BreakCode::SeqGap, 6));
    assert_eq!(tampered(|leaves| leaves.swap(6, 9)), (BreakCode::SeqGap, 6));

    // Renumbered as well, the chain tells.
    let mut renumbered = good.clone();
    renumbered[6] = moved(&leaves[7], |place| place.seq = 6);
    assert_eq!(found(verify(&renumbered, &[])), (BreakCode::PrevBroken, 6));
}

#[test]
fn a_leaf_of_another_log_is_refused() {
    let leaves = tell(&story());
    let mut replayed = bytes(&leaves);
    replayed[6] = moved(&leaves[6], |place| place.log = "other.example/log".into());
    assert_eq!(found(verify(&replayed, &[])), (BreakCode::LogMismatch, 6));
    let checkpoint = Checkpoint { origin: "other.example/log".into(), ..checkpoint(&leaves, 12) };
    assert_eq!(found(verify(&replayed, &[(&checkpoint, STORED)])), (BreakCode::OriginMismatch, 0));
}

#[test]
fn time_never_goes_back() {
    let leaves = tell(&story());
    let mut backdated = bytes(&leaves);
    backdated[6] = moved(&leaves[6], |place| place.recorded_at = leaves[4].place().recorded_at);
    assert_eq!(found(verify(&backdated, &[])), (BreakCode::TimeRegression, 6));
    let mut marked = bytes(&leaves);
    marked[6] = moved(&leaves[6], |place| place.held_back = true);
    assert_eq!(found(verify(&marked, &[])), (BreakCode::TimeRegression, 6));
}

#[test]
fn the_events_of_a_document_are_counted() {
    let leaves = tell(&story());
    let broken_by = |change: fn(&mut Place)| {
        let mut tampered = bytes(&leaves);
        tampered[6] = moved(&leaves[6], change);
        found(verify(&tampered, &[]))
    };
    assert_eq!(broken_by(|place| place.subject_seq += 1), (BreakCode::SubjectGap, 6));
    assert_eq!(broken_by(|place| place.subject_prev = Some(Hash([1; 32]))), (BreakCode::SubjectGap, 6));
    assert_eq!(broken_by(|place| (place.subject_seq, place.subject_prev) = (0, None)), (BreakCode::SubjectGap, 6));
    // The same id of another kind is another subject.
    let mut page = draft(1, 0);
    page.subject.kind = "page".into();
    let two = write(LOG, [(draft(0, 0), 0), (page, 0)]);
    assert_eq!(two[1].place().subject_seq, 1);
    assert_eq!(found(verify(&bytes(&two), &[])), (BreakCode::SubjectGap, 1));
}

#[test]
fn two_roots_for_one_size_are_evidence() {
    let leaves = tell(&story());
    let (ten, other) = (checkpoint(&leaves, 10), Checkpoint::new(LOG, 10, Hash([1; 32])));
    assert_eq!(found(verify(&bytes(&leaves), &[(&ten, STORED), (&other, PINNED)])), (BreakCode::Equivocation, 9));
    let mut verifier = LogVerifier::new(LOG);
    verifier.expect(&ten, STORED).unwrap();
    leaves[..11].iter().for_each(|leaf| verifier.feed(leaf.bytes()).unwrap());
    assert_eq!(verifier.expect(&ten, PINNED), Ok(()));
    assert_eq!(verifier.expect(&other, PINNED).unwrap_err().code, BreakCode::Equivocation);
}

#[test]
fn bytes_that_are_no_leaf_are_refused() {
    let leaves = bytes(&tell(&story()));
    for wrong in [
        Vec::new(),
        b"{}".to_vec(),
        [&leaves[6][..], b"\n"].concat(),
        [b"\xef\xbb\xbf", &leaves[6][..]].concat(),
        vec![b' '; 65_536],
    ] {
        let mut tampered = leaves.clone();
        tampered[6] = wrong;
        assert_eq!(found(verify(&tampered, &[])), (BreakCode::Noncanonical, 6));
    }
}

fn stories() -> impl Strategy<Value = Story> {
    prop::collection::vec((0..4_u8, -1_000..5_000_i64), 2..24)
}

proptest! {
    #[test]
    fn every_valid_history_holds(story in stories(), at: prop::sample::Index) {
        let leaves = tell(&story);
        let (some, all) = (checkpoint(&leaves, at.index(leaves.len())), checkpoint(&leaves, leaves.len()));
        let head = verify(&bytes(&leaves), &[(&some, PINNED), (&all, STORED)]).unwrap();
        prop_assert_eq!((head.size, head.root, head.signed), (all.size, all.root, all.size));
    }

    #[test]
    fn one_damaged_bit_is_found(story in stories(), leaf: prop::sample::Index, at: prop::sample::Index, bit in 0..8_u8) {
        let leaves = tell(&story);
        let (head, leaf) = (checkpoint(&leaves, leaves.len()), leaf.index(leaves.len()));
        let mut damaged = bytes(&leaves);
        let at = at.index(damaged[leaf].len());
        damaged[leaf][at] ^= 1 << bit;
        let broken = verify(&damaged, &[(&head, STORED)]).unwrap_err();
        prop_assert!(broken.index <= leaf as u64 + 1, "{broken}");

        let mut verifier = LogVerifier::new(LOG);
        let stored = damaged.iter().zip(&leaves).try_for_each(|(bytes, leaf)| verifier.feed_stored(bytes, &leaf.hash()));
        let broken = stored.unwrap_err();
        prop_assert_eq!((broken.code, broken.index), (BreakCode::RootMismatch, leaf as u64));
    }

    #[test]
    fn deleting_inserting_and_reordering_are_found(
        story in stories(), one: prop::sample::Index, other: prop::sample::Index,
    ) {
        let leaves = tell(&story);
        let (head, good) = (checkpoint(&leaves, leaves.len()), bytes(&leaves));
        let (one, other) = (one.index(good.len()), other.index(good.len()));

        let mut deleted = good.clone();
        deleted.remove(one);
        prop_assert!(verify(&deleted, &[(&head, STORED)]).is_err());

        let mut inserted = good.clone();
        inserted.insert(one, good[other].clone());
        prop_assert!(verify(&inserted, &[(&head, STORED)]).is_err());

        prop_assume!(one != other);
        let mut swapped = good.clone();
        swapped.swap(one, other);
        prop_assert!(verify(&swapped, &[(&head, STORED)]).is_err());
    }

    #[test]
    fn only_what_grew_from_it_leads_to_a_pinned_head(story in stories(), other in stories(), more in stories()) {
        let mine = tell(&story);
        let head = checkpoint(&mine, mine.len());
        let (grown, theirs) = (bytes(&tell(&[story, more].concat())), bytes(&tell(&other)));
        prop_assert!(verify(&grown, &[(&head, PINNED)]).is_ok());
        let prefix = theirs.starts_with(&bytes(&mine));
        prop_assert_eq!(verify(&theirs, &[(&head, PINNED)]).is_ok(), prefix);
    }
}
