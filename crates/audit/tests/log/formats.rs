//! Tiles, proof files, cosignatures and the keys of a log over time, as their specifications have them.

use crate::history::LOG;
use crate::packing::story::{self, DECIDED, Writer};
use crate::packing::{Log, signer, verdict};
use audit::add_checkpoint::AddCheckpoint;
use audit::checkpoint::CheckpointError;
use audit::cosignature::{Cosignature, WitnessKey, signed_message};
use audit::keyring::{KeyEvent, Keyring};
use audit::note::{KeyError, NoteError, Signer as _, VerifierKey};
use audit::proof_file::ProofFile;
use audit::receipt;
use audit::tile::{
    Level, TileBuilder, TileError, TilePath, TileReadError, encode_entries, node_from_tiles, parse_entries,
    parse_hashes,
};
use audit::tree::{ProofError, leaf_hash};
use audit::value::object;
use audit::{Checkpoint, Hash};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;

#[test]
fn tiles_are_named_as_the_specification_says() {
    let path = |level, index, width| TilePath::new(level, index, width).unwrap().to_string();
    assert_eq!(path(Level::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(Level::Hashes(1), 0, 17), "tile/1/000.p/17");
    assert_eq!(path(Level::Entries, 273, 112), "tile/entries/273.p/112");
    for wrong in [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/x001/1",
        "tile/0/001/067",
        "tile/0/x001",
        "tile/00/000",
        "tile/+1/000",
        "tile/64/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/entries/000.p/300",
        "tile/data/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
    ] {
        assert!(wrong.parse::<TilePath>().is_err(), "{wrong}");
    }
    assert!(TilePath::new(Level::Hashes(64), 0, 1).is_err() && TilePath::new(Level::Entries, 0, 0).is_err());
}

/// The example of the specification, section "Partial Tiles".
#[test]
fn a_tree_of_70000_leaves_has_the_tiles_of_the_specification() {
    let mut tiles = Vec::new();
    let mut builder = TileBuilder::new();
    (0..70_000_u32).for_each(|n| builder.append(leaf_hash(&n.to_be_bytes()), |tile| tiles.push(tile.path)));
    tiles.extend(builder.finish().into_iter().map(|tile| tile.path));
    let count = |level, width| {
        tiles.iter().filter(|tile| (tile.level(), tile.width()) == (Level::Hashes(level), width)).count()
    };
    assert_eq!([count(0, 256), count(0, 112), count(1, 256), count(1, 17), count(2, 1)], [273, 1, 1, 1, 1]);
    assert_eq!(tiles.len(), 277);
    assert!(tiles.iter().all(|tile| tile.is_of_size(70_000)));
    assert!(!TilePath::new(Level::Hashes(1), 1, 18).unwrap().is_of_size(70_000));
    assert!(!TilePath::new(Level::Hashes(3), 0, 1).unwrap().is_of_size(70_000));
    assert_eq!(TilePath::new(Level::Hashes(1), 1, 17).unwrap().first_leaf(3), (256 + 3) * 256);
}

#[test]
fn tiles_hold_exactly_their_width() {
    let entries: [&[u8]; 3] = [b"", b"a", &[7; 65_535]];
    let bytes = encode_entries(entries).unwrap();
    assert_eq!(parse_entries(&bytes, 3).unwrap(), entries);
    assert_eq!(parse_entries(&bytes, 2), Err(TileError::EntryCount { width: 2 }));
    assert_eq!(parse_entries(&bytes, 4), Err(TileError::EntryCount { width: 4 }));
    assert_eq!(parse_entries(&bytes[..bytes.len() - 1], 3), Err(TileError::EntryCut));
    assert_eq!(parse_entries(&[0, 1, 7, 0], 1), Err(TileError::EntryCut));
    assert_eq!(encode_entries([&[0; 65_536][..]]), Err(TileError::EntryTooLong));
    assert_eq!(parse_hashes(&[0; 64], 3), Err(TileError::HashesLength { width: 3 }));
    assert_eq!(parse_hashes(&[0; 95], 3), Err(TileError::HashesLength { width: 3 }));
}

#[test]
fn nodes_outside_the_tree_are_not_read() {
    let read = |_| Ok::<_, ProofError>(vec![Hash([0; 32])]);
    assert_eq!(node_from_tiles(0, 5, 5, read), Err(TileReadError::OutOfRange));
    assert_eq!(node_from_tiles(3, 0, 7, read), Err(TileReadError::OutOfRange));
    assert_eq!(node_from_tiles(64, 0, u64::MAX, read), Err(TileReadError::OutOfRange));
    assert_eq!(node_from_tiles(9, u64::MAX, u64::MAX, read), Err(TileReadError::OutOfRange));
    assert_eq!(node_from_tiles(0, 0, 1, read), Ok(Hash([0; 32])));
    let path = TilePath::new(Level::Hashes(0), 0, 5).unwrap();
    assert_eq!(node_from_tiles(0, 4, 5, read), Err(TileReadError::Length(path)));
}

#[test]
fn a_proof_file_has_one_form() {
    let log = Log::new(crate::history::tell(&(0..20).map(|n| (n % 3, 1)).collect()));
    let text = ProofFile { extra: Some(b"more".to_vec()), ..log.proof(13, 20) }.to_string();
    let proof = ProofFile::parse(&text).unwrap();
    assert_eq!((proof.index, proof.extra.as_deref(), proof.hashes.len()), (13, Some(&b"more"[..]), 5));
    assert_eq!(proof.verify(&log.leaves[13].hash(), &crate::history::checkpoint(&log.leaves, 20)), Ok(()));
    let refused = |text: String| assert!(ProofFile::parse(&text).is_err(), "{text}");
    refused(text.replace("@v1", "@v2"));
    refused(text.replace("index 13", "index 013"));
    refused(text.replace("index 13", "index +13"));
    refused(text.replace("index 13", "index 18446744073709551616"));
    refused(text.replace("index 13\n", ""));
    refused(text.replace("extra bW9yZQ==", "extra bW9yZQ"));
    refused(text.replace("extra bW9yZQ==", "extra bW9yZQ==\nextra bW9yZQ=="));
    refused(text.replace("index 13", "index 13\nAAAA"));
    refused(text.replace('\n', "\r\n"));
    refused(format!("\n{text}"));
    refused(text.split("\n\n").next().unwrap().to_owned());
    let hash = STANDARD.encode([0; 32]);
    refused(text.replace("index 13", &format!("index 13{}", format!("\n{hash}").repeat(60))));
    refused(text.replace("index 13", &format!("index 13\n{}", "x".repeat(2_000_000))));

    let body = log.consistency(13);
    assert_eq!(AddCheckpoint::parse(&body).unwrap().old, 13);
    let refused = |text: String| assert!(AddCheckpoint::parse(&text).is_err(), "{text}");
    refused(body.replace("old 13", "old 013"));
    refused(body.replace("old 13", "old 0"));
    refused(body.replace("old 13", "OLD 13"));
    refused(body.replace("old 13", &format!("old 13{}", format!("\n{hash}").repeat(63))));
    refused(body.trim_end().to_owned());
}

#[test]
fn a_receipt_shows_what_was_decided() {
    let story = story::tell();
    let leaf = &story.log.leaves[DECIDED as usize];
    let given = ProofFile { extra: Some(leaf.bytes().to_vec()), ..story.log.proof(DECIDED, 4) };
    let keys = [signer(1).verifier_key().clone()];
    let said = |proof: &ProofFile| verdict(&receipt::verify(&proof.to_string(), &keys));
    let report = receipt::verify(&given.to_string(), &keys);
    assert_eq!((report.verdict.code(), report.size), ("VALID", Some(4)));
    assert_eq!(
        report.proves[0],
        format!(
            "APPROVE of document {} by user {}, recorded at 2026-03-01T00:00:03.000Z, is leaf 3 of the log {LOG}.",
            story::DOCUMENT,
            story::ADA
        )
    );
    let bad = ("INVALID:PROOF_BAD".to_owned(), Some(3));
    let other = story.log.leaves[2].bytes().to_vec();
    assert_eq!(said(&ProofFile { extra: Some(other), ..given.clone() }), bad);
    assert_eq!(said(&ProofFile { index: 2, ..given.clone() }).0, "INVALID:PROOF_BAD");
    assert_eq!(said(&ProofFile { extra: None, ..given.clone() }), ("INVALID:PROOF_BAD".into(), None));
    assert_eq!(said(&ProofFile { extra: Some(b"{}".to_vec()), ..given.clone() }).0, "INVALID:NONCANONICAL");
    assert_eq!(said(&ProofFile { hashes: vec![], ..given.clone() }), bad);
    let unknown = receipt::verify(&given.to_string(), &[signer(7).verifier_key().clone()]);
    assert_eq!(verdict(&unknown), ("INVALID:KEY_UNKNOWN".into(), Some(3)));
}

#[test]
fn witnesses_cosign_what_they_saw() {
    let (key, name) = (SigningKey::from_bytes(&[9; 32]), "witness.example/w1");
    let witness = WitnessKey::new(name, key.verifying_key().as_bytes()).unwrap();
    assert_eq!(witness.to_string().parse::<WitnessKey>(), Ok(witness.clone()));
    // The type is part of the key's text and of its id: a log's key is no witness's, and the other way round.
    assert_eq!(witness.to_string().parse::<VerifierKey>(), Err(KeyError::Algorithm));
    let as_log = VerifierKey::new(name, key.verifying_key().as_bytes()).unwrap();
    assert_eq!(as_log.to_string().parse::<WitnessKey>(), Err(KeyError::Algorithm));
    assert_ne!(witness.id(), as_log.id());

    let checkpoint = Checkpoint::new(LOG, 8, Hash([8; 32]));
    let body = checkpoint.body().unwrap();
    assert_eq!(signed_message(&body, 1_679_315_147), format!("cosignature/v1\ntime 1679315147\n{body}"));
    let line = |timestamp: u64, message: &str| {
        let mut bytes = witness.id().to_be_bytes().to_vec();
        bytes.extend(timestamp.to_be_bytes());
        bytes.extend(key.sign(message.as_bytes()).to_bytes());
        format!("— {name} {}\n", STANDARD.encode(bytes))
    };
    let open = |line: String, known: &[WitnessKey]| {
        let note = format!("{}{line}", checkpoint.sign(&[&signer(1)]).unwrap());
        Checkpoint::open(&note, LOG, [signer(1).verifier_key()]).unwrap().witnessed_by(known)
    };
    let good = || line(1_679_315_147, &signed_message(&body, 1_679_315_147));
    let opened = open(good(), std::slice::from_ref(&witness)).unwrap();
    let cosigned = Cosignature { witness: name.into(), id: witness.id(), timestamp: 1_679_315_147 };
    assert_eq!((opened.cosignatures, opened.unverified.len()), (vec![cosigned], 0));
    // A witness that nobody named is listed, and no error.
    let opened = open(good(), &[]).unwrap();
    assert_eq!((opened.cosignatures.len(), opened.unverified.len()), (0, 1));
    let bad = CheckpointError::Note(NoteError::BadSignature { name: name.into(), id: witness.id() });
    let known = std::slice::from_ref(&witness);
    assert_eq!(open(line(1_679_315_148, &signed_message(&body, 1_679_315_147)), known), Err(bad.clone()));
    assert_eq!(open(line(1, &body), known), Err(bad.clone()));
    assert_eq!(open(line(u64::MAX, &signed_message(&body, u64::MAX)), known), Err(bad));
}

#[test]
fn keys_of_a_log_follow_each_other() {
    let key = |seed: u8| signer(seed).verifier_key().to_string();
    let mut writer = Writer { leaves: vec![] };
    let mut event = |kind: &str, data| writer.add(kind, story::ADA, ("log_key", "k"), data).clone();
    let rotated = |old: u8, new: u8, from: u32| {
        object([("from", from.into()), ("new", key(new).into()), ("old", key(old).into())])
    };
    let first = event("key.rotated/v1", rotated(1, 2, 10));
    let strange = event("key.rotated/v1", rotated(7, 8, 10));
    let second = event("key.rotated/v1", rotated(2, 3, 20));
    let revoked = event("key.revoked/v1", object([("good_to", 15_u32.into()), ("key", key(2).into())]));
    assert!(matches!(KeyEvent::of(&first), Some(KeyEvent::Rotated(rotation)) if rotation.from == 10));
    assert_eq!(KeyEvent::of(&event("key.rotated/v1", object([("from", 1_u32.into())]))), None);
    assert_eq!(KeyEvent::of(&event("key.seen/v1", rotated(1, 2, 10))), None);

    let mut keyring = Keyring::new(LOG, &[signer(1).verifier_key().clone()]);
    let opens = |keyring: &Keyring, seed: u8, size: u64| {
        let note = Checkpoint::new(LOG, size, Hash([0; 32])).sign(&[&signer(seed)]).unwrap();
        keyring.open(&note).map(|_| ())
    };
    let unknown = Err(CheckpointError::Note(NoteError::UnknownKey));
    let out_of_range = |size| Err(CheckpointError::KeyOutOfRange { size });
    assert_eq!((opens(&keyring, 1, 99), opens(&keyring, 2, 99)), (Ok(()), unknown.clone()));
    [&first, &strange, &second].into_iter().for_each(|leaf| keyring.take(leaf));
    assert_eq!(opens(&keyring, 2, 99), unknown, "no checkpoint has covered the rotation yet");
    keyring.cover(1);
    assert_eq!([opens(&keyring, 2, 10), opens(&keyring, 2, 11)], [out_of_range(10), Ok(())]);
    assert_eq!(opens(&keyring, 3, 99), unknown);
    keyring.cover(3);
    assert_eq!([opens(&keyring, 3, 20), opens(&keyring, 3, 21)], [out_of_range(20), Ok(())]);
    assert_eq!(opens(&keyring, 8, 99), unknown, "who vouches for it is trusted by nobody");
    keyring.take(&revoked);
    assert_eq!([opens(&keyring, 2, 15), opens(&keyring, 2, 16)], [Ok(()), out_of_range(16)]);
    assert_eq!(keyring.trusted().count(), 3);
}

proptest! {
    #[test]
    fn every_tile_path_comes_back(level in 0..=63_u8, entries: bool, index: u64, width in 1..=256_u16) {
        let level = if entries { Level::Entries } else { Level::Hashes(level) };
        let path = TilePath::new(level, index, width).unwrap();
        prop_assert_eq!(path.to_string().parse::<TilePath>(), Ok(path));
    }

    #[test]
    fn every_proof_file_comes_back(extra: Option<Vec<u8>>, index: u64, hashes in prop::collection::vec(any::<[u8; 32]>(), 0..63)) {
        let hashes: Vec<Hash> = hashes.into_iter().map(Hash).collect();
        let checkpoint = Checkpoint::new(LOG, index, Hash([0; 32])).sign(&[&signer(1)]).unwrap();
        let proof = ProofFile { extra, index, hashes: hashes.clone(), checkpoint: checkpoint.clone() };
        prop_assert_eq!(ProofFile::parse(&proof.to_string()), Ok(proof));
        let body = AddCheckpoint { old: index | 1, hashes, checkpoint };
        prop_assert_eq!(AddCheckpoint::parse(&body.to_string()), Ok(body));
    }
}
