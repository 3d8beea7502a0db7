//! The leaves of `events.ndjson`, read and hashed batch by batch.

use super::Finding;
use super::files::{Files, Lines};
use crate::leaf::{LeafError, MAX_BYTES};
use crate::threads;
use crate::verify::Hashed;

/// Leaves that are in memory at once. At their longest they take 128 MiB, at 600 bytes less than 4 MiB.
const BATCH: usize = 2_048;

pub(super) struct Leaves<'a> {
    lines: Lines<'a>,
    threads: usize,
    ended: Option<Result<(), Finding>>,
}

pub(super) type ParsedLeaf = Result<Hashed, LeafError>;

impl<'a> Leaves<'a> {
    pub(super) fn of(files: &'a dyn Files, threads: usize) -> Result<Self, Finding> {
        Ok(Self { lines: Lines::of(files, "events.ndjson", MAX_BYTES)?, threads, ended: None })
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.lines.bytes_read()
    }

    /// The next leaves; none at the end. A file that breaks off is told after the leaves before the break.
    pub(super) fn next_batch(&mut self) -> Result<Vec<ParsedLeaf>, Finding> {
        let mut batch = Vec::new();
        while batch.len() < BATCH && self.ended.is_none() {
            match self.lines.next() {
                Ok(Some(line)) => batch.push(line),
                Ok(None) => self.ended = Some(Ok(())),
                Err(finding) => self.ended = Some(Err(finding)),
            }
        }
        match &self.ended {
            Some(Err(finding)) if batch.is_empty() => Err(finding.clone()),
            _ => Ok(threads::map(self.threads, &batch, |line| Hashed::parse(line))),
        }
    }
}
