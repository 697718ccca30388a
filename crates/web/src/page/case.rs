//! A case: the next step as the one big card, the story as a picture, and everything that was written down.

use axum::extract::{Path, RawQuery};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use desk::advise::{AdviceAnswer, StepView};
use desk::case::words::{By, LogKind, Outcome};
use desk::case::{self, CaseView, EntryView, PromiseView, TriedView, WrittenView};
use maud::{Markup, html};

use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{self, Field, area, choice, icon, token};
use crate::page::ladder::reached;
use crate::page::{files, options, picture};
use crate::post::Fields;
use crate::texts::Lang;

/// Shows a case.
pub(crate) async fn show(
    context: Context,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    screen(&context, &id, &Fields::of_query(query.as_deref()), None).await
}

/// Draws a case; where a line of the log could not be taken, with what was typed and why it was not.
pub(crate) async fn screen(
    context: &Context,
    id: &str,
    fields: &Fields,
    wrong: Option<&str>,
) -> Result<Response, Fault> {
    let place = context.app.place();
    let view = case::show(&place, id).await?;
    let drawn = case::picture(&place, id).await?;
    let evidence = case::evidence(&place, id).await?;
    let begun = case::begun(&place, id).await;
    let tried = case::tried(&place, id).await?;
    let holder = crate::page::account::holder_card(context, id).await?;
    let said = fields.word("done").map(|what| context.word("done", what));
    let main = html! {
        @if let Some(said) = &said { (layout::done(said)) }
        @if fields.get("new").is_some() { (layout::done(context.t("case.opened"))) }
        @if let Some(words) = wrong { (layout::problem(context, &context.says(words))) (log_form(context, &view, fields, true)) }
        (head(context, &view))
        (next(context, &view))
        section.card {
            h2 { (context.t("case.story")) }
            @if view.timeline.is_empty() { p { (context.t("case.no_story")) } } @else { (picture::draw(context, &drawn)) }
            @if !view.promises.is_empty() { (promises(context, &view)) }
            (timeline(context, &view))
        }
        @if wrong.is_none() { (log_form(context, &view, &Fields::default(), fields.get("log").is_some())) }
        (tried_card(context, &tried))
        div.two.top-aligned {
            (files::card(context, id, &evidence))
            (drafts(context, id, &begun))
        }
        (dossier(context, &view))
        @if let Some(playbook) = &view.next.playbook {
            details.card { summary { h2 { (context.said(&playbook.title)) } }
                ol { @for step in &playbook.steps { li { (context.said(step)) } } }
                @if !playbook.evidence.is_empty() { h3 { (context.t("case.collect")) } ul { @for thing in &playbook.evidence { li { (context.said(thing)) } } } }
                @if !playbook.rights.is_empty() { h3 { (context.t("case.rights")) } ul { @for right in &playbook.rights { li { (context.said(right)) } } } }
            }
        }
        (holder)
        (notes(context, &view))
        (more(context, &view))
    };
    Ok(layout::page(context, &view.company, main))
}

fn head(context: &Context, view: &CaseView) -> Markup {
    let facts = [
        ("since", view.since.as_deref().map(|day| context.days(day))),
        ("amount", view.amount.as_deref().map(|sum| context.sum(sum))),
        ("wanted", view.wanted.as_ref().map(|wish| context.word("wish", wish))),
        ("least", view.least.as_deref().map(|sum| context.sum(sum))),
        ("references", Some(view.references.join(", ")).filter(|text| !text.is_empty())),
    ];
    html! {
        header.case-head {
            p.eyebrow { a href="/cases" { (context.t("cases.title")) } " · " (context.word("country", &view.country)) " · " span.tag.good[view.status == "open"] { (context.word("status", view.status)) } }
            h1 { (view.company) }
            @if let Some(what) = &view.what { p.lede { (what) } }
            dl.chips { @for (name, value) in facts { @if let Some(value) = value { div { dt { (context.word("field", name)) } dd { (value) } } } } }
            @if let Some(holder) = &view.holder {
                p.holder { span.dot data-who=(holder.who) {} (context.with(&format!("holder.{}", holder.who), &holder.since)) }
            }
            @if let Some(outcome) = &view.outcome { div.notice.good { (icon("check")) (outcome) } }
        }
    }
}

