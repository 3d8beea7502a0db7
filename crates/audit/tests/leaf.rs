//! The bytes of a leaf: one form, a closed envelope, every draft placeable.

use audit::canonical::{self, Reason};
use audit::leaf::{Actor, LeafError, MAX_BYTES, MAX_DRAFT_BYTES, Statement, Subject};
use audit::value::{Integer, object};
use audit::{Digest, Draft, Hash, Leaf, Millis, Place, Value, disclosure};
use proptest::prelude::*;

const GOLDEN_LEAF: &[u8] = include_bytes!("golden/leaf.json");
const GOLDEN_DRAFT: &[u8] = include_bytes!("golden/draft.json");
const LOG: &str = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1";

fn draft() -> Draft {
    let salt: Vec<u8> = (0..16).collect();
    let document = Digest::of(b"a receipt").to_string();
    Draft {
        id: "0198f1c2-7a3b-7c4d-8e5f-0123456789ab".into(),
        kind: "document.decided/v1".into(),
        occurred_at: "2026-02-28T23:59:59.999Z".parse().unwrap(),
        actor: Actor {
            kind: "user".into(),
            id: "u-7f3a".into(),
            auth: Some("passkey".into()),
            session: Some("s-19".into()),
        },
        subject: Subject {
            kind: "document".into(),
            id: "d-42".into(),
            version: 7,
            commit: Some(disclosure::commit(&salt, "document-sha256", document).unwrap()),
        },
        data: object([
            ("decision", "approve".into()),
            ("confidence_ppm", 987_654_u32.into()),
            ("delta", Integer::MIN.into()),
            ("reasons", vec!["low \"total\"", "tab\t", "\u{b}\u{7f}", "déjà 漢 🧾"].into()),
            ("straight", false.into()),
        ]),
        sd: vec![disclosure::commit(&salt, "signer-name", "Zoë \"Z\" O’Neil\n").unwrap()],
        stmt: Some(Statement {
            sha256: Digest::of(b"statement"),
            kid: "k-1".into(),
            alg: "server_held".into(),
            sig: (240..=255).collect(),
        }),
        idem: Some(Digest::of(b"idem")),
        req: Some(Digest::of(b"req")),
        node: "node-a".into(),
        sw: "countersign 0.1.0".into(),
    }
}

fn place() -> Place {
    Place {
        log: LOG.into(),
        seq: 3,
        prev: Some(Hash(Digest::of(b"prev").0)),
        recorded_at: "2026-03-01T00:00:00.000Z".parse().unwrap(),
        held_back: true,
        subject_seq: 2,
        subject_prev: Some(Hash(Digest::of(b"subject").0)),
    }
}

/// Nothing that may be absent is there.
fn bare_draft() -> Draft {
    Draft {
        actor: Actor { auth: None, session: None, ..draft().actor },
        subject: Subject { commit: None, ..draft().subject },
        data: object::<String>([]),
        sd: vec![],
        stmt: None,
        idem: None,
        req: None,
        ..draft()
    }
}

fn first_place() -> Place {
    Place { seq: 0, prev: None, held_back: false, subject_seq: 0, subject_prev: None, ..place() }
}

/// The files were written by golden/golden.py, with nothing but Python's hashlib and json.
#[test]
fn the_bytes_are_those_that_python_writes() {
    assert_eq!(String::from_utf8(draft().encode().unwrap()).unwrap(), String::from_utf8_lossy(GOLDEN_DRAFT));
    let leaf = draft().place(place()).unwrap();
    assert_eq!(String::from_utf8_lossy(leaf.bytes()), String::from_utf8_lossy(GOLDEN_LEAF));
    assert_eq!(leaf.hash().to_string(), include_str!("golden/leaf.hash"));

    assert_eq!(Draft::decode(GOLDEN_DRAFT).unwrap(), draft());
    let read = Leaf::parse(GOLDEN_LEAF).unwrap();
    assert_eq!((read.draft(), read.place()), (&draft(), &place()));
    assert_eq!(read, leaf);
}

