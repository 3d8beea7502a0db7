//! Who calls, and who acted.

use app::accounts;
use async_graphql::{Context, Enum, ID, Object};
use domain::{actor, id::ActorId};

use crate::{
    caller,
    error::Error,
    event::Event,
    id, loader,
    signing::{SigningKey, erasure},
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::actor::ActorKind")]
pub enum ActorKind {
    User,
    Service,
    System,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::actor::Role")]
pub enum Role {
    Admin,
    Reviewer,
    Auditor,
    Integrator,
}

pub struct Viewer(actor::Actor, domain::actor::Role);

#[Object]
impl Viewer {
    async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn kind(&self) -> ActorKind {
        self.0.kind.into()
    }

    /// Name of a user; the token's name for a service account.
    async fn name(&self) -> &str {
        &self.0.name
    }

    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    async fn role(&self) -> Role {
        self.1.into()
    }

    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization, Error> {
        let (app, actor) = caller::actor(ctx)?;
        Ok(Organization(accounts::organization(app, actor).await?))
    }

    /// Newest first.
    async fn signing_keys(&self, ctx: &Context<'_>) -> Result<Vec<SigningKey>, Error> {
        let (app, actor) = caller::actor(ctx)?;
        Ok(app::signing::signing_keys(app, actor).await?.into_iter().map(SigningKey::from).collect())
    }
}

pub struct Organization(pub(crate) accounts::Organization);

#[Object]
impl Organization {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn name(&self) -> &str {
        &self.0.name
    }
}

#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Who calls; null without a session or token.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>, Error> {
        let actor = caller::caller(ctx)?.actor.clone();
        Ok(actor.and_then(|actor| actor.role.map(|role| Viewer(actor, role))))
    }
}

/// Pseudonym of who acted; the name where you may see it.
pub struct Actor {
    id: ActorId,
    /// Where the record that names the actor knows it.
    kind: Option<actor::ActorKind>,
}

impl Actor {
    pub(crate) fn new(id: ActorId) -> Actor {
        Actor { id, kind: None }
    }

    pub(crate) fn of_kind(id: ActorId, kind: actor::ActorKind) -> Actor {
        Actor { id, kind: Some(kind) }
    }
}

#[Object]
impl Actor {
    async fn id(&self) -> ID {
        id::of(self.id)
    }

    async fn kind(&self, ctx: &Context<'_>) -> Result<ActorKind, Error> {
        let kind = match self.kind {
            Some(kind) => kind,
            None if self.id.0.is_nil() => actor::ActorKind::System,
            None => loader::expect(ctx, self.id).await?.kind,
        };
        Ok(kind.into())
    }

    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>, Error> {
        Ok(loader::load(ctx, self.id).await?.and_then(|actor| actor.name.clone()))
    }

    /// The event that erased the person, whose name is not known any more.
    async fn erased_by(&self, ctx: &Context<'_>) -> Result<Option<Event>, Error> {
        erasure(ctx, loader::load(ctx, self.id).await?.and_then(|actor| actor.erased_by)).await
    }
}
