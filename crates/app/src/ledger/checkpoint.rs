//! Signs the heads of logs that grew. Never two roots for one size.

use audit::{Checkpoint, note::Signer, tree::leaf_hash};
use domain::id::OrganizationId;

use super::{head_store::SignedHead, keys::signers};
use crate::{
    App,
    error::{InternalError, Result},
    store::log::{self, CheckpointRow, LogId},
};

/// Leaves read at a time.
const CHUNK: u64 = 1_000;

/// Signs the present head of a log, when it grew since it was last signed; whether it was.
///
/// The order survives a crash at each point: first the leaves since the last signed head are read again and
/// hashed, then the head store moves, then the head is signed, then published. After a crash between the last
/// three, the head in the store is signed again, with the same root.
pub(crate) async fn checkpoint(app: &App, organization: OrganizationId) -> Result<bool> {
    let (log, origin) = super::present(app, organization).await?;
    if let Some(alarm) = app.alarm().of(&origin) {
        return Err(InternalError::Other(format!("signing has stopped: {alarm}")).into());
    }
    // Read what was signed before the head: then the head is not behind it, whoever signs meanwhile.
    app.heads().refresh(&origin)?;
    let signed = app.heads().get(&origin);
    let Some(head) = log::head_of(app.store().reader(), log).await? else { return Ok(false) };
    app.heads().refuse_earlier_epoch(log)?;
    app.heads().refuse_behind(&head.origin, head.size)?;
    if head.size == signed.size {
        let published = log::last_checkpoint(app.store().reader(), head.log).await?.map_or(0, |row| row.size);
        if published < signed.size {
            publish(app, head.log, &head.origin, &signed).await?;
        }
        return Ok(published < signed.size);
    }
    let extended = extend(app, head.log, &signed, head.size).await?;
    if extended.root != head.root {
        let message = format!("ROOT_MISMATCH between leaf {} and leaf {}", signed.size, head.size);
        app.alarm().raise(&head.origin, &message);
        return Err(InternalError::Other(message).into());
    }
    app.heads().swap(&head.origin, &signed, &extended)?;
    publish(app, head.log, &head.origin, &extended).await?;
    Ok(true)
}

/// Reads the leaves since `signed` and hashes their bytes: what is signed is what is stored.
async fn extend(app: &App, log: LogId, signed: &SignedHead, size: u64) -> Result<SignedHead> {
    let mut edge = signed.edge.clone();
    while edge.size() < size {
        let limit = CHUNK.min(size - edge.size());
        let leaves = log::leaves(app.store().reader(), log, edge.size(), limit).await?;
        let missing = InternalError::Other(format!("SEQ_GAP at leaf {}", edge.size()));
        if leaves.is_empty() {
            return Err(missing.into());
        }
        for leaf in leaves {
            if leaf.seq != edge.size() {
                return Err(missing.into());
            }
            edge.append(leaf_hash(&leaf.bytes));
        }
    }
    Ok(SignedHead { size, root: edge.root(), edge })
}

async fn publish(app: &App, log: LogId, origin: &str, head: &SignedHead) -> Result<()> {
    let signing = |error: &dyn std::fmt::Display| InternalError::Other(format!("signing: {error}"));
    let signers = signers(app, origin)?;
    let signers: Vec<&dyn Signer> = signers.iter().map(|signer| signer as &dyn Signer).collect();
    let note = Checkpoint::new(origin, head.size, head.root).sign(&signers).map_err(|error| signing(&error))?;
    let row = CheckpointRow { size: head.size, root: head.root, note, signed_at: app.now().millis() };
    let transaction = app.store().begin().await?;
    log::insert_checkpoint(&transaction, log, &row).await?;
    Ok(transaction.commit().await?)
}
