//! Situations: a case given as one JSON object, as `upstairs advise` takes it, made into the events of a [`Case`].
//!
//! Unknown fields are ignored. A word, currency, country or day that is not understood is refused with its path and, where
//! there is one, the word that was perhaps meant: advice on a misread case would be worse than none.

mod field;

use atlas::words::{ActingAs, PaidBy, Sector, Topic};
use jiff::civil::Date;
use ladder::{Channel, Clock, Country, Rung, Unit};
use serde_json::Value;

pub use field::BadField;
use field::{At, Object};

use crate::case::Case;
use crate::event::{EVENT_VERSION, Entry, Event, Evidence, Facts, NamedBody, OwnStage, Procedure, What};
use crate::moment::Moment;
use crate::money::{Currency, Money};
use crate::words::{By, LogKind, Urgency, Wish};

/// The most lines of a log, and of the shorter lists.
const MOST_LINES: usize = 5_000;
const MOST_ITEMS: usize = 500;

/// The words for the topic of a problem.
pub const TOPICS: &[&str] = Topic::IDS;

/// Reads the day of a situation, where it gives one.
///
/// # Errors
///
/// [`BadField`] where `now` is no day.
pub fn today(value: &Value) -> Result<Option<Date>, BadField> {
    Object::of(value, At::Root)?.day("now")
}

/// Reads a situation, as of a day, into a case.
///
/// # Errors
///
/// [`BadField`] for the first field that cannot be understood.
pub fn read(value: &Value, now: Date) -> Result<Case, BadField> {
    let root = Object::of(value, At::Root)?;
    let case = root.object("case")?.ok_or_else(|| root.at("case").wrong("is missing"))?;
    let facts = facts(&case, now)?;
    let currency = facts.amount.or(facts.least).map(|money| money.currency());
    let currency = currency.or(stated_currency(&case)?).or_else(|| home_currency(facts.country));
    let mut happened: Vec<(Date, What)> = Vec::new();
    for reference in case.texts("references", MOST_ITEMS)? {
        happened.push((now, What::Referenced { reference }));
    }
    for name in case.texts("evidence", MOST_ITEMS)? {
        happened.push((now, What::EvidenceAttached(Evidence { name, ..Evidence::default() })));
    }
    if let Some(policy) = case.object("policy")? {
        happened.push((now, What::PolicyPinned { policy: procedure(&policy)?, on: now }));
    }
    if let Some(ladder) = case.get("ladder") {
        happened.push((now, What::LadderPinned { ladder: ladder.clone(), on: now }));
    }
    let above = case.at("log");
    for (at, line) in case.list("log", MOST_LINES)?.iter().enumerate() {
        let entry = entry(&Object::of(line, At::Index(&above, at))?, now, currency)?;
        happened.push((entry.on, What::Logged(Box::new(entry))));
    }
    let opened = What::Opened { facts: Box::new(facts) };
    let all = std::iter::once((now, opened)).chain(happened).enumerate();
    let events = all.map(|(number, (day, what))| Event {
        v: EVENT_VERSION,
        id: format!("s{number}"),
        at: Moment::of_day(day),
        recorded_by: "situation".to_owned(),
        what,
    });
    Case::from_events(events).map_err(|error| root.at("case").wrong(error.to_string()))
}

fn facts(case: &Object<'_>, now: Date) -> Result<Facts, BadField> {
    let country = case.needed("country")?;
    let country = Country::parse(country).map_err(|error| case.at("country").wrong(error.to_string()))?;
    let none = Value::Object(serde_json::Map::new());
    let problem = case.object("problem")?.map_or_else(|| Object::of(&none, case.at("problem")), Ok)?;
    let wanted = case.object("wanted")?.map_or_else(|| Object::of(&none, case.at("wanted")), Ok)?;
    let currency = stated_currency(case)?.or_else(|| home_currency(country));
    let wish = match wanted.text("what")? {
        // The neighbours of a wish that people write.
        Some("credit" | "money_back") => Some(Wish::Refund),
        _ => wanted.word("what", Wish::from_id, Wish::IDS)?,
    };
    Ok(Facts {
        company: case.text("company")?.unwrap_or("the company").to_owned(),
        country,
        region: case.text("region")?.map(|text| atlas::place::region(country, text)),
        sector: case.word("sector", Sector::from_id, Sector::IDS)?,
        acting_as: case.word("as", ActingAs::from_id, ActingAs::IDS)?.unwrap_or(ActingAs::Consumer),
        what: problem.text("what")?.map(str::to_owned),
        topic: problem.word("topic", Topic::from_id, Topic::IDS)?,
        matter: problem.text("matter")?.map(str::to_owned),
        since: problem.past_day("since", now)?,
        event: problem.day("event")?,
        ongoing: problem.flag("ongoing")?,
        amount: money(&problem, "amount", currency)?,
        paid_by: problem.word("paid_by", PaidBy::from_id, PaidBy::IDS)?,
        urgent: problem.word("urgent", Urgency::from_id, Urgency::IDS)?,
        wanted: wish,
        least: money(&wanted, "least", currency)?,
        matters_by: wanted.day("by")?,
        reach_by: wanted.word("reach_by", Channel::from_id, &Channel::ALL.map(Channel::id))?,
        others_affected: problem.count("others_affected")?,
        impact: problem.text("impact")?.map(str::to_owned),
        agreed: problem.text("agreed")?.map(str::to_owned),
        fallback: wanted.text("fallback")?.map(str::to_owned),
    })
}

