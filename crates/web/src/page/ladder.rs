//! The answer as a page: a real ladder, what stands outside of the company, what only strangers say, and what is missing.

use desk::answer::{FindAnswer, NextWay, PolicyView, StepView};
use desk::directory::CandidateView;
use desk::outside::OutsideView;
use maud::{Markup, html};

use crate::context::Context;
use crate::layout::{icon, token};
use crate::page::find::{Asked, form};
use crate::page::{atlas, contact};

/// Contact points of a rung that are open to see at once.
const SHOWN: usize = 4;

/// Draws the answer.
pub(crate) fn draw(context: &Context, id: &str, asked: &Asked, answer: &FindAnswer) -> Markup {
    let name = answer.company.name.as_deref().unwrap_or(&asked.company);
    let place = format!("/find/{id}");
    html! {
        (head(context, id, name, answer))
        @if answer.interrupted { div.notice { (icon("clock")) (context.t("ladder.interrupted")) } }
        @if !answer.candidates.is_empty() { (candidates(context, asked, &answer.candidates)) }
        (rungs(context, &place, answer))
        @if !answer.steps.is_empty() { (live(context, asked, answer)) }
        (not_found(context, answer))
        @if let Some(policy) = &answer.policy { (procedure(context, policy)) }
        @if !answer.outside.is_empty() { (outside(context, &answer.outside)) }
        @if !answer.leads.is_empty() {
            section.card.apart #leads {
                h2 { (icon("warning")) (context.t("ladder.leads")) }
                p { (context.t("ladder.leads_words")) }
                @for lead in &answer.leads { (contact::lead(context, &place, lead)) }
            }
        }
        @if !answer.dead.is_empty() {
            details.card { summary { h2 { (context.with("ladder.dead", answer.dead.len())) } } @for dead in &answer.dead { (contact::draw(context, &place, dead)) } }
        }
        @if !answer.changes.is_empty() {
            section.card {
                h2 { (context.t("ladder.changes")) }
                ul { @for change in &answer.changes { li { (context.word("change", &change.what)) ": " (change.value) } } }
            }
        }
        (side(context, &place, answer))
        (read(context, answer))
        section.card.no-print #again { h2 { (context.t("ladder.again")) } (form(context, asked, None)) }
    }
}

/// Draws the rungs with their contact points: of an answer at that address, or of one that still grows there.
pub(crate) fn rungs(context: &Context, place: &str, answer: &FindAnswer) -> Markup {
    html! {
        @if !answer.steps.is_empty() {
            div.ladder-page {
                nav.mini aria-label=(context.t("ladder.mini")) {
                    ol { @for (at, step) in answer.steps.iter().enumerate().rev() {
                        li { a href={ "#rung-" (at + 1) } { span { (at + 1) } (context.word("rung", step.rung.id())) } }
                    } }
                }
                ol.ladder { @for (at, step) in answer.steps.iter().enumerate() { (rung(context, place, at, step, answer)) } }
            }
        }
    }
}

fn head(context: &Context, id: &str, name: &str, answer: &FindAnswer) -> Markup {
    let company = &answer.company;
    let mut known: Vec<String> = Vec::new();
    known.extend(company.legal_name.clone().filter(|legal| legal != name));
    known.extend(company.register_number.clone());
    known.extend(company.sectors.iter().map(|sector| context.word("sector", &sector.sector)));
    let formats = [
        ("picture", context.t("ladder.picture")),
        ("vcard", "vCard"),
        ("json", "JSON"),
        ("markdown", "Markdown"),
        ("csv", "CSV"),
    ];
    html! {
        header.result {
            div {
                p.eyebrow { (context.t("ladder.eyebrow")) }
                h1 { (name) }
                p.meta {
                    (known.join(" · "))
                    @if let Some(site) = &company.website { @if !known.is_empty() { " · " } (contact::reference(site)) }
                }
                @if let Some(directory) = &answer.directory {
                    @if let Some(taken) = &directory.taken_for { p.notice { (context.with("ladder.taken_for", taken)) } }
                    p.hint { (context.with("ladder.grade", &directory.grade)) ": " (context.said(&directory.grade_why)) }
                }
            }
            div.actions.no-print {
                form action="/start" method="post" {
                    (token(context)) input type="hidden" name="find" value=(id);
                    button.button type="submit" { (icon("plus")) (context.t("ladder.start_case")) }
                }
                button.button.quiet.script-only type="button" data-print="1" { (context.t("ladder.print")) }
                details.menu { summary.button.quiet { (context.t("ladder.save")) }
                    ul { @for (format, name) in formats { li { a href={ "/find/" (id) "/as/" (format) } download { (name) } } } }
                }
            }
        }
    }
}

