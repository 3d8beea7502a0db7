//! The error policy: five variants, named by what the caller can do about them. Libraries below have small error
//! enums of their own; they become one of these here. Internals are logged once, where the answer is made, and
//! never leave the server.

use domain::field::{ChangeError, Field};

use crate::store::DatabaseError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is another organization's: the caller can't tell which.
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    /// The call itself is wrong; `message` says what to do.
    #[error("{message}")]
    Invalid { code: &'static str, message: String },
    /// The call came too late or too early; look again and repeat it.
    #[error("{message}")]
    Conflict { code: &'static str, message: String, current: Option<Box<Field>> },
    #[error(transparent)]
    Internal(#[from] InternalError),
}

/// What went wrong inside, for the log.
#[derive(Debug, thiserror::Error)]
pub enum InternalError {
    #[error("database: {0}")]
    Database(#[from] DatabaseError),
    #[error("blob store: {0}")]
    Store(#[from] object_store::Error),
    #[error("a blob does not have the bytes that were stored: {0}")]
    BlobDamaged(&'static str),
    #[error("a stored value can't be read: {0}")]
    Stored(String),
    #[error("log: {0}")]
    Leaf(#[from] audit::leaf::LeafError),
    #[error("disclosure: {0}")]
    Disclosure(#[from] audit::disclosure::DisclosureError),
    /// The mail server could not take it now.
    #[error("mail: {0}")]
    Mail(String),
    /// The mail server will never take it.
    #[error("the mail server refuses it: {0}")]
    MailRefused(String),
    #[error("{0}")]
    Keys(#[from] crate::secrets::UnlockError),
    #[error("files: {0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Other(String),
}

impl Error {
    pub fn invalid(code: &'static str, message: impl Into<String>) -> Error {
        Error::Invalid { code, message: message.into() }
    }

    pub fn conflict(code: &'static str, message: impl Into<String>) -> Error {
        Error::Conflict { code, message: message.into(), current: None }
    }

    /// What a refused change of `field` is to the caller.
    pub(crate) fn of_change(error: ChangeError, field: Field) -> Error {
        match error {
            ChangeError::Stale => Error::Conflict {
                code: "CONFLICT",
                message: "Somebody changed this field meanwhile: look at the current value and decide again".into(),
                current: Some(Box::new(field)),
            },
            ChangeError::NothingToConfirm => Error::invalid("NOTHING_TO_CONFIRM", error.to_string()),
        }
    }
}

macro_rules! internal {
    ($($source:ty),+) => { $(
        impl From<$source> for Error {
            fn from(error: $source) -> Error {
                Error::Internal(error.into())
            }
        }
    )+ };
}

internal!(
    DatabaseError,
    object_store::Error,
    audit::leaf::LeafError,
    audit::disclosure::DisclosureError,
    crate::secrets::UnlockError,
    std::io::Error
);

pub type Result<T, E = Error> = std::result::Result<T, E>;
