//! Digits spelt out in words: `eight-six-six`, `one eight hundred`, `zéro un, quatre-vingt-dix-neuf`.
//!
//! Words of six languages stand for one or two digits; seven digits or more in a row are a number that somebody says
//! aloud. Fewer are prose. Digits between the words (`5five5-01 seven 8`) belong to the number where it is a whole one.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The fewest digits in words that are a number.
const FEWEST: usize = 7;
/// The most words of one number.
const MOST_WORDS: usize = 40;

/// Units and teens by language: what is said for 0 to 19.
const LOW: &[&str] = &[
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
     eighteen nineteen",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn \
     achtzehn neunzehn",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit \
     dix-neuf",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete \
     dieciocho diecinueve",
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici \
     diciassette diciotto diciannove",
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien \
     achttien negentien",
];

/// Tens by language, from 20; a sign tells how units are joined: `-` after with a hyphen or space, `<` before with `und`.
const TENS: &[(&str, &str, &str)] = &[
    ("en", "twenty thirty forty fifty sixty seventy eighty ninety", "-"),
    ("de", "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", "und"),
    ("fr", "vingt trente quarante cinquante soixante", "-"),
    ("es", "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", " y "),
    ("it", "venti trenta quaranta cinquanta sessanta settanta ottanta novanta", ""),
    ("nl", "twintig dertig veertig vijftig zestig zeventig tachtig negentig", "en"),
];

/// Words for digits, each with the digits.
static WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(words);

fn words() -> HashMap<String, String> {
    let mut words: HashMap<String, String> = HashMap::new();
    let mut add = |word: &str, digits: String| {
        words.entry(word.replace([' ', '-'], "-")).or_insert(digits);
    };
    for low in LOW {
        for (value, word) in low.split_whitespace().enumerate() {
            add(word, value.to_string());
        }
    }
    for (at, (_, tens, joint)) in TENS.iter().enumerate() {
        let low: Vec<&str> = LOW[at].split_whitespace().collect();
        for (ten, word) in tens.split_whitespace().enumerate() {
            add(word, format!("{}", (ten + 2) * 10));
            for (unit, small) in low.iter().enumerate().take(10).skip(1) {
                let small_joined = if *small == "eins" { "ein" } else { small };
                let said = match *joint {
                    "und" | "en" => format!("{small_joined}{joint}{word}"),
                    // `trentuno`, `trentotto`: the vowel before a vowel falls.
                    "" if matches!(unit, 1 | 8) => format!("{}{small}", &word[..word.len() - 1]),
                    joint => format!("{word}{joint}{small}"),
                };
                add(&said, ((ten + 2) * 10 + unit).to_string());
            }
        }
    }
    // French counts by twenties.
    let low: Vec<&str> = LOW[2].split_whitespace().collect();
    for (value, small) in low.iter().enumerate() {
        if value >= 10 {
            add(&format!("soixante-{small}"), (60 + value).to_string());
        }
        let eighty = if value == 0 { "quatre-vingts".to_owned() } else { format!("quatre-vingt-{small}") };
        add(&eighty, (80 + value).to_string());
    }
    add("quatre-vingt", "80".into());
    for (word, digits) in [
        ("oh", "0"),
        ("o", "0"),
        ("nought", "0"),
        ("nil", "0"),
        ("zwo", "2"),
        ("ein", "1"),
        ("una", "1"),
        ("één", "1"),
        ("hundred", "00"),
        ("hundert", "00"),
        ("cents", "00"),
        ("cent", "00"),
        ("septante", "70"),
        ("nonante", "90"),
        ("ochocientos", "800"),
        ("novecientos", "900"),
        ("ottocento", "800"),
        ("novecento", "900"),
        ("achthonderd", "800"),
        ("negenhonderd", "900"),
        ("achthundert", "800"),
        ("neunhundert", "900"),
    ] {
        add(word, digits.into());
    }
    words
}

/// Returns how often the next word counts: `double seven`, `triple eight`.
fn times(word: &str) -> Option<usize> {
    match word {
        "double" | "doble" | "doppel" | "doppio" | "dubbel" | "dubbele" => Some(2),
        "triple" | "treble" | "dreifach" | "triplo" => Some(3),
        _ => None,
    }
}

/// A word of a text and where it stands.
struct Word {
    range: Range<usize>,
    lower: String,
}

/// The digits of a whole number that is written half in words.
const WHOLE: std::ops::RangeInclusive<usize> = 10..=13;
/// The most digits that stand together in one.
const MOST_TOGETHER: usize = 4;

/// Finds numbers said in words: where each stands, and its digits.
pub(super) fn digits(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut run: Vec<Word> = Vec::new();
    let mut last_end = 0;
    for (start, word) in tokens(text) {
        let lower = word.to_lowercase();
        let gap = text.get(last_end..start).unwrap_or("");
        let near = gap.chars().count() <= 3
            && gap.chars().all(|c| " ,.-–—\u{a0}/()".contains(c))
            // A stop parts groups that are said, not a number said from one in figures.
            && (!gap.contains(". ") || !is_digits(word) && run.last().is_some_and(|w| !is_digits(&w.lower)));
        let known = WORDS.contains_key(&lower)
            || times(&lower).is_some()
            || is_digits(word) && word.len() <= MOST_TOGETHER
            || lower == "quatre"
            || lower == "y" && !run.is_empty();
        if !(near && known) {
            settle_mixed(&run, &mut found);
            run.clear();
        }
        if known && run.len() < MOST_WORDS {
            run.push(Word { range: start..start + word.len(), lower });
        }
        last_end = start + word.len();
    }
    settle_mixed(&run, &mut found);
    found
}

