//! Scanning: which runs of digits in a line are numbers, and what each is for.
//!
//! Each run is weighed with the label nearest to it and with its shape. A word that announces a number lets a poor shape
//! pass; a good shape needs no word; a word of something else (an order, a tax number) refuses both. What the label leaves
//! open, the numbering plans of the likeliest countries settle.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use foldhash::fast::RandomState;
use ladder::{Channel, Reach};

use super::candidate::{Gap, Run, is_invisible, runs};
use super::label::{Label, nearest, trailing};
use super::number::{Number, Standing};
use super::plan::{Plan, Trunk};
use super::regions::Regions;
use super::shape::{Grade, grade, is_alien};
use super::{Match, extension, vanity};
use crate::window::{clip, clip_end};

/// Full plans asked at most in one document: a table of figures is not worth more.
const MOST_ASKED: u32 = 6_000;
/// Answers of full plans that are kept.
const MOST_KNOWN: usize = 6_000;
/// How far before a number its label may stand, in bytes.
const LABEL_REACH: usize = 120;

/// How much stands behind a run besides its digits.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Trust {
    /// Nothing.
    Bare,
    /// A word that is often near numbers.
    Weak,
    /// It stands alone on its line, beside one with an e-mail address: what cards and lists of people have.
    Alone,
    /// A word that announces one.
    Label,
    /// A link that dials it, or data that calls it a number.
    Link,
}

/// A line to scan, and what is known of its surroundings.
pub(super) struct Line<'t> {
    /// Its text.
    pub(super) text: &'t str,
    /// Where it begins in the document, for what stands near it.
    pub(super) offset: usize,
    /// Ranges of the line that are links which dial.
    pub(super) dials: Vec<Range<usize>>,
    /// Whether the line before or after holds an e-mail address.
    pub(super) beside_mail: bool,
    /// Labels from outside of the line (a header cell, the line above), asked for where the line has none.
    pub(super) outer: &'t dyn Fn() -> Vec<Label>,
}

