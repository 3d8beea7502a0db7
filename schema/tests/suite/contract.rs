//! The committed contract is the one the code has.

use std::{fs, path::Path};

#[test]
fn schema_graphql_is_what_the_code_generates() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let text = fs::read_to_string(committed).unwrap();
    assert!(text == schema::sdl(), "schema.graphql is out of date: countersign schema > schema/schema.graphql");
}
