//! Labelled data sets made from reviewed documents.

use app::{IdempotencyKey, exports};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, connection::Connection};
use domain::{archive::ArchiveState, export, id::ExportId};

use crate::{
    caller::actor,
    connection::{connection, page},
    document::Failure,
    error::Error,
    id, loader,
    scalar::DateTime,
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::archive::ArchiveState")]
pub enum ExportState {
    Queued,
    Running,
    Ready,
    Failed,
}

pub struct Export(pub(crate) export::Export);

#[Object]
impl Export {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn state(&self) -> ExportState {
        self.0.state.into()
    }

    async fn document_type(&self) -> Option<&str> {
        self.0.type_name.as_deref()
    }

    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.requested_at)
    }

    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// Documents exported and left out (each with a reason in the manifest).
    async fn exported(&self) -> Option<u64> {
        self.0.exported
    }

    async fn rejected(&self) -> Option<u64> {
        self.0.rejected
    }

    async fn sha256(&self) -> Option<&str> {
        self.0.file.as_ref().map(|file| &*file.sha256)
    }

    async fn byte_size(&self) -> Option<u64> {
        self.0.file.as_ref().map(|file| file.byte_size)
    }

    /// Path of the .tar on this server, when READY.
    async fn download_url(&self) -> Option<String> {
        let ready = self.0.state == ArchiveState::Ready;
        ready.then(|| format!("/files/exports/{}.tar", id::encode(&self.0.id)))
    }

    async fn failure(&self) -> Option<Failure> {
        self.0.failure.as_ref().map(Failure::from)
    }
}

#[derive(Default)]
pub struct ExportQuery;

#[Object]
impl ExportQuery {
    async fn exports(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, Export>, Error> {
        let (app, actor) = actor(ctx)?;
        let later = after.is_some();
        let slice = exports::list_exports(app, actor, page(first, 20, after)?).await?;
        Ok(connection(slice, later, Export))
    }

    async fn export(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Export>, Error> {
        Ok(loader::load(ctx, id::decode::<ExportId>(&id)?).await?.map(Export))
    }
}

#[derive(InputObject)]
struct RequestExportInput {
    idempotency_key: String,
    document_type: Option<String>,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct RequestExportPayload {
    export: Export,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct ExportMutation;

#[Object]
impl ExportMutation {
    async fn request_export(
        &self,
        ctx: &Context<'_>,
        input: RequestExportInput,
    ) -> Result<RequestExportPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let export = exports::request_export(app, actor, key, input.document_type).await?;
        let export = Export(loader::expect(ctx, export).await?);
        Ok(RequestExportPayload { export, client_mutation_id: input.client_mutation_id })
    }
}
