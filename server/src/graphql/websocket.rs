//! `graphql-transport-ws` (github.com/enisdenjo/graphql-ws, PROTOCOL.md): its messages and close codes, with a
//! deadline for the first message, a check of where the page comes from, and a cap on operations.

mod connection;
mod message;

use actix_web::{HttpRequest, HttpResponse, http::header, rt, web, web::Payload};
use actix_ws::{CloseCode, CloseReason};

use self::connection::Connection;
use crate::{
    auth::{Caller, Credentials, origin},
    serve::Server,
};

const PROTOCOL: &str = "graphql-transport-ws";

pub fn upgrade(
    request: &HttpRequest,
    server: web::Data<Server>,
    caller: Caller,
    payload: Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let credentials = Credentials::of(request)?;
    let speaks = offered(request).any(|protocol| protocol == PROTOCOL);
    let own = origin::is_own(request, &server.config.allowed_origins);
    let (response, session, messages) = actix_ws::handle_with_protocols(request, payload, &[PROTOCOL])?;
    let refusal = match (own, speaks) {
        (false, _) => Some(Close::because(4403, "Forbidden")),
        (true, false) => Some(Close::because(4406, "Subprotocol not acceptable")),
        (true, true) => None,
    };
    rt::spawn(async move {
        let close = match refusal {
            Some(refusal) => Some(refusal),
            None => {
                let longest = server.config.websocket_message_bytes;
                let messages = messages.max_frame_size(longest).aggregate_continuations();
                let messages = messages.max_continuation_size(longest);
                metrics::gauge!("countersign_websockets").increment(1);
                let close = Connection::new(server, caller, credentials, session.clone()).run(messages).await;
                metrics::gauge!("countersign_websockets").decrement(1);
                close
            }
        };
        // A browser can read a close code, but not the status of an upgrade that failed.
        let reason = close.map(CloseReason::from);
        if session.close(reason).await.is_err() {
            tracing::debug!("a WebSocket was gone before it was closed");
        }
    });
    Ok(response)
}

fn offered(request: &HttpRequest) -> impl Iterator<Item = &str> {
    let headers = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
    headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(str::trim)
}

/// Why the server ends a connection; the codes are the protocol's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Close {
    code: u16,
    reason: String,
}

impl Close {
    fn because(code: u16, reason: impl Into<String>) -> Close {
        Close { code, reason: reason.into() }
    }

    fn invalid(reason: impl Into<String>) -> Close {
        Close::because(4400, reason)
    }

    fn unauthorized() -> Close {
        Close::because(4401, "Unauthorized")
    }
}

impl From<Close> for CloseReason {
    fn from(close: Close) -> CloseReason {
        CloseReason { code: CloseCode::from(close.code), description: Some(close.reason) }
    }
}
