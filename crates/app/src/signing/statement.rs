//! The statement that a reviewer is asked to sign, over one version of a document, good for a while and for once.

use std::time::Duration;

use audit::{
    Digest, Hash, canonical,
    signing_key::Kid,
    statement::{Nonce, Statement, signed_digest},
    value::object,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    actor::Actor,
    document::Document,
    event::Event,
    field::Field,
    id::{DocumentId, OrganizationId, PreparedDecisionId},
    signing::{Custody, Meaning},
    task::Decision,
    time::Timestamp,
};
use tokio::time::{Instant, sleep};

use super::key::{enrol_in_present_log, require_signer, server_held, signing_keys, unknown_key};
use crate::{
    App,
    error::{Error, InternalError, Result},
    idempotency::{self, IdempotencyKey},
    ledger::{self, Owner},
    review::{self, Verdict},
    secrets::random,
    store::{
        document, field, reading, signing_key,
        statement::{self, LastContent, NewStatement, PreparedRow},
        task,
    },
    types::{self, TypeRecord},
    unit::Scope,
};

/// How often the log is looked at while a statement waits for it.
const LOOK: Duration = Duration::from_millis(20);

/// What the reviewer means to sign, and with what.
#[derive(Clone, Debug)]
pub struct Wish {
    pub verdict: Verdict,
    /// That of the document type where there is none.
    pub meaning: Option<Meaning>,
    /// The key that the server holds where there is none.
    pub kid: Option<String>,
}

/// A statement that waits for its signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub id: PreparedDecisionId,
    pub text: String,
    /// What is signed, in base64url without padding: 32 bytes.
    pub challenge: String,
    pub expires_at: Timestamp,
    pub kid: String,
    pub custody: Custody,
}

/// Writes the statement for a decision on the document as it is now. The same call again answers with the same one.
///
/// # Errors
/// `SIGNATURE_NOT_ASKED` where the type asks for none, `MEANING_MISMATCH`, `SIGNING_KEY_UNKNOWN`, those of
/// [`review::decide_task`], and conflict `LOG_CATCHING_UP` while the steps before are not in the log.
pub async fn prepare_decision(app: &App, actor: &Actor, key: IdempotencyKey, wish: Wish) -> Result<Prepared> {
    require_signer(app, actor).await?;
    let verdict = wish.verdict.checked()?;
    let scope = app.scope(actor);
    let id = id_of(app, actor, &key);
    if let Some(prepared) = find_prepared(app, &scope, id).await? {
        return prepared.for_the_same(&verdict);
    }
    let task = task::find(&scope, &[verdict.task]).await?.pop().ok_or(Error::NotFound)?;
    if !task.is_held(actor.id, verdict.lease_token, app.now()) {
        return Err(review::lease_lost());
    }
    let record = type_of(app, &scope, &find(&scope, task.document).await?).await?;
    let record = record.filter(|record| record.definition.signing.required).ok_or_else(not_asked)?;
    if verdict.decision == Decision::Approve {
        review::refuse_open_fields(&scope, task.document).await?;
    }
    let meaning = meaning(verdict.decision, wish.meaning, record.definition.signing.meaning)?;
    let kid = choose_key(app, actor, wish.kid).await?;
    enrol_in_present_log(app, actor, &kid).await?;
    let prior = await_place(app, &scope, task.document).await?;
    // The version first: whatever changes after it makes the statement stale.
    let document = find(&scope, task.document).await?;
    let fields = field::of_documents(&scope, &[document.id]).await?;
    let file = document::file_blob(&scope, document.file).await?;
    let statement = Statement {
        log: ledger::origin(app.host(), ledger::present_log(app, actor.organization).await?),
        document: document.id.to_string(),
        version: document.version.into(),
        document_sha256: reading::find_blob(&scope, file).await?.sha256,
        fields_sha256: fields_sha256(&fields)?,
        prior_subject_leaf: prior,
        decision: in_words(verdict.decision.word())?,
        meaning: in_words(&meaning.word().to_lowercase())?,
        signer_name: super::one_line(&actor.name),
        signer_id: actor.id.to_string(),
        role: actor.role.map(|role| role.word().to_owned()).unwrap_or_default(),
        reason: verdict.reason.clone(),
        time: ledger::millis(app.now())?,
        policy_sha256: Digest::of(record.source.as_bytes()),
        key_id: in_words::<Kid>(&kid)?,
        nonce: Nonce(random()),
    };
    let text = statement
        .write()
        .map_err(|error| Error::invalid("STATEMENT_INVALID", format!("A statement can't say this: {error}")))?;
    let expires_at = app.now().plus_seconds(app.settings().statement_seconds);
    let mut bookkeeping = app.bookkeeping().await?;
    let owner = Owner::actor(actor.id);
    let sealed =
        ledger::seal_values(app, bookkeeping.connection(), actor.organization, &owner, &[text.as_bytes()]).await?;
    let prepared = NewStatement {
        id,
        organization: actor.organization,
        signer: actor.id,
        task: task.id,
        document_version: document.version,
        decision: verdict.decision,
        meaning,
        kid: &kid,
        sealed: sealed.concat(),
        expires_at,
    };
    statement::insert_prepared(&mut bookkeeping, prepared).await?;
    bookkeeping.commit().await?;
    // Another call with this key may have been quicker.
    let stored = find_prepared(app, &scope, id).await?.ok_or(Error::NotFound)?;
    stored.for_the_same(&verdict)
}

