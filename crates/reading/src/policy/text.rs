//! What a text was found to hold, word by word, and the questions that the walk asks of it.
//!
//! Everything here is looked up by place in sorted lists, so that a question about a sentence costs no more than the sentence.

use std::ops::Range;

use ladder::BodyKind;

use super::cue::{Cue, Cues, Found, Patterns, Role};
use super::label::{Label, Rank};
use super::lang::Language;
use super::outside::Mention;
use super::table::Matrix;
use super::words::{Case, Gap, Kind, Para, Words};

/// Most words of a line that can be a heading.
pub(super) const HEAD: usize = 14;

/// Words of a paragraph beyond this many are not looked at when the paragraph is judged as a whole.
const PARA: usize = 400;

/// A role and the words that name it.
pub(super) type Named = (Role, Range<usize>);

/// A text, made ready for the walk.
#[derive(Debug)]
pub(super) struct Text<'a> {
    /// The words.
    pub(super) words: &'a Words<'a>,
    /// Turns of phrase.
    pub(super) cues: &'a Cues,
    /// The label of each paragraph.
    pub(super) labels: &'a [Option<Label>],
    /// Bodies named, in order.
    pub(super) mentions: &'a [Mention],
    /// Words at which a contact stands, in order.
    pub(super) contacts: &'a [usize],
    /// The tables that are escalation matrices, in order.
    pub(super) matrices: &'a [Matrix],
    /// The language.
    pub(super) language: &'static Language,
    /// Its patterns.
    pub(super) patterns: &'static Patterns,
    /// For each paragraph, whether it is a heading.
    heads: Vec<bool>,
    /// For each paragraph, the highest number of a stage and of a step that comes after it.
    ahead: Vec<(u32, u32)>,
}

/// The parts that a [`Text`] is made of.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    /// The words.
    pub(super) words: &'a Words<'a>,
    /// Turns of phrase.
    pub(super) cues: &'a Cues,
    /// The label of each paragraph.
    pub(super) labels: &'a [Option<Label>],
    /// Bodies named.
    pub(super) mentions: &'a [Mention],
    /// Words at which a contact stands.
    pub(super) contacts: &'a [usize],
    /// The matrices.
    pub(super) matrices: &'a [Matrix],
    /// The language.
    pub(super) language: &'static Language,
    /// Its patterns.
    pub(super) patterns: &'static Patterns,
}

impl<'a> Text<'a> {
    /// Makes a text ready.
    pub(super) fn new(parts: Parts<'a>) -> Self {
        let Parts { words, cues, labels, mentions, contacts, matrices, language, patterns } = parts;
        let mut ahead = vec![(0, 0); words.paras.len()];
        let mut highest = (0, 0);
        for at in (0..words.paras.len()).rev() {
            ahead[at] = highest;
            match &labels[at] {
                Some(label) if label.rank == Rank::Stage => highest.0 = highest.0.max(label.n),
                Some(label) if label.rank == Rank::Step => highest.1 = highest.1.max(label.n),
                Some(_) | None => {}
            }
        }
        let heads = (0..words.paras.len())
            .map(|at| is_head(words, labels, at) || is_voiced(words, language, at))
            .collect();
        Self { words, cues, labels, mentions, contacts, matrices, language, patterns, heads, ahead }
    }

    /// Returns a paragraph.
    pub(super) fn para(&self, at: usize) -> &Para {
        &self.words.paras[at]
    }

    /// Returns the words of a paragraph, a very long one cut.
    pub(super) fn whole(&self, at: usize) -> Range<usize> {
        let words = &self.words.paras[at].words;
        words.start..words.end.min(words.start + PARA)
    }

