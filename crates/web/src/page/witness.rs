//! Where a contact was read: the words, the day, and the page as it was kept, in the viewer of another origin.
//!
//! A page is reached by a witness of a search or a case of whoever asks, never by an address that they type.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::answer::FindAnswer;
use desk::case::{self, PinnedView};
use desk::proof::{self, Proof, Run, Shelves, Sought, Where};
use maud::{Markup, html};

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::guard;
use crate::here::Here;
use crate::layout::{self, icon, token};
use crate::page::contact::{self, reference};
use crate::post::Posted;
use crate::secret;
use crate::viewer::Shown;

/// How much of the hash of a witness names it.
const NAME: usize = 20;
/// The most lines that are shown as text, and of those the most that stand before the words.
const MOST_LINES: usize = 4000;
const MOST_BEFORE: usize = 200;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/find/{id}/witness/{witness}", get(of_find))
        .route("/cases/{id}/contacts", get(contacts))
        .route("/cases/{id}/witness/{witness}", get(of_case))
        .route("/cases/{id}/witness/{witness}/file", get(file))
        .route("/cases/{id}/witness/{witness}/keep", post(keep))
}

/// Returns the name of a witness in an address: the same words on the same page of the same day have the same.
pub(crate) fn name(url: &str, seen: &str, quote: &str) -> String {
    secret::derive(&format!("{url}\n{seen}\n{quote}"), "witness").chars().take(NAME).collect()
}

/// Finds a witness of an answer by its name.
fn sought(answer: &FindAnswer, named: &str) -> Option<Sought> {
    let all = answer.contacts.iter().chain(&answer.leads).chain(&answer.dead);
    all.flat_map(|contact| contact.witnesses.iter().map(move |witness| (contact, witness)))
        .find(|(_, witness)| name(&witness.url, &witness.seen, &witness.quote) == named)
        .map(|(contact, witness)| Sought {
            url: witness.url.clone(),
            seen: witness.seen.clone(),
            quote: witness.quote.clone(),
            value: contact.value.clone(),
        })
}

/// Finds a witness of the ladder of a case by its name.
async fn sought_in(app: &Here, id: &str, named: &str) -> Result<Sought, Fault> {
    let contacts = case::contacts(&app.place(), id).await?;
    let mut all = contacts.iter().flat_map(|contact| contact.witnesses.iter().map(move |one| (contact, one)));
    let found = all.find(|(_, one)| name(&one.url, &one.seen, &one.quote) == named);
    let found = found.map(|(contact, one)| Sought {
        url: one.url.clone(),
        seen: one.seen.clone(),
        quote: one.quote.clone(),
        value: contact.value.clone(),
    });
    found.ok_or_else(Fault::missing)
}

