//! Starting a case: one question a screen, kept at every step, with what is still missing beside it.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::atlas::List;
use desk::case;
use desk::case::words::{By, LogKind, Wish};
use desk::intake::{self, Intake, QUESTIONS, Question};
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, area, choice, icon, token};
use crate::page::options;
use crate::post::{Fields, Posted, Upload};

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/start", get(first).post(begin))
        .route("/start/{id}", get(go_on))
        .route("/start/{id}/review", get(review))
        .route("/start/{id}/open", post(open))
        .route("/start/{id}/forget", post(forget))
        .route("/start/{id}/files", post(files))
        .route("/start/{id}/q/{question}", get(ask).post(answer))
}

/// Offers to begin, and what was begun before.
async fn first(context: Context) -> Result<Response, Fault> {
    let begun = intake::list(&context.app.place()).await;
    let main = html! {
        section.narrow {
            p.eyebrow { (context.t("start.eyebrow")) }
            h1 { (context.t("start.title")) }
            p.lede { (context.t("start.lede")) }
            form action="/start" method="post" { (token(&context)) button.button type="submit" { (context.t("start.begin")) } }
        }
        @if !begun.is_empty() {
            section.narrow.card {
                h2 { (context.t("start.unfinished")) }
                ul.choices { @for one in &begun { li.spread {
                    a href={ "/start/" (one.id) } { (one.text("/company").unwrap_or(context.t("start.no_company"))) }
                    form action={ "/start/" (one.id) "/forget" } method="post" { (token(&context)) button.button.small.quiet type="submit" { (context.t("start.forget")) } }
                } } }
            }
        }
    };
    Ok(layout::page(&context, context.t("start.title"), main))
}

/// Begins, with what a search tells where one led here.
async fn begin(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let place = context.app.place();
    let mut known = Map::new();
    let job = fields.word("find").and_then(|id| context.app.finds.get(context.app.whose(), id));
    if let Some(job) = &job {
        let answer = job.answer();
        let name = answer.as_ref().and_then(|answer| answer.company.name.clone());
        let name = name.unwrap_or_else(|| case::called(&job.request.company, answer.as_deref()));
        known.insert("company".into(), json!(name));
        if let Some(sector) = answer.as_ref().and_then(|answer| answer.company.sectors.first()) {
            known.insert("sector".into(), json!(sector.sector));
        }
        if let Some(country) = job.request.country {
            known.insert("country".into(), json!(country.code()));
        }
        if let Some(region) = &job.request.region {
            known.insert("region".into(), json!(region));
        }
        if let Some(topic) = job.request.matter.or(job.request.about.map(|topic| topic.id)) {
            known.insert("problem".into(), json!({ "topic": topic }));
        }
    }
    let mut begun = intake::begin(&place, known).await?;
    if let Some(job) = job {
        begun.company_asked = Some(job.request.company.clone());
        begun.search = Some(job.id.clone());
        intake::keep(&place, &begun).await?;
    }
    Ok(onward(&begun))
}

/// Returns where a conversation goes on.
fn onward(intake: &Intake) -> Redirect {
    let next =
        intake.next_question().map_or_else(|| "review".to_owned(), |question| format!("q/{}", question.id));
    Redirect::to(&format!("/start/{}/{next}", intake.id))
}

async fn go_on(context: Context, Path(id): Path<String>) -> Result<Redirect, Fault> {
    Ok(onward(&intake::resume(&context.app.place(), &id).await?))
}

fn named(id: &str) -> Result<&'static Question, Fault> {
    Question::named(id).ok_or_else(Fault::missing)
}

async fn ask(context: Context, Path((id, question)): Path<(String, String)>) -> Result<Response, Fault> {
    let intake = intake::resume(&context.app.place(), &id).await?;
    Ok(screen(&context, &intake, named(&question)?, &Shown::default()))
}

