//! Growth towards the start of the text: the street before the code, the building and the addressee before the street.
//!
//! Within a line it goes by pieces, then line by line. It stops at labels, headings, ends of sentences, other contacts
//! and the address before; a lead-in such as "write to us at" is cut off. Lines of other blocks above the street count
//! as addressee only where something bounds them, so that no menu is read for one.

use std::ops::Range;

use crate::postal::Site;
use crate::postal::anchor::{Anchor, Form};
use crate::postal::grow::{Part, Place};
use crate::postal::lines::{Gap, Line, Piece, Role, pieces};
use crate::postal::shape::{self, Delivery};
use crate::postal::tail::{Tail, tail};
use crate::postal::words::{self, bare};

/// Why growth stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stop {
    /// At a label, a heading or a lead-in: the block is bounded.
    Bound,
    /// Too many lines: perhaps a list that has nothing to do with it.
    Overflow,
}

/// Most parts before the one that delivers, between it and the anchor, and in all.
const MOST_ABOVE: usize = 6;
const MOST_BETWEEN: usize = 4;

/// Growth towards the start of the text.
pub(super) struct Upward<'a, 'b> {
    lines: &'b [Line<'a>],
    floor: Place,
    site: &'b Site,
    /// Parts, the nearest to the anchor first.
    pub(super) parts: Vec<Part>,
    /// The label before them.
    pub(super) label: Option<String>,
    /// Which of the parts delivers best, as far as seen.
    pub(super) delivered: Option<usize>,
    /// Parts that came from other blocks after the one that delivers.
    near: Vec<usize>,
    stop: Stop,
    blank_used: bool,
}