/// What the full plans said of digits, by country: a page prints and dials the same few numbers again and again.
#[derive(Default)]
pub(super) struct Known(RefCell<HashMap<(&'static str, String), Option<Number>, RandomState>>);

/// Scans lines of one document.
pub(super) struct Scanner<'r> {
    regions: &'r Regions,
    known: &'r Known,
    asked: Cell<u32>,
}

/// What has been settled in a line so far.
#[derive(Default)]
struct Progress {
    /// Where the next label may begin.
    from: usize,
    /// Where the last number taken ends.
    last_end: Option<usize>,
    /// The labels of the last number taken.
    labels: Vec<Label>,
    /// Whether labels of this line follow their numbers.
    suffixed: bool,
}

impl<'r> Scanner<'r> {
    pub(super) const fn new(regions: &'r Regions, known: &'r Known) -> Self {
        Self { regions, known, asked: Cell::new(0) }
    }

    /// Finds the numbers of a line, in order.
    pub(super) fn line(&self, line: &Line<'_>, found: &mut Vec<Match>) {
        let text = line.text;
        let mut progress = Progress::default();
        let mut runs = runs(text);
        while let Some(run) = runs.next() {
            if run.start < progress.from && progress.last_end.is_some_and(|end| run.start < end) {
                continue;
            }
            if run.digits() < 6 && !run.plus && !letters_follow(text, &run) {
                Self::short_code(line, &run, &mut progress, found);
                continue;
            }
            if let Some(end) = self.run(line, &run, &mut progress, found) {
                runs.skip_to(end);
            }
        }
    }

    /// Weighs one run; returns where to go on, where more than the run was read.
    fn run(
        &self,
        line: &Line<'_>,
        run: &Run,
        progress: &mut Progress,
        found: &mut Vec<Match>,
    ) -> Option<usize> {
        let text = line.text;
        let dialled = line.dials.iter().any(|d| d.start < run.end && run.start < d.end);
        let (labels, heard_at, suffix) = Self::labels(line, run, progress);
        let labelled = labels.iter().any(|label| label.reaches());
        if !dialled && (labels.contains(&Label::Alien) || is_alien(text, run) || glued(text, run, heard_at)) {
            if run.digits() >= 7 {
                progress.from = run.end;
            }
            return None;
        }
        let trust = match () {
            () if dialled => Trust::Link,
            () if labelled => Trust::Label,
            () if line.beside_mail && text.trim().len() == run.end - run.start => Trust::Alone,
            () if labels.contains(&Label::Weak) => Trust::Weak,
            () => Trust::Bare,
        };
        if let Some(spelt) = vanity::read(text, run, trust >= Trust::Label, false) {
            let number = self.spelt(&spelt.digits, spelt.north_american, line.offset + run.start)?;
            let end = spelt.end;
            push(found, text, run.start..end, &number, &labels);
            progress.take(end, labels);
            return Some(end);
        }
        let relay = relay_prefix(text, run);
        let settled = self.settle(text, run, usize::from(relay), trust, line.offset);
        let mut end = None;
        for (groups, mut number) in settled {
            let mut span = span_of(run, &groups);
            if *groups.end() == run.groups.len() - 1
                && let Some((digits, taken)) = extension::read(&text[span.end..])
            {
                number.extension = Some(digits);
                span.end += taken;
            }
            end = Some(span.end);
            if relay {
                let printed = &text[run.groups[0].start..run.end];
                if let Ok(reach) = Reach::printed_textphone(printed) {
                    found.push(Match::new(run.start..run.end, reach, Some(number)));
                }
            } else {
                let last = run.groups[*groups.end()].len();
                let other = extension::alternative(&text[span.end..], last).and_then(|(digits, taken)| {
                    Some((self.sibling(&number, &digits)?, span.end..span.end + taken))
                });
                push(found, text, span, &number, &labels);
                if let Some((number, span)) = other {
                    end = Some(span.end);
                    push(found, text, span, &number, &labels);
                }
            }
        }
        match end {
            Some(end) => {
                progress.take(suffix.map_or(end, |s| s.max(end)), labels);
                progress.suffixed |= suffix.is_some();
            }
            // A long row of digits that is no number shields what comes after from the labels before it.
            None if run.digits() >= 7 => progress.from = run.end,
            None => {}
        }
        end.filter(|&end| end > run.end)
    }

    /// Hears the labels of a run: in the line before it, right after it, or around the line. Returns where the one before
    /// it ends, and where the one after it ends.
    fn labels(line: &Line<'_>, run: &Run, progress: &Progress) -> (Vec<Label>, Option<usize>, Option<usize>) {
        let text = line.text;
        let from = progress.from.min(run.start);
        let before = clip_end(&text[from..run.start], LABEL_REACH);
        let after = trailing(&text[run.end..]).map(|heard| (heard.label, run.end + heard.at.end));
        if progress.suffixed
            && let Some((label, end)) = after
        {
            return (vec![label], None, Some(end));
        }
        let heard = nearest(before);
        let end_of = |at: &Range<usize>| run.start - before.len() + at.end;
        match heard {
            Some((heard, labels)) if heard.label.reaches() || heard.label == Label::Alien => {
                return (labels, Some(end_of(&heard.at)), None);
            }
            _ => {}
        }
        if let Some((label, end)) = after {
            return (vec![label], None, Some(end));
        }
        if progress.last_end.is_some_and(|end| end <= run.start && lists(&text[end..run.start])) {
            return (progress.labels.clone(), None, None);
        }
        let near = heard.as_ref().map_or_else(Vec::new, |(heard, _)| vec![heard.label]);
        let at = heard.map(|(heard, _)| end_of(&heard.at));
        let outer = if near.contains(&Label::Neutral) { Vec::new() } else { (line.outer)() };
        // An order number in a header cell refuses only what stands alone in its cell.
        if outer.is_empty() { (near, at, None) } else { (outer, at, None) }
    }

    /// Takes "711" after the word for a text relay, where that is all that is dialled.
    fn short_code(line: &Line<'_>, run: &Run, progress: &mut Progress, found: &mut Vec<Match>) {
        let text = line.text;
        if &text[run.start..run.end] != "711" || text[run.end..].starts_with(['-', '%']) {
            return;
        }
        let before = clip_end(&text[progress.from.min(run.start)..run.start], 48).to_ascii_lowercase();
        let heard = ["tty", "tdd"]
            .iter()
            .any(|word| before.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w == *word));
        if heard && let Ok(reach) = Reach::printed_textphone("711") {
            found.push(Match::new(run.start..run.end, reach, None));
            progress.take(run.end, vec![Label::Textphone]);
        }
    }

    /// Reads a run that goes on in letters of any case, as links have them.
    pub(super) fn spelt_out(&self, text: &str, run: &Run) -> Option<Number> {
        let spelt = vanity::read(text, run, true, true)?;
        self.spelt(&spelt.digits, spelt.north_american, 0)
    }

    /// Settles digits spelt with letters.
    fn spelt(&self, digits: &str, north_american: bool, offset: usize) -> Option<Number> {
        if north_american {
            let plan = Plan::of_code(1)?;
            return self.ask(digits, Some(&plan)).filter(|n| n.standing == Standing::Valid);
        }
        let plans = self.regions.plans_at(offset);
        plans
            .iter()
            .filter(|(plan, _)| plan.could_dial(digits))
            .find_map(|(plan, _)| self.ask(digits, Some(plan)).filter(|n| n.standing == Standing::Valid))
    }

    /// Puts other last digits into a number: "020 7946 0001/2".
    fn sibling(&self, number: &Number, digits: &str) -> Option<Number> {
        let whole = &number.e164.as_str()[1..];
        let keep = whole.len().checked_sub(digits.len()).filter(|&keep| keep >= 4)?;
        let other = format!("{}{digits}", &whole[..keep]);
        self.ask(&other, None).filter(|n| n.standing >= number.standing && n.e164 != number.e164)
    }

    /// Cuts a run into numbers, from its group `from` on.
    pub(super) fn settle(
        &self,
        text: &str,
        run: &Run,
        from: usize,
        trust: Trust,
        offset: usize,
    ) -> Vec<(RangeInclusive<usize>, Number)> {
        let mut settled: Vec<(RangeInclusive<usize>, Number)> = Vec::new();
        let mut s = from;
        while s < run.groups.len() {
            let group = &run.groups[s];
            if let Some((_, last)) = settled.last()
                && group.gap.is_slash()
                && group.len() < 6
                && let Some(number) = self.sibling(last, &text[group.start..group.end])
            {
                settled.push((s..=s, number));
                s += 1;
                continue;
            }
            let begins = s == from
                || group.gap.parts()
                    && (text.as_bytes()[group.start] == b'0' || group.bracketed || group.len() == 3);
            match begins.then(|| self.longest(text, run, s, trust, offset)).flatten() {
                Some((e, number)) => {
                    settled.push((s..=e, number));
                    s = e + 1;
                }
                None => s += 1,
            }
        }
        settled
    }

    /// Finds the groups from `s` on that make a number: those before a clear cut first, else as many as fit.
    fn longest(
        &self,
        text: &str,
        run: &Run,
        s: usize,
        trust: Trust,
        offset: usize,
    ) -> Option<(usize, Number)> {
        let last = run.groups.len() - 1;
        let mut digits = 0;
        let mut ends: Vec<(usize, bool)> = Vec::new();
        for e in s..=last {
            digits += run.groups[e].len();
            if digits > 18 {
                break;
            }
            let cut = e == last || run.groups[e + 1].gap.parts();
            if digits >= 6 && cut && !(e == last && e > s && unit_follows(text, run)) {
                ends.push((e, e < last && clear_cut(text, run, e, digits)));
            }
        }
        ends.sort_by_key(|&(e, clear)| (!clear, if clear { e } else { last - e }));
        let mut possible = None;
        for (e, clear) in ends {
            match self.attempt(text, run, s..=e, trust, offset) {
                Some(number) if number.standing == Standing::Valid => return Some((e, number)),
                // What is not assigned must at least be all that stands there.
                Some(number) if e == last || clear => possible = possible.or(Some((e, number))),
                _ => {}
            }
        }
        possible
    }

    /// Reads some groups as one number.
    fn attempt(
        &self,
        text: &str,
        run: &Run,
        groups: RangeInclusive<usize>,
        trust: Trust,
        offset: usize,
    ) -> Option<Number> {
        let slice = &run.groups[groups.clone()];
        let plus = run.plus && *groups.start() == 0;
        let mut digits = String::with_capacity(20);
        for group in slice {
            let nought = group.bracketed && group.len() == 1 && text.as_bytes()[group.start] == b'0';
            // "+44 (0)20": the nought is for callers at home. Italy dials it from abroad too.
            if !(nought
                && (plus || digits.starts_with("00"))
                && !digits.trim_start_matches('0').starts_with("39"))
            {
                digits.push_str(&text[group.start..group.end]);
            }
        }
        let abroad = if plus {
            digits.strip_prefix("00").or(Some(&*digits)).filter(|d| !d.starts_with('0'))
        } else {
            digits.strip_prefix("00").filter(|d| d.len() >= 8)
        };
        if let Some(abroad) = abroad {
            let number = self.ask(abroad, None);
            if let Some(number) =
                number.filter(|n| n.standing == Standing::Valid || trust >= Trust::Label || n.is_reserved())
            {
                return Some(number);
            }
            return if trust == Trust::Link { self.repaired(abroad, offset) } else { None };
        }
        self.national(run, groups, &digits, trust, offset)
    }

    /// Reads a link whose calling code does not fit its digits: "+1 020 7946 0123".
    fn repaired(&self, digits: &str, offset: usize) -> Option<Number> {
        let codes = (1..=3).filter_map(|n| Some((digits.get(..n)?.parse::<u16>().ok()?, digits.get(n..)?)));
        let rests = codes.filter(|(code, _)| Plan::of_code(*code).is_some()).map(|(_, rest)| rest);
        std::iter::once(digits).chain(rests).find_map(|rest| {
            self.regions
                .plans_at(offset)
                .iter()
                .filter(|(plan, _)| plan.could_dial(rest))
                .find_map(|(plan, _)| self.ask(rest, Some(plan)).filter(|n| n.standing == Standing::Valid))
        })
    }

    /// Reads digits as dialled within one of the likely countries.
    fn national(
        &self,
        run: &Run,
        groups: RangeInclusive<usize>,
        digits: &str,
        trust: Trust,
        offset: usize,
    ) -> Option<Number> {
        let plans = self.regions.plans_at(offset);
        let mut possible = None;
        for (plan, likely) in &plans {
            let Some(dialled) = dialled_as(digits, plan, trust) else { continue };
            let grade = grade(run, groups.clone(), plan, &dialled);
            let enough = match trust {
                Trust::Bare => grade == Grade::Good && *likely,
                Trust::Weak => grade >= Grade::Fair && (*likely || grade == Grade::Good),
                Trust::Alone => *likely,
                Trust::Label | Trust::Link => true,
            };
            if !enough {
                continue;
            }
            match self.ask(&dialled, Some(plan)) {
                Some(number) if number.standing == Standing::Valid => return Some(number),
                Some(number) => {
                    let believed = match trust {
                        Trust::Link => true,
                        Trust::Label => plan.trunk != Trunk::Nothing && dialled.len() == digits.len(),
                        Trust::Bare | Trust::Weak | Trust::Alone => number.is_reserved(),
                    };
                    let first = *plan == plans[0].0 || number.is_reserved();
                    if believed && first && possible.is_none() {
                        possible = Some(number);
                    }
                }
                None => {}
            }
        }
        self.unplanned(run, groups, digits, trust, &plans).or(possible)
    }

    /// Reads digits by their form alone: North American ones, a calling code without its plus sign, and numbers that are
    /// assigned in one country only of those that speak the language.
    fn unplanned(
        &self,
        run: &Run,
        groups: RangeInclusive<usize>,
        digits: &str,
        trust: Trust,
        plans: &[(Plan, bool)],
    ) -> Option<Number> {
        let valid = |number: &Number| number.standing == Standing::Valid;
        let whole = *groups.start() == 0 && *groups.end() + 1 == run.groups.len();
        if !plans.iter().any(|(plan, _)| plan.trunk == Trunk::One)
            && let Some(plan) = Plan::of_code(1)
            && plan.could_dial(digits)
            && grade(run, groups, &plan, digits) == Grade::Good
            && (trust >= Trust::Label || plans.is_empty())
            && let Some(number) = self.ask(digits, Some(&plan)).filter(valid)
        {
            return Some(number);
        }
        if trust < Trust::Label {
            return None;
        }
        let coded =
            plans.iter().any(|(plan, _)| digits.len() >= 10 && digits.starts_with(&plan.code_digits()));
        if coded && let Some(number) = self.ask(digits, None).filter(valid) {
            return Some(number);
        }
        // By the language alone: only digits that are a whole run, never a part of one.
        if whole && plans.is_empty() && digits.starts_with('0') {
            let mut fits = self
                .regions
                .plans_of_language()
                .filter(|plan| plan.could_dial(digits))
                .filter_map(|plan| self.ask(digits, Some(&plan)).filter(valid));
            let first = fits.next()?;
            return fits.all(|other| other.e164 == first.e164).then_some(first);
        }
        None
    }

    /// Asks the full plan of a country, or of the calling code that the digits begin with, as long as the document is worth it.
    fn ask(&self, digits: &str, plan: Option<&Plan>) -> Option<Number> {
        let asked = self.asked.get();
        if asked >= MOST_ASKED {
            return None;
        }
        self.asked.set(asked + 1);
        let key = (plan.map_or("", Plan::id), digits.to_owned());
        if let Some(known) = self.known.0.borrow().get(&key) {
            return known.clone();
        }
        let number = match plan {
            Some(plan) => Number::national(digits, plan),
            None => Number::international(digits),
        };
        let mut known = self.known.0.borrow_mut();
        if known.len() < MOST_KNOWN {
            known.insert(key, number.clone());
        }
        number
    }
}

