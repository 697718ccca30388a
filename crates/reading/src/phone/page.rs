//! Numbers of an outline: its text, block by block and line by line, joined with its links that dial.
//!
//! A label may stand outside of the line that holds the number: on the line above, in the header of its row or column,
//! in the term that it defines, in the block or heading before.

use std::collections::HashMap;
use std::ops::Range;

use ladder::{Channel, Place, Reach};

use super::label::{Label, heading, nearest};
use super::link::{Scheme, split};
use super::scan::{Known, Line, Scanner, channels};
use super::{Match, Number, Regions, cost, labels_of, normalise_by};
use crate::hit::Hit;
use crate::outline::{Block, BlockId, BlockKind, Outline};
use crate::page::Context;
use crate::window::{clip, clip_end, next_digit};

/// Blocks of one row looked back over for its header.
const MOST_CELLS: usize = 24;

/// A link that dials.
struct Dial {
    link: usize,
    text: Range<usize>,
    scheme: Scheme,
    number: Option<Number>,
}

/// Finds the numbers of a page, in the order of the page: one hit for each place and channel.
#[must_use]
pub fn find(outline: &Outline, context: &Context<'_>) -> Vec<Hit> {
    let regions = Regions::of(outline, context);
    let known = Known::default();
    let dials = dials(outline, &regions, &known);
    let finder = Finder { outline, scanner: Scanner::new(&regions, &known), footnote: footnote(outline) };
    let mut columns = HashMap::new();
    let mut hits = Vec::new();
    let mut next_dial = 0;
    for (id, block) in outline.blocks.iter().enumerate() {
        if let BlockKind::Cell { table, column, header: true, .. } = block.kind {
            columns.insert((table, column), id);
        }
        while dials
            .get(next_dial)
            .is_some_and(|dial| dial.text.end <= block.range.start && !dial.text.is_empty())
        {
            next_dial += 1;
        }
        let within: Vec<Range<usize>> = dials[next_dial.min(dials.len())..]
            .iter()
            .take_while(|dial| dial.text.start < block.range.end)
            .filter(|dial| dial.text.end > block.range.start)
            .map(|dial| dial.text.clone())
            .collect();
        finder.block(id, block, &within, &columns, &mut hits);
    }
    finder.join(&dials, &mut hits);
    hits
}

/// The most different addresses to dial that are read on one page.
const MOST_DIALS: usize = 10_000;

/// Reads the links that dial, ordered by where their text stands.
fn dials(outline: &Outline, regions: &Regions, plans: &Known) -> Vec<Dial> {
    // A page dials the same few numbers from many places.
    let mut known: HashMap<&str, Option<Number>> = HashMap::new();
    let mut dials: Vec<Dial> = Vec::new();
    for (link, l) in outline.links.iter().enumerate() {
        let Some((scheme, _)) = split(&l.href) else { continue };
        let number = match known.get(l.href.as_str()) {
            Some(number) => number.clone(),
            None if known.len() >= MOST_DIALS => continue,
            None => {
                let number = normalise_by(&l.href, regions, plans);
                known.insert(&l.href, number.clone());
                number
            }
        };
        dials.push(Dial { link, text: l.text.clone(), scheme, number });
    }
    dials.sort_by_key(|dial| dial.text.start);
    dials
}

/// Finds the block that a star beside a number leads to.
fn footnote(outline: &Outline) -> Option<String> {
    outline
        .blocks
        .iter()
        .map(|block| &outline.text[block.range.clone()])
        .filter(|text| text.starts_with('*') && text.len() < 600)
        .find(|text| cost::speaks_of_cost(text))
        .map(|text| text.trim_matches(['*', ' ']).to_owned())
}

struct Finder<'a> {
    outline: &'a Outline,
    scanner: Scanner<'a>,
    footnote: Option<String>,
}

