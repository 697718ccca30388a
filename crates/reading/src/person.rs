//! People and posts named with a contact: who answers it, and in what role.
//!
//! A name is believed only where something vouches for it: a title beside it, a form of address, a table's column, the
//! mailbox itself. A title is believed only where it stands for a person and not for a programme, a suite or a course that
//! bears the word. Names are taken only from where the page publishes them with the contact.

mod names;

use std::ops::Range;

use ladder::Channel;

use crate::hit::Hit;
use crate::lower::Lower;
use crate::outline::{Block, BlockId, BlockKind, Outline};
use crate::window::clip;
use names::{honorific, named_within, vouches, without_address};
pub use names::{is_name, title_of};

/// Someone named: a name, a title, or both.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Named {
    /// The name.
    pub name: Option<String>,
    /// The title or team.
    pub title: Option<String>,
}

impl Named {
    /// Returns whether nobody is named.
    const fn is_empty(&self) -> bool {
        self.name.is_none() && self.title.is_none()
    }
}

/// Gives each contact the person and title named with it.
pub fn attach(outline: &Outline, hits: &mut [Hit]) {
    for hit in hits.iter_mut() {
        if hit.person.is_some()
            || matches!(hit.reach.channel(), Channel::Social | Channel::Web | Channel::Form | Channel::Chat)
        {
            continue;
        }
        let named = near(outline, hit);
        hit.person = named.name;
        if hit.title.is_none() {
            hit.title = named.title;
        }
    }
}

/// Returns who is named with a contact.
#[must_use]
pub fn near(outline: &Outline, hit: &Hit) -> Named {
    if hit.reach.channel() == Channel::Postal {
        return of_address(hit.reach.value());
    }
    let Some((id, block)) = hit.block.and_then(|id| Some((id, outline.blocks.get(id)?))) else {
        return Named::default();
    };
    let mailbox = hit.reach.as_email().map(|email| email.local().to_owned()).unwrap_or_default();
    // The text of the link that bears the mailbox: `<a href="mailto:…">Jane Doe</a>`.
    let mut found = Named::default();
    if let Some(link) = hit.link.and_then(|index| outline.links.get(index)) {
        let text = outline.link_text(link).trim();
        if is_name(text) && (vouches(&mailbox, text) || text.split_whitespace().count() <= 3) {
            found.name = Some(without_address(text).to_owned());
        }
    }
    let near = match block.kind {
        BlockKind::Cell { table, row, .. } => in_table(outline, id, table, row, &mailbox),
        _ => in_text(outline, id, block, &hit.span, &mailbox),
    };
    found.name = found.name.or(near.name);
    found.title = found.title.or(near.title);
    if found.title.is_none() {
        found.title = above(outline, id).and_then(title_of);
    }
    found
}

/// Returns who is named in the row of a table, or in the rows of a table of labels and values.
fn in_table(outline: &Outline, id: BlockId, table: u32, row: u32, mailbox: &str) -> Named {
    let mut found = Named::default();
    let from = id.saturating_sub(40);
    let cells = outline.blocks.iter().enumerate().skip(from).take(80).filter_map(|(i, b)| match b.kind {
        BlockKind::Cell { table: t, row: r, column, header } if t == table => Some((i, r, column, header)),
        _ => None,
    });
    let cells: Vec<(BlockId, u32, u32, bool)> = cells.collect();
    for &(i, r, column, header) in &cells {
        let text = outline.block_text(i);
        if text.len() > 90 {
            continue;
        }
        if r == row && i != id && !header {
            for part in segments(text) {
                let named = judge(part, mailbox, Some(column));
                found.name = found.name.or(named.name);
                found.title = found.title.or(named.title);
            }
        }
        // `Name | Jane Doe` above `Phone | …`
        if r != row && header_says(text, NAME_LABELS) && r.abs_diff(row) <= 6 {
            let value = cells.iter().find(|&&(_, r2, c2, _)| r2 == r && c2 == column + 1);
            let value = value.map(|&(j, ..)| outline.block_text(j)).filter(|text| is_name(text));
            found.name = found.name.or_else(|| value.map(|text| without_address(text).to_owned()));
        }
        if r != row && header_says(text, TITLE_LABELS) && r.abs_diff(row) <= 6 {
            let value = cells.iter().find(|&&(_, r2, c2, _)| r2 == r && c2 == column + 1);
            found.title = found.title.or_else(|| value.and_then(|&(j, ..)| title_of(outline.block_text(j))));
        }
    }
    found
}

/// How much of a block is looked at for the lines of a card, in bytes.
const MOST_CARD: usize = 4096;

