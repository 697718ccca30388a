//! SEC EDGAR: companies that are listed in the United States, as they filed it.
//!
//! The name leads to a number by the SEC's own list of companies, and the number to the filing: head office and its
//! switchboard. People file there too, with their homes; only operating companies whose name is the one asked for count.
//!
//! The shape of a filing is that of recorded answers; the list of companies was never seen live.

use std::time::Duration;

use ladder::{Country, Rung};
use serde_json::Value;

use super::about::{About, Kind, Level, Needs, Seen};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::contacts::{Desk, list, short, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks EDGAR.
pub(super) struct Edgar;

const ABOUT: About = About {
    id: "edgar",
    name: "SEC EDGAR",
    kind: Kind::Register,
    base: "https://data.sec.gov",
    sends: "the company's number there (the list that leads to it is fetched whole), and your mail address in the User-Agent",
    gives: "head office and switchboard of companies listed in the US",
    needs: Needs::Contact,
    level: Level::A,
    terms: "no key; a User-Agent with a mail address; at most 10 requests a second",
    countries: &["US"],
    pause: Duration::from_millis(250),
    keep_days: 30,
    seen: Seen::Recorded,
    ..About::USUAL
};

/// Where the list of companies lies.
const LISTS: &str = "https://www.sec.gov";
/// The most companies of a name whose filings are read.
const MOST: usize = 3;

impl Source for Edgar {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let numbers = match subject.ids.cik.as_deref().filter(|cik| is_cik(cik)) {
        Some(cik) => vec![cik.to_owned()],
        None => numbers_of(asking, subject).await?,
    };
    for cik in numbers {
        let url = asking.url(&["submissions", &format!("CIK{cik:0>10}.json")], &[])?;
        let Some(data) = asking.json(&asking.call(url, None)?).await? else { continue };
        if !is_company(&data.value) {
            answer.notes.push("an entry of that name is a person's: left out".to_owned());
            continue;
        }
        let Some(record) = record(&data.value, &cik) else { continue };
        let mut told = Told { record, found: Vec::new() };
        if same::judge(subject, &told.record).is_same() {
            told.found.extend(contacts(asking, &data.value, &told.record, &data.fetched));
        }
        answer.told.push(told);
    }
    Ok(answer)
}

/// Returns the numbers of companies that are called so.
async fn numbers_of(asking: &Asking<'_>, subject: &Subject) -> Result<Vec<String>, Trouble> {
    let url = asking.at(LISTS, &["files", "company_tickers.json"], &[])?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(Vec::new()) };
    let rows: Vec<&Value> = match &data.value {
        Value::Object(rows) => rows.values().collect(),
        Value::Array(rows) => rows.iter().collect(),
        _ => return Err(Trouble::Failed("its list of companies is not read".to_owned())),
    };
    let mut numbers: Vec<String> = Vec::new();
    for row in rows {
        let fits =
            text(row, &["title"]).is_some_and(|title| subject.names().any(|name| same::alike(name, title)));
        if !fits {
            continue;
        }
        let number = row.get("cik_str").map(|cik| {
            cik.as_u64().map_or_else(|| cik.as_str().unwrap_or_default().to_owned(), |n| n.to_string())
        });
        // A company has a row for each of its shares.
        if let Some(number) = number.filter(|cik| is_cik(cik) && !numbers.contains(cik)) {
            numbers.push(number);
        }
    }
    numbers.truncate(MOST);
    Ok(numbers)
}

fn is_cik(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a filer is a company: people who trade in shares are filers too. Foreign companies file as `other` and are told
/// by their legal form.
fn is_company(filing: &Value) -> bool {
    text(filing, &["entityType"]) == Some("operating") || text(filing, &["name"]).is_some_and(same::has_form)
}

fn record(filing: &Value, cik: &str) -> Option<Record> {
    let former =
        list(filing, &["formerNames"]).iter().filter_map(|name| text(name, &["name"])).filter_map(short);
    let website = text(filing, &["website"]).and_then(short);
    let mut record = Record {
        name: text(filing, &["name"]).and_then(short)?,
        aliases: former.take(10).collect(),
        domains: website.as_deref().and_then(same::domain_of).into_iter().collect(),
        website,
        country: country(filing),
        description: text(filing, &["sicDescription"]).and_then(short),
        page: format!("https://www.sec.gov/edgar/browse/?CIK={cik}"),
        ..Record::default()
    };
    record.ids.cik = Some(cik.trim_start_matches('0').to_owned());
    record.ids.lei = text(filing, &["lei"]).and_then(short);
    Some(record)
}

/// Returns the country of the head office: two letters are a state of the US, unless the filing says that it is abroad.
/// The codes of countries are the SEC's own (`2M` for Germany) and are not read.
fn country(filing: &Value) -> Option<Country> {
    let address = filing.get("addresses")?.get("business")?;
    if address.get("isForeignLocation").and_then(Value::as_u64) == Some(1) {
        let named = ["country", "foreignStateTerritory", "stateOrCountryDescription"];
        return named.iter().find_map(|key| text(address, &[key]).and_then(same::country_named));
    }
    let state = text(address, &["stateOrCountry"])?;
    let is_state = state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    if is_state { Country::parse("US").ok() } else { same::country_named(state) }
}

/// Returns the head office and its switchboard.
fn contacts(
    asking: &Asking<'_>,
    filing: &Value,
    record: &Record,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let board = Desk { id: "edgar", rung: Some(Rung::Legal), label: "Switchboard of the head office" };
    let phone = text(filing, &["phone"]).and_then(|phone| {
        let mut sighting = board.phone(phone, record.country)?;
        sighting.notes.push("a switchboard: ask for the executive office".to_owned());
        Some(sighting)
    });
    let head = Desk { id: "edgar", rung: Some(Rung::Legal), label: "Head office" };
    let business = filing.get("addresses").and_then(|addresses| addresses.get("business"));
    let office = business.and_then(|address| {
        let field = |key: &str| text(address, &[key]);
        let place = field("stateOrCountryDescription").or_else(|| field("stateOrCountry"));
        let abroad = field("country");
        head.postal([
            Some(record.name.as_str()),
            field("street1"),
            field("street2"),
            field("city"),
            place,
            field("zipCode"),
            abroad,
        ])
    });
    let kind = asking.about.level.witness();
    asking.found([phone, office], asking.source(&record.page, kind, fetched, None))
}
