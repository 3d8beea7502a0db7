//! GraphQL over `app`: translates, never decides. One file a noun, with its type, queries and mutations.

mod bundle;
mod caller;
mod connection;
pub mod cost;
mod document;
mod document_type;
mod error;
mod event;
mod export;
mod fetch;
mod field;
mod holder;
pub mod id;
mod loader;
mod node;
mod page;
mod privacy;
mod queue;
mod receipt;
mod scalar;
mod shape;
mod signing;
mod subscription;
mod task;
mod viewer;

use async_graphql::{MergedObject, SDLExportOptions};

pub use self::{
    caller::{Admitted, Caller},
    error::Error,
};

#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    viewer::ViewerQuery,
    document::DocumentQuery,
    task::TaskQuery,
    queue::QueueQuery,
    document_type::DocumentTypeQuery,
    event::LogQuery,
    export::ExportQuery,
    bundle::AuditBundleQuery,
);

#[derive(MergedObject, Default)]
pub struct Mutation(
    task::TaskMutation,
    field::FieldMutation,
    document::DocumentMutation,
    export::ExportMutation,
    bundle::AuditBundleMutation,
    holder::HolderMutation,
    document_type::DocumentTypeMutation,
    privacy::PrivacyMutation,
    signing::SigningMutation,
);

pub type Schema = async_graphql::Schema<Query, Mutation, subscription::Subscription>;

/// The schema; every request to it goes through [`Caller::admit`] first.
pub fn build() -> Schema {
    Schema::build(Query::default(), Mutation::default(), subscription::Subscription).disable_suggestions().finish()
}

/// The schema as text, the contract of every client: `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().use_space_ident().prefer_single_line_descriptions();
    build().sdl_with_options(options)
}
