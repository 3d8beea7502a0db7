//! From a domain event to what its leaf says: data without anything personal, and disclosures for what is.

use audit::{
    Value,
    disclosure::{Disclosure, DisclosureError},
    value::{Integer, object},
};
use domain::{
    event::{Erased, Event, FieldChanged, FieldRead, FieldRouted, StatementSignature, Subject},
    region::Region,
};

use crate::{
    error::{InternalError, Result},
    secrets::random,
};

pub(super) struct Content {
    pub subject: SubjectRef,
    /// The subject's content, committed to.
    pub commit: Option<Disclosure>,
    pub data: Value,
    pub disclosures: Vec<(Of, Disclosure)>,
    pub statement: Option<audit::leaf::Statement>,
}

pub(super) struct SubjectRef {
    pub kind: &'static str,
    pub id: String,
    pub version: u64,
}

impl From<Subject> for SubjectRef {
    fn from(subject: Subject) -> SubjectRef {
        let (kind, id, version) = match subject {
            Subject::Organization(id) => ("organization", id.to_string(), 1),
            Subject::Actor(id) => ("actor", id.to_string(), 1),
            Subject::Document(id, version) => ("document", id.to_string(), version),
            Subject::DocumentType(name, version) => ("document_type", name, version),
            Subject::Export(id) => ("export", id.to_string(), 1),
            Subject::AuditBundle(id) => ("audit_bundle", id.to_string(), 1),
            Subject::LogKey(id) => ("log_key", id, 1),
        };
        SubjectRef { kind, id, version: version.into() }
    }
}

/// Of whom a personal value speaks, and with whom it is erased: the subject of its event, or who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Subject,
    Actor,
}

/// What is personal about an event; each value becomes a disclosure with a salt of its own.
#[derive(Default)]
struct Personal(Vec<(Of, Disclosure)>);

impl Personal {
    fn add(&mut self, name: impl Into<String>, value: impl Into<Value>) -> std::result::Result<(), DisclosureError> {
        self.0.push((Of::Subject, Disclosure::new(random::<16>(), name, value)?));
        Ok(())
    }

    /// What whoever acted said of their own reasons, where the subject may be gone.
    fn add_said(&mut self, name: &str, value: Option<&str>) -> std::result::Result<(), DisclosureError> {
        if let Some(value) = value {
            self.0.push((Of::Actor, Disclosure::new(random::<16>(), name, value)?));
        }
        Ok(())
    }

    fn add_some(&mut self, name: &str, value: Option<&str>) -> std::result::Result<(), DisclosureError> {
        value.map_or(Ok(()), |value| self.add(name, value))
    }

    /// Text, value and regions of a field: what stood on somebody's paper, and where.
    fn add_value(&mut self, name: &str, value: &domain::field::Value) -> std::result::Result<(), DisclosureError> {
        let mut members = vec![("text", Value::from(value.text.as_str()))];
        if let Some(normalized) = &value.value {
            members.push(("value", normalized.as_str().into()));
        }
        members.push(("regions", Value::Array(value.regions.iter().map(region).collect())));
        self.add(name, object(members))
    }
}

fn region(region: &Region) -> Value {
    let corners = region.quad.0.iter().flatten().map(|share| share.get().into()).collect();
    object([("page", region.page.into()), ("quad", Value::Array(corners))])
}

/// Sizes and counts here are far below 2^53; one that is not is written as text, as the profile says.
fn count(number: u64) -> Value {
    Integer::try_from(number).map_or_else(|_| text(number), Value::from)
}

fn text(value: impl ToString) -> Value {
    Value::String(value.to_string())
}

fn commitment(name: &str, sha256: &str) -> std::result::Result<Option<Disclosure>, DisclosureError> {
    Disclosure::new(random::<16>(), name, sha256).map(Some)
}

