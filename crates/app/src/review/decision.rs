//! A person's verdict on a task, and documents that a person types in.

use std::collections::HashSet;

use domain::{
    actor::Actor,
    document::DocumentState,
    event::Event,
    field::{Field, FieldStatus, Value},
    id::{DocumentId, FieldId, TaskId},
    policy::Action,
    ppm::Ppm,
    routing::Reason,
    task::Decision,
};

use super::lock_held;
use crate::{
    App,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    permission::require,
    reason::check_length,
    receipts,
    routing::open_task,
    signing::{self, Signature, one_line},
    store::{document, field, task},
    types,
    unit::{Begun, Scope},
};

/// What a person decides of a task, under which lease.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub task: TaskId,
    pub lease_token: i64,
    pub decision: Decision,
    pub reason: Option<String>,
}

impl Verdict {
    /// The same, with its reason in the one form in which it is recorded and signed.
    ///
    /// # Errors
    /// `REASON_MISSING` for rejecting or escalating without one, `REASON_TOO_LONG`.
    pub(crate) fn checked(self) -> Result<Verdict> {
        let reason = self.reason.map(|reason| one_line(&reason)).filter(|reason| !reason.is_empty() && reason != "-");
        if reason.is_none() && self.decision != Decision::Approve {
            return Err(Error::invalid("REASON_MISSING", "Say why you reject or escalate"));
        }
        reason.as_deref().map_or(Ok(()), check_length)?;
        Ok(Verdict { reason, ..self })
    }
}

/// Approves, rejects or escalates what a task is about; with the reviewer's signature, where the type asks for one.
///
/// # Errors
/// `REASON_MISSING` for rejecting or escalating without one, `REASON_TOO_LONG`; `FIELDS_OPEN` for approving while
/// fields need a person; `SIGNATURE_REQUIRED`, and what else can be wrong with a signature
/// ([`signing::sign`]); conflict `LEASE_LOST`.
pub async fn decide_task(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    verdict: Verdict,
    signature: Option<Signature>,
) -> Result<TaskId> {
    require(app, actor, Action::Review).await?;
    let verdict = verdict.checked()?;
    let Verdict { task: id, lease_token, decision, .. } = verdict;
    let said = verdict.reason.as_deref().unwrap_or_default();
    let prepared = signature.as_ref().map(|signature| signature.prepared.to_string()).unwrap_or_default();
    let token = lease_token.to_be_bytes();
    let parts: [&[u8]; 5] = [id.0.as_bytes(), &token, decision.word().as_bytes(), said.as_bytes(), prepared.as_bytes()];
    let once = Once::new("decide_task", &key, &parts);
    signing::check_proof(app, actor, signature.as_ref()).await?;
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let mut task = lock_held(&mut unit, id, lease_token).await?;
    let mut document = document::lock(&mut unit, task.document).await?;
    if decision == Decision::Approve {
        refuse_open_fields(&unit.scope(), document.id).await?;
    }
    let signature = signing::sign(app, &mut unit, &document, &verdict, signature).await?;
    task.state = decision.task_state();
    task.decision = Some(decision);
    task.decided_by = Some(actor.id);
    task.decided_at = Some(unit.now());
    task.lease = None;
    task::update(&mut unit, &task).await?;
    document.state = decision.document_state();
    document.version += 1;
    document::update(&mut unit, &document).await?;
    let escalated = decision == Decision::Escalate;
    let next_task = if escalated { Some(open_task(&mut unit, &document, task.stage + 1).await?) } else { None };
    let event = Event::TaskDecided {
        document: document.id,
        version: document.version,
        task: id,
        decision,
        reason: verdict.reason,
        state: document.state,
        next_task,
        signature,
    };
    receipts::enqueue(app, &mut unit).await?;
    unit.commit(event, vec![]).await?;
    metrics::counter!("countersign_tasks_decided_total", "decision" => decision.word()).increment(1);
    Ok(id)
}

pub(crate) async fn refuse_open_fields(scope: &Scope<'_>, document: DocumentId) -> Result<()> {
    let fields = field::of_documents(scope, &[document]).await?;
    let open: Vec<String> = fields
        .into_iter()
        .filter(|field| matches!(field.status, FieldStatus::NeedsReview | FieldStatus::Read))
        .map(|field| field.name)
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let message = format!("These fields still need you before you can approve: {}", open.join(", "));
    Err(Error::invalid("FIELDS_OPEN", message))
}

/// Sends a failed document to a person, with every field of its type still empty.
///
/// # Errors
/// Conflict `NOT_FAILED` in any other state.
pub async fn type_by_hand(app: &App, actor: &Actor, key: IdempotencyKey, id: DocumentId) -> Result<TaskId> {
    require(app, actor, Action::Review).await?;
    let once = Once::new("type_by_hand", &key, &[id.0.as_bytes()]);
    let mut unit = match app.begin_once(actor, &once).await? {
        Begun::Fresh(unit) => unit,
        Begun::Replayed(outcome) => {
            return outcome.parse().map_err(|_| InternalError::Stored("an outcome".into()).into());
        }
    };
    let mut document = document::lock(&mut unit, id).await?;
    if document.state != DocumentState::Failed {
        let message = format!("Only a failed document is typed in by hand; this one is {}", document.state);
        return Err(Error::conflict("NOT_FAILED", message));
    }
    document.state = DocumentState::InReview;
    document.version += 1;
    document.reasons = vec![Reason::new("TYPED_BY_HAND", "The document could not be read: type its fields in")];
    document::update(&mut unit, &document).await?;
    let record = types::version_of(app, &unit.scope(), &document.type_name, document.type_version).await?;
    let present = field::of_documents(&unit.scope(), &[id]).await?;
    let present: HashSet<String> = present.into_iter().map(|field| field.name).collect();
    let empty: Vec<Field> = record
        .iter()
        .flat_map(|record| &record.definition.fields)
        .filter(|definition| !present.contains(&definition.name))
        .map(|definition| empty_field(id, &definition.name))
        .collect();
    field::insert(&mut unit, &empty).await?;
    let task = open_task(&mut unit, &document, 1).await?;
    unit.set_outcome(task);
    unit.commit(Event::DocumentTypedByHand { document: id, version: document.version, task }, vec![]).await?;
    Ok(task)
}

fn empty_field(document: DocumentId, name: &str) -> Field {
    Field {
        id: FieldId::generate(),
        document,
        name: name.to_owned(),
        version: 1,
        status: FieldStatus::NeedsReview,
        value: Value::default(),
        confidence: Ppm::ZERO,
        character_confidences: vec![],
        reasons: vec![Reason::new("NOT_READ", "The document could not be read")],
        alternatives: vec![],
    }
}
