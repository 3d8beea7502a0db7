/// Whether a JPEG goes on to its end: an EOI marker after the first scan (ITU-T T.81, section B.1.1). Decoders fill
/// what is missing of a file that was cut off with grey, and half a receipt must not count as one.
pub fn is_whole(bytes: &[u8]) -> bool {
    let Some(scan) = first_scan(bytes) else { return false };
    // In a scan, a byte FF of the data is followed by 00, so FF D9 is the marker.
    bytes[scan..].windows(2).any(|pair| pair == [0xFF, EOI])
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// Where the first SOS marker stands. Segments are skipped by their lengths, and with them thumbnails, which have
/// markers of their own.
fn first_scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xFF))?;
        match marker {
            SOS => return Some(at),
            // Markers without a segment, and fill bytes.
            0xFF => at += 1,
            0x01 | SOI | 0xD0..=0xD7 => at += 2,
            _ => {
                let length: [u8; 2] = bytes.get(at + 2..at + 4)?.try_into().ok()?;
                at += 2 + usize::from(u16::from_be_bytes(length)).max(2);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_cut_off_is_not_whole() {
        let page = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([(x * 4) as u8, (y * 4) as u8, 90]));
        let jpeg = crate::encode_page(&page).unwrap();
        assert!(is_whole(&jpeg));
        assert!(is_whole(&[jpeg.as_slice(), b"what a camera appends"].concat()));
        for length in 0..jpeg.len() - 1 {
            assert!(!is_whole(&jpeg[..length]), "{length} of {} bytes", jpeg.len());
        }
    }

    #[test]
    fn the_end_of_a_thumbnail_is_not_the_end_of_the_page() {
        let thumbnail = [0xFF, 0xE1, 0, 8, 0xFF, 0xD8, 0xFF, 0xDA, 0xFF, 0xD9];
        let cut = [&[0xFF, 0xD8][..], &thumbnail, &[0xFF, 0xDA, 0, 2, 1, 2, 3]].concat();
        assert!(!is_whole(&cut));
    }
}
