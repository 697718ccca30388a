//! Postal addresses: found by what gives them away, put on one line, the addressee first.
//!
//! An [anchor](anchor) such as a postcode beside a town is grown over its line and the lines around it until a label, a heading or a
//! sentence bounds it. It works alike on lines of one paragraph, on paragraphs, cells and list items of their own, on
//! running text and on footers cut by bars. What it gives is printed on the page; nothing is completed or looked up.

mod anchor;
mod down;
mod grow;
mod lines;
mod same;
mod shape;
mod tail;
mod up;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use ladder::{Country, PostalLine, Reach};

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;
use anchor::{Anchor, Form, Strength};
use grow::{Draft, Place, grow};
use lines::{Line, Role};
use same::Key;

/// Most addresses that one document yields: beyond that it is a directory of places.
const MOST: usize = 150;

/// Most anchors of one document that are gathered, and most that are grown: each costs a look around.
const MOST_ANCHORS: usize = 4_000;
const MOST_GROWN: usize = 1_500;

/// An address found in lines of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// The address on one line.
    pub line: PostalLine,
    /// How many of its parts, from the first on, say whom it is for: firm, team, person.
    pub addressees: usize,
    /// The lines over which it is printed, as indices of what was scanned.
    pub lines: Range<usize>,
    /// Where its first part starts, in bytes of the first of these lines.
    pub start: usize,
    /// Where its last part ends, in bytes of the last of these lines.
    pub end: usize,
    /// The label before it: `Registered office`.
    pub label: Option<String>,
    /// The country that its form or its last part tells.
    pub country: Option<Country>,
}

/// What is known of the country beforehand.
#[derive(Clone, Debug, Default)]
struct Hint(Vec<Country>);

impl Hint {
    /// Gathers what the page says of its country.
    fn of_page(outline: &Outline, context: &Context) -> Self {
        let mut countries: Vec<Country> = context.country.into_iter().collect();
        let host = context.url.and_then(url::Url::host_str).unwrap_or_default();
        let tld =
            host.rsplit('.').next().filter(|tld| tld.len() == 2).and_then(|tld| Country::parse(tld).ok());
        let region = outline.lang.as_deref().and_then(|lang| {
            let (language, region) = lang.split_once(['-', '_']).unwrap_or((lang, ""));
            Country::parse(region).ok().or_else(|| home(language))
        });
        countries.extend(tld);
        countries.extend(region);
        Self(countries)
    }

    /// Returns whether `code` is one of the countries expected.
    fn is(&self, code: &str) -> bool {
        self.0.iter().any(|c| c.code() == code)
    }

    /// Returns the first expected country that is one of `codes`, or the empty string.
    fn of(&self, codes: &[&'static str]) -> &'static str {
        self.0.iter().find_map(|c| codes.iter().find(|code| **code == c.code()).copied()).unwrap_or("")
    }
}

/// Returns the country of a language that has one home.
fn home(language: &str) -> Option<Country> {
    let code = match language.to_ascii_lowercase().as_str() {
        "de" => "DE",
        "fr" => "FR",
        "es" => "ES",
        "it" => "IT",
        "nl" => "NL",
        "da" => "DK",
        "sv" => "SE",
        _ => return None,
    };
    Country::parse(code).ok()
}

/// The names that the page gives to its site: a line of these words names its owner.
#[derive(Clone, Debug, Default)]
struct Site(HashSet<String>);

impl Site {
    /// Gathers them from title and metadata.
    fn of(outline: &Outline) -> Self {
        let metas = outline
            .meta
            .iter()
            .filter(|(name, _)| {
                matches!(name.as_str(), "og:site_name" | "application-name" | "author" | "og:title")
            })
            .map(|(_, content)| content.as_str());
        let names = metas.chain(std::iter::once(outline.title.as_str()));
        Self(
            names
                .flat_map(|name| name.split_whitespace().take(24).map(|word| words::bare(word).to_string()))
                .collect(),
        )
    }

    /// Returns whether every word of a short line is one of the site's names.
    fn names(&self, text: &str) -> bool {
        let mut count = 0;
        let all = text.split_whitespace().take(9).map(words::bare).filter(|w| !w.is_empty()).all(|word| {
            count += 1;
            let form: String = word.chars().filter(|c| *c != '.').collect();
            self.0.contains(word.as_str()) || words::LEGAL_FORMS.contains(form.as_str()) || word.len() < 3
        });
        all && (1..=7).contains(&count)
    }

    /// Returns whether a line names the site's owner in at least two words.
    fn is(&self, text: &str) -> bool {
        self.names(text) && text.split_whitespace().count() >= 2 && !shape::is_label(text)
    }
}

/// Returns the code of a country whose name, in lower case, is the whole of a text.
#[must_use]
pub fn country(lower: &str) -> Option<&'static str> {
    words::country(lower)
}

/// Returns the names of countries that are known, in small letters and several languages, each with its code.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    words::COUNTRIES.iter().copied()
}

