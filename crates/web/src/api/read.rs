//! Reading by the API: the directory, the atlas, cases.

use axum::Json;
use axum::extract::{Path, RawQuery};
use desk::advise::AdviceAnswer;
use desk::atlas::{self, ActingAs, AtlasRequest, BodiesAnswer, RightsAnswer};
use desk::case::{self, CaseView, Draft, DraftRequest, ListView, PictureView, Tone};
use desk::directory::{self, OwnerView, SearchAnswer};
use schemars::JsonSchema;
use serde::Serialize;

use super::bad;
use crate::fault::Fault;
use crate::here::Here;
use crate::post::Fields;

/// The most things of one page.
const MOST: usize = 100;
/// The longest value of a query.
const LONGEST: usize = 300;

/// A page of cases.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CasePage {
    /// The cases, those worked on last first.
    items: Vec<ListView>,
    /// How many there are in all.
    total: usize,
    /// The `offset` of the next page, where there is one.
    next: Option<usize>,
}

/// Whose a value is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OwnersAnswer {
    /// Every company that is known to have it.
    owners: Vec<OwnerView>,
}

/// Reads a query; a value that is too long is refused by name.
fn query(raw: Option<&str>, known: &[&str]) -> Result<Fields, Fault> {
    let fields = Fields::of_query(raw);
    for name in known {
        if fields.get(name).is_some_and(|value| value.chars().count() > LONGEST || value.contains('\0')) {
            return Err(bad(format!("{name}: at most {LONGEST} characters of text")));
        }
    }
    Ok(fields)
}

fn number(
    fields: &Fields,
    name: &str,
    usual: usize,
    range: std::ops::RangeInclusive<usize>,
) -> Result<usize, Fault> {
    let Some(text) = fields.get(name) else { return Ok(usual) };
    let number = text.parse::<usize>().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| bad(format!("{name}: give a number from {} to {}", range.start(), range.end())))
}

fn needed<'a>(fields: &'a Fields, name: &str) -> Result<&'a str, Fault> {
    fields.word(name).ok_or_else(|| bad(format!("{name}: is missing")))
}

/// Searches the directory
#[utoipa::path(get, path = "/directory", params(
    ("q" = String, Query, description = "a name, website, number or address", min_length = 1, max_length = 300),
    ("limit" = Option<u32>, Query, description = "at most this many", minimum = 1, maximum = 100)),
    responses((status = 200, description = "the companies", body = ref("#/components/schemas/SearchAnswer"))))]
pub(super) async fn directory(app: Here, RawQuery(raw): RawQuery) -> Result<Json<SearchAnswer>, Fault> {
    let fields = query(raw.as_deref(), &["q"])?;
    let most = number(&fields, "limit", 20, 1..=MOST)?;
    let data = Some(app.config.data.as_path());
    let answer = directory::search(needed(&fields, "q")?, most, data, jiff::Timestamp::now()).await;
    answer.map(Json).map_err(|error| Fault::inner(directory::store_words(&error)))
}

/// Whose is a number, mailbox or web address?
#[utoipa::path(get, path = "/directory/owners", params(("value" = String, Query, description = "the value", min_length = 1, max_length = 300)),
    responses((status = 200, description = "whoever has it", body = ref("#/components/schemas/OwnersAnswer"))))]
pub(super) async fn owners(app: Here, RawQuery(raw): RawQuery) -> Result<Json<OwnersAnswer>, Fault> {
    let fields = query(raw.as_deref(), &["value"])?;
    let owners = directory::owners_of(needed(&fields, "value")?, Some(&app.config.data)).await;
    owners
        .map(|owners| Json(OwnersAnswer { owners }))
        .map_err(|error| Fault::inner(directory::store_words(&error)))
}