/// Returns the currency that the situation states.
fn stated_currency(case: &Object<'_>) -> Result<Option<Currency>, BadField> {
    let Some(problem) = case.object("problem")? else { return Ok(None) };
    let Some(code) = problem.text("currency")? else { return Ok(None) };
    Currency::parse(code).map(Some).map_err(|error| problem.at("currency").wrong(error.to_string()))
}

/// Returns the currency of a country, for amounts of which none is stated.
#[must_use]
pub fn home_currency(country: Country) -> Option<Currency> {
    let code = match country.code() {
        "GB" => "GBP",
        "US" => "USD",
        "CA" => "CAD",
        "AU" => "AUD",
        "NZ" => "NZD",
        "IN" => "INR",
        "SG" => "SGD",
        "ZA" => "ZAR",
        "CH" => "CHF",
        "AT" | "BE" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE" | "IT" | "LT" | "LU"
        | "LV" | "MT" | "NL" | "PT" | "SI" | "SK" => "EUR",
        _ => return None,
    };
    Currency::parse(code).ok()
}

fn money(object: &Object<'_>, name: &str, currency: Option<Currency>) -> Result<Option<Money>, BadField> {
    let Some(number) = object.number(name)? else { return Ok(None) };
    let currency =
        currency.ok_or_else(|| object.at(name).wrong("an amount needs a currency: give `currency`"))?;
    Money::parse(&number, currency).map(Some).map_err(|error| object.at(name).wrong(error.to_string()))
}

fn rung(object: &Object<'_>) -> Result<Option<Rung>, BadField> {
    let ids = Rung::ALL.map(Rung::id);
    if object.text("rung")? == Some(ladder::OFF_LADDER) {
        Ok(None)
    } else {
        object.word("rung", Rung::from_id, &ids)
    }
}

/// Returns a channel by its word, or by what people call it in a log.
fn channel(word: &str) -> Option<Channel> {
    let neighbour = match word.to_lowercase().replace(['-', ' '], "_").as_str() {
        "sms" | "text" | "text_message" | "whatsapp" | "messenger" => Channel::Messaging,
        "letter" | "post" | "mail" | "registered_letter" => Channel::Postal,
        "call" | "telephone" | "mobile" => Channel::Phone,
        "e_mail" => Channel::Email,
        "live_chat" | "webchat" => Channel::Chat,
        "web_form" | "webform" | "portal" => Channel::Form,
        "website" => Channel::Web,
        "visit" | "shop" | "store" | "branch" | "counter" => Channel::InPerson,
        "twitter" | "facebook" | "social_media" => Channel::Social,
        _ => return Channel::from_id(word),
    };
    Some(neighbour)
}

/// Returns whether a word tells by which way money came, or a thing, rather than words: such a line has no channel.
fn is_no_channel(word: &str) -> bool {
    let word = word.to_lowercase().replace(['-', ' '], "_");
    matches!(
        word.as_str(),
        "transfer"
            | "bank"
            | "bank_transfer"
            | "card"
            | "account"
            | "cash"
            | "cheque"
            | "check"
            | "courier"
            | "parcel"
            | "none"
    )
}

fn entry(line: &Object<'_>, now: Date, currency: Option<Currency>) -> Result<Entry, BadField> {
    let missing = |name| line.at(name).wrong("is missing");
    let channels: Vec<&str> = Channel::ALL.iter().map(|channel| channel.id()).collect();
    Ok(Entry {
        on: line.past_day("at", now)?.ok_or_else(|| missing("at"))?,
        time: None,
        by: line.word("by", By::from_id, By::IDS)?.ok_or_else(|| missing("by"))?,
        channel: match line.text("channel")? {
            Some(word) if is_no_channel(word) => None,
            _ => line.word("channel", channel, &channels)?,
        },
        rung: rung(line)?,
        kind: line.word("kind", LogKind::from_id, LogKind::IDS)?.ok_or_else(|| missing("kind"))?,
        text: line.text("text")?.unwrap_or_default().to_owned(),
        due: line.day("due")?,
        hours: None,
        amount: money(line, "amount", currency)?,
        contact: line.text("contact")?.map(str::to_owned),
        person: line.text("person")?.map(str::to_owned),
        reference: line.text("reference")?.map(str::to_owned),
        body: line.text("body")?.map(str::to_owned),
        held_minutes: line.count("held_minutes")?,
    })
}

