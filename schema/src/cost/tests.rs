use std::time::{Duration, Instant};

use async_graphql::parser::parse_query;
use serde_json::json;

use super::*;

fn price(query: &str) -> Result<Cost, Error> {
    price_with(query, json!({}))
}

fn price_with(query: &str, variables: serde_json::Value) -> Result<Cost, Error> {
    check(&parse_query(query).unwrap(), &Variables::from_json(variables), &Limits::default())
}

fn refusal(query: &str) -> String {
    format!("{:?}", price(query).unwrap_err())
}

#[test]
fn doubling_fragments_are_refused_at_once() {
    let mut query = String::from("{ ...f0 }");
    for n in 0..60 {
        query += &format!(" fragment f{n} on Query {{ ...f{next} ...f{next} }}", next = n + 1);
    }
    query += " fragment f60 on Query { viewer { id } }";
    let begun = Instant::now();
    assert!(refusal(&query).contains("QUERY_TOO_EXPENSIVE"));
    assert!(begun.elapsed() < Duration::from_millis(100));
    // Also where nothing spreads them: validation would walk them all the same.
    assert!(refusal(&query.replacen("{ ...f0 }", "{ viewer { id } }", 1)).contains("QUERY_TOO_EXPENSIVE"));
}

#[test]
fn doubling_empty_chains_are_refused_too() {
    let mut query = String::from("mutation { ...f0 }");
    for n in 0..60 {
        query += &format!(" fragment f{n} on Mutation {{ ...f{next} ...f{next} }}", next = n + 1);
    }
    assert!(refusal(&query).contains("QUERY_TOO_EXPENSIVE"));
}

#[test]
fn a_fragment_that_contains_itself_is_a_cycle() {
    let query = "{ ...a } fragment a on Query { viewer { id } ...b } fragment b on Query { ...a }";
    assert!(refusal(query).contains("QUERY_CYCLE"));
}

#[test]
fn a_list_multiplies_what_is_below_it() {
    assert_eq!(price("{ viewer { id } }").unwrap(), Cost { cost: 2, depth: 2 });
    assert_eq!(price("{ documents(first: 10) { nodes { id state } } }").unwrap().cost, 1 + 10 * (1 + 2));
    assert_eq!(price("{ documents { nodes { id } } }").unwrap().cost, 1 + 50 * 2);
    assert_eq!(price("{ documents(first: 100000) { nodes { id } } }").unwrap().cost, 1 + 200 * 2);
    let all = "{ documents(first: 200) { nodes { pages { lines { words { text } } } } } }";
    assert!(refusal(all).contains("QUERY_TOO_EXPENSIVE"));
}

#[test]
fn a_variable_counts_as_what_it_holds() {
    let query = "query ($n: Int = 7) { documents(first: $n) { nodes { id } } }";
    assert_eq!(price(query).unwrap().cost, 1 + 7 * 2);
    assert_eq!(price_with(query, json!({ "n": 3 })).unwrap().cost, 1 + 3 * 2);
    assert_eq!(price_with(query, json!({ "n": null })).unwrap().cost, 1 + 50 * 2);
}

#[test]
fn aliases_do_not_hide_the_sum() {
    let aliases: String =
        (0..400).map(|n| format!("m{n}: claimNextTask(input: {{}}) {{ clientMutationId }} ")).collect();
    assert!(refusal(&format!("mutation {{ {aliases} }}")).contains("QUERY_TOO_EXPENSIVE"));
}

#[test]
fn depth_is_counted_through_fragments() {
    let mut query = String::from("{ task(id: \"x\") { ...f0 } }");
    for n in 0..12 {
        query += &format!(" fragment f{n} on Task {{ document {{ tasks {{ ...f{} }} }} }}", n + 1);
    }
    query += " fragment f12 on Task { id }";
    let deep = Limits { cost: u64::MAX, ..Limits::default() };
    let document = parse_query(&query).unwrap();
    let refused = check(&document, &Variables::default(), &deep).unwrap_err();
    assert!(format!("{refused:?}").contains("QUERY_TOO_DEEP"));
}
