//! A whole-log bundle of any size, written leaf by leaf.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use audit::bundle::{About, Kind};
use audit::leaf::{Actor, Statement as Stmt, Subject};
use audit::note::{NoteSigner, Signer as _};
use audit::signing_key::{Enrolment, HeldKey};
use audit::statement::{Decision, Meaning, Nonce, Statement, signed_digest};
use audit::tile::{Level, Tile, TileBuilder, TilePath, WIDTH, encode_entries, encode_hashes};
use audit::tree::RightEdge;
use audit::value::object;
use audit::{Checkpoint, Digest, Draft, Hash, Leaf, Millis, Place};

use super::Outcome;

const LOG: &str = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1";
const ACTOR: &str = "0198f1c2-0000-7000-8000-000000000001";
const START: i64 = 1_772_323_200_000;
/// Events of one document.
const CHAIN: u64 = 10;

#[derive(Clone, Copy)]
pub struct Size {
    pub events: u64,
    pub signatures: u64,
    /// Whether the statements that were signed come along.
    pub texts: bool,
}

pub struct Written {
    pub events: u64,
    /// The verifier key of the log.
    pub key: String,
}

pub fn write(folder: &Path, size: Size) -> Outcome<Written> {
    let signer = NoteSigner::from_seed(LOG, &[1; 32])?;
    let held = HeldKey::from_seed(&[2; 32])?;
    fs::create_dir_all(folder.join("statements"))?;
    let mut log = Log::new(folder)?;
    log.append(enrolment(&held)?, 0)?;
    // Documents are worked on side by side, so that the chains of subjects interleave.
    let documents = (size.events - 1).div_ceil(CHAIN);
    let mut last = vec![None; usize::try_from(documents)?];
    for n in 0..size.events - 1 {
        let (document, step) = (n % documents, n / documents);
        let decided = step == CHAIN - 1 && document < size.signatures;
        let prior = last[usize::try_from(document)?];
        let mut draft = event(n, document, step);
        if let (true, Some(prior)) = (decided, prior) {
            let text = decide(&mut draft, &held, prior, document)?;
            if size.texts {
                fs::write(folder.join(format!("statements/{}.txt", log.size())), text)?;
            }
        }
        last[usize::try_from(document)?] = Some(log.append_to(draft, step, prior)?);
    }
    log.finish(&signer, size)?;
    Ok(Written { events: size.events, key: signer.verifier_key().to_string() })
}

fn enrolment(held: &HeldKey) -> Outcome<Draft> {
    let mut draft = event(0, 0, 0);
    draft.id = uuid(u64::MAX >> 16);
    draft.kind = "key.enrolled/v1".into();
    draft.subject = Subject { kind: "actor".into(), id: ACTOR.into(), version: 1, commit: None };
    draft.data = Enrolment::server_held(held.public_key().clone())?.to_data();
    Ok(draft)
}

fn uuid(n: u64) -> String {
    format!("0198f1c2-7a3b-7c4d-8e5f-{:012x}", n & 0xffff_ffff_ffff)
}

fn event(n: u64, document: u64, step: u64) -> Draft {
    let time = Millis::new(START + n as i64);
    Draft {
        id: uuid(n),
        kind: if step == 0 { "document.received/v1".into() } else { "field.corrected/v1".into() },
        occurred_at: time.unwrap_or(Millis::MIN),
        actor: Actor { kind: "user".into(), id: ACTOR.into(), auth: Some("password".into()), session: None },
        subject: Subject { kind: "document".into(), id: uuid(document), version: step + 1, commit: None },
        data: object([("field", "total".into()), ("confidence_ppm", 912_000_u32.into())]),
        sd: vec![],
        stmt: None,
        idem: None,
        req: Some(Digest::of(&n.to_be_bytes())),
        node: "node-a".into(),
        sw: "countersign 0.1.0".into(),
    }
}

/// Makes the event a signed decision, and answers what was signed.
fn decide(draft: &mut Draft, held: &HeldKey, prior: Hash, document: u64) -> Outcome<String> {
    let mut nonce = [0; 16];
    nonce[..8].copy_from_slice(&document.to_be_bytes());
    let statement = Statement {
        log: LOG.into(),
        document: draft.subject.id.clone(),
        version: draft.subject.version - 1,
        document_sha256: Digest([3; 32]),
        fields_sha256: Digest([4; 32]),
        prior_subject_leaf: prior,
        decision: Decision::Approve,
        meaning: Meaning::Approval,
        signer_name: "Jo Reviewer".into(),
        signer_id: ACTOR.into(),
        role: "REVIEWER".into(),
        reason: None,
        time: draft.occurred_at,
        policy_sha256: Digest([5; 32]),
        key_id: held.public_key().kid(),
        nonce: Nonce(nonce),
    };
    let text = statement.write()?;
    let sha256 = Digest::of(text.as_bytes());
    draft.kind = "task.decided/v1".into();
    draft.data = object([("decision", "APPROVE".into()), ("signed", true.into())]);
    draft.stmt = Some(Stmt {
        sha256,
        kid: held.public_key().kid().to_string(),
        alg: "server_held".into(),
        sig: held.sign(&signed_digest(&sha256)).to_vec(),
    });
    Ok(text)
}

