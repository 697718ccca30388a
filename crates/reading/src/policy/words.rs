//! Words of an outline: the text cut into paragraphs, sentences and words, each with its place in the outline.
//!
//! Everything later (labels, cues, durations, names of bodies) works on these words and answers in places of
//! [`Outline::text`], so that each answer carries the words that it rests on. A word is folded (lower case, straight
//! apostrophe) and interned: one number a spelling. Mail addresses and web addresses stay whole, so that no cue is
//! found inside of them. What nobody reads on the page itself (menus, header, footer) is left out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::{FixedState, RandomState};
use ladder::Place;

use crate::outline::{BlockId, BlockKind, Outline};

/// Words beyond this many are not read: a procedure is never so long.
const MOST_WORDS: usize = 120_000;

/// A sentence of more words is cut: it is none, and would take long to weigh.
const LONGEST: usize = 240;

/// How a word is parted from the one before it.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Gap {
    /// By white space or a hyphen.
    #[default]
    None,
    /// By a comma, a bracket or a quotation mark.
    Comma,
    /// By a dash with space around it.
    Dash,
    /// By a colon.
    Colon,
    /// By a semicolon or the border of a table cell.
    Clause,
    /// By the end of a sentence.
    Sentence,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// A whole number.
    Number(u32),
    /// `3rd`, `10th`.
    Ordinal(u32),
    /// Money, per cent, times of day, decimals, codes.
    Figure,
    /// A mail address or web address.
    Address,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Case {
    /// `word` or `wOrd`.
    Lower,
    /// `Word`.
    Title,
    /// `WORD`, at least two letters.
    Upper,
}

/// A word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it begins in [`Outline::text`].
    pub(super) start: u32,
    /// Where it ends.
    pub(super) end: u32,
    /// Its spelling, as an index of [`Words::spellings`].
    pub(super) spelling: u32,
    /// What it is made of.
    pub(super) kind: Kind,
    /// How it is written.
    pub(super) case: Case,
    /// What parts it from the word before.
    pub(super) gap: Gap,
}

/// A line or block of text.
#[derive(Clone, Debug)]
pub(super) struct Para {
    /// Where its text stands in [`Outline::text`].
    pub(super) range: Range<usize>,
    /// Its words.
    pub(super) words: Range<usize>,
    /// Its sentences, as indices of [`Words::sentences`].
    pub(super) sentences: Range<usize>,
    /// Level of the heading that it is marked as.
    pub(super) heading: Option<u8>,
    /// Whether it is an item of a list, and how deep.
    pub(super) item: Option<u8>,
    /// The number of the item in an ordered list.
    pub(super) ordinal: Option<u32>,
    /// Whether white space parts it from the paragraph before.
    pub(super) apart: bool,
    /// Table and row, for a row of a table.
    pub(super) row: Option<(u32, u32)>,
    /// The cells of a row: column, header or not, words.
    pub(super) cells: Vec<Cell>,
    /// What ends it: `.`, `:`, `?` or another character.
    pub(super) last: char,
}

/// A cell of a table row.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its column.
    pub(super) column: u32,
    /// Its words.
    pub(super) words: Range<usize>,
    /// Where its text stands.
    pub(super) range: Range<usize>,
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Its paragraph.
    pub(super) para: usize,
}

/// The words of an outline.
#[expect(clippy::struct_field_names, reason = "the words are what it is made of")]
#[derive(Clone, Debug, Default)]
pub(super) struct Words<'a> {
    /// The text of the outline.
    pub(super) text: &'a str,
    /// All words in reading order.
    pub(super) words: Vec<Word>,
    /// All sentences.
    pub(super) sentences: Vec<Sentence>,
    /// All paragraphs.
    pub(super) paras: Vec<Para>,
    /// Spellings by number, folded.
    pub(super) spellings: Vec<Cow<'a, str>>,
    /// The numbers of spellings, by these and by every other way in which they are printed.
    index: HashMap<Cow<'a, str>, u32, RandomState>,
    /// Whether the text was cut at the bound.
    pub(super) cut: bool,
    /// Whether it comes from markup.
    pub(super) marked_up: bool,
}

