//! Committed readings, and the rows that own blobs.

use std::collections::HashMap;

use domain::{
    archive::ArchiveFile,
    document::ReadingRecord,
    id::{BlobId, DocumentId, OrganizationId, ReadingId},
    ppm::Ppm,
    reading::EngineVersion,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    entity::{blobs, readings},
    number,
};
use crate::{
    blobs::StoredBlob,
    error::{Error, InternalError, Result},
    unit::{Scope, Unit},
};

/// Gives a stored object its row; an object without one is swept away.
pub(crate) async fn insert_blob(unit: &mut Unit, blob: &StoredBlob) -> Result<()> {
    let row = blobs::Model {
        id: blob.id.0,
        organization_id: unit.actor().organization.0,
        sha256: blob.sha256.to_string(),
        byte_size: number(blob.byte_size)?,
        key_id: blob.key_id,
        created_at: unit.now().millis(),
    };
    blobs::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

pub(crate) async fn find_blob(scope: &Scope<'_>, id: BlobId) -> Result<StoredBlob> {
    let row = blobs::Entity::find_by_id(id.0)
        .filter(blobs::Column::OrganizationId.eq(scope.organization.0))
        .one(scope.connection())
        .await?
        .ok_or(Error::NotFound)?;
    let sha256 = row.sha256.parse().map_err(|_| InternalError::Stored("a SHA-256".into()))?;
    Ok(StoredBlob { id, sha256, byte_size: number(row.byte_size)?, key_id: row.key_id })
}

/// What an archive's owner is told of its blob.
pub(crate) async fn archive_files(scope: &Scope<'_>, ids: Vec<Uuid>) -> Result<HashMap<Uuid, ArchiveFile>> {
    let rows = blobs::Entity::find()
        .filter(blobs::Column::OrganizationId.eq(scope.organization.0))
        .filter(blobs::Column::Id.is_in(ids))
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, ArchiveFile { sha256: row.sha256, byte_size: number(row.byte_size)? })))
        .collect()
}

/// Which of these objects have a row, whatever their organization.
pub(crate) async fn owned_blobs(
    connection: &impl sea_orm::ConnectionTrait,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<Vec<Uuid>> {
    let rows = blobs::Entity::find()
        .filter(blobs::Column::OrganizationId.eq(organization.0))
        .filter(blobs::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

pub(crate) async fn insert(unit: &mut Unit, reading: &ReadingRecord) -> Result<()> {
    let row = readings::Model {
        id: reading.id.0,
        organization_id: unit.actor().organization.0,
        document_id: reading.document.0,
        engine: reading.engine.engine.clone(),
        engine_version: reading.engine.engine_version.clone(),
        pack: reading.engine.pack.clone(),
        pack_version: reading.engine.pack_version.clone(),
        confidence: number(reading.confidence.get())?,
        blob_id: reading.lines.0,
        event_id: unit.event().0,
        read_at: reading.read_at.millis(),
    };
    readings::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// By document, oldest first.
pub(crate) async fn of_documents(scope: &Scope<'_>, of: &[DocumentId]) -> Result<Vec<ReadingRecord>> {
    find_where(scope, readings::Column::DocumentId.is_in(of.iter().map(|id| id.0))).await
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[ReadingId]) -> Result<Vec<ReadingRecord>> {
    find_where(scope, readings::Column::Id.is_in(ids.iter().map(|id| id.0))).await
}

async fn find_where(scope: &Scope<'_>, wanted: impl sea_orm::sea_query::IntoCondition) -> Result<Vec<ReadingRecord>> {
    let rows = readings::Entity::find()
        .filter(readings::Column::OrganizationId.eq(scope.organization.0))
        .filter(wanted.into_condition())
        .order_by_asc(readings::Column::ReadAt)
        .order_by_asc(readings::Column::Id)
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReadingRecord {
                id: ReadingId(row.id),
                document: DocumentId(row.document_id),
                engine: EngineVersion {
                    engine: row.engine,
                    engine_version: row.engine_version,
                    pack: row.pack,
                    pack_version: row.pack_version,
                },
                confidence: Ppm::new(number(row.confidence)?),
                lines: BlobId(row.blob_id),
                read_at: Timestamp(row.read_at),
            })
        })
        .collect()
}
