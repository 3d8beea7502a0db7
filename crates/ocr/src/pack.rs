use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use rten::{Model, ModelOptions};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::alphabet::Alphabet;

/// A model pack: a folder with `pack.toml` and the models it names, each checked against its SHA-256.
pub struct Pack {
    pub name: String,
    pub version: String,
    pub licence: String,
    pub(crate) detection: Detection,
    pub(crate) detector: Model,
    pub(crate) recognition: Recognition,
    pub(crate) recogniser: Model,
    pub(crate) alphabet: Alphabet,
}

#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error(
        "there is no OCR model pack in {0}: fetch it with `python3 scripts/fetch_ocr_pack.py`, or name the folder \
         of one in COUNTERSIGN_PACK"
    )]
    Missing(PathBuf),
    #[error("{0} of the OCR model pack can't be read: {1}")]
    Unreadable(PathBuf, io::Error),
    #[error("{0} is not a pack description: {1}")]
    Description(PathBuf, String),
    #[error("{0} is not the file that the pack description names (its SHA-256 differs): fetch the pack again")]
    Changed(PathBuf),
    #[error("{0} is not a model that this engine can run: {1}")]
    Model(PathBuf, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    name: String,
    version: String,
    licence: String,
    /// Where the models come from, for people.
    #[expect(dead_code, reason = "part of the format; read by people only")]
    source: Option<String>,
    detection: Detection,
    recognition: Recognition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Detection {
    model: String,
    sha256: String,
    /// Width and height of the input are multiples of this many pixels.
    pub align: u32,
    /// Blue, green, red; applied to values of 0 to 1.
    pub mean: [f32; 3],
    pub deviation: [f32; 3],
    pub mask_threshold: f32,
    pub box_threshold: f32,
    /// A box grows on each side by this times its area over its perimeter.
    pub grow: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recognition {
    model: String,
    sha256: String,
    pub height: u32,
    /// Pixels of width to one step of the output.
    pub step: u32,
    alphabet: String,
    /// Lines below this mean confidence are noise, not text.
    pub minimum_confidence: f32,
}

impl Pack {
    /// Where the default pack is kept: the folder that COUNTERSIGN_PACK names, else the one that
    /// `scripts/fetch_ocr_pack.py` fills: `packs/ppocr-v6-small` in COUNTERSIGN_CACHE or `~/.cache/countersign`.
    pub fn default_folder() -> PathBuf {
        let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        named("COUNTERSIGN_PACK").unwrap_or_else(|| {
            named("COUNTERSIGN_CACHE")
                .unwrap_or_else(|| named("HOME").unwrap_or_default().join(".cache/countersign"))
                .join("packs/ppocr-v6-small")
        })
    }

    /// Reads and checks the pack in `folder`.
    pub fn load(folder: &Path) -> Result<Pack, PackError> {
        let path = folder.join("pack.toml");
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => PackError::Missing(folder.into()),
            _ => PackError::Unreadable(path.clone(), error),
        })?;
        let description: Description =
            toml::from_str(&text).map_err(|error| PackError::Description(path.clone(), error.to_string()))?;
        let Description { name, version, licence, detection, recognition, .. } = description;
        if detection.align == 0 || recognition.height == 0 || recognition.step == 0 {
            return Err(PackError::Description(path, "align, height and step must be over 0".into()));
        }
        let detector = model(folder, &detection.model, &detection.sha256)?;
        let recogniser = model(folder, &recognition.model, &recognition.sha256)?;
        let Some(characters) = recogniser.metadata().get(&recognition.alphabet) else {
            let reason = format!("its metadata has no key {:?}", recognition.alphabet);
            return Err(PackError::Model(folder.join(&recognition.model), reason));
        };
        let alphabet = Alphabet::from_lines(characters);
        Ok(Pack { name, version, licence, detection, detector, recognition, recogniser, alphabet })
    }
}

fn model(folder: &Path, name: &str, sha256: &str) -> Result<Model, PackError> {
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(|error| PackError::Unreadable(path.clone(), error))?;
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if digest != sha256 {
        return Err(PackError::Changed(path));
    }
    ModelOptions::with_all_ops()
        .prepack_weights(true)
        .load(bytes)
        .map_err(|error| PackError::Model(path, error.to_string()))
}