/// Short words whose full stop ends no sentence.
const SHORT: &str = "mr mrs ms dr prof no nr tel fax st ltd inc co corp plc e.g i.e eg ie etc vs approx z.b bzw ca \
u.a d.h str inkl ggf evtl abs adv smt shri sr sra d dª dª. dott dott.ssa sig avv ing mme mlle me m art av rue c/o t.a.v b.v n.v ext dept p.o rs \
a.m p.m a.g e.v s.a s.p.a s.r.l gmbh pty jr rev hon gen col capt gov sen mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct \
nov dec min max hrs hr attn ref cf p pp vol fig al ing. u.s u.k n.a";

static ABBREVIATIONS: LazyLock<HashSet<&'static str, FixedState>> =
    LazyLock::new(|| SHORT.split(' ').collect());

impl<'a> Words<'a> {
    /// Cuts an outline into words.
    pub(super) fn of(outline: &'a Outline) -> Self {
        let mut all = Self { text: &outline.text, marked_up: outline.marked_up, ..Self::default() };
        let mut last_end = 0;
        let mut last_container = u32::MAX;
        let mut id = 0;
        while id < outline.blocks.len() && !all.cut {
            let block = &outline.blocks[id];
            if matches!(block.place, Place::Nav | Place::Header | Place::Footer | Place::Data) {
                id += 1;
                continue;
            }
            if let BlockKind::Cell { table, row, .. } = block.kind {
                id = all.add_row(outline, id, (table, row));
                last_end = outline.blocks[id - 1].range.end;
                continue;
            }
            let between = outline.text.get(last_end..block.range.start).unwrap_or("");
            let mut apart =
                between.bytes().filter(|&b| b == b'\n').count() > 1 || block.container != last_container;
            apart |= outline.marked_up && block.kind == BlockKind::Paragraph;
            last_end = block.range.end;
            last_container = block.container;
            let (heading, item, ordinal) = match block.kind {
                BlockKind::Heading(level) => (Some(level), None, None),
                BlockKind::Term => (Some(8), None, None),
                BlockKind::Item { depth, ordinal } => (None, Some(depth), ordinal),
                BlockKind::Paragraph | BlockKind::Definition | BlockKind::Cell { .. } => (None, None, None),
            };
            let mut start = block.range.start;
            for (nth, line) in outline.text[block.range.clone()].split('\n').enumerate() {
                let range = start..start + line.len();
                start = range.end + 1;
                let mut para = Para {
                    range: range.clone(),
                    words: 0..0,
                    sentences: 0..0,
                    heading,
                    item,
                    ordinal: ordinal.filter(|_| nth == 0),
                    apart,
                    row: None,
                    cells: Vec::new(),
                    last: line.trim_end().chars().next_back().unwrap_or(' '),
                };
                if all.add_line(range, &mut para) {
                    all.paras.push(para);
                    apart = false;
                }
            }
            id += 1;
        }
        all
    }

