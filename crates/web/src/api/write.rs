//! Writing by the API: cases, lines of their logs, and texts to be checked.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use desk::case::words::{self, By, LogKind};
use desk::case::{self, EditRequest, LogRequest, NewCase};
use desk::letters::{self, DraftAnswer};
use desk::scam_check::{self, CheckAnswer, ScamAnswer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Body1;
use super::once::{Answer, Keyed};
use crate::fault::Fault;
use crate::here::Here;

/// The longest value and name that is looked up.
const MOST_NAMED: usize = 300;
/// The most bytes of a message, a reply or a draft.
pub(super) const MOST_TEXT: usize = 200_000;

/// A case to open.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseAsked {
    /// The case, as `docs/case-json.md` describes it: company, country, problem, wanted, references, evidence, log.
    case: Map<String, Value>,
}

/// A contact to write down.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LogAsked {
    /// What was said, in short.
    text: String,
    /// What kind of contact it was: `call`, `complaint`, `promise` and so on; a call where none is given.
    #[serde(default)]
    kind: Option<String>,
    /// Whose act: `customer`, `company` or `body`; the customer's where none is given.
    #[serde(default)]
    by: Option<String>,
    /// How: `phone`, `email` and so on.
    #[serde(default)]
    channel: Option<String>,
    /// With which rung.
    #[serde(default)]
    rung: Option<String>,
    /// The day (year-month-day); today where none is given.
    #[serde(default)]
    on: Option<String>,
    /// The day that was promised or set.
    #[serde(default)]
    due: Option<String>,
    /// A sum, as in `25.50 GBP`; without a currency it is in that of the case.
    #[serde(default)]
    amount: Option<String>,
    /// With whom.
    #[serde(default)]
    person: Option<String>,
    /// The reference given.
    #[serde(default)]
    reference: Option<String>,
    /// The number or address used.
    #[serde(default)]
    contact: Option<String>,
}

/// Facts of a case to correct.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactsAsked {
    /// Facts by their names, each as a person writes it (`"amount": "129.90 GBP"`, `"since": "2026-03-04"`); an empty text takes a fact
    /// away. Names: `company`, `country`, `region`, `sector`, `as`, `what`, `topic`, `agreed`, `since`, `event`, `ongoing`, `amount`,
    /// `paid_by`, `urgent`, `wanted`, `least`, `fallback`, `by`, `reach_by`, `impact`, `others_affected`.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    /// Numbers by which the company knows the matter, to be added.
    #[serde(default)]
    references: Vec<String>,
    /// Why, for whoever reads the log later.
    #[serde(default)]
    because: Option<String>,
}

/// What became of correcting facts.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Edited {
    /// The ids of the events; none where all of it was known so already.
    events: Vec<String>,
}

/// What was written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Logged {
    /// The id of the event.
    event: String,
    /// Card and id numbers that were masked in it.
    masked: usize,
}

/// A text to check.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckAsked {
    /// The draft.
    text: String,
    /// Its language (ISO 639-1).
    #[serde(default)]
    lang: Option<String>,
}

/// A message that may be a fraud.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScamAsked {
    /// The message.
    text: String,
    /// Whom it claims to be from.
    #[serde(default)]
    company: Option<String>,
    /// The country of the customer.
    #[serde(default)]
    country: Option<String>,
}

/// A number, mailbox or address, and whose it is said to be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberAsked {
    /// The value.
    value: String,
    /// The company.
    company: String,
    /// The country that national numbers belong to (ISO 3166-1, two letters).
    #[serde(default)]
    country: Option<String>,
    /// Whether it is checked live as well: does the domain take mail, does the page answer, what kind of number it is, how old
    /// the domain is. Pages of suspects are not opened.
    #[serde(default)]
    verify: bool,
}

impl LogAsked {
    /// Makes the request to the desk.
    pub(crate) fn request(self, today: jiff::civil::Date) -> Result<LogRequest, String> {
        fn read<T>(
            name: &str,
            text: Option<&str>,
            reader: impl Fn(&str) -> Result<T, String>,
        ) -> Result<Option<T>, String> {
            text.map(|text| reader(text).map_err(|why| format!("{name}: {why}"))).transpose()
        }
        let one_of = |name: &str, ids: &[&str]| format!("{name}: known are {}", ids.join(", "));
        let by = self
            .by
            .as_deref()
            .map_or(Some(By::Customer), By::from_id)
            .ok_or_else(|| one_of("by", By::IDS))?;
        let kind = self.kind.as_deref().map_or(Some(LogKind::Call), LogKind::from_id);
        Ok(LogRequest {
            on: read("on", self.on.as_deref(), |text| words::day(text, today, words::Sense::Been))?,
            time: None,
            by,
            kind: kind.ok_or_else(|| one_of("kind", LogKind::IDS))?,
            channel: read("channel", self.channel.as_deref(), words::channel)?,
            rung: read("rung", self.rung.as_deref(), words::rung)?,
            due: read("due", self.due.as_deref(), |text| words::day(text, today, words::Sense::Either))?,
            amount: read("amount", self.amount.as_deref(), words::sum)?,
            text: self.text,
            person: self.person,
            reference: self.reference,
            contact: self.contact,
            body: None,
            held: None,
            hours: None,
        })
    }
}

/// Opens a case
#[utoipa::path(post, path = "/cases", request_body(content = ref("#/components/schemas/CaseAsked")),
    params(("idempotency-key" = Option<String>, Header, description = "the same key and request are done once")),
    responses((status = 201, description = "the case is open", body = ref("#/components/schemas/Opened"))))]
