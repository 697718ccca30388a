//! Companies House: the register of companies of the United Kingdom.
//!
//! A search leads to the number; the profile gives the registered office, the list of officers who directs the company.
//! Officers are people in a public office: their name and office are kept, their birth dates and numbers are not read. The
//! key goes as user name of basic authentication; a program that pushes on after a 429 loses it, so nothing is asked twice.
//!
//! The shapes of profile and officers are those of recorded answers; a search was never seen live.

use std::time::Duration;

use ladder::{Country, Rung, SourceKind};
use serde_json::Value;

use super::about::{About, Kind, Level, Needs, Seen};
use super::answer::{Answer, Officer, Record, Told, Trouble};
use super::asking::{Asking, Lock};
use super::contacts::{Desk, list, short, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks Companies House.
pub(super) struct CompaniesHouse;

const ABOUT: About = About {
    id: "companies-house",
    name: "Companies House (UK)",
    kind: Kind::Register,
    base: "https://api.company-information.service.gov.uk",
    gives: "registered office, directors' names, standing",
    needs: Needs::Key { from: "free at developer.company-information.service.gov.uk", form: None },
    level: Level::B,
    terms: "600 requests in 5 minutes",
    countries: &["GB"],
    pause: Duration::from_millis(500),
    keep_days: 30,
    seen: Seen::Recorded,
    ..About::USUAL
};

/// The most hits of a search that are looked at, and the most officers on a page of the list.
const MOST: &str = "20";
const A_PAGE: usize = 50;
/// The most pages of officers: a company with more directors than that is none.
const PAGES: usize = 3;

impl Source for CompaniesHouse {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let known = subject.ids.companies_house.clone().or_else(|| printed(subject));
    let chosen = if let Some(number) = known {
        Some(number)
    } else {
        let url = asking
            .url(&["search", "companies"], &[("q", subject.name.as_str()), ("items_per_page", MOST)])?;
        let Some(data) = asking.json(&asking.call(url, Some(Lock::Basic))?).await? else { return Ok(answer) };
        let mut hits: Vec<Record> = list(&data.value, &["items"]).iter().filter_map(hit).collect();
        // A company that is dissolved helps only where no living one is called so.
        hits.sort_by_key(|record| (!same::judge(subject, record).is_same(), record.standing.is_some()));
        let first = hits.first().filter(|record| same::judge(subject, record).is_same());
        let chosen = first.and_then(|record| record.ids.companies_house.clone());
        answer.told.extend(
            hits.into_iter()
                .skip(usize::from(chosen.is_some()))
                .map(|record| Told { record, found: Vec::new() }),
        );
        chosen
    };
    let Some(number) = chosen else { return Ok(answer) };
    let url = asking.url(&["company", &number], &[])?;
    let Some(data) = asking.json(&asking.call(url, Some(Lock::Basic))?).await? else { return Ok(answer) };
    let Some(mut record) = profile(&data.value, &number) else { return Ok(answer) };
    record.officers = officers(asking, &number).await?;
    let found = office(asking, &data.value, &record, &data.fetched);
    answer.told.insert(0, Told { record, found: found.into_iter().collect() });
    Ok(answer)
}

/// Returns the number that the company's own pages print, where it has the form of this register.
fn printed(subject: &Subject) -> Option<String> {
    let text = subject.register_number.as_deref()?.to_ascii_uppercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let fits = |word: &&str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = word.len() - digits.len();
        matches!(letters, 0 | 2)
            && (6..=8).contains(&word.len())
            && digits.len() >= 6
            && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let gb = subject.place().is_none_or(|country| country.code() == "GB");
    words.filter(|_| gb).find(fits).map(|word| format!("{word:0>8}"))
}

fn is_number(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Reads one hit of a search.
fn hit(item: &Value) -> Option<Record> {
    let number = text(item, &["company_number"]).filter(|number| is_number(number))?;
    let mut record = Record {
        name: text(item, &["title"]).and_then(short)?,
        country: Country::parse("GB").ok(),
        description: text(item, &["address_snippet"]).and_then(short),
        standing: standing(text(item, &["company_status"])),
        page: page(number),
        ..Record::default()
    };
    record.ids.companies_house = Some(number.to_owned());
    Some(record)
}

fn page(number: &str) -> String {
    format!("https://find-and-update.company-information.service.gov.uk/company/{number}")
}

fn standing(status: Option<&str>) -> Option<String> {
    status
        .filter(|status| *status != "active")
        .map(|status| format!("the company is {}", status.replace('-', " ")))
}

fn profile(value: &Value, number: &str) -> Option<Record> {
    let former = list(value, &["previous_company_names"])
        .iter()
        .filter_map(|name| text(name, &["name"]))
        .filter_map(short);
    let mut record = Record {
        name: text(value, &["company_name"]).and_then(short)?,
        aliases: former.take(10).collect(),
        country: Country::parse("GB").ok(),
        standing: standing(text(value, &["company_status"])),
        page: page(number),
        ..Record::default()
    };
    record.ids.companies_house = Some(number.to_owned());
    Some(record)
}

/// Returns the registered office.
fn office(
    asking: &Asking<'_>,
    value: &Value,
    record: &Record,
    fetched: &str,
) -> Option<(ladder::Source, ladder::Finding)> {
    let address = value.get("registered_office_address")?;
    let desk = Desk { id: "companies-house", rung: Some(Rung::Legal), label: "Registered office" };
    let keys =
        ["premises", "address_line_1", "address_line_2", "locality", "region", "postal_code", "country"];
    let parts = [Some(record.name.as_str())].into_iter().chain(keys.map(|key| text(address, &[key])));
    let mut sighting = desk.postal(parts)?;
    if value.get("undeliverable_registered_office_address").and_then(Value::as_bool) == Some(true) {
        sighting.notes.push("the register says that post does not reach this address".to_owned());
    }
    sighting.notes.extend(record.standing.clone());
    asking.found([Some(sighting)], asking.source(&record.page, SourceKind::Register, fetched, None))
}

/// Returns who directs the company now, page by page.
async fn officers(asking: &Asking<'_>, number: &str) -> Result<Vec<Officer>, Trouble> {
    let mut officers = Vec::new();
    for page in 0..PAGES {
        let (size, start) = (A_PAGE.to_string(), (page * A_PAGE).to_string());
        let query = [("items_per_page", size.as_str()), ("start_index", start.as_str())];
        let url = asking.url(&["company", number, "officers"], &query)?;
        let Some(data) = asking.json(&asking.call(url, Some(Lock::Basic))?).await? else { break };
        let items = list(&data.value, &["items"]);
        officers.extend(items.iter().filter_map(officer));
        let total = data.value.get("total_results").and_then(Value::as_u64).unwrap_or(0);
        let given = u64::try_from((page + 1) * A_PAGE).unwrap_or(u64::MAX);
        if items.len() < A_PAGE || given >= total {
            break;
        }
    }
    Ok(officers)
}

/// Reads one officer; `None` for one who has left, and for a company in the office.
fn officer(item: &Value) -> Option<Officer> {
    let role = text(item, &["officer_role"])?;
    if item.get("resigned_on").is_some()
        || !matches!(role, "director" | "secretary" | "managing-officer" | "llp-designated-member")
    {
        return None;
    }
    let name = short(text(item, &["name"])?)?;
    let name = match name.split_once(", ") {
        Some((family, given)) => format!("{given} {}", capital(family)),
        None => name,
    };
    let since = text(item, &["appointed_on"]).and_then(|day| day.get(..10)).map(str::to_owned);
    Some(Officer { name, role: role.replace('-', " "), since })
}

/// Writes a family name in capitals as one writes it on a letter.
fn capital(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut first = true;
    for c in name.chars() {
        if first {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        first = !c.is_alphabetic();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_pages_print_are_those_of_the_register() {
        let of =
            |text: &str| printed(&Subject { register_number: Some(text.to_owned()), ..Subject::named("x") });
        assert_eq!(of("Registered in England and Wales No. 1234567").as_deref(), Some("01234567"));
        assert_eq!(of("SC123456").as_deref(), Some("SC123456"));
        assert_eq!(of("HRB 123456 B").as_deref(), Some("00123456"));
        assert_eq!(of("HRB 12 B"), None);
    }

    #[test]
    fn people_are_named_as_on_a_letter_and_those_who_left_are_not() {
        let item = |name: &str, role: &str, left: bool| {
            let mut value = serde_json::json!({"name": name, "officer_role": role, "appointed_on": "2020-01-02",
                "date_of_birth": {"month": 9, "year": 1974}});
            if left {
                value["resigned_on"] = "2024-01-01".into();
            }
            officer(&value).map(|officer| format!("{} {}", officer.role, officer.name))
        };
        assert_eq!(
            item("O'NEILL-SMITH, Mary Ann", "director", false).as_deref(),
            Some("director Mary Ann O'Neill-Smith")
        );
        assert_eq!(item("LAMP, Ann", "director", true), None);
        assert_eq!(item("NOMINEES LIMITED", "corporate-secretary", false), None);
    }
}
