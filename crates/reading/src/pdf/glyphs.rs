//! The glyphs of the pages of a PDF: a device that is drawn on and keeps what can be read.
//!
//! Coordinates are points, y downwards. Text across the page (a watermark, the spine of a form) is left out unless most
//! of the page stands that way: then the page is turned.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys::{A, ANNOTS, URI};
use hayro_interpret::hayro_syntax::object::{Array, Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

use super::Bounds;

/// Links that are kept.
const MOST_LINKS: usize = 200;

/// Units of a glyph's own space to its em.
const UNITS_PER_EM: f64 = 1000.0;

/// A glyph that can be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it says.
    pub text: String,
    /// Where it begins.
    pub x: f64,
    /// Where it ends.
    pub end: f64,
    /// The base line.
    pub y: f64,
    /// The size of its type.
    pub size: f64,
}

/// What was drawn of a PDF.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// The glyphs of each page that was looked at.
    pub pages: Vec<Vec<Glyph>>,
    /// Pages that the file has.
    pub page_count: usize,
    /// Where its links lead.
    pub links: Vec<String>,
    /// Pages that broke the reader.
    pub broken: usize,
    /// Whether it was ended before its end.
    pub cut: bool,
}

/// What ends the drawing of a page that has no end.
struct Enough;

/// Draws the pages of a PDF.
pub(super) fn draw(pdf: &Pdf, bounds: Bounds) -> Drawn {
    let mut drawn = Drawn { page_count: pdf.pages().len(), ..Drawn::default() };
    let mut left = bounds.steps;
    let mut seen = HashSet::new();
    for page in pdf.pages().iter().take(bounds.pages) {
        let mut slate = Slate { glyphs: Vec::new(), left };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let cache = InterpreterCache::new();
            let (width, height) = page.render_dimensions();
            let mut context = Context::new(
                page.initial_transform(true).to_kurbo(),
                Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
                &cache,
                pdf.xref(),
                InterpreterSettings::default(),
            );
            interpret_page(page, &mut context, &mut slate);
        }));
        left = slate.left;
        let enough = outcome.as_ref().err().is_some_and(|cause| cause.is::<Enough>());
        if outcome.is_err() && !enough {
            drawn.broken += 1;
        }
        drawn.pages.push(upright(slate.glyphs));
        // A broken annotation costs its links.
        let links = catch_unwind(AssertUnwindSafe(|| links_of(page))).unwrap_or_default();
        drawn.links.extend(links.into_iter().filter(|link| seen.insert(link.clone())));
        if enough {
            drawn.cut = true;
            break;
        }
    }
    drawn.links.truncate(MOST_LINKS);
    drawn
}

/// Returns where the links of a page lead.
fn links_of(page: &Page<'_>) -> Vec<String> {
    let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return Vec::new() };
    let address = |annotation: Dict<'_>| {
        let target = annotation.get::<Dict<'_>>(A)?.get::<PdfString<'_>>(URI)?;
        let text = String::from_utf8_lossy(target.as_bytes()).trim().to_owned();
        (!text.is_empty() && text.len() <= 600).then_some(text)
    };
    annotations.iter::<Dict<'_>>().take(MOST_LINKS).filter_map(address).collect()
}

/// A device that keeps glyphs and counts steps.
struct Slate {
    glyphs: Vec<(Glyph, Turn)>,
    left: usize,
}

/// Which way text runs, in quarter turns; `None` where it runs askew.
type Turn = Option<u8>;

impl Slate {
    /// Counts a step; the drawing ends where none is left.
    fn step(&mut self) {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            // The library cannot be told to stop: this leaves it, past the panic hook, for `catch_unwind` in `draw`.
            None => resume_unwind(Box::new(Enough)),
        }
    }

    fn glyph(&mut self, shape: &Shape<'_>, transform: Affine) {
        let text = match shape.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let advance = match shape {
            Shape::Outline(outline) => outline.advance_width(),
            Shape::Type3(glyph) => glyph.advance_width(),
        };
        let origin = transform * Point::ZERO;
        let end = transform * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
        let up = transform * Point::new(0.0, UNITS_PER_EM) - origin;
        let size = up.hypot();
        let along = transform * Point::new(UNITS_PER_EM, 0.0) - origin;
        if ![origin.x, origin.y, end.x, end.y, size].iter().all(|value| value.is_finite()) || size < 0.5 {
            return;
        }
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if text.is_empty() {
            return;
        }
        let turn = match (along.x, along.y) {
            (x, y) if y.abs() <= 0.1 * x.abs() => Some(if x >= 0.0 { 0 } else { 2 }),
            (x, y) if x.abs() <= 0.1 * y.abs() => Some(if y >= 0.0 { 1 } else { 3 }),
            _ => None,
        };
        // A quarter turn back brings text that runs down the page upright.
        let back = |point: Point| match turn {
            Some(1) => Point::new(point.y, -point.x),
            Some(2) => Point::new(-point.x, -point.y),
            Some(3) => Point::new(-point.y, point.x),
            _ => point,
        };
        let (from, to) = (back(origin), back(end));
        self.glyphs.push((Glyph { text, x: from.x, end: to.x.max(from.x), y: from.y, size }, turn));
    }
}

impl Device<'_> for Slate {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.step();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step();
    }
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.step();
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.step();
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Returns the glyphs that stand the way most of the page does.
fn upright(glyphs: Vec<(Glyph, Turn)>) -> Vec<Glyph> {
    let mut counts = [0_usize; 4];
    for turn in glyphs.iter().filter_map(|(_, turn)| *turn) {
        counts[usize::from(turn) % 4] += 1;
    }
    // Of equal counts the first: upright.
    let most = (0..4_u8).rev().max_by_key(|turn| counts[usize::from(*turn)]);
    glyphs.into_iter().filter(|(_, turn)| turn.is_some() && *turn == most).map(|(glyph, _)| glyph).collect()
}
