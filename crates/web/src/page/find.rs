//! Finding: the form, the wait with live progress, and the answer in every form.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::answer::FindAnswer;
use desk::find::{self, FindRequest, Live};
use futures_util::StreamExt as _;
use futures_util::stream::{self, Stream};
use maud::{Markup, html};
use tokio::sync::watch;

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::finding::{End, Job};
use crate::here::Here;
use crate::layout::{self, Page, icon, token};
use crate::page::{ladder, options};
use crate::post::{Fields, Posted};
use crate::routes::WAIT;

/// The most characters of what is searched for.
const MOST_TYPED: usize = 300;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/find", post(begin).get(|| async { Redirect::to("/") }))
        .route("/find/{id}", get(show))
        .route("/find/{id}/events", get(events))
        .route("/find/{id}/stop", post(stop))
        .route("/find/{id}/as/{format}", get(export))
}

/// What was typed into the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) company: String,
    pub(crate) country: String,
    pub(crate) about: String,
    pub(crate) region: String,
    pub(crate) crawl: bool,
    /// Whether the contacts are checked live.
    pub(crate) verify: bool,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.word(name).unwrap_or_default().chars().take(MOST_TYPED).collect();
        Self {
            company: text("company"),
            country: text("country"),
            about: text("about"),
            region: text("region"),
            crawl: fields.get("crawl").is_some(),
            verify: fields.get("verify").is_some(),
        }
    }

    fn of_request(request: &FindRequest) -> Self {
        Self {
            company: request.company.clone(),
            country: request.country.map(|country| country.code().to_owned()).unwrap_or_default(),
            about: request.about.map(|topic| topic.id.to_owned()).unwrap_or_default(),
            region: request.region.clone().unwrap_or_default(),
            crawl: request.crawl,
            verify: request.live.verify,
        }
    }
}

/// Draws the form.
pub(crate) fn form(context: &Context, asked: &Asked, wrong: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = wrong { (layout::problem(context, words)) }
        form.find action="/find" method="post" role="search" {
            (token(context))
            // The button comes after what it asks for; where there is room the style sheet puts it beside the name.
            div.asked {
                div.big {
                    label for="company" { (context.t("find.company")) }
                    input id="company" name="company" value=(asked.company) placeholder=(context.t("find.placeholder")) required maxlength="300"
                        autocomplete="organization" spellcheck="false" enterkeyhint="search";
                }
                div.narrow-down {
                    (layout::choice("country", context.t("find.country"), Some(context.t("find.any_country")), &options::countries(context), &asked.country))
                    (layout::choice("about", context.t("find.about"), Some(context.t("find.any_topic")), &options::topics(context), &asked.about))
                }
                button.button.go type="submit" { (icon("find")) (context.t("find.go")) }
            }
            details.extra open[asked.crawl || !asked.region.is_empty()] {
                summary { (context.t("find.more")) }
                (layout::Field::text("region", context.t("find.region"), &asked.region).hint(context.t("find.region_hint")).draw())
                label.tick { input type="checkbox" name="crawl" checked[asked.crawl]; span { (context.t("find.crawl")) } }
                p.hint { (context.t("find.leaves")) }
            }
        }
    }
}

/// Begins a search.
async fn begin(context: Context, Posted(fields): Posted) -> Result<Response, Fault> {
    let asked = Asked::of(&fields);
    let request = match request(&context, &asked) {
        Ok(request) => request,
        Err(words) => return Ok(refused(&context, &asked, &words)),
    };
    let begun = context.app.finds.begin(context.app.whose(), request).map_err(Fault::inner)?;
    let job = begun.ok_or_else(|| Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.busy"))?;
    // What the directory answers at once needs no page that waits.
    let mut changes = job.listen();
    let _ =
        tokio::time::timeout(WAIT, async { while job.end().is_none() && changes.changed().await.is_ok() {} })
            .await;
    Ok(Redirect::to(&format!("/find/{}", job.id)).into_response())
}

fn refused(context: &Context, asked: &Asked, words: &str) -> Response {
    let main =
        html! { section.hero { h1 { (context.t("home.title")) } (form(context, asked, Some(words))) } };
    layout::with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        layout::page(context, context.t("home.title"), main),
    )
}

