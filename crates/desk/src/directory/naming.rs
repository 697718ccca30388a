//! Naming the rung of contacts that come as rows of a list, where the list does not place them.
//!
//! The label speaks first, with the words that name a contact on a page; then the matters that the list gives; where
//! nothing is said it is the front line. A page of terms is no contact and stays off the ladder.

use ladder::{Channel, Topic};
use reading::rung::listed;
use store::Row;
use store::record::Because;

/// The most matters of one kind of trouble that a desk for it lists.
const FEW: usize = 5;

/// Words in a label that say that the page behind it is to be read, not written to.
const TO_READ: [&str; 17] = [
    "terms", "agreement", "conditions", "privacy policy", "privacy notice", "user guide", "disclosures", "fee schedule",
    "contract of carriage", "tariff", "policy page", "return policy", "refund policy", "policies", "membership contract",
    "rules and regulations", "warranty policy",
];

/// Words in a label that name a desk for one matter, in small letters.
const OF_ONE_MATTER: [&str; 28] = [
    "outage", "emergency", "gas leak", "downed", "baggage", "lost and found", "lost item", "track", "claim", "roadside",
    "cancel", "refund", "return", "payment", "past due", "assistance", "suspicious", "phish", "dispute a", "lost or stolen",
    "stolen", "warranty", "repair", "accessib", "hearing", "credit report", "freeze", "loyalty",
];

/// Names the rows that nobody has named yet.
pub fn name_rows(rows: &mut [Row]) {
    for row in rows.iter_mut().filter(|row| row.rung.is_none()) {
        let (rung, because) = name(row);
        row.rung = Some(rung.to_owned());
        row.because.extend(because);
    }
}

/// Returns the rung of a row and why.
fn name(row: &Row) -> (&'static str, Vec<Because>) {
    let label = row.label.as_deref().unwrap_or(&row.quote);
    let lower = label.to_lowercase();
    let of = |id: &str, rung: &str, words: &str| {
        vec![Because { id: id.to_owned(), rung: rung.to_owned(), words: words.to_owned() }]
    };
    let read = TO_READ.iter().find(|words| lower.contains(*words));
    let written_to = ["request", "form", "contact", "file", "submit", "start", "dispute", "claim"];
    if let Some(words) = read
        && matches!(row.channel, Channel::Form | Channel::Web)
        && !written_to.iter().any(|words| lower.contains(words))
    {
        return ("off_ladder", of("to-read", "off_ladder", words));
    }
    let Ok(reach) = row.reach() else { return ("front_line", Vec::new()) };
    let (rung, signals) = listed(&reach, label);
    let spelled = ladder::rung::spelled(rung);
    let told: Vec<Because> = signals
        .iter()
        .map(|signal| Because {
            id: signal.id.to_owned(),
            rung: ladder::rung::spelled(signal.rung).to_owned(),
            words: signal.words.clone(),
        })
        .collect();
    if spelled != "front_line" {
        return (spelled, told);
    }
    let general = row.topics.iter().any(|topic| topic == "poor_service");
    let words = OF_ONE_MATTER.iter().find(|words| lower.contains(*words));
    if let Some(words) = words.filter(|_| !general) {
        return ("specialist", of("label", "specialist", words));
    }
    // A desk that is listed for one kind of trouble is a desk for it.
    let one_kind = row.topics.first().and_then(|first| Topic::parse(first)).filter(|topic| {
        topic.id != "poor_service"
            && row.topics.len() <= FEW
            && row.topics.iter().all(|matter| topic.covers(matter))
    });
    let plain = told.is_empty() || !told.iter().any(|because| because.rung == "front_line");
    match one_kind {
        Some(_) if plain && matches!(row.channel, Channel::Phone | Channel::Email | Channel::Postal) => {
            ("specialist", of("matters", "specialist", &row.topics.join(", ")))
        }
        _ => ("front_line", told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(channel: &str, value: &str, label: &str, topics: &[&str]) -> Row {
        serde_json::from_value(serde_json::json!({
            "channel": channel, "value": value, "label": label, "topics": topics, "quote": label,
            "url": "https://acme.example/contact", "kind": "register", "site": "acme.example",
            "seen": "2026-10-12T00:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn label_then_matters_then_the_front_line() {
        let phone = "+12025550101";
        for (channel, value, label, topics, rung) in [
            ("phone", phone, "Customer relations", &["poor_service"][..], "complaints"),
            ("phone", phone, "Executive office", &[], "executive"),
            ("phone", phone, "Customer service", &["billing_error", "fraud", "poor_service"], "front_line"),
            ("phone", phone, "Central desk", &["lost_baggage", "delayed_baggage"], "specialist"),
            ("phone", phone, "Central desk", &["lost_baggage", "refund_request"], "front_line"),
            ("form", "https://acme.example/terms", "Terms of service", &["billing_error"], "off_ladder"),
            ("form", "https://acme.example/outage", "Report an outage", &["service_outage"], "specialist"),
            ("email", "careers@acme.example", "Careers", &[], "off_ladder"),
        ] {
            let mut rows = [row(channel, value, label, topics)];
            name_rows(&mut rows);
            assert_eq!(rows[0].rung.as_deref(), Some(rung), "{label} {topics:?}");
        }
    }

    #[test]
    fn what_is_named_already_stays() {
        let mut rows = [row("phone", "+12025550101", "Customer relations", &[])];
        rows[0].rung = Some("off_ladder".into());
        name_rows(&mut rows);
        assert_eq!(rows[0].rung.as_deref(), Some("off_ladder"));
    }
}
