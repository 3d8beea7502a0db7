//! Labelled data sets: what the machine read, what people made of it, and the pages, in one archive with a manifest.

mod record;

use std::collections::BTreeMap;

use audit::Digest;
use bytes::Bytes;
use domain::{
    actor::Actor,
    document::{Document, DocumentState, Failure},
    event::Event,
    export::Export,
    id::{DocumentId, ExportId},
    job::JobKind,
    policy::Action,
};
use futures_util::stream::BoxStream;
use serde::Serialize;

use crate::{
    App,
    archive::Archive,
    blobs::{BlobWriter, StoredBlob},
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    jobs::{Claim, Done},
    ledger,
    page::{PageRequest, Slice},
    permission::require,
    store::{document, document::DocumentFilter, document_type, erasure, export, job, log, reading},
    unit::{Begun, Scope},
};

/// Documents a page of the data set; each page is one file of JSON Lines.
const DOCUMENTS_A_FILE: u32 = 200;

/// The archive of an export, on its way out.
pub struct ExportDownload {
    pub byte_size: u64,
    pub chunks: BoxStream<'static, std::io::Result<Bytes>>,
}

/// Asks for a data set of the documents of a type, or of all.
///
/// # Errors
/// `TYPE_UNKNOWN`.
pub async fn request_export(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    type_name: Option<String>,
) -> Result<ExportId> {
    require(app, actor, Action::Export).await?;
    if let Some(name) = &type_name {
        let known = document_type::newest(&app.scope(actor), name).await?;
        known.ok_or_else(|| Error::invalid("TYPE_UNKNOWN", "There is no document type of this name"))?;
    }
    let wanted = format!("{type_name:?}");
    let once = Once::new("request_export", &key, &[wanted.as_bytes()]);
    let mut unit = match app.begin_once(actor, &once).await? {
        Begun::Fresh(unit) => unit,
        Begun::Replayed(outcome) => {
            return outcome.parse().map_err(|_| InternalError::Stored("an outcome".into()).into());
        }
    };
    let id = ExportId::generate();
    export::insert(&mut unit, id, type_name.as_deref()).await?;
    job::enqueue(&mut unit, JobKind::BuildExport, id.0, 0).await?;
    unit.set_outcome(id);
    unit.commit(Event::ExportRequested { export: id, type_name }, vec![]).await?;
    Ok(id)
}

/// Newest first.
pub async fn list_exports(app: &App, actor: &Actor, page: PageRequest) -> Result<Slice<Export>> {
    require(app, actor, Action::Export).await?;
    export::list(&app.scope(actor), &page).await
}

pub async fn find_exports(app: &App, actor: &Actor, ids: &[ExportId]) -> Result<Vec<Export>> {
    require(app, actor, Action::Export).await?;
    export::find(&app.scope(actor), ids).await
}

/// The archive of an export that is ready.
pub async fn export_file(app: &App, actor: &Actor, id: ExportId) -> Result<ExportDownload> {
    require(app, actor, Action::Export).await?;
    let scope = app.scope(actor);
    let blob = export::blob(&scope, id).await?;
    let (byte_size, chunks) = app.blobs().stream(&scope, blob).await?;
    Ok(ExportDownload { byte_size, chunks })
}

/// What the archive holds, and what it leaves out and why.
#[derive(Serialize)]
struct Manifest {
    format: &'static str,
    export: ExportId,
    document_type: Option<String>,
    made_at: domain::time::Timestamp,
    counts: Counts,
    rejects: Vec<Reject>,
    /// SHA-256 of each file, in hexadecimal.
    files: BTreeMap<String, String>,
    /// The last signed checkpoint of the log when the export was made.
    checkpoint: Option<String>,
}

/// `documents = exported + rejected`: nothing is left out in silence.
#[derive(Default, Serialize)]
struct Counts {
    documents: u64,
    exported: u64,
    rejected: u64,
}

#[derive(Serialize)]
struct Reject {
    document: DocumentId,
    reason: &'static str,
}

/// The job behind [`Event::ExportBuilt`].
pub(crate) async fn build_export(app: &App, actor: &Actor, claim: &Claim, id: ExportId) -> Result<Done> {
    let scope = app.scope(actor);
    let Some(export) = export::find(&scope, &[id]).await?.pop() else { return Ok(Done::Nothing) };
    if export.state.is_settled() {
        return Ok(Done::Nothing);
    }
    let mut bookkeeping = app.bookkeeping().await?;
    export::set_running(&mut bookkeeping, id).await?;
    bookkeeping.commit().await?;
    let began = app.now();
    let (blob, counts) = build(app, &scope, &export).await?;

    let mut unit = app.begin(actor).await?;
    if erasure::any_since(&unit.scope(), began).await? {
        drop(unit);
        app.blobs().delete(actor.organization, blob.id).await?;
        return Err(InternalError::Other("something was erased while the export was built".into()).into());
    }
    if !job::finish(&mut unit, claim).await? {
        return Ok(Done::Nothing);
    }
    reading::insert_blob(&mut unit, &blob).await?;
    export::set_ready(&mut unit, id, blob.id, counts.exported, counts.rejected).await?;
    let event = Event::ExportBuilt {
        export: id,
        sha256: blob.sha256.to_string(),
        byte_size: blob.byte_size,
        exported: counts.exported,
        rejected: counts.rejected,
    };
    unit.commit(event, vec![]).await?;
    Ok(Done::Committed)
}

