//! The cookie of a session.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

const NAME: &str = "countersign_session";

pub fn token(request: &HttpRequest) -> Option<String> {
    request.cookie(NAME).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty())
}

/// Out of reach of scripts and of other sites; only over TLS, but for a server on one's own machine.
pub fn cookie(request: &HttpRequest, token: String, hours: i64) -> Cookie<'static> {
    Cookie::build(NAME, token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(!is_plain_and_local(request))
        .max_age(Duration::hours(hours))
        .finish()
}

pub fn expired(request: &HttpRequest) -> Cookie<'static> {
    let mut cookie = cookie(request, String::new(), 0);
    cookie.make_removal();
    cookie
}

fn is_plain_and_local(request: &HttpRequest) -> bool {
    let connection = request.connection_info();
    let host = connection.host();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    connection.scheme() == "http" && matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