/// Makes the request to the desk of what was typed.
fn request(context: &Context, asked: &Asked) -> Result<FindRequest, String> {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let country = given(&asked.country).map(|code| find::parse_country(&code)).transpose()?;
    let about = given(&asked.about).map(|about| find::parse_about(&about)).transpose()?;
    let region = given(&asked.region).map(|region| desk::directory::parse_region(&region)).transpose()?;
    if let Some(region) = &region {
        desk::atlas::check_region_asked(country, region)?;
    }
    if asked.company.is_empty() {
        return Err(context.t("find.empty").to_owned());
    }
    Ok(FindRequest {
        country,
        about: about.map(|about| about.topic),
        matter: about.and_then(|about| about.matter),
        region,
        data: Some(context.app.config.data.clone()),
        keep: context.app.may_write(),
        crawl: asked.crawl,
        ..FindRequest::new(&asked.company, Live { verify: asked.verify, ..context.app.live() })
    })
}

fn job(app: &Here, id: &str) -> Result<Arc<Job>, Fault> {
    app.finds.get(app.whose(), id).ok_or_else(|| Fault::new(StatusCode::NOT_FOUND, "fault.find_gone"))
}

/// Shows a search: the answer, or how far it is.
async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let job = job(&context.app, &id)?;
    let asked = Asked::of_request(&job.request);
    Ok(match job.end() {
        None => waiting(&context, &job),
        Some(End::Answer(answer)) => {
            let title = answer.company.name.clone().unwrap_or_else(|| asked.company.clone());
            layout::wide(&context, &title, ladder::draw(&context, &job.id, &asked, &answer))
        }
        Some(End::Failed(words, hint)) => {
            let hint = hint.map(|hint| format!(" – {}", context.says(&hint))).unwrap_or_default();
            let words = format!("{}{hint}", context.says(&words));
            refused(&context, &asked, &words)
        }
    })
}

/// The page that waits: by events with a script, by reloading without.
fn waiting(context: &Context, job: &Job) -> Response {
    let far = job.far();
    let grown = job.grown();
    let main = html! {
        section.narrow.card.waiting #waiting data-events={ "/find/" (job.id) "/events" } {
            p.eyebrow { (context.t("wait.eyebrow")) }
            h1 { (job.request.company) }
            p.lede aria-live="polite" {
                (context.t("wait.documents")) " " span #far-documents { (far.documents) } " · "
                (context.t("wait.contacts")) " " span #far-contacts { (far.contacts) }
            }
            div.pulse aria-hidden="true" { i {} i {} i {} i {} i {} }
            ol.reading #far-lines { @for line in far.lines.iter().rev().take(4) { li .missed[line.missed.is_some()] { (line.url) } } }
            form action={ "/find/" (job.id) "/stop" } method="post" { (token(context)) button.button.quiet type="submit" { (context.t("wait.stop")) } }
            p.hint { (context.t("wait.polite")) }
        }
        section #grown aria-label=(context.t("wait.grown")) {
            @if let Some(answer) = &grown { (ladder::rungs(context, &format!("/find/{}", job.id), answer)) }
        }
    };
    // Without a script the page asks again by itself.
    let head = html! { noscript { meta http-equiv="refresh" content="3"; } };
    layout::whole(context, &Page { title: &job.request.company, head, main, wide: true }).into_response()
}

/// Tells of the progress as it happens, with the ladder as a piece of the page.
async fn events(
    context: Context,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    let job = job(&context.app, &id)?;
    let place = format!("/find/{}", job.id);
    Ok(told(job, move |answer| ladder::rungs(&context, &place, answer).into_string()))
}

