use super::{DefinitionError, DocumentType, Locale, Locales};

const TYPES: [(&str, &str); 1] =
    [("document-types/receipt.toml", include_str!("../../../../document-types/receipt.toml"))];

macro_rules! locale_files {
    ($($code:literal),* $(,)?) => {
        [$((
            concat!("document-types/locales/", $code, ".toml"),
            include_str!(concat!("../../../../document-types/locales/", $code, ".toml")),
        )),*]
    };
}

const LOCALES: [(&str, &str); 12] =
    locale_files!["en", "ms", "de", "fr", "es", "MY", "SG", "GB", "US", "DE", "FR", "ES"];

impl DocumentType {
    /// The types that come with the program.
    pub fn shipped() -> Result<Vec<DocumentType>, DefinitionError> {
        TYPES.iter().map(|(file, toml)| DocumentType::parse(file, toml)).collect()
    }

    /// Their files: name and TOML.
    pub fn shipped_sources() -> impl Iterator<Item = (&'static str, &'static str)> {
        TYPES.into_iter()
    }
}

impl Locales {
    /// The locales that come with the program.
    pub fn shipped() -> Result<Locales, DefinitionError> {
        let parsed = LOCALES.iter().map(|(file, toml)| Locale::parse(file, toml));
        Ok(Locales::new(parsed.collect::<Result<_, _>>()?))
    }
}
