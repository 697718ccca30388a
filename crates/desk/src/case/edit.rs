//! Editing what a case knows: what was told wrongly, or is known only now. Nothing is lost by it: the earlier facts stay in the
//! log, and the later ones count from now on.

use atlas::words::ActingAs;
use casework::event::Facts;
use casework::{Currency, Urgency, What, situation};
use jiff::civil::Date;

use super::fact::{self, Beside, Told};
use super::{CaseDeskError, Place, mask};

/// Every fact that can be edited, by its name.
pub const FACTS: &[&str] = &fact::names();

/// What is edited.
#[derive(Clone, Debug, Default)]
pub struct EditRequest {
    /// Facts by their names ([`FACTS`]), each as a person writes it; an empty text takes the fact away.
    pub facts: Vec<(String, String)>,
    /// Numbers by which the company knows the matter, to be added.
    pub references: Vec<String>,
    /// Why, for whoever reads the log later.
    pub because: Option<String>,
}

/// The most numbers that one edit adds, and the most characters of one.
const MOST_REFERENCES: usize = 40;
const MOST_LINE: usize = 200;

/// Edits a case; returns the events, none where everything was so already.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] names the first fact that cannot be understood: nothing is changed then.
pub async fn edit(place: &Place, id: &str, request: &EditRequest) -> Result<Vec<String>, CaseDeskError> {
    let state = place.state(id).await?;
    let mut facts = state.facts.clone();
    let given = in_order(request)?;
    for (name, text) in &given {
        // What stands there already says nothing new: a form sends all of its fields.
        if text.trim() == shown(&state.facts, name) {
            continue;
        }
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        set(&mut facts, name, text, place.now.date()).map_err(|why| wrong(name, &why))?;
    }
    // What holds between facts is asked again of all of them.
    if let Some(region) = &facts.region {
        crate::atlas::check_region(facts.country, region).map_err(|why| wrong("region", &why))?;
    }
    let mut what = Vec::new();
    if facts != state.facts {
        let because =
            request.because.as_deref().map(|text| mask(text.trim()).0).filter(|text| !text.is_empty());
        what.push(What::Described { facts: Box::new(facts), because });
    }
    if request.references.len() > MOST_REFERENCES {
        return Err(wrong("reference", &format!("at most {MOST_REFERENCES} at once")));
    }
    for reference in &request.references {
        let reference = mask(reference.trim()).0;
        if reference.chars().count() > MOST_LINE {
            return Err(wrong("reference", &format!("at most {MOST_LINE} characters")));
        }
        if !reference.is_empty() && !state.references.contains(&reference) {
            what.push(What::Referenced { reference });
        }
    }
    if what.is_empty() {
        return Ok(Vec::new());
    }
    let cases = place.write().await?;
    let events = cases.append(id, what, &place.moment(), &place.by).await?;
    cases.close().await;
    Ok(events.into_iter().map(|event| event.id).collect())
}

/// Returns a fact as the form for editing it shows it: what [`edit`] reads.
fn shown(facts: &Facts, name: &str) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let sum =
        |money: Option<casework::Money>| money.map(|m| format!("{} {}", m.number(), m.currency().code()));
    let id = |id: Option<&'static str>| id.map(str::to_owned);
    match name {
        "company" => Some(facts.company.clone()),
        "country" => Some(facts.country.code().to_owned()),
        "region" => facts.region.clone(),
        "sector" => id(facts.sector.map(atlas::Sector::id)),
        "as" => id(Some(facts.acting_as.id())),
        "what" => facts.what.clone(),
        "topic" => id(facts.topic.map(atlas::words::Topic::id)),
        "agreed" => facts.agreed.clone(),
        "since" => day(facts.since),
        "event" => day(facts.event),
        "ongoing" => facts.ongoing.then(|| "yes".to_owned()),
        "amount" => sum(facts.amount),
        "paid_by" => id(facts.paid_by.map(atlas::words::PaidBy::id)),
        "urgent" => id(facts.urgent.map(Urgency::id)),
        "wanted" => id(facts.wanted.map(casework::Wish::id)),
        "least" => sum(facts.least),
        "fallback" => facts.fallback.clone(),
        "by" => day(facts.matters_by),
        "reach_by" => id(facts.reach_by.map(ladder::Channel::id)),
        "impact" => facts.impact.clone(),
        "others_affected" => facts.others_affected.map(|count| count.to_string()),
        _ => None,
    }
    .unwrap_or_default()
}

/// Returns the facts of a case as [`edit`] reads them, by their names.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn facts(place: &Place, id: &str) -> Result<Vec<(&'static str, String)>, CaseDeskError> {
    let facts = place.state(id).await?.facts;
    Ok(FACTS.iter().map(|name| (*name, shown(&facts, name))).collect())
}

fn wrong(name: &str, why: &str) -> CaseDeskError {
    CaseDeskError::Wrong(format!("{name}: {why}"))
}

