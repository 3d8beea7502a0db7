//! A small exporter: bundles in memory, and what an attacker does to them.

pub mod story;

use std::collections::BTreeMap;
use std::io::Read;

use audit::add_checkpoint::AddCheckpoint;
use audit::bundle::files::{Files, Listing, add};
use audit::bundle::{self, About, DisclosureLine, Kind, Pins, Report};
use audit::disclosure::Disclosure;
use audit::note::{NoteSigner, Signer};
use audit::proof_file::ProofFile;
use audit::tile::{Level, TileBuilder, TilePath, encode_entries, encode_hashes};
use audit::tree::{self, ProofError};
use audit::{Digest, Hash, Leaf, Millis};

pub const ID: &str = "0198f1c2-7a3b-7c4d-8e5f-00000000b0b0";

#[derive(Clone, Default)]
pub struct Packed {
    pub files: BTreeMap<String, Vec<u8>>,
    listing: Listing,
}

impl Files for Packed {
    fn listing(&self) -> &Listing {
        &self.listing
    }

    fn open(&self, path: &str) -> std::io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.files[path].as_slice()))
    }
}

pub fn signer(seed: u8) -> NoteSigner {
    NoteSigner::from_seed(crate::history::LOG, &[seed; 32]).unwrap()
}

/// A log with its keys: `signers` sign checkpoints of more leaves than the size beside them.
pub struct Log {
    pub leaves: Vec<Leaf>,
    pub signers: Vec<(usize, NoteSigner)>,
}

impl Log {
    pub fn new(leaves: Vec<Leaf>) -> Self {
        Self { leaves, signers: vec![(0, signer(1))] }
    }

    pub fn checkpoint(&self, size: usize) -> String {
        let signers: Vec<&dyn Signer> =
            self.signers.iter().filter(|(from, _)| size >= *from).map(|(_, signer)| signer as &dyn Signer).collect();
        crate::history::checkpoint(&self.leaves, size).sign(&signers).unwrap()
    }

    fn node(&self, level: u8, index: u64) -> Hash {
        let (from, to) = (index << level, (index + 1) << level);
        let mut edge = tree::RightEdge::new();
        self.leaves[from as usize..to as usize].iter().for_each(|leaf| edge.append(leaf.hash()));
        edge.root()
    }

    pub fn proof(&self, seq: u64, size: usize) -> ProofFile {
        let read = |level, index| Ok::<_, ProofError>(self.node(level, index));
        let hashes = tree::inclusion_proof(seq, size as u64, read).unwrap();
        ProofFile { extra: None, index: seq, hashes, checkpoint: self.checkpoint(size) }
    }

    fn about(&self, kind: Kind, disclosures: bool) -> About {
        About {
            id: ID.into(),
            log: crate::history::LOG.into(),
            size: self.leaves.len() as u64,
            made_at: Millis::new(1_800_000_000_000).unwrap(),
            kind,
            disclosures,
            documents: false,
            statements: false,
        }
    }

    /// The whole log, with the checkpoints of these sizes.
    pub fn whole(&self, priors: &[usize]) -> Packed {
        let mut packed = Packed::default();
        let size = self.leaves.len();
        let mut builder = TileBuilder::new();
        let mut tiles = Vec::new();
        self.leaves.iter().for_each(|leaf| builder.append(leaf.hash(), |tile| tiles.push(tile)));
        tiles.extend(builder.finish());
        for tile in tiles {
            packed.put(&tile.path.to_string(), encode_hashes(&tile.hashes));
        }
        for (n, entries) in self.leaves.chunks(256).enumerate() {
            let path = TilePath::new(Level::Entries, n as u64, entries.len() as u16).unwrap();
            packed.put(&path.to_string(), encode_entries(entries.iter().map(Leaf::bytes)).unwrap());
        }
        for prior in priors {
            packed.put(&format!("prior/{prior}.checkpoint"), self.checkpoint(*prior));
        }
        packed.put("bundle.json", self.about(Kind::Log, false).encode().unwrap());
        packed.put("checkpoint", self.checkpoint(size));
        packed.events(self.leaves.iter());
        packed.seal()
    }

