//! Between the typed envelope and its canonical bytes.

use std::collections::BTreeMap;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Actor, Draft, LeafError, Place, Statement, Subject, VERSION, counter};
use crate::canonical;
use crate::value::{Value, object};

type Members = BTreeMap<String, Value>;

pub(super) fn encode(draft: &Draft, place: Option<&Place>) -> Result<Vec<u8>, LeafError> {
    let mut leaf = Members::from([
        ("v".into(), VERSION.into()),
        ("id".into(), text(&draft.id)),
        ("type".into(), text(&draft.kind)),
        ("occurred_at".into(), draft.occurred_at.into()),
        ("actor".into(), actor(&draft.actor)),
        ("data".into(), draft.data.clone()),
        ("node".into(), text(&draft.node)),
        ("sw".into(), text(&draft.sw)),
    ]);
    let mut subject = subject(&draft.subject)?;
    if !draft.sd.is_empty() {
        leaf.insert("sd".into(), draft.sd.clone().into());
    }
    put(&mut leaf, "stmt", draft.stmt.as_ref().map(statement));
    put(&mut leaf, "idem", draft.idem.map(Value::from));
    put(&mut leaf, "req", draft.req.map(Value::from));
    if let Some(place) = place {
        leaf.insert("log".into(), text(&place.log));
        leaf.insert("seq".into(), counter(place.seq, "seq")?.into());
        leaf.insert("recorded_at".into(), place.recorded_at.into());
        put(&mut leaf, "prev", place.prev.map(|hash| hash.to_string().into()));
        put(&mut leaf, "held_back", place.held_back.then(|| true.into()));
        subject.insert("seq".into(), counter(place.subject_seq, "subject.seq")?.into());
        put(&mut subject, "prev", place.subject_prev.map(|hash| hash.to_string().into()));
    }
    leaf.insert("subject".into(), Value::Object(subject));
    Ok(canonical::encode(&Value::Object(leaf))?)
}

fn actor(actor: &Actor) -> Value {
    let mut members = Members::from([("kind".into(), text(&actor.kind)), ("id".into(), text(&actor.id))]);
    put(&mut members, "auth", actor.auth.as_deref().map(text));
    put(&mut members, "session", actor.session.as_deref().map(text));
    Value::Object(members)
}

fn subject(subject: &Subject) -> Result<Members, LeafError> {
    let mut members = Members::from([
        ("kind".into(), text(&subject.kind)),
        ("id".into(), text(&subject.id)),
        ("version".into(), counter(subject.version, "subject.version")?.into()),
    ]);
    put(&mut members, "commit", subject.commit.map(Value::from));
    Ok(members)
}

fn statement(statement: &Statement) -> Value {
    object([
        ("sha256", statement.sha256.into()),
        ("kid", text(&statement.kid)),
        ("alg", text(&statement.alg)),
        ("sig", URL_SAFE_NO_PAD.encode(&statement.sig).into()),
    ])
}

fn text(text: &str) -> Value {
    text.into()
}

fn put(members: &mut Members, key: &str, value: Option<Value>) {
    members.extend(value.map(|value| (key.to_owned(), value)));
}

pub(super) fn decode_draft(bytes: &[u8]) -> Result<Draft, LeafError> {
    let mut leaf = Reader::new("the draft", canonical::parse(bytes)?)?;
    let subject = leaf.object("subject")?;
    read_draft(leaf, subject)
}

pub(super) fn decode_leaf(bytes: &[u8]) -> Result<(Draft, Place), LeafError> {
    let mut leaf = Reader::new("the leaf", canonical::parse(bytes)?)?;
    let mut subject = leaf.object("subject")?;
    let place = Place {
        log: leaf.text("log")?,
        seq: leaf.count("seq")?,
        prev: leaf.optional("prev")?,
        recorded_at: leaf.required("recorded_at")?,
        held_back: leaf.mark("held_back")?,
        subject_seq: subject.count("seq")?,
        subject_prev: subject.optional("prev")?,
    };
    Ok((read_draft(leaf, subject)?, place))
}

