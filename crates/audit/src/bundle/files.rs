//! The files of a bundle, wherever they lie: names and sizes first, contents on demand.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use super::Finding;
use crate::verify::BreakCode;

/// The most files that a bundle may hold: five million events with a tenth of them signed stay far below.
pub const MAX_FILES: usize = 2_000_000;

/// The longest path of a file, in bytes.
pub const MAX_PATH_BYTES: usize = 255;

/// The largest file that is read as a whole (checkpoints, proofs, statements), in bytes.
pub const MAX_SMALL_FILE: u64 = 1_000_000;

/// Path and size in bytes of every file.
pub type Listing = BTreeMap<String, u64>;

/// Reads a bundle. A folder and a tar implement it outside this library; [`super::tar::index`] reads a tar's listing.
///
/// A listing holds valid paths only ([`check_path`]): whoever makes one refuses all else, links and devices too.
pub trait Files: Sync {
    fn listing(&self) -> &Listing;

    /// # Errors
    /// Those of reading; a path that is not listed.
    fn open(&self, path: &str) -> std::io::Result<Box<dyn Read + Send + '_>>;
}

/// Why a listing is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub String);

/// Relative, separated by `/`, without `.`, `..`, backslashes, control characters and empty steps.
///
/// # Errors
/// Any other path, or one of more than [`MAX_PATH_BYTES`].
pub fn check_path(path: &str) -> Result<(), Malformed> {
    let step = |step: &str| !matches!(step, "" | "." | "..");
    let plain = !path.chars().any(|c| c == '\\' || c.is_control());
    if path.len() <= MAX_PATH_BYTES && plain && path.split('/').all(step) {
        Ok(())
    } else {
        Err(Malformed(format!("a path that leads out of the bundle or is not plain: {:?}", excerpt(path))))
    }
}

/// Adds a file to a listing.
///
/// # Errors
/// A path that [`check_path`] refuses or that is there already, or more than [`MAX_FILES`].
pub fn add(listing: &mut Listing, path: String, size: u64) -> Result<(), Malformed> {
    check_path(&path)?;
    if listing.len() == MAX_FILES {
        return Err(Malformed(format!("more than {MAX_FILES} files")));
    }
    match listing.entry(path) {
        std::collections::btree_map::Entry::Vacant(entry) => {
            entry.insert(size);
            Ok(())
        }
        std::collections::btree_map::Entry::Occupied(entry) => {
            Err(Malformed(format!("two files of one path: {}", entry.key())))
        }
    }
}

fn excerpt(path: &str) -> String {
    path.chars().take(80).collect()
}

/// The whole of a small file; `None` where there is none of this path.
pub(super) fn read(files: &dyn Files, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Finding> {
    let Some(size) = files.listing().get(path) else { return Ok(None) };
    let too_long = || Finding::bundle(BreakCode::BundleMalformed, format!("{path} is longer than {limit} bytes"));
    if *size > limit {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    open(files, path)?.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > limit { Err(too_long()) } else { Ok(Some(bytes)) }
}

/// A small file as text. What is not UTF-8 becomes the empty text, which no parser of ours accepts.
pub(super) fn read_text(files: &dyn Files, path: &str) -> Result<Option<String>, Finding> {
    let bytes = read(files, path, MAX_SMALL_FILE)?;
    Ok(bytes.map(|bytes| String::from_utf8(bytes).unwrap_or_default()))
}

pub(super) fn open<'a>(files: &'a dyn Files, path: &str) -> Result<Box<dyn Read + Send + 'a>, Finding> {
    files.open(path).map_err(|error| unreadable(path, &error))
}

pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Finding {
    Finding::bundle(BreakCode::BundleMalformed, format!("{path} cannot be read: {error}"))
}

/// The lines of a file, each without its LF, in constant memory.
pub(super) struct Lines<'a> {
    path: &'static str,
    limit: usize,
    reader: BufReader<Box<dyn Read + Send + 'a>>,
    bytes_read: u64,
}

impl<'a> Lines<'a> {
    /// A line of more than `limit` bytes comes cut off after `limit + 1` of them, so that it is refused as such.
    pub(super) fn of(files: &'a dyn Files, path: &'static str, limit: usize) -> Result<Self, Finding> {
        let reader = BufReader::with_capacity(1 << 18, open(files, path)?);
        Ok(Self { path, limit, reader, bytes_read: 0 })
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, Finding> {
        let mut line = Vec::with_capacity(1024);
        let longest = self.limit as u64 + 2;
        let read = self.reader.by_ref().take(longest).read_until(b'\n', &mut line);
        let read = read.map_err(|error| unreadable(self.path, &error))?;
        self.bytes_read += read as u64;
        match line.last() {
            None => Ok(None),
            Some(b'\n') => {
                line.pop();
                Ok(Some(line))
            }
            Some(_) if read as u64 == longest => Ok(Some(line)),
            Some(_) => {
                let message = format!("the last line of {} does not end", self.path);
                Err(Finding::bundle(BreakCode::BundleMalformed, message))
            }
        }
    }
}
