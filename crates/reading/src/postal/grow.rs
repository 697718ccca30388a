//! From an anchor to the whole address: town and country after it, street and addressee before it.
//!
//! Growth goes piece by piece and stops at whatever can be no part of an address: a label, a heading, the words that lead
//! in, a number to dial, the address before. What was gathered counts only if it holds enough for the anchor's strength.

use std::ops::Range;

use ladder::Country;

use crate::postal::anchor::{Anchor, Form, Strength};
use crate::postal::lines::{Gap, Line, Piece, Role, pieces};
use crate::postal::shape::{self, Delivery, Tail};
use crate::postal::words::{self, bare};
use crate::postal::{Hint, Site};

/// A part of an address, as a range of a line's text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Part {
    /// The line, as an index.
    pub(super) line: usize,
    /// Where in its text.
    pub(super) range: Range<usize>,
    /// Whether it says where to deliver.
    pub(super) delivery: Delivery,
}

/// An address as gathered.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Its parts, in reading order.
    pub(super) parts: Vec<Part>,
    /// How many of them, from the first on, stand before what delivers.
    pub(super) addressees: usize,
    /// The label before it.
    pub(super) label: Option<String>,
    /// The country that its form or its last part tells.
    pub(super) country: Option<Country>,
}

/// Where growth must not go: the end of the address before.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Place {
    /// The line.
    pub(super) line: usize,
    /// The offset in its text.
    pub(super) at: usize,
}

/// Why growth stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stop {
    /// At a label, a heading or a lead-in: the block is bounded.
    Bound,
    /// Too many lines: perhaps a list that has nothing to do with it.
    Overflow,
}

/// Most parts before the one that delivers, between it and the anchor, and in all.
const MOST_ABOVE: usize = 5;
const MOST_BETWEEN: usize = 4;

/// Gathers the address around an anchor, or nothing where there is none.
pub(super) fn grow(lines: &[Line], anchor: &Anchor, floor: Place, hint: &Hint, site: &Site) -> Option<Draft> {
    let text = lines[anchor.line].text;
    let code = matches!(anchor.form, Form::CodeLast | Form::CodeFirst).then_some(anchor.range.start);
    let cut = pieces(text, anchor.range.start, code);
    let own = cut.iter().position(|p| p.range.end > anchor.range.start)?;
    let mut up = Upward {
        lines,
        floor,
        site,
        parts: Vec::new(),
        label: None,
        delivered: None,
        near: Vec::new(),
        stop: Stop::Bound,
        blank_used: false,
    };
    let end = end_of(lines, anchor, &cut[own]);
    // `92999 US`: a country without a comma.
    let told = matches!(anchor.form, Form::CodeLast | Form::CodeFirst)
        .then(|| country_at_start(&text[end..]))
        .flatten();
    let mut down = match &told {
        Some((_, code)) => Downward { parts: Vec::new(), country: Country::parse(code).ok(), place: true },
        None => downward(lines, anchor, end, hint),
    };
    let end = told.map_or(end, |(range, _)| end + range.end);
    let from = cut[own].range.start;
    let whole = up.own(anchor, from, end);
    if whole && !up.full() {
        up.climb(anchor.line, &cut, own);
    }
    up.finish();
    let Upward { mut parts, label, delivered, .. } = up;
    parts.reverse();
    let best = parts.iter().chain(&down.parts).map(|p| p.delivery).max().unwrap_or(Delivery::None);
    let addressed = parts.iter().any(|p| shape::is_body(&lines[p.line].text[p.range.clone()]));
    let labelled = label.is_some() || lines[anchor.line].in_address;
    let told = anchor.country.is_some_and(|c| hint.is(c.code())) || down.country.is_some();
    let enough = match (anchor.form, anchor.strength) {
        (Form::Box, _) => {
            let freepost = text[anchor.range.clone()].to_lowercase().starts_with("freepost");
            freepost && is_freepost_name(&text[anchor.range.clone()])
                || parts.len() + down.parts.len() >= 2 && (down.place || addressed || labelled)
        }
        (Form::Place, _) => {
            best >= Delivery::Building
                && parts.len() >= 3
                && (best >= Delivery::Street || labelled || addressed)
                || best == Delivery::Sure && parts.len() >= 2 && (labelled || told)
        }
        (Form::Label, _) => best == Delivery::Sure && parts.len() + down.parts.len() >= 2,
        (_, Strength::Strong) => {
            best >= Delivery::Building && parts.len() >= 2
                || best >= Delivery::Street
                || parts.len() >= 3
                || parts.len() == 2 && (addressed || labelled)
        }
        (_, Strength::Medium) => {
            best >= Delivery::Street && parts.len() + down.parts.len() >= 2
                || best >= Delivery::Building && (addressed || labelled)
                || addressed && labelled
        }
        (_, Strength::Weak) => {
            let place = anchor.country.is_some() || down.country.is_some() || labelled;
            best == Delivery::Sure && place || best >= Delivery::Street && told && place
        }
    };
    if !enough {
        return None;
    }
    let above = delivered.map_or(0, |d| parts.len().saturating_sub(d + 1));
    parts.append(&mut down.parts);
    let addressees = parts.iter().take(above).take_while(|p| p.delivery <= Delivery::Building).count();
    let country = down.country.or(anchor.country);
    Some(Draft { parts, addressees, label, country })
}

