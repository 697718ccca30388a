//! A company's reply by the API: read beside the case that it belongs to, and kept as it was proposed or as it was corrected.
//!
//! To read one writes nothing: what comes back has the lines that the log would get, and the same words with them keep it.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::case::import::{self, Came, LineWanted, ReplyTold};
use desk::case::words::{self, LogKind};
use desk::letters::{self, Incoming};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Body1;
use super::once::{Answer, Keyed};
use super::write::MOST_TEXT;
use crate::apart::apart;
use crate::fault::Fault;
use crate::here::Here;

/// A reply to read beside a case.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplyAsked {
    /// What the company wrote: its words, or a mail whole as it was saved. What it quotes of earlier messages is left out.
    text: String,
    /// The day it was sent (year-month-day); where none is given, that of the head of a mail, else the one that it bears, else today.
    #[serde(default)]
    on: Option<String>,
}

/// A reply to keep.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplyWanted {
    /// What the company wrote, as it was read.
    text: String,
    /// The day it was sent (year-month-day), as it was read.
    #[serde(default)]
    on: Option<String>,
    /// By which way it came: `email`, `postal`, `chat` and so on; that of the proposed line where none is given.
    #[serde(default)]
    channel: Option<String>,
    /// The lines that are wanted, each as it is to stand in the log; the answer itself, line 0, is always one. All of them as proposed where
    /// this is left out.
    #[serde(default)]
    lines: Option<Vec<LineAsked>>,
}

/// One of the proposed lines as it is wanted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LineAsked {
    /// Which of the proposed lines it is, counted from 0.
    at: usize,
    /// What it is: `reply`, `promise`, `offer`, `refusal` and so on.
    kind: String,
    /// What it says, in short.
    text: String,
    /// The day that is promised or set.
    #[serde(default)]
    due: Option<String>,
    /// A sum, as in `25.50 GBP`; without a currency it is in that of the case.
    #[serde(default)]
    amount: Option<String>,
}

/// What was kept of a reply.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReplyKept {
    /// The ids of the events, the answer itself first.
    events: Vec<String>,
}

/// Takes the words of a reply and its day: the one that was told, else that of a mail.
async fn taken(text: String, on: Option<&str>, today: Date) -> Result<(Incoming, Option<Date>), Fault> {
    if text.trim().is_empty() || text.len() > MOST_TEXT {
        return Err(Fault::wrong(format!("text: give 1 to {MOST_TEXT} bytes")));
    }
    let on = on.map(|text| words::day(text, today, words::Sense::Been)).transpose();
    let on = on.map_err(|why| Fault::wrong(format!("on: {why}")))?;
    let came = apart(async move { letters::incoming(text.as_bytes(), "") }).await?;
    let on = on.or(came.sent);
    Ok((came, on))
}

impl LineAsked {
    /// Makes the line that the desk keeps.
    fn wanted(self, today: Date) -> Result<LineWanted, Fault> {
        let wrong = |name: &str, why: String| Fault::wrong(format!("lines, {}, {name}: {why}", self.at));
        let kind = LogKind::from_id(&self.kind);
        let due = self.due.as_deref().map(|text| words::day(text, today, words::Sense::Either)).transpose();
        let amount = self.amount.as_deref().map(words::sum).transpose();
        Ok(LineWanted {
            at: self.at,
            kind: kind.ok_or_else(|| wrong("kind", format!("known are {}", LogKind::IDS.join(", "))))?,
            due: due.map_err(|why| wrong("due", why))?,
            amount: amount.map_err(|why| wrong("amount", why))?,
            text: self.text,
        })
    }
}

/// Reads a company's reply beside a case, with the lines that it would become in the log; nothing is written
#[utoipa::path(post, path = "/cases/{id}/reply", request_body(content = ref("#/components/schemas/ReplyAsked")),
    params(("id" = String, Path, description = "the id of the case")),
    responses((status = 200, description = "what it says", body = ref("#/components/schemas/ReplyTold"))))]
pub(super) async fn read(
    app: Here,
    Path(id): Path<String>,
    Body1(asked, _): Body1<ReplyAsked>,
) -> Result<Json<ReplyTold>, Fault> {
    let place = app.place();
    let (came, on) = taken(asked.text, asked.on.as_deref(), place.now.date()).await?;
    Ok(Json(import::reply_told(&place, &id, &came.text, on).await?))
}

/// Keeps a company's reply in the log of a case: its words whole, its promises as lines of their own
#[utoipa::path(post, path = "/cases/{id}/reply/keep", request_body(content = ref("#/components/schemas/ReplyWanted")),
    params(("id" = String, Path, description = "the id of the case"), ("idempotency-key" = Option<String>, Header, description = "the same key and request are done once")),
    responses((status = 201, description = "it is written down", body = ref("#/components/schemas/ReplyKept"))))]
pub(super) async fn keep(
    Path(id): Path<String>,
    Keyed(asked, turn): Keyed<ReplyWanted>,
) -> Result<Response, Fault> {
    let place = turn.app.place();
    let today = place.now.date();
    let channel = asked.channel.as_deref().map(words::channel).transpose();
    let channel = channel.map_err(|why| Fault::wrong(format!("channel: {why}")))?;
    let (came, on) = taken(asked.text, asked.on.as_deref(), today).await?;
    let lines = asked
        .lines
        .map(|lines| lines.into_iter().map(|line| line.wanted(today)).collect::<Result<Vec<_>, _>>())
        .transpose()?;
    turn.once(async {
        // The day that was read counts for what is kept: without one the desk takes the one that the words bear.
        let on = match on {
            Some(on) => Some(on),
            None => Some(import::reply_told(&place, &id, &came.text, None).await?.on),
        };
        let how = Came { on, channel };
        let events = match &lines {
            None => import::keep_reply(&place, &id, &came.text, how).await?,
            Some(lines) => import::keep_reply_as(&place, &id, &came.text, how, lines).await?,
        };
        Answer::of(StatusCode::CREATED, &ReplyKept { events })
    })
    .await
}