/// Puts what was given into the order of [`FACTS`], in which later facts may rest on earlier ones.
fn in_order(request: &EditRequest) -> Result<Vec<(&'static str, &str)>, CaseDeskError> {
    if let Some((name, _)) = request.facts.iter().find(|(name, _)| !FACTS.contains(&name.as_str())) {
        return Err(wrong(name, &format!("no such fact; known are {}", FACTS.join(", "))));
    }
    let of = |name: &&'static str| {
        let given = request.facts.iter().rev().find(|(known, _)| known == *name);
        given.map(|(_, text)| (*name, text.as_str()))
    };
    Ok(FACTS.iter().filter_map(of).collect())
}

/// Takes what is told out of a fact of one kind.
macro_rules! only {
    ($kind:ident, $told:expr) => {
        match $told {
            Some(Told::$kind(told)) => Some(told),
            _ => None,
        }
    };
}

/// Sets a fact; `None` takes it away.
fn set(facts: &mut Facts, name: &str, text: Option<&str>, today: Date) -> Result<(), String> {
    let home = situation::home_currency(facts.country).map(|currency: Currency| currency.code().to_owned());
    let what = facts.what.clone();
    let beside = Beside { today, currency: home.as_deref(), what: what.as_deref() };
    let told = text.map(|text| fact::read(name, text, &beside)).transpose()?;
    match name {
        "company" => facts.company = only!(Text, told).ok_or("a case needs a company")?,
        "country" => {
            let Some(Told::Country(country, nation)) = told else {
                return Err("this is needed: the law and the outside bodies depend on it".to_owned());
            };
            facts.country = country;
            facts.region = nation.or_else(|| facts.region.take());
        }
        "region" => facts.region = only!(Text, told),
        "sector" => facts.sector = only!(Sector, told),
        "as" => facts.acting_as = only!(ActingAs, told).unwrap_or(ActingAs::Consumer),
        "what" => facts.what = only!(Text, told),
        "topic" => {
            let (topic, matter) = match told {
                Some(Told::Topic(topic, matter)) => (Some(topic), matter),
                _ => (None, None),
            };
            facts.topic = topic.as_deref().and_then(atlas::words::Topic::from_id);
            facts.matter = matter;
        }
        "agreed" => facts.agreed = only!(Text, told),
        "since" => facts.since = only!(Day, told),
        "event" => facts.event = only!(Day, told),
        "ongoing" => facts.ongoing = only!(Yes, told).unwrap_or(false),
        "amount" => facts.amount = only!(Sum, told),
        "paid_by" => facts.paid_by = only!(PaidBy, told),
        "urgent" => facts.urgent = only!(Urgency, told),
        "wanted" => facts.wanted = only!(Wish, told),
        "least" => facts.least = only!(Sum, told),
        "fallback" => facts.fallback = only!(Text, told),
        "by" => facts.matters_by = only!(Day, told),
        "reach_by" => facts.reach_by = only!(Channel, told),
        "impact" => facts.impact = only!(Text, told),
        "others_affected" => facts.others_affected = only!(Count, told),
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn start() -> Facts {
        let case = json!({"case": {"company": "Brightwell", "country": "GB"}});
        let case = situation::read(&case, jiff::civil::date(2026, 3, 1)).unwrap();
        casework::State::of(&case).unwrap().facts
    }

    #[test]
    fn every_fact_is_set_shown_as_it_is_read_and_taken_away() {
        let today = jiff::civil::date(2026, 3, 1);
        let given = [
            ("company", "Amberfield Airways"),
            ("country", "US"),
            ("region", "CA"),
            ("sector", "air"),
            ("as", "small_business"),
            ("what", "The bag came on the fourth day"),
            ("topic", "delayed_baggage"),
            ("agreed", "On the same flight"),
            ("since", "2026-02-01"),
            ("event", "2026-02-01"),
            ("ongoing", "yes"),
            ("amount", "340.50 USD"),
            ("paid_by", "credit_card"),
            ("urgent", "money_leaving"),
            ("wanted", "refund"),
            ("least", "200 USD"),
            ("fallback", "Miles"),
            ("by", "2026-06-01"),
            ("reach_by", "email"),
            ("impact", "No clothes for three days"),
            ("others_affected", "3"),
        ];
        assert_eq!(given.map(|(name, _)| name).as_slice(), FACTS);
        let mut facts = start();
        for (name, text) in given {
            set(&mut facts, name, Some(text), today).unwrap();
            let want = if name == "topic" { "not_delivered" } else { text };
            assert_eq!(shown(&facts, name), want, "{name}");
        }
        assert_eq!(facts.matter.as_deref(), Some("delayed_baggage"));
        for name in FACTS {
            let needed = matches!(*name, "company" | "country");
            assert_eq!(set(&mut facts, name, None, today).is_err(), needed, "{name}");
            let want = if needed { &facts.clone() } else { &start() };
            assert_eq!(shown(&facts, name), shown(want, name), "{name}");
        }
        for (name, text) in
            [("since", "2026-04-01"), ("ongoing", "maybe"), ("urgent", "very"), ("sector", "planes")]
        {
            assert!(set(&mut facts, name, Some(text), today).is_err(), "{name}");
        }
    }
}
