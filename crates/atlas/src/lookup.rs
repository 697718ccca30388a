//! Which body is meant: by a name in running text, by a site, by a number or mailbox.
//!
//! Built for `reading`, which asks this of every page: names are found in one pass over the text, and nothing of the
//! data is decoded for it. A name may lead to several bodies (each state has a small claims court); the country of the
//! document decides, where it is known.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use ladder::{BodyKind, Country};

use crate::names::{fold, in_word, sort_key};
use crate::words::{Kind, Status};

/// What is known of a body before anything of it is decoded.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Head {
    /// The stable key.
    pub id: Cow<'static, str>,
    /// The name in use.
    pub name: Cow<'static, str>,
    /// ISO 3166-1, `EU` or `INT`.
    pub country: Cow<'static, str>,
    /// The state or province of its file, or empty.
    pub region: Cow<'static, str>,
    /// What kind of body it is.
    pub kind: Kind,
    /// Whether it can be used.
    pub status: Status,
    pub(crate) segment: u32,
    pub(crate) index: u32,
}

impl Head {
    /// Returns the kind in the words of the ladder.
    #[must_use]
    pub const fn body_kind(&self) -> BodyKind {
        match self.kind {
            Kind::Adr | Kind::Ombudsman => BodyKind::Adr,
            Kind::Regulator | Kind::ConsumerAgency | Kind::SelfRegulator => BodyKind::Regulator,
            Kind::Court => BodyKind::Court,
        }
    }

    /// Returns whether the body can be used, as far as its status says.
    #[must_use]
    pub const fn is_in_force(&self) -> bool {
        matches!(self.status, Status::InForce)
    }

    /// Returns whether it may stand for a body named in a document of this country.
    fn is_near(&self, country: Country) -> bool {
        self.country == country.code()
            || self.country == "INT"
            || (self.country == "EU" && crate::place::in_union(country))
    }
}

/// One name that leads to a body.
#[derive(Clone, Debug)]
pub(crate) struct NameRow {
    /// The name folded.
    pub(crate) folded: Cow<'static, str>,
    /// The capitals in which a short form must stand; empty for an ordinary name.
    pub(crate) cased: Cow<'static, str>,
    pub(crate) head: u32,
    pub(crate) local: bool,
    pub(crate) dead: bool,
}

/// A body named in running text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mention<'a> {
    /// Where the name stands, in bytes.
    pub span: Range<usize>,
    /// The body, or the likeliest where several bear the name.
    pub head: &'a Head,
    /// The name is one of the past: what the document says of this body may be out of date.
    pub dead_name: bool,
    /// Another body bears this name too.
    pub ambiguous: bool,
}

/// The rows of a static table of keys, sorted by key.
pub(crate) type Keys = &'static [(&'static str, &'static [u32])];

/// The names, sites and values of all bodies.
#[derive(Debug)]
pub(crate) struct Index {
    heads: Cow<'static, [Head]>,
    /// Sorted by folded name, so that names with one first word stand together.
    names: Cow<'static, [NameRow]>,
    first_words: FirstWords,
    sites: (Keys, HashMap<String, Vec<u32>>),
    values: (Keys, HashMap<String, Vec<u32>>),
}

impl Index {
    pub(crate) fn new(
        heads: Cow<'static, [Head]>,
        names: Cow<'static, [NameRow]>,
        sites: (Keys, HashMap<String, Vec<u32>>),
        values: (Keys, HashMap<String, Vec<u32>>),
    ) -> Self {
        let first_words = FirstWords::new(&names);
        Self { heads, names, first_words, sites, values }
    }

    fn head(&self, at: u32) -> Option<&Head> {
        self.heads.get(at as usize)
    }

