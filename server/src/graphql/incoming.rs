//! An operation as it comes in, well formed or refused (GraphQL over HTTP, "Request parameters").

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::{Map, Value};

pub struct Incoming {
    /// An empty one, as clients of trusted documents send over a WebSocket, is none.
    pub query: Option<String>,
    /// SHA-256 in hex of a trusted document.
    pub document_id: Option<String>,
    pub operation_name: Option<String>,
    pub variables: Variables,
}

/// Why a request is not well formed.
pub type Malformed = schema::Error;

fn malformed(what: &str) -> Malformed {
    schema::Error::invalid("REQUEST_MALFORMED", what)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    document_id: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl Incoming {
    pub fn from_json(body: &[u8]) -> Result<Incoming, Malformed> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(body)) => Incoming::from_object(body),
            Ok(Value::Array(_)) => Err(malformed("Send one operation a request")),
            Ok(_) => Err(malformed("The body is a JSON object with a query or a documentId")),
            Err(_) => Err(malformed("The body is not JSON")),
        }
    }

    pub fn from_object(mut body: Map<String, Value>) -> Result<Incoming, Malformed> {
        let extensions = object(body.remove("extensions"), "extensions is an object")?;
        let own = text(body.remove("documentId"), "documentId is a string")?;
        let extended = extensions.and_then(|mut it| it.remove("documentId"));
        let variables = object(body.remove("variables"), "variables is an object")?.unwrap_or_default();
        Ok(Incoming {
            query: text(body.remove("query"), "query is a string")?.filter(|query| !query.is_empty()),
            document_id: own.or(text(extended, "extensions.documentId is a string")?),
            operation_name: text(body.remove("operationName"), "operationName is a string")?
                .filter(|name| !name.is_empty()),
            variables: Variables::from_json(Value::Object(variables)),
        })
    }

    pub fn from_query(query: &str) -> Result<Incoming, Malformed> {
        let given = actix_web::web::Query::<Parameters>::from_query(query)
            .map_err(|_| malformed("The parameters of the address can't be read"))?
            .into_inner();
        let json = |text: Option<String>, what: &str| match text.as_deref() {
            None | Some("") => Ok(Value::Null),
            Some(text) => serde_json::from_str(text).map_err(|_| malformed(what)),
        };
        let mut body = Map::new();
        body.insert("variables".into(), json(given.variables, "variables is a JSON object")?);
        body.insert("extensions".into(), json(given.extensions, "extensions is a JSON object")?);
        for (name, value) in
            [("query", given.query), ("documentId", given.document_id), ("operationName", given.operation_name)]
        {
            body.insert(name.into(), value.map_or(Value::Null, Value::String));
        }
        Incoming::from_object(body)
    }
}

fn text(value: Option<Value>, what: &str) -> Result<Option<String>, Malformed> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(malformed(what)),
    }
}

fn object(value: Option<Value>, what: &str) -> Result<Option<Map<String, Value>>, Malformed> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(malformed(what)),
    }
}
