//! A series of desks: an entry by a name that no list holds, among entries that are desks, is a desk too.
//!
//! Firms give teams names of their own, and no list will ever hold them all. Where a page lists its desks (the rows of a table, the
//! items of a list, lines with labels, a grid of headed cards), what stands in the same place as two known ones, and is called
//! by words of its own, is a team for one matter. It is told from the verdicts of a page alone, after all of them were made.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::fast::{FixedState, RandomState};
use ladder::{Channel, Rung, Signal};

use super::Verdict;
use super::around::{Around, Words, Zone};
use super::topic::Topic;
use super::weigh::Votes;
use super::{learned, lines, words};
use crate::outline::{Block, BlockId, BlockKind};
use crate::person;

/// The id of the signal.
const ID: &str = "series";

/// The longest name of an entry.
const LONGEST: usize = 72;

/// The fewest desks that make a series.
const LEAST: usize = 2;

/// How likely the words of an unknown entry must make a rung: among known desks, beside one, beside none.
const IN_SERIES: f32 = 0.45;
const BESIDE_ONE: f32 = 0.8;
const ALONE: f32 = 0.9;
/// How likely they must make another rung than that of a team for one matter.
const PLAINLY: f32 = 0.75;

/// How unlikely the front line must be where the words only tell that it is some desk.
const UNLIKE: f32 = 0.2;

/// Words with which anybody asks, and those who are served: what they name is for everyone.
static ASKED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/asked.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).flat_map(|(_, words)| words.split("; ")).collect()
});

/// The place that the entries of a series share.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Slot {
    /// The rows of a table.
    Rows(u32),
    /// The items of a list, or definitions, under a heading.
    Items(Option<BlockId>, u8),
    /// Lines with labels under a heading.
    Lines(Option<BlockId>),
    /// Sections with a heading of one level, under another.
    Sections(Option<BlockId>, u8),
}

/// What an entry is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// A desk that its name tells.
    Desk,
    /// The front line by name, or nothing with a name of its own.
    Plain,
    /// Called by words that say nothing yet.
    Unknown,
    /// Called by words that say little.
    Faint(Option<Rung>),
    /// Has an address: an office by the name of its town.
    Seat,
}

/// A named place of a hit in a series.
#[derive(Clone, Debug)]
struct Entry {
    slot: Slot,
    /// Its name, hashed: two values of one entry count once.
    name: u64,
    kind: Kind,
    words: Option<String>,
}

/// The series of a page, as its hits were named.
#[derive(Debug, Default)]
pub(super) struct Series {
    entries: Vec<Vec<Entry>>,
}

impl Series {
    /// Notes a hit that is not looked at, so that the order stays that of the hits.
    pub(super) fn skip(&mut self) {
        self.entries.push(Vec::new());
    }

    /// Notes a hit of the company's own with the votes on it and what they made.
    pub(super) fn note(&mut self, around: &Around, votes: &Votes, rung: Option<Rung>) {
        let mut entries = Vec::new();
        let blocks = &around.page.outline.blocks;
        if around.in_body()
            && let Some((id, block)) = around.hit.block.and_then(|id| Some((id, blocks.get(id)?)))
        {
            entries.extend(by_label(around, block, votes, rung));
            entries.extend(by_heading(around, id, votes, rung));
        }
        self.entries.push(entries);
    }

    /// Gives the unknown entries of a series of desks their rung.
    pub(super) fn settle(&self, verdicts: &mut [Verdict]) {
        let mut names: HashMap<Slot, [HashSet<u64, RandomState>; 3], RandomState> = HashMap::default();
        for entry in self.entries.iter().flatten() {
            let of = match entry.kind {
                Kind::Plain => continue,
                Kind::Desk => 0,
                Kind::Unknown | Kind::Faint(_) => 1,
                Kind::Seat => 2,
            };
            names.entry(entry.slot).or_default()[of].insert(entry.name);
        }
        // How likely the words of an entry must make its rung: the less the page shows that it lists desks, the more.
        let least = |entry: &Entry| {
            let [desks, unknown, seats] = names.get(&entry.slot)?;
            // An entry may have a value that tells what it is for and one that does not.
            let left = unknown.difference(desks).count();
            match desks.len() {
                _ if seats.contains(&entry.name) => None,
                LEAST.. if desks.len() >= left => Some(IN_SERIES),
                1.. => Some(BESIDE_ONE),
                0 => Some(ALONE),
            }
        };
        for (entries, verdict) in self.entries.iter().zip(verdicts) {
            let named = entries.iter().find_map(|entry| {
                let words = entry.words.as_ref()?;
                let least = least(entry)?;
                let rung = match entry.kind {
                    Kind::Faint(rung) if least <= IN_SERIES => rung,
                    Kind::Unknown => guess(words, least)?.rung(),
                    _ => return None,
                };
                Some((rung, words.clone()))
            });
            if let Some((rung, words)) = named {
                verdict.rung = rung;
                verdict.signals.retain(|signal| signal.rung.is_none());
                verdict.signals.insert(0, Signal { id: ID, rung, words });
            }
        }
    }
}

