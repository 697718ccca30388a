//! Extraction alone, without the rest of the program: an archive in, Parquet out, the tally as one line of JSON.
//!
//! It takes the words that `bench/archive.py` passes to the program (`archive extract FILE --to FILE --threads N`), so that
//! either can be measured: what is linked beside it makes no difference, and this is built in a quarter of the time.
//! `cargo bench -p columnar --bench extract -- archive extract FILE.warc.gz --to OUT.parquet`.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::PathBuf;
use std::process::ExitCode;

use columnar::extract::{Options, extract};
use columnar::input::Origin;
use columnar::remote::Remotes;

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let (mut inputs, mut to) = (Vec::new(), None);
    let mut options = Options::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "archive" | "extract" | "--json" | "--bench" => {}
            "--to" => to = words.next().map(PathBuf::from),
            "--threads" => options.threads = words.next().and_then(|n| n.parse().ok()).unwrap_or(1),
            _ => inputs.push(Origin::parse(&word)),
        }
    }
    let Some(to) = to else {
        println!("name an archive and an output: -- archive extract FILE.warc.gz --to OUT.parquet");
        return ExitCode::SUCCESS;
    };
    let done = Remotes::new("bench", Vec::new()).map_err(|error| error.to_string()).and_then(|remotes| {
        extract(&inputs, &to, &options, &remotes, |_| {}).map_err(|error| error.to_string())
    });
    match done.and_then(|done| serde_json::to_string(&done).map_err(|error| error.to_string())) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}
