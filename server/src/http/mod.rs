//! The REST interface: sessions, uploads, files, health, and the reviewers' page.

mod documents;
mod files;
mod health;
mod log;
pub mod outermost;
pub mod problem;
mod session;
mod upload;
mod web_page;

use actix_web::{
    middleware::Compress,
    web::{self, ServiceConfig},
};

use crate::graphql;

pub fn routes(graphiql: bool) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config
            .service(web::resource("/graphql").route(web::get().to(graphql::get)).route(web::post().to(graphql::post)))
            .service(web::resource("/api/documents").route(web::post().to(documents::receive)))
            .service(web::resource("/api/documents/{id}").route(web::get().to(documents::status)))
            .service(
                web::resource("/api/session")
                    .route(web::post().to(session::sign_in))
                    .route(web::delete().to(session::sign_out)),
            )
            .service(web::resource("/files/pages/{id}").route(web::get().to(files::page)))
            .service(web::resource("/files/exports/{id}.tar").route(web::get().to(files::export)))
            .service(web::resource("/files/bundles/{id}.tar").route(web::get().to(files::bundle)))
            .service(web::resource("/files/receipts/{id}").route(web::get().to(files::receipt)))
            .service(
                web::resource("/log/{organization}/e{epoch:[1-9][0-9]*}/checkpoint")
                    .route(web::get().to(log::checkpoint)),
            )
            .service(
                web::resource("/log/{organization}/e{epoch:[1-9][0-9]*}/{tile:tile/.*}")
                    .route(web::get().to(log::tile)),
            )
            .service(web::resource("/healthz").route(web::get().to(health::alive)))
            .service(web::resource("/readyz").route(web::get().to(health::ready)))
            .service(web::resource("/metrics").route(web::get().to(health::metrics)));
        if graphiql {
            config.configure(graphql::explorer::routes);
        }
        config
            .service(web::resource("/assets/{file}").wrap(Compress::default()).route(web::get().to(web_page::serve)))
            .default_service(web::to(web_page::serve));
    }
}
