//! What erasing takes out of the tables. Rows that history needs keep their ids, states and pseudonyms, and lose what
//! they say.

use domain::{
    archive::ArchiveState,
    document::DocumentState,
    id::{ActorId, BlobId, DocumentId, OrganizationId},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    entity::{
        audit_bundles, blobs, document_views, documents, exports, field_values, fields, files, memberships, pages,
        prepared_decisions, readings, sessions, signing_keys, staged_events, statements, tasks, users,
    },
    number,
};
use crate::{
    error::Result,
    unit::{Scope, Unit},
};

/// Why an archive that was ready is not there any more.
const ERASED: (&str, &str) = ("ERASED", "Something in it was erased since: request a new one");

/// Takes file, pages, readings, values and particulars of a document that is [locked](super::document::lock), and
/// leaves the row as erased by the unit's first event. The blobs that have lost their rows.
pub(crate) async fn document(unit: &mut Unit, id: DocumentId, version: u32) -> Result<Vec<BlobId>> {
    let organization = unit.actor().organization.0;
    let connection = unit.connection();
    let file: Option<Uuid> = documents::Entity::find_by_id(id.0)
        .select_only()
        .column(documents::Column::FileId)
        .into_tuple()
        .one(connection)
        .await?;
    let mut freed: Vec<Uuid> = pages::Entity::find()
        .select_only()
        .column(pages::Column::BlobId)
        .filter(pages::Column::DocumentId.eq(id.0))
        .into_tuple()
        .all(connection)
        .await?;
    let lines: Vec<Uuid> = readings::Entity::find()
        .select_only()
        .column(readings::Column::BlobId)
        .filter(readings::Column::DocumentId.eq(id.0))
        .into_tuple()
        .all(connection)
        .await?;
    let original: Vec<Option<Uuid>> = files::Entity::find()
        .select_only()
        .column(files::Column::BlobId)
        .filter(files::Column::Id.is_in(file))
        .into_tuple()
        .all(connection)
        .await?;
    freed.extend(lines);
    freed.extend(original.into_iter().flatten());
    pages::Entity::delete_many().filter(pages::Column::DocumentId.eq(id.0)).exec(connection).await?;
    readings::Entity::delete_many().filter(readings::Column::DocumentId.eq(id.0)).exec(connection).await?;
    document_views::Entity::delete_many().filter(document_views::Column::DocumentId.eq(id.0)).exec(connection).await?;
    files::Entity::update_many()
        .col_expr(files::Column::BlobId, Expr::value(None::<Uuid>))
        .col_expr(files::Column::Name, Expr::value(None::<String>))
        .filter(files::Column::Id.is_in(file))
        .exec(connection)
        .await?;
    values(unit, id).await?;
    documents::Entity::update_many()
        .col_expr(documents::Column::State, Expr::value(DocumentState::Erased.word()))
        .col_expr(documents::Column::Version, Expr::value(number::<i32, _>(version)?))
        .col_expr(documents::Column::CapturedAt, Expr::value(None::<i64>))
        .col_expr(documents::Column::DeviceId, Expr::value(None::<String>))
        .col_expr(documents::Column::Source, Expr::value(None::<String>))
        .col_expr(documents::Column::FailureMessage, Expr::value(None::<String>))
        .col_expr(documents::Column::Reasons, Expr::value("[]"))
        .col_expr(documents::Column::EraseAfter, Expr::value(None::<i64>))
        .col_expr(documents::Column::ErasedBy, Expr::value(unit.event().0))
        .filter(documents::Column::OrganizationId.eq(organization))
        .filter(documents::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    free(unit, freed).await
}

/// Fields with their versions, reasons of tasks (which may quote values), and statements, whose hashes of file and
/// fields could be guessed.
async fn values(unit: &mut Unit, id: DocumentId) -> Result<()> {
    let connection = unit.connection();
    let of_document = Query::select()
        .column(fields::Column::Id)
        .from(fields::Entity)
        .and_where(fields::Column::DocumentId.eq(id.0))
        .take();
    field_values::Entity::update_many()
        .col_expr(field_values::Column::Text, Expr::value(""))
        .col_expr(field_values::Column::Value, Expr::value(None::<String>))
        .col_expr(field_values::Column::Regions, Expr::value("[]"))
        .filter(field_values::Column::FieldId.in_subquery(of_document))
        .exec(connection)
        .await?;
    fields::Entity::update_many()
        .col_expr(fields::Column::Text, Expr::value(""))
        .col_expr(fields::Column::Value, Expr::value(None::<String>))
        .col_expr(fields::Column::Regions, Expr::value("[]"))
        .col_expr(fields::Column::CharacterConfidences, Expr::value("[]"))
        .col_expr(fields::Column::Reasons, Expr::value("[]"))
        .col_expr(fields::Column::Alternatives, Expr::value("[]"))
        .filter(fields::Column::DocumentId.eq(id.0))
        .exec(connection)
        .await?;
    tasks::Entity::update_many()
        .col_expr(tasks::Column::Reasons, Expr::value("[]"))
        .filter(tasks::Column::DocumentId.eq(id.0))
        .exec(connection)
        .await?;
    let of_tasks = Query::select()
        .column(tasks::Column::Id)
        .from(tasks::Entity)
        .and_where(tasks::Column::DocumentId.eq(id.0))
        .take();
    prepared_decisions::Entity::delete_many()
        .filter(prepared_decisions::Column::TaskId.in_subquery(of_tasks.clone()))
        .exec(connection)
        .await?;
    statements::Entity::update_many()
        .col_expr(statements::Column::SealedText, Expr::value(None::<Vec<u8>>))
        .filter(statements::Column::TaskId.in_subquery(of_tasks))
        .exec(connection)
        .await?;
    Ok(())
}

/// Deletes the rows of these blobs, whose objects are the caller's to remove after the commit.
async fn free(unit: &mut Unit, freed: Vec<Uuid>) -> Result<Vec<BlobId>> {
    blobs::Entity::delete_many()
        .filter(blobs::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(blobs::Column::Id.is_in(freed.iter().copied()))
        .exec(unit.connection())
        .await?;
    Ok(freed.into_iter().map(BlobId).collect())
}

/// Takes back the exports that may hold a document of this type; their blobs.
pub(crate) async fn exports(unit: &mut Unit, type_name: &str) -> Result<Vec<BlobId>> {
    let holding = Condition::all()
        .add(exports::Column::OrganizationId.eq(unit.actor().organization.0))
        .add(exports::Column::State.eq(ArchiveState::Ready.word()))
        .add(exports::Column::TypeName.is_null().or(exports::Column::TypeName.eq(type_name)));
    let freed: Vec<Option<Uuid>> = exports::Entity::find()
        .select_only()
        .column(exports::Column::BlobId)
        .filter(holding.clone())
        .into_tuple()
        .all(unit.connection())
        .await?;
    exports::Entity::update_many()
        .col_expr(exports::Column::State, Expr::value(ArchiveState::Failed.word()))
        .col_expr(exports::Column::BlobId, Expr::value(None::<Uuid>))
        .col_expr(exports::Column::FailureCode, Expr::value(ERASED.0))
        .col_expr(exports::Column::FailureMessage, Expr::value(ERASED.1))
        .filter(holding)
        .exec(unit.connection())
        .await?;
    free(unit, freed.into_iter().flatten().collect()).await
}

/// Takes back the bundles that may hold personal values; their blobs. One that is being made is kept from becoming
/// ready until the unit ends, and is then built again.
pub(crate) async fn bundles(unit: &mut Unit) -> Result<Vec<BlobId>> {
    let personal = Condition::all()
        .add(audit_bundles::Column::OrganizationId.eq(unit.actor().organization.0))
        .add(audit_bundles::Column::Disclosures.eq(true).or(audit_bundles::Column::Documents.eq(true)));
    let holding = personal.clone().add(audit_bundles::Column::BlobId.is_not_null());
    let freed: Vec<Option<Uuid>> = audit_bundles::Entity::find()
        .select_only()
        .column(audit_bundles::Column::BlobId)
        .filter(personal.add(audit_bundles::Column::State.ne(ArchiveState::Failed.word())))
        .order_by_asc(audit_bundles::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(unit.connection())
        .await?;
    audit_bundles::Entity::update_many()
        .col_expr(audit_bundles::Column::State, Expr::value(ArchiveState::Failed.word()))
        .col_expr(audit_bundles::Column::BlobId, Expr::value(None::<Uuid>))
        .col_expr(audit_bundles::Column::FailureCode, Expr::value(ERASED.0))
        .col_expr(audit_bundles::Column::FailureMessage, Expr::value(ERASED.1))
        .filter(holding)
        .exec(unit.connection())
        .await?;
    free(unit, freed.into_iter().flatten().collect()).await
}

/// A membership, kept from anybody else's change: whether the person was erased before. `None` for no such person.
pub(crate) async fn lock_person(unit: &mut Unit, actor: ActorId) -> Result<Option<bool>> {
    let row = memberships::Entity::find_by_id(actor.0)
        .filter(memberships::Column::OrganizationId.eq(unit.actor().organization.0))
        .lock_exclusive()
        .one(unit.connection())
        .await?;
    Ok(row.map(|row| row.erased_by.is_some()))
}

/// What of a person's signed decisions has to be kept: a document on hold, or the latest end of a retention.
pub(crate) struct KeptSignatures {
    pub on_hold: bool,
    pub retained_until: Option<Timestamp>,
}

pub(crate) async fn kept_signatures(scope: &Scope<'_>, actor: ActorId, now: Timestamp) -> Result<KeptSignatures> {
    let signed = Query::select()
        .column(tasks::Column::DocumentId)
        .from(tasks::Entity)
        .and_where(
            tasks::Column::Id.in_subquery(
                Query::select()
                    .column(statements::Column::TaskId)
                    .from(statements::Entity)
                    .and_where(statements::Column::OrganizationId.eq(scope.organization.0))
                    .and_where(statements::Column::ActorId.eq(actor.0))
                    .take(),
            ),
        )
        .take();
    let kept: Vec<(bool, Option<i64>)> = documents::Entity::find()
        .select_only()
        .columns([documents::Column::Hold, documents::Column::RetainUntil])
        .filter(documents::Column::OrganizationId.eq(scope.organization.0))
        .filter(documents::Column::State.ne(DocumentState::Erased.word()))
        .filter(documents::Column::Hold.eq(true).or(documents::Column::RetainUntil.gt(now.millis())))
        .filter(documents::Column::Id.in_subquery(signed))
        .into_tuple()
        .all(scope.connection())
        .await?;
    Ok(KeptSignatures {
        on_hold: kept.iter().any(|(hold, _)| *hold),
        retained_until: kept.iter().filter_map(|(_, until)| *until).max().map(Timestamp),
    })
}

/// Takes name, address, password, sessions, prepared decisions, texts of statements and private keys of a person. A
/// person who belongs to another organization too stays known there.
pub(crate) async fn person(unit: &mut Unit, actor: ActorId) -> Result<()> {
    let organization = unit.actor().organization.0;
    let event = unit.event().0;
    let connection = unit.connection();
    sessions::Entity::delete_many().filter(sessions::Column::ActorId.eq(actor.0)).exec(connection).await?;
    prepared_decisions::Entity::delete_many()
        .filter(prepared_decisions::Column::OrganizationId.eq(organization))
        .filter(prepared_decisions::Column::ActorId.eq(actor.0))
        .exec(connection)
        .await?;
    statements::Entity::update_many()
        .col_expr(statements::Column::SealedText, Expr::value(None::<Vec<u8>>))
        .filter(statements::Column::OrganizationId.eq(organization))
        .filter(statements::Column::ActorId.eq(actor.0))
        .exec(connection)
        .await?;
    signing_keys::Entity::update_many()
        .col_expr(signing_keys::Column::SealedSeed, Expr::value(None::<Vec<u8>>))
        .filter(signing_keys::Column::OrganizationId.eq(organization))
        .filter(signing_keys::Column::ActorId.eq(actor.0))
        .exec(connection)
        .await?;
    memberships::Entity::update_many()
        .col_expr(memberships::Column::ErasedBy, Expr::value(event))
        .filter(memberships::Column::OrganizationId.eq(organization))
        .filter(memberships::Column::ActorId.eq(actor.0))
        .exec(connection)
        .await?;
    let of_person = Query::select()
        .column(memberships::Column::UserId)
        .from(memberships::Entity)
        .and_where(memberships::Column::ActorId.eq(actor.0))
        .take();
    let known_elsewhere = Query::select()
        .column(memberships::Column::UserId)
        .from(memberships::Entity)
        .and_where(memberships::Column::ErasedBy.is_null())
        .take();
    users::Entity::update_many()
        .col_expr(users::Column::Email, Expr::value(None::<String>))
        .col_expr(users::Column::Name, Expr::value(None::<String>))
        .col_expr(users::Column::PasswordHash, Expr::value(None::<String>))
        .filter(users::Column::Id.in_subquery(of_person))
        .filter(users::Column::Id.not_in_subquery(known_elsewhere))
        .exec(connection)
        .await?;
    Ok(())
}

/// Whether anything was erased since.
pub(crate) async fn any_since(scope: &Scope<'_>, since: Timestamp) -> Result<bool> {
    let erased = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::Kind.eq("privacy.erased/v1"))
        .filter(staged_events::Column::OccurredAt.gte(since.millis()))
        .one(scope.connection())
        .await?;
    Ok(erased.is_some())
}

/// Settled documents of all organizations that their type has erased by now, those that are due longest first.
pub(crate) async fn due(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<(OrganizationId, DocumentId)>> {
    use DocumentState::{Accepted, Failed, Rejected};
    let rows: Vec<(Uuid, Uuid)> = documents::Entity::find()
        .select_only()
        .columns([documents::Column::OrganizationId, documents::Column::Id])
        .filter(documents::Column::EraseAfter.lte(now.millis()))
        .filter(documents::Column::State.is_in([Accepted, Rejected, Failed].map(DocumentState::word)))
        .filter(documents::Column::Hold.eq(false))
        .filter(documents::Column::RetainUntil.is_null().or(documents::Column::RetainUntil.lte(now.millis())))
        .order_by_asc(documents::Column::EraseAfter)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(organization, id)| (OrganizationId(organization), DocumentId(id))).collect())
}
