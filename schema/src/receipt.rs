//! Receipts: files that prove, without this server, that a decision stands in the log.

use std::collections::HashMap;

use app::receipts;
use async_graphql::{Context, Object, dataloader::Loader};
use domain::id::{EventId, TaskId};

use crate::{
    error::Error,
    loader::{self, Records},
};

#[derive(Clone)]
pub struct Receipt(receipts::Receipt);

#[Object]
impl Receipt {
    /// Of the decision's leaf.
    async fn index(&self) -> u64 {
        self.0.index
    }

    /// Of the checkpoint that it is proven under.
    async fn checkpoint_size(&self) -> u64 {
        self.0.checkpoint_size
    }

    /// The receipt itself, a C2SP tlog-proof with the leaf in it.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Path of the same as a file.
    async fn url(&self) -> String {
        format!("/files/receipts/{}", self.0.event)
    }
}

/// The receipt of the decision that an event records.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReceiptOf(pub EventId);

/// The receipt of the decision on a task.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReceiptOfTask(pub TaskId);

impl Loader<ReceiptOf> for Records {
    type Value = Receipt;
    type Error = Error;

    async fn load(&self, keys: &[ReceiptOf]) -> Result<HashMap<ReceiptOf, Receipt>, Error> {
        let ids: Vec<EventId> = keys.iter().map(|key| key.0).collect();
        let found = receipts::receipts_of_events(&self.app, self.actor()?, &ids).await?;
        Ok(found.into_iter().map(|receipt| (ReceiptOf(receipt.event), Receipt(receipt))).collect())
    }
}

impl Loader<ReceiptOfTask> for Records {
    type Value = Receipt;
    type Error = Error;

    async fn load(&self, keys: &[ReceiptOfTask]) -> Result<HashMap<ReceiptOfTask, Receipt>, Error> {
        let ids: Vec<TaskId> = keys.iter().map(|key| key.0).collect();
        let found = receipts::receipts_of_tasks(&self.app, self.actor()?, &ids).await?;
        Ok(found.into_iter().map(|(task, receipt)| (ReceiptOfTask(task), Receipt(receipt))).collect())
    }
}

pub(crate) async fn of_event(ctx: &Context<'_>, id: EventId) -> Result<Option<Receipt>, Error> {
    loader::load(ctx, ReceiptOf(id)).await
}

pub(crate) async fn of_task(ctx: &Context<'_>, id: TaskId) -> Result<Option<Receipt>, Error> {
    loader::load(ctx, ReceiptOfTask(id)).await
}
