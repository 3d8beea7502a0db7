//! Other people's implementations of the same formats, as oracles: signed_note, tlog_tiles (both of the azul log),
//! ct-merkle, serde_json_canonicalizer.

use audit::note::{NoteSigner, Signer as _, open_note, sign_note};
use audit::tile::{Level, TileBuilder, TilePath, encode_hashes, node_from_tiles};
use audit::tree::{
    self, ProofError, RightEdge, consistency_proof, inclusion_proof, leaf_hash, verify_consistency, verify_inclusion,
};
use audit::value::Integer;
use audit::{Checkpoint, Hash, Value, canonical};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::tlog::{HashReader, split_stored_hash_index};

const ORIGIN: &str = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1";

fn leaves(count: u64) -> Vec<[u8; 8]> {
    (0..count).map(u64::to_be_bytes).collect()
}

/// The complete nodes of a tree, by level and index.
struct Nodes(std::collections::HashMap<(u8, u64), Hash>);

impl Nodes {
    fn of(leaves: &[[u8; 8]]) -> (Self, RightEdge) {
        let (mut nodes, mut edge) = (std::collections::HashMap::new(), RightEdge::new());
        for leaf in leaves {
            edge.append_visiting(leaf_hash(leaf), |level, index, hash| _ = nodes.insert((level, index), hash));
        }
        (Self(nodes), edge)
    }

    fn read(&self, level: u8, index: u64) -> Result<Hash, ProofError> {
        self.0.get(&(level, index)).copied().ok_or(ProofError::OutOfRange)
    }
}

