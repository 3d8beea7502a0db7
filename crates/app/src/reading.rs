//! Documents are read: pages in a child process, lines by the OCR engine, fields by the type. All slow work happens
//! before the unit; run twice, exactly one reading is committed.

use std::sync::Arc;

use bytes::Bytes;
use domain::{
    actor::Actor,
    document::{Document, DocumentState, Failure, Page, ReadingRecord},
    event::{Event, FieldRead},
    field::{Alternative, Field, FieldStatus, Value},
    id::{DocumentId, FieldId, PageId, ReadingId},
    job::JobKind,
    policy::Action,
    reading::Reading,
};

use crate::{
    App,
    blobs::StoredBlob,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    jobs::{Claim, Done},
    permission::require,
    store::{document, field, job, reading},
    types::{self, TypeRecord},
    unit::Begun,
};

/// What was seen, not stored yet.
struct Seen {
    reading: Reading,
    /// The upright pages, as JPEG.
    images: Vec<Vec<u8>>,
}

/// The job behind [`Event::DocumentRead`].
pub(crate) async fn read_document(app: &App, actor: &Actor, claim: &Claim, id: DocumentId) -> Result<Done> {
    let Some(document) = start(app, actor, id).await? else { return Ok(Done::Nothing) };
    let scope = app.scope(actor);
    let file = document::file_blob(&scope, document.file).await?;
    let bytes = app.blobs().get(&scope, file).await?;
    match see(app, bytes).await? {
        Ok(seen) => store_reading(app, actor, claim, &document, seen).await,
        Err(failure) => fail(app, actor, Some(claim), id, failure).await,
    }
}

/// The same, with what the engine would have seen: for stories that are not about seeing.
#[cfg(test)]
pub(crate) async fn read_as(
    app: &App,
    actor: &Actor,
    claim: &Claim,
    id: DocumentId,
    reading: Reading,
    images: Vec<Vec<u8>>,
) -> Result<Done> {
    let Some(document) = start(app, actor, id).await? else { return Ok(Done::Nothing) };
    store_reading(app, actor, claim, &document, Seen { reading, images }).await
}

/// `RECEIVED` becomes `READING`; a document that is there already is taken up again after a crash. `None` when the
/// document went another way, or has its reading.
async fn start(app: &App, actor: &Actor, id: DocumentId) -> Result<Option<Document>> {
    let mut unit = app.begin(actor).await?;
    let mut document = document::lock(&mut unit, id).await?;
    match document.state {
        DocumentState::Reading if reading::of_documents(&unit.scope(), &[id]).await?.is_empty() => Ok(Some(document)),
        DocumentState::Received => {
            document.state = DocumentState::Reading;
            document.version += 1;
            document::update(&mut unit, &document).await?;
            unit.commit(Event::ReadingStarted { document: id, version: document.version }, vec![]).await?;
            Ok(Some(document))
        }
        _ => Ok(None),
    }
}

/// Decodes and reads, off the async threads. The inner error is one that reading again would not mend.
async fn see(app: &App, bytes: Bytes) -> Result<Result<Seen, Failure>> {
    let Some(engine) = app.engine().cloned() else {
        return Ok(Err(Failure {
            code: "READER_MISSING".into(),
            message: "This server has no OCR pack, so it can't read. Ask its operator to set `pack`, then try again"
                .into(),
        }));
    };
    let decoder = app.settings().decoder.clone();
    let work = move || see_blocking(&engine, &decoder, bytes);
    tokio::task::spawn_blocking(work).await.map_err(|error| InternalError::Other(error.to_string()))?
}

