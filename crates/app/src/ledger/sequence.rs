//! Gives staged events their place. One sequencer a log at a time, whichever replica holds its lock.

use audit::{Draft, Millis, Place, tree::RightEdge};
use domain::{id::OrganizationId, time::Timestamp};

use super::{millis, origin};
use crate::{
    App,
    error::{InternalError, Result},
    store::{
        Transaction,
        log::{self, LeafRow, LogHead},
    },
};

/// Leaves made in one transaction.
const BATCH: u64 = 2_000;

/// Sequences what waits in one log, at most a batch; the number of leaves made.
///
/// All of it is one transaction: a crash anywhere leaves the events staged, and the next batch takes them.
pub(crate) async fn sequence(app: &App, organization: OrganizationId) -> Result<u64> {
    let transaction = app.store().begin().await?;
    if !log::try_lock(&transaction, organization).await? {
        return Ok(0);
    }
    let waiting = log::waiting(&transaction, organization, BATCH).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let old = open_head(app, &transaction, organization).await?;
    // Behind what was signed, the database is a stale copy: a leaf appended here would fork the history.
    app.heads().refuse_behind(&old.origin, old.size)?;
    let mut new = old.clone();
    let mut leaves = Vec::with_capacity(waiting.len());
    for (position, event, draft) in waiting {
        let leaf = place(app, &transaction, organization, &mut new, Draft::decode(&draft)?).await?;
        let (seq, hash) = (leaf.place().seq, leaf.hash());
        log::set_seq(&transaction, position, seq).await?;
        leaves.push(LeafRow { seq, event, hash, bytes: leaf.into_bytes() });
    }
    new.root = new.edge.root();
    log::insert_leaves(&transaction, organization, &leaves).await?;
    if !log::move_head(&transaction, organization, &old, &new).await? {
        return Err(InternalError::Other("the head of the log was moved by somebody else".into()).into());
    }
    transaction.commit().await?;
    Ok(leaves.len() as u64)
}

/// The head of the log; a log without one is opened.
async fn open_head(app: &App, transaction: &Transaction, organization: OrganizationId) -> Result<LogHead> {
    if let Some(head) = log::head(transaction, organization).await? {
        return Ok(head);
    }
    let edge = RightEdge::new();
    let head = LogHead {
        origin: origin(app.host(), organization),
        size: 0,
        root: edge.root(),
        edge,
        last_hash: None,
        last_recorded_at: Millis::MIN.get(),
    };
    log::insert_head(transaction, organization, &head).await?;
    Ok(head)
}

/// Makes the next leaf, and moves `head` and the subject's chain past it.
async fn place(
    app: &App,
    transaction: &Transaction,
    organization: OrganizationId,
    head: &mut LogHead,
    draft: Draft,
) -> Result<audit::Leaf> {
    let (kind, id) = (draft.subject.kind.clone(), draft.subject.id.clone());
    let link = log::subject_link(transaction, organization, &kind, &id).await?;
    let subject_seq = link.map_or(0, |(seq, _)| seq);
    let now = app.now().millis();
    // A clock that was set back must not make the log go back.
    let held_back = now < head.last_recorded_at;
    let recorded_at = now.max(head.last_recorded_at);
    let leaf = draft.place(Place {
        log: head.origin.clone(),
        seq: head.size,
        prev: head.last_hash,
        recorded_at: millis(Timestamp(recorded_at))?,
        held_back,
        subject_seq,
        subject_prev: link.map(|(_, hash)| hash),
    })?;
    let hash = leaf.hash();
    log::set_subject_link(transaction, organization, &kind, &id, (subject_seq + 1, hash)).await?;
    head.size += 1;
    head.edge.append(hash);
    head.last_hash = Some(hash);
    head.last_recorded_at = recorded_at;
    Ok(leaf)
}
