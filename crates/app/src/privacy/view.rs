//! Who looked at which document, where that is to be recorded: one event an actor, document and hour. It is no change:
//! it moves neither the document's version nor its chain of content.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use domain::{
    actor::{Actor, ActorKind},
    document::{Document, DocumentState},
    event::Event,
    id::{ActorId, DocumentId},
};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    error::Result,
    store::{document, view},
    types,
    unit::Scope,
};

/// Whose documents' viewers are recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordViews {
    Off,
    /// Of types that say that they are sensitive.
    #[default]
    Sensitive,
    All,
}

const HOUR: i64 = 3_600_000;
/// More views than this are not remembered here, and are looked up instead.
const MAX_REMEMBERED: usize = 100_000;

/// Views of this hour that need no second look.
#[derive(Default)]
pub(crate) struct Views(Mutex<(i64, HashSet<(ActorId, DocumentId)>)>);

impl Views {
    fn unseen(&self, hour: i64, actor: ActorId, documents: &[DocumentId]) -> Vec<DocumentId> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 != hour || seen.1.len() > MAX_REMEMBERED {
            *seen = (hour, HashSet::new());
        }
        let mut unseen: Vec<DocumentId> =
            documents.iter().copied().filter(|document| !seen.1.contains(&(actor, *document))).collect();
        unseen.sort_unstable();
        unseen.dedup();
        unseen
    }

    fn remember(&self, hour: i64, actor: ActorId, documents: impl IntoIterator<Item = DocumentId>) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 == hour {
            seen.1.extend(documents.into_iter().map(|document| (actor, document)));
        }
    }
}

/// Forgets what was noted for hours that are over.
pub(crate) async fn forget_views(app: &App) -> Result<()> {
    let mut bookkeeping = app.bookkeeping().await?;
    view::forget_before(&mut bookkeeping, app.now().millis() / HOUR - 1).await?;
    bookkeeping.commit().await
}

/// Records that the actor looks at what documents say.
///
/// # Errors
/// When a look at a sensitive document can't be recorded: then it can't be had.
pub(crate) async fn record_views(app: &App, actor: &Actor, documents: &[DocumentId]) -> Result<()> {
    let setting = app.settings().record_views;
    if setting == RecordViews::Off || actor.kind == ActorKind::System {
        return Ok(());
    }
    let hour = app.now().millis() / HOUR;
    let unseen = app.views().unseen(hour, actor.id, documents);
    if unseen.is_empty() {
        return Ok(());
    }
    let scope = app.scope(actor);
    let (mut sensitive, mut others) = (Vec::new(), Vec::new());
    for document in document::find(&scope, &unseen).await? {
        if document.state == DocumentState::Erased {
            continue;
        }
        let of = if is_sensitive(app, &scope, &document).await? { &mut sensitive } else { &mut others };
        of.push(document);
    }
    record(app, actor, hour, &sensitive).await?;
    if setting == RecordViews::All
        && let Err(error) = record(app, actor, hour, &others).await
    {
        tracing::error!(%error, "a look at documents was not recorded");
    }
    app.views().remember(hour, actor.id, unseen);
    Ok(())
}

async fn is_sensitive(app: &App, scope: &Scope<'_>, document: &Document) -> Result<bool> {
    let definition = types::definition_of(app, scope, &document.type_name, document.type_version).await?;
    Ok(definition.is_some_and(|definition| definition.sensitive))
}

async fn record(app: &App, actor: &Actor, hour: i64, documents: &[Document]) -> Result<()> {
    if documents.is_empty() {
        return Ok(());
    }
    let mut unit = app.begin(actor).await?;
    let mut events = Vec::new();
    for document in documents {
        if view::insert(&mut unit, document.id, hour).await? {
            events.push(Event::DocumentViewed { document: document.id, version: document.version });
        }
    }
    let Some(last) = events.pop() else { return Ok(()) };
    unit.commit(last, events).await
}
