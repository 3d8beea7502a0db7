//! Personal values are sealed under the key of whom they speak of: erasing the key erases what they say, here and in
//! every copy of the database.

use std::collections::HashMap;

use domain::id::{ActorId, DocumentId, OrganizationId};

use crate::{
    App,
    error::{Error, InternalError, Result},
    secrets::{self, random},
    store::{Transaction, disclosure},
    unit::Scope,
};

/// Whose key seals a value, in the words of the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    pub kind: String,
    pub id: String,
}

impl Owner {
    pub fn actor(id: ActorId) -> Owner {
        Owner { kind: "actor".to_owned(), id: id.to_string() }
    }

    pub fn document(id: DocumentId) -> Owner {
        Owner { kind: "document".to_owned(), id: id.to_string() }
    }

    /// What a sealed value is bound to, so that none can stand in another's place.
    fn context(&self, organization: OrganizationId) -> String {
        format!("{organization}/{}/{}", self.kind, self.id)
    }
}

/// Seals `values` under the owner's key, which is made when it has none yet.
///
/// # Errors
/// Conflict `ERASED` when the owner was erased: nothing more is recorded of it.
pub(crate) async fn seal(
    app: &App,
    transaction: &Transaction,
    organization: OrganizationId,
    owner: &Owner,
    values: &[&[u8]],
) -> Result<Vec<Vec<u8>>> {
    let context = owner.context(organization);
    let fresh = app.secrets().seal_key(&random(), &context);
    let sealed_key = disclosure::key_or_insert(transaction, organization, owner, fresh).await?;
    if sealed_key.is_empty() {
        return Err(Error::conflict("ERASED", "It was erased: nothing can be added to it"));
    }
    let key = app.secrets().open_key(&sealed_key, &context).ok_or_else(foreign_key)?;
    Ok(values.iter().map(|value| secrets::seal(&key, value, &context)).collect())
}

/// What was sealed; `None` when its owner was erased.
pub(crate) async fn open(app: &App, scope: &Scope<'_>, owner: &Owner, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    Opener::default().open(app, scope, owner, sealed).await
}

/// Opens many values: keys that were opened are remembered.
#[derive(Default)]
pub(crate) struct Opener {
    /// `None` for one that was erased.
    keys: HashMap<Owner, Option<[u8; 32]>>,
}

/// Keys that an opener remembers at once.
const KEYS: usize = 10_000;

impl Opener {
    /// What was sealed; `None` when its owner was erased.
    pub async fn open(
        &mut self,
        app: &App,
        scope: &Scope<'_>,
        owner: &Owner,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>> {
        let context = owner.context(scope.organization);
        let key = match self.keys.get(owner) {
            Some(key) => *key,
            None => {
                let sealed = disclosure::key(scope.connection(), scope.organization, owner).await?;
                let sealed = sealed.filter(|key| !key.is_empty());
                let open = |sealed: Vec<u8>| app.secrets().open_key(&sealed, &context).ok_or_else(foreign_key);
                let key = sealed.map(open).transpose()?;
                if self.keys.len() >= KEYS {
                    self.keys.clear();
                }
                self.keys.insert(owner.clone(), key);
                key
            }
        };
        let Some(key) = key else { return Ok(None) };
        let opened = secrets::open(&key, sealed, &context);
        opened.map(Some).ok_or_else(|| InternalError::Stored("a sealed value was changed".into()).into())
    }
}

fn foreign_key() -> Error {
    InternalError::Other("a subject's key was sealed under another master key".into()).into()
}