/// The one big card.
fn next(context: &Context, view: &CaseView) -> Markup {
    let advice = &view.next;
    let Some(step) = advice.advice.first().filter(|_| view.status == "open") else { return html! {} };
    html! {
        section.card.next aria-labelledby="next-title" {
            p.eyebrow { (context.t("case.next")) }
            h2 #next-title { (context.word("step", step.step.id())) @if let Some(to) = to(context, step).filter(|to| !context.word("step", step.step.id()).to_lowercase().contains(&to.to_lowercase())) { ": " (to) } }
            @for reason in step.reasons.iter().take(1) { p.because { (context.said(reason)) } }
            @if step.reasons.len() > 1 {
                ul.reasons { @for reason in step.reasons.iter().skip(1) { li { (context.said(reason)) } } }
            }
            (when(context, step))
            @for through in &step.through { (reached(context, &through.channel, &through.value)) }
            div.actions {
                @if case::serving(step.step).is_some() { a.button href={ "/cases/" (view.id) "/write" } { (icon("pen")) (context.t("case.write")) } }
                a.button.quiet href={ "/cases/" (view.id) "/call" } { (icon("phone")) (context.t("case.call")) }
                a.button.quiet href={ "/cases/" (view.id) "/reply" } { (icon("email")) (context.t("case.reply")) }
                a.button.quiet href={ "/cases/" (view.id) "?log=1#log" } { (icon("plus")) (context.t("case.log")) }
            }
            @for source in &step.sources { p.hint { (context.t("case.see")) " " (crate::page::contact::reference(source)) } }
            (after(context, &view.id, advice))
        }
    }
}

fn to(context: &Context, step: &StepView) -> Option<String> {
    step.body_name.clone().or_else(|| step.rung.as_ref().map(|rung| context.word("rung", rung)))
}

fn when(context: &Context, step: &StepView) -> Markup {
    html! {
        @if let Some(day) = &step.not_before { p.clock { (icon("clock")) (context.with("case.not_before", day)) } }
        @if let Some(day) = &step.by { p.clock { (icon("clock")) (context.with("case.by", day)) } }
    }
}

/// What else: steps beside it, what comes then, what not yet, what is missing, the days to keep.
fn after(context: &Context, id: &str, advice: &AdviceAnswer) -> Markup {
    let rest = &advice.advice[1..];
    html! {
        @if !rest.is_empty() {
            h3 { (context.t("case.beside")) }
            ul { @for step in rest { li { strong { (context.word("step", step.step.id())) @if let Some(to) = to(context, step) { ": " (to) } } " – " (context.said(&step.why)) (when(context, step)) } } }
        }
        @if !advice.questions.is_empty() {
            h3 { (context.t("case.missing")) }
            ul.facts { @for question in &advice.questions { li { (icon("plus")) span { strong { (context.word("lack", &question.missing)) } ": " (context.word("lack_why", &question.missing)) } } } }
            p { a.button.small.quiet href={ "/cases/" (id) "/edit" } { (icon("pen")) (context.t("case.edit_missing")) } }
        }
        @if let Some(then) = &advice.then { p { @if !then.starts_with("if ") { strong { (context.t("case.then")) } " " } (afterwards(context, then)) } }
        @if !advice.not_yet.is_empty() {
            details { summary { (context.t("case.not_yet")) }
                ul { @for gate in &advice.not_yet { li { strong { (gate.body.clone().unwrap_or_else(|| context.word("rung", &gate.rung))) } ": " (context.said(&gate.verdict)) @if !gate.why.is_empty() { " – " (context.said(&gate.why)) } } } }
            }
        }
        @if !(advice.deadlines.is_empty() && advice.later.is_empty() && advice.withheld.is_empty()) {
            details open { summary { (context.t("case.days")) }
                ul.days {
                    @for day in &advice.deadlines { li { time datetime=(day.day) { (context.days(&day.day)) @if day.passed { " " span.tag.warn { (context.t("case.passed")) } } } span { (context.said(&day.what)) p.hint { (context.said(&day.calculation)) } } } }
                    @for withheld in &advice.withheld { li {
                        @if let Some(day) = &withheld.day { time datetime=(day) { (context.days(day)) } }
                        span { (context.said(&withheld.name)) p.hint { (context.said(&withheld.why)) } }
                    } }
                    @for later in &advice.later { li { span { (context.t("case.later")) } span { (later.body_name) p.hint { (context.said(&later.what)) } } } }
                }
            }
        }
        p.hint { (context.said(desk::advise::NOT_LEGAL_ADVICE)) }
    }
}