/// One call has one id: there is nothing to remember beside the statement itself.
fn id_of(app: &App, actor: &Actor, key: &IdempotencyKey) -> PreparedDecisionId {
    let call = format!("{}/{}", actor.id, key.as_str());
    PreparedDecisionId(app.secrets().named_id(actor.organization, "prepared decision", &call))
}

async fn find_prepared(app: &App, scope: &Scope<'_>, id: PreparedDecisionId) -> Result<Option<Stored>> {
    let Some(row) = statement::find_prepared(scope, id).await? else { return Ok(None) };
    let text = ledger::open_sealed(app, scope, &Owner::actor(row.signer), &row.sealed).await?;
    let text = text.and_then(|text| String::from_utf8(text).ok());
    let text = text.ok_or_else(|| InternalError::Stored("a prepared statement".into()))?;
    let custody = signing_key::find(scope, std::slice::from_ref(&row.kid)).await?.pop().map(|key| key.custody);
    let custody = custody.ok_or_else(|| InternalError::Stored("the key of a statement".into()))?;
    Ok(Some(Stored { id, row, text, custody }))
}

struct Stored {
    id: PreparedDecisionId,
    row: PreparedRow,
    text: String,
    custody: Custody,
}

impl Stored {
    fn for_the_same(self, verdict: &Verdict) -> Result<Prepared> {
        let said = Statement::parse(self.text.as_bytes()).map_err(|error| InternalError::Stored(error.to_string()))?;
        if self.row.task != verdict.task || self.row.decision != verdict.decision || said.reason != verdict.reason {
            return Err(idempotency::reused());
        }
        Ok(Prepared {
            id: self.id,
            challenge: URL_SAFE_NO_PAD.encode(signed_digest(&Digest::of(self.text.as_bytes())).as_bytes()),
            text: self.text,
            expires_at: self.row.expires_at,
            kid: self.row.kid,
            custody: self.custody,
        })
    }
}

/// Forgets statements whose time is over.
pub(crate) async fn forget_prepared(app: &App) -> Result<()> {
    let mut bookkeeping = app.bookkeeping().await?;
    statement::forget_prepared(&mut bookkeeping).await?;
    bookkeeping.commit().await
}

pub(super) fn not_asked() -> Error {
    Error::invalid("SIGNATURE_NOT_ASKED", "Decisions on documents of this type are not signed")
}

