//! What each member of the envelope may hold. Texts are identifiers, so they are short and printable ASCII.

use super::{Actor, Draft, LeafError, Place, Statement, Subject};
use crate::note;
use crate::value::{Integer, Value};

const MAX_TEXT: usize = 255;
const MAX_SIGNATURE: usize = 8_192;

pub(super) fn check_draft(draft: &Draft) -> Result<(), LeafError> {
    rule("id", "a UUID in lower case", is_uuid(&draft.id))?;
    rule("type", "a dotted lower-case name with its version, as in document.received/v1", is_kind(&draft.kind))?;
    check_actor(&draft.actor)?;
    check_subject(&draft.subject)?;
    rule("data", "an object", matches!(draft.data, Value::Object(_)))?;
    draft.stmt.as_ref().map_or(Ok(()), check_statement)?;
    text("node", &draft.node)?;
    text("sw", &draft.sw)
}

pub(super) fn check_place(place: &Place) -> Result<(), LeafError> {
    text("log", &place.log)?;
    rule("log", "a key name as signed-note allows: no space, no plus", note::is_key_name(&place.log))?;
    count("seq", place.seq)?;
    rule("prev", "there, but in the first leaf", (place.seq == 0) == place.prev.is_none())?;
    rule("held_back", "absent in the first leaf", place.seq > 0 || !place.held_back)?;
    count("subject.seq", place.subject_seq)?;
    let chained = (place.subject_seq == 0) == place.subject_prev.is_none();
    rule("subject.prev", "there, but in the subject's first leaf", chained)
}

fn check_actor(actor: &Actor) -> Result<(), LeafError> {
    text("actor.kind", &actor.kind)?;
    text("actor.id", &actor.id)?;
    actor.auth.as_ref().map_or(Ok(()), |auth| text("actor.auth", auth))?;
    actor.session.as_ref().map_or(Ok(()), |session| text("actor.session", session))
}

fn check_subject(subject: &Subject) -> Result<(), LeafError> {
    text("subject.kind", &subject.kind)?;
    text("subject.id", &subject.id)?;
    count("subject.version", subject.version)
}

fn check_statement(statement: &Statement) -> Result<(), LeafError> {
    text("stmt.kid", &statement.kid)?;
    text("stmt.alg", &statement.alg)?;
    rule("stmt.sig", "of 1 to 8192 bytes", (1..=MAX_SIGNATURE).contains(&statement.sig.len()))
}

fn rule(member: &'static str, must: &'static str, holds: bool) -> Result<(), LeafError> {
    if holds { Ok(()) } else { Err(LeafError::Invalid { member, must }) }
}

fn text(member: &'static str, text: &str) -> Result<(), LeafError> {
    let printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    rule(member, "1 to 255 printable ASCII characters", printable && (1..=MAX_TEXT).contains(&text.len()))
}

fn count(member: &'static str, number: u64) -> Result<(), LeafError> {
    rule(member, "at most 9007199254740991", Integer::try_from(number).is_ok())
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(n, byte)| match n {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn is_kind(text: &str) -> bool {
    let Some((name, version)) = text.split_once("/v") else { return false };
    let words = name.split('.');
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    let is_version = version.parse::<u32>().is_ok_and(|number| number > 0 && number.to_string() == version);
    text.len() <= MAX_TEXT && words.clone().count() > 1 && words.clone().all(is_word) && is_version
}
