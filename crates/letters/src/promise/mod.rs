//! Promises: who has said that they will do what, and by when.
//!
//! A promise is a commitment to a future act or a stated limit for one's own act, conditional and reported ones too. It is found by its
//! grammar: an anchor ("will", "aim to", "is due"), the words before it that are its subject, and the clause behind it with its time. What has
//! been done, offers of a talk, refusals, questions and standing statements are none. The words of each language are data.

mod due;
mod order;
mod tokens;

use atlas::calendar::WorkingDays;
use jiff::civil::Date;
use ladder::Country;
use serde::Serialize;

pub use due::{Due, Unit};
pub(crate) use due::{Written, whole_date};
pub(crate) use order::Order;

use crate::fold::Folded;
use crate::reply::{denied, sentences};
use crate::words::{Hit, Lexicon};

/// Who has promised, or must act.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The company, or someone who acts for it.
    Company,
    /// The customer.
    Customer,
}

impl Who {
    /// Whether it is the company that is bound.
    #[must_use]
    pub const fn is_company(self) -> bool {
        matches!(self, Self::Company)
    }
}

/// A commitment, or a deadline laid on the customer.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Promise {
    /// Who is bound.
    pub who: Who,
    /// What is to be done, in the words of the text.
    pub what: String,
    /// By when: `{"n","unit"}` from the day the text was sent, `{"date"}`, `{"weekday"}`, `{"either"}` of two dates where nothing tells
    /// which number is the month, or null where no date is given.
    #[schemars(with = "Option<serde_json::Value>")]
    pub due: Option<Due>,
    /// The last day of it, where the day the text was sent is known (for working days: and the country).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub day: Option<Date>,
    /// The words themselves.
    pub quote: String,
    /// Whether it is the day until which an offer can be taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends_offer: bool,
}

impl Promise {
    /// Says of what it is to be asked which day is meant, where it could be either of two.
    #[must_use]
    pub fn open_day(&self) -> Option<String> {
        let Some(Due::Either { day_first, month_first }) = self.due else { return None };
        Some(format!(
            "`{}`: the day is {day_first} where the day stands first, and {month_first} where the month does: say which",
            self.quote
        ))
    }
}

/// Tells the order of days in numbers of a text.
pub(crate) fn order(
    text: &Folded<'_>,
    written: &str,
    country: Option<Country>,
    lexicon: &Lexicon,
) -> Option<Order> {
    order::of(&text.bytes, written, country, &lexicon.code)
}

/// What a text commits to.
#[derive(Debug, Default)]
pub(crate) struct Commitments {
    /// Promises, in order.
    pub(crate) promises: Vec<Promise>,
    /// Deadlines laid on the customer, in order.
    pub(crate) duties: Vec<Promise>,
}

/// Reads the promises and duties of a text.
pub(crate) fn read(
    text: &Folded<'_>,
    written: Written,
    lexicon: &Lexicon,
    calendar: Option<&WorkingDays<'_>>,
) -> Commitments {
    let reader =
        Reader { text, written, lexicon, calendar, customer: hit(lexicon, "customer_voice", &text.bytes) };
    let mut all = Commitments::default();
    for (start, end) in sentences(&text.bytes) {
        let sentence = &text.bytes[start..end];
        let asked = all.duties.len();
        let duties = reader.duties(start, end, &mut all);
        // A question commits to nothing; one at the end leaves what was said before it.
        if sentence.ends_with(b"?") {
            continue;
        }
        let promised = all.promises.len();
        reader.promises(start, end, &duties, &mut all);
        // "You'll hear from me no later than the 21st": a bare time inside a promise asks for nothing.
        let of_promise: Vec<(Option<Due>, String)> =
            all.promises[promised..].iter().map(|promise| (promise.due, promise.quote.clone())).collect();
        let mut at = 0;
        all.duties.retain(|duty| {
            at += 1;
            let bare = duty.quote.split_whitespace().count() <= MOST_OF_BARE_TIME;
            let same = |(due, quote): &(Option<Due>, String)| *due == duty.due && quote.contains(&duty.quote);
            at <= asked || !bare || !of_promise.iter().any(same)
        });
    }
    all
}

/// The most words of a time that stands without an act.
const MOST_OF_BARE_TIME: usize = 6;

