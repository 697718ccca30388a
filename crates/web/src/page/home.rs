//! The first page: one field, and what waits for the user.

use axum::response::Response;
use desk::case::{self, DueList, ListView, Place};
use maud::{Markup, html};

use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, icon};
use crate::page::cases;
use crate::page::find::{Asked, form};

/// The most days to keep that are shown.
const MOST_DAYS: u32 = 4;
/// The most cases that are shown.
const MOST_CASES: u32 = 3;
/// How far ahead days are shown.
const AHEAD: i64 = 30;

/// Shows the page.
pub(crate) async fn show(context: Context) -> Result<Response, Fault> {
    let place = context.app.place();
    let until = place.now.date().checked_add(jiff::Span::new().days(AHEAD)).ok();
    let due = match case::due_soon(&place, until, MOST_DAYS).await {
        Ok(due) => due,
        Err(error) if error.is_missing() => DueList::default(),
        Err(error) => return Err(error.into()),
    };
    let open = case::list_page(&place, None, false, 0, MOST_CASES).await?;
    if due.waiting > 0 {
        look_at_all(&context, place);
    }
    let asked =
        Asked { country: context.preferences.country.clone().unwrap_or_default(), ..Asked::default() };
    let main = html! {
        section.hero {
            h1 { (context.t("home.title")) }
            p.lede { (context.t("home.lede")) }
            (form(&context, &asked, None))
        }
        (days(&context, &due))
        (open_cases(&context, &open))
        section.two {
            div.card.calm {
                h2 { (icon("cases")) (context.t("home.case")) }
                p { (context.t("home.case_words")) }
                p { a.button href="/start" { (context.t("home.start")) } }
            }
            div.card.calm {
                h2 { (icon("shield")) (context.t("home.check")) }
                p { (context.t("home.check_words")) }
                p { a.button.quiet href="/check-message" { (context.t("home.check_do")) } }
            }
        }
    };
    Ok(layout::page(&context, context.t("home.title"), main))
}

/// The cases that were worked on last: whoever comes back goes on where they were.
fn open_cases(context: &Context, open: &[ListView]) -> Markup {
    html! {
        @if !open.is_empty() {
            section.card {
                h2 { (icon("cases")) (context.t("home.open")) }
                ul.case-list { @for one in open { (cases::row(context, one)) } }
                p { a href="/cases" { (context.t("home.all")) } }
            }
        }
    }
}

/// Looks at every open case while the visitor goes on, one such look at a time: the next page knows them all.
fn look_at_all(context: &Context, place: Place) {
    let Some(turn) = context.app.looking() else { return };
    tokio::spawn(async move {
        if let Err(error) = case::due_all(&place, None).await {
            tracing::warn!(%error, "the dates to watch could not be read");
        }
        drop(turn);
    });
}

fn days(context: &Context, due: &DueList) -> Markup {
    html! {
        @if !due.days.is_empty() || due.waiting > 0 || !due.unread.is_empty() {
            section.card {
                h2 { (icon("clock")) (context.t("home.due")) }
                ul.days {
                    @for day in &due.days {
                        li { time datetime=(day.day) { (context.days(&day.day)) } span { a href={ "/cases/" (day.case) } { (day.company) } ": " (context.said(&day.what)) } }
                    }
                }
                @if due.waiting > 0 { p.hint { (context.with("home.waiting", due.waiting)) } }
                @for (id, _) in &due.unread {
                    div.notice.bad role="alert" { (icon("warning")) span { (context.with("home.unread", id)) " " a href={ "/cases/" (id) "/verify" } { (context.t("case.verify")) } } }
                }
            }
        }
    }
}
