//! The first page: one field, and what waits for the user.

use axum::response::Response;
use desk::case;
use maud::{Markup, html};

use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, icon};
use crate::page::find::{Asked, form};

/// The most days to keep that are shown.
const MOST_DAYS: usize = 4;
/// How far ahead days are shown.
const AHEAD: i64 = 30;

/// Shows the page.
pub(crate) async fn show(context: Context) -> Result<Response, Fault> {
    let place = context.app.place();
    let until = place.now.date().checked_add(jiff::Span::new().days(AHEAD)).ok();
    let days = match case::due(&place, None, until).await {
        Ok(days) => days,
        Err(error) if error.is_missing() => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let asked =
        Asked { country: context.preferences.country.clone().unwrap_or_default(), ..Asked::default() };
    let main = html! {
        section.hero {
            h1 { (context.t("home.title")) }
            p.lede { (context.t("home.lede")) }
            (form(&context, &asked, None))
        }
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
        @if !days.is_empty() { (due(&context, &days)) }
    };
    Ok(layout::page(&context, context.t("home.title"), main))
}

fn due(context: &Context, days: &[case::DueView]) -> Markup {
    html! {
        section.card {
            h2 { (icon("clock")) (context.t("home.due")) }
            ul.days {
                @for day in days.iter().take(MOST_DAYS) {
                    li { time datetime=(day.day) { (day.day) } span { a href={ "/cases/" (day.case) } { (day.company) } ": " (context.said(&day.what)) } }
                }
            }
        }
    }
}
