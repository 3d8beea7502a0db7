//! Whether the tiles and entry bundles of a whole log are the ones that its leaves give.

use super::Finding;
use super::files::{self, Files};
use crate::tile::{Level, MAX_ENTRIES_BYTES, Tile, TileBuilder, TilePath, WIDTH, encode_entries, encode_hashes};
use crate::tree::Hash;
use crate::verify::BreakCode;

/// Compares tile after tile while the leaves go by. The first break is kept until the leaves were read.
pub(super) struct Tiles<'a> {
    files: &'a dyn Files,
    builder: TileBuilder,
    /// The entry bundle at the right edge.
    entries: Vec<u8>,
    size: u64,
    broken: Option<Finding>,
}

impl<'a> Tiles<'a> {
    pub(super) fn of(files: &'a dyn Files) -> Self {
        Self { files, builder: TileBuilder::new(), entries: Vec::new(), size: 0, broken: None }
    }

    pub(super) fn append(&mut self, bytes: &[u8], hash: Hash) -> Result<(), Finding> {
        let mut full = Vec::new();
        self.builder.append(hash, |tile| full.push(tile));
        self.compare_hashes(full)?;
        let entry = encode_entries([bytes]).map_err(|error| self.malformed(&error.to_string()))?;
        self.entries.extend(entry);
        self.size += 1;
        if self.size.is_multiple_of(u64::from(WIDTH)) { self.compare_entries(WIDTH) } else { Ok(()) }
    }

    /// The break that was found first.
    pub(super) fn finish(mut self) -> Result<(), Finding> {
        let partial = std::mem::take(&mut self.builder).finish();
        self.compare_hashes(partial)?;
        let width = (self.size % u64::from(WIDTH)) as u16;
        if width > 0 {
            self.compare_entries(width)?;
        }
        self.broken.map_or(Ok(()), Err)
    }

    fn compare_hashes(&mut self, tiles: Vec<Tile>) -> Result<(), Finding> {
        for Tile { path, hashes } in tiles {
            self.compare(path, &encode_hashes(&hashes), |at| (at / 32) as u16)?;
        }
        Ok(())
    }

    fn compare_entries(&mut self, width: u16) -> Result<(), Finding> {
        let index = (self.size - 1) / u64::from(WIDTH);
        let path = TilePath::new(Level::Entries, index, width).map_err(|error| self.malformed(&error.to_string()))?;
        let entries = std::mem::take(&mut self.entries);
        self.compare(path, &entries, |at| entry_at(&entries, at))
    }

    /// `position`: the hash or entry within the tile that the byte at this offset belongs to.
    fn compare(&mut self, path: TilePath, expected: &[u8], position: impl Fn(usize) -> u16) -> Result<(), Finding> {
        if self.broken.is_some() {
            return Ok(());
        }
        let name = path.to_string();
        self.broken = match files::read(self.files, &name, MAX_ENTRIES_BYTES as u64)? {
            None => Some(Finding::at(BreakCode::Incomplete, path.first_leaf(0), format!("{name} is missing"))),
            Some(found) if found == expected => None,
            Some(found) => {
                let same = found.iter().zip(expected).take_while(|(ours, theirs)| ours == theirs).count();
                let leaf = path.first_leaf(position(same.min(expected.len() - 1)));
                Some(Finding::at(BreakCode::RootMismatch, leaf, format!("{name} is not what the leaves give")))
            }
        };
        Ok(())
    }

    fn malformed(&self, message: &str) -> Finding {
        Finding::at(BreakCode::Noncanonical, self.size, message)
    }
}

/// Which entry of an entry bundle the byte at `at` belongs to.
fn entry_at(entries: &[u8], at: usize) -> u16 {
    let (mut rest, mut start, mut position) = (entries, 0, 0);
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        start += 2 + length;
        if at < start {
            break;
        }
        position += 1;
        rest = after.get(length..).unwrap_or_default();
    }
    position
}