/// The way to have every contact checked live; what that asks of whom is said before.
fn live(context: &Context, asked: &Asked, answer: &FindAnswer) -> Markup {
    let checked = answer.contacts.iter().chain(&answer.dead).any(|contact| !contact.checks.is_empty());
    html! {
        section.card.no-print #live {
            h2 { (icon("check")) (context.t(if checked { "live.done" } else { "live.title" })) }
            p { (context.t(if checked { "live.done_words" } else { "live.words" })) }
            form action="/find" method="post" {
                (token(context))
                input type="hidden" name="company" value=(asked.company); input type="hidden" name="country" value=(asked.country);
                input type="hidden" name="about" value=(asked.about); input type="hidden" name="region" value=(asked.region);
                @if asked.crawl { input type="hidden" name="crawl" value="on"; }
                button.button.quiet type="submit" name="verify" value="1" { (icon("check")) (context.t(if checked { "live.again" } else { "live.go" })) }
            }
        }
    }
}

fn candidates(context: &Context, asked: &Asked, candidates: &[CandidateView]) -> Markup {
    html! {
        section.card {
            h2 { (context.t("ladder.which")) }
            ul.choices { @for one in candidates {
                li { form action="/find" method="post" {
                    (token(context))
                    input type="hidden" name="company" value=(one.ask); input type="hidden" name="country" value=(asked.country);
                    input type="hidden" name="about" value=(asked.about); input type="hidden" name="region" value=(asked.region);
                    button.choice type="submit" {
                        strong { (one.name) }
                        span { (one.domain.as_deref().unwrap_or_default()) " " (one.country.as_deref().unwrap_or_default()) " " (one.sector.as_deref().map(|sector| context.word("sector", sector)).unwrap_or_default()) }
                    }
                } }
            } }
        }
    }
}

fn rung(context: &Context, place: &str, at: usize, step: &StepView, answer: &FindAnswer) -> Markup {
    let id = step.rung.id();
    let contacts: Vec<_> = step.contacts.iter().filter_map(|at| answer.contacts.get(*at)).collect();
    let (shown, rest) = contacts.split_at(contacts.len().min(SHOWN));
    html! {
        li.rung id={ "rung-" (at + 1) } data-rung=(id) {
            span.step aria-hidden="true" { (at + 1) }
            div.body {
                h2 { (context.word("rung", id)) }
                p.does { (context.word("rung_does", id)) }
                p.hint { strong { (context.t("ladder.use_when")) } " " (context.word("rung_when", id)) }
                @if let Some(clock) = &step.opens_after {
                    p.clock { (icon("clock")) span { (context.with("ladder.opens_after", context.says(&desk::words::clock(clock.n, clock.unit)))) } }
                    details.quote { summary { (context.t("ladder.where_from")) } q { (clock.quote) } }
                }
                @for contact in shown { (contact::draw(context, place, contact)) }
                @if !rest.is_empty() {
                    details.rest { summary { (context.with("ladder.more", rest.len())) } @for contact in rest { (contact::draw(context, place, contact)) } }
                }
                p.hint.place { (context.t("ladder.place")) " " (here(context, &step.why)) }
            }
        }
    }
}

