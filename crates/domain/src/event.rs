//! What is worth recording: the one enum of events. `app::ledger` maps it to log leaves.

use crate::{
    actor::{ActorKind, Role},
    document::{Capture, DocumentState},
    field::{CorrectionReason, FieldStatus, Value},
    id::{ActorId, AuditBundleId, DocumentId, ExportId, FieldId, OrganizationId, ReadingId, TaskId},
    policy::Action,
    ppm::Ppm,
    reading::EngineVersion,
    signing::{Custody, SignatureAlgorithm},
    task::{Decision, ReleaseReason},
};

/// What an event is about; its events form one chain in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Organization(OrganizationId),
    Actor(ActorId),
    /// A document with all that belongs to it: pages, reading, fields, tasks. With its version after the event.
    Document(DocumentId, u32),
    /// By its name; the version is the definition's.
    DocumentType(String, u32),
    Export(ExportId),
    AuditBundle(AuditBundleId),
    /// A key of the log, by the eight hexadecimal digits of its key id (C2SP signed-note).
    LogKey(String),
}

#[derive(Clone, Debug)]
pub enum Event {
    OrganizationCreated {
        organization: OrganizationId,
        name: String,
    },
    UserAdded {
        actor: ActorId,
        name: String,
        email: String,
        role: Role,
    },
    ServiceAccountAdded {
        actor: ActorId,
        name: String,
        role: Role,
    },
    ServiceAccountRevoked {
        actor: ActorId,
    },
    DocumentTypePublished {
        name: String,
        version: u32,
        definition_sha256: String,
    },
    StraightThroughSet {
        name: String,
        version: u32,
        on: bool,
    },
    DocumentReceived {
        document: DocumentId,
        sha256: String,
        media_type: String,
        byte_size: u64,
        type_name: String,
        type_version: u32,
        priority: u8,
        file_name: Option<String>,
        capture: Capture,
    },
    /// A worker took the document up.
    ReadingStarted {
        document: DocumentId,
        version: u32,
    },
    DocumentRead {
        document: DocumentId,
        version: u32,
        reading: ReadingId,
        engine: EngineVersion,
        confidence: Ppm,
        pages: u32,
        /// Of the stored lines.
        lines_sha256: String,
        fields: Vec<FieldRead>,
    },
    DocumentFailed {
        document: DocumentId,
        version: u32,
        code: String,
    },
    DocumentRouted {
        document: DocumentId,
        version: u32,
        state: DocumentState,
        reasons: Vec<String>,
        fields: Vec<FieldRouted>,
        task: Option<TaskId>,
    },
    ReadingRetried {
        document: DocumentId,
        version: u32,
    },
    DocumentTypedByHand {
        document: DocumentId,
        version: u32,
        task: TaskId,
    },
    TaskClaimed {
        document: DocumentId,
        version: u32,
        task: TaskId,
    },
    TaskReleased {
        document: DocumentId,
        version: u32,
        task: TaskId,
        reason: ReleaseReason,
    },
    LeaseEnded {
        document: DocumentId,
        version: u32,
        task: TaskId,
        holder: ActorId,
    },
    FieldCorrected {
        change: FieldChanged,
        before: Value,
        reason: CorrectionReason,
    },
    FieldConfirmed {
        change: FieldChanged,
    },
    FieldMarked {
        change: FieldChanged,
    },
    TaskDecided {
        document: DocumentId,
        version: u32,
        task: TaskId,
        decision: Decision,
        reason: Option<String>,
        state: DocumentState,
        /// The task at the next stage, when escalated.
        next_task: Option<TaskId>,
        signature: Option<StatementSignature>,
    },
    ExportRequested {
        export: ExportId,
        type_name: Option<String>,
    },
    ExportBuilt {
        export: ExportId,
        sha256: String,
        byte_size: u64,
        exported: u64,
        rejected: u64,
    },
    ExportFailed {
        export: ExportId,
        code: String,
    },
    /// Written while a bundle is made: the last event of a document's chain that the bundle holds.
    SubjectHead {
        document: DocumentId,
        version: u32,
        bundle: AuditBundleId,
    },
    /// The log was recovered since the document's last event: where that stands, so that what comes builds on it.
    DocumentContinued {
        document: DocumentId,
        version: u32,
        log: String,
        seq: u64,
        leaf: String,
    },
    /// Somebody looked at a document, where looking is to be recorded.
    DocumentViewed {
        document: DocumentId,
        version: u32,
    },
    AuditBundleRequested {
        bundle: AuditBundleId,
        /// What it is to hold: `log`, `document`, `period` or `actor`.
        kind: String,
        disclosures: bool,
        documents: bool,
    },
    AuditBundleBuilt {
        bundle: AuditBundleId,
        sha256: String,
        byte_size: u64,
        /// Of the log, under the bundle's checkpoint.
        size: u64,
        leaves: u64,
    },
    AuditBundleFailed {
        bundle: AuditBundleId,
        code: String,
    },
    /// Who gets the heads of the log by mail.
    CheckpointRecipientsSet {
        organization: OrganizationId,
        addresses: Vec<String>,
    },
    /// A reviewer's key for signing statements.
    KeyEnrolled {
        actor: ActorId,
        kid: String,
        algorithm: SignatureAlgorithm,
        custody: Custody,
        /// The public key as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), DER in base64.
        spki: String,
    },
    KeyRevoked {
        actor: ActorId,
        kid: String,
    },
    /// Another key signs the log from now on; both do for a while. Keys as verifier keys (C2SP signed-note).
    LogKeyRotated {
        id: String,
        old: String,
        new: String,
        /// Checkpoints of more leaves may be signed by the new key alone.
        from: u64,
    },
    LogKeyRetired {
        id: String,
        key: String,
    },
    /// The key was in other hands: its checkpoints count up to a size that somebody outside holds.
    LogKeyRevoked {
        id: String,
        key: String,
        good_to: u64,
    },
    /// The first event of a new epoch: the last signed head of the log before it.
    LogRecovered {
        organization: OrganizationId,
        previous: String,
        size: u64,
        root: String,
        reason: String,
    },
    /// Erasing was forbidden, or allowed again.
    HoldSet {
        document: DocumentId,
        version: u32,
        on: bool,
        reason: String,
    },
    DocumentErased {
        document: DocumentId,
        version: u32,
        erased: Erased,
    },
    PersonErased {
        actor: ActorId,
        erased: Erased,
    },
    /// All refusals of one actor, operation and minute in one event.
    AccessRefused {
        actor: ActorId,
        actor_kind: ActorKind,
        action: Action,
        count: u32,
    },
}

