//! Signing in and out.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::problem::Problem;
use crate::{
    auth::{origin, session},
    serve::Server,
};

#[derive(Deserialize)]
pub struct Credentials {
    email: String,
    password: String,
}

/// `POST /api/session {"email","password"}`: 204 with the cookie of a session.
pub async fn sign_in(
    request: HttpRequest,
    server: web::Data<Server>,
    credentials: web::Json<Credentials>,
) -> Result<HttpResponse, Problem> {
    origin::check(&request, &server.config.allowed_origins)?;
    let token = app::accounts::sign_in(&server.app, &credentials.email, &credentials.password).await;
    let token = token.map_err(|error| match error {
        app::Error::Forbidden => {
            metrics::counter!("countersign_sign_ins_refused_total").increment(1);
            Problem::new(StatusCode::UNAUTHORIZED, "SIGN_IN_REFUSED", "The address or the password is not right")
        }
        other => other.into(),
    })?;
    let cookie = session::cookie(&request, token, server.config.session_hours);
    Ok(HttpResponse::NoContent().cookie(cookie).finish())
}

/// `DELETE /api/session`: 204, also when there was none.
pub async fn sign_out(request: HttpRequest, server: web::Data<Server>) -> Result<HttpResponse, Problem> {
    origin::check(&request, &server.config.allowed_origins)?;
    if let Some(token) = session::token(&request) {
        app::accounts::sign_out(&server.app, &token).await?;
    }
    Ok(HttpResponse::NoContent().cookie(session::expired(&request)).finish())
}
