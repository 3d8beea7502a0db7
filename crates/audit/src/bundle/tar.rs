//! The index of a bundle in one uncompressed tar: POSIX.1-2024 `pax`, section "ustar Interchange Format".
//!
//! Only regular files are accepted, with pax headers for long paths and large sizes; links, devices, folders, GNU
//! extensions and everything else is refused, so that nothing in a tar can mean something to one reader and something
//! else to another.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};

use super::files::{Listing, Malformed, add};

const BLOCK: usize = 512;

/// The longest pax header, in bytes.
pub const MAX_PAX_BYTES: u64 = 65_536;

/// Where each file of the tar lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    pub listing: Listing,
    /// The offset of each file's first byte.
    pub offsets: BTreeMap<String, u64>,
}

#[derive(Debug, thiserror::Error)]
pub enum TarError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Read(#[from] std::io::Error),
}

/// Walks over the headers of a tar of `length` bytes once.
///
/// # Errors
/// What is no tar of the form above, or cannot be read.
pub fn index(mut tar: impl Read + Seek, length: u64) -> Result<Index, TarError> {
    let mut index = Index::default();
    let (mut at, mut pax) = (0, None);
    loop {
        let mut block = [0; BLOCK];
        tar.seek(SeekFrom::Start(at))?;
        tar.read_exact(&mut block).map_err(|_| malformed("the tar was cut off"))?;
        if block == [0; BLOCK] {
            return if pax.is_none() { Ok(index) } else { Err(malformed("a pax header without its file").into()) };
        }
        let header = Header::read(&block)?;
        let data = at + BLOCK as u64;
        let size = match header.kind {
            b'x' if pax.is_none() && header.size <= MAX_PAX_BYTES => {
                let mut records = vec![0; header.size as usize];
                tar.read_exact(&mut records).map_err(|_| malformed("the tar was cut off"))?;
                pax = Some(Pax::read(&records)?);
                header.size
            }
            b'0' | 0 => {
                let Pax { path, size } = pax.take().unwrap_or_default();
                let size = size.unwrap_or(header.size);
                let path = path.map_or(header.path, Ok)?;
                add(&mut index.listing, path.clone(), size)?;
                index.offsets.insert(path, data);
                size
            }
            b'x' => return Err(malformed("a pax header out of place, or a very long one").into()),
            _ => return Err(malformed("a bundle's tar holds files alone: no links, folders or devices").into()),
        };
        let end = data.checked_add(size).filter(|end| *end <= length).ok_or(malformed("the tar was cut off"))?;
        at = end.next_multiple_of(BLOCK as u64);
    }
}

struct Header {
    kind: u8,
    size: u64,
    path: Result<String, Malformed>,
}

impl Header {
    fn read(block: &[u8; BLOCK]) -> Result<Self, Malformed> {
        let counted =
            block.iter().enumerate().map(|(n, byte)| u64::from(if (148..156).contains(&n) { b' ' } else { *byte }));
        if block[257..265] != *b"ustar\x0000" || octal(&block[148..156])? != counted.sum::<u64>() {
            return Err(malformed("no tar in the ustar or pax form"));
        }
        let (prefix, name) = (until_nul(&block[345..500]), until_nul(&block[..100]));
        let path = if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() };
        Ok(Self { kind: block[156], size: octal(&block[124..136])?, path: utf8(&path) })
    }
}

/// The records of a pax header that matter here; times, owners and the like do not.
#[derive(Default)]
struct Pax {
    path: Option<String>,
    size: Option<u64>,
}

impl Pax {
    /// Records of `<length> <keyword>=<value>` LF, where the length counts itself.
    fn read(mut records: &[u8]) -> Result<Self, Malformed> {
        let wrong = || malformed("a pax header that is none");
        let mut pax = Self::default();
        while !records.is_empty() {
            let space = records.iter().position(|byte| *byte == b' ').ok_or_else(wrong)?;
            let length =
                decimal(&records[..space]).and_then(|length| usize::try_from(length).ok()).ok_or_else(wrong)?;
            let (record, rest) = records.split_at_checked(length).ok_or_else(wrong)?;
            let record = record.get(space + 1..).and_then(|record| record.strip_suffix(b"\n")).ok_or_else(wrong)?;
            let equals = record.iter().position(|byte| *byte == b'=').ok_or_else(wrong)?;
            let (keyword, value) = (&record[..equals], &record[equals + 1..]);
            match keyword {
                b"path" => pax.path = Some(utf8(value)?),
                b"size" => pax.size = Some(decimal(value).ok_or_else(wrong)?),
                _ if keyword.starts_with(b"GNU.sparse") => return Err(malformed("a sparse file")),
                _ => {}
            }
            records = rest;
        }
        Ok(pax)
    }
}

fn malformed(message: &str) -> Malformed {
    Malformed(message.to_owned())
}

fn utf8(bytes: &[u8]) -> Result<String, Malformed> {
    String::from_utf8(bytes.to_vec()).map_err(|_| malformed("a path that is not UTF-8"))
}

fn until_nul(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

fn decimal(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    text.parse().ok()
}

/// Octal digits, ended by spaces or NULs, perhaps with leading spaces.
fn octal(field: &[u8]) -> Result<u64, Malformed> {
    let wrong = || malformed("a number in the tar that is none");
    let text = std::str::from_utf8(field).map_err(|_| wrong())?;
    let digits = text.trim_end_matches([' ', '\0']).trim_start_matches(' ');
    if digits.is_empty() || !digits.bytes().all(|byte| matches!(byte, b'0'..=b'7')) {
        return Err(wrong());
    }
    u64::from_str_radix(digits, 8).map_err(|_| wrong())
}