/// Tells of a search as events: `progress` with counts and addresses, `ladder` each time that it has grown, `done` at the
/// end with the address of the answer.
pub(crate) fn told(
    job: Arc<Job>,
    draw: impl Fn(&FindAnswer) -> String + Send + Sync + 'static,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = job.listen();
    let begin = Telling { job, changes, shown: None, over: false };
    let stream = stream::unfold((begin, draw), |(mut telling, draw)| async move {
        let events = telling.next(&draw).await?;
        Some((stream::iter(events.into_iter().map(Ok)), (telling, draw)))
    });
    Sse::new(stream.flatten()).keep_alive(KeepAlive::default())
}

/// What a listener was told already.
struct Telling {
    job: Arc<Job>,
    changes: watch::Receiver<u64>,
    /// The ladder that was told last.
    shown: Option<Arc<FindAnswer>>,
    over: bool,
}

impl Telling {
    /// Waits for the next change, and returns what to tell of it; `None` after the end.
    async fn next(&mut self, draw: &impl Fn(&FindAnswer) -> String) -> Option<Vec<Event>> {
        if self.over {
            return None;
        }
        if self.job.end().is_none() {
            // Not more often than the eye can follow.
            tokio::time::sleep(std::time::Duration::from_millis(80)).await;
            // What came before the first look is told at once.
            if self.shown.is_some() || self.job.grown().is_none() {
                self.changes.changed().await.ok()?;
            }
        }
        if self.job.end().is_some() {
            self.over = true;
            return Some(vec![Event::default().event("done").data(format!("/find/{}", self.job.id))]);
        }
        let far = serde_json::to_string(&self.job.far()).unwrap_or_default();
        let mut events = vec![Event::default().event("progress").data(far)];
        let grown = self.job.grown();
        if let Some(answer) = grown.filter(|new| self.shown.as_ref().is_none_or(|old| !Arc::ptr_eq(old, new)))
        {
            // A carriage return would end the line of the event.
            events.push(Event::default().event("ladder").data(draw(&answer).replace('\r', " ")));
            self.shown = Some(answer);
        }
        Some(events)
    }
}

/// Ends a search: what was found until now is its answer.
async fn stop(app: Here, Path(id): Path<String>, _: Posted) -> Result<Redirect, Fault> {
    let job = job(&app, &id)?;
    job.stop();
    let mut changes = job.listen();
    let _ = tokio::time::timeout(WAIT * 4, async {
        while job.end().is_none() && changes.changed().await.is_ok() {}
    })
    .await;
    Ok(Redirect::to(&format!("/find/{id}")))
}

/// Gives the answer as a file.
async fn export(context: Context, Path((id, format)): Path<(String, String)>) -> Result<Response, Fault> {
    let answer = job(&context.app, &id)?.answer().ok_or_else(Fault::missing)?;
    if format == "picture" {
        return apart(async move { picture(&context, &answer) }).await?;
    }
    let (kind, ending, text) = match format.as_str() {
        "json" => ("application/json", "json", serde_json::to_string_pretty(&*answer).map_err(Fault::inner)?),
        "markdown" => ("text/markdown; charset=utf-8", "md", desk::export::markdown::of(&answer)),
        "vcard" => ("text/vcard; charset=utf-8", "vcf", desk::export::vcard::of(&answer)),
        "csv" => ("text/csv; charset=utf-8", "csv", desk::export::csv::of(&answer).map_err(Fault::inner)?),
        _ => return Err(Fault::missing()),
    };
    let disposition = format!("attachment; filename=\"upstairs-ladder.{ending}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], text).into_response())
}

/// Gives the ladder as a picture to send to somebody.
fn picture(context: &Context, answer: &FindAnswer) -> Result<Response, Fault> {
    let words = desk::export::picture::Words {
        rung: &|id| context.word("rung", id),
        opens: &|clock| context.with("ladder.opens_after", context.says(clock)),
        foot: context.with("ladder.picture_foot", context.app.place().now.date()),
    };
    let png = desk::export::picture::of(answer, &words).map_err(Fault::inner)?;
    let disposition = "attachment; filename=\"upstairs-ladder.png\"";
    Ok(([(CONTENT_TYPE, "image/png"), (CONTENT_DISPOSITION, disposition)], png).into_response())
}
