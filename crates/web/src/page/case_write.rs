//! Writing into a case: each form is one thing appended, and leads back to the case.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::case::words::{self, By, LogKind, Outcome};
use desk::case::{self, LogRequest};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout;
use crate::page::case as shown;
use crate::post::{Fields, Posted};

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/cases/{id}", get(shown::show))
        .route("/cases/{id}/calendar", get(shown::calendar))
        .route("/cases/{id}/json", get(shown::json))
        .route("/cases/{id}/verify", get(shown::verify))
        .route("/cases/{id}/log", post(log))
        .route("/cases/{id}/settle", post(settle))
        .route("/cases/{id}/withdraw", post(withdraw))
        .route("/cases/{id}/note", post(note))
        .route("/cases/{id}/close", post(close))
        .route("/cases/{id}/reopen", post(reopen))
}

fn back(id: &str, done: &str) -> Redirect {
    Redirect::to(&format!("/cases/{id}?done={done}"))
}

/// Reads a field with a reader of the desk; nothing where it is empty.
fn read<T>(
    fields: &Fields,
    name: &str,
    reader: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Fault> {
    fields
        .word(name)
        .map(|text| reader(text).map_err(|why| Fault::wrong(format!("{name}: {why}"))))
        .transpose()
}

/// Makes a line of the log of a form, as of today.
pub(crate) fn line(fields: &Fields, today: jiff::civil::Date) -> Result<LogRequest, Fault> {
    let known = |name: &str| fields.word(name).map(str::to_owned);
    let unknown = |name: &str| Fault::wrong(format!("{name}: this word is not known"));
    let by = fields.word("by").map_or(Some(By::Customer), By::from_id).ok_or_else(|| unknown("by"))?;
    let kind =
        fields.word("kind").map_or(Some(LogKind::Call), LogKind::from_id).ok_or_else(|| unknown("kind"))?;
    Ok(LogRequest {
        on: read(fields, "on", |text| words::day(text, today, words::Sense::Been))?,
        time: read(fields, "time", words::time)?,
        by,
        kind,
        channel: read(fields, "channel", words::channel)?,
        rung: read(fields, "rung", words::rung)?,
        text: known("text").unwrap_or_default(),
        due: read(fields, "due", |text| words::day(text, today, words::Sense::Either))?,
        hours: read(fields, "hours", words::hours)?,
        amount: read(fields, "amount", words::sum)?,
        person: known("person"),
        reference: known("reference"),
        contact: known("contact"),
        body: None,
        held: read(fields, "held", |text| text.parse().map_err(|_| "give a number of minutes".to_owned()))?,
    })
}

/// Writes a line down; one that cannot be taken is shown again with why.
async fn log(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Response, Fault> {
    match write_line(&context.app, &id, &fields).await {
        Ok(back) => Ok(back.into_response()),
        Err(Fault { status: StatusCode::UNPROCESSABLE_ENTITY, words: Some(words), .. }) => {
            let page = shown::screen(&context, &id, &fields, Some(&words)).await?;
            Ok(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault),
    }
}

async fn write_line(app: &Here, id: &str, fields: &Fields) -> Result<Redirect, Fault> {
    let place = app.place();
    let request = line(fields, place.now.date())?;
    let outcome =
        read(fields, "outcome", |text| Outcome::from_id(text).ok_or_else(|| Outcome::IDS.join(", ")))?;
    let contact = request.contact.clone();
    case::log(&place, id, request).await?;
    if let (Some(outcome), Some(contact)) = (outcome, contact) {
        case::outcome(&place, id, &contact, outcome).await?;
    }
    Ok(back(id, "log"))
}

async fn settle(app: Here, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let event = fields.word("event").unwrap_or_default();
    case::settle(&app.place(), &id, event, fields.word("kept") == Some("yes")).await?;
    Ok(back(&id, "settle"))
}

async fn withdraw(app: Here, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let because =
        fields.word("because").ok_or_else(|| Fault::wrong("because: say in short why it was wrong"))?;
    case::withdraw(&app.place(), &id, fields.word("event").unwrap_or_default(), because).await?;
    Ok(back(&id, "withdraw"))
}

async fn note(app: Here, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let text = fields.word("note").ok_or_else(|| Fault::wrong("note: it is empty"))?;
    case::note(&app.place(), &id, text).await?;
    Ok(back(&id, "note"))
}

async fn close(app: Here, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let outcome =
        fields.word("outcome_words").ok_or_else(|| Fault::wrong("outcome: say in short what you got"))?;
    let received = read(&fields, "received", words::sum)?;
    case::close(&app.place(), &id, outcome, received).await?;
    Ok(back(&id, "close"))
}

async fn reopen(app: Here, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let because = fields.word("because").ok_or_else(|| Fault::wrong("because: say in short why"))?;
    case::reopen(&app.place(), &id, because).await?;
    Ok(back(&id, "reopen"))
}