async fn of_find(
    context: Context,
    headers: HeaderMap,
    Path((id, named)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let app = &context.app;
    let job = app.finds.get(app.whose(), &id).ok_or_else(Fault::missing)?;
    let answer = job.answer().or_else(|| job.grown()).ok_or_else(Fault::missing)?;
    let sought = sought(&answer, &named).ok_or_else(Fault::missing)?;
    let shelves = Shelves { data: Some(app.config.data.clone()), cache: app.config.live.cache.clone() };
    let (looked, sought) = apart(async move { (proof::look(&shelves, &[], &sought), sought) }).await?;
    let back = (format!("/find/{id}"), context.t("witness.back_find"));
    let asked = &job.request;
    let country = asked.country.as_ref().map(desk::Country::code).unwrap_or_default();
    let about = asked.about.map(|topic| topic.id).unwrap_or_default();
    let again =
        again(&context, &asked.company, [country, about, asked.region.as_deref().unwrap_or_default()]);
    show(&context, &headers, &sought, looked, back, (html! {}, again))
}

async fn of_case(
    context: Context,
    headers: HeaderMap,
    Path((id, named)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let app = &context.app;
    let sought = sought_in(app, &id, &named).await?;
    let looked = case::proof(&app.place(), &id, app.config.live.cache.clone(), sought.clone()).await?;
    let place = format!("/cases/{id}/witness/{named}");
    let keep = html! { @if looked.is_some() && app.may_write() {
        form action={ (place) "/keep" } method="post" { (token(&context)) button.button type="submit" { (icon("file")) (context.t("witness.keep")) } }
        a.button.quiet href={ (place) "/file" } download { (context.t("case.save_file")) }
    } };
    let back = (format!("/cases/{id}/contacts"), context.t("witness.back_case"));
    let host = url::Url::parse(&sought.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let again = again(&context, &host.unwrap_or_default(), [""; 3]);
    show(&context, &headers, &sought, looked, back, (keep, again))
}

/// The way to have the site read again, and its pages kept.
fn again(context: &Context, company: &str, [country, about, region]: [&str; 3]) -> Markup {
    html! { @if context.app.may_write() {
        form action="/find" method="post" { (token(context))
            input type="hidden" name="company" value=(company); input type="hidden" name="country" value=(country);
            input type="hidden" name="about" value=(about); input type="hidden" name="region" value=(region); input type="hidden" name="crawl" value="on";
            button.button type="submit" { (icon("find")) (context.t("witness.again")) }
        }
    } }
}

/// Draws where a contact was read.
fn show(
    context: &Context,
    headers: &HeaderMap,
    sought: &Sought,
    looked: Option<Proof>,
    (back, back_words): (String, &str),
    (actions, again): (Markup, Markup),
) -> Result<Response, Fault> {
    let day = sought.seen.get(..10).unwrap_or(&sought.seen);
    let head = html! {
        header {
            p.eyebrow { a href=(back) { "← " (back_words) } }
            h1 { (context.t("witness.title")) }
        }
        section.card.calm {
            blockquote.witness-quote { (sought.quote) }
            p.hint { (reference(&sought.url)) " · " (context.with("contact.read_on", day)) }
        }
    };
    let Some(proof) = looked else {
        let main = html! { (head)
            section.card #not-kept { h2 { (icon("warning")) (context.t("witness.none")) }
                p { (context.t("witness.none_why")) }
                p { (context.t("witness.none_do")) }
                div.actions { (again) @if let Some(url) = contact::web(&sought.url) { a.button.quiet href=(url) rel="noopener noreferrer nofollow" target="_blank" { (icon("open")) (context.t("witness.live")) } } }
            }
        };
        return Ok(layout::page(context, context.t("witness.title"), main));
    };
    let told = |key: &str| (context.t(key)).to_owned();
    let mut facts = vec![context.with("witness.fetched", proof.fetched.get(..10).unwrap_or(&proof.fetched))];
    facts.extend((!proof.same_day).then(|| told("witness.other_day")));
    facts.extend(proof.pdf.then(|| told("witness.pdf")));
    facts.extend(match proof.stands {
        Where::Words => None,
        Where::Value => Some(told("witness.value")),
        Where::Code => Some(told("witness.code")),
        Where::Nowhere => Some(told("witness.nowhere")),
    });
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let theme = context.preferences.theme.clone();
    let shown = Shown { body: proof.html(), title: proof.title.clone(), theme };
    let viewer = context.app.viewer.show(host, shown).map_err(Fault::inner)?;
    // Where there is no other origin to show the page on, it is shown as text.
    let lines = viewer.is_none().then(|| proof.lines());
    let (lines, shortened) = lines.as_deref().map(window).unwrap_or_default();
    facts.extend((shortened || proof.cut && proof.stands != Where::Code).then(|| told("witness.cut")));
    let main = html! { (head)
        section.card #saved-page {
            h2 { (icon("file")) @if proof.title.is_empty() { (context.t("witness.page")) } @else { (proof.title) } }
            ul.facts { @for (at, fact) in facts.iter().enumerate() { li { (icon(if at == 0 { "check" } else { "warning" })) span { (fact) } } } }
            div.actions { (actions) }
            @if let Some((_, address)) = &viewer {
                p.hint { (context.t("witness.still")) }
                iframe.saved-page src={ (address) "#quote" } sandbox="" referrerpolicy="no-referrer" title={ (context.t("witness.page")) ": " (proof.title) } {}
            } @else {
                p.hint { (context.t("witness.text")) }
                (as_text(context, lines))
            }
        }
    };
    let mut response = layout::wide(context, context.t("witness.title"), main);
    if let Some((origin, _)) = viewer {
        let policy = format!("{}; frame-src {origin}", guard::POLICY);
        let policy = HeaderValue::from_str(&policy).map_err(Fault::inner)?;
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// Returns the lines that are shown, those around the first words that are marked, and whether there are more.
fn window(lines: &[Vec<Run>]) -> (&[Vec<Run>], bool) {
    let marked = lines.iter().position(|line| line.iter().any(|run| run.marked)).unwrap_or_default();
    let last = lines.len().saturating_sub(MOST_LINES);
    let from = if marked < MOST_LINES - MOST_BEFORE { 0 } else { (marked - MOST_BEFORE).min(last) };
    (&lines[from..lines.len().min(from + MOST_LINES)], last > 0)
}

fn as_text(context: &Context, lines: &[Vec<Run>]) -> Markup {
    html! {
        div.saved-text tabindex="0" role="region" aria-label=(context.t("witness.page")) { @for line in lines {
            p { @for run in line { @if run.marked { mark { (run.text) } } @else { (run.text) } } }
        } }
    }
}

/// Lists the contacts of the ladder of a case, each with where it was read.
async fn contacts(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let listed = case::contacts(&context.app.place(), &id).await?;
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) } { "← " (context.t("case.back")) } } h1 { (context.t("witness.contacts")) } }
        @if listed.is_empty() { section.card.calm.empty { p { (context.t("witness.no_contacts")) } } }
        @else { section.card { p { (context.t("witness.contacts_words")) } @for one in &listed { (pinned(&context, &id, one)) } } }
    };
    Ok(layout::page(&context, context.t("witness.contacts"), main))
}