/// One page after the other: a long file takes the memory of its largest page.
fn see_blocking(
    engine: &Arc<ocr::Engine>,
    decoder: &pages::child::Decoder,
    bytes: Bytes,
) -> Result<Result<Seen, Failure>> {
    let (mut pages, mut images) = (Vec::new(), Vec::new());
    let decoded = match decoder.pages(bytes) {
        Ok(decoded) => decoded,
        Err(error) => return failure(error).map(Err),
    };
    for image in decoded {
        let image = match image {
            Ok(image) => image,
            Err(error) => return failure(error).map(Err),
        };
        let seen = engine.read_page(&image).map_err(|error| InternalError::Other(format!("OCR: {error}")))?;
        let upright = ocr::turn(image, seen.quarter_turns);
        let jpeg = pages::encode_page(&upright).map_err(|error| InternalError::Other(error.to_string()))?;
        images.push(jpeg);
        pages.push(seen.reading);
    }
    Ok(Ok(Seen { reading: Reading { engine: engine.version(), pages }, images }))
}

/// What is wrong with the file is the document's failure; what is wrong with the installation is the job's, which is
/// tried again.
fn failure(error: pages::DecodeError) -> Result<Failure> {
    match error {
        pages::DecodeError::DecoderUnavailable { .. } => Err(InternalError::Other(error.to_string()).into()),
        error => Ok(Failure { code: error.code().into(), message: error.to_string() }),
    }
}

async fn store_reading(app: &App, actor: &Actor, claim: &Claim, document: &Document, seen: Seen) -> Result<Done> {
    let id = document.id;
    let record = types::version_of(app, &app.scope(actor), &document.type_name, document.type_version).await?;
    let fields = match &record {
        Some(record) => extracted(app, id, record, &seen.reading).await?,
        None => vec![],
    };
    let lines = serde_json::to_vec(&seen.reading).map_err(|error| InternalError::Stored(error.to_string()))?;
    let lines = app.blobs().put(actor.organization, lines).await?;
    let mut page_blobs = Vec::new();
    for image in seen.images {
        page_blobs.push(app.blobs().put(actor.organization, image).await?);
    }

    let mut unit = app.begin(actor).await?;
    let mut document = document::lock(&mut unit, id).await?;
    let has_reading = !reading::of_documents(&unit.scope(), &[id]).await?.is_empty();
    // Somebody else read it, took the job over, or erased it: what was seen here is dropped.
    if document.state != DocumentState::Reading || has_reading || !job::finish(&mut unit, claim).await? {
        drop(unit);
        for blob in page_blobs.iter().chain([&lines]) {
            app.blobs().delete(actor.organization, blob.id).await?;
        }
        return Ok(Done::Nothing);
    }
    let pages = pages_of(id, &seen.reading, &page_blobs);
    let record = ReadingRecord {
        id: ReadingId::generate(),
        document: id,
        confidence: seen.reading.confidence(),
        engine: seen.reading.engine,
        lines: lines.id,
        read_at: unit.now(),
    };
    for blob in page_blobs.iter().chain([&lines]) {
        reading::insert_blob(&mut unit, blob).await?;
    }
    document::insert_pages(&mut unit, &pages).await?;
    reading::insert(&mut unit, &record).await?;
    field::insert(&mut unit, &fields).await?;
    document.version += 1;
    document::update(&mut unit, &document).await?;
    job::enqueue(&mut unit, JobKind::RouteDocument, id.0, document.priority).await?;
    let event = Event::DocumentRead {
        document: id,
        version: document.version,
        reading: record.id,
        engine: record.engine,
        confidence: record.confidence,
        pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        lines_sha256: lines.sha256.to_string(),
        fields: fields.into_iter().map(field_read).collect(),
    };
    unit.commit(event, vec![]).await?;
    metrics::counter!("countersign_pages_read_total").increment(pages.len() as u64);
    Ok(Done::Committed)
}

fn pages_of(document: DocumentId, reading: &Reading, blobs: &[StoredBlob]) -> Vec<Page> {
    let numbered = (0..).zip(reading.pages.iter().zip(blobs));
    numbered
        .map(|(number, (page, blob))| Page {
            id: PageId::generate(),
            document,
            number,
            width: page.width,
            height: page.height,
            image: blob.id,
        })
        .collect()
}