/// Returns the day that a few words name, such as "a refund within five working days", counted from the day they were said.
///
/// `None` where they name none, or in a language that is not read.
#[must_use]
pub fn day_in(
    words: &str,
    said: Date,
    lang: Option<&str>,
    country: Option<Country>,
    calendar: Option<&WorkingDays<'_>>,
) -> Option<Date> {
    let folded = Folded::new(words);
    let told = crate::words::tell(&folded).or(lang);
    let found = [lang, told, Some("en")].into_iter().flatten().find_map(|code| {
        let written = Written { sent: Some(said), order: order::of(&folded.bytes, words, country, code) };
        due::find(&folded.bytes, b"", written, crate::words::of(code)?)
    })?;
    found.due.day(said, calendar)
}

/// Whether a named pattern is in a piece of text.
fn hit(lexicon: &Lexicon, name: &str, bytes: &[u8]) -> bool {
    lexicon.promise.get(name).is_some_and(|cue| cue.first(bytes).is_some())
}

/// What one reading needs.
struct Reader<'t> {
    text: &'t Folded<'t>,
    written: Written,
    lexicon: &'t Lexicon,
    /// The days on which people work where the case belongs.
    calendar: Option<&'t WorkingDays<'t>>,
    /// Whether the writer is the customer.
    customer: bool,
}

/// How an anchor makes a promise.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Way {
    /// It is one by itself: "we will".
    Plain,
    /// It is one with a time: "is due on Friday".
    Timed,
    /// It tells of one: "they told me that it would".
    Told,
}

