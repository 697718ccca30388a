//! How many pages the crawl reads until it has what matters, beside a plain breadth-first crawl of the same site.
//!
//! Two tables: the archived sites of the corpus, and generated sites of 400 pages with traps, one for each seed. Run it by
//! `cargo bench -p sources --bench sites -- --corpus PATH` (or, without optimising, `cargo test -p sources --bench sites
//! -- --corpus PATH`: what is counted is the same). `--write FILE` keeps the figures as JSON, `--first N` begins with
//! another seed, `--explain` shows each choice. Where the corpus is absent it says so and does nothing.

#![expect(
    clippy::print_stdout,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a bench prints its tables, and its strings are short"
)]

mod breadth;
mod corpus;
mod generate;
mod serve;
mod table;
mod vocabulary;

use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut corpus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let mut explain = false;
    let (mut first, mut seeds, mut write) = (1, 20, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--corpus" => corpus = arguments.next().map(PathBuf::from).unwrap_or(corpus),
            "--seeds" => seeds = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(seeds),
            "--first" => first = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(first),
            "--write" => write = arguments.next().map(PathBuf::from),
            "--explain" => explain = true,
            _ => {}
        }
    }
    if !corpus.join("sites").is_dir() {
        println!("no corpus at `{}`: nothing to draw sites from, so nothing was measured", corpus.display());
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        corpus::table(&corpus.join("sites"), explain).await;
        let vocabulary = vocabulary::Vocabulary::read(&corpus).await;
        let figures = table::table(&vocabulary, first, seeds, explain).await;
        if let Some(file) = write
            && let Err(error) = std::fs::write(&file, figures)
        {
            println!("`{}` cannot be written: {error}", file.display());
        }
    });
}