fn procedure(policy: &Object<'_>) -> Result<Procedure, BadField> {
    let mut procedure = Procedure::default();
    let above = policy.at("stages");
    for (at, stage) in policy.list("stages", MOST_ITEMS)?.iter().enumerate() {
        let stage = Object::of(stage, At::Index(&above, at))?;
        let order = u32::try_from(at + 1).unwrap_or(u32::MAX);
        procedure.stages.push(OwnStage {
            order: stage.count("order")?.unwrap_or(order),
            rung: rung(&stage)?.ok_or_else(|| stage.at("rung").wrong("is missing"))?,
            acknowledge: clock(&stage, "acknowledge")?,
            respond: clock(&stage, "respond")?,
            customer_window: clock(&stage, "customer_window")?,
        });
    }
    let above = policy.at("external");
    for (at, body) in policy.list("external", MOST_ITEMS)?.iter().enumerate() {
        let body = Object::of(body, At::Index(&above, at))?;
        procedure.external.push(NamedBody {
            body: body.needed("body")?.to_owned(),
            after: clock(&body, "after")?,
            within: clock(&body, "within")?,
        });
    }
    Ok(procedure)
}

fn clock(object: &Object<'_>, name: &str) -> Result<Option<Clock>, BadField> {
    const UNITS: [Unit; 7] =
        [Unit::Minutes, Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months, Unit::Years];
    let Some(clock) = object.object(name)? else { return Ok(None) };
    let n = clock.count("n")?.ok_or_else(|| clock.at("n").wrong("is missing"))?;
    let of = |id: &str| UNITS.into_iter().find(|unit| unit.id() == id);
    let unit =
        clock.word("unit", of, &UNITS.map(Unit::id))?.ok_or_else(|| clock.at("unit").wrong("is missing"))?;
    Ok(Some(Clock::new(n, unit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;
    use jiff::civil::date;
    use serde_json::json;

    fn refused(change: impl Fn(&mut Value)) -> String {
        let mut value = json!({"case": {"company": "Acme", "country": "GB", "sector": "energy",
            "problem": {"what": "Bill too high", "topic": "billing_error", "since": "2026-01-02", "amount": 90, "currency": "GBP"},
            "wanted": {"what": "refund", "least": 90},
            "log": [{"at": "2026-01-05", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": "x"}]}});
        change(&mut value);
        read(&value, date(2026, 2, 1)).map_or_else(|error| error.to_string(), |_| "read".to_owned())
    }

    #[test]
    fn what_cannot_be_understood_is_refused_with_its_path_and_a_hint() {
        let said = [
            refused(|_| {}),
            refused(|v| v["case"]["colour"] = json!("green")),
            refused(|v| v["case"]["country"] = json!("ZZ")),
            refused(|v| v["case"]["sector"] = json!("enrgy")),
            refused(|v| v["case"]["problem"]["currency"] = json!("EURO")),
            refused(|v| v["case"]["problem"]["since"] = json!("03/04/2026")),
            refused(|v| v["case"]["problem"]["since"] = json!("2026-02-30")),
            refused(|v| v["case"]["problem"]["amount"] = json!(-5)),
            refused(|v| v["case"]["log"][0]["at"] = json!("2026-02-02")),
            refused(|v| v["case"]["log"][0]["kind"] = json!("complain")),
            refused(|v| v["case"]["log"][0]["rung"] = json!("boss")),
            refused(|v| v["case"]["log"] = json!({})),
            refused(|v| {
                v["case"]["policy"] =
                    json!({"stages": [{"rung": "complaints", "respond": {"n": 8, "unit": "week"}}]});
            }),
            refused(|v| *v = json!([])),
        ];
        insta::assert_snapshot!(said.join("\n"), @r"
        read
        read
        case.country: `ZZ` is not a country code: two letters of ISO 3166-1 are wanted, such as GB, US or DE
        case.sector: `enrgy` is not known; did you mean `energy`?
        case.problem.currency: `EURO` is not a currency: use three letters of ISO 4217, such as GBP; did you mean `EUR`?
        case.problem.since: `03/04/2026` is ambiguous: write year-month-day, such as 2026-03-04
        case.problem.since: `2026-02-30` is not a date in the calendar
        case.problem.amount: `-5` is not an amount: use a number such as 129.90, not negative, with no more decimals than the currency has
        case.log[0].at: `2026-02-02` is after today (2026-02-01): only give what has already happened
        case.log[0].kind: `complain` is not known; did you mean `complaint`?
        case.log[0].rung: `boss` is not known; use one of these: front_line, supervisor, complaints, specialist, management, executive, legal, adr, regulator
        case.log: this must be a list, not `an object`
        case.policy.stages[0].respond.unit: `week` is not known; did you mean `weeks`?
        the situation: this must be an object, not `a list`
        ");
    }

    #[test]
    fn a_situation_becomes_the_events_of_a_case() {
        let value = json!({"case": {"country": "DE", "problem": {"what": "x"}, "references": ["A-1"], "evidence": ["photo"],
            "log": [{"at": "2026-01-05", "by": "company", "kind": "offer", "amount": 12.5}]}});
        let state = State::of(&read(&value, date(2026, 2, 1)).unwrap()).unwrap();
        assert_eq!(state.references, ["A-1"]);
        assert_eq!(state.log[0].entry.amount.unwrap().to_string(), "EUR 12.50");
    }
}
