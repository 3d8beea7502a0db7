//! Page images to a reading: which way up the page is, where its lines are, what they say, and how sure each
//! character is. Pure computation: files are touched only while a model pack is loaded.

mod alphabet;
mod content;
mod decode;
mod detect;
mod engine;
mod geometry;
mod lanes;
mod layout;
mod pack;
mod recognise;
mod resample;
mod upright;

pub use engine::{Engine, OcrError, PageRead};
pub use pack::{Pack, PackError};
pub use upright::turn;
