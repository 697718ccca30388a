//! Nominatim: places of a name on the map of `OpenStreetMap`.
//!
//! It finds a shop, not the head office, and anybody may edit the map: a branch is a place to go to, its phone is level D.
//! One request a second for all who use a program together, own User-Agent, answers kept, and the credit line: those are
//! its terms, and a page that says that they were broken is told as refused.
//!
//! The shape of an answer, the empty answer and the page over the limit are those of recorded answers; `extratags` with a
//! phone was never seen live.

use ladder::{Channel, Country, Reach, Rung, Sighting, SourceKind};
use serde_json::Value;

use super::about::{About, Kind, Level, Seen};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, short, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks Nominatim.
pub(super) struct Nominatim;

const ABOUT: About = About {
    id: "nominatim",
    name: "OpenStreetMap (Nominatim)",
    kind: Kind::Place,
    base: "https://nominatim.openstreetmap.org",
    sends: "the company's name, your country, and your state where you named it",
    gives: "branches, with phone where the map has one",
    level: Level::D,
    terms: "no key; one request a second; © OpenStreetMap contributors (ODbL)",
    keep_days: 30,
    seen: Seen::Recorded,
    ..About::USUAL
};

/// The most places.
const MOST: usize = 5;

impl Source for Nominatim {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let country = subject.customer.or(subject.country).map(|country| country.code().to_lowercase());
    let words = match &subject.region {
        Some(region) => format!("{}, {region}", subject.name),
        None => subject.name.clone(),
    };
    let mut query = vec![
        ("q", words.as_str()),
        ("format", "jsonv2"),
        ("addressdetails", "1"),
        ("extratags", "1"),
        ("limit", "5"),
    ];
    query.extend(country.as_deref().map(|country| ("countrycodes", country)));
    let url = asking.url(&["search"], &query)?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(answer) };
    let Value::Array(places) = &data.value else {
        return Err(Trouble::Failed("its answer is no list of places".to_owned()));
    };
    for place in places.iter().take(MOST) {
        let Some(record) = record(place) else { continue };
        let mut told = Told { record, found: Vec::new() };
        // A street that is named after a firm is no branch of it: the map must say that it is a business, or its site.
        let is_business = matches!(
            text(place, &["category"]).or_else(|| text(place, &["class"])),
            Some("shop" | "office" | "amenity" | "tourism" | "craft" | "healthcare")
        );
        let verdict = same::judge(subject, &told.record);
        if is_business && verdict.is_same() {
            told.found.extend(contacts(asking, place, &told.record, &data.fetched));
        }
        if is_business {
            answer.told.push(told);
        }
    }
    Ok(answer)
}

fn record(place: &Value) -> Option<Record> {
    let display = text(place, &["display_name"])?;
    let name = text(place, &["name"])
        .or_else(|| text(place, &["extratags", "brand"]))
        .or_else(|| display.split(',').next())
        .and_then(short)?;
    let tag = |key: &str| text(place, &["extratags", key]);
    let website = tag("website").or_else(|| tag("contact:website")).or_else(|| tag("brand:website"));
    let (kind, id) = (text(place, &["osm_type"])?, place.get("osm_id")?);
    let id = id.as_u64().map_or_else(|| id.as_str().unwrap_or_default().to_owned(), |id| id.to_string());
    let sound = matches!(kind, "node" | "way" | "relation")
        && !id.is_empty()
        && id.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| {
        let mut record = Record {
            name,
            aliases: tag("brand").and_then(short).into_iter().collect(),
            domains: website.and_then(same::domain_of).into_iter().collect(),
            website: website.and_then(short),
            country: text(place, &["address", "country_code"]).and_then(|code| Country::parse(code).ok()),
            description: short(display),
            page: format!("https://www.openstreetmap.org/{kind}/{id}"),
            ..Record::default()
        };
        record.ids.wikidata = tag("brand:wikidata").or_else(|| tag("wikidata")).and_then(short);
        record
    })
}

/// Returns the branch and its phone.
fn contacts(
    asking: &Asking<'_>,
    place: &Value,
    record: &Record,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let desk = Desk { id: "nominatim", rung: Some(Rung::FrontLine), label: "Branch" };
    let tag = |key: &str| text(place, &["extratags", key]);
    let hours = tag("opening_hours").and_then(short);
    let mut phone =
        tag("phone").or_else(|| tag("contact:phone")).and_then(|phone| desk.phone(phone, record.country));
    let mut branch = branch(desk, record);
    for sighting in [&mut phone, &mut branch].into_iter().flatten() {
        sighting.hours.clone_from(&hours);
        sighting.notes.push("one branch, by the map: © OpenStreetMap contributors".to_owned());
    }
    asking.found([phone, branch], asking.source(&record.page, SourceKind::Listing, fetched, None))
}

fn branch(desk: Desk, record: &Record) -> Option<Sighting> {
    let display = record.description.as_deref()?;
    Some(desk.sight(Reach::parse(Channel::InPerson, display).ok()?, format!("Branch: {display}")))
}
