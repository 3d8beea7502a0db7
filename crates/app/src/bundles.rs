//! Bundles: the log, or a part of it, for auditors who verify it without us. The format is in docs/bundles.md.

mod cover;
mod cut;
mod outside;
mod package;
mod part;
mod readme;
mod whole;

use std::path::Path;

use audit::Leaf;
use domain::{
    actor::Actor,
    bundle::{AuditBundle, BundleRequest, Extent},
    document::Failure,
    event::Event,
    id::{AuditBundleId, OrganizationId},
    job::JobKind,
    policy::Action,
};

use self::{
    cut::Cut,
    package::{Package, Packed},
};
use crate::{
    App,
    error::{Error, InternalError, Result},
    exports::ExportDownload,
    idempotency::{IdempotencyKey, Once},
    jobs::{Claim, Done},
    ledger::{self, broken, keys::keys_of},
    page::{PageRequest, Slice},
    permission::require,
    store::{
        account, bundle, document, evidence, job,
        log::{self, CheckpointRow, LeafRow, LogId},
        reading,
    },
    unit::{Begun, Scope, Unit},
};

/// Told of leaves that are in, and of how many there will be.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Asks for a bundle, which a job makes.
///
/// # Errors
/// `PERIOD_EMPTY`, `SINCE_AHEAD`; not found for a document or an actor that the log does not know.
pub async fn request_audit_bundle(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    request: BundleRequest,
) -> Result<AuditBundleId> {
    require(app, actor, Action::ExportAudit).await?;
    if request.disclosures {
        require(app, actor, Action::ReadPersonal).await?;
    }
    if request.documents {
        require(app, actor, Action::ReadDocument).await?;
    }
    let wanted = format!("{request:?}");
    let once = Once::new("request_audit_bundle", &key, &[wanted.as_bytes()]);
    let mut unit = match app.begin_once(actor, &once).await? {
        Begun::Fresh(unit) => unit,
        Begun::Replayed(outcome) => {
            return outcome.parse().map_err(|_| InternalError::Stored("an outcome".into()).into());
        }
    };
    let id = AuditBundleId::generate();
    bundle::insert(&mut unit, id, &request).await?;
    job::enqueue(&mut unit, JobKind::BuildAuditBundle, id.0, 0).await?;
    unit.set_outcome(id);
    commit_request(unit, id, &request).await?;
    Ok(id)
}

/// Records that a bundle is asked for. A document's chain gets its head in the same transaction, before the request:
/// what covers the request covers the head.
async fn commit_request(mut unit: Unit, id: AuditBundleId, request: &BundleRequest) -> Result<()> {
    check(&unit, request).await?;
    let requested = Event::AuditBundleRequested {
        bundle: id,
        kind: request.extent.kind().word().to_lowercase(),
        disclosures: request.disclosures,
        documents: request.documents,
    };
    let Extent::Document(document) = request.extent else { return unit.commit(requested, vec![]).await };
    let version = document::lock(&mut unit, document).await?.version;
    unit.commit(Event::SubjectHead { document, version, bundle: id }, vec![requested]).await
}

async fn check(unit: &Unit, request: &BundleRequest) -> Result<()> {
    let scope = unit.scope();
    if let Extent::Period { from, to } = request.extent
        && from >= to
    {
        return Err(Error::invalid("PERIOD_EMPTY", "The period ends before it begins: `to` must be after `from`"));
    }
    if let Extent::Actor(actor) = request.extent
        && !evidence::has_acted(&scope, actor).await?
    {
        return Err(Error::NotFound);
    }
    let Some(since) = request.since else { return Ok(()) };
    let size = log::head(scope.connection(), scope.organization).await?.map_or(0, |head| head.size);
    if since == 0 || since > size {
        let message = format!(
            "The log has {size} leaves: a checkpoint of {since} is of another log, or this one was set back. Name the \
             size in the second line of your checkpoint"
        );
        return Err(Error::invalid("SINCE_AHEAD", message));
    }
    Ok(())
}

/// Newest first.
pub async fn list_audit_bundles(app: &App, actor: &Actor, page: PageRequest) -> Result<Slice<AuditBundle>> {
    require(app, actor, Action::ExportAudit).await?;
    bundle::list(&app.scope(actor), &page).await
}

pub async fn find_audit_bundles(app: &App, actor: &Actor, ids: &[AuditBundleId]) -> Result<Vec<AuditBundle>> {
    require(app, actor, Action::ExportAudit).await?;
    bundle::find(&app.scope(actor), ids).await
}

