//! Inclusion and consistency proofs. They are built as RFC 9162 defines them (sections 2.1.3.1 and 2.1.4.1) and
//! verified by its algorithms (sections 2.1.3.2 and 2.1.4.2), which share no code with the building.

use super::{Hash, empty_root, node_hash};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("there is no such proof: leaf or size lies outside the tree")]
    OutOfRange,
    #[error("the proof has the wrong length")]
    Length,
    #[error("the proof leads to another root")]
    Root,
}

/// The root of the tree of `size` leaves, from a reader of complete nodes `(level, index)`.
///
/// # Errors
/// Those of the reader.
pub fn root_from_nodes<E>(size: u64, mut read: impl FnMut(u8, u64) -> Result<Hash, E>) -> Result<Hash, E> {
    if size == 0 { Ok(empty_root()) } else { subtree(0, size, &mut read) }
}

/// The inclusion proof of leaf `index` in the tree of `size` leaves (RFC 9162, section 2.1.3.1), from the leaf up.
///
/// # Errors
/// [`ProofError::OutOfRange`] unless `index < size`, and those of the reader.
pub fn inclusion_proof<E: From<ProofError>>(
    index: u64,
    size: u64,
    mut read: impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    if index >= size {
        return Err(ProofError::OutOfRange.into());
    }
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + split(end - start);
        let sibling = if index < middle { (middle, end) } else { (start, middle) };
        proof.push(subtree(sibling.0, sibling.1, &mut read)?);
        (start, end) = if index < middle { (start, middle) } else { (middle, end) };
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `old` leaves is a prefix of the tree of `new` leaves (RFC 9162, section 2.1.4.1).
///
/// # Errors
/// [`ProofError::OutOfRange`] unless `0 < old ≤ new`, and those of the reader.
pub fn consistency_proof<E: From<ProofError>>(
    old: u64,
    new: u64,
    mut read: impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    if old == 0 || old > new {
        return Err(ProofError::OutOfRange.into());
    }
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, new);
    while end != old {
        let middle = start + split(end - start);
        let sibling = if old <= middle { (middle, end) } else { (start, middle) };
        proof.push(subtree(sibling.0, sibling.1, &mut read)?);
        (start, end) = if old <= middle { (start, middle) } else { (middle, end) };
    }
    // The verifier knows the old root; it needs this one only where it is not the whole old tree.
    if start > 0 {
        proof.push(subtree(start, end, &mut read)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The largest power of two smaller than `leaves`, which is at least 2.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// The root over the leaves `start..end`, not empty, where `start` is a multiple of the size of the first subtree.
fn subtree<E>(start: u64, end: u64, read: &mut impl FnMut(u8, u64) -> Result<Hash, E>) -> Result<Hash, E> {
    let leaves = end - start;
    if leaves.is_power_of_two() {
        let level = leaves.trailing_zeros() as u8;
        return read(level, start >> level);
    }
    let middle = start + split(leaves);
    let left = subtree(start, middle, read)?;
    let right = subtree(middle, end, read)?;
    Ok(node_hash(&left, &right))
}

/// RFC 9162, section 2.1.3.2.
///
/// # Errors
/// The proof does not show that `leaf` is leaf `index` of the tree of `size` leaves under `root`.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange);
    }
    let (mut fn_, mut sn) = (index, size - 1);
    let mut r = *leaf;
    for p in proof {
        if sn == 0 {
            return Err(ProofError::Length);
        }
        if fn_ & 1 == 1 || fn_ == sn {
            r = node_hash(p, &r);
            while fn_ & 1 == 0 && fn_ != 0 {
                fn_ >>= 1;
                sn >>= 1;
            }
        } else {
            r = node_hash(&r, p);
        }
        fn_ >>= 1;
        sn >>= 1;
    }
    match (sn, r == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// RFC 9162, section 2.1.4.2.
///
/// # Errors
/// The proof does not show that the tree of `old` leaves under `old_root` is a prefix of that of `new` leaves under
/// `new_root`.
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), ProofError> {
    if old == 0 || old > new {
        return Err(ProofError::OutOfRange);
    }
    if old == new {
        return match (proof.is_empty(), old_root == new_root) {
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::Root),
            (false, _) => Err(ProofError::Length),
        };
    }
    // A complete old tree is a node of the new one, so its root heads the path and is not sent.
    let path: Vec<&Hash> = old.is_power_of_two().then_some(old_root).into_iter().chain(proof).collect();
    let Some((&&first, rest)) = path.split_first() else { return Err(ProofError::Length) };
    let (mut fn_, mut sn) = (old - 1, new - 1);
    while fn_ & 1 == 1 {
        fn_ >>= 1;
        sn >>= 1;
    }
    let (mut fr, mut sr) = (first, first);
    for &c in rest {
        if sn == 0 {
            return Err(ProofError::Length);
        }
        if fn_ & 1 == 1 || fn_ == sn {
            fr = node_hash(c, &fr);
            sr = node_hash(c, &sr);
            while fn_ & 1 == 0 && fn_ != 0 {
                fn_ >>= 1;
                sn >>= 1;
            }
        } else {
            sr = node_hash(&sr, c);
        }
        fn_ >>= 1;
        sn >>= 1;
    }
    match (sn, fr == *old_root && sr == *new_root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}
