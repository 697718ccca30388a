//! Naming the rung of contacts that come as rows of a list, where the list does not place them.
//!
//! A value that the atlas knows as an outside body's is that body's. Else the label speaks first, with the words that name
//! a contact on a page; then the matters that the list gives; where nothing is said it is the front line. Who lists matters
//! for a contact means customers, so words for the press or for sales in its label do not put it off the ladder. A page of
//! terms is no contact.

use atlas::Atlas;
use ladder::{BodyKind, Channel, Topic};
use reading::rung::listed;
use store::record::Because;
use store::{Company, Row};

/// The most matters of one kind of trouble that a desk for it lists.
const FEW: usize = 5;
/// The fewest kinds of trouble that make a desk a general one.
const MANY_KINDS: usize = 3;

/// Words in a label that say that the page behind it is to be read, not written to.
const TO_READ: [&str; 19] = [
    "terms",
    "agreement",
    "conditions",
    "privacy policy",
    "privacy notice",
    "user guide",
    "disclosures",
    "fee schedule",
    "contract of carriage",
    "tariff",
    "policy page",
    "return policy",
    "refund policy",
    "policies",
    "membership contract",
    "rules and regulations",
    "warranty policy",
    "legal policy",
    "brokercheck record",
];

/// Words in a label that name a desk for one matter, in small letters.
const OF_ONE_MATTER: [&str; 31] = [
    "outage",
    "emergenc",
    "gas leak",
    "downed",
    "baggage",
    "bag help",
    "delayed bag",
    "lost bag",
    "lost and found",
    "lost item",
    "track",
    "claim",
    "roadside",
    "cancel",
    "refund",
    "return",
    "payment",
    "past due",
    "assistance",
    "suspicious",
    "phish",
    "dispute a",
    "lost or stolen",
    "stolen",
    "warranty",
    "repair",
    "accessib",
    "hearing",
    "credit report",
    "freeze",
    "loyalty",
];

/// Names the rows of a company that nobody has named yet.
pub fn name_rows(company: &Company, rows: &mut [Row]) {
    for row in rows.iter_mut().filter(|row| row.rung.is_none()) {
        if outside(company, row) {
            continue;
        }
        let (rung, because) = name(row);
        row.rung = Some(rung.to_owned());
        row.because.extend(because);
    }
}

fn because(id: &str, rung: &str, words: &str) -> Vec<Because> {
    vec![Because { id: id.to_owned(), rung: rung.to_owned(), words: words.to_owned() }]
}

/// Names a row that is an outside body's, by the atlas or by the host of a government.
fn outside(company: &Company, row: &mut Row) -> bool {
    let host = match row.channel {
        Channel::Email => row.value.rsplit('@').next().map(str::to_owned),
        _ => store::names::host_of(&row.value).filter(|_| row.value.starts_with("http")),
    };
    if host.as_ref().is_some_and(|host| company.owns(host)) {
        return false;
    }
    let atlas = Atlas::builtin();
    let heads = match (&host, row.channel) {
        (Some(_), channel) if channel != Channel::Email => atlas.by_link(&row.value),
        _ => atlas.by_value(&row.value),
    };
    let (party, rung) = match heads.first().map(|head| (head.name.to_string(), head.body_kind())) {
        Some((name, BodyKind::Adr)) => (name, "adr"),
        Some((name, BodyKind::Regulator)) => (name, "regulator"),
        Some((_, BodyKind::Court)) => return false,
        None => match host.filter(|host| reading::post::is_government(host)) {
            Some(host) => (host, "regulator"),
            None => return false,
        },
    };
    row.because.extend(because("outside", rung, &party));
    row.party = Some(party);
    row.rung = Some(rung.to_owned());
    true
}

