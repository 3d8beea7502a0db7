//! Reads of documents and what belongs to them. What does not exist, or is another organization's, is left out.

use std::sync::Arc;

use bytes::Bytes;
use domain::{
    actor::Actor,
    document::{Document, Page, ReadingRecord},
    field::{Field, FieldValue},
    id::{DocumentId, FieldId, PageId, ReadingId},
    policy::Action,
    reading::Reading,
};

pub use crate::store::document::DocumentFilter;
use crate::{
    App,
    error::{Error, InternalError, Result},
    page::{PageRequest, Slice},
    permission::require,
    privacy::record_views,
    store::{document, field, reading},
    unit::Scope,
};

pub async fn find_documents(app: &App, actor: &Actor, ids: &[DocumentId]) -> Result<Vec<Document>> {
    require(app, actor, Action::ReadDocument).await?;
    document::find(&app.scope(actor), ids).await
}

/// Newest first.
pub async fn list_documents(
    app: &App,
    actor: &Actor,
    filter: DocumentFilter,
    page: PageRequest,
) -> Result<Slice<Document>> {
    require(app, actor, Action::ReadDocument).await?;
    document::list(&app.scope(actor), &filter, &page).await
}

/// By document and number.
pub async fn pages_of(app: &App, actor: &Actor, documents: &[DocumentId]) -> Result<Vec<Page>> {
    require(app, actor, Action::ReadDocument).await?;
    document::pages_of(&app.scope(actor), documents).await
}

pub async fn find_pages(app: &App, actor: &Actor, ids: &[PageId]) -> Result<Vec<Page>> {
    require(app, actor, Action::ReadDocument).await?;
    document::find_pages(&app.scope(actor), ids).await
}

pub async fn readings_of(app: &App, actor: &Actor, documents: &[DocumentId]) -> Result<Vec<ReadingRecord>> {
    require(app, actor, Action::ReadDocument).await?;
    reading::of_documents(&app.scope(actor), documents).await
}

pub async fn find_readings(app: &App, actor: &Actor, ids: &[ReadingId]) -> Result<Vec<ReadingRecord>> {
    require(app, actor, Action::ReadDocument).await?;
    reading::find(&app.scope(actor), ids).await
}

/// The newest reading with all its lines; `None` where nothing was read.
pub async fn read_lines(app: &App, actor: &Actor, id: DocumentId) -> Result<Option<Arc<Reading>>> {
    require(app, actor, Action::ReadDocument).await?;
    record_views(app, actor, &[id]).await?;
    Ok(lines_of(app, &app.scope(actor), id).await?.map(Arc::new))
}

pub(crate) async fn lines_of(app: &App, scope: &Scope<'_>, id: DocumentId) -> Result<Option<Reading>> {
    let Some(record) = reading::of_documents(scope, &[id]).await?.pop() else { return Ok(None) };
    let json = app.blobs().get(scope, record.lines).await?;
    Ok(serde_json::from_slice(&json).map_err(|error| InternalError::Stored(error.to_string()))?)
}

/// By document, in the order of the type.
pub async fn fields_of(app: &App, actor: &Actor, documents: &[DocumentId]) -> Result<Vec<Field>> {
    require(app, actor, Action::ReadDocument).await?;
    record_views(app, actor, documents).await?;
    field::of_documents(&app.scope(actor), documents).await
}

pub async fn find_fields(app: &App, actor: &Actor, ids: &[FieldId]) -> Result<Vec<Field>> {
    require(app, actor, Action::ReadDocument).await?;
    let fields = field::find(&app.scope(actor), ids).await?;
    record_views(app, actor, &fields.iter().map(|field| field.document).collect::<Vec<_>>()).await?;
    Ok(fields)
}

/// The versions of fields, by field and version.
pub async fn values_of(app: &App, actor: &Actor, fields: &[FieldId]) -> Result<Vec<FieldValue>> {
    find_fields(app, actor, fields).await?;
    field::values_of(&app.scope(actor), fields).await
}

/// The upright page image, as JPEG.
pub async fn page_image(app: &App, actor: &Actor, id: PageId) -> Result<Bytes> {
    let page = look_at_page(app, actor, id).await?;
    app.blobs().get(&app.scope(actor), page.image).await
}

/// A page whose image the actor looks at, wherever the bytes come from.
pub async fn look_at_page(app: &App, actor: &Actor, id: PageId) -> Result<Page> {
    require(app, actor, Action::ReadDocument).await?;
    let page = document::find_pages(&app.scope(actor), &[id]).await?.pop().ok_or(Error::NotFound)?;
    record_views(app, actor, &[page.document]).await?;
    Ok(page)
}
