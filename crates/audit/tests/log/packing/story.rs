//! One log with everything in it: a signed decision, a rotated key, an erased person.

use audit::disclosure::Disclosure;
use audit::leaf::{Actor, Statement as Stmt, Subject};
use audit::note::Signer as _;
use audit::signing_key::{Enrolment, HeldKey};
use audit::statement::{Decision, Meaning, Nonce, Statement, signed_digest};
use audit::value::object;
use audit::{Digest, Draft, Leaf, Millis, Place, Value};

use super::{ID, Log, Packed, signer};
use crate::history::LOG;

pub const DOCUMENT: &str = "0198f1c2-0000-7000-8000-0000000000d0";
pub const ADA: &str = "0198f1c2-0000-7000-8000-0000000000a0";
pub const BOB: &str = "0198f1c2-0000-7000-8000-0000000000b0";

/// Sequence numbers of the story.
pub const ENROLLED: u64 = 0;
pub const RECEIVED: u64 = 1;
pub const CORRECTED: u64 = 2;
pub const DECIDED: u64 = 3;
pub const ROTATED: u64 = 4;
pub const RETIRED: u64 = 6;
pub const ERASED: u64 = 7;
pub const HEAD: u64 = 8;

pub struct Story {
    pub log: Log,
    /// By the leaf that commits to them. Bob's is not among them: it was erased.
    pub disclosures: Vec<(u64, Disclosure)>,
    /// What Ada signed.
    pub text: String,
}

/// Writes leaves one after the other, each chained to the last one of its subject.
pub struct Writer {
    pub leaves: Vec<Leaf>,
}

impl Writer {
    pub fn add(&mut self, kind: &str, actor: &str, subject: (&str, &str), data: Value) -> &Leaf {
        self.add_with(kind, actor, subject, data, |_| {})
    }

    pub fn add_with(
        &mut self,
        kind: &str,
        actor: &str,
        subject: (&str, &str),
        data: Value,
        change: impl FnOnce(&mut Draft),
    ) -> &Leaf {
        let seq = self.leaves.len() as u64;
        let mut draft = crate::history::draft(seq as usize, 0);
        draft.kind = kind.into();
        draft.actor = Actor { kind: "user".into(), id: actor.into(), auth: None, session: None };
        draft.data = data;
        draft.sd = vec![];
        let last = self.last(subject);
        draft.subject = Subject {
            kind: subject.0.into(),
            id: subject.1.into(),
            version: last.map_or(1, |leaf| leaf.draft().subject.version + 1),
            commit: None,
        };
        let place = Place {
            log: LOG.into(),
            seq,
            prev: self.leaves.last().map(Leaf::hash),
            recorded_at: Millis::new(1_772_323_200_000 + seq as i64 * 1000).unwrap(),
            held_back: false,
            subject_seq: last.map_or(0, |leaf| leaf.place().subject_seq + 1),
            subject_prev: last.map(Leaf::hash),
        };
        change(&mut draft);
        self.leaves.push(draft.place(place).unwrap());
        &self.leaves[seq as usize]
    }

    fn last(&self, (kind, id): (&str, &str)) -> Option<&Leaf> {
        self.leaves.iter().rev().find(|leaf| (&*leaf.draft().subject.kind, &*leaf.draft().subject.id) == (kind, id))
    }
}

pub fn ada() -> HeldKey {
    HeldKey::from_seed(&[0xad; 32]).unwrap()
}

pub fn disclosure(name: &str, value: &str) -> Disclosure {
    Disclosure::new(*b"0123456789abcdef", name, value).unwrap()
}

/// The statement that Ada signs about the leaf that comes next.
pub fn statement(writer: &Writer, change: impl FnOnce(&mut Statement)) -> String {
    let prior = writer.last(("document", DOCUMENT)).unwrap();
    let mut statement = Statement {
        log: LOG.into(),
        document: DOCUMENT.into(),
        version: prior.draft().subject.version,
        document_sha256: Digest::of(b"scan"),
        fields_sha256: Digest([0xf1; 32]),
        prior_subject_leaf: prior.hash(),
        decision: Decision::Approve,
        meaning: Meaning::Approval,
        signer_name: "Ada".into(),
        signer_id: ADA.into(),
        role: "REVIEWER".into(),
        reason: None,
        time: Millis::new(1_772_323_200_000).unwrap(),
        policy_sha256: Digest([0x90; 32]),
        key_id: ada().public_key().kid(),
        nonce: Nonce([7; 16]),
    };
    change(&mut statement);
    statement.write().unwrap()
}