impl<'a, 'b> Upward<'a, 'b> {
    /// Starts with nothing.
    pub(super) fn new(lines: &'b [Line<'a>], floor: Place, site: &'b Site) -> Self {
        Self {
            lines,
            floor,
            site,
            parts: Vec::new(),
            label: None,
            delivered: None,
            near: Vec::new(),
            stop: Stop::Bound,
            blank_used: false,
        }
    }

    /// Takes the anchor's own part; returns whether growth may go on before it.
    pub(super) fn own(&mut self, anchor: &Anchor, from: usize, end: usize) -> bool {
        let text = self.lines[anchor.line].text;
        let from = self.after_floor(anchor.line, from);
        let head = &text[from..anchor.range.start.max(from)];
        let split = matches!(anchor.form, Form::CodeFirst) || anchor.form == Form::Box;
        let at = match tail(head) {
            Tail::Whole(at) | Tail::After(at) | Tail::Cut(at) => from + at,
        };
        let whole = matches!(tail(head), Tail::Whole(_)) && from >= self.floor_of(anchor.line);
        let skip = shape::label_prefix(&text[at..anchor.range.start.max(at)]);
        let at = at + skip;
        let lead = text[at..anchor.range.start.max(at)].trim();
        let own = if anchor.form == Form::Box { Delivery::Sure } else { Delivery::None };
        if split && !lead.is_empty() {
            self.push_as(anchor.line, anchor.range.start..end, own);
            self.push_split(anchor.line, at..at + text[at..anchor.range.start].trim_end().len());
        } else if firm_before_street(lead).is_some() {
            self.push_split(anchor.line, at..end);
        } else {
            self.push_as(anchor.line, at..end, own.max(shape::delivery(lead)));
        }
        if skip > 0 {
            self.label = Some(text[at - skip..at].trim().to_owned());
            return false;
        }
        whole
    }

    /// Returns whether nothing more fits.
    pub(super) fn full(&self) -> bool {
        match self.delivered {
            Some(at) => self.parts.len() > at + MOST_ABOVE,
            None => self.parts.len() > MOST_BETWEEN,
        }
    }

    /// Adds a part, cut after a legal form that a street follows: `Acme GmbH Musterweg 1`.
    fn push_split(&mut self, line: usize, range: Range<usize>) {
        let text = &self.lines[line].text[range.clone()];
        if let Some(at) = firm_before_street(text) {
            self.push(line, range.start + at..range.end);
            let firm = text[..at].trim_end().len();
            self.push(line, range.start..range.start + firm);
        } else {
            self.push(line, range);
        }
    }

    /// Adds a part.
    fn push(&mut self, line: usize, range: Range<usize>) {
        let text = self.lines[line].text;
        let part = text[range.clone()].trim_end_matches([' ', ',', ';', '-', '–', '|', ':']);
        let range = range.start..range.start + part.len();
        if part.is_empty() {
            return;
        }
        self.push_as(line, range, shape::delivery(part));
    }

    /// Adds a part that delivers as well as told; one whose end was cut away to before its start is none.
    fn push_as(&mut self, line: usize, range: Range<usize>, delivery: Delivery) {
        if range.start >= range.end {
            return;
        }
        let best = self.delivered.map_or(Delivery::None, |at| self.parts[at].delivery);
        if delivery > best {
            self.delivered = Some(self.parts.len());
        }
        self.parts.push(Part { line, range, delivery });
    }

    /// Goes up from piece `own` of a line.
    pub(super) fn climb(&mut self, line: usize, cut: &[Piece], own: usize) {
        let mut line = line;
        let mut cut = cut.to_vec();
        let mut index = own;
        let mut near = false;
        loop {
            let piece = &cut[index];
            if let Some(label) = &piece.label {
                let name = self.lines[line].text[label.clone()].trim().to_owned();
                let lower = name.to_lowercase();
                if words::FIELDS.contains(lower.as_str()) && lower != "name" {
                    // A field of an address that is printed field by field.
                } else {
                    self.label = Some(last_sentence(&name));
                    if index == 0 || label.start <= 1 {
                        self.heading_above(line);
                    }
                    return;
                }
            }
            if piece.hard {
                return;
            }
            if self.full() {
                self.stop = Stop::Overflow;
                return;
            }
            if index > 0 {
                index -= 1;
                if !self.same_line(line, &cut[index]) {
                    return;
                }
                continue;
            }
            // The line before.
            let gap = self.lines[line].gap;
            if line == 0 || gap == Gap::Far {
                return;
            }
            if gap == Gap::Blank {
                if self.delivered.is_some() || self.blank_used {
                    return;
                }
                self.blank_used = true;
            }
            let bold = self.lines[line - 1].role == Role::Bold;
            near |= gap == Gap::Near && self.delivered.is_some() && !bold;
            if near && self.addressed() {
                return;
            }
            line -= 1;
            let Some((next, at)) = self.enter(line, near) else { return };
            cut = next;
            index = at;
        }
    }

    /// Looks at a whole line from below; returns its pieces and the last one's index if its last piece was taken.
    fn enter(&mut self, line: usize, near: bool) -> Option<(Vec<Piece>, usize)> {
        let here = self.lines[line];
        let text = here.text;
        if line < self.floor.line || line == self.floor.line && self.floor.at >= text.len() {
            return None;
        }
        if here.role == Role::Term || shape::is_label(text) {
            self.label = Some(last_sentence(text.trim_end_matches([':', ' '])));
            if here.role == Role::Text || here.role == Role::Heading {
                self.heading_above(line);
            }
            return None;
        }
        if here.role == Role::Heading {
            self.take_heading(line);
            return None;
        }
        if here.role == Role::Bold && !self.takes_bold(text) {
            return None;
        }
        let ends_sentence = text.ends_with(['!', '?', '…'])
            || text.ends_with('.') && text.split_whitespace().count() > 5 && !shape::has_legal_form(text);
        if ends_sentence || here.linked && near && !self.site.names(text) || text.len() > 600 {
            return None;
        }
        let cut = pieces(text, text.len(), None);
        let last = cut.last()?;
        if last.range.end + 3 < text.len() {
            // A bracket or the like ends the line.
            let rest = &text[last.range.end..];
            if rest.contains([')', '!', '?', ':']) {
                return None;
            }
        }
        let index = cut.len() - 1;
        let before = self.parts.len();
        let prose = text.split_whitespace().count() > 9 && cut.len() < 3;
        if prose && !matches!(tail(&text[last.range.clone()]), Tail::After(_)) {
            return None;
        }
        if !self.same_line(line, &cut[index]) {
            if near {
                self.near.extend(before..self.parts.len());
            }
            return None;
        }
        if near {
            self.near.extend(before..self.parts.len());
        }
        Some((cut, index))
    }

    /// Takes a piece; returns whether growth may go on before it.
    fn same_line(&mut self, line: usize, piece: &Piece) -> bool {
        let text = self.lines[line].text;
        let range = self.after_floor(line, piece.range.start)..piece.range.end;
        if range.start >= range.end {
            return false;
        }
        let floored = range.start > piece.range.start;
        let part = &text[range.clone()];
        // `Acme Society, Principal Office, 1 High Street` is no label; at the start of a line it is one.
        let label = part.ends_with(':') || shape::is_address_label(part);
        if shape::is_foreign(part) || label || part.starts_with('(') && part.ends_with(')') {
            if label {
                self.label = Some(last_sentence(part));
            }
            return false;
        }
        let sure = shape::delivery(part) == Delivery::Sure;
        if sure && self.second_street(part) {
            return false;
        }
        let prefix = shape::label_prefix(part);
        if prefix > 0 {
            self.label = Some(part[..prefix].trim().to_owned());
            self.push_split(line, range.start + prefix..range.end);
            return false;
        }
        let part = without_aside(part);
        match tail(part) {
            Tail::Whole(at) => {
                if at >= part.len() {
                    return false;
                }
                if part.split_whitespace().count() > 12 {
                    return false;
                }
                self.push_split(line, range.start + at..range.start + part.len());
                !floored && !self.full()
            }
            Tail::After(at) => {
                let from = range.start + at;
                if at < part.len() {
                    self.push_split(line, from..range.start + part.len());
                }
                self.placed(line, range.start, from);
                if at < part.len() && self.parts.last().is_some_and(|p| p.delivery >= Delivery::Street) {
                    // `Acme SAS, située 15 avenue du Rhin`: the firm stands before the comma.
                    return text[range.start..from].split_whitespace().count() <= 2
                        && !floored
                        && self.firm_before(line, range.start);
                }
                false
            }
            Tail::Cut(at) => {
                let from = range.start + at;
                let rest = &part[at..];
                if !rest.is_empty()
                    && (shape::delivery(rest) >= Delivery::Street || shape::has_legal_form(rest))
                {
                    self.push_split(line, from..range.start + part.len());
                }
                false
            }
        }
    }

    /// Returns whether another street is already held, so that this one belongs to another address.
    fn second_street(&self, part: &str) -> bool {
        let streets = self.parts.iter().filter(|p| {
            p.delivery == Delivery::Sure && !shape::has_box(&self.lines[p.line].text[p.range.clone()])
        });
        !shape::has_box(part) && streets.count() >= 2
    }

    /// Takes the body named before the words that place it: `The Board at 1 High Street`.
    fn placed(&mut self, line: usize, from: usize, to: usize) {
        let text = self.lines[line].text[from..to].trim_end();
        let mut end = text.len();
        while let Some(word) = text[..end].split_whitespace().next_back() {
            if !words::PLACED.contains(bare(word).as_str()) {
                break;
            }
            end = text[..end].trim_end().len() - word.len();
        }
        if end == text.len() {
            return;
        }
        let before = text[..end].trim_end().trim_end_matches(',');
        let (Tail::Whole(at) | Tail::After(at) | Tail::Cut(at)) = tail(before);
        let name = &before[at..];
        if shape::is_body(name) && name.starts_with(char::is_uppercase) {
            self.push(line, from + at..from + before.len());
        }
    }

    /// Takes a firm that ends right before `at`, with a comma between; growth ends there.
    fn firm_before(&mut self, line: usize, at: usize) -> bool {
        let text = &self.lines[line].text[..at];
        let Some(before) = text.trim_end().strip_suffix(',') else { return false };
        let cut = |text: &str| text.rfind([',', '.', ':', ';', '(']).map_or(0, |i| i + 1);
        let mut from = cut(before);
        // `Acme, Inc, située …`
        let form: String = before[from..].trim().to_lowercase().chars().filter(|c| *c != '.').collect();
        if words::LEGAL_FORMS.contains(form.as_str()) && from > 0 {
            from = cut(&before[..from - 1]);
        }
        let from = self.after_floor(line, from);
        if from >= before.len() {
            return false;
        }
        let (Tail::Whole(start) | Tail::After(start) | Tail::Cut(start)) = tail(&before[from..]);
        let name = before[from + start..].trim();
        if name.starts_with(char::is_uppercase)
            && name.split_whitespace().count() <= 6
            && !shape::is_foreign(name)
        {
            let lead = before[from + start..].len() - before[from + start..].trim_start().len();
            let start = from + start + lead;
            self.push(line, start..start + name.len());
        }
        false
    }

    /// Returns whether a body that the address is for is already held.
    fn addressed(&self) -> bool {
        let above = self.delivered.map_or(0, |d| self.parts.len() - d - 1);
        self.parts.iter().rev().take(above).any(|p| shape::is_body(&self.lines[p.line].text[p.range.clone()]))
    }

    /// Returns whether a line in bold right above names an addressee rather than the kind of address.
    fn takes_bold(&self, text: &str) -> bool {
        let words = text.split_whitespace().count();
        let titled = words >= 2
            && without_aside(text)
                .split_whitespace()
                .all(|w| !w.starts_with(char::is_lowercase) || words::CONNECTORS.contains(bare(w).as_str()));
        words <= 8 && (titled || shape::is_body(text) || self.site.names(text))
    }

    /// Takes a heading for the addressee where it names a body and none is known.
    fn take_heading(&mut self, line: usize) {
        let text = self.lines[line].text;
        let addressed = self.addressed();
        let short = text.split_whitespace().count() <= 8 && !text.ends_with(['?', '!', '.']);
        let body =
            shape::is_body(text) && (shape::has_legal_form(text) || is_team(text)) || self.site.is(text);
        if short
            && body
            && !addressed
            && !shape::is_label(text)
            && !shape::is_foreign(text)
            && matches!(tail(text), Tail::Whole(0))
        {
            self.push(line, 0..text.len());
        }
    }

    /// Looks above a label for a heading that names the addressee.
    fn heading_above(&mut self, line: usize) {
        let generic = self.label.as_deref().is_some_and(|label| {
            matches!(
                label.to_lowercase().as_str(),
                "address"
                    | "adresse"
                    | "anschrift"
                    | "postal address"
                    | "post"
                    | "mail"
                    | "dirección"
                    | "indirizzo"
                    | "adres"
                    | "by post"
            )
        });
        if !generic || line == 0 || !matches!(self.lines[line].gap, Gap::Near | Gap::Break) {
            return;
        }
        let above = self.lines[line - 1];
        let short = above.text.split_whitespace().count() <= 8;
        if short && above.role == Role::Heading {
            self.take_heading(line - 1);
        } else if short
            && above.role == Role::Text
            && shape::is_body(above.text)
            && !shape::is_label(above.text)
            && !above.text.contains(':')
            && (Place { line: line - 1, at: 0 }) >= self.floor
            && matches!(tail(above.text), Tail::Whole(0))
            && !above.text.ends_with('.')
        {
            self.push(line - 1, 0..above.text.len());
        }
    }

    /// Drops what came from other blocks and does not look like an addressee, where nothing bounds the block.
    pub(super) fn finish(&mut self) {
        if self.stop == Stop::Overflow && !self.near.is_empty() {
            let first = self.near[0];
            let mut keep = first;
            while keep < self.parts.len()
                && keep < first + 2
                && shape::is_body(&self.lines[self.parts[keep].line].text[self.parts[keep].range.clone()])
            {
                keep += 1;
            }
            self.parts.truncate(keep);
        }
        // A town's name above the street is a heading of a list of branches, not an addressee.
        while let Some(last) = self.parts.last() {
            let text = self.lines[last.line].text[last.range.clone()].to_lowercase();
            let again = self.parts.len() > 2
                && self.parts[..self.parts.len() - 1].iter().any(|p| {
                    let other = self.lines[p.line].text[p.range.clone()].to_lowercase();
                    other == text
                        || text.split_whitespace().count() == 1 && other.split_whitespace().any(|w| w == text)
                });
            if again && last.delivery == Delivery::None && !shape::is_body(&text) {
                self.parts.pop();
            } else {
                break;
            }
        }
    }

    /// Returns the offset from which text of a line is free.
    fn floor_of(&self, line: usize) -> usize {
        if line == self.floor.line { self.floor.at } else { 0 }
    }

    /// Returns `from`, or the end of the address before where that is later.
    fn after_floor(&self, line: usize, from: usize) -> usize {
        let text = self.lines[line].text;
        let from = from.max(self.floor_of(line)).min(text.len());
        let rest = &text[from..];
        from + (rest.len() - rest.trim_start_matches([' ', ',', ';', '.']).len())
    }
}

