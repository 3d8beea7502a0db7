//! Reasons that people type.

use crate::error::{Error, Result};

/// In characters.
const MAX_REASON: usize = 1_000;

/// # Errors
/// `REASON_TOO_LONG`.
pub(crate) fn check_length(reason: &str) -> Result<()> {
    if reason.chars().count() > MAX_REASON {
        return Err(Error::invalid("REASON_TOO_LONG", format!("A reason may have {MAX_REASON} characters")));
    }
    Ok(())
}
