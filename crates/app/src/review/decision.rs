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
    receipts,
    routing::open_task,
    store::{document, field, task},
    types,
    unit::{Begun, Unit},
};

/// Longest reason, in characters.
const MAX_REASON: usize = 1_000;

/// Approves, rejects or escalates what a task is about.
///
/// # Errors
/// `REASON_MISSING` for rejecting or escalating without one, `REASON_TOO_LONG`; `FIELDS_OPEN` for approving while
/// fields need a person; conflict `LEASE_LOST`.
pub async fn decide_task(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    id: TaskId,
    token: i64,
    decision: Decision,
    reason: Option<String>,
) -> Result<TaskId> {
    require(app, actor, Action::Review).await?;
    let reason = check_reason(decision, reason)?;
    let said = reason.as_deref().unwrap_or_default();
    let parts: [&[u8]; 4] = [id.0.as_bytes(), &token.to_be_bytes(), decision.word().as_bytes(), said.as_bytes()];
    let once = Once::new("decide_task", &key, &parts);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let mut task = lock_held(&mut unit, id, token).await?;
    let mut document = document::lock(&mut unit, task.document).await?;
    if decision == Decision::Approve {
        refuse_open_fields(&unit, document.id).await?;
    }
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
        reason,
        state: document.state,
        next_task,
        signature: None,
    };
    receipts::enqueue(app, &mut unit).await?;
    unit.commit(event, vec![]).await?;
    metrics::counter!("countersign_tasks_decided_total", "decision" => decision.word()).increment(1);
    Ok(id)
}

fn check_reason(decision: Decision, reason: Option<String>) -> Result<Option<String>> {
    let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if reason.is_none() && decision != Decision::Approve {
        return Err(Error::invalid("REASON_MISSING", "Say why you reject or escalate"));
    }
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > MAX_REASON) {
        return Err(Error::invalid("REASON_TOO_LONG", format!("A reason may have {MAX_REASON} characters")));
    }
    Ok(reason)
}

async fn refuse_open_fields(unit: &Unit, document: DocumentId) -> Result<()> {
    let fields = field::of_documents(&unit.scope(), &[document]).await?;
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