/// Why a rung stands where it does; a topic by its name.
fn here(context: &Context, why: &str) -> Markup {
    let (_, topic) = why.split_once("a team for this matter (").unwrap_or_default();
    match topic.strip_suffix(')') {
        Some(topic) => {
            html! { (context.with("ladder.team", context.word("topic", &topic.replace(' ', "_")))) }
        }
        None => context.said(why),
    }
}

/// What the ladder lacks, and what one can do about it.
fn not_found(context: &Context, answer: &FindAnswer) -> Markup {
    let usual =
        [desk::Rung::FrontLine, desk::Rung::Complaints, desk::Rung::Management, desk::Rung::Executive];
    let missing: Vec<String> = usual
        .iter()
        .filter(|rung| !answer.steps.iter().any(|step| step.rung == **rung))
        .map(|rung| context.word("rung", rung.id()))
        .collect();
    let none = answer.steps.is_empty();
    html! {
        @if !missing.is_empty() || !answer.next_ways.is_empty() {
            section.card {
                h2 { @if none { (context.t("ladder.nothing")) } @else { (context.t("ladder.not_found")) } }
                @if !missing.is_empty() && !none { p { (context.with("ladder.missing", missing.join(", "))) } }
                @if none { p { (context.said(&answer.stopped)) } }
                @if !answer.next_ways.is_empty() {
                    h3 { (context.t("ladder.next_ways")) }
                    ul.ways { @for way in &answer.next_ways { (next_way(context, answer, way)) } }
                }
            }
        }
    }
}

/// One way on. Where the desk names a command of the terminal, the page leads to what does the same here.
fn next_way(context: &Context, answer: &FindAnswer, way: &NextWay) -> Markup {
    let country = answer.asked.country.as_deref().unwrap_or_default();
    let here = match way.kind {
        "site" | "place" | "read" => Some("#again".to_owned()),
        "sources" => Some("/settings#sources".to_owned()),
        "payment" => Some(format!("/atlas?country={country}#rights")),
        "court" => Some(format!("/atlas?country={country}")),
        _ => None,
    };
    match here {
        Some(link) => html! { li { a href=(link) { (context.word("way", way.kind)) } } },
        None => {
            html! { li { (context.said(&way.text)) @if let Some(value) = &way.value { " " (contact::reference(value)) } } }
        }
    }
}

fn procedure(context: &Context, policy: &PolicyView) -> Markup {
    let clock = |clock: &Option<desk::answer::ClockView>| {
        clock
            .as_ref()
            .map_or_else(|| "–".to_owned(), |clock| context.says(&desk::words::clock(clock.n, clock.unit)))
    };
    html! {
        section.card {
            h2 { (context.t("policy.title")) }
            div.scroll tabindex="0" role="region" aria-label=(context.t("policy.title")) { table {
                thead { tr { th { "#" } th { (context.t("policy.who")) } th { (context.t("policy.acknowledge")) } th { (context.t("policy.respond")) } } }
                tbody { @for stage in &policy.stages { tr {
                    td { (stage.order) } td { (stage.handler) p.hint { q { (stage.quote) } } } td { (clock(&stage.acknowledge)) } td { (clock(&stage.respond)) }
                } } }
            } }
            @for body in &policy.external { @for check in &body.checks {
                div.notice.bad { (icon("warning")) div { strong { (body.body) ": " } (check.words)
                    @if check.point_of_complaint { " " (context.t("policy.point")) }
                    @for source in &check.sources { " " (contact::reference(source)) }
                } }
            } }
        }
    }
}

