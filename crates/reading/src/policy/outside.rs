//! Names of bodies outside: ombudsmen, schemes, regulators, courts, as the text prints them.
//!
//! A body is known by the atlas (name, alias, abbreviation) or by its pattern: capitalised words around a noun such as
//! `Ombudsman` or `Commission`. A name without such words (`the ombudsman`) is generic: it stands for a named one of the
//! same document, or for itself where none is named. Whether the text sends the customer there is decided by
//! [`super::walk`].

use std::ops::Range;

use ladder::BodyKind;

use super::cue::{Cue, Cues};
use super::lang::Language;
pub(super) use super::names::same;
use super::words::{Case, Gap, Kind, Words};

/// A body that the atlas finds by name.
#[derive(Clone, Debug)]
pub(super) struct Known<'a> {
    /// Where the name stands in the text of the outline.
    pub(super) span: Range<usize>,
    /// The body.
    pub(super) head: &'a atlas::Head,
}

/// A body named in the text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The words of the name.
    pub(super) words: Range<usize>,
    /// Its name as printed, without article, with the abbreviation in brackets after it.
    pub(super) name: String,
    /// Its kind.
    pub(super) kind: BodyKind,
    /// Whether it is only a noun: `the ombudsman`.
    pub(super) generic: bool,
    /// Whether only its place tells that it is a body: `you can use ACME`.
    pub(super) weak: bool,
    /// Its id in the atlas.
    pub(super) id: Option<String>,
}

/// Most words of a name.
const LONGEST: usize = 14;

/// Most letters of an abbreviation.
const ACRONYM: usize = 7;

/// Words that make up the name of a kind of body and of none of its kind: `Alternative Dispute Resolution (ADR)`.
const CATEGORY: &[&str] = &[
    "alternative",
    "external",
    "independent",
    "online",
    "consumer",
    "dispute",
    "disputes",
    "resolution",
    "adr",
    "edr",
    "provider",
    "body",
    "review",
    "ombudsman",
    "arbitration",
    "mediation",
    "adjudication",
    "conciliation",
    "regulator",
    "streitschlichtung",
    "verbraucherschlichtung",
    "schlichtungsstelle",
    "verbraucherschlichtungsstelle",
    "ombudsstelle",
    "schiedsstelle",
    "streitbeilegung",
    "schlichtung",
    "aufsichtsbehörde",
    "aufsicht",
    "schlichtungsverfahren",
    "médiation",
    "médiateur",
    "arbitraje",
    "mediación",
    "arbitrage",
    "bemiddeling",
    "conciliazione",
    "mediazione",
    "arbitrato",
    "commission",
    "authority",
    "bureau",
    "council",
    "court",
    "courts",
    "tribunal",
    "service",
    "regulators",
    "board",
    "department",
    "agency",
    "conciliateur",
    "juge",
    "direction",
    "agence",
    "institut",
    "ordre",
    "conseil",
    "comisión",
    "agencia",
    "instituto",
    "ministerio",
    "juzgado",
    "tribunales",
    "arbitro",
    "mediatore",
    "conciliatore",
    "giudice",
    "commissione",
    "ministero",
    "istituto",
    "inspectie",
    "commissie",
    "geschillencommissie",
    "rechter",
    "rechtbank",
    "college",
    "raad",
    "autorité",
    "autorità",
    "autoriteit",
    "autoridad",
    "organismo",
    "office",
    "ministère",
    "tribunale",
    "cour",
    "bemiddelaar",
    "ombudsdienst",
    "mediador",
    "árbitro",
    "médiatrice",
];

/// Words that make a body of every state of what may stand in small letters: `your state's insurance department`.
const STATE: &[&str] = &["attorney", "utility", "utilities", "insurance"];

