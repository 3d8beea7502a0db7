//! Uploads and files.

use std::{thread, time::Duration};

use crate::client::{Answer, Server};

/// Told to be a JPEG by its first bytes; nothing here decodes it.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F'];

fn upload(server: &Server, bearer: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    server.send("POST", path, &[&[("authorization", bearer)], headers].concat(), body)
}

#[test]
fn a_scan_is_received_once_and_can_be_asked_after() {
    let server = Server::start();
    let bearer = format!("Bearer {}", server.token("integrator"));
    let path =
        "/api/documents?type=receipt&fileName=a.jpg&priority=7&capturedAt=2026-02-01T09:30:00Z&deviceId=d&source=s";
    let key = ("idempotency-key", "\"first\"");
    let answer = upload(&server, &bearer, path, &[key], JPEG);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let document = answer.json();
    assert_eq!(
        (&document["state"], &document["type"], &document["priority"]),
        (&"RECEIVED".into(), &"receipt".into(), &7.into())
    );
    let location = format!("/api/documents/{}", document["id"].as_str().unwrap());
    assert_eq!((answer.header("location"), answer.header("idempotency-replayed")), (Some(&*location), None));

    let again = upload(&server, &bearer, path, &[key], JPEG);
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, Some("true")));
    assert_eq!(again.json()["id"], document["id"]);
    let other = upload(&server, &bearer, "/api/documents?type=receipt", &[key], JPEG);
    other.is_problem(422, "IDEMPOTENCY_KEY_REUSED");

    let mut status = server.get(&location, &[("authorization", &bearer)]).json();
    for _ in 0..100 {
        if status["state"] == "FAILED" {
            break;
        }
        thread::sleep(Duration::from_millis(50));
        status = server.get(&location, &[("authorization", &bearer)]).json();
    }
    assert_eq!((&status["state"], &status["failure"]["code"]), (&"FAILED".into(), &"READER_MISSING".into()));
    server.get(&location, &[]).is_problem(401, "UNAUTHENTICATED");
    server.get("/api/documents/nonsense", &[("authorization", &bearer)]).is_problem(404, "NOT_FOUND");
}

#[test]
fn the_parts_of_a_form_come_in_any_order() {
    let server = Server::start();
    let bearer = format!("Bearer {}", server.token("integrator"));
    let part = |name: &str, value: &[u8]| {
        let name = if name == "file" { "file\"; filename=\"scan.jpg".to_owned() } else { name.to_owned() };
        [format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes(), value, b"\r\n"].concat()
    };
    let send = |key: &str, parts: &[Vec<u8>]| {
        let headers = [("idempotency-key", key), ("content-type", "multipart/form-data; boundary=x")];
        upload(&server, &bearer, "/api/documents", &headers, &[&parts.concat(), &b"--x--\r\n"[..]].concat())
    };
    let (file, kind) = (part("file", JPEG), part("type", b"receipt"));
    for (key, parts) in [("1", [file.clone(), kind.clone()]), ("2", [kind.clone(), file.clone()])] {
        let answer = send(key, &parts);
        assert_eq!(answer.status, 201, "{}", answer.text());
        let document = answer.json();
        assert_eq!((&document["fileName"], &document["type"]), (&"scan.jpg".into(), &"receipt".into()));
    }
    send("3", std::slice::from_ref(&kind)).is_problem(400, "FILE_MISSING");
    send("4", &[file.clone(), file.clone()]).is_problem(400, "PART_TWICE");
    send("5", &[file.clone(), part("sort", b"x")]).is_problem(400, "PART_UNKNOWN");
    send("6", &[file.clone(), part("type", b"\xFF")]).is_problem(400, "PART_NOT_TEXT");
    let headers = [("idempotency-key", "7"), ("content-type", "multipart/form-data; boundary=x")];
    upload(&server, &bearer, "/api/documents", &headers, &file).is_problem(400, "UPLOAD_BROKEN");
}

#[test]
fn what_can_not_be_taken_is_refused_with_what_to_do() {
    let server = Server::with("upload_bytes = 1000");
    let bearer = format!("Bearer {}", server.token("integrator"));
    let send = |path: &str, body: &[u8]| upload(&server, &bearer, path, &[("idempotency-key", "k")], body);
    upload(&server, &bearer, "/api/documents", &[], JPEG).is_problem(400, "IDEMPOTENCY_KEY_MISSING");
    send("/api/documents", b"").is_problem(400, "FILE_EMPTY");
    send("/api/documents", b"plain words").is_problem(415, "FORMAT_UNKNOWN");
    send("/api/documents", &[JPEG, &[0; 2_000]].concat()).is_problem(413, "FILE_TOO_LARGE");
    send("/api/documents?type=unheard-of", JPEG).is_problem(400, "TYPE_UNKNOWN");
    send("/api/documents?priority=12", JPEG).is_problem(400, "PRIORITY_INVALID");
    send("/api/documents?capturedAt=today", JPEG).is_problem(400, "CAPTURED_AT_INVALID");
    send("/api/documents?sort=receipt", JPEG).is_problem(400, "PARAMETER_INVALID");
    let auditor = format!("Bearer {}", server.token("auditor"));
    upload(&server, &auditor, "/api/documents", &[("idempotency-key", "k")], JPEG).is_problem(403, "FORBIDDEN");
    server.send("POST", "/api/documents", &[("idempotency-key", "k")], JPEG).is_problem(401, "UNAUTHENTICATED");
}
