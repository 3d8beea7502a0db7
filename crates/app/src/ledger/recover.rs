//! The way on when a log can't be continued: a new epoch, whose first leaf names the last signed head of the old one.

use domain::{
    actor::Actor,
    event::Event,
    id::{EventId, OrganizationId},
};

use super::{sequence, stage};
use crate::{
    App,
    error::{Error, InternalError, Result},
    store::{
        account,
        log::{self, LogId},
    },
};

/// A log that goes on in a new epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The log that grows from now on.
    pub origin: String,
    /// The one before, and how many of its leaves were signed.
    pub previous: String,
    pub size: u64,
    /// Why it could not be continued.
    pub trouble: String,
}

/// What keeps a log from being continued; `None` when nothing does.
pub(crate) async fn trouble(app: &App, organization: OrganizationId) -> Result<Option<String>> {
    match refuse_stale(app, organization).await {
        Ok(()) => Ok(app.alarm().of(&super::present(app, organization).await?.1)),
        Err(Error::Internal(InternalError::Other(message))) => Ok(Some(message)),
        Err(other) => Err(other),
    }
}

/// # Errors
/// `LOG_BEHIND` and `HEAD_MISSING`, for the log of an organization that grows.
pub(crate) async fn refuse_stale(app: &App, organization: OrganizationId) -> Result<()> {
    let reader = app.store().reader();
    let (log, origin) = super::present(app, organization).await?;
    let size = log::head_of(reader, log).await?.map_or(0, |head| head.size);
    app.heads().refuse_behind(&origin, size)?;
    app.heads().refuse_earlier_epoch(log)?;
    let published = log::last_checkpoint(reader, log).await?.map_or(0, |row| row.size);
    app.heads().refuse_forgotten(&origin, published)
}

/// Opens a new epoch for every log that can't be continued. `reason` is a code of the operator's, such as
/// `RESTORED_BACKUP`: it stands in the log for ever.
///
/// # Errors
/// `REASON_INVALID`; `NOTHING_TO_RECOVER` when every log can be continued.
pub(crate) async fn recover(app: &App, reason: &str) -> Result<Vec<Recovered>> {
    let is_code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if reason.is_empty() || reason.len() > 64 || !reason.chars().all(is_code) {
        let message = "A reason is a code of capital letters, digits and underscores, such as RESTORED_BACKUP: it \
                       stands in the log for ever, so it must not name anybody";
        return Err(Error::invalid("REASON_INVALID", message));
    }
    let mut recovered = Vec::new();
    for (organization, _) in account::organizations(app.store().reader()).await? {
        if let Some(trouble) = trouble(app, organization).await? {
            recovered.push(open_epoch(app, organization, reason, trouble).await?);
        }
    }
    if recovered.is_empty() {
        let message = "Every log can be continued: no new epoch is needed";
        return Err(Error::conflict("NOTHING_TO_RECOVER", message));
    }
    Ok(recovered)
}

/// All of it is one transaction: a crash leaves the old epoch, or the new one with its first leaf. What was staged and
/// never sequenced goes to the new epoch by the ordinary way.
async fn open_epoch(app: &App, organization: OrganizationId, reason: &str, trouble: String) -> Result<Recovered> {
    let transaction = app.store().begin().await?;
    if !log::try_lock(&transaction, organization).await? {
        return Err(Error::conflict("LOG_BUSY", "The log is being written to this moment: try again"));
    }
    let present = log::head(&transaction, organization).await?;
    let present = present.map_or_else(
        || (1, super::origin(app.host(), LogId { organization, epoch: 1 })),
        |head| (head.log.epoch, head.origin),
    );
    // The head store may know of an epoch that the database, an older copy, does not.
    let (epoch, previous) = app.heads().last_epoch(organization).unwrap_or_default().max(present);
    let last = LogId { organization, epoch };
    let signed = app.heads().get(&previous);
    let published = log::last_checkpoint(&transaction, last).await?.map(|row| (row.size, row.root));
    let (size, root) = published.filter(|(size, _)| *size > signed.size).unwrap_or((signed.size, signed.root));
    let event = Event::LogRecovered {
        organization,
        previous: previous.clone(),
        size,
        root: root.to_string(),
        reason: reason.to_owned(),
    };
    let head = sequence::open(app, &transaction, LogId { organization, epoch: epoch + 1 }).await?;
    let (id, origin) = (EventId::generate(), head.origin.clone());
    stage(app, &Actor::system(organization), &transaction, app.now(), None, id, event).await?;
    let draft = log::draft(&transaction, id).await?;
    sequence::append(app, &transaction, head, vec![(id, draft)]).await?;
    transaction.commit().await?;
    // After the commit: a crash between leaves an alarm about a log that does not grow any more.
    app.alarm().clear(&previous)?;
    Ok(Recovered { origin, previous, size, trouble })
}
