//! Document types: versioned definitions, published into an organization.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    actor::Actor,
    document_type::{DefinitionError, DocumentType, Locales},
    event::Event,
    id::{DocumentTypeId, OrganizationId, QueueId},
    policy::Action,
};
use sha2::{Digest, Sha256};

use crate::{
    App, accounts,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    permission::require,
    store::{document_type, document_type::TypeRow, task},
    unit::{Begun, Scope, Unit},
};

/// The type of documents that came without one. It has no definition, and so no fields.
pub const UNCLASSIFIED: &str = "unclassified";
pub const UNCLASSIFIED_LABEL: &str = "Unclassified";

#[derive(Clone, Debug)]
pub struct TypeRecord {
    pub id: DocumentTypeId,
    pub definition: Arc<DocumentType>,
    /// The TOML as it was published.
    pub source: String,
    /// Documents whose fields are all above their thresholds pass without a person.
    pub straight_through: bool,
}

type Key = (OrganizationId, String, u32);

/// Parsed definitions: a published version never changes.
pub(crate) struct Cache {
    locales: Locales,
    definitions: Mutex<HashMap<Key, Arc<DocumentType>>>,
}

impl Cache {
    pub fn open() -> Result<Cache, DefinitionError> {
        Ok(Cache { locales: Locales::shipped()?, definitions: Mutex::default() })
    }

    fn get(&self, key: &Key) -> Option<Arc<DocumentType>> {
        self.definitions.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn parse(&self, organization: OrganizationId, row: &TypeRow) -> Result<Arc<DocumentType>> {
        let key = (organization, row.name.clone(), row.version);
        let mut definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(definition) = definitions.get(&key) {
            return Ok(definition.clone());
        }
        let parsed = DocumentType::parse(&row.name, &row.source);
        let parsed = Arc::new(parsed.map_err(|error| InternalError::Stored(error.to_string()))?);
        definitions.insert(key, parsed.clone());
        Ok(parsed)
    }
}

impl App {
    /// The locales that a type names, in its order.
    pub(crate) fn locales_of(&self, definition: &DocumentType) -> Result<Locales> {
        let locales = self.0.types.locales.of(definition);
        locales.map_err(|error| InternalError::Stored(error.to_string()).into())
    }

