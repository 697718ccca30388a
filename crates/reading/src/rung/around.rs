//! What stands around a hit: the words that a reader would take for its name.
//!
//! [`Surroundings`] is made once a page; [`Surroundings::of`] gives the zones of one hit: the label before it, the clause
//! that it ends, the paragraph that leads in to a list, the headings above it, the header cells of its row and column, the
//! local part of a mailbox and so on. Every zone is a bounded window, and what blocks say is kept once it was read, so a
//! page with many hits costs little more than one with few.

mod gather;

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use foldhash::fast::RandomState;
use ladder::{Channel, Place};

use super::bodies::{self, Body};
use super::kind::Kind;
use super::lines;
use super::names;
use super::own::Own;
use super::topic::Topic;
use super::words::{self, Found, Lang};
use crate::hit::Hit;
use crate::outline::{BlockId, BlockKind, Outline};
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

/// The shortest label of no known words that is one of its own: `Mob.:` is none.
const LEAST_LABEL: usize = 10;

/// The longest column of labels beside values.
const COLUMN: usize = 16;

/// The most firms of one page that are kept.
const MOST_FIRMS: usize = 16;

/// The most short texts of a page of which it is kept what they name.
const MOST_SAID: usize = 4096;

/// The most header cells and row cells looked at for one hit.
const CELLS: usize = 6;

/// What was found in short texts.
type Kept<T> = HashMap<String, Rc<[T]>, RandomState>;

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
    hit_blocks: HashSet<BlockId, RandomState>,
    /// Short blocks and rows in which a mailbox of the company's own stands.
    at_home: HashSet<(u32, u32), RandomState>,
    /// Headings under which a mailbox for complaints stands.
    complaint_sections: HashSet<BlockId, RandomState>,
    /// Where sites of outside bodies are printed: a hit of the web is one, or the extractor had not given it.
    sites: Vec<Range<usize>>,
    /// The cells of each row.
    rows: HashMap<(u32, u32), Vec<BlockId>, RandomState>,
    /// The header cells of each column.
    columns: HashMap<(u32, u32), Vec<BlockId>, RandomState>,
    /// What blocks name, once read.
    read: RefCell<HashMap<BlockId, Rc<[Mention]>, RandomState>>,
    /// What short texts name, once read: the same labels and sentences stand around many hits.
    said: RefCell<Kept<Mention>>,
    /// The outside bodies that short texts name, once read: by the atlas alone, and where their words were looked at too.
    bodies: RefCell<[Kept<Body>; 2]>,
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
        let mut rows: HashMap<_, Vec<BlockId>, RandomState> = HashMap::default();
        let mut columns: HashMap<_, Vec<BlockId>, RandomState> = HashMap::default();
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
        let mailboxes: HashSet<&str, RandomState> =
            hits.iter().filter_map(|h| h.reach.as_email()).map(ladder::Email::as_str).collect();
        let mut page = Self {
            outline,
            context,
            spans,
            link_starts,
            hit_blocks,
            at_home: HashSet::default(),
            sites: Vec::new(),
            complaint_sections: HashSet::default(),
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
            let labels = |w: &Words| {
                w.mentions.iter().any(|m| m.topic != Topic::Contact)
                    || w.text.ends_with(':') && w.text.len() >= LEAST_LABEL && w.mentions.is_empty()
            };
            let labelled = zones.words.iter().any(|w| w.zone == Zone::Label && labels(w));
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
            if self.own.has_host(email.domain()) != Some(false)
                || crate::email::is_for_everyone(email.domain())
            {
                continue;
            }
            let domain = ladder::host::registrable(email.domain()).unwrap_or_default();
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
        is_end && same_heading && text.get(from..hit.span.start).is_some_and(lines::names_a_line)
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
            joined = self.outline.text.get(from..to).is_some_and(lines::names_a_line);
            let at = self.spans.partition_point(|span| span.start < to);
            from = self.spans.get(at).map_or(site.start, |span| span.end.max(to + 1));
        }
        joined
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
    pub(super) fn said(&self, text: &str) -> Rc<[Mention]> {
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
        let of = usize::from(worded);
        if let Some(bodies) = self.bodies.borrow()[of].get(text) {
            return Rc::clone(bodies);
        }
        let bodies: Rc<[Body]> = bodies::named_in(text, self.context.country, worded).into();
        let known = &mut self.bodies.borrow_mut()[of];
        if known.len() < MOST_SAID {
            known.insert(text.to_owned(), Rc::clone(&bodies));
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

/// Makes mentions of what was found; a short word of one language counts where the page is in it, or in who knows which.
/// A word that says little among others says it all where it stands alone (`alone`): "Agents", "Parts".
fn wrap(text: &str, found: Vec<Found>, langs: &[Lang], alone: bool) -> Rc<[Mention]> {
    let whole = text.trim_end_matches([':', ' ', '?', '-', '–', '—', ',', '|']).len();
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
