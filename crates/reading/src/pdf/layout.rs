//! Lines of a page in reading order, from where its glyphs stand.
//!
//! Glyphs of one base line make a row, cut into pieces at wide gaps. Rows that leave one gap open from top to bottom are
//! a band: two columns of running text, read one after the other, or a table, read row by row with a tab between cells.

use super::PdfLine;
use super::glyphs::Glyph;

/// Gap between two glyphs, in ems, that parts words.
const WORD_GAP: f64 = 0.17;

/// Gap, in ems, that may be a gutter where rows share it.
const PIECE_GAP: f64 = 0.45;

/// Gap, in ems, that parts cells on its own.
const WIDE_GAP: f64 = 1.3;

/// Rows with text on both sides that make a gutter of a narrow gap.
const GUTTER_ROWS: usize = 3;

/// Pieces on each side of a gutter that make columns of text.
const COLUMN_PIECES: usize = 4;

/// Characters that a piece of running text has, on average.
const COLUMN_CHARS: usize = 20;

/// How deep columns are looked for within columns.
const DEEPEST: usize = 4;

/// A piece of a row: text without a gap that could be a gutter.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    x: f64,
    end: f64,
    text: String,
}

/// The pieces on one base line.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    y: f64,
    size: f64,
    pieces: Vec<Piece>,
}

/// A line, and where it stands.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    y: f64,
    size: f64,
    x: f64,
    end: f64,
    text: String,
    /// The right edge of its column; none for a row of a table.
    edge: Option<f64>,
    /// Whether it begins a column.
    first: bool,
}

/// Returns the lines of a page.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<PdfLine> {
    let rows = rows(glyphs);
    let mut placed = Vec::new();
    arrange(&rows, &mut placed, 0);
    let spacing = usual_spacing(&placed);
    let mut lines = Vec::with_capacity(placed.len());
    for (at, line) in placed.iter().enumerate() {
        let set_off = at.checked_sub(1).is_none_or(|before| stands_off(&placed[before], line, spacing));
        lines.push(PdfLine { text: line.text.clone(), set_off, runs_on: false });
    }
    for at in 1..placed.len() {
        lines[at - 1].runs_on = !lines[at].set_off && runs_on(&placed[at - 1], &placed[at]);
    }
    lines
}

/// Gathers glyphs to rows, top to bottom.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    let mut base = 0.0;
    for glyph in glyphs {
        let tall =
            row.iter().map(|glyph| glyph.size).fold(0.0, f64::max).max(1.0).min(glyph.size.max(1.0) * 2.0);
        if !row.is_empty() && glyph.y - base > 0.35 * tall {
            rows.extend(pieces(std::mem::take(&mut row)));
        }
        if row.is_empty() || glyph.size >= 0.8 * tall {
            base = glyph.y;
        }
        row.push(glyph);
    }
    rows.extend(pieces(row));
    rows
}

/// Cuts the glyphs of a row into pieces; `None` where they are all blank.
fn pieces(mut glyphs: Vec<Glyph>) -> Option<Row> {
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Piece> = Vec::new();
    // The width of the blank before a glyph, where one is printed: that much of a gap is no gap.
    let mut blank: Option<f64> = None;
    let mut before: Vec<(String, f64)> = Vec::new();
    let mut size: f64 = 0.0;
    let mut base = 0.0;
    for glyph in glyphs {
        if glyph.text.chars().all(char::is_whitespace) {
            blank.get_or_insert((glyph.end - glyph.x).min(glyph.size));
            continue;
        }
        // Bold made by printing twice, or filled and outlined: one glyph.
        let again =
            |(text, x): &(String, f64)| *text == glyph.text && (glyph.x - x).abs() < 0.15 * glyph.size;
        if before.iter().rev().take(3).any(again) {
            continue;
        }
        before.push((glyph.text.clone(), glyph.x));
        if glyph.size >= size {
            (size, base) = (glyph.size, glyph.y);
        }
        match pieces.last_mut() {
            Some(piece) if glyph.x - piece.end - blank.unwrap_or(0.0) <= PIECE_GAP * glyph.size => {
                if blank.is_some() || glyph.x - piece.end > WORD_GAP * glyph.size {
                    piece.text.push(' ');
                }
                piece.text.push_str(&glyph.text);
                piece.end = piece.end.max(glyph.end);
            }
            _ => pieces.push(Piece { x: glyph.x, end: glyph.end, text: glyph.text }),
        }
        blank = None;
    }
    (!pieces.is_empty()).then_some(Row { y: base, size, pieces })
}