    fn heads(&self, (fixed, own): &(Keys, HashMap<String, Vec<u32>>), key: &str) -> Option<Vec<&Head>> {
        let fixed = fixed.binary_search_by(|(known, _)| (*known).cmp(key)).ok().and_then(|at| fixed.get(at));
        let own = own.get(key);
        let at = fixed.into_iter().flat_map(|(_, heads)| *heads).chain(own.into_iter().flatten());
        (fixed.is_some() || own.is_some()).then(|| at.filter_map(|&at| self.head(at)).collect())
    }

    /// Finds the bodies named in a text, in the order of the text, none overlapping another.
    pub(crate) fn mentions(&self, text: &str, country: Option<Country>) -> Vec<Mention<'_>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((word, hash)) = next_word(text, at) {
            at = word.end;
            let rows = self.first_words.rows(hash).and_then(|rows| self.names.get(rows));
            if let Some(rows) = rows
                && let Some(mention) = self.mention_at(text, word.start, rows, country)
            {
                at = mention.span.end.max(at);
                found.push(mention);
            }
        }
        found
    }

    /// Finds the longest name that stands at a place, and chooses among the bodies that bear it.
    fn mention_at(
        &self,
        text: &str,
        start: usize,
        rows: &[NameRow],
        country: Option<Country>,
    ) -> Option<Mention<'_>> {
        let here = text.get(start..)?;
        let mut best: Option<(usize, Vec<Bearer<'_>>)> = None;
        for row in rows {
            let Some(length) = stands(here, row) else { continue };
            let Some(head) = self.head(row.head) else { continue };
            let near = country.is_some_and(|country| head.is_near(country));
            if row.local && !near {
                continue;
            }
            let bearer = Bearer { near, dead: row.dead, head };
            match &mut best {
                Some((longest, bearers)) if *longest == length => bearers.push(bearer),
                Some((longest, _)) if *longest > length => {}
                _ => best = Some((length, vec![bearer])),
            }
        }
        let (length, mut bearers) = best?;
        bearers.sort_by_key(|bearer| (!bearer.near, bearer.dead));
        let first = bearers.first()?;
        let ambiguous =
            bearers.iter().any(|other| other.near == first.near && other.head.id != first.head.id);
        Some(Mention { span: start..start + length, head: first.head, dead_name: first.dead, ambiguous })
    }

    /// Finds the bodies of a web address: the longest known site of which it is a page.
    pub(crate) fn by_link(&self, address: &str) -> Vec<&Head> {
        let key = crate::names::link_key(address);
        let host_end = key.find('/').unwrap_or(key.len());
        let (host, path) = key.split_at(host_end);
        let host = host.rsplit('@').next().unwrap_or_default();
        let mut host = host.split(':').next().unwrap_or_default();
        // A host has few labels and a page few folders; longer ones are nobody's.
        for _ in 0..6 {
            if !host.contains('.') {
                break;
            }
            let mut key = format!("{host}{path}");
            for _ in 0..12 {
                if let Some(heads) = self.heads(&self.sites, &key) {
                    return heads;
                }
                match key.rfind('/') {
                    Some(slash) => key.truncate(slash),
                    None => break,
                }
            }
            host = host.split_once('.').map_or("", |(_, rest)| rest);
        }
        Vec::new()
    }

    /// Finds the bodies of a number in international form or a mailbox.
    pub(crate) fn by_value(&self, value: &str) -> Vec<&Head> {
        let value = value.trim().to_lowercase();
        if let Some(heads) = self.heads(&self.values, &value) {
            return heads;
        }
        value.split_once('@').map(|(_, host)| self.by_link(host)).unwrap_or_default()
    }
}

/// A body that bears a name found in a text.
struct Bearer<'a> {
    near: bool,
    dead: bool,
    head: &'a Head,
}

/// Returns the hash of a word, letter by letter, so that a reader of text can go on with it.
const fn hash_on(hash: u64, c: char) -> u64 {
    (hash ^ c as u64).wrapping_mul(0x0100_0000_01b3)
}

