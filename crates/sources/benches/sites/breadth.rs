//! The floor to measure against: a plain breadth-first crawl.
//!
//! It follows the links of each page in their order, keeps to the host, and asks for no address twice.

use std::collections::{HashSet, VecDeque};

use reading::page::{self, Context};
use sources::web::Web;
use url::Url;

/// Returns the pages and PDFs in the order in which they are fetched, and the requests made until each.
pub(crate) async fn crawl(web: &impl Web, start: &Url, most: usize) -> Vec<(Url, usize)> {
    let mut queue = VecDeque::from([start.clone()]);
    let mut seen = HashSet::from([start.clone()]);
    let mut fetched = Vec::new();
    let mut requests = 0;
    while let Some(url) = queue.pop_front() {
        if fetched.len() >= most {
            break;
        }
        let Ok(response) = web.get(&url).await else {
            requests += 1;
            continue;
        };
        requests += 1;
        let location = response.header("location").and_then(|to| url.join(to).ok());
        if let Some(target) = location.filter(|_| (300..400).contains(&response.status)) {
            if target.host_str() == start.host_str() && seen.insert(target.clone()) {
                queue.push_front(target);
            }
            continue;
        }
        if response.status != 200 {
            continue;
        }
        fetched.push((url.clone(), requests));
        if !response.header("content-type").unwrap_or("text/html").contains("html") {
            continue;
        }
        let page = page::read(&response.body, &Context { url: Some(&url), ..Context::default() });
        for link in page.links {
            if link.url.host_str() == start.host_str() && seen.insert(link.url.clone()) {
                queue.push_back(link.url);
            }
        }
    }
    fetched
}
