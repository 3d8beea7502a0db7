//! Who asks, and how a request is admitted to the schema.

use std::time::Duration;

use app::App;
use async_graphql::{Context, Request, Response, dataloader::DataLoader, parser::types::OperationType};
use domain::actor::Actor;
use futures_util::{Stream, StreamExt};

use crate::{
    Schema,
    cost::{self, Limits},
    error::{self, Error},
    fetch::Fetches,
    loader::Records,
    shape::{self, Shape},
};

/// Who asks for one operation.
#[derive(Clone)]
pub struct Caller {
    pub app: App,
    /// `None` without a session or token: such a caller may ask who it is, and no more.
    pub actor: Option<Actor>,
    pub request_id: String,
}

impl Caller {
    /// Parses the operation, refuses it when it would cost more than `limits`, and attaches the caller and loaders
    /// of its own, so that nothing loaded for one caller is ever seen by another.
    ///
    /// # Errors
    /// INVALID with the reason `QUERY_INVALID`, `QUERY_TOO_EXPENSIVE`, `QUERY_TOO_DEEP` or `QUERY_CYCLE`.
    pub fn admit(self, mut request: Request, limits: &Limits) -> Result<Admitted, Error> {
        if request.query.len() > limits.query_bytes {
            return Err(Error::invalid(
                "QUERY_TOO_LONG",
                format!("The query has {} bytes; {} are allowed", request.query.len(), limits.query_bytes),
            ));
        }
        let name = request.operation_name.clone();
        let document = request
            .parsed_query()
            .map_err(|refusal| Error::invalid("QUERY_INVALID", refusal.message).at(refusal.locations))?
            .clone();
        cost::check(&document, &request.variables, limits)?;
        let shape = Shape::of(&document, name.as_deref());
        let records = Records { app: self.app.clone(), actor: self.actor.clone() };
        let (spawn, fetches) = Fetches::new();
        // The fetch waits for the operation, so there is nothing to wait for by the clock.
        let loader = DataLoader::new(records, spawn).delay(Duration::ZERO);
        let request_id = self.request_id.clone();
        Ok(Admitted {
            kind: shape::operation_type(&document, name.as_deref()),
            request: request.data(self).data(loader),
            fetches,
            shape,
            request_id,
        })
    }
}

/// An operation that may run.
pub struct Admitted {
    request: Request,
    fetches: Fetches,
    shape: Shape,
    request_id: String,
    /// `None` where validation will say that there is no such operation.
    pub kind: Option<OperationType>,
}

impl Admitted {
    /// Runs a query or mutation.
    pub async fn execute(self, schema: &Schema) -> Response {
        finish(&self.shape, self.fetches.run(schema.execute(self.request)).await, &self.request_id)
    }

    /// Runs any operation; a subscription answers many times.
    pub fn execute_stream(self, schema: &Schema) -> impl Stream<Item = Response> + Send + use<> {
        let Admitted { request, fetches, shape, request_id, .. } = self;
        fetches.run_stream(schema.execute_stream(request)).map(move |response| finish(&shape, response, &request_id))
    }
}

fn finish(shape: &Shape, mut response: Response, request_id: &str) -> Response {
    shape.complete(&mut response);
    error::sign(&mut response, request_id);
    response
}

pub(crate) fn caller<'a>(ctx: &Context<'a>) -> Result<&'a Caller, Error> {
    ctx.data::<Caller>().map_err(|_| Error::internal("a request came in without its caller"))
}

/// The application and the one who acts on it.
pub(crate) fn actor<'a>(ctx: &Context<'a>) -> Result<(&'a App, &'a Actor), Error> {
    let caller = caller(ctx)?;
    caller.actor.as_ref().map(|actor| (&caller.app, actor)).ok_or_else(Error::unauthenticated)
}
