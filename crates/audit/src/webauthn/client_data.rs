//! clientDataJSON: what the browser says about the page that asked for a signature.

use super::json::{self, Json};

/// The longest clientDataJSON that is read, in bytes. With the longest origin it has less than a thousand; browsers may
/// add members.
pub const MAX_CLIENT_DATA: usize = 8_192;

/// The members of CollectedClientData (WebAuthn Level 3, section 5.8.1) that matter to a signature.
///
/// Read as the standard demands: not canonical, members in any order, unknown ones read past, a byte order mark
/// stripped (section 7.2, step 8). But a name that stands in an object twice is refused, at every depth: two readers
/// could take two values for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientData {
    /// The member `type`.
    pub kind: String,
    /// Base64url, as it was written.
    pub challenge: String,
    pub origin: String,
    pub cross_origin: bool,
    pub has_top_origin: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientDataError {
    #[error("clientDataJSON has more than {MAX_CLIENT_DATA} bytes")]
    TooLong,
    #[error("clientDataJSON is not JSON in UTF-8 with every name once: {0}")]
    Json(String),
    #[error("the member {0} of clientDataJSON is missing, or of another type")]
    Member(&'static str),
}

impl ClientData {
    /// # Errors
    /// More than [`MAX_CLIENT_DATA`] bytes, no JSON object, a name twice, a member of another type.
    pub fn parse(bytes: &[u8]) -> Result<Self, ClientDataError> {
        if bytes.len() > MAX_CLIENT_DATA {
            return Err(ClientDataError::TooLong);
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut members = json::object(bytes).map_err(|error| ClientDataError::Json(error.to_string()))?;
        let mut text = |name| match members.remove(name) {
            Some(Json::String(text)) => Ok(text),
            _ => Err(ClientDataError::Member(name)),
        };
        let (kind, challenge, origin) = (text("type")?, text("challenge")?, text("origin")?);
        let cross_origin = match members.get("crossOrigin") {
            None => false,
            Some(Json::Bool(truth)) => *truth,
            Some(_) => return Err(ClientDataError::Member("crossOrigin")),
        };
        Ok(Self { kind, challenge, origin, cross_origin, has_top_origin: members.contains_key("topOrigin") })
    }
}