#[test]
fn what_is_absent_is_left_out() {
    let leaf = bare_draft().place(first_place()).unwrap();
    let Ok(Value::Object(members)) = canonical::parse(leaf.bytes()) else { panic!("a leaf is an object") };
    let names: Vec<&str> = members.keys().map(String::as_str).collect();
    let expected = "actor data id log node occurred_at recorded_at seq subject sw type v";
    assert_eq!(names.join(" "), expected);
    assert_eq!(
        members["subject"],
        object(
            [("id", "d-42"), ("kind", "document")]
                .map(|(k, v)| (k, v.into()))
                .into_iter()
                .chain([("seq", 0.into()), ("version", 7.into())])
        )
    );
    assert_eq!(Leaf::parse(leaf.bytes()).unwrap(), leaf);
    assert_eq!(Draft::decode(&bare_draft().encode().unwrap()).unwrap(), bare_draft());
}

/// Applies `change` to the object at `path` (the envelope itself, or one of its members) of the golden leaf.
fn changed(path: Option<&str>, change: impl FnOnce(&mut std::collections::BTreeMap<String, Value>)) -> Vec<u8> {
    let Ok(Value::Object(mut leaf)) = canonical::parse(GOLDEN_LEAF) else { panic!("a leaf is an object") };
    let object = match path {
        None => &mut leaf,
        Some(path) => match leaf.get_mut(path) {
            Some(Value::Object(object)) => object,
            _ => panic!("{path} is an object"),
        },
    };
    change(object);
    canonical::encode(&Value::Object(leaf)).unwrap()
}

#[test]
fn the_envelope_is_closed_and_complete() {
    for path in [None, Some("actor"), Some("subject"), Some("stmt")] {
        let unknown = changed(path, |members| _ = members.insert("x".into(), true.into()));
        assert!(matches!(Leaf::parse(&unknown), Err(LeafError::Unknown(_))), "{path:?}");
    }
    let open = changed(Some("data"), |members| _ = members.insert("x".into(), true.into()));
    assert!(Leaf::parse(&open).is_ok());

    let optional = ["held_back", "sd", "stmt", "idem", "req", "auth", "session", "commit"];
    for path in [None, Some("actor"), Some("subject"), Some("stmt")] {
        let mut names = Vec::new();
        changed(path, |members| names.extend(members.keys().cloned()));
        assert!(names.len() >= 4);
        for name in names {
            let without = Leaf::parse(&changed(path, |members| _ = members.remove(&name)));
            assert_eq!(without.is_ok(), optional.contains(&name.as_str()), "{path:?} without {name}: {without:?}");
        }
    }
    assert!(matches!(Leaf::parse(GOLDEN_DRAFT), Err(LeafError::Missing("log"))));
    assert!(matches!(Draft::decode(GOLDEN_LEAF), Err(LeafError::Unknown(_))));
    assert!(Leaf::parse(b"[]").is_err());
}

#[test]
fn a_member_has_one_form() {
    let refused: &[(Option<&str>, &str, Value)] = &[
        (None, "v", 2.into()),
        (None, "v", "1".into()),
        (None, "seq", (-1).into()),
        (None, "seq", "3".into()),
        (None, "seq", 0.into()),
        (None, "prev", "84FD9BAC333AD79154348296204FA7F8C537A96E08983E5F73B3F5ACA8E8EDF7".into()),
        (None, "prev", "84fd".into()),
        (None, "held_back", false.into()),
        (None, "sd", Value::Array(vec![])),
        (None, "sd", vec!["short"].into()),
        (None, "recorded_at", "2026-03-01T00:00:00Z".into()),
        (None, "recorded_at", 1.into()),
        (None, "data", Value::Array(vec![])),
        (None, "data", "text".into()),
        (None, "id", "0198F1C2-7a3b-7c4d-8e5f-0123456789ab".into()),
        (None, "id", "0198f1c27a3b7c4d8e5f0123456789ab".into()),
        (None, "type", "document.decided".into()),
        (None, "type", "decided/v1".into()),
        (None, "type", "document..decided/v1".into()),
        (None, "type", "document.Decided/v1".into()),
        (None, "type", "document.decided/v0".into()),
        (None, "type", "document.decided/v01".into()),
        (None, "type", "document.decided/v1/v2".into()),
        (None, "node", "".into()),
        (None, "node", "a\nb".into()),
        (None, "node", "é".into()),
        (None, "node", "n".repeat(256).into()),
        (None, "log", "two words".into()),
        (None, "log", "a+b".into()),
        (Some("subject"), "seq", 0.into()),
        (Some("subject"), "version", true.into()),
        (Some("stmt"), "sig", "8PHy8_T19vf4-fr7_P3-_w==".into()),
        (Some("stmt"), "sig", "8PHy8_T19vf4-fr7_P3-_x".into()),
        (Some("stmt"), "sig", "".into()),
        (Some("actor"), "auth", "".into()),
    ];
    for (path, member, value) in refused {
        let bytes = changed(*path, |members| _ = members.insert((*member).into(), value.clone()));
        assert!(matches!(Leaf::parse(&bytes), Err(LeafError::Invalid { .. })), "{member}: {value:?}");
    }
}

