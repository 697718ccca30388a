//! The questions of the conversation, and what each does with what was typed.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::Intake;
use crate::case::fact::{self, Beside, Told};
use crate::case::words;

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Its id, by which a face knows its words.
    pub id: &'static str,
    /// Whether a case cannot be opened without an answer.
    pub needed: bool,
    /// The question in English.
    pub ask: &'static str,
    /// What is asked for it, a field each, for a face that asks one after the other.
    pub fields: &'static [Asked],
    take: fn(&mut Intake, &Fields<'_>, Date) -> Result<(), Wrong>,
}

/// One field of a question.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Its name.
    pub name: &'static str,
    /// What to ask for it in English; empty where the question itself asks it.
    pub ask: &'static str,
    /// What is taken.
    pub takes: Takes,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Takes {
    /// A line.
    Line,
    /// Several lines, to an empty one.
    Lines,
    /// Yes or no; the field is there for yes.
    Yes,
}

const fn line(name: &'static str, ask: &'static str) -> Asked {
    Asked { name, ask, takes: Takes::Line }
}

/// What was typed, by the name of the field.
pub type Fields<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Which field cannot be understood, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wrong {
    /// The field.
    pub field: &'static str,
    /// Why.
    pub why: String,
}

fn wrong(field: &'static str) -> impl Fn(String) -> Wrong {
    move |why| Wrong { field, why }
}

const fn question(
    id: &'static str,
    needed: bool,
    ask: &'static str,
    fields: &'static [Asked],
    take: fn(&mut Intake, &Fields<'_>, Date) -> Result<(), Wrong>,
) -> Question {
    Question { id, needed, ask, fields, take }
}

const COMPANY: &[Asked] = &[
    line("company", ""),
    line(
        "sector",
        "Its trade (energy, telecom, bank, air, retail …); press Enter if the directory knows the company",
    ),
];
const COUNTRY: &[Asked] = &[
    line("country", "Its name, or two letters such as GB, US, DE"),
    line("region", "State, province or nation, if your rights depend on it (such as CA, or Scotland)"),
];
const WHAT: &[Asked] = &[
    line("what", ""),
    line("topic", "What kind of problem: billing, delivery, refund, cancellation, faulty_goods, fraud …"),
    line("agreed", "What was agreed or promised: contract, price, delivery, policy"),
];
const WHEN: &[Asked] = &[
    line("since", "A day, such as 2026-03-04 (year, month, day)"),
    Asked { name: "ongoing", ask: "Is it still going on? (y/n)", takes: Takes::Yes },
];
const WANTED: &[Asked] = &[
    line("wanted", "refund, replacement, repair, apology, correction, cancellation, compensation or service"),
    line("fallback", "What would you accept instead?"),
    line("matters_by", "By which day does it matter to you?"),
    line("reach_by", "How should they contact you: phone, email or postal?"),
];
const AMOUNT: &[Asked] = &[
    line("amount", "A sum with its currency, such as 129.90 GBP"),
    line("least", "The least you would accept"),
    line("paid_by", "How you paid: credit card, debit card, transfer, direct debit, cash, PayPal"),
];
const TRIED: &[Asked] = &[
    line("text", "What was said, in short (Enter moves on)"),
    line("on", "On which day?"),
    line("channel", "How: phone, email, form, chat, postal, social or in_person"),
    line("by", "Who did this: you, the company or an outside body"),
    line(
        "rung",
        "Who with: customer service, a supervisor, the complaints team, a manager, the executive office …",
    ),
    line("person", "The person's name and job, if you know them"),
    line(
        "kind",
        "What it was: your complaint, a question, a call; or their answer, refusal, promise, offer, final response, standard text",
    ),
];
const REFERENCES: &[Asked] = &[line("references", "Account, order or ticket numbers, separated by commas")];
const IMPACT: &[Asked] = &[line("impact", "Money, time, health, plans")];
const EVIDENCE: &[Asked] = &[Asked {
    name: "evidence",
    ask: "Name each thing on its own line; `case attach` adds files later",
    takes: Takes::Lines,
}];

/// Every question, in the order in which they are asked.
pub const QUESTIONS: &[Question] = &[
    question("company", true, "Which company is it about?", COMPANY, company),
    question("country", true, "In which country do you live?", COUNTRY, country),
    question("what", false, "What went wrong, in one or two sentences?", WHAT, what),
    question("when", false, "When did it begin?", WHEN, when),
    question("wanted", false, "What do you want?", WANTED, wanted),
    question("amount", false, "How much money is it about?", AMOUNT, amount),
    question("tried", false, "What have you tried so far?", TRIED, tried),
    question("references", false, "Which reference numbers do you have?", REFERENCES, references),
    question("impact", false, "How does it affect you?", IMPACT, impact),
    question("evidence", false, "What can you show?", EVIDENCE, evidence),
];

impl Question {
    /// Returns the question of an id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        QUESTIONS.iter().find(|question| question.id == id)
    }

    /// Returns its place among all, from 0.
    #[must_use]
    pub fn place(&self) -> usize {
        QUESTIONS.iter().position(|question| question.id == self.id).unwrap_or_default()
    }

    /// Takes an answer into a conversation. An empty answer clears what was there.
    ///
    /// # Errors
    ///
    /// [`Wrong`] names the field that cannot be understood; nothing is changed then.
    pub fn answer(&self, intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
        let mut changed = intake.clone();
        (self.take)(&mut changed, fields, today)?;
        if !changed.answered.iter().any(|id| id == self.id) {
            changed.answered.push(self.id.to_owned());
        }
        changed.half.clear();
        *intake = changed;
        Ok(())
    }

    /// Tells what cannot be understood of a field, with what was typed of the question so far.
    #[must_use]
    pub fn objection(&self, field: &str, intake: &Intake, fields: &Fields<'_>, today: Date) -> Option<Wrong> {
        (self.take)(&mut intake.clone(), fields, today).err().filter(|wrong| wrong.field == field)
    }
}

