//! Cues: turns of phrase that tell what a sentence does, looked for by patterns that the tables of a language give.
//!
//! A pattern is a row of words. `word*`, `*word` and `*word*` stand for spellings that begin with, end with or hold the
//! letters; `a|b` for either; `..` for up to four words of any kind; `^` for the start of a sentence; `#` for a number. No
//! pattern reaches over the end of a sentence. All patterns of a language are looked for in one pass over the words.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use foldhash::fast::FixedState;
use ladder::BodyKind;

use super::words::{Gap, Kind, Words};

/// Words that `..` stands for at the most.
const REACH: usize = 4;

/// Who inside of the company a role is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Role {
    /// A branch, a desk, an agent, the person who works on the case.
    Front,
    /// Customer service as a department: the front line, or where complaints are made formally.
    Service,
    /// Supervisor, team leader, shift or duty manager.
    Supervisor,
    /// A manager of whoever one spoke with: a supervisor, or a second look where the first was formal.
    AManager,
    /// A team or office, for what its name does not tell.
    Team,
    /// The team or officer for complaints.
    Complaints,
    /// A manager, head of department, partner, reviewer or committee.
    Manager,
    /// Someone who may be the top or one below: director of something, general manager, vice president.
    Director,
    /// Chief executive, managing director, board, president.
    Executive,
    /// Company secretary, legal department.
    Legal,
    /// Data protection officer.
    Data,
}

/// What a turn of phrase does.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Cue {
    /// Of bodies outside, beside [`Cue::Passed`]: time that has gone by.
    Lapsed,
    /// Of bodies outside, beside [`Cue::SinceAnswer`].
    OfAnswer,
    /// Of bodies outside, beside [`Cue::SinceComplaint`].
    OfComplaint,
    /// Of bodies outside, beside [`Cue::SinceEvent`].
    OfEvent,
    /// Names the matter: complaint, grievance.
    Matter,
    /// What may be a complaint and may be anything: concern, feedback.
    Maybe,
    /// An answer did not settle it: the condition under which one goes on.
    Unsettled,
    /// Asks what comes after ("And after that?").
    Then,
    /// A second look: review, appeal, reconsider.
    Review,
    /// It goes up: escalated, referred to, passed to.
    Moved,
    /// A formal complaint.
    Formal,
    /// The word itself: formal.
    FormalWord,
    /// A first try: informal, first contact, front line.
    Informal,
    /// Tells the customer to get in touch.
    Invite,
    /// The work on a complaint: acknowledgement, investigation, resolution.
    Handling,
    /// The company acknowledges.
    Ack,
    /// The company answers or decides.
    Reply,
    /// The company gets in touch: an answer, or an acknowledgement where an answer comes later.
    Touch,
    /// The customer does something by a time: asks, applies, appeals.
    Acts,
    /// A limit that counts from the last answer.
    SinceAnswer,
    /// A limit that counts from the event, the invoice, the loss.
    SinceEvent,
    /// A limit that counts from the complaint.
    SinceComplaint,
    /// Time that has gone by without an answer.
    Passed,
    /// A time that is not to be passed: no more than, at the latest.
    AtMost,
    /// Waits for a time: after, for.
    After,
    /// Records and goods are kept.
    Kept,
    /// Money moves.
    Paid,
    /// A contract is cancelled or goods returned.
    Cancelled,
    /// Repeats: every, monthly.
    Often,
    /// A statistic.
    Average,
    /// More time on top.
    Extra,
    /// For the whole procedure.
    Whole,
    /// Figures for one kind of issue.
    OneKind,
    /// The longest that it may take: for complex cases, always within.
    Outer,
    /// Other times that bind nobody in a complaint.
    OtherTime,
    /// Tells the customer to take it outside.
    Refer,
    /// The company speaking of itself: us, our.
    Us,
    /// Stands for a body named before, and how to reach it.
    Them,
    /// Says that the customer may, can or should.
    May,
    /// Says that a place is outside of the company: external, independent.
    External,
    /// Named as authoriser, registrar or law.
    Authorised,
    /// What a body does to the company and not for its customers: regulates, supervises.
    Oversees,
    /// Named to say that it does not take such complaints.
    Shut,
    /// The customer cannot go there himself.
    Closed,
    /// Gives advice, represents or interprets, and decides nothing.
    Advice,
    /// A noun of a body outside.
    Outside(BodyKind),
    /// Looks like a body and is none: board of directors, internal ombudsman.
    NotOutside,
    /// A role inside.
    Inside(Role),
    /// A heading for matters beside the ladder.
    Aside,
    /// A heading under which the present stage goes on.
    Process,
    /// The times named before, as a whole ("the time limits above").
    AboveTimes,
    /// A heading asks or tells how long an answer takes.
    HowLong,
    /// Not for customers: staff, whistle-blowers.
    Staff,
    /// A text about complaints rather than a procedure.
    About,
    /// Speaks of companies as such, or of one that is not the writer's: `your bank`, `firms have to`.
    Theirs,
    /// A condition: if, when, where.
    If,
    /// The company as the one who acts.
    We,
    /// The customer as the one who acts.
    You,
    /// Any of the stages after the first: `the next level`, `each later stage`.
    AnyStage,
    /// Says that a stage may last as long as it needs, or that no time is named.
    Not,
}

