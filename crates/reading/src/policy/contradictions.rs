//! Contradictions: what a procedure says in two places that cannot both hold.
//!
//! Two times in which one stage answers, told apart; a number of stages that is not the number told of. Neither is decided
//! here: the stages stay as they were read (of two times the longer), and what was said is told with its words, as the
//! customer may lean on either.

use ladder::Stage;

use super::cue::Cue;
use super::draft::Binds;
use super::text::Text;
use super::time::{self, Clocks, StageClock};
use super::words::Kind;

/// The largest number of stages that a procedure is thought to announce.
const MOST: u32 = 7;

/// How many contradictions are told: a text with more is none to lean on anyway.
const TOLD: usize = 6;

/// Returns what a procedure says against itself, in words. `home` tells the stage of a draft.
pub(super) fn tell(
    text: &Text<'_>,
    clocks: &Clocks,
    home: &dyn Fn(usize) -> Option<usize>,
    stages: &[Stage],
) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        for (binds, what) in [(Binds::Acknowledge, "acknowledged"), (Binds::Respond, "answered")] {
            let sure: Vec<&StageClock> = clocks
                .stages
                .iter()
                .filter(|clock| clock.binds == binds && home(clock.stage) == Some(at) && is_sure(text, clock))
                .collect();
            let Some((first, other)) = sure.iter().enumerate().find_map(|(n, first)| {
                let differs = |other: &&&StageClock| is_other(text, first, other);
                sure[n + 1..].iter().find(differs).map(|other| (first, other))
            }) else {
                continue;
            };
            told.push(format!(
                "stage {} is said to be {what} in {} (`{}`) and in {} (`{}`): the longer was taken",
                stage.order, first.stated.clock, first.stated.quote, other.stated.clock, other.stated.quote
            ));
        }
    }
    if let Some((n, quote)) = announced(text)
        && !stages.is_empty()
        && usize::try_from(n).is_ok_and(|n| n != stages.len() && n != stages.len() + 1)
    {
        told.push(format!("the text speaks of {n} stages (`{quote}`), and {} were read", stages.len()));
    }
    told.truncate(TOLD);
    told
}

/// Whether a time is told for the stage as such: no range, no time on top, none for one kind of issue or the whole.
fn is_sure(text: &Text<'_>, clock: &StageClock) -> bool {
    let sentence = &text.words.sentences[text.words.sentence_of(clock.at)].words;
    let loose =
        [Cue::Extra, Cue::Average, Cue::Often, Cue::OneKind, Cue::Whole, Cue::Not, Cue::If, Cue::AtMost];
    !clock.whole
        && !clock.one_kind
        && !clock.touch
        && !clock.extra
        && clock.doubt.is_none()
        && !loose.iter().any(|&cue| text.has(sentence, cue))
}

/// Whether two times differ and stand in sentences of their own.
fn is_other(text: &Text<'_>, first: &StageClock, other: &StageClock) -> bool {
    let apart = text.words.sentence_of(first.at) != text.words.sentence_of(other.at);
    let (a, b) = (first.stated.clock, other.stated.clock);
    apart && a.unit == b.unit && (time::longer(a, b) || time::longer(b, a))
}

/// How many stages the text says that there are (`a two-stage procedure`, `our complaints process has three stages`), with
/// the words. A text that says two numbers is not asked.
pub(super) fn announced(text: &Text<'_>) -> Option<(u32, String)> {
    let words = &text.words.words;
    let mut found: Option<(u32, String)> = None;
    for at in 0..words.len().saturating_sub(1) {
        let number = match words[at].kind {
            Kind::Number(n) => Some(n),
            Kind::Word => text.patterns.number(text.words.spelling(at)),
            _ => None,
        };
        let Some(n) = number.filter(|n| (2..=MOST).contains(n)) else { continue };
        let next = text.words.spelling(at + 1);
        let stage =
            |word: &str| text.language.stage.iter().any(|known| word == *known || is_plural(word, known));
        let labels = at > 0 && stage(text.words.spelling(at - 1));
        if labels || !stage(next) || words[at + 1].gap > super::words::Gap::None {
            continue;
        }
        let sentence = &text.words.sentences[text.words.sentence_of(at)].words;
        let quote = time::quote(text, sentence, &(at..at + 2));
        match &found {
            Some((known, _)) if *known != n => return None,
            Some(_) => {}
            None => found = Some((n, quote)),
        }
    }
    found
}

/// Whether a word is another with the ending of a plural: one or two letters more.
fn is_plural(word: &str, known: &str) -> bool {
    word.strip_prefix(known).is_some_and(|rest| matches!(rest, "s" | "n" | "en" | "es"))
}
