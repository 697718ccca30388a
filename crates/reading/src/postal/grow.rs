//! From an anchor to the whole address: town and country after it, street and addressee before it.
//!
//! Growth goes piece by piece and stops at whatever can be no part of an address: a label, a heading, the words that lead
//! in, a number to dial, the address before. What was gathered counts only if it holds enough for the anchor's strength.

use std::ops::Range;

use ladder::Country;

use crate::postal::anchor::{Anchor, Form, Strength};
use crate::postal::down::{Downward, country_at_start, downward, town};
use crate::postal::lines::{Line, Piece, pieces};
use crate::postal::shape::{self, Delivery};
use crate::postal::up::Upward;
use crate::postal::words::bare;
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

/// Gathers the address around an anchor, or nothing where there is none.
pub(super) fn grow(lines: &[Line], anchor: &Anchor, floor: Place, hint: &Hint, site: &Site) -> Option<Draft> {
    let text = lines[anchor.line].text;
    let code = matches!(anchor.form, Form::CodeLast | Form::CodeFirst).then_some(anchor.range.start);
    let cut = pieces(text, anchor.range.start, code);
    let own = cut.iter().position(|p| p.range.end > anchor.range.start)?;
    let mut up = Upward::new(lines, floor, site);
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
                && (best >= Delivery::Street || labelled || addressed && !is_in_prose(lines, &parts))
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
                || is_large_recipient(lines, anchor, &parts, hint)
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

/// Returns whether a firm and one of its departments stand before a German code: who gets much post has a code of its own and
/// no street.
fn is_large_recipient(lines: &[Line], anchor: &Anchor, parts: &[Part], hint: &Hint) -> bool {
    let german =
        anchor.form == Form::CodeFirst && (hint.is("DE") || anchor.country.is_some_and(|c| c.code() == "DE"));
    let firm = || shape::has_legal_form(&lines[parts[0].line].text[parts[0].range.clone()]);
    german && parts.len() == 3 && firm() && !is_in_prose(lines, parts)
}

/// Returns whether a sentence runs into the first part, which so is a name in passing: `a degree from the University of …`.
fn is_in_prose(lines: &[Line], parts: &[Part]) -> bool {
    parts.first().is_some_and(|part| {
        let before = lines[part.line].text[..part.range.start].trim_end();
        let word = before.rsplit(' ').next().unwrap_or_default();
        matches!(
            word,
            "the"
                | "a"
                | "an"
                | "of"
                | "from"
                | "and"
                | "with"
                | "der"
                | "die"
                | "das"
                | "von"
                | "la"
                | "le"
                | "el"
                | "de"
        )
    })
}

/// Returns where the part that holds the anchor ends: after the code, or after the town that follows it.
fn end_of(lines: &[Line], anchor: &Anchor, piece: &Piece) -> usize {
    let text = lines[anchor.line].text;
    match anchor.form {
        Form::CodeLast | Form::Place => anchor.range.end,
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
