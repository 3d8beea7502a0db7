//! Organizations, users, memberships, service accounts and sessions.

use domain::{
    actor::{Actor, ActorKind, Authentication, Role},
    id::{ActorId, EventId, OrganizationId, SessionId, UserId},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    entity::{installation, memberships, organizations, service_accounts, sessions, users},
    word,
};
use crate::{
    error::{Error, InternalError, Result},
    unit::{Bookkeeping, Scope, Unit},
};

/// The random id under which this installation's logs are named, made at the first call.
pub(crate) async fn installation_host(bookkeeping: &mut Bookkeeping, fresh: &str) -> Result<String> {
    let row = installation::Model { one: 1, host: fresh.to_owned(), created_at: bookkeeping.now().millis() };
    installation::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(bookkeeping.connection())
        .await?;
    let row = installation::Entity::find_by_id(1).one(bookkeeping.connection()).await?;
    Ok(row.ok_or_else(|| InternalError::Stored("the installation's id".into()))?.host)
}

/// Oldest first; the operator's own is among them.
pub(crate) async fn organizations(connection: &impl ConnectionTrait) -> Result<Vec<(OrganizationId, String)>> {
    let rows = organizations::Entity::find().order_by_asc(organizations::Column::CreatedAt).all(connection).await?;
    Ok(rows.into_iter().map(|row| (OrganizationId(row.id), row.name)).collect())
}

pub(crate) async fn insert_organization(unit: &mut Unit, id: OrganizationId, name: &str) -> Result<()> {
    let row = organizations::Model { id: id.0, name: name.to_owned(), created_at: unit.now().millis() };
    organizations::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

pub(crate) struct NewUser<'a> {
    pub id: UserId,
    pub actor: ActorId,
    pub email: &'a str,
    pub name: &'a str,
    pub password_hash: String,
    pub role: Role,
}