/// The most characters of a text, and of a line.
const MOST_TEXT: usize = 4000;
const MOST_LINE: usize = 200;

/// Returns what was typed into a field, trimmed; `None` where it is empty.
fn typed(fields: &Fields<'_>, field: &'static str, most: usize) -> Result<Option<String>, Wrong> {
    let text = crate::case::mask(fields(field).unwrap_or_default().trim()).0;
    if text.chars().count() > most {
        return Err(wrong(field)(format!("at most {most} characters")));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Puts a value at a path of one or two names, or takes it away.
fn put(intake: &mut Intake, path: &[&str], value: Option<Value>) {
    let mut at = &mut intake.case;
    for (depth, name) in path.iter().enumerate() {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Some(object) = at.as_object_mut() else { return };
        if depth + 1 == path.len() {
            match value {
                Some(value) => object.insert((*name).to_owned(), value),
                None => object.remove(*name),
            };
            return;
        }
        at = object.entry((*name).to_owned()).or_insert_with(|| Value::Object(Map::new()));
    }
}

/// Reads a field with the words that people use for it.
fn read(
    fields: &Fields<'_>,
    field: &'static str,
    reader: impl Fn(&str) -> Result<String, String>,
) -> Result<Option<Value>, Wrong> {
    let text = typed(fields, field, MOST_LINE)?;
    text.map(|text| reader(&text).map(Value::from).map_err(wrong(field))).transpose()
}

/// Reads a field as a fact of a case; `None` where it is empty.
fn fact(
    fields: &Fields<'_>,
    field: &'static str,
    name: &str,
    beside: &Beside<'_>,
) -> Result<Option<Told>, Wrong> {
    let text = fields(field).unwrap_or_default();
    if text.trim().is_empty() {
        return Ok(None);
    }
    fact::read(name, &text, beside).map(Some).map_err(wrong(field))
}

/// Returns what facts rest on that rest on no other.
const fn beside(today: Date) -> Beside<'static> {
    Beside { today, currency: None, what: None }
}

/// Returns a fact as a case holds it.
fn value(told: Option<&Told>) -> Option<Value> {
    told.map(Told::value)
}

fn company(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    let Some(name) = fact(fields, "company", "company", &beside(today))? else {
        return Err(wrong("company")("a case needs a company".to_owned()));
    };
    put(intake, &["company"], Some(name.value()));
    put(intake, &["sector"], value(fact(fields, "sector", "sector", &beside(today))?.as_ref()));
    Ok(())
}

fn country(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    let Some(Told::Country(country, nation)) = fact(fields, "country", "country", &beside(today))? else {
        return Err(wrong("country")(
            "this is needed: the law and the outside bodies depend on it".to_owned(),
        ));
    };
    put(intake, &["country"], Some(json!(country.code())));
    // Who lives in a nation has named the region with it.
    let region = fact(fields, "region", "region", &beside(today))?.or(nation.map(Told::Text));
    if let Some(Told::Text(region)) = &region {
        crate::atlas::check_region(country, region).map_err(wrong("region"))?;
    }
    put(intake, &["region"], value(region.as_ref()));
    Ok(())
}

fn what(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    let what = typed(fields, "what", MOST_TEXT)?;
    let beside = Beside { what: what.as_deref(), ..beside(today) };
    let (topic, matter) = match fact(fields, "topic", "topic", &beside)? {
        Some(Told::Topic(topic, matter)) => (Some(topic), matter),
        _ => (None, None),
    };
    let agreed = fact(fields, "agreed", "agreed", &beside)?;
    put(intake, &["problem", "what"], what.clone().map(Value::from));
    put(intake, &["problem", "topic"], topic.map(Value::from));
    put(intake, &["problem", "matter"], matter.map(Value::from));
    put(intake, &["problem", "agreed"], value(agreed.as_ref()));
    Ok(())
}

fn when(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    put(intake, &["problem", "since"], value(fact(fields, "since", "since", &beside(today))?.as_ref()));
    put(intake, &["problem", "ongoing"], fields("ongoing").is_some().then(|| json!(true)));
    Ok(())
}

fn wanted(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    // The form calls the day otherwise than the case does, whose own `by` tells whose act something is.
    for (field, name, path) in [
        ("wanted", "wanted", "what"),
        ("fallback", "fallback", "fallback"),
        ("matters_by", "by", "by"),
        ("reach_by", "reach_by", "reach_by"),
    ] {
        put(intake, &["wanted", path], value(fact(fields, field, name, &beside(today))?.as_ref()));
    }
    Ok(())
}

fn amount(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    // A sum says its currency itself, or the field beside it does, or it is that of the country.
    let told = typed(fields, "currency", 3)?.map(|code| code.to_uppercase());
    let home = told.or_else(|| intake.text("/country").and_then(super::currency_of));
    let beside = Beside { currency: home.as_deref(), ..beside(today) };
    let sum = |field: &'static str| -> Result<Option<Told>, Wrong> {
        let number = fields(field).unwrap_or_default();
        let bare = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
        if home.is_none() && !number.trim().is_empty() && bare {
            return Err(wrong("currency")("which currency? Use three letters, such as GBP".to_owned()));
        }
        fact(fields, field, field, &beside)
    };
    let (amount, least) = (sum("amount")?, sum("least")?);
    let currency = match amount.as_ref().or(least.as_ref()) {
        Some(Told::Sum(sum)) => Some(json!(sum.currency().code())),
        _ => None,
    };
    put(intake, &["problem", "currency"], currency);
    put(intake, &["problem", "amount"], value(amount.as_ref()));
    put(intake, &["wanted", "least"], value(least.as_ref()));
    put(intake, &["problem", "paid_by"], value(fact(fields, "paid_by", "paid_by", &beside)?.as_ref()));
    Ok(())
}

