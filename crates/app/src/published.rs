//! A log as the world may fetch it: its newest checkpoint and its tiles (C2SP tlog-tiles). Nothing beyond the published
//! checkpoint is given.

use audit::tile::{Level, TilePath, encode_entries, encode_hashes};
use domain::{actor::Actor, id::OrganizationId, policy::Action};

use crate::{
    App,
    error::{Error, InternalError, Result},
    ledger::tree,
    permission::require,
    store::log::{self, LogId},
};

/// The newest checkpoint of a log, as a signed note. It tells its size and root, and nothing else.
///
/// # Errors
/// [`Error::NotFound`] for a log that does not exist, or was never signed.
pub async fn checkpoint(app: &App, organization: OrganizationId, epoch: i32) -> Result<String> {
    let log = LogId { organization, epoch };
    let published = log::last_checkpoint(app.store().reader(), log).await?;
    Ok(published.ok_or(Error::NotFound)?.note)
}

/// As [`checkpoint`], where checkpoints are not given to everybody.
///
/// # Errors
/// [`Error::Forbidden`] and [`Error::NotFound`] for those who may not read that log.
pub async fn checkpoint_for(app: &App, actor: &Actor, organization: OrganizationId, epoch: i32) -> Result<String> {
    require_log(app, actor, organization).await?;
    checkpoint(app, organization, epoch).await
}

/// A tile by its path, such as `tile/0/x001/067` or `tile/entries/000.p/17`.
///
/// # Errors
/// [`Error::NotFound`] for a path of another form, and for a tile that reaches beyond the published checkpoint.
pub async fn tile(app: &App, actor: &Actor, organization: OrganizationId, epoch: i32, path: &str) -> Result<Vec<u8>> {
    require_log(app, actor, organization).await?;
    let path: TilePath = path.parse().map_err(|_| Error::NotFound)?;
    let log = LogId { organization, epoch };
    let published = log::last_checkpoint(app.store().reader(), log).await?.ok_or(Error::NotFound)?;
    let level = match path.level() {
        Level::Hashes(level) => level,
        Level::Entries => 0,
    };
    let width = u64::from(path.width());
    let nodes = 256_u64.checked_pow(u32::from(level)).map_or(0, |leaves| published.size / leaves);
    let end = path.index().checked_mul(tree::TILE_WIDTH).and_then(|start| start.checked_add(width));
    if end.is_none_or(|end| end > nodes) {
        return Err(Error::NotFound);
    }
    match path.level() {
        Level::Hashes(level) => Ok(encode_hashes(&tree::hash_tile(app, log, level, path.index(), width).await?)),
        Level::Entries => {
            let leaves = tree::entries(app, log, path.index(), width).await?;
            encode_entries(leaves.iter().map(|leaf| leaf.bytes.as_slice()))
                .map_err(|error| InternalError::Other(error.to_string()).into())
        }
    }
}

/// Another organization's log is none that there is.
async fn require_log(app: &App, actor: &Actor, organization: OrganizationId) -> Result<()> {
    require(app, actor, Action::ReadAudit).await?;
    if actor.organization == organization { Ok(()) } else { Err(Error::NotFound) }
}
