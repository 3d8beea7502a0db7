//! A part of the log: the leaves of a document, a period or an actor, and beside them what a verifier has to know of
//! keys and erasures.

use std::collections::BTreeSet;

use audit::{
    Hash, Value,
    add_checkpoint::AddCheckpoint,
    tree::{leaf_hash, verify_consistency},
};
use domain::{bundle::Extent, time::Timestamp};

use super::{Progress, broken, cut::Cut, outside::Outside, package::Package, parse};
use crate::{
    App,
    error::{InternalError, Result},
    ledger::{proof_files, tree},
    store::{
        evidence::{self, Selection},
        log::{self, CheckpointRow, LeafRow},
    },
    unit::Scope,
};

/// Leaves read at a time: at most 16 MiB.
const CHUNK: usize = 256;

/// The number of leaves. Eight bytes are held for each, and the manifest's line for each proof.
pub(super) async fn add_part(
    app: &App,
    scope: &Scope<'_>,
    cut: &Cut,
    package: &mut Package,
    progress: Progress<'_>,
) -> Result<u64> {
    let part = find(scope, cut).await?;
    cut.add_frame(package, part.range).await?;
    let mut check =
        Check { extent: cut.request.extent, expected: part.range.map_or(0, |(first, _)| first), last: None };
    let mut outside = Outside::new(app, scope, cut.request, package)?;
    let mut events = package.grow()?;
    let all: Vec<u64> = part.places.iter().chain(&part.context).copied().collect::<BTreeSet<_>>().into_iter().collect();
    for (nth, chunk) in all.chunks(CHUNK).enumerate() {
        let leaves = evidence::leaves_at(scope, cut.log, chunk).await?;
        if leaves.len() != chunk.len() {
            return Err(broken(&format!("a leaf between {:?} and {:?} is missing", chunk.first(), chunk.last())));
        }
        for leaf in &leaves {
            if part.places.binary_search(&leaf.seq).is_ok() {
                check.leaf(leaf)?;
            }
            events.line(&leaf.bytes)?;
        }
        add_proofs(app, scope, cut, &part, &leaves, package).await?;
        outside.add(package, &leaves).await?;
        progress((nth * CHUNK + leaves.len()) as u64, all.len() as u64);
    }
    outside.finish(package).await?;
    package.add_grown("events.ndjson", events).await?;
    if let Some(since) = cut.request.since {
        add_consistency(app, scope, cut, since, package).await?;
    }
    Ok(all.len() as u64)
}

struct Part {
    /// Of the leaves that the bundle is about, in order.
    places: Vec<u64>,
    /// Of those that a verifier needs beside them.
    context: Vec<u64>,
    /// The first and the last leaf of a period.
    range: Option<(u64, u64)>,
}

async fn find(scope: &Scope<'_>, cut: &Cut) -> Result<Part> {
    let mut selection = Selection { log: cut.log, extent: cut.request.extent, range: (0, 0), size: cut.size() };
    let mut range = None;
    let places = match cut.request.extent {
        Extent::Period { from, to } => {
            // One leaf before the period and one after it, where there are, show that nothing was cut off at its edges.
            let first = first_at(scope, cut, from).await?.saturating_sub(1);
            let last = first_at(scope, cut, to).await?.min(cut.size() - 1);
            (selection.range, range) = ((first, last), Some((first, last)));
            (first..=last).collect()
        }
        Extent::Document(_) => {
            let mut places = evidence::places(scope, &selection).await?;
            let head = head_of(scope, cut, &places).await?;
            places.retain(|place| *place <= head);
            places
        }
        Extent::Actor(_) | Extent::Log => evidence::places(scope, &selection).await?,
    };
    Ok(Part { context: evidence::context(scope, &selection).await?, places, range })
}

