//! Composing: the state of a case becomes the parts of a dossier.

use casework::view::View;
use casework::view::promise::Kept;
use casework::{By, Entry, LogKind, State};
use jiff::civil::Date;
use serde::Serialize;

use super::labels::put;
use super::{Block, Column, Dossier, Labels, Row, Section, remedy};
use crate::draft::{Convention, Language, Named, Person, Wish};

/// Characters of the story on the first page, and of a moment there.
const LEAD: usize = 620;
const MOMENT: usize = 150;
/// Moments on the first page.
const MOMENTS: usize = 6;

/// How a dossier is to be composed.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language.
    pub language: Language,
    /// The customer.
    pub me: Person,
    /// The last seal of the log and how many events it seals, where they are to be shown.
    pub seal: Option<(String, usize)>,
}

/// An exhibit as it is listed.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Listed {
    /// Its number, from 1.
    pub number: usize,
    /// What it is.
    pub title: String,
    /// The day it is from, in words.
    pub on: Option<String>,
    /// The digest of its file.
    pub sha256: Option<String>,
    /// The size of its file, in bytes.
    pub bytes: Option<u64>,
}

/// A file of the case, or a document that is only named.
#[derive(Clone, Debug)]
pub struct Filed {
    /// What it is.
    pub title: String,
    /// The day it is from.
    pub on: Option<Date>,
    /// The digest of its file.
    pub sha256: Option<String>,
    /// The size of its file, in bytes.
    pub bytes: Option<u64>,
}

/// What the parts are written with.
pub(super) struct Words<'a> {
    pub(super) language: Language,
    pub(super) labels: &'static Labels,
    pub(super) convention: &'static Convention,
    pub(super) american: bool,
    pub(super) state: &'a State,
    pub(super) view: &'a View<'a>,
}

impl Words<'_> {
    pub(super) fn date(&self, date: Date) -> String {
        self.convention.date(date, self.american)
    }
}

/// Composes the dossier of a case.
#[must_use]
pub fn compose(state: &State, view: &View<'_>, exhibits: &[Filed], options: &Options) -> Dossier {
    let labels = Labels::of(options.language);
    let country = state.facts.country;
    let american = options.language == Language::En && country.writes_as_in_north_america();
    let language = options.language;
    let words = Words { language, labels, convention: language.convention(), american, state, view };
    let listed: Vec<Listed> = (1..)
        .zip(exhibits)
        .map(|(number, filed)| Listed {
            number,
            title: filed.title.clone(),
            on: filed.on.map(|on| words.date(on)),
            sha256: filed.sha256.clone(),
            bytes: filed.bytes,
        })
        .collect();
    let sections = vec![
        parties(&words, options),
        timeline(&words),
        promises(&words),
        steps(&words),
        remedy::section(&words),
        list_of_exhibits(&words, &listed),
        hashes(&words, &listed, options),
    ];
    Dossier {
        language: options.language,
        country: country.code().to_owned(),
        title: put(&labels.against, &[("company", &state.facts.company)]),
        as_of: put(&labels.as_of, &[("date", &words.date(view.now))]),
        complainant: complainant(&words, options),
        opponent: opponent(&words),
        lead: lead(&words),
        brief: brief(&words),
        asked: asked(&words),
        moments: moments(&words),
        standing: standing(&words),
        sections,
        exhibits: listed,
        labels,
    }
}

/// Names who complains: the one who keeps the case, or the client for whom they act.
fn complainant(words: &Words<'_>, options: &Options) -> Vec<String> {
    let me = person(&options.me, words.labels);
    let client = words.state.authority.as_ref().and_then(|authority| authority.client(words.view.now));
    match client
        .filter(|client| options.me.name.as_deref().is_none_or(|name| !name.eq_ignore_ascii_case(client)))
    {
        None => me,
        Some(client) => {
            let mut lines = vec![client.to_owned()];
            let mut me = me.into_iter();
            lines.extend(me.next().map(|name| put(&words.labels.represented_by, &[("name", &name)])));
            lines.extend(me);
            lines
        }
    }
}

fn person(me: &Person, labels: &Labels) -> Vec<String> {
    let mut lines = vec![me.name.clone().unwrap_or_else(|| labels.not_stated.clone())];
    lines.extend(me.address.iter().cloned());
    lines.extend(me.email.clone());
    lines.extend(me.phone.clone());
    lines
}