/// Streams the archive into a blob: memory does not grow with the number of documents, but for the rejects.
async fn build(app: &App, scope: &Scope<'_>, export: &Export) -> Result<(StoredBlob, Counts)> {
    let mut archive = Hashed::new(app.blobs().writer(scope.organization).await?, app.now());
    let (mut counts, mut rejects) = (Counts::default(), Vec::new());
    let filter = DocumentFilter { state: None, type_name: export.type_name.clone() };
    let mut page = PageRequest { first: DOCUMENTS_A_FILE, after: None };
    for number in 1.. {
        let slice = document::list(scope, &filter, &page).await?;
        let (mut labelled, mut lines) = (Vec::new(), Vec::new());
        page.after = slice.items.last().map(|(cursor, _)| cursor.clone());
        for (_, document) in slice.items {
            counts.documents += 1;
            match reject(&document) {
                Some(reason) => rejects.push(Reject { document: document.id, reason }),
                None => labelled.push(document),
            }
        }
        counts.exported += labelled.len() as u64;
        for document in &labelled {
            lines.extend(record::line(scope, document).await?);
        }
        if !lines.is_empty() {
            archive.add(&format!("documents-{number:05}.jsonl"), &lines).await?;
        }
        for document in &labelled {
            for page in document::pages_of(scope, &[document.id]).await? {
                let image = app.blobs().get(scope, page.image).await?;
                archive.add(&record::page_path(document.id, page.number), &image).await?;
            }
        }
        if !slice.has_next {
            break;
        }
    }
    counts.rejected = rejects.len() as u64;
    // So that the manifest's checkpoint covers what is exported.
    ledger::settle(app, scope.organization).await?;
    let present = ledger::present_log(app, scope.organization).await?;
    let checkpoint = log::last_checkpoint(scope.connection(), present).await?;
    let manifest = Manifest {
        format: "countersign-export/v1",
        export: export.id,
        document_type: export.type_name.clone(),
        made_at: app.now(),
        counts: Counts { ..counts },
        rejects,
        files: archive.sums.clone(),
        checkpoint: checkpoint.map(|row| row.note),
    };
    let json = serde_json::to_vec_pretty(&manifest).map_err(|error| InternalError::Other(error.to_string()))?;
    archive.add("manifest.json", &json).await?;
    Ok((archive.archive.finish().await?, manifest.counts))
}

/// An archive that remembers what the manifest says of its files.
struct Hashed {
    archive: Archive<BlobWriter>,
    /// SHA-256 of each file so far, in hexadecimal.
    sums: BTreeMap<String, String>,
}

impl Hashed {
    fn new(writer: BlobWriter, made_at: domain::time::Timestamp) -> Hashed {
        Hashed { archive: Archive::new(writer, made_at), sums: BTreeMap::new() }
    }

    async fn add(&mut self, path: &str, content: &[u8]) -> Result<()> {
        self.archive.add(path, content).await?;
        self.sums.insert(path.to_owned(), Digest::of(content).to_string());
        Ok(())
    }
}

/// Why a document is no part of a data set; `None` for one that a person reviewed and accepted.
fn reject(document: &Document) -> Option<&'static str> {
    match document.state {
        DocumentState::Accepted if document.straight_through => Some("NOT_REVIEWED_STRAIGHT_THROUGH"),
        DocumentState::Accepted => None,
        DocumentState::Rejected => Some("REJECTED"),
        DocumentState::Failed => Some("FAILED"),
        DocumentState::Erased => Some("ERASED"),
        DocumentState::Received | DocumentState::Reading | DocumentState::InReview => Some("NOT_REVIEWED_YET"),
    }
}

/// After its job's last attempt.
pub(crate) async fn give_up(app: &App, actor: &Actor, id: ExportId) -> Result<()> {
    let failure = Failure {
        code: "EXPORT_GAVE_UP".into(),
        message: "Building the export was tried several times and broke off each time. Request it again".into(),
    };
    let mut unit = app.begin(actor).await?;
    let ended = export::find(&unit.scope(), &[id]).await?.pop();
    if ended.is_none_or(|export| export.state.is_settled()) {
        return Ok(());
    }
    export::set_failed(&mut unit, id, &failure).await?;
    unit.commit(Event::ExportFailed { export: id, code: failure.code }, vec![]).await
}
