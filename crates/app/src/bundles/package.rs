//! The files of a bundle, on their way into a folder or an archive. Each is hashed as it passes, for the manifest.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use audit::Digest;
use bytes::Bytes;
use futures_util::{TryStreamExt, stream::BoxStream};
use tempfile::{NamedTempFile, TempDir};

use crate::{
    App,
    archive::{Archive, HashedFile, PIECE},
    blobs::{BlobWriter, StoredBlob},
    error::{Error, Result},
};

/// Holds one hash and one path a file, and nothing of what is in them.
pub(super) struct Package {
    target: Target,
    sums: BTreeMap<String, Digest>,
    byte_size: u64,
    /// Where files wait whose length is not known yet: in the data folder, nameless, gone when closed.
    waiting: PathBuf,
}

enum Target {
    Blob(Archive<BlobWriter>),
    File { archive: Archive<HashedFile>, staged: NamedTempFile, out: PathBuf },
    Folder { staged: TempDir, out: PathBuf },
}

/// A bundle that is whole.
pub(super) struct Packed {
    /// Of the archive; of the manifest where the bundle is a folder.
    pub sha256: Digest,
    pub byte_size: u64,
    pub blob: Option<StoredBlob>,
}

/// A file of a bundle that grows beside the others.
pub(super) struct Growing(HashedFile);

impl Growing {
    pub fn line(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.append(bytes)?;
        Ok(self.0.append(b"\n")?)
    }
}

impl Package {
    pub fn into_blob(app: &App, writer: BlobWriter) -> Package {
        Package::new(app, Target::Blob(Archive::new(writer, app.now())))
    }

    /// Into an archive where `out` ends in `.tar`, into a folder otherwise. Nothing stands at `out` before it is whole.
    ///
    /// # Errors
    /// `OUT_EXISTS`, and for a folder above it that is not there.
    pub fn into_file(app: &App, out: &Path) -> Result<Package> {
        if out.symlink_metadata().is_ok() {
            return Err(exists(out));
        }
        let above = out.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unwritable = |error: io::Error| {
            Error::invalid("OUT_UNWRITABLE", format!("{} can't be written to: {error}", above.display()))
        };
        let target = if out.extension().is_some_and(|extension| extension == "tar") {
            let staged = NamedTempFile::new_in(above).map_err(unwritable)?;
            let archive = Archive::new(HashedFile::new(staged.reopen()?), app.now());
            Target::File { archive, staged, out: out.to_owned() }
        } else {
            Target::Folder { staged: TempDir::new_in(above).map_err(unwritable)?, out: out.to_owned() }
        };
        Ok(Package::new(app, target))
    }

    fn new(app: &App, target: Target) -> Package {
        Package { target, sums: BTreeMap::new(), byte_size: 0, waiting: app.settings().data.clone() }
    }

    /// Whether a file of this name is in already.
    pub fn has(&self, path: &str) -> bool {
        self.sums.contains_key(path)
    }

    pub async fn add(&mut self, path: &str, content: &[u8]) -> Result<()> {
        self.sums.insert(path.to_owned(), Digest::of(content));
        self.byte_size += content.len() as u64;
        match &mut self.target {
            Target::Blob(archive) => archive.add(path, content).await,
            Target::File { archive, .. } => archive.add(path, content).await,
            Target::Folder { staged, .. } => Ok(create(staged.path(), path)?.write_all(content)?),
        }
    }

    /// Begins a file whose length is known only at its end.
    pub fn grow(&self) -> Result<Growing> {
        Ok(Growing(HashedFile::new(tempfile::tempfile_in(&self.waiting)?)))
    }

    pub async fn add_grown(&mut self, path: &str, grown: Growing) -> Result<()> {
        let (mut file, sha256, byte_size) = grown.0.end()?;
        file.rewind()?;
        self.copy(path, byte_size, sha256, file).await
    }

    /// Adds what comes in pieces, such as an uploaded file.
    pub async fn add_stream(&mut self, path: &str, mut pieces: BoxStream<'static, io::Result<Bytes>>) -> Result<()> {
        let mut growing = self.grow()?;
        while let Some(piece) = pieces.try_next().await? {
            growing.0.append(&piece)?;
        }
        self.add_grown(path, growing).await
    }

    async fn copy(&mut self, path: &str, byte_size: u64, sha256: Digest, content: impl Read + Send) -> Result<()> {
        self.sums.insert(path.to_owned(), sha256);
        self.byte_size += byte_size;
        match &mut self.target {
            Target::Blob(archive) => archive.copy(path, byte_size, content).await,
            Target::File { archive, .. } => archive.copy(path, byte_size, content).await,
            Target::Folder { staged, .. } => {
                let mut from = io::BufReader::with_capacity(PIECE, content);
                io::copy(&mut from, &mut create(staged.path(), path)?)?;
                Ok(())
            }
        }
    }

    /// Adds the manifest, as `sha256sum -c` reads it, and puts the bundle in its place.
    pub async fn finish(mut self) -> Result<Packed> {
        let lines = self.sums.iter().map(|(path, sum)| format!("{sum}  {path}\n"));
        let manifest = lines.collect::<String>().into_bytes();
        self.add("MANIFEST.sha256", &manifest).await?;
        match self.target {
            Target::Blob(archive) => {
                let blob = archive.finish().await?;
                Ok(Packed { sha256: blob.sha256, byte_size: blob.byte_size, blob: Some(blob) })
            }
            Target::File { archive, staged, out } => {
                let (sha256, byte_size) = archive.finish().await?;
                staged.persist_noclobber(&out).map_err(|refused| match refused.error.kind() {
                    io::ErrorKind::AlreadyExists => exists(&out),
                    _ => refused.error.into(),
                })?;
                Ok(Packed { sha256, byte_size, blob: None })
            }
            Target::Folder { staged, out } => {
                // A rename takes the place of an empty folder, so one that was made meanwhile is looked for again.
                if out.symlink_metadata().is_ok() {
                    return Err(exists(&out));
                }
                fs::rename(staged.keep(), &out)?;
                Ok(Packed { sha256: Digest::of(&manifest), byte_size: self.byte_size, blob: None })
            }
        }
    }
}

fn create(folder: &Path, path: &str) -> io::Result<File> {
    let path = folder.join(path);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)
}

fn exists(out: &Path) -> Error {
    let message = format!("{} is there already, and nothing is written over: name another", out.display());
    Error::invalid("OUT_EXISTS", message)
}
