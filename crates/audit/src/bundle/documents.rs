//! The uploaded files: each is one that a leaf `document.received` commits to.

use std::collections::{BTreeSet, HashSet};

use super::disclosures::Upload;
use super::files::Files;
use super::manifest::{hash, mismatch};
use super::{About, Finding, Note};
use crate::digest::Digest;
use crate::threads;
use crate::verify::BreakCode;

pub(super) const FOLDER: &str = "documents/";

/// Whether each file is the one that its name says and that an event of the bundle names, and whether all are there.
/// Answers how many there are.
pub(super) fn check(
    files: &dyn Files,
    about: &About,
    uploads: &[Upload],
    notes: &mut BTreeSet<Note>,
    threads: usize,
) -> Result<u64, Finding> {
    let named: HashSet<Digest> = uploads.iter().filter_map(|upload| upload.sha256).collect();
    let paths = files.listing().range(FOLDER.to_owned()..).map(|(path, _)| path);
    let paths: Vec<&String> = paths.take_while(|path| path.starts_with(FOLDER)).collect();
    let hashes = threads::map(threads, &paths, |path| hash(files, path));
    for (path, hash) in paths.iter().zip(hashes) {
        let hash = hash?;
        if path[FOLDER.len()..] != hash.to_string() {
            return Err(mismatch(format!("{path} is not the file of this name")));
        }
        if named.contains(&hash) {
            continue;
        }
        if about.disclosures {
            return Err(mismatch(format!("{path} is a file that no event of this bundle names")));
        }
        notes.insert(Note::DocumentsUnbound);
    }
    for Upload { seq, sha256 } in uploads {
        let missing = sha256.is_none_or(|hash| !files.listing().contains_key(&format!("{FOLDER}{hash}")));
        match sha256 {
            _ if !missing => {}
            // All that this event commits to is disclosed, and no file is among it.
            None if about.disclosures => {}
            _ if !about.documents => _ = notes.insert(Note::DocumentsLeftOut),
            Some(_) => return Err(Finding::at(BreakCode::Incomplete, *seq, "the file that was uploaded is missing")),
            None => _ = notes.insert(Note::DocumentsUnbound),
        }
    }
    Ok(paths.len() as u64)
}
