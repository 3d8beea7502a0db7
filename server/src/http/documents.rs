//! Documents over HTTP: sent in, and asked after.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName},
    web::{self, Payload},
};
use app::{IdempotencyKey, documents, intake};
use domain::{actor::Actor, document::Document, id::DocumentId};
use serde_json::{Value, json};

use super::{
    problem::Problem,
    upload::{self, Particulars},
};
use crate::{auth::Caller, serve::Server};

/// `POST /api/documents`: 201 with `Location` once bytes and row are durable; sent again under the same
/// `Idempotency-Key`, the same answer with `Idempotency-Replayed: true`.
pub async fn receive(
    request: HttpRequest,
    server: web::Data<Server>,
    caller: Caller,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor()?;
    let key = idempotency_key(&request)?;
    let config = &server.config;
    let pause = Duration::from_secs(config.body_pause_seconds);
    let whole = Duration::from_secs(config.upload_seconds);
    let form = request.headers().get(header::CONTENT_TYPE).is_some_and(|it| it.as_bytes().starts_with(b"multipart/"));
    let (particulars, chunks) = if form {
        upload::form(request.headers(), payload, config.upload_bytes, pause, whole).await?
    } else {
        let particulars = web::Query::<Particulars>::from_query(request.query_string()).map_err(|error| {
            let detail = format!("{error}; parameters are type, fileName, priority, capturedAt, deviceId and source");
            Problem::bad_request("PARAMETER_INVALID", detail)
        })?;
        (particulars.into_inner(), upload::body(payload, pause, whole))
    };
    let received = intake::receive_document(&server.app, actor, key, particulars.into_upload()?, chunks).await?;
    let mut response = HttpResponse::Created();
    let id = schema::id::encode(&received.document);
    response.insert_header((header::LOCATION, format!("/api/documents/{id}")));
    if received.replayed {
        response.insert_header((HeaderName::from_static("idempotency-replayed"), "true"));
    }
    Ok(response.json(resource(&server, actor, received.document).await?))
}

/// draft-ietf-httpapi-idempotency-key-header-06, section 2.1: a string, so in quotes; without them is taken too.
fn idempotency_key(request: &HttpRequest) -> Result<IdempotencyKey, Problem> {
    let header = request.headers().get("idempotency-key").ok_or_else(|| {
        let detail = "Send the header Idempotency-Key, a new UUID for each new file, the same when sending again";
        Problem::bad_request("IDEMPOTENCY_KEY_MISSING", detail)
    })?;
    let text = header.to_str().unwrap_or_default();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    Ok(IdempotencyKey::parse(bare)?)
}

/// `GET /api/documents/{id}`: how far the document is.
pub async fn status(
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor()?;
    let id = schema::id::decode::<DocumentId>(&path).map_err(|_| Problem::not_found())?;
    Ok(HttpResponse::Ok().json(resource(&server, actor, id).await?))
}

async fn resource(server: &Server, actor: &Actor, id: DocumentId) -> Result<Value, Problem> {
    let document = documents::find_documents(&server.app, actor, &[id]).await?.pop().ok_or_else(Problem::not_found)?;
    let pages = documents::pages_of(&server.app, actor, &[id]).await?.len();
    Ok(written(&document, pages))
}

fn written(document: &Document, pages: usize) -> Value {
    let failure = document.failure.as_ref().map(|it| json!({ "code": it.code, "message": it.message }));
    json!({
        "id": schema::id::encode(&document.id),
        "state": document.state.word(),
        "version": document.version,
        "type": document.type_name,
        "typeVersion": document.type_version,
        "fileName": document.file_name,
        "mediaType": document.media_type,
        "byteSize": document.byte_size,
        "priority": document.priority,
        "receivedAt": document.received_at.to_string(),
        "pages": pages,
        "straightThrough": document.straight_through,
        "failure": failure,
    })
}
