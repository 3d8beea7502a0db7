//! Signing in, and who may use a session.

use crate::client::Server;

#[test]
fn a_session_is_a_cookie_out_of_reach_of_scripts_and_other_sites() {
    let server = Server::start();
    let json = ("content-type", "application/json");
    let wrong = server.send("POST", "/api/session", &[json], br#"{"email":"admin@localhost","password":"wrong"}"#);
    wrong.is_problem(401, "SIGN_IN_REFUSED");
    server.send("POST", "/api/session", &[json], b"{}").is_problem(400, "BODY_INVALID");

    let body = format!(r#"{{"email":"admin@localhost","password":"{}"}}"#, server.first_password());
    let answer = server.send("POST", "/api/session", &[json], body.as_bytes());
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "a plain server on one's own machine: {cookie}");

    let cookie = cookie.split(';').next().unwrap();
    let query = r#"{"query":"{ viewer { role email } }"}"#;
    let viewer = r#"{"data":{"viewer":{"role":"ADMIN","email":"admin@localhost"}}}"#;
    assert_eq!(server.graphql(&[("cookie", cookie)], query).text(), viewer);
    let own = format!("http://localhost:{}", server.port);
    assert_eq!(server.graphql(&[("cookie", cookie), ("origin", &own)], query).text(), viewer);
    server.graphql(&[("cookie", cookie), ("origin", "http://evil.example")], query).is_problem(403, "CROSS_SITE");
    server.graphql(&[("cookie", cookie), ("sec-fetch-site", "cross-site")], query).is_problem(403, "CROSS_SITE");
    server.send("DELETE", "/api/session", &[("cookie", cookie), ("origin", "null")], b"").is_problem(403, "CROSS_SITE");

    assert_eq!(server.send("DELETE", "/api/session", &[("cookie", cookie)], b"").status, 204);
    assert_eq!(server.graphql(&[("cookie", cookie)], query).text(), r#"{"data":{"viewer":null}}"#);
}

#[test]
fn a_token_that_is_not_valid_is_refused_at_once() {
    let server = Server::start();
    let answer = server.graphql(&[("authorization", "Bearer nonsense")], r#"{"query":"{ viewer { id } }"}"#);
    answer.is_problem(401, "UNAUTHENTICATED");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    server.get("/api/documents/x", &[("authorization", "Basic eDp5")]).is_problem(401, "UNAUTHENTICATED");
}
