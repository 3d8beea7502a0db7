//! For whoever watches the server.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::problem::Problem;
use crate::{auth, serve::Server};

/// The process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// The server can do its work.
pub async fn ready(server: web::Data<Server>) -> Result<HttpResponse, Problem> {
    server.app.ready().await.map_err(|reason| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "NOT_READY", reason))?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}

/// Prometheus text, to callers on this machine and to those with the metrics token. A request that a proxy passes
/// on comes from elsewhere, whatever its peer.
pub async fn metrics(request: HttpRequest, server: web::Data<Server>) -> Result<HttpResponse, Problem> {
    let local = request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback())
        && ["forwarded", "x-forwarded-for", "via"].iter().all(|name| !request.headers().contains_key(*name));
    let known = match (&server.config.metrics_token, auth::bearer(&request)?) {
        (Some(expected), Some(token)) => same(expected.as_bytes(), token.as_bytes()),
        _ => false,
    };
    if !local && !known {
        return Err(Problem::unauthenticated());
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(server.metrics.render()))
}

/// Compares without telling by its time how much is right.
fn same(expected: &[u8], given: &[u8]) -> bool {
    expected.len() == given.len() && expected.iter().zip(given).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
