//! Reviewers' keys: their one written form, their enrolment, and what each kind of signature holds against.

use audit::signing_key::{
    Custody, Enrolment, EnrolmentError, HeldKey, HeldKeyError, KeyAlg, PublicKey, PublicKeyError, RelyingParty,
    SignatureAlg, SignatureError, possession_digest, verify_possession, verify_signature,
};
use audit::value::object;
use audit::{Digest, Value, canonical};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

fn vectors() -> serde_json::Value {
    serde_json::from_str(include_str!("vectors/statement.json")).unwrap()
}

fn vector(kind: &str, name: &str) -> String {
    vectors()[kind][name].as_str().unwrap().to_owned()
}

fn text(name: &str) -> String {
    vectors()[name].as_str().unwrap().to_owned()
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn held() -> HeldKey {
    HeldKey::from_seed(&std::array::from_fn(|n| n as u8)).unwrap()
}

fn p256() -> PublicKey {
    PublicKey::from_pem(&vector("p256", "pem")).unwrap()
}

fn relying_party() -> RelyingParty {
    RelyingParty::new("https://review.example.org", "example.org").unwrap()
}

#[test]
fn keys_are_written_as_python_writes_them() {
    for (kind, alg) in [("ed25519", KeyAlg::Ed25519), ("p256", KeyAlg::Es256)] {
        let key = PublicKey::from_pem(&vector(kind, "pem")).unwrap();
        assert_eq!(key.alg(), alg);
        assert_eq!(key.to_pem(), vector(kind, "pem"));
        assert_eq!(STANDARD.encode(key.to_spki_der()), vector(kind, "spki"));
        assert_eq!(key.kid().to_string(), vector(kind, "kid"));
        assert_eq!(PublicKey::from_spki_der(&key.to_spki_der()), Ok(key));
    }
    assert_eq!(held().public_key().to_pem(), vector("ed25519", "pem"));
    assert_eq!(held().to_pem().unwrap().as_ref(), vector("ed25519", "private_pem"));
}

#[test]
fn signatures_are_those_that_python_makes() {
    let digest: Digest = text("signed_digest").parse().unwrap();
    let key = HeldKey::from_pem(&vector("ed25519", "private_pem")).unwrap();
    assert_eq!(key.sign(&digest).to_vec(), hex(&text("signature")));
    let challenge = text("possession_challenge").into_bytes();
    assert_eq!(key.prove_possession(&challenge).to_vec(), hex(&text("possession_signature")));
}

#[test]
fn another_pem_is_no_key() {
    let (public, private) = (vector("ed25519", "pem"), vector("ed25519", "private_pem"));
    let refused = |pem: &str, why| assert_eq!(PublicKey::from_pem(pem), Err(why), "{pem}");
    refused("", PublicKeyError::Pem);
    refused(&private, PublicKeyError::Pem);
    refused(&public.replace("PUBLIC KEY", "CERTIFICATE"), PublicKeyError::Pem);
    refused(&public.replace("MCow", "MC!w"), PublicKeyError::Pem);
    refused(&public.replace("-----END", "----END"), PublicKeyError::Pem);
    refused(&format!("{public}{public}"), PublicKeyError::Pem);
    refused(&public.replace("K2Vw", "K2Vu"), PublicKeyError::Form);

    let refused = |pem: &str| assert_eq!(HeldKey::from_pem(pem).unwrap_err(), HeldKeyError::Form, "{pem}");
    refused("");
    refused(&public);
    refused(&private.replace("PRIVATE KEY", "EC PRIVATE KEY"));
    refused(&private.replace("MC4C", "MC4D"));
}

#[test]
fn a_signature_holds_for_its_digest_and_key_alone() {
    let (key, digest) = (held(), Digest::of(b"a statement"));
    let signature = key.sign(&digest);
    for alg in [SignatureAlg::ServerHeld, SignatureAlg::DeviceEd25519] {
        assert_eq!(verify_signature(key.public_key(), alg, &digest, &signature, None), Ok(None));
        let code = |key: &PublicKey, digest: &Digest, signature: &[u8]| {
            verify_signature(key, alg, digest, signature, None).unwrap_err().code()
        };
        let other = HeldKey::from_seed(&[9; 32]).unwrap();
        assert_eq!(code(other.public_key(), &digest, &signature), "STMT_SIG_BAD");
        assert_eq!(code(&p256(), &digest, &signature), "STMT_SIG_BAD");
        assert_eq!(code(key.public_key(), &Digest::of(b"another"), &signature), "STMT_SIG_BAD");
        assert_eq!(code(key.public_key(), &digest, &signature[..63]), "STMT_SIG_BAD");
        assert_eq!(code(key.public_key(), &digest, b""), "STMT_SIG_BAD");
    }
}

/// The order of the group, little-endian (RFC 8032, section 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn a_malleated_signature_does_not_hold() {
    let (key, digest) = (held(), Digest::of(b"a statement"));
    let mut signature = key.sign(&digest);
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert!(verify_signature(key.public_key(), SignatureAlg::DeviceEd25519, &digest, &signature, None).is_err());
}