impl Reader<'_> {
    /// Finds the promises of one sentence.
    fn promises(&self, start: usize, end: usize, duties: &[Hit], all: &mut Commitments) {
        let bytes = &self.text.bytes;
        let mut anchors: Vec<(Way, Hit)> = Vec::new();
        for (name, way) in [("told", Way::Told), ("will", Way::Plain), ("timed", Way::Timed)] {
            let Some(cue) = self.lexicon.promise.get(name) else { continue };
            for hit in cue.hits(&bytes[start..end]) {
                let hit = Hit { start: hit.start + start, end: hit.end + start };
                if !anchors.iter().any(|(_, a)| a.start < hit.end && hit.start < a.end) {
                    anchors.push((way, hit));
                }
            }
        }
        anchors.sort_by_key(|(_, a)| a.start);
        // A time word inside a clause that is a promise already ("will reply within") begins no other.
        let mut kept: Vec<(Way, Hit)> = Vec::with_capacity(anchors.len());
        for anchor in anchors {
            let inside =
                kept.last().is_some_and(|(_, last)| self.subject(last.end, anchor.1.start) <= last.end + 1);
            if anchor.0 != Way::Timed || !inside {
                kept.push(anchor);
            }
        }
        let anchors = kept;
        let mut until = start;
        for (i, (way, anchor)) in anchors.iter().enumerate() {
            let from = if *way == Way::Told { anchor.start } else { self.subject(until, anchor.start) };
            let next = anchors.get(i + 1).map_or(end, |(_, next)| self.subject(anchor.end, next.start));
            until = anchor.end;
            // A colon leads on: "We will compensate you: £40 will be credited" is one promise.
            if bytes[from..next].trim_ascii_end().ends_with(b":") && anchors.len() > i + 1 {
                continue;
            }
            if duties.iter().any(|duty| duty.start <= anchor.start && anchor.start < duty.end) {
                continue;
            }
            self.clause(*way, from, *anchor, next, all);
        }
    }

    /// Returns where the subject of an anchor begins: back to the last sign or joining word, six words at most.
    fn subject(&self, floor: usize, anchor: usize) -> usize {
        let bytes = &self.text.bytes;
        let mut at = anchor;
        for _ in 0..7 {
            let before = bytes[floor..at].trim_ascii_end();
            let word = before.iter().rposition(|b| *b == b' ').map_or(0, |p| p + 1);
            let text = &before[word..];
            let pronoun = hit(self.lexicon, "pronoun", text);
            let ends = text
                .last()
                .is_none_or(|b| matches!(b, b',' | b';' | b':' | b'.' | b'!' | b'?' | b'-' | b')'));
            let joins =
                std::str::from_utf8(text).is_ok_and(|w| self.lexicon.time.joins.iter().any(|j| j == w));
            if ends || joins {
                break;
            }
            at = floor + word;
            if word == 0 || pronoun {
                break;
            }
        }
        at
    }

    /// Reads one clause into a promise, if it is one.
    fn clause(&self, way: Way, from: usize, anchor: Hit, end: usize, all: &mut Commitments) {
        let bytes = &self.text.bytes;
        let piece = trimmed(&bytes[from..end]);
        let mut piece = Hit { start: from + piece.start, end: from + piece.end };
        if piece.end <= piece.start {
            return;
        }
        // What comes after the clause is not of it, unless it alone has the time: "it is going back; banks take two days".
        if let Some(cut) = self
            .lexicon
            .promise
            .get("cut")
            .and_then(|cue| cue.first(&bytes[anchor.end.min(piece.end)..piece.end]))
        {
            let end = anchor.end + cut.start;
            let time = |from, to| due::find(&bytes[from..to], b"", self.written, self.lexicon).is_some();
            if time(piece.start, end) || !time(end, piece.end) || way == Way::Plain {
                piece.end = end;
            }
        }
        let clause = &bytes[piece.start..piece.end];
        let before = bytes[piece.start..anchor.start.clamp(piece.start, piece.end)].trim_ascii();
        // Whom an act in the present tense is done to stands in its anchor: "Jo rings you" binds Jo.
        let subject = if way == Way::Timed && !before.is_empty() {
            before
        } else {
            bytes[piece.start..anchor.end.clamp(piece.start, piece.end)].trim_ascii()
        };
        if hit(self.lexicon, "no_promise", clause) || hit(self.lexicon, "nobody", subject) {
            return;
        }
        if way != Way::Told && denied(bytes, anchor, self.lexicon) {
            return;
        }
        // Behind the anchor first: "told us on Monday that you would send it by Wednesday".
        let behind = anchor.end.clamp(piece.start, piece.end);
        let shift = behind - piece.start;
        let found = due::find(&bytes[behind..piece.end], b"", self.written, self.lexicon)
            .map(|f| f.shifted(shift))
            .or_else(|| due::find(clause, &bytes[..piece.start], self.written, self.lexicon));
        if way != Way::Plain
            && found.is_none()
            && !(way == Way::Told && hit(self.lexicon, "told_plain", clause))
        {
            return;
        }
        let Some(who) = self.who(way, subject, clause) else { return };
        // "I'll chase them tomorrow and let you know": a second act behind a time is a promise of its own.
        let mut first = piece;
        let mut second = None;
        if let Some(found) = &found
            && let Some(tail) =
                self.lexicon.promise.get("and_then").and_then(|cue| cue.first(&clause[found.end..]))
        {
            let at = piece.start + found.end + tail.start;
            first.end = at;
            second = Some(Hit { start: at, end: piece.end });
        }
        let what_from = anchor.end.min(first.end);
        all.promises.push(self.promise(who, first, what_from, found.map(|f| f.due)));
        if let Some(second) = second {
            let joined = bytes[second.start..second.end].trim_ascii_start();
            let skip = joined.iter().position(|b| *b == b' ').map_or(0, |p| p + 1);
            let start = second.end - joined.len() + skip;
            let due = due::find(&bytes[start..second.end], b"", self.written, self.lexicon).map(|f| f.due);
            all.promises.push(self.promise(who, Hit { start, end: second.end }, start, due));
        }
    }

    /// Tells who is bound by a clause, or `None` where nobody is.
    fn who(&self, way: Way, subject: &[u8], clause: &[u8]) -> Option<Who> {
        let writer = if self.customer || hit(self.lexicon, "customer_act", clause) {
            Who::Customer
        } else {
            Who::Company
        };
        let other = if self.customer { Who::Company } else { Who::Customer };
        if way == Way::Told {
            return Some(if hit(self.lexicon, "told_you", clause) { other } else { Who::Company });
        }
        if hit(self.lexicon, "subject_i", subject) {
            return Some(writer);
        }
        if hit(self.lexicon, "subject_you", subject) {
            // "You will receive" binds the one who sends.
            return hit(self.lexicon, "receive", clause).then_some(if self.customer {
                Who::Customer
            } else {
                Who::Company
            });
        }
        Some(Who::Company)
    }

    /// Makes a promise of a place in the text.
    fn promise(&self, who: Who, place: Hit, what_from: usize, due: Option<Due>) -> Promise {
        let quote =
            self.text.quote(place.start, place.end).trim_end_matches(['.', ',', ';', '!', ' ']).to_owned();
        let mut what = self
            .text
            .quote(what_from.max(place.start), place.end)
            .trim_end_matches(['.', ',', ';', '!', ' '])
            .to_owned();
        if let Some((at, _)) = what.match_indices(' ').nth(11) {
            what.truncate(at);
            what.push('…');
        }
        if what.is_empty() {
            what.clone_from(&quote);
        }
        let day = self.written.sent.zip(due).and_then(|(sent, due)| due.day(sent, self.calendar));
        Promise { who, what, due, day, quote, ends_offer: false }
    }

    /// Finds deadlines laid on the customer in one sentence; returns their places.
    fn duties(&self, start: usize, end: usize, all: &mut Commitments) -> Vec<Hit> {
        let bytes = &self.text.bytes;
        let mut places = self.end_of_offer(start, end, all);
        let Some(cue) = self.lexicon.promise.get("duty") else { return places };
        let never: Vec<Hit> = self
            .lexicon
            .promise
            .get("no_duty")
            .map(|cue| cue.hits(&bytes[start..end]).collect())
            .unwrap_or_default();
        for hit in cue.hits(&bytes[start..end]) {
            let from = start + hit.start;
            if never.iter().any(|never| never.start <= hit.start && hit.start < never.end) {
                continue;
            }
            if places.iter().any(|place: &Hit| place.start <= from && from < place.end) {
                continue;
            }
            // Up to the end of the clause.
            let rest = &bytes[start + hit.end..end];
            let stop = rest.iter().position(|b| matches!(b, b',' | b';' | b':')).unwrap_or(rest.len());
            let clause = self
                .lexicon
                .promise
                .get("clause_end")
                .and_then(|cue| cue.first(&rest[..stop]))
                .map_or(stop, |h| h.start);
            let place = Hit { start: from, end: start + hit.end + clause };
            let Some(found) = due::find(&bytes[place.start..place.end], b"", self.written, self.lexicon)
            else {
                continue;
            };
            let mut duty = self.promise(Who::Customer, place, place.start, Some(found.due));
            let what = self
                .text
                .quote(place.start, place.start + found.start)
                .trim_end_matches(['.', ',', ';', ' ']);
            what.clone_into(&mut duty.what);
            all.duties.push(duty);
            places.push(place);
        }
        places
    }
}

