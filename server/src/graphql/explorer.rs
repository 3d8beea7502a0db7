//! A page for trying queries, for development: the setting `graphiql` turns it on. It is our own and small, because
//! GraphiQL comes from a content network, which the page's security policy forbids and an offline machine lacks.

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};

pub fn routes(config: &mut ServiceConfig) {
    for (path, media_type, text) in [
        ("/graphiql", "text/html; charset=utf-8", include_str!("explorer/explorer.html")),
        ("/graphiql/explorer.js", "text/javascript; charset=utf-8", include_str!("explorer/explorer.js")),
        ("/graphiql/explorer.css", "text/css; charset=utf-8", include_str!("explorer/explorer.css")),
    ] {
        let answer = move || async move { HttpResponse::Ok().content_type(media_type).body(text) };
        config.route(path, web::get().to(answer));
    }
}