impl Progress {
    fn take(&mut self, end: usize, labels: Vec<Label>) {
        self.from = end;
        self.last_end = Some(end);
        self.labels = labels;
    }
}

/// Returns digits as they would be dialled within the country of a plan, a nought put back where people leave it out.
fn dialled_as(digits: &str, plan: &Plan, trust: Trust) -> Option<String> {
    if plan.could_dial(digits) {
        return Some(digits.to_owned());
    }
    let with_nought = format!("0{digits}");
    (trust >= Trust::Label
        && plan.is_fixed()
        && plan.trunk == Trunk::Nought
        && !digits.starts_with('0')
        && digits.len() >= 9
        && plan.could_dial(&with_nought))
    .then_some(with_nought)
}

/// Returns whether letters in capitals follow: it may be spelt.
fn letters_follow(text: &str, run: &Run) -> bool {
    let rest = text[run.end..].trim_start_matches(['-', ' ', '.', '\u{a0}', '\u{2011}']);
    run.digits() >= 3 && rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_uppercase))
}

/// Returns whether a letter touches the run that belongs neither to a label, nor to an extension, nor to the next word
/// of a page that lost its space.
fn glued(text: &str, run: &Run, label_end: Option<usize>) -> bool {
    let before = text[..run.start].chars().rev().find(|c| !is_invisible(*c));
    if before.is_some_and(char::is_alphanumeric) && label_end != Some(run.start) && !run.plus {
        return true;
    }
    let mut after = text[run.end..].chars().filter(|c| !is_invisible(*c));
    let Some(first) = after.next().filter(|c| c.is_alphabetic()) else { return false };
    let word = first.is_uppercase() && after.next().is_some_and(char::is_lowercase);
    !(word || extension::read(&text[run.end..]).is_some() || trailing(&text[run.end..]).is_some())
}

