//! Changes of fields by people, each a new version.

use domain::{
    actor::Actor,
    document::Document,
    document_type::{DocumentType, Locales},
    event::{Event, FieldChanged},
    field::{Change, ChangeError, CorrectionReason, Field, FieldMark, Value},
    id::{FieldId, TaskId},
    policy::Action,
    reading::Reading,
    region::Region,
    value::normalize,
};

use super::lock_held;
use crate::{
    App, documents,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    permission::require,
    store::{document, field, task},
    types,
    unit::{Begun, Scope, Unit},
};

/// Which field, as the reviewer saw it, under which lease.
#[derive(Clone, Copy, Debug)]
pub struct FieldEdit {
    pub field: FieldId,
    pub expected_version: u32,
    pub task: TaskId,
    pub lease_token: i64,
}

impl FieldEdit {
    fn fingerprint(&self) -> Vec<u8> {
        let mut bytes = self.field.0.as_bytes().to_vec();
        bytes.extend(self.expected_version.to_be_bytes());
        bytes.extend(self.task.0.as_bytes());
        bytes.extend(self.lease_token.to_be_bytes());
        bytes
    }
}

/// A reviewer's edit, loaded and locked.
struct Editing {
    unit: Unit,
    document: Document,
    field: Field,
    edit: FieldEdit,
}

/// Puts another value in place of the present one. The text is normalised as the field's kind asks.
///
/// # Errors
/// The `VALUE_…` codes of [`domain::value::ValueError`]; `REGION_INVALID`; conflicts `CONFLICT` (with the current
/// value) and `LEASE_LOST`.
pub async fn correct_field(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    edit: FieldEdit,
    text: String,
    regions: Vec<Region>,
    reason: CorrectionReason,
) -> Result<FieldId> {
    require(app, actor, Action::Review).await?;
    let at = format!("{regions:?}");
    let parts: [&[u8]; 4] = [&edit.fingerprint(), text.as_bytes(), at.as_bytes(), reason.word().as_bytes()];
    let once = Once::new("correct_field", &key, &parts);
    let reading = reading_of(app, actor, edit.task).await?;
    let Some(editing) = begin(app, actor, edit, once).await? else { return Ok(edit.field) };
    let value = value_of(app, &editing, reading, &text, regions).await?;
    let before = editing.field.value.clone();
    let change = editing.field.correct(edit.expected_version, value, reason);
    editing.store(change, |change| Event::FieldCorrected { change, before, reason }).await
}

/// Says that the present value is right.
///
/// # Errors
/// `NOTHING_TO_CONFIRM`; conflicts `CONFLICT` (with the current value) and `LEASE_LOST`.
pub async fn confirm_field(app: &App, actor: &Actor, key: IdempotencyKey, edit: FieldEdit) -> Result<FieldId> {
    require(app, actor, Action::Review).await?;
    let once = Once::new("confirm_field", &key, &[&edit.fingerprint()]);
    let Some(editing) = begin(app, actor, edit, once).await? else { return Ok(edit.field) };
    let change = editing.field.confirm(edit.expected_version);
    editing.store(change, |change| Event::FieldConfirmed { change }).await
}

/// Says that the paper does not give the value.
///
/// # Errors
/// Conflicts `CONFLICT` (with the current value) and `LEASE_LOST`.
pub async fn mark_field(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    edit: FieldEdit,
    mark: FieldMark,
) -> Result<FieldId> {
    require(app, actor, Action::Review).await?;
    let once = Once::new("mark_field", &key, &[&edit.fingerprint(), mark.word().as_bytes()]);
    let Some(editing) = begin(app, actor, edit, once).await? else { return Ok(edit.field) };
    let change = editing.field.mark(edit.expected_version, mark);
    editing.store(change, |change| Event::FieldMarked { change }).await
}

/// Locks task and document, and loads the field; `None` when the call was made before.
async fn begin(app: &App, actor: &Actor, edit: FieldEdit, once: Once<'_>) -> Result<Option<Editing>> {
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(None) };
    let task = lock_held(&mut unit, edit.task, edit.lease_token).await?;
    let document = document::lock(&mut unit, task.document).await?;
    let field = field::find_one(&unit.scope(), edit.field).await?;
    if field.document != document.id {
        return Err(Error::NotFound);
    }
    Ok(Some(Editing { unit, document, field, edit }))
}

impl Editing {
    async fn store(
        mut self,
        change: Result<Change, ChangeError>,
        event: impl FnOnce(FieldChanged) -> Event,
    ) -> Result<FieldId> {
        let change = match change {
            Ok(change) => change,
            Err(error) => return Err(Error::of_change(error, self.field)),
        };
        let field = field::change(&mut self.unit, self.field, change).await?;
        self.document.version += 1;
        document::update(&mut self.unit, &self.document).await?;
        self.unit.set_outcome(field.id);
        let id = field.id;
        let changed = FieldChanged {
            document: self.document.id,
            version: self.document.version,
            task: self.edit.task,
            field: field.id,
            name: field.name,
            field_version: field.version,
            status: field.status,
            value: field.value,
        };
        self.unit.commit(event(changed), vec![]).await?;
        Ok(id)
    }
}

async fn value_of(
    app: &App,
    editing: &Editing,
    reading: Option<Reading>,
    text: &str,
    regions: Vec<Region>,
) -> Result<Value> {
    let scope = editing.unit.scope();
    check_regions(&scope, &editing.document, &regions).await?;
    let (name, version) = (&editing.document.type_name, editing.document.type_version);
    let record = types::version_of(app, &scope, name, version).await?;
    let record = record.ok_or_else(|| InternalError::Stored("the type of a document with fields".into()))?;
    let definition = record.definition.field(&editing.field.name);
    let definition = definition.ok_or_else(|| InternalError::Stored("a field that its type does not know".into()))?;
    let locales = page_locales(app, reading, &record.definition)?;
    let value = normalize(definition, text, &locales);
    let value = value.map_err(|error| Error::invalid(error.code(), error.to_string()))?;
    Ok(Value { text: domain::value::single_spaced(text), value: Some(value), regions })
}

/// What was read of the task's document: a blob, so it is fetched before the unit begins.
async fn reading_of(app: &App, actor: &Actor, task: TaskId) -> Result<Option<Reading>> {
    let scope = app.scope(actor);
    let task = task::find(&scope, &[task]).await?.pop().ok_or(Error::NotFound)?;
    documents::lines_of(app, &scope, task.document).await
}

/// The locales in the order in which the page itself speaks for them: what a person types is understood as the machine
/// understood the page (03/04/2018 is a day in March or in April).
fn page_locales(app: &App, reading: Option<Reading>, definition: &DocumentType) -> Result<Locales> {
    let locales = app.locales_of(definition)?;
    Ok(reading.map_or_else(|| locales.clone(), |reading| extract::settle(&reading, &locales)))
}

async fn check_regions(scope: &Scope<'_>, document: &Document, regions: &[Region]) -> Result<()> {
    if regions.is_empty() {
        return Ok(());
    }
    let pages = document::pages_of(scope, &[document.id]).await?.len();
    let invalid = regions.len() > 64 || regions.iter().any(|region| region.page as usize >= pages);
    if invalid {
        return Err(Error::invalid("REGION_INVALID", "Send at most 64 regions, each on a page of the document"));
    }
    Ok(())
}
