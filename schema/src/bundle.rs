//! Bundles of the audit log, for auditors who verify them without this server.

use app::{IdempotencyKey, bundles};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, connection::Connection};
use domain::{
    archive::ArchiveState,
    bundle,
    bundle::{BundleRequest, Extent},
    id::{ActorId, AuditBundleId, DocumentId},
};

use crate::{
    caller::actor,
    connection::{connection, page},
    document::Failure,
    error::Error,
    id, loader,
    scalar::DateTime,
    viewer::Actor,
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::archive::ArchiveState")]
pub enum AuditBundleState {
    Queued,
    Running,
    Ready,
    Failed,
}

/// What a bundle holds: the whole log, what was recorded about a document or in a period, or what an actor did.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::bundle::BundleKind")]
pub enum AuditBundleKind {
    Log,
    Document,
    Period,
    Actor,
}

pub struct AuditBundle(pub(crate) bundle::AuditBundle);

#[Object]
impl AuditBundle {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn state(&self) -> AuditBundleState {
        self.0.state.into()
    }

    async fn kind(&self) -> AuditBundleKind {
        self.0.request.extent.kind().into()
    }

    /// Of a DOCUMENT bundle: the document's id.
    async fn document(&self) -> Option<ID> {
        if let Extent::Document(document) = self.0.request.extent { Some(id::of(document)) } else { None }
    }

    /// Of an ACTOR bundle.
    async fn actor(&self) -> Option<Actor> {
        if let Extent::Actor(actor) = self.0.request.extent { Some(Actor::new(actor)) } else { None }
    }

    /// Of a PERIOD bundle: recorded at this time or later …
    async fn from(&self) -> Option<DateTime> {
        if let Extent::Period { from, .. } = self.0.request.extent { Some(DateTime(from)) } else { None }
    }

    /// … and before this time.
    async fn to(&self) -> Option<DateTime> {
        if let Extent::Period { to, .. } = self.0.request.extent { Some(DateTime(to)) } else { None }
    }

    /// The size of the older checkpoint that it is proven consistent with.
    async fn since(&self) -> Option<u64> {
        self.0.request.since
    }

    /// Whether it holds personal values.
    async fn disclosures(&self) -> bool {
        self.0.request.disclosures
    }

    /// Whether it holds the uploaded files.
    async fn documents(&self) -> bool {
        self.0.request.documents
    }

    /// Of the log under the bundle's checkpoint, when READY.
    async fn size(&self) -> Option<u64> {
        self.0.size
    }

    /// In the bundle, when READY.
    async fn leaves(&self) -> Option<u64> {
        self.0.leaves
    }

    async fn byte_size(&self) -> Option<u64> {
        self.0.file.as_ref().map(|file| file.byte_size)
    }

    async fn sha256(&self) -> Option<&str> {
        self.0.file.as_ref().map(|file| &*file.sha256)
    }

    /// Path of the .tar on this server, when READY.
    async fn url(&self) -> Option<String> {
        let ready = self.0.state == ArchiveState::Ready;
        ready.then(|| format!("/files/bundles/{}.tar", id::encode(&self.0.id)))
    }

    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.requested_at)
    }

    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    async fn requested_by(&self) -> Actor {
        Actor::new(self.0.requested_by)
    }

    async fn failure(&self) -> Option<Failure> {
        self.0.failure.as_ref().map(Failure::from)
    }
}

#[derive(Default)]
pub struct AuditBundleQuery;

#[Object]
impl AuditBundleQuery {
    /// Newest first.
    async fn audit_bundles(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, AuditBundle>, Error> {
        let (app, actor) = actor(ctx)?;
        let later = after.is_some();
        let slice = bundles::list_audit_bundles(app, actor, page(first, 20, after)?).await?;
        Ok(connection(slice, later, AuditBundle))
    }

    async fn audit_bundle(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AuditBundle>, Error> {
        Ok(loader::load(ctx, id::decode::<AuditBundleId>(&id)?).await?.map(AuditBundle))
    }
}

/// `document` goes with the kind DOCUMENT, `actor` with ACTOR, `from` and `to` with PERIOD.
#[derive(InputObject)]
struct RequestAuditBundleInput {
    idempotency_key: String,
    kind: AuditBundleKind,
    document: Option<ID>,
    actor: Option<ID>,
    from: Option<DateTime>,
    to: Option<DateTime>,
    /// The size of an older checkpoint that the bundle is to be proven consistent with.
    since: Option<u64>,
    /// With personal values, for who may read them.
    #[graphql(default)]
    disclosures: bool,
    /// With the uploaded files, for who may read documents.
    #[graphql(default)]
    documents: bool,
    client_mutation_id: Option<String>,
}

impl RequestAuditBundleInput {
    fn extent(&self) -> Result<Extent, Error> {
        let given = [self.document.is_some(), self.actor.is_some(), self.from.is_some() || self.to.is_some()];
        Ok(match (self.kind, given, &self.document, &self.actor, &self.from, &self.to) {
            (AuditBundleKind::Log, [false, false, false], ..) => Extent::Log,
            (AuditBundleKind::Document, [_, false, false], Some(document), ..) => {
                Extent::Document(id::decode::<DocumentId>(document)?)
            }
            (AuditBundleKind::Actor, [false, _, false], _, Some(actor), ..) => {
                Extent::Actor(id::decode::<ActorId>(actor)?)
            }
            (AuditBundleKind::Period, [false, false, _], .., Some(from), Some(to)) => {
                Extent::Period { from: from.0, to: to.0 }
            }
            _ => {
                let message = "DOCUMENT takes `document`, ACTOR `actor`, PERIOD `from` and `to`, and LOG none of them";
                return Err(Error::invalid("EXTENT_INVALID", message));
            }
        })
    }
}

#[derive(SimpleObject)]
struct RequestAuditBundlePayload {
    bundle: AuditBundle,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct AuditBundleMutation;

#[Object]
impl AuditBundleMutation {
    /// Asks for a bundle of all that was recorded before this call; poll it until it is READY.
    async fn request_audit_bundle(
        &self,
        ctx: &Context<'_>,
        input: RequestAuditBundleInput,
    ) -> Result<RequestAuditBundlePayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let request = BundleRequest {
            extent: input.extent()?,
            since: input.since,
            disclosures: input.disclosures,
            documents: input.documents,
        };
        let bundle = bundles::request_audit_bundle(app, actor, key, request).await?;
        let bundle = AuditBundle(loader::expect(ctx, bundle).await?);
        Ok(RequestAuditBundlePayload { bundle, client_mutation_id: input.client_mutation_id })
    }
}
