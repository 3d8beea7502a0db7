//! Whether a browser sends a request for a page of our own. Browsers say so themselves (`Origin`,
//! `Sec-Fetch-Site`), and no page can make them lie; programs that say neither carry no ambient cookies.

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
};

use crate::http::problem::Problem;

/// Refuses changes that a page of another site asks for; reading is safe, because that page can't see the answer.
///
/// # Errors
/// 403 `CROSS_SITE`.
pub fn check(request: &HttpRequest, allowed: &[String]) -> Result<(), Problem> {
    if request.method().is_safe() || is_own(request, allowed) { Ok(()) } else { Err(cross_site()) }
}

fn cross_site() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "CROSS_SITE",
        "A page of another site asked for this; name its origin in the setting allowed_origins if it is yours",
    )
}

/// Whether the request comes from a page of this server, of an allowed origin, or from no page at all.
pub fn is_own(request: &HttpRequest, allowed: &[String]) -> bool {
    let text = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("origin"), text("sec-fetch-site")) {
        (Some(origin), _) => is_own_origin(request, origin) || allowed.iter().any(|allowed| allowed == origin),
        (None, Some(site)) => matches!(site, "same-origin" | "none"),
        (None, None) => true,
    }
}

/// The scheme is left out of the comparison: behind a proxy that ends TLS the server does not see it.
fn is_own_origin(request: &HttpRequest, origin: &str) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().map(|authority| authority.as_str());
    let own = host.or(authority);
    origin.split_once("://").is_some_and(|(_, authority)| own.is_some_and(|own| own.eq_ignore_ascii_case(authority)))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn refused(headers: &[(&'static str, &'static str)]) -> bool {
        let mut request = TestRequest::post().insert_header(("host", "localhost:8080"));
        for header in headers {
            request = request.insert_header(*header);
        }
        check(&request.to_http_request(), &["https://review.example.com".to_owned()]).is_err()
    }

    #[test]
    fn only_pages_of_ones_own_may_change_things() {
        assert!(!refused(&[("origin", "http://localhost:8080")]));
        assert!(!refused(&[("origin", "https://review.example.com")]));
        assert!(!refused(&[("sec-fetch-site", "same-origin")]));
        assert!(!refused(&[]));
        assert!(refused(&[("origin", "http://localhost:9090")]));
        assert!(refused(&[("origin", "http://evil.example")]));
        assert!(refused(&[("origin", "null")]));
        assert!(refused(&[("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")]));
        assert!(refused(&[("sec-fetch-site", "cross-site")]));
        assert!(refused(&[("sec-fetch-site", "same-site")]));
    }
}
