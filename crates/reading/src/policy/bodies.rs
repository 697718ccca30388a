//! Outside bodies: which of those named does the text send the customer to, and what does it tell of each?
//!
//! One walk of its own over the paragraphs, beside the one that looks for stages: a body may be offered in a heading, in a
//! sentence (`you can take it to …`), in an item of a list that was led in to, in a row of a table, or by a line that is
//! little more than its name. What follows is told of it until something else begins; contacts there are its own. A body
//! named to say that it does not apply, as authoriser, in a statistic or as adviser is not offered.
//! Whether a mention is offered is decided in [`super::offer`]; times are read by [`super::waits`], names by [`super::outside`].

use std::ops::Range;

use ladder::{BodyKind, OutsideBody, Stage};

use super::contacts::Placed;
use super::cue::Cue;
use super::duration::Duration;
use super::names;
use super::outside::Mention;
use super::text::Text;
use super::time;
use super::waits;
use super::words::{Case, Gap};

/// Most bodies of a text.
const MOST: usize = 32;
/// A sentence with so few words beside a name is a line about it.
pub(super) const FEW: usize = 4;

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
    pub(super) name: String,
    pub(super) kind: BodyKind,
    pub(super) id: Option<String>,
    pub(super) generic: bool,
    /// Where it is offered first.
    pub(super) words: Range<usize>,
    /// Sentences that lead in to it: a condition before it, the line over its list.
    pub(super) leads: Vec<usize>,
    /// Sentences that tell of it.
    pub(super) told: Vec<usize>,
    /// Whether more than a title offers it.
    pub(super) supported: bool,
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
pub(super) struct Section {
    /// It offers places outside.
    pub(super) announced: bool,
    /// It begins where an answer did not settle the matter.
    pub(super) unsettled: bool,
    /// It is about matters beside, or about advice.
    pub(super) aside: bool,
    /// It is about this body.
    pub(super) body: Option<usize>,
    /// A question that names a body: whether it is offered is told below.
    pub(super) asked: Option<Mention>,
    /// The sentences that lead in to a list of places to go.
    pub(super) list: Vec<usize>,
    /// The body whose details a list gives.
    pub(super) details: Option<usize>,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) offers: Vec<Offer>,
    /// The offer that each word is told of.
    pub(super) owners: Vec<Option<usize>>,
    /// Offers that a later sentence shuts.
    pub(super) refused: Vec<usize>,
    /// The offer that words are told of now.
    pub(super) zone: Option<usize>,
    pub(super) section: Section,
    /// Conditions read in this paragraph before any body.
    pub(super) conditions: Vec<usize>,
    /// The paragraph opens with words that announce a place outside: `Outside help.`
    pub(super) announced: bool,
    /// A body that the sentence before named and did not offer: `We belong to the scheme X.`
    pub(super) candidate: Option<(Mention, usize)>,
}

impl Reader<'_> {
    pub(super) fn has(&self, words: &Range<usize>, cue: Cue) -> bool {
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
                let named = text.named_in(&words).filter(|m| !self.is_shut(&words, m)).cloned();
                if let Some(offer) = named.and_then(|mention| self.open(&mention, true)) {
                    self.offers[offer].told.extend(text.para(row).sentences.clone());
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
            } else if words.len() <= FEW && self.has(&(words.start..words.start + 1), Cue::After) {
                // `After that`: what comes when the company is done.
                section.unsettled = true;
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
                // `Within six months of the council's letter`: whose letter it is takes nothing.
                && !self.owns(m)
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

    /// Whether a name only tells whose something is: `the council's`.
    fn owns(&self, mention: &Mention) -> bool {
        let last = self.text.words.spelling(mention.words.end - 1);
        last.ends_with("'s") || last.ends_with("’s")
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
        // `It supervises banks. You can report a breach at …`
        let sends = self.has(words, Cue::Refer) && (self.has(words, Cue::May) || self.tells_how(number));
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
            && (self.has(words, Cue::We) && !self.is_shut(words, one)
                || words.len() <= one.words.len() + FEW && !self.is_shut(words, one)
                || one.id.is_some() && self.has(words, Cue::Oversees) && self.tells_how(number + 1))
            && !self.advises_at(words, one)
            && !words.clone().any(|at| DEFINES.contains(&text.words.spelling(at)))
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

    /// Whether a sentence says what may be put forward, and how: `You can report a breach at …`, `To file a complaint: …`.
    fn tells_how(&self, number: usize) -> bool {
        self.text.words.sentences.get(number).is_some_and(|sentence| {
            let words = sentence.words.clone();
            self.text.has_contact(&words) && self.has(&words, Cue::Refer) && !self.speaks_of_us(&words)
        })
    }

    /// Whether a sentence tells how to reach the company: `contact us`, `our website`.
    fn speaks_of_us(&self, words: &Range<usize>) -> bool {
        let cues = self.text.cues.within(words.clone());
        let us = |at: usize| cues.iter().any(|f| f.cue == Cue::Us && f.words.start == at);
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
        // A title may call it by a former name; the sentence that sends there knows it by the one in force.
        let titles = self.text.words.words.get(offer.words.end).is_none_or(|next| next.gap >= Gap::Colon);
        // Right behind another name it is a part of that one: `the Bank of Spain, Conduct Department`.
        let beside = self.text.mentions.iter().any(|m| m.words.end == mention.words.start);
        let all = &self.text.words;
        let renamed = supported
            && !beside
            && all.para_of(mention.words.start) != all.para_of(offer.words.start)
            && titles
            && offer.told.len() < 2
            && mention.id.is_some()
            && offer.id == mention.id;
        let fuller = offer.generic
            || offer.words.len() == 1 && mention.words.len() > 1
            || renamed && !names::same(&offer.name, &mention.name);
        if fuller && (renamed || mention.name.len() > offer.name.len()) {
            offer.name.clone_from(&mention.name);
            offer.kind = mention.kind;
            offer.id = offer.id.take().or_else(|| mention.id.clone());
            offer.generic = mention.generic;
        }
        offer.supported |= supported;
        self.zone = Some(number);
        Some(number)
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

/// What a body does that is named for its definition of a complaint.
const DEFINES: &[&str] =
    &["defines", "defined", "definition", "definiert", "définit", "define", "definieert", "definisce"];

/// Whether a mention is of the body that is offered.
pub(super) fn is_same(offer: &Offer, mention: &Mention) -> bool {
    match (&offer.id, &mention.id) {
        // Two offices of one department may have an entry each, and share its short name.
        (Some(a), Some(b)) => a == b || names::is_short_of(&mention.name, &offer.name),
        _ => names::same(&offer.name, &mention.name),
    }
}

/// Whether two mentions are of one body, a mere noun standing for any of its kind.
pub(super) fn is_alike(a: &Mention, b: &Mention) -> bool {
    match (&a.id, &b.id) {
        (Some(a), Some(b)) => a == b,
        _ => names::same(&a.name, &b.name) || b.generic && a.kind == b.kind,
    }
}
