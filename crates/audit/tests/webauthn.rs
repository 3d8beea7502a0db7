//! Assertions made by others: Python's `cryptography` and Chromium's virtual authenticator, see `vectors/`.

use audit::Digest;
use audit::signing_key::{AssertionData, PublicKey, SignatureAlg, verify_signature};
use audit::webauthn::{AuthenticatorData, ClientData, UserVerified};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize, Clone)]
struct Vector {
    name: String,
    expected: String,
    spki: String,
    alg: String,
    challenge: String,
    origin: String,
    rp_id: String,
    authenticator_data: String,
    client_data_json: String,
    signature: String,
}

fn python() -> Vec<Vector> {
    serde_json::from_str(include_str!("vectors/webauthn.json")).unwrap()
}

fn chromium() -> Vec<Vector> {
    serde_json::from_str(include_str!("vectors/chromium.json")).unwrap()
}

fn url(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// The code of the refusal, `KEY` where the key is none, or what holds.
fn outcome(vector: &Vector) -> Result<UserVerified, String> {
    let key = PublicKey::from_spki_der(&STANDARD.decode(&vector.spki).unwrap()).map_err(|_| "KEY".to_owned())?;
    let alg: SignatureAlg = vector.alg.parse().unwrap();
    let challenge = Digest(url(&vector.challenge).try_into().unwrap());
    let data = AssertionData {
        authenticator_data: &url(&vector.authenticator_data),
        client_data_json: &url(&vector.client_data_json),
        origin: &vector.origin,
        rp_id: &vector.rp_id,
    };
    match verify_signature(&key, alg, &challenge, &url(&vector.signature), Some(data)) {
        Ok(verified) => Ok(verified.unwrap()),
        Err(error) => Err(error.code().to_owned()),
    }
}

fn check(vectors: &[Vector]) {
    let wrong: Vec<_> = vectors
        .iter()
        .map(|vector| (vector, outcome(vector).map_or_else(|code| code, |_| "OK".to_owned())))
        .filter(|(vector, outcome)| *outcome != vector.expected)
        .map(|(vector, outcome)| format!("{}: {outcome}, not {}", vector.name, vector.expected))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn assertions_of_python_are_judged_as_the_standard_says() {
    let vectors = python();
    check(&vectors);
    // Every code is reached, each by correctly signed bytes.
    for code in ["OK", "WA_TYPE", "WA_CHALLENGE", "WA_ORIGIN", "WA_RPID", "WA_UV", "WA_ALG", "STMT_SIG_BAD", "KEY"] {
        assert!(vectors.iter().any(|vector| vector.expected == code), "{code}");
    }
}

#[test]
fn assertions_of_chromium_are_judged_as_the_standard_says() {
    let vectors = chromium();
    check(&vectors);
    assert!(vectors.iter().filter(|vector| vector.expected == "OK").count() > 1);
}

#[test]
fn the_backup_flags_and_the_counter_are_handed_back() {
    let of = |name: &str| outcome(python().iter().find(|vector| vector.name == name).unwrap()).unwrap();
    let plain = of("ES256");
    assert_eq!(plain, UserVerified { backup_eligible: false, backed_up: false, sign_count: 7 });
    assert_eq!(of("EdDSA, eligible for backup"), UserVerified { backup_eligible: true, ..plain });
    let backed_up = UserVerified { backup_eligible: true, backed_up: true, sign_count: u32::MAX };
    assert_eq!(of("ES256, backed up, counter at its end"), backed_up);
}

#[test]
fn an_assertion_comes_with_its_data_and_nothing_else_does() {
    let vector = &python()[0];
    let key = PublicKey::from_spki_der(&STANDARD.decode(&vector.spki).unwrap()).unwrap();
    let digest = Digest(url(&vector.challenge).try_into().unwrap());
    let bare = verify_signature(&key, SignatureAlg::WebauthnEs256, &digest, &url(&vector.signature), None);
    assert_eq!(bare.unwrap_err().code(), "STMT_SIG_BAD");
    // An ES256 key cannot sign as a device, not even with a signature that holds.
    let device = verify_signature(&key, SignatureAlg::DeviceEd25519, &digest, &url(&vector.signature), None);
    assert_eq!(device.unwrap_err().code(), "STMT_SIG_BAD");
}

fn flipped(base64: &str, at: usize, bit: u8) -> String {
    let mut bytes = url(base64);
    let at = at % bytes.len();
    bytes[at] ^= 1 << bit;
    URL_SAFE_NO_PAD.encode(bytes)
}

proptest! {
    #[test]
    fn one_damaged_bit_is_found(of in 0..2_usize, part in 0..3_u8, at: usize, bit in 0..8_u8) {
        let mut vector = python().swap_remove(if of == 0 { 0 } else { 15 });
        prop_assert!(outcome(&vector).is_ok());
        let part = match part {
            0 => &mut vector.authenticator_data,
            1 => &mut vector.client_data_json,
            _ => &mut vector.signature,
        };
        *part = flipped(part, at, bit);
        prop_assert!(outcome(&vector).is_err());
    }

    #[test]
    fn no_client_data_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = ClientData::parse(&bytes);
    }

    #[test]
    fn client_data_of_any_members_is_read(
        kind: String,
        challenge: String,
        origin: String,
        cross_origin: bool,
        more in prop::collection::btree_map("x[a-z]{0,4}", any::<String>(), 0..4),
    ) {
        let mut members = serde_json::json!({
            "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": cross_origin
        });
        members.as_object_mut().unwrap().extend(more.into_iter().map(|(name, text)| (name, text.into())));
        let read = ClientData::parse(members.to_string().as_bytes()).unwrap();
        prop_assert_eq!(read, ClientData { kind, challenge, origin, cross_origin, has_top_origin: false });
    }

    #[test]
    fn json_like_client_data_never_panics(
        text in r#"\{("type"|"challenge"|"origin"|"crossOrigin"|[\[\]{}:,"\\ut0-9a-f.eE+\- ]|null|true|é){0,40}"#,
    ) {
        let _ = ClientData::parse(text.as_bytes());
    }

    /// What is read is 37 bytes, and a map exactly where the flag says so.
    #[test]
    fn authenticator_data_is_read_whole_or_not_at_all(
        fixed in prop::array::uniform32(any::<u8>()),
        flags: u8,
        count: u32,
        more in prop::collection::vec(any::<u8>(), 0..24),
    ) {
        let bytes = [&fixed[..], &[flags], &count.to_be_bytes(), &more].concat();
        if let Ok(data) = AuthenticatorData::parse(&bytes) {
            prop_assert_eq!((data.rp_id_hash, data.flags, data.sign_count), (fixed, flags, count));
            prop_assert_eq!(flags & 0x80 != 0, more.first().is_some_and(|first| first >> 5 == 5));
            prop_assert!(flags & 0x40 == 0 && (flags & 0x80 != 0 || more.is_empty()));
            for cut in 0..bytes.len() {
                prop_assert!(AuthenticatorData::parse(&bytes[..cut]).is_err());
            }
        }
    }
}