    fn type_record(&self, organization: OrganizationId, row: TypeRow) -> Result<TypeRecord> {
        let definition = self.0.types.parse(organization, &row)?;
        Ok(TypeRecord { id: row.id, definition, source: row.source, straight_through: row.straight_through })
    }
}

/// Publishes a definition of the user's own into the first organization, for whoever holds the data folder.
///
/// # Errors
/// `TYPE_INVALID` with the file, line and reason; `TYPE_VERSION` when the version is not above the newest published;
/// `TYPE_RESERVED` for the name of the unclassified.
pub async fn publish_type(app: &App, file: &str, source: &str) -> Result<(String, u32)> {
    let invalid = |error: DefinitionError| Error::invalid("TYPE_INVALID", format!("{} ({})", error, error.code));
    let definition = DocumentType::parse(file, source).map_err(invalid)?;
    app.0.types.locales.of(&definition).map_err(invalid)?;
    if definition.name == UNCLASSIFIED {
        return Err(Error::invalid("TYPE_RESERVED", "The name «unclassified» is taken: choose another"));
    }
    let mut unit = app.begin(&Actor::system(accounts::first_organization(app).await?)).await?;
    let newest = document_type::newest(&unit.scope(), &definition.name).await?.map_or(0, |row| row.version);
    if definition.version <= newest {
        let message = format!("Version {newest} is published already: give the file a higher version");
        return Err(Error::invalid("TYPE_VERSION", message));
    }
    let event = publish(&mut unit, &definition, source).await?;
    unit.commit(event, vec![]).await?;
    Ok((definition.name, definition.version))
}

/// Publishes a definition in the unit, with the queue in which its documents wait.
pub(crate) async fn publish(unit: &mut Unit, definition: &DocumentType, source: &str) -> Result<Event> {
    let row = TypeRow {
        id: DocumentTypeId::generate(),
        name: definition.name.clone(),
        version: definition.version,
        source: source.to_owned(),
        straight_through: false,
    };
    document_type::insert(unit, &row).await?;
    if let Err(Error::NotFound) = task::queue_of_type(&unit.scope(), &definition.name).await {
        task::insert_queue(unit, QueueId::generate(), &definition.label, &definition.name).await?;
    }
    let definition_sha256 = audit::Digest(Sha256::digest(source).into()).to_string();
    Ok(Event::DocumentTypePublished { name: row.name, version: row.version, definition_sha256 })
}

/// The newest version of each type, by name.
pub async fn list_types(app: &App, actor: &Actor) -> Result<Vec<TypeRecord>> {
    require(app, actor, Action::ReadType).await?;
    let mut rows = document_type::list(&app.scope(actor)).await?;
    rows.dedup_by(|older, newer| older.name == newer.name);
    rows.into_iter().map(|row| app.type_record(actor.organization, row)).collect()
}

pub async fn find_types(app: &App, actor: &Actor, ids: &[DocumentTypeId]) -> Result<Vec<TypeRecord>> {
    require(app, actor, Action::ReadType).await?;
    let rows = document_type::find(&app.scope(actor), ids).await?;
    rows.into_iter().map(|row| app.type_record(actor.organization, row)).collect()
}

/// One version of a definition; `None` for what was never published, as [`UNCLASSIFIED`]. A published version never
/// changes, so it is read from the database once.
pub async fn find_definition(app: &App, actor: &Actor, name: &str, version: u32) -> Result<Option<Arc<DocumentType>>> {
    require(app, actor, Action::ReadType).await?;
    definition_of(app, &app.scope(actor), name, version).await
}

/// As [`find_definition`], for what the caller may read already.
pub(crate) async fn definition_of(
    app: &App,
    scope: &Scope<'_>,
    name: &str,
    version: u32,
) -> Result<Option<Arc<DocumentType>>> {
    if name == UNCLASSIFIED {
        return Ok(None);
    }
    if let Some(known) = app.0.types.get(&(scope.organization, name.to_owned(), version)) {
        return Ok(Some(known));
    }
    Ok(version_of(app, scope, name, version).await?.map(|record| record.definition))
}

pub(crate) async fn version_of(app: &App, scope: &Scope<'_>, name: &str, version: u32) -> Result<Option<TypeRecord>> {
    let row = document_type::version(scope, name, version).await?;
    row.map(|row| app.type_record(scope.organization, row)).transpose()
}

/// Name and version under which a document of this type is received.
///
/// # Errors
/// `TYPE_UNKNOWN`, naming the types there are.
pub(crate) async fn resolve(scope: &Scope<'_>, name: Option<&str>) -> Result<(String, u32)> {
    let name = name.unwrap_or(UNCLASSIFIED);
    if name == UNCLASSIFIED {
        return Ok((name.to_owned(), 0));
    }
    if let Some(row) = document_type::newest(scope, name).await? {
        return Ok((row.name, row.version));
    }
    let mut known: Vec<String> = document_type::list(scope).await?.into_iter().map(|row| row.name).collect();
    known.dedup();
    known.push(UNCLASSIFIED.to_owned());
    let message = format!("There is no document type of this name; there are: {}", known.join(", "));
    Err(Error::invalid("TYPE_UNKNOWN", message))
}

/// Lets documents of a type pass without a person, or stops that.
pub async fn set_straight_through(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    id: DocumentTypeId,
    on: bool,
) -> Result<DocumentTypeId> {
    require(app, actor, Action::ManageType).await?;
    let once = Once::new("set_straight_through", &key, &[id.0.as_bytes(), &[on.into()]]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let row = document_type::lock(&mut unit, id).await?;
    document_type::set_straight_through(&mut unit, id, on).await?;
    unit.commit(Event::StraightThroughSet { name: row.name, version: row.version, on }, vec![]).await?;
    Ok(id)
}