pub(super) fn content(event: &Event) -> Result<Content> {
    let mut personal = Personal::default();
    let mut commit = None;
    let mut statement = None;
    let data = match event {
        Event::OrganizationCreated { name, .. } => {
            personal.add("name", name.as_str())?;
            vec![]
        }
        Event::UserAdded { name, email, role, .. } => {
            personal.add("name", name.as_str())?;
            personal.add("email", email.as_str())?;
            vec![("role", text(role))]
        }
        Event::ServiceAccountAdded { name, role, .. } => {
            personal.add("name", name.as_str())?;
            vec![("role", text(role))]
        }
        Event::ServiceAccountRevoked { .. } => vec![],
        Event::DocumentTypePublished { definition_sha256, .. } => {
            commit = commitment("definition-sha256", definition_sha256)?;
            vec![]
        }
        Event::StraightThroughSet { on, .. } => vec![("on", (*on).into())],
        Event::DocumentReceived {
            sha256,
            media_type,
            byte_size,
            type_name,
            type_version,
            priority,
            file_name,
            capture,
            ..
        } => {
            commit = commitment("document-sha256", sha256)?;
            personal.add_some("file_name", file_name.as_deref())?;
            personal.add_some("device_id", capture.device_id.as_deref())?;
            personal.add_some("source", capture.source.as_deref())?;
            personal.add_some("captured_at", capture.captured_at.map(|time| time.to_string()).as_deref())?;
            vec![
                ("media_type", text(media_type)),
                ("byte_size", count(*byte_size)),
                ("type", text(type_name)),
                ("type_version", (*type_version).into()),
                ("priority", u32::from(*priority).into()),
            ]
        }
        Event::ReadingStarted { .. } | Event::ReadingRetried { .. } => vec![],
        Event::DocumentRead { reading, engine, confidence, pages, lines_sha256, fields, .. } => {
            personal.add("lines-sha256", lines_sha256.as_str())?;
            for field in fields {
                personal.add_value(&format!("field.{}", field.name), &field.value)?;
            }
            vec![
                ("reading", text(reading)),
                ("engine", text(&engine.engine)),
                ("engine_version", text(&engine.engine_version)),
                ("pack", text(&engine.pack)),
                ("pack_version", text(&engine.pack_version)),
                ("confidence", confidence.get().into()),
                ("pages", (*pages).into()),
                ("fields", Value::Array(fields.iter().map(field_read).collect())),
            ]
        }
        Event::DocumentFailed { code, .. } | Event::ExportFailed { code, .. } => vec![("code", text(code))],
        Event::DocumentRouted { state, reasons, fields, task, .. } => {
            let mut data = vec![
                ("state", text(state)),
                ("reasons", Value::Array(reasons.iter().map(text).collect())),
                ("fields", Value::Array(fields.iter().map(field_routed).collect())),
            ];
            data.extend(task.map(|task| ("task", text(task))));
            data
        }
        Event::DocumentTypedByHand { task, .. } | Event::TaskClaimed { task, .. } => vec![("task", text(task))],
        Event::TaskReleased { task, reason, .. } => vec![("task", text(task)), ("reason", text(reason))],
        Event::LeaseEnded { task, holder, .. } => vec![("task", text(task)), ("holder", text(holder))],
        Event::FieldCorrected { change, before, reason } => {
            personal.add_value("before", before)?;
            personal.add_value("after", &change.value)?;
            let mut data = field_changed(change);
            data.push(("reason", text(reason)));
            data
        }
        Event::FieldConfirmed { change } => {
            personal.add_value("after", &change.value)?;
            field_changed(change)
        }
        Event::FieldMarked { change } => field_changed(change),
        Event::TaskDecided { task, decision, reason, state, next_task, signature, .. } => {
            // A reviewer types the reason, so it may hold anything.
            personal.add_some("reason", reason.as_deref())?;
            let mut data = vec![("task", text(task)), ("decision", text(decision)), ("state", text(state))];
            if let Some(signature) = signature {
                // So that a leaf without its signature is seen to be stripped of it.
                data.push(("signed", true.into()));
                statement = Some(signed(signature)?);
            }
            data.extend(next_task.map(|task| ("next_task", text(task))));
            data
        }
        Event::ExportRequested { type_name, .. } => type_name.iter().map(|name| ("type", text(name))).collect(),
        Event::ExportBuilt { sha256, byte_size, exported, rejected, .. } => {
            commit = commitment("export-sha256", sha256)?;
            vec![("byte_size", count(*byte_size)), ("exported", count(*exported)), ("rejected", count(*rejected))]
        }
        Event::SubjectHead { bundle, .. } => vec![("bundle", text(bundle))],
        Event::DocumentContinued { log, seq, leaf, .. } => {
            vec![("log", text(log)), ("seq", count(*seq)), ("leaf", text(leaf))]
        }
        Event::DocumentViewed { .. } => vec![],
        Event::AuditBundleRequested { kind, disclosures, documents, .. } => {
            vec![("kind", text(kind)), ("disclosures", (*disclosures).into()), ("documents", (*documents).into())]
        }
        Event::AuditBundleBuilt { sha256, byte_size, size, leaves, .. } => {
            commit = commitment("bundle-sha256", sha256)?;
            vec![("byte_size", count(*byte_size)), ("size", count(*size)), ("leaves", count(*leaves))]
        }
        Event::AuditBundleFailed { code, .. } => vec![("code", text(code))],
        Event::CheckpointRecipientsSet { addresses, .. } => {
            for address in addresses {
                personal.add("address", address.as_str())?;
            }
            vec![("count", count(addresses.len() as u64))]
        }
        Event::KeyEnrolled { kid, algorithm, custody, spki, .. } => vec![
            ("kid", text(kid)),
            ("alg", text(algorithm.word().to_lowercase())),
            ("custody", text(custody.word().to_lowercase())),
            ("spki", text(spki)),
        ],
        Event::KeyRevoked { kid, .. } => vec![("kid", text(kid))],
        Event::LogKeyRotated { old, new, from, .. } => {
            vec![("old", text(old)), ("new", text(new)), ("from", count(*from))]
        }
        Event::LogKeyRetired { key, .. } => vec![("key", text(key))],
        Event::LogKeyRevoked { key, good_to, .. } => vec![("key", text(key)), ("good_to", count(*good_to))],
        Event::LogRecovered { previous, size, root, reason, .. } => {
            vec![("previous", text(previous)), ("size", count(*size)), ("root", text(root)), ("reason", text(reason))]
        }
        Event::HoldSet { on, reason, .. } => {
            personal.add("reason", reason.as_str())?;
            vec![("on", (*on).into())]
        }
        Event::DocumentErased { erased, .. } | Event::PersonErased { erased, .. } => {
            personal.add_said("reason", erased.reason.as_deref())?;
            what_was_erased(erased)
        }
        Event::AccessRefused { actor_kind, action, count, .. } => {
            vec![("actor_kind", text(actor_kind)), ("action", text(action)), ("count", (*count).into())]
        }
    };
    Ok(Content { subject: event.subject().into(), commit, data: object(data), disclosures: personal.0, statement })
}

