//! The first break of each log that has one; signing of that log has stopped. It is kept in a file beside the
//! last-signed heads, so that no restart signs again before somebody has looked.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::head_store::file_stem;
use crate::files;

pub(crate) struct Alarm {
    folder: PathBuf,
    /// Those that could not be written down, which then at least this process knows.
    unwritten: Mutex<HashMap<String, String>>,
}

impl Alarm {
    /// Alarms in `heads/` under the data folder, raised by whichever process.
    pub fn open(data: &Path) -> Alarm {
        Alarm { folder: data.join("heads"), unwritten: Mutex::default() }
    }

    /// The first alarm of a log stays until it is cleared.
    pub fn raise(&self, origin: &str, message: &str) {
        if self.of(origin).is_some() {
            return;
        }
        tracing::error!(origin, message, "the log does not hold: signing has stopped");
        metrics::gauge!("countersign_log_broken", "log" => origin.to_owned()).set(1.0);
        if let Err(error) = files::write_durably(&self.file(origin), format!("{message}\n").as_bytes()) {
            tracing::error!(origin, %error, "the alarm could not be written down, and would not outlast a restart");
            let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
            unwritten.insert(origin.to_owned(), message.to_owned());
        }
    }

    pub fn of(&self, origin: &str) -> Option<String> {
        match fs::read_to_string(self.file(origin)) {
            Ok(message) => Some(message.trim_end().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.unwritten.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()
            }
            // Whoever may not read it must not sign either.
            Err(error) => Some(format!("the alarm can't be read: {error}")),
        }
    }

    /// After somebody looked: the log was read again and holds, or a new epoch goes on from it.
    pub fn clear(&self, origin: &str) -> io::Result<()> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner).remove(origin);
        metrics::gauge!("countersign_log_broken", "log" => origin.to_owned()).set(0.0);
        match fs::remove_file(self.file(origin)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn file(&self, origin: &str) -> PathBuf {
        self.folder.join(format!("{}.alarm", file_stem(origin)))
    }
}