/// What was typed and refused, to be shown again.
#[derive(Debug, Default)]
struct Shown {
    fields: Option<Fields>,
    /// The field, and why it was refused.
    wrong: Option<(&'static str, String)>,
}

async fn answer(
    context: Context,
    Path((id, question)): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Fault> {
    let place = context.app.place();
    let mut intake = intake::resume(&place, &id).await?;
    let question = named(&question)?;
    if fields.get("skip").is_some() && !question.needed {
        if !intake.answered.iter().any(|known| known == question.id) {
            intake.answered.push(question.id.to_owned());
        }
        intake::keep(&place, &intake).await?;
        return Ok(following(&intake, question).into_response());
    }
    let look = |name: &str| fields.get(name).map(str::to_owned);
    if let Err(wrong) = question.answer(&mut intake, &look, place.now.date()) {
        let shown = Shown { fields: Some(fields), wrong: Some((wrong.field, wrong.why)) };
        return Ok(layout::with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            screen(&context, &intake, question, &shown),
        ));
    }
    intake::keep(&place, &intake).await?;
    if question.id == "company" {
        intake::take_trade(&place, &mut intake).await?;
    }
    let again = question.id == "tried" && (fields.get("more").is_some() || fields.get("drop").is_some());
    Ok(if again {
        Redirect::to(&format!("/start/{id}/q/{}", question.id)).into_response()
    } else {
        following(&intake, question).into_response()
    })
}

/// Goes to the question after one, or to the end where all are answered.
fn following(intake: &Intake, question: &Question) -> Redirect {
    let open = QUESTIONS.iter().skip(question.place() + 1);
    let next = open.into_iter().find(|next| !intake.answered.iter().any(|known| known == next.id));
    match next {
        Some(next) => Redirect::to(&format!("/start/{}/q/{}", intake.id, next.id)),
        None => onward(intake),
    }
}

async fn files(context: Context, Path(id): Path<String>, upload: Upload) -> Result<Redirect, Fault> {
    let place = context.app.place();
    let mut intake = intake::resume(&place, &id).await?;
    for file in &upload.files {
        intake::gather(&place, &mut intake, &file.name, &file.bytes).await?;
    }
    let question = named("evidence")?;
    let look = |name: &str| upload.fields.get(name).map(str::to_owned);
    question.answer(&mut intake, &look, place.now.date()).map_err(|wrong| Fault::wrong(wrong.why))?;
    intake::keep(&place, &intake).await?;
    Ok(if upload.fields.get("more").is_some() {
        Redirect::to(&format!("/start/{id}/q/evidence"))
    } else {
        following(&intake, question)
    })
}

/// Draws a screen: the question, and how far it is.
fn screen(context: &Context, intake: &Intake, question: &Question, shown: &Shown) -> Response {
    let at = question.place();
    let back = at.checked_sub(1).and_then(|before| QUESTIONS.get(before));
    let upload = question.id == "evidence";
    let action = if upload {
        format!("/start/{}/files", intake.id)
    } else {
        format!("/start/{}/q/{}", intake.id, question.id)
    };
    let main = html! {
        div.talk {
            section.card.question {
                (progress(context, at + 1))
                @if let Some((field, why)) = &shown.wrong { (layout::problem_in(context, field, why)) }
                h1 { (context.word("ask", question.id)) }
                p.hint { (context.word("ask_hint", question.id)) }
                @if question.id == "tried" { (contacts(context, intake)) }
                @if upload && !intake.files.is_empty() {
                    ul.facts { @for file in &intake.files { li { (icon("file")) span { (file.name) } } } }
                }
                form action=(action) method="post" enctype=[upload.then_some("multipart/form-data")] {
                    (token(context))
                    (fields(context, intake, question.id, shown))
                    div.actions {
                        button.button type="submit" { (context.t("start.next")) }
                        @if matches!(question.id, "tried" | "evidence") { button.button.quiet type="submit" name="more" value="1" { (icon("plus")) (context.t("start.add_more")) } }
                        @if !question.needed && !upload { button.button.quiet type="submit" name="skip" value="1" formnovalidate { (context.t("start.skip")) } }
                    }
                }
                nav.spread.foot-links aria-label=(context.t("start.steps")) {
                    @if let Some(back) = back { a href={ "/start/" (intake.id) "/q/" (back.id) } { "← " (context.t("start.back")) } }
                    a href={ "/start/" (intake.id) "/review" } { (context.t("start.to_review")) }
                }
            }
            (ready(context, intake))
        }
    };
    layout::page(context, &context.word("ask", question.id), main)
}

fn progress(context: &Context, at: usize) -> Markup {
    let words = if at > QUESTIONS.len() {
        context.t("start.last_look").to_owned()
    } else {
        let of = QUESTIONS.len().to_string();
        context.t("start.progress").replacen("{}", &at.to_string(), 1).replacen("{}", &of, 1)
    };
    html! {
        p.eyebrow #progress-words { (words) }
        progress max=(QUESTIONS.len()) value=(at.min(QUESTIONS.len())) aria-labelledby="progress-words" { (at) }
    }
}

/// What a complaint needs, and what of it is known.
fn ready(context: &Context, intake: &Intake) -> Markup {
    let readiness = intake.readiness(context.app.place().now.date());
    html! {
        aside.card.ready {
            h2 { (context.t("start.ready")) }
            p.big-number { (readiness.known) span { " / " (readiness.of) } }
            ul.facts { @for question in &readiness.missing {
                li { (icon("plus")) span { strong { (context.word("lack", &question.missing)) } br; (context.word("lack_why", &question.missing)) } }
            } }
            @if readiness.missing.is_empty() { p { (icon("check")) " " (context.t("start.all_there")) } }
            p.hint { (context.t("start.saved")) }
        }
    }
}

/// The contacts that were written down.
fn contacts(context: &Context, intake: &Intake) -> Markup {
    let log = intake.case.get("log").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text =
        |line: &Value, name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    html! {
        @if !log.is_empty() {
            ul.log-lines { @for (at, line) in log.iter().enumerate() { li.spread {
                span { strong { (text(line, "at")) } " · " (context.word("by", &text(line, "by"))) " · " (context.word("channel", &text(line, "channel"))) br; (text(line, "text")) }
                form action={ "/start/" (intake.id) "/q/tried" } method="post" { (token(context)) input type="hidden" name="drop" value=(at); button.button.small.quiet type="submit" { (context.t("start.drop")) } }
            } } }
        }
    }
}

/// The ways in which a customer is reached.
const REACHED: [&str; 3] = ["phone", "email", "postal"];

/// The fields of a question, with what was typed or is known.
fn fields(context: &Context, intake: &Intake, id: &str, shown: &Shown) -> Markup {
    let typed = |name: &str| shown.fields.as_ref().and_then(|fields| fields.get(name)).map(str::to_owned);
    let value = |name: &str, pointer: &str| {
        typed(name).unwrap_or_else(|| match intake.case.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Array(items)) => {
                items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
            }
            _ => String::new(),
        })
    };
    let f = |name: &str| context.word("field", name);
    let any = context.t("start.unsure");
    match id {
        "company" => html! {
            (Field::text("company", &f("company"), &value("company", "/company")).draw())
            @if !intake.answered.iter().any(|known| known == "company") && intake.text("/sector").is_some() { p.hint { (context.t("start.trade_guessed")) } }
            (choice("sector", &f("sector"), Some(any), &options::of_list(context, List::Sector, "sector"), &value("sector", "/sector")))
        },
        "country" => {
            let mut chosen = value("country", "/country");
            if chosen.is_empty() {
                chosen = context.preferences.country.clone().unwrap_or_default();
            }
            html! {
                (choice("country", &f("country"), Some(context.t("start.choose")), &options::countries(context), &chosen))
                (Field::text("region", &f("region"), &value("region", "/region")).hint(context.t("find.region_hint")).draw())
            }
        }
        "what" => html! {
            (area("what", &f("what"), None, &value("what", "/problem/what"), 5))
            (choice("topic", &f("topic"), Some(any), &options::of_list(context, List::Topic, "problem"), &value("topic", "/problem/topic")))
            (area("agreed", &f("agreed"), None, &value("agreed", "/problem/agreed"), 2))
        },
        "when" => html! {
            (Field::of("date", "since", &f("since"), &value("since", "/problem/since")).draw())
            label.tick { input type="checkbox" name="ongoing" checked[intake.case.pointer("/problem/ongoing").is_some()]; span { (f("ongoing")) } }
        },
        "wanted" => {
            let chosen = value("wanted", "/wanted/what");
            html! {
                fieldset { legend { (f("wanted")) } div.options { @for (id, words) in options::ids(context, "wish", Wish::IDS) {
                    label.option { input type="radio" name="wanted" value=(id) checked[id == chosen]; span { (words) } }
                } } }
                (Field::text("fallback", &f("fallback"), &value("fallback", "/wanted/fallback")).draw())
                div.pair {
                    (Field::of("date", "matters_by", &f("matters_by"), &value("matters_by", "/wanted/by")).draw())
                    (choice("reach_by", &f("reach_by"), Some(any), &options::ids(context, "channel", &REACHED), &value("reach_by", "/wanted/reach_by")))
                }
            }
        }
        "amount" => html! {
            div.pair {
                (Field::text("amount", &f("amount"), &value("amount", "/problem/amount")).draw())
                (Field::text("currency", &f("currency"), &currency(intake, &value("currency", "/problem/currency"))).draw())
            }
            (Field::text("least", &f("least"), &value("least", "/wanted/least")).draw())
            (choice("paid_by", &f("paid_by"), Some(any), &options::of_list(context, List::PaidBy, "paid_by"), &value("paid_by", "/problem/paid_by")))
        },
        "tried" => html! {
            div.pair {
                (Field::of("date", "on", &f("on"), &typed("on").unwrap_or_default()).draw())
                (choice("channel", &f("channel"), Some(any), &options::ids(context, "channel", &["phone", "email", "form", "chat", "postal", "social", "in_person"]), &typed("channel").unwrap_or_default()))
            }
            div.pair {
                (choice("by", &f("by"), None, &options::ids(context, "by", By::IDS), &typed("by").unwrap_or_default()))
                (choice("kind", &f("kind"), Some(any), &options::ids(context, "kind", LogKind::IDS), &typed("kind").unwrap_or_default()))
            }
            div.pair {
                (choice("rung", &f("rung"), Some(any), &options::ids(context, "rung", &desk::Rung::ALL.map(desk::Rung::id)), &typed("rung").unwrap_or_default()))
                (Field::text("person", &f("person"), &typed("person").unwrap_or_default()).draw())
            }
            (area("text", &f("text"), None, &typed("text").unwrap_or_default(), 3))
        },
        "references" => {
            html! { (area("references", &f("references"), None, &value("references", "/references"), 3)) }
        }
        "impact" => html! { (area("impact", &f("impact"), None, &value("impact", "/problem/impact"), 4)) },
        _ => html! {
            div.field { label for="files" { (f("files")) } p.hint #files-hint { (context.t("start.files_hint")) } input id="files" type="file" name="files" multiple aria-describedby="files-hint" data-drop="1"; }
            (area("evidence", &f("evidence"), None, &value("evidence", "/evidence"), 3))
        },
    }
}

