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
    /// What was found in them, until something is written into the case.
    found: Option<Arc<Import>>,
    /// What was kept, but for a part of it: shown once.
    faults: Vec<(String, String)>,
}

impl Waiting {
    /// Takes files of somebody in and returns the path at which they are looked over. The oldest import of theirs goes where
    /// too many of theirs wait, the oldest of all where all together are too much.
    pub(crate) fn take(&self, whose: &str, case: &str, files: Vec<Sent>) -> std::io::Result<String> {
        let key: String = secret::random()?.chars().take(20).collect();
        let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        let files = files.into_iter().map(|file| Origin::Bytes { name: file.name, bytes: file.bytes.into() });
        let files = Arc::new(files.collect());
        let one = One {
            key: key.clone(),
            whose: whose.to_owned(),
            case: case.to_owned(),
            // The files, and what is found in them.
            bytes: 2 * bytes,
            files,
            found: None,
            faults: Vec::new(),
        };
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.iter().filter(|one| one.whose == whose).count() >= MOST_WAITING {
            let oldest = waiting.iter().position(|one| one.whose == whose);
            oldest.map(|at| waiting.remove(at));
        }
        while waiting.len() >= MOST_WAITING_IN_ALL
            || waiting.iter().map(|one| one.bytes).sum::<usize>() + one.bytes > MOST_BYTES_IN_ALL
        {
            if waiting.pop_front().is_none() {
                break;
            }
        }
        waiting.push_back(one);
        Ok(format!("/cases/{case}/import/{key}"))
    }

    /// Does something with what waits; `None` where there is nothing of that key for somebody in that case.
    fn with<T>(&self, whose: &str, case: &str, key: &str, act: impl FnOnce(&mut One) -> T) -> Option<T> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.iter_mut().find(|one| one.key == key && one.case == case && one.whose == whose).map(act)
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

/// Reads what waits, unless it was read and still stands. That may take its time, and does so where it holds nobody else up.
async fn look(app: &Here, place: &Place, id: &str, key: &str) -> Result<Arc<Import>, Fault> {
    let whose = app.whose();
    let waits = app.waiting.with(whose, id, key, |one| (Arc::clone(&one.files), one.found.clone()));
    let (files, found) = waits.ok_or_else(Fault::missing)?;
    if let Some(found) = found
        && import::still_stands(place, &found).await?
    {
        return Ok(found);
    }
    let known = me::load(&place.data)?;
    let request = ImportRequest {
        from: files.to_vec(),
        me: known.name.into_iter().chain(known.email).collect(),
        ..ImportRequest::default()
    };
    let (place, case) = (place.clone(), id.to_owned());
    let found = Arc::new(apart(async move { import::look(&place, &case, &request).await }).await??);
    app.waiting.with(whose, id, key, |one| one.found = Some(Arc::clone(&found)));
    Ok(found)
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
    let lost =
        context.app.waiting.with(context.app.whose(), &id, &key, |one| std::mem::take(&mut one.faults));
    let (from, all) = (begins(&fields), found.proposals.len());
    let views: Vec<ProposalView> = of_page(&found, from).iter().map(Proposal::view).collect();
    let upto = from + views.len();
    let touching = found.proposals.iter().filter(|one| one.touches).count();
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) } { "← " (context.t("case.back")) } } h1 { (context.t("import.title")) } p.lede { (context.t("import.lede")) } }
        @if let Some(lost) = lost.filter(|lost| !lost.is_empty()) {
            (layout::done(&context.word("done", "import")))
            @for (file, why) in &lost { div.notice.bad { (icon("warning")) span { strong { (file) } ": " (why) } } }
        }
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
    let lost: Vec<(String, String)> = kept.faults.into_iter().map(|fault| (fault.file, fault.why)).collect();
    // The messages stand in the log: that a part of one could not be kept is told, and undoes nothing.
    let shown = !lost.is_empty();
    app.waiting.with(app.whose(), &id, &key, |one| one.faults.extend(lost));
    if goes_on || shown {
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
        let there = |whose, case, key| waiting.with(whose, case, key, |_| ()).is_some();
        assert!(there("ada", "c-1", key));
        assert!(!there("ada", "c-2", key) && !there("ada", "c-1", "x"));
        assert!(!there("ben", "c-1", key), "nobody else's");
        for _ in 0..=MOST_WAITING {
            waiting.take("ben", "c-1", sent()).unwrap();
        }
        assert!(there("ada", "c-1", key), "nobody takes the place of another");
        for _ in 0..MOST_WAITING {
            waiting.take("ada", "c-1", sent()).unwrap();
        }
        assert!(!there("ada", "c-1", key));
        assert!(is_messages("Re Bill.EML") && !is_messages("bill.pdf"));
    }

    #[tokio::test]
    async fn messages_that_are_kept_without_their_bytes_are_told_as_done_with_what_is_lost() {
        use axum::body::{Body, to_bytes};
        use axum::http::{Request, StatusCode};
        use tower::ServiceExt as _;

        let dir = tempfile::tempdir().unwrap();
        let config = crate::Config {
            data: dir.path().to_owned(),
            server: None,
            passphrase: desk::case::Passphrase::default(),
            atlas: None,
            templates: None,
            live: desk::find::Live::default(),
            port: 0,
        };
        let app = App::new(config, 7425, "t".repeat(64), None).unwrap();
        let router = crate::routes::all(Arc::clone(&app));
        #[expect(clippy::disallowed_methods, reason = "the test is the single user")]
        let place = Place::own(dir.path().to_owned(), None, jiff::Zoned::now());
        let case = serde_json::json!({"company": "Teasel Stores", "country": "GB", "problem": {"what": "The violet teapot broke"}});
        let id = desk::case::new(&place, &desk::case::NewCase { case, found: None }).await.unwrap().id;
        let mail = b"From: help@teasel.example\r\nTo: me@home.example\r\nSubject: Your teapot\r\n\
            Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <1@teasel.example>\r\n\r\nWe will refund it.\r\n";
        let sent = vec![Sent { name: "a.eml".into(), bytes: mail.to_vec() }];
        let path = app.waiting.take("", &id, sent).unwrap();
        // No folder: no file of the case can be kept.
        std::fs::write(dir.path().join("files"), "").unwrap();
        let ask = async |request: axum::http::request::Builder, body: String| {
            let cookie = format!("{}={}", app.cookie_name(), app.session);
            let request = request.header("host", "127.0.0.1:7425").header("cookie", cookie);
            let response = router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
            let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
            let (head, body) = response.into_parts();
            let body = to_bytes(body, 1 << 20).await.unwrap();
            (head.status, to.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
        };
        let (status, _, page) = ask(Request::get(&path), String::new()).await;
        assert!(status == StatusCode::OK && page.contains("name=\"take\""), "{status} {page}");
        let key = page.split("name=\"take\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let key = key.replace("&lt;", "<").replace("&gt;", ">");
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("token", app.launch_form.as_str()), ("take", key.as_str())])
            .finish();
        let post = Request::post(&path).header("content-type", "application/x-www-form-urlencoded");
        let (status, to, _) = ask(post, form).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(to.starts_with(&path), "{to}");
        let (_, _, page) = ask(Request::get(&to), String::new()).await;
        assert!(
            page.contains("its bytes were not kept") && page.contains("The messages are now in the story"),
            "{page}"
        );
        let (_, _, page) = ask(Request::get(format!("/cases/{id}")), String::new()).await;
        assert!(page.contains("We will refund it"), "{page}");
    }
}
