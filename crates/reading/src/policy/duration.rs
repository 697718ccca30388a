//! Durations: numbers with a unit of time, whatever they bind.
//!
//! Reads figures and number words, `ten (10)`, ranges (the outer bound counts), `a month`, `the third working day`, `the
//! next business day`, and a unit carried over from the duration before (`within three working days and … within ten`).
//! What a duration is *for* is decided by [`super::time`].

use std::ops::Range;

use ladder::{Clock, Unit};

use super::cue::Patterns;
use super::lang::Language;
use super::words::{Gap, Kind, Words};

/// A duration in the text.
#[derive(Clone, Debug)]
pub(super) struct Duration {
    /// How long; years are told in months.
    pub(super) clock: Clock,
    /// Its words, number and unit.
    pub(super) words: Range<usize>,
    /// Whether a word before it binds an act to it (`within`, `in`).
    pub(super) bound: bool,
    /// Whether it only says another duration again (`20 working days (4 weeks)`).
    pub(super) again: bool,
}

/// Most words between a number and its unit.
const REACH: usize = 3;

/// Finds the durations of a text, in order.
pub(super) fn find(words: &Words<'_>, language: &Language, patterns: &Patterns) -> Vec<Duration> {
    let reader = Reader { words, language, patterns };
    let mut found: Vec<Duration> = Vec::new();
    for at in 0..words.words.len() {
        if let Some(mut duration) = reader.at_unit(at) {
            if let Some(last) = found.last() {
                duration.again = reader.says_again(last, &duration);
                if duration.words.start < last.words.end {
                    continue;
                }
            }
            duration.again |= reader.is_open(&duration);
            found.push(duration);
        } else if let Some(duration) = reader.of_timeline(at, found.last()) {
            found.push(duration);
        } else if let Some(last) = found.last()
            && let Some(duration) = reader.carried(at, last)
        {
            found.push(duration);
        }
    }
    found
}

struct Reader<'a> {
    words: &'a Words<'a>,
    language: &'a Language,
    patterns: &'a Patterns,
}

