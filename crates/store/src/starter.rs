//! The starter directory: what is known of some hundred companies before anything was ever asked.
//!
//! It is built into the program as one compressed block (`data/starter.gz`), made from `data/starter.jsonl` by
//! `cargo run -p desk --example starter`. Each line of the block is the head of a company (key, name, other names, domains)
//! and its whole entry as JSON; a look-up reads the heads and decodes the one entry that is wanted.
//!
//! The facts are those of Escalate Anything: [`CREDIT`] must be shown where they are.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use ladder::Channel;

use crate::directory::keys;
use crate::names::{self, Folded, How, Nearness};
use crate::record::{Entry, Row};

/// The line that must be shown with the contacts of the starter directory.
pub const CREDIT: &str = "Contact facts from Escalate Anything (https://github.com/alexgaoth/escalate-anything), CC BY 4.0, reduced and reformatted.";

/// The most bytes that the block may unfold to.
const MOST_BYTES: u64 = 32 << 20;

/// The fewest letters and digits of a part of an address that are looked for.
const FEWEST_LETTERS: usize = 5;

static BUILTIN: LazyLock<Starter> = LazyLock::new(|| {
    let mut text = String::new();
    // A test reads the block to its end; whatever is wrong with it would be seen there.
    let _ =
        GzDecoder::new(&include_bytes!("../data/starter.gz")[..]).take(MOST_BYTES).read_to_string(&mut text);
    Starter::of(text)
});

/// A name of a company in the block, folded already.
#[derive(Clone, Debug)]
struct Name {
    head: usize,
    folded: Folded,
    shown: (usize, usize),
    primary: bool,
}

/// The head of a company.
#[derive(Clone, Copy, Debug)]
struct Head {
    key: (usize, usize),
    name: (usize, usize),
    domains: (usize, usize),
    json: (usize, usize),
}

/// How near the best name of a company is, whether it is its own name, and where that stands.
type Best = (Nearness, bool, (usize, usize));

/// A directory that is held as text.
#[derive(Debug)]
pub struct Starter {
    text: String,
    heads: Vec<Head>,
    names: Vec<Name>,
}

/// A company that may be the one meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate<'a> {
    /// Its key.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its first domain, or nothing.
    pub domain: &'a str,
    /// Which of its names is near.
    pub matched: &'a str,
    /// How near.
    pub near: Nearness,
    at: usize,
}

/// A contact of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Owned {
    /// The company, with all its contacts.
    pub entry: Entry,
    /// Which of them.
    pub row: Row,
}

