//! The messages of `graphql-transport-ws`.

use async_graphql::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::answer;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    ConnectionInit,
    Ping { payload: Option<Map<String, Value>> },
    Pong,
    Subscribe { id: String, payload: Map<String, Value> },
    Complete { id: String },
}

pub fn acknowledged() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

pub fn pong(payload: Option<Map<String, Value>>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }),
        None => json!({ "type": "pong" }),
    }
    .to_string()
}

/// One result; or the end of an operation that was never executed.
pub fn result(id: &str, response: &Response) -> String {
    if answer::is_refusal(response) {
        json!({ "id": id, "type": "error", "payload": response.errors }).to_string()
    } else {
        json!({ "id": id, "type": "next", "payload": answer::body(response) }).to_string()
    }
}

pub fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}
