use serde::{Deserialize, Serialize};

/// Why a file gave no pages. Codes are stable; messages say what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum DecodeError {
    #[error("The file is empty. Scan or upload it again.")]
    FileEmpty,
    #[error("The file has {bytes} bytes; {limit} are allowed. Scan it at a lower resolution, or split it.")]
    FileTooLarge { bytes: u64, limit: u64 },
    #[error("The file is none of the formats that can be read: JPEG, PNG, PDF.")]
    FormatUnknown,
    #[error("The file is a {format} file, which can't be read. Save it as JPEG, PNG or PDF.")]
    FormatUnsupported { format: String },
    #[error("The file is damaged and can't be opened. Scan or upload it again.")]
    FileDamaged,
    #[error("The PDF is protected by a password. Save it without one.")]
    PdfEncrypted,
    #[error("The file has {pages} pages; {limit} are allowed. Split it.")]
    TooManyPages { pages: u64, limit: u64 },
    #[error(
        "Page {page} has {width} × {height} pixels; {limit} pixels are allowed. Scan it at a lower resolution: 300 dots \
         per inch are plenty."
    )]
    PageTooLarge { page: u32, width: u64, height: u64, limit: u64 },
    #[error("The pages have more than {limit} pixels together. Scan at a lower resolution, or split the file.")]
    FileTooManyPixels { limit: u64 },
    #[error("Opening the file took longer than {seconds} seconds. Save it in a simpler form, such as JPEG.")]
    DecodeTimeout { seconds: u64 },
    #[error("Opening the file takes more memory than is allowed. Scan it at a lower resolution.")]
    DecodeMemory,
    #[error("The program that opens files could not be run: {reason}. This is a fault of the installation.")]
    DecoderUnavailable { reason: String },
}

impl DecodeError {
    /// Stable, upper case; for machines.
    pub fn code(&self) -> &'static str {
        match self {
            DecodeError::FileEmpty => "FILE_EMPTY",
            DecodeError::FileTooLarge { .. } => "FILE_TOO_LARGE",
            DecodeError::FormatUnknown => "FORMAT_UNKNOWN",
            DecodeError::FormatUnsupported { .. } => "FORMAT_UNSUPPORTED",
            DecodeError::FileDamaged => "FILE_DAMAGED",
            DecodeError::PdfEncrypted => "PDF_ENCRYPTED",
            DecodeError::TooManyPages { .. } => "TOO_MANY_PAGES",
            DecodeError::PageTooLarge { .. } => "PAGE_TOO_LARGE",
            DecodeError::FileTooManyPixels { .. } => "FILE_TOO_MANY_PIXELS",
            DecodeError::DecodeTimeout { .. } => "DECODE_TIMEOUT",
            DecodeError::DecodeMemory => "DECODE_MEMORY",
            DecodeError::DecoderUnavailable { .. } => "DECODER_UNAVAILABLE",
        }
    }
}
