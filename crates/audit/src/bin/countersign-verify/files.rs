//! Bundles on disk: a folder, or one tar.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use audit::bundle::files::{Files, Listing, Malformed, add};
use audit::bundle::tar::{self, Index, TarError};

/// Why a bundle cannot be opened.
pub enum OpenError {
    /// It can be read, but is none.
    Malformed(Malformed),
    Read(io::Error),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl From<Malformed> for OpenError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

pub struct Folder {
    root: PathBuf,
    listing: Listing,
}

impl Folder {
    /// Lists all files below `root`, following no links.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        let mut folder = Self { root: root.to_owned(), listing: Listing::new() };
        let mut folders = vec![String::new()];
        while let Some(within) = folders.pop() {
            for entry in fs::read_dir(root.join(&within))? {
                let entry = entry?;
                let name = entry.file_name().into_string().map_err(|_| malformed("a path that is not UTF-8"))?;
                let path = if within.is_empty() { name } else { format!("{within}/{name}") };
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    let size = entry.metadata()?.len();
                    add(&mut folder.listing, path, size)?;
                } else {
                    return Err(malformed(&format!("neither a file nor a folder: {path:?}")).into());
                }
            }
        }
        Ok(folder)
    }
}

impl Files for Folder {
    fn listing(&self) -> &Listing {
        &self.listing
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(File::open(self.root.join(path))?))
    }
}

pub struct TarFile {
    path: PathBuf,
    index: Index,
}

impl TarFile {
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let index = tar::index(file, length).map_err(|error| match error {
            TarError::Malformed(malformed) => OpenError::Malformed(malformed),
            TarError::Read(error) => OpenError::Read(error),
        })?;
        Ok(Self { path: path.to_owned(), index })
    }
}

impl Files for TarFile {
    fn listing(&self) -> &Listing {
        &self.index.listing
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let (Some(size), Some(offset)) = (self.index.listing.get(path), self.index.offsets.get(path)) else {
            return Err(io::ErrorKind::NotFound.into());
        };
        // Each reader has a file of its own, so that threads can read side by side.
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(*offset))?;
        Ok(Box::new(file.take(*size)))
    }
}

fn malformed(message: &str) -> Malformed {
    Malformed(message.to_owned())
}
