//! What an operation would cost, told from its text alone, before anything is validated or executed.
//!
//! A field costs one, a mutation more; a field that answers with a list multiplies all below it by the length asked
//! for, or by the length that such a list has. A fragment is priced once and then multiplied wherever it is spread
//! (a query of doubling fragments, which names 2ⁿ fields in n lines, costs n steps to refuse), and everything
//! saturates. The library's own limits expand fragments without memory, and come too late.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};
use async_graphql_value::{ConstValue, Value};

use crate::error::Error;

/// What one operation may ask for.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Length of the query's text.
    pub query_bytes: usize,
    /// Sum over all fields, each multiplied by the lists above it.
    pub cost: u64,
    /// Fields within fields.
    pub depth: u32,
}

impl Default for Limits {
    /// Twice the cost of a client's full introspection, which is the dearest query that must work.
    fn default() -> Limits {
        Limits { query_bytes: 65_536, cost: 250_000, depth: 20 }
    }
}

/// No connection answers with more, whatever `first` says.
const LONGEST_PAGE: u64 = 200;
/// A mutation locks, writes and records; so a request is allowed some hundred of them.
const MUTATION: u64 = 1_000;

/// How long a list is that takes no `first`: what is usual for real documents, with room.
fn usual_length(field: &str) -> u64 {
    match field {
        "pages" => 5,
        "lines" => 60,
        "words" => 8,
        "fields" => 20,
        "history" | "alternatives" | "tasks" => 5,
        "regions" | "reasons" => 3,
        "queues" | "documentTypes" => 20,
        // Introspection, by the size of this schema.
        "types" => 90,
        "args" | "directives" => 5,
        "inputFields" | "enumValues" => 8,
        "possibleTypes" => 12,
        _ => 1,
    }
}

/// Connections, with their default page length.
fn default_page(field: &str) -> Option<u64> {
    match field {
        "documents" | "events" => Some(50),
        "checkpoints" | "exports" => Some(20),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    pub cost: u64,
    pub depth: u32,
}

/// Prices every operation and every fragment of `document`, also those that nothing uses: validation walks them all.
/// Answers with the dearest operation.
///
/// # Errors
/// INVALID with the reason `QUERY_TOO_EXPENSIVE`, `QUERY_TOO_DEEP` or `QUERY_CYCLE`.
pub fn check(document: &ExecutableDocument, variables: &Variables, limits: &Limits) -> Result<Cost, Error> {
    let mut dearest = Cost::default();
    for (_, operation) in document.operations.iter() {
        let mut prices = Prices { document, variables, operation: Some(&operation.node), known: HashMap::new() };
        let price = prices.of_operation(&operation.node)?;
        within(price, limits)?;
        dearest = Cost { cost: dearest.cost.max(price.cost), depth: dearest.depth.max(price.depth) };
    }
    let mut prices = Prices { document, variables, operation: None, known: HashMap::new() };
    for name in document.fragments.keys() {
        within(prices.of_fragment(name)?, limits)?;
    }
    Ok(dearest)
}

fn within(Cost { cost, depth }: Cost, limits: &Limits) -> Result<(), Error> {
    if depth > limits.depth {
        let message = format!("The query nests {depth} fields deep; {} are allowed", limits.depth);
        return Err(Error::invalid("QUERY_TOO_DEEP", message));
    }
    if cost > limits.cost {
        let message =
            format!("The query costs {cost}; {} are allowed: ask for less, or for shorter pages", limits.cost);
        return Err(Error::invalid("QUERY_TOO_EXPENSIVE", message));
    }
    Ok(())
}

struct Prices<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    operation: Option<&'a OperationDefinition>,
    /// `None` while a fragment is being priced: to meet it then is a cycle.
    known: HashMap<&'a Name, Option<Cost>>,
}