/// Finds the postal addresses of an outline.
///
/// An address that is printed twice gives a hit at each place, all with the fuller line, so that every label and heading
/// near it can speak for its rung.
#[must_use]
pub fn find(outline: &Outline, context: &Context) -> Vec<Hit> {
    let lines = lines::of_outline(outline);
    let drafts = drafts(&lines, &Hint::of_page(outline, context), &Site::of(outline));
    let canonical = canonical(&lines, &drafts);
    drafts
        .iter()
        .zip(canonical)
        .filter_map(|(draft, line)| {
            let first = draft.parts.iter().find(|p| lines[p.line].role != Role::Heading)?;
            let last = draft.parts.iter().max_by_key(|p| (p.line, p.range.end))?;
            let start = lines[first.line].start + first.range.start;
            let end = lines[last.line].start + last.range.end;
            let mut hit =
                Hit::in_text(outline, Reach::postal(line?), lines[first.line].block, start..end.max(start));
            hit.label.clone_from(&draft.label);
            Some(hit)
        })
        .collect()
}

/// Finds the postal addresses of plain lines, such as those of a policy; each printed place is one.
///
/// An empty line sets off what follows it. `hint` settles codes of four digits, and the like, that several countries share.
#[must_use]
pub fn scan(texts: &[&str], hint: Option<Country>) -> Vec<Address> {
    let lines = lines::of_plain(texts);
    let drafts = drafts(&lines, &Hint(hint.into_iter().collect()), &Site::default());
    let canonical = canonical(&lines, &drafts);
    let address = |(draft, line): (&Draft, Option<PostalLine>)| {
        let first = draft.parts.iter().min_by_key(|p| (p.line, p.range.start))?;
        let last = draft.parts.iter().max_by_key(|p| (p.line, p.range.end))?;
        let shift = |part: &grow::Part| {
            let raw = texts[lines[part.line].block];
            raw.find(lines[part.line].text).unwrap_or(0)
        };
        Some(Address {
            line: line?,
            addressees: draft.addressees,
            lines: lines[first.line].block..lines[last.line].block + 1,
            start: shift(first) + first.range.start,
            end: shift(last) + last.range.end,
            label: draft.label.clone(),
            country: draft.country,
        })
    };
    drafts.iter().zip(canonical).filter_map(address).collect()
}

/// Returns whether a part of an address says where to deliver: a street, a box, a building.
pub(crate) fn delivers(part: &str) -> bool {
    shape::delivery(part) > shape::Delivery::None
}

