//! Review work: queues, tasks, leases and decisions.

use crate::{
    document::DocumentState,
    id::{ActorId, DocumentId, QueueId, TaskId},
    routing::Reason,
    time::Timestamp,
    words::words,
};

words! {
    TaskState {
        Open = "OPEN",
        Claimed = "CLAIMED",
        Decided = "DECIDED",
        Escalated = "ESCALATED",
        Cancelled = "CANCELLED",
    }

    Decision { Approve = "APPROVE", Reject = "REJECT", Escalate = "ESCALATE" }

    /// Why a reviewer gives a task back.
    ReleaseReason { Skipped = "SKIPPED", Postponed = "POSTPONED", NotMine = "NOT_MINE", Other = "OTHER" }
}

impl Decision {
    /// What the decision makes of the document; an escalated one stays in review.
    pub fn document_state(self) -> DocumentState {
        match self {
            Decision::Approve => DocumentState::Accepted,
            Decision::Reject => DocumentState::Rejected,
            Decision::Escalate => DocumentState::InReview,
        }
    }

    pub fn task_state(self) -> TaskState {
        match self {
            Decision::Approve | Decision::Reject => TaskState::Decided,
            Decision::Escalate => TaskState::Escalated,
        }
    }
}

/// The time-limited right of one reviewer to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub holder: ActorId,
    pub until: Timestamp,
    /// Grows with every claim: a change under an older lease carries an older token and is refused.
    pub token: i64,
}

#[derive(Clone, Debug)]
pub struct Task {
    pub id: TaskId,
    pub document: DocumentId,
    pub queue: QueueId,
    /// From 1; an escalation opens the next.
    pub stage: u32,
    pub state: TaskState,
    pub priority: u8,
    pub reasons: Vec<Reason>,
    pub lease: Option<Lease>,
    pub decision: Option<Decision>,
    pub decided_by: Option<ActorId>,
    /// Since when it has been open; a task that is skipped goes to the end.
    pub waiting_since: Timestamp,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

impl Task {
    /// Whether `actor` holds the task under `token` at `now`.
    pub fn is_held(&self, actor: ActorId, token: i64, now: Timestamp) -> bool {
        self.state == TaskState::Claimed
            && self
                .lease
                .as_ref()
                .is_some_and(|lease| lease.holder == actor && lease.token == token && lease.until > now)
    }
}

#[derive(Clone, Debug)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    pub open_tasks: u64,
    pub claimed_tasks: u64,
    pub oldest_open: Option<Timestamp>,
}
