//! The questions of the conversation, and what each does with what was typed.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::Intake;
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
        "Its trade (energy, telecom, bank, air, retail …); Enter alone where the directory knows the company",
    ),
];
const COUNTRY: &[Asked] = &[
    line("country", "Its name, or two letters such as GB, US, DE"),
    line("region", "State, province or nation, where rights hang on it (such as CA, or Scotland)"),
];
const WHAT: &[Asked] = &[
    line("what", ""),
    line("topic", "What kind of problem: billing, delivery, refund, cancellation, faulty_goods, fraud …"),
    line("agreed", "What was agreed or promised: contract, price, delivery, policy"),
];
const WHEN: &[Asked] = &[
    line("since", "A day, such as 2026-03-04 (year, month, day)"),
    Asked { name: "ongoing", ask: "Does it still go on? (y/n)", takes: Takes::Yes },
];
const WANTED: &[Asked] = &[
    line("wanted", "refund, replacement, repair, apology, correction, cancellation, compensation or service"),
    line("fallback", "What would you take instead?"),
    line("matters_by", "By which day does it matter to you?"),
    line("reach_by", "How do you prefer to be reached: phone, email or postal?"),
];
const AMOUNT: &[Asked] = &[
    line("amount", "A sum with its currency, such as 129.90 GBP"),
    line("least", "The least that you would take"),
    line("paid_by", "How you paid: credit card, debit card, transfer, direct debit, cash, PayPal"),
];
const TRIED: &[Asked] = &[
    line("text", "What was said, in short (Enter alone goes on)"),
    line("on", "On which day?"),
    line("channel", "How: phone, email, form, chat, postal, social or in_person"),
    line("by", "Whose act: you, the company or a body outside"),
    line(
        "rung",
        "With whom: customer service, a supervisor, the complaints team, a manager, the executive office …",
    ),
    line("person", "The name of the person, and what they are, where you know it"),
    line(
        "kind",
        "What it was: your complaint, a question, a call; or their answer, refusal, promise, offer, final response, standard text",
    ),
];
const REFERENCES: &[Asked] = &[line("references", "Account, order, ticket; commas between")];
const IMPACT: &[Asked] = &[line("impact", "Money, time, health, plans")];
const EVIDENCE: &[Asked] = &[Asked {
    name: "evidence",
    ask: "Name things, a line each; `case attach` adds files later",
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
    question("references", false, "Which numbers do they know it by?", REFERENCES, references),
    question("impact", false, "What does it do to you?", IMPACT, impact),
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

fn day(fields: &Fields<'_>, field: &'static str, today: Date) -> Result<Option<Value>, Wrong> {
    let Some(text) = typed(fields, field, MOST_LINE)? else { return Ok(None) };
    let day = words::day(&text, today, words::Sense::Been).map_err(wrong(field))?;
    if day > today {
        return Err(wrong(field)(format!("{day} lies ahead")));
    }
    Ok(Some(json!(day.to_string())))
}

fn company(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let Some(name) = typed(fields, "company", MOST_LINE)? else {
        return Err(wrong("company")("a case needs a company".to_owned()));
    };
    put(intake, &["company"], Some(json!(name)));
    let sector = read(fields, "sector", |text| words::sector(text).map(|sector| sector.id().to_owned()))?;
    put(intake, &["sector"], sector);
    Ok(())
}

fn country(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let Some(code) = typed(fields, "country", MOST_LINE)? else {
        return Err(wrong("country")("the law and the bodies outside depend on it: it is needed".to_owned()));
    };
    let (country, nation) = words::country(&code).map_err(wrong("country"))?;
    put(intake, &["country"], Some(json!(country.code())));
    // Who lives in a nation has named the region with it.
    let region = typed(fields, "region", MOST_LINE)?.or(nation);
    if let Some(region) = &region {
        let region = crate::directory::parse_region(region).map_err(wrong("region"))?;
        crate::atlas::check_region(country, &region).map_err(wrong("region"))?;
        put(intake, &["region"], Some(json!(region)));
    } else {
        put(intake, &["region"], None);
    }
    Ok(())
}

fn what(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let what = typed(fields, "what", MOST_TEXT)?;
    let topic = typed(fields, "topic", MOST_LINE)?
        .map(|topic| words::topic(&topic, what.as_deref()).map_err(wrong("topic")))
        .transpose()?;
    let (topic, matter) = topic.map_or((None, None), |(topic, matter)| (Some(topic), matter));
    let agreed = typed(fields, "agreed", MOST_TEXT)?;
    put(intake, &["problem", "what"], what.map(Value::from));
    put(intake, &["problem", "topic"], topic.map(Value::from));
    put(intake, &["problem", "matter"], matter.map(Value::from));
    put(intake, &["problem", "agreed"], agreed.map(Value::from));
    Ok(())
}

fn when(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    let since = day(fields, "since", today)?;
    put(intake, &["problem", "since"], since);
    put(intake, &["problem", "ongoing"], fields("ongoing").is_some().then(|| json!(true)));
    Ok(())
}

fn wanted(intake: &mut Intake, fields: &Fields<'_>, today: Date) -> Result<(), Wrong> {
    let known = |id: &str| casework::Wish::IDS.iter().find(|known| **known == id).copied();
    let wish = read(fields, "wanted", |text| match known(text) {
        Some(id) => Ok(id.to_owned()),
        None => words::wish(text).map(str::to_owned),
    })?;
    let fallback = typed(fields, "fallback", MOST_TEXT)?;
    put(intake, &["wanted", "what"], wish);
    let by = typed(fields, "matters_by", MOST_LINE)?
        .map(|text| words::day(&text, today, words::Sense::ToCome).map_err(wrong("matters_by")))
        .transpose()?;
    if let Some(day) = by.filter(|day| *day < today) {
        return Err(wrong("matters_by")(format!("{day} has passed")));
    }
    let reach_by =
        read(fields, "reach_by", |text| words::channel(text).map(|channel| channel.id().to_owned()))?;
    put(intake, &["wanted", "fallback"], fallback.map(Value::from));
    put(intake, &["wanted", "by"], by.map(|day| json!(day.to_string())));
    put(intake, &["wanted", "reach_by"], reach_by);
    Ok(())
}

fn amount(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    // A sum says its currency itself, or the field beside it does, or it is that of the country.
    let home = intake.text("/country").and_then(super::currency_of);
    let sum = |field: &'static str| -> Result<Option<(String, String)>, Wrong> {
        let Some(number) = typed(fields, field, 40)? else { return Ok(None) };
        let told = typed(fields, "currency", 3)?.map(|code| code.to_uppercase());
        let home = told.or_else(|| home.clone());
        if home.is_none() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')) {
            return Err(wrong("currency")("which currency? Three letters, such as GBP".to_owned()));
        }
        let money = words::money_in(&number, home.as_deref()).map_err(wrong(field))?;
        Ok(Some((money.number(), money.currency().code().to_owned())))
    };
    let (amount, least) = (sum("amount")?, sum("least")?);
    let number = |sum: &(String, String)| serde_json::from_str::<Value>(&sum.0).ok();
    put(intake, &["problem", "currency"], amount.as_ref().or(least.as_ref()).map(|sum| json!(sum.1)));
    put(intake, &["problem", "amount"], amount.as_ref().and_then(number));
    put(intake, &["wanted", "least"], least.as_ref().and_then(number));
    let paid_by = read(fields, "paid_by", |text| words::paid_by(text).map(str::to_owned))?;
    put(intake, &["problem", "paid_by"], paid_by);
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
    let on = day(fields, "on", today)?;
    if text.is_none() && on.is_none() {
        return Ok(());
    }
    let Some(text) = text else {
        return Err(wrong("text")("what was said, in short?".to_owned()));
    };
    let Some(on) = on else {
        return Err(wrong("on")(
            "on which day? The one that you think it was will do, such as 2026-03-04".to_owned(),
        ));
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

fn impact(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let text = typed(fields, "impact", MOST_TEXT)?;
    put(intake, &["problem", "impact"], text.map(Value::from));
    Ok(())
}

/// Things that are only named, a line each; files come apart from this.
fn evidence(intake: &mut Intake, fields: &Fields<'_>, _: Date) -> Result<(), Wrong> {
    let text = typed(fields, "evidence", MOST_TEXT)?.unwrap_or_default();
    let all: Vec<&str> = text.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
    put(intake, &["evidence"], (!all.is_empty()).then(|| json!(all)));
    Ok(())
}
