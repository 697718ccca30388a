//! The check of a customer's own words: what a calm editor would mark, what is missing, how long it takes to read.
//!
//! Each mark has a stable code (`data/findings.toml`), its place, the words, the reason and a better way. One mark is reported for each kind
//! and code group at its strongest place, with the other places beside it: a letter is mended kind by kind. Good texts are left alone.

mod contents;
mod contrast;
mod findings;
mod fix;
mod loud;
mod private;
mod stranger;
mod ultimatum;
mod unfilled;
mod violence;

use serde::Serialize;

pub use contents::Contents;
pub use findings::{Finding, Kind, Severity, all as findings, page};
pub use fix::fix;

use crate::fold::Folded;
use crate::input::{self, InputError};
use crate::words::{self, Lexicon};

/// How many words a draft may have before it is over long.
pub const MOST_WORDS: usize = 300;

/// Words a minute that an attentive reader takes in, after M. Brysbaert, "How many words do we read per minute?" (2019): 238 for prose.
const WORDS_A_MINUTE: usize = 238;

/// Where a mark stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub col: usize,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Another place of the same kind, and what stands there: a threat with a lawsuit is none with publicity.
#[derive(Clone, Copy, Debug, Serialize, schemars::JsonSchema)]
pub struct Other {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// Its stable code.
    pub code: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
}

/// Something that a calm editor would mark.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Flag {
    /// Its kind.
    pub kind: Kind,
    /// Its stable code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The words.
    pub quote: String,
    /// Where they stand.
    pub place: Place,
    /// Why it weakens the case.
    pub why: &'static str,
    /// A better way.
    pub better: &'static str,
    /// Other places of the same kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Other>,
    /// Whether `--fix` mends it without a change of sense.
    pub fixable: bool,
}

/// What the check says of a draft.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Report {
    /// The language that it was read in; none for one that is not read yet.
    pub lang: Option<&'static str>,
    /// Marks, in the order of the text.
    pub flags: Vec<Flag>,
    /// Private data that would be published.
    pub private: Vec<Flag>,
    /// What the draft contains.
    pub has: Contents,
    /// How many words it has.
    pub words: usize,
    /// How many seconds it takes to read.
    pub reading_seconds: usize,
    /// What could not be looked at, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A mark before it is put together.
#[derive(Clone, Debug)]
struct Mark {
    finding: &'static Finding,
    start: usize,
    end: usize,
    weight: u8,
}

/// Checks a draft. `lang` is its language where it is known, as an ISO 639-1 code.
///
/// # Errors
///
/// [`InputError`] where the text is empty, has no words, is no text at all, or is too long.
pub fn check(text: &str, lang: Option<&str>) -> Result<Report, InputError> {
    input::check(text)?;
    let folded = Folded::new(text);
    let lang = lang.filter(|code| words::of(code).is_some()).or_else(|| words::tell(&folded));
    let lexicon = lang.and_then(words::of);
    let lines = Lines::of(text);
    let mut marks = loud::marks(text, lexicon);
    marks.extend(unfilled::marks(text));
    let mut has = Contents::default();
    let mut notes = Vec::new();
    if let Some(lexicon) = lexicon {
        let blanked = folded.without_names();
        let hits = tone(&blanked, &folded, lexicon);
        let read = contents::read(&blanked, &hits, lexicon);
        has = read.has;
        for (finding, hit) in &hits {
            // What an empty phrase is worth is told from the whole text.
            if finding.kind == Kind::Vague && !read.vague {
                continue;
            }
            let place = folded.place(hit.start, hit.end);
            let quote = text[place.clone()].trim();
            let start = place.start + (text[place.clone()].len() - text[place].trim_start().len());
            marks.push(Mark { finding, start, end: start + quote.len(), weight: weight(finding, quote) });
        }
        if read.vague && !marks.iter().any(|m| m.finding.kind == Kind::Vague) {
            let (start, end) = emptiest(text, &marks);
            marks.push(Mark { finding: findings::named("vague"), start, end, weight: 1 });
        }
    } else {
        let languages: Vec<&str> = words::languages().collect();
        notes.push(format!("this language is not read yet (read are: {}): only shouting, length and private data were looked at", languages.join(", ")));
    }
    let words = text.split_whitespace().count();
    if words > MOST_WORDS {
        let (start, end) = beginning(text);
        marks.push(Mark { finding: findings::named("over_long"), start, end, weight: 1 });
    }
    let private =
        private::marks(&folded).into_iter().map(|m| flag(&m, text, &lines, Vec::new(), lexicon)).collect();
    Ok(Report {
        lang: lexicon.map(|l| l.code.as_str()),
        flags: together(marks, text, &lines, lexicon),
        private,
        has,
        words,
        reading_seconds: (words * 60).div_ceil(WORDS_A_MINUTE),
        notes,
    })
}

/// Finds the marks of tone: from the tables of words, and those that need a whole sentence.
fn tone(
    blanked: &[u8],
    folded: &Folded<'_>,
    lexicon: &'static Lexicon,
) -> Vec<(&'static Finding, crate::words::Hit)> {
    let mut hits = contents::flags(blanked, folded, lexicon);
    hits.extend(
        contrast::marks(blanked, lexicon).into_iter().map(|hit| (findings::named("mock_praise"), hit)),
    );
    hits.extend(violence::marks(blanked, lexicon).into_iter().map(|hit| (findings::named("harm"), hit)));
    let strangers = stranger::told(blanked, lexicon);
    hits.retain(|(finding, hit)| {
        finding.kind != Kind::Accusatory
            || !strangers.iter().any(|told| told.start <= hit.start && hit.start < told.end)
    });
    hits.extend(
        ultimatum::marks(blanked, lexicon).into_iter().map(|hit| (findings::named("ultimatum"), hit)),
    );
    lawful(blanked, hits)
}

