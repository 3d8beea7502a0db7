//! Documents come in: bytes to the blob store as they arrive, then one unit with file, document and job.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use domain::{
    actor::Actor,
    document::{Capture, Document, DocumentState},
    event::Event,
    id::{ActorId, DocumentId, FileId},
    job::JobKind,
    policy::Action,
};
use futures_util::{Stream, StreamExt};
use pages::{DecodeError, MediaType};

use crate::{
    App,
    blobs::StoredBlob,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    permission::require,
    store::{document, job, reading},
    types,
    unit::Begun,
};

/// What the sender says of a file.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// [`types::UNCLASSIFIED`] when there is none.
    pub type_name: Option<String>,
    pub file_name: Option<String>,
    /// 0 to 9; higher is earlier.
    pub priority: u8,
    pub capture: Capture,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    pub document: DocumentId,
    /// The same call was made before; nothing was stored now.
    pub replayed: bool,
}

/// Longest file name, device id and source, in bytes; personal values travel in leaves only as digests, but in rows.
const MAX_TEXT: usize = 1_000;
/// Enough to tell every format that is known.
const SNIFF: usize = 4_096;
pub const MAX_PRIORITY: u8 = 9;

/// Takes in one file as one document. Returns when bytes, rows, job and event are durable.
///
/// # Errors
/// `FILE_EMPTY`, `FILE_TOO_LARGE`, `FORMAT_UNKNOWN`, `FORMAT_UNSUPPORTED`, `TYPE_UNKNOWN`, `UPLOAD_BROKEN`,
/// `METADATA_TOO_LONG`, `PRIORITY_INVALID`, `IDEMPOTENCY_KEY_REUSED`; conflict `IDEMPOTENCY_RUNNING`.
pub async fn receive_document<S>(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    upload: Upload,
    bytes: S,
) -> Result<Received>
where
    S: Stream<Item = std::io::Result<Bytes>> + Unpin,
{
    require(app, actor, Action::UploadDocument).await?;
    check(&upload)?;
    let (type_name, type_version) = types::resolve(&app.scope(actor), upload.type_name.as_deref()).await?;
    let record = types::version_of(app, &app.scope(actor), &type_name, type_version).await?;
    let definition = record.map(|record| record.definition);
    let days = |days: Option<u32>| days.map(|days| app.now().plus_days(days));
    let retain_until = days(definition.as_ref().and_then(|definition| definition.retain_days));
    let erase_after = days(definition.as_ref().and_then(|definition| definition.erase_after_days));
    let _running = app.0.uploads.enter(actor.id, &key)?;
    let (blob, media_type) = store_bytes(app, actor, bytes).await?;
    let parameters = format!("{upload:?}");
    let once = Once::new("receive_document", &key, &[parameters.as_bytes(), blob.sha256.as_bytes()]);
    let begun = app.begin_once(actor, &once).await;
    if !matches!(begun, Ok(Begun::Fresh(_))) {
        // The bytes just stored belong to nothing. (After a crash here they are swept.)
        app.blobs().delete(actor.organization, blob.id).await?;
    }
    let mut unit = match begun? {
        Begun::Fresh(unit) => unit,
        Begun::Replayed(outcome) => return replayed(&outcome),
    };
    let document = Document {
        id: DocumentId::generate(),
        file: FileId::generate(),
        state: DocumentState::Received,
        version: 1,
        type_name,
        type_version,
        file_name: upload.file_name,
        media_type,
        byte_size: blob.byte_size,
        priority: upload.priority,
        capture: upload.capture,
        failure: None,
        reasons: vec![],
        straight_through: false,
        received_at: unit.now(),
        retain_until,
        erase_after,
        hold: false,
        erased_by: None,
    };
    reading::insert_blob(&mut unit, &blob).await?;
    let file = document::NewFile {
        id: document.file,
        blob: blob.id,
        name: document.file_name.clone(),
        media_type: document.media_type.clone(),
        byte_size: document.byte_size,
    };
    document::insert_file(&mut unit, &file).await?;
    document::insert(&mut unit, &document).await?;
    job::enqueue(&mut unit, JobKind::ReadDocument, document.id.0, document.priority).await?;
    unit.set_outcome(document.id);
    let id = document.id;
    unit.commit(received(document, &blob), vec![]).await?;
    metrics::counter!("countersign_documents_received_total").increment(1);
    Ok(Received { document: id, replayed: false })
}