    /// The leaves of these sequence numbers, each with its proof; a rotation's under the checkpoint of `rotated` leaves.
    pub fn part(&self, kind: Kind, seqs: &[u64], rotated: usize) -> Packed {
        let mut packed = Packed::default();
        for seq in seqs {
            let leaf = &self.leaves[*seq as usize];
            let size = if leaf.draft().kind == "key.rotated/v1" { rotated } else { self.leaves.len() };
            packed.put(&format!("proofs/{seq}.tlog-proof"), self.proof(*seq, size).to_string());
        }
        packed.put("bundle.json", self.about(kind, false).encode().unwrap());
        packed.put("checkpoint", self.checkpoint(self.leaves.len()));
        packed.events(seqs.iter().map(|seq| &self.leaves[*seq as usize]));
        packed.seal()
    }

    pub fn consistency(&self, old: usize) -> String {
        let read = |level, index| Ok::<_, ProofError>(self.node(level, index));
        let size = self.leaves.len();
        let hashes = tree::consistency_proof(old as u64, size as u64, read).unwrap();
        AddCheckpoint { old: old as u64, hashes, checkpoint: self.checkpoint(size) }.to_string()
    }
}

impl Packed {
    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    pub fn events<'a>(&mut self, leaves: impl Iterator<Item = &'a Leaf>) {
        let lines = leaves.flat_map(|leaf| [leaf.bytes(), b"\n"].concat()).collect::<Vec<_>>();
        self.put("events.ndjson", lines);
    }

    pub fn disclose(&mut self, disclosures: &[(u64, Disclosure)]) {
        let line = |(seq, disclosure): &(u64, Disclosure)| {
            let disclosure = String::from_utf8(disclosure.bytes().to_vec()).unwrap();
            let mut line = DisclosureLine { seq: *seq, disclosure }.encode().unwrap();
            line.push(b'\n');
            line
        };
        self.put("disclosures.ndjson", disclosures.iter().flat_map(line).collect::<Vec<_>>());
    }

    pub fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = String::from_utf8(self.files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} holds {from}");
        self.put(path, text.replace(from, to));
    }

    /// Lists the files and writes the manifest, as an attacker does as well.
    pub fn seal(mut self) -> Self {
        self.files.remove("MANIFEST.sha256");
        let line = |(path, bytes): (&String, &Vec<u8>)| format!("{}  {path}\n", Digest::of(bytes));
        let manifest: String = self.files.iter().map(line).collect();
        self.put("MANIFEST.sha256", manifest);
        self.list()
    }

    pub fn list(mut self) -> Self {
        self.listing = Listing::new();
        for (path, bytes) in &self.files {
            add(&mut self.listing, path.clone(), bytes.len() as u64).unwrap();
        }
        self
    }

    pub fn tampered(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut tampered = self.clone();
        change(&mut tampered);
        tampered.seal()
    }
}

pub fn verify(packed: &Packed, pins: &[String]) -> Report {
    verify_with(packed, &[1], pins)
}

pub fn verify_with(packed: &Packed, seeds: &[u8], pins: &[String]) -> Report {
    let keys = seeds.iter().map(|seed| signer(*seed).verifier_key().clone()).collect();
    let pins = Pins { keys, checkpoints: pins.to_vec(), witnesses: vec![] };
    bundle::verify(packed, &pins, 2, &mut |_| {})
}

/// Verdict and index.
pub fn verdict(report: &Report) -> (String, Option<u64>) {
    (report.verdict.text(), report.verdict.finding().and_then(|finding| finding.index))
}

pub fn told(packed: &Packed) -> (String, Option<u64>) {
    verdict(&verify(packed, &[]))
}

pub fn invalid(code: &str, index: impl Into<Option<u64>>) -> (String, Option<u64>) {
    (format!("INVALID:{code}"), index.into())
}

pub fn incomplete(index: impl Into<Option<u64>>) -> (String, Option<u64>) {
    ("INCOMPLETE".into(), index.into())
}
