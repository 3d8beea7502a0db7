//! A tar archive (POSIX ustar) that is written out as it grows, into a blob or into a file of this machine.

use std::{
    fs::File,
    io::{BufWriter, Read, Write},
};

use audit::Digest;
use domain::time::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::{
    blobs::{BlobWriter, StoredBlob},
    error::{InternalError, Result},
};

const BLOCK: usize = 512;
/// What is copied at a time.
pub(crate) const PIECE: usize = 256 * 1024;

/// The first size that eleven octal digits can't tell.
const USTAR_LIMIT: u64 = 1 << 33;

/// `<length> <keyword>=<value>` LF, where the length counts itself.
fn pax_record(keyword: &str, value: &str) -> String {
    let rest = keyword.len() + value.len() + 3;
    let mut length = rest;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    format!("{length} {keyword}={value}\n")
}

/// Where the bytes of an archive go.
pub(crate) trait Output: Send {
    type Done;

    fn write(&mut self, bytes: &[u8]) -> impl Future<Output = Result<()>> + Send;

    /// Returns when the bytes are durable.
    fn finish(self) -> impl Future<Output = Result<Self::Done>> + Send;
}

impl Output for BlobWriter {
    type Done = StoredBlob;

    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        BlobWriter::write(self, bytes).await
    }

    async fn finish(self) -> Result<StoredBlob> {
        BlobWriter::finish(self).await
    }
}

/// A file, hashed on its way.
pub(crate) struct HashedFile {
    file: BufWriter<File>,
    sha256: Sha256,
    byte_size: u64,
}

impl HashedFile {
    pub fn new(file: File) -> HashedFile {
        HashedFile { file: BufWriter::with_capacity(PIECE, file), sha256: Sha256::new(), byte_size: 0 }
    }

    pub fn append(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.sha256.update(bytes);
        self.byte_size += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// The file with its hash and size.
    pub fn end(self) -> std::io::Result<(File, Digest, u64)> {
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok((file, Digest(self.sha256.finalize().into()), self.byte_size))
    }
}

impl Output for HashedFile {
    type Done = (Digest, u64);

    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.append(bytes)?)
    }

    async fn finish(self) -> Result<(Digest, u64)> {
        let (file, sha256, byte_size) = self.end()?;
        file.sync_all()?;
        Ok((sha256, byte_size))
    }
}

pub(crate) struct Archive<W> {
    writer: W,
    made_at: Timestamp,
}

impl<W: Output> Archive<W> {
    pub fn new(writer: W, made_at: Timestamp) -> Archive<W> {
        Archive { writer, made_at }
    }

    pub async fn add(&mut self, path: &str, content: &[u8]) -> Result<()> {
        self.begin(path, content.len() as u64).await?;
        self.writer.write(content).await?;
        self.pad(content.len() as u64).await
    }

    /// Adds a file of `byte_size` bytes out of `content`, a piece at a time.
    pub async fn copy(&mut self, path: &str, byte_size: u64, mut content: impl Read + Send) -> Result<()> {
        self.begin(path, byte_size).await?;
        let mut piece = vec![0; PIECE];
        let mut copied = 0;
        loop {
            let read = content.read(&mut piece)?;
            if read == 0 {
                break;
            }
            copied += read as u64;
            self.writer.write(&piece[..read]).await?;
        }
        if copied != byte_size {
            return Err(InternalError::Other(format!("archive: {path} changed while it was copied")).into());
        }
        self.pad(byte_size).await
    }

    async fn begin(&mut self, path: &str, byte_size: u64) -> Result<()> {
        if byte_size >= USTAR_LIMIT {
            self.announce(byte_size).await?;
        }
        let mut header = tar::Header::new_ustar();
        header.set_path(path).map_err(|error| InternalError::Other(format!("archive: {error}")))?;
        header.set_size(if byte_size < USTAR_LIMIT { byte_size } else { 0 });
        header.set_mode(0o644);
        header.set_mtime(u64::try_from(self.made_at.millis() / 1_000).unwrap_or_default());
        header.set_cksum();
        self.writer.write(header.as_bytes()).await
    }

    /// The size of the file that follows, where ustar has no room for it: a pax header (POSIX.1, `pax`, section "pax
    /// Extended Header").
    async fn announce(&mut self, byte_size: u64) -> Result<()> {
        let record = pax_record("size", &byte_size.to_string());
        let mut header = tar::Header::new_ustar();
        header.set_path("pax").map_err(|error| InternalError::Other(format!("archive: {error}")))?;
        header.set_entry_type(tar::EntryType::XHeader);
        header.set_size(record.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        self.writer.write(header.as_bytes()).await?;
        self.writer.write(record.as_bytes()).await?;
        self.pad(record.len() as u64).await
    }

    async fn pad(&mut self, byte_size: u64) -> Result<()> {
        let block = BLOCK as u64;
        let padding = (byte_size.next_multiple_of(block) - byte_size) as usize;
        self.writer.write(&[0; BLOCK][..padding]).await
    }

    /// Ends the archive with two empty blocks.
    pub async fn finish(mut self) -> Result<W::Done> {
        self.writer.write(&[0; 2 * BLOCK]).await?;
        self.writer.finish().await
    }
}

#[cfg(test)]
mod tests {
    use super::pax_record;

    #[test]
    fn a_pax_record_counts_its_own_length() {
        assert_eq!(pax_record("size", "8589934592"), "19 size=8589934592\n");
        for digits in 1..200 {
            let record = pax_record("k", &"1".repeat(digits));
            assert!(record.starts_with(&format!("{} ", record.len())), "{record}");
        }
    }
}