/// A reviewer's signature over a statement; the text itself is kept apart, where it can be erased.
#[derive(Clone, Debug)]
pub struct StatementSignature {
    /// Of the statement's text, in hexadecimal.
    pub sha256: String,
    pub kid: String,
    /// How it was signed: `server_held`, `device_ed25519`, `webauthn_es256` or `webauthn_eddsa`.
    pub algorithm: String,
    pub signature: Vec<u8>,
}

/// What an erasure took away, so that no more than that can be called erased later.
#[derive(Clone, Debug)]
pub struct Erased {
    /// Why it was allowed: a code.
    pub policy: String,
    /// What whoever asked for it said; `None` where a policy did.
    pub reason: Option<String>,
    /// How many disclosures.
    pub count: u64,
    /// SHA-256 over their digests, sorted and concatenated; in hexadecimal.
    pub digests_sha256: String,
}

/// A field as the machine read it.
#[derive(Clone, Debug)]
pub struct FieldRead {
    pub field: FieldId,
    pub name: String,
    pub value: Value,
    pub confidence: Ppm,
}

/// Where a field was routed, with the codes why.
#[derive(Clone, Debug)]
pub struct FieldRouted {
    pub field: FieldId,
    pub status: FieldStatus,
    pub reasons: Vec<String>,
}

/// A person's change of a field under a task.
#[derive(Clone, Debug)]
pub struct FieldChanged {
    pub document: DocumentId,
    /// Of the document.
    pub version: u32,
    pub task: TaskId,
    pub field: FieldId,
    pub name: String,
    pub field_version: u32,
    pub status: FieldStatus,
    pub value: Value,
}