pub(super) async fn open_case(Keyed(asked, turn): Keyed<CaseAsked>) -> Result<Response, Fault> {
    turn.once(async {
        let request = NewCase { case: Value::Object(asked.case), found: None };
        let opened = case::new(&turn.app.place(), &request).await?;
        let location = HeaderValue::from_str(&format!("/api/v1/cases/{}", opened.id)).ok();
        Ok(Answer { location, ..Answer::of(StatusCode::CREATED, &opened)? })
    })
    .await
}

/// Writes a contact down
#[utoipa::path(post, path = "/cases/{id}/log", request_body(content = ref("#/components/schemas/LogAsked")),
    params(("id" = String, Path, description = "the id of the case"), ("idempotency-key" = Option<String>, Header, description = "the same key and request are done once")),
    responses((status = 201, description = "it is written down", body = ref("#/components/schemas/Logged"))))]
pub(super) async fn log(
    Path(id): Path<String>,
    Keyed(asked, turn): Keyed<LogAsked>,
) -> Result<Response, Fault> {
    let place = turn.app.place();
    let request = asked.request(place.now.date()).map_err(Fault::wrong)?;
    turn.once(async {
        let (event, masked) = case::log(&place, &id, request).await?;
        Answer::of(StatusCode::CREATED, &Logged { event, masked })
    })
    .await
}

/// Corrects what a case knows
#[utoipa::path(patch, path = "/cases/{id}", request_body(content = ref("#/components/schemas/FactsAsked")),
    params(("id" = String, Path, description = "the id of the case"), ("idempotency-key" = Option<String>, Header, description = "the same key and request are done once")),
    responses((status = 200, description = "the facts count from now on; the previous words stay in the log", body = ref("#/components/schemas/Edited"))))]
pub(super) async fn edit(
    Path(id): Path<String>,
    Keyed(asked, turn): Keyed<FactsAsked>,
) -> Result<Response, Fault> {
    let request = EditRequest {
        facts: asked.facts.into_iter().collect(),
        references: asked.references,
        because: asked.because,
    };
    turn.once(async {
        let events = case::edit(&turn.app.place(), &id, &request).await?;
        Answer::of(StatusCode::OK, &Edited { events })
    })
    .await
}

/// Deletes a case for good
#[utoipa::path(delete, path = "/cases/{id}", params(("id" = String, Path, description = "the id of the case")),
    responses((status = 200, description = "the case is deleted, with its log, its files and its drafts", body = ref("#/components/schemas/Deletion"))))]
pub(super) async fn delete(app: Here, Path(id): Path<String>) -> Result<Json<case::Deletion>, Fault> {
    Ok(Json(case::delete(&app.place(), &id).await?))
}

/// Checks the tone and the completeness of a text
#[utoipa::path(post, path = "/check", request_body(content = ref("#/components/schemas/CheckAsked")),
    responses((status = 200, description = "what to improve", body = ref("#/components/schemas/DraftAnswer"))))]
pub(super) async fn check(Body1(asked, _): Body1<CheckAsked>) -> Result<Json<DraftAnswer>, Fault> {
    let request = letters::DraftRequest { id: None, text: asked.text, lang: asked.lang };
    letters::check(&request).map(Json).map_err(|error| Fault::wrong(error.to_string()))
}

/// Says whether a number, mailbox or address is really the company's
#[utoipa::path(post, path = "/check-number", request_body(content = ref("#/components/schemas/NumberAsked")),
    responses((status = 200, description = "whose it is, and why", body = ref("#/components/schemas/CheckAnswer"))))]
pub(super) async fn check_number(
    app: Here,
    Body1(asked, _): Body1<NumberAsked>,
) -> Result<Json<CheckAnswer>, Fault> {
    if [&asked.value, &asked.company].iter().any(|text| text.chars().count() > MOST_NAMED) {
        return Err(Fault::wrong(format!("a field has at most {MOST_NAMED} characters")));
    }
    let country =
        asked.country.as_deref().map(desk::find::parse_country).transpose().map_err(Fault::wrong)?;
    let bearing = desk::directory::bearing_on(&asked.value, &asked.company, Some(&app.config.data)).await;
    let bearing = bearing.map_err(|error| Fault::inner(desk::directory::store_words(&error)))?;
    let answer =
        scam_check::check_number(&asked.value, &asked.company, country, &bearing.known, &bearing.domains);
    let mut answer = answer.map_err(|error| Fault::wrong(error.to_string()))?;
    if asked.verify {
        let live = app.live();
        let _turn = app.check_turn()?;
        let asking = desk::verify::add_to(&mut answer, &live, jiff::Timestamp::now());
        asking.await.map_err(|error| Fault::wrong(error.to_string()))?;
    }
    Ok(Json(answer))
}

/// Looks for the signs of a fraud in a message
#[utoipa::path(post, path = "/scam-check", request_body(content = ref("#/components/schemas/ScamAsked")),
    responses((status = 200, description = "the verdict", body = ref("#/components/schemas/ScamAnswer"))))]
pub(super) async fn scam_check(Body1(asked, _): Body1<ScamAsked>) -> Result<Json<ScamAnswer>, Fault> {
    if asked.text.trim().is_empty() || asked.text.len() > MOST_TEXT {
        return Err(Fault::wrong(format!("text: give 1 to {MOST_TEXT} bytes")));
    }
    let country =
        asked.country.as_deref().map(desk::find::parse_country).transpose().map_err(Fault::wrong)?;
    let answer = tokio::task::spawn_blocking(move || {
        scam_check::scam_check(&asked.text, asked.company.as_deref(), country)
    })
    .await;
    answer.map(Json).map_err(Fault::inner)
}