fn outside(context: &Context, bodies: &[OutsideView]) -> Markup {
    html! {
        section.card #outside {
            h2 { (icon("atlas")) (context.t("outside.title")) }
            p { (context.t("outside.words")) }
            div.bodies { @for body in bodies {
                article.body-card {
                    p.eyebrow { (context.word("rung", body.rung.id())) " · " span.standing data-standing=(body.standing) { (context.word("standing", body.standing)) } }
                    h3 translate="no" { (body.name) }
                    p.hint { (why(context, body)) }
                    @if let Some(before) = &body.before { p { strong { (context.t("outside.first")) } " " (context.said(before)) } }
                    ul.facts {
                        @if let Some(wait) = &body.wait { li { (icon("clock")) span { (context.said(wait)) } } }
                        @if let Some(deadline) = &body.deadline { li { (icon("warning")) span { (context.said(deadline)) } } }
                        @for condition in &body.conditions { li { (icon("check")) span { (atlas::condition(context, &country(body), condition)) } } }
                    }
                    @for reach in &body.contacts { (reached(context, reach.channel.id(), &reach.value)) }
                    p.hint { (context.said(&body.age)) @for source in &body.sources { " · " (contact::reference(source)) } }
                }
            } }
            p.hint { (context.said(desk::advise::NOT_LEGAL_ADVICE)) }
        }
    }
}

/// Returns the country of a body, by which its entry in the atlas begins.
fn country(body: &OutsideView) -> String {
    body.atlas_id.split('-').next().unwrap_or_default().to_uppercase()
}

/// Why a body is thought to be the one. What was inferred is said to be so, with what it rests on.
fn why(context: &Context, body: &OutsideView) -> Markup {
    let Some(told) = body.why.strip_prefix("inferred: ").filter(|_| body.inferred) else {
        return context.said(&body.why);
    };
    let Some((place, since)) = told.split_once(", since ") else {
        return html! { (context.t("outside.inferred")) " " (context.t("outside.general")) };
    };
    let (sector, country) = place.split_once(" in ").unwrap_or((place, ""));
    let place = format!("{}, {}", context.word("sector", sector), context.word("country", country));
    // One reason at a time: none swallows the next.
    let since: Vec<String> = since.split("; ").map(|reason| context.says(reason)).collect();
    html! { (context.t("outside.inferred")) " " (context.with("outside.trade", place)) " " (since.join("; ")) "." }
}

/// A channel and a value in one line, with what one can do.
pub(crate) fn reached(context: &Context, channel: &str, value: &str) -> Markup {
    let words = if channel == "phone" { desk::words::number(value) } else { value.to_owned() };
    html! {
        div.reach { span.sign { (icon(contact::sign(channel))) } span.value { (words) } div.actions { (contact::actions(context, channel, value)) } }
    }
}

/// Contacts that are no help with a problem, and what to know.
fn side(context: &Context, place: &str, answer: &FindAnswer) -> Markup {
    let off: Vec<_> = answer
        .contacts
        .iter()
        .filter(|contact| contact.rung == "off_ladder" || contact.other_matter)
        .collect();
    html! {
        @if !off.is_empty() {
            details.card { summary { h2 { (context.with("ladder.off", off.len())) } } @for contact in off { (contact::draw(context, place, contact)) } }
        }
        @if !answer.warnings.is_empty() {
            section.card { h2 { (context.t("ladder.mind")) } ul { @for warning in &answer.warnings { li { (context.said(warning)) } } } }
        }
        @if let Some(credit) = answer.directory.as_ref().and_then(|directory| directory.credit.as_ref()) { p.hint lang="en" { (credit) } }
    }
}

/// What was read.
fn read(context: &Context, answer: &FindAnswer) -> Markup {
    html! {
        @if !answer.documents.is_empty() {
            details.card.no-print { summary { h2 { (context.with("ladder.documents", answer.documents.len())) } }
                ul.documents { @for document in &answer.documents {
                    li { (contact::reference(&document.url)) p.hint { (document.title) " · " (context.said(&document.outcome)) } }
                } }
                p.hint { (context.said(&answer.stopped)) }
            }
        }
    }
}