/// The currency that the country begins with.
fn currency(intake: &Intake, known: &str) -> String {
    if !known.is_empty() {
        return known.to_owned();
    }
    intake.text("/country").and_then(desk::intake::currency_of).unwrap_or_default()
}

/// Shows everything before the case is opened.
async fn review(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let place = context.app.place();
    let intake = intake::resume(&place, &id).await?;
    let names = intake::two_names(&place, &intake).await;
    Ok(reviewed(&context, &intake, names.as_ref(), None))
}

/// A sum as people write it: with both digits of its hundredths, or none.
fn sum(amount: &Value) -> String {
    match amount.as_f64() {
        Some(number) if number.fract() != 0.0 => format!("{number:.2}"),
        _ => amount.to_string(),
    }
}

fn reviewed(
    context: &Context,
    intake: &Intake,
    names: Option<&(String, String)>,
    wrong: Option<&str>,
) -> Response {
    let list = |pointer: &str| {
        let items = intake.case.pointer(pointer).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
    };
    let text = |pointer: &str| intake.text(pointer).unwrap_or_default().to_owned();
    let amount = intake.case.pointer("/problem/amount").map(sum).unwrap_or_default();
    let log = intake.case.get("log").and_then(Value::as_array).map_or(0, Vec::len);
    let rows = [
        (
            "company",
            match (text("/company"), intake.text("/sector")) {
                (name, _) if name.is_empty() => name,
                (name, Some(sector)) => format!("{name} · {}", context.word("sector", sector)),
                (name, None) => format!("{name} · {}", context.t("start.no_trade")),
            },
        ),
        ("country", intake.text("/country").map(|code| context.word("country", code)).unwrap_or_default()),
        ("what", text("/problem/what")),
        ("when", context.days(&text("/problem/since"))),
        ("wanted", intake.text("/wanted/what").map(|id| context.word("wish", id)).unwrap_or_default()),
        (
            "amount",
            if amount.is_empty() {
                amount
            } else {
                context.money(&amount, &text("/problem/currency")).trim().to_owned()
            },
        ),
        (
            "tried",
            match log {
                0 => String::new(),
                1 => context.t("start.one_contact").to_owned(),
                log => context.with("start.contacts", log),
            },
        ),
        ("references", list("/references")),
        ("impact", text("/problem/impact")),
        (
            "evidence",
            [
                list("/evidence"),
                intake.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "),
            ]
            .join(" ")
            .trim()
            .to_owned(),
        ),
    ];
    let can = !rows[0].1.is_empty() && !rows[1].1.is_empty();
    let main = html! {
        div.talk {
            section.card.question {
                (progress(context, QUESTIONS.len() + 1))
                @if let Some(words) = wrong { (layout::problem(context, words)) }
                h1 { (context.t("start.review")) }
                p.hint { (context.t("start.review_words")) }
                dl.review { @for (id, words) in &rows {
                    div { dt { (context.word("ask", id)) }
                        dd { @if words.is_empty() { span.hint { (context.t("start.nothing")) } } @else { (words) }
                            " " a href={ "/start/" (intake.id) "/q/" (id) } aria-label={ (context.t("start.change")) ": " (context.word("ask", id)) } { (context.t("start.change")) } } }
                } }
                @if can {
                    form action={ "/start/" (intake.id) "/open" } method="post" { (token(context))
                        @if let Some((known, typed)) = names { (called(context, known, typed)) }
                        button.button.big-one type="submit" { (context.t("start.open")) }
                    }
                } @else { p.notice { (context.t("start.needed")) } }
            }
            (ready(context, intake))
        }
    };
    layout::page(context, context.t("start.review"), main)
}

