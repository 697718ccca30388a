//! Writing: which letter, its draft, what a calm editor would mark in it, and how it goes out.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::case::{self, Delivery, DraftRequest, SentRequest, Shape, Tone};
use desk::letters::{self, DraftAnswer};
use desk::me;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, choice, icon, token};
use crate::page::{contact, options};
use crate::post::{Fields, Posted};

/// The longest text that mail programs take from a link.
const MOST_MAILTO: usize = 1800;

/// What stands before the subject, in every language of letters.
const SUBJECTS: [&str; 4] = ["Subject", "Betreff", "Objet", "Asunto"];

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases/{id}/write", get(show).post(act)).route("/check", post(check))
}

/// The text on the screen, and what belongs to it.
struct Desk {
    id: String,
    kind: &'static str,
    language: Option<String>,
    /// The language that the text is in, where it is known.
    text_language: Option<String>,
    tone: Option<String>,
    /// How many words are enough, where the writer says so.
    words: Option<usize>,
    text: String,
    /// What the case lacks for it, and what to mind.
    blanks: Vec<String>,
    warnings: Vec<String>,
    said: Option<String>,
}

/// Returns whether letters are written in a language of this code.
fn known_language(code: &str) -> bool {
    options::LETTER_LANGUAGES.contains(&code)
}

fn tone(name: Option<&str>) -> Option<Tone> {
    match name {
        Some("first") => Some(Tone::First),
        Some("firm") => Some(Tone::Firm),
        Some("final") => Some(Tone::Final),
        _ => None,
    }
}

/// Returns how many words are enough: what is no such number is none.
fn length(fields: &Fields) -> Option<usize> {
    fields.word("words").and_then(|words| words.parse().ok()).filter(|words| case::LENGTHS.contains(words))
}

/// Shows the text that was begun, else a draft.
async fn show(
    context: Context,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let place = context.app.place();
    let request = asked(&context, &fields, fields.word("as"))?;
    let draft = case::draft(&place, &id, &request).await?;
    let begun = case::written(&place, &id, draft.kind).await?.filter(|_| fields.get("fresh").is_none());
    let (blanks, warnings) = if begun.is_some() {
        (Vec::new(), Vec::new())
    } else {
        (draft.blanks.clone(), draft.warnings.clone())
    };
    let said = begun.as_ref().map(|_| context.t("write.begun").to_owned());
    let desk = Desk {
        id,
        kind: draft.kind,
        language: request.language,
        text_language: Some(draft.language.code().to_owned()),
        tone: fields.word("tone").map(str::to_owned),
        words: request.words,
        text: begun.unwrap_or_else(|| draft.text()),
        blanks,
        warnings,
        said,
    };
    screen(&context, &desk).await
}

