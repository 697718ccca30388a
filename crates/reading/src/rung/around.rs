//! What stands around a hit: the words that a reader would take for its name.
//!
//! [`Surroundings`] is made once a page; [`Surroundings::of`] gives the zones of one hit: the label before it, the clause
//! that it ends, the paragraph that leads in to a list, the headings above it, the header cells of its row and column, the
//! local part of a mailbox and so on. Every zone is a bounded window, and what blocks say is kept once it was read, so a
//! page with many hits costs little more than one with few.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use ladder::{Channel, Place};

use super::bodies::{self, Body};
use super::kind::Kind;
use super::lines::{self, trivial};
use super::names;
use super::own::{self, Own};
use super::topic::Topic;
use super::words::{self, Found, Lang};
use crate::hit::Hit;
use crate::outline::{Block, BlockId, BlockKind, Outline};
use crate::page::Context;

/// Which words around a hit.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Zone {
    /// What the extractor knows it by: `contactType`, the title of an icon.
    Kind,
    /// The person's title or the team.
    Role,
    /// The words before it on its line, or the term that it defines.
    Label,
    /// The words after it on its line.
    After,
    /// The sentence that it ends.
    Clause,
    /// The sentence before that.
    Earlier,
    /// The paragraph that leads in to its list or lines.
    LeadIn,
    /// The short lines above it.
    Card,
    /// The header cell and the words of its row.
    Row,
    /// The header cell of its column.
    Column,
    /// The heading above it.
    Heading,
    /// The headings above that, and the one before in reading order.
    Higher,
    /// The title of the page.
    Title,
    /// The first line of a postal address, where it is no street.
    Addressee,
    /// The local part of a mailbox.
    Local,
    /// The path of a web address.
    Path,
    /// The words on the link.
    Anchor,
}

/// A topic that a zone names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    /// What the words are about.
    pub(super) topic: Topic,
    /// How much they count, at most 1.
    pub(super) share: f32,
    /// The words.
    pub(super) words: String,
}

/// A zone with its text and what it names.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// Which zone.
    pub(super) zone: Zone,
    /// Its text, bounded.
    pub(super) text: String,
    /// What it names.
    pub(super) mentions: Rc<[Mention]>,
    /// The outside bodies that it names, once asked.
    bodies: OnceCell<Rc<[Body]>>,
}

impl Words {
    /// Returns the outside bodies that the text names, in its order.
    pub(super) fn bodies(&self, page: &Surroundings) -> &[Body] {
        self.bodies.get_or_init(|| {
            let worded = self.mentions.iter().any(|m| matches!(m.topic, Topic::Adr | Topic::Regulator));
            page.bodies(&self.text, worded)
        })
    }
}

/// Everything around one hit.
#[derive(Debug)]
pub(super) struct Around<'a> {
    /// The hit itself.
    pub(super) hit: &'a Hit,
    /// The page.
    pub(super) page: &'a Surroundings<'a>,
    /// Its zones; none is blank.
    pub(super) zones: Vec<Words>,
}

impl Around<'_> {
    /// Returns what a zone names.
    pub(super) fn named(&self, zone: Zone) -> impl Iterator<Item = &Mention> {
        self.zones.iter().filter(move |words| words.zone == zone).flat_map(|words| words.mentions.iter())
    }

    /// Returns the text of a zone.
    pub(super) fn text(&self, zone: Zone) -> &str {
        self.words(zone).map_or("", |words| &words.text)
    }

    /// Returns the first words of a zone.
    pub(super) fn words(&self, zone: Zone) -> Option<&Words> {
        self.zones.iter().find(|words| words.zone == zone)
    }

    /// Returns the channel.
    pub(super) const fn channel(&self) -> Channel {
        self.hit.reach.channel()
    }

    /// Returns whether it stands in the body of the page.
    pub(super) const fn in_body(&self) -> bool {
        matches!(self.hit.place, Place::Main | Place::Aside)
    }
}

/// The longest window of a clause or lead-in, in bytes.
const WINDOW: usize = 320;

/// The longest text of a block that is taken for a line of a card or a cell that names something.
const SHORT: usize = 120;