/// Returns whether a name is that of a team or office within a firm.
fn is_team(text: &str) -> bool {
    text.split_whitespace().map(bare).any(|w| {
        matches!(
            w.as_str(),
            "department"
                | "dept"
                | "team"
                | "unit"
                | "officer"
                | "redressal"
                | "relations"
                | "directorate"
                | "office"
                | "abteilung"
                | "beschwerdemanagement"
                | "kundenbetreuung"
                | "afdeling"
                | "ufficio"
                | "departamento"
                | "council"
                | "school"
                | "university"
                | "bank"
                | "society"
                | "library"
                | "museum"
                | "hospital"
                | "ombudsman"
                | "commission"
                | "médiateur"
                | "schlichtungsstelle"
        )
    })
}

/// Returns where a street begins after a firm in one piece: after its legal form.
fn firm_before_street(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut cut = None;
    for (i, word) in text.split_inclusive(' ').enumerate() {
        at += word.len();
        let key: String = bare(word).chars().filter(|c| *c != '.').collect();
        if i > 0 && words::LEGAL_FORMS.contains(key.as_str()) {
            cut = Some(at);
        }
    }
    let at = cut?;
    let rest = text[at..].trim_start_matches([' ', '-', '–']);
    let start = text.len() - rest.len();
    (shape::delivery(rest) >= Delivery::Street).then_some(start)
}

/// Returns a piece without the bracket at its end that says something in lower case: `(formerly North Campus)`.
fn without_aside(part: &str) -> &str {
    let Some(open) = part.rfind(" (") else { return part };
    let aside = &part[open + 2..];
    if part.ends_with(')') && aside.starts_with(char::is_lowercase) { part[..open].trim_end() } else { part }
}

/// Returns the last sentence or clause of a label, bounded.
fn last_sentence(label: &str) -> String {
    let label = label.trim();
    let start = label.rfind(['.', '!', '?', ';']).map_or(0, |i| i + 1);
    let label = label[start..].trim();
    let mut end = label.len().min(80);
    while !label.is_char_boundary(end) {
        end -= 1;
    }
    label[..end].to_owned()
}
