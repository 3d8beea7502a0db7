//! Bundles of the log, as rows.

use domain::{
    archive::ArchiveState,
    bundle::{AuditBundle, BundleKind, BundleRequest, Extent},
    document::Failure,
    id::{ActorId, AuditBundleId, BlobId, DocumentId},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{entity::audit_bundles, number, reading::archive_files, word};
use crate::{
    error::{Error, InternalError, Result},
    page::{Key, PageRequest, Slice},
    unit::{Bookkeeping, Scope, Unit},
};

pub(crate) async fn insert(unit: &mut Unit, id: AuditBundleId, request: &BundleRequest) -> Result<()> {
    let (mut document, mut subject_actor, mut period) = (None, None, None);
    match request.extent {
        Extent::Log => {}
        Extent::Document(id) => document = Some(id.0),
        Extent::Actor(id) => subject_actor = Some(id.0),
        Extent::Period { from, to } => period = Some((from.millis(), to.millis())),
    }
    let row = audit_bundles::Model {
        id: id.0,
        organization_id: unit.actor().organization.0,
        state: ArchiveState::Queued.to_string(),
        kind: request.extent.kind().to_string(),
        document_id: document,
        subject_actor_id: subject_actor,
        period_from: period.map(|(from, _)| from),
        period_to: period.map(|(_, to)| to),
        since: request.since.map(number).transpose()?,
        disclosures: request.disclosures,
        documents: request.documents,
        requested_by: unit.actor().id.0,
        requested_at: unit.now().millis(),
        finished_at: None,
        log_size: None,
        leaves: None,
        blob_id: None,
        failure_code: None,
        failure_message: None,
    };
    audit_bundles::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

pub(crate) async fn set_running(bookkeeping: &mut Bookkeeping, id: AuditBundleId) -> Result<()> {
    audit_bundles::Entity::update_many()
        .col_expr(audit_bundles::Column::State, Expr::value(ArchiveState::Running.word()))
        .filter(audit_bundles::Column::Id.eq(id.0))
        .filter(audit_bundles::Column::State.eq(ArchiveState::Queued.word()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

/// Keeps a bundle from being taken back until the unit ends.
pub(crate) async fn lock(unit: &mut Unit, id: AuditBundleId) -> Result<()> {
    audit_bundles::Entity::find_by_id(id.0)
        .filter(audit_bundles::Column::OrganizationId.eq(unit.actor().organization.0))
        .lock_exclusive()
        .one(unit.connection())
        .await?;
    Ok(())
}

pub(crate) async fn set_ready(unit: &mut Unit, id: AuditBundleId, blob: BlobId, size: u64, leaves: u64) -> Result<()> {
    audit_bundles::Entity::update_many()
        .col_expr(audit_bundles::Column::State, Expr::value(ArchiveState::Ready.word()))
        .col_expr(audit_bundles::Column::FinishedAt, Expr::value(unit.now().millis()))
        .col_expr(audit_bundles::Column::LogSize, Expr::value(number::<i64, _>(size)?))
        .col_expr(audit_bundles::Column::Leaves, Expr::value(number::<i64, _>(leaves)?))
        .col_expr(audit_bundles::Column::BlobId, Expr::value(blob.0))
        .filter(audit_bundles::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(audit_bundles::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

pub(crate) async fn set_failed(unit: &mut Unit, id: AuditBundleId, failure: &Failure) -> Result<()> {
    audit_bundles::Entity::update_many()
        .col_expr(audit_bundles::Column::State, Expr::value(ArchiveState::Failed.word()))
        .col_expr(audit_bundles::Column::FinishedAt, Expr::value(unit.now().millis()))
        .col_expr(audit_bundles::Column::FailureCode, Expr::value(failure.code.clone()))
        .col_expr(audit_bundles::Column::FailureMessage, Expr::value(failure.message.clone()))
        .filter(audit_bundles::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(audit_bundles::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Newest first.
pub(crate) async fn list(scope: &Scope<'_>, page: &PageRequest) -> Result<Slice<AuditBundle>> {
    let mut query =
        audit_bundles::Entity::find().filter(audit_bundles::Column::OrganizationId.eq(scope.organization.0));
    if let Some(key) = page.key()? {
        query =
            query.filter(super::document::before(audit_bundles::Column::RequestedAt, audit_bundles::Column::Id, key));
    }
    let rows = query
        .order_by(audit_bundles::Column::RequestedAt, Order::Desc)
        .order_by(audit_bundles::Column::Id, Order::Desc)
        .limit(page.limit() + 1)
        .all(scope.connection())
        .await?;
    let bundles = with_files(scope, rows).await?;
    Ok(page.slice(bundles, |bundle| Key { at: bundle.requested_at.millis(), id: bundle.id.0 }))
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[AuditBundleId]) -> Result<Vec<AuditBundle>> {
    let rows = audit_bundles::Entity::find()
        .filter(audit_bundles::Column::OrganizationId.eq(scope.organization.0))
        .filter(audit_bundles::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    with_files(scope, rows).await
}

/// The archive of a bundle that is ready.
pub(crate) async fn blob(scope: &Scope<'_>, id: AuditBundleId) -> Result<BlobId> {
    let row = audit_bundles::Entity::find_by_id(id.0)
        .filter(audit_bundles::Column::OrganizationId.eq(scope.organization.0))
        .one(scope.connection())
        .await?;
    row.and_then(|row| row.blob_id).map(BlobId).ok_or(Error::NotFound)
}

async fn with_files(scope: &Scope<'_>, rows: Vec<audit_bundles::Model>) -> Result<Vec<AuditBundle>> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.blob_id).collect();
    let mut files = archive_files(scope, ids).await?;
    rows.into_iter()
        .map(|row| {
            let extent = extent(&row)?;
            let message = row.failure_message.unwrap_or_default();
            Ok(AuditBundle {
                id: AuditBundleId(row.id),
                state: word(&row.state)?,
                request: BundleRequest {
                    extent,
                    since: row.since.map(number).transpose()?,
                    disclosures: row.disclosures,
                    documents: row.documents,
                },
                requested_by: ActorId(row.requested_by),
                requested_at: Timestamp(row.requested_at),
                finished_at: row.finished_at.map(Timestamp),
                size: row.log_size.map(number).transpose()?,
                leaves: row.leaves.map(number).transpose()?,
                file: row.blob_id.and_then(|id| files.remove(&id)),
                failure: row.failure_code.map(|code| Failure { code, message }),
            })
        })
        .collect()
}

fn extent(row: &audit_bundles::Model) -> Result<Extent> {
    let missing = || Error::from(InternalError::Stored("what a bundle is about".into()));
    Ok(match word(&row.kind)? {
        BundleKind::Log => Extent::Log,
        BundleKind::Document => Extent::Document(row.document_id.map(DocumentId).ok_or_else(missing)?),
        BundleKind::Actor => Extent::Actor(row.subject_actor_id.map(ActorId).ok_or_else(missing)?),
        BundleKind::Period => {
            let (from, to) = row.period_from.zip(row.period_to).ok_or_else(missing)?;
            Extent::Period { from: Timestamp(from), to: Timestamp(to) }
        }
    })
}
