//! How long reading a page takes, beside a bare pass of the same tokenizer over the same bytes.
//!
//! `cargo bench -p reading --bench pages -- DIR` reads every `*.html` below a folder, on one core, and prints the time of a
//! bare tokenizer pass, of each stage of reading, and their ratio. With `--only floor|read|whole --repeat N` it runs one side alone,
//! for a profiler or for `bench/throughput.py`, and prints its seconds a pass. With `--hostile [--kind NAME] [--size BYTES]` it reads pages
//! made to be slow and prints how much longer a byte of each takes than one of the median page of the folder.

#![expect(clippy::print_stdout, reason = "a bench prints its tables")]

mod floor;
mod hostile;
#[path = "../../tests/hostile/kinds.rs"]
mod kinds;
mod stages;

use std::path::{Path, PathBuf};

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A page and what is known of it.
struct Page {
    bytes: Vec<u8>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut folder, mut only, mut repeat) = (None, None, 20);
    let (mut hostile, mut kind, mut size) = (false, None, hostile::SIZE);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--only" => only = arguments.next(),
            "--repeat" => repeat = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(repeat),
            "--hostile" => hostile = true,
            "--size" => size = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(size),
            "--kind" => kind = arguments.next(),
            "--bench" => {}
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    let Some(folder) = folder else {
        println!("name a folder of saved pages: cargo bench -p reading --bench pages -- DIR");
        return;
    };
    let pages = pages_of(&folder);
    if pages.is_empty() {
        println!("no *.html in `{}`: nothing was measured", folder.display());
        return;
    }
    if hostile {
        hostile::table(&pages, kind.as_deref(), size);
        return;
    }
    match only.as_deref() {
        Some("floor") => {
            println!("{}", stages::best(repeat, || pages.iter().for_each(|page| floor::pass(&page.bytes))));
        }
        Some("read") => {
            println!("{}", stages::best(repeat, || pages.iter().for_each(|page| stages::read(&page.bytes))));
        }
        Some("whole") => {
            println!(
                "{}",
                stages::best(repeat, || pages.iter().for_each(|page| stages::read_whole(&page.bytes)))
            );
        }
        _ => stages::table(&pages, repeat),
    }
}

/// Returns the pages of a folder, by name.
fn pages_of(folder: &Path) -> Vec<Page> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "html"));
    paths.sort();
    paths.into_iter().filter_map(|path| std::fs::read(path).ok()).map(|bytes| Page { bytes }).collect()
}