/// Adds a contact that took place; an answer without words adds none. `drop` takes one away by its place, from 0.
fn tried(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    let mut log = intake.case.get("log").and_then(Value::as_array).cloned().unwrap_or_default();
    if let Some(at) = fields("drop").and_then(|at| at.parse::<usize>().ok()) {
        if at < log.len() {
            log.remove(at);
        }
        put(intake, &["log"], Some(Value::Array(log)));
        return Ok(());
    }
    let text = typed(fields, "text", MOST_TEXT)?;
    let on = value(fact(fields, "on", "since", &beside(today))?.as_ref());
    if text.is_none() && on.is_none() {
        return Ok(());
    }
    let Some(text) = text else {
        return Err(wrong("text")("what was said, in short?".to_owned()));
    };
    let Some(on) = on else {
        return Err(wrong("on")("on which day? Your best guess will do, such as 2026-03-04".to_owned()));
    };
    let channel = match typed(fields, "channel", MOST_LINE)? {
        Some(channel) => Some(words::channel(&channel).map_err(wrong("channel"))?.id()),
        None => None,
    };
    let by = read(fields, "by", |text| words::by(text).map(|by| by.id().to_owned()))?;
    let by = by.unwrap_or_else(|| json!("customer"));
    let rung = read(fields, "rung", |text| words::rung_said(text).map(|rung| rung.id().to_owned()))?;
    let person = typed(fields, "person", MOST_LINE)?;
    let mut kind = read(fields, "kind", |text| words::kind(text).map(|kind| kind.id().to_owned()))?;
    if kind.is_none() {
        let said = if by == "customer" { "complaint" } else { "reply" };
        kind = Some(json!(if channel == Some("phone") && by == "customer" { "call" } else { said }));
    }
    let mut line = Map::new();
    line.insert("at".into(), on);
    line.insert("by".into(), by);
    if let Some(channel) = channel {
        line.insert("channel".into(), json!(channel));
    }
    line.insert("kind".into(), kind.unwrap_or_else(|| json!("call")));
    line.insert("text".into(), json!(text));
    line.extend(rung.map(|rung| ("rung".to_owned(), rung)));
    line.extend(person.map(|person| ("person".to_owned(), json!(person))));
    log.push(Value::Object(line));
    put(intake, &["log"], Some(Value::Array(log)));
    Ok(())
}

fn references(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let text = typed(fields, "references", MOST_TEXT)?.unwrap_or_default();
    let all: Vec<&str> =
        text.split([',', '\n', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    put(intake, &["references"], (!all.is_empty()).then(|| json!(all)));
    Ok(())
}

fn impact(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    put(intake, &["problem", "impact"], value(fact(fields, "impact", "impact", &beside(today))?.as_ref()));
    Ok(())
}

/// Things that are only named, a line each; files come apart from this.
fn evidence(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let text = typed(fields, "evidence", MOST_TEXT)?.unwrap_or_default();
    let all: Vec<&str> = text.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
    put(intake, &["evidence"], (!all.is_empty()).then(|| json!(all)));
    Ok(())
}
