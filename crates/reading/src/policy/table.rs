//! Escalation matrices: tables whose rows (or columns) are the stages.
//!
//! A header tells what each column holds (level, role, name, phone, e-mail, response time, when to call). A table whose
//! first row or first column counts levels is a matrix without a header. One that only lists regional contacts is none.

use std::ops::Range;

use ladder::{Clock, Unit};

use super::cue::{Cue, Cues, Patterns};
use super::draft::Binds;
use super::duration::Duration;
use super::label::{self, Rank};
use super::lang::Language;
use super::words::{Cell, Kind, Para, Words};

/// Most rows and columns of a matrix.
const MOST: usize = 40;

/// Most words of a header, which may be a question: `When will you tell us that you got it?`
const HEADER: usize = 9;
/// Most words of a header that counts a level: `Level 1 appeal or grievance`.
const COUNTED: usize = 6;

/// What a column of a matrix holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Column {
    /// The level.
    Level,
    /// Role, team or designation.
    Role,
    /// A person.
    Name,
    /// Number.
    Phone,
    /// Mail address.
    Email,
    /// The time in which the stage answers.
    Reply,
    /// The time in which it acknowledges.
    Ack,
    /// The time after which one may go there.
    Wait,
    /// The time in which one must go there.
    Window,
    /// Postal address.
    Address,
    /// When it is open.
    Hours,
    /// Anything else that is known to be no stage.
    Other,
}

impl Column {
    /// Returns the column of the name that the tables of a language use.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "level" => Self::Level,
            "role" => Self::Role,
            "name" => Self::Name,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "reply" => Self::Reply,
            "ack" => Self::Ack,
            "wait" => Self::Wait,
            "window" => Self::Window,
            "address" => Self::Address,
            "hours" => Self::Hours,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// An escalation matrix.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    /// The paragraphs of the table.
    pub(super) paras: Range<usize>,
    /// Its stages.
    pub(super) rows: Vec<Row>,
}

/// One stage of a matrix.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its level.
    pub(super) n: u32,
    /// The words that name who it is.
    pub(super) handler: Range<usize>,
    /// All its words, cell by cell.
    pub(super) parts: Vec<Range<usize>>,
    /// The cells whose columns tell what a time in them is, or that it is none.
    pub(super) known: Vec<Range<usize>>,
    /// Its clocks.
    pub(super) clocks: Vec<(Binds, Clock, Range<usize>)>,
}

/// What is needed to read a table.
pub(super) struct Tables<'a> {
    /// The words.
    pub(super) words: &'a Words<'a>,
    /// Turns of phrase.
    pub(super) cues: &'a Cues,
    /// Durations.
    pub(super) durations: &'a [Duration],
    /// The language.
    pub(super) language: &'static Language,
    /// Its patterns.
    pub(super) patterns: &'static Patterns,
}

