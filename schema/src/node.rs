//! `node`: any object by its global id.

use async_graphql::{Context, ID, Interface, Object};
use domain::id::{
    AuditBundleId, DocumentId, DocumentTypeId, EventId, ExportId, FieldId, OrganizationId, PageId, QueueId, ReadingId,
    TaskId,
};

use crate::{
    bundle::AuditBundle,
    caller::actor,
    document::Document,
    document_type::DocumentType,
    error::Error,
    event::{Checkpoint, Event},
    export::Export,
    field::Field,
    id::{self, CheckpointId, Global},
    loader,
    page::{Page, Reading},
    queue::Queue,
    task::Task,
    viewer::Organization,
};

#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID"))]
pub enum Node {
    Organization(Organization),
    Document(Document),
    Page(Page),
    Reading(Reading),
    Field(Box<Field>),
    Queue(Queue),
    Task(Task),
    DocumentType(DocumentType),
    Event(Event),
    Checkpoint(Checkpoint),
    Export(Export),
    AuditBundle(Box<AuditBundle>),
}

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Any object by its global id; null when there is none that you may see.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>, Error> {
        find(ctx, &id).await.or_else(|refusal| if refusal.hides_an_object() { Ok(None) } else { Err(refusal) })
    }
}

async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Node>, Error> {
    let (app, actor) = actor(ctx)?;
    let (name, _) = id::split(id)?;
    Ok(match &*name {
        OrganizationId::TYPE => {
            let own = app::accounts::organization(app, actor).await?;
            (own.id == id::decode(id)?).then_some(Node::Organization(Organization(own)))
        }
        DocumentId::TYPE => {
            loader::load(ctx, id::decode::<DocumentId>(id)?).await?.map(|it| Node::Document(Document(it)))
        }
        PageId::TYPE => loader::load(ctx, id::decode::<PageId>(id)?).await?.map(|it| Node::Page(Page(it))),
        ReadingId::TYPE => loader::load(ctx, id::decode::<ReadingId>(id)?).await?.map(|it| Node::Reading(Reading(it))),
        FieldId::TYPE => match loader::load(ctx, id::decode::<FieldId>(id)?).await? {
            Some(field) => Some(Node::Field(Box::new(Field::load(ctx, field).await?))),
            None => None,
        },
        QueueId::TYPE => loader::load(ctx, id::decode::<QueueId>(id)?).await?.map(|it| Node::Queue(Queue(it))),
        TaskId::TYPE => loader::load(ctx, id::decode::<TaskId>(id)?).await?.map(|it| Node::Task(Task(it))),
        DocumentTypeId::TYPE => {
            loader::load(ctx, id::decode::<DocumentTypeId>(id)?).await?.map(|it| Node::DocumentType(DocumentType(it)))
        }
        EventId::TYPE => loader::load(ctx, id::decode::<EventId>(id)?).await?.map(|it| Node::Event(Event(it))),
        CheckpointId::TYPE => {
            let CheckpointId { epoch, size } = id::decode(id)?;
            app::log::find_checkpoint(app, actor, epoch, size).await?.map(|it| Node::Checkpoint(Checkpoint(it)))
        }
        ExportId::TYPE => loader::load(ctx, id::decode::<ExportId>(id)?).await?.map(|it| Node::Export(Export(it))),
        AuditBundleId::TYPE => loader::load(ctx, id::decode::<AuditBundleId>(id)?)
            .await?
            .map(|it| Node::AuditBundle(Box::new(AuditBundle(it)))),
        _ => return Err(Error::invalid("ID_INVALID", "That is no id of an object of this server")),
    })
}