/// Returns where the part that holds the anchor ends: after the code, or after the town that follows it.
fn end_of(lines: &[Line], anchor: &Anchor, piece: &Piece) -> usize {
    let text = lines[anchor.line].text;
    match anchor.form {
        Form::CodeLast => anchor.range.end,
        Form::Place => anchor.range.end.max(piece.range.end.min(anchor.range.end + 8)),
        Form::Box | Form::Label => {
            if anchor.form == Form::Box {
                box_end(text, anchor, piece)
            } else {
                piece.range.end
            }
        }
        Form::CodeFirst => {
            let limit = piece.range.end.max(anchor.range.end);
            let rest = &text[anchor.range.end..limit];
            anchor.range.end + town(rest)
        }
    }
}

/// Returns whether `Freepost` has a name behind it that stands for an address, and not `Freepost Address`.
fn is_freepost_name(text: &str) -> bool {
    let mut words = text.split_whitespace().skip(1).map(bare);
    let other = [
        "address",
        "envelope",
        "envelopes",
        "number",
        "service",
        "licence",
        "and",
        "or",
        "the",
        "post",
        "no",
    ];
    words.next().is_some_and(|word| !other.contains(&word.as_str()) && word.len() > 1)
}

/// Returns where a part with a box ends: what follows in the piece belongs to it as long as it reads like a name.
fn box_end(text: &str, anchor: &Anchor, piece: &Piece) -> usize {
    let rest = &text[anchor.range.end..piece.range.end.max(anchor.range.end)];
    anchor.range.end + town(rest)
}

/// Returns the length of a town's name at the start of `rest`: `  Frankfurt am Main`, `Paris Cedex 12`, `Roma (RM)`.
fn town(rest: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    let mut taken = 0;
    let mut cedex = false;
    for word in rest.split_inclusive(char::is_whitespace) {
        let start = at + (word.len() - word.trim_start().len());
        at += word.len();
        let token = word.trim();
        if token.is_empty() {
            continue;
        }
        let key = bare(token);
        if words::STOP_WORDS.contains(key.as_str()) && taken > 0 || taken >= 7 {
            break;
        }
        let upper =
            token.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '\'' || c == '’' || c == '‘');
        let elided = ["d'", "d’", "l'", "l’"].iter().any(|p| token.starts_with(p));
        let number = token.len() <= 2 && token.bytes().all(|b| b.is_ascii_digit());
        if upper || elided {
            taken += 1;
            end = start + token.len();
            cedex |= key == "cedex";
        } else if number && taken > 0 && (cedex || at >= rest.len()) {
            end = start + token.len();
            break;
        } else if taken == 0
            || !words::CONNECTORS.contains(key.as_str())
            || matches!(key.as_str(), "et" | "und" | "y" | "e" | "and" | "en")
        {
            break;
        } else {
            taken += 1;
        }
        if token.ends_with(['.', ';']) && token.chars().count() > 4 {
            break;
        }
    }
    end
}

/// What was found after the anchor.
struct Downward {
    parts: Vec<Part>,
    country: Option<Country>,
    /// Whether one of the parts is a known place.
    place: bool,
}

