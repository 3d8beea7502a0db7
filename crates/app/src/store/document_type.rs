//! Versions of document types, as the TOML that was published.

use domain::id::DocumentTypeId;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};

use super::{entity::document_types, number};
use crate::{
    error::{Error, Result},
    unit::{Scope, Unit},
};

pub(crate) struct TypeRow {
    pub id: DocumentTypeId,
    pub name: String,
    pub version: u32,
    pub source: String,
    pub straight_through: bool,
}

pub(crate) async fn insert(unit: &mut Unit, row: &TypeRow) -> Result<()> {
    let row = document_types::Model {
        id: row.id.0,
        organization_id: unit.actor().organization.0,
        name: row.name.clone(),
        version: number(row.version)?,
        source: row.source.clone(),
        straight_through: row.straight_through,
        created_at: unit.now().millis(),
    };
    document_types::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

pub(crate) async fn set_straight_through(unit: &mut Unit, id: DocumentTypeId, on: bool) -> Result<()> {
    document_types::Entity::update_many()
        .col_expr(document_types::Column::StraightThrough, Expr::value(on))
        .filter(document_types::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(document_types::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// By name, newest version first.
pub(crate) async fn list(scope: &Scope<'_>) -> Result<Vec<TypeRow>> {
    let rows = document_types::Entity::find()
        .filter(document_types::Column::OrganizationId.eq(scope.organization.0))
        .order_by_asc(document_types::Column::Name)
        .order_by_desc(document_types::Column::Version)
        .all(scope.connection())
        .await?;
    rows.into_iter().map(type_row).collect()
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[DocumentTypeId]) -> Result<Vec<TypeRow>> {
    let rows = document_types::Entity::find()
        .filter(document_types::Column::OrganizationId.eq(scope.organization.0))
        .filter(document_types::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    rows.into_iter().map(type_row).collect()
}

pub(crate) async fn lock(unit: &mut Unit, id: DocumentTypeId) -> Result<TypeRow> {
    use sea_orm::QuerySelect;
    let row = document_types::Entity::find_by_id(id.0)
        .filter(document_types::Column::OrganizationId.eq(unit.actor().organization.0))
        .lock_exclusive()
        .one(unit.connection())
        .await?;
    row.map(type_row).ok_or(Error::NotFound)?
}

pub(crate) async fn version(scope: &Scope<'_>, name: &str, version: u32) -> Result<Option<TypeRow>> {
    let row = document_types::Entity::find()
        .filter(document_types::Column::OrganizationId.eq(scope.organization.0))
        .filter(document_types::Column::Name.eq(name))
        .filter(document_types::Column::Version.eq(number::<i32, _>(version)?))
        .one(scope.connection())
        .await?;
    row.map(type_row).transpose()
}

/// The newest version of a type.
pub(crate) async fn newest(scope: &Scope<'_>, name: &str) -> Result<Option<TypeRow>> {
    let row = document_types::Entity::find()
        .filter(document_types::Column::OrganizationId.eq(scope.organization.0))
        .filter(document_types::Column::Name.eq(name))
        .order_by_desc(document_types::Column::Version)
        .one(scope.connection())
        .await?;
    row.map(type_row).transpose()
}

fn type_row(row: document_types::Model) -> Result<TypeRow> {
    Ok(TypeRow {
        id: DocumentTypeId(row.id),
        name: row.name,
        version: number(row.version)?,
        source: row.source,
        straight_through: row.straight_through,
    })
}
