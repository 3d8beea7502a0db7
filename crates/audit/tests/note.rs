//! Signed notes, as the specification and Go's `x/mod/sumdb/note` have them.

use audit::note::{KeyError, NoteError, NoteSigner, SignFailed, Signer, VerifierKey, open_note, sign_note};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

const ORIGIN: &str = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1";
const NOTE: &str = include_str!("golden/note");

/// The test key, text and note of golang.org/x/mod/sumdb/note.
const GO_SEED: &str = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                       then you don't know what your problem is.\n";
const GO_SIGNATURE: &str = "— PeterNeumann \
                            x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn signer() -> NoteSigner {
    NoteSigner::from_seed(ORIGIN, &std::array::from_fn(|n| n as u8)).unwrap()
}

fn other() -> NoteSigner {
    NoteSigner::from_seed("witness.example", &[7; 32]).unwrap()
}

fn key_of(signer: &dyn Signer) -> VerifierKey {
    signer.verifier_key().clone()
}

/// The files were written by golden/golden.py, with Python's hashlib and cryptography.
#[test]
fn key_and_note_are_those_that_python_writes() {
    let signer = signer();
    assert_eq!(format!("{}\n", signer.verifier_key()), include_str!("golden/log.vkey"));
    assert_eq!(sign_note("Ogni nota\n\nha un’ultima riga.\n", &[&signer]).unwrap(), NOTE);
    let key = include_str!("golden/log.vkey").trim_end().parse().unwrap();
    let note = open_note(NOTE, &[key]).unwrap();
    assert_eq!(note.text, "Ogni nota\n\nha un’ultima riga.\n");
    assert_eq!((note.verified.len(), note.unverified.len()), (1, 0));
}

#[test]
fn key_and_note_are_those_of_go() {
    let seed: [u8; 32] = STANDARD.decode(GO_SEED).unwrap().try_into().unwrap();
    let signer = NoteSigner::from_seed("PeterNeumann", &seed).unwrap();
    assert_eq!(signer.verifier_key().to_string(), GO_KEY);
    assert_eq!(signer.verifier_key().id(), 0xc74f_20a3);
    let note = sign_note(GO_TEXT, &[&signer]).unwrap();
    assert_eq!(note, format!("{GO_TEXT}\n{GO_SIGNATURE}"));
    assert_eq!(open_note(&note, &[GO_KEY.parse().unwrap()]).unwrap().text, GO_TEXT);
}

#[test]
fn unknown_keys_are_ignored_and_known_ones_must_hold() {
    let (signer, other) = (signer(), other());
    let both = sign_note("text\n", &[&other, &signer]).unwrap();
    let note = open_note(&both, &[key_of(&signer)]).unwrap();
    assert_eq!(note.verified[0].name, ORIGIN);
    assert_eq!(note.unverified[0].name, "witness.example");
    assert_eq!(open_note(&both, &[key_of(&signer), key_of(&other)]).unwrap().verified.len(), 2);
    assert_eq!(open_note(&both, &[]), Err(NoteError::UnknownKey));

    // The same name with another key, and so with another id, is another key.
    let namesake = NoteSigner::from_seed(ORIGIN, &[9; 32]).unwrap();
    assert_eq!(open_note(NOTE, &[key_of(&namesake)]), Err(NoteError::UnknownKey));

    let forged = both.replacen("text\n", "Text\n", 1);
    let expected = NoteError::BadSignature { name: ORIGIN.into(), id: signer.verifier_key().id() };
    assert_eq!(open_note(&forged, &[key_of(&signer)]), Err(expected));
    assert_eq!(open_note(&forged, &[key_of(&namesake)]), Err(NoteError::UnknownKey));
}

#[test]
fn a_repeated_signature_counts_once() {
    let signer = signer();
    let note = sign_note("text\n", &[&signer, &signer]).unwrap();
    assert_eq!(open_note(&note, &[key_of(&signer), key_of(&signer)]).unwrap().verified.len(), 1);
}

#[test]
fn up_to_a_hundred_signatures_are_read() {
    let (signer, other) = (signer(), other());
    let with = |others: usize| {
        let mut signers: Vec<&dyn Signer> = vec![&signer];
        signers.resize(1 + others, &other);
        sign_note("text\n", &signers)
    };
    let note = with(99).unwrap();
    assert_eq!(open_note(&note, &[key_of(&signer)]).unwrap().unverified.len(), 99);
    assert!(matches!(with(100), Err(NoteError::Malformed(_))));
    assert!(matches!(open_note(&format!("{note}{GO_SIGNATURE}"), &[key_of(&signer)]), Err(NoteError::Malformed(_))));
}