fn read_draft(mut leaf: Reader, subject: Reader) -> Result<Draft, LeafError> {
    if leaf.count("v")? != u64::from(VERSION) {
        return Err(LeafError::Invalid { member: "v", must: "1" });
    }
    let draft = Draft {
        id: leaf.text("id")?,
        kind: leaf.text("type")?,
        occurred_at: leaf.required("occurred_at")?,
        actor: read_actor(leaf.object("actor")?)?,
        subject: read_subject(subject)?,
        data: leaf.take("data").ok_or(LeafError::Missing("data"))?,
        sd: leaf.digests("sd")?,
        stmt: leaf.optional_object("stmt")?.map(read_statement).transpose()?,
        idem: leaf.optional("idem")?,
        req: leaf.optional("req")?,
        node: leaf.text("node")?,
        sw: leaf.text("sw")?,
    };
    leaf.close()?;
    Ok(draft)
}

fn read_actor(mut actor: Reader) -> Result<Actor, LeafError> {
    let read = Actor {
        kind: actor.text("kind")?,
        id: actor.text("id")?,
        auth: actor.optional("auth")?,
        session: actor.optional("session")?,
    };
    actor.close()?;
    Ok(read)
}

fn read_subject(mut subject: Reader) -> Result<Subject, LeafError> {
    let read = Subject {
        kind: subject.text("kind")?,
        id: subject.text("id")?,
        version: subject.count("version")?,
        commit: subject.optional("commit")?,
    };
    subject.close()?;
    Ok(read)
}

fn read_statement(mut statement: Reader) -> Result<Statement, LeafError> {
    let sig = URL_SAFE_NO_PAD
        .decode(statement.text("sig")?)
        .map_err(|_| LeafError::Invalid { member: "sig", must: "base64url without padding" })?;
    let read = Statement {
        sha256: statement.required("sha256")?,
        kid: statement.text("kid")?,
        alg: statement.text("alg")?,
        sig,
    };
    statement.close()?;
    Ok(read)
}

/// Takes the members of an object out one by one, so that what is left over is unknown.
struct Reader {
    name: &'static str,
    members: Members,
}

impl Reader {
    fn new(name: &'static str, value: Value) -> Result<Self, LeafError> {
        match value {
            Value::Object(members) => Ok(Self { name, members }),
            _ => Err(LeafError::Invalid { member: name, must: "an object" }),
        }
    }

    fn close(self) -> Result<(), LeafError> {
        if self.members.is_empty() { Ok(()) } else { Err(LeafError::Unknown(self.name)) }
    }

    fn take(&mut self, member: &'static str) -> Option<Value> {
        self.members.remove(member)
    }

    fn object(&mut self, member: &'static str) -> Result<Self, LeafError> {
        self.optional_object(member)?.ok_or(LeafError::Missing(member))
    }

    fn optional_object(&mut self, member: &'static str) -> Result<Option<Self>, LeafError> {
        self.take(member).map(|value| Self::new(member, value)).transpose()
    }

    fn text(&mut self, member: &'static str) -> Result<String, LeafError> {
        self.required(member)
    }

    fn required<T: FromStr>(&mut self, member: &'static str) -> Result<T, LeafError> {
        self.optional(member)?.ok_or(LeafError::Missing(member))
    }

    fn optional<T: FromStr>(&mut self, member: &'static str) -> Result<Option<T>, LeafError> {
        self.take(member).map(|value| parse_text(member, &value)).transpose()
    }

    fn count(&mut self, member: &'static str) -> Result<u64, LeafError> {
        let invalid = LeafError::Invalid { member, must: "a whole number, 0 or more" };
        match self.take(member) {
            Some(Value::Integer(number)) => u64::try_from(number.get()).map_err(|_| invalid),
            Some(_) => Err(invalid),
            None => Err(LeafError::Missing(member)),
        }
    }

    fn mark(&mut self, member: &'static str) -> Result<bool, LeafError> {
        match self.take(member) {
            None => Ok(false),
            Some(Value::Bool(true)) => Ok(true),
            Some(_) => Err(LeafError::Invalid { member, must: "true, or absent" }),
        }
    }

    fn digests<T: FromStr>(&mut self, member: &'static str) -> Result<Vec<T>, LeafError> {
        match self.take(member) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) if !items.is_empty() => {
                items.iter().map(|item| parse_text(member, item)).collect()
            }
            Some(_) => Err(LeafError::Invalid { member, must: "an array of digests, or absent" }),
        }
    }
}

fn parse_text<T: FromStr>(member: &'static str, value: &Value) -> Result<T, LeafError> {
    let invalid = LeafError::Invalid { member, must: "text in the form of this member" };
    match value {
        Value::String(text) => text.parse().map_err(|_| invalid),
        _ => Err(invalid),
    }
}
