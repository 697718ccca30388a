//! Findings of whole archives as columns: what many pages say, written and read back as Parquet or JSON Lines.
//!
//! [`extract`] reads web archives at the machine's full speed and writes one [`Record`] a page, contact or procedure;
//! [`merge`] makes companies of the records of many runs. [`table`] is the one place that knows the columns; [`input`]
//! knows where archives come from, [`crawl`] the layout of the public crawl. What a page says is decided by `reading`,
//! and what it is worth by `ladder`.

pub mod crawl;
pub mod extract;
pub mod input;
#[cfg(test)]
mod loopback;
pub mod merge;
pub mod record;
pub mod remote;
pub mod table;

pub use record::{Record, RecordKind};
