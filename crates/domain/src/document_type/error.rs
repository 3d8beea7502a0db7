use std::ops::Range;

/// Largest definition or locale file, in bytes.
pub const MAX_FILE_BYTES: usize = 256 * 1024;

/// Why a definition or locale file was refused, with the place to look at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct DefinitionError {
    /// Stable: `TYPE_SYNTAX`, `TYPE_UNKNOWN_KEY`, `TYPE_MISSING_KEY`, `TYPE_BAD_VALUE`, `TYPE_BAD_PATTERN`,
    /// `TYPE_DUPLICATE_FIELD`, `TYPE_UNKNOWN_FIELD`, `TYPE_UNKNOWN_LOCALE`, `TYPE_UNKNOWN_WORDS` or `TYPE_TOO_LARGE`.
    pub code: &'static str,
    pub file: String,
    /// Counted from 1; 1 where the file as a whole is meant.
    pub line: usize,
    /// Says what is wrong and what to write instead.
    pub message: String,
}

/// A file being read, to tell lines from bytes.
pub(super) struct Source<'t> {
    pub file: &'t str,
    pub toml: &'t str,
}

impl Source<'_> {
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, DefinitionError> {
        if self.toml.len() > MAX_FILE_BYTES {
            let message = format!("the file is larger than {MAX_FILE_BYTES} bytes; keep definitions small");
            return Err(self.error("TYPE_TOO_LARGE", 0..0, message));
        }
        toml::from_str(self.toml).map_err(|error| {
            let message = error.message();
            let code = if message.starts_with("unknown field") {
                "TYPE_UNKNOWN_KEY"
            } else if message.starts_with("missing field") {
                "TYPE_MISSING_KEY"
            } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
                "TYPE_BAD_VALUE"
            } else {
                "TYPE_SYNTAX"
            };
            // serde says "field"; here a key is meant, and fields are something else.
            let message = message.replace("unknown field", "unknown key").replace("missing field", "missing key");
            self.error(code, error.span().unwrap_or(0..0), message)
        })
    }

    pub fn error(&self, code: &'static str, span: Range<usize>, message: String) -> DefinitionError {
        let before = self.toml.as_bytes().iter().take(span.start);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        DefinitionError { code, file: self.file.to_owned(), line, message }
    }
}
