//! The call: a guide to speak from, the numbers, a timer for the hold, and notes by one tap, each kept at once.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::{Redirect, Response};
use axum::routing::get;
use desk::case::{self, DraftRequest};
use desk::me;
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, icon, token};
use crate::page::case_write::line;
use crate::page::ladder::reached;
use crate::page::write::asked_for;
use crate::post::{Fields, Posted};

/// One-tap notes: the key of the text, whose act, and what it is in the log.
const TAPS: [(&str, &str, &str); 8] = [
    ("no_answer", "customer", "no_answer"),
    ("told", "company", "reply"),
    ("promise", "company", "promise"),
    ("offer", "company", "offer"),
    ("refused", "company", "refusal"),
    ("supervisor", "customer", "asked_supervisor"),
    ("passed_on", "company", "transfer"),
    ("asks", "company", "information_request"),
];

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases/{id}/call", get(show).post(note))
}

async fn show(
    context: Context,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let place = context.app.place();
    let view = case::show(&place, &id).await?;
    let request = DraftRequest {
        kind: Some("call".to_owned()),
        language: fields.word("lang").map(str::to_owned),
        tone: None,
        by: None,
        to: None,
        words: None,
        me: me::load(&place.data)?,
        own: Vec::new(),
        built_in_instead: true,
    };
    let guide = case::draft(&place, &id, &request).await?;
    let phones = case::phones(&place, &id).await?;
    let today = place.now.date().to_string();
    let main = html! {
        header {
            p.eyebrow { a href={ "/cases/" (id) } { "← " (view.company) } }
            h1 { (context.t("call.title")) }
        }
        @if fields.get("kept").is_some() { (layout::done(context.t("call.kept"))) }
        section.card {
            @if phones.is_empty() { p { (context.t("call.no_number")) } }
            @for phone in &phones {
                (reached(&context, "phone", &phone.value))
                @if phone.label.is_some() || phone.hours.is_some() { p.hint { (phone.label.as_deref().into_iter().chain(phone.hours.as_deref()).collect::<Vec<_>>().join(" · ")) } }
                @if phone.other_matter { p.hint { (icon("warning")) (context.t("contact.other_matter")) } }
                @for note in &phone.notes { p.hint { (icon("warning")) (context.said(note)) } }
            }
            // The next step may be with a body outside, whose number the case shows as well.
            @for step in view.next.advice.iter().filter(|step| step.body.is_some()) {
                @for through in step.through.iter().filter(|through| through.channel == "phone") {
                    (reached(&context, &through.channel, &through.value)) p.hint { (step.body_name.as_deref().unwrap_or_default()) }
                }
            }
        }
        div.hold.script-only { span #hold data-case=(id) role="timer" { "0:00" }
            button.button.small.quiet type="button" data-hold="start" { (icon("clock")) (context.t("call.hold")) }
            button.button.small.quiet type="button" data-hold="stop" { (context.t("call.through")) }
            a.button.small.quiet.to-notes href="#notes" { (icon("pen")) (context.t("call.to_notes")) }
        }
        div.calling {
        section.card {
            h2 { (context.t("call.guide")) }
            div.sheet.guide lang=(guide.language.code()) { @for block in guide.body.split("\n\n") { p { (block) } } }
            @for question in &guide.blanks { p.hint { (context.t("write.fill_in")) " " (asked_for(&context, question, Some(guide.language.code()))) } }
        }
        section.card #notes {
            h2 { (context.t("call.notes")) }
            p.hint { (context.t("call.notes_words")) }
            form action={ "/cases/" (id) "/call" } method="post" {
                (token(&context))
                div.field { label for="text" { (context.t("call.said")) } textarea id="text" name="text" rows="3" data-keep={ "call-" (id) } {} }
                div.pair {
                    (Field::text("person", &context.word("field", "person"), "").draw())
                    (Field::text("reference", &context.word("field", "reference"), "").draw())
                    (Field::of("date", "due", &context.word("field", "due"), "").draw())
                    (Field::of("number", "held", context.t("call.minutes"), "").draw())
                }
                div.taps { @for (key, ..) in TAPS { button.button.quiet type="submit" name="tap" value=(key) { (context.word("tap", key)) } } }
            }
            (said(&context, &view, &today))
        }
        }
    };
    Ok(layout::wide(&context, context.t("call.title"), main))
}

/// What was noted today.
fn said(context: &Context, view: &case::CaseView, today: &str) -> Markup {
    html! {
        ul.log-lines { @for entry in view.timeline.iter().rev().filter(|entry| entry.on == today && entry.channel.as_deref() == Some("phone")) {
            li { span { strong { (entry.time.as_deref().unwrap_or_default()) } " " (context.word("kind", &entry.kind)) br; (entry.text) } }
        } }
    }
}

/// Keeps a note at once.
async fn note(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let place = context.app.place();
    let tapped = fields.word("tap").unwrap_or_default();
    let (key, by, kind) = TAPS.into_iter().find(|(key, ..)| *key == tapped).ok_or_else(Fault::missing)?;
    let mut request = line(&fields, place.now.date())?;
    request.by = case::words::By::from_id(by).unwrap_or(request.by);
    request.kind = case::words::LogKind::from_id(kind).unwrap_or(request.kind);
    request.channel = Some(desk::Channel::Phone);
    request.time = place.now.time().round(jiff::Unit::Minute).ok();
    if request.text.trim().is_empty() {
        request.text = context.word("tap", key);
    }
    case::log(&place, &id, request).await?;
    Ok(Redirect::to(&format!("/cases/{id}/call?kept=1")))
}
