//! The complaint database of the CFPB (United States): how a financial company answers.
//!
//! It holds no contact at all; it tells whether the company answers in time and how. Only complaints without a narrative
//! are asked for: the words in the others are private people's.
//!
//! The shape of an answer is that of recorded ones; the look-up of the company's name was never seen live.

use serde_json::Value;

use super::about::{About, Kind, Level, Seen};
use super::answer::{Answer, Trouble};
use super::asking::Asking;
use super::contacts::{list, text};
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks the database.
pub(super) struct Cfpb;

const ABOUT: About = About {
    id: "cfpb",
    name: "CFPB complaint database (US)",
    kind: Kind::Register,
    base: "https://www.consumerfinance.gov/data-research/consumer-complaints/search/api/v1",
    gives: "whether a financial company answers complaints in time, and how",
    level: Level::B,
    terms: "no key; CC0",
    countries: &["US"],
    seen: Seen::Recorded,
    ..About::USUAL
};

impl Source for Cfpb {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let query = [("text", subject.name.as_str()), ("size", "10")];
    let url = asking.url(&["_suggest_company", ""], &query)?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(answer) };
    let names = data.value.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
    let Some(name) = names.into_iter().find(|name| subject.names().any(|known| same::alike(known, name)))
    else {
        return Ok(answer);
    };
    let query = [
        ("company", name),
        ("has_narrative", "false"),
        ("no_aggs", "true"),
        ("sort", "created_date_desc"),
        ("size", "100"),
    ];
    let url = asking.url(&[""], &query)?;
    let Some(data) = asking.json(&asking.call(url, None)?).await? else { return Ok(answer) };
    answer.facts.extend(told(&data.value, name));
    Ok(answer)
}

/// Tells how the company answered the newest complaints.
fn told(value: &Value, name: &str) -> Option<String> {
    let complaints: Vec<&Value> = list(value, &["hits", "hits"])
        .iter()
        .filter_map(|hit| hit.get("_source"))
        .filter(|complaint| text(complaint, &["company"]) == Some(name))
        .collect();
    let answered: Vec<&&Value> = complaints
        .iter()
        .filter(|complaint| {
            text(complaint, &["company_response"]).is_some_and(|answer| answer != "In progress")
        })
        .collect();
    if complaints.is_empty() {
        return None;
    }
    let count =
        |key: &str, words: &str| answered.iter().filter(|one| text(one, &[key]) == Some(words)).count();
    let days = complaints.iter().filter_map(|one| text(one, &["date_received"])?.get(..10));
    let (from, to) = (days.clone().min().unwrap_or("?"), days.max().unwrap_or("?"));
    let relief = count("company_response", "Closed with monetary relief");
    let other = count("company_response", "Closed with non-monetary relief");
    let all = answered.len();
    let open = complaints.len() - all;
    Some(format!(
        "CFPB, the newest {} complaints against {name} ({from} to {to}): {all} answered, {} of them in time, \
         {relief} with money back, {other} put right otherwise; {open} in progress",
        complaints.len(),
        count("timely", "Yes"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_time_are_counted_and_other_companies_are_not() {
        let one = |company: &str, response: &str, timely: &str| {
            serde_json::json!({"_source": {"company": company, "company_response": response, "timely": timely,
                "date_received": "2026-10-01T12:00:00-05:00", "complaint_what_happened": "private"}})
        };
        let value = serde_json::json!({"hits": {"hits": [
            one("ACME BANK", "Closed with monetary relief", "Yes"),
            one("ACME BANK", "Closed with explanation", "No"),
            one("ACME BANK", "In progress", "Yes"),
            one("OTHER", "Closed with explanation", "No"),
            {"_source": {"company": "ACME BANK", "company_response": null, "date_received": null}},
            null,
        ]}});
        let told = told(&value, "ACME BANK").unwrap();
        assert!(
            told.contains("newest 4 complaints")
                && told.contains("2 answered, 1 of them in time, 1 with money"),
            "{told}"
        );
        assert!(!told.contains("private"));
        assert_eq!(super::told(&serde_json::json!({"hits": []}), "ACME BANK"), None);
    }
}
