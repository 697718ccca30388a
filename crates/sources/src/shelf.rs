//! Pages kept as proof: what each said on the day on which it was read, so that one can look it up after it has changed.
//!
//! [`Shelving`] stands between the crawl and any other web and puts each page on a [`Shelf`] as it passes. It is no cache:
//! it is never asked in the place of a site, keeps what sites ask caches not to keep, and keeps a page once for each
//! day. Beyond its bound the pages that were put there longest ago go first.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use http_cache_semantics::{CacheOptions, CachePolicy};
use url::Url;

use crate::cache::{self, Cache, Kept};
use crate::web::{FetchError, Response, Web};

/// How much is kept in all.
const BOUND: u64 = 256 << 20;
/// The largest page that is kept.
const MOST_BYTES: usize = 4 << 20;

/// Pages kept as proof, in a folder that only its owner can look into.
#[derive(Debug)]
pub struct Shelf(Cache);

impl Shelf {
    /// Opens a folder as a shelf, and makes it if need be.
    ///
    /// # Errors
    ///
    /// Returns what the system says if the folder can be neither made nor read.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Cache::open(folder, BOUND).map(Self)
    }

    /// Puts a page there; what is no page, or is larger than what is kept, is passed over.
    pub fn put(&self, url: &Url, response: &Response) {
        let day = response.fetched.get(..10).unwrap_or_default();
        if response.status != 200
            || response.body.is_empty()
            || response.body.len() > MOST_BYTES
            || day.is_empty()
        {
            return;
        }
        // It is used as proof of a day, never again as an answer: the policy is one of form.
        let (request, answer) = (http::Request::new(()), http::Response::new(()));
        let policy =
            CachePolicy::new_options(&request, &answer, SystemTime::UNIX_EPOCH, CacheOptions::default());
        self.0.store(&of_day(url, day), &Kept { policy, response: response.clone() });
    }
}

/// Returns the page of an address as it was read on a day (year-month-day), from the folder of a shelf.
///
/// For a look while a search fills the shelf: the folder is neither made nor trimmed.
#[must_use]
pub fn page(folder: &Path, url: &Url, day: &str) -> Option<Response> {
    cache::kept(folder, &of_day(url, day))
}

/// Returns the address of a page on a day: the page of another day is another.
fn of_day(url: &Url, day: &str) -> Url {
    let mut url = url.clone();
    url.set_fragment(Some(day));
    url
}

/// A web of which every page is kept as proof, where there is a shelf for it.
#[derive(Debug)]
pub struct Shelving<T> {
    web: T,
    shelf: Option<Shelf>,
}

impl<T> Shelving<T> {
    /// Keeps what `web` answers.
    pub const fn new(web: T, shelf: Option<Shelf>) -> Self {
        Self { web, shelf }
    }
}

impl<T: Web> Web for Shelving<T> {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        let response = self.web.get(url).await?;
        if let Some(shelf) = &self.shelf {
            shelf.put(url, &response);
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site;

    impl Web for Site {
        async fn get(&self, url: &Url) -> Result<Response, FetchError> {
            let no_store = vec![("cache-control".to_owned(), "no-store".to_owned())];
            Ok(match url.path() {
                "/gone" => Response { status: 404, body: b"gone".to_vec(), ..Response::default() },
                path => Response {
                    status: 200,
                    headers: no_store,
                    body: path.into(),
                    fetched: "2026-11-02T10:00:00Z".into(),
                    ..Response::default()
                },
            })
        }
    }

    #[tokio::test]
    async fn a_page_is_kept_for_its_day_whatever_the_site_says_of_caches() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("pages");
        let web = Shelving::new(Site, Some(Shelf::open(&place).unwrap()));
        let url = |path: &str| Url::parse(&format!("https://lampen.example{path}")).unwrap();
        for path in ["/contact?a=1", "/gone"] {
            web.get(&url(path)).await.unwrap();
        }
        let kept = page(&place, &url("/contact?a=1"), "2026-11-02").unwrap();
        assert_eq!(kept.body, b"/contact");
        assert!(page(&place, &url("/contact?a=1"), "2026-11-03").is_none());
        assert!(page(&place, &url("/contact"), "2026-11-02").is_none());
        assert!(page(&place, &url("/gone"), "").is_none());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o700);
        }
        Shelving::new(Site, None).get(&url("/contact")).await.unwrap();
    }
}
