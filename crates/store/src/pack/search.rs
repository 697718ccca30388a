//! Search in a pack: by name, domain, number, mailbox or address, the same ways as in the directory.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::table::Table;
use super::{Pack, PackError};
use crate::directory::keys::{self, Typed};
use crate::names::{self, Folded, How, Nearness, doors, forgiven};

/// The most words of names that a word typed leads to.
const MOST_TERMS: usize = 40;
/// The most companies of one word that are looked at.
const MOST_COMPANIES: usize = 2_000;
/// A word that fewer companies bear is rare: the names of these tell what other words they bear.
const FEW: usize = 200;
/// The most words that are looked at behind one door.
const MOST_BEHIND: usize = 1_000;
/// The most words of what was typed that count.
const MOST_WORDS: usize = 8;
/// The longest text that is searched for, in characters.
const LONGEST: usize = 120;

/// A company that a search found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PackHit {
    /// Its key.
    pub key: String,
    /// What of it was near: one of its names, or the value of a contact.
    pub matched: String,
    /// How near.
    pub near: Nearness,
}

/// Companies by key, with those of their names that count.
type Shown = BTreeMap<String, BTreeSet<String>>;

/// Who bears a word that was typed.
struct Bearers {
    /// What it may be in full or without its slip.
    terms: Vec<String>,
    /// Whether these are all, for few bear it.
    whole: bool,
    /// The companies.
    companies: Shown,
}

/// What was found so far: by the key of the company how near, and what.
type Found = BTreeMap<String, (Nearness, String)>;

impl Pack {
    /// Finds companies by name, domain, number, mailbox or address, the nearest first, at most `most`.
    ///
    /// # Errors
    ///
    /// [`PackError`] where the file is damaged.
    pub fn search(&self, typed: &str, most: usize) -> Result<Vec<PackHit>, PackError> {
        let Some(ways) = &self.ways else { return Ok(Vec::new()) };
        let typed: String = typed.chars().take(LONGEST).collect();
        let found = self.find(ways, &typed).map_err(self.failed())?;
        let mut hits: Vec<PackHit> =
            found.into_iter().map(|(key, (near, matched))| PackHit { key, matched, near }).collect();
        hits.sort_by(|a, b| {
            b.near.cmp(&a.near).then(a.matched.len().cmp(&b.matched.len())).then_with(|| a.key.cmp(&b.key))
        });
        hits.truncate(most);
        Ok(hits)
    }

    /// Returns pairs of key of company and value, of the ways that begin with a text.
    fn behind(&self, ways: &Table, from: &str, to: &str, most: usize) -> io::Result<Vec<(String, String)>> {
        let pairs = ways.scan(from.as_bytes(), to.as_bytes(), most, &self.pages)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let behind = pairs.into_iter().filter_map(|(way, value)| {
            let at = way.iter().position(|byte| *byte == 0)?;
            Some((text(&way[at + 1..]), text(&value)))
        });
        Ok(behind.collect())
    }

    fn find(&self, ways: &Table, typed: &str) -> io::Result<Found> {
        let mut found = Found::new();
        let kind = keys::of_typed(typed);
        let exact = |score| Nearness { score, how: How::Exact };
        let mut ranges: Vec<(String, String)> = kind.range().into_iter().collect();
        if let Typed::Postal(squashed) = &kind {
            ranges.push((format!("q{squashed}"), format!("q{squashed}\0")));
        }
        for (from, to) in ranges {
            // The ends are those of keys; here a zero and the company follow each key.
            let to = to.strip_suffix('\0').map_or_else(|| to.clone(), |key| format!("{key}\u{1}"));
            for (company, value) in
                self.behind(ways, &format!("r{from}"), &format!("r{to}"), MOST_COMPANIES)?
            {
                better(&mut found, company, exact(990), value);
            }
        }
        if let Typed::Host(host) | Typed::Link(host) = &kind {
            let mut rest = host.split('/').next();
            while let Some(domain) = rest.filter(|domain| domain.contains('.')) {
                let (from, to) = (format!("h{domain}\0"), format!("h{domain}\u{1}"));
                for (company, value) in self.behind(ways, &from, &to, 50)? {
                    better(&mut found, company, exact(1000), value);
                }
                rest = domain.split_once('.').map(|(_, rest)| rest);
            }
        }
        if matches!(kind, Typed::Words | Typed::Postal(_)) {
            self.by_name(ways, &Folded::of(typed), &mut found)?;
        }
        Ok(found)
    }

