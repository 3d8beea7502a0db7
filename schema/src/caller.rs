//! Who asks, and how a request is admitted to the schema.

use app::App;
use async_graphql::{Context, Request, dataloader::DataLoader};
use domain::actor::Actor;

use crate::{
    cost::{self, Limits},
    error::Error,
    loader::Records,
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
    pub fn admit(self, mut request: Request, limits: &Limits) -> Result<Request, Error> {
        if request.query.len() > limits.query_bytes {
            return Err(Error::invalid(
                "QUERY_TOO_LONG",
                format!("The query has {} bytes; {} are allowed", request.query.len(), limits.query_bytes),
            ));
        }
        let document = request
            .parsed_query()
            .map_err(|refusal| Error::invalid("QUERY_INVALID", refusal.message).at(refusal.locations))?
            .clone();
        cost::check(&document, request.operation_name.as_deref(), &request.variables, limits)?;
        let records = Records { app: self.app.clone(), actor: self.actor.clone() };
        let loader = DataLoader::new(records, tokio::spawn);
        Ok(request.data(self).data(loader))
    }
}

pub(crate) fn caller<'a>(ctx: &Context<'a>) -> Result<&'a Caller, Error> {
    ctx.data::<Caller>().map_err(|_| Error::internal("a request came in without its caller"))
}

/// The application and the one who acts on it.
pub(crate) fn actor<'a>(ctx: &Context<'a>) -> Result<(&'a App, &'a Actor), Error> {
    let caller = caller(ctx)?;
    caller.actor.as_ref().map(|actor| (&caller.app, actor)).ok_or_else(Error::unauthenticated)
}
