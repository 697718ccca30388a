//! Yelp, through its interface and with the user's own key: one branch and its phone.
//!
//! A branch is asked for by name and place, so the place must be known. Answers may be kept for a day and no longer.
//!
//! Never seen live: written from the documentation of version 3; the recorded answers at hand are of the retired version.

use std::time::Duration;

use ladder::{Country, Rung, SourceKind};
use serde_json::Value;

use super::about::{About, Kind, Level, Needs};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::{Asking, Lock};
use super::contacts::{Desk, list, short, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks Yelp.
pub(super) struct Yelp;

const ABOUT: About = About {
    id: "yelp",
    name: "Yelp",
    kind: Kind::Review,
    base: "https://api.yelp.com",
    sends: "the company's name and your state or country, with your key",
    gives: "a branch and its phone",
    needs: Needs::Key { from: "docs.developer.yelp.com; a trial, then paid", form: None },
    level: Level::C,
    terms: "your own key; answers kept for a day; its pages may not be fetched",
    pause: Duration::from_millis(250),
    keep_days: 1,
    ..About::USUAL
};

const LOCK: Option<Lock> = Some(Lock::Header("authorization", "Bearer "));
/// The most branches.
const MOST: usize = 3;

impl Source for Yelp {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let country = subject.place().map(|country| country.code().to_owned());
    let place = match (&subject.region, &country) {
        (Some(region), Some(country)) => format!("{region}, {country}"),
        (Some(region), None) => region.clone(),
        (None, Some(country)) => country.clone(),
        (None, None) => {
            return Err(Trouble::NotFor(
                "it looks for branches at a place: name yours with --region".to_owned(),
            ));
        }
    };
    let query = [("term", subject.name.as_str()), ("location", place.as_str()), ("limit", "10")];
    let url = asking.url(&["v3", "businesses", "search"], &query)?;
    let Some(data) = asking.json(&asking.call(url, LOCK)?).await? else { return Ok(answer) };
    for business in list(&data.value, &["businesses"]) {
        if answer.told.len() >= MOST {
            break;
        }
        let Some(record) = record(business) else { continue };
        if !same::judge(subject, &record).is_same() {
            answer.told.push(Told { record, found: Vec::new() });
            continue;
        }
        let found = contacts(asking, business, &record, &data.fetched);
        answer.told.push(Told { record, found: found.into_iter().collect() });
    }
    Ok(answer)
}

fn record(business: &Value) -> Option<Record> {
    let alias = text(business, &["alias"])?;
    let fits = alias.len() <= 120 && alias.chars().all(|c| c.is_alphanumeric() || c == '-');
    fits.then(|| {
        Some(Record {
            name: text(business, &["name"]).and_then(short)?,
            country: text(business, &["location", "country"]).and_then(|code| Country::parse(code).ok()),
            standing: (business.get("is_closed").and_then(Value::as_bool) == Some(true))
                .then(|| "closed for good".to_owned()),
            page: format!("https://www.yelp.com/biz/{alias}"),
            ..Record::default()
        })
    })?
}

fn contacts(
    asking: &Asking<'_>,
    business: &Value,
    record: &Record,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let claimed = business.get("is_claimed").and_then(Value::as_bool) == Some(true);
    let kind = if claimed { SourceKind::ClaimedProfile } else { SourceKind::Listing };
    let desk = Desk { id: "yelp", rung: Some(Rung::FrontLine), label: "Branch" };
    let printed = text(business, &["phone"]).or_else(|| text(business, &["display_phone"]));
    let mut phone = printed.and_then(|phone| desk.phone(phone, record.country))?;
    let address = list(business, &["location", "display_address"]).iter().filter_map(Value::as_str);
    let address = address.take(5).collect::<Vec<_>>().join(", ");
    phone.notes.push(format!(
        "one branch{}{}",
        if address.is_empty() { "" } else { ": " },
        short(&address).unwrap_or_default()
    ));
    phone.notes.extend(record.standing.clone());
    asking.found([Some(phone)], asking.source(&record.page, kind, fetched, None))
}