/// The hash of no letters.
const HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// Returns the hash of the first word of a folded name.
fn first_word(folded: &str) -> u64 {
    sort_key(folded).0.chars().fold(HASH, hash_on)
}

/// Which names begin with a word: a table of hashes, each with its rows.
#[derive(Debug)]
struct FirstWords(Vec<(u64, u32, u32)>);

impl FirstWords {
    fn new(names: &[NameRow]) -> Self {
        let mut table = vec![(0, 0, 0); (names.len() * 2).next_power_of_two().max(16)];
        let mut at = 0;
        while let Some(name) = names.get(at) {
            let hash = first_word(&name.folded);
            let mut end = at + 1;
            while names.get(end).is_some_and(|next| first_word(&next.folded) == hash) {
                end += 1;
            }
            let mask = table.len() - 1;
            let mut slot = slot_of(hash, mask);
            while table.get(slot).is_some_and(|(_, start, end)| start != end) {
                slot = (slot + 1) & mask;
            }
            if let (Some(slot), Ok(start), Ok(end)) =
                (table.get_mut(slot), u32::try_from(at), u32::try_from(end))
            {
                *slot = (hash, start, end);
            }
            at = end;
        }
        Self(table)
    }

    /// Returns the rows whose first word has a hash.
    fn rows(&self, hash: u64) -> Option<Range<usize>> {
        let mask = self.0.len() - 1;
        let mut slot = slot_of(hash, mask);
        loop {
            let &(known, start, end) = self.0.get(slot)?;
            if start == end {
                return None;
            }
            if known == hash {
                return Some(start as usize..end as usize);
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Returns the slot at which the search for a hash begins.
fn slot_of(hash: u64, mask: usize) -> usize {
    usize::try_from(hash >> 32).unwrap_or_default() & mask
}

/// Returns the next word of a text and the hash of its folded letters.
fn next_word(text: &str, from: usize) -> Option<(Range<usize>, u64)> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut start = None;
    let mut hash = HASH;
    while let Some(&byte) = bytes.get(at) {
        let (folded, width) = if byte.is_ascii() {
            (Some(byte.to_ascii_lowercase() as char), 1)
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            (fold(c), c.len_utf8())
        };
        match folded {
            Some(c) if in_word(c) => {
                start.get_or_insert(at);
                hash = hash_on(hash, c);
            }
            Some(_) if start.is_some() => break,
            _ => {}
        }
        at += width;
    }
    start.map(|start| (start..at, hash))
}

/// Returns how many bytes of a text a name takes up, where the text begins with it and the word ends there.
fn stands(text: &str, row: &NameRow) -> Option<usize> {
    if !row.cased.is_empty() {
        let rest = text.strip_prefix(&*row.cased)?;
        return rest.chars().next().is_none_or(|c| !in_word(c) && c != '_').then_some(row.cased.len());
    }
    let mut wanted = row.folded.chars().peekable();
    let mut chars = text.char_indices().peekable();
    let mut was_space = false;
    while wanted.peek().is_some() {
        let (_, c) = chars.next()?;
        if c == '&' {
            for letter in "and".chars() {
                if wanted.next() != Some(letter) {
                    return None;
                }
            }
            was_space = false;
            continue;
        }
        let Some(c) = fold(c) else { continue };
        if c == ' ' && was_space {
            continue;
        }
        was_space = c == ' ';
        if wanted.next() != Some(c) {
            return None;
        }
    }
    let end = chars.peek().map_or(text.len(), |(at, _)| *at);
    let after = text.get(end..).and_then(|rest| rest.chars().next());
    after.is_none_or(|c| !in_word(c) && c != '_').then_some(end)
}

#[cfg(test)]
mod tests {
    use crate::Atlas;
    use ladder::Country;

    /// Shows what a text names: id, `!` for a dead name, `?` for an ambiguous one.
    fn named(text: &str, country: &str) -> String {
        let country = Country::parse(country).ok();
        let show = |m: super::Mention<'_>| {
            let marks =
                format!("{}{}", if m.dead_name { "!" } else { "" }, if m.ambiguous { "?" } else { "" });
            format!("{}{marks}", m.head.id)
        };
        Atlas::builtin().mentions(text, country).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_are_found_in_running_text_by_any_of_their_spellings() {
        for (text, country, expected) in [
            (
                "You may go to the Financial Ombudsman Service (FOS).",
                "GB",
                "gb-financial-ombudsman gb-financial-ombudsman",
            ),
            ("FINANCIAL OMBUDSMAN SERVICE", "", "gb-financial-ombudsman"),
            ("lodge it with the FOS", "AU", "au-afca!"),
            ("Insurance & Financial Services Ombudsman", "NZ", "nz-ifso"),
            ("the Médiateur national de l’énergie", "FR", "fr-mediateur-energie"),
            ("MEDIATEUR NATIONAL DE L'ENERGIE", "FR", "fr-mediateur-energie"),
            ("MÉDIATEUR NATIONAL DE L'ÉNERGIE", "FR", "fr-mediateur-energie"),
            ("Schlichtungsstelle fuer den oeffentlichen Personenverkehr", "DE", "de-soep!"),
            (
                "die BaFin, die Universalschlichtungsstelle des Bundes",
                "DE",
                "de-bafin de-universalschlichtungsstelle",
            ),
            (
                "Otelo or Ombudsman Services: Communications",
                "GB",
                "gb-communications-ombudsman! gb-communications-ombudsman!",
            ),
            ("Plattform zur Online-Streitbeilegung (OS-Plattform)", "DE", "eu-odr-platform eu-odr-platform"),
            ("Energy Ombudsman Tasmania", "AU", "au-tas-energy-ombudsman"),
            ("Small Claims Court", "ZA", "za-small-claims"),
            ("Small Claims Court", "", ""),
            ("the Data Protection Commission", "IE", "ie-dpc"),
            ("complaints to Ofcom, the ICO and the ASA", "GB", "gb-ofcom gb-ico gb-asa"),
        ] {
            assert_eq!(named(text, country), expected, "{text} / {country}");
        }
    }

    #[test]
    fn short_forms_count_only_in_their_capitals_and_names_only_as_whole_words() {
        for text in
            ["ico file", "a fos in the text", "new_FOS_x", "FOSTER", "fcc", "bafin", "TheCAA", "Ofcoms2"]
        {
            assert_eq!(named(text, "GB"), "", "{text}");
        }
    }

    #[test]
    fn sites_and_values_lead_to_their_body() {
        let ids = |heads: Vec<&super::Head>| {
            heads.iter().map(|head| head.id.to_string()).collect::<Vec<_>>().join(" ")
        };
        let link = |address| ids(Atlas::builtin().by_link(address));
        assert_eq!(
            link("https://www.financial-ombudsman.org.uk/make-complaint?x=1#y"),
            "gb-financial-ombudsman"
        );
        assert_eq!(link("http://ec.europa.eu/consumers/odr/"), "eu-odr-platform");
        assert_eq!(link("https://ec.europa.eu/info"), "");
        assert_eq!(link("www.cedr.com/consumer/cisas/apply"), "gb-cisas");
        assert_eq!(link("complaint.ico.org.uk"), "gb-ico");
        assert_eq!(link("https://notico.org.uk"), "");
        assert_eq!(link(""), "");
        let value = |value| ids(Atlas::builtin().by_value(value));
        assert_eq!(value("+448000234567"), "gb-financial-ombudsman");
        assert_eq!(value("someone@afca.org.au"), "au-afca");
        assert_eq!(value("complaints@acme.example"), "");
    }

    #[test]
    fn a_hostile_text_is_read_without_panic() {
        let text = "FOSFOS Otelo\u{301}\u{0} ".repeat(2_000) + "é";
        let _ = Atlas::builtin().mentions(&text, None);
    }
}
