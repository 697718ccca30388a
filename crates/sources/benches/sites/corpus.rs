//! The archived sites of the corpus: until when all that matters was read.
//!
//! What matters stands in the gold as values with the page that names each best. A value counts as read with the first
//! document whose finding names it; where the reader does not know it, with the page of the gold.

use std::path::Path;

use serde_json::Value;
use sources::archive::Archive;
use sources::crawl::{Event, Options, crawl};
use url::Url;

use crate::breadth;
use crate::vocabulary::key;

/// Prints the table of all sites in a folder.
pub(crate) async fn table(folder: &Path, explain: bool) {
    println!(
        "| site | fewest | crawl: until all that matters | times the fewest | documents read | requests | breadth-first until |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
        if let Some(row) = row(file, explain).await {
            println!("{row}");
        }
    }
}

async fn row(file: &Path, explain: bool) -> Option<String> {
    let gold: Value = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
    let archive = Archive::open(&file.with_extension("warc.gz"), None).ok()?;
    let start = Url::parse(gold["site"].as_str()?).ok()?;
    let contacts = gold["contacts"].as_array()?;
    let must: Vec<&Value> = gold["must"]
        .as_array()?
        .iter()
        .filter_map(|i| contacts.get(usize::try_from(i.as_u64()?).ok()?))
        .collect();
    let country = gold["country"].as_str().and_then(|code| ladder::Country::parse(code).ok());
    let options = Options { country, ..Options::default() };
    let show = |event: Event<'_>| {
        if explain {
            match event {
                Event::Asking { url, choice } => println!("  ask {url}\n      {choice}"),
                Event::Read(document) => {
                    println!("      {:?} {} new={}", document.outcome, document.title, document.new_contacts);
                }
                Event::Missed { url, why } => println!("      missed {url}: {why}"),
                Event::Warned(words) => println!("      ! {words}"),
                Event::Found(_) => {}
            }
        }
    };
    let found = crawl(&archive, &start, &options, show, std::future::pending()).await;
    if explain {
        println!("  stopped: {}", found.stopped);
    }
    let until = |order: &[(String, usize)]| {
        let at = |contact: &Value| {
            let page = key(contact["page"].as_str().unwrap_or_default());
            order.iter().find(|(url, _)| *url == page).map(|(_, at)| *at)
        };
        must.iter().map(|contact| at(contact)).try_fold(0, |most: usize, at| at.map(|at| most.max(at)))
    };
    let order: Vec<(String, usize)> =
        found.documents.iter().enumerate().map(|(i, document)| (key(document.url.as_str()), i + 1)).collect();
    let plain: Vec<(String, usize)> = breadth::crawl(&archive, &start, 500)
        .await
        .iter()
        .map(|(url, at)| (key(url.as_str()), *at))
        .collect();
    let said = |until: Option<usize>| until.map_or("never".to_owned(), |until| until.to_string());
    let fewest = gold["fewest_pages"].as_u64()?;
    let ours = until(&order);
    #[expect(clippy::cast_precision_loss, reason = "a handful of pages")]
    let times = ours.map_or("never".to_owned(), |ours| format!("{:.1}", ours as f64 / fewest as f64));
    Some(format!(
        "| {} | {fewest} | {} | {times} | {} | {} | {} |",
        gold["id"].as_str()?,
        said(ours),
        order.len(),
        found.requests,
        said(until(&plain)),
    ))
}