/// Returns who is named in the text around a contact, in its block or the short ones right before it.
fn in_text(outline: &Outline, id: BlockId, block: &Block, span: &Range<usize>, mailbox: &str) -> Named {
    let text = &outline.text[block.range.clone()];
    let at = span.start.clamp(block.range.start, block.range.end) - block.range.start;
    let mut from = at.saturating_sub(140);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    // The last sentence before the contact; lines of a card are all of it.
    let before = if clip(text, MOST_CARD).contains('\n') { before } else { last_sentence(before) };
    let mut found = from_segments(before, mailbox);
    if found.is_empty() {
        let end = span.end.clamp(block.range.start + at, block.range.end) - block.range.start;
        let after = clip(&text[end..], 80);
        let close = after
            .trim_start()
            .strip_prefix('(')
            .map_or("", |rest| rest.split(')').next().unwrap_or_default());
        if close.len() <= 60 {
            found = from_segments(close, mailbox);
        }
    }
    let card = text.len() <= 120;
    let mut above = id;
    while card && found.name.is_none() && above > 0 && id - above < 3 {
        above -= 1;
        let other = &outline.blocks[above];
        let beside = other.container == block.container
            || other.heading == block.heading
            || Some(above) == block.heading;
        let short = other.range.len() <= 90;
        if !beside || !short || matches!(other.kind, BlockKind::Cell { .. }) {
            break;
        }
        let named = from_segments(outline.block_text(above), mailbox);
        if named.is_empty() && !outline.block_text(above).contains(|c: char| c.is_ascii_digit() || c == '@') {
            break;
        }
        // A title right above a name belongs to it: they vouch for each other.
        let pair = named.name.is_some() || found.title.is_some() || named.title.is_some();
        found.title = found.title.or(named.title);
        found.name = found.name.or(named.name);
        if found.name.is_none() && pair && above > 0 {
            let line = outline.block_text(above - 1).trim();
            let heading = matches!(outline.blocks[above - 1].kind, BlockKind::Heading(_));
            let near = heading || outline.blocks[above - 1].container == block.container;
            if found.title.is_some() && near && is_name(line) {
                found.name = Some(without_address(line).to_owned());
            }
        }
    }
    found
}

/// Returns who is named in a postal address: a person or post among its first parts.
fn of_address(line: &str) -> Named {
    let parts: Vec<&str> = line.split(", ").collect();
    let mut found = Named::default();
    let firm = parts.iter().take(4).any(|part| has_body(part));
    for part in parts.iter().take(3) {
        let part = attention(part);
        if part.contains(|c: char| c.is_ascii_digit()) || crate::postal::delivers(part) {
            break;
        }
        if found.title.is_none()
            && let Some(title) = title_of(part)
        {
            found.title = Some(title);
            continue;
        }
        let vouched = honorific(part).is_some() || found.title.is_some() || firm && parts.len() >= 4;
        if found.name.is_none() && vouched && is_name(part) {
            found.name = Some(without_address(part).to_owned());
        }
    }
    found
}

/// Returns a part without words for "for the attention of".
fn attention(part: &str) -> &str {
    for mark in
        ["Attn:", "Attn.", "Attn", "ATTN:", "Attention:", "FAO:", "FAO", "z. Hd.", "z.Hd.", "t.a.v.", "c/o"]
    {
        if let Some(rest) = part.strip_prefix(mark) {
            return rest.trim_start_matches([':', '.', ' ']);
        }
    }
    part
}

/// Returns the heading right above a block, where nothing long stands between.
fn above(outline: &Outline, id: BlockId) -> Option<&str> {
    let heading = outline.headings(id).next()?;
    (id - heading <= 12).then(|| outline.block_text(heading)).filter(|text| text.len() <= 90)
}

/// Judges the segments of a text, the nearest to its end first.
fn from_segments(text: &str, mailbox: &str) -> Named {
    let mut found = Named::default();
    let all: Vec<&str> = segments(text).collect();
    for (back, &part) in all.iter().rev().enumerate().take(6) {
        let index = all.len() - 1 - back;
        if found.title.is_none() {
            found.title = title_of(part);
            if found.title.is_some() {
                continue;
            }
        }
        if found.name.is_none() && is_name(part) {
            let beside = index.checked_sub(1).map(|i| all[i]).into_iter().chain(all.get(index + 1).copied());
            let title = beside.into_iter().find_map(title_of);
            let vouched = honorific(part).is_some() || title.is_some() || vouches(mailbox, part);
            if vouched {
                found.name = Some(without_address(part).to_owned());
                found.title = found.title.take().or(title);
            }
        }
        // `our Nodal Officer Mr Jane Doe`, `Jane Doe as the Nodal Officer`
        if found.name.is_none()
            && let Some(name) = named_within(part)
        {
            found.name = Some(name);
        }
        if found.name.is_some() && found.title.is_some() {
            break;
        }
    }
    found
}

/// Judges one part of a row.
fn judge(part: &str, mailbox: &str, column: Option<u32>) -> Named {
    if let Some(title) = title_of(part) {
        return Named { name: None, title: Some(title) };
    }
    let vouched = honorific(part).is_some() || vouches(mailbox, part) || column.is_some();
    let name = (vouched && is_name(part)).then(|| without_address(part).to_owned());
    Named { name, title: None }
}