/// Takes the town, region and country after the anchor's own part.
fn downward(lines: &[Line], anchor: &Anchor, end: usize, hint: &Hint) -> Downward {
    let mut out = Downward { parts: Vec::new(), country: None, place: false };
    let text = lines[anchor.line].text;
    let rest = &text[end..];
    let wants_town = anchor.form == Form::Box
        || anchor.form == Form::Label
        || anchor.form == Form::CodeFirst && rest.trim().is_empty() && end == anchor.range.end;
    let most = if wants_town { 4 } else { 2 };
    let mut line = anchor.line;
    let mut at = end;
    while out.parts.len() < most && out.country.is_none() {
        let text = lines[line].text;
        let Some((range, hard)) = next_piece(text, at) else {
            // On to the next line.
            let Some(next) = lines.get(line + 1) else { break };
            if !matches!(next.gap, Gap::Break | Gap::Near)
                || next.role != Role::Text
                || next.gap == Gap::Near && (line != anchor.line || text.len() > 160)
            {
                break;
            }
            line += 1;
            at = 0;
            continue;
        };
        if hard {
            break;
        }
        let part = text[range.clone()].trim_end_matches(['.', ' ']);
        let range = range.start..range.start + part.len();
        let lower = part.to_lowercase();
        let name = lower.trim_start_matches("en ").trim_start_matches("in ").trim_start_matches("the ");
        let in_line = line == anchor.line;
        if let Some(code) = words::country(name) {
            out.country = Country::parse(code).ok();
            out.place = true;
            let skip = lower.len() - lower.trim_start_matches("en ").trim_start_matches("in ").len();
            out.parts.push(Part { line, range: range.start + skip..range.end, delivery: Delivery::None });
            break;
        }
        let known = words::city(name).is_some() || words::INDIA.contains(name);
        let short = part.len() <= 34 && part.split(' ').count() <= 4 && part.starts_with(char::is_uppercase);
        let clean = short && !shape::is_foreign(part) && !shape::is_label(part) && !part.contains(':');
        let whole = clean && matches!(shape::tail(part), Tail::Whole(0));
        let digits = part.contains(|c: char| c.is_ascii_digit());
        let take = match anchor.form {
            Form::Box | Form::Label => {
                whole
                    && !shape::is_body(part)
                    && (known || in_line || !digits && lines[line].gap == Gap::Break)
            }
            _ if wants_town => whole && !shape::is_body(part),
            // A province or county after the town, where the country follows, or Spanish and Italian custom.
            Form::CodeFirst => {
                whole
                    && !digits
                    && in_line
                    && out.parts.is_empty()
                    && (follows_country(text, range.end)
                        || (hint.is("ES") || hint.is("IT")) && ends_here(text, range.end) && part.len() <= 20)
            }
            _ => whole && !digits && in_line && (known || follows_country(text, range.end)),
        };
        if !take {
            break;
        }
        out.place |= known;
        at = range.end;
        out.parts.push(Part { line, range, delivery: shape::delivery(part) });
        if shape::is_body(part) {
            break;
        }
    }
    // Box and label take what follows only as far as it makes a place; a lone word is no place.
    if matches!(anchor.form, Form::Box) {
        out.place |= !out.parts.is_empty();
    }
    out
}

/// Returns whether the line ends after `at`, but for punctuation.
fn ends_here(text: &str, at: usize) -> bool {
    text[at..].trim_matches(['.', ',', ';', ' ', ')', '-', '–', '|']).is_empty()
}

/// Returns whether the piece after `at` is a country.
fn follows_country(text: &str, at: usize) -> bool {
    next_piece(text, at).is_some_and(|(range, _)| {
        words::country(text[range].trim_matches(['.', ' ', ')']).to_lowercase().as_str()).is_some()
    })
}

/// Returns the next piece of a line after `at`, and whether it is set off hard.
fn next_piece(text: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let rest = &text[at..];
    let skipped = rest.len()
        - rest.trim_start_matches([',', ' ', '-', '–', '—', '|', '·', ';', '/', '(', '•', ')']).len();
    let hard = rest[..skipped].contains(['|', '·', '•']) && !rest[..skipped].contains(',')
        || rest.trim_start().starts_with(['.', ':', '!', '?']);
    let start = at + skipped;
    let rest = &text[start..];
    if rest.is_empty() || rest.starts_with('.') && rest.len() == 1 {
        return None;
    }
    let mut end = rest.len();
    for (i, c) in rest.char_indices().take(80) {
        let after = rest[i + c.len_utf8()..].chars().next();
        let cut = matches!(c, ',' | ';' | '|' | '·' | '(' | ')' | '•')
            || matches!(c, '-' | '–' | '—' | '/') && rest[..i].ends_with(' ') && after == Some(' ')
            || c == '.' && after.is_none_or(char::is_whitespace) && i > 3;
        if cut {
            end = i;
            break;
        }
    }
    let range = start..start + rest[..end].trim_end().len();
    (!range.is_empty()).then_some((range, hard))
}

