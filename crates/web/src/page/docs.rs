//! The page for programs: every operation of the API, made from the description that the code makes.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::html;

use crate::api;
use crate::app::App;
use crate::context::Context;
use crate::layout;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/docs", get(show))
}

async fn show(context: Context) -> Response {
    let main = html! {
        h1 { (context.t("docs.title")) }
        p.lede { (context.t("docs.lede")) }
        section.card {
            p { a href="/api/v1/openapi.json" { (context.t("docs.description")) ": /api/v1/openapi.json" } }
            @if context.app.hall.is_some() { p { (context.t("docs.account_token")) " " a href="/account" { (context.t("account.title")) } } }
            @else { p { (context.t("docs.token")) } p { code { (context.app.config.data.join("api-token").display()) } } }
            p.hint { (context.t("docs.problems")) " " (context.t("docs.events")) }
        }
        @for (method, path, words, parameters) in api::operations() {
            section.card.operation lang="en" {
                h2 { span.tag.good { (method) } code { (path) } }
                p { (words) }
                @if !parameters.is_empty() { ul { @for parameter in &parameters { li { (parameter) } } } }
            }
        }
    };
    layout::page(&context, context.t("docs.title"), main)
}
