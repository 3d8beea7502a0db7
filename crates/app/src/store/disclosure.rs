//! Personal values of events, sealed, and the keys that open them.

use domain::id::{EventId, OrganizationId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::entity::{disclosures, subject_keys};
use crate::{
    error::{InternalError, Result},
    ledger::Owner,
    unit::Unit,
};

/// An owner's sealed key; `fresh` when it had none. An empty one was erased.
pub(crate) async fn key_or_insert(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    owner: &Owner,
    fresh: Vec<u8>,
) -> Result<Vec<u8>> {
    let row = subject_keys::Model {
        organization_id: organization.0,
        subject_kind: owner.kind.clone(),
        subject_id: owner.id.clone(),
        sealed: fresh,
    };
    subject_keys::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(transaction)
        .await?;
    let key = key(transaction, organization, owner).await?;
    key.ok_or_else(|| InternalError::Stored("a subject's key".into()).into())
}

pub(crate) async fn key(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    owner: &Owner,
) -> Result<Option<Vec<u8>>> {
    let id = (organization.0, owner.kind.clone(), owner.id.clone());
    Ok(subject_keys::Entity::find_by_id(id).one(connection).await?.map(|row| row.sealed))
}

/// A sealed value of an event.
pub(crate) struct SealedDisclosure {
    pub digest: [u8; 32],
    pub owner: Owner,
    pub sealed: Vec<u8>,
}

pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    event: EventId,
    sealed: Vec<SealedDisclosure>,
) -> Result<()> {
    let rows: Vec<_> = sealed
        .into_iter()
        .map(|disclosure| {
            disclosures::Model {
                organization_id: organization.0,
                digest: disclosure.digest.to_vec(),
                event_id: event.0,
                subject_kind: disclosure.owner.kind,
                subject_id: disclosure.owner.id,
                sealed: disclosure.sealed,
            }
            .into_active_model()
        })
        .collect();
    if !rows.is_empty() {
        disclosures::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Deletes all that is sealed for an owner, and its key for ever; the digests of what was deleted.
pub(crate) async fn erase(unit: &mut Unit, owner: &Owner) -> Result<Vec<Vec<u8>>> {
    let organization = unit.actor().organization.0;
    // The key first: whoever is about to seal under it waits, and is refused then.
    let erased = subject_keys::Model {
        organization_id: organization,
        subject_kind: owner.kind.clone(),
        subject_id: owner.id.clone(),
        sealed: Vec::new(),
    };
    subject_keys::Entity::insert(erased.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(unit.connection())
        .await?;
    subject_keys::Entity::update_many()
        .col_expr(subject_keys::Column::Sealed, Expr::value(Vec::<u8>::new()))
        .filter(subject_keys::Column::OrganizationId.eq(organization))
        .filter(subject_keys::Column::SubjectKind.eq(owner.kind.as_str()))
        .filter(subject_keys::Column::SubjectId.eq(owner.id.as_str()))
        .exec(unit.connection())
        .await?;
    let of_owner = disclosures::Column::OrganizationId
        .eq(organization)
        .and(disclosures::Column::SubjectKind.eq(owner.kind.as_str()))
        .and(disclosures::Column::SubjectId.eq(owner.id.as_str()));
    let digests = disclosures::Entity::find()
        .select_only()
        .column(disclosures::Column::Digest)
        .filter(of_owner.clone())
        .into_tuple()
        .all(unit.connection())
        .await?;
    disclosures::Entity::delete_many().filter(of_owner).exec(unit.connection()).await?;
    Ok(digests)
}