impl Starter {
    /// Returns the directory that is built in.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads the lines of a block.
    fn of(text: String) -> Self {
        let mut heads = Vec::new();
        let mut names = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let offset = start;
            start += line.len() + 1;
            let mut fields = [(0, 0); 5];
            let mut at = 0;
            let mut parts = line.splitn(5, '\t');
            let whole = fields.iter_mut().all(|field| {
                parts.next().is_some_and(|part| {
                    *field = (offset + at, offset + at + part.len());
                    at += part.len() + 1;
                    true
                })
            });
            if !whole {
                continue;
            }
            let [key, name, aliases, domains, json] = fields;
            let head = heads.len();
            heads.push(Head { key, name, domains, json });
            let mut add = |shown: (usize, usize), primary| {
                let folded = Folded::of(&text[shown.0..shown.1]);
                names.push(Name { head, folded, shown, primary });
            };
            add(name, true);
            let mut from = aliases.0;
            for alias in text[aliases.0..aliases.1].split('|') {
                if !alias.is_empty() {
                    add((from, from + alias.len()), false);
                }
                from += alias.len() + 1;
            }
        }
        Self { text, heads, names }
    }

    fn slice(&self, range: (usize, usize)) -> &str {
        self.text.get(range.0..range.1).unwrap_or_default()
    }

    fn entry_at(&self, at: usize) -> Option<Entry> {
        serde_json::from_str(self.slice(self.heads.get(at)?.json)).ok()
    }

    /// Returns how many companies it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Returns whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Returns every entry, decoded one by one.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        (0..self.heads.len()).filter_map(|at| self.entry_at(at))
    }

    /// Returns the entry of a candidate.
    #[must_use]
    pub fn entry(&self, candidate: &Candidate<'_>) -> Option<Entry> {
        self.entry_at(candidate.at)
    }

    /// Returns the companies to whose domains a host belongs.
    #[must_use]
    pub fn by_host(&self, host: &str) -> Vec<Candidate<'_>> {
        let own = |head: &Head| {
            self.slice(head.domains).split(' ').find(|domain| names::lies_under(host, domain)).map(str::len)
        };
        let mut found: Vec<(usize, Candidate<'_>)> = self
            .heads
            .iter()
            .enumerate()
            .filter_map(|(at, head)| {
                let length = own(head)?;
                let first = self.slice(head.domains).starts_with(host);
                let near = Nearness { score: if first { 1000 } else { 990 }, how: How::Exact };
                Some((length, self.candidate(at, self.slice(head.name), near)))
            })
            .collect();
        let longest = found.iter().map(|(length, _)| *length).max().unwrap_or_default();
        found.retain(|(length, _)| *length == longest);
        let best = found.iter().map(|(_, candidate)| candidate.near.score).max().unwrap_or_default();
        found.into_iter().map(|(_, candidate)| candidate).filter(|one| one.near.score == best).collect()
    }

    fn candidate<'a>(&'a self, at: usize, matched: &'a str, near: Nearness) -> Candidate<'a> {
        let head = self.heads[at];
        Candidate {
            id: self.slice(head.key),
            name: self.slice(head.name),
            domain: self.slice(head.domains).split(' ').next().unwrap_or_default(),
            matched,
            near,
            at,
        }
    }

    /// Returns the companies whose name is near to what was typed, the nearest first, at most `most`.
    #[must_use]
    pub fn search(&self, typed: &str, most: usize) -> Vec<Candidate<'_>> {
        let typed = Folded::of(typed);
        let mut best: Vec<Option<Best>> = vec![None; self.heads.len()];
        for name in &self.names {
            let Some(near) = names::near(&typed, &name.folded) else { continue };
            let better =
                best[name.head].is_none_or(|(known, primary, _)| (near, name.primary) > (known, primary));
            if better {
                best[name.head] = Some((near, name.primary, name.shown));
            }
        }
        let mut found: Vec<(bool, Candidate<'_>)> = best
            .into_iter()
            .enumerate()
            .filter_map(|(at, best)| {
                let (near, primary, shown) = best?;
                Some((primary, self.candidate(at, self.slice(shown), near)))
            })
            .collect();
        found.sort_by(|(p, a), (q, b)| {
            b.near.score.cmp(&a.near.score).then(q.cmp(p)).then_with(|| a.name.cmp(b.name))
        });
        found.into_iter().take(most).map(|(_, candidate)| candidate).collect()
    }

    /// Returns the companies that hold a number, mailbox, web address or postal address, each with the contact that is it.
    #[must_use]
    pub fn owners_of(&self, value: &str) -> Vec<Owned> {
        let wanted = keys::of_typed(value);
        let Some(needle) = wanted.needle() else { return Vec::new() };
        self.heads
            .iter()
            .enumerate()
            .filter(|(_, head)| self.slice(head.json).contains(&needle))
            .filter_map(|(at, _)| self.entry_at(at))
            .flat_map(|entry| {
                let rows: Vec<Row> = entry
                    .contacts
                    .iter()
                    .filter(|row| wanted.is_of(row.channel, &row.value))
                    .cloned()
                    .collect();
                rows.into_iter().map(move |row| Owned { entry: entry.clone(), row })
            })
            .collect()
    }

    /// Returns the companies with a postal address in which what was typed stands word for word, from the beginning of a
    /// word on: a street, a street and its number, a town, a postcode. The last word may be cut short.
    ///
    /// A single word of letters is taken for a name: nothing is found by it.
    #[must_use]
    pub fn by_address(&self, typed: &str) -> Vec<Owned> {
        let wanted = names::fold(typed);
        let tells = wanted.contains(|c: char| c.is_ascii_digit()) || wanted.contains(' ');
        if wanted.len() < FEWEST_LETTERS || !tells {
            return Vec::new();
        }
        let wanted = format!(" {wanted}");
        let is_there = |row: &&Row| {
            matches!(row.channel, Channel::Postal | Channel::InPerson)
                && format!(" {}", names::fold(&row.value)).contains(&wanted)
        };
        let heads = self.heads.iter().enumerate();
        heads
            .filter_map(|(at, _)| self.entry_at(at))
            .filter_map(|entry| {
                let row = entry.contacts.iter().find(is_there)?.clone();
                Some(Owned { entry, row })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_is_what_the_readable_file_says() {
        let written: Vec<Entry> = include_str!("../data/starter.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let packed: Vec<Entry> = Starter::builtin().entries().collect();
        assert_eq!(packed, written, "run: cargo run -p desk --example starter");
        assert_eq!(packed.len(), Starter::builtin().len());
    }

    #[test]
    fn every_contact_has_a_value_that_fits_its_channel_a_page_and_a_day() {
        for entry in Starter::builtin().entries() {
            for row in &entry.contacts {
                let sighted = row.sighted().unwrap();
                assert!(row.url.starts_with("http"), "{}: {}", entry.company.id, row.url);
                assert!(sighted.source.stated.is_some_and(|day| day.len() == 10), "{}", entry.company.id);
                assert!(row.rung.is_some(), "{}: {} has no rung", entry.company.id, row.value);
            }
        }
    }

    #[test]
    fn a_part_of_an_address_leads_to_its_company_and_a_name_to_none() {
        let starter = Starter::builtin();
        let mut looked = 0;
        for entry in starter.entries().step_by(9) {
            for row in entry.contacts.iter().filter(|row| row.channel == Channel::Postal).take(1) {
                // The part behind the first comma that has a number: mostly the street.
                let Some(part) = row.value.split(", ").skip(1).find(|part| part.contains(char::is_numeric))
                else {
                    continue;
                };
                if names::fold(part).len() < FEWEST_LETTERS {
                    continue;
                }
                let found = starter.by_address(part);
                assert!(
                    found.iter().any(|owned| owned.entry.company.id == entry.company.id),
                    "{part} of {}",
                    entry.company.id
                );
                looked += 1;
            }
        }
        assert!(looked >= 5, "only {looked} addresses were looked up");
        assert!(starter.by_address("airlines").is_empty());
    }

    #[test]
    fn a_contact_leads_back_to_its_company() {
        let starter = Starter::builtin();
        for entry in starter.entries().step_by(7) {
            let typed = |row: &&Row| !matches!(keys::of_typed(&row.value), keys::Typed::Words);
            for row in entry.contacts.iter().filter(|row| row.channel != ladder::Channel::App).filter(typed) {
                let owners = starter.owners_of(&row.value);
                assert!(
                    owners.iter().any(|owned| owned.entry.company.id == entry.company.id),
                    "{} of {}",
                    row.value,
                    entry.company.id
                );
            }
        }
    }
}