    /// Whether a cue stands within some words.
    pub(super) fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
        self.cues.has(words.clone(), cue)
    }

    /// Whether a paragraph is a heading of what comes below.
    pub(super) fn is_head(&self, at: usize) -> bool {
        self.heads[at]
    }

    /// Whether a paragraph is one of contact details only: short, with a contact or without a sentence.
    pub(super) fn is_contact_line(&self, at: usize) -> bool {
        let para = &self.words.paras[at];
        let short = para.words.len() <= 12 && !matches!(para.last, '.' | '?');
        let holds = self.has_contact(&para.words);
        short && (holds || para.words.len() <= 5) || holds && para.words.len() <= 16
    }

    /// Whether the paragraph of a word is a line of few words, and no sentence.
    pub(super) fn is_whole_line(&self, word: usize) -> bool {
        let para = &self.words.paras[self.words.para_of(word)];
        para.words.len() <= HEAD && para.sentences.len() == 1 && !matches!(para.last, '.' | ',' | ';')
    }

    /// Whether a contact stands within some words.
    pub(super) fn has_contact(&self, words: &Range<usize>) -> bool {
        let first = self.contacts.partition_point(|&word| word < words.start);
        self.contacts.get(first).is_some_and(|&word| word < words.end)
    }

    /// Returns the bodies named within some words.
    pub(super) fn mentions_in(&self, words: &Range<usize>) -> &[Mention] {
        let begin = self.mentions.partition_point(|m| m.words.start < words.start);
        let end = self.mentions.partition_point(|m| m.words.start < words.end);
        self.mentions.get(begin..end).unwrap_or(&[])
    }

    /// Returns the body that a title names by name. Of two (`Reserve Bank - Ombudsman Scheme`) the one that settles disputes.
    pub(super) fn named_in(&self, words: &Range<usize>) -> Option<&Mention> {
        let mut named = self.mentions_in(words).iter().filter(|m| !m.generic && !m.weak);
        let first = named.next()?;
        if first.kind == BodyKind::Adr {
            return Some(first);
        }
        Some(named.find(|m| m.kind == BodyKind::Adr).unwrap_or(first))
    }

    /// Whether a word is part of the name of a body.
    fn in_name(&self, word: usize) -> bool {
        let after = self.mentions.partition_point(|m| m.words.start <= word);
        after > 0 && {
            let mention = &self.mentions[after - 1];
            !mention.generic && !mention.weak && word < mention.words.end
        }
    }

    /// Returns the roles named in some words, each by its longest turn of phrase. Of roles that make up one name the last
    /// counts: a `customer service supervisor` is a supervisor.
    pub(super) fn roles(&self, words: &Range<usize>) -> Vec<Named> {
        let mut roles: Vec<Named> = Vec::new();
        for (role, at) in self.cues.roles(words.clone()) {
            if at.end > words.end
                || self.in_name(at.start)
                || self.is_of_body(at)
                || self.signs(role, at)
                || self.is_parted(at)
                || self.is_complainant(at)
                || role == Role::Team && self.is_place(at)
            {
                continue;
            }
            // Of `Head of Customer Care` the head counts.
            let headed = roles.last().is_some_and(|(_, last)| {
                at.start > last.start && at.start <= last.end && self.is_small(last.end - 1)
            });
            match roles.last_mut() {
                // Of `Office of the Managing Director` whoever the office is of counts.
                Some((known, last)) if headed => {
                    if *known == Role::Team {
                        *known = role;
                    }
                    last.end = last.end.max(at.end);
                }
                Some((known, last)) if at.start < last.end => {
                    if at.len() > last.len() || at.end > last.end {
                        // `A senior adviser who` is no adviser who.
                        if at.len() > last.len() || role != Role::Front {
                            *known = role;
                        }
                        *last = last.start.min(at.start)..last.end.max(at.end);
                    }
                }
                Some((known, last))
                    if at.start == last.end && self.words.words[at.start].gap == Gap::None =>
                {
                    // A `VP Customer Success`, the `Chief Executive's Unit`: what a head heads does not lower him.
                    // Nor does `office` or `team` after it tell who it is.
                    let heads = *known >= Role::Director && role <= Role::Team;
                    if !heads && (role != Role::Team || *known == Role::Team) {
                        *known = role;
                    }
                    last.end = at.end;
                }
                _ => roles.push((role, at.clone())),
            }
        }
        roles
    }

    /// Whether words go on to another: in `a complaint to the Chief Compliance Officer` no one is a complaint officer.
    fn is_parted(&self, role: &Range<usize>) -> bool {
        let parted = role.clone().skip(2).any(|at| {
            // `A complaint involving the manager` names a manager: only a small word joins what is of him.
            self.language.articles.contains(&self.words.spelling(at))
                && (self.language.parting.contains(&self.words.spelling(at - 1)) || !self.is_small(at - 1))
        });
        // `Your complaint when you first contact us`.
        let inside = self.cues.within(role.start + 1..role.end);
        parted
            || role.len() > 2
                && inside.iter().any(|f| {
                    matches!(f.cue, Cue::You | Cue::We | Cue::If)
                        && f.words.end < role.end
                        && !self.language.articles.contains(&self.words.spelling(f.words.start))
                })
    }

    /// Whether whoever is named is the one who complains: `the person who lodged the complaint`, `an owner or a consumer`, and whoever
    /// pays a bill `in person that is disputed`.
    fn is_complainant(&self, role: &Range<usize>) -> bool {
        let first = self.words.spelling(role.start);
        // `Quel que soit l'interlocuteur` names nobody.
        let any = (role.start.saturating_sub(3)..role.start)
            .any(|at| matches!(self.words.spelling(at), "soit" | "whichever" | "egal"));
        if any {
            return true;
        }
        let before = role.start.checked_sub(1).map_or("", |at| self.words.spelling(at));
        let behind = role.start + 1..(role.end + 3).min(self.words.words.len());
        if matches!(first, "person" | "persons" | "people" | "anyone") {
            return before == "in" || behind.clone().any(|at| COMPLAINS.contains(&self.words.spelling(at)));
        }
        // Whoever goes over their head.
        let over = role.start.checked_sub(2).is_some_and(|at| self.words.spelling(at) == "over");
        if role.len() == 1 && first == "head" && over {
            return true;
        }
        // Beside another word for the customer.
        matches!(first, "owner" | "owners" | "proprietor") && {
            let joined = |at: usize| matches!(self.words.spelling(at), "or" | "and");
            behind.clone().any(joined) && self.has(&behind, Cue::You)
        }
    }

    /// Whether an office is only where one goes or calls: `the office number`, `visit the main office`.
    fn is_place(&self, role: &Range<usize>) -> bool {
        let behind = self.words.words.get(role.end).filter(|word| word.gap == Gap::None);
        let behind = behind.is_some_and(|_| {
            matches!(self.words.spelling(role.end), "number" | "hours" | "address" | "phone")
        });
        let before = role.start.checked_sub(1).map_or("", |at| self.words.spelling(at));
        role.len() == 1
            && self.words.spelling(role.start) == "office"
            && (behind || matches!(before, "main" | "registered" | "post" | "nearest"))
    }

    /// Whether someone only signs: `our response, signed by the Chief Executive`, `the Chief Executive's written response`, `a message from
    /// our Chief Executive`.
    fn signs(&self, who: Role, role: &Range<usize>) -> bool {
        let signed = |at: usize| {
            matches!(
                self.words.spelling(at),
                "signed" | "unterschrieben" | "unterzeichnet" | "signée" | "ondertekend"
            )
        };
        let letter = |at: usize| {
            matches!(
                self.words.spelling(at),
                "response" | "reply" | "letter" | "antwort" | "réponse" | "antwoord"
            )
        };
        let greets = |at: usize| {
            matches!(
                self.words.spelling(at),
                "message"
                    | "welcome"
                    | "foreword"
                    | "greeting"
                    | "grußwort"
                    | "vorwort"
                    | "mensaje"
                    | "messaggio"
            ) && matches!(
                self.words.spelling(at + 1),
                "from" | "by" | "von" | "der" | "des" | "del" | "de" | "van"
            )
        };
        let last = self.words.spelling(role.end - 1);
        let owns = last.ends_with("'s") || last.ends_with("’s");
        let end = (role.end + 2).min(self.words.words.len());
        (role.start.saturating_sub(3)..role.start).any(signed)
            || who >= Role::Manager && (role.start.saturating_sub(3)..role.start).any(greets)
            || who >= Role::Director && owns && (role.end..end).any(letter)
            || end > role.end
                && matches!(self.words.spelling(role.end), "signs" | "unterschreibt" | "ondertekent")
    }

    /// Whether a role belongs to a body outside: `Complaints Service of the Ministry of …`, `the regulator's helpline`.
    fn is_of_body(&self, role: &Range<usize>) -> bool {
        let named = |m: &&Mention| !m.generic && !m.weak;
        let behind = role.end..(role.end + 3).min(self.words.words.len());
        let of = self.mentions_in(&behind).iter().find(named).is_some_and(|m| {
            m.words.start > role.end
                && (role.end..m.words.start)
                    .all(|k| self.words.words[k].gap == Gap::None && self.is_small(k) && !self.parts(k))
                && self.words.words[m.words.start].gap == Gap::None
        });
        // `Consumer Education and Protection Department, Reserve Bank of India`.
        let part = self.mentions_in(&(role.end..role.end + 1)).iter().find(named).is_some()
            && self.words.before(role.end).contains(',');
        let before = self.mentions.partition_point(|m| m.words.end <= role.start);
        of || part
            || before.checked_sub(1).map(|k| &self.mentions[k]).filter(named).is_some_and(|m| {
                let last = self.words.spelling(role.start - 1);
                m.words.end == role.start && (last.ends_with("'s") || last.ends_with("’s"))
            })
    }

    /// Whether a small word parts two names: `and`, `to`, `with`.
    fn parts(&self, word: usize) -> bool {
        self.language.parting.contains(&self.words.spelling(word))
    }

    /// Returns the role that a title names: the first.
    pub(super) fn role(&self, words: &Range<usize>) -> Option<Named> {
        self.roles(words).into_iter().next()
    }

    /// Whether a mention stands there to say that it does not apply, or as authoriser.
    pub(super) fn is_shut(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
        let beside = |f: &&Found| f.words.start < mention.words.start || f.words.start >= mention.words.end;
        let near = mention.words.start.saturating_sub(7).max(sentence.start)..mention.words.start;
        self.cues.within(near).iter().filter(beside).any(|f| f.cue == Cue::Authorised)
            || self.cues.within(sentence.clone()).iter().filter(beside).any(|f| f.cue == Cue::Shut)
    }

    /// Whether words name someone who only advises, and is no part of a role inside.
    pub(super) fn advises(&self, words: &Range<usize>) -> bool {
        if self.has(&(words.start..(words.start + 3).min(words.end)), Cue::We) {
            return false;
        }
        let roles = self.roles(words);
        self.cues.within(words.clone()).iter().any(|f| {
            f.cue == Cue::Advice
                && !self.is_apposed(f, &roles)
                && !roles.iter().any(|(_, at)| at.start <= f.words.start && f.words.end <= at.end)
        })
    }

    /// Whether a word for an adviser only says what someone inside is by trade: `the customer advocate, Ann Smith, a solicitor`.
    fn is_apposed(&self, adviser: &Found, roles: &[Named]) -> bool {
        let start = adviser.words.start;
        let comma = (start.saturating_sub(1)..=start)
            .any(|at| self.words.before(at).contains(',') && self.words.words[at].gap == Gap::Comma);
        comma
            && roles.iter().any(|(role, at)| *role > Role::Service && at.end <= start && at.end + 6 >= start)
    }

    /// Whether a heading announces places outside without naming one.
    pub(super) fn announces_outside(&self, words: &Range<usize>) -> bool {
        // `Internal Dispute Resolution Procedure` is the company's own.
        self.has(words, Cue::External) && self.role(words).is_none()
            || !self.has(words, Cue::NotOutside) && self.mentions_in(words).iter().any(|m| m.generic)
    }

    /// Whether labels of a rank with a higher number come after a paragraph.
    pub(super) fn goes_on(&self, para: usize, rank: Rank, n: u32) -> bool {
        match rank {
            Rank::Stage => self.ahead[para].0 > n,
            Rank::Step => self.ahead[para].1 > n,
            Rank::Letter | Rank::Number | Rank::Clause => false,
        }
    }

    /// Whether a paragraph is numbered or lettered.
    pub(super) fn is_numbered(&self, at: usize) -> bool {
        self.labels[at].as_ref().is_some_and(|label| label.rank <= Rank::Number)
    }

    /// Whether the paragraph before ends with a colon.
    pub(super) fn is_led_in(&self, at: usize) -> bool {
        at > 0 && self.words.paras[at - 1].last == ':'
    }

    /// Whether a word is one of the small ones inside of names.
    pub(super) fn is_small(&self, word: usize) -> bool {
        self.language.small.contains(&self.words.spelling(word))
    }

    /// Returns the matrix that a paragraph belongs to.
    pub(super) fn matrix(&self, para: usize) -> Option<&'a Matrix> {
        let after = self.matrices.partition_point(|m| m.paras.start <= para);
        self.matrices.get(after.checked_sub(1)?).filter(|m| para < m.paras.end)
    }
}

