use std::{collections::BTreeMap, io::Read};

use audit::Digest;
use domain::{archive::ArchiveState, document::DocumentState, task::Decision};
use futures_util::TryStreamExt;

use super::{World, key, on_both_databases};
use crate::{Error, exports, jobs::work_once, log, review};

on_both_databases! {
    an_export_holds_what_was_reviewed_and_names_what_it_leaves_out
    an_export_of_an_unknown_type_is_refused
}

async fn files(world: &World, id: domain::id::ExportId) -> BTreeMap<String, Vec<u8>> {
    let download = exports::export_file(&world.app, &world.admin, id).await.unwrap();
    let bytes: Vec<u8> = download
        .chunks
        .try_fold(vec![], |mut all, chunk| async move {
            all.extend(chunk);
            Ok(all)
        })
        .await
        .unwrap();
    assert_eq!(bytes.len() as u64, download.byte_size);
    let mut archive = tar::Archive::new(bytes.as_slice());
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.path().unwrap().display().to_string(), content)
    });
    entries.collect()
}

async fn an_export_holds_what_was_reviewed_and_names_what_it_leaves_out(world: World) {
    let (reviewed, task) = world.in_review("a").await;
    world.in_review("b").await;
    review::claim_task(&world.app, &world.admin, key("c"), task).await.unwrap();
    let token = review::find_tasks(&world.app, &world.admin, &[task]).await.unwrap()[0].lease.clone().unwrap().token;
    for field in crate::documents::fields_of(&world.app, &world.admin, &[reviewed]).await.unwrap() {
        if field.status != domain::field::FieldStatus::NeedsReview {
            continue;
        }
        let edit = review::FieldEdit { field: field.id, expected_version: 1, task, lease_token: token };
        let (text, reason) = (field.value.text.clone(), domain::field::CorrectionReason::Other);
        let text = if text.is_empty() { "2026-01-14".to_owned() } else { text };
        review::correct_field(&world.app, &world.admin, key(&field.name), edit, text, vec![], reason).await.unwrap();
    }
    super::decide(&world, &world.admin, "d", (task, token), Decision::Approve, None).await.unwrap();
    assert_eq!(world.state(reviewed).await, DocumentState::Accepted);

    let id = exports::request_export(&world.app, &world.admin, key("e"), Some("receipt".into())).await.unwrap();
    assert!(work_once(&world.app).await.unwrap());
    let export = exports::find_exports(&world.app, &world.admin, &[id]).await.unwrap().remove(0);
    assert_eq!((export.state, export.exported, export.rejected), (ArchiveState::Ready, Some(1), Some(1)));

    let files = files(&world, id).await;
    let page = crate::PageRequest { first: 50, after: None };
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["counts"], serde_json::json!({ "documents": 2, "exported": 1, "rejected": 1 }));
    assert_eq!(manifest["rejects"][0]["reason"], "NOT_REVIEWED_YET");
    let checkpoint = manifest["checkpoint"].as_str().unwrap();
    let size: u64 = checkpoint.lines().nth(1).unwrap().parse().unwrap();
    let events = log::list_events(&world.app, &world.admin, reviewed, page).await.unwrap();
    let decided = events.items.last().unwrap().1.clone();
    assert_eq!(decided.kind, "task.decided/v1");
    assert!(decided.seq.unwrap() < size, "the checkpoint covers the decision");
    let sums = manifest["files"].as_object().unwrap();
    assert_eq!(sums.len() + 1, files.len(), "every file but the manifest itself");
    for (path, sum) in sums {
        assert_eq!(Digest::of(&files[path]).to_string(), sum.as_str().unwrap());
    }
    let record: serde_json::Value = serde_json::from_slice(&files["documents-00001.jsonl"]).unwrap();
    assert_eq!(record["document"], reviewed.to_string());
    let total = record["fields"].as_array().unwrap().iter().find(|field| field["name"] == "total").unwrap();
    assert_eq!(total["machine"]["value"], "12.50");
    assert!(files.contains_key(record["pages"][0]["image"].as_str().unwrap()));
}

async fn an_export_of_an_unknown_type_is_refused(world: World) {
    let refused = exports::request_export(&world.app, &world.admin, key("e"), Some("invoice".into())).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "TYPE_UNKNOWN", .. })));
}