/// Returns the kind of desk that the words of a name make likely enough: of one matter, unless they speak plainly of another.
fn guess(name: &str, least: f32) -> Option<learned::Kind> {
    // The name of a town has no word of any desk in it.
    if !words::has_known_word(name) {
        return None;
    }
    let (kind, share) = learned::guess(name);
    let plainly = share >= PLAINLY;
    match kind {
        learned::Kind::Front | learned::Kind::Seat => None,
        learned::Kind::Aside if !plainly => {
            let [_, matter, aside, ..] = learned::likely(name);
            (matter + aside >= least).then_some(learned::Kind::Specialist)
        }
        learned::Kind::Complaints | learned::Kind::Management | learned::Kind::Executive if !plainly => {
            let [front, ..] = learned::likely(name);
            (least <= IN_SERIES && front < UNLIKE).then_some(learned::Kind::Specialist)
        }
        kind => (share >= least).then_some(kind),
    }
}

/// Returns the entry that a hit is by the words on its line: the first cell of its row, the term, the label.
fn by_label(around: &Around, block: &Block, votes: &Votes, rung: Option<Rung>) -> Option<Entry> {
    let slot = match block.kind {
        BlockKind::Cell { table, .. } => Slot::Rows(table),
        BlockKind::Item { depth, .. } => Slot::Items(block.heading, depth),
        BlockKind::Definition => Slot::Items(block.heading, 0),
        BlockKind::Paragraph => Slot::Lines(block.heading),
        BlockKind::Heading(_) | BlockKind::Term => return None,
    };
    let zone = if matches!(slot, Slot::Rows(_)) { Zone::Row } else { Zone::Label };
    let named = around.words(zone)?;
    let kind = kind_of(around, named, votes, rung, true);
    Some(entry(slot, named, kind))
}

/// Returns the entry that a hit is by the heading of its section.
fn by_heading(around: &Around, block: BlockId, votes: &Votes, rung: Option<Rung>) -> Option<Entry> {
    let blocks = &around.page.outline.blocks;
    let heading = blocks.get(blocks[block].heading?)?;
    let BlockKind::Heading(level @ 2..) = heading.kind else { return None };
    let named = around.words(Zone::Heading)?;
    let kind = kind_of(around, named, votes, rung, false);
    Some(entry(Slot::Sections(heading.heading, level), named, kind))
}

/// Makes an entry of what names it.
fn entry(slot: Slot, named: &Words, kind: Kind) -> Entry {
    let name = FixedState::default().hash_one(named.text.as_bytes());
    Entry {
        slot,
        name,
        kind,
        words: matches!(kind, Kind::Unknown | Kind::Faint(_)).then(|| named.text.clone()),
    }
}

/// Tells what an entry is.
fn kind_of(around: &Around, named: &Words, votes: &Votes, rung: Option<Rung>, by_label: bool) -> Kind {
    let tells = |m: &super::around::Mention| !m.topic.is_mute() && m.topic != Topic::Contact;
    let reach = matches!(around.channel(), Channel::Phone | Channel::Textphone | Channel::Email);
    let plain = rung == Some(Rung::FrontLine);
    if named.mentions.iter().any(tells) {
        let front = matches!(rung, Some(Rung::FrontLine | Rung::Legal));
        // Words that say little say enough among desks, where they agree.
        let mut said = named.mentions.iter().filter(|m| tells(m)).map(|m| m.topic.rung());
        let first =
            said.next().filter(|first| *first != Some(Rung::FrontLine) && said.all(|next| next == *first));
        return match first {
            Some(faint @ (Some(Rung::Specialist) | None)) if reach && plain && votes.leave_to(faint) => {
                Kind::Faint(faint)
            }
            _ if front => Kind::Plain,
            _ => Kind::Desk,
        };
    }
    if around.channel() == Channel::Postal {
        return Kind::Seat;
    }
    let open = matches!(rung, Some(Rung::FrontLine | Rung::Complaints)) && votes.leave_open(by_label);
    // The words on the line may name the desk where its heading does not.
    if !reach || !open || !is_called(around, named) {
        return Kind::Plain;
    }
    Kind::Unknown
}

/// Returns whether words are a name of a desk's own: short, more than how and where one is reached, and nobody's.
fn is_called(around: &Around, named: &Words) -> bool {
    let text = named.text.trim_matches(|c: char| !c.is_alphanumeric());
    let own = |word: &str| word.chars().count() >= 4 && !lines::trivial(word);
    let asks = |word: &str| ASKED.contains(word.to_lowercase().as_str());
    (4..=LONGEST).contains(&text.len())
        && !text.contains(['@', '\n'])
        && !text.contains(". ")
        && named.mentions.iter().all(|m| m.words.len() < text.len())
        && text.split(|c: char| !c.is_alphabetic()).any(own)
        && !text.split(|c: char| !c.is_alphabetic()).any(asks)
        && !(around.hit.person.is_some() && person::is_name(text))
        && !around.page.own.has_name(text)
}
