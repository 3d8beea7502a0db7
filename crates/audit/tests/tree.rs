//! The Merkle tree, against published vectors and against its recursive definition.

use std::convert::Infallible;

use audit::tree::{
    EdgeError, Hash, ProofError, RightEdge, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash,
    root_from_nodes, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

/// The reference tree of google/certificate-transparency, merkletree/merkle_tree_test.cc: leaves and, after each of
/// them, the root. The roots were also recomputed with Python's hashlib.
const REFERENCE: [(&[u8], &str); 8] = [
    (b"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    (b"\x00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    (b"\x10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    (b"\x20\x21", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (b"\x30\x31", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    (b"\x40\x41\x42\x43", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    (b"\x50\x51\x52\x53\x54\x55\x56\x57", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
];

/// Audit paths and consistency proofs of the same test, its leaves counted from 0.
const AUDIT_PATHS: [(u64, u64, &[&str]); 5] = [
    (0, 1, &[]),
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];
const CONSISTENCY_PROOFS: [(u64, u64, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

fn hash(hex: &str) -> Hash {
    hex.parse().unwrap()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

/// MTH of RFC 6962, section 2.1.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

/// Complete nodes, computed from the leaves each time.
fn reader(leaves: &[Hash]) -> impl Fn(u8, u64) -> Result<Hash, ProofError> {
    move |level, index| {
        let start = usize::try_from(index << level).unwrap();
        Ok(naive_root(&leaves[start..start + (1 << level)]))
    }
}

#[test]
fn the_reference_tree() {
    assert_eq!(empty_root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let mut edge = RightEdge::new();
    assert_eq!(edge.root(), empty_root());
    for (leaf, root) in REFERENCE {
        edge.append(leaf_hash(leaf));
        assert_eq!(edge.root().to_string(), root);
    }

    let hashes: Vec<Hash> = REFERENCE.iter().map(|(leaf, _)| leaf_hash(leaf)).collect();
    let root = |size: u64| hash(REFERENCE[size as usize - 1].1);
    for (index, size, path) in AUDIT_PATHS {
        let path: Vec<Hash> = path.iter().copied().map(hash).collect();
        assert_eq!(inclusion_proof(index, size, reader(&hashes)), Ok(path.clone()));
        assert_eq!(verify_inclusion(&hashes[index as usize], index, size, &path, &root(size)), Ok(()));
    }
    for (old, new, proof) in CONSISTENCY_PROOFS {
        let proof: Vec<Hash> = proof.iter().copied().map(hash).collect();
        assert_eq!(consistency_proof(old, new, reader(&hashes)), Ok(proof.clone()));
        assert_eq!(verify_consistency(old, new, &proof, &root(old), &root(new)), Ok(()));
    }
}

#[test]
fn proofs_of_every_leaf_and_every_size_hold() {
    let hashes = leaves(66);
    for size in 1..=66 {
        let root = naive_root(&hashes[..size as usize]);
        assert_eq!(root_from_nodes(size, reader(&hashes)), Ok(root));
        for index in 0..size {
            let proof = inclusion_proof(index, size, reader(&hashes)).unwrap();
            assert_eq!(verify_inclusion(&hashes[index as usize], index, size, &proof, &root), Ok(()));
        }
        for old in 1..=size {
            let old_root = naive_root(&hashes[..old as usize]);
            let proof = consistency_proof(old, size, reader(&hashes)).unwrap();
            assert_eq!(verify_consistency(old, size, &proof, &old_root, &root), Ok(()), "{old} to {size}");
        }
    }
}

#[test]
fn a_proof_for_one_thing_proves_no_other() {
    let hashes = leaves(21);
    for size in 1..=20 {
        let root = naive_root(&hashes[..size as usize]);
        for index in 0..size {
            let (leaf, proof) = (hashes[index as usize], inclusion_proof(index, size, reader(&hashes)).unwrap());
            for other in (0..=size).filter(|other| *other != index) {
                assert!(verify_inclusion(&leaf, other, size, &proof, &root).is_err(), "{index} as {other} of {size}");
            }
            assert!(verify_inclusion(&hashes[20], index, size, &proof, &root).is_err());
            let longer = [&proof[..], &[leaf]].concat();
            assert!(verify_inclusion(&leaf, index, size, &longer, &root).is_err());
            if let Some((_, shorter)) = proof.split_last() {
                assert_eq!(verify_inclusion(&leaf, index, size, shorter, &root), Err(ProofError::Length));
            }
        }
        for old in 1..=size {
            let old_root = naive_root(&hashes[..old as usize]);
            let proof = consistency_proof(old, size, reader(&hashes)).unwrap();
            let other_root = naive_root(&hashes[1..=old as usize]);
            assert_eq!(verify_consistency(old, size, &proof, &other_root, &root), Err(ProofError::Root));
            assert_eq!(verify_consistency(old, size, &proof, &old_root, &leaf_hash(b"else")), Err(ProofError::Root));
            let longer = [&proof[..], &[root]].concat();
            assert_eq!(verify_consistency(old, size, &longer, &old_root, &root), Err(ProofError::Length));
            for n in 0..proof.len() {
                let mut without = proof.clone();
                without.remove(n);
                assert!(verify_consistency(old, size, &without, &old_root, &root).is_err());
            }
        }
    }
}

#[test]
fn there_is_no_proof_outside_the_tree() {
    let read = |_, _| Err(ProofError::Root);
    let root = leaf_hash(b"");
    assert_eq!(inclusion_proof(0, 0, read), Err(ProofError::OutOfRange));
    assert_eq!(inclusion_proof(5, 5, read), Err(ProofError::OutOfRange));
    assert_eq!(consistency_proof(0, 5, read), Err(ProofError::OutOfRange));
    assert_eq!(consistency_proof(6, 5, read), Err(ProofError::OutOfRange));
    assert_eq!(verify_inclusion(&root, 1, 1, &[], &root), Err(ProofError::OutOfRange));
    assert_eq!(verify_consistency(0, 1, &[], &root, &root), Err(ProofError::OutOfRange));
    assert_eq!(verify_consistency(2, 1, &[], &root, &root), Err(ProofError::OutOfRange));
    assert_eq!(verify_consistency(3, 5, &[], &root, &root), Err(ProofError::Length));
}

#[test]
fn a_leaf_is_never_taken_for_a_node() {
    let (left, right) = (leaf_hash(b"left"), leaf_hash(b"right"));
    let both = [left.0, right.0].concat();
    assert_ne!(leaf_hash(&both), node_hash(&left, &right));
    assert_ne!(leaf_hash(&[&[1][..], &both].concat()), node_hash(&left, &right));
}

#[test]
fn an_append_shows_the_nodes_that_a_store_must_keep() {
    let hashes = leaves(40);
    let mut nodes = std::collections::HashMap::new();
    let mut edge = RightEdge::new();
    for leaf in &hashes {
        edge.append_visiting(*leaf, |level, index, hash| {
            assert!(nodes.insert((level, index), hash).is_none(), "a node is completed once");
        });
        let read = |level, index| Ok::<_, Infallible>(nodes[&(level, index)]);
        assert_eq!(root_from_nodes(edge.size(), read), Ok(edge.root()));
    }
    let complete = (0..6).map(|level| 40 >> level).sum::<usize>();
    assert_eq!(nodes.len(), complete);
}

proptest! {
    #[test]
    fn the_right_edge_has_the_naive_root(size in 0_u64..400, at in 0_u64..400) {
        let hashes = leaves(size);
        let mut edge = RightEdge::new();
        for (n, leaf) in hashes.iter().enumerate() {
            if n as u64 == at {
                edge = RightEdge::from_bytes(&edge.to_bytes()).unwrap();
            }
            edge.append(*leaf);
        }
        prop_assert_eq!(edge.size(), size);
        prop_assert_eq!(edge.root(), naive_root(&hashes));
        prop_assert_eq!(RightEdge::from_bytes(&edge.to_bytes()), Ok(edge));
    }

    #[test]
    fn large_sizes_only_read_complete_nodes_within_the_tree(size in 1..=RightEdge::MAX_SIZE, at: prop::sample::Index) {
        let index = (at.index(usize::MAX) as u64) % size;
        let read = |level: u8, index: u64| {
            assert!((index + 1) << level <= size, "node ({level}, {index}) of {size}");
            Ok::<_, ProofError>(leaf_hash(&[&[level][..], &index.to_be_bytes()].concat()))
        };
        prop_assert!(inclusion_proof(index, size, read).unwrap().len() <= 53);
        prop_assert!(consistency_proof(index + 1, size, read).unwrap().len() <= 54);
    }
}

#[test]
fn a_damaged_right_edge_is_refused() {
    let mut edge = RightEdge::new();
    leaves(7).into_iter().for_each(|leaf| edge.append(leaf));
    let bytes = edge.to_bytes();
    assert_eq!(RightEdge::from_bytes(&[]), Err(EdgeError::Length));
    assert_eq!(RightEdge::from_bytes(&bytes[..bytes.len() - 1]), Err(EdgeError::Length));
    assert_eq!(RightEdge::from_bytes(&bytes[..bytes.len() - 32]), Err(EdgeError::Length));
    assert_eq!(RightEdge::from_bytes(&[&bytes[..], &[0; 32]].concat()), Err(EdgeError::Length));
    assert_eq!(RightEdge::from_bytes(&u64::MAX.to_be_bytes()), Err(EdgeError::TooLarge));
}