/// The archive of a bundle that is ready, to those who may see all that is in it.
pub async fn audit_bundle_file(app: &App, actor: &Actor, id: AuditBundleId) -> Result<ExportDownload> {
    require(app, actor, Action::ExportAudit).await?;
    let scope = app.scope(actor);
    let bundle = bundle::find(&scope, &[id]).await?.pop().ok_or(Error::NotFound)?;
    if bundle.request.disclosures {
        require(app, actor, Action::ReadPersonal).await?;
    }
    if bundle.request.documents {
        require(app, actor, Action::ReadDocument).await?;
    }
    let blob = bundle::blob(&scope, id).await?;
    let (byte_size, chunks) = app.blobs().stream(&scope, blob).await?;
    Ok(ExportDownload { byte_size, chunks })
}

/// The job behind [`Event::AuditBundleBuilt`].
pub(crate) async fn build_audit_bundle(app: &App, actor: &Actor, claim: &Claim, id: AuditBundleId) -> Result<Done> {
    let scope = app.scope(actor);
    let Some(asked) = bundle::find(&scope, &[id]).await?.pop() else { return Ok(Done::Nothing) };
    if asked.state.is_settled() {
        return Ok(Done::Nothing);
    }
    let mut bookkeeping = app.bookkeeping().await?;
    bundle::set_running(&mut bookkeeping, id).await?;
    bookkeeping.commit().await?;
    ledger::settle(app, scope.organization).await?;
    // Another server may be the one that signs.
    let Some(built) = build_blob(app, &scope, id, asked.request).await.transpose() else { return Ok(Done::NotYet) };

    let mut unit = app.begin(actor).await?;
    if !job::finish(&mut unit, claim).await? {
        return Ok(Done::Nothing);
    }
    match built {
        Ok(built) => hand_out(app, unit, id, built).await?,
        // What trying again does not change.
        Err(Error::Invalid { code, message }) => {
            bundle::set_failed(&mut unit, id, &Failure { code: code.to_owned(), message }).await?;
            unit.commit(Event::AuditBundleFailed { bundle: id, code: code.to_owned() }, vec![]).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(Done::Committed)
}

/// `None` until the request of the bundle is a leaf and that leaf is signed.
pub(crate) async fn build_blob(
    app: &App,
    scope: &Scope<'_>,
    id: AuditBundleId,
    request: BundleRequest,
) -> Result<Option<Built>> {
    let Some(covering) = cover::covering(scope, id).await? else { return Ok(None) };
    let package = Package::into_blob(app, app.blobs().writer(scope.organization).await?);
    build(app, scope, id, request, covering, package, &|_, _| {}).await.map(Some)
}

/// Makes a bundle ready that was built, unless something was erased meanwhile: then the next attempt builds it again.
pub(crate) async fn hand_out(app: &App, mut unit: Unit, id: AuditBundleId, built: Built) -> Result<()> {
    let blob = built.packed.blob.as_ref().ok_or_else(|| InternalError::Other("a bundle is no blob".into()))?;
    // Whoever erases holds this row, or waits for it and takes the bundle back.
    bundle::lock(&mut unit, id).await?;
    if evidence::erased_since(&unit.scope(), built.log, built.size).await? {
        drop(unit);
        app.blobs().delete(built.log.organization, blob.id).await?;
        return Err(erased_meanwhile());
    }
    reading::insert_blob(&mut unit, blob).await?;
    bundle::set_ready(&mut unit, id, blob.id, built.size, built.leaves).await?;
    unit.commit(built.event(id), vec![]).await
}

fn erased_meanwhile() -> Error {
    let message = "something was erased while the bundle was made: the next attempt takes a later checkpoint";
    InternalError::Other(message.into()).into()
}

/// Makes a bundle at `out`, for whoever holds the data folder: a `.tar` where its name ends so, a folder otherwise.
///
/// # Errors
/// As [`request_audit_bundle`]; `OUT_EXISTS`, `OUT_UNWRITABLE`; `LOG_NOT_SIGNED` when a server runs and does not sign;
/// `LOG_BROKEN`.
pub async fn export_audit(
    app: &App,
    organization: OrganizationId,
    request: BundleRequest,
    out: &Path,
    progress: Progress<'_>,
) -> Result<Exported> {
    let actor = Actor::system(organization);
    let scope = app.scope(&actor);
    let package = Package::into_file(app, out)?;
    let id = AuditBundleId::generate();
    commit_request(app.begin(&actor).await?, id, &request).await?;
    let covering = cover::await_covering(app, &scope, id).await?;
    match build(app, &scope, id, request, covering, package, progress).await {
        Ok(built) => {
            app.begin(&actor).await?.commit(built.event(id), vec![]).await?;
            Ok(Exported { size: built.size, leaves: built.leaves, byte_size: built.packed.byte_size })
        }
        Err(error) => {
            let code = if let Error::Invalid { code, .. } = &error { code } else { "BUNDLE_GAVE_UP" };
            let failed = Event::AuditBundleFailed { bundle: id, code: code.to_owned() };
            app.begin(&actor).await?.commit(failed, vec![]).await?;
            Err(error)
        }
    }
}

/// What [`export_audit`] made.
pub struct Exported {
    /// Of the log under the bundle's checkpoint.
    pub size: u64,
    pub leaves: u64,
    pub byte_size: u64,
}

/// The organization that the command line means when it names none.
///
/// # Errors
/// `ORGANIZATION_UNKNOWN` when there are several, or none of this id.
pub async fn organization_of_command(app: &App, named: Option<OrganizationId>) -> Result<OrganizationId> {
    let all = account::organizations(app.store().reader()).await?;
    let mut own = all.iter().map(|(id, _)| *id).filter(|id| match named {
        Some(named) => *id == named,
        None => *id != OrganizationId::OPERATOR,
    });
    match (own.next(), own.next()) {
        (Some(id), None) => Ok(id),
        _ => {
            let ids: Vec<String> = all.iter().map(|(id, name)| format!("{id} ({name})")).collect();
            let message = format!("Name one of these with --organization: {}", ids.join(", "));
            Err(Error::invalid("ORGANIZATION_UNKNOWN", message))
        }
    }
}

/// A bundle that is whole, and that nobody can get yet.
pub(crate) struct Built {
    packed: Packed,
    log: LogId,
    size: u64,
    leaves: u64,
}

impl Built {
    fn event(&self, bundle: AuditBundleId) -> Event {
        Event::AuditBundleBuilt {
            bundle,
            sha256: self.packed.sha256.to_string(),
            byte_size: self.packed.byte_size,
            size: self.size,
            leaves: self.leaves,
        }
    }
}

async fn build(
    app: &App,
    scope: &Scope<'_>,
    bundle: AuditBundleId,
    request: BundleRequest,
    (log, checkpoint): (LogId, CheckpointRow),
    mut package: Package,
    progress: Progress<'_>,
) -> Result<Built> {
    let origin = ledger::origin(app.host(), log);
    if let Some(alarm) = app.alarm().of(&origin) {
        return Err(broken(&alarm));
    }
    let keys = keys_of(app, log, &origin).await?.iter().map(|key| key.verifier_key.parse()).collect::<Result<_, _>>();
    let keys = keys.map_err(|error: audit::note::KeyError| InternalError::Stored(format!("a key: {error}")))?;
    let cut = Cut { bundle, log, request, made_at: app.now(), origin, checkpoint, keys };
    let leaves = match request.extent {
        Extent::Log => {
            cut.add_frame(&mut package, None).await?;
            whole::add_log(app, scope, &cut, &mut package, progress).await?
        }
        _ => part::add_part(app, scope, &cut, &mut package, progress).await?,
    };
    let size = cut.size();
    if evidence::erased_since(scope, log, size).await? {
        return Err(erased_meanwhile());
    }
    Ok(Built { packed: package.finish().await?, log, size, leaves })
}

fn parse(leaf: &LeafRow) -> Result<Leaf> {
    Leaf::parse(&leaf.bytes).map_err(|error| broken(&format!("leaf {}: {error}", leaf.seq)))
}

/// After its job's last attempt.
pub(crate) async fn give_up(app: &App, actor: &Actor, id: AuditBundleId) -> Result<()> {
    let failure = Failure {
        code: "BUNDLE_GAVE_UP".into(),
        message: "Making the bundle was tried several times and broke off each time. Request it again".into(),
    };
    let mut unit = app.begin(actor).await?;
    let ended = bundle::find(&unit.scope(), &[id]).await?.pop();
    if ended.is_none_or(|bundle| bundle.state.is_settled()) {
        return Ok(());
    }
    bundle::set_failed(&mut unit, id, &failure).await?;
    unit.commit(Event::AuditBundleFailed { bundle: id, code: failure.code }, vec![]).await
}