/// Puts rows in reading order.
fn arrange(rows: &[Row], into: &mut Vec<Placed>, depth: usize) {
    let mut at = 0;
    while at < rows.len() {
        let (length, gutters) = band(&rows[at..]);
        let rows = &rows[at..at + length];
        at += length;
        let columns = gutters.iter().copied().find(|gutter| depth < DEEPEST && is_columns(rows, *gutter));
        if let Some(gutter) = columns {
            for side in split(rows, gutter) {
                let begin = into.len();
                arrange(&side, into, depth + 1);
                if let Some(first) = into.get_mut(begin) {
                    first.first = true;
                }
            }
        } else {
            let edge = rows.iter().flat_map(|row| &row.pieces).map(|piece| piece.end).fold(0.0, f64::max);
            let gutters: Vec<(f64, f64)> =
                gutters.into_iter().filter(|gutter| is_gutter(rows, *gutter)).collect();
            for row in table_rows(rows, &gutters) {
                into.push(placed(&row, &gutters, edge));
            }
        }
    }
    // A lone column has one right edge over all of its bands.
    settle_edges(into);
}

/// Widens the right edge of lines to that of the lines around them of the same left edge.
fn settle_edges(lines: &mut [Placed]) {
    let edges: Vec<Option<f64>> = lines.iter().map(|line| line.edge).collect();
    for at in 0..lines.len() {
        let Some(own) = edges[at] else { continue };
        let (x, size) = (lines[at].x, lines[at].size);
        let near = at.saturating_sub(12)..(at + 13).min(lines.len());
        let same = near.filter(|other| (lines[*other].x - x).abs() < 3.0 * size);
        let edge = same.filter_map(|other| edges[other]).fold(own, f64::max);
        lines[at].edge = Some(edge);
    }
}

/// Makes a line of a row; its cells are parted by a tab.
fn placed(row: &Row, gutters: &[(f64, f64)], edge: f64) -> Placed {
    let mut text = String::new();
    let mut cells = 1;
    let mut before: Option<&Piece> = None;
    for piece in &row.pieces {
        if let Some(before) = before {
            let parts = (piece.x - before.end > WIDE_GAP * row.size && !is_marker(&text))
                || gutters.iter().any(|(from, to)| before.end <= from + 0.01 && piece.x >= to - 0.01)
                    && !is_marker(&text);
            text.push(if parts { '\t' } else { ' ' });
            cells += usize::from(parts);
        }
        text.push_str(piece.text.trim());
        before = Some(piece);
    }
    let x = row.pieces.first().map_or(0.0, |piece| piece.x);
    let end = row.pieces.last().map_or(0.0, |piece| piece.end);
    let edge = (gutters.is_empty() && cells == 1).then_some(edge);
    Placed { y: row.y, size: row.size, x, end, text, edge, first: false }
}

/// Returns whether a text is what begins an item of a list: a bullet, `1.`, `4.2`, `(a)`.
fn is_marker(text: &str) -> bool {
    let text = text.trim();
    let numbered =
        text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(['.', ')']) || text.contains('.');
    match text.chars().count() {
        1 => text.chars().all(|c| !c.is_alphanumeric()),
        2..=6 => {
            numbered && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')'))
                || text.starts_with('(') && text.ends_with(')')
                || text.chars().count() == 2
                    && text.ends_with([')', '.'])
                    && text.starts_with(char::is_alphabetic)
        }
        _ => false,
    }
}

/// Returns whether a gap that rows share parts cells: it is wide, or several rows have text on both sides of it, or what
/// stands behind it begins at one place in every row.
fn is_gutter(rows: &[Row], (from, to): (f64, f64)) -> bool {
    let before = |row: &Row| row.pieces.iter().any(|piece| piece.end <= from + 0.01);
    let behind = |row: &Row| row.pieces.iter().find(|piece| piece.x >= to - 0.01).map(|piece| piece.x);
    let size = rows.iter().map(|row| row.size).fold(0.0, f64::max);
    let with_both = rows.iter().filter(|row| before(row) && behind(row).is_some()).count();
    let aligned = rows.iter().filter_map(behind).all(|x| (x - to).abs() < 0.1 * size);
    with_both > 0 && to - from > WIDE_GAP * size || with_both >= GUTTER_ROWS || with_both == 2 && aligned
}