/// The first leaf that was recorded at `time` or later; the size of the log where there is none. Times never go back.
async fn first_at(scope: &Scope<'_>, cut: &Cut, time: Timestamp) -> Result<u64> {
    let (mut low, mut high) = (0, cut.size());
    while low < high {
        let middle = low + (high - low) / 2;
        let leaf = log::leaves(scope.connection(), cut.log, middle, 1).await?.pop();
        let leaf = leaf.ok_or_else(|| broken(&format!("leaf {middle} is missing")))?;
        if parse(&leaf)?.place().recorded_at.get() < time.millis() {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The place of the head that was written for this bundle. It is among the last events of the document.
async fn head_of(scope: &Scope<'_>, cut: &Cut, places: &[u64]) -> Result<u64> {
    for chunk in places.rchunks(CHUNK) {
        for leaf in evidence::leaves_at(scope, cut.log, chunk).await?.into_iter().rev() {
            let leaf = parse(&leaf)?;
            let Value::Object(data) = &leaf.draft().data else { continue };
            let is_ours = data.get("bundle") == Some(&Value::String(cut.bundle.to_string()));
            if leaf.draft().kind == "subject.head/v1" && is_ours {
                return Ok(leaf.place().seq);
            }
        }
    }
    Err(broken("the head that was written for this bundle is missing"))
}

/// Follows the chain that a bundle is to prove, so that none is handed out that does not.
struct Check {
    extent: Extent,
    /// The next number in the chain.
    expected: u64,
    last: Option<Hash>,
}

impl Check {
    fn leaf(&mut self, row: &LeafRow) -> Result<()> {
        let leaf = parse(row)?;
        let place = leaf.place();
        let (number, prev, name) = match self.extent {
            Extent::Document(_) => (place.subject_seq, place.subject_prev, "SUBJECT_GAP"),
            Extent::Period { .. } => (place.seq, place.prev, "PREV_BROKEN"),
            // Nothing links the deeds of an actor; each is proven by itself.
            Extent::Actor(_) | Extent::Log => return Ok(()),
        };
        if number != self.expected || (self.last.is_some() && prev != self.last) {
            return Err(broken(&format!("{name} at leaf {}", row.seq)));
        }
        self.expected += 1;
        self.last = Some(leaf_hash(&row.bytes));
        Ok(())
    }
}

/// The proofs of one chunk of leaves.
async fn add_proofs(
    app: &App,
    scope: &Scope<'_>,
    cut: &Cut,
    part: &Part,
    leaves: &[LeafRow],
    package: &mut Package,
) -> Result<()> {
    let (mut under_own, mut under_first) = (Vec::new(), Vec::new());
    for leaf in leaves {
        // In a period the chain up to its last leaf proves the leaves before it.
        let chained = part.range.is_some_and(|(first, last)| (first..last).contains(&leaf.seq));
        // The first checkpoint over a rotation is signed by the old key, too.
        let rotates = part.context.binary_search(&leaf.seq).is_ok() && parse(leaf)?.draft().kind == "key.rotated/v1";
        if rotates {
            under_first.push(leaf);
        } else if !chained {
            under_own.push(leaf);
        }
    }
    for proof in proof_files(app, cut.log, &under_own, &cut.checkpoint, false).await? {
        package.add(&format!("proofs/{}.tlog-proof", proof.index), proof.to_string().as_bytes()).await?;
    }
    for leaf in under_first {
        let checkpoint = first_over(scope, cut, leaf.seq).await?;
        for proof in proof_files(app, cut.log, &[leaf], &checkpoint, false).await? {
            package.add(&format!("proofs/{}.tlog-proof", proof.index), proof.to_string().as_bytes()).await?;
        }
    }
    Ok(())
}

async fn first_over(scope: &Scope<'_>, cut: &Cut, place: u64) -> Result<CheckpointRow> {
    let row = log::checkpoints_over(scope.connection(), cut.log, place, 1).await?.pop();
    Ok(row.ok_or_else(|| InternalError::Stored("the checkpoint over a signed leaf".into()))?)
}

async fn add_consistency(app: &App, scope: &Scope<'_>, cut: &Cut, since: u64, package: &mut Package) -> Result<()> {
    let hashes = tree::consistency_proof(app, cut.log, since, cut.size()).await?;
    // Checked against our own older root where that size was signed; whoever holds another one finds out.
    if let Some(old) = log::checkpoint(scope.connection(), cut.log, since).await? {
        verify_consistency(since, cut.size(), &hashes, &old.root, &cut.checkpoint.root)
            .map_err(|error| broken(&format!("the checkpoint of {since} leaves is not continued: {error}")))?;
    }
    let body = AddCheckpoint { old: since, hashes, checkpoint: cut.checkpoint.note.clone() };
    package.add(&format!("consistency/{since}"), body.to_string().as_bytes()).await
}
