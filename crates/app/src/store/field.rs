//! Fields, and the versions of their values, which are only ever added.

use domain::{
    field::{Change, Field, FieldValue, Value},
    id::{ActorId, DocumentId, EventId, FieldId, FieldValueId},
    ppm::Ppm,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    entity::{field_values, fields},
    from_json, number, to_json, word,
};
use crate::{
    error::{Error, Result},
    unit::{Scope, Unit},
};

/// Inserts the fields of a document in the order of its type, each with its first version.
pub(crate) async fn insert(unit: &mut Unit, new: &[Field]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let organization_id = unit.actor().organization.0;
    let rows = new
        .iter()
        .enumerate()
        .map(|(position, field)| {
            Ok(fields::Model {
                id: field.id.0,
                organization_id,
                document_id: field.document.0,
                position: number(position)?,
                name: field.name.clone(),
                version: number(field.version)?,
                status: field.status.to_string(),
                text: field.value.text.clone(),
                value: field.value.value.clone(),
                regions: to_json(&field.value.regions)?,
                confidence: number(field.confidence.get())?,
                character_confidences: to_json(&field.character_confidences)?,
                reasons: to_json(&field.reasons)?,
                alternatives: to_json(&field.alternatives)?,
            }
            .into_active_model())
        })
        .collect::<Result<Vec<_>>>()?;
    fields::Entity::insert_many(rows).exec_without_returning(unit.connection()).await?;
    let values = new
        .iter()
        .map(|field| version_row(unit, field, Some(field.confidence), None))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .map(IntoActiveModel::into_active_model);
    field_values::Entity::insert_many(values).exec_without_returning(unit.connection()).await?;
    Ok(())
}

fn version_row(
    unit: &Unit,
    field: &Field,
    confidence: Option<Ppm>,
    reason: Option<domain::field::CorrectionReason>,
) -> Result<field_values::Model> {
    Ok(field_values::Model {
        id: FieldValueId::generate().0,
        organization_id: unit.actor().organization.0,
        field_id: field.id.0,
        version: number(field.version)?,
        status: field.status.to_string(),
        text: field.value.text.clone(),
        value: field.value.value.clone(),
        regions: to_json(&field.value.regions)?,
        confidence: confidence.map(|confidence| number(confidence.get())).transpose()?,
        reason: reason.map(|reason| reason.to_string()),
        actor_id: unit.actor().id.0,
        event_id: unit.event().0,
        at: unit.now().millis(),
    })
}

/// Stores where a field was routed. This is no new version: the value is the same.
pub(crate) async fn set_routing(unit: &mut Unit, field: &Field) -> Result<()> {
    fields::Entity::update_many()
        .col_expr(fields::Column::Status, Expr::value(field.status.word()))
        .col_expr(fields::Column::Reasons, Expr::value(to_json(&field.reasons)?))
        .filter(fields::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(fields::Column::Id.eq(field.id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Adds the version that a person's change makes, and returns the field as it is then. The document must be
/// [locked](super::document::lock).
pub(crate) async fn change(unit: &mut Unit, field: Field, change: Change) -> Result<Field> {
    let reason = change.reason;
    let changed = Field { version: field.version + 1, status: change.status, value: change.value, ..field };
    let row = version_row(unit, &changed, None, reason)?;
    field_values::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    fields::Entity::update_many()
        .col_expr(fields::Column::Version, Expr::value(number::<i32, _>(changed.version)?))
        .col_expr(fields::Column::Status, Expr::value(changed.status.word()))
        .col_expr(fields::Column::Text, Expr::value(changed.value.text.clone()))
        .col_expr(fields::Column::Value, Expr::value(changed.value.value.clone()))
        .col_expr(fields::Column::Regions, Expr::value(to_json(&changed.value.regions)?))
        .filter(fields::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(fields::Column::Id.eq(changed.id.0))
        .exec(unit.connection())
        .await?;
    Ok(changed)
}

/// By document, in the order of the type.
pub(crate) async fn of_documents(scope: &Scope<'_>, of: &[DocumentId]) -> Result<Vec<Field>> {
    find_where(scope, fields::Column::DocumentId.is_in(of.iter().map(|id| id.0))).await
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[FieldId]) -> Result<Vec<Field>> {
    find_where(scope, fields::Column::Id.is_in(ids.iter().map(|id| id.0))).await
}

pub(crate) async fn find_one(scope: &Scope<'_>, id: FieldId) -> Result<Field> {
    find(scope, &[id]).await?.pop().ok_or(Error::NotFound)
}

async fn find_where(scope: &Scope<'_>, wanted: impl sea_orm::sea_query::IntoCondition) -> Result<Vec<Field>> {
    let rows = fields::Entity::find()
        .filter(fields::Column::OrganizationId.eq(scope.organization.0))
        .filter(wanted.into_condition())
        .order_by_asc(fields::Column::DocumentId)
        .order_by_asc(fields::Column::Position)
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Field {
                id: FieldId(row.id),
                document: DocumentId(row.document_id),
                name: row.name,
                version: number(row.version)?,
                status: word(&row.status)?,
                value: Value { text: row.text, value: row.value, regions: from_json(&row.regions)? },
                confidence: Ppm::new(number(row.confidence)?),
                character_confidences: from_json(&row.character_confidences)?,
                reasons: from_json(&row.reasons)?,
                alternatives: from_json(&row.alternatives)?,
            })
        })
        .collect()
}

/// The versions of fields, by field and version.
pub(crate) async fn values_of(scope: &Scope<'_>, of: &[FieldId]) -> Result<Vec<FieldValue>> {
    let rows = field_values::Entity::find()
        .filter(field_values::Column::OrganizationId.eq(scope.organization.0))
        .filter(field_values::Column::FieldId.is_in(of.iter().map(|id| id.0)))
        .order_by_asc(field_values::Column::FieldId)
        .order_by_asc(field_values::Column::Version)
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(FieldValue {
                field: FieldId(row.field_id),
                version: number(row.version)?,
                status: word(&row.status)?,
                value: Value { text: row.text, value: row.value, regions: from_json(&row.regions)? },
                confidence: row.confidence.map(|parts| number(parts).map(Ppm::new)).transpose()?,
                reason: row.reason.as_deref().map(word).transpose()?,
                actor: ActorId(row.actor_id),
                event: EventId(row.event_id),
                at: Timestamp(row.at),
            })
        })
        .collect()
}