/// Returns the rung of a row and why.
fn name(row: &Row) -> (&'static str, Vec<Because>) {
    let label = row.label.as_deref().unwrap_or(&row.quote);
    let lower = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|words| lower.contains(words));
    let read = TO_READ.iter().find(|words| lower.contains(*words));
    if let Some(words) = read
        && matches!(row.channel, Channel::Form | Channel::Web)
        && !has(&["request", "form", "contact", "file", "submit", "start", "dispute", "claim"])
    {
        return ("off_ladder", because("to-read", "off_ladder", words));
    }
    if let Some(words) = ["arbitration", "legal notice"].into_iter().find(|words| lower.contains(words)) {
        return ("legal", because("label", "legal", words));
    }
    let complains = has(&["complaint", "grievance"]);
    let (spelled, told) = spoken(row, label);
    let general = row.topics.iter().any(|topic| topic == "poor_service") || kinds(row) >= MANY_KINDS;
    match spelled {
        "management" if complains => return ("complaints", because("label", "complaints", label)),
        // The manager of an account or a delivery is a product or the front line.
        "management" if has(&["account manager", "delivery manager"]) => {}
        "off_ladder" if !row.topics.is_empty() => {}
        // A charge or an entry that is disputed goes to the desk for that; a dispute with the company is a complaint.
        "complaints"
            if !complains && of_a_transaction(row) && !has(&["resolution", "notice", "relations"]) =>
        {
            return ("specialist", because("label", "specialist", "dispute"));
        }
        "specialist" if general && !matches!(row.channel, Channel::Form | Channel::Web | Channel::App) => {
            return ("front_line", because("matters", "front_line", &row.topics.join(", ")));
        }
        "front_line" => {}
        other => return (other, told),
    }
    let words = OF_ONE_MATTER.iter().find(|words| lower.contains(*words));
    if let Some(words) = words.filter(|_| !general) {
        return ("specialist", because("label", "specialist", words));
    }
    let plain = !told.iter().any(|because| because.rung == "front_line");
    let desk = matches!(row.channel, Channel::Phone | Channel::Email | Channel::Postal);
    if desk && plain && row.topics.len() <= FEW && kinds(row) == 1 && !general {
        return ("specialist", because("matters", "specialist", &row.topics.join(", ")));
    }
    ("front_line", told.into_iter().filter(|because| because.rung == "front_line").collect())
}

/// Returns the rung that the words of a label and mailbox name, and the words.
fn spoken(row: &Row, label: &str) -> (&'static str, Vec<Because>) {
    let Ok(reach) = row.reach() else { return ("front_line", Vec::new()) };
    let (rung, signals) = listed(&reach, label);
    let told = signals
        .iter()
        .map(|signal| Because {
            id: signal.id.to_owned(),
            rung: ladder::rung::spelled(signal.rung).to_owned(),
            words: signal.words.clone(),
        })
        .collect();
    (ladder::rung::spelled(rung), told)
}

/// Returns how many kinds of trouble the matters of a row are of, each matter taken for its first.
fn kinds(row: &Row) -> usize {
    let mut kinds: Vec<&str> =
        row.topics.iter().filter_map(|matter| Topic::parse(matter)).map(|topic| topic.id).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len()
}

/// Returns whether a row is for charges or entries that are disputed.
fn of_a_transaction(row: &Row) -> bool {
    const OF: [&str; 3] = ["transaction_dispute", "unauthorized_charge", "credit_report_error"];
    row.topics.iter().any(|topic| OF.contains(&topic.as_str()))
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

    fn company() -> Company {
        Company { domains: vec!["acme.example".into()], ..Company::default() }
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
            ("phone", phone, "Power problem, press 2", &["service_outage"], "specialist"),
            ("phone", phone, "Sales and service", &["billing_error", "poor_service"], "front_line"),
            ("phone", phone, "Dispute a charge", &["transaction_dispute"], "specialist"),
            ("postal", "1 Main St, Town", "Grievances and appeals", &["claim_denial"], "complaints"),
            ("form", "https://www.ca.gov/complain", "Complaint form", &[], "regulator"),
        ] {
            let mut rows = [row(channel, value, label, topics)];
            name_rows(&company(), &mut rows);
            assert_eq!(rows[0].rung.as_deref(), Some(rung), "{label} {topics:?}");
        }
    }

    #[test]
    fn what_is_named_already_stays() {
        let mut rows = [row("phone", "+12025550101", "Customer relations", &[])];
        rows[0].rung = Some("off_ladder".into());
        name_rows(&company(), &mut rows);
        assert_eq!(rows[0].rung.as_deref(), Some("off_ladder"));
    }
}
