//! Hostile pages beside ordinary ones: how much longer a byte of the slowest kind takes.

use std::time::Instant;

use crate::{Page, kinds, stages};

/// The size of a hostile page, in bytes, where none is asked for.
pub(crate) const SIZE: usize = 2_000_000;

/// A page that takes longer is not read twice.
const LONG: f64 = 0.5;

/// Prints how much longer each kind takes than the median page, by byte, the slowest first.
pub(crate) fn table(pages: &[Page], only: Option<&str>, size: usize) {
    let mut ordinary: Vec<f64> = pages.iter().map(|page| per_byte(&page.bytes, 5)).collect();
    ordinary.sort_by(f64::total_cmp);
    let median = ordinary[ordinary.len() / 2];
    let mut rows: Vec<(f64, &str)> = kinds::KINDS
        .iter()
        .filter(|kind| only.is_none_or(|name| kind.name == name))
        .map(|kind| (per_byte(kind.page(size).as_bytes(), 2) / median, kind.name))
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!(
        "the median of {} pages takes {:.1} ns a byte; {} kinds of {size} bytes take, as a multiple of it:",
        ordinary.len(),
        median * 1e9,
        rows.len()
    );
    for (ratio, name) in rows {
        println!("{ratio:9.2}  {name}");
    }
}

/// Returns the seconds that a byte of a page takes, the best of some readings.
#[expect(clippy::cast_precision_loss, reason = "a size in bytes")]
fn per_byte(bytes: &[u8], repeat: usize) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..repeat {
        let began = Instant::now();
        stages::read(bytes);
        let took = began.elapsed().as_secs_f64();
        best = best.min(took);
        if took > LONG {
            break;
        }
    }
    best / bytes.len() as f64
}
