//! The shape that an answer must have (GraphQL, sections 6.2.2 "Ordered" and 6.4.4 "Handling Field Errors").
//!
//! The library leaves a field that failed out of its object, and gives fields in the order in which they came to be.
//! The specification wants null in its place, or in the place of the nearest field above that may be null, and the
//! order of the query: clients tell "failed" from "forgotten" by it, and people read answers.

use std::{collections::HashMap, sync::LazyLock};

use async_graphql::{
    Name, PathSegment, Positioned, Response, Value,
    indexmap::IndexMap,
    parser::{
        parse_schema,
        types::{
            BaseType, DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
            SelectionSet, Type, TypeKind, TypeSystemDefinition,
        },
    },
};

/// Types of the schema's fields, by type and field.
static TYPES: LazyLock<HashMap<String, HashMap<String, Type>>> = LazyLock::new(|| {
    // Our own text: when it does not parse, the contract's test fails, and answers stay as the library made them.
    let definitions = parse_schema(crate::sdl()).map(|schema| schema.definitions).unwrap_or_default();
    let fields = |kind: TypeKind| match kind {
        TypeKind::Object(object) => object.fields,
        TypeKind::Interface(interface) => interface.fields,
        _ => Vec::new(),
    };
    definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        })
        .map(|definition| {
            let fields = fields(definition.kind).into_iter();
            let types = fields.map(|field| (field.node.name.node.to_string(), field.node.ty.node)).collect();
            (definition.name.node.to_string(), types)
        })
        .collect()
});

/// An object's fields in the order of the query, by response key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape(IndexMap<Name, Field>);

#[derive(Clone, Debug)]
struct Field {
    /// Unknown for introspection, which does not fail.
    of: Option<Type>,
    below: Shape,
}

impl Shape {
    /// Of the operation that would run. Its price is known already, and bounds the steps taken here.
    pub fn of(document: &ExecutableDocument, operation_name: Option<&str>) -> Shape {
        let mut shape = Shape::default();
        if let Some(operation) = chosen(document, operation_name) {
            let root = match operation.ty {
                OperationType::Query => "Query",
                OperationType::Mutation => "Mutation",
                OperationType::Subscription => "Subscription",
            };
            shape.add(document, root, &operation.selection_set);
        }
        shape
    }

