//! A company's reply: what kind of answer it is, what it promises and gives, and the lines that it would become in the log.
//!
//! The desk reads it and proposes the lines; here they stand in fields, so that whoever knows better corrects them, and one button keeps them. Nothing
//! of what was read waits here: the words travel with the form.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::case::import::{self, Came, LineWanted, ReplyLine, ReplyTold};
use desk::case::words::{self, LogKind};
use desk::case::{self, CaseDeskError};
use desk::letters;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, area, choice, icon, token};
use crate::page::options;
use crate::post::{Fields, Posted, Upload};

/// The most lines that a form of ours has.
const MOST_LINES: usize = 20;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases/{id}/reply", get(show).post(read)).route("/cases/{id}/reply/keep", post(keep))
}

async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let company = case::show(&context.app.place(), &id).await?.company;
    Ok(asked(&context, &id, &company, &Fields::default(), None))
}

/// The form that asks for the reply.
fn asked(context: &Context, id: &str, company: &str, typed: &Fields, wrong: Option<&str>) -> Response {
    let value = |name: &str| typed.get(name).unwrap_or_default();
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) } { "← " (company) } } h1 { (context.t("reply.title")) } p.lede { (context.t("reply.lede")) } }
        @if let Some(words) = wrong { (layout::problem(context, words)) }
        form.card action={ "/cases/" (id) "/reply" } method="post" enctype="multipart/form-data" {
            (token(context))
            (area("reply", context.t("reply.words"), Some(context.t("reply.words_hint")), value("reply"), 10))
            div.field { label for="file" { (context.t("reply.file")) } input id="file" type="file" name="files" accept=".eml,.txt,message/rfc822,text/plain"; }
            div.pair {
                (Field::of("date", "on", context.t("reply.on"), value("on")).hint(context.t("reply.on_hint")).draw())
                (way(context, value("channel"), true))
            }
            button.button type="submit" { (icon("find")) (context.t("reply.read")) }
        }
    };
    layout::page(context, context.t("reply.title"), main)
}

/// The field that asks by which way a reply came; where that was told or guessed already, it can be changed and not be left open.
fn way(context: &Context, chosen: &str, open: bool) -> Markup {
    let ways = options::ids(context, "channel", &options::WAYS);
    choice("channel", context.t("reply.channel"), open.then(|| context.t("start.unsure")), &ways, chosen)
}

/// Returns the day of a form, where it has one.
fn day(fields: &Fields, today: Date) -> Result<Option<Date>, String> {
    fields.word("on").map(|text| words::day(text, today, words::Sense::Been)).transpose()
}

/// Reads what was pasted or sent, and shows what it says; what cannot be read is asked for again, with why.
async fn read(
    context: Context,
    Path(id): Path<String>,
    Upload { fields, files }: Upload,
) -> Result<Response, Fault> {
    let place = context.app.place();
    let company = case::show(&place, &id).await?.company;
    let again = |words: &str| {
        let page = asked(&context, &id, &company, &fields, Some(words));
        layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
    };
    // A browser sends the empty field of a file along.
    let mut files = files.into_iter().filter(|file| !file.bytes.is_empty());
    let (file, more) = (files.next(), files.next().is_some());
    if more {
        return Ok(again(context.t("reply.one_file")));
    }
    let on = match day(&fields, place.now.date()) {
        Ok(on) => on,
        Err(why) => return Ok(again(&format!("{}: {}", context.t("reply.on"), context.says(&why)))),
    };
    let (text, sent) = match file {
        Some(file) => {
            let came = apart(async move { letters::incoming(&file.bytes, &file.name) }).await?;
            (came.text, came.sent)
        }
        None => (fields.get("reply").unwrap_or_default().replace("\r\n", "\n"), None),
    };
    if text.trim().is_empty() {
        return Ok(again(context.t("reply.empty")));
    }
    match import::reply_told(&place, &id, &text, on.or(sent)).await {
        Ok(told) => {
            let way = fields.word("channel").or(told.lines.first().and_then(|line| line.channel));
            let page = proposal(&context, &id, &company, &text, &told, way.unwrap_or_default(), None);
            Ok(page)
        }
        Err(CaseDeskError::Wrong(why)) => Ok(again(&why)),
        Err(error) => Err(error.into()),
    }
}