fn pinned(context: &Context, id: &str, one: &PinnedView) -> Markup {
    let words = match one.channel.as_str() {
        "phone" | "textphone" | "fax" => desk::words::number(&one.value),
        _ => one.value.clone(),
    };
    html! {
        article.contact {
            span.sign { (icon(contact::sign(&one.channel))) }
            div.what {
                p.kind { (context.word("rung", &one.rung)) " · " (context.word("channel", &one.channel)) @if let Some(label) = &one.label { " · " (label) } }
                p.value { (words) }
                @if one.party != "company" { p.hint { (context.with("contact.party", &one.party)) } }
                details.why { summary { span.more { (context.t("contact.why")) } }
                    ul.witnesses { @for witness in &one.witnesses { li {
                        q { (witness.quote) }
                        p.hint { (reference(&witness.url)) " · " (context.with("contact.read_on", witness.seen.get(..10).unwrap_or(&witness.seen))) " · " (link(context, &format!("/cases/{id}"), &witness.url, &witness.seen, &witness.quote)) }
                    } } }
                }
            }
        }
    }
}

/// The link to a page as it was kept; nothing where the witness is no page of the web.
pub(crate) fn link(context: &Context, place: &str, url: &str, seen: &str, quote: &str) -> Markup {
    html! { @if contact::web(url).is_some() { a href={ (place) "/witness/" (name(url, seen, quote)) } { (context.t("witness.link")) } } }
}

/// Gives the page as it came, as a download.
async fn file(app: Here, Path((id, named)): Path<(String, String)>) -> Result<Response, Fault> {
    let (_, proof) = looked(&app, &id, &named).await?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"page.{}\"", proof.ending())),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, proof.bytes).into_response())
}

/// Makes the page evidence of the case: it is kept as long as the case is.
async fn keep(app: Here, Path((id, named)): Path<(String, String)>, _: Posted) -> Result<Redirect, Fault> {
    let (sought, proof) = looked(&app, &id, &named).await?;
    let host = url::Url::parse(&sought.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let day = proof.fetched.get(..10).unwrap_or_default();
    let called = format!("{} {day}.{}", host.unwrap_or_default(), proof.ending());
    case::attach_bytes(&app.place(), &id, std::iter::once((called.as_str(), proof.bytes.as_slice()))).await?;
    Ok(Redirect::to(&format!("/cases/{id}?done=attach#evidence")))
}

async fn looked(app: &Here, id: &str, named: &str) -> Result<(Sought, Proof), Fault> {
    let sought = sought_in(app, id, named).await?;
    let looked = case::proof(&app.place(), id, app.config.live.cache.clone(), sought.clone()).await?;
    looked.map(|proof| (sought, proof)).ok_or_else(Fault::missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_page_the_lines_around_the_words_are_shown() {
        let page = |count: usize, at: Option<usize>| -> Vec<Vec<Run>> {
            let line = |number| vec![Run { text: format!("{number}"), marked: at == Some(number) }];
            (0..count).map(line).collect()
        };
        for (count, at, first, shortened) in [
            (4000, Some(3999), "0", false),
            (9000, None, "0", true),
            (9000, Some(100), "0", true),
            (9000, Some(4100), "3900", true),
            (9000, Some(8999), "5000", true),
            (4001, Some(4000), "1", true),
        ] {
            let lines = page(count, at);
            let (shown, more) = window(&lines);
            assert_eq!((shown[0][0].text.as_str(), more), (first, shortened), "{count} {at:?}");
            assert_eq!(shown.len(), count.min(MOST_LINES));
            assert_eq!(at.is_some(), shown.iter().any(|line| line[0].marked), "{count} {at:?}");
        }
        assert_eq!(window(&[]), ([].as_slice(), false));
    }
}
