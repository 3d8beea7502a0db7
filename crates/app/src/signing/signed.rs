//! Signed statements as they are shown: who, when, with what meaning, and whether the signature holds.

use std::collections::HashMap;

use audit::{
    Digest, Draft,
    signing_key::SignatureAlg,
    statement::{Statement, signed_digest},
};
use domain::{
    actor::Actor,
    id::{ActorId, EventId, TaskId},
    policy::Action,
    signing::{Custody, Meaning},
    time::Timestamp,
};

use super::enrolment;
use crate::{
    App,
    error::{InternalError, Result},
    ledger::{self, Owner},
    permission::require,
    store::{
        account, document, log, signing_key,
        signing_key::StoredKey,
        statement::{self, StatementRow},
        task,
    },
    unit::Scope,
};

#[derive(Clone, Debug)]
pub struct SignedStatement {
    pub event: EventId,
    pub task: TaskId,
    pub signer: ActorId,
    /// As it was signed; `None` once erased, as is the text.
    pub signer_name: Option<String>,
    pub text: Option<String>,
    pub meaning: Meaning,
    /// How it was signed, as the leaf says it: `server_held`, `device_ed25519`.
    pub algorithm: String,
    pub custody: Custody,
    pub kid: String,
    pub signed_at: Timestamp,
    /// Whether the signature holds now, over the hash that the event states and, while it is there, the text.
    pub verifies: bool,
    /// The event that erased the text.
    pub erased_by: Option<EventId>,
}

pub async fn statements_of_tasks(app: &App, actor: &Actor, tasks: &[TaskId]) -> Result<Vec<SignedStatement>> {
    require(app, actor, Action::ReadTask).await?;
    let scope = app.scope(actor);
    shown(app, &scope, statement::of_tasks(&scope, tasks).await?).await
}

pub async fn statements_of_events(app: &App, actor: &Actor, events: &[EventId]) -> Result<Vec<SignedStatement>> {
    require(app, actor, Action::ReadTask).await?;
    let scope = app.scope(actor);
    shown(app, &scope, statement::of_events(&scope, events).await?).await
}

async fn shown(app: &App, scope: &Scope<'_>, rows: Vec<StatementRow>) -> Result<Vec<SignedStatement>> {
    let kids: Vec<String> = rows.iter().map(|row| row.kid.clone()).collect();
    let keys = signing_key::find(scope, &kids).await?;
    let keys: HashMap<&str, &StoredKey> = keys.iter().map(|key| (key.kid.as_str(), key)).collect();
    let events: Vec<EventId> = rows.iter().map(|row| row.event).collect();
    let mut drafts = HashMap::new();
    for event in log::find_events(scope, &events).await? {
        drafts.insert(event.event, Draft::decode(&event.draft)?);
    }
    let erasures = erasures(scope, &rows).await?;
    let mut statements = Vec::with_capacity(rows.len());
    for row in rows {
        let text = match &row.sealed_text {
            Some(sealed) => ledger::open_sealed(app, scope, &Owner::actor(row.signer), sealed).await?,
            None => None,
        };
        let key = keys.get(row.kid.as_str()).ok_or_else(|| InternalError::Stored("the key of a statement".into()))?;
        let said = drafts.get(&row.event).and_then(|draft| draft.stmt.as_ref());
        let verifies = said.is_some_and(|said| holds(&row, key, said, text.as_deref()));
        let parsed = text.as_deref().and_then(|text| Statement::parse(text).ok());
        statements.push(SignedStatement {
            event: row.event,
            task: row.task,
            signer: row.signer,
            signer_name: parsed.map(|statement| statement.signer_name),
            text: text.map(|text| String::from_utf8_lossy(&text).into_owned()),
            meaning: row.meaning,
            algorithm: row.algorithm,
            custody: key.custody,
            kid: row.kid,
            signed_at: row.signed_at,
            verifies,
            erased_by: erasures.get(&row.event).copied(),
        });
    }
    Ok(statements)
}

/// The same checks as a verifier's.
fn holds(row: &StatementRow, key: &StoredKey, said: &audit::leaf::Statement, text: Option<&[u8]>) -> bool {
    let Ok(enrolment) = enrolment(&key.spki, key.custody) else { return false };
    let Ok(algorithm) = said.alg.parse::<SignatureAlg>() else { return false };
    said.kid == row.kid
        && key.actor == row.signer
        && said.sig == row.signature
        && text.is_none_or(|text| Digest::of(text) == said.sha256)
        && enrolment.verify(algorithm, &signed_digest(&said.sha256), &said.sig, None).is_ok()
}

/// Of statements without a text: the event that erased the signer or the document.
async fn erasures(scope: &Scope<'_>, rows: &[StatementRow]) -> Result<HashMap<EventId, EventId>> {
    let erased: Vec<&StatementRow> = rows.iter().filter(|row| row.sealed_text.is_none()).collect();
    if erased.is_empty() {
        return Ok(HashMap::new());
    }
    let signers: Vec<ActorId> = erased.iter().map(|row| row.signer).collect();
    let signers = account::known_actors(scope, &signers).await?;
    let tasks: Vec<TaskId> = erased.iter().map(|row| row.task).collect();
    let tasks = task::find(scope, &tasks).await?;
    let documents: Vec<_> = tasks.iter().map(|task| task.document).collect();
    let documents = document::find(scope, &documents).await?;
    let of_row = |row: &StatementRow| {
        let task = tasks.iter().find(|task| task.id == row.task)?;
        let by_document = documents.iter().find(|document| document.id == task.document)?.erased_by;
        let by_signer = signers.iter().find(|signer| signer.id == row.signer).and_then(|signer| signer.erased_by);
        Some((row.event, by_document.or(by_signer)?))
    };
    Ok(erased.into_iter().filter_map(of_row).collect())
}