/// Splits a text into words of letters alone and runs of digits: hyphens part them, and a capital after a small letter
/// (`FiveFiveOne`).
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let digits = text[start..].starts_with(|c: char| c.is_ascii_digit());
        let mut before = ' ';
        let ends = |c: char| {
            let humped = before.is_lowercase() && c.is_uppercase();
            before = c;
            humped || !c.is_alphanumeric() || c.is_ascii_digit() != digits
        };
        let len = text[start..].find(ends).unwrap_or(text.len() - start);
        at = start + len;
        Some((start, &text[start..start + len]))
    })
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Makes digits of a run of words and digits: of the whole, where that is a number with two words in it at least, else of
/// its words alone.
fn settle_mixed(run: &[Word], found: &mut Vec<(Range<usize>, String)>) {
    let said = run.iter().filter(|word| !is_digits(&word.lower)).count();
    if said < run.len() && said >= 2 {
        let mut digits = String::new();
        let (mut repeat, mut tens) = (1, false);
        for word in run {
            if let Some(next) = times(&word.lower) {
                repeat = next;
                continue;
            }
            let value = WORDS.get(&word.lower).map_or(word.lower.as_str(), String::as_str);
            // `seventy-two`: the unit takes the place of the nought.
            if tens && value.len() == 1 && !is_digits(&word.lower) && value != "0" {
                digits.pop();
            }
            tens = value.len() == 2 && value.ends_with('0') && value > "10" && !is_digits(&word.lower);
            digits.push_str(&value.repeat(repeat));
            repeat = 1;
        }
        if let (true, Some(first), Some(last)) =
            (is_digits(&digits) && WHOLE.contains(&digits.len()), run.first(), run.last())
        {
            found.push((first.range.start..last.range.end, digits));
            return;
        }
    }
    run.split(|word| is_digits(&word.lower)).for_each(|words| settle(words, found));
}

/// Makes digits of a run of words, where it is long enough.
fn settle(run: &[Word], found: &mut Vec<(Range<usize>, String)>) {
    if run.len() < 4 {
        return;
    }
    let mut digits = String::new();
    let mut at = 0;
    let mut end = run[0].range.end;
    while at < run.len() {
        let repeat = times(&run[at].lower);
        if repeat.is_some() {
            at += 1;
        }
        // The longest phrase first: `quatre vingt dix neuf` before `quatre`.
        let phrase = (1..=4.min(run.len() - at)).rev().find_map(|len| {
            let said = run[at..at + len].iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join("-");
            WORDS.get(&said).map(|digits| (len, digits.clone()))
        });
        let Some((len, mut value)) = phrase else { break };
        end = run[at + len - 1].range.end;
        at += len;
        // "forty five" said apart.
        if value.len() == 2
            && value.ends_with('0')
            && value != "00"
            && value != "10"
            && let Some(unit) =
                run.get(at).and_then(|w| WORDS.get(&w.lower)).filter(|d| d.len() == 1 && *d != "0")
        {
            value = format!("{}{unit}", &value[..1]);
            end = run[at].range.end;
            at += 1;
        }
        digits.push_str(&value.repeat(repeat.unwrap_or(1)));
    }
    if (FEWEST..=15).contains(&digits.len()) {
        found.push((run[0].range.start..end, digits));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_said_aloud_are_read_in_six_languages() {
        for (text, expected) in [
            ("on eight-seven-seven, five-five-five, zero-one-six-three.", "8775550163"),
            ("One eight hundred, one six oh, four oh one.", "1800160401"),
            ("oh two oh, seven nine four six, double oh one two", "02079460012"),
            ("null drei null, zwei drei eins zwei fünf eins null null", "03023125100"),
            ("zéro un, quatre-vingt-dix-neuf, zéro zéro, douze, trente-quatre", "0199001234"),
            ("nueve cero cero, cero cero cero, cero uno dos", "900000012"),
            ("zero due, zero zero zero zero, undici quaranta", "0200001140"),
            ("nul acht vijf, nul nul nul, nul een vierenveertig", "0850000144"),
            ("three forty five six seven eight nine", "3456789"),
            ("dial (888) 5five5-01 seven 8 now", "8885550178"),
            ("he answers at 305 (555) 01 sixty-four", "3055550164"),
            ("☏ ThreeZeroFive.FiveFiveFive.ZeroOneSixFour", "3055550164"),
            ("three zero five. five five five. zero one six four", "3055550164"),
        ] {
            let found = digits(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].1, expected, "{text}");
        }
    }

    #[test]
    fn prose_with_a_few_numbers_is_no_number() {
        assert!(digits("one or two of us waited six weeks, then three more, for ten men").is_empty());
        assert!(digits("888-555-0178, one or two rings").is_empty());
        assert!(digits("It took forty five. 888-555-0178 is the desk").is_empty());
        assert!(digits("between 9 and 11, 2 or three days").is_empty());
    }
}
