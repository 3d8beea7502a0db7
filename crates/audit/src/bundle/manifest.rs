//! `MANIFEST.sha256`, which names all other files.

use std::io::Read;

use sha2::{Digest as _, Sha256};

use super::files::{self, Files, Lines, MAX_PATH_BYTES};
use super::{Finding, documents};
use crate::digest::Digest;
use crate::threads;
use crate::verify::BreakCode;

const MANIFEST: &str = "MANIFEST.sha256";

/// Files that are hashed before their lines of the manifest are compared.
const BATCH: usize = 4_096;

/// Whether the manifest names exactly the files of the bundle, in the order of their paths, with their hashes.
pub(super) fn check_manifest(files: &dyn Files, threads: usize) -> Result<(), Finding> {
    if !files.listing().contains_key(MANIFEST) {
        return Err(mismatch(format!("{MANIFEST} is missing")));
    }
    let mut lines = Lines::of(files, MANIFEST, 64 + 2 + MAX_PATH_BYTES)?;
    let paths: Vec<&String> = files.listing().keys().filter(|path| *path != MANIFEST).collect();
    for batch in paths.chunks(BATCH) {
        let hashes = threads::map(threads, batch, |path| known_hash(path).map_or_else(|| hash(files, path), Ok));
        for (path, hash) in batch.iter().zip(hashes) {
            let expected = format!("{}  {path}", hash?);
            match lines.next()? {
                Some(line) if line == expected.as_bytes() => {}
                Some(_) => return Err(mismatch(format!("at {path}: a file is missing, added or changed"))),
                None => return Err(mismatch(format!("{path} is not in {MANIFEST}"))),
            }
        }
    }
    match lines.next()? {
        None => Ok(()),
        Some(_) => Err(mismatch(format!("{MANIFEST} names a file that is missing"))),
    }
}

/// A document was hashed before, and has the hash that is its name.
fn known_hash(path: &str) -> Option<Digest> {
    path.strip_prefix(documents::FOLDER).and_then(|name| name.parse().ok())
}

pub(super) fn hash(files: &dyn Files, path: &str) -> Result<Digest, Finding> {
    let mut reader = files::open(files, path)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = match reader.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read.map_err(|error| files::unreadable(path, &error))?,
        };
        if read == 0 {
            return Ok(Digest(hash.finalize().into()));
        }
        hash.update(&buffer[..read]);
    }
}

pub(super) fn mismatch(message: String) -> Finding {
    Finding::bundle(BreakCode::ManifestMismatch, message)
}
