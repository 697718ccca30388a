//! The page for programs: every operation of the API, made from the description that the code makes.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

use crate::api;
use crate::app::App;
use crate::context::Context;
use crate::layout;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/docs", get(show))
}

/// Names with their words, under what they are a part of.
fn list(of: Option<&str>, all: &[(String, String)]) -> Markup {
    html! {
        @if !all.is_empty() {
            @if let Some(of) = of { p.label { (of) } }
            ul { @for (name, words) in all { li { code { (name) } " " (words) } } }
        }
    }
}

async fn show(context: Context) -> Response {
    let main = html! {
        h1 { (context.t("docs.title")) }
        p.lede { (context.t("docs.lede")) }
        section.card {
            p { a href="/api/v1/openapi.json" { (context.t("docs.description")) ": /api/v1/openapi.json" } }
            @if context.app.hall.is_some() { p { (context.t("docs.account_token")) " " a href="/account" { (context.t("account.title")) } } }
            @else { p { (context.plain("docs.token")) } p { code { (context.app.config.data.join(crate::launch::TOKEN).display()) } } }
            p.hint { (context.plain("docs.problems")) " " (context.plain("docs.events")) }
        }
        @for one in api::operations() {
            section.card.operation lang="en" {
                h2 { span.tag.good { (one.method) } code { (one.path) } }
                p { (one.words) }
                (list(None, &one.parameters))
                (list(Some("body"), &one.body))
                (list(Some("answer"), &one.answers))
            }
        }
    };
    layout::page(&context, context.t("docs.title"), main)
}