/// Returns whether a text between two numbers lists them under one label.
fn lists(between: &str) -> bool {
    let trimmed = between.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|' | '&' | '-' | '–' | '•' | '·')
    });
    matches!(
        trimmed,
        "" | "or"
            | "and"
            | "oder"
            | "und"
            | "ou"
            | "et"
            | "o"
            | "y"
            | "e"
            | "of"
            | "en"
            | "or on"
            | "bzw"
            | "bzw."
    )
}

/// Returns whether what follows a run belongs to its last group: "0123 456 789 8:30", "… 9am", "… 10 Uhr".
fn unit_follows(text: &str, run: &Run) -> bool {
    let Some(last) = run.groups.last() else { return false };
    if last.len() > 2 || !matches!(last.gap, Gap::Space | Gap::Wide(_)) {
        return false;
    }
    let rest = &text[run.end..];
    let word = clip(rest.trim_start_matches([' ', '\u{a0}']), 12).to_lowercase();
    let colon = rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let units = [
        "am", "pm", "a.m", "p.m", "uhr", "h ", "h-", "heures", "hrs", "hours", "days", "%", "€", "bis ",
        "to ", "minutes", "min", "ct",
    ];
    colon || units.iter().any(|unit| word.starts_with(unit)) || word == "h"
}