/// Cuts a text where names and titles are parted from what stands beside them.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ',', ':', ';', '(', ')', '|', '·', '•', '–', '—', '/'])
        .flat_map(|part| part.split(" - "))
        .map(|part| part.trim().trim_end_matches(['.', '-']))
        .filter(|part| !part.is_empty())
}

/// Returns what stands after the last full stop that ends a sentence.
fn last_sentence(text: &str) -> &str {
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        if word.chars().count() > 3 {
            start = at + 2;
        }
    }
    &text[start..]
}

/// Labels of a person's name.
const NAME_LABELS: &[&str] = &[
    "name",
    "contact person",
    "contact name",
    "officer",
    "ansprechpartner",
    "nom",
    "nombre",
    "nome",
    "naam",
    "contactpersoon",
    "interlocuteur",
    "persona de contacto",
    "referente",
    "kontaktperson",
    "name of officer",
    "name & designation",
];

/// Labels of a title.
const TITLE_LABELS: &[&str] = &[
    "designation",
    "title",
    "position",
    "role",
    "post",
    "funktion",
    "position",
    "fonction",
    "cargo",
    "ruolo",
    "functie",
    "department",
];

/// Returns whether a cell is one of the labels.
fn header_says(text: &str, labels: &[&str]) -> bool {
    let lower = Lower::of(text.trim().trim_end_matches([':', '*', ' ']));
    labels.contains(&lower.as_str())
}

/// Returns whether a part of an address names a firm.
fn has_body(part: &str) -> bool {
    let words = [
        "ltd", "limited", "plc", "inc", "llc", "llp", "gmbh", "ag", "kg", "sas", "sarl", "sa", "bv", "nv",
        "bank", "society", "agentur", "group", "company",
    ];
    part.split_whitespace().any(|w| {
        let key: String = w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        words.contains(&key.as_str())
    })
}

#[cfg(test)]
mod tests {
    use ladder::{E164, Email, PostalLine, Reach};

    use super::*;
    use crate::outline::from_html;

    /// Draws who is named with the contact `value` of a page.
    fn draw(html: &str, value: &str) -> String {
        let outline = from_html(html);
        let at = outline.text.find(value).unwrap();
        let block = outline.block_at(at).unwrap();
        let reach = match Email::parse(value) {
            Ok(email) => Reach::email(email),
            Err(_) => Reach::phone(E164::parse(value).unwrap()),
        };
        let hit = Hit::in_text(&outline, reach, block, at..at + value.len());
        let named = near(&outline, &hit);
        format!("{} | {}", named.name.unwrap_or_default(), named.title.unwrap_or_default())
    }

    #[test]
    fn people_are_named_where_something_vouches_for_them() {
        for (html, value, expected) in [
            (
                "<p>Jane Doe, Head of Customer Relations, jane.doe@acme.example</p>",
                "jane.doe@acme.example",
                "Jane Doe | Head of Customer Relations",
            ),
            (
                "<p>Jane Doe<br>Managing Director<br>+44 20 7946 0123</p>",
                "+44 20 7946 0123",
                "Jane Doe | Managing Director",
            ),
            (
                "<div><h3>Jane Doe</h3><p>Complaints Manager</p><p>+44 20 7946 0123</p></div>",
                "+44 20 7946 0123",
                "Jane Doe | Complaints Manager",
            ),
            (
                "<table><tr><th>Name<td>Jane Doe<tr><th>Designation<td>Nodal Officer<tr><th>Phone<td>+44 20 7946 0123</table>",
                "+44 20 7946 0123",
                "Jane Doe | Nodal Officer",
            ),
            (
                "<p>You may write to Mrs Jane Doe, our Complaints Officer, at complaints@acme.example.</p>",
                "complaints@acme.example",
                "Jane Doe | Complaints Officer",
            ),
            ("<p>Customer Care, +44 20 7946 0123</p>", "+44 20 7946 0123", " | "),
            ("<h2>Executive Health Program</h2><p>+44 20 7946 0123</p>", "+44 20 7946 0123", " | "),
            (
                "<h2>Grievance Officer</h2><p>Phone: +44 20 7946 0123</p>",
                "+44 20 7946 0123",
                " | Grievance Officer",
            ),
        ] {
            assert_eq!(draw(html, value), expected, "{html}");
        }
    }

    #[test]
    fn an_address_names_its_person_or_post() {
        for (line, expected) in [
            ("Jane Doe, Acme Ltd, 1 High Street, Newtown, AB1 2CD", "Jane Doe | "),
            ("Registered Manager, Acme Care, 6 Vale Avenue, Newtown, TN1 1DJ", " | Registered Manager"),
            ("Acme Ltd, Regus House, Victory Way, Newtown, AB1 2CD", " | "),
        ] {
            let reach = Reach::postal(PostalLine::from_parts(line.split(", ")).unwrap());
            let named = near(&Outline::default(), &Hit::in_data(reach));
            assert_eq!(
                format!("{} | {}", named.name.unwrap_or_default(), named.title.unwrap_or_default()),
                expected
            );
        }
    }
}