/// Leaves out the pressure of a sentence whose harm is a lawsuit: "pay, or else I will sue you" threatens with court and with nothing worse.
fn lawful(
    blanked: &[u8],
    mut hits: Vec<(&'static Finding, crate::words::Hit)>,
) -> Vec<(&'static Finding, crate::words::Hit)> {
    let suits: Vec<usize> =
        hits.iter().filter(|(finding, _)| finding.name == "legal").map(|(_, hit)| hit.start).collect();
    if !suits.is_empty() {
        let with_suit: Vec<(usize, usize)> = crate::reply::sentences(blanked)
            .into_iter()
            .filter(|(start, end)| suits.iter().any(|at| start <= at && at < end))
            .collect();
        hits.retain(|(finding, hit)| {
            let pressure = matches!(finding.name.as_str(), "menace" | "ultimatum");
            !pressure || !with_suit.iter().any(|(start, end)| *start <= hit.start && hit.start < *end)
        });
    }
    hits
}

/// Returns the features by which the contents of a draft are judged, for the training of the weights; none in a language that is not
/// read.
#[must_use]
pub fn features_of(text: &str, lang: Option<&str>) -> Vec<String> {
    let folded = Folded::new(text);
    let Some(lexicon) = lang.or_else(|| words::tell(&folded)).and_then(words::of) else { return Vec::new() };
    let blanked = folded.without_names();
    let hits = tone(&blanked, &folded, lexicon);
    contents::features(&blanked, &hits, lexicon).into_iter().filter(|name| !name.is_empty()).collect()
}

/// How strong a mark is: longer words of a graver code first.
fn weight(finding: &Finding, quote: &str) -> u8 {
    let grave = match finding.severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Note => 1,
    };
    grave * 20 + u8::try_from(quote.split_whitespace().count().min(9)).unwrap_or(9)
}

/// Puts marks together: one flag for each kind at its strongest place, the other places beside it.
fn together(mut marks: Vec<Mark>, text: &str, lines: &Lines, lexicon: Option<&Lexicon>) -> Vec<Flag> {
    marks.sort_by_key(|m| (m.start, m.end));
    let mut flags: Vec<Flag> = Vec::new();
    for kind in Kind::ALL {
        let of_kind: Vec<&Mark> = marks.iter().filter(|m| m.finding.kind == kind).collect();
        let Some(strongest) =
            of_kind.iter().max_by(|a, b| a.weight.cmp(&b.weight).then(b.start.cmp(&a.start)))
        else {
            continue;
        };
        let mut also: Vec<Other> = Vec::new();
        for mark in &of_kind {
            let apart = mark.end <= strongest.start || strongest.end <= mark.start;
            if apart && also.last().is_none_or(|last| last.place.end <= mark.start) {
                let place = lines.place(text, mark.start, mark.end);
                also.push(Other { place, code: &mark.finding.code, title: &mark.finding.title });
            }
        }
        flags.push(flag(strongest, text, lines, also, lexicon));
    }
    flags.sort_by_key(|flag| flag.place.start);
    flags
}

/// Makes a flag of a mark.
fn flag(mark: &Mark, text: &str, lines: &Lines, also: Vec<Other>, lexicon: Option<&Lexicon>) -> Flag {
    let finding = mark.finding;
    Flag {
        kind: finding.kind,
        code: &finding.code,
        severity: finding.severity,
        title: &finding.title,
        quote: text[mark.start..mark.end].to_owned(),
        place: lines.place(text, mark.start, mark.end),
        why: &finding.why,
        better: &finding.better,
        also,
        fixable: finding.kind == Kind::Shouting
            && fix::is_safe(&text[mark.start..mark.end], finding.name == "marks", lexicon),
    }
}

/// Returns the first words of a text.
fn beginning(text: &str) -> (usize, usize) {
    let start = text.len() - text.trim_start().len();
    let mut end = start;
    for (at, word) in words_with_places(text).take(8) {
        end = at + word.len();
    }
    (start, end)
}

/// Returns the shortest sentence that another mark stands in, or the first: the place to ask for facts.
fn emptiest(text: &str, marks: &[Mark]) -> (usize, usize) {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '.' | '!' | '?' | '\n') {
            sentences.push((start, at + c.len_utf8()));
            start = at + c.len_utf8();
        }
    }
    sentences.push((start, text.len()));
    let marked = |(from, to): &(usize, usize)| marks.iter().any(|m| *from <= m.start && m.start < *to);
    let long = |(from, to): &(usize, usize)| text[*from..*to].split_whitespace().count() > 2;
    let chosen = sentences
        .iter()
        .find(|s| marked(s) && long(s))
        .or_else(|| sentences.iter().find(|s| long(s)))
        .copied()
        .unwrap_or((0, text.len()));
    let sentence = &text[chosen.0..chosen.1];
    let from = chosen.0 + sentence.len() - sentence.trim_start().len();
    (from, from + sentence.trim().len())
}

/// Returns the words of a text with the byte at which each begins.
pub(crate) fn words_with_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Where lines begin.
struct Lines(Vec<usize>);

impl Lines {
    /// Reads the beginnings of the lines of a text.
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// Makes a place of two bytes.
    fn place(&self, text: &str, start: usize, end: usize) -> Place {
        let line = self.0.partition_point(|begin| *begin <= start);
        let begin = self.0[line.saturating_sub(1)];
        Place { line, col: text[begin..start].chars().count() + 1, start, end }
    }
}

#[cfg(test)]
mod tests;
