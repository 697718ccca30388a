//! How long a check of a 300-word draft takes, beside a plain scan of its words in the same run:
//! `cargo run --release -p letters --example speed`.
#![expect(clippy::print_stdout, reason = "it prints")]
#![expect(clippy::cast_precision_loss, reason = "a ratio for people")]

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Sentences of a draft, repeated up to 300 words.
const SENTENCES: &str = "I ordered a washing machine (order 88120) on 3 May and it was delivered on 6 May with a dent. I rang on 7 May and was told \
    that someone would call me back within two days, but nobody has. I have had to pay £24 for a launderette. Your staff could not \
    be bothered to answer, which is ridiculous. Please exchange the machine by 20 May or refund the £429.";

/// Returns the middle of many timings of a piece of work.
fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..201)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let words: Vec<&str> = SENTENCES.split_whitespace().cycle().take(300).collect();
    let draft = words.join(" ");
    let bad: HashSet<&str> = ["ridiculous", "liars", "thieves", "disgusting", "worst"].into();
    let cold = Instant::now();
    let _ = black_box(letters::check::check(&draft, None));
    let cold = cold.elapsed();
    let warm = median(|| {
        let _ = black_box(letters::check::check(black_box(&draft), None));
    });
    let scan = median(|| {
        black_box(
            black_box(&draft).split_whitespace().filter(|w| bad.contains(w.to_lowercase().as_str())).count(),
        );
    });
    println!(
        "300 words: first {cold:?}, then {warm:?}; scan of words {scan:?}; ratio {:.0}",
        warm.as_nanos() as f64 / scan.as_nanos() as f64
    );
}
