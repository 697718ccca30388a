//! Growth towards the end of the text: the town after a code, the region and the country after both.

use std::ops::Range;

use ladder::Country;

use crate::postal::Hint;
use crate::postal::anchor::{Anchor, Form};
use crate::postal::grow::Part;
use crate::postal::lines::{Gap, Line, Role};
use crate::postal::shape::{self, Delivery};
use crate::postal::tail::{Tail, tail};
use crate::postal::words::{self, bare};

/// Returns the length of a town's name at the start of `rest`: `  Frankfurt am Main`, `Paris Cedex 12`, `Roma (RM)`.
pub(super) fn town(rest: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    let mut count = 0;
    let mut cedex = false;
    for word in rest.split_inclusive(char::is_whitespace) {
        let start = at + (word.len() - word.trim_start().len());
        at += word.len();
        let name = word.trim();
        if name.is_empty() {
            continue;
        }
        let key = bare(name);
        if shape::is_stop(&key) && count > 0 || count >= 7 {
            break;
        }
        let upper =
            name.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '\'' || c == '’' || c == '‘');
        let elided = ["d'", "d’", "l'", "l’"].iter().any(|p| name.starts_with(p));
        let number = name.len() <= 2 && name.bytes().all(|b| b.is_ascii_digit());
        if upper || elided {
            count += 1;
            end = start + name.len();
            cedex |= key == "cedex";
        } else if number && count > 0 && (cedex || at >= rest.len()) {
            end = start + name.len();
            break;
        } else if count == 0
            || !words::CONNECTORS.contains(key.as_str())
            || matches!(key.as_str(), "et" | "und" | "y" | "e" | "and" | "en")
        {
            break;
        } else {
            count += 1;
        }
        if name.ends_with(['.', ';']) && name.chars().count() > 4 {
            break;
        }
    }
    end
}

/// What was found after the anchor.
pub(super) struct Downward {
    /// The parts, in reading order.
    pub(super) parts: Vec<Part>,
    /// The country that ends them.
    pub(super) country: Option<Country>,
    /// Whether one of the parts is a known place.
    pub(super) place: bool,
}

/// Takes the town, region and country after the anchor's own part.
pub(super) fn downward(lines: &[Line], anchor: &Anchor, end: usize, hint: &Hint) -> Downward {
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
        let whole = clean && matches!(tail(part), Tail::Whole(0));
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
pub(super) fn country_at_start(rest: &str) -> Option<(Range<usize>, &'static str)> {
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