/// How far back a lead-in may stand, in blocks.
const LEAD_BLOCKS: usize = 10;

/// How many short lines make a card.
const CARD_LINES: usize = 5;

/// The longest column of labels beside values.
const COLUMN: usize = 16;

/// The most firms of one page that are kept.
const MOST_FIRMS: usize = 16;

/// The most short texts of a page of which it is kept what they name.
const MOST_SAID: usize = 4096;

/// The most header cells and row cells looked at for one hit.
const CELLS: usize = 6;

/// A text asked about, and whether its words were looked at too.
type Asked = (String, bool);

/// A page as the surroundings of its hits.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    /// The outline.
    pub(super) outline: &'a Outline,
    /// What was known of the page before.
    pub(super) context: &'a Context<'a>,
    /// Where the printed hits stand, in order.
    spans: Vec<Range<usize>>,
    /// Where the text of links to other pages stands, in order.
    link_starts: Vec<(usize, usize)>,
    /// The blocks in which they stand.
    hit_blocks: HashSet<BlockId>,
    /// Short blocks and rows in which a mailbox of the company's own stands.
    at_home: HashSet<(u32, u32)>,
    /// Headings under which a mailbox for complaints stands.
    complaint_sections: HashSet<BlockId>,
    /// Where sites of outside bodies are printed: a hit of the web is one, or the extractor had not given it.
    sites: Vec<Range<usize>>,
    /// The cells of each row.
    rows: HashMap<(u32, u32), Vec<BlockId>>,
    /// The header cells of each column.
    columns: HashMap<(u32, u32), Vec<BlockId>>,
    /// What blocks name, once read.
    read: RefCell<HashMap<BlockId, Rc<[Mention]>>>,
    /// What short texts name, once read: the same labels and sentences stand around many hits.
    said: RefCell<HashMap<String, Rc<[Mention]>>>,
    /// The outside bodies that short texts name, once read, and whether their words were looked at too.
    bodies: RefCell<HashMap<Asked, Rc<[Body]>>>,
    /// The languages that the page says or was asked for in; empty where neither.
    langs: Vec<Lang>,
    /// What the title of the page names.
    title: Rc<[Mention]>,
    /// What is the company's own.
    pub(super) own: Own,
    /// What kind of page it is.
    pub(super) kind: Kind,
    /// How many mailboxes it gives.
    pub(super) mailboxes: usize,
    /// Names of other firms, as foreign mailboxes on the page spell them.
    pub(super) firms: Vec<String>,
}

impl<'a> Surroundings<'a> {
    /// Looks at a page and its hits.
    pub(super) fn new(outline: &'a Outline, context: &'a Context<'a>, hits: &[Hit]) -> Self {
        let mut spans: Vec<Range<usize>> =
            hits.iter().map(|h| h.span.clone()).filter(|s| !s.is_empty()).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup();
        let mut link_starts: Vec<(usize, usize)> = outline
            .links
            .iter()
            .filter(|l| !l.text.is_empty() && !l.href.starts_with("mailto:") && !l.href.starts_with("tel:"))
            .map(|l| (l.text.start, l.text.end))
            .collect();
        link_starts.sort_unstable();
        let hit_blocks = spans.iter().filter_map(|span| outline.block_at(span.start)).collect();
        let mut rows: HashMap<_, Vec<BlockId>> = HashMap::new();
        let mut columns: HashMap<_, Vec<BlockId>> = HashMap::new();
        for (id, block) in outline.blocks.iter().enumerate() {
            if let BlockKind::Cell { table, row, column, header } = block.kind {
                rows.entry((table, row)).or_default().push(id);
                if header || row == 0 {
                    columns.entry((table, column)).or_default().push(id);
                }
            }
        }
        let langs: Vec<Lang> = [outline.lang.as_deref(), context.lang]
            .into_iter()
            .flatten()
            .filter_map(words::lang_of)
            .collect();
        let title = lines::head(&outline.title, SHORT);
        let title = wrap(title, words::topics_of(title), &langs, false);
        let mailboxes: HashSet<&str> =
            hits.iter().filter_map(|h| h.reach.as_email()).map(ladder::Email::as_str).collect();
        let mut page = Self {
            outline,
            context,
            spans,
            link_starts,
            hit_blocks,
            at_home: HashSet::new(),
            sites: Vec::new(),
            complaint_sections: HashSet::new(),
            rows,
            columns,
            read: RefCell::default(),
            said: RefCell::default(),
            bodies: RefCell::default(),
            title,
            langs,
            own: Own::of(outline, context, hits),
            kind: Kind::of(outline, context),
            mailboxes: mailboxes.len(),
            firms: Vec::new(),
        };
        page.complaint_sections = hits
            .iter()
            .filter(|hit| {
                let local =
                    hit.reach.as_email().map(|e| words::topics_of_local(e.local())).unwrap_or_default();
                local.first().is_some_and(|found| found.topic == Topic::Complaints)
            })
            .filter_map(|hit| outline.blocks.get(hit.block?)?.heading)
            .collect();
        page.sites = hits
            .iter()
            .filter(|hit| hit.reach.channel() == Channel::Web && !hit.span.is_empty())
            .map(|hit| hit.span.clone())
            .collect();
        page.sites.sort_by_key(|span| span.start);
        page.firms = page.firms_of(hits);
        page.at_home = hits
            .iter()
            .filter(|hit| !hit.span.is_empty())
            .filter(|hit| hit.reach.as_email().is_some_and(|e| page.own.has_host(e.domain()) == Some(true)))
            .filter_map(|hit| page.spot_of(hit))
            .collect();
        page
    }