    /// Adds the cells of one table row as one paragraph and returns the block after them.
    fn add_row(&mut self, outline: &Outline, first: BlockId, row: (u32, u32)) -> BlockId {
        let mut para = Para {
            range: outline.blocks[first].range.clone(),
            words: self.words.len()..self.words.len(),
            sentences: 0..0,
            heading: None,
            item: None,
            ordinal: None,
            apart: false,
            row: Some(row),
            cells: Vec::new(),
            last: ' ',
        };
        let mut id = first;
        while let Some(block) = outline.blocks.get(id) {
            let BlockKind::Cell { table, row: at, column, .. } = block.kind else { break };
            if (table, at) != row {
                break;
            }
            let begin = self.words.len();
            let gap = if id == first { Gap::Sentence } else { Gap::Clause };
            let mut start = block.range.start;
            for (nth, line) in outline.text[block.range.clone()].split('\n').enumerate() {
                self.add_words(start..start + line.len(), if nth == 0 { gap } else { Gap::Clause });
                start += line.len() + 1;
            }
            let words = begin..self.words.len();
            // Two blocks of one cell (paragraphs in it) stay one cell.
            match para.cells.last_mut().filter(|cell| cell.column == column) {
                Some(cell) => {
                    cell.words.end = words.end;
                    cell.range.end = block.range.end;
                }
                None => para.cells.push(Cell { column, words, range: block.range.clone() }),
            }
            para.range.end = block.range.end;
            para.last = outline.text[block.range.clone()].trim_end().chars().next_back().unwrap_or(' ');
            id += 1;
        }
        para.words.end = self.words.len();
        // `1.<tab>Text` is an item, and a row of one cell a line.
        let marker = |cell: &Cell| {
            let printed = self.text[cell.range.clone()].trim();
            printed.chars().count() <= 4 && !printed.chars().all(char::is_alphanumeric)
                || cell.words.is_empty()
        };
        if para.cells.len() < 2 || para.cells.len() == 2 && marker(&para.cells[0]) {
            para.row = None;
            para.item = Some(1);
            para.cells.clear();
        }
        if !para.words.is_empty() {
            self.close(&mut para);
            self.paras.push(para);
        }
        id
    }

    /// Adds a line as a paragraph; false where it holds no word.
    fn add_line(&mut self, range: Range<usize>, para: &mut Para) -> bool {
        let begin = self.words.len();
        self.add_words(range, Gap::Sentence);
        para.words = begin..self.words.len();
        if para.words.is_empty() {
            return false;
        }
        self.close(para);
        true
    }

    /// Cuts the words of a finished paragraph into sentences.
    fn close(&mut self, para: &mut Para) {
        let first = self.sentences.len();
        let number = self.paras.len();
        let mut begin = para.words.start;
        for at in para.words.clone() {
            if at > begin && (self.words[at].gap == Gap::Sentence || at - begin >= LONGEST) {
                self.sentences.push(Sentence { words: begin..at, para: number });
                begin = at;
            }
        }
        self.sentences.push(Sentence { words: begin..para.words.end, para: number });
        para.sentences = first..self.sentences.len();
    }

    /// Adds the words of a stretch of text.
    fn add_words(&mut self, range: Range<usize>, first: Gap) {
        let line = &self.text[range.clone()];
        let mut gap = first;
        let mut at = 0;
        while at < line.len() {
            if self.words.len() >= MOST_WORDS {
                self.cut = true;
                return;
            }
            let rest = &line[at..];
            let Some(c) = rest.chars().next() else { break };
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let chunk = &rest[..length];
            let start = range.start + at;
            let mut tail = chunk;
            if let Some(inside) = address_in(chunk) {
                self.push(start + inside.start..start + inside.end, Kind::Address, gap);
                gap = Gap::None;
                tail = &chunk[inside.end..];
            }
            self.add_chunk(start + length - tail.len(), tail, &mut gap);
            at += length;
            gap = gap.max(stop_after(chunk, line[at..].trim_start()));
        }
    }

    /// Adds the words of a chunk without white space.
    fn add_chunk(&mut self, start: usize, chunk: &str, gap: &mut Gap) {
        if matches!(chunk, "-" | "–" | "—" | "--" | "->" | "→") {
            *gap = (*gap).max(Gap::Dash);
            return;
        }
        let mut at = 0;
        let mut figure = false;
        while at < chunk.len() {
            let rest = &chunk[at..];
            let Some(c) = rest.chars().next() else { break };
            if c.is_alphanumeric() {
                let length = word_length(rest);
                let kind = if figure { Kind::Figure } else { kind_of(&rest[..length], &rest[length..]) };
                self.push(start + at..start + at + length, kind, *gap);
                *gap = Gap::None;
                figure = false;
                at += length;
                continue;
            }
            match c {
                '£' | '$' | '€' | '₹' | '¥' | '+' => figure = true,
                ',' | '"' | '“' | '”' | '«' | '»' | '‘' | '(' | ')' | '[' | ']' => {
                    *gap = (*gap).max(Gap::Comma);
                }
                ':' => *gap = (*gap).max(Gap::Colon),
                ';' | '|' | '•' | '·' => *gap = (*gap).max(Gap::Clause),
                _ => {}
            }
            at += c.len_utf8();
        }
    }