    fn add(&mut self, document: &ExecutableDocument, parent: &str, set: &Positioned<SelectionSet>) {
        for selection in &set.node.items {
            match &selection.node {
                Selection::Field(field) => {
                    let of = TYPES.get(parent).and_then(|fields| fields.get(field.node.name.node.as_str()));
                    let key = field.node.response_key().node.clone();
                    let entry = self.0.entry(key).or_insert_with(|| Field { of: of.cloned(), below: Shape::default() });
                    let below = of.map_or("", named);
                    entry.below.add(document, below, &field.node.selection_set);
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map_or(parent, |on| on.node.on.node.as_str());
                    self.add(document, on, &inline.node.selection_set);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.add(document, on, &fragment.node.selection_set);
                    }
                }
            }
        }
    }

    /// Gives an answer this shape.
    pub fn complete(&self, response: &mut Response) {
        let paths = response.errors.iter().map(|error| &error.path[..]).filter(|path| !path.is_empty());
        for path in paths {
            if self.erase(&mut response.data, path) {
                response.data = Value::Null;
                return;
            }
        }
        self.order(&mut response.data);
    }

    /// Puts null where `path` failed; tells whether the object that it is in must become null itself.
    fn erase(&self, object: &mut Value, path: &[PathSegment]) -> bool {
        let [PathSegment::Field(key), rest @ ..] = path else { return false };
        let Some((name, field)) = self.0.get_key_value(key.as_str()) else { return false };
        // An object of which every field failed is null to the library.
        if *object == Value::Null {
            *object = Value::Object(IndexMap::new());
        }
        let Value::Object(fields) = object else { return false };
        let value = fields.entry(name.clone()).or_insert(Value::Null);
        field.of.as_ref().is_some_and(|of| field.below.erase_value(value, of, rest))
    }

    fn erase_value(&self, value: &mut Value, of: &Type, path: &[PathSegment]) -> bool {
        let failed = match (&of.base, path) {
            (BaseType::List(of), [PathSegment::Index(index), rest @ ..]) => match value {
                Value::List(items) => items.get_mut(*index).is_some_and(|item| self.erase_value(item, of, rest)),
                _ => true,
            },
            (BaseType::Named(_), [_, ..]) => self.erase(value, path),
            _ => true,
        };
        if failed {
            *value = Value::Null;
        }
        failed && !of.nullable
    }

    fn order(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.order(item)),
            Value::Object(fields) => {
                let mut found = std::mem::take(fields);
                for (name, field) in &self.0 {
                    if let Some(mut value) = found.swap_remove(name) {
                        field.below.order(&mut value);
                        fields.insert(name.clone(), value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// `None` where there is no such operation.
pub(crate) fn operation_type(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    chosen(document, name).map(|operation| operation.ty)
}

fn chosen<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(&operation.node),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name).map(|it| &it.node),
        (DocumentOperations::Multiple(operations), None) => operations.values().next().map(|it| &it.node),
    }
}

fn named(of: &Type) -> &str {
    match &of.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => named(of),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Pos, ServerError, parser::parse_query, value};

    use super::*;

    fn completed(query: &str, data: Value, paths: &[&[&str]]) -> String {
        let errors = paths.iter().map(|path| ServerError {
            path: path
                .iter()
                .map(|segment| match segment.parse() {
                    Ok(index) => PathSegment::Index(index),
                    Err(_) => PathSegment::Field((*segment).to_owned()),
                })
                .collect(),
            ..ServerError::new("failed", Some(Pos::default()))
        });
        let mut response = Response::new(data);
        response.errors.extend(errors);
        Shape::of(&parse_query(query).unwrap(), None).complete(&mut response);
        response.data.to_string()
    }

    #[test]
    fn fields_come_in_the_order_of_the_query() {
        let query =
            "{ documents { ...d nodes { id } } viewer { id } } fragment d on DocumentConnection { nodes { state } }";
        let data = value!({ "viewer": { "id": "v" }, "documents": { "nodes": [{ "id": "a", "state": "READ" }] } });
        let expected = r#"{documents: {nodes: [{state: "READ", id: "a"}]}, viewer: {id: "v"}}"#;
        assert_eq!(completed(query, data, &[]), expected);
    }

    #[test]
    fn a_field_that_may_be_null_becomes_null() {
        let query = "{ viewer { id } document(id: \"x\") { id } }";
        let data = value!({ "viewer": { "id": "v" } });
        assert_eq!(completed(query, data, &[&["document"]]), r#"{viewer: {id: "v"}, document: null}"#);
        assert_eq!(completed("{ viewer { id } }", Value::Null, &[&["viewer"]]), "{viewer: null}");
    }

    #[test]
    fn a_field_that_may_not_be_null_takes_what_is_above_with_it() {
        let query = "{ viewer { id } documents { nodes { id } } }";
        assert_eq!(completed(query, value!({ "viewer": null }), &[&["documents"]]), "null");
        let query = "{ document(id: \"x\") { id tasks { id } } viewer { id } }";
        let data = value!({ "viewer": null, "document": { "id": "x" } });
        assert_eq!(completed(query, data, &[&["document", "tasks"]]), "{document: null, viewer: null}");
        let query = "{ task(id: \"x\") { document { tasks { id } } } }";
        let data = value!({ "task": { "document": null } });
        assert_eq!(completed(query, data, &[&["task", "document", "tasks"]]), "{task: null}");
        let query = "{ document(id: \"x\") { fields { history { actor { kind } } reasons { code } } } }";
        let data = value!({ "document": { "fields": [{ "reasons": [] , "history": [{ "actor": null }] }] } });
        let path: &[&str] = &["document", "fields", "0", "history", "0", "actor", "kind"];
        assert_eq!(completed(query, data, &[path]), "{document: null}");
    }
}
