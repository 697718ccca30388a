//! The files of a case: evidence to look at and to add, and the dossier.
//!
//! A file is given as a download of no kind that a browser would run. Only what is a plain picture by its own bytes is shown
//! as one; of anything else its text is shown, as text.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::case::{self, DossierRequest, EvidenceView};
use desk::me;
use maud::{Markup, html};

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{self, icon, token};
use crate::page::import;
use crate::post::{Fields, Upload};

/// What a file of somebody else may do in the browser: nothing.
const NOTHING: &str = "default-src 'none'; sandbox";

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/cases/{id}/files/{number}", get(file))
        .route("/cases/{id}/files/{number}/picture", get(picture))
        .route("/cases/{id}/files/{number}/view", get(view))
        .route("/cases/{id}/attach", post(attach))
        .route("/cases/{id}/dossier", get(dossier))
}

/// Draws the card of the evidence.
pub(crate) fn card(context: &Context, id: &str, evidence: &[EvidenceView]) -> Markup {
    html! {
        section.card #evidence {
            h2 { (icon("file")) (context.t("case.evidence")) }
            @if evidence.is_empty() { p { (context.t("case.no_evidence")) } }
            ol.evidence { @for one in evidence { (item(context, id, one)) } }
            form.drop action={ "/cases/" (id) "/attach" } method="post" enctype="multipart/form-data" {
                (token(context))
                div.field { label for="files" { (context.word("field", "files")) } p.hint #drop-hint { (context.t("case.drop_hint")) }
                    input id="files" type="file" name="files" multiple required data-drop="1" aria-describedby="drop-hint"; }
                div.actions {
                    button.button.quiet type="submit" { (context.t("case.attach")) }
                    button.button.quiet type="submit" name="messages" value="1" { (icon("email")) (context.t("case.attach_messages")) }
                }
            }
        }
    }
}

fn item(context: &Context, id: &str, one: &EvidenceView) -> Markup {
    let place = format!("/cases/{id}/files/{}", one.number);
    html! {
        li {
            @if one.sha256.is_some() {
                @if looks_like_picture(&one.name) { a.thumb href={ (place) "/view" } { img src={ (place) "/picture" } alt={ (context.t("case.picture_of")) " " (one.name) } loading="lazy"; } }
                a href={ (place) "/view" } { (one.name) }
            } @else { (one.name) }
            @if let Some(bytes) = one.bytes { span.hint { " " (size(bytes)) } }
        }
    }
}

/// Returns whether a file is a picture by its name: its bytes decide once it is asked for.
fn looks_like_picture(name: &str) -> bool {
    let name = name.to_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".webp"].iter().any(|end| name.ends_with(end))
}

/// Returns a size as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// Serves a file of the evidence: as a download, of no kind that a browser would run, under a name that we cleaned.
async fn file(app: Here, Path((id, number)): Path<(String, usize)>) -> Result<Response, Fault> {
    let (bytes, name) = case::file(&app.place(), &id, number).await?;
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", plain.trim_start_matches('.'))),
        (CONTENT_SECURITY_POLICY, NOTHING.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Serves a picture of the evidence as one.
async fn picture(app: Here, Path((id, number)): Path<(String, usize)>) -> Result<Response, Fault> {
    let (bytes, kind) = case::picture_of(&app.place(), &id, number).await?;
    Ok(([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, NOTHING)], bytes).into_response())
}

/// Shows what a file holds.
async fn view(context: Context, Path((id, number)): Path<(String, usize)>) -> Result<Response, Fault> {
    let seen = case::glance(&context.app.place(), &id, number).await?;
    let place = format!("/cases/{id}/files/{number}");
    let main = html! {
        header { p.eyebrow { a href={ "/cases/" (id) "#evidence" } { "← " (context.t("case.back")) } } h1 { (seen.name) }
            @if let Some(line) = &seen.line { p.hint lang="en" { (line) } }
        }
        p.actions { a.button href=(place) download { (icon("file")) (context.t("case.save_file")) } }
        @if seen.picture.is_some() { section.card { img.whole src={ (place) "/picture" } alt={ (context.t("case.picture_of")) " " (seen.name) }; } }
        @else if let Some(text) = &seen.text { section.card { h2 { (context.t("case.text_of")) } pre.text-of tabindex="0" { (text) } } }
        @else { section.card { p { (context.t("case.no_preview")) } } }
    };
    Ok(layout::page(&context, &seen.name, main))
}

/// Adds files to a case: messages are looked over first, all others become evidence at once.
async fn attach(app: Here, Path(id): Path<String>, upload: Upload) -> Result<Redirect, Fault> {
    let place = app.place();
    if upload.files.is_empty() {
        return Err(Fault::wrong("files: choose at least one"));
    }
    let all = upload.fields.get("messages").is_some();
    let (messages, proofs): (Vec<_>, Vec<_>) =
        upload.files.into_iter().partition(|file| all || import::is_messages(&file.name));
    if !proofs.is_empty() {
        let files = proofs.iter().map(|file| (file.name.as_str(), file.bytes.as_slice()));
        case::attach_bytes(&place, &id, files).await?;
    }
    if messages.is_empty() {
        return Ok(Redirect::to(&format!("/cases/{id}?done=attach")));
    }
    // A case that is not there is told before anything is looked over.
    case::evidence(&place, &id).await?;
    let path = app.waiting.take(app.whose(), &id, messages).map_err(Fault::inner)?;
    Ok(Redirect::to(&path))
}

/// Gives the dossier as a PDF.
async fn dossier(
    context: Context,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let place = context.app.place();
    let request = DossierRequest {
        language: fields.word("lang").map(str::to_owned),
        paper: None,
        summary: fields.word("part") == Some("summary"),
        me: me::load(&place.data)?,
    };
    let made = apart(async move { case::dossier(&place, &id, &request).await }).await??;
    let headers =
        [(CONTENT_TYPE, "application/pdf"), (CONTENT_DISPOSITION, "attachment; filename=\"dossier.pdf\"")];
    Ok((headers, made.pdf).into_response())
}
