//! An answer's form and status (GraphQL over HTTP, "Response").

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, Accept, Header, Quality},
    },
};
use async_graphql::{Response, ServerError, Value, parser::types::OperationType};
use serde::Serialize;

use crate::http::problem::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/graphql-response+json`: the status tells whether the operation ran.
    GraphQl,
    /// `application/json`: 200 for every well-formed request.
    Json,
}

impl MediaType {
    /// What the client accepts most; GraphQL's own where it does not say.
    ///
    /// # Errors
    /// 406 when it accepts neither.
    pub fn wanted(request: &HttpRequest) -> Result<MediaType, Problem> {
        if !request.headers().contains_key(header::ACCEPT) {
            return Ok(MediaType::GraphQl);
        }
        let accept = Accept::parse(request).map_err(|_| Problem::of_status(StatusCode::BAD_REQUEST))?;
        let mut ranked = accept.0.iter().filter(|it| it.quality > Quality::ZERO).collect::<Vec<_>>();
        ranked.sort_by_key(|range| std::cmp::Reverse(range.quality));
        let known = ranked.iter().find_map(|it| match it.item.essence_str() {
            "application/graphql-response+json" | "*/*" | "application/*" => Some(MediaType::GraphQl),
            "application/json" => Some(MediaType::Json),
            _ => None,
        });
        known.ok_or_else(|| {
            let detail = "Accept application/graphql-response+json or application/json";
            Problem::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", detail)
        })
    }

    fn name(self) -> &'static str {
        match self {
            MediaType::GraphQl => "application/graphql-response+json; charset=utf-8",
            MediaType::Json => "application/json; charset=utf-8",
        }
    }
}

pub struct Answer {
    response: Response,
    /// What both media types say, where it is not what the response itself means.
    status: Option<StatusCode>,
}

impl Answer {
    pub fn executed(response: Response) -> Answer {
        Answer { response, status: None }
    }

    /// Well formed, and not to be run.
    pub fn refused(refusal: schema::Error, request_id: &str) -> Answer {
        Answer::executed(refusal.into_response(request_id))
    }

    pub fn malformed(refusal: schema::Error, request_id: &str) -> Answer {
        Answer { status: Some(StatusCode::BAD_REQUEST), ..Answer::refused(refusal, request_id) }
    }

    pub fn of_other_method(kind: OperationType, request_id: &str) -> Answer {
        let (status, message) = match kind {
            OperationType::Subscription => (StatusCode::BAD_REQUEST, "Subscribe over a WebSocket"),
            _ => (StatusCode::METHOD_NOT_ALLOWED, "Only queries run over GET: send this with POST"),
        };
        let refusal = schema::Error::invalid("OPERATION_NOT_ALLOWED", message);
        Answer { status: Some(status), ..Answer::refused(refusal, request_id) }
    }

    pub fn into_response(self, media_type: MediaType) -> HttpResponse {
        let refused = is_refusal(&self.response);
        let status = self.status.unwrap_or(match media_type {
            MediaType::GraphQl if refused => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        });
        let mut response = HttpResponse::build(status);
        response.content_type(media_type.name()).insert_header((header::VARY, "Accept"));
        if status == StatusCode::METHOD_NOT_ALLOWED {
            response.insert_header((header::ALLOW, "POST"));
        }
        response.json(body(&self.response))
    }
}

/// Whether nothing was executed: such an answer has no `data`, not even null (GraphQL, section 7.1).
pub fn is_refusal(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// An answer as it is sent.
#[derive(Serialize)]
pub struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
}

pub fn body(response: &Response) -> Body<'_> {
    Body { errors: &response.errors, data: (!is_refusal(response)).then_some(&response.data) }
}
