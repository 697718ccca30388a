//! The floor of extraction: an archive unpacked and cut into records, the answers taken apart, and every page passed through
//! the bare tokenizer, which does nothing with what it finds. Prints the seconds and the pages.
//!
//! `cargo bench -p columnar --bench floor -- FILE.warc.gz`; `bench/archive.py` runs it beside the whole.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::convert::Infallible;
use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;
use std::time::Instant;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use sources::warc::{Kind, Reader, http};

fn main() {
    let Some(path) = std::env::args().skip(1).find(|argument| argument != "--bench") else {
        println!("name an archive: cargo bench -p columnar --bench floor -- FILE.warc.gz");
        return;
    };
    let began = Instant::now();
    let Ok(file) = File::open(&path) else {
        println!("`{path}` cannot be opened");
        return;
    };
    let Ok(mut reader) = Reader::new(BufReader::with_capacity(256 << 10, file)) else { return };
    let (mut pages, mut bytes, mut tokens) = (0_u64, 0_u64, 0_u64);
    while let Ok(Some(head)) = reader.record() {
        if head.kind() != Kind::Response {
            continue;
        }
        let (block, _) = reader.block(8 << 20);
        let Ok(message) = http::response(&block, 8 << 20) else { continue };
        pages += 1;
        bytes += message.body.len() as u64;
        tokens += pass(&message.body);
    }
    println!("{} {pages} {bytes} {tokens}", began.elapsed().as_secs_f64());
}

/// Passes over a page once, as the floor of `reading` does: raw text is switched to as a reader must, tokens are counted.
fn pass(bytes: &[u8]) -> u64 {
    let mut tokens = 0;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        black_box(&event);
        tokens += 1;
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(bytes, emitter).finish();
    tokens
}