impl<'a> Prices<'a> {
    fn of_operation(&mut self, operation: &'a OperationDefinition) -> Result<Cost, Error> {
        let price = self.of_set(&operation.selection_set)?;
        let writes = if operation.ty == OperationType::Mutation {
            self.count(&operation.selection_set, &mut HashMap::new()).saturating_mul(MUTATION)
        } else {
            0
        };
        Ok(Cost { cost: price.cost.saturating_add(writes), ..price })
    }

    /// Fields of a selection itself, through its fragments; called when cycles are already refused.
    fn count(&self, set: &'a Positioned<SelectionSet>, known: &mut HashMap<&'a Name, u64>) -> u64 {
        set.node.items.iter().fold(0, |sum: u64, item| {
            let fields = match &item.node {
                Selection::Field(_) => 1,
                Selection::InlineFragment(inline) => self.count(&inline.node.selection_set, known),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    match (known.get(name), self.document.fragments.get(name)) {
                        (Some(fields), _) => *fields,
                        (None, Some(fragment)) => {
                            let fields = self.count(&fragment.node.selection_set, known);
                            known.insert(name, fields);
                            fields
                        }
                        (None, None) => 0,
                    }
                }
            };
            sum.saturating_add(fields)
        })
    }

    fn of_set(&mut self, set: &'a Positioned<SelectionSet>) -> Result<Cost, Error> {
        let mut sum = Cost::default();
        for item in &set.node.items {
            let price = match &item.node {
                Selection::Field(field) => self.of_field(&field.node)?,
                Selection::InlineFragment(inline) => self.of_set(&inline.node.selection_set)?,
                Selection::FragmentSpread(spread) => self.of_fragment(&spread.node.fragment_name.node)?,
            };
            sum = Cost { cost: sum.cost.saturating_add(price.cost), depth: sum.depth.max(price.depth) };
        }
        // A spread costs a step of its own, so that a pile of empty fragments is not free.
        Ok(Cost { cost: sum.cost.max(set.node.items.len() as u64), ..sum })
    }

    fn of_fragment(&mut self, name: &'a Name) -> Result<Cost, Error> {
        let Some(fragment) = self.document.fragments.get(name) else {
            // Validation refuses it by its name and place.
            return Ok(Cost::default());
        };
        match self.known.get(name) {
            Some(Some(cost)) => return Ok(*cost),
            Some(None) => {
                return Err(Error::invalid("QUERY_CYCLE", format!("The fragment {name} contains itself")));
            }
            None => {}
        }
        self.known.insert(name, None);
        let cost = self.of_set(&fragment.node.selection_set)?;
        self.known.insert(name, Some(cost));
        Ok(cost)
    }

    fn of_field(&mut self, field: &'a Field) -> Result<Cost, Error> {
        let below = self.of_set(&field.selection_set)?;
        Ok(Cost {
            cost: self.length(field).saturating_mul(below.cost).saturating_add(1),
            depth: below.depth.saturating_add(1),
        })
    }

    fn length(&self, field: &Field) -> u64 {
        let name = field.name.node.as_str();
        match (field.get_argument("first"), default_page(name)) {
            (None, None) => usual_length(name),
            (None, Some(default)) => default,
            (Some(first), default) => {
                self.number(&first.node).unwrap_or(default.unwrap_or(LONGEST_PAGE)).clamp(1, LONGEST_PAGE)
            }
        }
    }

    /// `None` for null; the longest page for what can't be told.
    fn number(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Null => None,
            Value::Number(number) => Some(number.as_u64().unwrap_or(0)),
            Value::Variable(name) => match self.variable(name) {
                Some(ConstValue::Null) => None,
                Some(ConstValue::Number(number)) => Some(number.as_u64().unwrap_or(0)),
                _ => Some(LONGEST_PAGE),
            },
            _ => Some(LONGEST_PAGE),
        }
    }

    fn variable(&self, name: &Name) -> Option<&ConstValue> {
        self.variables.get(name).or_else(|| {
            let definitions = &self.operation?.variable_definitions;
            definitions.iter().find(|it| it.node.name.node == *name)?.node.default_value()
        })
    }
}

#[cfg(test)]
mod tests;
