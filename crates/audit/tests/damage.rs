//! Every parser of what reviewers sign, tried with damaged input: the vectors are the corpus, each case takes a seed or
//! two of one kind, and cuts, flips, repeats and joins them. `PROPTEST_CASES=1000000` makes a long run of it.

use audit::Digest;
use audit::signing_key::{AssertionData, HeldKey, PublicKey, verify_signature};
use audit::statement::{MAX_BYTES, Statement};
use audit::webauthn::{AuthenticatorData, ClientData};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

#[derive(Debug, Clone)]
enum Damage {
    Flip(Index, u8),
    Put(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, Index),
    Repeat(Index, Index),
    Cut(Index),
    /// From somewhere in this seed to somewhere in the other.
    Join(Index, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    let two = || (at(), at());
    let interesting = prop_oneof![any::<u8>(), prop::sample::select(b"\0\n\r \"\\{}[]:,-\x7f\x80\xff".as_slice())];
    prop_oneof![
        (at(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (at(), interesting.clone()).prop_map(|(at, byte)| Damage::Put(at, byte)),
        (at(), prop::collection::vec(interesting, 1..5)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        two().prop_map(|(from, to)| Damage::Remove(from, to)),
        two().prop_map(|(from, to)| Damage::Repeat(from, to)),
        at().prop_map(Damage::Cut),
        two().prop_map(|(from, to)| Damage::Join(from, to)),
    ]
}

impl Damage {
    fn on(&self, mut seed: Vec<u8>, other: &[u8]) -> Vec<u8> {
        let place = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
        let range = |from: &Index, to: &Index| {
            let (from, to) = (place(from, &seed), place(to, &seed));
            from.min(to)..from.max(to)
        };
        match self {
            Self::Flip(..) | Self::Put(..) if seed.is_empty() => {}
            Self::Flip(at, bit) => *at.get_mut(&mut seed) ^= 1 << bit,
            Self::Put(at, byte) => *at.get_mut(&mut seed) = *byte,
            Self::Insert(at, bytes) => drop(seed.splice(place(at, &seed)..place(at, &seed), bytes.iter().copied())),
            Self::Remove(from, to) => drop(seed.drain(range(from, to))),
            Self::Repeat(from, to) => seed.extend_from_within(range(from, to)),
            Self::Cut(at) => seed.truncate(place(at, &seed)),
            Self::Join(from, to) => {
                seed.truncate(place(from, &seed));
                seed.extend_from_slice(&other[place(to, other)..]);
            }
        }
        seed
    }
}

fn damaged(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let seed = prop::sample::select(seeds);
    (seed.clone(), seed, prop::collection::vec(damage(), 1..4))
        .prop_map(|(seed, other, damages)| damages.iter().fold(seed, |bytes, damage| damage.on(bytes, &other)))
}

fn vectors() -> Vec<Value> {
    [include_str!("vectors/webauthn.json"), include_str!("vectors/chromium.json")]
        .iter()
        .flat_map(|vectors| serde_json::from_str::<Vec<Value>>(vectors).unwrap())
        .collect()
}

fn seeds(member: &str) -> Vec<Vec<u8>> {
    let read = |text: &str| URL_SAFE_NO_PAD.decode(text).or_else(|_| STANDARD.decode(text)).unwrap();
    vectors().iter().map(|vector| read(vector[member].as_str().unwrap())).collect()
}

fn statements() -> Vec<Vec<u8>> {
    let made: Value = serde_json::from_str(include_str!("vectors/statement.json")).unwrap();
    let text = made["text"].as_str().unwrap();
    let silent = text.replace("Sum: checked against the paper — it holds", "-");
    let turned = text.replace("Zoë", "Zoe\u{308}\u{202e}");
    [text, &silent, &turned].map(|text| text.as_bytes().to_vec()).to_vec()
}

fn pems() -> Vec<Vec<u8>> {
    let made: Value = serde_json::from_str(include_str!("vectors/statement.json")).unwrap();
    [&made["ed25519"]["pem"], &made["p256"]["pem"], &made["ed25519"]["private_pem"]]
        .map(|pem| pem.as_str().unwrap().as_bytes().to_vec())
        .to_vec()
}

/// A good assertion of each algorithm and maker.
fn good() -> Vec<Value> {
    vectors().into_iter().filter(|vector| vector["expected"] == "OK").collect()
}

proptest! {
    #[test]
    fn a_statement_is_refused_or_has_its_one_form(text in damaged(statements())) {
        if let Ok(statement) = Statement::parse(&text) {
            prop_assert!(text.len() <= MAX_BYTES);
            prop_assert_eq!(statement.write().unwrap().into_bytes(), text);
        }
    }

    #[test]
    fn client_data_is_refused_or_is_what_any_json_reader_reads(json in damaged(seeds("client_data_json"))) {
        if let Ok(read) = ClientData::parse(&json) {
            let json = json.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&json);
            let other: Value = serde_json::from_slice(json).unwrap();
            prop_assert_eq!(&other["type"], &Value::from(read.kind));
            prop_assert_eq!(&other["challenge"], &Value::from(read.challenge));
            prop_assert_eq!(&other["origin"], &Value::from(read.origin));
            prop_assert_eq!(other.get("crossOrigin") == Some(&Value::Bool(true)), read.cross_origin);
            prop_assert_eq!(other.get("topOrigin").is_some(), read.has_top_origin);
        }
    }

    #[test]
    fn authenticator_data_is_refused_or_has_no_other_length(bytes in damaged(seeds("authenticator_data"))) {
        if let Ok(data) = AuthenticatorData::parse(&bytes) {
            prop_assert_eq!(&data.rp_id_hash, &bytes[..32]);
            prop_assert!(bytes.len() == 37 || data.flags & 0x80 != 0);
            prop_assert!(AuthenticatorData::parse(&[&bytes[..], b"\0"].concat()).is_err());
        }
    }

    #[test]
    fn a_key_is_refused_or_has_its_one_form(der in damaged(seeds("spki")), pem in damaged(pems())) {
        if let Ok(key) = PublicKey::from_spki_der(&der) {
            prop_assert_eq!(key.to_spki_der(), der);
        }
        if let Ok(pem) = std::str::from_utf8(&pem) {
            if let Ok(key) = PublicKey::from_pem(pem) {
                prop_assert_eq!(PublicKey::from_pem(&key.to_pem()), Ok(key));
            }
            if let Ok(key) = HeldKey::from_pem(pem) {
                let again = HeldKey::from_pem(key.to_pem().unwrap().as_ref()).unwrap();
                prop_assert_eq!(key.public_key(), again.public_key());
            }
        }
    }

    /// Whatever is changed in what was signed, or in the signature: it holds no more.
    #[test]
    fn a_damaged_assertion_does_not_hold(
        vector in prop::sample::select(good()),
        part in 0..3_usize,
        damages in prop::collection::vec(damage(), 1..3),
        other: Vec<u8>,
    ) {
        let names = ["authenticator_data", "client_data_json", "signature"];
        let mut parts = names.map(|name| URL_SAFE_NO_PAD.decode(vector[name].as_str().unwrap()).unwrap());
        let before = parts[part].clone();
        parts[part] = damages.iter().fold(before.clone(), |bytes, damage| damage.on(bytes, &other));
        prop_assume!(parts[part] != before);

        let text = |name: &str| vector[name].as_str().unwrap();
        let key = PublicKey::from_spki_der(&STANDARD.decode(text("spki")).unwrap()).unwrap();
        let challenge = Digest(URL_SAFE_NO_PAD.decode(text("challenge")).unwrap().try_into().unwrap());
        let [authenticator_data, client_data_json, signature] = &parts;
        let data = AssertionData { authenticator_data, client_data_json, origin: text("origin"), rp_id: text("rp_id") };
        let outcome = verify_signature(&key, text("alg").parse().unwrap(), &challenge, signature, Some(data));
        prop_assert!(outcome.is_err());
    }
}
