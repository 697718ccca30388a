//! Offers: does a sentence send the customer to a body that it names?
//!
//! It does where a verb that sends (`take it to`, `contact`) stands beside the name and the customer may or should, where a
//! list or heading that leads outside holds the name, or where a line is little more than the name. It does not where the
//! body is named as overseer, as adviser, in a quality (`an FCA-authorised firm`), or to say that it does not apply. A part
//! of a body's name or address is no body of its own.

use std::ops::Range;

use ladder::BodyKind;

use super::bodies::{FEW, Reader, is_alike};
use super::cue::{Cue, Found};
use super::label::Rank;
use super::outside::Mention;
use super::words::{Case, Gap, Kind};

/// Most words between two names that go together.
const JOINED: usize = 6;
/// How many words may stand between a verb that sends and the name.
const NEXT: usize = 3;
/// How many words before a name may tell that it is named as authoriser.
const NEAR: usize = 8;
/// Small words that join a body to the one that it is part of.
const OF: &[&str] = &["of", "de", "des", "du", "del", "della", "der", "van", "dell"];

/// Words that open the names of banks, central ones and others.
const BANK: &[&str] = &["bank", "banque", "banco", "banca", "caja", "caisse"];

impl Reader<'_> {
    /// The bodies that a sentence sends the customer to, in its order.
    pub(super) fn offered(&self, at: usize, words: &Range<usize>) -> Vec<Mention> {
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
                // `The Conduct Department of the Bank of Spain`: the whole is its name.
                if let Some(last) = offered.last_mut()
                    && (last.words.end + 1..=last.words.end + 2).contains(&mention.words.start)
                    && OF.contains(&text.words.spelling(last.words.end))
                {
                    last.words.end = mention.words.end;
                    last.name = text.words.printed(last.words.clone());
                }
                continue;
            }
            let goes_with = offered.last().is_some_and(|last| self.goes_with(last, mention));
            if !goes_with && !self.is_offered(at, words, mention) {
                continue;
            }
            // `The central bank under the Ombudsman Scheme`: the scheme is where one goes.
            if let Some(last) = offered.last()
                && last.kind == BodyKind::Regulator
                && mention.kind == BodyKind::Adr
                && self.is_under(last, mention)
            {
                offered.pop();
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
        let speaks = [Cue::Advice, Cue::Invite, Cue::If, Cue::We, Cue::Process, Cue::Refer, Cue::NotOutside]
            .iter()
            .any(|&cue| self.has(&name, cue));
        // `Locked Bag 99`, `Freepost 12`: the number says that it is an address.
        let address = all.get(end).is_some_and(|next| {
            end < sentence.end && next.gap == Gap::None && matches!(next.kind, Kind::Number(_) | Kind::Figure)
        });
        // `Write to: Ann Smith, Acme Ltd`: a way to reach somebody, and the name that of an addressee.
        let way = [Cue::Invite, Cue::Refer].iter().any(|&cue| self.has(&(first..start), cue));
        let telling = name.len() > 1 && text.has_contact(sentence);
        (telling && !speaks && !address && !way && text.role(&name).is_none()).then(|| Mention {
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
            && to <= from + if self.is_joined(from, to) { JOINED } else { 3 }
            && (from..to).all(|k| {
                words[k].case == Case::Lower && words[k].kind == Kind::Word && words[k].gap <= Gap::Comma
            })
            && ![Cue::Shut, Cue::Authorised, Cue::Oversees].iter().any(|&cue| self.has(&(from..to), cue))
            && !self.has(&(to..to + 2), Cue::Advice)
            && !self.is_adjective(mention)
    }

    /// Whether the second of two names is a scheme of the first: only `under the` parts them.
    fn is_under(&self, last: &Mention, mention: &Mention) -> bool {
        let (from, to) = (last.words.end, mention.words.start);
        to > from
            && to <= from + 3
            && self.text.words.spelling(from) == "under"
            && (from..to).all(|at| self.text.words.words[at].gap <= Gap::Comma)
    }

    /// Whether words between two names begin with `or`, `and` and call the second something of the company's: `or our
    /// primary regulator, the`.
    fn is_joined(&self, from: usize, to: usize) -> bool {
        let language = self.text.language;
        language.parting.contains(&self.text.words.spelling(from)) && self.has(&(from..to), Cue::Us)
    }

    /// Whether a mention is part of the address or of the name of the body before it: only a comma parts them, or figures
    /// of an address follow.
    pub(super) fn is_part(&self, mention: &Mention) -> bool {
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
        let listed = !self.text.mentions_in(&(mention.words.end..mention.words.end + 4)).is_empty();
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
        // `Write to: Bank of the Bay, Customer Relations, …` is the company in its own address.
        let own = mention.id.is_none()
            && BANK.contains(&text.words.spelling(mention.words.start))
            && text.words.words.get(mention.words.end).is_some_and(|word| word.gap == Gap::Comma)
            && text.role(&(mention.words.end..(mention.words.end + 3).min(sentence.end))).is_some();
        if own {
            return false;
        }
        // A verb that sends right before the name, and how to reach the body right after it.
        let (start, end) = (mention.words.start, mention.words.end);
        let reach = text.has_contact(&(end..(end + NEAR).min(sentence.end)));
        let sent = text
            .cues
            .within(start.saturating_sub(NEXT + 3).max(sentence.start)..start)
            .iter()
            .any(|f| matches!(f.cue, Cue::Refer | Cue::Invite) && f.words.end + NEXT >= start);
        if reach && (sent || !self.offers.is_empty() && mention.id.is_some() && refers) {
            return true;
        }
        // `We take part in the procedure before the board X: 1 High Street, …`: a known body with its address behind it is there to be asked.
        if reach && mention.id.is_some() && mention.kind == BodyKind::Adr && self.has(sentence, Cue::We) {
            return true;
        }
        let context = context || self.has(&(sentence.start..sentence.start + 1), Cue::If);
        let may = self.has(sentence, Cue::May) || self.bids(sentence);
        if refers && (may || context) {
            return true;
        }
        let listed = !self.section.list.is_empty() && (para.item.is_some() || text.is_numbered(at) || opens);
        let stands = self.stands_alone(at, sentence, mention, colon);
        let sure = mention.id.is_some() || mention.words.len() > 2 || mention.kind != BodyKind::Adr;
        // A label that stands alone above: `Tier 4`, and below it `The Energy Ombudsman. …`.
        let below =
            at > 0 && text.labels[at - 1].as_ref().is_some_and(|label| label.n > 1 && label.title.is_empty());
        let labelled = below && sure
            || text.labels[at].as_ref().is_some_and(|label| label.n > 1 && (sure || label.rank < Rank::Step))
            || colon && sure;
        // `Step 5 - The Insurance Ombudsman of your region, if …`: the label tells that one goes there.
        let step = text.labels[at].as_ref().is_some_and(|label| label.n > 1 && label.rank >= Rank::Step);
        if step && opens && sure && mention.kind == BodyKind::Adr && !mention.generic {
            return true;
        }
        let after = context || !self.offers.is_empty() || labelled || self.has_cue_above(at);
        // One that is known, in a sentence that begins with what was not settled and tells how to reach it.
        let told = mention.id.is_some()
            && text.has_contact(sentence)
            && (self.has(sentence, Cue::Unsettled) || self.has(sentence, Cue::Passed));
        let line = opens && (text.has_contact(sentence) || para.row.is_some());
        let ends = colon && sure && mention.words.end == sentence.end;
        let timed = colon && mention.id.is_some() && self.has(sentence, Cue::After);
        told || timed && after
            || listed && (opens || para.item.is_some())
            || stands && after
            || line && after
            || ends && (self.section.announced || self.announced)
            || context && stands
    }

    /// The first word of a paragraph after its label.
    pub(super) fn first_word(&self, at: usize) -> usize {
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
    pub(super) fn is_adjective(&self, mention: &Mention) -> bool {
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
    pub(super) fn advises_at(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
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
    pub(super) fn is_shut(&self, sentence: &Range<usize>, mention: &Mention) -> bool {
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
                // `It regulates dentists and can look at concerns about them`: it takes complaints all the same.
                Cue::Oversees => {
                    f.words.start >= end && f.words.start <= end + 1 && !self.takes(f.words.end, sentence)
                }
                Cue::Shut if self.is_limit(sentence, f) => false,
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

    /// Whether what follows tells when a body takes no complaint: `won't look at cases later than a year after our answer`.
    fn is_limit(&self, sentence: &Range<usize>, found: &Found) -> bool {
        let cues = self.text.cues.within(found.words.end..sentence.end);
        let limits = [Cue::SinceAnswer, Cue::OfAnswer, Cue::Passed, Cue::Lapsed];
        cues.iter().any(|f| limits.contains(&f.cue))
    }

    /// Whether words send somebody somewhere.
    fn sends(&self, words: Range<usize>) -> bool {
        self.text.cues.within(words).iter().any(|f| matches!(f.cue, Cue::Refer | Cue::May))
    }

    /// Whether a sentence that tells of an overseer goes on to say that one may turn to it, and how.
    fn takes(&self, from: usize, sentence: &Range<usize>) -> bool {
        let rest = from..sentence.end;
        self.text.has_contact(sentence)
            && self.has(&rest, Cue::May)
            && (self.has(&rest, Cue::Refer) || self.has(&rest, Cue::Invite))
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
}
