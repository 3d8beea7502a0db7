//! A pack that is not what it says is refused, with what to do.

use std::{fs, path::PathBuf};

use ocr::{Pack, PackError};

/// A copy of the default pack, to be spoilt.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(Pack::default_folder()).expect("these tests need the OCR model pack") {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let path = folder.path().to_path_buf();
    (folder, path)
}

#[test]
fn a_missing_pack_says_how_to_get_one() {
    let error = Pack::load("/nowhere".as_ref()).err().unwrap();
    assert!(matches!(error, PackError::Missing(_)));
    assert!(error.to_string().contains("scripts/fetch_ocr_pack.py"));
}

#[test]
fn a_changed_model_is_refused() {
    let (_keep, folder) = copy();
    let mut model = fs::read(folder.join("det.onnx")).unwrap();
    let last = model.len() - 1;
    model[last] ^= 1;
    fs::write(folder.join("det.onnx"), model).unwrap();
    assert!(matches!(Pack::load(&folder), Err(PackError::Changed(_))));
}

#[test]
fn an_unknown_setting_is_refused() {
    let (_keep, folder) = copy();
    let text = fs::read_to_string(folder.join("pack.toml")).unwrap().replace("[detection]", "colour = 1\n[detection]");
    fs::write(folder.join("pack.toml"), text).unwrap();
    assert!(matches!(Pack::load(&folder), Err(PackError::Description(..))));
}