impl Tables<'_> {
    /// Finds the matrices of a text.
    pub(super) fn find(&self) -> Vec<Matrix> {
        let paras = &self.words.paras;
        let mut found = Vec::new();
        let mut at = 0;
        while at < paras.len() {
            let Some((table, _)) = paras[at].row else {
                at += 1;
                continue;
            };
            let end = (at..paras.len())
                .find(|&k| paras[k].row.is_none_or(|(t, _)| t != table))
                .unwrap_or(paras.len());
            let small = end - at <= MOST && paras[at].cells.len() <= MOST;
            let rows = if small { self.turned(at..end).or_else(|| self.upright(at..end)) } else { None };
            if let Some(rows) = rows.filter(|rows| rows.len() > 1) {
                found.push(Matrix { paras: at..end, rows: merged(rows) });
            }
            at = end;
        }
        found
    }

    /// What a header cell says that its column holds.
    fn column(&self, words: &Range<usize>) -> Option<Column> {
        if words.is_empty() || words.len() > HEADER {
            return None;
        }
        // `When you will hear from us` is no time to wait.
        if self.cues.has(words.clone(), Cue::Touch) {
            return Some(Column::Reply);
        }
        let spelled: Vec<&str> = words.clone().map(|at| self.words.spelling(at)).collect();
        let whole = spelled.join(" ");
        let mut best: Option<(usize, Column)> = None;
        let mut waits = false;
        for &(column, name) in &self.language.columns {
            let hit = whole == name
                || name.contains(' ')
                    && whole.contains(name)
                    && format!(" {whole} ").contains(&format!(" {name} "))
                || !name.contains(' ') && name.len() > 1 && spelled.contains(&name);
            waits |= hit && column == Column::Wait;
            if hit && best.is_none_or(|(length, _)| name.len() > length) {
                best = Some((name.len(), column));
            }
        }
        let has = |cue| self.cues.has(words.clone(), cue);
        match best.map(|(_, column)| column) {
            Some(Column::Reply | Column::Level | Column::Other) if self.is_unhappy(words) => {
                // `Escalate when no reply after` is a time to wait, `If the reply does not help, go on within` the customer's.
                Some(if waits { Column::Wait } else { Column::Window })
            }
            // `Your time` beside `Our time`.
            Some(Column::Reply) if has(Cue::You) && !has(Cue::Reply) && !has(Cue::We) => Some(Column::Window),
            Some(column) => Some(column),
            None => self.column_by_cue(words),
        }
    }

    /// Whether a header speaks of an answer that did not settle it, or of none.
    fn is_unhappy(&self, words: &Range<usize>) -> bool {
        words.len() > 2
            && [Cue::Unsettled, Cue::Passed, Cue::Not].iter().any(|&cue| self.cues.has(words.clone(), cue))
    }

    /// What a header says by its turns of phrase: `You will hear back within`.
    fn column_by_cue(&self, words: &Range<usize>) -> Option<Column> {
        let has = |cue| self.cues.has(words.clone(), cue);
        let bounds = words.clone().any(|at| self.language.within.contains(&self.words.spelling(at)));
        if self.is_unhappy(words) && bounds {
            // `If you are not happy, go on within`: the customer's own time.
            Some(Column::Window)
        } else if has(Cue::Ack) {
            Some(Column::Ack)
        } else if has(Cue::Reply) || has(Cue::Touch) {
            Some(Column::Reply)
        } else if self.is_unhappy(words) || has(Cue::Acts) || has(Cue::You) && bounds {
            Some(Column::Window)
        } else {
            None
        }
    }

    fn level(&self, cell: &Cell) -> Option<u32> {
        let words = &cell.words;
        if words.is_empty() {
            return None;
        }
        if let Some((rank, n, _)) =
            label::staged(self.words, words.start, words.end, self.language, self.patterns)
        {
            return (rank >= Rank::Step).then_some(n);
        }
        let Kind::Number(n) = self.words.words[words.start].kind else { return None };
        (words.len() == 1 && (1..=12).contains(&n)).then_some(n)
    }

    /// Reads a table whose first row counts the levels.
    fn turned(&self, paras: Range<usize>) -> Option<Vec<Row>> {
        let head = &self.words.paras[paras.start];
        // A bar that opens the first line only stands for an empty cell.
        let bar = |at: usize| self.words.text[self.words.paras[at].range.clone()].starts_with('|');
        let shift = u32::from(bar(paras.start) && paras.clone().skip(1).all(|at| !bar(at)));
        let levels: Vec<(u32, u32)> = head
            .cells
            .iter()
            .filter_map(|cell| self.counted(cell, COUNTED).map(|n| (cell.column + shift, n)))
            .collect();
        if levels.len() < 2 || !levels.windows(2).all(|pair| pair[0].1 < pair[1].1) {
            return None;
        }
        let mut rows: Vec<Row> = levels.iter().map(|&(_, n)| Row { n, ..Row::default() }).collect();
        let fields = &self.words.paras[paras.start + 1..paras.end];
        let answers =
            |para: &Para| para.cells.first().and_then(|cell| self.column(&cell.words)) == Some(Column::Reply);
        let told = fields.iter().any(answers);
        for para in fields {
            let field = para.cells.first().and_then(|cell| self.column(&cell.words));
            for (row, &(column, _)) in rows.iter_mut().zip(&levels) {
                let Some(cell) =
                    para.cells.iter().find(|cell| cell.column == column && !cell.words.is_empty())
                else {
                    continue;
                };
                // Beside a line of answers, a mere time in one that tells nothing binds nobody.
                if told && field.is_none() && self.is_time(cell) {
                    row.parts.push(cell.words.clone());
                    row.known.push(cell.words.clone());
                    continue;
                }
                self.take(row, cell, field, None);
                if row.handler.is_empty() && matches!(field, None | Some(Column::Role | Column::Name)) {
                    row.handler = cell.words.clone();
                }
            }
        }
        // By when one files first is no time to go on.
        if let Some(first) = rows.first_mut() {
            first.clocks.retain(|(binds, ..)| *binds != Binds::Window);
        }
        Some(rows)
    }

    /// A level that is spelled out: `Level 1`, not a bare number.
    fn spelled_level(&self, cell: &Cell) -> Option<u32> {
        self.counted(cell, 3)
    }

    /// The level that opens a cell of so many words at the most.
    fn counted(&self, cell: &Cell, most: usize) -> Option<u32> {
        let words = &cell.words;
        if words.is_empty() || words.len() > most {
            return None;
        }
        label::staged(self.words, words.start, words.end, self.language, self.patterns)
            .filter(|&(rank, ..)| rank >= Rank::Step)
            .map(|(_, n, _)| n)
    }

    /// Reads a table whose rows are the levels.
    fn upright(&self, paras: Range<usize>) -> Option<Vec<Row>> {
        let head = &self.words.paras[paras.start];
        let columns: Vec<(u32, Option<Column>, &Cell)> =
            head.cells.iter().map(|cell| (cell.column, self.column(&cell.words), cell)).collect();
        let known = columns.iter().filter(|(_, column, _)| column.is_some()).count();
        let headed = known >= 2 && known * 2 >= columns.len();
        let body = if headed { paras.start + 1..paras.end } else { paras.clone() };
        let body_start = body.start;
        let has = |wanted| columns.iter().any(|(_, column, _)| *column == Some(wanted));
        let mut rows = Vec::new();
        let mut levels = 0;
        for (nth, para) in self.words.paras[body].iter().enumerate() {
            let counted = para.cells.first().and_then(|cell| self.level(cell));
            levels += u32::from(counted.is_some());
            let mut row = Row { n: counted.unwrap_or(u32::try_from(nth).unwrap_or(0) + 1), ..Row::default() };
            let mut name = 0..0;
            for cell in para.cells.iter().filter(|cell| !cell.words.is_empty()) {
                let header = headed.then(|| columns.iter().find(|(at, ..)| *at == cell.column)).flatten();
                let column = header.and_then(|(_, column, _)| *column);
                if header.is_some() && column.is_none() && has(Column::Reply) && self.is_time(cell) {
                    // Beside a column of answers, a mere time below words that tell nothing binds nobody.
                    row.parts.push(cell.words.clone());
                    row.known.push(cell.words.clone());
                    continue;
                }
                self.take(&mut row, cell, column, header.map(|(.., cell)| *cell));
                match column {
                    // `Escalation 2` under `details of`: whom one reaches is told beside.
                    Some(Column::Role) if row.handler.is_empty() && self.spelled_level(cell).is_none() => {
                        row.handler = cell.words.clone();
                    }
                    Some(Column::Name) => name = cell.words.clone(),
                    None | Some(Column::Level) if row.handler.is_empty() && self.names_role(cell) => {
                        row.handler = cell.words.clone();
                    }
                    Some(_) | None => {}
                }
            }
            if row.handler.is_empty() {
                row.handler = name;
            }
            rows.push(row);
        }
        if counted_between(&self.words.paras[body_start..paras.end], self.words) {
            for (row, n) in rows.iter_mut().zip(1..) {
                row.n = n;
            }
        }
        onward(&mut rows);
        // `Customer care`, then `Escalation 1`: what comes before the first level is below it.
        if let [first, second, ..] = &mut rows[..]
            && first.n == second.n
            && self.words.paras[body_start].cells.first().is_some_and(|cell| self.level(cell).is_none())
        {
            first.n = 0;
        }
        // `First hearing`, `Second hearing`: below headers that tell who answers by when, words that count make levels, too.
        let ordinals =
            self.words.paras[body_start..paras.end].iter().filter(|para| self.opens_ordinal(para)).count();
        let told = headed && has(Column::Role) && has(Column::Reply) && rows.len() < 7;
        let counted = levels as usize * 2 > rows.len() || told && ordinals * 2 > rows.len();
        let distinct = |rows: &[Row]| {
            let mut names: Vec<String> =
                rows.iter().map(|row| self.words.printed(row.handler.clone()).to_lowercase()).collect();
            names.sort();
            names.dedup();
            names.len() == rows.len()
        };
        // `Stage | Who decides`, and below `Informal`, `Formal`, `Review`: the header says that the rows are stages.
        let staged = has(Column::Level) && has(Column::Role) && rows.len() < 7 && self.named_level(&columns);
        let ladder = headed && !has(Column::Other) && distinct(&rows) && (staged || self.climbs(&rows));
        let named = rows.iter().filter(|row| !row.handler.is_empty()).count() * 2 >= rows.len();
        (named && (counted || ladder)).then_some(rows)
    }

    /// Whether the first cell of a row opens with a word that counts: `First hearing`.
    fn opens_ordinal(&self, para: &Para) -> bool {
        para.cells.iter().find(|cell| !cell.words.is_empty()).is_some_and(|cell| {
            let first = self.words.spelling(cell.words.start);
            cell.words.len() <= 4 && self.language.ordinals.iter().any(|(word, _)| *word == first)
        })
    }

    /// Whether the first column is headed by a word for stages.
    fn named_level(&self, columns: &[(u32, Option<Column>, &Cell)]) -> bool {
        columns.first().is_some_and(|(_, column, cell)| {
            *column == Some(Column::Level)
                && cell.words.clone().any(|at| {
                    let spelling = self.words.spelling(at);
                    self.language.stage.contains(&spelling) || self.language.step.contains(&spelling)
                })
        })
    }

    /// Whether a cell is little more than a duration.
    fn is_time(&self, cell: &Cell) -> bool {
        let first = self.durations.partition_point(|d| d.words.start < cell.words.start);
        self.durations.get(first).is_some_and(|d| {
            d.words.end <= cell.words.end
                && cell.words.len() <= d.words.len() + 3
                && ![Cue::Ack, Cue::Reply, Cue::Touch]
                    .iter()
                    .any(|&cue| self.cues.has(cell.words.clone(), cue))
        })
    }

    /// Whether a cell names who it is: a role in few words.
    fn names_role(&self, cell: &Cell) -> bool {
        cell.words.len() <= 12 && self.cues.roles(cell.words.clone()).next().is_some()
    }

    /// Whether the roles of the rows rise.
    fn climbs(&self, rows: &[Row]) -> bool {
        let roles: Vec<_> =
            rows.iter().map(|row| self.cues.roles(row.handler.clone()).map(|(role, _)| role).max()).collect();
        roles.iter().all(Option::is_some)
            && roles.windows(2).all(|pair| pair[0] <= pair[1])
            && roles.first() != roles.last()
    }

    /// Takes a cell into its stage.
    fn take(&self, row: &mut Row, cell: &Cell, column: Option<Column>, header: Option<&Cell>) {
        row.parts.push(cell.words.clone());
        // Where the cell itself tells (`acknowledged in 1 day, solved in 3`), its words are weighed as a sentence's are.
        let both = [Cue::Ack, Cue::Reply, Cue::Touch]
            .iter()
            .filter(|&&cue| self.cues.has(cell.words.clone(), cue))
            .count()
            > 1;
        let binds = match column {
            Some(_) if both => return,
            Some(Column::Reply) => Binds::Respond,
            Some(Column::Ack) => Binds::Acknowledge,
            Some(Column::Window) => Binds::Window,
            Some(Column::Wait | Column::Hours | Column::Other) => {
                row.known.push(cell.words.clone());
                return;
            }
            Some(_) | None => return,
        };
        row.known.push(cell.words.clone());
        let first = self.durations.partition_point(|d| d.words.start < cell.words.start);
        let mut longest: Option<(Clock, Range<usize>)> = None;
        for duration in self.durations[first..].iter().take_while(|d| d.words.start < cell.words.end) {
            if duration.clock.unit != Unit::Minutes
                && !duration.again
                && longest.as_ref().is_none_or(|(clock, _)| weight(duration.clock) > weight(*clock))
            {
                longest = Some((duration.clock, duration.words.clone()));
            }
        }
        // `Response time (hours)` above, `4` below.
        if longest.is_none()
            && cell.words.len() == 1
            && let Kind::Number(n) = self.words.words[cell.words.start].kind
            && let Some(unit) = header.and_then(|header| self.unit_of(&header.words))
        {
            longest = Some((Clock::new(n, unit), cell.words.clone()));
        }
        if let Some((clock, words)) = longest {
            row.clocks.push((binds, clock, words));
        }
    }

    fn unit_of(&self, words: &Range<usize>) -> Option<Unit> {
        let at = words.clone().find(|&at| self.unit(at).is_some())?;
        let unit = self.unit(at)?;
        let working = at > words.start && self.language.working.contains(&self.words.spelling(at - 1));
        Some(if working && unit == Unit::Days { Unit::WorkingDays } else { unit })
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        let spelling = self.words.spelling(at);
        self.language.units.iter().find(|(word, _)| *word == spelling).map(|&(_, unit)| unit)
    }
}