    /// Returns the row or block in which a hit stands.
    fn spot_of(&self, hit: &Hit) -> Option<(u32, u32)> {
        let id = hit.block?;
        match self.outline.blocks.get(id)?.kind {
            BlockKind::Cell { table, row, .. } => Some((table, row)),
            _ if self.outline.blocks[id].range.len() <= 2 * SHORT => {
                Some((u32::MAX, u32::try_from(id).ok()?))
            }
            _ => None,
        }
    }

    /// Returns whether a mailbox of the company's own stands in the same row or block.
    pub(super) fn is_at_home(&self, hit: &Hit) -> bool {
        self.spot_of(hit).is_some_and(|spot| self.at_home.contains(&spot))
    }

    /// Returns what stands around a hit.
    pub(super) fn of<'b>(&'b self, hit: &'b Hit) -> Around<'b> {
        let mut zones = Zones { page: self, words: Vec::with_capacity(12) };
        if let Some(label) = &hit.label {
            zones.add(Zone::Kind, label);
        }
        let beside = hit.block.filter(|_| !hit.span.is_empty()).and_then(|block| self.label_beside(block));
        let role = zones.words.len();
        if let Some(title) = hit.title.as_ref().filter(|_| beside.is_none()) {
            zones.add(Zone::Role, title);
        }
        self.value(hit, &mut zones);
        if let Some(label) = beside {
            zones.put(Zone::Label, self.outline.block_text(label), self.block_mentions(label));
            zones.put(Zone::Title, &self.outline.title, Rc::clone(&self.title));
            return Around { hit, page: self, zones: zones.words };
        }
        if let Some(block) = hit.block.filter(|&id| id < self.outline.blocks.len()) {
            if hit.span.is_empty() {
                self.icon(hit, block, &mut zones);
            } else {
                self.line(hit, block, &mut zones);
            }
            // A line with a label of its own is not that of the person above it.
            let labelled = zones
                .words
                .iter()
                .any(|w| w.zone == Zone::Label && w.mentions.iter().any(|m| m.topic != Topic::Contact));
            let text = self.outline.block_text(block);
            if labelled
                && zones.words.get(role).is_some_and(|w| w.zone == Zone::Role && !text.contains(&w.text))
            {
                zones.words.remove(role);
            }
            self.cells(block, &mut zones);
            self.lead_in(hit, block, &mut zones);
            self.headings(hit, block, &mut zones);
        }
        if hit.block.is_none() || matches!(hit.place, Place::Main | Place::Aside | Place::Data) {
            zones.put(Zone::Title, &self.outline.title, Rc::clone(&self.title));
        }
        Around { hit, page: self, zones: zones.words }
    }

