//! Small files made on the spot.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// White, with a black square in its top left corner.
pub fn page(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| if x < 16 && y < 16 { Rgb([0; 3]) } else { Rgb([255; 3]) })
}

pub fn png(page: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    page.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

pub fn jpeg(page: &RgbImage) -> Vec<u8> {
    pages::encode_page(page).unwrap()
}

/// A JPEG with the EXIF orientation (TIFF tag 0x0112) in an APP1 segment of its own.
pub fn jpeg_with_orientation(page: &RgbImage, orientation: u8) -> Vec<u8> {
    let plain = jpeg(page);
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(((exif.len() + 2) as u16).to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

/// A PDF whose pages are `scan`, drawn over pages of `points` and turned by `rotation` degrees.
pub fn pdf(scan: &RgbImage, pages: usize, points: (u32, u32), rotation: u32) -> Vec<u8> {
    let data = jpeg(scan);
    let mut objects: Vec<Vec<u8>> = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 5)).collect();
    objects.push(format!("<< /Type /Pages /Count {pages} /Kids [ {kids}] >>").into_bytes());
    let (w, h) = scan.dimensions();
    let image = format!(
        "<< /Type /XObject /Subtype /Image /Width {w} /Height {h} /ColorSpace /DeviceRGB /BitsPerComponent 8 \
         /Filter /DCTDecode /Length {} >>",
        data.len()
    );
    objects.push(stream(&image, &data));
    let drawing = format!("q {} 0 0 {} 0 0 cm /Scan Do Q", points.0, points.1);
    objects.push(stream(&format!("<< /Length {} >>", drawing.len()), drawing.as_bytes()));
    for _ in 0..pages {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Rotate {rotation} /Contents 4 0 R \
             /Resources << /XObject << /Scan 3 0 R >> >> >>",
            points.0, points.1
        );
        objects.push(page.into_bytes());
    }
    assemble(&objects, "")
}

/// A PDF that opens with a password only: its keys are those of no empty password.
pub fn encrypted_pdf() -> Vec<u8> {
    let key = "AB".repeat(32);
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 0 /Kids [] >>".to_vec(),
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >>").into_bytes(),
    ];
    assemble(&objects, "/Encrypt 3 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]")
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    [dictionary.as_bytes(), b"\nstream\n", data, b"\nendstream"].concat()
}

fn assemble(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(end.into_bytes());
    bytes
}
