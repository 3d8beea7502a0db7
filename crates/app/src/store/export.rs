//! Exports.

use domain::{
    archive::ArchiveState,
    document::Failure,
    export::Export,
    id::{BlobId, ExportId},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{entity::exports, number, reading::archive_files, word};
use crate::{
    error::{Error, Result},
    page::{Key, PageRequest, Slice},
    unit::{Bookkeeping, Scope, Unit},
};

pub(crate) async fn insert(unit: &mut Unit, id: ExportId, type_name: Option<&str>) -> Result<()> {
    let row = exports::Model {
        id: id.0,
        organization_id: unit.actor().organization.0,
        state: ArchiveState::Queued.to_string(),
        type_name: type_name.map(str::to_owned),
        requested_at: unit.now().millis(),
        finished_at: None,
        exported: None,
        rejected: None,
        blob_id: None,
        failure_code: None,
        failure_message: None,
    };
    exports::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

pub(crate) async fn set_running(bookkeeping: &mut Bookkeeping, id: ExportId) -> Result<()> {
    exports::Entity::update_many()
        .col_expr(exports::Column::State, Expr::value(ArchiveState::Running.word()))
        .filter(exports::Column::Id.eq(id.0))
        .filter(exports::Column::State.eq(ArchiveState::Queued.word()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

pub(crate) async fn set_ready(unit: &mut Unit, id: ExportId, blob: BlobId, exported: u64, rejected: u64) -> Result<()> {
    exports::Entity::update_many()
        .col_expr(exports::Column::State, Expr::value(ArchiveState::Ready.word()))
        .col_expr(exports::Column::FinishedAt, Expr::value(unit.now().millis()))
        .col_expr(exports::Column::Exported, Expr::value(number::<i64, _>(exported)?))
        .col_expr(exports::Column::Rejected, Expr::value(number::<i64, _>(rejected)?))
        .col_expr(exports::Column::BlobId, Expr::value(blob.0))
        .filter(exports::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(exports::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

pub(crate) async fn set_failed(unit: &mut Unit, id: ExportId, failure: &Failure) -> Result<()> {
    exports::Entity::update_many()
        .col_expr(exports::Column::State, Expr::value(ArchiveState::Failed.word()))
        .col_expr(exports::Column::FinishedAt, Expr::value(unit.now().millis()))
        .col_expr(exports::Column::FailureCode, Expr::value(failure.code.clone()))
        .col_expr(exports::Column::FailureMessage, Expr::value(failure.message.clone()))
        .filter(exports::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(exports::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Newest first.
pub(crate) async fn list(scope: &Scope<'_>, page: &PageRequest) -> Result<Slice<Export>> {
    let mut query = exports::Entity::find().filter(exports::Column::OrganizationId.eq(scope.organization.0));
    if let Some(key) = page.key()? {
        query = query.filter(super::document::before(exports::Column::RequestedAt, exports::Column::Id, key));
    }
    let rows = query
        .order_by(exports::Column::RequestedAt, Order::Desc)
        .order_by(exports::Column::Id, Order::Desc)
        .limit(page.limit() + 1)
        .all(scope.connection())
        .await?;
    let exports = with_files(scope, rows).await?;
    Ok(page.slice(exports, |export| Key { at: export.requested_at.millis(), id: export.id.0 }))
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[ExportId]) -> Result<Vec<Export>> {
    let rows = exports::Entity::find()
        .filter(exports::Column::OrganizationId.eq(scope.organization.0))
        .filter(exports::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    with_files(scope, rows).await
}

/// The blob of an export that is ready.
pub(crate) async fn blob(scope: &Scope<'_>, id: ExportId) -> Result<BlobId> {
    let row = exports::Entity::find_by_id(id.0)
        .filter(exports::Column::OrganizationId.eq(scope.organization.0))
        .one(scope.connection())
        .await?;
    row.and_then(|row| row.blob_id).map(BlobId).ok_or(Error::NotFound)
}

async fn with_files(scope: &Scope<'_>, rows: Vec<exports::Model>) -> Result<Vec<Export>> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.blob_id).collect();
    let mut files = archive_files(scope, ids).await?;
    rows.into_iter()
        .map(|row| {
            let message = row.failure_message.unwrap_or_default();
            Ok(Export {
                id: ExportId(row.id),
                state: word(&row.state)?,
                type_name: row.type_name,
                requested_at: Timestamp(row.requested_at),
                finished_at: row.finished_at.map(Timestamp),
                exported: row.exported.map(number).transpose()?,
                rejected: row.rejected.map(number).transpose()?,
                file: row.blob_id.and_then(|id| files.remove(&id)),
                failure: row.failure_code.map(|code| Failure { code, message }),
            })
        })
        .collect()
}