    /// Finds by name: as a whole, by its beginning, and word by word.
    fn by_name(&self, ways: &Table, typed: &Folded, found: &mut Found) -> io::Result<()> {
        if typed.squashed.is_empty() {
            return Ok(());
        }
        let measure = |found: &mut Found, company: String, shown: String| {
            if let Some(near) = names::near(typed, &Folded::of(&shown)) {
                better(found, company, near, shown);
            }
        };
        let begun = format!("n{}", typed.squashed);
        for (company, shown) in self.behind(ways, &begun, &format!("{begun}\u{10ffff}"), 60)? {
            measure(found, company, shown);
        }
        let mut lists: Vec<Bearers> = Vec::new();
        for word in typed.words().take(MOST_WORDS) {
            let terms = self.terms(ways, word)?;
            let bearers = self.bearers(ways, &terms, FEW)?;
            if !bearers.is_empty() {
                lists.push(Bearers { terms, whole: bearers.len() < FEW, companies: bearers });
            }
        }
        if lists.iter().all(|list| !list.whole) {
            for list in &mut lists {
                list.companies = self.bearers(ways, &list.terms, MOST_COMPANIES)?;
            }
        }
        // The rarest word decides; the others only where somebody bears them too, which their names tell.
        lists.sort_by_key(|list| (!list.whole, list.companies.len()));
        let mut lists = lists.into_iter();
        let Some(Bearers { companies: mut kept, .. }) = lists.next() else { return Ok(()) };
        for list in lists {
            let terms: BTreeSet<&str> = list.terms.iter().map(String::as_str).collect();
            let bears = |shown: &String| Folded::of(shown).words().any(|word| terms.contains(word));
            let both: Shown = kept
                .iter()
                .filter(|(_, shown)| shown.iter().any(bears))
                .map(|(company, shown)| (company.clone(), shown.clone()))
                .collect();
            if !both.is_empty() {
                kept = both;
            }
        }
        for (company, shown) in kept {
            for shown in shown {
                measure(found, company.clone(), shown);
            }
        }
        Ok(())
    }

    /// Returns the companies in whose names one of some words stands, with those names, at most `most` companies.
    fn bearers(&self, ways: &Table, terms: &[String], most: usize) -> io::Result<Shown> {
        let mut bearers = Shown::new();
        for term in terms {
            let room = most.saturating_sub(bearers.len());
            let (from, to) = (format!("t{term}\0"), format!("t{term}\u{1}"));
            for (company, shown) in self.behind(ways, &from, &to, room)? {
                bearers.entry(company).or_default().insert(shown);
            }
        }
        Ok(bearers)
    }

    /// Returns the words of names that a word typed may be: itself, what it begins, and what is one slip away.
    fn terms(&self, ways: &Table, word: &str) -> io::Result<Vec<String>> {
        let letters = word.chars().count();
        let mut near: BTreeMap<String, usize> = BTreeMap::new();
        let from = format!("w{word}");
        let to = if letters >= 3 { format!("{from}\u{10ffff}") } else { format!("{from}\0") };
        for (way, _) in ways.scan(from.as_bytes(), to.as_bytes(), MOST_TERMS, &self.pages)? {
            let term = String::from_utf8_lossy(&way[1..]).into_owned();
            let far = usize::from(term != word);
            near.insert(term, far);
        }
        let most = forgiven(letters);
        if most > 0 {
            for door in doors(word) {
                let (from, to) = (format!("d{door}\0"), format!("d{door}\u{1}"));
                for (term, _) in self.behind(ways, &from, &to, MOST_BEHIND)? {
                    if let Some(slips) = names::slips(word, &term, most) {
                        let known = near.entry(term).or_insert(slips + 1);
                        *known = (*known).min(slips + 1);
                    }
                }
            }
        }
        let mut order: Vec<(usize, String)> = near.into_iter().map(|(term, far)| (far, term)).collect();
        order.sort();
        Ok(order.into_iter().take(MOST_TERMS).map(|(_, term)| term).collect())
    }
}

/// Notes a company, where it is nearer than was known.
fn better(found: &mut Found, company: String, near: Nearness, matched: String) {
    match found.get(&company) {
        Some((known, _)) if *known >= near => {}
        _ => {
            found.insert(company, (near, matched));
        }
    }
}
