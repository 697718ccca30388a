//! Tables: where each cell stands, and which cells are headers.
//!
//! Many tables have no `<th>`; a first row of short words above values is a header all the same, and so is a first
//! column of labels. A table that only lays out the page (one column, or cells with a dozen blocks) has no cells at all.

use super::build::{Builder, Ctx};
use super::names::{Attr, Tag};
use super::tokens::Attrs;
use super::{Block, BlockKind};

/// Columns counted; what stands beyond is in the last.
const MAX_COLUMNS: usize = 64;

/// A table being read.
#[derive(Debug)]
pub(super) struct Open {
    /// Its place on the stack of open elements.
    pub(super) frame: usize,
    pub(super) in_head: bool,
    shape: Shape,
    /// Rows begun.
    rows: u32,
    column: usize,
    /// Rows below that a cell of each column still fills.
    spans: Vec<u32>,
}

/// What is known of a table that was read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    id: u32,
    has_header: bool,
    is_layout: bool,
}

impl Builder {
    pub(super) fn begin_table(&mut self, attrs: &Attrs) {
        if let Some(outer) = self.tables.last_mut() {
            outer.shape.is_layout = true;
        }
        let role = attrs.bytes(Attr::Role).unwrap_or_default();
        let id = u32::try_from(self.settled_tables.len() + self.tables.len()).unwrap_or(u32::MAX);
        self.tables.push(Open {
            frame: self.frames.len() - 1,
            in_head: false,
            shape: Shape { id, has_header: false, is_layout: matches!(role, b"presentation" | b"none") },
            rows: 0,
            column: 0,
            spans: Vec::new(),
        });
        self.ctx.kind = BlockKind::Paragraph;
    }

    pub(super) fn end_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            self.settled_tables.push(table.shape);
        }
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows = table.rows.saturating_add(1);
            table.column = 0;
            for span in &mut table.spans {
                // The row just begun uses up one; 0 stays 0.
                *span = span.saturating_sub(1);
            }
        }
    }

    pub(super) fn begin_cell(&mut self, tag: Tag, attrs: &Attrs) {
        let Some(table) = self.tables.last_mut() else { return };
        let number = |attr| attrs.get(attr).and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(1);
        while table.spans.get(table.column).is_some_and(|&span| span > 0) {
            table.column += 1;
        }
        let column = table.column.min(MAX_COLUMNS - 1);
        let wide = (number(Attr::Colspan).clamp(1, 1000) as usize).min(MAX_COLUMNS - column);
        let tall = number(Attr::Rowspan).clamp(1, 65_534);
        if tall > 1 {
            table.spans.resize(table.spans.len().max(column + wide), 0);
            table.spans[column..column + wide].fill(tall);
        }
        table.column = column + wide;
        let header = tag == Tag::Th || table.in_head;
        table.shape.has_header |= header;
        let row = table.rows.saturating_sub(1);
        let kind = BlockKind::Cell {
            table: table.shape.id,
            row,
            column: u32::try_from(column).unwrap_or_default(),
            header,
        };
        self.ctx = Ctx { kind, item: 0, ..self.ctx };
    }
}

/// Settles, when the page has been read, which cells are headers and which tables have none.
pub(super) fn settle(blocks: &mut [Block], text: &str, shapes: &[Shape]) {
    if shapes.is_empty() {
        return;
    }
    let mut facts = vec![Facts::default(); shapes.len()];
    for shape in shapes {
        if let Some(fact) = facts.get_mut(shape.id as usize) {
            fact.shape = *shape;
        }
    }
    for block in &*blocks {
        if let BlockKind::Cell { table, row, column, .. } = block.kind
            && let Some(fact) = facts.get_mut(table as usize)
        {
            fact.see(row, column, &text[block.range.clone()]);
        }
    }
    for block in blocks {
        let BlockKind::Cell { table, row, column, header } = block.kind else { continue };
        let Some(fact) = facts.get(table as usize) else { continue };
        if fact.lays_out() {
            block.kind = BlockKind::Paragraph;
        } else {
            let works_as_header =
                (row == 0 && fact.first_row_heads()) || (column == 0 && fact.first_column_heads());
            block.kind = BlockKind::Cell { table, row, column, header: header || works_as_header };
        }
    }
}

/// What the cells of a table look like.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each seen by itself")]
struct Facts {
    shape: Shape,
    rows: u32,
    columns: u32,
    /// Blocks in the fullest cell, and the cell being counted.
    fullest: u32,
    current: (u32, u32),
    filled: u32,
    /// Cells of the first row and of the first column that are no label.
    first_row_other: bool,
    first_column_other: bool,
    /// Values stand below the first row, beside the first column.
    values_below: bool,
    values_beside: bool,
}

impl Facts {
    fn see(&mut self, row: u32, column: u32, text: &str) {
        self.rows = self.rows.max(row + 1);
        self.columns = self.columns.max(column + 1);
        if self.current == (row, column) {
            self.filled += 1;
        } else {
            self.current = (row, column);
            self.filled = 1;
        }
        self.fullest = self.fullest.max(self.filled);
        let value = is_value(text);
        let label = !value && text.len() <= 40;
        if row == 0 {
            self.first_row_other |= !label;
        } else {
            self.values_below |= value;
        }
        if column == 0 {
            self.first_column_other |= !label;
        } else {
            self.values_beside |= value;
        }
    }

    const fn lays_out(&self) -> bool {
        self.columns < 2 || self.fullest > 12 || (self.shape.is_layout && !self.shape.has_header)
    }

    const fn first_row_heads(&self) -> bool {
        !self.shape.has_header
            && self.rows > 1
            && self.columns > 1
            && !self.first_row_other
            && self.values_below
    }

    const fn first_column_heads(&self) -> bool {
        !self.shape.has_header && self.columns == 2 && !self.first_column_other && self.values_beside
    }
}

/// Whether a cell holds a number, an address or the like and not the name of one.
fn is_value(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.bytes().filter(u8::is_ascii_digit).count() >= 5
}