fn opponent(words: &Words<'_>) -> Vec<String> {
    let mut lines = vec![words.state.facts.company.clone()];
    if let Some((ladder, _)) = &words.state.ladder {
        let contacts = ladder["contacts"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of = |channel: &str| {
            contacts.iter().find(|point| {
                point["party"] == "company"
                    && point["channel"] == channel
                    && matches!(point["rung"].as_str(), Some("complaints" | "legal" | "executive"))
            })
        };
        for channel in ["postal", "email"] {
            lines.extend(of(channel).and_then(|point| point["value"].as_str()).map(str::to_owned));
        }
    }
    lines
}

/// Tells what happened, as far as the first page has room.
fn lead(words: &Words<'_>) -> String {
    let facts = &words.state.facts;
    let mut text =
        facts.what.as_deref().map_or_else(|| words.labels.not_stated.clone(), crate::draft::sentence);
    if facts.ongoing {
        text.push(' ');
        text.push_str(&words.labels.goes_on);
    }
    crate::draft::short(&text, LEAD)
}

fn brief(words: &Words<'_>) -> Vec<Row> {
    let (labels, facts) = (words.labels, &words.state.facts);
    let stated = |value: Option<String>| value.unwrap_or_else(|| labels.not_stated.clone());
    let references = Some(words.state.references.join(", ")).filter(|text| !text.is_empty());
    let label = if facts.ongoing { &labels.since } else { &labels.on_day };
    let mut rows = vec![
        row(&labels.references, stated(references)),
        row(label, stated(facts.since.or(facts.event).map(|day| words.date(day)))),
    ];
    if let Some(amount) = facts.amount {
        let paid = facts.paid_by.map(|by| words.convention.named(Named::PaidBy, by.id()));
        let sum = words.convention.money(amount);
        rows.push(row(&labels.amount, paid.map_or(sum.clone(), |paid| format!("{sum} ({paid})"))));
    }
    for (label, value) in [(&labels.agreed, &facts.agreed), (&labels.impact, &facts.impact)] {
        if let Some(value) = value {
            rows.push(row(label, crate::draft::short(&crate::draft::sentence(value), 220)));
        }
    }
    rows
}

/// Says what is asked for; the least that would do is nobody's business.
pub(super) fn asked(words: &Words<'_>) -> Vec<String> {
    let facts = &words.state.facts;
    let wish =
        facts.wanted.map(|wish| Wish { kind: wish.id().to_owned(), words: None, amount: facts.amount });
    let wanted = wish.and_then(|wish| words.convention.wish(&wish));
    let mut lines = vec![
        wanted.map_or_else(|| words.labels.not_stated.clone(), |wanted| crate::draft::sentence(&wanted)),
    ];
    if let Some(fallback) = &facts.fallback {
        let wish = fallback.trim().trim_end_matches('.');
        lines.push(put(&words.labels.fallback, &[("wish", wish)]));
    }
    lines
}

/// Picks the days that decide: the first complaint, broken promises, the company's answers of weight, the last of all.
fn moments(words: &Words<'_>) -> Vec<Row> {
    let log = &words.state.log;
    let weight = |at: usize, entry: &Entry| -> u8 {
        let first = log.iter().position(|line| line.entry.by == By::Customer) == Some(at);
        let broken = words
            .view
            .promises
            .iter()
            .any(|promise| promise.event == log[at].event && promise.kept == Kept::Broken);
        match entry.kind {
            LogKind::FinalResponse => 9,
            _ if broken || entry.kind == LogKind::Offer => 8,
            LogKind::Complaint | LogKind::Refusal => 7,
            _ if first => 6,
            LogKind::Payment | LogKind::Delivery | LogKind::Promise => 5,
            LogKind::GenericReply | LogKind::Reply => 3,
            _ => 1,
        }
    };
    let mut picked: Vec<(u8, usize)> =
        log.iter().enumerate().map(|(at, line)| (weight(at, &line.entry), at)).collect();
    picked.sort_by_key(|(weight, at)| (std::cmp::Reverse(*weight), *at));
    picked.truncate(MOMENTS);
    picked.sort_by_key(|(_, at)| *at);
    picked
        .into_iter()
        .map(|(_, at)| {
            let entry = &log[at].entry;
            let text = crate::draft::short(&what(words, entry), MOMENT);
            row(&words.date(entry.on), text)
        })
        .collect()
}

fn standing(words: &Words<'_>) -> Vec<String> {
    let (labels, state, view) = (words.labels, words.state, words.view);
    if let Some(closing) = &state.closed {
        let outcome = closing.outcome.trim_end_matches('.');
        return vec![put(
            &labels.standing_closed,
            &[("date", &words.date(closing.on)), ("outcome", outcome)],
        )];
    }
    let steps = state.log.iter().filter(|line| line.entry.by == By::Customer).count();
    if state.log.is_empty() {
        return vec![labels.standing_none.clone()];
    }
    let broken = view.promises.iter().filter(|promise| promise.kept == Kept::Broken).count();
    let mut lines = vec![put(
        &labels.standing_contacts,
        &[("steps", &steps.to_string()), ("broken", &broken.to_string())],
    )];
    let last = state
        .log
        .iter()
        .rev()
        .find(|line| line.entry.kind == LogKind::FinalResponse && line.entry.by == By::Company);
    if let Some(line) = last {
        lines.push(put(&labels.standing_final, &[("date", &words.date(line.entry.on))]));
    }
    let advice = casework::advise(state, view.atlas, view.now);
    let main = advice.steps.first().map(|(proposal, _)| proposal.step);
    if let Some((who, since)) = casework::holder::beside(view, main) {
        let days = (view.now - since).get_days().to_string();
        let who = Labels::named(&labels.by, who.id());
        let since = words.date(since);
        lines.push(put(&labels.standing_holder, &[("who", &who), ("date", &since), ("days", &days)]));
    }
    lines
}

pub(super) fn row(label: &str, value: String) -> Row {
    Row { label: label.to_owned(), value }
}

fn column(title: &str, share: u8) -> Column {
    Column { title: title.to_owned(), share }
}

fn parties(words: &Words<'_>, options: &Options) -> Section {
    let labels = words.labels;
    let mut rows = vec![
        row(&labels.complainant, complainant(words, options).join("\n")),
        row(&labels.opponent, opponent(words).join("\n")),
    ];
    if !words.state.references.is_empty() {
        rows.push(row(&labels.references, words.state.references.join(", ")));
    }
    Section { id: "parties", title: labels.parties.clone(), blocks: vec![Block::Rows { rows }] }
}

/// Says what an entry of the log is, and what was said.
fn what(words: &Words<'_>, entry: &Entry) -> String {
    let labels = words.labels;
    let mut text = Labels::named(&labels.kinds, entry.kind.id());
    let mut letters = text.chars();
    if let Some(first) = letters.next() {
        text = first.to_uppercase().chain(letters).collect();
    }
    if !entry.text.trim().is_empty() {
        text.push_str(": ");
        text.push_str(&crate::draft::as_sentences(&entry.text, words.language));
    }
    let mut more: Vec<String> = Vec::new();
    more.extend(entry.amount.map(|amount| words.convention.money(amount)));
    more.extend(entry.due.map(|due| put(&labels.due_by, &[("date", &words.date(due))])));
    more.extend(
        entry.reference.as_ref().map(|reference| put(&labels.reference_given, &[("reference", reference)])),
    );
    more.extend(entry.held_minutes.map(|minutes| put(&labels.held, &[("minutes", &minutes.to_string())])));
    if !more.is_empty() {
        text = format!("{} ({}).", text.trim_end_matches('.'), more.join("; "));
    }
    text
}

/// Says by which channel and with whom an entry took place.
fn how(words: &Words<'_>, entry: &Entry) -> String {
    let channel = entry.channel.map(|channel| words.convention.named(Named::Channel, channel.id()));
    let rung = entry.rung.map(|rung| words.convention.named(Named::Rung, rung.id()));
    let contact = entry.contact.clone();
    [channel, entry.person.clone(), rung, contact].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn when(words: &Words<'_>, entry: &Entry) -> String {
    let day = words.date(entry.on);
    entry.time.map_or(day.clone(), |time| format!("{day}, {}", time.strftime("%H:%M")))
}

fn timeline(words: &Words<'_>) -> Section {
    let labels = words.labels;
    let rows = words
        .state
        .log
        .iter()
        .map(|line| {
            let entry = &line.entry;
            let (who, how) = (Labels::named(&labels.by, entry.by.id()), how(words, entry));
            let who = if how.is_empty() { who } else { format!("{who}\n{how}") };
            vec![when(words, entry), who, what(words, entry)]
        })
        .collect();
    let head = vec![column(&labels.date, 20), column(&labels.who, 27), column(&labels.what, 53)];
    let block = if words.state.log.is_empty() {
        Block::Text { text: labels.standing_none.clone() }
    } else {
        Block::Table { head, rows }
    };
    Section { id: "timeline", title: labels.timeline.clone(), blocks: vec![block] }
}

fn promises(words: &Words<'_>) -> Section {
    let labels = words.labels;
    let said: Vec<Vec<String>> = words
        .view
        .promises
        .iter()
        .map(|promise| {
            let id = match promise.kept {
                Kept::Yes => "yes",
                Kept::Broken => "broken",
                Kept::Open => "open",
                Kept::NoDay => "no_day",
                Kept::Replaced => "replaced",
            };
            let line = words.state.log.iter().find(|line| line.event == promise.event);
            let person = line.and_then(|line| line.entry.person.clone());
            let rung = words.convention.named(Named::Rung, promise.rung.id());
            vec![
                words.date(promise.on),
                person.unwrap_or(rung),
                promise.text.clone(),
                promise.due.map_or_else(String::new, |due| words.date(due)),
                Labels::named(&labels.kept, id),
            ]
        })
        .collect();
    let blocks = if said.is_empty() {
        vec![Block::Text { text: labels.none_promises.clone() }]
    } else {
        let head = vec![
            column(&labels.date, 17),
            column(&labels.who, 18),
            column(&labels.promised, 34),
            column(&labels.due, 17),
            column(&labels.outcome, 14),
        ];
        vec![Block::Table { head, rows: said }]
    };
    Section { id: "promises", title: labels.promises.clone(), blocks }
}

/// Lists what the customer did, and what the other side's next word was.
fn steps(words: &Words<'_>) -> Section {
    let (labels, log) = (words.labels, &words.state.log);
    let mut rows = Vec::new();
    for (at, line) in log.iter().enumerate().filter(|(_, line)| line.entry.by == By::Customer) {
        let entry = &line.entry;
        let next =
            log[at + 1..].iter().map(|line| &line.entry).take_while(|next| next.by != By::Customer).next();
        let answer = match (entry.kind, next) {
            (LogKind::NoAnswer, _) => Labels::named(&labels.kinds, LogKind::NoAnswer.id()),
            (_, Some(next)) => {
                let text = crate::draft::short(&what(words, next), 200);
                format!("{}: {text}", words.date(next.on))
            }
            (_, None) => labels.no_answer.clone(),
        };
        let number = (rows.len() + 1).to_string();
        let how = how(words, entry);
        let done = what(words, entry);
        let done = if how.is_empty() { done } else { format!("{done}\n{how}") };
        rows.push(vec![number, when(words, entry), done, answer]);
    }
    let blocks = if rows.is_empty() {
        vec![Block::Text { text: labels.none_steps.clone() }]
    } else {
        let head = vec![
            column("", 5),
            column(&labels.date, 18),
            column(&labels.what, 42),
            column(&labels.answer, 35),
        ];
        vec![Block::Table { head, rows }]
    };
    Section { id: "steps", title: labels.steps.clone(), blocks }
}

fn list_of_exhibits(words: &Words<'_>, listed: &[Listed]) -> Section {
    let labels = words.labels;
    let blocks = if listed.is_empty() {
        vec![Block::Text { text: labels.none_exhibits.clone() }]
    } else {
        let head = vec![
            column(&labels.exhibit, 12),
            column(&labels.file, 48),
            column(&labels.date, 24),
            column(&labels.size, 16),
        ];
        let rows = listed
            .iter()
            .map(|exhibit| {
                vec![
                    exhibit.number.to_string(),
                    exhibit.title.clone(),
                    exhibit.on.clone().unwrap_or_default(),
                    match (&exhibit.sha256, exhibit.bytes) {
                        (None, _) => labels.no_file.clone(),
                        (_, bytes) => bytes.map_or_else(String::new, size),
                    },
                ]
            })
            .collect();
        vec![Block::Table { head, rows }]
    };
    Section { id: "exhibits", title: labels.exhibits.clone(), blocks }
}

fn hashes(words: &Words<'_>, listed: &[Listed], options: &Options) -> Section {
    let labels = words.labels;
    let mut blocks = vec![Block::Text { text: labels.hash_note.clone() }];
    let rows: Vec<Vec<String>> = listed
        .iter()
        .filter_map(|exhibit| {
            Some(vec![exhibit.number.to_string(), exhibit.title.clone(), exhibit.sha256.clone()?])
        })
        .collect();
    if !rows.is_empty() {
        let head = vec![column(&labels.exhibit, 12), column(&labels.file, 34), column(&labels.sha256, 54)];
        blocks.push(Block::Table { head, rows });
    }
    if let Some((head, events)) = &options.seal {
        blocks.push(Block::Text {
            text: put(&labels.log_note, &[("events", &events.to_string()), ("head", head)]),
        });
    }
    Section { id: "hashes", title: labels.hashes.clone(), blocks }
}

/// Writes a size as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