pub(crate) async fn insert_user(unit: &mut Unit, user: NewUser<'_>) -> Result<()> {
    let row = users::Model {
        id: user.id.0,
        email: Some(user.email.to_lowercase()),
        name: Some(user.name.to_owned()),
        password_hash: Some(user.password_hash),
        created_at: unit.now().millis(),
    };
    users::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    let row = memberships::Model {
        actor_id: user.actor.0,
        organization_id: unit.actor().organization.0,
        user_id: user.id.0,
        role: user.role.to_string(),
        created_at: unit.now().millis(),
        erased_by: None,
    };
    memberships::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// A person who may sign in, and the membership that a session is opened for.
pub(crate) struct Login {
    pub password_hash: String,
    pub actor: ActorId,
    pub organization: OrganizationId,
}

/// Before anybody is signed in there is no organization to read in: the address alone leads to it.
pub(crate) async fn login(connection: &impl ConnectionTrait, email: &str) -> Result<Option<Login>> {
    let user = users::Entity::find().filter(users::Column::Email.eq(email.to_lowercase())).one(connection).await?;
    let Some(user) = user else { return Ok(None) };
    let Some(password_hash) = user.password_hash else { return Ok(None) };
    let membership = memberships::Entity::find()
        .filter(memberships::Column::UserId.eq(user.id))
        .filter(memberships::Column::ErasedBy.is_null())
        .order_by_asc(memberships::Column::CreatedAt)
        .one(connection)
        .await?;
    Ok(membership.map(|membership| Login {
        password_hash,
        actor: ActorId(membership.actor_id),
        organization: OrganizationId(membership.organization_id),
    }))
}

pub(crate) async fn insert_session(
    bookkeeping: &mut Bookkeeping,
    login: &Login,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<()> {
    let row = sessions::Model {
        token_hash: token_hash.to_vec(),
        id: SessionId::generate().0,
        organization_id: login.organization.0,
        actor_id: login.actor.0,
        created_at: bookkeeping.now().millis(),
        expires_at: expires_at.millis(),
    };
    sessions::Entity::insert(row.into_active_model()).exec_without_returning(bookkeeping.connection()).await?;
    Ok(())
}

pub(crate) async fn delete_session(bookkeeping: &mut Bookkeeping, token_hash: &[u8; 32]) -> Result<()> {
    sessions::Entity::delete_by_id(token_hash.to_vec()).exec(bookkeeping.connection()).await?;
    Ok(())
}

pub(crate) async fn delete_ended_sessions(bookkeeping: &mut Bookkeeping) -> Result<()> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::ExpiresAt.lte(bookkeeping.now().millis()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

/// Who holds the session; `None` when there is none or it has ended.
pub(crate) async fn session_actor(
    connection: &impl ConnectionTrait,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Actor>> {
    let session = sessions::Entity::find_by_id(token_hash.to_vec())
        .filter(sessions::Column::ExpiresAt.gt(now.millis()))
        .one(connection)
        .await?;
    let Some(session) = session else { return Ok(None) };
    let membership = memberships::Entity::find_by_id(session.actor_id).one(connection).await?;
    let Some(membership) = membership.filter(|membership| membership.erased_by.is_none()) else { return Ok(None) };
    let Some(user) = users::Entity::find_by_id(membership.user_id).one(connection).await? else { return Ok(None) };
    let Some(name) = user.name else { return Ok(None) };
    Ok(Some(Actor {
        id: ActorId(membership.actor_id),
        kind: ActorKind::User,
        organization: OrganizationId(membership.organization_id),
        role: Some(word(&membership.role)?),
        name,
        email: user.email,
        authentication: Authentication::Session,
        session: Some(SessionId(session.id)),
        request: None,
    }))
}

pub(crate) async fn insert_service_account(
    unit: &mut Unit,
    actor: ActorId,
    name: &str,
    role: Role,
    token_hash: &[u8; 32],
) -> Result<()> {
    let row = service_accounts::Model {
        actor_id: actor.0,
        organization_id: unit.actor().organization.0,
        name: name.to_owned(),
        role: role.to_string(),
        token_hash: token_hash.to_vec(),
        created_at: unit.now().millis(),
        revoked_at: None,
    };
    service_accounts::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// Makes a service account's token worthless; its actor.
pub(crate) async fn revoke_service_account(unit: &mut Unit, name: &str) -> Result<Vec<ActorId>> {
    let rows = service_accounts::Entity::find()
        .filter(service_accounts::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(service_accounts::Column::Name.eq(name))
        .filter(service_accounts::Column::RevokedAt.is_null())
        .all(unit.connection())
        .await?;
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    service_accounts::Entity::update_many()
        .col_expr(service_accounts::Column::RevokedAt, Expr::value(unit.now().millis()))
        .filter(service_accounts::Column::ActorId.is_in(rows.iter().map(|row| row.actor_id)))
        .exec(unit.connection())
        .await?;
    Ok(rows.into_iter().map(|row| ActorId(row.actor_id)).collect())
}

pub(crate) async fn token_actor(connection: &impl ConnectionTrait, token_hash: &[u8; 32]) -> Result<Option<Actor>> {
    let row = service_accounts::Entity::find()
        .filter(service_accounts::Column::TokenHash.eq(token_hash.to_vec()))
        .filter(service_accounts::Column::RevokedAt.is_null())
        .one(connection)
        .await?;
    row.map(|row| {
        Ok(Actor {
            id: ActorId(row.actor_id),
            kind: ActorKind::Service,
            organization: OrganizationId(row.organization_id),
            role: Some(word(&row.role)?),
            name: row.name,
            email: None,
            authentication: Authentication::Token,
            session: None,
            request: None,
        })
    })
    .transpose()
}

pub(crate) async fn organization_name(scope: &Scope<'_>) -> Result<String> {
    let row = organizations::Entity::find_by_id(scope.organization.0).one(scope.connection()).await?;
    row.map(|row| row.name).ok_or(Error::NotFound)
}

/// Who stands behind a pseudonym.
pub(crate) struct KnownActor {
    pub id: ActorId,
    pub kind: ActorKind,
    /// `None` for a person who was erased.
    pub name: Option<String>,
    pub erased_by: Option<EventId>,
}

/// Who stands behind pseudonyms of this organization.
pub(crate) async fn known_actors(scope: &Scope<'_>, ids: &[ActorId]) -> Result<Vec<KnownActor>> {
    let people = memberships::Entity::find()
        .filter(memberships::Column::OrganizationId.eq(scope.organization.0))
        .filter(memberships::Column::ActorId.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    let users = users::Entity::find()
        .filter(users::Column::Id.is_in(people.iter().map(|row| row.user_id)))
        .all(scope.connection())
        .await?;
    let programs = service_accounts::Entity::find()
        .filter(service_accounts::Column::OrganizationId.eq(scope.organization.0))
        .filter(service_accounts::Column::ActorId.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    let people = people.into_iter().filter_map(|row| {
        let user = users.iter().find(|user| user.id == row.user_id)?;
        let erased_by = row.erased_by.map(EventId);
        let name = user.name.clone().filter(|_| erased_by.is_none());
        Some(KnownActor { id: ActorId(row.actor_id), kind: ActorKind::User, name, erased_by })
    });
    let programs = programs.into_iter().map(|row| KnownActor {
        id: ActorId(row.actor_id),
        kind: ActorKind::Service,
        name: Some(row.name),
        erased_by: None,
    });
    Ok(people.chain(programs).collect())
}

/// Where a person gets mail; `None` for a program, and for a person who is gone.
pub(crate) async fn address(scope: &Scope<'_>, actor: ActorId) -> Result<Option<String>> {
    let member = memberships::Entity::find_by_id(actor.0)
        .filter(memberships::Column::OrganizationId.eq(scope.organization.0))
        .one(scope.connection())
        .await?;
    let Some(member) = member else { return Ok(None) };
    let user = users::Entity::find_by_id(member.user_id).one(scope.connection()).await?;
    Ok(user.and_then(|user| user.email))
}
