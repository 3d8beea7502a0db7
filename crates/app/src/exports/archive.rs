//! A tar archive (POSIX ustar, long names the GNU way) that is written into a blob as it grows.

use std::collections::BTreeMap;

use audit::Digest;
use domain::time::Timestamp;

use crate::{
    blobs::{BlobWriter, StoredBlob},
    error::{InternalError, Result},
};

const BLOCK: usize = 512;

pub(super) struct Archive {
    writer: BlobWriter,
    made_at: Timestamp,
    sums: BTreeMap<String, String>,
}

impl Archive {
    pub fn new(writer: BlobWriter, made_at: Timestamp) -> Archive {
        Archive { writer, made_at, sums: BTreeMap::new() }
    }

    pub async fn add(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let mut header = tar::Header::new_ustar();
        header.set_path(path).map_err(|error| InternalError::Other(format!("archive: {error}")))?;
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(u64::try_from(self.made_at.millis() / 1_000).unwrap_or_default());
        header.set_cksum();
        self.writer.write(header.as_bytes()).await?;
        self.writer.write(content).await?;
        let padding = content.len().next_multiple_of(BLOCK) - content.len();
        self.writer.write(&[0; BLOCK][..padding]).await?;
        self.sums.insert(path.to_owned(), Digest::of(content).to_string());
        Ok(())
    }

    /// SHA-256 of each file so far, in hexadecimal.
    pub fn sums(&self) -> BTreeMap<String, String> {
        self.sums.clone()
    }

    /// Ends the archive with two empty blocks.
    pub async fn finish(mut self) -> Result<StoredBlob> {
        self.writer.write(&[0; 2 * BLOCK]).await?;
        self.writer.finish().await
    }
}
