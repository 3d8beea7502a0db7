//! JSON (RFC 8259) that refuses an object in which a name stands twice, at every depth. `serde_json` reads it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// As much of a value as anybody here asks for.
#[derive(Debug, PartialEq)]
pub(super) enum Json {
    String(String),
    Bool(bool),
    Other,
}

/// The members of the object that is the whole text.
pub(super) fn object(bytes: &[u8]) -> Result<BTreeMap<String, Json>, serde_json::Error> {
    serde_json::from_slice(bytes).map(|Object(members)| members)
}

struct Object(BTreeMap<String, Json>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object, A::Error> {
                read_members(map).map(Object)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::String(text.to_owned()))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
                Ok(Json::Bool(truth))
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
                Ok(Json::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
                Ok(Json::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
                Ok(Json::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                while seq.next_element::<Json>()?.is_some() {}
                Ok(Json::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Json, A::Error> {
                read_members(map).map(|_| Json::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

fn read_members<'de, A: MapAccess<'de>>(mut map: A) -> Result<BTreeMap<String, Json>, A::Error> {
    let mut members = BTreeMap::new();
    while let Some((name, value)) = map.next_entry::<String, Json>()? {
        if members.insert(name, value).is_some() {
            return Err(A::Error::custom("a name stands in one object twice"));
        }
    }
    Ok(members)
}