/// Whether a row counts a level between two others (`1`, `1A`, `2`): then each row is one of its own.
fn counted_between(paras: &[Para], words: &Words<'_>) -> bool {
    paras.iter().any(|para| {
        para.cells.first().is_some_and(|cell| {
            let spelled = if cell.words.len() == 1 { words.spelling(cell.words.start) } else { "" };
            matches!(spelled.as_bytes(), [b'1'..=b'9', b'a'..=b'd'])
        })
    })
}

/// The customer's time to go on stands in the row that he leaves, where the first has one and the last has none: it is that of
/// the next.
fn onward(rows: &mut [Row]) {
    let window = |row: &Row| row.clocks.iter().any(|(binds, ..)| *binds == Binds::Window);
    let leaves = rows.first().is_some_and(window) && rows.last().is_some_and(|row| !window(row));
    if !leaves {
        return;
    }
    for at in (1..rows.len()).rev() {
        let (above, below) = rows.split_at_mut(at);
        let Some(left) = above.last_mut() else { continue };
        let (moved, kept) = left.clocks.drain(..).partition(|(binds, ..)| *binds == Binds::Window);
        left.clocks = kept;
        below[0].clocks.extend::<Vec<_>>(moved);
    }
}

/// Rows of one level are one stage.
fn merged(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for row in rows {
        match out.iter_mut().find(|known| known.n == row.n) {
            Some(known) => {
                known.parts.extend(row.parts);
                known.known.extend(row.known);
                known.clocks.extend(row.clocks);
            }
            None => out.push(row),
        }
    }
    out
}

/// Roughly how many hours a clock lasts, to compare clocks of different units.
pub(super) fn weight(clock: Clock) -> u64 {
    let each = match clock.unit {
        Unit::Minutes => return 1,
        Unit::Hours => 1,
        Unit::Days => 24,
        // Five working days are a week.
        Unit::WorkingDays => 34,
        Unit::Weeks => 168,
        Unit::Months => 730,
        Unit::Years => 8_760,
    };
    u64::from(clock.n) * each
}