    fn push(&mut self, range: Range<usize>, kind: Kind, gap: Gap) {
        let printed = &self.text[range.clone()];
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else { return };
        let spelling = self.intern(printed);
        self.words.push(Word { start, end, spelling, kind, case: case_of(printed), gap });
    }

    fn intern(&mut self, printed: &'a str) -> u32 {
        if let Some(&known) = self.index.get(printed) {
            return known;
        }
        let folded = folded(printed);
        let known = self.index.get(&folded).copied();
        let number = known.unwrap_or_else(|| {
            let number = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
            self.spellings.push(folded.clone());
            self.index.insert(folded, number);
            number
        });
        self.index.insert(Cow::Borrowed(printed), number);
        number
    }

    /// Returns the spelling of a word, folded.
    pub(super) fn spelling(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |w| &self.spellings[w.spelling as usize])
    }

    /// Returns the text between a word and the one before it.
    pub(super) fn before(&self, word: usize) -> &'a str {
        let start = word.checked_sub(1).map_or(0, |last| self.words[last].end as usize);
        self.words.get(word).and_then(|w| self.text.get(start..w.start as usize)).unwrap_or("")
    }

    /// Returns where words stand in the text.
    pub(super) fn span(&self, words: Range<usize>) -> Range<usize> {
        if words.is_empty() {
            return 0..0;
        }
        self.words[words.start].start as usize..self.words[words.end - 1].end as usize
    }

    /// Returns words as printed, white space single.
    pub(super) fn printed(&self, words: Range<usize>) -> String {
        let mut out = String::new();
        for part in self.text[self.span(words)].split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        }
        out
    }

    /// Returns the word at or after a place in the text.
    pub(super) fn word_at(&self, place: usize) -> usize {
        self.words.partition_point(|word| (word.end as usize) <= place)
    }

    /// Returns the paragraph that holds a word.
    pub(super) fn para_of(&self, word: usize) -> usize {
        self.paras.partition_point(|para| para.words.end <= word)
    }

    /// Returns the first word of the paragraph that holds a word.
    pub(super) fn para_start(&self, word: usize) -> usize {
        self.paras.get(self.para_of(word)).map_or(0, |para| para.words.start)
    }

    /// Returns the sentence that holds a word.
    pub(super) fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.words.end <= word)
    }
}

/// Returns a word in lower case, with straight apostrophes.
fn folded(printed: &str) -> Cow<'_, str> {
    if printed.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase() && b != b'`') {
        return Cow::Borrowed(printed);
    }
    let straight = |c: char| if matches!(c, '’' | '‘' | '`') { '\'' } else { c };
    printed.chars().filter(|&c| c != '\u{ad}').map(straight).flat_map(char::to_lowercase).collect()
}

/// Returns what parts a chunk from what follows it, where a full stop or the like ends a sentence.
fn stop_after(chunk: &str, rest: &str) -> Gap {
    let trimmed = chunk.trim_end_matches(['"', '”', '\'', '’', ')', ']', '*', '»']);
    let Some(last) = trimmed.chars().next_back() else { return Gap::None };
    if !matches!(last, '.' | '?' | '!' | '…') {
        return Gap::None;
    }
    if last == '.' {
        let word =
            trimmed.trim_end_matches('.').trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let short = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        if short || ABBREVIATIONS.contains(word.as_str()) {
            return Gap::None;
        }
        if rest.chars().next().is_some_and(char::is_lowercase) && !word.contains('@') {
            return Gap::Clause;
        }
    }
    Gap::Sentence
}

