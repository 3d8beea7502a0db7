//! Global ids: base64url of `Type:key`, opaque to clients and checked on arrival.

use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::id::{
    ActorId, AuditBundleId, DocumentId, DocumentTypeId, EventId, ExportId, FieldId, OrganizationId, PageId,
    PreparedDecisionId, QueueId, ReadingId, TaskId,
};

use crate::error::Error;

/// An id that knows the GraphQL type it belongs to.
pub trait Global: Sized {
    const TYPE: &'static str;
    fn key(&self) -> String;
    fn from_key(key: &str) -> Option<Self>;
}

macro_rules! global {
    ($($id:ident $name:literal),+ $(,)?) => { $(
        impl Global for $id {
            const TYPE: &'static str = $name;

            fn key(&self) -> String {
                self.to_string()
            }

            fn from_key(key: &str) -> Option<Self> {
                key.parse().ok()
            }
        }
    )+ };
}

global! {
    ActorId "Actor", AuditBundleId "AuditBundle", DocumentId "Document", DocumentTypeId "DocumentType", EventId "Event", ExportId "Export",
    FieldId "Field", OrganizationId "Organization", PageId "Page", PreparedDecisionId "PreparedDecision", QueueId "Queue", ReadingId "Reading", TaskId "Task",
}

/// A checkpoint is known by the epoch of its log and the number of leaves it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CheckpointId {
    pub epoch: i32,
    pub size: u64,
}

impl Global for CheckpointId {
    const TYPE: &'static str = "Checkpoint";

    fn key(&self) -> String {
        format!("{}/{}", self.epoch, self.size)
    }

    fn from_key(key: &str) -> Option<CheckpointId> {
        let (epoch, size) = key.split_once('/')?;
        Some(CheckpointId { epoch: epoch.parse().ok()?, size: size.parse().ok()? })
    }
}

pub fn encode<T: Global>(id: &T) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{}", T::TYPE, id.key()))
}

pub(crate) fn of<T: Global>(id: T) -> ID {
    ID(encode(&id))
}

/// Type and key of a global id.
pub(crate) fn split(id: &str) -> Result<(String, String), Error> {
    let malformed = || Error::invalid("ID_INVALID", "That is no id of this server: pass ids on as they were given");
    let text = URL_SAFE_NO_PAD.decode(id).ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(malformed)?;
    let (name, key) = text.split_once(':').ok_or_else(malformed)?;
    Ok((name.to_owned(), key.to_owned()))
}

/// # Errors
/// INVALID with the reason `ID_INVALID` (not one of ours) or `ID_OF_OTHER_TYPE`.
pub fn decode<T: Global>(id: &str) -> Result<T, Error> {
    let (name, key) = split(id)?;
    if name != T::TYPE {
        let message = format!("The id of a {} is needed here, and this is of a {name}", T::TYPE);
        return Err(Error::invalid("ID_OF_OTHER_TYPE", message));
    }
    T::from_key(&key).ok_or_else(|| Error::invalid("ID_INVALID", "That is no id of this server"))
}

/// The global id of what an event is about, from the log's own words for it.
pub(crate) fn of_subject(kind: &str, id: &str) -> ID {
    fn known<T: Global>(id: &str) -> Option<ID> {
        T::from_key(id).map(of)
    }
    let global = match kind {
        "document" => known::<DocumentId>(id),
        "actor" => known::<ActorId>(id),
        "export" => known::<ExportId>(id),
        "audit_bundle" => known::<AuditBundleId>(id),
        "organization" => known::<OrganizationId>(id),
        _ => None,
    };
    // A document type is known by its name in the log, which outlives every single version.
    global.unwrap_or_else(|| ID(id.to_owned()))
}

/// The log's own id of what a global id names; what is no global id is taken as it is, such as a document type's name.
pub(crate) fn subject(id: &str) -> String {
    split(id).map_or_else(|_| id.to_owned(), |(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_only_as_the_type_it_was_made_for() {
        let page = PageId::generate();
        let global = encode(&page);
        assert_eq!(decode::<PageId>(&global).unwrap(), page);
        assert!(format!("{:?}", decode::<TaskId>(&global).unwrap_err()).contains("ID_OF_OTHER_TYPE"));
        for broken in ["", "x", "UGFnZQ", "UGFnZTo", &page.to_string()] {
            assert!(format!("{:?}", decode::<PageId>(broken).unwrap_err()).contains("ID_INVALID"), "{broken}");
        }
    }
}