/// Shows what a reply says, and the lines that it would become.
fn proposal(
    context: &Context,
    id: &str,
    company: &str,
    text: &str,
    told: &ReplyTold,
    channel: &str,
    again: Option<(&Fields, &str)>,
) -> Response {
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) } { "← " (company) } } h1 { (context.t("reply.title")) } }
        @if let Some((_, why)) = again { (layout::problem(context, why)) }
        (says(context, told))
        @if told.known.is_some() {
            div.notice { (icon("check")) (context.t("reply.known")) }
            p { a.button.quiet href={ "/cases/" (id) "/reply" } { (context.t("reply.again")) } }
        } @else {
            form.card action={ "/cases/" (id) "/reply/keep" } method="post" {
                h2 { (icon("plus")) (context.t("reply.becomes")) }
                p.hint { (context.t("reply.becomes_hint")) }
                (token(context))
                div.pair {
                    (Field::of("date", "on", context.t("reply.on"), again.and_then(|(typed, _)| typed.get("on")).unwrap_or(&told.on.to_string())).draw())
                    (way(context, channel, channel.is_empty()))
                }
                @for (at, line) in told.lines.iter().enumerate().take(MOST_LINES) { (wanted(context, at, line, again.map(|(typed, _)| typed))) }
                details { summary { (context.t("reply.words")) } textarea.said name="reply" rows="12" readonly aria-label=(context.t("reply.words")) { "\n" (text) } }
                div.actions.sticky {
                    button.button type="submit" { (icon("check")) (context.t("reply.keep")) }
                    a.button.quiet href={ "/cases/" (id) "/reply" } { (context.t("reply.again")) }
                }
            }
        }
    };
    layout::page(context, context.t("reply.title"), main)
}

/// What a reply says: its kinds with the words they rest on, whether it answers, what is promised, what it gives.
fn says(context: &Context, told: &ReplyTold) -> Markup {
    let reading = &told.reading;
    let core = match reading.addresses_core {
        Some(true) => ("good", "check", "reply.core_yes"),
        Some(false) => ("bad", "warning", "reply.core_no"),
        None => ("", "chat", "reply.core_unknown"),
    };
    let (of_company, of_customer): (Vec<_>, Vec<_>) =
        reading.promises.iter().partition(|promise| promise.who.is_company());
    let given = &reading.given;
    html! {
        section.card #says role="status" {
            h2 { (icon("email")) (context.t("reply.says")) }
            ul.log-lines { @for evidence in &reading.evidence { li { span {
                strong { (context.word("answer", evidence.label.id())) }
                @if !evidence.words.is_empty() { p.hint { (context.t("reply.rests")) ": " @for (at, words) in evidence.words.iter().enumerate() { @if at > 0 { ", " } q { (words) } } } }
            } } } }
            div class={ "notice " (core.0) } { (icon(core.1)) span { (context.t(core.2)) } }
            @for (title, list) in [("reply.promised", of_company), ("reply.by_you", of_customer), ("reply.asked", reading.customer_duties.iter().collect())] {
                @if !list.is_empty() {
                    h3 { (context.t(title)) }
                    ul.log-lines { @for promise in list { li { span {
                        q { (promise.quote) }
                        p.hint { @match promise.day { Some(day) => { (context.days(&day.to_string())) }, None => { (context.t("reply.no_day")) } } @if promise.ends_offer { " · " (context.t("reply.offer_ends")) } }
                    } } } }
                }
            }
            @if !(given.references.is_empty() && given.names.is_empty() && given.contacts.is_empty()) {
                h3 { (context.t("reply.gives")) }
                ul.facts translate="no" {
                    @for name in &given.names { li { span { span.hint translate="yes" { (context.t("reply.name")) ": " } (name) @if let Some(role) = given.roles.iter().find(|role| role.name == *name) { ", " (role.role) } } } }
                    @for reference in &given.references { li { span { span.hint translate="yes" { (context.word("field", "reference")) ": " } (reference) } } }
                    @for contact in &given.contacts { li { span { span.hint translate="yes" { (context.t(match contact.channel { "phone" => "reply.phone", "email" => "reply.mail", _ => "reply.site" })) ": " } (contact.value) } } }
                }
            }
            @for note in &reading.notes { p.hint { (context.said(note)) } }
        }
    }
}

