//! Objects of the blob store: `<organization>/<random id>`, owned by one row, never reused. An object starts with a
//! version byte and the id of its data key, so that encryption and erasure need no migration. No name tells anything
//! of the content: receipts from a template could be guessed by their hash.

use std::{path::Path, time::Duration};

use audit::Digest;
use bytes::{Bytes, BytesMut};
use domain::id::{BlobId, OrganizationId};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path as Key,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    App,
    error::{InternalError, Result},
    files,
    store::{account, reading},
    unit::Scope,
};

/// The format of an object: version 1 is the plain bytes, under the nil key.
const VERSION: u8 = 1;
const HEADER: usize = 17;
/// Parts of an upload; stores like S3 want at least 5 MiB.
const PART: usize = 5 * 1024 * 1024;
/// An object without a row may belong to a unit that has not committed yet; after a day it does not.
const ORPHAN_AGE: Duration = Duration::from_secs(24 * 3_600);

pub(crate) struct Blobs {
    store: Box<dyn ObjectStore>,
}

/// An object that is durable, before or after it has its row.
#[derive(Clone, Debug)]
pub(crate) struct StoredBlob {
    pub id: BlobId,
    /// Of the content, without the header.
    pub sha256: Digest,
    pub byte_size: u64,
    pub key_id: Uuid,
}

fn header() -> Bytes {
    let mut header = vec![VERSION];
    header.extend(Uuid::nil().as_bytes());
    header.into()
}

fn key(organization: OrganizationId, id: BlobId) -> Key {
    Key::from(format!("{organization}/{id}"))
}

/// Random through and through: the id of an object tells nothing, not even its age.
fn random_id() -> BlobId {
    BlobId(Uuid::new_v4())
}

impl Blobs {
    /// `blobs/` under the data folder. Every object is on disk (fsync) before its put returns.
    pub fn open(data: &Path) -> Result<Blobs, crate::OpenError> {
        let folder = data.join("blobs");
        files::make_private_folder(&folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Blobs { store: Box::new(store) })
    }

    pub async fn put(&self, organization: OrganizationId, content: Vec<u8>) -> Result<StoredBlob> {
        let id = random_id();
        let sha256 = Digest::of(&content);
        let byte_size = content.len() as u64;
        let payload = PutPayload::from_iter([header(), content.into()]);
        self.store.put(&key(organization, id), payload).await?;
        Ok(StoredBlob { id, sha256, byte_size, key_id: Uuid::nil() })
    }

    /// Begins an object whose content comes bit by bit.
    pub async fn writer(&self, organization: OrganizationId) -> Result<BlobWriter> {
        let id = random_id();
        let upload = self.store.put_multipart(&key(organization, id)).await?;
        let part = BytesMut::from(&header()[..]);
        Ok(BlobWriter { id, upload, part, sha256: Sha256::new(), byte_size: 0 })
    }

    /// For an object that has no row.
    pub async fn delete(&self, organization: OrganizationId, id: BlobId) -> Result<()> {
        Ok(self.store.delete(&key(organization, id)).await?)
    }

    /// The whole content, checked against its row.
    ///
    /// # Errors
    /// [`InternalError::BlobDamaged`] when the object is not the one that was stored.
    pub async fn get(&self, scope: &Scope<'_>, id: BlobId) -> Result<Bytes> {
        let row = reading::find_blob(scope, id).await?;
        let object = self.store.get(&key(scope.organization, id)).await?.bytes().await?;
        let damaged = InternalError::BlobDamaged;
        if object.len() < HEADER || object[..HEADER] != header()[..] {
            return Err(damaged("it has another header").into());
        }
        let content = object.slice(HEADER..);
        if Digest::of(&content) != row.sha256 {
            return Err(damaged("its SHA-256 is another").into());
        }
        Ok(content)
    }

    /// The content in pieces, for what is too large to hold. The hash is checked at the end: a damaged object breaks
    /// off instead of ending well.
    pub async fn stream(
        &self,
        scope: &Scope<'_>,
        id: BlobId,
    ) -> Result<(u64, BoxStream<'static, std::io::Result<Bytes>>)> {
        let row = reading::find_blob(scope, id).await?;
        let object = self.store.get(&key(scope.organization, id)).await?;
        let chunks = object.into_stream().map_err(std::io::Error::other);
        let state = (chunks, Sha256::new(), HEADER, row.sha256, false);
        let content =
            futures_util::stream::try_unfold(state, |(mut chunks, mut hash, mut skip, sha256, ended)| async move {
                if ended {
                    return Ok(None);
                }
                match chunks.try_next().await? {
                    Some(mut chunk) => {
                        let cut = skip.min(chunk.len());
                        skip -= cut;
                        let chunk = chunk.split_off(cut);
                        hash.update(&chunk);
                        Ok(Some((chunk, (chunks, hash, skip, sha256, false))))
                    }
                    None if <[u8; 32]>::from(hash.clone().finalize()) == sha256.0 => Ok(None),
                    None => Err(std::io::Error::other("the object is not the one that was stored")),
                }
            });
        Ok((row.byte_size, content.boxed()))
    }
}

/// An object on its way. One that is dropped unfinished leaves no object.
pub(crate) struct BlobWriter {
    id: BlobId,
    upload: Box<dyn MultipartUpload>,
    part: BytesMut,
    sha256: Sha256,
    byte_size: u64,
}

impl BlobWriter {
    pub fn byte_size(&self) -> u64 {
        self.byte_size
    }

    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.sha256.update(bytes);
        self.byte_size += bytes.len() as u64;
        self.part.extend_from_slice(bytes);
        while self.part.len() >= PART {
            let part = self.part.split_to(PART).freeze();
            self.upload.put_part(part.into()).await?;
        }
        Ok(())
    }

    /// Returns when the object is durable.
    pub async fn finish(mut self) -> Result<StoredBlob> {
        let rest = self.part.split().freeze();
        self.upload.put_part(rest.into()).await?;
        self.upload.complete().await?;
        let sha256 = Digest(self.sha256.finalize().into());
        Ok(StoredBlob { id: self.id, sha256, byte_size: self.byte_size, key_id: Uuid::nil() })
    }

    pub async fn abort(mut self) {
        // What stays is swept after a day.
        let _ = self.upload.abort().await;
    }
}

/// Removes objects that have had no row for a day: their unit never committed.
pub(crate) async fn sweep(app: App) -> Result<()> {
    let now = app.now().millis();
    for (organization, _) in account::organizations(app.store().reader()).await? {
        let prefix = Key::from(organization.to_string());
        let mut objects = app.blobs().store.list(Some(&prefix)).try_chunks(500);
        while let Some(chunk) = objects.next().await {
            let chunk = chunk.map_err(|error| InternalError::Store(error.1))?;
            let old: Vec<(Uuid, Key)> = chunk
                .into_iter()
                .filter(|object| now - object.last_modified.timestamp_millis() > ORPHAN_AGE.as_millis() as i64)
                .filter_map(|object| Some((object.location.filename()?.parse().ok()?, object.location)))
                .collect();
            let ids: Vec<Uuid> = old.iter().map(|(id, _)| *id).collect();
            let owned = reading::owned_blobs(app.store().reader(), organization, &ids).await?;
            for (_, location) in old.into_iter().filter(|(id, _)| !owned.contains(id)) {
                app.blobs().store.delete(&location).await?;
                metrics::counter!("countersign_blobs_swept_total").increment(1);
            }
        }
    }
    Ok(())
}
