//! Every parser against every kind of bytes: nothing makes one panic, and what one reads it writes alike.
//!
//! The seeds in tests/corpus are real files of each format; `every_seed_is_read` keeps them valid. They also serve a
//! coverage-guided fuzzer, one folder a parser.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use audit::add_checkpoint::AddCheckpoint;
use audit::bundle::{About, DisclosureLine, tar};
use audit::cosignature::WitnessKey;
use audit::disclosure::Disclosure;
use audit::leaf::{Draft, Leaf};
use audit::note::{UnopenedNote, VerifierKey};
use audit::proof_file::ProofFile;
use audit::signing_key::PublicKey;
use audit::statement::Statement;
use audit::tile::{TilePath, encode_entries, encode_hashes, parse_entries, parse_hashes};
use audit::webauthn::{AuthenticatorData, ClientData};
use audit::{Checkpoint, Millis, canonical};
use proptest::prelude::*;

/// Reads bytes and writes them again; `None` where they are refused. A format whose reader keeps too little to write
/// it again answers with the bytes themselves.
type Rewrite = fn(&[u8]) -> Option<Vec<u8>>;

const PARSERS: &[(&str, Rewrite)] = &[
    ("note", |bytes| {
        let note = UnopenedNote::parse(text(bytes)?).ok()?;
        assert!(note.text.ends_with('\n') && (1..=100).contains(&note.signatures.len()));
        Some(bytes.to_vec())
    }),
    ("checkpoint", |bytes| Checkpoint::parse(text(bytes)?).ok()?.body().ok().map(String::into_bytes)),
    ("vkey", |bytes| text(bytes)?.parse::<VerifierKey>().ok().map(|key| key.to_string().into_bytes())),
    ("witness-vkey", |bytes| text(bytes)?.parse::<WitnessKey>().ok().map(|key| key.to_string().into_bytes())),
    ("tile", |bytes| parse_hashes(bytes, 3).ok().map(|hashes| encode_hashes(&hashes))),
    ("entries", |bytes| encode_entries(parse_entries(bytes, 2).ok()?).ok()),
    ("tile-path", |bytes| text(bytes)?.parse::<TilePath>().ok().map(|path| path.to_string().into_bytes())),
    ("proof", |bytes| ProofFile::parse(text(bytes)?).ok().map(|proof| proof.to_string().into_bytes())),
    ("add-checkpoint", |bytes| AddCheckpoint::parse(text(bytes)?).ok().map(|body| body.to_string().into_bytes())),
    ("canonical", |bytes| canonical::encode(&canonical::parse(bytes).ok()?).ok()),
    ("leaf", |bytes| Leaf::parse(bytes).ok().map(Leaf::into_bytes)),
    ("draft", |bytes| Draft::decode(bytes).ok()?.encode().ok()),
    ("disclosure", |bytes| Disclosure::parse(bytes).ok().map(|disclosure| disclosure.bytes().to_vec())),
    ("disclosure-line", |bytes| DisclosureLine::parse(bytes).ok()?.encode().ok()),
    ("bundle", |bytes| About::parse(bytes).ok()?.encode().ok()),
    ("time", |bytes| text(bytes)?.parse::<Millis>().ok().map(|time| time.to_string().into_bytes())),
    ("tar", |bytes| {
        let index = tar::index(Cursor::new(bytes), bytes.len() as u64).ok()?;
        for (path, size) in &index.listing {
            assert!(index.offsets[path] + size <= bytes.len() as u64, "{path} lies within the tar");
        }
        Some(bytes.to_vec())
    }),
    ("statement", |bytes| Statement::parse(bytes).ok()?.write().ok().map(String::into_bytes)),
    ("public-key", |bytes| {
        let key = PublicKey::from_pem(text(bytes)?).ok()?;
        // People paste keys with and without the last line feed: what is written is the same key, not the same text.
        let same = PublicKey::from_pem(&key.to_pem()).is_ok_and(|again| again == key);
        Some(if same { bytes.to_vec() } else { Vec::new() })
    }),
    ("client-data", |bytes| ClientData::parse(bytes).ok().map(|_| bytes.to_vec())),
    ("authenticator-data", |bytes| AuthenticatorData::parse(bytes).ok().map(|_| bytes.to_vec())),
];

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn seeds() -> BTreeMap<String, Vec<Vec<u8>>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = |folder: &Path| {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let read = |path: &Path| files(path).iter().map(|path| fs::read(path).unwrap()).collect();
    files(&corpus).iter().map(|folder| (name(folder), read(folder))).collect()
}

/// What a fuzzer does to a seed.
#[derive(Debug, Clone)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, usize),
}

fn changes() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>();
    let telling =
        prop::sample::select(vec!["\n", "\n\n", "0", "+", "/", "\u{2014} ", "\"", "{", "\\u", "-", "=", "\0", "é"]);
    prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        at.clone().prop_map(Change::Cut),
        (at.clone(), 1..40_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (at.clone(), telling).prop_map(|(at, text)| Change::Insert(at, text.as_bytes().to_vec())),
        (at.clone(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (at, 1..600_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn change(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: &prop::sample::Index, length: usize| at.index(length + 1);
    match change {
        Change::Flip(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        Change::Flip(..) => {}
        Change::Cut(at) => bytes.truncate(place(at, bytes.len())),
        Change::Remove(at, length) => {
            let from = place(at, bytes.len());
            bytes.drain(from..bytes.len().min(from + length));
        }
        Change::Insert(at, more) => {
            let at = place(at, bytes.len());
            bytes.splice(at..at, more.iter().copied());
        }
        Change::Repeat(at, length) => {
            let from = place(at, bytes.len());
            let more = bytes[from..bytes.len().min(from + length)].to_vec();
            bytes.splice(from..from, more);
        }
    }
}

#[test]
fn every_seed_is_read_and_written_alike() {
    let seeds = seeds();
    assert_eq!(seeds.keys().map(String::as_str).collect::<Vec<_>>(), {
        let mut names: Vec<_> = PARSERS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    });
    for (name, rewrite) in PARSERS {
        assert!(!seeds[*name].is_empty(), "{name} has seeds");
        for seed in &seeds[*name] {
            assert_eq!(rewrite(seed).as_ref(), Some(seed), "{name}: {}", String::from_utf8_lossy(seed));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn whatever_is_read_is_written_alike(bytes in prop::collection::vec(any::<u8>(), 0..200), printable in "[ -~\n]{0,120}") {
        for (name, rewrite) in PARSERS {
            for bytes in [&bytes[..], printable.as_bytes()] {
                if let Some(written) = rewrite(bytes) {
                    prop_assert_eq!(&written[..], bytes, "{}", name);
                }
            }
        }
    }

    #[test]
    fn a_damaged_seed_is_refused_or_written_alike(
        parser: prop::sample::Index, seed: prop::sample::Index, changed in prop::collection::vec(changes(), 1..4),
    ) {
        let (name, rewrite) = PARSERS[parser.index(PARSERS.len())];
        let seeds = &seeds()[name];
        let mut bytes = seeds[seed.index(seeds.len())].clone();
        changed.iter().for_each(|one| change(&mut bytes, one));
        if let Some(written) = rewrite(&bytes) {
            prop_assert_eq!(written, bytes, "{}", name);
        }
    }
}