/// Gathers the addresses of lines, in reading order, none overlapping another.
fn drafts(lines: &[Line], hint: &Hint, site: &Site) -> Vec<Draft> {
    let mut anchors = Vec::new();
    for at in 0..lines.len() {
        if anchors.len() >= MOST_ANCHORS {
            break;
        }
        let first = anchors.len();
        anchor::boxes(lines, at, &mut anchors);
        let boxes = first..anchors.len();
        anchor::codes(lines, at, hint, &boxes, &mut anchors);
        anchor::places(lines, at, &mut anchors);
        anchors[first..].sort_by_key(|a: &Anchor| a.range.start);
    }
    // Codes first: a box or country beside one belongs to its address.
    let mut found: Vec<Draft> = Vec::new();
    let mut grown = 0_usize;
    for pass in PASSES {
        for anchor in anchors.iter().filter(|anchor| pass.contains(&(anchor.form, anchor.strength))) {
            if found.len() >= MOST || grown >= MOST_GROWN {
                break;
            }
            let at = Place { line: anchor.line, at: anchor.range.start };
            let Some(floor) = floor(&found, at) else { continue };
            grown += 1;
            if let Some(draft) = grow(lines, anchor, floor, hint, site) {
                let place = found.partition_point(|other| begin(other) < begin(&draft));
                if found.get(place).is_none_or(|next| end(&draft) <= begin(next)) {
                    found.insert(place, draft);
                }
            }
        }
    }
    found
}

/// The order in which anchors are tried: what says most first.
const PASSES: [&[(Form, Strength)]; 5] = [
    &[(Form::CodeLast, Strength::Strong), (Form::CodeFirst, Strength::Strong)],
    &[(Form::CodeLast, Strength::Medium), (Form::CodeFirst, Strength::Medium)],
    &[(Form::CodeLast, Strength::Weak), (Form::CodeFirst, Strength::Weak)],
    &[(Form::Box, Strength::Medium)],
    &[(Form::Place, Strength::Weak), (Form::Label, Strength::Weak)],
];

/// Returns where the last address before `at` ends, or `None` where `at` lies in one.
fn floor(found: &[Draft], at: Place) -> Option<Place> {
    let next = found.partition_point(|draft| begin(draft) <= at);
    let Some(before) = next.checked_sub(1).map(|i| &found[i]) else { return Some(Place::default()) };
    (end(before) <= at).then(|| end(before))
}

/// Returns where an address begins.
fn begin(draft: &Draft) -> Place {
    let place = draft.parts.iter().map(|p| Place { line: p.line, at: p.range.start }).min();
    place.unwrap_or_default()
}

/// Returns where an address ends.
fn end(draft: &Draft) -> Place {
    draft.parts.iter().map(|p| Place { line: p.line, at: p.range.end }).max().unwrap_or_default()
}

/// Returns the line for each address: its own, or that of a fuller one for the same desk.
fn canonical(lines: &[Line], drafts: &[Draft]) -> Vec<Option<PostalLine>> {
    let text = |draft: &Draft| {
        draft
            .parts
            .iter()
            .map(|p| p.clean(lines[p.line].text).to_owned())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
    };
    let text = |draft: &Draft| -> Vec<String> {
        let mut parts = text(draft);
        if let Some(last) = parts.last_mut() {
            last.truncate(shape::without_stop(last).len());
        }
        parts
    };
    let texts: Vec<Vec<String>> = drafts.iter().map(text).collect();
    let keys: Vec<Key> = texts
        .iter()
        .zip(drafts)
        .map(|(parts, draft)| Key::new(parts.iter().map(String::as_str), draft.addressees))
        .collect();
    // Fullest first, so that each joins the fullest of its desk.
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(keys[i].fullness()));
    let mut leaders: Vec<usize> = Vec::new();
    let mut leader_of = vec![0; drafts.len()];
    for i in order {
        let leader = leaders.iter().copied().find(|&l| keys[l].same(&keys[i]));
        leader_of[i] = leader.unwrap_or_else(|| {
            leaders.push(i);
            i
        });
    }
    leader_of.iter().map(|&l| PostalLine::from_parts(texts[l].iter().map(String::as_str)).ok()).collect()
}

impl grow::Part {
    /// Returns its text without stray punctuation.
    fn clean<'a>(&self, text: &'a str) -> &'a str {
        let part =
            text[self.range.clone()].trim_matches([' ', ',', ';', '|', '·', '•', '*', '–', '"', '“', '”']);
        let part = part.trim_start_matches(['-', '.', '/', ')']).trim_start();
        let open = part.matches('(').count();
        let close = part.matches(')').count();
        if close > open { part.trim_end_matches(')').trim_end() } else { part }
    }
}

#[cfg(test)]
mod tests;
