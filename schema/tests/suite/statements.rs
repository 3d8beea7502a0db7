//! What a page costs does not grow with its rows: statements are counted.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::json;

use crate::world::World;

/// What the document list and the task screen ask for, of everything that hangs on a document.
const EVERYTHING: &str = "{ documents { nodes {
    id state typeLabel fileName failure { code } reading { id } straightThrough
    pages { id imageUrl }
    fields { id label kind threshold text history { version at actor { id name } } alternatives { text } }
    tasks { id state queue { id name openTasks } lease { holder { name } } document { id } }
} } }";

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
async fn a_list_of_twelve_takes_the_statements_of_a_list_of_one() {
    let counted = PrometheusBuilder::new().install_recorder().unwrap();
    let mut world = World::new().await;
    for _ in 0..12 {
        type_in(&world).await;
    }
    world.still().await;
    let mut cost = Vec::new();
    for first in [1, 1, 12] {
        let before = statements(&counted);
        let query = EVERYTHING.replace("documents", &format!("documents(first: {first})"));
        let answer = world.ask(&query).await;
        assert!(answer["errors"].is_null(), "{answer}");
        assert_eq!(answer["data"]["documents"]["nodes"].as_array().unwrap().len(), first);
        cost.push(statements(&counted) - before);
    }
    // Loaders may split a batch when the machine is busy; a statement a row would add eleven.
    assert!(cost[2] < cost[1] + 11, "one document takes {} statements, twelve take {}", cost[1], cost[2]);
}