/// What one who complains has done.
const COMPLAINS: &[&str] = &[
    "complaining",
    "complained",
    "complains",
    "lodged",
    "lodging",
    "filed",
    "filing",
    "made",
    "making",
    "raised",
    "raising",
    "submitted",
    "submitting",
];

/// Whether a paragraph is a heading in the voice of the customer, between answers in that of the company: `I want to complain formally.`
fn is_voiced(words: &Words<'_>, language: &Language, at: usize) -> bool {
    let para = &words.paras[at];
    let over = words
        .paras
        .get(at + 1)
        .is_some_and(|next| next.item.is_none() && next.row.is_none() && (words.marked_up || !next.apart));
    over && para.apart
        && para.item.is_none()
        && para.row.is_none()
        && para.sentences.len() == 1
        && para.words.len() <= HEAD
        && language.voice.contains(&words.spelling(para.words.start))
}

/// Whether a paragraph is a heading of what comes below.
fn is_head(words: &Words<'_>, labels: &[Option<Label>], at: usize) -> bool {
    let para = &words.paras[at];
    if para.heading.is_some() {
        return true;
    }
    // A list of one short item over a paragraph is how editors number a heading.
    let alone =
        |at: usize| words.paras.get(at).is_some_and(|other| other.item.is_none() && other.row.is_none());
    if words.marked_up
        && para.item.is_some()
        && labels[at].is_some()
        && para.words.len() <= HEAD
        && para.last.is_alphanumeric()
        && alone(at + 1)
        && (at == 0 || alone(at - 1))
        && words.paras[at + 1].words.len() > para.words.len()
    {
        return true;
    }
    // `2 | Client Care Centre`, a row of one line over a paragraph, is a numbered heading.
    let row = para.row.is_some() && !(labels[at].is_some() && alone(at + 1) && (at == 0 || alone(at - 1)));
    if para.item.is_some() || row || para.words.len() > HEAD {
        return false;
    }
    let Some(next) = words.paras.get(at + 1) else { return false };
    let own = &words.words[para.words.clone()];
    let figures = own.iter().filter(|w| !matches!(w.kind, Kind::Word)).count();
    if matches!(para.last, '.' | ',' | ';') || figures * 3 > own.len() {
        return false;
    }
    if para.last == '?' {
        return para.sentences.len() == 1 || next.words.len() > para.words.len();
    }
    let loud = own.iter().filter(|w| w.case == Case::Upper).count() * 3 > own.len() * 2 && own.len() > 1;
    let over = (words.marked_up || !next.apart) && next.words.len() > HEAD && para.apart;
    let numbered = labels[at].is_some() && next.words.len() > para.words.len();
    para.last != ':' && (numbered || loud && para.apart || over)
}