impl Event {
    /// The stable type, with the version of its data.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::OrganizationCreated { .. } => "organization.created/v1",
            Event::UserAdded { .. } => "user.added/v1",
            Event::ServiceAccountAdded { .. } => "service_account.added/v1",
            Event::ServiceAccountRevoked { .. } => "service_account.revoked/v1",
            Event::DocumentTypePublished { .. } => "document_type.published/v1",
            Event::StraightThroughSet { .. } => "document_type.straight_through_set/v1",
            Event::DocumentReceived { .. } => "document.received/v1",
            Event::ReadingStarted { .. } => "document.reading_started/v1",
            Event::DocumentRead { .. } => "document.read/v1",
            Event::DocumentFailed { .. } => "document.failed/v1",
            Event::DocumentRouted { .. } => "document.routed/v1",
            Event::ReadingRetried { .. } => "document.reading_retried/v1",
            Event::DocumentTypedByHand { .. } => "document.typed_by_hand/v1",
            Event::TaskClaimed { .. } => "task.claimed/v1",
            Event::TaskReleased { .. } => "task.released/v1",
            Event::LeaseEnded { .. } => "task.lease_ended/v1",
            Event::FieldCorrected { .. } => "field.corrected/v1",
            Event::FieldConfirmed { .. } => "field.confirmed/v1",
            Event::FieldMarked { .. } => "field.marked/v1",
            Event::TaskDecided { .. } => "task.decided/v1",
            Event::ExportRequested { .. } => "export.requested/v1",
            Event::ExportBuilt { .. } => "export.built/v1",
            Event::ExportFailed { .. } => "export.failed/v1",
            Event::SubjectHead { .. } => "subject.head/v1",
            Event::DocumentContinued { .. } => "document.continued/v1",
            Event::DocumentViewed { .. } => "document.viewed/v1",
            Event::AuditBundleRequested { .. } => "audit_bundle.requested/v1",
            Event::AuditBundleBuilt { .. } => "audit_bundle.built/v1",
            Event::AuditBundleFailed { .. } => "audit_bundle.failed/v1",
            Event::CheckpointRecipientsSet { .. } => "checkpoint_recipients.set/v1",
            Event::KeyEnrolled { .. } => "key.enrolled/v1",
            Event::KeyRevoked { .. } | Event::LogKeyRevoked { .. } => "key.revoked/v1",
            Event::LogKeyRotated { .. } => "key.rotated/v1",
            Event::LogKeyRetired { .. } => "key.retired/v1",
            Event::LogRecovered { .. } => "log.recovered/v1",
            Event::HoldSet { .. } => "document.hold_set/v1",
            Event::DocumentErased { .. } | Event::PersonErased { .. } => "privacy.erased/v1",
            Event::AccessRefused { .. } => "access.refused/v1",
        }
    }

    pub fn subject(&self) -> Subject {
        match self {
            Event::OrganizationCreated { organization, .. }
            | Event::CheckpointRecipientsSet { organization, .. }
            | Event::LogRecovered { organization, .. } => Subject::Organization(*organization),
            Event::UserAdded { actor, .. }
            | Event::ServiceAccountAdded { actor, .. }
            | Event::ServiceAccountRevoked { actor }
            | Event::KeyEnrolled { actor, .. }
            | Event::KeyRevoked { actor, .. }
            | Event::PersonErased { actor, .. }
            | Event::AccessRefused { actor, .. } => Subject::Actor(*actor),
            Event::DocumentTypePublished { name, version, .. } | Event::StraightThroughSet { name, version, .. } => {
                Subject::DocumentType(name.clone(), *version)
            }
            Event::DocumentReceived { document, .. } => Subject::Document(*document, 1),
            Event::ReadingStarted { document, version }
            | Event::DocumentRead { document, version, .. }
            | Event::DocumentFailed { document, version, .. }
            | Event::DocumentRouted { document, version, .. }
            | Event::ReadingRetried { document, version }
            | Event::DocumentTypedByHand { document, version, .. }
            | Event::TaskClaimed { document, version, .. }
            | Event::TaskReleased { document, version, .. }
            | Event::LeaseEnded { document, version, .. }
            | Event::TaskDecided { document, version, .. }
            | Event::SubjectHead { document, version, .. }
            | Event::DocumentContinued { document, version, .. }
            | Event::DocumentViewed { document, version }
            | Event::HoldSet { document, version, .. }
            | Event::DocumentErased { document, version, .. } => Subject::Document(*document, *version),
            Event::FieldCorrected { change, .. } | Event::FieldConfirmed { change } | Event::FieldMarked { change } => {
                Subject::Document(change.document, change.version)
            }
            Event::ExportRequested { export, .. }
            | Event::ExportBuilt { export, .. }
            | Event::ExportFailed { export, .. } => Subject::Export(*export),
            Event::AuditBundleRequested { bundle, .. }
            | Event::AuditBundleBuilt { bundle, .. }
            | Event::AuditBundleFailed { bundle, .. } => Subject::AuditBundle(*bundle),
            Event::LogKeyRotated { id, .. } | Event::LogKeyRetired { id, .. } | Event::LogKeyRevoked { id, .. } => {
                Subject::LogKey(id.clone())
            }
        }
    }
}
