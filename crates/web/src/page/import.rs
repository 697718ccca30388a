//! Messages that were dropped onto a case: what each would become in the log, and the choice of which.
//!
//! What was sent waits in memory until it is chosen from; nothing of it is written before.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Path;
use axum::response::{Redirect, Response};
use axum::routing::get;
use desk::case::Place;
use desk::case::import::{self, Import, ImportRequest, LineView, Origin, ProposalView};
use desk::me;
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{self, icon, token};
use crate::post::{Posted, Sent};
use crate::secret;

/// The most imports that wait; each is bounded as an upload is.
const MOST_WAITING: usize = 4;
/// Files that are messages whatever else they may be.
const MESSAGES: [&str; 4] = [".eml", ".mbox", ".mbx", ".ics"];

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases/{id}/import/{key}", get(show).post(keep))
}

/// Messages that wait to be chosen from.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<VecDeque<One>>);

#[derive(Clone, Debug)]
struct One {
    key: String,
    case: String,
    files: Arc<Vec<Origin>>,
}

impl Waiting {
    /// Takes files in and returns the path at which they are looked over. The oldest import goes where too many wait.
    pub(crate) fn take(&self, case: &str, files: Vec<Sent>) -> std::io::Result<String> {
        let key: String = secret::random()?.chars().take(20).collect();
        let files = files.into_iter().map(|file| Origin::Bytes { name: file.name, bytes: file.bytes });
        let one = One { key: key.clone(), case: case.to_owned(), files: Arc::new(files.collect()) };
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.len() >= MOST_WAITING {
            waiting.pop_front();
        }
        waiting.push_back(one);
        Ok(format!("/cases/{case}/import/{key}"))
    }

    fn get(&self, case: &str, key: &str) -> Option<Arc<Vec<Origin>>> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = waiting.iter().find(|one| one.key == key && one.case == case)?;
        Some(Arc::clone(&one.files))
    }

    fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|one| one.key != key);
    }
}

/// Returns whether a file is messages by its name.
pub(crate) fn is_messages(name: &str) -> bool {
    let name = name.to_lowercase();
    MESSAGES.iter().any(|end| name.ends_with(end))
}

/// Reads what waits.
async fn look(app: &Here, place: &Place, id: &str, key: &str) -> Result<Import, Fault> {
    let files = app.waiting.get(id, key).ok_or_else(Fault::missing)?;
    let known = me::load(&place.data)?;
    let request = ImportRequest {
        from: files.to_vec(),
        me: known.name.into_iter().chain(known.email).collect(),
        ..ImportRequest::default()
    };
    Ok(import::look(place, id, &request).await?)
}

async fn show(context: Context, Path((id, key)): Path<(String, String)>) -> Result<Response, Fault> {
    let place = context.app.place();
    let found = look(&context.app, &place, &id, &key).await?;
    let views: Vec<ProposalView> = found.proposals.iter().map(import::Proposal::view).collect();
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) } { "← " (context.t("case.back")) } } h1 { (context.t("import.title")) } p.lede { (context.t("import.lede")) } }
        @for fault in &found.faults { div.notice.bad { (icon("warning")) span { strong { (fault.file) } ": " (fault.why) } } }
        @if found.already > 0 { p.notice { (icon("check")) (context.with("import.already", found.already)) } }
        @if views.is_empty() { section.card { p { (context.t("import.none")) } } }
        @else {
            form action={ "/cases/" (id) "/import/" (key) } method="post" { (token(&context))
                @for view in &views { (proposal(&context, view)) }
                div.actions.sticky { button.button type="submit" { (icon("check")) (context.t("import.keep")) } a.button.quiet href={ "/cases/" (id) } { (context.t("import.leave")) } }
            }
        }
    };
    Ok(layout::page(&context, context.t("import.title"), main))
}

/// One message: a box to tick, the lines that it would write, its words.
fn proposal(context: &Context, view: &ProposalView) -> Markup {
    let field = format!("take-{}", view.number);
    html! {
        section.card.proposal {
            label.tick for=(field) { input id=(field) type="checkbox" name="take" value=(view.key) checked[view.touches]; strong { (view.title) } }
            @if !view.touches { p.hint { (context.t("import.stranger")) } }
            ul.log-lines { @for line in &view.lines { li { span { (self::line(context, line)) } } } }
            @if !view.attached.is_empty() { ul.facts { @for (name, bytes) in &view.attached { li { (icon("file")) span { (name) " (" (bytes.div_ceil(1000)) " kB)" } } } } }
            @for note in &view.notes { p.hint { (note) } }
            @if let Some(text) = &view.text { details { summary { (context.t("import.words")) } p.said { (text.chars().take(6000).collect::<String>()) } } }
        }
    }
}

fn line(context: &Context, line: &LineView) -> Markup {
    html! {
        span.hint { (line.on) @if let Some(time) = &line.time { " " (time) } " · " (context.word("by", &line.by)) " · " (context.word("kind", &line.kind)) @if let Some(person) = &line.person { " · " (person) } }
        br; (line.text)
        @if let Some(due) = &line.due { " → " (due) }
        @if let Some(amount) = &line.amount { " · " (amount) }
    }
}

async fn keep(
    app: Here,
    Path((id, key)): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Redirect, Fault> {
    let chosen = fields.all("take");
    if chosen.is_empty() {
        return Err(Fault::wrong("take: tick at least one message"));
    }
    let place = app.place();
    let found = look(&app, &place, &id, &key).await?;
    let kept = import::keep(&place, &found, &chosen).await?;
    app.waiting.forget(&key);
    if let Some(fault) = kept.faults.first() {
        return Err(Fault::wrong(format!("{}: {}", fault.file, fault.why)));
    }
    Ok(Redirect::to(&format!("/cases/{id}?done=import")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_found_by_its_case_and_key_alone_and_the_oldest_goes() {
        let waiting = Waiting::default();
        let sent = || vec![Sent { name: "a.eml".into(), bytes: vec![1] }];
        let first = waiting.take("c-1", sent()).unwrap();
        let key = first.rsplit('/').next().unwrap();
        assert!(waiting.get("c-1", key).is_some());
        assert!(waiting.get("c-2", key).is_none() && waiting.get("c-1", "x").is_none());
        for _ in 0..MOST_WAITING {
            waiting.take("c-1", sent()).unwrap();
        }
        assert!(waiting.get("c-1", key).is_none());
        assert!(is_messages("Re Bill.EML") && !is_messages("bill.pdf"));
    }
}
