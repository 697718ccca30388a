//! What a source said beside what it says now.
//!
//! A value that still stands keeps its record with the day on which it was confirmed: a maintainer's own words are not
//! written over. Only a page that shows enough to be believed takes a value back.

use std::collections::BTreeSet;

use ladder::{Channel, Sighted};
use schemars::JsonSchema;
use serde::Serialize;
use store::{Row, names};

use super::read::Page;

/// How many last digits of a number are looked for in the text of a page.
const DIGITS: usize = 9;

/// One change that is proposed, or a thing to know.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Proposal {
    /// `remove`, `add`, `rung`, `hours`; `witness`, where a page no longer names what others still do; or `note`, which
    /// changes nothing.
    pub what: &'static str,
    /// The channel.
    pub channel: &'static str,
    /// The value.
    pub value: String,
    /// Its rung, where it has one.
    pub rung: Option<String>,
    /// How it was: a rung or hours.
    pub before: Option<String>,
    /// How it would be.
    pub after: Option<String>,
    /// Why: the words on the page, or what became of it.
    pub why: String,
}

impl Proposal {
    pub(super) fn of(what: &'static str, row: &Row, why: String) -> Self {
        Self {
            what,
            channel: row.channel.id(),
            value: row.value.clone(),
            rung: row.rung.clone(),
            before: None,
            after: None,
            why,
        }
    }
}

/// What comes of one source.
#[derive(Clone, Debug, Default)]
pub(super) struct Compared {
    /// What stays or comes.
    pub(super) rows: Vec<Row>,
    /// What is proposed.
    pub(super) proposals: Vec<Proposal>,
    /// How many records stand as they were.
    pub(super) confirmed: usize,
}

/// What is told of by one value: how it is reached, and the value without what is spelling alone.
pub(super) type Key = (Channel, String);

/// Returns the key of a row.
pub(super) fn key(row: &Row) -> Key {
    let value = if row.channel == Channel::Postal { names::fold(&row.value) } else { row.value.clone() };
    (row.channel, value)
}

/// Compares what was known from a source with what it says now.
pub(super) fn compare(rows: &[Row], page: &Page, at: &str) -> Compared {
    let mut compared = Compared::default();
    let now: Vec<Row> = page.sighted.iter().map(Row::of).collect();
    for row in rows {
        let again = now.iter().find(|other| key(other) == key(row));
        match again {
            Some(again) => same(row, again, at, &mut compared),
            None if page.unchanged || stands(&page.text, row) => {
                compared.confirmed += 1;
                compared.rows.push(confirmed(row, at));
            }
            None if !page.telling => compared.rows.push(row.clone()),
            None => {
                let why = format!("no longer on the page (read there on {})", day(row));
                compared.proposals.push(Proposal::of("remove", row, why));
            }
        }
    }
    if let Some(to) = &page.moved {
        compared.rows.iter_mut().for_each(|row| row.url = to.to_string());
    }
    compared
}

/// Returns what a source names that nothing of the company which stays names, and counts it in.
pub(super) fn news(page: &Page, standing: &mut BTreeSet<Key>) -> Compared {
    let mut compared = Compared::default();
    for sighted in page.sighted.iter().filter(|sighted| is_news(sighted)) {
        let row = Row::of(sighted);
        if standing.insert(key(&row)) {
            compared.proposals.push(Proposal::of("add", &row, row.quote.clone()));
            compared.rows.push(row);
        }
    }
    compared
}

/// Whether a contact is worth adding: one of the company's own that is on a rung.
fn is_news(sighted: &Sighted) -> bool {
    sighted.sighting.rung.is_some() && sighted.sighting.party == ladder::Party::Company
}

/// A record that stands: its rung and hours may be others.
fn same(row: &Row, again: &Row, at: &str, compared: &mut Compared) {
    let mut stays = confirmed(row, at);
    let mut changed = false;
    if row.rung != again.rung {
        // A rung that a person gave is not taken back by a program.
        let read_before = row.kind.is_own() && !row.because.is_empty();
        let mut proposal = Proposal::of(
            if read_before { "rung" } else { "note" },
            row,
            if read_before {
                again.quote.clone()
            } else {
                format!("the program would read it as `{}`", again.rung.as_deref().unwrap_or("off_ladder"))
            },
        );
        if read_before {
            (proposal.before, proposal.after) = (row.rung.clone(), again.rung.clone());
            stays = again.clone();
            changed = true;
            compared.proposals.push(proposal);
        } else if again
            .rung
            .as_deref()
            .and_then(ladder::Rung::from_id)
            .is_some_and(ladder::Rung::is_escalation)
        {
            compared.proposals.push(proposal);
        }
    }
    if let (Some(before), Some(after)) = (&row.hours, &again.hours)
        && before != after
    {
        let mut proposal = Proposal::of("hours", row, again.quote.clone());
        (proposal.before, proposal.after) = (Some(before.clone()), Some(after.clone()));
        compared.proposals.push(proposal);
        stays.hours = Some(after.clone());
        changed = true;
    }
    compared.confirmed += usize::from(!changed);
    compared.rows.push(stays);
}

/// Returns a record that was seen again.
fn confirmed(row: &Row, at: &str) -> Row {
    // The day on which somebody else had checked it makes room for ours.
    let stated = row.stated.as_ref().and(at.get(..10)).map(str::to_owned);
    Row { seen: at.to_owned(), stated, ..row.clone() }
}

/// Returns the day on which a record was last read or checked.
pub(super) fn day(row: &Row) -> &str {
    let at = row.stated.as_deref().unwrap_or(&row.seen);
    at.get(..10).unwrap_or(at)
}