pub fn signed(text: &str) -> Stmt {
    let sha256 = Digest::of(text.as_bytes());
    Stmt {
        sha256,
        kid: ada().public_key().kid().to_string(),
        alg: "server_held".into(),
        sig: ada().sign(&signed_digest(&sha256)).to_vec(),
    }
}

pub fn decision() -> Value {
    object([("decision", "APPROVE".into()), ("signed", true.into())])
}

/// The first three leaves: Ada's key, a document, a correction by Bob.
pub fn opening() -> (Writer, Vec<(u64, Disclosure)>) {
    let mut writer = Writer { leaves: vec![] };
    let enrolment = Enrolment::server_held(ada().public_key().clone()).unwrap().to_data();
    writer.add("key.enrolled/v1", ADA, ("actor", ADA), enrolment);
    let (hash, name) =
        (disclosure("document-sha256", &Digest::of(b"scan").to_string()), disclosure("file_name", "a.pdf"));
    writer.add_with(
        "document.received/v1",
        ADA,
        ("document", DOCUMENT),
        object([("type", "receipt".into())]),
        |draft| {
            draft.subject.commit = Some(hash.digest());
            draft.sd = vec![name.digest()];
        },
    );
    let after = disclosure("after", "12.50");
    writer.add_with("field.corrected/v1", BOB, ("document", DOCUMENT), object([("field", "total".into())]), |draft| {
        draft.sd = vec![after.digest()];
    });
    (writer, vec![(RECEIVED, hash), (RECEIVED, name), (CORRECTED, after)])
}

pub fn tell() -> Story {
    let (mut writer, mut disclosures) = opening();
    let text = statement(&writer, |_| {});
    writer
        .add_with("task.decided/v1", ADA, ("document", DOCUMENT), decision(), |draft| draft.stmt = Some(signed(&text)));
    let (old, new) = (signer(1).verifier_key().to_string(), signer(2).verifier_key().to_string());
    let key = |signer: &str| signer.split('+').nth(1).unwrap().to_owned();
    let rotated = object([("from", 4_u32.into()), ("new", new.as_str().into()), ("old", old.as_str().into())]);
    writer.add("key.rotated/v1", ADA, ("log_key", &key(&new)), rotated);
    writer.add("document.received/v1", ADA, ("document", "another"), object([("type", "receipt".into())]));
    writer.add("key.retired/v1", ADA, ("log_key", &key(&old)), object([("key", old.as_str().into())]));
    let erased = disclosures.pop().unwrap().1.digest();
    let together = Digest::of(erased.as_bytes()).to_string();
    let erasure = object([("digests_sha256", together.into()), ("erased", 1_u32.into()), ("policy", "REQUEST".into())]);
    writer.add("privacy.erased/v1", ADA, ("actor", BOB), erasure);
    writer.add("subject.head/v1", ADA, ("document", DOCUMENT), object([("bundle", ID.into())]));
    let mut log = Log::new(writer.leaves);
    log.signers.push((5, signer(2)));
    Story { log, disclosures, text }
}

impl Story {
    /// The whole log with disclosures and statements, and checkpoints while both keys sign.
    pub fn whole(&self) -> Packed {
        self.complete(self.log.whole(&[2, 5]))
    }

    /// The document's events, with the leaves that are needed to judge them.
    pub fn document(&self) -> Packed {
        let kind = audit::bundle::Kind::Document { subject: DOCUMENT.into() };
        let seqs = [ENROLLED, RECEIVED, CORRECTED, DECIDED, ROTATED, RETIRED, ERASED, HEAD];
        self.complete(self.log.part(kind, &seqs, 5))
    }

    fn complete(&self, packed: Packed) -> Packed {
        packed.tampered(|packed| {
            packed.replace("bundle.json", r#""disclosures":false"#, r#""disclosures":true"#);
            packed.replace("bundle.json", r#""statements":false"#, r#""statements":true"#);
            packed.disclose(&self.disclosures);
            packed.put(&format!("statements/{DECIDED}.txt"), self.text.as_str());
        })
    }
}
