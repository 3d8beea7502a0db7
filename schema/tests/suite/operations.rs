//! The operations of the schema, and a call of each.

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, InputObjectType, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// What a field of an operation type needs to be called: the contract is walked, not a list kept beside it.
pub struct Operations(Vec<TypeDefinition>);

impl Operations {
    pub fn of_schema() -> Operations {
        let schema = parse_schema(schema::sdl()).unwrap();
        let types = schema.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        });
        Operations(types.collect())
    }

    pub fn fields(&self, of: &str) -> Vec<FieldDefinition> {
        match &self.0.iter().find(|it| it.name.node == of).unwrap().kind {
            TypeKind::Object(object) => object.fields.iter().map(|field| field.node.clone()).collect(),
            _ => panic!("{of} is no object"),
        }
    }

    /// A well-formed call of a root field, about things that there are not.
    pub fn call(&self, root: &str, field: &FieldDefinition, key: &str) -> String {
        let about = named(&field.ty.node);
        let required = field.arguments.iter().filter(|argument| !argument.node.ty.node.nullable);
        let arguments = required.map(|argument| {
            format!(
                "{}: {}",
                argument.node.name.node,
                self.value(&argument.node.ty.node, &argument.node.name.node, &about, key)
            )
        });
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let arguments = if arguments.is_empty() { arguments } else { format!("({arguments})") };
        let operation = root.to_lowercase();
        format!("{operation} {{ {}{arguments} {{ __typename }} }}", field.name.node)
    }

    fn value(&self, of: &Type, name: &str, about: &str, key: &str) -> String {
        match named(of).as_str() {
            "ID" => {
                let noun = match name.strip_suffix("Id") {
                    Some(noun) => noun[..1].to_uppercase() + &noun[1..],
                    None if about == "Node" => "Document".to_owned(),
                    None if about.ends_with("Payload") => name[..1].to_uppercase() + &name[1..],
                    None => about.to_owned(),
                };
                format!("{:?}", unknown(&noun))
            }
            "String" if name == "idempotencyKey" => format!("{key:?}"),
            "String" => "\"x\"".to_owned(),
            "Int" => "1".to_owned(),
            "Boolean" => "true".to_owned(),
            other => match &self.0.iter().find(|it| it.name.node == other).unwrap().kind {
                TypeKind::Enum(words) => words.values[0].node.value.node.to_string(),
                TypeKind::InputObject(input) => self.input(input, about, key),
                _ => panic!("{other} is not taken as input"),
            },
        }
    }

    fn input(&self, input: &InputObjectType, about: &str, key: &str) -> String {
        let required = input.fields.iter().filter(|field| !field.node.ty.node.nullable);
        let fields = required.map(|field| {
            format!("{}: {}", field.node.name.node, self.value(&field.node.ty.node, &field.node.name.node, about, key))
        });
        format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
    }
}

fn named(of: &Type) -> String {
    match &of.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(of) => named(of),
    }
}

/// The global id of what is not there.
fn unknown(noun: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{noun}:00000000-0000-7000-8000-000000000000"))
}
