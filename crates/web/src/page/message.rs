//! Checking a message: is it a fraud, what to do now, and where to report it.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use desk::scam_check::{self, ScamAnswer};
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, area, choice, icon, token};
use crate::page::options;
use crate::post::{Fields, Posted};

/// The most bytes of a message.
const MOST: usize = 100_000;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/check-message", get(show).post(check))
}

async fn show(context: Context) -> Response {
    screen(&context, &Fields::default(), None, None)
}

async fn check(context: Context, Posted(fields): Posted) -> Result<Response, Fault> {
    let text = fields.word("message").unwrap_or_default().to_owned();
    if text.is_empty() || text.len() > MOST {
        let words = context.t(if text.is_empty() { "message.empty" } else { "message.long" }).to_owned();
        return Ok(layout::with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            screen(&context, &fields, None, Some(&words)),
        ));
    }
    let country = fields.word("country").map(desk::find::parse_country).transpose().map_err(Fault::wrong)?;
    let company = fields.word("company").map(str::to_owned);
    let answer =
        tokio::task::spawn_blocking(move || scam_check::scam_check(&text, company.as_deref(), country));
    let answer = answer.await.map_err(Fault::inner)?;
    Ok(screen(&context, &fields, Some(&answer), None))
}

fn screen(context: &Context, fields: &Fields, answer: Option<&ScamAnswer>, wrong: Option<&str>) -> Response {
    let value = |name: &str| fields.get(name).unwrap_or_default();
    let country = fields.word("country").or(context.preferences.country.as_deref()).unwrap_or_default();
    let main = html! {
        h1 { (context.t("message.title")) }
        p.lede { (context.t("message.lede")) }
        @if let Some(answer) = answer { (verdict(context, answer)) }
        @if let Some(words) = wrong { (layout::problem(context, words)) }
        form.card action="/check-message" method="post" {
            (token(context))
            (area("message", context.t("message.text"), Some(context.t("message.text_hint")), value("message"), 8))
            div.pair {
                (Field::text("company", context.t("message.company"), value("company")).draw())
                (choice("country", context.t("find.country"), Some(context.t("find.any_country")), &options::countries(context), country))
            }
            button.button type="submit" { (icon("shield")) (context.t("home.check_do")) }
        }
    };
    layout::page(context, context.t("message.title"), main)
}

fn verdict(context: &Context, answer: &ScamAnswer) -> Markup {
    let calm = answer.verdict == "no_signs";
    html! {
        section.card.verdict data-verdict=(answer.verdict) role="status" {
            h2 { (icon(if calm { "check" } else { "warning" })) (context.word("verdict", answer.verdict)) }
            @if !answer.signs.is_empty() {
                h3 { (context.t("message.signs")) }
                ul { @for sign in &answer.signs { li { strong { (context.said(sign.claim)) } br; q { (sign.quote) } p.hint { (context.said(sign.why)) } } } }
            }
            @if !answer.contacts.is_empty() && !calm {
                h3 { (context.t("message.contacts")) }
                ul { @for contact in &answer.contacts { li.defused { span { (contact) } } } }
            }
            h3 { (context.t("message.do_now")) }
            ul { @for step in &answer.do_now { li { (context.said(step)) } } }
            details { summary { (context.t("message.never")) } ul { @for never in &answer.never_asked { li { (context.said(never)) } } } }
            @if !answer.report_to.is_empty() {
                h3 { (context.t("message.report")) }
                ul { @for place in &answer.report_to { li { strong translate="no" { (context.says(place.name)) } ": " @if place.how.starts_with("http") { (crate::page::contact::reference(place.how)) } @else { (context.said(place.how)) } span.hint { " (" (context.said(place.about)) ")" } } } }
            }
        }
    }
}
