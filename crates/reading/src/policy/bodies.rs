//! Outside bodies: which of those named does the text send the customer to, and what does it tell of each?
//!
//! One walk of its own over the paragraphs, beside the one that looks for stages: a body may be offered in a heading, in a
//! sentence (`you can take it to …`), in an item of a list that was led in to, in a row of a table, or by a line that is
//! little more than its name. What follows is told of it until something else begins; contacts there are its own. A body
//! named to say that it does not apply, as authoriser, in a statistic or as adviser is not offered.
//! Times are read by [`super::waits`], names by [`super::outside`].

use std::ops::Range;

use ladder::{BodyKind, OutsideBody, Stage};

use super::contacts::Placed;
use super::cue::{Cue, Found};
use super::duration::Duration;
use super::label::Rank;
use super::outside::{self, Mention};
use super::text::Text;
use super::time;
use super::waits;
use super::words::{Case, Gap, Kind};

/// Most bodies of a text.
const MOST: usize = 32;
/// How many words before a name may tell that it is named as authoriser.
const NEAR: usize = 8;
/// Small words that join a body to the one that it is part of.
const OF: &[&str] = &["of", "de", "des", "du", "del", "della", "der", "van", "dell"];
/// The company speaking of itself.
const US: &[&str] = &[
    "us", "our", "uns", "unser", "unsere", "unseren", "unserem", "nous", "notre", "nos", "nosotros",
    "nuestro", "nuestra", "ons", "onze", "noi", "nostro", "nostra",
];
/// A sentence with so few words beside a name is a line about it.
const FEW: usize = 4;

/// What was read of the bodies of a text.
pub(super) struct Read {
    /// The bodies, in the order of the text.
    pub(super) external: Vec<OutsideBody>,
    /// Positions of the contacts that belong to one, in the list that was given.
    pub(super) claimed: Vec<usize>,
    /// Whether one of them is offered for a matter that was not settled.
    pub(super) sure: bool,
}

/// A body that the text offers.
#[derive(Debug)]
pub(super) struct Offer {
    /// Its name as printed.
    name: String,
    kind: BodyKind,
    id: Option<String>,
    generic: bool,
    /// Where it is offered first.
    pub(super) words: Range<usize>,
    /// Sentences that lead in to it: a condition before it, the line over its list.
    pub(super) leads: Vec<usize>,
    /// Sentences that tell of it.
    pub(super) told: Vec<usize>,
    /// Whether more than a title offers it.
    supported: bool,
}

/// Reads the bodies of a text.
pub(super) fn read(text: &Text<'_>, durations: &[Duration], placed: &[Placed], stages: &[Stage]) -> Read {
    let mut reader = Reader {
        text,
        offers: Vec::new(),
        owners: vec![None; text.words.words.len()],
        refused: Vec::new(),
        zone: None,
        section: Section::default(),
        conditions: Vec::new(),
        announced: false,
        candidate: None,
    };
    let mut at = 0;
    while at < text.words.paras.len() {
        at = reader.para(at);
    }
    reader.finish(durations, placed, stages)
}

/// What the heading and the lines above make of a paragraph.
#[derive(Debug, Default)]
struct Section {
    /// It offers places outside.
    announced: bool,
    /// It begins where an answer did not settle the matter.
    unsettled: bool,
    /// It is about matters beside, or about advice.
    aside: bool,
    /// It is about this body.
    body: Option<usize>,
    /// A question that names a body: whether it is offered is told below.
    asked: Option<Mention>,
    /// The sentences that lead in to a list of places to go.
    list: Vec<usize>,
    /// The body whose details a list gives.
    details: Option<usize>,
}

struct Reader<'a> {
    text: &'a Text<'a>,
    offers: Vec<Offer>,
    /// The offer that each word is told of.
    owners: Vec<Option<usize>>,
    /// Offers that a later sentence shuts.
    refused: Vec<usize>,
    /// The offer that words are told of now.
    zone: Option<usize>,
    section: Section,
    /// Conditions read in this paragraph before any body.
    conditions: Vec<usize>,
    /// The paragraph opens with words that announce a place outside: `Outside help.`
    announced: bool,
    /// A body that the sentence before named and did not offer: `We belong to the scheme X.`
    candidate: Option<(Mention, usize)>,
}

