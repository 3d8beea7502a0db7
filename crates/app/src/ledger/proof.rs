//! Proofs that leaves are in the log, as files (C2SP tlog-proof). None is given out that was not checked.

use audit::{
    proof_file::ProofFile,
    tree::{leaf_hash, verify_inclusion},
};

use crate::{
    App,
    error::Result,
    ledger::{broken, tree},
    store::log::{CheckpointRow, LeafRow, LogId},
};

/// One a leaf, all under one checkpoint; with the leaf's bytes as extra data where the file is to stand alone.
///
/// # Errors
/// `LOG_BROKEN` for a leaf that is not the one that was signed.
pub(crate) async fn proof_files(
    app: &App,
    log: LogId,
    leaves: &[&LeafRow],
    checkpoint: &CheckpointRow,
    with_leaf: bool,
) -> Result<Vec<ProofFile>> {
    let places: Vec<u64> = leaves.iter().map(|leaf| leaf.seq).collect();
    let proofs = tree::inclusion_proofs(app, log, &places, checkpoint.size).await?;
    leaves
        .iter()
        .zip(proofs)
        .map(|(leaf, hashes)| {
            let hash = leaf_hash(&leaf.bytes);
            verify_inclusion(&hash, leaf.seq, checkpoint.size, &hashes, &checkpoint.root)
                .map_err(|error| broken(&format!("leaf {}: {error}", leaf.seq)))?;
            Ok(ProofFile {
                extra: with_leaf.then(|| leaf.bytes.clone()),
                index: leaf.seq,
                hashes,
                checkpoint: checkpoint.note.clone(),
            })
        })
        .collect()
}
