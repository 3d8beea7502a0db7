//! `tile/<L>/<N>[.p/<W>]`: tlog-tiles, section "Merkle Tree" and section "Log entries".

use super::WIDTH;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nodes of the tree of level 8 · `L`.
    Hashes(u8),
    /// The leaves themselves.
    Entries,
}

/// The name of a hash tile or an entry bundle, relative to the prefix of its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    pub(super) level: Level,
    pub(super) index: u64,
    pub(super) width: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tile is named tile/<level or entries>/<index in groups of three digits>, and .p/<width> when it is partial")]
pub struct TilePathError;

impl TilePath {
    /// The highest level that tlog-tiles can name.
    pub const MAX_LEVEL: u8 = 63;

    /// `width` is 1 to 256, and 256 for a full tile.
    ///
    /// # Errors
    /// A level above 63, or another width.
    pub fn new(level: Level, index: u64, width: u16) -> Result<Self, TilePathError> {
        let level_is_valid = !matches!(level, Level::Hashes(level) if level > Self::MAX_LEVEL);
        if level_is_valid && (1..=WIDTH).contains(&width) {
            Ok(Self { level, index, width })
        } else {
            Err(TilePathError)
        }
    }

    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The first leaf under the hash at `position` of this tile; saturates beyond 2^64.
    #[must_use]
    pub fn first_leaf(&self, position: u16) -> u64 {
        let level = match self.level {
            Level::Hashes(level) => u32::from(level),
            Level::Entries => 0,
        };
        let node = self.index.saturating_mul(u64::from(WIDTH)).saturating_add(u64::from(position));
        256_u64.checked_pow(level).map_or(u64::MAX, |leaves| node.saturating_mul(leaves))
    }

    /// Whether the tree of `size` leaves has exactly this tile: full where it can be full, else as wide as it is.
    #[must_use]
    pub fn is_of_size(&self, size: u64) -> bool {
        let level = match self.level {
            Level::Hashes(level) => level,
            Level::Entries => 0,
        };
        width_at(level, self.index, size) == Some(self.width)
    }
}

/// How many hashes the tile at (level, index) holds in the tree of `size` leaves; `None` where there is no such tile.
pub(super) fn width_at(level: u8, index: u64, size: u64) -> Option<u16> {
    let nodes = 256_u64.checked_pow(u32::from(level)).map_or(0, |leaves| size / leaves);
    let before = index.checked_mul(u64::from(WIDTH))?;
    let width = nodes.checked_sub(before)?.min(u64::from(WIDTH));
    u16::try_from(width).ok().filter(|width| *width > 0)
}

impl std::fmt::Display for TilePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.level {
            Level::Hashes(level) => write!(f, "tile/{level}/")?,
            Level::Entries => f.write_str("tile/entries/")?,
        }
        let groups = std::iter::successors(Some(self.index), |rest| (*rest >= 1000).then_some(rest / 1000)).count();
        for group in (1..groups).rev() {
            write!(f, "x{:03}/", self.index / 1000_u64.pow(group as u32) % 1000)?;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl std::str::FromStr for TilePath {
    type Err = TilePathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (level, rest) = text.strip_prefix("tile/").and_then(|rest| rest.split_once('/')).ok_or(TilePathError)?;
        let level = match level {
            "entries" => Level::Entries,
            number => Level::Hashes(number.parse().map_err(|_| TilePathError)?),
        };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, width.parse().map_err(|_| TilePathError)?),
            None => (rest, WIDTH),
        };
        let index = index.split('/').try_fold(0_u64, |index, group| {
            let digits = group.strip_prefix('x').unwrap_or(group);
            let number: u64 = digits.parse().map_err(|_| TilePathError)?;
            index.checked_mul(1000).and_then(|index| index.checked_add(number)).ok_or(TilePathError)
        })?;
        let path = Self::new(level, index, width)?;
        // Signs, leading zeros, missing or spare groups and `.p/256` are read as numbers, but are not written.
        if path.to_string() == text { Ok(path) } else { Err(TilePathError) }
    }
}
