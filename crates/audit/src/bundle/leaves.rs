//! The leaves of `events.ndjson`, read and hashed batch by batch.

use std::sync::mpsc;

use super::files::{Files, Lines};
use super::{Finding, Progress};
use crate::leaf::{LeafError, MAX_BYTES};
use crate::threads;
use crate::verify::Hashed;

/// A batch ends with so many leaves, or with the leaf that makes it so many bytes long.
const BATCH_LEAVES: usize = 2_048;
const BATCH_BYTES: usize = 8 << 20;

pub(super) type ParsedLeaf = Result<Hashed, LeafError>;

/// Shows the leaves batch by batch, each batch read and hashed while the one before is judged.
pub(super) fn for_each_batch(
    files: &dyn Files,
    threads: usize,
    mut judge: impl FnMut(Vec<ParsedLeaf>, Progress) -> Result<(), Finding>,
) -> Result<(), Finding> {
    let mut leaves = Leaves::of(files, threads)?;
    let (hand_over, batches) = mpsc::sync_channel(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Nobody takes a batch any more once a break was found.
            while let Some(batch) = leaves.next_batch()
                && hand_over.send((batch, leaves.progress())).is_ok()
            {}
        });
        batches.into_iter().try_for_each(|(batch, progress)| judge(batch?, progress))
    })
}

struct Leaves<'a> {
    lines: Lines<'a>,
    threads: usize,
    /// Bytes of the whole file.
    of: u64,
    ended: Option<Result<(), Finding>>,
}

impl<'a> Leaves<'a> {
    fn of(files: &'a dyn Files, threads: usize) -> Result<Self, Finding> {
        let of = files.listing().get("events.ndjson").copied().unwrap_or(0);
        Ok(Self { lines: Lines::of(files, "events.ndjson", MAX_BYTES)?, threads, of, ended: None })
    }

    fn progress(&self) -> Progress {
        Progress { read: self.lines.bytes_read(), of: self.of }
    }

    /// `None` at the end. A file that breaks off is told after the leaves before the break.
    fn next_batch(&mut self) -> Option<Result<Vec<ParsedLeaf>, Finding>> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH_LEAVES && bytes < BATCH_BYTES && self.ended.is_none() {
            match self.lines.next() {
                Ok(Some(line)) => {
                    bytes += line.len();
                    batch.push(line);
                }
                Ok(None) => self.ended = Some(Ok(())),
                Err(finding) => self.ended = Some(Err(finding)),
            }
        }
        if batch.is_empty() {
            return self.ended.replace(Ok(())).and_then(Result::err).map(Err);
        }
        Some(Ok(threads::map(self.threads, &batch, |line| Hashed::parse(line))))
    }
}
