use audit::tree::{RightEdge, leaf_hash, verify_consistency, verify_inclusion};
use domain::{actor::Actor, event::Event, id::OrganizationId};

use super::{World, on_both_databases};
use crate::ledger::{present_log, sequence::sequence, tree};

on_both_databases! {
    every_leaf_has_its_proof_at_every_size
    tiles_hold_what_the_leaves_hash_to
}

/// Steps without content, so that a log gets long quickly.
pub(super) async fn grow(world: &World, events: usize) {
    let organization = world.admin.organization;
    let step = |number: usize| Event::StraightThroughSet { name: format!("type {}", number % 7), version: 1, on: true };
    let unit = world.app.begin(&Actor::system(organization)).await.unwrap();
    unit.commit(step(0), (1..events).map(step).collect()).await.unwrap();
    while sequence(&world.app, organization).await.unwrap() > 0 {}
}

/// The root at each size, from the leaves' bytes alone.
async fn roots(world: &World) -> (Vec<audit::Hash>, Vec<audit::Hash>) {
    let log = present_log(&world.app, world.admin.organization).await.unwrap();
    let leaves = crate::store::log::leaves(world.app.store().reader(), log, 0, 10_000).await.unwrap();
    let (mut edge, mut roots) = (RightEdge::new(), vec![RightEdge::new().root()]);
    let hashes: Vec<_> = leaves.iter().map(|leaf| leaf_hash(&leaf.bytes)).collect();
    for hash in &hashes {
        edge.append(*hash);
        roots.push(edge.root());
    }
    (hashes, roots)
}

async fn every_leaf_has_its_proof_at_every_size(world: World) {
    grow(&world, 1_500).await;
    let (hashes, roots) = roots(&world).await;
    let log = present_log(&world.app, world.admin.organization).await.unwrap();
    let newest = hashes.len() as u64;
    for size in [1, 2, 3, 255, 256, 257, 511, 512, 700, 1_024, newest - 1, newest] {
        let root = roots[size as usize];
        let indices: Vec<u64> =
            [0, 1, 254, 255, 256, 300, 511, 512, 1_023, size - 1].into_iter().filter(|index| *index < size).collect();
        let proofs = tree::inclusion_proofs(&world.app, log, &indices, size).await.unwrap();
        for (index, proof) in indices.into_iter().zip(proofs) {
            verify_inclusion(&hashes[index as usize], index, size, &proof, &root).unwrap();
        }
        let proof = tree::consistency_proof(&world.app, log, size, newest).await.unwrap();
        verify_consistency(size, newest, &proof, &root, &roots[newest as usize]).unwrap();
    }
    assert!(tree::inclusion_proofs(&world.app, log, &[newest], newest).await.is_err());
    assert!(
        tree::inclusion_proofs(&world.app, log, &[0], newest + 1_000).await.is_err(),
        "there are no such leaves yet"
    );
    let operator = present_log(&world.app, OrganizationId::OPERATOR).await.unwrap();
    assert!(
        tree::inclusion_proofs(&world.app, operator, &[0], newest).await.is_err(),
        "another log's nodes are not taken"
    );
}

async fn tiles_hold_what_the_leaves_hash_to(world: World) {
    grow(&world, 600).await;
    let (hashes, roots) = roots(&world).await;
    let log = present_log(&world.app, world.admin.organization).await.unwrap();
    assert_eq!(tree::hash_tile(&world.app, log, 0, 1, 256).await.unwrap(), hashes[256..512]);
    assert_eq!(tree::hash_tile(&world.app, log, 0, 2, 50).await.unwrap(), hashes[512..562]);
    let above = tree::hash_tile(&world.app, log, 1, 0, 2).await.unwrap();
    assert_eq!(above[0], roots[256]);
    let mut second = RightEdge::new();
    hashes[256..512].iter().for_each(|hash| second.append(*hash));
    assert_eq!(above[1], second.root());
    let entries = tree::entries(&world.app, log, 2, 3).await.unwrap();
    assert_eq!(entries.iter().map(|leaf| leaf_hash(&leaf.bytes)).collect::<Vec<_>>(), hashes[512..515]);
    for (level, n, width) in [(0, 2, 256), (1, 0, 3), (2, 0, 1), (0, u64::MAX, 1), (0, 0, 257)] {
        assert!(tree::hash_tile(&world.app, log, level, n, width).await.is_err(), "tile {level}/{n}/{width}");
    }
}