#[test]
fn what_cannot_be_parsed_cannot_be_placed() {
    let draft_with = |change: fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        assert!(draft.encode().is_err() && draft.clone().place(place()).is_err(), "{draft:?}");
    };
    draft_with(|draft| draft.kind = "Decided".into());
    draft_with(|draft| draft.id = "1".into());
    draft_with(|draft| draft.actor.id = String::new());
    draft_with(|draft| draft.subject.version = 1 << 53);
    draft_with(|draft| draft.data = true.into());
    draft_with(|draft| draft.data = object([("é", true.into())]));

    let placed_with = |change: fn(&mut Place)| {
        let mut place = place();
        change(&mut place);
        assert!(matches!(draft().place(place.clone()), Err(LeafError::Invalid { .. })), "{place:?}");
    };
    placed_with(|place| place.log = String::new());
    placed_with(|place| place.seq = 0);
    placed_with(|place| place.seq = 1 << 53);
    placed_with(|place| place.prev = None);
    placed_with(|place| place.subject_seq = 0);
    placed_with(|place| place.subject_prev = None);
    placed_with(|place| (place.seq, place.prev) = (0, None));
}

#[test]
fn every_draft_that_is_staged_fits_at_the_longest_place() {
    let sized = |length: usize| Draft { data: object([("text", "x".repeat(length).into())]), ..draft() };
    let rest = sized(0).encode().unwrap().len();
    let longest = sized(MAX_DRAFT_BYTES - rest);
    assert_eq!(longest.encode().unwrap().len(), MAX_DRAFT_BYTES);
    let too_long = sized(MAX_DRAFT_BYTES - rest + 1);
    assert_eq!(too_long.encode(), Err(LeafError::TooLong { length: MAX_DRAFT_BYTES + 1, limit: MAX_DRAFT_BYTES }));

    let place = Place {
        log: "\"".repeat(255),
        seq: (1 << 53) - 1,
        recorded_at: Millis::MAX,
        held_back: true,
        subject_seq: (1 << 53) - 1,
        ..place()
    };
    let leaf = longest.clone().place(place).unwrap();
    assert!(leaf.bytes().len() <= MAX_BYTES);
    assert_eq!(Leaf::parse(leaf.bytes()).unwrap(), leaf);

    assert!(matches!(sized(MAX_BYTES).place(first_place()), Err(LeafError::TooLong { limit: MAX_BYTES, .. })));
    let staged = String::from_utf8(longest.encode().unwrap()).unwrap().replacen("xxx", "xxxx", 1);
    assert!(matches!(Draft::decode(staged.as_bytes()), Err(LeafError::TooLong { limit: MAX_DRAFT_BYTES, .. })));

    let beyond = changed(Some("data"), |members| _ = members.insert("x".into(), "x".repeat(MAX_BYTES).into()));
    assert!(matches!(Leaf::parse(&beyond), Err(LeafError::TooLong { .. })));
}