#[test]
fn a_malformed_note_is_refused_though_its_signature_would_hold() {
    let key = key_of(&signer());
    let refused = |note: &str| {
        let outcome = open_note(note, std::slice::from_ref(&key));
        assert!(matches!(outcome, Err(NoteError::Malformed(_))), "{note:?}: {outcome:?}");
    };
    let (body, line) = NOTE.split_at(NOTE.rfind("— ").unwrap());
    let base64 = line.trim_end().rsplit(' ').next().unwrap();
    refused("");
    refused("\n");
    refused("text\n");
    refused(body);
    refused(&NOTE[..NOTE.len() - 1]);
    refused(&NOTE.replace('\n', "\r\n"));
    refused(&NOTE.replace("Ogni", "Ogni\t"));
    refused(&format!("{NOTE}\n"));
    refused(&format!("{NOTE}more\n"));
    refused(&format!("{body}- {ORIGIN} {base64}\n"));
    refused(&format!("{body}—  {ORIGIN} {base64}\n"));
    refused(&format!("{body}— {ORIGIN}\n"));
    refused(&format!("{body}— {ORIGIN} \n"));
    refused(&format!("{body}— {base64}\n"));
    refused(&format!("{body}—  {base64}\n"));
    refused(&format!("{body}— a+b {base64}\n"));
    refused(&format!("{body}— a\u{a0}b {base64}\n"));
    refused(&format!("{body}— {ORIGIN} {base64} \n"));
    refused(&format!("{body}— {ORIGIN} {}\n", base64.trim_end_matches('=')));
    refused(&format!("{body}— {ORIGIN} {}\n", base64.replace("w=", "x=")));
    refused(&format!("{body}— {ORIGIN} {}\n", base64.replace('/', "_")));
    refused(&format!("{body}— {ORIGIN} mH/JGw==\n"));
    refused(&format!("{}{NOTE}", "x".repeat(1_000_000)));
    // A known key with a signature of another length does not hold.
    let short = open_note(&format!("{body}— {ORIGIN} mH/JGwA=\n"), std::slice::from_ref(&key));
    assert!(matches!(short, Err(NoteError::BadSignature { .. })));
}

#[test]
fn what_no_note_can_hold_is_not_signed() {
    for text in ["", "no newline", "tab\t\n", "cr\r\n", "\0\n"] {
        assert!(matches!(sign_note(text, &[&signer()]), Err(NoteError::Malformed(_))), "{text:?}");
    }
    assert!(matches!(sign_note("text\n", &[]), Err(NoteError::Malformed(_))));
}

#[test]
fn a_signer_that_fails_makes_no_note() {
    struct Unplugged(VerifierKey);
    impl Signer for Unplugged {
        fn verifier_key(&self) -> &VerifierKey {
            &self.0
        }
        fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignFailed> {
            Err(SignFailed("the device is gone".into()))
        }
    }
    let unplugged = Unplugged(key_of(&signer()));
    let expected = NoteError::Sign(SignFailed("the device is gone".into()));
    assert_eq!(sign_note("text\n", &[&signer(), &unplugged]), Err(expected));
}

#[test]
fn verifier_keys_have_one_form() {
    assert_eq!(GO_KEY.parse::<VerifierKey>().unwrap().to_string(), GO_KEY);
    let refused = |key: &str, why: KeyError| assert_eq!(key.parse::<VerifierKey>(), Err(why), "{key}");
    refused("", KeyError::Form);
    refused("PeterNeumann+c74f20a3", KeyError::Form);
    refused("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T", KeyError::Form);
    refused("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", KeyError::Form);
    refused("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Algorithm);
    refused(&GO_KEY.replace("c74f20a3", "c74f20a4"), KeyError::Id);
    refused(&GO_KEY.replace("c74f20a3", "C74F20A3"), KeyError::Id);
    refused(&GO_KEY.replace("c74f20a3", "c74f20a30"), KeyError::Id);
    refused(&GO_KEY.replace("PeterNeumann", "Peter"), KeyError::Id);
    refused(&GO_KEY.replace("PeterNeumann", ""), KeyError::Name);
    refused(&GO_KEY.replace("PeterNeumann", "Peter Neumann"), KeyError::Name);
}

/// The order of the group, little-endian (RFC 8032, section 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn a_malleated_signature_does_not_hold() {
    let signer = signer();
    let mut signature = signer.sign(b"text").unwrap();
    assert!(signer.verifier_key().verify_strict(b"text", &signature));
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert!(!signer.verifier_key().verify_strict(b"text", &signature));
}

