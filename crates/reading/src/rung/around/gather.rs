//! Gathering the zones of a hit: from its own value outwards to the headings above it.

use std::rc::Rc;

use ladder::{Channel, Place};

use super::super::lines::{self, trivial};
use super::super::topic::Topic;
use super::super::words;
use super::{
    CARD_LINES, CELLS, COLUMN, LEAD_BLOCKS, Mention, SHORT, Scaled, Surroundings, WINDOW, Zone, Zones, wrap,
};
use crate::hit::Hit;
use crate::outline::{Block, BlockId, BlockKind};

impl Surroundings<'_> {
    /// Zones of the value itself: local part, path, words on the link, addressee.
    pub(super) fn value(&self, hit: &Hit, zones: &mut Zones) {
        if let Some(email) = hit.reach.as_email() {
            let local = email.local();
            zones.put(Zone::Local, local, wrap(local, words::topics_of_local(local), &self.langs, false));
        }
        if let Some(link) = hit.reach.as_link() {
            let path: String = link
                .url()
                .path()
                .chars()
                .map(|c| if c.is_alphabetic() { c } else { ' ' })
                .take(SHORT)
                .collect();
            zones.add(Zone::Path, &path);
        }
        if hit.reach.channel() == Channel::Postal {
            let first = hit.reach.value().split(',').take(2).map(str::trim);
            let named: Vec<&str> =
                first.take_while(|part| !part.contains(|c: char| c.is_ascii_digit())).collect();
            zones.add(Zone::Addressee, &named.join(", "));
        }
        if let Some(link) = hit.link.and_then(|at| self.outline.links.get(at)) {
            let text = lines::head(self.outline.link_text(link), SHORT);
            let printed = !text.contains(' ') && text.contains('.');
            let is_value =
                text.contains('@') || printed || text.chars().filter(char::is_ascii_digit).count() >= 6;
            // The extractor takes the words on a link for its label: they speak once.
            let text =
                if hit.label.as_deref().is_some_and(|label| label.trim() == text.trim()) { "" } else { text };
            zones.add(
                Zone::Anchor,
                if text.is_empty() || is_value { link.title.as_deref().unwrap_or("") } else { text },
            );
        }
    }

    /// Zones of a printed value: label, clause, what comes after, the card above.
    pub(super) fn line(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let text = &self.outline.text;
        let range = self.outline.blocks[block].range.clone();
        let span = &hit.span;
        if span.end > text.len() || span.start < range.start {
            return;
        }
        let floor = text.floor_char_boundary(span.start.saturating_sub(WINDOW)).max(range.start);
        let before = text.get(floor..span.start).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        // The words of its own: those after the hit before it, or before that one where only connectors part them.
        let mut from = self.after_last_hit(floor + line, span.start);
        let mut start = span.start;
        for _ in 0..4 {
            let own = text.get(from..start).unwrap_or("");
            let shared = trivial(own) || self.is_of_series(own);
            // A bare mark parts two values of one label; with words it begins the next label.
            let parted = own.contains(['|', '•', '·']) && own.contains(char::is_alphanumeric);
            // "…, Oak Road 1, Leeds. ask@acme.example": a sentence that is a value is no sentence.
            let printed =
                text.get(span.clone()).is_some_and(|t| t.contains(|c: char| c == '@' || c.is_ascii_digit()));
            let ended = own.contains(". ") && (own.trim() != "." || !printed);
            if !shared || from <= floor + line || parted || ended {
                break;
            }
            start = self.start_of_hit_ending(from).unwrap_or(floor + line);
            from = self.after_last_hit(floor + line, start);
        }
        let own = text.get(from..start).unwrap_or("");
        let label = lines::last_sentence(own);
        let bare = trivial(own);
        if !bare && label.len() <= SHORT {
            zones.add(Zone::Label, label);
        }
        zones.add(Zone::Clause, label);
        let rest = &own[..own.len() - label.len()];
        let earlier = if rest.trim().is_empty() && from > floor + line {
            // A sentence goes on after the value before: "call A, or if you would rather write, B".
            text.get(floor + line..from).filter(|_| lines::goes_on(own)).unwrap_or("")
        } else if rest.trim().is_empty() {
            &before[..line]
        } else {
            rest
        };
        zones.add(Zone::Earlier, lines::last_sentence(earlier.trim_end()));
        let end = text.ceil_char_boundary(span.end.saturating_add(SHORT)).min(range.end.max(span.end));
        let after = text.get(span.end..end).unwrap_or("");
        let stop = self.start_of_next_hit(span.end, end).map_or(after.len(), |next| next - span.end);
        let next_follows = stop < after.len();
        let after = lines::first_sentence(after.get(..stop).unwrap_or(after));
        if !next_follows || !lines::names_the_next(after) {
            zones.add(Zone::After, after);
        }
        if bare {
            self.card(block, &before[..line], zones);
        }
    }

    /// Returns whether words before a value only tell it from the one before: ", Tucson 520…" after "Phoenix 480…".
    pub(super) fn is_of_series(&self, own: &str) -> bool {
        own.len() <= 28
            && own.trim_start().starts_with([',', ';', '/', '('])
            && self.said(own.trim()).is_empty()
    }

    /// Zones of a value without words: what is printed beside it.
    pub(super) fn icon(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let text = self.outline.block_text(block);
        let carries = hit.reach.channel() != Channel::Social && text.len() <= WINDOW;
        if carries {
            zones.add(Zone::Clause, text);
            self.card(block, "", zones);
        }
    }

    /// The short lines above: of the block itself, then of the blocks before it.
    pub(super) fn card(&self, block: BlockId, above: &str, zones: &mut Zones) {
        let own = &self.outline.blocks[block];
        let mut left = CARD_LINES;
        let mut worded = false;
        let offset = own.range.start;
        let mut end = above.len();
        for line in above.trim_end_matches('\n').rsplit('\n') {
            let start = end.saturating_sub(line.len());
            // "Write to our officer at a@b.example or" and the address on the next lines.
            if left == CARD_LINES && lines::ends_open(line) {
                let sentence = lines::last_sentence(line.trim_end());
                zones.add(Zone::Clause, sentence);
            }
            if left == 0 || line.len() > SHORT || self.names(zones, line, offset + start, left, &mut worded) {
                return;
            }
            left -= 1;
            end = start.saturating_sub(1);
        }
        for id in (block.saturating_sub(LEAD_BLOCKS)..block).rev() {
            let other = &self.outline.blocks[id];
            if left == 0 || Some(id) == own.heading || other.place != own.place || other.range.len() > SHORT {
                return;
            }
            if matches!(other.kind, BlockKind::Heading(_)) || outside_cell(own, other) {
                return;
            }
            for line in self.outline.block_text(id).rsplit('\n') {
                if left == 0 || self.names(zones, line, other.range.start, left, &mut worded) {
                    return;
                }
                left -= 1;
            }
        }
    }

    /// Takes a line of a card; tells whether the card ends with it.
    pub(super) fn names(
        &self,
        zones: &mut Zones,
        line: &str,
        start: usize,
        left: usize,
        worded: &mut bool,
    ) -> bool {
        let has_hit = self.has_hit(start, start + line.len());
        if has_hit {
            // A value above words that stand above this one is of the card before.
            return *worded || !lines::trivial_but_value(line);
        }
        *worded |= !trivial(line);
        let said = self.said(line);
        let link = self.is_link(start, line.len());
        let tells = said.iter().any(|m| !matches!(m.topic, Topic::Contact | Topic::Desk)) && !link;
        // A department by name stands there, and what is known may stand above it.
        let desk = !link && said.iter().any(|m| m.topic == Topic::Desk);
        if tells || desk {
            let fade = if left + 2 >= CARD_LINES { 1.0 } else { 0.7 };
            let faded: Vec<Mention> =
                said.iter().cloned().map(|m| Mention { share: m.share * fade, ..m }).collect();
            zones.put(Zone::Card, line, faded.into());
        }
        tells
    }

    /// The cells of its row and the header cells of its column.
    pub(super) fn cells(&self, block: BlockId, zones: &mut Zones) {
        let BlockKind::Cell { table, row, column, header } = self.outline.blocks[block].kind else {
            if self.outline.blocks[block].kind == BlockKind::Definition {
                let term = (block.saturating_sub(3)..block)
                    .rev()
                    .find(|&id| self.outline.blocks[id].kind == BlockKind::Term);
                if let Some(term) = term {
                    zones.put(Zone::Label, self.outline.block_text(term), self.block_mentions(term));
                }
            }
            return;
        };
        let is_short = |id: &&BlockId| **id != block && self.outline.blocks[**id].range.len() <= SHORT;
        let cells = self.rows.get(&(table, row)).map(Vec::as_slice).unwrap_or_default();
        // Where the columns say who answers, the cell before is another's value and no label.
        let by_column = row > 0
            && self.columns.get(&(table, column)).is_some_and(|heads| {
                let tells = |m: &Mention| !matches!(m.topic, Topic::Contact | Topic::Desk | Topic::Front);
                heads.iter().any(|&head| self.block_mentions(head).iter().any(tells))
            });
        let is_label = |id: &&BlockId| !(by_column && self.hit_blocks.contains(*id));
        let before = cells.iter().take_while(|&&id| id < block).filter(is_short).filter(is_label);
        for &id in before.take(CELLS) {
            if !self.is_link(self.outline.blocks[id].range.start, self.outline.blocks[id].range.len())
                || id == cells[0]
            {
                zones.put(Zone::Row, self.outline.block_text(id), self.desk_of(id));
                self.numbered(id, zones);
            }
        }
        if !header && row > 0 {
            let heads = self.columns.get(&(table, column)).map(Vec::as_slice).unwrap_or_default();
            for &id in heads.iter().filter(is_short).take(2) {
                zones.put(Zone::Column, self.outline.block_text(id), self.block_mentions(id));
            }
        }
    }

    /// Returns what a cell names; under the head "Department" it is one, whatever it is called.
    fn desk_of(&self, id: BlockId) -> Rc<[Mention]> {
        let said = self.block_mentions(id);
        let BlockKind::Cell { table, column, .. } = self.outline.blocks[id].kind else { return said };
        let head =
            self.columns.get(&(table, column)).and_then(|heads| heads.first()).filter(|&&head| head != id);
        let desks = |head: &BlockId| self.block_mentions(*head).iter().any(|m| m.topic == Topic::Desk);
        if !said.is_empty() || !head.is_some_and(desks) {
            return said;
        }
        // "Clerk & Elections": what each part says where it stands alone.
        let text = self.outline.block_text(id);
        let parts = text.split(['&', '/', ',']).map(str::trim).filter(|part| part.len() < text.len());
        let told: Rc<[Mention]> = parts.flat_map(|part| self.said(part).to_vec()).collect();
        if !told.is_empty() {
            return told;
        }
        Rc::from([Mention { topic: Topic::Desk, share: 1.0, words: text.to_owned() }])
    }

    /// Returns the label of a value where labels and values stand in two columns, one after the other in the source.
    pub(super) fn label_beside(&self, block: BlockId) -> Option<BlockId> {
        let blocks = &self.outline.blocks;
        let own = blocks.get(block)?;
        let value = |id: BlockId| {
            blocks.get(id).is_some_and(|b| {
                b.kind == own.kind
                    && b.place == own.place
                    && b.range.len() <= SHORT
                    && self.hit_blocks.contains(&id)
            }) && lines::trivial_but_value(self.outline.block_text(id))
        };
        let label = |id: BlockId| {
            blocks.get(id).is_some_and(|b| {
                b.kind == own.kind
                    && b.place == own.place
                    && (2..=60).contains(&b.range.len())
                    && !self.hit_blocks.contains(&id)
            })
        };
        if own.kind != BlockKind::Paragraph || !value(block) {
            return None;
        }
        let first =
            (block.saturating_sub(COLUMN)..block).rev().take_while(|&id| value(id)).last().unwrap_or(block);
        let count = (first..first + COLUMN).take_while(|&id| value(id)).count();
        if !(3..COLUMN).contains(&count) || first < count {
            return None;
        }
        let top = first - count;
        let whole = (top..first).all(label) && (top == 0 || !label(top - 1));
        whole.then_some(block - count)
    }

    /// The number of a row with the header of its column: level 2.
    pub(super) fn numbered(&self, id: BlockId, zones: &mut Zones) {
        let BlockKind::Cell { table, column, .. } = self.outline.blocks[id].kind else { return };
        let text = self.outline.block_text(id).trim();
        let head =
            self.columns.get(&(table, column)).and_then(|heads| heads.first()).filter(|&&head| head != id);
        if let Some(&head) = head.filter(|_| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())) {
            let text = format!("{} {text}", lines::head(self.outline.block_text(head), SHORT));
            zones.put(Zone::Row, &text, Rc::from([]));
        }
    }

    /// The paragraph that leads in to the lines among which the hit stands.
    pub(super) fn lead_in(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let own = &self.outline.blocks[block];
        if let Some(title) = lines::run_in(self.outline.block_text(block)) {
            zones.put(Zone::LeadIn, title, self.said(title));
        }
        if own.range.len() > 2 * WINDOW || hit.reach.channel() == Channel::Social {
            return;
        }
        let mut over = false;
        for id in (block.saturating_sub(LEAD_BLOCKS)..block).rev() {
            let other = &self.outline.blocks[id];
            if Some(id) == own.heading
                || matches!(other.kind, BlockKind::Heading(_))
                || other.place != own.place
                || outside_row(own, other)
            {
                return;
            }
            let text = self.outline.block_text(id).trim_end();
            let leads = text.ends_with(':') && text.len() >= 12 || text.ends_with('?') && id + 1 == block;
            // What led in to a list that is over leads no further.
            over |=
                matches!(other.kind, BlockKind::Item { .. }) && !matches!(own.kind, BlockKind::Item { .. });
            if over && leads {
                return;
            }
            // What leads in to a list stands before it: its other items are ways of their own.
            let sibling = matches!((own.kind, other.kind), (BlockKind::Item { .. }, BlockKind::Item { .. }));
            if (sibling || self.hit_blocks.contains(&id)) && !leads {
                continue;
            }
            if leads || (text.len() >= 40 && text.split(' ').count() >= 6) {
                let from = text.ceil_char_boundary(text.len().saturating_sub(WINDOW));
                let share = if leads { 1.0 } else { 0.75 };
                let tail = &text[from..];
                zones.put(Zone::LeadIn, tail, self.said(tail).scaled(share));
                if !leads || !lines::short_lead(text) {
                    return;
                }
            }
        }
    }

    /// Returns whether a hit stands in the first section of a page whose main heading is about complaints: "Contact us" means
    /// with them.
    pub(in crate::rung) fn opens(&self, hit: &Hit) -> bool {
        let blocks = &self.outline.blocks;
        let heading = hit.block.and_then(|id| blocks.get(id)?.heading);
        let is_heading = |id: &BlockId| matches!(blocks[*id].kind, BlockKind::Heading(_));
        let above = heading.and_then(|id| (0..id).rev().take(4 * LEAD_BLOCKS).find(is_heading));
        above.is_some_and(|id| {
            matches!(blocks[id].kind, BlockKind::Heading(1))
                && self.block_mentions(id).iter().any(|m| m.topic == Topic::Complaints)
        })
    }

    /// The headings above, as far as they stand in the same landmark.
    pub(super) fn headings(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let place = self.outline.blocks[block].place;
        if hit.reach.channel() == Channel::Social && place != Place::Main {
            return;
        }
        let mut last = block;
        // "By phone" is how one is reached: what for, the heading above it says.
        let way = |id: &BlockId| {
            let text = self.outline.block_text(*id);
            text.len() <= SHORT && trivial(text) && self.block_mentions(*id).is_empty()
        };
        let headings = self.outline.headings(block).skip_while(way);
        for (depth, id) in headings.take(4).enumerate() {
            let heading = &self.outline.blocks[id];
            if heading.place != place && !(depth > 0 && heading.place == Place::Main) {
                return;
            }
            let zone = if depth == 0 { Zone::Heading } else { Zone::Higher };
            let body = matches!(place, Place::Main | Place::Aside);
            let share = if depth < 2 && body { 1.0 } else { 0.5 };
            let share = if self.is_over(id, block) { 0.3 * share } else { share };
            zones.put(zone, self.outline.block_text(id), self.block_mentions(id).scaled(share));
            if depth == 0 {
                last = id;
            }
        }
        // A heading right above the heading, of whatever level.
        let above = (last.saturating_sub(LEAD_BLOCKS)..last).rev();
        let parent = self.outline.blocks[last].heading;
        for id in above {
            let other = &self.outline.blocks[id];
            // A section that gave contacts of its own is over: the next card of a grid is about something else.
            if other.place != place || other.range.len() > 2 * WINDOW || self.hit_blocks.contains(&id) {
                return;
            }
            if matches!(other.kind, BlockKind::Heading(_)) {
                if Some(id) != parent {
                    zones.put(Zone::Higher, self.outline.block_text(id), self.block_mentions(id));
                }
                return;
            }
        }
    }
}

/// Returns whether two blocks stand in different cells of a table.
const fn outside_cell(own: &Block, other: &Block) -> bool {
    matches!(own.kind, BlockKind::Cell { .. }) != matches!(other.kind, BlockKind::Cell { .. })
        || matches!(own.kind, BlockKind::Cell { .. })
}

/// Returns whether the other block is a cell of another row, or of a table in which the own block does not stand.
const fn outside_row(own: &Block, other: &Block) -> bool {
    match (own.kind, other.kind) {
        (BlockKind::Cell { table: a, row: x, .. }, BlockKind::Cell { table: b, row: y, .. }) => {
            a != b || x != y
        }
        (_, BlockKind::Cell { .. }) => true,
        _ => false,
    }
}