async fn extracted(app: &App, document: DocumentId, record: &TypeRecord, reading: &Reading) -> Result<Vec<Field>> {
    let locales = app.locales_of(&record.definition)?;
    let (definition, copy) = (record.definition.clone(), reading.clone());
    let work = tokio::task::spawn_blocking(move || extract::fields(&copy, &definition, &locales));
    let found = work.await.map_err(|error| InternalError::Other(error.to_string()))?;
    Ok(found
        .into_iter()
        .map(|found| Field {
            id: FieldId::generate(),
            document,
            version: 1,
            status: FieldStatus::Read,
            character_confidences: extract::character_confidences(reading, &found.text, &found.regions),
            name: found.name,
            value: Value { text: found.text, value: found.value, regions: found.regions },
            confidence: found.confidence,
            reasons: vec![],
            alternatives: found
                .alternatives
                .into_iter()
                .map(|other| Alternative {
                    value: Value { text: other.text, value: other.value, regions: other.regions },
                    confidence: other.confidence,
                })
                .collect(),
        })
        .collect())
}

fn field_read(field: Field) -> FieldRead {
    FieldRead { field: field.id, name: field.name, value: field.value, confidence: field.confidence }
}

/// The document can't be read, and the reviewer is told why.
async fn fail(app: &App, actor: &Actor, claim: Option<&Claim>, id: DocumentId, failure: Failure) -> Result<Done> {
    let mut unit = app.begin(actor).await?;
    let mut document = document::lock(&mut unit, id).await?;
    if document.state != DocumentState::Reading {
        return Ok(Done::Nothing);
    }
    if let Some(claim) = claim
        && !job::finish(&mut unit, claim).await?
    {
        return Ok(Done::Nothing);
    }
    document.state = DocumentState::Failed;
    document.version += 1;
    document.failure = Some(failure.clone());
    document::update(&mut unit, &document).await?;
    metrics::counter!("countersign_documents_failed_total", "code" => failure.code.clone()).increment(1);
    unit.commit(Event::DocumentFailed { document: id, version: document.version, code: failure.code }, vec![]).await?;
    Ok(Done::Committed)
}

/// After its job's last attempt.
pub(crate) async fn give_up(app: &App, actor: &Actor, id: DocumentId) -> Result<()> {
    start(app, actor, id).await?;
    let failure = Failure {
        code: "READING_GAVE_UP".into(),
        message: "Reading was tried several times and broke off each time. Try again, or type the fields in by hand"
            .into(),
    };
    fail(app, actor, None, id, failure).await.map(|_| ())
}

/// Reads a failed document again.
///
/// # Errors
/// Conflict `NOT_FAILED` in any other state.
pub async fn retry_reading(app: &App, actor: &Actor, key: IdempotencyKey, id: DocumentId) -> Result<DocumentId> {
    require(app, actor, Action::RetryReading).await?;
    let once = Once::new("retry_reading", &key, &[id.0.as_bytes()]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let mut document = document::lock(&mut unit, id).await?;
    if document.state != DocumentState::Failed {
        let message = format!("Only a failed document can be read again; this one is {}", document.state);
        return Err(Error::conflict("NOT_FAILED", message));
    }
    document.state = DocumentState::Reading;
    document.version += 1;
    document.failure = None;
    document::update(&mut unit, &document).await?;
    // One that was read before and failed on its way to a person only needs to be routed.
    let has_reading = !reading::of_documents(&unit.scope(), &[id]).await?.is_empty();
    let kind = if has_reading { JobKind::RouteDocument } else { JobKind::ReadDocument };
    job::enqueue(&mut unit, kind, id.0, document.priority).await?;
    unit.commit(Event::ReadingRetried { document: id, version: document.version }, vec![]).await?;
    Ok(id)
}