/// Returns how many rows from the first leave a gap open, and the gaps with text on both sides.
fn band(rows: &[Row]) -> (usize, Vec<(f64, f64)>) {
    let every = || rows.iter().flat_map(|row| &row.pieces);
    let left = every().map(|piece| piece.x).fold(f64::MAX, f64::min);
    let right = every().map(|piece| piece.end).fold(f64::MIN, f64::max);
    let mut free = vec![(left, right)];
    let mut length = 0;
    for (at, row) in rows.iter().enumerate() {
        let mut open = free.clone();
        for piece in &row.pieces {
            open = open.into_iter().flat_map(|gap| without(gap, (piece.x, piece.end))).collect();
        }
        open.retain(|(from, to)| to - from >= PIECE_GAP * row.size);
        // More gaps than a table has columns are no gaps.
        open.truncate(24);
        let closes = inner(&rows[..length], &free) && !inner(&rows[..=length], &open);
        if open.is_empty() || length > 0 && (closes || loses_cells(row, &open) || heads(rows, at)) {
            break;
        }
        free = open;
        length += 1;
    }
    let length = length.max(1);
    let band = &rows[..length];
    free.retain(|gap| is_inner(band, *gap));
    (length, free)
}

/// Returns whether a row heads what is below it across the page: larger than the row before, alone on its line, with
/// no text beside it even close by.
fn heads(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    let larger = at.checked_sub(1).is_some_and(|before| row.size > 1.12 * rows[before].size);
    let space = |other: Option<&Row>| other.is_none_or(|other| (other.y - row.y).abs() > 1.15 * row.size);
    larger
        && row.pieces.len() == 1
        && space(at.checked_sub(1).and_then(|before| rows.get(before)))
        && space(rows.get(at + 1))
}

/// Returns whether a row has cells of its own, and none of the gaps between them is left open: a table begins.
fn loses_cells(row: &Row, open: &[(f64, f64)]) -> bool {
    let wide = || row.pieces.windows(2).filter(|pair| pair[1].x - pair[0].end > WIDE_GAP * row.size);
    wide().next().is_some()
        && !wide().any(|pair| open.iter().any(|(from, to)| *from < pair[1].x && *to > pair[0].end))
}

/// Returns whether one of the gaps has text on both sides.
fn inner(rows: &[Row], gaps: &[(f64, f64)]) -> bool {
    gaps.iter().any(|gap| is_inner(rows, *gap))
}

fn is_inner(rows: &[Row], (from, to): (f64, f64)) -> bool {
    let every = || rows.iter().flat_map(|row| &row.pieces);
    every().any(|piece| piece.end <= from + 0.01) && every().any(|piece| piece.x >= to - 0.01)
}

/// Returns what is left of a gap beside a piece.
fn without((from, to): (f64, f64), (x, end): (f64, f64)) -> Vec<(f64, f64)> {
    if end <= from || x >= to {
        return vec![(from, to)];
    }
    [(from, x), (end, to)].into_iter().filter(|(a, b)| b > a).collect()
}

/// Returns whether a gutter parts columns of running text: several pieces on each side, and long ones.
fn is_columns(rows: &[Row], (from, _): (f64, f64)) -> bool {
    let sides = |left: bool| {
        let on_side = |row: &Row| {
            let texts = row.pieces.iter().filter(|piece| (piece.end <= from + 0.01) == left);
            let chars = texts.map(|piece| piece.text.chars().count() + 1).sum::<usize>();
            (chars > 0).then_some(chars)
        };
        let texts: Vec<usize> = rows.iter().filter_map(on_side).collect();
        texts.len() >= COLUMN_PIECES && texts.iter().sum::<usize>() >= texts.len() * COLUMN_CHARS
    };
    sides(true) && sides(false)
}

/// Splits rows at a gutter.
fn split(rows: &[Row], (from, _): (f64, f64)) -> [Vec<Row>; 2] {
    [true, false].map(|left| {
        let side = |row: &Row| {
            let mut row = row.clone();
            row.pieces.retain(|piece| (piece.end <= from + 0.01) == left);
            (!row.pieces.is_empty()).then_some(row)
        };
        rows.iter().filter_map(side).collect()
    })
}

/// Joins the lines of wrapped cells: a row without text in the first column goes on with the row above, and so does one
/// that stands closer to it than rows of the table stand.
fn table_rows(rows: &[Row], gutters: &[(f64, f64)]) -> Vec<Row> {
    let Some(&(first, _)) = gutters.first() else { return rows.to_vec() };
    let column = |piece: &Piece| gutters.iter().take_while(|(_, to)| piece.x >= to - 0.01).count();
    let spaces = || rows.windows(2).map(|pair| pair[1].y - pair[0].y);
    let close = spaces().fold(f64::MAX, f64::min) * 1.15;
    let padded = spaces().any(|space| space > close * 1.13);
    let mut joined: Vec<(Row, f64)> = Vec::new();
    for row in rows {
        let lacks_first = row.pieces.first().is_some_and(|piece| piece.x > first);
        match joined.last_mut() {
            Some((above, y))
                if above.pieces.len() > 1
                    && (lacks_first && row.y - *y <= 1.6 * above.size.max(row.size)
                        || padded && row.y - *y <= close && row.pieces.len() < above.pieces.len()) =>
            {
                *y = row.y;
                for piece in &row.pieces {
                    match above.pieces.iter_mut().rev().find(|cell| column(cell) == column(piece)) {
                        Some(cell) => {
                            cell.text.push(' ');
                            cell.text.push_str(&piece.text);
                        }
                        None => above.pieces.push(piece.clone()),
                    }
                }
                above.pieces.sort_by(|a, b| a.x.total_cmp(&b.x));
            }
            _ => joined.push((row.clone(), row.y)),
        }
    }
    joined.into_iter().map(|(row, _)| row).collect()
}

