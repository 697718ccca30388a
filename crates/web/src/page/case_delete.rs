//! Deleting a case: a page that says what goes and asks once more, without any script.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{Redirect, Response};
use axum::routing::get;
use desk::case;
use maud::html;

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{self, icon, token};
use crate::post::Posted;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases/{id}/delete", get(show).post(delete))
}

async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let going = case::deletion(&context.app.place(), &id).await?;
    let title = context.t("case.delete");
    let count = |key: &str, many: usize| context.with(key, many.to_string());
    let main = html! {
        section.card.narrow {
            h1 { (title) }
            p { (going.company) " (" (going.case) ")" }
            ul {
                li { (count("case.events", going.events)) }
                li { (count("case.files", going.files)) }
                li { (count("case.delete_texts", going.texts)) }
            }
            p.notice { (icon("warning")) span { (context.t("case.delete_words")) } }
            @if !going.copies.is_empty() {
                p.hint { (context.t("case.delete_copies")) }
                ul { @for copy in &going.copies { li { code { (copy) } } } }
            }
            form action={ "/cases/" (id) "/delete" } method="post" {
                (token(&context))
                p.actions {
                    button.button.danger name="sure" value="delete" type="submit" { (context.t("case.delete_do")) }
                    a.button.quiet href={ "/cases/" (id) } { (context.t("case.delete_leave")) }
                }
            }
        }
    };
    Ok(layout::page(&context, title, main))
}

async fn delete(app: Here, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    if fields.word("sure") != Some("delete") {
        return Ok(Redirect::to(&format!("/cases/{id}/delete")));
    }
    case::delete(&app.place(), &id).await?;
    Ok(Redirect::to("/cases?done=deleted"))
}
