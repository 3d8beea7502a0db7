//! The reviewers' page, inside the binary.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../web-review/dist"]
#[allow_missing = true]
struct Page;

const NOT_BUILT: &str = include_str!("not_built.html");

/// A file of the page; to a browser that goes anywhere else, the page itself, which finds its own way.
pub async fn serve(request: HttpRequest) -> Result<HttpResponse, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::of_status(actix_web::http::StatusCode::NOT_FOUND));
    }
    let path = request.path().trim_start_matches('/');
    if let Some(file) = Page::get(path) {
        return Ok(answer(path, file));
    }
    let navigates = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let ours = ["api", "files", "graphql", "assets"].contains(&path.split('/').next().unwrap_or_default());
    if !navigates || ours {
        return Err(Problem::of_status(actix_web::http::StatusCode::NOT_FOUND));
    }
    Ok(match Page::get("index.html") {
        Some(index) => answer("index.html", index),
        None => HttpResponse::Ok().content_type("text/html; charset=utf-8").body(NOT_BUILT),
    })
}

/// The build names files in `assets/` by their content, so they never change; everything else is asked for anew.
fn answer(path: &str, file: EmbeddedFile) -> HttpResponse {
    let caching = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    HttpResponse::Ok()
        .content_type(media_type(path))
        .insert_header((header::CACHE_CONTROL, caching))
        .body(file.data.into_owned())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
