//! The one place where refusals of the application become GraphQL errors.
//!
//! Every error that leaves carries `extensions.code` (one of [`Code`]) and `extensions.requestId`. INVALID and
//! CONFLICT carry the application's own stable code as `extensions.reason`; a stale CONFLICT carries the present
//! value as `extensions.current`. What is INTERNAL is logged here, once, and never leaves.

use async_graphql::{ErrorExtensionValues, Name, Pos, Response, Value, indexmap::IndexMap};

/// What a client branches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    Unauthenticated,
    Forbidden,
    NotFound,
    Invalid,
    Conflict,
    LeaseLost,
    Resync,
    Internal,
}

impl Code {
    fn word(self) -> &'static str {
        match self {
            Code::Unauthenticated => "UNAUTHENTICATED",
            Code::Forbidden => "FORBIDDEN",
            Code::NotFound => "NOT_FOUND",
            Code::Invalid => "INVALID",
            Code::Conflict => "CONFLICT",
            Code::LeaseLost => "LEASE_LOST",
            Code::Resync => "RESYNC",
            Code::Internal => "INTERNAL",
        }
    }
}

/// A refusal on its way out. It has no `Display`, so that nothing but this module words one.
#[derive(Clone, Debug)]
pub struct Error {
    code: Code,
    reason: Option<&'static str>,
    message: String,
    /// Boxed: errors travel through every resolver, and this part is rare.
    current: Option<Box<Value>>,
    locations: Vec<Pos>,
}

impl Error {
    fn new(code: Code, message: impl Into<String>) -> Error {
        Error { code, reason: None, message: message.into(), current: None, locations: Vec::new() }
    }

    pub fn invalid(reason: &'static str, message: impl Into<String>) -> Error {
        Error { reason: Some(reason), ..Error::new(Code::Invalid, message) }
    }

    pub(crate) fn unauthenticated() -> Error {
        Error::new(Code::Unauthenticated, "Sign in first, or send a token")
    }

    pub(crate) fn not_found() -> Error {
        Error::new(Code::NotFound, "There is no such thing that you may see")
    }

    pub(crate) fn resync() -> Error {
        Error::new(Code::Resync, "Changes were missed: ask for everything again, then subscribe without after")
    }

    pub(crate) fn internal(cause: impl std::fmt::Display) -> Error {
        tracing::error!(%cause, "a GraphQL operation failed");
        Error::new(Code::Internal, "Something went wrong on the server; its log tells more under the request id")
    }

    pub(crate) fn at(mut self, locations: Vec<Pos>) -> Error {
        self.locations = locations;
        self
    }

    /// Whether `node` answers this with null: there is nothing that the caller may see.
    pub(crate) fn hides_an_object(&self) -> bool {
        matches!(self.code, Code::NotFound | Code::Forbidden)
    }

    /// The error as an answer of its own, for an operation that was not executed.
    pub fn into_response(self, request_id: &str) -> Response {
        let locations = self.locations.clone();
        let error: async_graphql::Error = self.into();
        let mut error = error.into_server_error(Pos::default());
        error.locations = locations;
        let mut response = Response::from_errors(vec![error]);
        sign(&mut response, request_id);
        response
    }
}

impl From<app::Error> for Error {
    fn from(error: app::Error) -> Error {
        match error {
            app::Error::NotFound => Error::not_found(),
            app::Error::Forbidden => Error::new(Code::Forbidden, "Your role does not allow this"),
            app::Error::Invalid { code: "RESYNC", .. } => Error::resync(),
            app::Error::Invalid { code, message } => Error::invalid(code, message),
            app::Error::Conflict { code, message, current } => Error {
                reason: Some(code),
                current: current.map(|field| Box::new(present(&field))),
                ..Error::new(if code == "LEASE_LOST" { Code::LeaseLost } else { Code::Conflict }, message)
            },
            app::Error::Internal(cause) => Error::internal(cause),
        }
    }
}

/// What the field holds now, so that a client can show it beside what its user typed.
fn present(field: &domain::field::Field) -> Value {
    let entries = [
        ("version", Value::from(field.version)),
        ("text", Value::from(field.value.text.as_str())),
        ("value", field.value.value.as_deref().map_or(Value::Null, Value::from)),
        ("status", Value::from(field.status.word())),
    ];
    Value::Object(entries.into_iter().map(|(name, value)| (Name::new(name), value)).collect::<IndexMap<_, _>>())
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> async_graphql::Error {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code.word());
        if let Some(reason) = error.reason {
            extensions.set("reason", reason);
        }
        if let Some(current) = error.current {
            extensions.set("current", *current);
        }
        async_graphql::Error { message: error.message, source: None, extensions: Some(extensions) }
    }
}

/// Gives every error of an answer its request id, and those of the library's own validation their code.
pub(crate) fn sign(response: &mut Response, request_id: &str) {
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", Code::Invalid.word());
            extensions.set("reason", "QUERY_INVALID");
        }
        extensions.set("requestId", request_id);
    }
}
