//! Who calls: a session's cookie or a bearer token becomes an actor.

pub mod origin;
pub mod session;

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use app::{App, accounts};
use domain::actor::Actor;

use crate::{
    http::{outermost::request_id, problem::Problem},
    serve::Server,
};

/// What a request shows to prove who sends it.
#[derive(Clone)]
pub enum Credentials {
    Nothing,
    Session(String),
    Token(String),
}

impl Credentials {
    /// A token goes before a session.
    ///
    /// # Errors
    /// 401 for an `Authorization` that holds no bearer token.
    pub fn of(request: &HttpRequest) -> Result<Credentials, Problem> {
        Ok(match bearer(request)? {
            Some(token) => Credentials::Token(token.to_owned()),
            None => session::token(request).map_or(Credentials::Nothing, Credentials::Session),
        })
    }

    /// Whose they are now; `None` for none, and for a session that has ended.
    ///
    /// # Errors
    /// 401 for a token that is not valid.
    pub async fn actor(&self, app: &App, request_id: &str) -> Result<Option<Actor>, Problem> {
        let found = match self {
            Credentials::Nothing => None,
            Credentials::Session(token) => accounts::session_actor(app, token).await?,
            Credentials::Token(token) => {
                Some(accounts::token_actor(app, token).await?.ok_or_else(Problem::unauthenticated)?)
            }
        };
        if found.is_none() {
            metrics::counter!("countersign_unknown_callers_total").increment(1);
        }
        Ok(found.map(|actor| Actor { request: Some(request_id.to_owned()), ..actor }))
    }
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// `None` without credentials, and with a session that has ended.
    pub actor: Option<Actor>,
    pub request_id: String,
}

impl Caller {
    /// # Errors
    /// 401 for a token that is not valid; 403 `CROSS_SITE` for a change that another site's page asks for with the
    /// cookie of a session.
    pub async fn of(request: &HttpRequest) -> Result<Caller, Problem> {
        let server = server(request)?;
        let request_id = request_id(request);
        let credentials = Credentials::of(request)?;
        if matches!(credentials, Credentials::Session(_)) {
            origin::check(request, &server.config.allowed_origins)?;
        }
        let actor = credentials.actor(&server.app, &request_id).await?;
        Ok(Caller { actor, request_id })
    }

    pub fn actor(&self) -> Result<&Actor, Problem> {
        self.actor.as_ref().ok_or_else(Problem::unauthenticated)
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Caller, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Caller::of(&request).await })
    }
}

pub fn server(request: &HttpRequest) -> Result<&web::Data<Server>, Problem> {
    request
        .app_data::<web::Data<Server>>()
        .ok_or_else(|| Problem::of_status(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR))
}

/// RFC 6750, section 2.1.
pub fn bearer(request: &HttpRequest) -> Result<Option<&str>, Problem> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let token = value.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    token.map(Some).ok_or_else(Problem::unauthenticated)
}
