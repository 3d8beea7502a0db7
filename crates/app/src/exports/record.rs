//! One document of a data set, as one line of JSON.

use domain::{
    document::Document,
    field::{CorrectionReason, Field, FieldStatus, FieldValue, Value},
    id::{ActorId, DocumentId},
    ppm::Ppm,
    reading::EngineVersion,
    time::Timestamp,
};
use serde::Serialize;

use crate::{
    error::{InternalError, Result},
    store::{document, field, reading},
    unit::Scope,
};

#[derive(Serialize)]
struct DocumentRecord {
    document: DocumentId,
    document_type: String,
    document_type_version: u32,
    version: u32,
    media_type: String,
    received_at: Timestamp,
    /// What read it; absent where a person typed everything in.
    engine: Option<EngineVersion>,
    pages: Vec<PageRecord>,
    fields: Vec<FieldRecord>,
}

#[derive(Serialize)]
struct PageRecord {
    /// In the archive.
    image: String,
    width: u32,
    height: u32,
}

#[derive(Serialize)]
struct FieldRecord {
    name: String,
    status: FieldStatus,
    /// The machine's value, with its confidence.
    machine: Value,
    /// Absent where it found nothing.
    confidence: Option<Ppm>,
    /// The value that stands now.
    last: Value,
    /// A person changed it or marked it.
    changed: bool,
    versions: Vec<VersionRecord>,
}

#[derive(Serialize)]
struct VersionRecord {
    version: u32,
    status: FieldStatus,
    reason: Option<CorrectionReason>,
    /// A pseudonym.
    actor: ActorId,
    at: Timestamp,
}

/// Where a page image lies in the archive.
pub(super) fn page_path(document: DocumentId, number: u32) -> String {
    format!("pages/{document}/{}.jpg", number + 1)
}

pub(super) async fn line(scope: &Scope<'_>, of: &Document) -> Result<Vec<u8>> {
    let fields = field::of_documents(scope, &[of.id]).await?;
    let ids: Vec<_> = fields.iter().map(|field| field.id).collect();
    let values = field::values_of(scope, &ids).await?;
    let engine = reading::of_documents(scope, &[of.id]).await?.pop().map(|record| record.engine);
    let pages = document::pages_of(scope, &[of.id]).await?;
    let record = DocumentRecord {
        document: of.id,
        document_type: of.type_name.clone(),
        document_type_version: of.type_version,
        version: of.version,
        media_type: of.media_type.clone(),
        received_at: of.received_at,
        engine,
        pages: pages
            .iter()
            .map(|page| PageRecord { image: page_path(of.id, page.number), width: page.width, height: page.height })
            .collect(),
        fields: fields.into_iter().map(|field| field_record(field, &values)).collect(),
    };
    let mut json = serde_json::to_vec(&record).map_err(|error| InternalError::Other(error.to_string()))?;
    json.push(b'\n');
    Ok(json)
}

fn field_record(field: Field, values: &[FieldValue]) -> FieldRecord {
    let versions: Vec<&FieldValue> = values.iter().filter(|value| value.field == field.id).collect();
    let machine = versions.iter().find(|value| value.confidence.is_some()).map(|value| value.value.clone());
    let machine = machine.unwrap_or_default();
    FieldRecord {
        confidence: (!machine.text.is_empty()).then_some(field.confidence),
        machine,
        changed: matches!(field.status, FieldStatus::Corrected | FieldStatus::Missing | FieldStatus::Illegible),
        name: field.name,
        status: field.status,
        last: field.value,
        versions: versions
            .into_iter()
            .map(|value| VersionRecord {
                version: value.version,
                status: value.status,
                reason: value.reason,
                actor: value.actor,
                at: value.at,
            })
            .collect(),
    }
}