/// Asks what the company is called in the case, where the directory knows it by another name than the customer.
fn called(context: &Context, known: &str, typed: &str) -> Markup {
    html! {
        fieldset.called { legend { (context.t("start.two_names")) }
            p.hint { (context.with("start.two_names_words", known)) }
            @for (at, name) in [known, typed].into_iter().enumerate() {
                label.tick { input type="radio" name="called" value=(name) checked[at == 0]; span { (name) } }
            }
        }
    }
}

async fn open(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Response, Fault> {
    let place = context.app.place();
    let intake = intake::resume(&place, &id).await?;
    let found = intake
        .search
        .as_deref()
        .and_then(|id| context.app.finds.get(context.app.whose(), id))
        .and_then(|job| job.answer());
    let found = found.map(|answer| Box::new((*answer).clone()));
    // One of the two that were shown, and no third.
    let names = intake::two_names(&place, &intake).await;
    let called = names.as_ref().and_then(|(known, typed)| {
        [known, typed].into_iter().find(|name| fields.word("called") == Some(name.as_str()))
    });
    match intake::open(&place, &id, found, called.map(String::as_str)).await {
        Ok(opened) => Ok(Redirect::to(&format!("/cases/{}?new=1", opened.id)).into_response()),
        Err(error) => {
            let fault = Fault::from(error);
            let words = fault.words.clone().unwrap_or_default();
            Ok(layout::with_status(fault.status, reviewed(&context, &intake, names.as_ref(), Some(&words))))
        }
    }
}

async fn forget(context: Context, Path(id): Path<String>, _: Posted) -> Result<Redirect, Fault> {
    intake::forget(&context.app.place(), &id)?;
    Ok(Redirect::to("/start"))
}
