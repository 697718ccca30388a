//! Messages that were dropped onto a case: what each would become in the log, and the choice of which.
//!
//! What was sent waits in memory until it is chosen from; nothing of it is written before. However many messages there are,
//! each is shown: a page at a time, and those that belong to the case can be taken all at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::{Redirect, Response};
use axum::routing::get;
use desk::case::Place;
use desk::case::import::{self, Import, ImportRequest, LineView, Origin, Proposal, ProposalView};
use desk::me;
use maud::{Markup, html};

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{self, icon, token};
use crate::post::{Fields, Posted, Sent};
use crate::secret;

/// The most imports of somebody that wait; each is bounded as an upload is.
const MOST_WAITING: usize = 4;
/// The most of all together, and their bytes.
const MOST_WAITING_IN_ALL: usize = 64;
const MOST_BYTES_IN_ALL: usize = 512 << 20;
/// How many messages stand on a page.
const ON_PAGE: usize = 50;
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
    whose: String,
    case: String,
    bytes: usize,
    files: Arc<Vec<Origin>>,
}

impl Waiting {
    /// Takes files of somebody in and returns the path at which they are looked over. The oldest import of theirs goes where
    /// too many of theirs wait, the oldest of all where all together are too much.
    pub(crate) fn take(&self, whose: &str, case: &str, files: Vec<Sent>) -> std::io::Result<String> {
        let key: String = secret::random()?.chars().take(20).collect();
        let bytes = files.iter().map(|file| file.bytes.len()).sum();
        let files = files.into_iter().map(|file| Origin::Bytes { name: file.name, bytes: file.bytes });
        let files = Arc::new(files.collect());
        let one = One { key: key.clone(), whose: whose.to_owned(), case: case.to_owned(), bytes, files };
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.iter().filter(|one| one.whose == whose).count() >= MOST_WAITING {
            let oldest = waiting.iter().position(|one| one.whose == whose);
            oldest.map(|at| waiting.remove(at));
        }
        while waiting.len() >= MOST_WAITING_IN_ALL
            || waiting.iter().map(|one| one.bytes).sum::<usize>() + bytes > MOST_BYTES_IN_ALL
        {
            if waiting.pop_front().is_none() {
                break;
            }
        }
        waiting.push_back(one);
        Ok(format!("/cases/{case}/import/{key}"))
    }

    fn get(&self, whose: &str, case: &str, key: &str) -> Option<Arc<Vec<Origin>>> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = waiting.iter().find(|one| one.key == key && one.case == case && one.whose == whose)?;
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

/// Reads what waits. That may take its time, and does so where it holds nobody else up.
async fn look(app: &Here, place: &Place, id: &str, key: &str) -> Result<Import, Fault> {
    let files = app.waiting.get(app.whose(), id, key).ok_or_else(Fault::missing)?;
    let known = me::load(&place.data)?;
    let request = ImportRequest {
        from: files.to_vec(),
        me: known.name.into_iter().chain(known.email).collect(),
        ..ImportRequest::default()
    };
    let (place, id) = (place.clone(), id.to_owned());
    Ok(apart(async move { import::look(&place, &id, &request).await }).await??)
}

/// Returns the messages of a page that begins with one of them, counted from 0.
fn of_page(found: &Import, from: usize) -> &[Proposal] {
    let from = from.min(found.proposals.len());
    &found.proposals[from..found.proposals.len().min(from + ON_PAGE)]
}

/// Returns where a page begins.
fn begins(fields: &Fields) -> usize {
    fields.word("from").and_then(|from| from.parse().ok()).unwrap_or_default()
}

async fn show(
    context: Context,
    Path((id, key)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (place, fields) = (context.app.place(), Fields::of_query(query.as_deref()));
    let found = look(&context.app, &place, &id, &key).await?;
    let (from, all) = (begins(&fields), found.proposals.len());
    let views: Vec<ProposalView> = of_page(&found, from).iter().map(Proposal::view).collect();
    let upto = from + views.len();
    let touching = found.proposals.iter().filter(|one| one.touches).count();
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) } { "← " (context.t("case.back")) } } h1 { (context.t("import.title")) } p.lede { (context.t("import.lede")) } }
        @for fault in &found.faults { div.notice.bad { (icon("warning")) span { strong { (fault.file) } ": " (fault.why) } } }
        @if found.already > 0 { p.notice { (icon("check")) (context.with("import.already", found.already)) } }
        @if views.is_empty() { section.card { p { (context.t(if all == 0 { "import.none" } else { "import.end" })) } p { a.button href={ "/cases/" (id) } { (context.t("case.back")) } } } }
        @else {
            @if all > ON_PAGE { section.card {
                p { strong { (context.with("import.of", all).replace("{1}", &(from + 1).to_string()).replace("{2}", &upto.to_string())) } " " (context.with("import.touching", touching)) }
                @if touching > 0 { form action={ "/cases/" (id) "/import/" (key) } method="post" { (token(&context))
                    button.button.quiet type="submit" name="do" value="touching" { (icon("check")) (context.with("import.keep_touching", touching)) }
                } }
            } }
            form action={ "/cases/" (id) "/import/" (key) } method="post" { (token(&context))
                input type="hidden" name="from" value=(from);
                @for view in &views { (proposal(&context, view)) }
                div.actions.sticky {
                    button.button type="submit" { (icon("check")) (context.t(if upto < all { "import.keep_on" } else { "import.keep" })) }
                    @if upto < all { a.button.quiet href={ "?from=" (upto) } { (context.t("import.pass")) } }
                    a.button.quiet href={ "/cases/" (id) } { (context.t("import.leave")) }
                }
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
        span.hint { (context.days(&line.on)) @if let Some(time) = &line.time { " " (time) } " · " (context.word("by", &line.by)) " · " (context.word("kind", &line.kind)) @if let Some(person) = &line.person { " · " (person) } }
        br; (line.text)
        @if let Some(due) = &line.due { " → " (context.days(due)) }
        @if let Some(amount) = &line.amount { " · " (amount) }
    }
}

