use serde::{Deserialize, Serialize};

/// What one file may cost. The defaults take an A4 page at 600 dots per inch and a contract of a hundred pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Size of the file.
    pub bytes: u64,
    /// Pages of a file.
    pub pages: u32,
    /// Width times height of one page.
    pub pixels_per_page: u64,
    /// Width times height over all pages.
    pub pixels: u64,
    /// Address space of the process that decodes, in bytes.
    pub memory: u64,
    /// Seconds of processor time for the file, and of waiting for one page.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 50_000_000,
            pages: 100,
            pixels_per_page: 50_000_000,
            pixels: 1_000_000_000,
            memory: 1 << 30,
            seconds: 60,
        }
    }
}
