//! The list of cases, what is due, and what was begun.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use desk::case::{self, ListView};
use desk::intake;
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, icon};
use crate::post::Fields;

/// Cases on one page.
const PAGE: u32 = 50;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases", get(list))
}

async fn list(context: Context, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let place = context.app.place();
    let (words, closed) = (fields.word("q"), fields.get("closed").is_some());
    let page = fields.word("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(1).max(1);
    // One more than is shown tells whether there are more.
    let mut shown = case::list_page(&place, words, closed, (page - 1).saturating_mul(PAGE), PAGE + 1).await?;
    if shown.is_empty() && page > 1 {
        // The list has grown shorter since the link was made: it begins again, and does not say that there is none.
        return Ok(Redirect::to(&address(1, words, closed)).into_response());
    }
    let more = shown.len() > PAGE as usize;
    shown.truncate(PAGE as usize);
    let begun = intake::list(&place).await;
    let said = fields.word("done").map(|what| context.word("done", what));
    let main = html! {
        @if let Some(said) = &said { (layout::done(said)) }
        header.spread {
            h1 { (context.t("cases.title")) }
            a.button href="/start" { (icon("plus")) (context.t("home.start")) }
        }
        @if !begun.is_empty() {
            section.card.calm {
                h2 { (context.t("start.unfinished")) }
                ul { @for one in &begun { li { a href={ "/start/" (one.id) } { (one.text("/company").unwrap_or(context.t("start.no_company"))) } } } }
            }
        }
        form.search action="/cases" method="get" role="search" {
            div.field { label for="q" { (context.t("cases.search")) } input id="q" name="q" value=(words.unwrap_or_default()) type="search"; }
            label.tick { input type="checkbox" name="closed" checked[closed]; span { (context.t("cases.closed")) } }
            button.button.quiet type="submit" { (icon("find")) (context.t("cases.go")) }
        }
        @if shown.is_empty() { (empty(&context, words.is_some())) }
        @else { ul.case-list { @for one in &shown { (row(&context, one)) } } }
        @if more {
            p { a.button.quiet href=(address(page.saturating_add(1), words, closed)) { (context.t("cases.more")) } }
        }
    };
    Ok(layout::page(&context, context.t("cases.title"), main))
}

/// Returns the address of a page of the list.
fn address(page: u32, words: Option<&str>, closed: bool) -> String {
    let closed = if closed { "&closed=on" } else { "" };
    format!("/cases?page={page}&q={}{closed}", encoded(words.unwrap_or_default()))
}

fn encoded(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes()).collect()
}

fn empty(context: &Context, searched: bool) -> Markup {
    html! {
        section.card.calm.empty {
            @if searched { p { (context.t("cases.none_found")) } }
            @else { h2 { (context.t("cases.none")) } p { (context.t("cases.none_words")) } }
        }
    }
}

/// A case in a list.
pub(crate) fn row(context: &Context, one: &ListView) -> Markup {
    html! {
        li { a.case-row href={ "/cases/" (one.id) } {
            span { strong { (one.company) } " " span.tag.good[one.status == "open"] { (context.word("status", one.status)) } }
            span.title { (one.title) }
            span.hint { (context.with("cases.opened", &one.opened)) " · " (context.with("cases.events", one.events)) }
        } }
    }
}