/// Nouns that head a name and are common otherwise: `Office of …`, `Department of …`.
const HEADS: &[&str] = &[
    "office",
    "officer",
    "department",
    "division",
    "centre",
    "center",
    "board",
    "ministry",
    "service",
    "services",
    "scheme",
    "oficina",
    "servicio",
    "dirección",
    "direction",
    "ufficio",
    "servizio",
    "bureau",
    "stichting",
    "amt",
    "association",
    "consumers",
    "administration",
    "banco",
    "banque",
    "banca",
];

/// Most words between a desk and the name in whose address it stands.
const ADDRESS: usize = 6;

/// Drops what looks like a body and is the writer, in the address of a desk of its own: `Customer Service Officer, Corporate Services,
/// Northshire County Council`.
pub(super) fn drop_own(mentions: &mut Vec<Mention>, words: &Words<'_>, cues: &Cues) {
    let in_address = |mention: &Mention| {
        let start = mention.words.start;
        let desk = cues
            .within(start.saturating_sub(ADDRESS + 4)..start)
            .iter()
            .filter(|f| {
                matches!(f.cue, Cue::Inside(_)) && f.words.end <= start && f.words.end + ADDRESS >= start
            })
            .map(|f| f.words.end)
            .max();
        // Only names, parted by commas or lines, stand between both.
        desk.is_some_and(|end| {
            words.words[start].gap >= Gap::Comma
                && (end..start)
                    .all(|at| words.words[at].case != Case::Lower && words.words[at].kind == Kind::Word)
        })
    };
    let own: Vec<String> = mentions
        .iter()
        .filter(|m| m.id.is_none() && !m.generic && in_address(m))
        .map(|m| m.name.clone())
        .collect();
    mentions.retain(|m| m.id.is_some() || !own.contains(&m.name));
}

/// Finds the bodies named in a text, in order. `known` tells the places that the atlas knows by name.
pub(super) fn find(words: &Words<'_>, cues: &Cues, language: &Language, known: &[Known]) -> Vec<Mention> {
    let mut namer = Namer { words, cues, language, taken: vec![false; words.words.len()] };
    let mut found: Vec<Mention> = Vec::new();
    for body in known {
        let start = words.word_at(body.span.start);
        // A name may end with a full stop, which is no word: `Schlichtungsstelle Energie e.V.`
        let end = words.words.partition_point(|word| (word.start as usize) < body.span.end);
        let address = words.words.get(start).is_none_or(|word| word.kind == Kind::Address);
        if !address
            && start < end
            && end <= words.words.len()
            && words.para_of(start) == words.para_of(end - 1)
        {
            let whole = namer.beside(start..end);
            namer.add(&mut found, whole, kind_of(body.head.kind), Sort::Known(body.head.id.as_ref()));
        }
    }
    let mut nouns: Vec<(Range<usize>, BodyKind)> = Vec::new();
    for cue in cues.within(0..words.words.len()) {
        if let Cue::Outside(kind) = cue.cue {
            nouns.push((cue.words.clone(), kind));
        }
    }
    for (noun, kind) in nouns {
        if namer.taken[noun.start] || namer.is_inside(&noun) {
            continue;
        }
        let whole = namer.around(noun.clone());
        // `The Pensions Administration team` is someone inside.
        let next = words.words.get(whole.end);
        if next.is_some_and(|w| w.gap == Gap::None && w.case == Case::Lower) && namer.is_team(whole.end) {
            continue;
        }
        // As is the `Pensions Administration Team`.
        if matches!(words.spelling(whole.end - 1), "team" | "helpdesk" | "desk" | "helpline") {
            continue;
        }
        let capital = (whole.clone()).filter(|&at| words.words[at].case != Case::Lower).count();
        let acronym = whole.len() == 1
            && words.words[whole.start].case == Case::Upper
            && words.spelling(whole.start).len() <= ACRONYM;
        // `Small claims court` is a name in small letters.
        let court = kind == BodyKind::Court && noun.len() > 1;
        let category = whole.clone().all(|at| CATEGORY.contains(&words.spelling(at)));
        // Where nouns have no capitals of their own, one with a capital inside of a sentence is a name.
        let proper = !matches!(language.code, "de" | "en")
            && capital == 1
            && whole.len() == 1
            && kind != BodyKind::Court
            && words.words[whole.start].gap < Gap::Colon
            && whole.start > words.para_start(whole.start);
        let of_state = kind == BodyKind::Regulator
            && whole.len() > 1
            && whole.clone().any(|at| STATE.contains(&words.spelling(at)));
        let generic = category
            || !of_state && capital < 2 && !acronym && !court && !proper && !namer.is_compound(&whole);
        let kind = namer.kind(&whole, kind);
        if generic && kind == BodyKind::Regulator {
            continue;
        }
        namer.add(&mut found, whole, kind, if generic { Sort::Generic } else { Sort::Named });
    }
    for cue in cues.within(0..words.words.len()) {
        if cue.cue == Cue::Refer
            && let Some(whole) = namer.abbreviation(cue.words.end)
        {
            namer.add(&mut found, whole, BodyKind::Adr, Sort::Weak);
        }
    }
    found.sort_by_key(|m| m.words.start);
    namer.join_brackets(&mut found);
    let short: Vec<(String, usize)> =
        found.iter().enumerate().filter_map(|(at, m)| Some((super::names::short(&m.name)?, at))).collect();
    for at in 0..words.words.len() {
        if words.words[at].case == Case::Upper
            && !namer.taken[at]
            && let Some((_, of)) = short.iter().find(|(short, _)| short == words.spelling(at))
        {
            let (kind, name, id) = (found[*of].kind, found[*of].name.clone(), found[*of].id.clone());
            namer.taken[at] = true;
            found.push(Mention { words: at..at + 1, name, kind, generic: false, weak: false, id });
        }
    }
    found.sort_by_key(|m| m.words.start);
    found
}

