//! The layer every answer passes last: request id, security headers, and one form for all errors.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

use super::problem::Problem;

pub fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default()
}

/// A span names the route and never the address: addresses hold file names and ids.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        tracing::info_span!(
            "request",
            id,
            method = %request.method(),
            route = request.match_pattern().unwrap_or_default(),
            status = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        span.in_scope(|| tracing::debug!("answered"));
    }
}

pub async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let mut response = next.call(request).await?.map_into_boxed_body();
    let id = request_id(response.request());
    if let Some(problem) = problem_of(response.response()) {
        let allow = response.headers().get(header::ALLOW).cloned();
        let mut written = problem.to_response(&id);
        if let Some(allow) = allow {
            written.headers_mut().insert(header::ALLOW, allow);
        }
        response = response.into_response(written);
    }
    let policy = content_security_policy(response.request());
    let headers = response.headers_mut();
    secure(headers, policy);
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    count(&response, begun);
    Ok(response)
}

/// What an error answer says in RFC 9457's form; `None` for what speaks for itself.
fn problem_of(response: &HttpResponse) -> Option<Problem> {
    let status = response.status();
    if let Some(error) = response.error() {
        if let Some(problem) = error.as_error::<Problem>() {
            return Some(problem.clone());
        }
        if status.is_server_error() {
            tracing::error!(%error, "a request failed");
        }
        return Some(Problem::of_status(status));
    }
    let speaks = response.headers().contains_key(header::CONTENT_TYPE);
    (!speaks && (status.is_client_error() || status.is_server_error()) && status != StatusCode::RANGE_NOT_SATISFIABLE)
        .then(|| Problem::of_status(status))
}

/// Only what this server itself serves is loaded or run. Browsers differ in whether `'self'` covers WebSockets, so
/// those are named.
fn content_security_policy(request: &HttpRequest) -> String {
    let host = request.connection_info().host().to_owned();
    let plain = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let sockets = if plain { format!(" ws://{host} wss://{host}") } else { String::new() };
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'{sockets}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

fn secure(headers: &mut HeaderMap, policy: String) {
    const FIXED: [(&str, &str); 5] = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

fn count(response: &ServiceResponse, begun: Instant) {
    let route = response.request().match_pattern().unwrap_or_else(|| "other".to_owned());
    // A caller can make up methods, and each would be a series of its own.
    let method = match response.request().method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "DELETE" => "DELETE",
        _ => "other",
    };
    let status = response.status().as_u16().to_string();
    metrics::counter!("countersign_http_requests_total", "route" => route.clone(), "method" => method, "status" => status)
        .increment(1);
    metrics::histogram!("countersign_http_request_seconds", "route" => route).record(begun.elapsed().as_secs_f64());
}