impl HashReader for Nodes {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::tlog::Hash>, tlog_tiles::tlog::Error> {
        let node = |index: &u64| {
            let (level, index) = split_stored_hash_index(*index);
            tlog_tiles::tlog::Hash(self.0[&(level, index)].0)
        };
        Ok(indexes.iter().map(node).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn signed_note_opens_our_notes(seed: [u8; 32], text in "[ -~éñ—漢]{0,60}\n", changed: bool) {
        let signer = NoteSigner::from_seed(ORIGIN, &seed).unwrap();
        let mut note = sign_note(&text, &[&signer]).unwrap();
        if changed {
            note = note.replacen(&text, &format!("x{text}"), 1);
        }
        let verifier = StandardVerifier::new(&signer.verifier_key().to_string()).unwrap();
        let opened = Note::from_bytes(note.as_bytes()).unwrap().verify(&VerifierList::new(vec![Box::new(verifier)]));
        prop_assert_eq!(opened.is_ok(), open_note(&note, [signer.verifier_key()]).is_ok());
        prop_assert_eq!(opened.is_ok(), !changed);
    }

    #[test]
    fn tlog_tiles_reads_our_checkpoints(size: u64, root: [u8; 32]) {
        let body = Checkpoint::new(ORIGIN, size, Hash(root)).body().unwrap();
        let theirs = tlog_tiles::checkpoint::Checkpoint::from_bytes(body.as_bytes()).unwrap();
        prop_assert_eq!((theirs.origin(), theirs.size(), theirs.hash().0), (ORIGIN, size, root));
        prop_assert_eq!(theirs.to_bytes(), body.into_bytes());
    }

    #[test]
    fn tlog_tiles_names_tiles_alike(level in 0..=63_u8, index: u64, width in 1..=256_u16) {
        let ours = TilePath::new(Level::Hashes(level), index, width).unwrap().to_string();
        let theirs = tlog_tiles::tile::Tile::new(8, level, index, width.into(), false).path();
        // Theirs is the path of the Go checksum database, which names the height as well.
        prop_assert_eq!(format!("tile/8/{}", ours.strip_prefix("tile/").unwrap()), theirs);
    }

    #[test]
    fn tlog_tiles_has_our_tiles_and_proofs(size in 1..1200_u64, at: prop::sample::Index) {
        let leaves = leaves(size);
        let (nodes, edge) = Nodes::of(&leaves);
        let mut tiles = Vec::new();
        let mut builder = TileBuilder::new();
        leaves.iter().for_each(|leaf| builder.append(leaf_hash(leaf), |tile| tiles.push(tile)));
        tiles.extend(builder.finish());
        let theirs = tlog_tiles::tile::Tile::new_tiles(8, 0, size);
        prop_assert_eq!(tiles.len(), theirs.len());
        for tile in &tiles {
            let Level::Hashes(level) = tile.path.level() else { panic!("a tile of hashes") };
            let their = tlog_tiles::tile::Tile::new(8, level, tile.path.index(), tile.path.width().into(), false);
            prop_assert!(theirs.contains(&their) && tile.path.is_of_size(size));
            prop_assert_eq!(encode_hashes(&tile.hashes), their.read_data(&nodes).unwrap());
        }

        let index = at.index(size as usize) as u64;
        let from_tiles = |level, index| {
            let read = |path| tiles.iter().find(|tile| tile.path == path).map(|tile| tile.hashes.clone()).ok_or(ProofError::OutOfRange);
            node_from_tiles(level, index, size, read).map_err(|_| ProofError::OutOfRange)
        };
        let root = tlog_tiles::tlog::Hash(edge.root().0);
        prop_assert_eq!(tlog_tiles::tlog::tree_hash(size, &nodes).unwrap(), root);
        let proof = inclusion_proof(index, size, from_tiles).unwrap();
        let theirs = tlog_tiles::tlog::prove_record(size, index, &nodes).unwrap();
        prop_assert_eq!(proof.iter().map(|hash| hash.0).collect::<Vec<_>>(), theirs.iter().map(|hash| hash.0).collect::<Vec<_>>());
        let proof = consistency_proof(index + 1, size, from_tiles).unwrap();
        let theirs = tlog_tiles::tlog::prove_tree(size, index + 1, &nodes).unwrap();
        prop_assert_eq!(proof.iter().map(|hash| hash.0).collect::<Vec<_>>(), theirs.iter().map(|hash| hash.0).collect::<Vec<_>>());
    }

    #[test]
    fn ct_merkle_verifies_alike(size in 2..400_u64, at: prop::sample::Index) {
        let leaves = leaves(size);
        let (nodes, edge) = Nodes::of(&leaves);
        let mut theirs = MemoryBackedTree::<Sha256, [u8; 8]>::new();
        leaves.iter().for_each(|leaf| theirs.push(*leaf));
        let root = theirs.root();
        prop_assert_eq!(root.as_bytes().as_slice(), &edge.root().0[..]);

        let index = at.index(size as usize);
        let ours = inclusion_proof(index as u64, size, |level, index| nodes.read(level, index)).unwrap();
        let their_proof = theirs.prove_inclusion(index);
        prop_assert_eq!(their_proof.as_bytes(), ours.iter().flat_map(|hash| hash.0).collect::<Vec<_>>());
        root.verify_inclusion(&leaves[index], index as u64, &their_proof).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf_hash(&leaves[index]), index as u64, size, &ours, &edge.root()), Ok(()));

        let old = 1 + at.index(size as usize - 1) as u64;
        let old_root = tree::root_from_nodes(old, |level, index| nodes.read(level, index)).unwrap();
        let ours = consistency_proof(old, size, |level, index| nodes.read(level, index)).unwrap();
        let their_proof = theirs.prove_consistency((size - old) as usize);
        prop_assert_eq!(their_proof.as_bytes(), ours.iter().flat_map(|hash| hash.0).collect::<Vec<_>>());
        prop_assert_eq!(verify_consistency(old, size, &ours, &old_root, &edge.root()), Ok(()));
    }

    #[test]
    fn serde_json_canonicalizer_writes_alike(value in values()) {
        let ours = canonical::encode(&value).unwrap();
        let theirs: serde_json::Value = serde_json::from_slice(&ours).unwrap();
        prop_assert_eq!(serde_json_canonicalizer::to_vec(&theirs).unwrap(), ours);
    }
}

/// Values of the profile. Integers end at the range in which the oracle, which writes doubles, is exact.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        (Integer::MIN.get()..=Integer::MAX.get()).prop_map(|number| Value::try_from(number).unwrap()),
        ".{0,12}".prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::btree_map("[ -~\t]{0,8}", inner, 0..6).prop_map(Value::Object),
        ]
    })
}
