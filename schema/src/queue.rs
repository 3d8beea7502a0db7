//! Where work waits.

use app::review;
use async_graphql::{Context, ID, Object};
use domain::{id::QueueId, task};

use crate::{caller::actor, error::Error, id, loader, scalar::DateTime};

pub struct Queue(pub(crate) task::Queue);

#[Object]
impl Queue {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn name(&self) -> &str {
        &self.0.name
    }

    async fn open_tasks(&self) -> u64 {
        self.0.open_tasks
    }

    async fn claimed_tasks(&self) -> u64 {
        self.0.claimed_tasks
    }

    /// When the oldest open task was made.
    async fn oldest_open(&self) -> Option<DateTime> {
        self.0.oldest_open.map(DateTime)
    }
}

#[derive(Default)]
pub struct QueueQuery;

#[Object]
impl QueueQuery {
    async fn queues(&self, ctx: &Context<'_>) -> Result<Vec<Queue>, Error> {
        let (app, actor) = actor(ctx)?;
        Ok(review::queues(app, actor).await?.into_iter().map(Queue).collect())
    }

    async fn queue(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Queue>, Error> {
        Ok(loader::load(ctx, id::decode::<QueueId>(&id)?).await?.map(Queue))
    }
}