async fn find(scope: &Scope<'_>, id: DocumentId) -> Result<Document> {
    document::find(scope, &[id]).await?.pop().ok_or(Error::NotFound)
}

pub(super) async fn type_of(app: &App, scope: &Scope<'_>, document: &Document) -> Result<Option<TypeRecord>> {
    types::version_of(app, scope, &document.type_name, document.type_version).await
}

/// What the signature says: a rejection is one, and nothing else is.
fn meaning(decision: Decision, wished: Option<Meaning>, of_type: Meaning) -> Result<Meaning> {
    let usual = match decision {
        Decision::Approve => of_type,
        Decision::Reject => Meaning::Rejection,
        // Who hands it on has looked at it, and has not decided.
        Decision::Escalate => Meaning::Review,
    };
    let meaning = wished.unwrap_or(usual);
    if (meaning == Meaning::Rejection) != (decision == Decision::Reject) {
        let message = "A rejection is signed with the meaning REJECTION, and nothing else is";
        return Err(Error::invalid("MEANING_MISMATCH", message));
    }
    Ok(meaning)
}

async fn choose_key(app: &App, actor: &Actor, wished: Option<String>) -> Result<String> {
    let Some(kid) = wished else { return server_held(app, actor).await };
    let own = signing_keys(app, actor).await?.into_iter().find(|key| key.kid == kid && key.revoked_at.is_none());
    Ok(own.ok_or_else(unknown_key)?.kid)
}

/// Waits until the steps of a document have their places in the log; the hash of the last one's leaf.
async fn await_place(app: &App, scope: &Scope<'_>, id: DocumentId) -> Result<Hash> {
    let deadline = Instant::now() + Duration::from_millis(app.settings().statement_wait_millis);
    loop {
        match statement::last_content(scope, id).await? {
            LastContent::Present(hash) => return Ok(hash),
            LastContent::Earlier { .. } => continue_document(app, scope.organization, id).await?,
            LastContent::Waiting => {}
        }
        if Instant::now() >= deadline {
            let message = "The steps before this one are not in the log yet: try again in a moment";
            return Err(Error::conflict("LOG_CATCHING_UP", message));
        }
        app.wake().sequencer.notify_one();
        sleep(LOOK).await;
    }
}

/// Says in the present log where the document's last event stands, which is in one that was recovered since: a
/// statement names a leaf of its own log.
async fn continue_document(app: &App, organization: OrganizationId, id: DocumentId) -> Result<()> {
    let mut unit = app.begin(&Actor::system(organization)).await?;
    let version = document::lock(&mut unit, id).await?.version;
    // Another statement may have been quicker.
    let LastContent::Earlier { log, seq, hash } = statement::last_content(&unit.scope(), id).await? else {
        return Ok(());
    };
    let (log, leaf) = (ledger::origin(app.host(), log), hash.to_string());
    unit.commit(Event::DocumentContinued { document: id, version, log, seq, leaf }, vec![]).await
}

/// Of the canonical array of the fields, in the order of the type.
fn fields_sha256(fields: &[Field]) -> Result<Digest> {
    let fields = fields.iter().map(|field| {
        let mut members = vec![
            ("name", field.name.as_str().into()),
            ("status", field.status.word().into()),
            ("text", field.value.text.as_str().into()),
            ("version", field.version.into()),
        ];
        members.extend(field.value.value.as_deref().map(|value| ("value", value.into())));
        object(members)
    });
    let bytes = canonical::encode(&audit::Value::Array(fields.collect())).map_err(audit::leaf::LeafError::from)?;
    Ok(Digest::of(&bytes))
}

/// One of our words as `audit` knows it.
fn in_words<T: std::str::FromStr<Err: std::fmt::Display>>(word: &str) -> Result<T> {
    word.parse().map_err(|error: T::Err| InternalError::Other(error.to_string()).into())
}
