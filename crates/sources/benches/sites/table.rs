//! The table of generated sites: pages read until every escalation contact was found, by the crawl and breadth-first.

use std::sync::Arc;

use reading::page::{self, Context};
use sources::crawl::{Options, crawl};
use sources::web::Web;
use url::Url;

use crate::breadth;
use crate::generate::{PAGES, Site};
use crate::serve::{self, Client};
use crate::vocabulary::Vocabulary;

/// Pages after which breadth-first gives up: what it would need is told as that many, though it is more.
const MOST: usize = 500;

/// Prints the table for so many seeds; returns its figures as JSON.
pub(crate) async fn table(vocabulary: &Vocabulary, first: u64, seeds: u64, explain: bool) -> String {
    println!(
        "\n| seed | language | contacts | crawl: until all | documents read | breadth-first: until all |"
    );
    println!("|---|---|---|---|---|---|");
    let client = Client::new();
    let (mut ours, mut plains, mut times, mut rows) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for seed in first..first + seeds {
        let site = Arc::new(Site::generate(seed, vocabulary));
        let Ok(start) = serve::serve(Arc::clone(&site)).await else { continue };
        let options = Options { lang: Some(site.lang.clone()), ..Options::default() };
        let show = |event: sources::crawl::Event<'_>| {
            if explain && let sources::crawl::Event::Asking { url, choice } = event {
                println!("  {} {choice}", url.path());
            }
        };
        let found = crawl(&client, &start, &options, show, std::future::pending()).await;
        let mut order = Vec::new();
        for document in &found.documents {
            order.push(document.url.clone());
        }
        let until = until(&client, &order, &site.wanted).await;
        let fetched = breadth::crawl(&client, &start, MOST).await;
        let plain_order: Vec<Url> = fetched.iter().map(|(url, _)| url.clone()).collect();
        let plain = self::until(&client, &plain_order, &site.wanted).await.unwrap_or(MOST);
        let said = until.map_or("never".to_owned(), |until| until.to_string());
        println!("| {seed} | {} | {} | {said} | {} | {plain} |", site.lang, site.wanted.len(), order.len());
        if explain {
            println!("  {}", found.stopped);
            println!("  wanted on {}", site.places.join(", "));
        }
        rows.push(serde_json::json!({
            "seed": seed, "lang": site.lang, "contacts": site.wanted.len(), "crawl": until, "read": order.len(), "breadth_first": plain,
        }));
        ours.push(until.unwrap_or(PAGES));
        plains.push(plain);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred pages")]
        times.push(plain as f64 / until.unwrap_or(PAGES) as f64);
    }
    times.sort_by(f64::total_cmp);
    let all = ours.iter().filter(|until| **until < PAGES).count();
    let (crawl, plain) = (median(&mut ours), median(&mut plains));
    let times = times.get(times.len() / 2).copied().unwrap_or_default();
    println!(
        "\nmedian of {} sites of {PAGES} pages: crawl {crawl}, breadth-first {plain}, times fewer {times:.1}; all contacts found on {all}",
        ours.len(),
    );
    let figures = serde_json::json!({
        "crawl": crawl, "breadth_first": plain, "times_fewer": times, "found_all": all, "sites": rows,
    });
    figures.to_string()
}

fn median(values: &mut [usize]) -> usize {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Returns after how many documents every contact had been seen: with the first whose reading names it.
async fn until(web: &impl Web, order: &[Url], wanted: &[String]) -> Option<usize> {
    let mut left: Vec<&String> = wanted.iter().collect();
    for (at, url) in order.iter().enumerate() {
        let Ok(response) = web.get(url).await else { continue };
        let page = page::read(&response.body, &Context { url: Some(url), ..Context::default() });
        left.retain(|value| {
            !page.finding.contacts.iter().any(|contact| contact.reach.value() == value.as_str())
        });
        if left.is_empty() {
            return Some(at + 1);
        }
    }
    None
}
