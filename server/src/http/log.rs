//! Logs, read-only, as C2SP tlog-tiles has them: `/log/<organization>/e<epoch>` is the prefix of a log.

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderName},
    web,
};
use app::published;
use domain::id::OrganizationId;

use super::problem::Problem;
use crate::{auth::Caller, serve::Server};

/// It is replaced all the time.
const ASK_AGAIN: (HeaderName, &str) = (header::CACHE_CONTROL, "no-cache");
/// A tile never changes under its name; who may read it does.
const KEEP: (HeaderName, &str) = (header::CACHE_CONTROL, "private, max-age=31536000, immutable");

/// `GET /log/{organization}/e{epoch}/checkpoint`
pub async fn checkpoint(
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<(String, i32)>,
) -> Result<HttpResponse, Problem> {
    let (organization, epoch) = path.into_inner();
    let organization = log_of(&organization)?;
    let note = if server.config.publish_checkpoints {
        published::checkpoint(&server.app, organization, epoch).await?
    } else {
        published::checkpoint_for(&server.app, caller.actor()?, organization, epoch).await?
    };
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").insert_header(ASK_AGAIN).body(note))
}

/// `GET /log/{organization}/e{epoch}/tile/…`
pub async fn tile(
    server: web::Data<Server>,
    caller: Caller,
    path: web::Path<(String, i32, String)>,
) -> Result<HttpResponse, Problem> {
    let (organization, epoch, tile) = path.into_inner();
    let organization = log_of(&organization)?;
    let bytes = published::tile(&server.app, caller.actor()?, organization, epoch, &tile).await?;
    Ok(HttpResponse::Ok().content_type("application/octet-stream").insert_header(KEEP).body(bytes))
}

fn log_of(organization: &str) -> Result<OrganizationId, Problem> {
    organization.parse().map_err(|_| Problem::not_found())
}