/// A turn of phrase found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What it does.
    pub(super) cue: Cue,
    /// Its words.
    pub(super) words: Range<usize>,
}

#[derive(Debug)]
enum Element {
    /// One of these atoms.
    One(Vec<u16>),
    /// Up to [`REACH`] words.
    Any,
    /// A number.
    Number,
}

#[derive(Debug)]
struct Pattern {
    cue: Cue,
    at_start: bool,
    elements: Vec<Element>,
}

/// The patterns of a language, made ready.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    rows: Vec<Pattern>,
    exact: HashMap<&'static str, u16, FixedState>,
    loose: Vec<(&'static str, Fit, u16)>,
    /// Finds the letters of the loose atoms, by their place there.
    letters: Option<AhoCorasick>,
    /// For each atom, the patterns that begin with it and do not tell the next word.
    first: Vec<Vec<u16>>,
    /// For two atoms, the patterns that begin with both, one after the other: few of those that begin with "if" come so far.
    pairs: HashMap<(u16, u16), Vec<u16>, FixedState>,
    numbers: HashMap<&'static str, u32, FixedState>,
    /// Atoms that name roles: these count with an `'s`, too.
    owners: Vec<u16>,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Fit {
    Begins,
    Ends,
    Holds,
}

impl Patterns {
    /// Makes the patterns of a table ready.
    pub(super) fn new(table: &[(Cue, &'static str)], numbers: &[(&'static str, u32)]) -> Self {
        let mut all = Self { numbers: numbers.iter().copied().collect(), ..Self::default() };
        for &(cue, row) in table {
            all.add(cue, row);
        }
        all.letters = Some(
            AhoCorasick::new(all.loose.iter().map(|(part, ..)| part)).expect("some hundred short words fit"),
        );
        all
    }

    fn add(&mut self, cue: Cue, row: &'static str) {
        let mut at_start = false;
        let mut elements = Vec::new();
        for part in row.split_whitespace() {
            match part {
                "^" => at_start = true,
                ".." => elements.push(Element::Any),
                "#" => elements.push(Element::Number),
                _ => elements.push(Element::One(part.split('|').map(|atom| self.atom(atom)).collect())),
            }
        }
        let Ok(number) = u16::try_from(self.rows.len()) else { return };
        if matches!(cue, Cue::Inside(_)) {
            for element in &elements {
                if let Element::One(atoms) = element {
                    self.owners.extend(atoms);
                }
            }
        }
        match &elements[..] {
            [Element::One(atoms), Element::One(next), ..] => {
                for pair in atoms.iter().flat_map(|&atom| next.iter().map(move |&next| (atom, next))) {
                    self.pairs.entry(pair).or_default().push(number);
                }
            }
            [Element::One(atoms), ..] => {
                for &atom in atoms {
                    self.first[usize::from(atom)].push(number);
                }
            }
            // A pattern has to begin with a word; the tables are checked for it by a test.
            [Element::Any | Element::Number, ..] | [] => return,
        }
        self.rows.push(Pattern { cue, at_start, elements });
    }

    fn atom(&mut self, spelled: &'static str) -> u16 {
        let bare = spelled.trim_matches('*');
        let fit = match (spelled.starts_with('*'), spelled.ends_with('*')) {
            (false, false) => None,
            (false, true) => Some(Fit::Begins),
            (true, false) => Some(Fit::Ends),
            (true, true) => Some(Fit::Holds),
        };
        let known = match fit {
            None => self.exact.get(bare).copied(),
            Some(fit) => {
                self.loose.iter().find(|(word, at, _)| *word == bare && *at == fit).map(|&(.., atom)| atom)
            }
        };
        known.unwrap_or_else(|| {
            let atom = u16::try_from(self.first.len()).unwrap_or(u16::MAX);
            self.first.push(Vec::new());
            match fit {
                None => _ = self.exact.insert(bare, atom),
                Some(fit) => self.loose.push((bare, fit, atom)),
            }
            atom
        })
    }

    /// Returns the number that a spelling stands for, such as `three`.
    pub(super) fn number(&self, spelling: &str) -> Option<u32> {
        self.numbers.get(spelling).copied()
    }

    /// Finds all turns of phrase, in the order of their first word.
    pub(super) fn find(&self, words: &Words<'_>) -> Vec<Found> {
        let atoms: Vec<Vec<u16>> = words.spellings.iter().map(|spelling| self.atoms_of(spelling)).collect();
        let mut found = Vec::new();
        let mut begun: Vec<u16> = Vec::new();
        for at in 0..words.words.len() {
            let word = &words.words[at];
            if word.kind == Kind::Address {
                continue;
            }
            let next = words.words.get(at + 1).map_or(&[][..], |next| &atoms[next.spelling as usize]);
            for &atom in &atoms[word.spelling as usize] {
                begun.clear();
                begun.extend(&self.first[usize::from(atom)]);
                begun.extend(next.iter().filter_map(|&next| self.pairs.get(&(atom, next))).flatten());
                begun.sort_unstable();
                begun.dedup();
                for &number in &begun {
                    let pattern = &self.rows[usize::from(number)];
                    if pattern.at_start && word.gap != Gap::Sentence {
                        continue;
                    }
                    if let Some(end) = self.run(words, &atoms, &pattern.elements, at) {
                        found.push(Found { cue: pattern.cue, words: at..end });
                    }
                }
            }
        }
        found
    }

    /// Returns the end of a match of `elements` at a word.
    fn run(
        &self,
        words: &Words<'_>,
        atoms: &[Vec<u16>],
        elements: &[Element],
        start: usize,
    ) -> Option<usize> {
        let mut at = start;
        let mut slack = 0;
        for element in elements {
            match element {
                Element::Any => {
                    slack = REACH;
                    continue;
                }
                Element::One(_) | Element::Number => {}
            }
            let mut left = slack;
            loop {
                let word = words.words.get(at)?;
                if at > start
                    && (word.gap >= Gap::Clause
                        || word.gap == Gap::Comma && slack > 0 && words.before(at).contains(','))
                {
                    return None;
                }
                let fits = match element {
                    Element::One(wanted) => {
                        atoms[word.spelling as usize].iter().any(|atom| wanted.contains(atom))
                    }
                    Element::Number => {
                        matches!(word.kind, Kind::Number(_)) || self.number(words.spelling(at)).is_some()
                    }
                    Element::Any => false,
                };
                at += 1;
                if fits {
                    break;
                }
                if left == 0 {
                    return None;
                }
                left -= 1;
            }
            slack = 0;
        }
        Some(at)
    }

    fn atoms_of(&self, spelling: &str) -> Vec<u16> {
        let mut atoms: Vec<u16> = self.exact.get(spelling).copied().into_iter().collect();
        // `The team leader's answer` names the team leader.
        if let Some(owner) = spelling.strip_suffix("'s").or_else(|| spelling.strip_suffix("’s")) {
            atoms.extend(self.exact.get(owner).filter(|atom| self.owners.contains(atom)));
        }
        let exact = atoms.len();
        for found in self.letters.iter().flat_map(|letters| letters.find_overlapping_iter(spelling)) {
            let (_, fit, atom) = self.loose[found.pattern().as_usize()];
            let fits = match fit {
                Fit::Begins => found.start() == 0,
                Fit::Ends => found.end() == spelling.len(),
                Fit::Holds => true,
            };
            if fits && !atoms[exact..].contains(&atom) {
                atoms.push(atom);
            }
        }
        atoms[exact..].sort_unstable();
        atoms
    }
}

/// Turns of phrase by place.
#[derive(Debug, Default)]
pub(super) struct Cues {
    found: Vec<Found>,
}

impl Cues {
    /// Takes what [`Patterns::find`] found.
    pub(super) fn new(found: Vec<Found>) -> Self {
        Self { found }
    }

    /// Returns those that begin within some words.
    pub(super) fn within(&self, words: Range<usize>) -> &[Found] {
        let begin = self.found.partition_point(|f| f.words.start < words.start);
        let end = self.found.partition_point(|f| f.words.start < words.end);
        self.found.get(begin..end).unwrap_or(&[])
    }

    /// Returns whether a cue stands within some words.
    pub(super) fn has(&self, words: Range<usize>, cue: Cue) -> bool {
        self.within(words).iter().any(|f| f.cue == cue)
    }

    /// Returns the first place of a cue within some words.
    pub(super) fn first(&self, words: Range<usize>, cue: Cue) -> Option<&Found> {
        self.within(words).iter().find(|f| f.cue == cue)
    }

    /// Returns the roles named within some words.
    pub(super) fn roles(&self, words: Range<usize>) -> impl Iterator<Item = (Role, &Range<usize>)> {
        self.within(words).iter().filter_map(|f| match f.cue {
            Cue::Inside(role) => Some((role, &f.words)),
            _ => None,
        })
    }
}