struct Namer<'a> {
    words: &'a Words<'a>,
    cues: &'a Cues,
    language: &'a Language,
    /// Words that belong to a name already.
    taken: Vec<bool>,
}

impl Namer<'_> {
    fn capital(&self, at: usize) -> bool {
        let word = &self.words.words[at];
        word.case != Case::Lower && word.kind == Kind::Word
    }

    fn small(&self, at: usize) -> bool {
        self.language.small.contains(&self.words.spelling(at))
    }

    /// Whether a noun belongs to something inside: `board of directors`, `our board`.
    fn is_inside(&self, noun: &Range<usize>) -> bool {
        let from = noun.start.saturating_sub(3);
        let to = (noun.end + 2).min(self.words.words.len());
        self.cues.within(from..to).iter().any(|f| match f.cue {
            // `The department` is inside; `the Department for Education` is not.
            Cue::NotOutside => {
                f.words.start < noun.end
                    && noun.start < f.words.end
                    && !(f.words.end <= noun.end
                        && self.capital(noun.start)
                        && (self.goes_on_after(noun.end).is_some()
                            || noun.len() > 1 && noun.end < self.words.words.len() && self.capital(noun.end)))
            }
            // `Consumer Affairs` is a team; `Consumer Affairs Victoria` is none.
            Cue::Inside(_) => {
                f.words.start <= noun.start
                    && noun.end <= f.words.end
                    && !self.words.words.get(f.words.end).is_some_and(|next| {
                        next.gap == Gap::None
                            && next.case != Case::Lower
                            && next.kind == Kind::Word
                            && !self.is_team(f.words.end)
                    })
            }
            _ => false,
        })
    }

    /// Joins a short form in brackets to the name before it: `Department of Insurance (DIFS)` is one body.
    fn join_brackets(&self, found: &mut Vec<Mention>) {
        let mut at = 1;
        while at < found.len() {
            let (before, this) = (&found[at - 1], &found[at]);
            let joined = before.words.end == this.words.start
                && this.words.len() == 1
                && !before.generic
                && !before.weak
                && self.words.before(this.words.start).contains('(');
            if joined {
                let this = found.remove(at);
                let before = &mut found[at - 1];
                before.words.end = this.words.end;
                before.name = format!("{} ({})", before.name, this.name);
                before.id = before.id.take().or(this.id);
            } else {
                at += 1;
            }
        }
    }

    /// Whether a word is the common noun of a team or office.
    fn is_team(&self, at: usize) -> bool {
        matches!(
            self.words.spelling(at),
            "office" | "team" | "department" | "unit" | "desk" | "manager" | "officer" | "section"
        )
    }

    /// Whether the words are one long noun of its own, as Dutch and German make them.
    fn is_compound(&self, whole: &Range<usize>) -> bool {
        let long = |at: usize| {
            let letters = self.words.spelling(at).chars().count();
            letters >= 14 || letters >= 11 && self.capital(at) && self.words.words[at].gap < Gap::Colon
        };
        whole.clone().any(long) && self.language.code != "en"
    }

    /// An abbreviation of a body at or near a word: `use CISAS`, `go to the FSPO`.
    fn abbreviation(&self, at: usize) -> Option<Range<usize>> {
        let near = (at..(at + 3).min(self.words.words.len()))
            .take_while(|&k| k == at || self.words.words[k].gap == Gap::None);
        let found = near.into_iter().find(|&k| {
            let word = &self.words.words[k];
            word.case == Case::Upper
                && word.kind == Kind::Word
                && (3..=8).contains(&self.words.spelling(k).len())
        })?;
        let inside = self.cues.roles(found..found + 1).next().is_some();
        // `PRIMIS Mortgage Network` is a company, not an abbreviation.
        let loud =
            self.words.words.get(found + 1).is_some_and(|next| {
                next.case != Case::Lower && next.kind == Kind::Word && next.gap == Gap::None
            });
        // `TSA 99901`, `PO Box 12`: a number behind it makes it part of an address.
        let numbered =
            self.words.words.get(found + 1).is_some_and(|next| {
                next.gap == Gap::None && matches!(next.kind, Kind::Number(_) | Kind::Figure)
            });
        (!inside && !loud && !numbered).then_some(found..found + 1)
    }

    /// Grows a noun to the capitalised name around it.
    fn around(&self, noun: Range<usize>) -> Range<usize> {
        let first = self.words.para_start(noun.start);
        let mut start = noun.start;
        while start > first && noun.end - start < LONGEST && self.words.words[start].gap == Gap::None {
            let before = start - 1;
            if self.words.words[before].kind != Kind::Word || self.taken[before] {
                break;
            }
            if self.capital(before) && !self.opens_sentence(before) {
                start = before;
            } else if let Some(left) = self.joined(before, first) {
                start = left;
            } else {
                break;
            }
        }
        while start < noun.start && (self.small(start) || self.is_article(start)) {
            start += 1;
        }
        let mut end = noun.end;
        let last = self.words.words.len();
        while end < last && end - start < LONGEST && !self.taken[end] {
            let gap = self.words.words[end].gap;
            let raw = self.words.before(end);
            if gap == Gap::None && self.capital(end) && !self.speaks(end) {
                end += 1;
            } else if let Some(next) = self.goes_on_after(end).or_else(|| self.and_to_bracket(start, end)) {
                end = next;
            } else if gap == Gap::Comma && raw.contains('(') && self.bracketed(end) {
                end = self.bracket_end(end);
            } else {
                break;
            }
        }
        start..end
    }

    /// The capitalised word that one or two small words join to the name after them.
    fn joined(&self, small: usize, first: usize) -> Option<usize> {
        let mut at = small;
        for _ in 0..2 {
            if !self.small(at) || at <= first || self.words.words[at].gap != Gap::None {
                return None;
            }
            let left = at - 1;
            if self.capital(left) && !self.taken[left] && !self.speaks(left) {
                let noun = self.cues.within(left..at).iter().any(|f| matches!(f.cue, Cue::Outside(_)));
                let lists = self.language.parting.contains(&self.words.spelling(at));
                // `Office of the Ombudsman` opens with its own noun; `Member of the Association` does not.
                let opens = self.words.words[left].gap >= Gap::Colon || left == first;
                let head = noun || HEADS.contains(&self.words.spelling(left));
                let parted = self.opens_sentence(left) || lists && noun || opens && !head;
                return (!parted).then_some(left);
            }
            at = left;
        }
        None
    }

    /// Whether a word belongs to what is said and not to the name: `you`, `complaint`, `apply`.
    fn speaks(&self, at: usize) -> bool {
        self.language.code != "en"
            && self.cues.within(at..at + 1).iter().any(|f| {
                matches!(f.cue, Cue::You | Cue::We | Cue::Refer | Cue::Matter) && f.words.start == at
            })
    }

    /// Where a name goes on after one or two small words: `for Banking Services`, `della Banca`.
    fn goes_on_after(&self, small: usize) -> Option<usize> {
        let all = &self.words.words;
        let mut at = small;
        while at < all.len() && at < small + 2 && all[at].gap == Gap::None && self.small(at) {
            let parts = self.language.parting.contains(&self.words.spelling(at))
                && self.words.before(at + 1).trim() != "&";
            if parts || self.taken[at] {
                return None;
            }
            at += 1;
        }
        // `der privaten Banken`: an adjective has no capital where nouns have.
        let adjective = self.language.code == "de"
            && at > small
            && all.get(at).is_some_and(|word| word.gap == Gap::None && word.case == Case::Lower)
            && ["en", "er", "es"].iter().any(|ending| self.words.spelling(at).ends_with(ending))
            && self.language.small.contains(&self.words.spelling(at - 1));
        at += usize::from(adjective);
        let next = all.get(at).filter(|_| at > small)?;
        (next.gap == Gap::None && self.capital(at) && !self.taken[at]).then_some(at + 1)
    }

    /// Where a name goes on after `and`, for the letters in the brackets behind it say so: `Department of Insurance and Financial Services
    /// (DIFS)`.
    fn and_to_bracket(&self, start: usize, and: usize) -> Option<usize> {
        let all = &self.words.words;
        let parts = |at: usize| {
            all.get(at).is_some_and(|word| word.gap == Gap::None)
                && self.language.parting.contains(&self.words.spelling(at))
        };
        let mut end = and + 1;
        while end < all.len() && end - start < LONGEST && all[end].gap == Gap::None && self.capital(end) {
            end += 1;
        }
        let short = all.get(end).filter(|word| word.gap == Gap::Comma && word.case == Case::Upper)?;
        let letters = short.end.checked_sub(short.start)? as usize;
        let initials: String = (start..end)
            .filter(|&at| self.capital(at))
            .filter_map(|at| self.words.spelling(at).chars().next())
            .collect();
        let same = self.words.before(end).contains('(') && self.words.spelling(end) == initials;
        (parts(and) && end > and + 1 && letters > 1 && same).then_some(end)
    }

    /// Grows a name that the atlas knows: by capitalised words right beside it, and brackets after it.
    fn beside(&self, name: Range<usize>) -> Range<usize> {
        let first = self.words.para_start(name.start);
        let mut start = name.start;
        while start > first
            && name.end - start < LONGEST
            && self.words.words[start].gap == Gap::None
            && self.capital(start - 1)
            && !self.opens_sentence(start - 1)
            && !self.taken[start - 1]
        {
            start -= 1;
        }
        while start + 1 < name.end && self.is_article(start) {
            start += 1;
        }
        let mut end = name.end;
        while end < self.words.words.len() && end - start < LONGEST && !self.taken[end] {
            let gap = self.words.words[end].gap;
            if gap == Gap::None && self.capital(end) {
                end += 1;
            } else if HEADS.contains(&self.words.spelling(end - 1))
                && let Some(next) = self.goes_on_after(end)
            {
                end = next;
            } else if let Some(next) = self.and_to_bracket(start, end) {
                end = next;
            } else if gap == Gap::Comma && self.words.before(end).contains('(') && self.bracketed(end) {
                end = self.bracket_end(end);
            } else {
                break;
            }
        }
        start..end
    }

    /// Whether brackets hold an abbreviation or part of the name.
    fn bracketed(&self, at: usize) -> bool {
        let end = self.bracket_end(at);
        end - at <= 3 && (at..end).all(|k| self.capital(k) || self.small(k))
    }

    fn bracket_end(&self, at: usize) -> usize {
        (at + 1..self.words.words.len())
            .find(|&k| self.words.words[k].gap != Gap::None)
            .unwrap_or(self.words.words.len())
    }

    /// Whether a word has its capital from the sentence that it opens and is no part of a name.
    fn opens_sentence(&self, at: usize) -> bool {
        let word = &self.words.words[at];
        let opens = word.gap >= Gap::Colon || at == self.words.para_start(at);
        let verb = self.cues.within(at..at + 1).iter().any(|f| {
            f.words.start == at
                && f.words.len() == 1
                && matches!(
                    f.cue,
                    Cue::If | Cue::Refer | Cue::Invite | Cue::Acts | Cue::Authorised | Cue::Not
                )
        });
        self.is_article(at) || opens && word.case == Case::Title && verb
    }

    fn is_article(&self, at: usize) -> bool {
        self.language.articles.contains(&self.words.spelling(at))
    }

    /// The kind of a body by all words of its name.
    fn kind(&self, whole: &Range<usize>, first: BodyKind) -> BodyKind {
        let mut kinds = vec![first];
        for f in self.cues.within(whole.clone()) {
            if let Cue::Outside(kind) = f.cue {
                kinds.push(kind);
            }
        }
        if kinds.contains(&BodyKind::Court) {
            BodyKind::Court
        } else if kinds.contains(&BodyKind::Adr) {
            BodyKind::Adr
        } else if self.cues.has(whole.clone(), Cue::Matter) {
            // `Commission for Complaints for …`, `Dental Complaints Service`.
            BodyKind::Adr
        } else {
            BodyKind::Regulator
        }
    }

    fn add(&mut self, found: &mut Vec<Mention>, words: Range<usize>, kind: BodyKind, sort: Sort<'_>) {
        if words.clone().any(|at| self.taken[at]) {
            return;
        }
        self.taken[words.clone()].fill(true);
        let mut name = self.words.printed(words.clone());
        // `The Ombudsman's details`.
        for owns in ["'s", "’s"] {
            if let Some(bare) = name.strip_suffix(owns) {
                name.truncate(bare.len());
            }
        }
        if name.contains('(') && !name.contains(')') {
            name.push(')');
        }
        // `Des Ombudsmanns der privaten Banken` is the `Ombudsmann` of them.
        if self.language.code == "de"
            && let Some(at) =
                name.find("manns").filter(|at| name[at + 5..].chars().next().is_none_or(|c| c == ' '))
        {
            name.remove(at + 4);
        }
        let id = if let Sort::Known(id) = sort { Some(id.to_owned()) } else { None };
        found.push(Mention {
            words,
            name,
            kind,
            generic: sort == Sort::Generic,
            weak: sort == Sort::Weak,
            id,
        });
    }
}

/// How a mention is known to be one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sort<'a> {
    /// By the atlas, under this id.
    Known(&'a str),
    /// By the pattern of its name.
    Named,
    /// By a noun alone.
    Generic,
    /// By its place alone.
    Weak,
}

/// What a kind of the atlas is in a procedure.
const fn kind_of(kind: atlas::Kind) -> BodyKind {
    match kind {
        atlas::Kind::Adr | atlas::Kind::Ombudsman => BodyKind::Adr,
        atlas::Kind::Court => BodyKind::Court,
        atlas::Kind::Regulator | atlas::Kind::ConsumerAgency | atlas::Kind::SelfRegulator => {
            BodyKind::Regulator
        }
    }
}