fn promises(context: &Context, view: &CaseView) -> Markup {
    let tag = |promise: &PromiseView| match promise.state {
        "kept" => "tag good",
        "broken" => "tag bad",
        "replaced" => "tag",
        _ => "tag warn",
    };
    html! {
        h3 { (context.t("case.promises")) }
        ul.log-lines { @for promise in &view.promises { li {
            span { span class=(tag(promise)) { (context.word("promise", promise.state)) } " " (promise.text) p.hint { (context.days(&promise.on)) @if let Some(due) = &promise.due { " → " (context.days(due)) } } }
            @if matches!(promise.state, "open" | "broken") && view.status == "open" {
                form.actions action={ "/cases/" (view.id) "/settle" } method="post" {
                    (token(context)) input type="hidden" name="event" value=(promise.event);
                    button.button.small.quiet type="submit" name="kept" value="yes" { (context.t("case.kept")) }
                    @if promise.state == "open" { button.button.small.quiet type="submit" name="kept" value="no" { (context.t("case.broken")) } }
                }
            }
        } } }
    }
}

fn timeline(context: &Context, view: &CaseView) -> Markup {
    html! {
        ol.timeline { @for entry in view.timeline.iter().rev() { li data-who=(entry.by) {
            p.hint { time datetime=(entry.on) { (context.days(&entry.on)) @if let Some(time) = &entry.time { " " (time) } }
                " · " (context.word("by", &entry.by)) " · " (context.word("kind", &entry.kind))
                @if let Some(channel) = &entry.channel { " · " (context.word("channel", channel)) }
                @if let Some(rung) = &entry.rung { " · " (context.word("rung", rung)) }
                @if let Some(person) = &entry.person { " · " (person) }
            }
            p.said { (said(context, &entry.text)) }
            @if entry.reference.is_some() || entry.due.is_some() || entry.amount.is_some() { (details_of(context, entry)) }
            @if view.status == "open" {
                details.withdraw { summary { (context.t("case.withdraw")) }
                    form action={ "/cases/" (view.id) "/withdraw" } method="post" {
                        (token(context)) input type="hidden" name="event" value=(entry.event);
                        div.field { label for={ "because-" (entry.event) } { (context.t("case.because")) } input id={ "because-" (entry.event) } name="because" required maxlength="300"; }
                        p.hint { (context.t("case.withdraw_words")) }
                        button.button.small.quiet type="submit" { (context.t("case.withdraw_do")) }
                    }
                }
            }
        } } }
    }
}

/// What an entry says. A letter that was sent stands below its name, which is ours and no words of the user's.
fn said(context: &Context, text: &str) -> Markup {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    // A text without a subject was once written down by the bare name of its letter.
    let sent = first.strip_prefix("Sent: ").or_else(|| rest.is_empty().then_some(first));
    let kind = sent.and_then(|title| case::kinds().into_iter().find(|kind| kind.title == title));
    html! {
        @if let Some(kind) = kind { strong { (context.with("case.sent", context.word("letter", kind.name))) } "\n" (rest) }
        @else { (text) }
    }
}

fn details_of(context: &Context, entry: &EntryView) -> Markup {
    html! { p.hint {
        @if let Some(reference) = &entry.reference { (context.word("field", "reference")) ": " (reference) " " }
        @if let Some(due) = &entry.due { (context.word("field", "due")) ": " (context.days(due)) " " }
        @if let Some(amount) = &entry.amount { (context.sum(amount)) }
    } }
}