impl Reader<'_> {
    fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
        self.text.has(words, cue)
    }

    fn own(&mut self, words: Range<usize>) {
        let zone = self.zone;
        self.owners[words].fill(zone);
    }

    /// Reads a paragraph and returns the next.
    fn para(&mut self, at: usize) -> usize {
        let text = self.text;
        let para = text.para(at);
        if para.row.is_some()
            && let Some(matrix) = text.matrix(at)
        {
            for row in matrix.paras.clone() {
                let words = text.para(row).words.clone();
                self.zone = None;
                if let Some(mention) = text.named_in(&words).filter(|m| !self.is_shut(&words, m)) {
                    self.open(&mention.clone(), true);
                }
                self.own(words);
            }
            self.zone = None;
            self.section = Section::default();
            return matrix.paras.end;
        }
        if text.is_head(at) && !self.is_line(at) {
            self.head(at);
            return at + 1;
        }
        self.begin(at);
        for number in para.sentences.clone() {
            self.sentence(at, number);
        }
        at + 1
    }

    /// Whether what looks like a heading leads in to the lines below, or tells how to reach the body above.
    fn is_line(&self, at: usize) -> bool {
        let words = self.text.whole(at);
        let named = self.text.named_in(&words).is_some();
        let leads = self.text.para(at).last == ':'
            && (self.has(&words, Cue::Refer) && self.has(&words, Cue::May) || self.zone.is_some() && !named);
        leads || self.zone.is_some() && !named && self.text.has_contact(&words)
    }

    /// Reads a heading.
    fn head(&mut self, at: usize) {
        let text = self.text;
        let words = text.para(at).words.clone();
        let mut section = Section::default();
        let before = self.zone.take();
        self.conditions.clear();
        self.candidate = None;
        let named = text.named_in(&words).filter(|m| !self.is_shut(&words, m)).cloned();
        // The title of the document is no place to go.
        if at > 0 {
            if text.advises(&words) {
                section.aside = true;
            } else if let Some(mention) = named {
                if text.para(at).last == '?' {
                    section.asked = Some(mention);
                } else if !self.has(&words, Cue::About) {
                    section.body = self.open(&mention, false);
                    section.announced = true;
                }
            } else if let Some(meant) = text.mentions_in(&words).iter().find_map(|m| self.meant(m)) {
                section.body = Some(meant);
                self.zone = Some(meant);
            } else if text.announces_outside(&words) {
                section.announced = true;
                section.unsettled = true;
            } else if self.has(&words, Cue::Unsettled) || self.has(&words, Cue::Then) {
                section.unsettled = true;
                section.announced = self.has(&words, Cue::Refer) && text.role(&words).is_none();
            } else if text.para(at).last == '?' && text.role(&words).is_none() && self.tells_on(at + 1) {
                // A further question about a body stays with it.
                section.body = before;
                self.zone = before;
            }
        }
        if section.unsettled || section.body.is_some() {
            section.list = text.para(at).sentences.clone().collect();
        }
        self.own(words);
        self.section = section;
    }

    /// Whether a paragraph tells more of the body before: a limit after the answer, or how to reach it.
    fn tells_on(&self, at: usize) -> bool {
        self.text.words.paras.get(at).is_some_and(|_| {
            let words = self.text.whole(at);
            self.has(&words, Cue::SinceAnswer)
                || self.has(&words, Cue::OfAnswer)
                || self.text.mentions_in(&words).iter().any(|m| m.generic)
        })
    }

    /// Decides whose words a new paragraph are before its first sentence is read.
    fn begin(&mut self, at: usize) {
        let text = self.text;
        let para = text.para(at);
        let words = text.whole(at);
        let contact_line = text.is_contact_line(at) && text.mentions_in(&words).iter().all(|m| m.weak);
        let item = para.item.is_some() || text.is_numbered(at);
        if !item && para.apart && !contact_line && !text.is_led_in(at) {
            self.section.list.clear();
            self.section.details = None;
        }
        if para.apart {
            self.candidate = None;
        }
        self.announced = false;
        if para.apart || item {
            self.conditions.clear();
        }
        if !item && at > 0 && text.para(at - 1).item.is_some() && !contact_line {
            // The line below a list is none of it.
            self.section.list.clear();
            self.section.details = None;
        }
        let of_them = self.has(&words, Cue::Them) && text.has_contact(&words);
        let goes_on = match self.zone {
            None => false,
            Some(zone) if item => self.section.details == Some(zone),
            Some(_) if contact_line || of_them || text.is_led_in(at) => true,
            Some(_) => !para.apart && text.role(&words).is_none_or(|(_, at)| at.start > words.start + 3),
        };
        if !goes_on && item && self.section.details.is_some() {
            self.zone = self.section.details;
        } else if !goes_on {
            self.zone = self.section.body.filter(|_| {
                text.role(&words).is_none_or(|(_, at)| at.start > words.start + 2)
                    || contact_line
                    || para.last == ':'
            });
        }
        if self.zone.is_none() && self.section.body.is_none() {
            // `The Ombudsman can be reached …`: a paragraph that begins with one named before goes on with it.
            let begin = words.start..(words.start + 3).min(words.end);
            self.zone = text.mentions_in(&begin).iter().find_map(|m| self.meant(m));
        }
        if self.zone.is_none() && self.section.body.is_none() {
            let first = self.first_word(at);
            let word = text.words.words.get(first).filter(|word| word.case == Case::Upper);
            if word.is_some() && self.has(&words, Cue::May) {
                let spelled = text.words.printed(first..first + 1);
                self.zone =
                    self.offers.iter().rposition(|o| o.name.split_whitespace().any(|part| part == spelled));
            }
        }
        // `Is the agency in charge? Yes: agency@…`
        let shuts = self.has(&words, Cue::Shut) || text.mentions_in(&words).iter().any(|m| !m.generic);
        if let Some(asked) = self.section.asked.take_if(|_| !shuts)
            && text.has_contact(&words)
        {
            self.section.body = self.open(&asked, true);
        }
    }

    /// The offer that a mere noun such as `the ombudsman` stands for: the last of its kind.
    fn meant(&self, mention: &Mention) -> Option<usize> {
        mention.generic.then(|| self.offers.iter().rposition(|o| o.kind == mention.kind)).flatten()
    }

    /// Reads a sentence.
    fn sentence(&mut self, at: usize, number: usize) {
        let text = self.text;
        let words = text.words.sentences[number].words.clone();
        let offered = self.offered(at, &words);
        if offered.is_empty() {
            self.told(at, number, &words);
            return;
        }
        let mut from = words.start;
        let mut first = true;
        for mention in &offered {
            // Where it is told of already, the whole sentence is.
            let same = self.zone.is_some_and(|zone| is_same(&self.offers[zone], mention));
            if first && !same {
                // What comes before the name in its clause is told of it: `once eight weeks have passed, the …`.
                let clause = (from + 1..=mention.words.start)
                    .rev()
                    .find(|&k| text.words.words[k].gap >= Gap::Clause)
                    .unwrap_or(from);
                self.own(from..clause);
                from = clause;
            }
            self.own_to(&mut from, mention.words.start, first);
            if let Some(offer) = self.open(mention, true) {
                let leads: Vec<usize> = self
                    .conditions
                    .iter()
                    .chain(&self.section.list)
                    .copied()
                    .filter(|&k| k != number)
                    .collect();
                let offer = &mut self.offers[offer];
                if !offer.told.contains(&number) {
                    offer.told.push(number);
                }
                if offer.leads.is_empty() && offer.told.len() == 1 {
                    offer.leads = leads;
                }
            }
            first = false;
        }
        // Another body named after, and not offered, takes what follows it.
        let last = offered.last().map_or(words.start, |m| m.words.end);
        let other = text.mentions_in(&(last..words.end)).iter().find(|m| {
            !m.generic
                && !m.weak
                && !self.zone.is_some_and(|z| is_same(&self.offers[z], m))
                && !self.is_part(m)
                && !self.is_adjective(m)
        });
        let end = other.map_or(words.end, |m| m.words.start);
        self.own(from..end);
        if other.is_some() {
            let zone = self.zone.take();
            self.own(end..words.end);
            self.zone = zone;
        }
        self.lead_in(at, number, &words);
    }

    /// Gives the words up to a name to the body before it, or, for the first, leaves them to the one that it opens.
    fn own_to(&mut self, from: &mut usize, to: usize, first: bool) {
        if !first {
            self.own(*from..to);
            *from = to;
        }
    }

    /// Reads a sentence that offers no body.
    fn told(&mut self, at: usize, number: usize, words: &Range<usize>) {
        let text = self.text;
        let sends = self.has(words, Cue::Refer) && self.has(words, Cue::May);
        let named_here = text.mentions_in(words).iter().any(|m| !m.generic);
        if let Some((candidate, before)) = self.candidate.take()
            && sends
            && !named_here
            && !self.speaks_of_us(words)
            && text.role(words).is_none()
        {
            let offer = self.open(&candidate, true);
            self.own(candidate.words.start..text.words.sentences[before].words.end);
            if let Some(offer) = offer {
                self.offers[offer].told.push(before);
            }
        } else if let [one] = text.mentions_in(words)
            && !one.weak
            && !one.generic
            && (self.has(words, Cue::We) || words.len() <= one.words.len() + FEW)
            && !self.is_shut(words, one)
            && !self.advises_at(words, one)
        {
            self.candidate = Some((one.clone(), number));
        }
        let unsettled = self.has(words, Cue::Unsettled) || self.has(words, Cue::Then);
        let named: Vec<&Mention> =
            text.mentions_in(words).iter().filter(|m| !m.generic && !m.weak && !self.is_part(m)).collect();
        let own = |zone: usize| named.iter().any(|m| is_same(&self.offers[zone], m));
        let other = named.iter().any(|m| !self.zone.is_some_and(|z| is_same(&self.offers[z], m)));
        if let Some(zone) = self.zone {
            let shut = own(zone) && named.iter().any(|m| self.is_shut(words, m));
            if shut {
                self.refused.push(zone);
            }
            if other && !own(zone) || text.advises(words) && !unsettled {
                // Another's words; what comes after them is nobody's until one is named again.
                self.zone = None;
                self.own(words.clone());
                self.zone = self.section.body;
                return;
            }
            if named.is_empty()
                && self.has(words, Cue::Shut)
                && text.has_contact(words)
                && self.section.body.is_none()
            {
                self.zone = None;
            }
            self.own(words.clone());
            self.offers[zone].told.push(number);
            self.offers[zone].supported |= self.has(words, Cue::Refer) && !shut;
        } else {
            self.own(words.clone());
        }
        if number == self.text.para(at).sentences.start && words.len() <= FEW + 1 {
            self.announced = text.announces_outside(words);
        }
        let passed = (self.has(words, Cue::Passed) || self.has(words, Cue::Lapsed))
            && (self.has(words, Cue::If) || self.has(words, Cue::Not));
        let condition = unsettled || passed || self.has(words, Cue::AboveTimes);
        if condition && !other && self.zone.is_none() {
            self.conditions.push(number);
        }
        self.lead_in(at, number, words);
    }

    /// Whether a sentence tells how to reach the company: `contact us`, `our website`.
    fn speaks_of_us(&self, words: &Range<usize>) -> bool {
        let cues = self.text.cues.within(words.clone());
        let us = |at: usize| US.contains(&self.text.words.spelling(at));
        cues.iter()
            .any(|f| matches!(f.cue, Cue::Refer | Cue::Invite) && (us(f.words.end) || us(f.words.end + 1)))
    }

    /// Remembers a sentence that leads in to a list of places to go.
    fn lead_in(&mut self, at: usize, number: usize, words: &Range<usize>) {
        let para = self.text.para(at);
        let last = number + 1 == para.sentences.end;
        if !(last && para.last == ':') || para.item.is_some() && para.words.len() < FEW {
            return;
        }
        if self.zone.is_some() {
            self.section.details = self.zone;
            return;
        }
        let leads = self.has(words, Cue::Refer) || self.has(words, Cue::Unsettled) || self.section.announced;
        let sends = words.end.saturating_sub(3).max(words.start)..words.end;
        let sends = self.has(&sends, Cue::Refer) && self.has(words, Cue::May);
        let inside = self.text.role(words).is_some() && !self.has(words, Cue::Unsettled) && !sends;
        if leads && !inside {
            self.section.list = self.conditions.iter().copied().chain([number]).collect();
        }
    }

    /// Opens a body, or goes on with it.
    fn open(&mut self, mention: &Mention, supported: bool) -> Option<usize> {
        let known = self.offers.iter().position(|o| is_same(o, mention));
        if known.is_none() && self.offers.len() >= MOST {
            self.zone = None;
            return None;
        }
        let number = known.unwrap_or_else(|| {
            self.offers.push(Offer {
                name: mention.name.clone(),
                kind: mention.kind,
                id: mention.id.clone(),
                generic: mention.generic,
                words: mention.words.clone(),
                leads: Vec::new(),
                told: Vec::new(),
                supported: false,
            });
            self.offers.len() - 1
        });
        let offer = &mut self.offers[number];
        let fuller = offer.generic || offer.words.len() == 1 && mention.words.len() > 1;
        if fuller && mention.name.len() > offer.name.len() {
            offer.name.clone_from(&mention.name);
            offer.kind = mention.kind;
            offer.id = offer.id.take().or_else(|| mention.id.clone());
            offer.generic = mention.generic;
        }
        offer.supported |= supported;
        self.zone = Some(number);
        Some(number)
    }

    /// The bodies that a sentence sends the customer to, in its order.
    fn offered(&self, at: usize, words: &Range<usize>) -> Vec<Mention> {
        let text = self.text;
        let mut offered: Vec<Mention> = Vec::new();
        let mut shut: Option<&Mention> = None;
        for mention in text.mentions_in(words) {
            // `Supervised by A and B`: what shuts the one shuts the other.
            let with_shut = shut.is_some_and(|last| self.goes_with(last, mention));
            if with_shut || self.is_shut(words, mention) {
                shut = Some(mention);
                continue;
            }
            if self.is_part(mention) && (self.zone.is_some() || !offered.is_empty()) {
                continue;
            }
            let goes_with = offered.last().is_some_and(|last| self.goes_with(last, mention));
            if !goes_with && !self.is_offered(at, words, mention) {
                continue;
            }
            // An abbreviation or mere noun right before a full name was only the way to it.
            if let Some(last) = offered.last()
                && (last.weak || last.generic)
                && last.words.end == mention.words.start
            {
                offered.pop();
            }
            offered.push(mention.clone());
        }
        if offered.is_empty()
            && !self.section.list.is_empty()
            && text.mentions_in(words).iter().all(|m| m.generic)
        {
            offered.extend(self.listed(at, words));
        }
        offered
    }

    /// The name that opens an item of a list of places to go, whatever it is called.
    fn listed(&self, at: usize, sentence: &Range<usize>) -> Option<Mention> {
        let text = self.text;
        let all = &text.words.words;
        let para = text.para(at);
        if para.item.is_none() || sentence.start != para.words.start {
            return None;
        }
        let first = self.first_word(at).max(sentence.start);
        // `In Quebec: Autorité …`: the name comes after the place.
        let colon = (first + 1..sentence.end.min(first + 5))
            .find(|&k| all[k].gap == Gap::Colon && all[k].kind == Kind::Word);
        let mut start = colon.unwrap_or(first);
        while start < sentence.end && text.is_small(start) {
            start += 1;
        }
        let mut end = start;
        while end < sentence.end
            && (end == start || all[end].gap == Gap::None)
            && all[end].kind == Kind::Word
            && (all[end].case != Case::Lower || text.is_small(end) || OF.contains(&text.words.spelling(end)))
        {
            end += 1;
        }
        while end > start && all[end - 1].case == Case::Lower {
            end -= 1;
        }
        let name = start..end;
        let speaks = [Cue::Advice, Cue::Invite, Cue::If, Cue::We, Cue::Process, Cue::Refer]
            .iter()
            .any(|&cue| self.has(&name, cue));
        let telling = name.len() > 1 && text.has_contact(sentence);
        (telling && !speaks && text.role(&name).is_none()).then(|| Mention {
            name: text.words.printed(name.clone()),
            words: name,
            kind: BodyKind::Regulator,
            generic: false,
            weak: true,
            id: None,
        })
    }

    /// Whether a name goes with the one before it: `A, then the B`, `A or B`.
    fn goes_with(&self, last: &Mention, mention: &Mention) -> bool {
        let (from, to) = (last.words.end, mention.words.start);
        let words = &self.text.words.words;
        !mention.weak
            && !mention.generic
            && to > from
            && to <= from + 3
            && (from..to).all(|k| {
                words[k].case == Case::Lower && words[k].kind == Kind::Word && words[k].gap <= Gap::Comma
            })
            && ![Cue::Shut, Cue::Authorised, Cue::Oversees].iter().any(|&cue| self.has(&(from..to), cue))
            && !self.has(&(to..to + 2), Cue::Advice)
            && !self.is_adjective(mention)
    }

    /// Whether a mention is part of the address or of the name of the body before it: only a comma parts them, or figures
    /// of an address follow.
    fn is_part(&self, mention: &Mention) -> bool {
        let words = &self.text.words.words;
        let start = mention.words.start;
        let para = self.text.words.para_start(start);
        if start <= para || mention.generic {
            return false;
        }
        let before = self.text.mentions.iter().rev().find(|m| m.words.end <= start);
        // `The small claims procedure of the District Court` is one.
        let of = before.is_some_and(|m| {
            (m.words.end + 1..=m.words.end + 2).contains(&start)
                && OF.contains(&self.text.words.spelling(m.words.end))
                && words[m.words.end].gap == Gap::None
        });
        if of {
            return true;
        }
        let comma = words[start].gap == Gap::Comma && self.text.words.before(start).contains(',');
        if !comma {
            return false;
        }
        let joined = before.is_some_and(|m| m.words.end == start && !m.weak && !m.generic);
        // `A, B and C` lists; `A, B` names a part of A.
        let listed = self.text.mentions_in(&(mention.words.end..mention.words.end + 4)).first().is_some();
        if joined && mention.id.is_none() && !listed {
            return true;
        }
        let far = (mention.words.end + 8).min(words.len());
        let address = (mention.words.end..far)
            .take_while(|&k| words[k].gap <= Gap::Comma)
            .any(|k| matches!(words[k].kind, Kind::Number(_) | Kind::Figure));
        let lead =
            (para..start).rev().take(4).all(|k| words[k].case != Case::Lower || words[k].kind != Kind::Word);
        address && lead && start > para + 1
    }

    /// Whether the text sends the customer to a body.
    fn is_offered(&self, at: usize, sentence: &Range<usize>, mention: &Mention) -> bool {
        let text = self.text;
        let advice = text
            .cues
            .first(mention.words.start..(mention.words.start + 2).min(mention.words.end), Cue::Advice);
        if self.section.aside && !self.has(sentence, Cue::Unsettled)
            || advice.is_some()
            || self.is_adjective(mention)
        {
            return false;
        }
        if self.is_shut(sentence, mention) || self.advises_at(sentence, mention) {
            return false;
        }
        // `The ombudsman` stands for one that is named somewhere.
        // `The court` is where everybody may go, and no body that a text can offer.
        if mention.generic && mention.kind == BodyKind::Court {
            return false;
        }
        let other = text.mentions.iter().any(|m| !m.generic && !m.weak && m.kind == mention.kind);
        if mention.generic && (other || self.offers.iter().any(|o| o.kind == mention.kind)) {
            return false;
        }
        let para = text.para(at);
        let colon = text.words.words[mention.words.start].gap == Gap::Colon
            && mention.words.start <= sentence.start + 10;
        let first = if sentence.start == para.words.start { self.first_word(at) } else { sentence.start };
        let opens = mention.words.start <= first + 2 || colon;
        let asked = self.section.asked.as_ref().is_some_and(|asked| is_alike(asked, mention));
        let context = self.section.announced
            || self.announced
            || self.section.unsettled
            || self.has(sentence, Cue::Then)
            || asked
            || !self.conditions.is_empty()
            || self.has(sentence, Cue::Unsettled)
            || self.has(sentence, Cue::Passed)
            || self.has(sentence, Cue::Lapsed);
        let beside = |f: &&Found| f.words.start < mention.words.start || f.words.start >= mention.words.end;
        let mut cues = text.cues.within(sentence.clone()).iter().filter(beside);
        let refers = cues.any(|f| f.cue == Cue::Refer || f.cue == Cue::External);
        if mention.weak {
            return refers && context && text.role(sentence).is_none();
        }
        let context = context || self.has(&(sentence.start..sentence.start + 1), Cue::If);
        let may = self.has(sentence, Cue::May) || self.bids(sentence);
        if refers && (may || context) {
            return true;
        }
        let listed = !self.section.list.is_empty() && (para.item.is_some() || text.is_numbered(at) || opens);
        let stands = self.stands_alone(at, sentence, mention, colon);
        let sure = mention.id.is_some() || mention.words.len() > 2 || mention.kind != BodyKind::Adr;
        let labelled =
            text.labels[at].as_ref().is_some_and(|label| label.n > 1 && (sure || label.rank < Rank::Step))
                || colon && sure;
        let after = context || !self.offers.is_empty() || labelled || self.has_cue_above(at);
        let line = opens && (text.has_contact(sentence) || para.row.is_some());
        let timed = colon && mention.id.is_some() && self.has(sentence, Cue::After);
        timed && after
            || listed && (opens || para.item.is_some())
            || stands && after
            || line && after
            || context && stands
    }

    /// The first word of a paragraph after its label.
    fn first_word(&self, at: usize) -> usize {
        let start = self.text.para(at).words.start;
        self.text.labels[at].as_ref().map_or(start, |label| label.title.start.max(start))
    }

    /// Whether a line is little more than the name, and more is told of it.
    fn stands_alone(&self, at: usize, sentence: &Range<usize>, mention: &Mention, colon: bool) -> bool {
        let para = self.text.para(at);
        let first = if sentence.start == para.words.start {
            self.first_word(at).max(sentence.start)
        } else {
            sentence.start
        };
        let bare =
            sentence.end.saturating_sub(first) <= mention.words.len() + FEW && !self.has(sentence, Cue::We);
        let more = para.words.len() > sentence.len()
            || self.text.words.paras.get(at + 1).is_some_and(|_| self.text.is_contact_line(at + 1));
        bare && more && (sentence.start == para.words.start || colon)
    }

    /// Whether a name stands for a quality of something else: `an FCA-authorised firm`.
    fn is_adjective(&self, mention: &Mention) -> bool {
        let end = mention.words.end;
        let next = self.text.words.words.get(end);
        next.is_some_and(|word| word.gap == Gap::None && word.case == Case::Lower)
            && self.text.words.before(end).contains('-')
    }

    /// Whether a sentence bids: it begins with a verb that sends.
    fn bids(&self, sentence: &Range<usize>) -> bool {
        let begin = sentence.start..(sentence.start + 2).min(sentence.end);
        self.text.cues.within(begin).iter().any(|f| matches!(f.cue, Cue::Refer | Cue::Invite))
            && !self.has(&(sentence.start..sentence.start + 1), Cue::We)
    }

    /// Whether the lines above, up to a heading, tell of a matter not settled.
    fn has_cue_above(&self, at: usize) -> bool {
        let text = self.text;
        (0..at).rev().take(6).take_while(|&k| !text.is_head(k)).any(|k| {
            let words = text.whole(k);
            self.has(&words, Cue::Unsettled) && text.para(k).last == ':'
        })
    }

    /// Whether someone who only advises is named between a body and the verb that sends there.
    fn advises_at(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
        let words = &self.text.words.words;
        let clause = (sentence.start..mention.words.start)
            .rev()
            .find(|&k| words[k].gap >= Gap::Clause)
            .unwrap_or(sentence.start);
        let after =
            (mention.words.end..sentence.end).find(|&k| words[k].gap >= Gap::Clause).unwrap_or(sentence.end);
        let near = clause..after.min(mention.words.end + NEAR);
        let other = |at: usize| {
            let between = at.min(mention.words.start)..at.max(mention.words.start) + 1;
            self.text.mentions_in(&between).iter().any(|m| m.words != mention.words)
        };
        self.text.cues.within(near).iter().any(|f| f.cue == Cue::Advice && !other(f.words.start))
    }

    /// Whether a mention stands there to say that the body does not apply, or as authoriser.
    fn is_shut(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
        let text = self.text;
        let (start, end) = (mention.words.start, mention.words.end);
        let alone = |from: usize, to: usize| {
            text.mentions_in(&(from..to))
                .iter()
                .all(|m| m.generic || m.words.start >= start && m.words.end <= end)
        };
        text.cues.within(sentence.clone()).iter().any(|f| {
            let before = f.words.start < start;
            if before && f.words.end > start && f.words.end > end || !before && f.words.start < end {
                // A turn of phrase over the name itself counts where it begins outside of it.
                return before && f.cue == Cue::Shut;
            }
            match f.cue {
                Cue::Authorised if before => {
                    f.words.end + FEW >= start
                        && alone(f.words.end, start)
                        && !self.parts(f.words.end, start)
                        && !self.sends(f.words.end..start)
                }
                Cue::Oversees => f.words.start >= end && f.words.start <= end + 1,
                Cue::Shut if before => {
                    alone(f.words.end, start)
                        && !self.parts(f.words.end, start)
                        && !self.is_condition(sentence, f)
                }
                Cue::Shut => {
                    f.words.start < end + NEAR && alone(end, f.words.start) && !self.is_condition(sentence, f)
                }
                _ => false,
            }
        })
    }

    /// Whether words send somebody somewhere.
    fn sends(&self, words: Range<usize>) -> bool {
        self.text.cues.within(words).iter().any(|f| matches!(f.cue, Cue::Refer | Cue::May))
    }

    /// Whether a comma or the end of a clause parts two words.
    fn parts(&self, from: usize, to: usize) -> bool {
        let words = &self.text.words.words;
        (from + 1..=to).any(|k| {
            words[k].gap >= Gap::Clause
                || words[k].gap == Gap::Comma && self.text.words.before(k).contains(',')
        })
    }

    /// Whether a turn of phrase stands in a condition, and says when one may go rather than that one may not.
    fn is_condition(&self, sentence: &Range<usize>, found: &Found) -> bool {
        let before = sentence.start..found.words.start + 1;
        let cues = self.text.cues.within(before);
        cues.iter().rev().find(|f| matches!(f.cue, Cue::If | Cue::May)).is_some_and(|f| f.cue == Cue::If)
    }

    /// Makes the answer of what was read.
    fn finish(self, durations: &[Duration], placed: &[Placed], stages: &[Stage]) -> Read {
        let text = self.text;
        let has_contact =
            |number: usize| placed.iter().any(|p| self.owners.get(p.word).copied().flatten() == Some(number));
        let kept: Vec<usize> = (0..self.offers.len())
            .filter(|&n| {
                let offer = &self.offers[n];
                offer.supported || !self.refused.contains(&n) && (has_contact(n) || !offer.told.is_empty())
            })
            .collect();
        let mut external: Vec<OutsideBody> = Vec::new();
        for &number in &kept {
            let offer = &self.offers[number];
            let sentence = text.words.sentence_of(offer.words.start);
            let clocks = waits::read(text, durations, offer, number, &self.owners, stages);
            external.push(OutsideBody {
                body: offer.name.clone(),
                kind: offer.kind,
                after: clocks.after,
                within: clocks.within,
                contacts: Vec::new(),
                quote: time::quote(text, &text.words.sentences[sentence].words, &offer.words),
            });
        }
        let mut claimed = Vec::new();
        for (at, one) in placed.iter().enumerate() {
            let owner = self.owners.get(one.word).copied().flatten();
            let Some(body) = owner.and_then(|owner| kept.iter().position(|&k| k == owner)) else { continue };
            claimed.push(at);
            let contacts = &mut external[body].contacts;
            if !contacts.contains(&one.reach) {
                contacts.push(one.reach.clone());
            }
        }
        let sure = kept.iter().any(|&number| {
            let offer = &self.offers[number];
            let mut all = offer.told.iter().chain(&offer.leads).map(|&k| &text.words.sentences[k].words);
            offer.supported && all.any(|words| self.has(words, Cue::Unsettled) && self.has(words, Cue::May))
        }) || external.iter().any(|body| body.after.is_some() || body.within.is_some());
        Read { external, claimed, sure }
    }
}

/// Whether a mention is of the body that is offered.
fn is_same(offer: &Offer, mention: &Mention) -> bool {
    match (&offer.id, &mention.id) {
        // Two offices of one department may have an entry each, and share its short name.
        (Some(a), Some(b)) => a == b || outside::is_short_of(&mention.name, &offer.name),
        _ => outside::same(&offer.name, &mention.name),
    }
}

/// Whether two mentions are of one body, a mere noun standing for any of its kind.
fn is_alike(a: &Mention, b: &Mention) -> bool {
    match (&a.id, &b.id) {
        (Some(a), Some(b)) => a == b,
        _ => outside::same(&a.name, &b.name) || b.generic && a.kind == b.kind,
    }
}