impl Finder<'_> {
    /// Finds the numbers of one block.
    fn block(
        &self,
        id: BlockId,
        block: &Block,
        dials: &[Range<usize>],
        columns: &HashMap<(u32, u32), BlockId>,
        hits: &mut Vec<Hit>,
    ) {
        let text = &self.outline.text[block.range.clone()];
        if next_digit(text.as_bytes(), 0).is_none() {
            return;
        }
        let mut found: Vec<Match> = Vec::new();
        let (mut offset, mut above) = (0, "");
        for (index, line) in text.split('\n').enumerate() {
            let first = found.len();
            let base = block.range.start + offset;
            let local = |dial: &Range<usize>| {
                let (start, end) =
                    (dial.start.max(base) - base, dial.end.saturating_sub(base).min(line.len()));
                (start < end).then_some(start..end)
            };
            let outer = || {
                let on_line = heading(above);
                if on_line.is_empty() { self.around(id, block, index, columns) } else { on_line }
            };
            let dials = dials.iter().filter_map(local).collect();
            let beside_mail = is_figures(line) && self.beside_mail(id, text, line, offset);
            self.scanner
                .line(&Line { text: line, offset: base, dials, beside_mail, outer: &outer }, &mut found);
            for found in &mut found[first..] {
                found.span = found.span.start + offset..found.span.end + offset;
            }
            if !line.trim().is_empty() {
                above = line;
            }
            offset += line.len() + 1;
        }
        for (i, matched) in found.iter().enumerate() {
            let until = found[i + 1..].iter().map(|m| m.span.start).find(|&start| start > matched.span.end);
            let after = &text[matched.span.end..until.unwrap_or(text.len())];
            let span = block.range.start + matched.span.start..block.range.start + matched.span.end;
            let mut hit = Hit::in_text(self.outline, matched.reach.clone(), id, span);
            describe(&mut hit, matched.number.as_ref());
            hit.cost_note =
                cost::note(after).or_else(|| self.footnote.clone().filter(|_| after.starts_with(['*', '¹'])));
            hits.push(hit);
        }
    }

    /// Returns whether the line before or after, or the block before or after a block of one line, holds an address.
    fn beside_mail(&self, id: BlockId, text: &str, line: &str, offset: usize) -> bool {
        let mail = |text: &str| text.len() <= 160 && text.contains('@');
        let before = text[..offset].trim_end_matches('\n').rsplit('\n').next().filter(|_| offset > 0);
        let after = text.get(offset + line.len() + 1..).and_then(|rest| rest.split('\n').next());
        match (before, after) {
            (None, None) => [id.checked_sub(1), Some(id + 1)]
                .into_iter()
                .flatten()
                .any(|id| mail(self.outline.block_text(id))),
            (before, after) => before.is_some_and(mail) || after.is_some_and(mail),
        }
    }

    /// Hears the labels around a line: header cells, the term defined, the block before, the heading above.
    fn around(
        &self,
        id: BlockId,
        block: &Block,
        line: usize,
        columns: &HashMap<(u32, u32), BlockId>,
    ) -> Vec<Label> {
        let text = |id: BlockId| self.outline.block_text(id);
        let mut heard = Vec::new();
        match block.kind {
            BlockKind::Cell { table, row, column, .. } => {
                let same_row = |other: &Block| matches!(other.kind, BlockKind::Cell { table: t, row: r, .. } if t == table && r == row);
                heard = (0..id)
                    .rev()
                    .take(MOST_CELLS)
                    .take_while(|&other| same_row(&self.outline.blocks[other]))
                    .map(|other| line_label(text(other), line, text(id)))
                    .find(|labels| !labels.is_empty())
                    .unwrap_or_default();
                if !heard.iter().any(|label| label.reaches())
                    && let Some(&header) = columns.get(&(table, column)).filter(|&&header| header != id)
                {
                    // "Rent account" names a row, "telephone" its column: the column says what kind of number it is.
                    let of_column = heading(text(header));
                    let alien = heard.contains(&Label::Alien);
                    if !alien || of_column.iter().any(|label| label.reaches()) {
                        heard = of_column;
                    }
                }
            }
            BlockKind::Definition => {
                let term =
                    (0..id).rev().take(4).find(|&other| self.outline.blocks[other].kind == BlockKind::Term);
                heard = term.map(|term| heading(text(term))).unwrap_or_default();
            }
            BlockKind::Heading(_) => {}
            _ => {
                if let Some(before) = id.checked_sub(1)
                    && text(before).len() <= 80
                    && text(before).bytes().filter(u8::is_ascii_digit).count() < 5
                {
                    heard = line_label(text(before), line, text(id));
                }
            }
        }
        if heard.iter().any(|label| label.reaches() || *label == Label::Alien) {
            return heard;
        }
        let above = self.outline.headings(id).take(2).map(|h| heading(text(h)));
        let above =
            above.filter(|labels| labels.iter().any(|label| label.reaches() || *label == Label::Weak));
        let mut above =
            above.map(|labels| labels.into_iter().filter(|label| *label != Label::Alien).collect::<Vec<_>>());
        let reaching = above.find(|labels| !labels.is_empty()).unwrap_or_default();
        if reaching.is_empty() && (block.in_address || block.place == Place::Footer) {
            vec![Label::Weak]
        } else {
            reaching
        }
    }

    /// Joins hits in the text with the links on them, and adds those of links whose text shows no number.
    fn join(&self, dials: &[Dial], hits: &mut Vec<Hit>) {
        let mut linked = Vec::new();
        for dial in dials {
            let link = &self.outline.links[dial.link];
            let first = hits.partition_point(|hit| hit.span.end <= dial.text.start);
            let shown: Vec<usize> = (first..hits.len())
                .take_while(|&i| hits[i].span.start < dial.text.end)
                .filter(|&i| hits[i].span.start < hits[i].span.end && !dial.text.is_empty())
                .collect();
            for &i in &shown {
                hits[i].link.get_or_insert(dial.link);
            }
            let Some(number) = &dial.number else { continue };
            let same = |hit: &Hit| hit.reach.as_number().is_some_and(|n| *n == number.e164);
            if shown.iter().any(|&i| same(&hits[i])) {
                continue;
            }
            let mut notes = Vec::new();
            for &i in &shown {
                notes.push(format!("the text of this link shows {}", hits[i].reach.value()));
                hits[i].notes.push(format!("the link on this number dials {}", number.e164.as_str()));
            }
            for channel in self.channels_of(dial, shown.first().map(|&i| hits[i].reach.channel())) {
                let Ok(reach) = Reach::number(channel, number.e164.clone()) else { continue };
                let mut hit = Hit::on_link(self.outline, reach, dial.link);
                describe(&mut hit, Some(number));
                hit.label = link.title.clone().filter(|_| dial.text.is_empty());
                hit.notes.clone_from(&notes);
                linked.push(hit);
            }
        }
        if !linked.is_empty() {
            hits.append(&mut linked);
            hits.sort_by_key(|hit| hit.span.start);
        }
    }

    /// Returns the channels of a link that dials: by its scheme, the words on it, its icon, the words before it.
    fn channels_of(&self, dial: &Dial, shown: Option<Channel>) -> Vec<Channel> {
        let link = &self.outline.links[dial.link];
        match dial.scheme {
            Scheme::Fax => return vec![Channel::Fax],
            Scheme::Text => return vec![Channel::Messaging],
            Scheme::Call => {}
        }
        if let Some(shown) = shown {
            return vec![shown];
        }
        let own = [
            self.outline.link_text(link),
            link.title.as_deref().unwrap_or_default(),
            link.class.as_deref().unwrap_or_default(),
        ];
        let mut labels: Vec<Label> =
            own.iter().flat_map(|words| labels_of(&clip(words, 200).replace(['-', '_'], " "))).collect();
        if labels.is_empty()
            && let Some(block) = link.block.and_then(|id| self.outline.blocks.get(id))
            && let Some(before) =
                self.outline.text.get(block.range.start..dial.text.start.max(block.range.start))
            && let Some((_, heard)) = nearest(clip_end(before, 40))
        {
            labels = heard;
        }
        channels(&labels)
    }
}

/// Returns whether a line is figures and punctuation alone.
fn is_figures(line: &str) -> bool {
    line.len() <= 40 && line.bytes().any(|b| b.is_ascii_digit()) && !line.chars().any(char::is_alphabetic)
}

/// Returns the labels of a block beside, line by line where both have the same lines ("Tel:⏎Fax:" beside two numbers).
fn line_label(beside: &str, line: usize, own: &str) -> Vec<Label> {
    let lines = |text: &str| text.split('\n').count();
    if lines(beside) > 1 && lines(beside) == lines(own) {
        return heading(beside.split('\n').nth(line).unwrap_or_default());
    }
    heading(beside)
}

/// Fills in what the number itself tells.
fn describe(hit: &mut Hit, number: Option<&Number>) {
    if let Some(number) = number {
        hit.cost = number.cost();
        hit.extension.clone_from(&number.extension);
    }
    match hit.reach.channel() {
        Channel::Fax => hit.label = Some("Fax".to_owned()),
        Channel::Textphone => hit.label = Some("Textphone".to_owned()),
        _ => {}
    }
}