#[test]
fn possession_is_proven_for_one_challenge_and_is_no_statement() {
    let key = held();
    let proof = key.prove_possession(b"a challenge");
    assert!(verify_possession(key.public_key(), b"a challenge", &proof));
    assert!(!verify_possession(key.public_key(), b"another challenge", &proof));
    assert!(!verify_possession(&p256(), b"a challenge", &proof));
    let other = HeldKey::from_seed(&[9; 32]).unwrap();
    assert!(!verify_possession(other.public_key(), b"a challenge", &proof));

    // A challenge that is the hash of a statement does not make a signature of that statement.
    let hash = Digest::of(b"a statement");
    let proof = key.prove_possession(hash.as_bytes());
    let signed = audit::statement::signed_digest(&hash);
    assert_ne!(possession_digest(hash.as_bytes()), signed);
    assert!(verify_signature(key.public_key(), SignatureAlg::DeviceEd25519, &signed, &proof, None).is_err());
}

/// A P-256 key signs as a passkey only, even where its signature over the same bytes would hold.
#[test]
fn only_ed25519_keys_are_held() {
    use p256::ecdsa::{DerSignature, SigningKey, signature::Signer as _};
    let signer = SigningKey::from_slice(&[7; 32]).unwrap();
    let key = PublicKey::P256(*signer.verifying_key());
    let digest = Digest::of(b"a statement");
    let signature: DerSignature = signer.sign(digest.as_bytes());
    for alg in [SignatureAlg::ServerHeld, SignatureAlg::DeviceEd25519] {
        let refused = verify_signature(&key, alg, &digest, signature.as_bytes(), None);
        assert_eq!(refused, Err(SignatureError::Bad));
    }
    let proof: DerSignature = signer.sign(possession_digest(b"a challenge").as_bytes());
    assert!(!verify_possession(&key, b"a challenge", proof.as_bytes()));
}

#[test]
fn an_enrolment_is_written_as_the_log_has_it() {
    let data = Enrolment::passkey(p256(), relying_party()).to_data();
    let expected = format!(
        r#"{{"alg":"es256","custody":"passkey","kid":"{}","origin":"https://review.example.org","rp_id":"example.org","spki":"{}"}}"#,
        vector("p256", "kid"),
        vector("p256", "spki"),
    );
    assert_eq!(String::from_utf8(canonical::encode(&data).unwrap()).unwrap(), expected);

    let ed25519 = held().public_key().clone();
    let kinds = [
        (Enrolment::server_held(ed25519.clone()).unwrap(), Custody::ServerHeld, SignatureAlg::ServerHeld),
        (Enrolment::device(ed25519.clone()).unwrap(), Custody::Device, SignatureAlg::DeviceEd25519),
        (Enrolment::passkey(ed25519, relying_party()), Custody::Passkey, SignatureAlg::WebauthnEddsa),
        (Enrolment::passkey(p256(), relying_party()), Custody::Passkey, SignatureAlg::WebauthnEs256),
    ];
    for (enrolment, custody, alg) in kinds {
        assert_eq!((enrolment.custody(), enrolment.signature_alg()), (custody, alg));
        assert_eq!(enrolment.kid(), enrolment.key().kid());
        assert_eq!(enrolment.relying_party().is_some(), custody == Custody::Passkey);
        assert_eq!(Enrolment::from_data(&enrolment.to_data()), Ok(enrolment));
    }
}

/// The data of an enrolment with one member changed, or left out.
fn changed(enrolment: &Enrolment, member: &str, value: Option<Value>) -> Value {
    let Value::Object(mut members) = enrolment.to_data() else { panic!("an enrolment is an object") };
    members.remove(member);
    members.extend(value.map(|value| (member.to_owned(), value)));
    Value::Object(members)
}

#[test]
fn an_enrolment_that_says_something_else_is_refused() {
    let device = Enrolment::device(held().public_key().clone()).unwrap();
    let passkey = Enrolment::passkey(p256(), relying_party());
    let refused = |of: &Enrolment, member: &str, value: Option<Value>, why: &str| {
        let error = Enrolment::from_data(&changed(of, member, value)).unwrap_err();
        assert!(error.to_string().contains(why), "{member}: {error}");
    };
    for member in ["alg", "custody", "kid", "spki"] {
        refused(&device, member, None, "is missing");
        refused(&device, member, Some(true.into()), "is missing");
    }
    refused(&device, "alg", Some("rs256".into()), "alg must be one of ed25519, es256");
    refused(&device, "alg", Some("es256".into()), "not that of the key");
    refused(&device, "custody", Some("cloud".into()), "custody must be one of server_held, device, passkey");
    refused(&device, "custody", Some("passkey".into()), "origin is missing");
    refused(&device, "kid", Some(vector("p256", "kid").into()), "not that of the key");
    refused(&device, "kid", Some(vector("ed25519", "kid").to_uppercase().into()), "not that of the key");
    refused(&device, "spki", Some("MCow".into()), "SubjectPublicKeyInfo");
    refused(&device, "spki", Some("MCo".into()), "base64");
    refused(&device, "origin", Some("https://example.org".into()), "has the members");
    refused(&device, "more", Some(1_u32.into()), "has the members");
    refused(&passkey, "more", Some(1_u32.into()), "has the members");
    refused(&passkey, "custody", Some("device".into()), "has the members");
    refused(&passkey, "origin", None, "origin is missing");
    refused(&passkey, "rp_id", None, "rp_id is missing");
    refused(&passkey, "rp_id", Some("evil.test".into()), "RP id");
    assert_eq!(Enrolment::from_data(&object([("a", true.into())])), Err(EnrolmentError::Member("alg")));
    assert_eq!(Enrolment::from_data(&"text".into()), Err(EnrolmentError::Members));
    let custody = EnrolmentError::Custody { custody: Custody::Device, alg: KeyAlg::Es256 };
    assert_eq!(Enrolment::device(p256()), Err(custody));
    assert!(Enrolment::server_held(p256()).is_err());
}

