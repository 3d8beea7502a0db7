//! Tasks: claimed under a lease, worked on, decided.

use app::{
    IdempotencyKey,
    review::{self, Verdict},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    id::{QueueId, TaskId},
    task,
};

use crate::{
    caller::actor,
    document::{Document, Reason},
    error::Error,
    id,
    loader::{self, StatementOfTask},
    queue::Queue,
    receipt::{self, Receipt},
    scalar::DateTime,
    signing::{SignatureInput, Statement},
    viewer::Actor,
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::task::TaskState")]
pub enum TaskState {
    Open,
    Claimed,
    Decided,
    Escalated,
    Cancelled,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::task::Decision")]
pub enum Decision {
    Approve,
    Reject,
    Escalate,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::task::ReleaseReason")]
pub enum ReleaseReason {
    Skipped,
    Postponed,
    NotMine,
    Other,
}

pub struct Task(pub(crate) task::Task);

#[Object]
impl Task {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn state(&self) -> TaskState {
        self.0.state.into()
    }

    async fn stage(&self) -> u32 {
        self.0.stage
    }

    async fn queue(&self, ctx: &Context<'_>) -> Result<Queue, Error> {
        Ok(Queue(loader::expect(ctx, self.0.queue).await?))
    }

    async fn document(&self, ctx: &Context<'_>) -> Result<Document, Error> {
        Ok(Document(loader::expect(ctx, self.0.document).await?))
    }

    async fn reasons(&self) -> Vec<Reason> {
        self.0.reasons.iter().map(Reason::from).collect()
    }

    async fn lease(&self) -> Option<Lease> {
        self.0.lease.clone().map(Lease)
    }

    async fn decision(&self) -> Option<Decision> {
        self.0.decision.map(Into::into)
    }

    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }

    /// Of its decision, about a second after it.
    async fn receipt(&self, ctx: &Context<'_>) -> Result<Option<Receipt>, Error> {
        if self.0.decision.is_some() { receipt::of_task(ctx, self.0.id).await } else { Ok(None) }
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// The signature of the decision, where it was signed.
    async fn statement(&self, ctx: &Context<'_>) -> Result<Option<Statement>, Error> {
        Ok(loader::load(ctx, StatementOfTask(self.0.id)).await?.map(Statement))
    }
}

pub struct Lease(task::Lease);

impl Lease {
    fn is_mine(&self, ctx: &Context<'_>) -> Result<bool, Error> {
        Ok(self.0.holder == actor(ctx)?.1.id)
    }
}

#[Object]
impl Lease {
    async fn holder(&self) -> Actor {
        Actor::new(self.0.holder)
    }

    async fn mine(&self, ctx: &Context<'_>) -> Result<bool, Error> {
        self.is_mine(ctx)
    }

    async fn until(&self) -> DateTime {
        DateTime(self.0.until)
    }

    /// Only to its holder: the fencing token that every change under this lease carries.
    async fn token(&self, ctx: &Context<'_>) -> Result<Option<i64>, Error> {
        Ok(self.is_mine(ctx)?.then_some(self.0.token))
    }
}

#[derive(Default)]
pub struct TaskQuery;

#[Object]
impl TaskQuery {
    async fn task(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Task>, Error> {
        Ok(loader::load(ctx, id::decode::<TaskId>(&id)?).await?.map(Task))
    }
}

#[derive(InputObject)]
struct ClaimNextTaskInput {
    idempotency_key: String,
    queue_id: Option<ID>,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct ClaimNextTaskPayload {
    task: Option<Task>,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct ClaimTaskInput {
    idempotency_key: String,
    task_id: ID,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct ClaimTaskPayload {
    task: Task,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct RenewLeaseInput {
    task_id: ID,
    lease_token: i64,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct RenewLeasePayload {
    task: Task,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct ReleaseTaskInput {
    idempotency_key: String,
    task_id: ID,
    lease_token: i64,
    reason: ReleaseReason,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct ReleaseTaskPayload {
    task: Task,
    client_mutation_id: Option<String>,
}

/// Rejecting and escalating need a reason.
#[derive(InputObject)]
struct DecideTaskInput {
    idempotency_key: String,
    task_id: ID,
    lease_token: i64,
    decision: Decision,
    reason: Option<String>,
    /// Where the document type asks for it.
    signature: Option<SignatureInput>,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct DecideTaskPayload {
    task: Task,
    document: Document,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct TaskMutation;

#[Object]
impl TaskMutation {
    /// The next open task of a queue (or of all), leased to you; task is null when nothing waits.
    async fn claim_next_task(
        &self,
        ctx: &Context<'_>,
        input: ClaimNextTaskInput,
    ) -> Result<ClaimNextTaskPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let queue = input.queue_id.map(|id| id::decode::<QueueId>(&id)).transpose()?;
        let task = match review::claim_next_task(app, actor, key, queue).await? {
            Some(id) => Some(Task(loader::expect(ctx, id).await?)),
            None => None,
        };
        Ok(ClaimNextTaskPayload { task, client_mutation_id: input.client_mutation_id })
    }

    async fn claim_task(&self, ctx: &Context<'_>, input: ClaimTaskInput) -> Result<ClaimTaskPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let task = review::claim_task(app, actor, key, id::decode(&input.task_id)?).await?;
        let task = Task(loader::expect(ctx, task).await?);
        Ok(ClaimTaskPayload { task, client_mutation_id: input.client_mutation_id })
    }

    /// Heartbeat: extends the lease.
    async fn renew_lease(&self, ctx: &Context<'_>, input: RenewLeaseInput) -> Result<RenewLeasePayload, Error> {
        let (app, actor) = actor(ctx)?;
        let task = review::renew_lease(app, actor, id::decode(&input.task_id)?, input.lease_token).await?;
        let task = Task(loader::expect(ctx, task).await?);
        Ok(RenewLeasePayload { task, client_mutation_id: input.client_mutation_id })
    }

    /// Gives a task back, with a reason.
    async fn release_task(&self, ctx: &Context<'_>, input: ReleaseTaskInput) -> Result<ReleaseTaskPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let task = id::decode(&input.task_id)?;
        let task = review::release_task(app, actor, key, task, input.lease_token, input.reason.into()).await?;
        let task = Task(loader::expect(ctx, task).await?);
        Ok(ReleaseTaskPayload { task, client_mutation_id: input.client_mutation_id })
    }

    async fn decide_task(&self, ctx: &Context<'_>, input: DecideTaskInput) -> Result<DecideTaskPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let verdict = Verdict {
            task: id::decode(&input.task_id)?,
            lease_token: input.lease_token,
            decision: input.decision.into(),
            reason: input.reason,
        };
        let signature = input.signature.map(TryInto::try_into).transpose()?;
        let task = review::decide_task(app, actor, key, verdict, signature).await?;
        let task = loader::expect(ctx, task).await?;
        let document = Document(loader::expect(ctx, task.document).await?);
        Ok(DecideTaskPayload { task: Task(task), document, client_mutation_id: input.client_mutation_id })
    }
}