fn signed(signature: &StatementSignature) -> Result<audit::leaf::Statement> {
    let sha256 = signature.sha256.parse().map_err(|_| InternalError::Stored("the hash of a statement".into()))?;
    Ok(audit::leaf::Statement {
        sha256,
        kid: signature.kid.clone(),
        alg: signature.algorithm.clone(),
        sig: signature.signature.clone(),
    })
}

fn what_was_erased(erased: &Erased) -> Vec<(&'static str, Value)> {
    vec![
        ("policy", text(&erased.policy)),
        ("erased", count(erased.count)),
        ("digests_sha256", text(&erased.digests_sha256)),
    ]
}

fn field_read(field: &FieldRead) -> Value {
    object([
        ("field", text(field.field)),
        ("name", text(&field.name)),
        ("confidence", field.confidence.get().into()),
        ("found", (!field.value.text.is_empty()).into()),
    ])
}

fn field_routed(field: &FieldRouted) -> Value {
    object([
        ("field", text(field.field)),
        ("status", text(field.status)),
        ("reasons", Value::Array(field.reasons.iter().map(text).collect())),
    ])
}

fn field_changed(change: &FieldChanged) -> Vec<(&'static str, Value)> {
    vec![
        ("task", text(change.task)),
        ("field", text(change.field)),
        ("name", text(&change.name)),
        ("field_version", change.field_version.into()),
        ("status", text(change.status)),
    ]
}
