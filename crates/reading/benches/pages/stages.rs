//! The stages of reading, each timed by itself over all pages.

use std::hint::black_box;
use std::time::{Duration, Instant};

use reading::hit::Hit;
use reading::outline::{self, Outline};
use reading::page::{self, Context};
use reading::{charset, email, embedded, hours, link, person, phone, postal};

use crate::{Page, floor};

/// What finds values in an outline.
type Extractor = fn(&Outline, &Context<'_>) -> Vec<Hit>;

/// Reads a page as `read page` does.
pub(crate) fn read(bytes: &[u8]) {
    black_box(page::read_contacts(bytes, &Context::default()));
}

/// Reads a page with its complaints procedure and links, as a crawl does.
pub(crate) fn read_whole(bytes: &[u8]) {
    black_box(page::read(bytes, &Context::default()));
}

/// Returns the seconds of the fastest of some passes: what disturbs a pass only makes it longer.
pub(crate) fn best(repeat: usize, mut pass: impl FnMut()) -> f64 {
    pass();
    (0..repeat)
        .map(|_| {
            let began = Instant::now();
            pass();
            began.elapsed()
        })
        .min()
        .unwrap_or(Duration::ZERO)
        .as_secs_f64()
}

/// Prints the time of the bare pass, of each stage and of the whole.
pub(crate) fn table(pages: &[Page], repeat: usize) {
    let cold = Instant::now();
    read(b"<p>Call 020 7946 0000 or write to help@acme.example, 1 High Street, Leeds LS1 4AP");
    let cold = cold.elapsed();
    let size: usize = pages.iter().map(|page| page.bytes.len()).sum();
    let context = Context::default();
    let texts: Vec<String> =
        pages.iter().map(|page| charset::decode(&page.bytes, None).text.into_owned()).collect();
    let outlines: Vec<Outline> = texts.iter().map(|text| outline::from_html(text)).collect();
    let hits: Vec<Vec<Hit>> = outlines.iter().map(|outline| hits_of(outline, &context)).collect();
    let bare = best(repeat, || pages.iter().for_each(|page| floor::pass(&page.bytes)));
    let whole = best(repeat, || pages.iter().for_each(|page| read(&page.bytes)));
    println!(
        "{} pages, {} bytes; the first page of a process costs {:.1} ms more",
        pages.len(),
        size,
        cold.as_secs_f64() * 1e3
    );
    let row = |name: &str, seconds: f64| {
        #[expect(clippy::cast_precision_loss, reason = "a size in bytes")]
        let rate = size as f64 / seconds / 1e6;
        println!("{name:22} {:9.2} ms {rate:9.1} MB/s {:7.2} x the bare pass", seconds * 1e3, seconds / bare);
    };
    row("bare tokenizer pass", bare);
    row("its tokens, owned", best(repeat, || pages.iter().for_each(|page| floor::tokens(&page.bytes))));
    row(
        "charset",
        best(repeat, || pages.iter().for_each(|page| drop(black_box(charset::decode(&page.bytes, None))))),
    );
    row("outline", best(repeat, || texts.iter().for_each(|text| drop(black_box(outline::from_html(text))))));
    let stages: [(&str, Extractor); 4] =
        [("phone", phone::find), ("email", email::find), ("postal", postal::find), ("link", link::find)];
    for (name, find) in stages {
        row(
            name,
            best(repeat, || outlines.iter().for_each(|outline| drop(black_box(find(outline, &context))))),
        );
    }
    row(
        "embedded",
        best(repeat, || {
            for outline in &outlines {
                drop(black_box(embedded::find(outline, &context)));
            }
        }),
    );
    row(
        "person, hours",
        best(repeat, || {
            for (outline, hits) in outlines.iter().zip(&hits) {
                let mut hits = hits.clone();
                person::attach(outline, &mut hits);
                hours::attach(outline, &mut hits);
                black_box(hits);
            }
        }),
    );
    row(
        "outline to findings",
        best(repeat, || {
            for outline in &outlines {
                black_box(page::read_outline(outline, &context));
            }
        }),
    );
    row("whole", whole);
}

/// Returns what the extractors find.
fn hits_of(outline: &Outline, context: &Context<'_>) -> Vec<Hit> {
    [phone::find, email::find, postal::find, link::find]
        .iter()
        .flat_map(|find| find(outline, context))
        .collect()
}