/// Makes the request to the atlas.
fn asked(raw: Option<&str>) -> Result<AtlasRequest, Fault> {
    let fields = query(raw, &["country", "region", "sector", "topic"])?;
    let country = desk::find::parse_country(needed(&fields, "country")?).map_err(bad)?;
    let region = fields.word("region").map(directory::parse_region).transpose().map_err(bad)?;
    if let Some(region) = &region {
        atlas::check_region(country, region).map_err(bad)?;
    }
    let sector = fields.word("sector").map(desk::case::words::sector).transpose();
    let topic = fields.word("topic").map(desk::case::words::topic_of_law).transpose();
    Ok(AtlasRequest {
        country,
        region,
        sector: sector.map_err(bad)?,
        company_type: None,
        acting_as: ActingAs::Consumer,
        topic: topic.map_err(bad)?,
        paid_by: None,
        urgent: false,
        amount: None,
        event: None,
        known: None,
        complained: None,
        final_response: None,
        days: Vec::new(),
    })
}

/// Who stands outside of a company
#[utoipa::path(get, path = "/atlas/bodies", params(
    ("country" = String, Query, description = "ISO 3166-1, two letters"), ("region" = Option<String>, Query, description = "second part of ISO 3166-2"),
    ("sector" = Option<String>, Query, description = "the trade"), ("topic" = Option<String>, Query, description = "the kind of problem")),
    responses((status = 200, description = "the bodies", body = ref("#/components/schemas/BodiesAnswer"))))]
pub(super) async fn bodies(app: Here, RawQuery(raw): RawQuery) -> Result<Json<BodiesAnswer>, Fault> {
    let (request, now, own) = (asked(raw.as_deref())?, app.place().now.date(), app.config.atlas.clone());
    let answer = tokio::task::spawn_blocking(move || atlas::bodies(&request, now, own.as_deref())).await;
    answer.map(Json).map_err(Fault::inner)
}

/// Which rights and clocks run
#[utoipa::path(get, path = "/atlas/rights", params(
    ("country" = String, Query, description = "ISO 3166-1, two letters"), ("region" = Option<String>, Query, description = "second part of ISO 3166-2"),
    ("sector" = Option<String>, Query, description = "the trade"), ("topic" = Option<String>, Query, description = "the kind of problem")),
    responses((status = 200, description = "the rights", body = ref("#/components/schemas/RightsAnswer"))))]
pub(super) async fn rights(app: Here, RawQuery(raw): RawQuery) -> Result<Json<RightsAnswer>, Fault> {
    let (request, now, own) = (asked(raw.as_deref())?, app.place().now.date(), app.config.atlas.clone());
    let answer = tokio::task::spawn_blocking(move || atlas::rights(&request, now, own.as_deref())).await;
    answer.map(Json).map_err(Fault::inner)
}

/// Lists cases, a page at a time
#[utoipa::path(get, path = "/cases", params(
    ("q" = Option<String>, Query, description = "words in the case"), ("closed" = Option<bool>, Query, description = "include closed cases"),
    ("limit" = Option<u32>, Query, description = "at most this many", minimum = 1, maximum = 100), ("offset" = Option<u32>, Query, description = "leave out this many", minimum = 0, maximum = 1_000_000)),
    responses((status = 200, description = "the cases", body = ref("#/components/schemas/CasePage"))))]
pub(super) async fn cases(app: Here, RawQuery(raw): RawQuery) -> Result<Json<CasePage>, Fault> {
    let fields = query(raw.as_deref(), &["q"])?;
    let (limit, offset) =
        (number(&fields, "limit", 50, 1..=MOST)?, number(&fields, "offset", 0, 0..=1_000_000)?);
    let closed = match fields.get("closed") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(bad("closed: give `true` or `false`")),
    };
    let (place, words) = (app.place(), fields.word("q"));
    let total = case::count(&place, words, closed).await? as usize;
    let [skip, most] = [offset, limit].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let items: Vec<ListView> = case::list_page(&place, words, closed, skip, most).await?;
    let next = Some(offset + items.len()).filter(|next| *next < total && !items.is_empty());
    Ok(Json(CasePage { items, total, next }))
}

