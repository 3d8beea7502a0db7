//! Start, health, headers, stop.

use std::os::unix::fs::PermissionsExt;

use crate::client::{Server, command};

#[test]
fn a_server_starts_on_nothing_answers_and_stops_clean() {
    let mut server = Server::start();
    let login = server.data.path().join("first-login.txt");
    assert_eq!(std::fs::metadata(&login).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(server.get("/healthz", &[]).text(), "ok\n");
    assert_eq!(server.get("/readyz", &[]).text(), "ready\n");
    assert!(server.get("/metrics", &[]).text().contains("countersign_http_requests_total"));
    server.get("/metrics", &[("x-forwarded-for", "10.0.0.1")]).is_problem(401, "UNAUTHENTICATED");
    server.get("/files/pages/x", &[]).is_problem(401, "UNAUTHENTICATED");
    server.get("/nowhere", &[]).is_problem(404, "NOT_FOUND");
    server.send("POST", "/nowhere", &[], b"").is_problem(404, "NOT_FOUND");

    let page = server.get("/tasks/somewhere", &[("accept", "text/html,*/*")]);
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").unwrap();
    for directive in ["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(directive), "{policy}");
    }
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));

    // While the server runs, and after it has stopped.
    let verify = || command(&["audit", "verify", "--data"]).arg(server.data.path()).output().unwrap();
    assert!(verify().status.success());
    assert!(server.stop());
    let verify = command(&["audit", "verify", "--data"]).arg(server.data.path()).output().unwrap();
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stderr));
    assert!(String::from_utf8(verify.stdout).unwrap().starts_with("ok "));
}

#[test]
fn the_metrics_token_opens_the_metrics_to_other_machines() {
    let server = Server::with("metrics_token = \"sixteen-characters-or-more\"");
    let elsewhere = ("x-forwarded-for", "10.0.0.1");
    let metrics = |token: &str| server.get("/metrics", &[elsewhere, ("authorization", &format!("Bearer {token}"))]);
    assert_eq!(metrics("sixteen-characters-or-more").status, 200);
    metrics("sixteen-characters-or-none").is_problem(401, "UNAUTHENTICATED");
}

#[test]
fn settings_that_can_not_be_used_are_named() {
    let data = tempfile::tempdir().unwrap();
    let serve = command(&["serve", "--data"]).arg(data.path()).env("COUNTERSIGN_LEESE_SECONDS", "9").output().unwrap();
    assert!(!serve.status.success());
    assert!(String::from_utf8(serve.stderr).unwrap().to_lowercase().contains("leese_seconds"));
    let nowhere = command(&["audit", "verify", "--data", "/nowhere/at/all"]).output().unwrap();
    assert!(String::from_utf8(nowhere.stderr).unwrap().contains("there is no data folder"));
    let text = command(&["schema"]).output().unwrap();
    assert_eq!(String::from_utf8(text.stdout).unwrap(), schema::sdl());
}