fn log_form(context: &Context, view: &CaseView, typed: &Fields, open: bool) -> Markup {
    let f = |name: &str| context.word("field", name);
    let v = |name: &str| typed.get(name).unwrap_or_default();
    let any = context.t("start.unsure");
    let rungs: Vec<&str> = desk::Rung::ALL.iter().map(|rung| rung.id()).collect();
    html! {
        @if view.status == "open" {
            details.card #log open[open] { summary { h2 { (icon("plus")) (context.t("case.log")) } }
                form action={ "/cases/" (view.id) "/log" } method="post" {
                    (token(context))
                    (area("text", &f("text"), None, v("text"), 3))
                    div.pair {
                        (choice("by", &f("by"), None, &options::ids(context, "by", By::IDS), typed.word("by").unwrap_or("customer")))
                        (choice("kind", &f("kind"), None, &options::ids(context, "kind", LogKind::IDS), typed.word("kind").unwrap_or("call")))
                        (choice("channel", &f("channel"), Some(any), &options::ids(context, "channel", &options::WAYS), v("channel")))
                        (choice("rung", &f("rung"), Some(any), &options::ids(context, "rung", &rungs), v("rung")))
                        (Field::of("date", "on", &f("on"), v("on")).hint(context.t("case.today")).draw())
                        (Field::of("date", "due", &f("due"), v("due")).hint(context.t("case.due_hint")).draw())
                        (Field::text("person", &f("person"), v("person")).draw())
                        (Field::text("reference", &f("reference"), v("reference")).draw())
                        (Field::text("contact", &f("contact"), v("contact")).draw())
                        (choice("outcome", &f("outcome"), Some(any), &options::ids(context, "outcome", Outcome::IDS), v("outcome")))
                    }
                    p { button.button type="submit" { (context.t("case.log_do")) } }
                }
            }
        }
    }
}

/// The contacts that were tried, and what became of each.
fn tried_card(context: &Context, tried: &[TriedView]) -> Markup {
    html! {
        @if !tried.is_empty() {
            section.card #tried { h2 { (icon("phone")) (context.t("case.tried")) }
                ul.log-lines { @for way in tried { li {
                    span {
                        strong { (way_of(context, way)) }
                        p.hint {
                            @if let Some(rung) = way.rung { (context.word("rung", rung)) " · " }
                            (times(context, way))
                        }
                    }
                    @if let Some(outcome) = way.outcome { span.tag.bad[way.dead] { (context.word("outcome", outcome)) } }
                } } }
            }
        }
    }
}

/// By what one was tried to be reached.
fn way_of(context: &Context, way: &TriedView) -> String {
    let channel = way.channel.map(|channel| context.word("channel", channel));
    let contact = way.contact.as_deref().map(|contact| match way.channel {
        Some("phone") => desk::words::number(contact),
        _ => contact.to_owned(),
    });
    channel.into_iter().chain(contact).collect::<Vec<_>>().join(": ")
}

/// How often, and when last.
fn times(context: &Context, way: &TriedView) -> String {
    match (way.times, &way.last) {
        (0, _) | (_, None) => context.t("case.tried_never").to_owned(),
        (1, Some(day)) => context.with("case.tried_once", day),
        (times, Some(day)) => context.with("case.tried_often", times).replace("{1}", &context.days(day)),
    }
}

fn drafts(context: &Context, id: &str, begun: &[WrittenView]) -> Markup {
    html! {
        section.card #drafts {
            h2 { (icon("pen")) (context.t("case.drafts")) }
            @if !begun.is_empty() { ul { @for one in begun { li { a href={ "/cases/" (id) "/write?as=" (one.kind) } { (context.word("letter", one.kind)) } p.hint { (one.begins) "…" } } } } }
            @else { p { (context.t("case.no_drafts")) } }
            p { a.button.quiet href={ "/cases/" (id) "/write" } { (context.t("case.new_draft")) } }
        }
    }
}

/// Everything bound into one file, for whoever decides.
fn dossier(context: &Context, view: &CaseView) -> Markup {
    html! {
        section.card #dossier {
            h2 { (icon("file")) (context.t("case.dossier")) }
            p { (context.t("case.dossier_words")) }
            form.picker action={ "/cases/" (view.id) "/dossier" } method="get" {
                (choice("lang", context.t("write.language"), Some(context.t("write.by_country")), &options::ids(context, "language", &options::LETTER_LANGUAGES), ""))
                (choice("part", context.t("case.dossier_part"), None, &options::ids(context, "dossier", &["whole", "summary"]), "whole"))
                button.button.quiet type="submit" { (icon("file")) (context.t("case.dossier_do")) }
            }
        }
    }
}

