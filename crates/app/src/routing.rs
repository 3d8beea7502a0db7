//! Documents that were read go to a person, or straight through.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    document::{Document, DocumentState},
    event::{Event, FieldRouted},
    field::Field,
    id::{DocumentId, TaskId},
    routing::{BrokenRule, FieldReading, Routing, route},
    task::{Task, TaskState},
};

use crate::{
    App,
    error::Result,
    jobs::{Claim, Done},
    store::{document, field, job, task},
    types::{self, TypeRecord},
    unit::Unit,
};

/// The job behind [`Event::DocumentRouted`].
pub(crate) async fn route_document(app: &App, actor: &Actor, claim: &Claim, id: DocumentId) -> Result<Done> {
    let mut unit = app.begin(actor).await?;
    let mut document = document::lock(&mut unit, id).await?;
    if document.state != DocumentState::Reading || !job::finish(&mut unit, claim).await? {
        return Ok(Done::Nothing);
    }
    let mut fields = field::of_documents(&unit.scope(), &[id]).await?;
    let record = types::version_of(app, &unit.scope(), &document.type_name, document.type_version).await?;
    let routing = decide(&document, &fields, record.as_ref());
    for (field, (status, reasons)) in fields.iter_mut().zip(&routing.fields) {
        (field.status, field.reasons) = (*status, reasons.clone());
        field::set_routing(&mut unit, field).await?;
    }
    document.version += 1;
    document.straight_through = routing.straight_through;
    document.reasons = routing.reasons;
    document.state = if routing.straight_through { DocumentState::Accepted } else { DocumentState::InReview };
    document::update(&mut unit, &document).await?;
    let task = if routing.straight_through { None } else { Some(open_task(&mut unit, &document, 1).await?) };
    metrics::counter!("countersign_documents_routed_total", "state" => document.state.word()).increment(1);
    unit.commit(routed(&document, &fields, task), vec![]).await?;
    Ok(Done::Committed)
}

fn decide(document: &Document, fields: &[Field], record: Option<&TypeRecord>) -> Routing {
    let Some(record) = record else { return route(&[], &[], false) };
    let values: BTreeMap<String, String> =
        fields.iter().filter_map(|field| Some((field.name.clone(), field.value.value.clone()?))).collect();
    let broken: Vec<BrokenRule> = record
        .definition
        .broken_rules(&values, document.received_at.day())
        .into_iter()
        .map(|broken| BrokenRule { message: broken.message, fields: broken.fields })
        .collect();
    let readings: Vec<FieldReading<'_>> = fields
        .iter()
        .map(|field| {
            let definition = record.definition.field(&field.name);
            FieldReading {
                name: &field.name,
                required: definition.is_some_and(|definition| definition.required),
                threshold: definition.map(|definition| definition.threshold).unwrap_or_default(),
                text: &field.value.text,
                value: field.value.value.as_deref(),
                confidence: field.confidence,
            }
        })
        .collect();
    route(&readings, &broken, record.straight_through)
}

fn routed(document: &Document, fields: &[Field], task: Option<TaskId>) -> Event {
    Event::DocumentRouted {
        document: document.id,
        version: document.version,
        state: document.state,
        reasons: document.reasons.iter().map(|reason| reason.code.clone()).collect(),
        fields: fields
            .iter()
            .map(|field| FieldRouted {
                field: field.id,
                status: field.status,
                reasons: field.reasons.iter().map(|reason| reason.code.clone()).collect(),
            })
            .collect(),
        task,
    }
}

/// Opens a task for a document in the queue of its type.
pub(crate) async fn open_task(unit: &mut Unit, document: &Document, stage: u32) -> Result<TaskId> {
    let task = Task {
        id: TaskId::generate(),
        document: document.id,
        queue: task::queue_of_type(&unit.scope(), &document.type_name).await?,
        stage,
        state: TaskState::Open,
        priority: document.priority,
        reasons: document.reasons.clone(),
        lease: None,
        decision: None,
        decided_by: None,
        waiting_since: unit.now(),
        created_at: unit.now(),
        decided_at: None,
    };
    task::insert(unit, &task).await?;
    Ok(task.id)
}