    /// Returns the names of other firms that foreign mailboxes spell.
    fn firms_of(&self, hits: &[Hit]) -> Vec<String> {
        let mut firms: Vec<String> = Vec::new();
        for hit in hits.iter().filter(|h| !h.span.is_empty()) {
            let Some(email) = hit.reach.as_email() else { continue };
            if self.own.has_host(email.domain()) != Some(false) || Own::is_for_everyone(email.domain()) {
                continue;
            }
            let domain = own::registrable(email.domain()).unwrap_or_default();
            let name = names::spelled_like(self.near(hit), domain.split('.').next().unwrap_or_default());
            if let Some(name) = name.filter(|name| !firms.contains(name) && !self.own.has_name(name)) {
                firms.push(name);
            }
            if firms.len() >= MOST_FIRMS {
                break;
            }
        }
        firms
    }

    /// Returns the text around a hit, whole blocks or not.
    pub(super) fn near(&self, hit: &Hit) -> &'a str {
        let text = &self.outline.text;
        let from = text.floor_char_boundary(hit.span.start.saturating_sub(2 * WINDOW));
        let to = text.ceil_char_boundary(hit.span.end.saturating_add(WINDOW / 2));
        if hit.span.is_empty() { "" } else { text.get(from..to).unwrap_or("") }
    }

    /// Returns whether a hit follows another with nothing between but channel words.
    pub(super) fn follows(&self, hit: &Hit) -> bool {
        if hit.span.is_empty() {
            return false;
        }
        let text = &self.outline.text;
        let from = self
            .after_last_hit(text.floor_char_boundary(hit.span.start.saturating_sub(SHORT)), hit.span.start);
        let is_end = self.start_of_hit_ending(from).is_some();
        let same_heading =
            self.outline.block_at(from.saturating_sub(1)).zip(hit.block).is_some_and(|(a, b)| {
                let of = |id: BlockId| self.outline.blocks.get(id).map(|b| (b.heading, b.place));
                of(a) == of(b)
            });
        is_end && same_heading && text.get(from..hit.span.start).is_some_and(names_a_line)
    }

    /// Returns whether a mailbox for complaints stands under the same heading, on a page about complaints.
    pub(super) fn is_beside_complaints(&self, hit: &Hit) -> bool {
        let about = self.title.iter().any(|m| m.topic == Topic::Complaints);
        let heading = hit.block.and_then(|id| self.outline.blocks.get(id)?.heading);
        about && heading.is_some_and(|id| self.complaint_sections.contains(&id))
    }

    /// Returns whether the site of an outside body follows a hit in its block, with nothing between but values and how they
    /// are reached.
    pub(super) fn leads_to_site(&self, hit: &Hit) -> bool {
        let next = self.sites.partition_point(|span| span.start < hit.span.end);
        let Some(site) = self.sites.get(next).filter(|site| site.start - hit.span.end <= SHORT) else {
            return false;
        };
        let within = hit.block.is_some_and(|id| site.end <= self.outline.blocks[id].range.end);
        let mut from = hit.span.end;
        let mut joined = within && !hit.span.is_empty();
        while joined && from < site.start {
            let to = self.start_of_next_hit(from, site.start + 1).unwrap_or(site.start);
            joined = self.outline.text.get(from..to).is_some_and(names_a_line);
            let at = self.spans.partition_point(|span| span.start < to);
            from = self.spans.get(at).map_or(site.start, |span| span.end.max(to + 1));
        }
        joined
    }

    /// Zones of the value itself: local part, path, words on the link, addressee.
    fn value(&self, hit: &Hit, zones: &mut Zones) {
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
            let is_value = text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= 6;
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
    fn line(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
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
            if !shared || from <= floor + line || own.contains(['|', '•', '·']) || own.contains(". ") {
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
            text.get(floor + line..from).filter(|_| goes_on(own)).unwrap_or("")
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
        if !next_follows || !names_the_next(after) {
            zones.add(Zone::After, after);
        }
        if bare {
            self.card(block, &before[..line], zones);
        }
    }

    /// Returns whether words before a value only tell it from the one before: ", Tucson 520…" after "Phoenix 480…".
    fn is_of_series(&self, own: &str) -> bool {
        own.len() <= 28
            && own.trim_start().starts_with([',', ';', '/', '('])
            && self.said(own.trim()).is_empty()
    }

    /// Zones of a value without words: what is printed beside it.
    fn icon(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let text = self.outline.block_text(block);
        let carries = hit.reach.channel() != Channel::Social && text.len() <= WINDOW;
        if carries {
            zones.add(Zone::Clause, text);
            self.card(block, "", zones);
        }
    }

    /// The short lines above: of the block itself, then of the blocks before it.
    fn card(&self, block: BlockId, above: &str, zones: &mut Zones) {
        let own = &self.outline.blocks[block];
        let mut left = CARD_LINES;
        let mut worded = false;
        let offset = own.range.start;
        let mut end = above.len();
        for line in above.trim_end_matches('\n').rsplit('\n') {
            let start = end.saturating_sub(line.len());
            // "Write to our officer at a@b.example or" and the address on the next lines.
            if left == CARD_LINES && ends_open(line) {
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
    fn names(&self, zones: &mut Zones, line: &str, start: usize, left: usize, worded: &mut bool) -> bool {
        let has_hit = self.has_hit(start, start + line.len());
        if has_hit {
            // A value above words that stand above this one is of the card before.
            return *worded || !trivial_but_value(line);
        }
        *worded |= !trivial(line);
        let said = self.said(line);
        let tells =
            said.iter().any(|m| !matches!(m.topic, Topic::Contact)) && !self.is_link(start, line.len());
        if tells {
            let fade = if left + 2 >= CARD_LINES { 1.0 } else { 0.7 };
            let faded: Vec<Mention> =
                said.iter().cloned().map(|m| Mention { share: m.share * fade, ..m }).collect();
            zones.put(Zone::Card, line, faded.into());
        }
        tells
    }

    /// The cells of its row and the header cells of its column.
    fn cells(&self, block: BlockId, zones: &mut Zones) {
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
        for &id in cells.iter().take_while(|&&id| id < block).filter(is_short).take(CELLS) {
            if !self.is_link(self.outline.blocks[id].range.start, self.outline.blocks[id].range.len())
                || id == cells[0]
            {
                zones.put(Zone::Row, self.outline.block_text(id), self.block_mentions(id));
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

    /// Returns the label of a value where labels and values stand in two columns, one after the other in the source.
    fn label_beside(&self, block: BlockId) -> Option<BlockId> {
        let blocks = &self.outline.blocks;
        let own = blocks.get(block)?;
        let value = |id: BlockId| {
            blocks.get(id).is_some_and(|b| {
                b.kind == own.kind
                    && b.place == own.place
                    && b.range.len() <= SHORT
                    && self.hit_blocks.contains(&id)
            }) && trivial_but_value(self.outline.block_text(id))
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
    fn numbered(&self, id: BlockId, zones: &mut Zones) {
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
    fn lead_in(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let own = &self.outline.blocks[block];
        if let Some(title) = run_in(self.outline.block_text(block)) {
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
                if !leads || !short_lead(text) {
                    return;
                }
            }
        }
    }

    /// The headings above, as far as they stand in the same landmark.
    fn headings(&self, hit: &Hit, block: BlockId, zones: &mut Zones) {
        let place = self.outline.blocks[block].place;
        if hit.reach.channel() == Channel::Social && place != Place::Main {
            return;
        }
        let mut last = block;
        for (depth, id) in self.outline.headings(block).take(4).enumerate() {
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

    /// Returns whether the box that holds a heading and its text was closed before a block: a card of a grid that the block
    /// comes after.
    fn is_over(&self, heading: BlockId, block: BlockId) -> bool {
        let blocks = &self.outline.blocks;
        let (own, next) = (blocks[heading].container, blocks[(heading + 1).min(block)].container);
        !matches!(blocks[heading].kind, BlockKind::Heading(1))
            && own != 0
            && heading + 1 < block
            && self.is_within(next, own)
            && !self.is_within(blocks[block].container, own)
    }

    /// Returns whether a container is another or stands inside of it.
    fn is_within(&self, container: u32, other: u32) -> bool {
        let up = |&c: &u32| self.outline.containers.get(c as usize).copied().filter(|&up| up != c && c != 0);
        std::iter::successors(Some(container), up).take(40).any(|c| c == other)
    }

    /// Returns what a short text names, read once.
    fn said(&self, text: &str) -> Rc<[Mention]> {
        if let Some(said) = self.said.borrow().get(text) {
            return Rc::clone(said);
        }
        let said = self.heard(text, words::topics_of(text));
        let mut known = self.said.borrow_mut();
        if known.len() < MOST_SAID {
            known.insert(text.to_owned(), Rc::clone(&said));
        }
        said
    }

    /// Returns the outside bodies that a text names, looked for once; `worded` says whether its words are of one at all.
    fn bodies(&self, text: &str, worded: bool) -> Rc<[Body]> {
        let key = (text.to_owned(), worded);
        if let Some(bodies) = self.bodies.borrow().get(&key) {
            return Rc::clone(bodies);
        }
        let bodies: Rc<[Body]> = bodies::named_in(text, self.context.country, worded).into();
        let mut known = self.bodies.borrow_mut();
        if known.len() < MOST_SAID {
            known.insert(key, Rc::clone(&bodies));
        }
        bodies
    }

    /// Makes mentions of what was found, but for short words of other languages than the page's.
    fn heard(&self, text: &str, found: Vec<Found>) -> Rc<[Mention]> {
        wrap(text, found, &self.langs, true)
    }

    /// Returns what a block names, read once.
    fn block_mentions(&self, id: BlockId) -> Rc<[Mention]> {
        if let Some(read) = self.read.borrow().get(&id) {
            return Rc::clone(read);
        }
        let said = self.said(lines::head(self.outline.block_text(id), WINDOW));
        self.read.borrow_mut().insert(id, Rc::clone(&said));
        said
    }

    /// Returns the end of the last hit that ends at or before `to`, at least `from`.
    fn after_last_hit(&self, from: usize, to: usize) -> usize {
        let at = self.spans.partition_point(|span| span.start < to);
        let ends = self.spans[at.saturating_sub(8)..at].iter().map(|span| span.end).filter(|&end| end <= to);
        ends.max().map_or(from, |end| end.max(from))
    }

    /// Returns where the hit began that ends at an offset.
    fn start_of_hit_ending(&self, end: usize) -> Option<usize> {
        let at = self.spans.partition_point(|span| span.start < end);
        self.spans[at.saturating_sub(8)..at].iter().find(|span| span.end == end).map(|span| span.start)
    }

    /// Returns where the next hit begins.
    fn start_of_next_hit(&self, from: usize, to: usize) -> Option<usize> {
        let at = self.spans.partition_point(|span| span.start < from);
        self.spans.get(at).map(|span| span.start).filter(|&start| start < to)
    }

    /// Returns whether a line is all link: an item of a menu, which names another page.
    fn is_link(&self, start: usize, len: usize) -> bool {
        let at = self.link_starts.partition_point(|(from, _)| *from < start);
        self.link_starts.get(at).is_some_and(|(from, to)| *from <= start + 1 && *to + 1 >= start + len)
    }

    /// Returns whether a hit stands in a stretch of the text.
    fn has_hit(&self, from: usize, to: usize) -> bool {
        self.start_of_next_hit(from, to).is_some()
    }
}

/// Returns whether words between two values are the label of the second: set off from the first, or ending as labels do.
fn names_the_next(between: &str) -> bool {
    let between = between.trim();
    between.ends_with([':', '?'])
        || between.starts_with(['-', '–', '—', '|', '·', '•', ';', '/'])
        || between.contains('·')
}

/// Returns whether words between two values name nothing but another line to the same desk: "…, hotline 0800 1, TTY 0800 2".
fn names_a_line(between: &str) -> bool {
    const LINES: [&str; 18] = [
        "numero",
        "verde",
        "numéro",
        "vert",
        "hotline",
        "helpline",
        "tty",
        "tdd",
        "textphone",
        "freephone",
        "free",
        "call",
        "line",
        "consumer",
        "toll",
        "gratuit",
        "gratuito",
        "kostenlos",
    ];
    if between.len() > 48 {
        return false;
    }
    let rest: Vec<&str> = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !LINES.iter().any(|line| line.eq_ignore_ascii_case(word)))
        .collect();
    trivial(&rest.join(" "))
}

/// Returns the title that a numbered paragraph begins with: "7. Complaints. We would like …".
fn run_in(text: &str) -> Option<&str> {
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '§' | ' ' | '('));
    let numbered = rest.len() < text.len() && text.len() - rest.len() <= 8;
    let head = lines::head(rest, 48);
    let end = head.find(['.', ':']).filter(|_| numbered)?;
    let title = &head[..end];
    (title.split(' ').count() <= 5 && title.starts_with(char::is_uppercase)).then_some(title)
}

/// Returns whether a line ends in the middle of a sentence that the next line ends.
fn ends_open(line: &str) -> bool {
    const OPEN: [&str; 16] =
        ["or", "to", "at", "oder", "an", "ou", "à", "o", "a", "oppure", "of", "naar", "aan", "y", "and", "u"];
    let line = line.trim_end();
    line.ends_with(':') || line.rsplit(' ').next().is_some_and(|word| OPEN.contains(&word))
}

/// Returns whether the words after a value go on with its sentence.
fn goes_on(own: &str) -> bool {
    own.trim_start_matches([' ', ',', ')', '(', '\u{a0}']).starts_with(char::is_lowercase)
}

/// Returns whether a lead-in is only a few words, so that the one before it counts too.
fn short_lead(text: &str) -> bool {
    text.len() <= 60
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

/// Returns whether a line with a value holds nothing that names the value.
fn trivial_but_value(line: &str) -> bool {
    let words: String =
        line.split(' ').filter(|w| !w.contains('@') && !w.contains("www.")).collect::<Vec<_>>().join(" ");
    trivial(&words)
}

/// Makes mentions of what was found; a short word of one language counts where the page is in it, or in who knows which.
/// A word that says little among others says it all where it stands alone (`alone`): "Agents", "Parts".
fn wrap(text: &str, found: Vec<Found>, langs: &[Lang], alone: bool) -> Rc<[Mention]> {
    let whole = text.trim_end_matches([':', ' ', '?']).len();
    found
        .into_iter()
        .filter(|f| langs.is_empty() || f.only.is_none_or(|only| langs.contains(&only)))
        .filter(|f| !f.alone || f.range.len() >= whole)
        .map(|f| Mention {
            topic: f.topic,
            share: if f.weak && !(alone && f.range.len() >= whole) { 0.5 } else { 1.0 },
            words: text.get(f.range).unwrap_or(text).to_owned(),
        })
        .collect()
}

/// Scales the shares of mentions.
trait Scaled {
    fn scaled(&self, by: f32) -> Rc<[Mention]>;
}

impl Scaled for Rc<[Mention]> {
    fn scaled(&self, by: f32) -> Rc<[Mention]> {
        if (by - 1.0).abs() < f32::EPSILON {
            return Self::clone(self);
        }
        self.iter().cloned().map(|m| Mention { share: m.share * by, ..m }).collect()
    }
}

/// Zones as they are gathered.
struct Zones<'b> {
    page: &'b Surroundings<'b>,
    words: Vec<Words>,
}

impl Zones<'_> {
    /// Adds a zone by its text.
    fn add(&mut self, zone: Zone, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            let mentions = self.page.said(text);
            self.words.push(Words { zone, text: text.to_owned(), mentions, bodies: OnceCell::new() });
        }
    }

    /// Adds a zone whose mentions are known.
    fn put(&mut self, zone: Zone, text: &str, mentions: Rc<[Mention]>) {
        let text = text.trim();
        if !text.is_empty() {
            let text = lines::head(text, WINDOW).to_owned();
            self.words.push(Words { zone, text, mentions, bodies: OnceCell::new() });
        }
    }
}
