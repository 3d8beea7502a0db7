//! Signed tree heads, as tlog-checkpoint has them.

use audit::checkpoint::CheckpointError;
use audit::note::{NoteError, NoteSigner, Signer, VerifierKey, sign_note};
use audit::verify::BreakCode;
use audit::{Checkpoint, Hash};
use proptest::prelude::*;

const ORIGIN: &str = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1";
const GOLDEN: &str = include_str!("golden/checkpoint");

fn signer() -> NoteSigner {
    NoteSigner::from_seed(ORIGIN, &std::array::from_fn(|n| n as u8)).unwrap()
}

fn keys() -> Vec<VerifierKey> {
    vec![signer().verifier_key().clone()]
}

/// The head of the reference tree of google/certificate-transparency.
fn checkpoint() -> Checkpoint {
    let root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328".parse().unwrap();
    Checkpoint::new(ORIGIN, 8, root)
}

/// The file was written by golden/golden.py, with Python's hashlib and cryptography.
#[test]
fn the_bytes_are_those_that_python_writes() {
    assert_eq!(checkpoint().sign(&[&signer()]).unwrap(), GOLDEN);
    let opened = Checkpoint::open(GOLDEN, ORIGIN, &keys()).unwrap();
    assert_eq!(opened.checkpoint, checkpoint());
    assert_eq!(opened.verified.len(), 1);
}

/// The example of the specification.
#[test]
fn the_body_is_that_of_the_specification() {
    let body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let checkpoint = Checkpoint::parse(body).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(checkpoint.body().unwrap(), body);
}

#[test]
fn extension_lines_are_kept() {
    let body = format!("{}one\ntwo — three\n", checkpoint().body().unwrap());
    let read = Checkpoint::parse(&body).unwrap();
    assert_eq!(read.extensions, ["one", "two — three"]);
    assert_eq!(read.body().unwrap(), body);
}

#[test]
fn another_form_is_refused() {
    let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
    for body in [
        String::new(),
        "\n".into(),
        "origin\n8\n".into(),
        format!("origin\n8\n{root}"),
        format!("\n8\n{root}\n"),
        format!("origin\n08\n{root}\n"),
        format!("origin\n+8\n{root}\n"),
        format!("origin\n-8\n{root}\n"),
        format!("origin\n 8\n{root}\n"),
        format!("origin\n8.0\n{root}\n"),
        format!("origin\n\n{root}\n"),
        format!("origin\n18446744073709551616\n{root}\n"),
        format!("origin\n8\n{}\n", root.trim_end_matches('=')),
        format!("origin\n8\n{}\n", root.replace("yg=", "yh=")),
        format!("origin\n8\n{}\n", root.replace('/', "_")),
        "origin\n8\nXcnaeac=\n".into(),
        format!("origin\n8\n{root}\n\n"),
        format!("origin\n8\n{root}\n\nextension\n"),
        format!("origin\r\n8\r\n{root}\r\n"),
    ] {
        assert!(matches!(Checkpoint::parse(&body), Err(CheckpointError::Malformed(_))), "{body:?}");
    }
    assert_eq!(Checkpoint::parse(&format!("origin\n0\n{root}\n")).unwrap().size, 0);
}

#[test]
fn what_is_not_one_line_is_not_written() {
    for (origin, extension) in [("", "x"), ("a\nb", "x"), ("a\rb", "x"), ("a", ""), ("a", "b\nc")] {
        let mut checkpoint = Checkpoint::new(origin, 1, Hash([0; 32]));
        checkpoint.extensions.push(extension.into());
        assert!(matches!(checkpoint.body(), Err(CheckpointError::Malformed(_))));
    }
}

#[test]
fn a_checkpoint_belongs_to_one_log_and_one_key() {
    let other = NoteSigner::from_seed("other.example/log", &[3; 32]).unwrap();
    assert!(matches!(checkpoint().sign(&[&other]), Err(CheckpointError::Origin { .. })));

    let code = |error: &CheckpointError| BreakCode::from(error).as_str();
    let replayed = sign_note(&Checkpoint::new("other.example/log", 8, Hash([1; 32])).body().unwrap(), &[&signer()]);
    let error = Checkpoint::open(&replayed.unwrap(), ORIGIN, &keys()).unwrap_err();
    assert_eq!(code(&error), "ORIGIN_MISMATCH");

    let error = Checkpoint::open(GOLDEN, ORIGIN, &[other.verifier_key().clone()]).unwrap_err();
    assert_eq!(code(&error), "KEY_UNKNOWN");
    assert!(matches!(error, CheckpointError::KeyOfOtherLog { key, .. } if key == "other.example/log"));
    let unknown = NoteSigner::from_seed(ORIGIN, &[3; 32]).unwrap();
    let error = Checkpoint::open(GOLDEN, ORIGIN, &[unknown.verifier_key().clone()]).unwrap_err();
    assert_eq!((code(&error), &error), ("KEY_UNKNOWN", &CheckpointError::Note(NoteError::UnknownKey)));
    // A signature is over the text alone, so a line that was renamed must not move it to another log's key.
    let theirs = sign_note(&Checkpoint::new("other.example/log", 8, Hash([1; 32])).body().unwrap(), &[&signer()]);
    let error = Checkpoint::open(&theirs.unwrap(), "other.example/log", &keys()).unwrap_err();
    assert!(matches!(error, CheckpointError::KeyOfOtherLog { .. }));

    let error = Checkpoint::open(&GOLDEN.replacen("\n8\n", "\n9\n", 1), ORIGIN, &keys()).unwrap_err();
    assert_eq!(code(&error), "SIG_BAD");

    let no_body = sign_note("text\n", &[&signer()]).unwrap();
    assert_eq!(code(&Checkpoint::open(&no_body, ORIGIN, &keys()).unwrap_err()), "NOTE_MALFORMED");
    assert_eq!(code(&Checkpoint::open("text\n", ORIGIN, &keys()).unwrap_err()), "NOTE_MALFORMED");
}

proptest! {
    #[test]
    fn every_checkpoint_comes_back(size: u64, root: [u8; 32], extensions in prop::collection::vec("[ -~é]{1,20}", 0..3)) {
        let checkpoint = Checkpoint { extensions, ..Checkpoint::new(ORIGIN, size, Hash(root)) };
        prop_assert_eq!(&Checkpoint::parse(&checkpoint.body().unwrap()).unwrap(), &checkpoint);
        let signed = checkpoint.sign(&[&signer()]).unwrap();
        prop_assert_eq!(Checkpoint::open(&signed, ORIGIN, &keys()).unwrap().checkpoint, checkpoint);
    }

    #[test]
    fn what_is_read_is_written_alike(body in "([a-z0-9+=/]{0,3}\n|8\n|XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz\\+Nw7/RgQyg=\n){0,5}") {
        if let Ok(checkpoint) = Checkpoint::parse(&body) {
            prop_assert_eq!(checkpoint.body().unwrap(), body);
        }
    }
}