/// Does what a button of the page says; the text is kept whatever it is.
async fn act(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Response, Fault> {
    let place = context.app.place();
    let wanted = fields.word("as").unwrap_or_default();
    let known = case::kinds().into_iter().find(|kind| kind.name == wanted).ok_or_else(Fault::missing)?;
    let mut text = fields.get("text").unwrap_or_default().replace("\r\n", "\n");
    let action = fields.word("do").unwrap_or("save");
    if action == "discard" {
        // The case is asked for first: there is nothing to discard of one that is not there.
        case::holder(&place, &id).await?;
        case::discard(&place, &id, known.name).await?;
        return Ok(Redirect::to(&format!("/cases/{id}/write?as={}&fresh=1", known.name)).into_response());
    }
    if let Some(cut) = action.strip_prefix("cut:") {
        text = without(&text, cut);
    }
    if action == "mend" {
        text = letters::fixed(&letters::DraftRequest { id: None, text: text.clone(), lang: None }).0;
    }
    case::write_down(&place, &id, known.name, &text).await?;
    match action {
        "download" | "pdf" | "docx" | "eml" => {
            return file(&context, &id, known.name, &fields, text, action).await;
        }
        "sent" => {
            let channel =
                fields.word("channel").map(case::words::channel).transpose().map_err(Fault::wrong)?;
            let request = SentRequest {
                kind: known.name.to_owned(),
                text,
                channel,
                contact: fields.word("contact").map(str::to_owned),
                rung: None,
            };
            case::sent(&place, &id, request).await?;
            return Ok(Redirect::to(&format!("/cases/{id}?done=sent")).into_response());
        }
        _ => {}
    }
    let desk = Desk {
        id,
        kind: known.name,
        language: fields.word("lang").map(str::to_owned),
        text_language: fields.word("text-lang").filter(|code| known_language(code)).map(str::to_owned),
        tone: fields.word("tone").map(str::to_owned),
        words: length(&fields),
        text,
        blanks: Vec::new(),
        warnings: Vec::new(),
        said: Some(context.t("write.saved").to_owned()),
    };
    screen(&context, &desk).await
}

/// Gives the text as a file of a form.
async fn file(
    context: &Context,
    id: &str,
    kind: &str,
    fields: &Fields,
    text: String,
    form: &str,
) -> Result<Response, Fault> {
    let (shape, media, end) = match form {
        "pdf" => (Shape::Pdf, "application/pdf", "pdf"),
        "docx" => {
            (Shape::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
        }
        "eml" => (Shape::Eml, "message/rfc822", "eml"),
        _ => (Shape::Text, "text/plain; charset=utf-8", "txt"),
    };
    let bytes = if shape == Shape::Text {
        text.into_bytes()
    } else {
        let place = context.app.place();
        let request = asked(context, fields, Some(kind))?;
        let delivery = Delivery { text: Some(text), enclose: shape == Shape::Eml, ..Delivery::default() };
        let id = id.to_owned();
        apart(async move { case::draft_file(&place, &id, &request, &delivery, shape).await }).await??.bytes
    };
    let disposition = format!("attachment; filename=\"{kind}.{end}\"");
    Ok(([(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// Makes the request for a draft of what was chosen.
fn asked(context: &Context, fields: &Fields, kind: Option<&str>) -> Result<DraftRequest, Fault> {
    let own = context.app.config.templates.as_deref().map(case::own_templates).unwrap_or_default();
    Ok(DraftRequest {
        kind: kind.map(str::to_owned),
        language: fields.word("lang").map(str::to_owned),
        tone: tone(fields.word("tone")),
        by: None,
        to: None,
        words: length(fields),
        me: me::load(&context.app.place().data)?,
        own,
        built_in_instead: fields.word("built_in").is_some(),
    })
}

/// Takes words out of a text, named by their first byte and the byte after the last; a wrong place changes nothing.
fn without(text: &str, cut: &str) -> String {
    let place = cut
        .split_once('-')
        .and_then(|(from, to)| Some(from.parse::<usize>().ok()?..to.parse::<usize>().ok()?));
    let Some(place) = place.filter(|place| place.start < place.end && text.get(place.clone()).is_some())
    else {
        return text.to_owned();
    };
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let gap = before.ends_with(' ') && after.starts_with([' ', '.', ',', '!', '?']);
    format!("{}{after}", if gap { before.trim_end_matches(' ') } else { before })
}

async fn screen(context: &Context, desk: &Desk) -> Result<Response, Fault> {
    let view = case::show(&context.app.place(), &desk.id).await?;
    let kinds: Vec<(String, String)> =
        case::kinds().iter().map(|kind| (kind.name.to_owned(), context.word("letter", kind.name))).collect();
    let through = view.next.advice.first().map(|step| step.through.clone()).unwrap_or_default();
    // A letter by post goes to an address, all else to a mailbox.
    let by_post = case::goes_by_post(desk.kind);
    let channel = if by_post { "postal" } else { "email" };
    let address =
        through.iter().find(|through| through.channel == channel).map(|through| through.value.clone());
    let mailbox = address.as_deref().filter(|_| !by_post);
    let marks = marks(context, &desk.text, desk.words);
    let title = context.word("letter", desk.kind);
    let nameless = me::load(&context.app.place().data).is_ok_and(|me| me.name.is_none());
    let main = html! {
        header {
            p.eyebrow { a href={ "/cases/" (desk.id) } { "← " (view.company) } }
            h1 { (title) }
        }
        @if let Some(said) = &desk.said { (layout::done(said)) }
        form.picker action={ "/cases/" (desk.id) "/write" } method="get" {
            (choice("as", context.t("write.kind"), None, &kinds, desk.kind))
            (choice("tone", context.t("write.tone"), Some(context.t("write.by_story")), &options::ids(context, "tone", &["first", "firm", "final"]), desk.tone.as_deref().unwrap_or_default()))
            (choice("lang", context.t("write.language"), Some(context.t("write.by_country")), &options::ids(context, "language", &options::LETTER_LANGUAGES), desk.language.as_deref().unwrap_or_default()))
            div.field { label for="words" { (context.t("write.length")) }
                input id="words" name="words" type="number" inputmode="numeric" min=(case::LENGTHS.start()) max=(case::LENGTHS.end()) value=[desk.words] placeholder=(context.t("write.length_usual")) aria-describedby="words-hint"; }
            input type="hidden" name="fresh" value="1";
            button.button.quiet type="submit" { (context.t("write.new")) }
            p.hint.whole-row #words-hint { (context.t("write.length_hint")) }
        }
        form.desk action={ "/cases/" (desk.id) "/write" } method="post" {
            (token(context))
            input type="hidden" name="as" value=(desk.kind);
            @if let Some(language) = &desk.language { input type="hidden" name="lang" value=(language); }
            @if let Some(language) = &desk.text_language { input type="hidden" name="text-lang" value=(language); }
            @if let Some(tone) = &desk.tone { input type="hidden" name="tone" value=(tone); }
            @if let Some(words) = desk.words { input type="hidden" name="words" value=(words); }
            div.writing {
                div.paper {
                    label for="text" { (context.t("write.text")) }
                    textarea #text name="text" rows="24" lang=[desk.text_language.as_deref()] spellcheck="true" data-check="/check" { (desk.text) }
                    (buttons(context, mailbox, &desk.text))
                    @for question in &desk.blanks { p.notice { (icon("pen")) span { strong { (context.t("write.fill_in")) } " " (asked_for(context, question, desk.text_language.as_deref())) } } }
                    @if nameless { p.notice { (icon("pen")) span { (context.t("write.who")) " " a href="/settings#me" { (context.t("write.who_do")) } } } }
                    @for warning in &desk.warnings { p.notice { (icon("warning")) span { (context.said(warning)) } } }
                }
                aside.card.marks #marks aria-live="polite" { (marks) }
            }
            (preview(context, desk, address.as_deref(), by_post))
            fieldset.card { legend.h2 { (context.t("write.sent")) }
                p.hint { (context.t("write.sent_words")) }
                @if !through.is_empty() { ul { @for one in &through { li { (context.word("channel", &one.channel)) ": " @if one.channel == "phone" { (desk::words::number(&one.value)) } @else { (one.value) } } } } }
                div.pair {
                    (choice("channel", &context.word("field", "channel"), Some(context.t("start.unsure")), &options::ids(context, "channel", &["email", "form", "postal", "chat", "social", "phone"]), if by_post { "postal" } else { "" }))
                    (Field::text("contact", &context.word("field", "contact"), address.as_deref().unwrap_or_default()).draw())
                }
                button.button.quiet type="submit" name="do" value="sent" { (icon("check")) (context.t("write.sent_do")) }
            }
        }
    };
    Ok(layout::wide(context, &title, main))
}

/// What can be done with the text: it stands right below it.
fn buttons(context: &Context, mailbox: Option<&str>, text: &str) -> Markup {
    html! {
        div.actions.sticky {
            button.button type="submit" name="do" value="save" { (context.t("write.save")) }
            details.menu.up { summary.button.quiet { (icon("file")) (context.t("write.download")) }
                ul { @for (form, name) in [("pdf", "PDF"), ("docx", "Word"), ("eml", context.t("write.as_mail")), ("download", context.t("write.as_text"))] {
                    li { button type="submit" name="do" value=(form) { (name) } }
                } }
            }
            button.button.quiet.script-only type="button" data-copy-from="text" data-copied=(context.t("contact.copied")) { (icon("copy")) span { (context.t("contact.copy")) } }
            @if let Some(link) = mailto(mailbox, text) { a.button.quiet href=(link) { (icon("email")) (context.t("write.mail")) } }
            button.button.quiet type="submit" name="do" value="discard" { (context.t("write.discard")) }
        }
    }
}

/// A question of a draft: in the language of the page where that is written, else in that of the text.
pub(crate) fn asked_for(context: &Context, question: &str, language: Option<&str>) -> Markup {
    if language == Some("en") {
        context.said(question)
    } else {
        html! { span lang=[language] { (question) } }
    }
}

/// The text as whoever gets it sees it: as a mail, as a letter, as a post. The script keeps it up with what is typed.
fn preview(context: &Context, desk: &Desk, address: Option<&str>, by_post: bool) -> Markup {
    let (subject, body) = parted(&desk.text);
    let language = desk.text_language.as_deref();
    let paragraphs =
        || html! { div.words lang=[language] { @for piece in body.split("\n\n") { p { (piece) } } } };
    let me = me::load(&context.app.place().data).unwrap_or_default();
    let shown = if by_post { "letter" } else { "mail" };
    html! {
        details.card.preview { summary { h2 { (context.t("write.preview")) } }
            fieldset.tabs { legend.skip { (context.t("write.preview")) }
                @for form in ["mail", "letter", "post"] {
                    label.option { input type="radio" name="preview" value=(form) id={ "preview-" (form) } checked[form == shown]; span { (context.word("preview", form)) } }
                }
            }
            div.sheet.mail data-form="mail" {
                dl { dt { (context.t("write.to")) } dd { (address.filter(|_| !by_post).unwrap_or("–")) } dt { (context.t("write.subject")) } dd.subject lang=[language] { (subject) } }
                (paragraphs())
            }
            div.sheet.letter data-form="letter" {
                p.sender { (me.name.as_deref().unwrap_or_default()) @for line in &me.address { br; (line) } }
                @if let Some(address) = address.filter(|_| by_post) { p.recipient { @for line in address.split(", ") { (line) br; } } }
                p.day { (context.days(&context.app.place().now.date().to_string())) }
                p.subject lang=[language] { strong { (subject) } }
                (paragraphs())
            }
            div.sheet.post data-form="post" {
                p.hint { (context.t("write.post_words")) }
                (paragraphs())
            }
        }
    }
}

/// Parts a text into its subject and its words; what stands above the subject of a letter is shown in its own places.
fn parted(text: &str) -> (&str, &str) {
    let mut rest = text;
    for at in 0..4 {
        let Some((block, after)) = rest.split_once("\n\n") else { break };
        let one_line = !block.contains('\n');
        match block.split_once(": ") {
            Some((label, subject)) if one_line && (at == 0 || SUBJECTS.contains(&label.trim_end())) => {
                return (subject, after);
            }
            // Only the sender's lines stand before a recipient.
            _ if at == 0 && one_line => break,
            _ => rest = after,
        }
    }
    ("", text)
}

/// Returns the words of a text without its head and its subject, which no length counts.
fn said(text: &str) -> &str {
    let mut at = 0;
    for block in text.split("\n\n").take(6) {
        at += block.len() + 2;
        let label = block.split_once(": ").map(|(label, _)| label).filter(|_| !block.contains('\n'));
        if label.is_some_and(|label| SUBJECTS.contains(&label.trim_end())) {
            return text.get(at..).unwrap_or_default();
        }
    }
    text
}

/// Makes a link that opens the user's mail program, where the text is short enough for one.
fn mailto(address: Option<&str>, text: &str) -> Option<String> {
    let link = contact::link("email", address?)?;
    let (subject, body) = parted(text);
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let link = format!("{link}?subject={}&body={}", encode(subject), encode(&body.replace('\n', "\r\n")));
    (link.len() <= MOST_MAILTO * 2).then_some(link)
}

fn checked(text: &str) -> Result<DraftAnswer, String> {
    letters::check(&letters::DraftRequest { id: None, text: text.to_owned(), lang: None })
        .map_err(|error| error.to_string())
}

/// Answers the page that asks while one types.
async fn check(context: Context, Posted(fields): Posted) -> Html<String> {
    let text = fields.get("text").unwrap_or_default().replace("\r\n", "\n");
    Html(marks(&context, &text, length(&fields)).into_string())
}

/// What else of its kind a flag marks, each once.
fn other_titles(flag: &letters::Flag) -> Vec<&'static str> {
    let mut titles: Vec<&str> = Vec::new();
    for other in flag.also.iter().filter(|other| other.code != flag.code) {
        if !titles.contains(&other.title) {
            titles.push(other.title);
        }
    }
    titles
}

/// What the check says of a text, and whether it is longer than its writer wants it.
fn marks(context: &Context, text: &str, most: Option<usize>) -> Markup {
    let checked = checked(text);
    let report = match &checked {
        Ok(answer) => &answer.report,
        Err(words) => return html! { h2 { (context.t("write.marks")) } p { (words) } },
    };
    let (minutes, words) = (report.reading_seconds.div_ceil(60), said(text).split_whitespace().count());
    let over = most.filter(|most| words > *most);
    html! {
        h2 { (context.t("write.marks")) }
        p.hint { (context.with("write.words", words)) " · " (context.with("write.minutes", minutes)) }
        @if let Some(most) = over {
            div.flag data-severity="warning" #over-length { p { strong { (context.with("write.over", words - most)) } }
                p { (context.with("write.over_words", most)) } }
        }
        @if report.flags.is_empty() && report.private.is_empty() && over.is_none() { p.calm-note { (icon("check")) " " (context.t("write.calm")) } }
        @for flag in report.flags.iter().chain(&report.private) {
            div.flag data-severity=(format!("{:?}", flag.severity).to_lowercase()) {
                @let same = flag.also.iter().filter(|other| other.code == flag.code).count();
                p { strong { (context.said(flag.title)) @for title in other_titles(flag) { ", " (context.said(title)) } } @if same > 0 { " ×" (same + 1) } }
                q { (flag.quote.chars().take(160).collect::<String>()) }
                p.hint { (context.said(flag.why)) }
                p { (context.said(&flag.better.replace(" (`--fix` does it)", ""))) }
                @if flag.code != "over_long" && flag.code != "vague" {
                    button.button.small.quiet type="submit" name="do" value={ "cut:" (flag.place.start) "-" (flag.place.end) } { (context.t("write.cut")) }
                }
            }
        }
        @if report.flags.iter().any(|flag| flag.fixable) { button.button.small type="submit" name="do" value="mend" { (context.t("write.mend")) } }
        @let missing = report.has.missing();
        @if !missing.is_empty() && report.lang.is_some() {
            h3 { (context.t("write.missing")) }
            ul.facts { @for (name, question) in &missing { li { (icon("plus")) span { strong { (context.word("lack", name)) } br; (context.said(question)) } } } }
        }
        @for note in &report.notes { p.hint { (context.said(note)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_at_their_place_and_a_wrong_place_changes_nothing() {
        assert_eq!(without("You are thieves. Pay.", "8-15"), "You are. Pay.");
        for cut in ["8", "15-8", "0-999", "x-y", "1-2-3"] {
            assert_eq!(without("Grüße", cut), "Grüße", "{cut}");
        }
        assert_eq!(without("Grüße", "3-4"), "Grüße");
    }

    #[test]
    fn head_and_subject_count_for_no_length() {
        let mail = "Subject: A bill\n\nDear Acme,\n\nplease mend it.";
        assert_eq!(said(mail), "Dear Acme,\n\nplease mend it.");
        let letter = format!("Ada Byrne\n1 Mill Lane\n\nAcme\n\n3 March 2026\n\n{mail}");
        assert_eq!(said(&letter), said(mail));
        assert_eq!(said("Note: this is all"), "Note: this is all");
    }

    #[test]
    fn a_mail_link_carries_subject_and_text_and_nothing_else() {
        let link = mailto(Some("help@acme.example"), "Subject: Bill & more\n\nHello,\nplease\n").unwrap();
        assert_eq!(
            link,
            "mailto:help@acme.example?subject=Bill%20%26%20more&body=Hello%2C%0D%0Aplease%0D%0A"
        );
        assert!(mailto(Some("a@b.example?bcc=x@y.example"), "Subject: x\n\ny").is_none());
    }
}