/// Returns the space from base line to base line, in sizes of type, that is usual on the page.
fn usual_spacing(lines: &[Placed]) -> f64 {
    let mut spaces: Vec<f64> = lines
        .windows(2)
        .filter(|pair| !pair[1].first && (pair[0].size - pair[1].size).abs() < 0.5)
        .map(|pair| (pair[1].y - pair[0].y) / pair[1].size.max(1.0))
        .filter(|space| (0.9..=2.2).contains(space))
        .collect();
    spaces.sort_by(f64::total_cmp);
    // The lower third: lines within paragraphs, where there are more of other kinds.
    spaces.get(spaces.len() / 3).copied().unwrap_or(1.2)
}

/// Returns whether a line stands off from the one before.
fn stands_off(before: &Placed, line: &Placed, spacing: f64) -> bool {
    let space = (line.y - before.y) / line.size.max(before.size).max(1.0);
    line.first
        || space < 0.0
        || space > spacing * 1.25 + 0.1
        || (line.size - before.size).abs() > 0.08 * line.size.max(before.size)
}

/// Returns whether a line runs on into the next: the first word of that would not have fitted.
fn runs_on(line: &Placed, next: &Placed) -> bool {
    let (Some(edge), Some(_)) = (line.edge, next.edge) else { return false };
    let word = next.text.split(' ').next().unwrap_or_default().chars().count();
    let chars = next.text.chars().count().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a line has few characters")]
    let word_width = (next.end - next.x) * word as f64 / chars as f64;
    line.end + word_width + 0.6 * line.size > edge
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets a text of 10 points, 5 points a character, at a place.
    fn set(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| {
            let x = x + 5.0 * f64::from(u32::try_from(at).unwrap());
            Glyph { text: c.to_string(), x, end: x + 5.0, y, size: 10.0 }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn read(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let mut glyphs = set("Complaints and how we handle every one of them", 50.0, 80.0);
        for line in 0..5 {
            let y = 100.0 + 12.0 * f64::from(line);
            glyphs.extend(set(&format!("left text number {line} goes here"), 50.0, y));
            glyphs.extend(set(&format!("right text number {line} goes here"), 300.0, y + 1.0));
        }
        let lines = read(glyphs);
        assert_eq!(lines.len(), 11);
        assert!(lines[1..6].iter().all(|line| line.starts_with("left")), "{lines:#?}");
        assert!(lines[6..].iter().all(|line| line.starts_with("right")), "{lines:#?}");
    }

    #[test]
    fn a_table_is_read_row_by_row_and_wrapped_cells_are_joined() {
        let mut glyphs = set("Stage 1", 50.0, 100.0);
        glyphs.extend(set("We answer within", 200.0, 100.0));
        glyphs.extend(set("ten working days", 200.0, 112.0));
        glyphs.extend(set("Stage 2", 50.0, 130.0));
        glyphs.extend(set("A manager answers", 200.0, 130.0));
        assert_eq!(
            read(glyphs),
            ["Stage 1\tWe answer within ten working days", "Stage 2\tA manager answers"]
        );
    }

    #[test]
    fn bold_by_printing_twice_is_read_once() {
        let mut glyphs = set("Hello all", 50.0, 100.0);
        glyphs.extend(set("Hello all", 50.3, 100.0));
        assert_eq!(read(glyphs), ["Hello all"]);
    }

    #[test]
    fn lines_that_are_full_run_on_and_short_ones_end() {
        let mut glyphs = set("We read every complaint that", 50.0, 100.0);
        glyphs.extend(set("reaches us, without exception", 50.0, 112.0));
        glyphs.extend(set("Acme Ltd", 50.0, 124.0));
        glyphs.extend(set("1 High Street", 50.0, 136.0));
        let runs: Vec<bool> = lines(glyphs).iter().map(|line| line.runs_on).collect();
        assert_eq!(runs, [true, true, false, false]);
    }
}
