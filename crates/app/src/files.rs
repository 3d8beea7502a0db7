//! Small private files that must survive a crash.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

/// Makes `path` and what lies above it, readable by the owner alone.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Puts `bytes` in place of the file, whole or not at all: a crash leaves the old content or the new.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or_else(|| io::Error::other("a file has a folder"))?;
    // Named after the whole of its name: files that differ in their extension alone must not share it.
    let staged = path.with_added_extension("new");
    // A crash before this line's end leaves only the staged file, which the next write replaces.
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&staged)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&staged, path)?;
    // Without this the rename itself could be lost.
    File::open(folder)?.sync_all()
}

/// Tells whether a server runs on a data folder. Servers share the lock for as long as they run; who wants to do their
/// work takes it alone. A process that dies gives it back.
pub(crate) struct RunningLock {
    _file: File,
}

impl RunningLock {
    /// Waits for a command that works alone, which takes moments.
    pub fn share(data: &Path) -> io::Result<RunningLock> {
        let file = Self::file(data)?;
        file.lock_shared()?;
        Ok(RunningLock { _file: file })
    }

    /// `None` while a server runs.
    pub fn try_alone(data: &Path) -> io::Result<Option<RunningLock>> {
        let file = Self::file(data)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(RunningLock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn file(data: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(data.join("running.lock"))
    }
}

/// An exclusive lock among processes, held until it is dropped.
pub(crate) fn lock(path: &Path) -> io::Result<File> {
    let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    lock.lock()?;
    Ok(lock)
}