async fn keep(
    app: Here,
    Path((id, key)): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Redirect, Fault> {
    let place = app.place();
    let found = look(&app, &place, &id, &key).await?;
    let whole = fields.get("do") == Some("touching");
    let chosen = if whole {
        found.proposals.iter().filter(|one| one.touches).map(|one| one.key.clone()).collect()
    } else {
        fields.all("take")
    };
    let from = begins(&fields);
    let page = of_page(&found, from);
    let passed = page.iter().filter(|one| !chosen.contains(&one.key)).count();
    // What is kept is left out when the files are read again: the next page begins behind what was passed over.
    let (next, left) = (from + passed, found.proposals.len().saturating_sub(from + page.len()));
    let goes_on = !whole && left > 0;
    if chosen.is_empty() && !goes_on {
        return Err(Fault::wrong("take: tick at least one message"));
    }
    let kept = import::keep(&place, &found, &chosen).await?;
    if let Some(fault) = kept.faults.first() {
        return Err(Fault::wrong(format!("{}: {}", fault.file, fault.why)));
    }
    if goes_on {
        return Ok(Redirect::to(&format!("/cases/{id}/import/{key}?from={next}")));
    }
    app.waiting.forget(&key);
    Ok(Redirect::to(&format!("/cases/{id}?done=import")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_found_by_its_case_and_key_alone_and_the_oldest_goes() {
        let waiting = Waiting::default();
        let sent = || vec![Sent { name: "a.eml".into(), bytes: vec![1] }];
        let first = waiting.take("ada", "c-1", sent()).unwrap();
        let key = first.rsplit('/').next().unwrap();
        assert!(waiting.get("ada", "c-1", key).is_some());
        assert!(waiting.get("ada", "c-2", key).is_none() && waiting.get("ada", "c-1", "x").is_none());
        assert!(waiting.get("ben", "c-1", key).is_none(), "nobody else's");
        for _ in 0..=MOST_WAITING {
            waiting.take("ben", "c-1", sent()).unwrap();
        }
        assert!(waiting.get("ada", "c-1", key).is_some(), "nobody takes the place of another");
        for _ in 0..MOST_WAITING {
            waiting.take("ada", "c-1", sent()).unwrap();
        }
        assert!(waiting.get("ada", "c-1", key).is_none());
        assert!(is_messages("Re Bill.EML") && !is_messages("bill.pdf"));
    }
}
