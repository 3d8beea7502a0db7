//! Hostile bytes to upright page images: the only place that names image decoders. Nothing here is to be called
//! on bytes from outside but in a child process; see [`child`].

pub mod child;
mod decode;
mod encode;
mod error;
mod jpeg_end;
mod limits;
mod pdf;
mod raster;
mod sniff;

pub use decode::{decode, decode_each};
pub use encode::encode_page;
pub use error::DecodeError;
pub use limits::Limits;
pub use sniff::{MediaType, sniff};