/// A case: where it stands, everything that was written down, the next step
#[utoipa::path(get, path = "/cases/{id}", params(("id" = String, Path, description = "the id of the case")),
    responses((status = 200, description = "the case", body = ref("#/components/schemas/CaseView"))))]
pub(super) async fn case(app: Here, Path(id): Path<String>) -> Result<Json<CaseView>, Fault> {
    Ok(Json(case::show(&app.place(), &id).await?))
}

/// The next step of a case, why, and by when
#[utoipa::path(get, path = "/cases/{id}/next", params(("id" = String, Path, description = "the id of the case")),
    responses((status = 200, description = "the advice", body = ref("#/components/schemas/AdviceAnswer"))))]
pub(super) async fn next(app: Here, Path(id): Path<String>) -> Result<Json<AdviceAnswer>, Fault> {
    Ok(Json(case::next(&app.place(), &id, false).await?))
}

/// The story of a case: who had the move when, promises, days to keep
#[utoipa::path(get, path = "/cases/{id}/story", params(("id" = String, Path, description = "the id of the case")),
    responses((status = 200, description = "the story", body = ref("#/components/schemas/PictureView"))))]
pub(super) async fn story(app: Here, Path(id): Path<String>) -> Result<Json<PictureView>, Fault> {
    Ok(Json(case::picture(&app.place(), &id).await?))
}

/// Reads how many words are enough.
fn length(text: &str) -> Result<usize, Fault> {
    let known = text.parse().ok().filter(|words| case::LENGTHS.contains(words));
    known.ok_or_else(|| bad("words: a number from 20 to 2000"))
}

/// Writes a draft for a case; nothing is sent
#[utoipa::path(get, path = "/cases/{id}/draft", params(("id" = String, Path, description = "the id of the case"),
    ("as" = Option<String>, Query, description = "which letter; if none is given, the one for the next step"),
    ("lang" = Option<String>, Query, description = "en, de, fr or es"), ("tone" = Option<String>, Query, description = "first, firm or final"),
    ("words" = Option<u32>, Query, description = "the most words to use, from 20 to 2000: less important words are left out, never facts, amounts, dates or the request"),
    ("to" = Option<String>, Query, description = "a mailbox, a postal address, the address of a form, a number, or a rung such as complaints; if none is given, the best contact point of the case"),
    ("by" = Option<String>, Query, description = "the day by which an answer is asked for, such as 2026-03-31; if none is given, a fair one"),
    ("built_in" = Option<bool>, Query, description = "true: use the built-in words if one of the user's own templates is broken")),
    responses((status = 200, description = "the draft", body = ref("#/components/schemas/Draft"))))]
pub(super) async fn draft(
    app: Here,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Draft>, Fault> {
    let fields = query(raw.as_deref(), &["as", "lang", "tone", "words", "to", "by", "built_in"])?;
    let tone = match fields.word("tone") {
        None => None,
        Some("first") => Some(Tone::First),
        Some("firm") => Some(Tone::Firm),
        Some("final") => Some(Tone::Final),
        Some(_) => return Err(bad("tone: known are first, firm, final")),
    };
    let place = app.place();
    let own = app.config.templates.as_deref().map(case::own_templates).unwrap_or_default();
    let to_come = |text: &str| case::words::day(text, place.now.date(), case::words::Sense::ToCome);
    let request = DraftRequest {
        kind: fields.word("as").map(str::to_owned),
        language: fields.word("lang").map(str::to_owned),
        tone,
        by: fields.word("by").map(to_come).transpose().map_err(|why| bad(&why))?,
        to: fields.word("to").map(str::to_owned),
        words: fields.word("words").map(length).transpose()?,
        me: desk::me::load(&place.data)?,
        own,
        built_in_instead: fields.word("built_in").is_some_and(|told| told == "true"),
    };
    Ok(Json(case::draft(&place, &id, &request).await?))
}