fn received(document: Document, blob: &StoredBlob) -> Event {
    Event::DocumentReceived {
        document: document.id,
        sha256: blob.sha256.to_string(),
        media_type: document.media_type,
        byte_size: document.byte_size,
        type_name: document.type_name,
        type_version: document.type_version,
        priority: document.priority,
        file_name: document.file_name,
        capture: document.capture,
    }
}

fn replayed(outcome: &str) -> Result<Received> {
    let document = outcome.parse().map_err(|_| InternalError::Stored("an outcome".into()))?;
    Ok(Received { document, replayed: true })
}

fn check(upload: &Upload) -> Result<()> {
    if upload.priority > MAX_PRIORITY {
        return Err(Error::invalid("PRIORITY_INVALID", format!("Send a priority from 0 to {MAX_PRIORITY}")));
    }
    let texts = [&upload.file_name, &upload.capture.device_id, &upload.capture.source];
    if texts.iter().any(|text| text.as_ref().is_some_and(|text| text.len() > MAX_TEXT)) {
        let message = format!("File name, device id and source may each have {MAX_TEXT} bytes");
        return Err(Error::invalid("METADATA_TOO_LONG", message));
    }
    Ok(())
}

/// Streams the bytes into a blob; its media type is told by the content, never by a name.
async fn store_bytes<S>(app: &App, actor: &Actor, mut bytes: S) -> Result<(StoredBlob, String)>
where
    S: Stream<Item = std::io::Result<Bytes>> + Unpin,
{
    let limit = app.settings().upload_bytes;
    let mut head = Vec::new();
    let mut writer = app.blobs().writer(actor.organization).await?;
    let outcome = async {
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|_| Error::invalid("UPLOAD_BROKEN", "The upload broke off: send it again"))?;
            if writer.byte_size() + chunk.len() as u64 > limit {
                let message = format!("The file has more than {limit} bytes, which is the limit of this server");
                return Err(Error::invalid("FILE_TOO_LARGE", message));
            }
            if head.len() < SNIFF {
                head.extend_from_slice(&chunk[..chunk.len().min(SNIFF - head.len())]);
            }
            writer.write(&chunk).await?;
        }
        media_type(&head)
    };
    match outcome.await {
        Ok(media_type) => Ok((writer.finish().await?, media_type)),
        Err(error) => {
            writer.abort().await;
            Err(error)
        }
    }
}

fn media_type(head: &[u8]) -> Result<String> {
    let error = match pages::sniff(head) {
        _ if head.is_empty() => DecodeError::FileEmpty,
        None => DecodeError::FormatUnknown,
        Some(MediaType::Unsupported(format)) => DecodeError::FormatUnsupported { format: format.to_owned() },
        Some(media_type) => match media_type.essence() {
            Some(essence) => return Ok(essence.to_owned()),
            None => DecodeError::FormatUnknown,
        },
    };
    Err(Error::invalid(error.code(), error.to_string()))
}

/// Uploads on their way, by actor and key: a second one with the same key is told to wait instead of being stored
/// twice. Between servers the unique key in the database decides.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<Mutex<HashSet<(ActorId, IdempotencyKey)>>>);

struct Entered {
    running: Running,
    entry: (ActorId, IdempotencyKey),
}

impl Running {
    fn enter(&self, actor: ActorId, key: &IdempotencyKey) -> Result<Entered> {
        let entry = (actor, key.clone());
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.clone()) {
            return Ok(Entered { running: self.clone(), entry });
        }
        Err(Error::conflict("IDEMPOTENCY_RUNNING", "An upload with this key is under way: wait for its answer"))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.entry);
    }
}
