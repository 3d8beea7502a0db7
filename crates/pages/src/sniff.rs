/// A format, told by the content of a file, never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    Jpeg,
    Png,
    Pdf,
    /// A format that is known but not read; its name for people.
    Unsupported(&'static str),
}

impl MediaType {
    /// The IANA media type of what can be read.
    pub fn essence(self) -> Option<&'static str> {
        match self {
            MediaType::Jpeg => Some("image/jpeg"),
            MediaType::Png => Some("image/png"),
            MediaType::Pdf => Some("application/pdf"),
            MediaType::Unsupported(_) => None,
        }
    }
}

/// PDF readers accept the header within this many bytes (ISO 32000-1, implementation note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// Tells the format by the first bytes; `None` when it is none that is known.
pub fn sniff(bytes: &[u8]) -> Option<MediaType> {
    let brand = || bytes.get(4..8).filter(|kind| *kind == b"ftyp").and_then(|_| bytes.get(8..12));
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Some(MediaType::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(MediaType::Png);
    }
    if bytes[..bytes.len().min(PDF_HEADER_WITHIN)].windows(5).any(|window| window == b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    let name = match bytes {
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] | [b'I', b'I', 43, 0, ..] | [b'M', b'M', 0, 43, ..] => "TIFF",
        [b'G', b'I', b'F', b'8', ..] => "GIF",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "WebP",
        [b'B', b'M', ..] if bytes.len() > 26 && bytes[6..10] == [0; 4] => "BMP",
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => "JPEG XL",
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000",
        [b'P', b'K', 3, 4, ..] => "ZIP or Office",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "old Office",
        [b'%', b'!', b'P', b'S', ..] => "PostScript",
        _ => match brand()? {
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => "HEIC",
            b"avif" | b"avis" => "AVIF",
            _ => "video",
        },
    };
    Some(MediaType::Unsupported(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        for (bytes, expected) in [
            (&b"\xFF\xD8\xFF\xE0rest"[..], Some(MediaType::Jpeg)),
            (b"\x89PNG\r\n\x1a\nrest", Some(MediaType::Png)),
            (b"%PDF-1.7", Some(MediaType::Pdf)),
            (b"junk before\n%PDF-1.4", Some(MediaType::Pdf)),
            (b"II*\0....", Some(MediaType::Unsupported("TIFF"))),
            (b"GIF89a", Some(MediaType::Unsupported("GIF"))),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(MediaType::Unsupported("WebP"))),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(MediaType::Unsupported("HEIC"))),
            (b"PK\x03\x04", Some(MediaType::Unsupported("ZIP or Office"))),
            (b"hello", None),
            (b"", None),
        ] {
            assert_eq!(sniff(bytes), expected, "{bytes:?}");
        }
    }
}
