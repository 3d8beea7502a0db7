//! The fields of a document type, as `countersign read` prints them.

use std::{fs, path::Path};

use domain::{
    document_type::{DocumentType, Locales},
    reading::Reading,
    region::Quad,
};
use serde::Serialize;

use super::{Corners, Span};

#[derive(Serialize)]
pub struct FieldOut {
    pub name: String,
    #[serde(flatten)]
    pub span: Span,
    /// Normalised; absent where the text has no meaning for the field's kind.
    pub value: Option<String>,
    /// From 1.
    pub page: u32,
}

/// A document type with its locales: what fields are looked for by.
pub struct Extraction {
    document_type: DocumentType,
    locales: Locales,
}

impl Extraction {
    /// A type that comes with the program, by its name; or one of the user's own, by the name of its TOML file.
    pub fn of_type(name: &str) -> Result<Extraction, Box<dyn std::error::Error>> {
        let document_type = if Path::new(name).extension().is_some_and(|extension| extension == "toml") {
            let source = fs::read_to_string(name).map_err(|error| format!("{name} can't be read: {error}"))?;
            DocumentType::parse(name, &source)?
        } else {
            let shipped = DocumentType::shipped()?;
            let known: Vec<&str> = shipped.iter().map(|shipped| shipped.name.as_str()).collect();
            let unknown = format!(
                "there is no document type «{name}»; there are: {}. Or give the name of a TOML file of your own",
                known.join(", ")
            );
            shipped.into_iter().find(|shipped| shipped.name == name).ok_or(unknown)?
        };
        let locales = Locales::shipped()?.of(&document_type)?;
        Ok(Extraction { document_type, locales })
    }

    /// Fields that were found, in the order of the type.
    pub fn fields(&self, reading: &Reading) -> Vec<FieldOut> {
        let found = extract::fields(reading, &self.document_type, &self.locales);
        found
            .into_iter()
            .filter_map(|field| {
                let page = field.regions.first()?.page;
                let on_page = field.regions.iter().filter(|region| region.page == page).map(|region| region.quad);
                Some(FieldOut {
                    span: Span {
                        text: field.text,
                        confidence: field.confidence.share(),
                        corners: corners(Quad::around(on_page)?, reading, page),
                    },
                    name: field.name,
                    value: field.value,
                    page: page + 1,
                })
            })
            .collect()
    }
}

fn corners(quad: Quad, reading: &Reading, page: u32) -> Corners {
    let (width, height) = reading.pages.get(page as usize).map_or((0, 0), |page| (page.width, page.height));
    super::rounded(quad.to_pixels(width, height))
}