#[test]
fn an_rp_id_is_the_host_or_a_domain_above() {
    for (origin, id) in [
        ("https://review.example.org", "review.example.org"),
        ("https://review.example.org", "example.org"),
        ("https://review.example.org:8443", "example.org"),
        ("http://localhost:8080", "localhost"),
    ] {
        let made = RelyingParty::new(origin, id).unwrap();
        assert_eq!((made.origin(), made.id()), (origin, id));
    }
    for id in ["", ".", "org.", ".org", "xample.org", "evil.test", "a.review.example.org", "EXAMPLE.org"] {
        assert_eq!(RelyingParty::new("https://review.example.org", id), Err(EnrolmentError::RelyingPartyId), "{id}");
    }
    let long = format!("https://{}.org", "x".repeat(300));
    for origin in [
        "",
        "review.example.org",
        "https://",
        "ftp://example.org",
        "https://example.org/",
        "https://example.org/path",
        "https://user@example.org",
        "https://EXAMPLE.org",
        "https://example.org:",
        "https://example.org:080",
        "https://example.org:70000",
        "https://éxample.org",
        "null",
        &long,
    ] {
        assert_eq!(RelyingParty::new(origin, "example.org"), Err(EnrolmentError::Origin), "{origin}");
    }
}

#[test]
fn a_key_signs_only_as_it_was_enrolled() {
    let (key, digest) = (held(), Digest::of(b"a statement"));
    let signature = key.sign(&digest);
    let device = Enrolment::device(key.public_key().clone()).unwrap();
    assert_eq!(device.verify(SignatureAlg::DeviceEd25519, &digest, &signature, None), Ok(None));
    for alg in [SignatureAlg::ServerHeld, SignatureAlg::WebauthnEddsa, SignatureAlg::WebauthnEs256] {
        assert_eq!(device.verify(alg, &digest, &signature, None).unwrap_err().code(), "STMT_MISMATCH");
    }
    let with_data = device.verify(SignatureAlg::DeviceEd25519, &digest, &signature, Some((b"", b"")));
    assert_eq!(with_data, Ok(None), "data that nobody asked for changes nothing");
}

#[test]
fn a_held_key_does_not_show_itself() {
    let shown = format!("{:?}", HeldKey::from_seed(&[0x5a; 32]).unwrap());
    assert!(shown.contains("PublicKey(ed25519") && !shown.contains("90") && !shown.to_lowercase().contains("5a5a"));
}

proptest! {
    #[test]
    fn every_seed_comes_back(seed: [u8; 32], digest: [u8; 32]) {
        let key = HeldKey::from_seed(&seed).unwrap();
        let again = HeldKey::from_pem(key.to_pem().unwrap().as_ref()).unwrap();
        prop_assert_eq!(again.public_key(), key.public_key());
        prop_assert_eq!(PublicKey::from_pem(&key.public_key().to_pem()).unwrap().kid(), key.public_key().kid());
        let signature = again.sign(&Digest(digest));
        let held = verify_signature(key.public_key(), SignatureAlg::ServerHeld, &Digest(digest), &signature, None);
        prop_assert_eq!(held, Ok(None));
    }

    /// One key, one encoding, one name.
    #[test]
    fn what_is_read_is_written_the_same(of in 0..2_usize, at: prop::sample::Index, byte: u8) {
        let mut der = if of == 0 { held().public_key().to_spki_der() } else { p256().to_spki_der() };
        let at = at.index(der.len());
        der[at] = byte;
        if let Ok(key) = PublicKey::from_spki_der(&der) {
            prop_assert_eq!(key.to_spki_der(), der);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..120), pem in "[A-Z -]{0,40}\n?[A-Za-z0-9+/=\n-]{0,80}") {
        prop_assert!(PublicKey::from_spki_der(&bytes).is_err());
        prop_assert!(PublicKey::from_pem(&pem).is_err());
        prop_assert!(HeldKey::from_pem(&pem).is_err());
    }
}