impl Reader<'_> {
    /// Finds the day until which an offer can be taken: a deadline of the customer's, whoever is the subject of the sentence. Its time may stand
    /// behind a comma ("is open, in full and final settlement, until 14 June") and needs no word of deadline ("open for 28 days").
    fn end_of_offer(&self, start: usize, end: usize, all: &mut Commitments) -> Vec<Hit> {
        let bytes = &self.text.bytes;
        let Some(cue) = self.lexicon.promise.get("offer_open") else { return Vec::new() };
        let Some(hit) = cue.first(&bytes[start..end]) else { return Vec::new() };
        let (from, behind) = (start + hit.start, start + hit.end);
        let found =
            due::find(&bytes[behind..end], b"", self.written, self.lexicon).map(|f| f.shifted(behind - from));
        let Some(found) = found.or_else(|| due::find(&bytes[from..end], b"", self.written, self.lexicon))
        else {
            return Vec::new();
        };
        let place = Hit { start: from, end: behind.max(from + found.end) };
        let mut duty = self.promise(Who::Customer, place, place.start, Some(found.due));
        duty.ends_offer = true;
        all.duties.push(duty);
        vec![place]
    }
}

/// Returns the range of a piece without joining signs and spaces around it.
fn trimmed(piece: &[u8]) -> Hit {
    let off = |b: &u8| matches!(b, b' ' | b',' | b';' | b'-' | b':' | b'(');
    let start = piece.iter().position(|b| !off(b)).unwrap_or(piece.len());
    let mut end = piece.iter().rposition(|b| !off(b)).map_or(start, |p| p + 1);
    for joining in [&b" and"[..], b" but", b" or", b" und", b" aber", b" et", b" mais", b" y", b" pero"] {
        if end > start && piece[start..end].ends_with(joining) {
            end -= joining.len();
        }
    }
    Hit { start, end: end.max(start) }
}
