//! Documents with their files and pages.

use std::collections::HashMap;

use domain::{
    document::{Capture, Document, DocumentState, Failure, Page},
    id::{BlobId, DocumentId, EventId, FileId, PageId},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    entity::{documents, files, pages},
    from_json, number, to_json, word,
};
use crate::{
    error::{Error, InternalError, Result},
    page::{Key, PageRequest, Slice},
    unit::{Scope, Unit},
};

/// What narrows a list of documents.
#[derive(Clone, Debug, Default)]
pub struct DocumentFilter {
    pub state: Option<DocumentState>,
    pub type_name: Option<String>,
}

/// A file that was received, before it has a row.
pub(crate) struct NewFile {
    pub id: FileId,
    pub blob: BlobId,
    pub name: Option<String>,
    pub media_type: String,
    pub byte_size: u64,
}

pub(crate) async fn insert_file(unit: &mut Unit, file: &NewFile) -> Result<()> {
    let row = files::Model {
        id: file.id.0,
        organization_id: unit.actor().organization.0,
        blob_id: Some(file.blob.0),
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        byte_size: number(file.byte_size)?,
        created_at: unit.now().millis(),
    };
    files::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// The blob of a document's file, unless it was erased.
pub(crate) async fn file_blob(scope: &Scope<'_>, file: FileId) -> Result<BlobId> {
    let row = files::Entity::find_by_id(file.0)
        .filter(files::Column::OrganizationId.eq(scope.organization.0))
        .one(scope.connection())
        .await?;
    row.and_then(|row| row.blob_id).map(BlobId).ok_or(Error::NotFound)
}

pub(crate) async fn insert(unit: &mut Unit, document: &Document) -> Result<()> {
    let row = documents::Model {
        id: document.id.0,
        organization_id: unit.actor().organization.0,
        file_id: document.file.0,
        first_page: None,
        last_page: None,
        state: document.state.to_string(),
        version: number(document.version)?,
        type_name: document.type_name.clone(),
        type_version: number(document.type_version)?,
        priority: document.priority.into(),
        captured_at: document.capture.captured_at.map(Timestamp::millis),
        device_id: document.capture.device_id.clone(),
        source: document.capture.source.clone(),
        failure_code: None,
        failure_message: None,
        reasons: to_json(&document.reasons)?,
        straight_through: document.straight_through,
        received_at: document.received_at.millis(),
        retain_until: document.retain_until.map(Timestamp::millis),
        erase_after: document.erase_after.map(Timestamp::millis),
        hold: document.hold,
        erased_by: document.erased_by.map(|event| event.0),
    };
    documents::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// Reads a document and keeps everybody else from changing it until the unit ends.
pub(crate) async fn lock(unit: &mut Unit, id: DocumentId) -> Result<Document> {
    let rows = documents::Entity::find_by_id(id.0)
        .filter(documents::Column::OrganizationId.eq(unit.actor().organization.0))
        .lock_exclusive()
        .all(unit.connection())
        .await?;
    with_files(&unit.scope(), rows).await?.pop().ok_or(Error::NotFound)
}

/// Stores what a document that was [locked](lock) has become.
pub(crate) async fn update(unit: &mut Unit, document: &Document) -> Result<()> {
    let failure = document.failure.as_ref();
    documents::Entity::update_many()
        .col_expr(documents::Column::State, Expr::value(document.state.word()))
        .col_expr(documents::Column::Version, Expr::value(number::<i32, _>(document.version)?))
        .col_expr(documents::Column::FailureCode, Expr::value(failure.map(|failure| failure.code.clone())))
        .col_expr(documents::Column::FailureMessage, Expr::value(failure.map(|failure| failure.message.clone())))
        .col_expr(documents::Column::Reasons, Expr::value(to_json(&document.reasons)?))
        .col_expr(documents::Column::StraightThrough, Expr::value(document.straight_through))
        .filter(documents::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(documents::Column::Id.eq(document.id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Of a document that was [locked](lock).
pub(crate) async fn set_hold(unit: &mut Unit, id: DocumentId, on: bool) -> Result<()> {
    documents::Entity::update_many()
        .col_expr(documents::Column::Hold, Expr::value(on))
        .filter(documents::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(documents::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[DocumentId]) -> Result<Vec<Document>> {
    let rows = documents::Entity::find()
        .filter(documents::Column::OrganizationId.eq(scope.organization.0))
        .filter(documents::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    with_files(scope, rows).await
}

/// Newest first.
pub(crate) async fn list(scope: &Scope<'_>, filter: &DocumentFilter, page: &PageRequest) -> Result<Slice<Document>> {
    let mut query = documents::Entity::find().filter(documents::Column::OrganizationId.eq(scope.organization.0));
    if let Some(state) = filter.state {
        query = query.filter(documents::Column::State.eq(state.word()));
    }
    if let Some(name) = &filter.type_name {
        query = query.filter(documents::Column::TypeName.eq(name.as_str()));
    }
    if let Some(key) = page.key()? {
        query = query.filter(before(documents::Column::ReceivedAt, documents::Column::Id, key));
    }
    let rows = query
        .order_by(documents::Column::ReceivedAt, Order::Desc)
        .order_by(documents::Column::Id, Order::Desc)
        .limit(page.limit() + 1)
        .all(scope.connection())
        .await?;
    let documents = with_files(scope, rows).await?;
    Ok(page.slice(documents, |document| Key { at: document.received_at.millis(), id: document.id.0 }))
}

/// Rows that come after `key` in a list by time and id, newest first.
pub(super) fn before<C: ColumnTrait>(at: C, id: C, key: Key) -> Condition {
    Condition::any().add(at.lt(key.at)).add(Condition::all().add(at.eq(key.at)).add(id.lt(key.id)))
}

async fn with_files(scope: &Scope<'_>, rows: Vec<documents::Model>) -> Result<Vec<Document>> {
    let found = files::Entity::find()
        .filter(files::Column::OrganizationId.eq(scope.organization.0))
        .filter(files::Column::Id.is_in(rows.iter().map(|row| row.file_id)))
        .all(scope.connection())
        .await?;
    let by_id: HashMap<Uuid, files::Model> = found.into_iter().map(|file| (file.id, file)).collect();
    rows.into_iter().map(|row| document(row, &by_id)).collect()
}

fn document(row: documents::Model, files: &HashMap<Uuid, files::Model>) -> Result<Document> {
    let file = files.get(&row.file_id).ok_or_else(|| InternalError::Stored("a document has no file".into()))?.clone();
    let capture = Capture { captured_at: row.captured_at.map(Timestamp), device_id: row.device_id, source: row.source };
    let message = row.failure_message.unwrap_or_default();
    Ok(Document {
        id: DocumentId(row.id),
        file: FileId(row.file_id),
        state: word(&row.state)?,
        version: number(row.version)?,
        type_name: row.type_name,
        type_version: number(row.type_version)?,
        file_name: file.name,
        media_type: file.media_type,
        byte_size: number(file.byte_size)?,
        priority: number(row.priority)?,
        capture,
        failure: row.failure_code.map(|code| Failure { code, message }),
        reasons: from_json(&row.reasons)?,
        straight_through: row.straight_through,
        received_at: Timestamp(row.received_at),
        retain_until: row.retain_until.map(Timestamp),
        erase_after: row.erase_after.map(Timestamp),
        hold: row.hold,
        erased_by: row.erased_by.map(EventId),
    })
}

pub(crate) async fn insert_pages(unit: &mut Unit, new: &[Page]) -> Result<()> {
    let organization_id = unit.actor().organization.0;
    let rows = new
        .iter()
        .map(|page| {
            Ok(pages::Model {
                id: page.id.0,
                organization_id,
                document_id: page.document.0,
                number: number(page.number)?,
                width: number(page.width)?,
                height: number(page.height)?,
                blob_id: page.image.0,
            }
            .into_active_model())
        })
        .collect::<Result<Vec<_>>>()?;
    if !rows.is_empty() {
        pages::Entity::insert_many(rows).exec_without_returning(unit.connection()).await?;
    }
    Ok(())
}

/// By document and number.
pub(crate) async fn pages_of(scope: &Scope<'_>, of: &[DocumentId]) -> Result<Vec<Page>> {
    find_pages_where(scope, pages::Column::DocumentId.is_in(of.iter().map(|id| id.0))).await
}

pub(crate) async fn find_pages(scope: &Scope<'_>, ids: &[PageId]) -> Result<Vec<Page>> {
    find_pages_where(scope, pages::Column::Id.is_in(ids.iter().map(|id| id.0))).await
}

async fn find_pages_where(scope: &Scope<'_>, wanted: impl sea_orm::sea_query::IntoCondition) -> Result<Vec<Page>> {
    let rows = pages::Entity::find()
        .filter(pages::Column::OrganizationId.eq(scope.organization.0))
        .filter(wanted.into_condition())
        .order_by_asc(pages::Column::DocumentId)
        .order_by_asc(pages::Column::Number)
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Page {
                id: PageId(row.id),
                document: DocumentId(row.document_id),
                number: number(row.number)?,
                width: number(row.width)?,
                height: number(row.height)?,
                image: BlobId(row.blob_id),
            })
        })
        .collect()
}
