//! Errors of the REST interface: RFC 9457 problem details with a stable `code` and the request's id.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode, http::header};
use serde_json::json;

#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    /// What a program branches on.
    pub code: &'static str,
    /// What to do, for a person.
    pub detail: String,
    pub retry_after: Option<u32>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), retry_after: None }
    }

    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, code, detail)
    }

    pub fn unauthenticated() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "Sign in first, or send a token that is still valid")
    }

    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such thing that you may see")
    }

    /// For what the framework itself refused, such as a method that a path does not have.
    pub fn of_status(status: StatusCode) -> Problem {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => ("NOT_FOUND", "There is nothing at this address"),
            StatusCode::METHOD_NOT_ALLOWED => ("METHOD_NOT_ALLOWED", "The address does not take this method"),
            StatusCode::PAYLOAD_TOO_LARGE => ("BODY_TOO_LARGE", "The body is larger than the server takes"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("MEDIA_TYPE_UNSUPPORTED", "Send another content type"),
            StatusCode::REQUEST_TIMEOUT => ("TIMEOUT", "The request took too long to arrive"),
            status if status.is_server_error() => ("INTERNAL", INTERNAL),
            _ => ("BAD_REQUEST", "The request is not well formed"),
        };
        Problem::new(status, code, detail)
    }

    pub fn to_response(&self, request_id: &str) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason(),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
            "requestId": request_id,
        });
        response.content_type("application/problem+json").body(body.to_string())
    }
}

const INTERNAL: &str = "Something went wrong on the server; its log tells more under the request id";

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The outermost layer writes it anew, with the request's id.
    fn error_response(&self) -> HttpResponse {
        self.to_response("")
    }
}

impl From<app::Error> for Problem {
    fn from(error: app::Error) -> Problem {
        match error {
            app::Error::NotFound => Problem::not_found(),
            app::Error::Forbidden => Problem::new(StatusCode::FORBIDDEN, "FORBIDDEN", "Your role does not allow this"),
            app::Error::Invalid { code, message } => Problem::new(status_of(code), code, message),
            app::Error::Conflict { code, message, .. } => Problem {
                retry_after: (code == "IDEMPOTENCY_RUNNING").then_some(1),
                ..Problem::new(StatusCode::CONFLICT, code, message)
            },
            app::Error::Internal(cause) => {
                tracing::error!(%cause, "a request failed");
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", INTERNAL)
            }
        }
    }
}

fn status_of(code: &str) -> StatusCode {
    match code {
        "FILE_TOO_LARGE" => StatusCode::PAYLOAD_TOO_LARGE,
        "FORMAT_UNKNOWN" | "FORMAT_UNSUPPORTED" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        // draft-ietf-httpapi-idempotency-key-header-06, section 2.7
        "IDEMPOTENCY_KEY_REUSED" => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_REQUEST,
    }
}
