//! Sarcasm without a set phrase: praise or thanks in the same breath as a mishap, a belittling guess, a question that asks nothing.
//!
//! Three signs, each made of classes of words and of their places, none of them of whole phrases.
//!
//! "How thoughtful of you to switch the heating off" praises nobody. A sentence is marked where words of praise that are easily meant the
//! other way round stand with a mishap, unless a "but" parts the two (then the praise is meant), or the sentence thanks for real help. A
//! bare cheer ("Wonderful.") counts with the sentence behind it or before it, one that leads a sentence ("Wonderful, the third reminder") with its rest, and
//! there a mere repetition is mishap enough. An act of praise ("Congratulations on …", "What a …") counts with the sentence behind it too.
//!
//! A guess about the company ("I suppose your staff …", "Presumably nobody …") belittles where what is guessed is a lack of sense, time or will:
//! "… are too busy", "… never learnt to read". A guess about a fact does not. A question belittles where it asks for no answer: one
//! in disbelief about the company, of a mishap or of such a lack ("Does anyone there ever read …?").

use crate::reply::sentences;
use crate::words::{Cue, Hit, Lexicon};

/// Words that a cheer by itself may have.
const CHEER: usize = 3;
/// Words that an act of praise may have which is answered for by the sentence behind it.
const ACT: usize = 14;

/// Returns the places of mocking praise.
pub(super) fn marks(folded: &[u8], lexicon: &Lexicon) -> Vec<Hit> {
    let cue = |name: &str| lexicon.contrast.get(name);
    let (Some(praise), Some(mishap)) = (cue("praise"), cue("mishap")) else { return Vec::new() };
    let stands = |name: &str, bytes: &[u8]| cue(name).is_some_and(|cue| cue.first(bytes).is_some());
    let sentences: Vec<(usize, usize)> = sentences(folded).into_iter().collect();
    let mut marks = Vec::new();
    for (at, (start, end)) in sentences.iter().copied().enumerate() {
        let sentence = &folded[start..end];
        if stands("meant", sentence) {
            if let Some(found) = question(sentence, lexicon) {
                marks.push(Hit { start: start + found.start, end: start + found.end });
            }
            continue;
        }
        if let Some(found) = praise.first(sentence) {
            let rest = &sentence[found.end..];
            let bad = mishap.first(rest).map(|bad| found.end + bad.start);
            let before = mishap.first(&sentence[..found.start]).is_some();
            let parted = bad.is_some_and(|bad| stands("but", &sentence[found.end..bad]));
            if bad.is_some() && !parted || before && bad.is_none() && !stands("but", &sentence[..found.start])
            {
                marks.push(Hit { start: start + found.start, end: start + found.end });
                continue;
            }
        }
        if let Some(found) = guess(sentence, lexicon).or_else(|| question(sentence, lexicon)) {
            marks.push(Hit { start: start + found.start, end: start + found.end });
            continue;
        }
        if let Some(lead) = lead(sentence, cue("cheer")) {
            let rest = &sentence[lead.end..];
            let bad = mishap.first(rest).or_else(|| cue("again")?.first(rest));
            if bad.is_some_and(|bad| !stands("but", &rest[..bad.start])) {
                marks.push(Hit { start: start + lead.start, end: start + lead.end });
                continue;
            }
        }
        let words = sentence.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count();
        let blank = sentence.len() - sentence.trim_ascii_start().len();
        let acts =
            || cue("act").and_then(|cue| cue.first(sentence)).is_some_and(|act| act.start <= blank + 2);
        let cheers = words <= CHEER && stands("cheer", sentence);
        // A turn in the sentence behind ("The bill, though, …") means that the praise was meant.
        let mocked_by = |(from, to): &(usize, usize)| {
            mishap.first(&folded[*from..*to]).is_some() && !stands("but", &folded[*from..*to])
        };
        let before = at.checked_sub(1).and_then(|at| sentences.get(at));
        if (cheers || words <= ACT && acts()) && sentences.get(at + 1).is_some_and(mocked_by)
            || cheers && before.is_some_and(mocked_by)
        {
            marks.push(Hit { start, end });
        }
    }
    marks
}

/// Returns a belittling guess about the company: a word of guessing, the company behind it, and behind that a lack of sense, time or will.
fn guess(sentence: &[u8], lexicon: &Lexicon) -> Option<Hit> {
    let cue = |name: &str| lexicon.contrast.get(name);
    let guess = cue("guess")?.first(sentence)?;
    let they = cue("theirs")?.first(&sentence[guess.end..])?;
    let from = guess.end + they.end;
    let lack = cue("lack")?.first(&sentence[from..])?;
    Some(Hit { start: guess.start, end: from + lack.end })
}

/// Returns a question that asks nothing: in disbelief by itself ("how hard can it be …"), or in disbelief about the company with a mishap or a
/// lack. One that asks politely for something is left alone.
fn question(sentence: &[u8], lexicon: &Lexicon) -> Option<Hit> {
    let cue = |name: &str| lexicon.contrast.get(name);
    if !sentence.trim_ascii_end().ends_with(b"?")
        || cue("polite").is_some_and(|cue| cue.first(sentence).is_some())
    {
        return None;
    }
    if let Some(found) = cue("disbelief").and_then(|cue| cue.first(sentence)) {
        return Some(found);
    }
    let doubt = cue("doubt")?.first(sentence)?;
    cue("theirs")?.first(sentence)?;
    let lack = cue("lack").and_then(|cue| cue.first(sentence))?;
    Some(Hit { start: doubt.start.min(lack.start), end: doubt.end.max(lack.end) })
}

/// Returns the cheer that a sentence begins with, parted from its rest by a sign: "Wonderful, …".
fn lead(sentence: &[u8], cheer: Option<&Cue>) -> Option<Hit> {
    let blank = sentence.len() - sentence.trim_ascii_start().len();
    let found = cheer?.first(sentence).filter(|found| found.start <= blank + 3)?;
    let next = sentence[found.end..].trim_ascii_start().first();
    matches!(next, Some(b',' | b':' | b'-')).then_some(found)
}