/// What comes after a step. The label says `then` already, so the sentence need not.
fn afterwards(context: &Context, then: &str) -> Markup {
    match then.strip_prefix("then ").filter(|_| context.lang == Lang::En) {
        Some(rest) => context.said(rest),
        None => context.said(then),
    }
}

/// What the user wrote down for themselves, and a place for more.
fn notes(context: &Context, view: &CaseView) -> Markup {
    html! {
        details.card #notes open[!view.notes.is_empty()] { summary { h2 { (context.t("case.note")) } }
            p.hint { (context.t("case.note_words")) }
            @if !view.notes.is_empty() { ul.log-lines { @for note in &view.notes { li { span { p.hint { (context.days(&note.on)) } p.said { (note.text) } } } } } }
            form action={ "/cases/" (view.id) "/note" } method="post" { (token(context)) (area("note", context.t("case.note_new"), None, "", 2)) button.button.quiet type="submit" { (context.t("case.note_do")) } }
        }
    }
}

fn more(context: &Context, view: &CaseView) -> Markup {
    html! {
        details.card { summary { h2 { (context.t("case.more")) } }
            p.actions {
                a.button.quiet href={ "/cases/" (view.id) "/edit" } { (context.t("case.edit")) }
                a.button.quiet href={ "/cases/" (view.id) "/contacts" } { (context.t("witness.contacts")) }
                a.button.quiet href={ "/cases/" (view.id) "/calendar" } download { (context.t("case.calendar")) }
                a.button.quiet href={ "/cases/" (view.id) "/json" } download { "JSON" }
                a.button.quiet href={ "/cases/" (view.id) "/verify" } { (context.t("case.verify")) }
            }
            @if view.status == "open" {
                form action={ "/cases/" (view.id) "/close" } method="post" {
                    (token(context)) h3 { (context.t("case.close")) }
                    (Field::text("outcome_words", context.t("case.close_outcome"), "").draw())
                    (Field::text("received", context.t("case.close_received"), "").hint(context.t("case.sum_hint")).draw())
                    button.button.quiet type="submit" { (context.t("case.close_do")) }
                }
            } @else {
                form action={ "/cases/" (view.id) "/reopen" } method="post" {
                    (token(context)) h3 { (context.t("case.reopen")) } (Field::text("because", context.t("case.because"), "").draw())
                    button.button.quiet type="submit" { (context.t("case.reopen")) }
                }
            }
            @if context.app.may_write() { p { a.button.danger href={ "/cases/" (view.id) "/delete" } { (context.t("case.delete")) } } }
        }
    }
}

/// Gives the days to keep as a calendar.
pub(crate) async fn calendar(app: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let place = app.place();
    let days = case::due(&place, &id, None).await?;
    let text = case::calendar(&days, place.now.timestamp());
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"upstairs.ics\""),
    ];
    Ok((headers, text).into_response())
}

/// Gives the case as JSON.
pub(crate) async fn json(app: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let view = case::show(&app.place(), &id).await?;
    let text = serde_json::to_string_pretty(&view).map_err(Fault::inner)?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"upstairs-case.json\""),
    ];
    Ok((headers, text).into_response())
}

/// Proves that log and files are as they were written.
pub(crate) async fn verify(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let proofs = case::verify(&context.app.place(), Some(&id)).await?;
    let main = html! {
        section.narrow.card {
            h1 { (context.t("case.verify")) }
            @for proof in &proofs {
                @if proof.faults.is_empty() { (layout::done(context.t("case.intact"))) }
                @for fault in &proof.faults { div.notice.bad role="alert" { (icon("warning")) span lang="en" { (fault) } } }
                @for note in &proof.notes { p.hint lang="en" { (note) } }
                p { (context.with("case.events", proof.intact)) " · " (context.with("case.files", proof.files)) }
                p.hint { (context.t("case.head")) } p { code { (proof.head) } }
            }
            p { a href={ "/cases/" (id) } { "← " (context.t("case.back")) } }
        }
    };
    Ok(layout::page(&context, context.t("case.verify"), main))
}
