//! The contacts that were tried: how often, when last, and what became of each.

use casework::{By, Line, Outcome};
use jiff::civil::Date;
use ladder::{Channel, Rung};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseDeskError, Place};

/// A way that was tried.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct TriedView {
    /// How, where that was written down.
    pub channel: Option<&'static str>,
    /// The number or address, where that was written down.
    pub contact: Option<String>,
    /// With which rung, where that was written down.
    pub rung: Option<&'static str>,
    /// How often it stands in the log as the customer's own act.
    pub times: usize,
    /// The last of those days (year-month-day).
    pub last: Option<String>,
    /// What happened, as was noted last.
    pub outcome: Option<&'static str>,
    /// Whether it is of no use any more.
    pub dead: bool,
}

/// Returns the contacts that were tried in a case, those of the last days first.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn tried(place: &Place, id: &str) -> Result<Vec<TriedView>, CaseDeskError> {
    let state = place.state(id).await?;
    Ok(of(&state.log, &state.tried))
}

/// What is gathered of one way.
struct Way<'a> {
    channel: Option<Channel>,
    contact: Option<&'a str>,
    rung: Option<Rung>,
    times: usize,
    last: Option<Date>,
}

fn of(log: &[Line], outcomes: &[(String, Outcome)]) -> Vec<TriedView> {
    let mut ways: Vec<Way<'_>> = Vec::new();
    let acts = log
        .iter()
        .map(|line| &line.entry)
        .filter(|entry| entry.by == By::Customer && (entry.channel.is_some() || entry.contact.is_some()));
    for entry in acts {
        let contact = entry.contact.as_deref();
        // One number is one way, whatever else was written beside it; without one, channel and rung tell ways apart.
        let known = ways.iter_mut().find(|way| match (way.contact, contact) {
            (Some(known), Some(new)) => known.eq_ignore_ascii_case(new),
            (None, None) => way.channel == entry.channel && way.rung == entry.rung,
            _ => false,
        });
        if let Some(way) = known {
            way.times += 1;
            way.last = way.last.max(Some(entry.on));
            way.channel = way.channel.or(entry.channel);
            way.rung = way.rung.or(entry.rung);
        } else {
            let (channel, rung, last) = (entry.channel, entry.rung, Some(entry.on));
            ways.push(Way { channel, contact, rung, times: 1, last });
        }
    }
    for (contact, _) in outcomes {
        if !ways.iter().any(|way| way.contact.is_some_and(|known| known.eq_ignore_ascii_case(contact))) {
            ways.push(Way { channel: None, contact: Some(contact), rung: None, times: 0, last: None });
        }
    }
    ways.sort_by_key(|way| std::cmp::Reverse(way.last));
    ways.into_iter().map(|way| view(&way, outcomes)).collect()
}

fn view(way: &Way<'_>, outcomes: &[(String, Outcome)]) -> TriedView {
    let of_way =
        |(tried, _): &&(String, Outcome)| way.contact.is_some_and(|known| known.eq_ignore_ascii_case(tried));
    let outcome = outcomes.iter().rev().find(of_way).map(|(_, outcome)| *outcome);
    TriedView {
        channel: way.channel.map(Channel::id),
        contact: way.contact.map(str::to_owned),
        rung: way.rung.map(Rung::id),
        times: way.times,
        last: way.last.map(|day| day.to_string()),
        outcome: outcome.map(Outcome::id),
        dead: outcome.is_some_and(Outcome::is_dead),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(on: &str, by: &str, mut more: serde_json::Value) -> Line {
        let mut entry = json!({"on": on, "by": by, "kind": "call", "text": "x"});
        entry.as_object_mut().unwrap().append(more.as_object_mut().unwrap());
        Line { event: "e".to_owned(), entry: serde_json::from_value(entry).unwrap() }
    }

    #[test]
    fn each_way_is_told_once_with_how_often_it_was_tried_and_what_became_of_it() {
        let log = [
            line("2026-03-01", "customer", json!({"channel": "phone", "contact": "+442079460999"})),
            line("2026-03-02", "company", json!({"channel": "phone", "contact": "+442079460999"})),
            line("2026-03-05", "customer", json!({"channel": "email", "contact": "Help@acme.example"})),
            line(
                "2026-03-09",
                "customer",
                json!({"channel": "phone", "contact": "+442079460999", "rung": "front_line"}),
            ),
            line("2026-03-03", "customer", json!({"channel": "phone", "rung": "complaints"})),
            line("2026-03-04", "customer", json!({"channel": "phone", "rung": "complaints"})),
            line("2026-03-04", "customer", json!({})),
        ];
        let outcomes = [
            ("help@ACME.example".to_owned(), Outcome::Reached),
            ("help@acme.example".to_owned(), Outcome::Bounced),
            ("old@acme.example".to_owned(), Outcome::NoAnswer),
        ];
        let told: Vec<String> = of(&log, &outcomes)
            .iter()
            .map(|way| {
                format!(
                    "{} {} {} x{} {} {}{}",
                    way.channel.unwrap_or("-"),
                    way.contact.as_deref().unwrap_or("-"),
                    way.rung.unwrap_or("-"),
                    way.times,
                    way.last.as_deref().unwrap_or("-"),
                    way.outcome.unwrap_or("-"),
                    if way.dead { " dead" } else { "" }
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "phone +442079460999 front_line x2 2026-03-09 -",
                "email Help@acme.example - x1 2026-03-05 bounced dead",
                "phone - complaints x2 2026-03-04 -",
                "- old@acme.example - x0 - no_answer",
            ]
        );
    }
}