/// Whether the text of a page (in small letters) holds a value, in whatever markup: what the reading missed is not gone.
fn stands(text: &str, row: &Row) -> bool {
    match row.channel {
        Channel::Phone | Channel::Textphone | Channel::Fax => {
            let digits =
                |text: &str| text.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
            let value = digits(&row.value);
            let last = &value[value.len().saturating_sub(DIGITS)..];
            last.len() >= 5 && digits(text).contains(last)
        }
        Channel::Email => text.contains(&row.value),
        Channel::Postal => {
            let text = names::fold(text);
            let parts: Vec<String> =
                row.value.split(',').map(names::fold).filter(|part| part.len() >= 4).collect();
            let there = parts.iter().filter(|part| text.contains(part.as_str())).count();
            !parts.is_empty() && there * 3 >= parts.len() * 2
        }
        _ => {
            let value = row.value.to_lowercase();
            let bare = value.split_once("://").map_or(value.as_str(), |(_, rest)| rest);
            let bare = bare.trim_end_matches('/');
            let path = bare.find('/').map(|at| &bare[at..]).filter(|path| path.len() > 4);
            text.contains(bare) || path.is_some_and(|path| text.contains(path))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ladder::{Reach, Rung, Sighting, Source, SourceKind};

    const AT: &str = "2026-03-02T06:00:00Z";

    fn sighted(value: &str, rung: Rung) -> Sighted {
        let channel = if value.contains('@') { Channel::Email } else { Channel::Phone };
        let mut sighting = Sighting::new(Reach::parse(channel, value).unwrap(), format!("use {value}"));
        sighting.rung = Some(rung);
        sighting.signals = vec![ladder::Signal { id: "words", rung: Some(rung), words: "complaints".into() }];
        let source = Source {
            url: "https://lampen.example/help".into(),
            kind: SourceKind::OwnSite,
            site: "lampen.example".into(),
            seen: "2026-01-01T00:00:00Z".into(),
            stated: None,
        };
        Sighted { sighting, source }
    }

    fn row(value: &str, rung: Rung) -> Row {
        Row::of(&sighted(value, rung))
    }

    fn draw(compared: &Compared) -> Vec<String> {
        let line = |one: &Proposal| {
            format!(
                "{} {} {:?} {:?}",
                one.what,
                one.value,
                one.before.as_deref().unwrap_or("-"),
                one.after.as_deref().unwrap_or("-")
            )
        };
        compared.proposals.iter().map(line).collect()
    }

    #[test]
    fn what_went_came_or_changed_is_proposed_and_the_rest_is_confirmed() {
        let before = [
            row("old@lampen.example", Rung::Complaints),
            row("help@lampen.example", Rung::FrontLine),
            row("+442079460123", Rung::FrontLine),
            row("boss@lampen.example", Rung::Management),
        ];
        let page = Page {
            sighted: vec![
                sighted("help@lampen.example", Rung::FrontLine),
                sighted("boss@lampen.example", Rung::Executive),
                sighted("new@lampen.example", Rung::Complaints),
                sighted("known@lampen.example", Rung::Complaints),
            ],
            // The number was missed by the reading, and stands there.
            text: "call 020 7946&nbsp;0123".into(),
            telling: true,
            ..Page::default()
        };
        let mut compared = compare(&before, &page, AT);
        let stays = compared.rows.iter().map(key);
        let mut standing = stays.chain([key(&row("known@lampen.example", Rung::FrontLine))]).collect();
        let new = news(&page, &mut standing);
        compared.rows.extend(new.rows);
        compared.proposals.extend(new.proposals);
        insta::assert_snapshot!(draw(&compared).join("\n"), @r#"
        remove old@lampen.example "-" "-"
        rung boss@lampen.example "management" "executive"
        add new@lampen.example "-" "-"
        "#);
        assert_eq!(compared.confirmed, 2);
        assert_eq!(compared.rows.len(), 4);
        assert!(
            compared
                .rows
                .iter()
                .filter(|row| row.value != "boss@lampen.example" && row.value != "new@lampen.example")
                .all(|row| row.seen == AT)
        );
    }

    #[test]
    fn a_page_that_shows_next_to_nothing_takes_nothing_back() {
        let before = [row("old@lampen.example", Rung::Complaints)];
        let compared = compare(&before, &Page::default(), AT);
        assert!(compared.proposals.is_empty());
        assert_eq!(compared.rows, before, "and confirms nothing either");
    }

    #[test]
    fn a_rung_that_a_person_gave_stays() {
        let mut by_hand = row("boss@lampen.example", Rung::Management);
        by_hand.kind = SourceKind::Register;
        by_hand.because.clear();
        by_hand.stated = Some("2026-01-01".into());
        let page = Page {
            sighted: vec![sighted("boss@lampen.example", Rung::Executive)],
            telling: true,
            ..Page::default()
        };
        let compared = compare(&[by_hand], &page, AT);
        assert_eq!(compared.rows[0].rung.as_deref(), Some("management"));
        assert_eq!(compared.rows[0].stated.as_deref(), Some("2026-03-02"));
        assert_eq!(compared.proposals[0].what, "note");
    }

    #[test]
    fn addresses_and_links_stand_in_any_spelling() {
        let mut postal = row("a@lampen.example", Rung::FrontLine);
        postal.channel = Channel::Postal;
        postal.value = "Lampen House, 12 Wick Street, Bristol, BS1 0XX".into();
        assert!(stands("<p>lampen house<br>12 wick street<br>bristol<br>bs1 0xx", &postal));
        assert!(!stands("<p>lampen plc, 4 flame road, leeds", &postal));
        let mut form = postal.clone();
        form.channel = Channel::Form;
        form.value = "https://www.lampen.example/complain/now".into();
        assert!(stands("<a href=\"/complain/now\">", &form));
        assert!(!stands("<a href=\"/contact\">", &form));
    }
}