/// Writes leaves, tiles and entry bundles as they come.
struct Log<'a> {
    folder: &'a Path,
    events: BufWriter<File>,
    edge: RightEdge,
    tiles: TileBuilder,
    entries: Vec<Vec<u8>>,
    prev: Option<Hash>,
}

impl<'a> Log<'a> {
    fn new(folder: &'a Path) -> Outcome<Self> {
        let events = BufWriter::new(File::create(folder.join("events.ndjson"))?);
        let (edge, tiles) = (RightEdge::new(), TileBuilder::new());
        Ok(Self { folder, events, edge, tiles, entries: Vec::new(), prev: None })
    }

    fn size(&self) -> u64 {
        self.edge.size()
    }

    fn append(&mut self, draft: Draft, subject_seq: u64) -> Outcome<Hash> {
        self.append_to(draft, subject_seq, None)
    }

    fn append_to(&mut self, draft: Draft, subject_seq: u64, subject_prev: Option<Hash>) -> Outcome<Hash> {
        let place = Place {
            log: LOG.into(),
            seq: self.size(),
            prev: self.prev,
            recorded_at: draft.occurred_at,
            held_back: false,
            subject_seq,
            subject_prev,
        };
        let leaf: Leaf = draft.place(place)?;
        let hash = leaf.hash();
        self.events.write_all(leaf.bytes())?;
        self.events.write_all(b"\n")?;
        self.edge.append(hash);
        self.prev = Some(hash);
        let mut full = Vec::new();
        self.tiles.append(hash, |tile| full.push(tile));
        self.write_tiles(full)?;
        self.entries.push(leaf.into_bytes());
        if self.entries.len() == usize::from(WIDTH) {
            self.write_entries()?;
        }
        Ok(hash)
    }

    fn finish(mut self, signer: &NoteSigner, size: Size) -> Outcome<()> {
        let partial = std::mem::take(&mut self.tiles).finish();
        self.write_tiles(partial)?;
        if !self.entries.is_empty() {
            self.write_entries()?;
        }
        self.events.flush()?;
        let checkpoint = Checkpoint::new(LOG, self.size(), self.edge.root()).sign(&[signer])?;
        fs::write(self.folder.join("checkpoint"), checkpoint)?;
        let about = About {
            id: uuid(0),
            log: LOG.into(),
            size: self.size(),
            made_at: Millis::new(START)?,
            kind: Kind::Log,
            disclosures: false,
            documents: false,
            statements: size.texts,
        };
        fs::write(self.folder.join("bundle.json"), about.encode()?)?;
        write_manifest(self.folder)
    }

    fn write_tiles(&self, tiles: Vec<Tile>) -> Outcome<()> {
        tiles.iter().try_for_each(|tile| self.put(tile.path, &encode_hashes(&tile.hashes)))
    }

    fn write_entries(&mut self) -> Outcome<()> {
        let entries = std::mem::take(&mut self.entries);
        let index = (self.size() - 1) / u64::from(WIDTH);
        let path = TilePath::new(Level::Entries, index, u16::try_from(entries.len())?)?;
        self.put(path, &encode_entries(entries.iter().map(Vec::as_slice))?)
    }

    fn put(&self, path: TilePath, bytes: &[u8]) -> Outcome<()> {
        let path = self.folder.join(path.to_string());
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        Ok(fs::write(path, bytes)?)
    }
}

fn write_manifest(folder: &Path) -> Outcome<()> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(within) = folders.pop() {
        for entry in fs::read_dir(&within)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(folder)?.to_str().ok_or("a path that is not UTF-8")?;
                paths.push(relative.to_owned());
            }
        }
    }
    paths.sort_unstable();
    let mut manifest = BufWriter::new(File::create(folder.join("MANIFEST.sha256"))?);
    for path in paths {
        writeln!(manifest, "{}  {path}", Digest::of(&fs::read(folder.join(&path))?))?;
    }
    Ok(manifest.flush()?)
}