/// Returns whether one number clearly ends after group `e`: another, or a postcode, begins.
fn clear_cut(text: &str, run: &Run, e: usize, digits: usize) -> bool {
    let next = &run.groups[e + 1];
    let rest: usize = run.groups[e + 1..].iter().map(super::candidate::Group::len).sum();
    let nought = text.as_bytes()[next.start] == b'0';
    let whole = digits >= if run.plus { 9 } else { 7 };
    match next.gap {
        gap if gap.is_slash() => whole,
        Gap::Wide(_) => whole && rest >= 6,
        Gap::Space | Gap::Bracket if whole && nought && next.len() >= 3 => rest >= 7,
        // "030 123456 10115 Berlin".
        Gap::Space => {
            let city = text[run.end..].trim_start_matches([' ', '\u{a0}']).starts_with(char::is_uppercase);
            whole && next.len() == 5 && e + 2 == run.groups.len() && city && digits + rest > 12
        }
        _ => false,
    }
}

/// Returns whether a run begins with the prefix that British text relay is dialled with.
fn relay_prefix(text: &str, run: &Run) -> bool {
    run.groups.len() > 1
        && !run.plus
        && matches!(&text[run.groups[0].start..run.groups[0].end], "18001" | "18002")
}

/// Returns the place of some groups of a run, its plus sign and brackets counted in.
fn span_of(run: &Run, groups: &RangeInclusive<usize>) -> Range<usize> {
    let start = if *groups.start() == 0 { run.start } else { run.groups[*groups.start()].start };
    let end = if *groups.end() + 1 == run.groups.len() { run.end } else { run.groups[*groups.end()].end };
    start..end
}

/// Adds a number under each channel that its labels name.
fn push(found: &mut Vec<Match>, text: &str, span: Range<usize>, number: &Number, labels: &[Label]) {
    debug_assert!(text.is_char_boundary(span.end));
    for channel in channels(labels) {
        if let Ok(reach) = Reach::number(channel, number.e164.clone()) {
            found.push(Match::new(span.clone(), reach, Some(number.clone())));
        }
    }
}

/// Returns the channels that labels name together.
pub(super) fn channels(labels: &[Label]) -> Vec<Channel> {
    let has = |label| labels.contains(&label);
    let mut channels = Vec::new();
    // Who can be rung and sent a text has one number, not two; a messenger is another way of writing.
    if has(Label::Phone) || !labels.iter().any(|label| label.reaches()) {
        channels.push(Channel::Phone);
    } else if has(Label::Textphone) {
        channels.push(Channel::Textphone);
    }
    if has(Label::Messenger) || has(Label::Sms) && !has(Label::Phone) {
        channels.push(Channel::Messaging);
    }
    if has(Label::Fax) {
        channels.push(Channel::Fax);
    }
    channels
}