/// Returns where in a chunk a mail address or web address stands.
fn address_in(chunk: &str) -> Option<Range<usize>> {
    let start = chunk.find(|c: char| c.is_alphanumeric())?;
    let body = &chunk[start..];
    let begins = |with: &str| body.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    let web = begins("http") || begins("www.");
    if !web && !body.bytes().any(|b| matches!(b, b'.' | b'@')) {
        return None;
    }
    let end = start + body.find([',', ';', ')', '>', '"', '”', '|', ']']).unwrap_or(body.len());
    let end = start + chunk[start..end].trim_end_matches(['.', ':', '?', '!', '*', '\'', '’', '»']).len();
    let inside = &chunk[start..end];
    if web || inside.contains('@') {
        return Some(start..end);
    }
    // A bare domain, perhaps with a path: letters on either side of the last full stop before the path.
    let host = inside.split('/').next().unwrap_or("");
    let (name, tld) = host.rsplit_once('.')?;
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let known = (2..=12).contains(&tld.len()) && tld.chars().all(|c| c.is_ascii_lowercase());
    (known && name.len() > 1 && plain(name) && !name.contains("..") && !is_short(inside))
        .then_some(start..end)
}

/// Returns whether a chunk with full stops is an abbreviation such as `e.g` or `p.m`.
fn is_short(chunk: &str) -> bool {
    let parts = || chunk.split('.');
    parts().all(|part| part.len() <= 2) && parts().any(|part| part.len() == 1)
        || chunk.chars().next().is_some_and(|c| c.is_ascii_digit()) && parts().count() == 2 && chunk.len() < 9
}

/// Returns the length of the word at the start of a text: letters and digits, apostrophes inside, and the points of
/// figures (`9.30am`, `2,300`). The short article of French or Italian before an apostrophe is a word of its own.
fn word_length(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // Most words end right there.
    if plain > 0
        && text
            .as_bytes()
            .get(plain)
            .is_none_or(|b| b.is_ascii() && !matches!(b, b'\'' | b'`' | b'.' | b',' | b':'))
    {
        return plain;
    }
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || matches!(c, '\u{ad}' | 'º' | 'ª') {
            length = at + c.len_utf8();
            continue;
        }
        let next = chars.peek().map(|&(_, c)| c);
        let apostrophe = matches!(c, '\'' | '’' | '`') && next.is_some_and(char::is_alphabetic);
        if apostrophe && !digits {
            let right = text[at + c.len_utf8()..].chars().take_while(|c| c.is_alphabetic()).count();
            let left = text[..at].chars().count();
            let article = left <= 2 && right >= 3 || left <= 5 && right >= 5;
            if article {
                return at;
            }
            continue;
        }
        if digits && matches!(c, '.' | ',' | ':') && next.is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        break;
    }
    length
}

/// Tells numbers from words and from figures that count nothing.
fn kind_of(word: &str, rest: &str) -> Kind {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return Kind::Word;
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let Ok(number) = word[..digits].parse::<u32>() else { return Kind::Figure };
    match word[digits..].to_lowercase().as_str() {
        "" if digits <= 4 && !rest.starts_with('%') && !rest.starts_with("/7") => Kind::Number(number),
        "st" | "nd" | "rd" | "th" | "º" | "ª" | "er" | "ère" | "ere" | "ème" | "eme" | "è" | "e" | "ste"
        | "de" => Kind::Ordinal(number),
        _ => Kind::Figure,
    }
}

/// Tells how a word is written.
fn case_of(printed: &str) -> Case {
    if printed.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Case::Lower;
    }
    let mut letters = printed.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::Lower };
    if !first.is_uppercase() {
        return Case::Lower;
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) { Case::Upper } else { Case::Title }
}