impl Reader<'_> {
    fn unit(&self, at: usize) -> Option<Unit> {
        let spelling = self.words.spelling(at);
        self.language.units.iter().find(|(word, _)| *word == spelling).map(|&(_, unit)| unit)
    }

    fn number(&self, at: usize) -> Option<u32> {
        match self.words.words.get(at)?.kind {
            Kind::Number(n) => Some(n),
            Kind::Word => {
                let spelling = self.words.spelling(at);
                self.patterns.number(spelling)
            }
            Kind::Ordinal(_) | Kind::Figure | Kind::Address => None,
        }
    }

    fn is(&self, list: &[&str], at: usize) -> bool {
        list.contains(&self.words.spelling(at))
    }

    /// Reads the duration whose unit is a word.
    fn at_unit(&self, at: usize) -> Option<Duration> {
        let mut unit = self.unit(at)?;
        let mut end = at + 1;
        let first = self.words.para_start(at);
        let mut working = false;
        // Backwards over `working`, `calendar` and the like to the number.
        let mut back = at;
        let mut steps = 0;
        while back > first && steps < REACH && self.words.words[back].gap <= Gap::Comma {
            let before = back - 1;
            if self.is(&self.language.working, before) {
                working = true;
            } else if !self.is(&self.language.filler, before) {
                break;
            }
            back = before;
            steps += 1;
        }
        // `Call 555 0133, day and night`: a comma parts a number from what it does not count.
        let parted = self.words.words.get(back).is_none_or(|word| word.gap > Gap::Comma)
            || self.words.before(back).contains(',');
        if back == first || parted {
            return None;
        }
        let (n, start) = self.count_before(back, first)?;
        // `jours ouvrés`, `días hábiles`, `days (working)`.
        if end < self.words.words.len()
            && self.words.words[end].gap <= Gap::Comma
            && self.is(&self.language.working, end)
            && matches!(unit, Unit::Days)
        {
            working = true;
            end += 1;
        }
        // `two days of our receiving it (excluding weekends)`.
        working |= unit == Unit::Days
            && (end..(end + 7).min(self.words.words.len()))
                .take_while(|&at| self.words.words[at].gap < Gap::Sentence)
                .any(|at| self.is(&self.language.excluding, at) && self.is(&self.language.weekend, at + 1));
        if working && unit == Unit::Days {
            unit = Unit::WorkingDays;
        }
        let clock = self.clock(n, unit, at)?;
        let bound = (1..=3).any(|k| start >= first + k && self.is(&self.language.within, start - k));
        Some(Duration { clock, words: start..end, bound, again: false })
    }

    /// Reads `Day 25: our reply`, `By week 8, …`: a line of a timeline, whose unit comes before its number. Working days are told once
    /// for all lines.
    fn of_timeline(&self, at: usize, last: Option<&Duration>) -> Option<Duration> {
        let unit = self.unit(at).filter(|_| self.singular(at))?;
        let first = self.words.para_start(at);
        let opens = at == first || at == first + 1 && self.is(&self.language.within, first);
        let Kind::Number(n) = self.words.words.get(at + 1)?.kind else { return None };
        let behind = self.words.words.get(at + 2)?;
        let parted = behind.gap >= Gap::Comma && behind.gap < Gap::Sentence;
        if !opens || !parted || self.words.words[at + 1].gap != Gap::None {
            return None;
        }
        let working = |from: usize| {
            (from..(from + 2).min(self.words.words.len())).any(|k| self.is(&self.language.working, k))
        };
        let same = last.is_some_and(|last| {
            last.clock.unit == Unit::WorkingDays
                && self.unit(last.words.start).is_some()
                && self.words.para_of(last.words.start) + 1 == self.words.para_of(at)
        });
        let unit = if unit == Unit::Days && (working(at + 2) || same) { Unit::WorkingDays } else { unit };
        let clock = self.clock(n, unit, at)?;
        Some(Duration { clock, words: at..at + 2, bound: true, again: false })
    }

    /// Whether a time is that of a week of opening hours: `8 am to 10 pm, 7 days`.
    fn is_open(&self, duration: &Duration) -> bool {
        let start = duration.words.start;
        let from = start.saturating_sub(5).max(self.words.para_start(start));
        let of_day = |at: usize| {
            let bare =
                self.words.spelling(at).trim_start_matches(|c: char| c.is_ascii_digit() || ".:".contains(c));
            self.language.clock.contains(&bare)
        };
        !duration.bound && duration.clock.unit == Unit::Days && (from..start).any(of_day)
    }

    /// Reads the number that ends before a word, and where it starts.
    fn count_before(&self, back: usize, first: usize) -> Option<(u32, usize)> {
        let last = back - 1;
        if let Some(n) = self.number(last) {
            let mut start = last;
            let mut n = n;
            // `twenty five`, `ten (10)`: words before a figure say it again.
            if start > first
                && let Some(more) = self.number(start - 1)
            {
                let raw = self.words.before(start);
                if raw.contains('(') && more == n {
                    start -= 1;
                } else if more >= 20
                    && more % 10 == 0
                    && n < 10
                    && raw.trim().len() <= 1
                    && !raw.contains(['/', '–'])
                {
                    start -= 1;
                    n += more;
                } else if raw.contains(['-', '–', '/', '—']) && more < n {
                    start -= 1;
                }
            }
            if let Some(low) = self.range_start(start, first, n) {
                start = low;
            }
            return Some((n, start));
        }
        let spelling = self.words.spelling(last);
        if let Kind::Ordinal(n) = self.words.words[last].kind {
            return Some((n, last));
        }
        if let Some(&(_, n)) = self.language.ordinals.iter().find(|(word, _)| *word == spelling) {
            return (2..30).contains(&n).then_some((n, last));
        }
        if self.language.next.contains(&spelling) {
            // `the next working day`, never `the following weeks`.
            return self
                .words
                .spelling(back)
                .len()
                .checked_sub(1)
                .map(|_| (1, last))
                .filter(|_| self.singular(back));
        }
        let article = self.language.one.contains(&spelling) && last > first;
        if article && self.words.words[last].gap == Gap::Colon {
            return Some((1, last));
        }
        let bound = article && (1..=2).any(|k| last >= first + k && self.is(&self.language.within, last - k));
        // `You have a month from our answer`: from when it counts makes it a time.
        let unit = (back..back + REACH).find(|&k| k < self.words.words.len() && self.unit(k).is_some());
        let since = article
            && unit.is_some_and(|at| {
                self.words.words.get(at + 1).is_some_and(|next| next.gap == Gap::None)
                    && self.is(&self.language.since, at + 1)
            });
        ((bound || since) && !self.is_rate(last)).then_some((1, last))
    }

    /// Whether the unit at or after a word is one day, week or month, not several.
    fn singular(&self, at: usize) -> bool {
        (at..at + REACH).find(|&k| self.unit(k).is_some()).is_some_and(|k| {
            let spelling = self.words.spelling(k);
            !self.language.units.iter().any(|(word, _)| {
                word.len() < spelling.len() && spelling.starts_with(word) && spelling.len() - word.len() <= 2
            })
        })
    }

    /// Whether an article makes a rate (`once a week`, `£5 a day`).
    fn is_rate(&self, article: usize) -> bool {
        article > 0 && matches!(self.words.words[article - 1].kind, Kind::Figure | Kind::Number(_))
    }

    /// Returns where a range begins that ends at a number.
    fn range_start(&self, start: usize, first: usize, n: u32) -> Option<usize> {
        let joined = start >= first + 2 && self.is(&self.language.to, start - 1);
        let low = if joined {
            self.number(start - 2).map(|low| (low, start - 2))
        } else if start > first && self.words.before(start).contains(['-', '–', '—', '/']) {
            self.number(start - 1).map(|low| (low, start - 1))
        } else {
            None
        };
        low.filter(|&(low, _)| low < n).map(|(_, at)| at)
    }

    fn clock(&self, n: u32, unit: Unit, at: usize) -> Option<Clock> {
        if n == 0 || n > 3_650 {
            return None;
        }
        let spelling = self.words.spelling(at);
        let n = if self.language.double.contains(&spelling) { n * 2 } else { n };
        Some(if unit == Unit::Years { Clock::new(n * 12, Unit::Months) } else { Clock::new(n, unit) })
    }

    /// Whether a duration says the one before it again: in brackets, or after `or` in brackets.
    fn says_again(&self, last: &Duration, this: &Duration) -> bool {
        let between = this.words.start.saturating_sub(last.words.end);
        if between > 3 || this.words.start < last.words.end {
            return false;
        }
        let from = last.words.end;
        (from..=this.words.start).any(|at| self.words.before(at).contains('('))
            && (from..=this.words.start)
                .all(|at| self.words.words.get(at).is_some_and(|w| w.gap <= Gap::Comma))
    }

    /// Reads a number without a unit, which it takes from the duration before in the sentence.
    fn carried(&self, at: usize, last: &Duration) -> Option<Duration> {
        let n = self.number(at)?;
        let word = self.words.words[at];
        let ends = self.words.words.get(at + 1).is_none_or(|next| next.gap >= Gap::Comma)
            || self.is(&self.language.to, at + 1)
            || at + 1 >= self.words.words.len();
        // `20 working days (40 if it is a difficult case)`.
        let aside = at == last.words.end
            && self.words.before(at).contains('(')
            && n > last.clock.n
            && self.words.words.get(at + 1).is_some_and(|next| next.gap == Gap::None)
            && !(at + 1..=at + REACH).any(|k| k < self.words.words.len() && self.unit(k).is_some());
        let bound = at > 0 && self.is(&self.language.within, at - 1) && word.gap == Gap::None;
        let near =
            at >= last.words.end && self.words.sentence_of(at) == self.words.sentence_of(last.words.start);
        // `2 (two) months`, `7 – 28 days`: the number is of the unit that follows it.
        let again = match self.number(at + 1) {
            Some(same) if same == n => self.words.before(at + 1).contains('('),
            Some(more) => more > n && self.words.before(at + 1).contains(['-', '–', '—']),
            None => false,
        };
        ((ends && bound || aside) && near && !again && n > 0 && n < 400).then(|| Duration {
            clock: Clock::new(n, last.clock.unit),
            words: at..at + 1,
            bound: true,
            again: false,
        })
    }
}
