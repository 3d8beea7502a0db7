//! Page images, receipts, and archives: exports and bundles of the log.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ByteRangeSpec, ContentRange, ContentRangeSpec, EntityTag, Header, IfNoneMatch, Range},
    },
    web,
};
use app::{bundles, documents, exports, exports::ExportDownload, receipts};
use domain::id::{AuditBundleId, EventId, ExportId, PageId};

use super::problem::Problem;
use crate::{auth::Caller, serve::Server};

/// An image never changes under its id, but who may see it does: the browser asks each time, and is told that nothing
/// changed (304) only after the right was looked at again.
const ASK_AGAIN: (header::HeaderName, &str) = (header::CACHE_CONTROL, "private, no-cache");
const KEEP_NOTHING: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// `GET /files/pages/{id}`: the upright page as JPEG.
pub async fn page(
    request: HttpRequest,
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor()?;
    let id = schema::id::decode::<PageId>(&path).map_err(|_| Problem::not_found())?;
    let tag = EntityTag::new_strong(id.to_string());
    if is_known(&request, &tag) {
        documents::look_at_page(&server.app, actor, id).await?;
        return Ok(HttpResponse::NotModified().insert_header(ASK_AGAIN).insert_header(header::ETag(tag)).finish());
    }
    let image = documents::page_image(&server.app, actor, id).await?;
    let mut response = HttpResponse::Ok();
    response.content_type("image/jpeg").insert_header(ASK_AGAIN).insert_header(header::ETag(tag.clone()));
    response.insert_header((header::ACCEPT_RANGES, "bytes"));
    let length = image.len() as u64;
    let whole = |range: (u64, Option<(u64, u64)>)| {
        ContentRange(ContentRangeSpec::Bytes { range: range.1, instance_length: Some(range.0) })
    };
    Ok(match wanted(&request, &tag) {
        None => response.body(image),
        Some(wanted) => match wanted.to_satisfiable_range(length) {
            Some((first, last)) => response
                .status(StatusCode::PARTIAL_CONTENT)
                .insert_header(whole((length, Some((first, last)))))
                .body(image.slice(first as usize..=last as usize)),
            None => response.status(StatusCode::RANGE_NOT_SATISFIABLE).insert_header(whole((length, None))).finish(),
        },
    })
}

/// RFC 9110, section 13.1.2.
fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

/// The one range asked for; several at once, and one of another version, are answered with the whole.
fn wanted(request: &HttpRequest, tag: &EntityTag) -> Option<ByteRangeSpec> {
    let other_version =
        request.headers().get(header::IF_RANGE).is_some_and(|it| it.as_bytes() != tag.to_string().as_bytes());
    if other_version || !request.headers().contains_key(header::RANGE) {
        return None;
    }
    match Range::parse(request) {
        Ok(Range::Bytes(mut ranges)) if ranges.len() == 1 => ranges.pop(),
        _ => None,
    }
}

/// `GET /files/exports/{id}.tar`.
pub async fn export(
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor()?;
    let id = schema::id::decode::<ExportId>(&path).map_err(|_| Problem::not_found())?;
    let download = exports::export_file(&server.app, actor, id).await?;
    Ok(archive(&format!("countersign-export-{id}.tar"), download))
}

/// `GET /files/bundles/{id}.tar`.
pub async fn bundle(
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor()?;
    let id = schema::id::decode::<AuditBundleId>(&path).map_err(|_| Problem::not_found())?;
    let download = bundles::audit_bundle_file(&server.app, actor, id).await?;
    Ok(archive(&format!("countersign-bundle-{id}.tar"), download))
}

/// `GET /files/receipts/{id of the event}`: the receipt of a decision, as a C2SP tlog-proof.
pub async fn receipt(
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor()?;
    // As the log writes it, or as GraphQL gives it.
    let id = path.parse::<EventId>().ok().or_else(|| schema::id::decode(&path).ok());
    let receipt = receipts::receipt_file(&server.app, actor, id.ok_or_else(Problem::not_found)?).await?;
    let name = format!("attachment; filename=\"receipt-{}.tlog-proof\"", receipt.index);
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(KEEP_NOTHING)
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(receipt.text))
}

fn archive(name: &str, download: ExportDownload) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/x-tar")
        .insert_header(KEEP_NOTHING)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .no_chunking(download.byte_size)
        .streaming(download.chunks)
}
