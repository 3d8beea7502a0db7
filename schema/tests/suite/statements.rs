//! What a page costs does not grow with its rows: statements are counted.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::json;

use crate::world::World;

/// What hangs on a document, part by part, and together.
const PARTS: [&str; 10] = [
    "id state typeLabel fileName straightThrough failure { code }",
    "reading { id }",
    "pages { id imageUrl }",
    "fields { id label kind threshold text alternatives { text } }",
    "fields { history { version at } }",
    "fields { history { actor { id name } } }",
    "tasks { id state lease { holder { name } } }",
    "tasks { queue { id name openTasks } }",
    "tasks { document { id } }",
    "reading { id } pages { id } fields { label history { actor { name } } } tasks { queue { name } lease { mine } }",
];

fn statements(counted: &PrometheusHandle) -> u64 {
    let metrics = counted.render();
    let line = metrics.lines().find(|line| line.starts_with("countersign_statements_total"));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap()
}

async fn type_in(world: &World) {
    let id = world.receive().await;
    let failed = format!("{{ document(id: {id:?}) {{ state }} }}");
    world.wait(&failed, "/data/document/state", json!("FAILED")).await;
    let input = format!("{{ idempotencyKey: {:?}, documentId: {id:?} }}", world.key());
    let typed = world.ask(&format!("mutation {{ typeByHand(input: {input}) {{ task {{ id }} }} }}")).await;
    assert!(typed["errors"].is_null(), "{typed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_forty_takes_about_the_statements_of_a_list_of_one() {
    let counted = PrometheusBuilder::new().install_recorder().unwrap();
    let mut world = World::new().await;
    for _ in 0..40 {
        type_in(&world).await;
    }
    world.still().await;
    for part in PARTS {
        let mut cost = Vec::new();
        for first in [1, 1, 40] {
            let before = statements(&counted);
            let answer = world.ask(&format!("{{ documents(first: {first}) {{ nodes {{ {part} }} }} }}")).await;
            assert!(answer["errors"].is_null(), "{answer}");
            assert_eq!(answer["data"]["documents"]["nodes"].as_array().unwrap().len(), first);
            cost.push(statements(&counted) - before);
        }
        // A statement a row would add thirty-nine; very long lists are fetched in a few batches.
        assert!(cost[2] <= cost[1] + 5, "{part}: one document takes {} statements, forty take {}", cost[1], cost[2]);
    }
}