/// One line that a reply would become, in fields.
fn wanted(context: &Context, at: usize, line: &ReplyLine, typed: Option<&Fields>) -> Markup {
    let name = |field: &str| format!("{field}-{at}");
    let value = |field: &str, own: String| {
        typed.map_or(own, |typed| typed.get(&name(field)).unwrap_or_default().to_owned())
    };
    let due = value("due", line.due.map_or_else(String::new, |day| day.to_string()));
    let amount = value("amount", line.amount.clone().unwrap_or_default());
    let kind = value("kind", line.kind.to_owned());
    let taken = typed.is_none_or(|typed| typed.get(&name("take")).is_some());
    html! {
        fieldset {
            @if at == 0 { input type="hidden" name=(name("take")) value="1"; }
            @else { label.tick for=(name("take")) { input id=(name("take")) type="checkbox" name=(name("take")) value="1" checked[taken]; span { (context.t("reply.also")) } } }
            (area(&name("text"), context.t("reply.short"), None, &value("text", line.text.clone()), 3))
            div.pair {
                (choice(&name("kind"), context.t("reply.kind"), None, &options::ids(context, "kind", LogKind::IDS), &kind))
                (Field::of("date", &name("due"), context.t("reply.due"), &due).draw())
                (Field::text(&name("amount"), context.t("reply.amount"), &amount).draw())
            }
        }
    }
}

/// Reads the lines of a form as they are wanted.
fn lines(context: &Context, fields: &Fields, today: Date) -> Result<Vec<LineWanted>, String> {
    let mut wanted = Vec::new();
    for at in 0..MOST_LINES {
        let word = |field: &str| fields.word(&format!("{field}-{at}"));
        if word("take").is_none() {
            continue;
        }
        let wrong = |field: &str, why: String| format!("{}: {}", context.t(field), context.says(&why));
        let kind = word("kind").and_then(LogKind::from_id);
        wanted.push(LineWanted {
            at,
            kind: kind.ok_or_else(|| wrong("reply.kind", "this word is not known".to_owned()))?,
            text: word("text").unwrap_or_default().to_owned(),
            due: word("due")
                .map(|text| words::day(text, today, words::Sense::Either))
                .transpose()
                .map_err(|why| wrong("reply.due", why))?,
            amount: word("amount").map(words::sum).transpose().map_err(|why| wrong("reply.amount", why))?,
        });
    }
    Ok(wanted)
}

/// Keeps the lines as they were corrected; what cannot be kept is shown again, with why.
async fn keep(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Response, Fault> {
    let place = context.app.place();
    let company = case::show(&place, &id).await?.company;
    let text = fields.get("reply").unwrap_or_default().replace("\r\n", "\n");
    let today = place.now.date();
    let channel = fields.word("channel").map(words::channel).transpose();
    let done = match (day(&fields, today), channel, lines(&context, &fields, today)) {
        (Ok(on), Ok(channel), Ok(wanted)) => {
            match import::keep_reply_as(&place, &id, &text, Came { on, channel }, &wanted).await {
                Ok(_) => return Ok(Redirect::to(&format!("/cases/{id}?done=reply")).into_response()),
                Err(CaseDeskError::Wrong(why)) => why,
                Err(error) => return Err(error.into()),
            }
        }
        (Err(why), ..) | (_, Err(why), _) | (.., Err(why)) => why,
    };
    let on = day(&fields, today).ok().flatten();
    let told = match import::reply_told(&place, &id, &text, on).await {
        // The day may be what is wrong: what was corrected is shown all the same.
        Err(CaseDeskError::Wrong(_)) if on.is_some() => import::reply_told(&place, &id, &text, None).await,
        told => told,
    };
    match told {
        Ok(told) => {
            let way = fields.get("channel").unwrap_or_default();
            let page = proposal(&context, &id, &company, &text, &told, way, Some((&fields, &done)));
            Ok(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(CaseDeskError::Wrong(why)) => Err(Fault::wrong(why)),
        Err(error) => Err(error.into()),
    }
}