#[test]
fn an_integer_that_other_readers_round_is_refused() {
    let text = std::str::from_utf8(GOLDEN_LEAF).unwrap();
    let beyond = text.replace("-9007199254740991", "9007199254740993");
    let Err(LeafError::Encoding(refused)) = Leaf::parse(beyond.as_bytes()) else { panic!("it was accepted") };
    assert_eq!(refused.reason, Reason::OutOfRange);
}

fn text() -> impl Strategy<Value = String> {
    "[ -~]{1,40}"
}

prop_compose! {
    fn any_draft()(
        id in "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        kind in "[a-z][a-z0-9_]{0,9}(\\.[a-z][a-z0-9_]{0,9}){1,3}/v[1-9][0-9]{0,3}",
        occurred_at in Millis::MIN.get()..=Millis::MAX.get(),
        actor in (text(), text(), prop::option::of(text()), prop::option::of(text())),
        subject in (text(), text(), 0..1_u64 << 53, prop::option::of(any::<[u8; 32]>())),
        data in prop::collection::btree_map("[a-z_]{1,8}", any::<String>().prop_map(Value::String), 0..4),
        sd in prop::collection::vec(any::<[u8; 32]>().prop_map(Digest), 0..3),
        stmt in prop::option::of((any::<[u8; 32]>(), text(), text(), prop::collection::vec(any::<u8>(), 1..80))),
        keyed in (prop::option::of(any::<[u8; 32]>()), prop::option::of(any::<[u8; 32]>())),
        names in (text(), text()),
    ) -> Draft {
        let (kind_of_actor, actor_id, auth, session) = actor;
        let (kind_of_subject, subject_id, version, commit) = subject;
        Draft {
            id,
            kind,
            occurred_at: Millis::new(occurred_at).unwrap(),
            actor: Actor { kind: kind_of_actor, id: actor_id, auth, session },
            subject: Subject { kind: kind_of_subject, id: subject_id, version, commit: commit.map(Digest) },
            data: Value::Object(data),
            sd,
            stmt: stmt.map(|(sha256, kid, alg, sig)| Statement { sha256: Digest(sha256), kid, alg, sig }),
            idem: keyed.0.map(Digest),
            req: keyed.1.map(Digest),
            node: names.0,
            sw: names.1,
        }
    }
}

prop_compose! {
    fn any_place()(
        log in "[!-*,-~]{1,60}",
        seq in 0..1_u64 << 53,
        prev: [u8; 32],
        recorded_at in Millis::MIN.get()..=Millis::MAX.get(),
        held_back: bool,
        subject_seq in 0..1_u64 << 53,
        subject_prev: [u8; 32],
    ) -> Place {
        Place {
            log,
            seq,
            prev: (seq > 0).then_some(Hash(prev)),
            recorded_at: Millis::new(recorded_at).unwrap(),
            held_back: held_back && seq > 0,
            subject_seq,
            subject_prev: (subject_seq > 0).then_some(Hash(subject_prev)),
        }
    }
}

proptest! {
    #[test]
    fn every_draft_and_leaf_comes_back(draft in any_draft(), place in any_place()) {
        prop_assert_eq!(&Draft::decode(&draft.encode().unwrap()).unwrap(), &draft);
        let leaf = draft.clone().place(place.clone()).unwrap();
        let read = Leaf::parse(leaf.bytes()).unwrap();
        prop_assert_eq!(read.draft(), &draft);
        prop_assert_eq!(read.place(), &place);
        prop_assert_eq!(read.bytes(), leaf.bytes());
    }

    #[test]
    fn a_damaged_leaf_is_another_leaf_or_none(at in 0..GOLDEN_LEAF.len(), bit in 0..8_u8) {
        let mut damaged = GOLDEN_LEAF.to_vec();
        damaged[at] ^= 1 << bit;
        if let Ok(leaf) = Leaf::parse(&damaged) {
            let same = leaf.draft() == &draft() && leaf.place() == &place();
            prop_assert!(!same, "two encodings of one leaf");
            prop_assert_eq!(leaf.bytes(), damaged);
        }
    }
}
