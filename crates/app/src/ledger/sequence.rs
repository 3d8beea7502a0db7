//! Gives staged events their place. One sequencer an organization at a time, whichever replica holds its lock.

use std::collections::HashMap;

use audit::{Draft, Leaf, Millis, Place, tree::RightEdge};
use domain::{
    id::{EventId, OrganizationId},
    time::Timestamp,
};

use super::{millis, origin};
use crate::{
    App,
    error::{InternalError, Result},
    store::{
        Transaction,
        log::{self, LeafRow, LogHead, LogId, NodeId, SubjectKey, SubjectLink},
    },
};

/// Leaves made in one transaction.
const BATCH: u64 = 2_000;

/// Sequences what waits in an organization's log, at most a batch; the number of leaves made.
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
    let head = open_head(app, &transaction, organization).await?;
    // Behind what was signed, the database is a stale copy: a leaf appended here would fork the history.
    app.heads().refuse_behind(&head.origin, head.size)?;
    app.heads().refuse_earlier_epoch(head.log)?;
    let placed = append(app, &transaction, head, waiting).await?;
    transaction.commit().await?;
    Ok(placed)
}

/// The head of the log that grows; the first log of an organization is opened here.
async fn open_head(app: &App, transaction: &Transaction, organization: OrganizationId) -> Result<LogHead> {
    if let Some(head) = log::head(transaction, organization).await? {
        return Ok(head);
    }
    open(app, transaction, LogId { organization, epoch: 1 }).await
}

/// Makes the head of a log that has no leaf yet.
pub(super) async fn open(app: &App, transaction: &Transaction, log: LogId) -> Result<LogHead> {
    let edge = RightEdge::new();
    let head = LogHead {
        log,
        origin: origin(app.host(), log),
        size: 0,
        root: edge.root(),
        edge,
        last_hash: None,
        last_recorded_at: Millis::MIN.get(),
    };
    log::insert_head(transaction, &head).await?;
    Ok(head)
}

/// Appends staged events to the log that ends at `old`, in the order given: leaves, subject chains, nodes of the
/// tree, the places in the staging table, the head. The number of leaves made.
pub(super) async fn append(
    app: &App,
    transaction: &Transaction,
    old: LogHead,
    staged: Vec<(EventId, Vec<u8>)>,
) -> Result<u64> {
    let mut drafts = Vec::with_capacity(staged.len());
    for (event, draft) in staged {
        let draft = Draft::decode(&draft)?;
        let subject = (draft.subject.kind.clone(), draft.subject.id.clone());
        drafts.push((event, subject, draft));
    }
    let links = log::subject_links(transaction, old.log, drafts.iter().map(|(_, subject, _)| subject)).await?;
    let mut growth = Growth { head: old.clone(), links, leaves: Vec::with_capacity(drafts.len()), nodes: Vec::new() };
    let now = app.now().millis();
    for (event, subject, draft) in drafts {
        growth.place(now, event, subject, draft)?;
    }
    let Growth { mut head, links, leaves, nodes } = growth;
    head.root = head.edge.root();
    log::insert_leaves(transaction, old.log, &leaves).await?;
    log::insert_nodes(transaction, old.log, &nodes).await?;
    log::set_subject_links(transaction, old.log, &links).await?;
    log::set_places(transaction, old.log, old.size, head.size).await?;
    if !log::move_head(transaction, &old, &head).await? {
        return Err(InternalError::Other("the head of the log was moved by somebody else".into()).into());
    }
    Ok(leaves.len() as u64)
}

/// What a batch adds to a log.
struct Growth {
    head: LogHead,
    links: HashMap<SubjectKey, SubjectLink>,
    leaves: Vec<LeafRow>,
    nodes: Vec<(NodeId, audit::Hash)>,
}

impl Growth {
    /// Makes the next leaf, and moves the head and the subject's chain past it.
    fn place(&mut self, now: i64, event: EventId, subject: SubjectKey, draft: Draft) -> Result<()> {
        let link = self.links.get(&subject).copied();
        let subject_seq = link.map_or(0, |(seq, _)| seq);
        let head = &mut self.head;
        // A clock that was set back must not make the log go back.
        let held_back = now < head.last_recorded_at;
        let recorded_at = now.max(head.last_recorded_at);
        let leaf: Leaf = draft.place(Place {
            log: head.origin.clone(),
            seq: head.size,
            prev: head.last_hash,
            recorded_at: millis(Timestamp(recorded_at))?,
            held_back,
            subject_seq,
            subject_prev: link.map(|(_, hash)| hash),
        })?;
        let (seq, hash) = (head.size, leaf.hash());
        let nodes = &mut self.nodes;
        head.edge.append_visiting(hash, |level, position, hash| {
            if let Some(node) = NodeId::stored(level, position) {
                nodes.push((node, hash));
            }
        });
        head.size += 1;
        head.last_hash = Some(hash);
        head.last_recorded_at = recorded_at;
        self.links.insert(subject, (subject_seq + 1, hash));
        self.leaves.push(LeafRow { seq, event, hash, bytes: leaf.into_bytes() });
        Ok(())
    }
}