#[test]
fn a_key_of_small_order_is_no_key() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut order_two = [0xff; 32];
    (order_two[0], order_two[31]) = (0xec, 0x7f);
    for point in [identity, [0; 32], order_two] {
        assert_eq!(VerifierKey::new("name", &point), Err(KeyError::Point));
    }
    // The identity as key and nonce point, zero as scalar: it holds for every text where nobody looks.
    let mut signature = [0; 64];
    signature[0] = 1;
    assert!(!signer().verifier_key().verify_strict(b"text", &signature));
}

/// The nonce point is the identity, made with the signer's own scalar: RFC 8032 lets it pass, and so does OpenSSL.
/// Computed in Python from the seed 00 01 … 1f.
#[test]
fn a_nonce_of_small_order_does_not_hold() {
    let mut signature = [0; 64];
    signature[0] = 1;
    signature[32..].copy_from_slice(&[
        0xc9, 0x33, 0x46, 0x92, 0x54, 0xfa, 0xdb, 0xcf, 0xd5, 0x00, 0xcd, 0x3f, 0x89, 0xb6, 0xa8, 0xd1, 0x72, 0x23,
        0xd5, 0x04, 0xdf, 0x3c, 0x20, 0xeb, 0xba, 0x76, 0xd8, 0xe2, 0x48, 0x28, 0xf5, 0x0b,
    ]);
    let lax = ed25519_dalek::VerifyingKey::from_bytes(signer().verifier_key().public_key()).unwrap();
    assert!(ed25519_dalek::Verifier::verify(&lax, b"text", &signature.into()).is_ok());
    assert!(!signer().verifier_key().verify_strict(b"text", &signature));
}

/// Two keys of the name `name` with the id 6bc9af74, found by trying.
#[test]
fn colliding_key_ids_are_told_apart_or_refused() {
    let seed = |n: u32| std::array::from_fn(|at| n.to_le_bytes().get(at).copied().unwrap_or(0));
    let [one, other] = [9_978, 96_561].map(|n| NoteSigner::from_seed("name", &seed(n)).unwrap());
    assert_eq!(one.verifier_key().id(), other.verifier_key().id());
    let note = sign_note("text\n", &[&one]).unwrap();
    assert!(open_note(&note, &[key_of(&one)]).is_ok());
    assert!(matches!(open_note(&note, &[key_of(&other)]), Err(NoteError::BadSignature { .. })));
    let ambiguous = NoteError::AmbiguousKey { name: "name".into(), id: 0x6bc9_af74 };
    assert_eq!(open_note(&note, &[key_of(&one), key_of(&other)]), Err(ambiguous));
}

#[test]
fn a_signer_does_not_show_its_key() {
    let shown = format!("{:?}", NoteSigner::from_seed("name", &[0x5a; 32]).unwrap());
    assert!(shown.contains("name+") && !shown.contains("90") && !shown.to_lowercase().contains("5a5a"), "{shown}");
}

proptest! {
    #[test]
    fn every_text_comes_back(text in "([^\\x00-\\x1f]{0,20}\n){1,5}", seed: [u8; 32], name in "[!-*,-~é漢]{1,20}") {
        let signer = NoteSigner::from_seed(name, &seed).unwrap();
        let note = sign_note(&text, &[&signer]).unwrap();
        prop_assert_eq!(open_note(&note, &[key_of(&signer)]).unwrap().text, text);
        prop_assert_eq!(signer.verifier_key().to_string().parse(), Ok(key_of(&signer)));
    }

    #[test]
    fn one_damaged_bit_is_found(at in 0..NOTE.len(), bit in 0..8_u8) {
        let mut damaged = NOTE.as_bytes().to_vec();
        damaged[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(damaged) {
            prop_assert!(open_note(&text, &[key_of(&signer())]).is_err());
        }
    }

    #[test]
    fn no_text_makes_it_panic(note in "(— |[a-z+/= ]|\n|\n\n|PeterNeumann|x08go/ZJ){0,30}") {
        prop_assert!(open_note(&note, &[GO_KEY.parse().unwrap()]).is_err());
    }
}
