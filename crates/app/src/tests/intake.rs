use bytes::Bytes;
use domain::document::DocumentState;
use futures_util::stream;

use super::{JPEG, World, key, on_both_databases};
use crate::{
    Error,
    documents::{self, DocumentFilter},
    error::Result,
    intake::{Received, Upload, receive_document},
    page::PageRequest,
};

on_both_databases! {
    the_same_upload_twice_is_one_document
    bad_uploads_are_refused_and_leave_nothing
    lists_go_on_where_they_stopped
    a_server_without_a_pack_says_so_on_the_document
}

async fn send(world: &World, of: &str, upload: Upload, chunks: Vec<std::io::Result<Bytes>>) -> Result<Received> {
    receive_document(&world.app, &world.admin, key(of), upload, stream::iter(chunks)).await
}

fn receipt() -> Upload {
    Upload { type_name: Some("receipt".into()), file_name: Some("a.jpg".into()), ..Default::default() }
}

async fn the_same_upload_twice_is_one_document(world: World) {
    let jpeg = || vec![Ok(Bytes::from_static(&JPEG[..4])), Ok(Bytes::from_static(&JPEG[4..]))];
    let first = send(&world, "one", receipt(), jpeg()).await.unwrap();
    let second = send(&world, "one", receipt(), jpeg()).await.unwrap();
    assert_eq!(second, Received { document: first.document, replayed: true });
    let other = vec![Ok(Bytes::from_static(&[0xFF, 0xD8, 0xFF, 0xE1]))];
    let refused = send(&world, "one", receipt(), other).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "IDEMPOTENCY_KEY_REUSED", .. })));
    let parameters = Upload { priority: 5, ..receipt() };
    let refused = send(&world, "one", parameters, jpeg()).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "IDEMPOTENCY_KEY_REUSED", .. })));
}

async fn bad_uploads_are_refused_and_leave_nothing(world: World) {
    let broken = std::io::Error::other("gone");
    let jpeg = || vec![Ok(Bytes::from_static(JPEG))];
    let unknown_type = Upload { type_name: Some("invoice".into()), ..Default::default() };
    let cases: Vec<(&str, Upload, Vec<std::io::Result<Bytes>>)> = vec![
        ("FILE_EMPTY", receipt(), vec![]),
        ("FILE_TOO_LARGE", receipt(), vec![Ok(Bytes::from(vec![0xFF; 1_000_001]))]),
        ("FORMAT_UNKNOWN", receipt(), vec![Ok(Bytes::from_static(b"hello"))]),
        ("FORMAT_UNSUPPORTED", receipt(), vec![Ok(Bytes::from_static(b"GIF89a"))]),
        ("UPLOAD_BROKEN", receipt(), vec![Ok(Bytes::from_static(JPEG)), Err(broken)]),
        ("TYPE_UNKNOWN", unknown_type, jpeg()),
        ("PRIORITY_INVALID", Upload { priority: 10, ..receipt() }, jpeg()),
        ("METADATA_TOO_LONG", Upload { file_name: Some("n".repeat(1_001)), ..receipt() }, jpeg()),
    ];
    for (expected, upload, chunks) in cases {
        let refused = send(&world, expected, upload, chunks).await;
        assert!(matches!(refused, Err(Error::Invalid { code, .. }) if code == expected), "{expected}: {refused:?}");
    }
    let page = PageRequest { first: 10, after: None };
    let all = documents::list_documents(&world.app, &world.admin, DocumentFilter::default(), page).await.unwrap();
    assert!(all.items.is_empty());
}

async fn lists_go_on_where_they_stopped(world: World) {
    let mut sent = Vec::new();
    for number in 0..5 {
        // Two of them in the same millisecond: the id decides.
        world.advance(i64::from(number % 2));
        sent.push(world.receive(&format!("k{number}")).await);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { first: 2, after };
        let slice = documents::list_documents(&world.app, &world.admin, DocumentFilter::default(), page).await.unwrap();
        seen.extend(slice.items.iter().map(|(_, document)| document.id));
        after = slice.items.last().map(|(cursor, _)| cursor.clone());
        if !slice.has_next {
            break;
        }
    }
    sent.reverse();
    assert_eq!(seen, sent);
    let accepted = DocumentFilter { state: Some(DocumentState::Accepted), type_name: None };
    let page = PageRequest { first: 2, after: None };
    assert!(documents::list_documents(&world.app, &world.admin, accepted, page).await.unwrap().items.is_empty());
}

async fn a_server_without_a_pack_says_so_on_the_document(world: World) {
    let id = world.receive("a").await;
    assert!(crate::jobs::work_once(&world.app).await.unwrap());
    let document = world.document(id).await;
    assert_eq!(document.state, DocumentState::Failed);
    assert_eq!(document.failure.unwrap().code, "READER_MISSING");
}
