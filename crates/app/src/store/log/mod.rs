//! The tables of the log. An organization has one log an epoch, of which only the newest grows. Leaves are stored as
//! the exact bytes that are hashed.

mod checkpoint;
mod event;
mod head;
mod leaf;
mod node;
mod outside;
mod staged;

use audit::Hash;
use domain::id::OrganizationId;

pub(crate) use checkpoint::*;
pub(crate) use event::*;
pub(crate) use head::*;
pub(crate) use leaf::*;
pub(crate) use node::*;
pub(crate) use outside::*;
pub(crate) use staged::*;

use crate::error::{InternalError, Result};

/// Below SQLite's limit of 32,766 parameters a statement.
const ROWS_A_STATEMENT: usize = 500;

/// One log: an organization's, in an epoch. Epochs count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LogId {
    pub organization: OrganizationId,
    pub epoch: i32,
}

fn hash(bytes: &[u8]) -> Result<Hash> {
    Hash::try_from(bytes).map_err(|_| InternalError::Stored("a hash".into()).into())
}