/// Returns a country that stands at the start of `rest`, with its code.
fn country_at_start(rest: &str) -> Option<(Range<usize>, &'static str)> {
    let start = rest.len() - rest.trim_start().len();
    let text = &rest[start..];
    let mut ends: Vec<usize> = text
        .char_indices()
        .take(40)
        .filter(|(_, c)| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '|'))
        .map(|(i, _)| i)
        .collect();
    if text.len() <= 40 {
        ends.push(text.len());
    }
    ends.into_iter().rev().find_map(|end| {
        let name = text[..end].trim_end_matches(['.', ',', ' ']);
        let code = words::country(&name.to_lowercase())?;
        let upper = name.starts_with(char::is_uppercase) && name != "Us";
        upper.then_some((start..start + name.len(), code))
    })
}

/// Growth towards the start of the text.
struct Upward<'a, 'b> {
    lines: &'b [Line<'a>],
    floor: Place,
    site: &'b Site,
    /// Parts, the nearest to the anchor first.
    parts: Vec<Part>,
    label: Option<String>,
    /// Which of the parts delivers best, as far as seen.
    delivered: Option<usize>,
    /// Parts that came from other blocks after the one that delivers.
    near: Vec<usize>,
    stop: Stop,
    blank_used: bool,
}

impl Upward<'_, '_> {
    /// Takes the anchor's own part; returns whether growth may go on before it.
    fn own(&mut self, anchor: &Anchor, from: usize, end: usize) -> bool {
        let text = self.lines[anchor.line].text;
        let from = self.after_floor(anchor.line, from);
        let head = &text[from..anchor.range.start.max(from)];
        let split = matches!(anchor.form, Form::CodeFirst) || anchor.form == Form::Box;
        let at = match shape::tail(head) {
            Tail::Whole(at) | Tail::After(at) | Tail::Cut(at) => from + at,
        };
        let whole = matches!(shape::tail(head), Tail::Whole(_)) && from >= self.floor_of(anchor.line);
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
    fn full(&self) -> bool {
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

    /// Adds a part that delivers as well as told.
    fn push_as(&mut self, line: usize, range: Range<usize>, delivery: Delivery) {
        let best = self.delivered.map_or(Delivery::None, |at| self.parts[at].delivery);
        if delivery > best {
            self.delivered = Some(self.parts.len());
        }
        self.parts.push(Part { line, range, delivery });
    }

    /// Goes up from piece `own` of a line.
    fn climb(&mut self, line: usize, cut: &[Piece], own: usize) {
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
            near |= gap == Gap::Near && self.delivered.is_some();
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
        if prose && !matches!(shape::tail(&text[last.range.clone()]), Tail::After(_)) {
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
        if shape::is_foreign(part) || shape::is_label(part) && !shape::is_body(part) {
            if shape::is_label(part) {
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
        match shape::tail(part) {
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
                    return text[range.start..from].trim().split_whitespace().count() <= 2
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
        let (Tail::Whole(at) | Tail::After(at) | Tail::Cut(at)) = shape::tail(before);
        let name = &before[at..];
        if shape::is_body(name) && name.starts_with(char::is_uppercase) {
            self.push(line, from + at..from + before.len());
        }
    }

    /// Takes a firm that ends right before `at`, with a comma between; growth ends there.
    fn firm_before(&mut self, line: usize, at: usize) -> bool {
        let text = &self.lines[line].text[..at];
        let Some(before) = text.trim_end().strip_suffix(',') else { return false };
        let from = self.after_floor(line, before.rfind([',', '.', ':', ';', '(']).map_or(0, |i| i + 1));
        if from >= before.len() {
            return false;
        }
        let (Tail::Whole(start) | Tail::After(start) | Tail::Cut(start)) = shape::tail(&before[from..]);
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

    /// Takes a heading for the addressee where it names a body and none is known.
    fn take_heading(&mut self, line: usize) {
        let text = self.lines[line].text;
        let above = self.delivered.map_or(0, |d| self.parts.len() - d - 1);
        let addressed = above > 0
            && self
                .parts
                .iter()
                .rev()
                .take(above)
                .any(|p| shape::is_body(&self.lines[p.line].text[p.range.clone()]));
        let short = text.split_whitespace().count() <= 8 && !text.ends_with(['?', '!', '.']);
        let body =
            shape::is_body(text) && (shape::has_legal_form(text) || is_team(text)) || self.site.is(text);
        if short
            && body
            && !addressed
            && !shape::is_label(text)
            && !shape::is_foreign(text)
            && matches!(shape::tail(text), Tail::Whole(0))
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
            && (Place { line: line - 1, at: 0 }) >= self.floor
            && matches!(shape::tail(above.text), Tail::Whole(0))
            && !above.text.ends_with('.')
        {
            self.push(line - 1, 0..above.text.len());
        }
    }

    /// Drops what came from other blocks and does not look like an addressee, where nothing bounds the block.
    fn finish(&mut self) {
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
