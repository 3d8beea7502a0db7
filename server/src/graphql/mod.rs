//! GraphQL over HTTP and WebSocket, around `schema`. The stock handlers run mutations over GET and form posts,
//! ignore the body limit and answer otherwise than the GraphQL over HTTP specification asks.

mod answer;
pub mod explorer;
mod incoming;
pub mod trusted;
mod websocket;

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Payload},
};
use async_graphql::{Request, parser::types::OperationType};
use domain::actor::ActorKind;
use schema::Admitted;

use self::{
    answer::{Answer, MediaType},
    incoming::Incoming,
};
use crate::{auth::Caller, http::problem::Problem, serve::Server};

/// `GET /graphql`: a query in the address, or the beginning of a WebSocket.
pub async fn get(
    request: HttpRequest,
    server: web::Data<Server>,
    caller: Caller,
    payload: Payload,
) -> Result<HttpResponse, actix_web::Error> {
    if request.headers().contains_key(header::UPGRADE) {
        return websocket::upgrade(&request, server, caller, payload);
    }
    let media_type = MediaType::wanted(&request)?;
    let answer = match Incoming::from_query(request.query_string()) {
        Ok(incoming) => run(&server, caller, incoming, &[OperationType::Query]).await,
        Err(refusal) => Answer::malformed(refusal, &caller.request_id),
    };
    Ok(answer.into_response(media_type))
}

/// `POST /graphql`: an operation as JSON.
pub async fn post(
    request: HttpRequest,
    server: web::Data<Server>,
    caller: Caller,
    payload: Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let media_type = MediaType::wanted(&request)?;
    if !is_json(&request) {
        let detail = "Send the operation as application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "MEDIA_TYPE_UNSUPPORTED", detail).into());
    }
    let limit = server.config.json_bytes;
    let pause = Duration::from_secs(server.config.body_pause_seconds);
    let body = tokio::time::timeout(pause, payload.to_bytes_limited(limit)).await;
    let body = body.map_err(|_| Problem::of_status(StatusCode::REQUEST_TIMEOUT))?;
    let body = body.map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))??;
    let answer = match Incoming::from_json(&body) {
        Ok(incoming) => run(&server, caller, incoming, &[OperationType::Query, OperationType::Mutation]).await,
        Err(refusal) => Answer::malformed(refusal, &caller.request_id),
    };
    Ok(answer.into_response(media_type))
}

/// GraphQL over HTTP, "Media types": JSON in UTF-8, whether it says so or not.
fn is_json(request: &HttpRequest) -> bool {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = value.split(';').map(str::trim);
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
                value.trim_matches('"').eq_ignore_ascii_case("utf-8")
            }
            _ => true,
        })
}

async fn run(server: &Server, caller: Caller, incoming: Incoming, allowed: &[OperationType]) -> Answer {
    let request_id = caller.request_id.clone();
    match admit(server, caller, incoming) {
        Err(refusal) => Answer::refused(refusal, &request_id),
        Ok(admitted) => match admitted.kind {
            Some(kind) if !allowed.contains(&kind) => Answer::of_other_method(kind, &request_id),
            _ => Answer::executed(admitted.execute(&server.schema).await),
        },
    }
}

/// Finds the document, and lets `schema` look at it before anything runs. HTTP and WebSocket come through here.
fn admit(server: &Server, caller: Caller, incoming: Incoming) -> Result<Admitted, schema::Error> {
    let query = match (&incoming.document_id, incoming.query) {
        (Some(id), None) => server.trusted.get(id).ok_or_else(|| {
            schema::Error::invalid("DOCUMENT_UNKNOWN", "The server does not know this document: load the page anew")
        })?,
        (None, Some(query)) if may_ask_freely(server, &caller) => query,
        (None, Some(_)) => {
            let message = "Only the page's own documents are taken here; a service account's token may send others";
            return Err(schema::Error::invalid("DOCUMENT_NOT_TRUSTED", message));
        }
        (Some(_), Some(_)) => {
            return Err(schema::Error::invalid("DOCUMENT_AND_QUERY", "Send either a query or a documentId"));
        }
        (None, None) => return Err(schema::Error::invalid("QUERY_MISSING", "Send a query or a documentId")),
    };
    let mut request = Request::new(query).variables(incoming.variables);
    request.operation_name = incoming.operation_name;
    let caller = schema::Caller { app: server.app.clone(), actor: caller.actor, request_id: caller.request_id };
    caller.admit(request, &server.limits)
}

fn may_ask_freely(server: &Server, caller: &Caller) -> bool {
    server.config.free_queries || caller.actor.as_ref().is_some_and(|actor| actor.kind == ActorKind::Service)
}
